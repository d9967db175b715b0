//! The course from labelled threads to a model: examples, weights, calibration.

use super::evaluate::{Setting, Tallies, evaluate_with};
use super::fit::{Example, Recipe, calibrate, fit, threshold};
use super::labelled::Labelled;
use crate::chain::decode::Kind;
use crate::chain::{Layout, LinkOptions, Model, Models, link};

/// What a model is for, and how it is fitted.
#[derive(Clone, Debug)]
pub struct Course {
    /// The field of [`Models`] that is fitted.
    pub field: String,
    /// Whether the model sees authors.
    pub setting: Setting,
    /// How threads are laid out.
    pub layout: Layout,
    /// Whether comments that speak to nobody are linked by likeness.
    pub similar: bool,
    /// How many passes over the thread are made.
    pub passes: usize,
    /// Features and penalty.
    pub recipe: Recipe,
}

impl Course {
    /// The options to link with.
    #[must_use]
    pub fn options(&self) -> LinkOptions {
        LinkOptions {
            min_confidence: Some(0.0),
            layout: self.layout,
            similar: self.similar,
            ..LinkOptions::default()
        }
    }

    /// The model that is fitted.
    fn model<'a>(&self, models: &'a mut Models) -> Option<&'a mut Model> {
        models.settings().into_iter().find(|(field, ..)| *field == self.field).map(|found| found.2)
    }

    /// Fits the model to threads, each with how much it counts.
    ///
    /// Threads whose authors or marks do not suit the model give no examples.
    pub fn fit(&self, threads: &[(&Labelled, f64)], models: &mut Models) {
        let mut fitted = Model { passes: Vec::new(), ..Model::default() };
        for pass in 0..self.passes {
            if let Some(model) = self.model(models) {
                *model = fitted.clone();
                model.passes.push([0.0; crate::chain::Feature::ALL.len()]);
            }
            let examples = self.examples(threads, pass, models);
            fitted.passes.push(fit(&examples.iter().collect::<Vec<_>>(), &self.recipe));
        }
        if let Some(model) = self.model(models) {
            *model = fitted;
        }
    }

    /// The comments of the threads whose true parents are known, with their candidates.
    fn examples(&self, threads: &[(&Labelled, f64)], pass: usize, models: &Models) -> Vec<Example> {
        let wanted = match (self.field.as_str(), self.setting) {
            ("similar" | "chat_similar", _) => Kind::Similar,
            (_, Setting::Known) => Kind::Known,
            (_, Setting::Hidden) => Kind::Hidden,
        };
        let mut examples = Vec::new();
        for &(labelled, weight) in threads {
            let comments = labelled.seen(self.setting);
            let mut take = |kind: Kind, i: usize, candidates: &[usize], rows: &[_]| {
                let Some(parents) = labelled.parents[i].as_ref().filter(|_| kind == wanted) else {
                    return;
                };
                let mut right: Vec<bool> =
                    candidates.iter().map(|candidate| parents.contains(candidate)).collect();
                right.push(parents.is_empty());
                if right.contains(&true) {
                    examples.push(Example { rows: rows.to_vec(), right, weight });
                }
            };
            link::show(&comments, &self.options(), models, &labelled.parents, pass, &mut take);
        }
        examples
    }

    /// Links threads with the models given.
    #[must_use]
    pub fn evaluate(&self, threads: &[Labelled], chat: bool, models: &Models) -> Tallies {
        let mut tallies = Tallies::default();
        for thread in threads {
            evaluate_with(thread, self.setting, chat, &self.options(), models, &mut tallies);
        }
        tallies
    }

    /// Sets how the chances of the fitted model become confidences, from links that
    /// cross-validation made.
    pub fn settle(&self, tallies: &Tallies, models: &mut Models) {
        let sureness = tallies.sureness();
        let (slope, offset) = calibrate(&sureness);
        if let Some(model) = self.model(models) {
            (model.slope, model.offset) = (slope, offset);
            let sure = sureness.iter();
            let sure: Vec<_> = sure.map(|&(sure, right)| (model.confidence(sure), right)).collect();
            model.least = threshold(&sure, 0.9).unwrap_or(1.0);
        }
    }
}

/// Fits models to all folds but one and links that one as the first course says, fold by fold.
/// `extra` threads are always learnt from, and count as much as said.
#[must_use]
pub fn cross_validate(
    courses: &[Course],
    threads: &[Labelled],
    extra: &[(Labelled, f64)],
    folds: usize,
    chat: bool,
) -> Tallies {
    let mut tallies = Tallies::default();
    let Some(first) = courses.first() else { return tallies };
    for fold in 0..folds {
        let numbered = threads.iter().enumerate();
        let (test, learn): (Vec<_>, Vec<_>) =
            numbered.partition(|(number, _)| number % folds == fold);
        let mut learn: Vec<_> = learn.into_iter().map(|(_, thread)| (thread, 1.0)).collect();
        learn.extend(extra.iter().map(|(thread, count)| (thread, *count)));
        let mut models = Models::read_built_in().unwrap_or_default();
        for course in courses {
            course.fit(&learn, &mut models);
        }
        for (_, thread) in test {
            evaluate_with(thread, first.setting, chat, &first.options(), &models, &mut tallies);
        }
    }
    tallies
}
