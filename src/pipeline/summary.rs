//! What a run found, in numbers.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use rustc_hash::FxHashSet;

use super::Scored;
use crate::chain::{Arrangement, Layout, Link, Reason};
use crate::error::Error;
use crate::parse::Notes;
use crate::score::flamebait::Label;

/// How many inputs are kept with their name; all are counted.
const KEPT_INPUTS: usize = 1000;

/// How many faults are kept with their text; all are counted.
const KEPT_FAULTS: usize = 100;

/// One input that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputSummary {
    /// Where it lies.
    #[serde(serialize_with = "lossy")]
    pub path: PathBuf,
    /// What the dump is called in reports.
    pub source: String,
    /// The kind of dump that it was taken for.
    pub format: Cow<'static, str>,
    /// How many comments its pages say they have, where they say so.
    pub declared: Option<u64>,
    /// How many comments it holds.
    pub found: u64,
    /// What had to be assumed or mended to read it.
    pub notes: Notes,
}

/// Faults met: all are counted, the first are kept.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Faults {
    /// The first faults.
    #[serde(serialize_with = "told", deserialize_with = "as_told")]
    pub first: Vec<Error>,
    /// The number of all faults.
    pub count: u64,
}

impl Faults {
    /// Takes note of a fault.
    pub fn push(&mut self, fault: Error) {
        self.count += 1;
        if self.first.len() < KEPT_FAULTS {
            self.first.push(fault);
        }
    }

    /// Takes note of more faults.
    pub fn append(&mut self, more: Self) {
        let unkept = more.count - more.first.len() as u64;
        more.first.into_iter().for_each(|fault| self.push(fault));
        self.count += unkept;
    }
}

/// What a run found.
#[derive(Debug, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// Inputs that were read, whole or in part.
    pub inputs_read: u64,
    /// The first of these.
    pub inputs: Vec<InputSummary>,
    /// Of all, the ones to speak of: those that declare a count, those without comments, and
    /// those that something had to be assumed or mended in.
    pub notable_inputs: Vec<InputSummary>,
    /// Rows written, one a comment.
    pub comments: u64,
    /// Threads that the comments belong to.
    pub threads: u64,
    /// Comments that answer another one.
    pub replies: u64,
    /// Comments spoken to somebody whose comment is not in the dump.
    pub absent: u64,
    /// Comments whose parent, by the dump's own word, is not in it.
    pub orphans: u64,
    /// Comments whose parent, by the dump's own word, answers them, be it by way of others.
    pub circles: u64,
    /// Comments with the id of one before them in their thread; they are kept.
    pub duplicates: u64,
    /// How the threads in which somebody speaks to somebody were taken to be laid out, and how
    /// many were.
    pub layouts: Vec<(Layout, Reason, u64)>,
    /// Comments by flamebait label: calm, heated, flamebait.
    pub labels: [u64; 3],
    /// Comments that were not scored for flamebait.
    pub unscored: u64,
    /// The highest flamebait score of any comment, 0–1.
    pub highest_flamebait: f64,
    /// What could not be read.
    pub faults: Faults,
}

impl Summary {
    /// Counts a thread that was scored.
    pub(super) fn count(&mut self, scored: &Scored) {
        self.threads += 1;
        if scored.thread.addressees.iter().any(Option::is_some) {
            let Arrangement { layout, reason, .. } = scored.thread.arrangement;
            self.count_layout(layout, reason, 1);
        }
        let comments = &scored.thread.comments;
        let ids: FxHashSet<&str> = comments.iter().map(|comment| comment.id.as_str()).collect();
        self.duplicates += (comments.len() - ids.len()) as u64;
        let linked = comments.iter().zip(&scored.thread.links);
        for ((comment, link), assessment) in linked.zip(&scored.assessments) {
            self.comments += 1;
            match link {
                Link::Root => {}
                Link::Reply(_) => self.replies += 1,
                Link::Absent { .. } => self.absent += 1,
                Link::Orphan if ids.contains(comment.parent.as_str()) => self.circles += 1,
                Link::Orphan => self.orphans += 1,
            }
            let score = assessment.flamebait.as_ref().map_or(0.0, |flamebait| flamebait.score);
            self.highest_flamebait = self.highest_flamebait.max(score);
            match assessment.flamebait.as_ref().map(|flamebait| flamebait.label) {
                Some(Label::Calm) => self.labels[0] += 1,
                Some(Label::Heated) => self.labels[1] += 1,
                Some(Label::Flamebait) => self.labels[2] += 1,
                None => self.unscored += 1,
            }
        }
    }

    fn count_layout(&mut self, layout: Layout, reason: Reason, more: u64) {
        let same =
            |(known, why, _): &&mut (Layout, Reason, u64)| (*known, *why) == (layout, reason);
        match self.layouts.iter_mut().find(same) {
            Some((.., threads)) => *threads += more,
            None => self.layouts.push((layout, reason, more)),
        }
    }

    /// Adds what was counted of other threads.
    pub(super) fn add(&mut self, other: &Self) {
        for (layout, reason, threads) in &other.layouts {
            self.count_layout(*layout, *reason, *threads);
        }
        self.comments += other.comments;
        self.threads += other.threads;
        self.replies += other.replies;
        self.absent += other.absent;
        self.orphans += other.orphans;
        self.circles += other.circles;
        self.duplicates += other.duplicates;
        for (labels, more) in self.labels.iter_mut().zip(other.labels) {
            *labels += more;
        }
        self.unscored += other.unscored;
        self.highest_flamebait = self.highest_flamebait.max(other.highest_flamebait);
    }

    /// Takes note of inputs read and faults met.
    pub(super) fn note(&mut self, inputs: Vec<InputSummary>, faults: Faults) {
        self.inputs_read += inputs.len() as u64;
        let room = KEPT_INPUTS - self.inputs.len();
        self.inputs.extend(inputs.iter().take(room).cloned());
        let notable = |input: &InputSummary| {
            input.declared.is_some() || input.found == 0 || input.notes != Notes::default()
        };
        self.notable_inputs.extend(inputs.into_iter().filter(notable));
        self.faults.append(faults);
    }
}

/// An input with a name that is no text is never taken as finished, so its name need not come back.
fn lossy<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&path.to_string_lossy())
}

/// Faults as people are told of them.
fn told<S: Serializer>(faults: &[Error], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(faults.iter().map(ToString::to_string))
}

/// Faults that say the same as before.
fn as_told<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Error>, D::Error> {
    let told = Vec::<String>::deserialize(deserializer)?;
    let fault = |told: String| {
        let (name, reason) = told.split_once(": ").unwrap_or((&told, "cannot be read"));
        Error::Input { name: name.into(), reason: reason.into() }
    };
    Ok(told.into_iter().map(fault).collect())
}
