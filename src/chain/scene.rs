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
    /// Whether each comment asks something.
    asks: Vec<bool>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        comments: &'a [Comment],
        reading: &'a Reading,
        text: Option<&'a Text>,
    ) -> Self {
        let mut bare = vec![0];
        for (position, named) in reading.named.iter().enumerate() {
            bare.push(bare[position] + usize::from(named.is_empty()));
        }
        let asks = |comment: &Comment| memchr::memchr(b'?', comment.words().as_bytes()).is_some();
        Self { comments, reading, text, bare, asks: comments.iter().map(asks).collect() }
    }

    /// Whether the comment asks something.
    pub(super) fn asks(&self, position: usize) -> bool {
        self.asks[position]
    }

    /// Whether the comment speaks to somebody.
    pub(super) fn speaks(&self, position: usize) -> bool {
        !self.reading.named[position].is_empty()
    }

    /// Fills in what the places of the two comments tell, and what the parent is like by itself.
    pub(super) fn place(&self, i: usize, j: usize, row: &mut Row) {
        let between = self.bare[i] - self.bare[j + 1];
        flag(row, Feature::Above, j + 1 == i);
        flag(row, Feature::First, j == 0);
        row[Feature::Distance as usize] = ln1(i - j - 1);
        count(row, Feature::Bare, between);
        flag(row, Feature::NoBare, between == 0);
        flag(row, Feature::Question, self.asks[j]);
        flag(row, Feature::Speaks, self.speaks(j));
        count(row, Feature::Length, self.comments[j].words().len() / 6);
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
            && self.reading.quotes_addressee(i, self.comments[i].words());
        flag(row, Feature::NullQuote, lost);
    }
}
