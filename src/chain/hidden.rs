//! Which comment is answered, where the dump does not say who wrote: the writers are inferred
//! with the links.

use super::feature::{EMPTY, Feature, Row, count, flag, ln1, soften};
use super::known::chain;
use super::lists::Lists;
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
    pub(super) naming: &'a Lists<usize>,
    /// Whom a quote reveals as the writer of a comment.
    pub(super) told: &'a [Option<usize>],
    /// The comments that a quote reveals each name to have written.
    told_by: Lists<usize>,
    pool: &'a Pool,
    /// The votes of the pass before.
    votes: Option<&'a Votes>,
}

impl<'a> Names<'a> {
    pub(super) fn new(
        naming: &'a Lists<usize>,
        told: &'a [Option<usize>],
        pool: &'a Pool,
        votes: Option<&'a Votes>,
    ) -> Self {
        let pairs = told.iter().zip(0..).filter_map(|(name, position)| Some(((*name)?, position)));
        let told_by = Lists::deal(naming.len(), pairs);
        Self { naming, told, told_by, pool, votes }
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
    if let Some(votes) = names.votes {
        found.extend(votes.strong(name, STRONG_VOTES, near).take(MOST_FAR));
    }
    let told = &names.told_by[name];
    let before = told.partition_point(|&position| position < near);
    found.extend(told[..before].iter().rev().take(MOST_FAR));
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
    found.retain(|&j| !scene.reading.vocatives[j].contains(&name));
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
    let writer = names.votes.and_then(|votes| votes.writer(i));
    let pool = names.pool.of(name);
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
            soften(&mut row, Feature::Rare, rare);
        }
        let holds = |at: usize, who: &[usize]| named[at].iter().any(|other| *other.who == *who);
        let says = holds(j, &[name]);
        flag(&mut row, Feature::NamesToo, says);
        let found = pool.binary_search_by_key(&j, |(position, _)| *position);
        let pooled = found.map_or(0.0, |index| pool[index].1 - cosine).max(0.0);
        soften(&mut row, Feature::Pool, 4.0 * pooled);
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
        if !says && scene.speaks(j) {
            row[Feature::OftenSpeaks as usize] = ln1(naming.len() - 1);
        }
        chain(progress, i, j, &mut row);
        rows.push(row);
    }
    compare(rows, !others.is_empty());
    let mut row = EMPTY;
    scene.null(i, &mut row);
    rows.push(row);
    if let Some(text) = scene.text {
        text.clear(spread, i);
    }
}

/// Fills in what only shows when all candidates are compared.
fn compare(rows: &mut [Row], several: bool) {
    let rarest = rows.iter().map(|row| row[Feature::Rare as usize]).fold(0.0, f32::max);
    for row in rows {
        flag(row, Feature::BestRare, rarest > 0.0 && row[Feature::Rare as usize] >= rarest);
        if several {
            row[Feature::ManyDistance as usize] = row[Feature::Distance as usize];
        }
    }
}

/// Fills in the votes of the pass before.
fn votes(names: &Names<'_>, i: usize, j: usize, name: usize, row: &mut Row) {
    let Some(votes) = names.votes else { return };
    let (mine, all) = votes.of(i, name, j);
    soften(row, Feature::Votes, 2.0 * mine);
    soften(row, Feature::OtherVotes, 2.0 * (all - mine));
}
