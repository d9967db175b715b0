//! Which comment is answered by one that speaks to nobody, told by its words alone.

use super::feature::{EMPTY, Feature, Row, flag, soften};
use super::progress::Progress;
use super::scene::Scene;
use super::text::Spread;

/// So many comments before are looked at.
const REACH: usize = 60;

/// So many farther ones that share text are looked at.
const MOST_FAR: usize = 10;

/// A farther comment must share so many stretches that first stood there.
const LEAST_SHARED: u32 = 3;

/// Finds the comments that the comment at `i` may answer, oldest first.
pub(super) fn candidates(scene: &Scene<'_>, i: usize, found: &mut Vec<usize>) {
    found.clear();
    let near = i.saturating_sub(REACH);
    if let Some(text) = scene.text {
        let mut far: Vec<_> = text
            .shares(i)
            .iter()
            .filter(|share| share.with < near)
            .filter(|share| share.first >= LEAST_SHARED || share.quoted > 0)
            .collect();
        far.sort_by_key(|share| std::cmp::Reverse(share.first + share.quoted));
        found.extend(far.iter().take(MOST_FAR).map(|share| share.with));
    }
    found.push(0);
    found.extend(near..i);
    found.sort_unstable();
    found.dedup();
    found.retain(|&j| j < i);
}

/// Fills a row for each candidate, and a last one for the parent that is not here.
pub(super) fn rows(
    scene: &Scene<'_>,
    progress: &Progress,
    i: usize,
    candidates: &[usize],
    spread: &mut Spread,
    rows: &mut Vec<Row>,
) {
    rows.clear();
    let Some(text) = scene.text else { return };
    text.lay_out(spread, i);
    let first = text.shares(i).iter().filter(|share| share.first > 0);
    let lead = first.clone().min_by_key(|share| share.start).map(|share| share.with);
    let many = first.filter(|share| share.first >= LEAST_SHARED);
    let latest = many.map(|share| share.with).max();
    let mut best = 0f32;
    for &j in candidates {
        let mut row = EMPTY;
        scene.place(i, j, &mut row);
        scene.shared(i, j, &mut row);
        let (cosine, rare) = text.likeness(spread, j);
        row[Feature::Likeness as usize] = cosine;
        soften(&mut row, Feature::Rare, rare);
        flag(&mut row, Feature::LeadShared, lead == Some(j));
        flag(&mut row, Feature::LatestShared, latest == Some(j));
        best = best.max(cosine);
        let by = scene.reading.writers[j];
        flag(&mut row, Feature::NamesAuthor, by.is_some_and(|by| text.names(spread, by)));
        flag(&mut row, Feature::Own, by.is_some() && by == scene.reading.writers[i]);
        let to_writer = scene.reading.addressee(j).zip(scene.reading.writers[i]);
        flag(&mut row, Feature::ToWriter, to_writer.is_some_and(|(to, me)| to.who.contains(&me)));
        if let Some(me) = scene.reading.writers[i] {
            let by_me = |above: usize| scene.reading.writers[above] == Some(me);
            flag(&mut row, Feature::Exchange, progress.parents[j].is_some_and(by_me));
        }
        rows.push(row);
    }
    text.clear(spread, i);
    let mut row = EMPTY;
    scene.null(i, &mut row);
    row[Feature::NullAlike as usize] = best;
    rows.push(row);
}
