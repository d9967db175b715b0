//! How a dump shows its threads: in which order, and whether answers stand under what they answer.

use std::cmp::Ordering;
use std::mem;

use super::reading::Reading;
use super::thread::{Layout, LinkOptions, Order};
use crate::comment::Comment;

/// How a thread was taken to be laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// Chronological or nested, never auto.
    pub layout: Layout,
    /// Why.
    pub reason: Reason,
    /// Oldest or newest first in the dump, never auto.
    pub order: Order,
}

/// Why a layout was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reason {
    /// The options say so.
    Asked,
    /// The times run so.
    Times,
    /// Who speaks to whom fits it.
    Exchange,
    /// Nothing tells; this is the safer guess.
    #[default]
    Default,
}

/// The share of neighbours that must fit for a direction to be taken.
const MOSTLY: usize = 10;

/// Whether a thread with hidden authors is from a microblog: most posts begin with a handle, and
/// most hold that of the first writer, whom all answer. Handles are not set off by a comma.
pub(super) fn is_microblog(comments: &[Comment], reading: &Reading) -> bool {
    let answers = comments.len().saturating_sub(1);
    let marks = ['.', '"', '“', ' '];
    let begins = comments
        .iter()
        .skip(1)
        .filter(|post| post.words().trim_start_matches(marks).starts_with('@'));
    let (mut naming, mut all, mut set_off) = (vec![0; reading.people], 0, 0);
    for (comment, named) in comments.iter().zip(&reading.named) {
        for named in named {
            naming[named.who[0]] += 1;
            all += 1;
            let behind = comment.words()[named.range.end..].trim_start();
            set_off += usize::from(behind.starts_with(','));
        }
    }
    let most: usize = naming.into_iter().max().unwrap_or_default();
    answers >= 2 && begins.count() * 2 >= answers && most * 2 >= answers && set_off * 3 <= all
}

/// Puts the comments in the order in which they are to be linked, oldest first or, where answers
/// stand under what they answer, as they are shown. Says too where each stood before.
pub(super) fn arrange(
    comments: &mut Vec<Comment>,
    options: &LinkOptions,
) -> (Arrangement, Vec<usize>) {
    let (rises, falls) = steps(comments);
    let mut arrangement = Arrangement { layout: options.layout, ..Arrangement::default() };
    arrangement.order = match options.order {
        Order::Auto if falls > rises * MOSTLY => Order::Newest,
        Order::Auto => Order::Oldest,
        asked => asked,
    };
    arrangement.reason = Reason::Asked;
    if options.layout == Layout::Auto {
        (arrangement.layout, arrangement.reason) = match (rises, falls) {
            (0, 0) => (Layout::Chronological, Reason::Default),
            // Answers under their comments jump back in time at every new chain.
            (up, down) if up.min(down) * MOSTLY > up.max(down) => (Layout::Nested, Reason::Times),
            _ => (Layout::Chronological, Reason::Times),
        };
    }
    let mut shown: Vec<usize> = (0..comments.len()).collect();
    if arrangement.layout == Layout::Chronological {
        if arrangement.order == Order::Newest {
            shown.reverse();
        }
        if falls > 0 && comments.iter().all(|comment| comment.posted.is_some()) {
            shown.sort_by_key(|&place| comments[place].posted);
        }
        if !shown.is_sorted() {
            *comments = shown.iter().map(|&place| mem::take(&mut comments[place])).collect();
        }
    }
    (arrangement, shown)
}

/// How often time moves on, and back, from one comment to the next.
fn steps(comments: &[Comment]) -> (usize, usize) {
    let mut steps = (0, 0);
    let mut last = None;
    for posted in comments.iter().filter_map(|comment| comment.posted) {
        match last.map(|last| posted.cmp(&last)) {
            Some(Ordering::Greater) => steps.0 += 1,
            Some(Ordering::Less) => steps.1 += 1,
            Some(Ordering::Equal) | None => {}
        }
        last = Some(posted);
    }
    steps
}

/// So many mentions must be seen before the exchange tells the layout.
const ENOUGH: usize = 8;

/// From this share on, the exchange speaks for answers under their comments.
const NESTED_SHARE: f32 = 0.7;

/// Tells the layout of a thread from who speaks to whom: where answers stand under what they
/// answer, no comment that speaks to nobody comes between.
pub(super) fn by_exchange(reading: &Reading) -> Option<Layout> {
    let mut latest = vec![None; reading.people];
    let (mut near, mut all) = (0u16, 0u16);
    let mut bare = None;
    for position in 0..reading.named.len() {
        if let Some(named) = reading.addressee(position) {
            let theirs = named.who.iter().filter_map(|&who| latest[who]).max();
            if let Some(theirs) = theirs.filter(|theirs| theirs + 1 < position) {
                all = all.saturating_add(1);
                near += u16::from(bare.is_none_or(|bare: usize| bare <= theirs));
            }
        } else {
            bare = Some(position);
        }
        if let Some(writer) = reading.writers[position] {
            latest[writer] = Some(position);
        }
    }
    let share = (f32::from(near) + 1.0) / (f32::from(all) + 2.0);
    let enough = usize::from(all) >= ENOUGH;
    (enough && share >= NESTED_SHARE).then_some(Layout::Nested)
}
