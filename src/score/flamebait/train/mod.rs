//! Fits the weights of a model to labelled comments.
//!
//! Equal input gives an equal model, to the byte: nothing here depends on chance, time, hash order
//! or the number of cores.

mod example;
mod fit;
mod labelled;
mod lbfgs;
mod manifest;
mod neutral;

pub use fit::fit;
pub use labelled::{Labelled, read_labelled};
pub use manifest::Manifest;
