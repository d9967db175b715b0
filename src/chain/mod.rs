//! Reply chains: who answers whom, who wrote what, and how sure that is.

mod thread;

pub use thread::{AuthorSource, Authorship, Evidence, Link, LinkOptions, Reply, Thread};
