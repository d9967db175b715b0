//! The columns of a report, and the row of a comment.

use std::fmt::Write;

use rustc_hash::FxHashSet;

use super::Scored;
use crate::chain::{Evidence, Link, Thread};
use crate::score::Scorer;
use crate::table::{Cell, Column, Rows};

/// What stands in front of the scorers' columns: the comment, and its place in the chain.
const PLACE: &[Column] = &[
    Column::text("source", "Name of the input file."),
    Column::text(
        "thread_id",
        "Thread that the comment belongs to: as in the dump, else the file name without extension.",
    ),
    Column::text(
        "comment_id",
        "Comment: as in the dump, else a running number from 1 within the file.",
    ),
    Column::count("position", "1, 2, 3 … within the thread, in time order."),
    Column::time("posted_at", "When it was written, as RFC 3339; empty if unknown."),
    Column::text("author", "Name of the writer, given by the dump or inferred; empty if unknown."),
    Column::text(
        "author_source",
        "Where the name comes from: `given` (the dump says so), `quote` (somebody addresses the writer and quotes the comment), `mention` (answers to the name point here), or empty.",
    ),
    Column::number("author_confidence", "How likely the name is right, 0–1; empty without a name."),
    Column::text("addressee", "Whom the comment speaks to, as written there; empty if nobody."),
    Column::text("parent_id", "Comment that it answers; empty if none is known."),
    Column::text(
        "parent_source",
        "Why: `given` (the dump says so), `mention`, `quote`, `similarity`; `absent` (it speaks to somebody whose comment is not in the dump); or empty.",
    ),
    Column::number(
        "parent_confidence",
        "How likely the parent is right, or for `absent` how likely it is missing, 0–1; empty without either.",
    ),
    Column::text("root_id", "First comment of the chain; the comment itself if it answers none."),
    Column::count("depth", "Steps up to the first comment of the chain; 0 for that one."),
    Column::count("reply_count", "How many comments answer this one directly."),
];

/// What stands behind the scorers' columns.
const CLOSING: &[Column] = &[
    Column::count("priority", "1 = look at this first; a rank over all rows of the run."),
    Column::text("decision", "Empty, for the moderator."),
    Column::text("note", "Empty, for the moderator."),
    Column::text("model", "Name and version of what scored."),
    Column::text(
        "text",
        "The comment as it came (in CSV and TSV an apostrophe stands in front of a text that a spreadsheet would run as a formula).",
    ),
    Column::text(
        "state",
        "What is special about it, separated by semicolons: `deleted` (the dump holds its place only, or says that it was taken down), `automatic` (a pingback, a trackback, a bot), `duplicate` (one before it in the thread has the same id); or empty.",
    ),
];

/// All columns of a report, in order.
///
/// ```
/// let columns = threadwarden::pipeline::columns(&threadwarden::score::ScoreOptions::default().scorers());
/// assert_eq!(columns.first().map(|column| column.name), Some("source"));
/// assert_eq!(columns.last().map(|column| column.name), Some("state"));
/// ```
#[must_use]
pub fn columns(scorers: &[Box<dyn Scorer>]) -> Vec<Column> {
    let scores = scorers.iter().flat_map(|scorer| scorer.columns());
    PLACE.iter().chain(scores).chain(CLOSING).copied().collect()
}

/// Where the priority stands.
pub(super) fn priority_column(scorers: &[Box<dyn Scorer>]) -> usize {
    PLACE.len() + scorers.iter().map(|scorer| scorer.columns().len()).sum::<usize>()
}

/// Names and versions of what scores, such as `vader-3.3.2 flamebait-1`.
pub(super) fn model(scorers: &[Box<dyn Scorer>]) -> String {
    let names = scorers.iter().map(|scorer| scorer.name()).filter(|name| !name.is_empty());
    names.collect::<Vec<_>>().join(" ")
}

/// Adds a row for each comment of a thread, in time order.
pub(super) fn write(scored: &Scored, scorers: &[Box<dyn Scorer>], model: &str, rows: &mut Rows) {
    let Scored { source, thread, assessments, .. } = scored;
    let by_time = positions_by_time(thread);
    let mut ids = FxHashSet::default();
    for (position, assessment) in assessments.iter().enumerate() {
        let place = by_time.as_ref().map_or(position, |positions| positions[position]);
        write_place(source, thread, position, place, rows);
        for scorer in scorers {
            scorer.write(thread, position, assessment, rows);
        }
        for _ in ["priority", "decision", "note"] {
            rows.push(Cell::Empty);
        }
        push_text(rows, model);
        let comment = &thread.comments[position];
        push_text(rows, &comment.text);
        let state = [
            (comment.deleted, "deleted"),
            (comment.automatic, "automatic"),
            (!ids.insert(comment.id.as_str()), "duplicate"),
        ];
        rows.push_text(|buffer| {
            let mut between = "";
            for (_, name) in state.iter().filter(|(applies, _)| *applies) {
                buffer.push_str(between);
                buffer.push_str(name);
                between = "; ";
            }
        });
    }
}

/// Each comment's place in time, from 0, where that is not how they stand: in a nested layout.
fn positions_by_time(thread: &Thread) -> Option<Vec<usize>> {
    let comments = &thread.comments;
    let timed = comments.iter().all(|comment| comment.posted.is_some());
    if !timed || comments.is_sorted_by_key(|comment| comment.posted) {
        return None;
    }
    let mut order: Vec<usize> = (0..comments.len()).collect();
    order.sort_by_key(|&position| comments[position].posted);
    let mut places = vec![0; order.len()];
    for (place, position) in order.into_iter().enumerate() {
        places[position] = place;
    }
    Some(places)
}

fn write_place(source: &str, thread: &Thread, position: usize, place: usize, rows: &mut Rows) {
    let comment = &thread.comments[position];
    push_text(rows, source);
    push_text(rows, &comment.thread);
    push_text(rows, &comment.id);
    rows.push(Cell::Count(place as u64 + 1));
    rows.push_text(|buffer| {
        if let Some(posted) = comment.posted {
            let _ = write!(buffer, "{posted}");
        }
    });
    let author = thread.authors[position].as_ref();
    push_text(rows, author.map_or("", |author| &author.name));
    push_text(rows, author.map_or("", |author| author.source.name()));
    rows.push_number(author.map(|author| share(author.confidence)));
    push_text(rows, thread.addressee(position).unwrap_or_default());
    let (parent, why, confidence) = match thread.links[position] {
        Link::Root => ("", "", None),
        Link::Reply(reply) => {
            (thread.comments[reply.to].id.as_str(), reply.evidence.name(), Some(reply.confidence))
        }
        Link::Absent { confidence } => ("", "absent", Some(confidence)),
        Link::Orphan => (comment.parent.as_str(), Evidence::Given.name(), Some(1.0)),
    };
    push_text(rows, parent);
    push_text(rows, why);
    rows.push_number(confidence.map(share));
    push_text(rows, &thread.comments[thread.roots[position]].id);
    rows.push(Cell::Count(thread.depths[position] as u64));
    rows.push(Cell::Count(thread.reply_counts[position] as u64));
}

/// Adds text, or an empty cell for empty text.
fn push_text(rows: &mut Rows, text: &str) {
    rows.push_text(|buffer| buffer.push_str(text));
}

/// A confidence with two decimals: more would be a promise that nobody can keep.
fn share(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}
