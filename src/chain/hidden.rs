//! Which comment is answered, where the dump does not say who wrote: the writers are inferred
//! with the links.

use rustc_hash::FxHashMap;

use super::feature::{EMPTY, Feature, Row, count, flag, ln1};
use super::known::chain;
use super::pool::Pool;
use super::progress::Progress;
use super::scene::Scene;
use super::text::Spread;
use super::votes::Votes;

/// So many comments before are looked at.
pub(super) const REACH: usize = 120;

/// A comment that a name has so many votes for is looked at however far it is.
const STRONG_VOTES: f32 = 0.3;

/// So many farther comments of a name are looked at.
const MOST_FAR: usize = 8;

/// What is known about names during a pass.
pub(super) struct Names<'a> {
    /// The comments that name each name, in order.
    pub(super) naming: &'a [Vec<usize>],
    /// Whom a quote reveals as the writer of a comment.
    pub(super) told: &'a [Option<usize>],
    /// The comments that a quote reveals each name to have written.
    told_by: FxHashMap<usize, Vec<usize>>,
    pool: &'a Pool,
    /// The votes of the pass before.
    votes: Option<&'a Votes>,
    strong: FxHashMap<usize, Vec<usize>>,
    /// The parent of the last comment that named each name.
    last: Vec<Option<(usize, Option<usize>)>>,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        naming: &'a [Vec<usize>],
        told: &'a [Option<usize>],
        pool: &'a Pool,
        votes: Option<&'a Votes>,
    ) -> Self {
        let mut told_by: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (position, name) in told.iter().enumerate() {
            if let Some(name) = name {
                told_by.entry(*name).or_default().push(position);
            }
        }
        let strong = votes.map(|votes| votes.strong(STRONG_VOTES)).unwrap_or_default();
        let last = vec![None; naming.len()];
        Self { naming, told, told_by, pool, votes, strong, last }
    }

    /// Notes a link.
    pub(super) fn note(&mut self, name: usize, i: usize, parent: Option<usize>) {
        self.last[name] = Some((i, parent));
    }
}

/// The name that the comment at `i` speaks to.
pub(super) fn addressee(scene: &Scene<'_>, i: usize) -> Option<usize> {
    scene.reading.addressee(i)?.who.first().copied()
}

/// Finds the comments that the comment at `i` may answer, oldest first. False if it speaks to
/// nobody.
pub(super) fn candidates(
    scene: &Scene<'_>,
    names: &Names<'_>,
    i: usize,
    found: &mut Vec<usize>,
) -> bool {
    found.clear();
    let Some(name) = addressee(scene, i) else { return false };
    let near = i.saturating_sub(REACH);
    for far in [names.strong.get(&name), names.told_by.get(&name)].into_iter().flatten() {
        let before = far.partition_point(|&position| position < near);
        found.extend(far[..before].iter().rev().take(MOST_FAR));
    }
    if let Some(text) = scene.text {
        let quoted = text.shares(i).iter().filter(|share| share.quoted > 0 && share.with < near);
        found.extend(quoted.map(|share| share.with).take(MOST_FAR));
    }
    if i > 0 {
        found.push(0);
    }
    found.extend(near..i);
    found.sort_unstable();
    found.dedup();
    true
}

