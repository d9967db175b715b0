//! A thread as it is before anything is linked.

use super::feature::{Feature, Row, count, flag, ln1};
use super::reading::Reading;
use super::text::Text;
use crate::comment::Comment;

/// A thread that has been read.
pub(super) struct Scene<'a> {
    pub(super) comments: &'a [Comment],
    pub(super) reading: &'a Reading,
    /// The words, where they matter.
    pub(super) text: Option<&'a Text>,
    /// How many comments before each position speak to nobody.
    bare: Vec<usize>,
    /// The last comment before each position that speaks to nobody.
    head: Vec<Option<usize>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        comments: &'a [Comment],
        reading: &'a Reading,
        text: Option<&'a Text>,
    ) -> Self {
        let (mut bare, mut head) = (vec![0], vec![None]);
        for (position, named) in reading.named.iter().enumerate() {
            let (before, last) = (bare[position], head[position]);
            bare.push(before + usize::from(named.is_empty()));
            head.push(if named.is_empty() { Some(position) } else { last });
        }
        Self { comments, reading, text, bare, head }
    }

    /// Whether the comment speaks to somebody.
    pub(super) fn speaks(&self, position: usize) -> bool {
        !self.reading.named[position].is_empty()
    }

    /// Fills in what the places of the two comments tell, and what the parent is like by itself.
    pub(super) fn place(&self, i: usize, j: usize, row: &mut Row) {
        let between = self.bare[i] - self.bare[j + 1];
        let text = self.comments[j].text.as_str();
        flag(row, Feature::Above, j + 1 == i);
        flag(row, Feature::First, j == 0);
        row[Feature::Distance as usize] = ln1(i - j - 1);
        count(row, Feature::Bare, between);
        flag(row, Feature::NoBare, between == 0);
        flag(row, Feature::Head, self.head[i] == Some(j));
        flag(row, Feature::Question, memchr::memchr(b'?', text.as_bytes()).is_some());
        flag(row, Feature::Speaks, self.speaks(j));
        count(row, Feature::Length, text.len() / 6);
    }

    /// Fills in which stretches of text the two comments share.
    pub(super) fn shared(&self, i: usize, j: usize, row: &mut Row) {
        let Some(text) = self.text else { return };
        let share = text.share(i, j);
        count(row, Feature::FirstShared, share.first as usize);
        flag(row, Feature::AnyShared, share.first > 0);
        count(row, Feature::Run, share.run as usize);
        count(row, Feature::Quoted, share.quoted as usize);
    }

    /// The row of the possibility that the parent is not here.
    pub(super) fn null(&self, i: usize, row: &mut Row) {
        flag(row, Feature::Null, true);
        flag(row, Feature::NullInside, self.reading.is_inside(i, self.comments));
        let lost = self.text.is_some_and(|text| text.lost[i])
            && self.reading.quotes_addressee(i, &self.comments[i].text);
        flag(row, Feature::NullQuote, lost);
    }
}

/// Words that close a matter for the one who raised it.
const CLOSING: &[&str] =
    &["thank", "thx", "solved", "got it", "works now", "nevermind", "never mind", "fixed"];

/// Whether a text thanks or says that all is solved, near its start.
pub(super) fn closes(text: &str) -> bool {
    let head: String = text.chars().take(160).collect::<String>().to_lowercase();
    CLOSING.iter().any(|word| head.contains(word))
}
