//! Which comment of the addressee is answered, where the dump says who wrote.

use super::feature::{EMPTY, Feature, Row, count, flag, soften};
use super::progress::Progress;
use super::scene::Scene;
use super::text::Spread;

/// So many of the addressee's latest comments are looked at.
const MOST_CANDIDATES: usize = 30;

/// In a chat, so many of the writer's own lines are looked at, and so far back.
const OWN_LINES: usize = 2;
const OWN_REACH: usize = 60;

/// Finds the comments that the comment at `i` may answer, oldest first. False if nobody who is
/// here is spoken to.
pub(super) fn candidates(
    scene: &Scene<'_>,
    progress: &Progress,
    i: usize,
    found: &mut Vec<usize>,
) -> bool {
    found.clear();
    let Some(named) = scene.reading.addressee(i).filter(|named| !named.who.is_empty()) else {
        return false;
    };
    for &who in &*named.who {
        let theirs = &scene.written[who][..progress.written[who]];
        found.extend(theirs.iter().rev().take(MOST_CANDIDATES));
    }
    if scene.reading.chat
        && let Some(writer) = scene.reading.writers[i]
    {
        let mine = &scene.written[writer][..progress.written[writer]];
        let mine = mine.iter().rev().take(OWN_LINES);
        found.extend(mine.filter(|&&own| own + OWN_REACH >= i));
    }
    found.sort_unstable();
    found.dedup();
    true
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
    let reading = scene.reading;
    let addressees = reading.addressee(i).map_or(&[][..], |named| &*named.who);
    let writer = reading.writers[i];
    if let Some(text) = scene.text {
        text.lay_out_spoken(spread, i);
    }
    let speaks_to_writer = |j: usize| {
        writer.is_some_and(|me| reading.addressee(j).is_some_and(|to| to.who.contains(&me)))
    };
    let is_open =
        |j: usize| speaks_to_writer(j) && writer.is_some_and(|me| !progress.has_answered(me, j));
    let theirs = |j: usize| reading.writers[j].is_some_and(|by| addressees.contains(&by));
    let latest_to_writer = candidates.iter().rev().find(|&&j| theirs(j) && speaks_to_writer(j));
    let latest = candidates.iter().rev().find(|&&j| theirs(j));
    let last = addressees
        .iter()
        .filter_map(|&who| progress.last_to(writer?, who))
        .max_by_key(|(at, _)| *at);
    let asks = scene.asks(i);
    for (place, &j) in candidates.iter().enumerate() {
        let mut row = EMPTY;
        scene.place(i, j, &mut row);
        scene.shared(i, j, &mut row);
        if let Some(text) = scene.text {
            let (cosine, rare) = text.likeness(spread, j);
            row[Feature::Likeness as usize] = cosine;
            soften(&mut row, Feature::Rare, rare);
        }
        count(&mut row, Feature::Siblings, progress.answers[j]);
        let j_asks = scene.asks(j);
        flag(&mut row, Feature::OpenQuestion, j_asks && progress.answers[j] == 0);
        flag(&mut row, Feature::BothAsk, j_asks && asks);
        flag(&mut row, Feature::Spoken, last.is_some_and(|(at, _)| at > j));
        let own = !theirs(j);
        if own {
            let same = reading.addressee(j).is_some_and(|to| *to.who == *addressees);
            flag(&mut row, Feature::Own, true);
            row[Feature::OwnDistance as usize] = row[Feature::Distance as usize];
            flag(&mut row, Feature::OwnSame, same);
        } else {
            let later = candidates[place + 1..].iter().filter(|&&later| theirs(later));
            count(&mut row, Feature::Rank, later.clone().count());
            count(
                &mut row,
                Feature::OpenRank,
                later.filter(|&&later| speaks_to_writer(later)).count(),
            );
            let before = place.checked_sub(1).map(|before| candidates[before]);
            flag(&mut row, Feature::Continued, before.is_some_and(|b| b + 1 == j && theirs(b)));
            flag(&mut row, Feature::ToWriter, speaks_to_writer(j));
            let to_other = reading.addressee(j).is_some() && !speaks_to_writer(j);
            flag(&mut row, Feature::ToOther, to_other);
            flag(&mut row, Feature::Open, latest_to_writer == Some(&j) && is_open(j));
            let near =
                |one: Option<&usize>| one.is_some_and(|&one| one.abs_diff(j) <= 2 && theirs(one));
            flag(
                &mut row,
                Feature::Follows,
                near(place.checked_sub(1).and_then(|p| candidates.get(p))),
            );
        }
        if let Some(me) = writer {
            let mine = &scene.written[me][..progress.written[me]];
            count(&mut row, Feature::Since, mine.len() - mine.partition_point(|&own| own <= j));
            let in_chain = progress.in_chain(j, |above| reading.writers[above] == writer);
            flag(&mut row, Feature::InOwnChain, in_chain);
            flag(&mut row, Feature::Answered, progress.has_answered(me, j));
            let again = last.is_some_and(|(at, parent)| {
                parent == Some(j) && latest.is_none_or(|&latest| latest < at)
            });
            flag(&mut row, Feature::Again, again);
            flag(&mut row, Feature::Same, last.is_some_and(|(_, parent)| parent == Some(j)));
        }
        chain(progress, i, j, &mut row);
        rows.push(row);
    }
    let mut row = EMPTY;
    scene.null(i, &mut row);
    rows.push(row);
    if let Some(text) = scene.text {
        text.clear(spread, i);
    }
}

/// Fills in whether the parent stands in the chain that ends directly above the comment.
pub(super) fn chain(progress: &Progress, i: usize, j: usize, row: &mut Row) {
    let found = progress.chain_above(i).iter().find(|above| above.position == j);
    if let Some(above) = found {
        row[Feature::Chain as usize] = above.chance;
        count(row, Feature::Steps, above.steps);
    }
}

/// Notes what a link tells about the exchange between two people.
pub(super) fn note(scene: &Scene<'_>, progress: &mut Progress, i: usize, parent: Option<usize>) {
    let Some(writer) = scene.reading.writers[i] else { return };
    progress.written[writer] += 1;
    if let Some(parent) = parent {
        progress.note_answer(writer, parent);
    }
    if let Some(named) = scene.reading.addressee(i) {
        for &who in &*named.who {
            progress.note_exchange(writer, who, i, parent);
        }
    }
}