/// Fills a row for each candidate, and a last one for the parent that is not here.
pub(super) fn rows(
    scene: &Scene<'_>,
    progress: &Progress,
    names: &Names<'_>,
    i: usize,
    candidates: &[usize],
    spread: &mut Spread,
    rows: &mut Vec<Row>,
) {
    rows.clear();
    let Some(name) = addressee(scene, i) else { return };
    let named = &scene.reading.named;
    let others = &named[i][1..];
    let naming = &names.naming[name];
    let before = naming.partition_point(|&position| position < i);
    let writer = names.votes.and_then(|votes| votes.writer(i));
    let last = names.last[name];
    if let Some(text) = scene.text {
        text.lay_out_spoken(spread, i);
    }
    for &j in candidates {
        let mut row = EMPTY;
        scene.place(i, j, &mut row);
        scene.shared(i, j, &mut row);
        let mut cosine = 0.0;
        if let Some(text) = scene.text {
            let (alike, rare) = text.likeness(spread, j);
            cosine = alike;
            row[Feature::Likeness as usize] = cosine;
            row[Feature::Rare as usize] = rare.ln_1p();
        }
        let holds = |at: usize, who: &[usize]| named[at].iter().any(|other| other.who == who);
        let says = holds(j, &[name]);
        flag(&mut row, Feature::NamesToo, says);
        let pooled = (names.pool.of(name, j) - cosine).max(0.0);
        row[Feature::Pool as usize] = (4.0 * pooled).ln_1p();
        votes(names, i, j, name, &mut row);
        flag(&mut row, Feature::Told, names.told[j] == Some(name));
        flag(&mut row, Feature::ToldOther, names.told[j].is_some_and(|other| other != name));
        flag(&mut row, Feature::NamesWriter, writer.is_some_and(|writer| holds(j, &[writer])));
        let to = addressee(scene, j);
        let turn = to.is_some_and(|to| to != name)
            && progress.parents[j].is_some_and(|above| addressee(scene, above) == Some(name));
        flag(&mut row, Feature::Turn, turn);
        let lacking = others.iter().filter(|other| !holds(j, &other.who)).count();
        count(&mut row, Feature::ChildNames, lacking);
        let more = named[j].iter().filter(|in_j| others.iter().all(|other| other.who != in_j.who));
        let more = more.count();
        count(&mut row, Feature::ParentNames, more);
        flag(&mut row, Feature::Inherited, lacking == 0 && more == 0 && !others.is_empty());
        let second = others.first().map(|other| &other.who);
        let leads = named[j].first().is_some_and(|first| Some(&first.who) == second);
        flag(&mut row, Feature::FirstOther, leads);
        if !says && scene.speaks(j) {
            row[Feature::OftenSpeaks as usize] = ln1(naming.len() - 1);
        }
        flag(&mut row, Feature::Last, last.is_some_and(|(_, parent)| parent == Some(j)));
        flag(&mut row, Feature::LastAbsent, last.is_some_and(|(at, _)| j > at));
        let same = before - naming[..before].partition_point(|&position| position <= j);
        count(&mut row, Feature::NameRank, i - j - 1 - same);
        count(&mut row, Feature::Siblings, progress.answers[j]);
        count(&mut row, Feature::Depth, progress.depths[j]);
        chain(progress, i, j, &mut row);
        rows.push(row);
    }
    compare(rows, named[i].len());
    let mut row = EMPTY;
    scene.null(i, &mut row);
    rows.push(row);
    if let Some(text) = scene.text {
        text.clear(spread, i);
    }
}

/// So much likeness is needed for words to tell anything.
const LEAST_LIKENESS: f32 = 0.05;

/// Fills in what only shows when all candidates are compared.
pub(super) fn compare(rows: &mut [Row], spoken_to: usize) {
    let most = |feature: Feature| rows.iter().map(|row| row[feature as usize]).fold(0.0, f32::max);
    let (alike, rare) = (most(Feature::Likeness), most(Feature::Rare));
    for row in rows {
        flag(row, Feature::BestAlike, alike > 0.0 && row[Feature::Likeness as usize] >= alike);
        flag(row, Feature::BestRare, rare > 0.0 && row[Feature::Rare as usize] >= rare);
        let distance = row[Feature::Distance as usize];
        row[Feature::LoneDistance as usize] = if alike < LEAST_LIKENESS { distance } else { 0.0 };
        row[Feature::ManyDistance as usize] = if spoken_to > 1 { distance } else { 0.0 };
        if row[Feature::Speaks as usize] == 0.0 {
            row[Feature::BareRank as usize] = row[Feature::Bare as usize];
        }
    }
}

/// Fills in the votes of the pass before.
fn votes(names: &Names<'_>, i: usize, j: usize, name: usize, row: &mut Row) {
    let Some(votes) = names.votes else { return };
    let (mine, all) = votes.of(i, name, j);
    row[Feature::Votes as usize] = (2.0 * mine).ln_1p();
    row[Feature::OtherVotes as usize] = (2.0 * (all - mine).max(0.0)).ln_1p();
    flag(row, Feature::Fresh, all < STRONG_VOTES);
}
