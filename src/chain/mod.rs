//! Reply chains: who answers whom, who wrote what, and how sure that is.
//!
//! A thread is read once (`mention`, `name`, `quote` make a `reading`). Then each comment
//! that speaks to somebody is weighed against the comments that it may answer: features of the
//! pair (`feature`, filled by `known`, `hidden` or `similar`) times weights (`model`,
//! from `lexicons/chain/`) give chances that sum to one, "not in this dump" among them. Where the
//! dump hides who wrote, links and writers are inferred together in two passes (`votes`).

mod alias;
mod author;
mod decode;
mod direction;
mod feature;
mod few;
mod fold;
mod hidden;
mod known;
mod layout;
mod link;
mod lists;
mod mention;
mod model;
mod name;
mod order;
mod people;
mod pool;
mod progress;
mod quote;
mod reading;
mod scene;
mod shared;
mod similar;
mod text;
mod thread;
pub mod train;
mod vocative;
mod votes;
mod words;

pub use feature::Feature;
pub use layout::{Arrangement, Reason};
pub use model::{Model, Models};
pub use thread::{
    AuthorSource, Authorship, Evidence, Layout, Link, LinkOptions, Order, Reply, Thread,
};
