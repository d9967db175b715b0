//! Reply chains: who answers whom, who wrote what, and how sure that is.

mod author;
mod fold;
mod link;
mod mention;
mod name;
mod quote;
mod reading;
mod shared;
mod thread;
pub mod train;
mod words;

pub use thread::{
    AuthorSource, Authorship, Evidence, Layout, Link, LinkOptions, Order, Reply, Thread,
};
