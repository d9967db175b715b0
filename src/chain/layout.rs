//! How a dump shows its threads: whether answers stand under what they answer.

use serde::{Deserialize, Serialize};

use super::reading::Reading;
use super::thread::{Layout, Order};
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The options say so.
    Asked,
    /// The dump gives parents, so the layout does not matter.
    Given,
    /// The times run so.
    Times,
    /// Who speaks to whom fits it.
    Exchange,
    /// Nothing tells; this is the safer guess.
    #[default]
    Default,
}

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
    for (position, comment) in comments.iter().enumerate() {
        for named in &reading.named[position] {
            naming[named.who[0]] += 1;
            all += 1;
            let behind = comment.words()[named.range.end..].trim_start();
            set_off += usize::from(behind.starts_with(','));
        }
    }
    let most: usize = naming.into_iter().max().unwrap_or_default();
    answers >= 2 && begins.count() * 2 >= answers && most * 2 >= answers && set_off * 3 <= all
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

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(lines: &[(&str, &str)]) -> (Vec<Comment>, Reading) {
        let comment = |(author, text): &(&str, &str)| Comment {
            author: (*author).to_owned(),
            text: (*text).to_owned(),
            ..Comment::default()
        };
        let comments: Vec<Comment> = lines.iter().map(comment).collect();
        let reading = Reading::new(&comments);
        (comments, reading)
    }

    #[test]
    fn answers_without_strangers_between_tell_a_nested_page() {
        let mut lines = Vec::new();
        for _ in 0..5 {
            lines.extend([
                ("Ann", "so"),
                ("Bob", "@Ann no"),
                ("Cy", "@Ann yes"),
                ("Di", "@Ann oh"),
            ]);
        }
        assert_eq!(by_exchange(&reading(&lines).1), Some(Layout::Nested));
        assert_eq!(by_exchange(&reading(&lines[..8]).1), None, "too few to tell");
    }

    #[test]
    fn handles_of_the_first_writer_in_most_posts_tell_a_microblog() {
        let posts = [("", "news"), ("", "@desk no"), ("", "@bob @desk yes"), ("", "@desk hm")];
        let (comments, seen) = reading(&posts);
        assert!(is_microblog(&comments, &seen));
        let page = [("", "news"), ("", "@Ann, no"), ("", "@Ann, yes"), ("", "@Ann, hm")];
        let (comments, seen) = reading(&page);
        assert!(!is_microblog(&comments, &seen));
    }
}
