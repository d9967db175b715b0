//! Fits the models that link comments to labelled threads, and says how well they do.

mod evaluate;
mod labelled;

pub use evaluate::{Setting, Tallies, Tally, evaluate};
pub use labelled::{Labelled, read_labelled};
