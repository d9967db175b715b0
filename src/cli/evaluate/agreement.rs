//! How far moderators agree with each other, and the model with them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use threadwarden::decisions::Labelled;
use threadwarden::score::flamebait::evaluate::{Decided, cohens_kappa, krippendorffs_alpha};

/// Two who decided on the same comments.
pub(super) struct Pair {
    /// Their sheets.
    pub(super) names: [String; 2],
    /// On how many comments both decided.
    pub(super) comments: usize,
    /// The share of these on which they agree.
    pub(super) same: f64,
    /// Cohen's kappa.
    pub(super) kappa: Option<f64>,
}

/// Agreement beyond chance.
pub(super) struct Agreement {
    /// The label heated or flamebait beside the decisions: Cohen's kappa.
    pub(super) model: Option<f64>,
    /// Moderators two by two, where they decided on the same comments.
    pub(super) pairs: Vec<Pair>,
    /// All moderators together: Krippendorff's alpha.
    pub(super) alpha: Option<f64>,
}

impl Agreement {
    /// Compares the decisions on `comments` with the scores in `decided`, which are parallel and
    /// flag from `heated` on, and the moderators on these and on the comments where they are `even`.
    pub(super) fn of(
        comments: &[Labelled],
        even: &[Labelled],
        decided: &[Decided],
        heated: f64,
    ) -> Self {
        let answers: Vec<(bool, bool)> =
            decided.iter().map(|row| (row.score >= heated, row.flamebait)).collect();
        // The first vote of a sheet is the moderator's.
        let by_sheet = |comment: &Labelled| -> BTreeMap<String, bool> {
            comment.votes.iter().rev().cloned().collect()
        };
        let votes: Vec<BTreeMap<String, bool>> =
            comments.iter().chain(even).map(by_sheet).collect();
        let sheets: BTreeSet<&String> = votes.iter().flat_map(BTreeMap::keys).collect();
        let mut pairs = Vec::new();
        for one in &sheets {
            for other in sheets.range::<&String, _>(one..).skip(1) {
                let both: Vec<(bool, bool)> = votes
                    .iter()
                    .filter_map(|votes| Some((*votes.get(*one)?, *votes.get(*other)?)))
                    .collect();
                if both.is_empty() {
                    continue;
                }
                let same = both.iter().filter(|(one, other)| one == other).count();
                pairs.push(Pair {
                    names: [(*one).clone(), (*other).clone()],
                    comments: both.len(),
                    same: same as f64 / both.len() as f64,
                    kappa: cohens_kappa(&both),
                });
            }
        }
        let rows: Vec<Vec<bool>> =
            votes.iter().map(|votes| votes.values().copied().collect()).collect();
        Self { model: cohens_kappa(&answers), pairs, alpha: krippendorffs_alpha(&rows) }
    }

    pub(super) fn to_json(&self) -> Value {
        let pair = |Pair { names, comments, same, kappa }: &Pair| json!({ "sheets": names, "comments": comments, "same": same, "cohens_kappa": kappa });
        json!({
            "model_and_decisions": self.model,
            "moderators": self.pairs.iter().map(pair).collect::<Vec<_>>(),
            "krippendorffs_alpha": self.alpha,
        })
    }
}
