//! Threads whose reply links are known.

use std::io::BufRead;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::evaluate::Setting;
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

impl Labelled {
    /// The comments as the setting shows them.
    #[must_use]
    pub fn seen(&self, setting: Setting) -> Vec<Comment> {
        let mut comments = self.comments.clone();
        if setting == Setting::Hidden {
            for comment in &mut comments {
                comment.author.clear();
            }
        }
        comments
    }

    /// A thread for training made of one with given parents: each answer now begins with
    /// `@ParentAuthor`, and if `nested` stands under what it answers.
    #[must_use]
    pub fn with_mentions(&self, nested: bool) -> Self {
        let order = if nested { self.nested_order() } else { (0..self.comments.len()).collect() };
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old] = new;
        }
        let mut made = Self::default();
        for &old in &order {
            let mut comment = self.comments[old].clone();
            let parents = self.parents[old].as_deref();
            let parent = parents.and_then(<[usize]>::first).map(|&parent| &self.comments[parent]);
            if let Some(parent) = parent.filter(|parent| !parent.author.is_empty()) {
                comment.text = format!("@{} {}", parent.author, comment.text);
            }
            comment.posted = None;
            made.comments.push(comment);
            made.parents
                .push(parents.map(|parents| parents.iter().map(|&old| place[old]).collect()));
            made.annotated.push(false);
        }
        made
    }

    /// The positions of the comments, answers under what they answer.
    fn nested_order(&self) -> Vec<usize> {
        let mut answers = vec![Vec::new(); self.comments.len()];
        let mut stack = Vec::new();
        for (position, parents) in self.parents.iter().enumerate() {
            match parents.as_deref().and_then(<[usize]>::first) {
                Some(&parent) if parent < position => answers[parent].push(position),
                _ => stack.push(position),
            }
        }
        stack.reverse();
        let mut order = Vec::with_capacity(self.comments.len());
        while let Some(position) = stack.pop() {
            order.push(position);
            stack.extend(answers[position].iter().rev());
        }
        order
    }
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
