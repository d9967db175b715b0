//! Fits the models that link comments to labelled threads, and says how well they do.

mod course;
mod evaluate;
mod fit;
mod labelled;
mod standard;

pub use course::{Course, cross_validate};
pub use evaluate::{Judged, Setting, Tallies, Tally, evaluate};
pub use fit::Recipe;
pub use labelled::{Labelled, read_labelled};
