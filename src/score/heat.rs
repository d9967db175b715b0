//! What only a thread shows: how hot it is at a comment, and how much fire a comment drew.

use super::flamebait::Label;
use super::{Assessment, Scorer};
use crate::chain::Thread;
use crate::table::{Cell, Column, Rows};

/// Measures the heat of threads; needs the flamebait scores.
#[derive(Clone, Copy, Debug, Default)]
pub struct HeatScorer;

/// What a thread shows about one of its comments.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Heat {
    /// How hot the thread is at this comment, 0–1, rounded to 4 decimals.
    pub heat: f64,
    /// How many of the direct answers to the comment are flamebait.
    pub drew_fire: u64,
}

/// How much of the heat of the comments just before is left at the next one.
const RECENT_KEPT: f64 = 0.8;
/// How much of the heat of the comment answered is left in the answer.
const CHAIN_KEPT: f64 = 0.6;

/// The heat at each comment of a thread.
///
/// Two running means of the flamebait scores are kept: over the comments in the order of time, and
/// along the chain of answers from its root. The heat is the larger of the two, so a quarrel in
/// one branch shows even where the rest of the thread is calm. A comment without a score passes on
/// what it found.
#[must_use]
pub fn measure(thread: &Thread, assessments: &[Assessment]) -> Vec<Heat> {
    let mut recent = 0.0;
    let mut chain = vec![0.0; assessments.len()];
    let mut heats = vec![Heat::default(); assessments.len()];
    for (position, assessment) in assessments.iter().enumerate() {
        let reply = thread.reply(position);
        let above = reply.map_or(0.0, |reply| chain[reply.to]);
        let flamebait = assessment.flamebait.as_ref();
        recent = flamebait.map_or(recent, |found| mean(recent, found.score, RECENT_KEPT));
        chain[position] = flamebait.map_or(above, |found| mean(above, found.score, CHAIN_KEPT));
        heats[position].heat = (f64::max(recent, chain[position]) * 1e4).round() / 1e4;
        if let Some(reply) = reply {
            heats[reply.to].drew_fire +=
                u64::from(flamebait.is_some_and(|found| found.label == Label::Flamebait));
        }
    }
    heats
}

fn mean(old: f64, new: f64, kept: f64) -> f64 {
    kept * old + (1.0 - kept) * new
}

const COLUMNS: [Column; 2] = [
    Column::number(
        "heat",
        "How hot the thread is at this comment, 0 to 1: a running mean of flamebait over recent comments or along the chain above, whichever is larger.",
    ),
    Column::count("drew_fire", "How many direct answers to the comment are flamebait."),
];

impl Scorer for HeatScorer {
    fn name(&self) -> &str {
        ""
    }

    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn score(&self, thread: &Thread, assessments: &mut [Assessment]) {
        let heats = measure(thread, assessments);
        for (assessment, heat) in assessments.iter_mut().zip(heats) {
            assessment.heat = heat;
        }
    }

    fn write(&self, _thread: &Thread, _position: usize, assessment: &Assessment, rows: &mut Rows) {
        rows.push(Cell::Number(assessment.heat.heat));
        rows.push(Cell::Count(assessment.heat.drew_fire));
    }
}

#[cfg(test)]
mod tests {
    use super::{HeatScorer, Scorer};
    use crate::chain::{Evidence, Link, Reply, Thread};
    use crate::score::Assessment;
    use crate::score::flamebait::{Flamebait, Label};

    fn assessment(score: f64) -> Assessment {
        let (label, categories, reasons) = (Label::of(score), Vec::new(), Vec::new());
        let flamebait = Some(Flamebait { score, label, categories, target: None, reasons });
        Assessment { flamebait, ..Assessment::default() }
    }

    /// A thread in which each comment answers the one given.
    fn thread(parents: &[Option<usize>]) -> Thread {
        let reply = |to| Link::Reply(Reply { to, evidence: Evidence::Given, confidence: 1.0 });
        let links = parents.iter().map(|parent| parent.map_or(Link::Root, reply)).collect();
        Thread { links, ..Thread::default() }
    }

    #[test]
    fn a_quarrel_heats_its_own_branch_more_than_the_rest() {
        let thread = thread(&[None, None, Some(0), Some(2), None]);
        let mut assessments: Vec<_> = [0.1, 0.1, 0.9, 0.9, 0.1].map(assessment).into();
        HeatScorer.score(&thread, &mut assessments);
        let heat: Vec<_> = assessments.iter().map(|assessment| assessment.heat.heat).collect();
        assert!(heat[3] > heat[2] && heat[2] > heat[1] && heat[4] < heat[3], "{heat:?}");
        assert_eq!(assessments[0].heat.drew_fire, 1);
        assert_eq!(assessments[4].heat.drew_fire, 0);
    }
}
