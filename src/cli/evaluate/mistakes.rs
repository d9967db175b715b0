//! Where scores and people differ most, and which words made it so.

use serde_json::{Value, json};
use threadwarden::decisions::{Key, Labelled};
use threadwarden::score::flamebait::evaluate::Decided;
use threadwarden::score::flamebait::{FlamebaitScorer, Reason};

/// A comment with the wrong score.
pub(super) struct Mistake {
    pub(super) key: Key,
    pub(super) text: String,
    pub(super) score: f64,
    /// What weighed most, either way.
    pub(super) reasons: Vec<Reason>,
}

/// What adds or takes less log-odds than this is no reason.
const WEIGHTY: f32 = 0.1;

/// How many reasons are named.
const REASONS: usize = 4;

impl Mistake {
    /// The words of a reason.
    pub(super) fn words(&self, reason: &Reason) -> &str {
        self.text.get(reason.span.clone()).unwrap_or_default()
    }

    pub(super) fn to_json(&self) -> Value {
        let reason = |reason: &Reason| json!({ "kind": reason.kind, "words": self.words(reason), "log_odds": reason.weight });
        let reasons: Vec<Value> = self.reasons.iter().map(reason).collect();
        json!({ "thread_id": self.key.thread, "comment_id": self.key.comment, "score": self.score, "reasons": reasons, "text": self.text })
    }
}

/// The harmless comments that are flagged and the flamebait that is not, worst first, up to `most`
/// of each.
pub(super) fn worst(
    scorer: &FlamebaitScorer,
    comments: &[Labelled],
    decided: &[Decided],
    most: usize,
) -> [Vec<Mistake>; 2] {
    let heated = scorer.thresholds().heated();
    [false, true].map(|flamebait| {
        let wrong =
            |row: &Decided| row.flamebait == flamebait && (row.score >= heated) != flamebait;
        let mut found: Vec<(&Labelled, f64)> = comments
            .iter()
            .zip(decided)
            .filter(|(_, row)| wrong(row))
            .map(|(comment, row)| (comment, row.score))
            .collect();
        found.sort_by(|a, b| if flamebait { a.1.total_cmp(&b.1) } else { b.1.total_cmp(&a.1) });
        found.truncate(most);
        found.into_iter().map(|(comment, score)| mistake(scorer, comment, score)).collect()
    })
}

fn mistake(scorer: &FlamebaitScorer, comment: &Labelled, score: f64) -> Mistake {
    let mut reasons = scorer.explain(&comment.text).contributions;
    reasons.retain(|reason| reason.is_telling() && reason.weight.abs() >= WEIGHTY);
    reasons.sort_by(|a, b| {
        b.weight.abs().total_cmp(&a.weight.abs()).then(a.span.start.cmp(&b.span.start))
    });
    reasons.truncate(REASONS);
    Mistake { key: comment.key.clone(), text: comment.text.clone(), score, reasons }
}
