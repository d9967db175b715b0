//! What happened in a thread.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{MANY, attacks, author, label, push_counts, push_text, score};
use crate::chain::Thread;
use crate::score::Assessment;
use crate::score::flamebait::Label;
use crate::table::{Cell, Column, Rows};

/// What happened in a thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadSummary {
    /// How many comments there are.
    pub comments: usize,
    /// How many of them have a score.
    pub scored: usize,
    /// How many people are known to have written them.
    pub authors: usize,
    /// How many are heated, flamebait not counted.
    pub heated: usize,
    /// How many are flamebait.
    pub flamebait: usize,
    /// The position of the first comment that is flamebait, by time where all times are known.
    pub first_flame: Option<usize>,
    /// The position of the comment with the highest score, and the score.
    pub hottest: Option<(usize, f64)>,
    /// The position of the comment where the heat was greatest first, and the heat.
    pub peak: Option<(usize, f64)>,
    /// How many attacks there are.
    pub attacks: usize,
    /// People whom several comments attack, most attacked first.
    pub pile_ons: Vec<PileOn>,
}

/// Several attacks on one person.
#[derive(Clone, Debug, PartialEq)]
pub struct PileOn {
    /// The person attacked, if the name is known.
    pub victim: Option<String>,
    /// The position of the first comment that was attacked.
    pub comment: usize,
    /// The positions of the attacks.
    pub attacks: Vec<usize>,
    /// The attackers whose names are known, each once, in the order of the alphabet.
    pub attackers: Vec<String>,
}

/// Sums up a thread whose comments have been scored. The lists are parallel.
#[must_use]
pub fn summarise(thread: &Thread, assessments: &[Assessment]) -> ThreadSummary {
    let mut summary = ThreadSummary { comments: assessments.len(), ..ThreadSummary::default() };
    let times = Times::of_thread(thread);
    let higher = |best: Option<(usize, f64)>, value| best.is_none_or(|(_, most)| value > most);
    for (position, assessment) in assessments.iter().enumerate() {
        let heat = assessment.heat.heat;
        if higher(summary.peak, heat) {
            summary.peak = Some((position, heat));
        }
        let Some(score) = score(assessment) else { continue };
        if higher(summary.hottest, score) {
            summary.hottest = Some((position, score));
        }
        summary.scored += 1;
        match label(assessment) {
            Some(Label::Heated) => summary.heated += 1,
            Some(Label::Flamebait) => {
                summary.flamebait += 1;
                let first = summary.first_flame.get_or_insert(position);
                if times.of(position) < times.of(*first) {
                    *first = position;
                }
            }
            Some(Label::Calm) | None => {}
        }
    }
    let authors: BTreeSet<&str> =
        (0..assessments.len()).filter_map(|position| author(thread, position)).collect();
    summary.authors = authors.len();
    summary.attacks = attacks(thread, assessments).count();
    summary.pile_ons = pile_ons(thread, assessments);
    summary
}

/// In which order comments were written: that of their times, or else that of the thread.
struct Times<'t>(Option<&'t Thread>);

impl<'t> Times<'t> {
    fn of_thread(thread: &'t Thread) -> Self {
        let timed = thread.comments.iter().all(|comment| comment.posted.is_some());
        Self(Some(thread).filter(|_| timed))
    }

    /// What the position of an earlier comment has less of.
    fn of(&self, position: usize) -> (Option<Timestamp>, usize) {
        let comment = self.0.and_then(|thread| thread.comments.get(position));
        (comment.and_then(|comment| comment.posted), position)
    }
}

/// Who wrote a comment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Person<'t> {
    Known(&'t str),
    /// The writer of the comment at that position, who is taken for a person of his own.
    Unknown(usize),
}

impl<'t> Person<'t> {
    fn name(self) -> Option<&'t str> {
        match self {
            Self::Known(name) => Some(name),
            Self::Unknown(_) => None,
        }
    }
}

