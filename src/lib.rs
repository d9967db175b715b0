//! Threadwarden turns a dump of reader comments into a moderation spreadsheet.
//!
//! ```text
//!  dump ──► parse ──► chain ───► score ───────► export ──► report
//!           Comment   Thread     Assessment     rows
//!           one by    one per    threads        in input
//!           one       article    in parallel    order
//! ```
//!
//! - [`parse`] turns a dump in any known format into [`Comment`]s.
//! - [`chain`] links the comments of one article into a [`Thread`]: who answers whom, who wrote
//!   what, and how sure that is.
//! - [`score`] gives every comment an [`Assessment`]: language, sentiment, flamebait, heat, and
//!   the words that made each score.
//! - [`export`] writes rows of [`table::Cell`]s to a report.
//! - [`decisions`] reads back what moderators decided in such a report.
//! - [`pipeline`] is the one place where data flows from the first to the last.
//!
//! Nothing in the library prints, and equal input gives equal bytes whatever the number of threads.

pub mod chain;
pub mod comment;
pub mod decisions;
pub mod error;
pub mod export;
pub mod formula;
pub mod lexicon;
mod packed;
pub mod parse;
pub mod pipeline;
pub mod pseudonym;
pub mod score;
pub mod table;

pub use chain::Thread;
pub use comment::{Article, Comment};
pub use error::{Error, Result};
pub use score::Assessment;

/// The examples of the README, compiled and run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
