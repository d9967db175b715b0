//! Fits the weights of a model to labelled comments.
//!
//! Equal input gives an equal model, to the byte: nothing here depends on chance, time, hash order
//! or the number of cores.

mod adapt;
mod example;
mod export;
mod fit;
mod folds;
mod labelled;
mod lbfgs;
mod manifest;
mod neutral;
mod solve;

pub use adapt::{Adapted, FEWEST, adapt};
pub use export::FrontEnd;
pub use fit::fit;
pub use labelled::{Labelled, read_labelled, target};
pub use manifest::Manifest;
pub(super) use solve::Solution;