/// The attacks on each person, where there are many.
pub(super) fn pile_ons(thread: &Thread, assessments: &[Assessment]) -> Vec<PileOn> {
    let mut victims: BTreeMap<Person<'_>, Vec<(usize, usize)>> = BTreeMap::new();
    for (attack, victim) in attacks(thread, assessments) {
        let person = author(thread, victim).map_or(Person::Unknown(victim), Person::Known);
        victims.entry(person).or_default().push((attack, victim));
    }
    let many = victims.into_iter().filter(|(_, attacks)| attacks.len() >= MANY);
    let mut pile_ons: Vec<PileOn> = many
        .map(|(person, attacks)| {
            let attackers: BTreeSet<&str> =
                attacks.iter().filter_map(|&(attack, _)| author(thread, attack)).collect();
            PileOn {
                victim: person.name().map(str::to_owned),
                comment: attacks.iter().map(|&(_, comment)| comment).min().unwrap_or_default(),
                attackers: attackers.into_iter().map(str::to_owned).collect(),
                attacks: attacks.into_iter().map(|(attack, _)| attack).collect(),
            }
        })
        .filter(|pile_on| pile_on.attackers.len() != 1)
        .collect();
    pile_ons.sort_by(|a, b| b.attacks.len().cmp(&a.attacks.len()).then(a.comment.cmp(&b.comment)));
    pile_ons
}

/// The columns of a report of threads.
pub const THREAD_COLUMNS: &[Column] = &[
    Column::text("source", "Name of the input file."),
    Column::text("thread_id", "The thread, as in the report of comments."),
    Column::text("title", "Title of the article above it; empty if unknown."),
    Column::count("comments", "How many comments it has."),
    Column::count("scored", "How many of them have a flamebait score."),
    Column::count("authors", "How many people are known to have written them."),
    Column::count("heated", "How many are `heated`."),
    Column::count("flamebait", "How many are `flamebait`."),
    Column::text("first_flame", "The first comment that is flamebait; empty if none is."),
    Column::count(
        "first_flame_position",
        "Its place in the thread, as in the column `position` of the comments.",
    ),
    Column::text("hottest_comment", "The comment with the highest flamebait score."),
    Column::number("hottest_score", "That score, 0 to 1."),
    Column::number("peak_heat", "The greatest `heat` of any of its comments, 0 to 1."),
    Column::text("peak_comment", "The comment where it was reached first."),
    Column::count("attacks", "How many comments are flamebait and answer somebody else's comment."),
    Column::count(
        "pile_ons",
        "How many people were attacked three times or more, not always by the same person.",
    ),
    Column::text(
        "piled_on",
        "Who that was, most attacked first, separated by semicolons; `#` and the comment attacked where the name is unknown.",
    ),
    Column::count(
        "priority",
        "1 = look at this thread first; a rank by `peak_heat` over all threads of the run.",
    ),
    Column::text("model", "Name and version of what scored."),
];

impl ThreadSummary {
    /// Adds a row with the cells of [`THREAD_COLUMNS`]; the priority is empty, for it is a rank over
    /// a whole run.
    pub fn write(&self, source: &str, thread: &Thread, model: &str, rows: &mut Rows) {
        let comment = |position: usize| thread.comments[position].id.as_str();
        let id = thread.comments.first().map(|comment| comment.thread.as_str());
        push_text(rows, source);
        push_text(rows, id.unwrap_or_default());
        push_text(rows, thread.article.as_ref().map_or("", |article| &article.title));
        let counts = [self.comments, self.scored, self.authors, self.heated, self.flamebait];
        push_counts(rows, &counts);
        push_text(rows, self.first_flame.map_or("", comment));
        let times = Times::of_thread(thread);
        let place = self.first_flame.map(|flame| {
            let before = |position: &usize| times.of(*position) <= times.of(flame);
            (0..thread.comments.len()).filter(before).count() as u64
        });
        rows.push(place.map_or(Cell::Empty, Cell::Count));
        push_text(rows, self.hottest.map_or("", |(position, _)| comment(position)));
        rows.push(self.hottest.map_or(Cell::Empty, |(_, score)| Cell::Number(score)));
        rows.push(self.peak.map_or(Cell::Empty, |(_, heat)| Cell::Number(heat)));
        push_text(rows, self.peak.map_or("", |(position, _)| comment(position)));
        push_counts(rows, &[self.attacks, self.pile_ons.len()]);
        rows.push_text(|cell| {
            for (index, PileOn { victim, comment: attacked, .. }) in
                self.pile_ons.iter().enumerate()
            {
                cell.push_str(if index == 0 { "" } else { ";" });
                match victim {
                    Some(name) => cell.push_str(name),
                    None => cell.extend(["#", comment(*attacked)]),
                }
            }
        });
        rows.push(Cell::Empty);
        push_text(rows, model);
    }

    /// How soon a moderator should look at the thread, 0–1.
    #[must_use]
    pub fn urgency(&self) -> f64 {
        self.peak.map_or(0.0, |(_, heat)| heat)
    }
}
