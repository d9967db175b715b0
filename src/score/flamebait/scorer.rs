//! The scorer: from a text to what the report says about it.

use std::cell::RefCell;
use std::fmt::Write;

use super::category::Category;
use super::dictionary::BUILT_IN;
use super::fold::Folded;
use super::hits::{self, Hit};
use super::target::{self, Surroundings};
use super::token::{self, Token};
use super::weigh::{self, BIAS, Evidence};
use super::{Explanation, Flamebait, Label, Reason};
use crate::chain::{Link, Thread};
use crate::score::{Assessment, Scorer};
use crate::table::{Cell, Column, Rows};

/// Scores how likely comments are to provoke hostile answers.
#[derive(Clone, Copy, Debug, Default)]
pub struct FlamebaitScorer;

/// How many reasons a report names.
const MOST_REASONS: usize = 8;

/// Buffers that are filled anew for each comment.
#[derive(Default)]
struct Scratch {
    folded: Folded,
    tokens: Vec<Token>,
    hits: Vec<Hit>,
    evidence: Vec<Evidence>,
}

thread_local! {
    static SCRATCH: RefCell<Scratch> = RefCell::default();
}

impl FlamebaitScorer {
    /// Scores a text on its own.
    #[must_use]
    pub fn assess(&self, text: &str) -> Flamebait {
        SCRATCH.with_borrow_mut(|scratch| {
            let log_odds = scratch.read(text);
            scratch.sum_up(log_odds, Surroundings::default())
        })
    }

    /// Scores a text on its own and says what each word added.
    #[must_use]
    pub fn explain(&self, text: &str) -> Explanation {
        SCRATCH.with_borrow_mut(|scratch| {
            let log_odds = scratch.read(text);
            Explanation {
                flamebait: scratch.sum_up(log_odds, Surroundings::default()),
                bias: BIAS,
                contributions: scratch.reasons().collect(),
                log_odds,
            }
        })
    }
}

impl Scratch {
    /// Reads a text and gives its log-odds.
    fn read(&mut self, text: &str) -> f32 {
        self.folded.fold(text);
        token::tokenise(text, &self.folded, &BUILT_IN, &mut self.tokens);
        hits::find(&mut self.tokens, &BUILT_IN, &mut self.hits);
        weigh::weigh(&self.tokens, &self.hits, &mut self.evidence);
        BIAS + self.evidence.iter().map(|evidence| evidence.weight).sum::<f32>()
    }

    fn sum_up(&self, log_odds: f32, surroundings: Surroundings) -> Flamebait {
        let score = (sigmoid(log_odds) * 1e4).round() / 1e4;
        let label = Label::of(score);
        let mut reasons = Vec::new();
        if label > Label::Calm {
            reasons.extend(self.reasons());
            reasons.sort_by(|a, b| {
                b.weight.total_cmp(&a.weight).then(a.span.start.cmp(&b.span.start))
            });
            reasons.truncate(MOST_REASONS);
        }
        let target = target::find(&self.tokens, &self.hits, surroundings);
        Flamebait { score, label, categories: self.categories(), target, reasons }
    }

    fn reasons(&self) -> impl Iterator<Item = Reason> {
        self.evidence.iter().map(|evidence| {
            let (first, last) = (&self.tokens[evidence.first], &self.tokens[evidence.last]);
            let span = self.folded.original(first.range().start..last.range().end);
            Reason { kind: evidence.kind, span, weight: evidence.weight }
        })
    }

    /// Each category with the probability that its evidence alone would give.
    fn categories(&self) -> Vec<(Category, f32)> {
        let mut sums = [0.0_f32; Category::ALL.len()];
        for evidence in &self.evidence {
            if let Some(category) = evidence.category {
                sums[category as usize] += evidence.weight;
            }
        }
        let found = Category::ALL.into_iter().zip(sums).filter(|&(_, sum)| sum > 0.0);
        // A sum of weights around 1 is an even chance.
        #[allow(clippy::cast_possible_truncation)]
        let mut found: Vec<_> =
            found.map(|(category, sum)| (category, sigmoid(2.0 * sum - 2.0) as f32)).collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }
}

fn sigmoid(log_odds: f32) -> f64 {
    1.0 / (1.0 + (-f64::from(log_odds)).exp())
}

