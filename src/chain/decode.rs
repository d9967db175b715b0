//! Goes through a thread and weighs, for each comment that speaks to somebody, what it answers.

use super::feature::{Feature, Row};
use super::hidden::{self, Names};
use super::known;
use super::model::Model;
use super::progress::Progress;
use super::scene::Scene;
use super::similar;
use super::text::Spread;
use super::votes::Votes;

/// How a comment's parent was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Among the comments of whom it speaks to.
    Known,
    /// Among all comments, for the one that the name spoken to may have written.
    Hidden,
    /// Among all comments, by likeness.
    Similar,
}

/// What was found for one comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    pub(super) kind: Kind,
    /// The likeliest parent and how likely it is; none if it is likeliest that it is not here.
    pub(super) best: Option<(usize, f32)>,
    /// How likely the parent is not here.
    pub(super) null: f32,
}

/// The true parents of comments, where they are known.
pub(super) type Truth = [Option<Vec<usize>>];

/// Is shown every comment that is weighed: its position, the candidates, and their rows.
pub(super) type Watch<'a> = &'a mut dyn FnMut(Kind, usize, &[usize], &[Row]);

/// What to decode with.
#[derive(Clone, Copy)]
pub(super) struct Decoder<'a> {
    pub(super) scene: &'a Scene<'a>,
    /// For comments that speak to somebody.
    pub(super) model: &'a Model,
    /// For comments that speak to nobody, or in a chat to somebody who is not here.
    pub(super) similar: Option<&'a Model>,
    /// Whether comments that speak to nobody are linked too.
    pub(super) likeness: bool,
    /// Earlier links are taken from here rather than from what was found.
    pub(super) truth: Option<&'a Truth>,
}

/// Buffers that are used again for each comment.
#[derive(Default)]
struct Buffers {
    candidates: Vec<usize>,
    rows: Vec<Row>,
    scores: Vec<f32>,
    /// The candidates and how likely each is the parent.
    chances: Vec<(usize, f32)>,
    spread: Spread,
}

impl Decoder<'_> {
    /// Goes through a thread whose authors are known.
    pub(super) fn known(&self, mut watch: Option<Watch<'_>>) -> Vec<Option<Outcome>> {
        let scene = self.scene;
        let size = scene.comments.len();
        let chains = self.model.uses(Feature::Chain) || watch.is_some();
        let mut progress = Progress::new(size, scene.reading.people, chains);
        let mut buffers = Buffers::default();
        let mut outcomes = Vec::with_capacity(size);
        for i in 0..size {
            let named = known::candidates(scene, &progress, i, &mut buffers.candidates);
            let outcome = if named && !(self.likeness && scene.reading.is_inside(i)) {
                let Buffers { candidates, rows, spread, .. } = &mut buffers;
                known::rows(scene, &progress, i, candidates, spread, rows);
                Some(self.weigh(Kind::Known, 0, i, &mut buffers, &mut watch))
            } else {
                self.similar(i, &progress, &mut buffers, &mut watch)
            };
            let parent = self.settle(i, outcome, &buffers.chances, &mut progress);
            known::note(scene, &mut progress, i, parent);
            outcomes.push(outcome);
        }
        outcomes
    }

    /// Goes once through a thread whose authors are hidden.
    pub(super) fn hidden(
        &self,
        pass: usize,
        names: &Names<'_>,
        mut watch: Option<Watch<'_>>,
    ) -> (Vec<Option<Outcome>>, Votes) {
        let scene = self.scene;
        let size = scene.comments.len();
        let chains = self.model.uses(Feature::Chain) || watch.is_some();
        let mut progress = Progress::new(size, 0, chains);
        let mut votes = Votes::new(size, scene.reading.people);
        let mut buffers = Buffers::default();
        let mut outcomes = Vec::with_capacity(size);
        for i in 0..size {
            let outcome = if hidden::candidates(scene, names, i, &mut buffers.candidates) {
                let Buffers { candidates, rows, spread, .. } = &mut buffers;
                hidden::rows(scene, &progress, names, i, candidates, spread, rows);
                Some(self.weigh(Kind::Hidden, pass, i, &mut buffers, &mut watch))
            } else {
                self.similar(i, &progress, &mut buffers, &mut watch)
            };
            self.settle(i, outcome, &buffers.chances, &mut progress);
            votes.cast(hidden::addressee(scene, i), &buffers.chances);
            outcomes.push(outcome);
        }
        votes.count();
        (outcomes, votes)
    }

    /// Looks for the parent of a comment that speaks to nobody who is here.
    fn similar(
        &self,
        i: usize,
        progress: &Progress,
        buffers: &mut Buffers,
        watch: &mut Option<Watch<'_>>,
    ) -> Option<Outcome> {
        self.similar.filter(|_| self.scene.text.is_some() && i > 0)?;
        // Unasked, likeness only stands in for a name that nobody here bears.
        if !self.likeness && !self.scene.reading.strays[i] {
            return None;
        }
        let Buffers { candidates, rows, spread, .. } = buffers;
        similar::candidates(self.scene, i, candidates);
        similar::rows(self.scene, progress, i, candidates, spread, rows);
        Some(self.weigh(Kind::Similar, 0, i, buffers, watch))
    }

    /// Turns the rows in the buffers into chances.
    fn weigh(
        &self,
        kind: Kind,
        pass: usize,
        i: usize,
        buffers: &mut Buffers,
        watch: &mut Option<Watch<'_>>,
    ) -> Outcome {
        let Buffers { candidates, rows, scores, chances, .. } = buffers;
        if let Some(watch) = watch {
            watch(kind, i, candidates, rows);
        }
        let model = match kind {
            Kind::Similar => self.similar.unwrap_or(self.model),
            Kind::Known | Kind::Hidden => self.model,
        };
        model.chances(pass, rows, scores);
        let null = scores.pop().unwrap_or(1.0);
        chances.clear();
        chances.extend(candidates.iter().copied().zip(scores.drain(..)));
        // Of equals, the latest.
        let best = chances.iter().copied().max_by(|one, other| one.1.total_cmp(&other.1));
        Outcome { kind, best: best.filter(|(_, chance)| *chance >= null), null }
    }

    /// Notes the link of a comment: as found, or as it truly is.
    fn settle(
        &self,
        i: usize,
        outcome: Option<Outcome>,
        chances: &[(usize, f32)],
        progress: &mut Progress,
    ) -> Option<usize> {
        let Some(truth) = self.truth else {
            let parent = outcome.and_then(|outcome| outcome.best).map(|(parent, _)| parent);
            progress.note(parent, if outcome.is_some() { chances } else { &[] });
            return parent;
        };
        let parent = match &truth[i] {
            Some(parents) => parents.iter().copied().filter(|&parent| parent < i).max(),
            None => outcome.and_then(|outcome| self.guess(i, outcome.kind, chances)),
        };
        progress.note(parent, parent.map(|parent| (parent, 1.0)).as_slice());
        parent
    }

    /// A guess where nobody knows the truth: the latest of the addressee, or the latest comment
    /// that does not speak to the same name.
    fn guess(&self, i: usize, kind: Kind, chances: &[(usize, f32)]) -> Option<usize> {
        let mut latest = chances.iter().rev().map(|(candidate, _)| *candidate);
        match kind {
            Kind::Known => latest.next(),
            Kind::Similar => None,
            Kind::Hidden => {
                let name = hidden::addressee(self.scene, i);
                latest.find(|&j| hidden::addressee(self.scene, j) != name)
            }
        }
    }
}
