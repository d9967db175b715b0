//! What authors did, and what was done to them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::threads::pile_ons;
use super::{attacks, author, is_flamebait, label, push_counts, push_text, score};
use crate::chain::Thread;
use crate::score::Assessment;
use crate::score::flamebait::Label;
use crate::table::{Cell, Column, Rows};

/// Who wrote so many flamebait comments is a repeat offender.
pub const REPEATED: usize = 3;

/// What an author did, and what was done to the author.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthorSummary {
    /// Display name.
    pub name: String,
    /// How many comments the author wrote.
    pub comments: usize,
    /// In how many threads.
    pub threads: usize,
    /// How many of the comments are heated, flamebait not counted.
    pub heated: usize,
    /// How many of them are flamebait.
    pub flamebait: usize,
    /// The greatest score of them.
    pub worst: Option<f64>,
    /// The thread and the comment with that score.
    pub worst_comment: (String, String),
    /// In how many threads the author wrote flamebait.
    pub threads_burnt: usize,
    /// How many flamebait comments answer others.
    pub attacks: usize,
    /// How many others are known to have got them.
    pub targets: usize,
    /// How many flamebait answers the author's comments got from others.
    pub attacked: usize,
    /// How many others are known to have written them.
    pub attackers: usize,
    /// In how many threads several attacked the author.
    pub pile_ons: usize,
}

impl AuthorSummary {
    /// Whether the author wrote [`REPEATED`] flamebait comments or more.
    #[must_use]
    pub fn is_repeat_offender(&self) -> bool {
        self.flamebait >= REPEATED
    }
}

/// An author under way.
#[derive(Clone, Debug, Default)]
struct Author {
    summary: AuthorSummary,
    targets: BTreeSet<String>,
    attackers: BTreeSet<String>,
}

/// Gathers what authors did over many threads. Who has the same name is the same author.
#[derive(Clone, Debug, Default)]
pub struct Authors {
    known: BTreeMap<String, Author>,
}

impl Authors {
    /// Takes in a thread whose comments have been scored. The lists are parallel.
    pub fn add(&mut self, thread: &Thread, assessments: &[Assessment]) {
        let (mut present, mut burnt) = (BTreeSet::new(), BTreeSet::new());
        for (position, assessment) in assessments.iter().enumerate() {
            let Some(name) = author(thread, position) else { continue };
            let Some(Author { summary, .. }) = self.author(name) else { continue };
            summary.comments += 1;
            summary.threads += usize::from(present.insert(name));
            summary.heated += usize::from(label(assessment) == Some(Label::Heated));
            if is_flamebait(assessment) {
                summary.flamebait += 1;
                summary.threads_burnt += usize::from(burnt.insert(name));
            }
            let score = score(assessment);
            if score > summary.worst {
                summary.worst = score;
                let comment = thread.comments.get(position);
                let names = comment.map(|comment| (comment.thread.clone(), comment.id.clone()));
                summary.worst_comment = names.unwrap_or_default();
            }
        }
        for (attack, victim) in attacks(thread, assessments) {
            let (attacker, victim) = (author(thread, attack), author(thread, victim));
            if let Some(author) = attacker.and_then(|name| self.author(name)) {
                author.summary.attacks += 1;
                author.targets.extend(victim.map(str::to_owned));
            }
            if let Some(author) = victim.and_then(|name| self.author(name)) {
                author.summary.attacked += 1;
                author.attackers.extend(attacker.map(str::to_owned));
            }
        }
        for pile_on in pile_ons(thread, assessments) {
            let victim = pile_on.victim.and_then(|name| self.known.get_mut(&name));
            if let Some(author) = victim {
                author.summary.pile_ons += 1;
            }
        }
    }

    fn author(&mut self, name: &str) -> Option<&mut Author> {
        if !self.known.contains_key(name) {
            self.known.insert(name.to_owned(), Author::default());
        }
        self.known.get_mut(name)
    }

    /// Takes in what was gathered of other threads, which come after those here.
    pub fn append(&mut self, more: Self) {
        for (name, Author { summary: other, targets, attackers }) in more.known {
            let author = self.known.entry(name).or_default();
            let summary = &mut author.summary;
            for (count, more) in [
                (&mut summary.comments, other.comments),
                (&mut summary.threads, other.threads),
                (&mut summary.heated, other.heated),
                (&mut summary.flamebait, other.flamebait),
                (&mut summary.threads_burnt, other.threads_burnt),
                (&mut summary.attacks, other.attacks),
                (&mut summary.attacked, other.attacked),
                (&mut summary.pile_ons, other.pile_ons),
            ] {
                *count += more;
            }
            if other.worst > summary.worst {
                (summary.worst, summary.worst_comment) = (other.worst, other.worst_comment);
            }
            author.targets.extend(targets);
            author.attackers.extend(attackers);
        }
    }

    /// The authors: those with the most flamebait first, then by heated comments, then in the order
    /// of the alphabet.
    pub fn summaries(self) -> impl Iterator<Item = AuthorSummary> {
        let summary = |(name, author): (String, Author)| AuthorSummary {
            name,
            targets: author.targets.len(),
            attackers: author.attackers.len(),
            ..author.summary
        };
        let mut summaries: Vec<AuthorSummary> = self.known.into_iter().map(summary).collect();
        summaries.sort_by_key(|author| Reverse((author.flamebait, author.heated)));
        summaries.into_iter()
    }
}

/// The columns of a report of authors.
pub const AUTHOR_COLUMNS: &[Column] = &[
    Column::text("author", "The name, as in the column `author` of the comments."),
    Column::count("comments", "How many comments the author wrote."),
    Column::count("threads", "In how many threads."),
    Column::count("heated", "How many of the comments are `heated`."),
    Column::count("flamebait", "How many of them are `flamebait`."),
    Column::text("repeat_offender", "`yes` for three flamebait comments or more, else `no`."),
    Column::count("threads_burnt", "In how many threads the author wrote flamebait."),
    Column::number("worst_score", "The author's highest flamebait score, 0 to 1."),
    Column::text("worst_thread", "The thread of the comment with that score."),
    Column::text("worst_comment", "The comment with that score."),
    Column::count("attacks", "How many flamebait comments answer somebody else's comment."),
    Column::count("targets", "How many others, of known name, got them."),
    Column::count("attacked", "How many flamebait answers the author drew from others."),
    Column::count("attackers", "How many others, of known name, wrote them."),
    Column::count(
        "pile_ons",
        "In how many threads the author was attacked three times or more, not always by the same person.",
    ),
    Column::text("model", "Name and version of what scored."),
];

impl AuthorSummary {
    /// Adds a row with the cells of [`AUTHOR_COLUMNS`].
    pub fn write(&self, model: &str, rows: &mut Rows) {
        push_text(rows, &self.name);
        let counts = [self.comments, self.threads, self.heated, self.flamebait];
        push_counts(rows, &counts);
        push_text(rows, if self.is_repeat_offender() { "yes" } else { "no" });
        push_counts(rows, &[self.threads_burnt]);
        rows.push(self.worst.map_or(Cell::Empty, Cell::Number));
        push_text(rows, &self.worst_comment.0);
        push_text(rows, &self.worst_comment.1);
        let counts = [self.attacks, self.targets, self.attacked, self.attackers, self.pile_ons];
        push_counts(rows, &counts);
        push_text(rows, model);
    }
}
