//! Threads whose reply links are known.

use std::io::BufRead;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::comment::Comment;
use crate::error::{Error, Result};
use crate::lexicon::fault;

/// A thread with the truth about its reply links. All lists are parallel.
#[derive(Clone, Debug, Default)]
pub struct Labelled {
    /// The comments as in the dump, without their parents.
    pub comments: Vec<Comment>,
    /// The positions of the comments that each comment answers; empty for a root. `None` where
    /// nobody knows.
    pub parents: Vec<Option<Vec<usize>>>,
    /// Whether people made the label by hand, where it matters.
    pub annotated: Vec<bool>,
}

/// A line of a labelled dump. Ids may be numbers.
#[derive(Deserialize)]
struct Record {
    thread_id: serde_json::Value,
    id: serde_json::Value,
    author: Option<String>,
    text: String,
    parent_id: Option<serde_json::Value>,
    all_parents: Option<Vec<serde_json::Value>>,
    order: Option<i64>,
    gold: Option<bool>,
    truth: Option<String>,
    timestamp: Option<String>,
}

/// Reads a JSON Lines file of labelled comments: `thread_id`, `id`, `author`, `text` and
/// `parent_id`; if wanted also `order` (the place in the thread), `gold` (false where the parent
/// is unknown) and `all_parents`. The threads come in the order of their ids.
///
/// # Errors
///
/// [`Error::Read`] if the input cannot be read, [`Error::Lexicon`] if a line is not of this form.
pub fn read_labelled(name: &str, input: impl BufRead) -> Result<Vec<Labelled>> {
    let mut threads: FxHashMap<String, Vec<Record>> = FxHashMap::default();
    for (number, line) in (1..).zip(input.lines()) {
        let line = line.map_err(|source| Error::Read { name: name.into(), source })?;
        if line.trim().is_empty() {
            continue;
        }
        let record: Record = serde_json::from_str(&line)
            .map_err(|error| fault(name, number, format!("not a labelled comment: {error}")))?;
        threads.entry(plain(&record.thread_id)).or_default().push(record);
    }
    let mut threads: Vec<_> = threads.into_iter().collect();
    threads.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    Ok(threads.into_iter().map(|(thread, records)| label(&thread, records)).collect())
}

/// An id as a string.
fn plain(id: &serde_json::Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn label(thread: &str, mut records: Vec<Record>) -> Labelled {
    records.sort_by_key(|record| record.order);
    let ids: Vec<String> = records.iter().map(|record| plain(&record.id)).collect();
    let places: FxHashMap<&str, usize> = ids.iter().map(String::as_str).zip(0..).collect();
    let mut labelled = Labelled::default();
    for (record, id) in records.into_iter().zip(&ids) {
        let one = record.parent_id.filter(|parent| !parent.is_null());
        let all = record.all_parents.filter(|all| !all.is_empty());
        let parents = all.unwrap_or_else(|| one.into_iter().collect());
        let known = record.gold.unwrap_or(true);
        let place = |parent| places.get(plain(parent).as_str()).copied();
        labelled.parents.push(known.then(|| parents.iter().filter_map(place).collect()));
        labelled.annotated.push(record.truth.as_deref() == Some("annotated"));
        labelled.comments.push(Comment {
            id: id.clone(),
            thread: thread.to_owned(),
            author: record.author.unwrap_or_default(),
            text: record.text,
            posted: record.timestamp.and_then(|time| time.parse().ok()),
            ..Comment::default()
        });
    }
    labelled
}
