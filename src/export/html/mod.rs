//! A page to look at: an overview with plots, and the threads as trees that fold.
//!
//! One file that needs nothing else and may ask for nothing else: a strict content-security policy
//! lets only the style and the script in, by their hashes. The skeleton, the style and the script
//! are files beside this one; a template language would add a build step and still leave the
//! escaping to trust, where here only [`markup::Html`] decides what is markup.

mod markup;
mod network;
mod overview;
mod page;
mod plot;
mod reasons;
mod tree;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::tally::{Tally, ThreadNumbers};
use super::{Content, Exporter, Order, Output};
use crate::export::fields::Fields;
use markup::Html;
use network::Network;

/// A web page.
pub(super) struct Page;

/// A page shows so many comments, those of the most heated threads.
const MOST_COMMENTS: u64 = 10_000;

/// And so many bytes of threads.
const MOST_BYTES: usize = 48 << 20;

/// What of the threads is shown.
struct Shown {
    /// The threads, hottest first.
    threads: Vec<Html>,
    comments: u64,
    /// Who answers whom in the hottest one.
    network: Network,
    /// What the filters can choose from.
    authors: BTreeMap<String, u64>,
}

impl Exporter for Page {
    fn name(&self) -> &'static str {
        "html"
    }

    fn tells_of_the_run(&self) -> bool {
        true
    }

    fn write(&self, content: Content<'_>, mut output: Output) -> io::Result<()> {
        let Content { columns, rows, run, .. } = content;
        let most = usize::try_from(MOST_COMMENTS).unwrap_or(usize::MAX);
        let mut tally = Tally::new(columns, most);
        rows.each(Order::Reading, &mut |entry| {
            tally.add(entry.row);
            Ok(())
        })?;
        // The place of each thread that is shown, by its number in the run.
        let mut places = BTreeMap::new();
        let mut comments = 0;
        for (place, thread) in tally.threads.ranking().iter().enumerate() {
            if place > 0 && comments + thread.comments > MOST_COMMENTS {
                break;
            }
            comments += thread.comments;
            places.insert(thread.number, place);
        }
        let fields = Fields::of(columns);
        let mut numbers = ThreadNumbers::default();
        let mut trees: Vec<Option<tree::Tree>> = Vec::new();
        trees.resize_with(places.len(), || None);
        let mut shown = Shown {
            threads: Vec::new(),
            comments: 0,
            network: Network::default(),
            authors: BTreeMap::new(),
        };
        let mut bytes = 0;
        rows.each(Order::Reading, &mut |entry| {
            let number = numbers.of(&fields, entry.row);
            let Some(&place) = places.get(&number) else { return Ok(()) };
            if shown.comments >= MOST_COMMENTS || bytes >= MOST_BYTES {
                return Ok(());
            }
            let tree = trees[place].get_or_insert_with(|| tree::Tree::new(place));
            bytes += tree.add(&fields, entry.row);
            if place == 0 {
                tree.answer(&fields, entry.row, &mut shown.network);
            }
            shown.comments += 1;
            let author = fields.author.text(entry.row);
            if !author.is_empty() {
                *shown.authors.entry(author.to_owned()).or_default() += 1;
            }
            Ok(())
        })?;
        let threads = trees.into_iter().zip(tally.threads.ranking());
        shown.threads = threads.filter_map(|(tree, tally)| Some(tree?.finish(tally))).collect();
        page::write(&shown, &mut tally, run, &mut output)?;
        output.flush()
    }
}
