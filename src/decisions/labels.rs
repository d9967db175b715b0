//! What people decided, as numbers to learn from and to measure by.

use std::collections::BTreeMap;

use super::{Decided, Decisions, Key, Vote};

/// A comment, and whether people call it flamebait.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// Which comment it is.
    pub key: Key,
    /// The comment as it came.
    pub text: String,
    /// The mean of what the votes mean, from 0, harmless, to 1, flamebait.
    pub target: f64,
    /// Every vote that says something: the name of the sheet, and whether it is for flamebait.
    pub votes: Vec<(String, bool)>,
}

/// Labelled comments, and what had to be left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Labels {
    /// Comments with a label, in the order of the sheets.
    pub comments: Vec<Labelled>,
    /// Rows without a decision.
    pub undecided: u64,
    /// Comments on which as many people said the one as the other.
    pub even: Vec<Labelled>,
    /// Comments of which only a part is there, as the rest did not fit in a cell.
    pub cut: u64,
    /// Decisions that are neither for the one nor for the other, and how often they were made.
    pub unknown: BTreeMap<String, u64>,
}

/// Makes labels of decisions. `meaning` says what a decision means, from 0, harmless, to 1,
/// flamebait; `None` if it says neither. From 0.5 on a vote is one for flamebait.
#[must_use]
pub fn labels(decisions: Decisions, meaning: impl Fn(&str) -> Option<f64>) -> Labels {
    let Decisions { decided, undecided, cut, .. } = decisions;
    let mut labels = Labels { undecided, cut: cut.len() as u64, ..Labels::default() };
    for Decided { key, text, votes, .. } in decided {
        let mut known = Vec::with_capacity(votes.len());
        let mut sum = 0.0;
        for Vote { sheet, word, .. } in votes {
            match meaning(&word) {
                Some(target) => {
                    sum += target;
                    known.push((sheet, target >= 0.5));
                }
                None => *labels.unknown.entry(word).or_default() += 1,
            }
        }
        let hot = known.iter().filter(|(_, flamebait)| *flamebait).count();
        if known.is_empty() {
            continue;
        }
        let is_even = hot * 2 == known.len();
        let target = sum / known.len() as f64;
        let labelled = Labelled { key, text, target, votes: known };
        if is_even { &mut labels.even } else { &mut labels.comments }.push(labelled);
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::{Decided, Decisions, Key, Vote, labels};

    fn vote(word: &str) -> Vote {
        Vote { sheet: "sheet".into(), word: word.into(), ..Vote::default() }
    }

    fn decided(id: &str, votes: &[&str]) -> Decided {
        Decided {
            key: Key { comment: id.into(), ..Key::default() },
            votes: votes.iter().map(|word| vote(word)).collect(),
            ..Decided::default()
        }
    }

    #[test]
    fn votes_become_a_share_and_even_ones_no_label() {
        let decisions = Decisions {
            decided: vec![
                decided("1", &["yes", "yes", "no"]),
                decided("2", &["yes", "no"]),
                decided("3", &["perhaps"]),
                decided("4", &["perhaps", "no"]),
            ],
            ..Decisions::default()
        };
        let meaning = |word: &str| match word {
            "yes" => Some(1.0),
            "no" => Some(0.0),
            _ => None,
        };
        let labels = labels(decisions, meaning);
        let found: Vec<_> =
            labels.comments.iter().map(|it| (it.key.comment.as_str(), it.target)).collect();
        assert_eq!(found, [("1", 2.0 / 3.0), ("4", 0.0)]);
        assert_eq!(labels.even[0].key.comment, "2");
        assert_eq!(labels.unknown["perhaps"], 2);
    }
}