const COLUMNS: [Column; 5] = [
    Column {
        name: "flamebait",
        meaning: "How likely the comment is to provoke hostile answers, 0 to 1; empty where it is unscored.",
    },
    Column {
        name: "flamebait_label",
        meaning: "`calm`, `heated` from 0.5, `flamebait` from 0.75, or `unscored`.",
    },
    Column {
        name: "flamebait_categories",
        meaning: "Kinds of provocation found, strongest first, separated by semicolons.",
    },
    Column {
        name: "flamebait_target",
        meaning: "Whom it is aimed at: `commenter`, `writer`, `public_figure`, `group`, or empty.",
    },
    Column {
        name: "flamebait_reasons",
        meaning: "The words behind a label above `calm`, weightiest first, with their place in the text in characters from 0, end excluded.",
    },
];

impl Scorer for FlamebaitScorer {
    fn name(&self) -> &str {
        "flamebait-1"
    }

    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn score(&self, thread: &Thread, assessments: &mut [Assessment]) {
        SCRATCH.with_borrow_mut(|scratch| {
            for (position, assessment) in assessments.iter_mut().enumerate() {
                assessment.flamebait = assessment.scorable.then(|| {
                    let answers = !matches!(thread.links[position], Link::Root | Link::Orphan);
                    let log_odds = scratch.read(&thread.comments[position].text);
                    scratch.sum_up(log_odds, Surroundings { answers })
                });
            }
        });
    }

    fn write(&self, thread: &Thread, position: usize, assessment: &Assessment, rows: &mut Rows) {
        let Some(flamebait) = &assessment.flamebait else {
            rows.push(Cell::Empty);
            rows.push(Cell::Text("unscored"));
            return (0..3).for_each(|_| rows.push(Cell::Empty));
        };
        rows.push(Cell::Number(flamebait.score));
        rows.push(Cell::Text(flamebait.label.name()));
        rows.push_text(|cell| {
            for (index, (category, _)) in flamebait.categories.iter().enumerate() {
                let separator = if index == 0 { "" } else { ";" };
                let _ = write!(cell, "{separator}{category}");
            }
        });
        rows.push(flamebait.target.map_or(Cell::Empty, |target| Cell::Text(target.name())));
        rows.push_text(|cell| {
            write_reasons(&thread.comments[position].text, &flamebait.reasons, cell);
        });
    }
}

/// Writes reasons for a person: `insult "stupid" 12-18; second person "you" 8-11`.
fn write_reasons(text: &str, reasons: &[Reason], cell: &mut String) {
    for (index, Reason { kind, span, .. }) in reasons.iter().enumerate() {
        let separator = if index == 0 { "" } else { "; " };
        let words = &text[span.clone()];
        let start = text[..span.start].chars().count();
        let end = start + words.chars().count();
        let _ = write!(cell, "{separator}{kind} \"{words}\" {start}-{end}");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{FlamebaitScorer, write_reasons};
    use crate::score::flamebait::{Category, Label, Target};

    #[test]
    fn an_insult_is_flamebait_and_its_words_are_named() {
        let text = "Être ou not, you are a stupid idiot";
        let found = FlamebaitScorer.assess(text);
        assert_ne!(found.label, Label::Calm);
        assert_eq!(found.categories[0].0, Category::Insult);
        assert_eq!(found.target, Some(Target::Commenter));
        let mut cell = String::new();
        write_reasons(text, &found.reasons, &mut cell);
        assert!(cell.contains("insult \"idiot\" 30-35"), "{cell}");
    }

    #[test]
    fn a_friendly_word_is_calm() {
        let found = FlamebaitScorer.assess("Thank you, that was a helpful article.");
        assert_eq!((found.label, found.target), (Label::Calm, None));
        assert!(found.reasons.is_empty());
    }

    proptest! {
        #[test]
        fn scoring_never_panics_and_contributions_sum_to_the_score(text in ".{0,80}") {
            let explanation = FlamebaitScorer.explain(&text);
            let sum = explanation.bias + explanation.contributions.iter().map(|reason| reason.weight).sum::<f32>();
            prop_assert!((sum - explanation.log_odds).abs() < 1e-3);
            for reason in &explanation.contributions {
                prop_assert!(text.get(reason.span.clone()).is_some());
            }
        }
    }
}
