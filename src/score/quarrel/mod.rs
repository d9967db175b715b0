//! Who attacks whom: threads and authors seen as a whole.
//!
//! An attack is a comment that is flamebait and answers somebody else's comment.

mod authors;
mod threads;

#[cfg(test)]
mod tests;

pub use authors::{AUTHOR_COLUMNS, AuthorSummary, Authors, REPEATED};
pub use threads::{PileOn, THREAD_COLUMNS, ThreadSummary, summarise};

use super::Assessment;
use super::flamebait::Label;
use crate::chain::Thread;
use crate::table::{Cell, Rows};

/// So many attacks on one person are a pile-on.
const MANY: usize = 3;

/// The attacks and the comments that they answer, where the two are not by one person.
fn attacks<'t>(
    thread: &'t Thread,
    assessments: &'t [Assessment],
) -> impl Iterator<Item = (usize, usize)> + 't {
    let burning = assessments.iter().enumerate().filter(|(_, assessment)| is_flamebait(assessment));
    burning.filter_map(|(attack, _)| {
        let victim = thread.reply(attack)?.to;
        let same = author(thread, attack).is_some_and(|name| author(thread, victim) == Some(name));
        (!same).then_some((attack, victim))
    })
}

fn is_flamebait(assessment: &Assessment) -> bool {
    label(assessment) == Some(Label::Flamebait)
}

fn label(assessment: &Assessment) -> Option<Label> {
    assessment.flamebait.as_ref().map(|found| found.label)
}

fn score(assessment: &Assessment) -> Option<f64> {
    assessment.flamebait.as_ref().map(|found| found.score)
}

fn author(thread: &Thread, position: usize) -> Option<&str> {
    Some(thread.authors.get(position)?.as_ref()?.name.as_str())
}

/// Adds text, or an empty cell for empty text.
fn push_text(rows: &mut Rows, text: &str) {
    rows.push_text(|cell| cell.push_str(text));
}

fn push_counts(rows: &mut Rows, counts: &[usize]) {
    for count in counts {
        rows.push(Cell::Count(*count as u64));
    }
}
