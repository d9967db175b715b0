//! A thread as it is before anything is linked.

use super::feature::{Feature, Row, count, flag, ln1};
use super::lists::Lists;
use super::reading::Reading;
use super::text::Text;
use crate::comment::Comment;

/// A stretch that begins with one of the first so many words stands at the beginning.
const BEGINNING: u32 = 3;

/// A thread that has been read.
pub(super) struct Scene<'a> {
    pub(super) comments: &'a [Comment],
    pub(super) reading: &'a Reading,
    /// The words, where they matter.
    pub(super) text: Option<&'a Text>,
    /// How many comments before each position speak to nobody.
    bare: Vec<usize>,
    /// The comments of each person, in order.
    pub(super) written: Lists<usize>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        comments: &'a [Comment],
        reading: &'a Reading,
        text: Option<&'a Text>,
    ) -> Self {
        let mut bare = Vec::with_capacity(comments.len() + 1);
        bare.push(0);
        for position in 0..comments.len() {
            bare.push(bare[position] + usize::from(reading.named[position].is_empty()));
        }
        let writers = reading.writers.iter().zip(0..);
        let written = writers.filter_map(|(writer, position)| Some(((*writer)?, position)));
        let people = if reading.known { reading.people } else { 0 };
        let written = Lists::deal(people, written);
        Self { comments, reading, text, bare, written }
    }

    /// Whether the comment asks something.
    pub(super) fn asks(&self, position: usize) -> bool {
        self.reading.asks[position]
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
        flag(row, Feature::Question, self.asks(j));
        flag(row, Feature::Speaks, self.speaks(j));
        count(row, Feature::Length, self.reading.lengths[j] / 6);
    }

    /// Fills in which stretches of text the two comments share.
    pub(super) fn shared(&self, i: usize, j: usize, row: &mut Row) {
        let Some(text) = self.text else { return };
        let share = text.share(i, j);
        count(row, Feature::FirstShared, share.first as usize);
        flag(row, Feature::AnyShared, share.first > 0);
        flag(row, Feature::Begins, (1..=BEGINNING).contains(&share.start));
        count(row, Feature::Run, share.run as usize);
        count(row, Feature::Quoted, share.quoted as usize);
    }

    /// The row of the possibility that the parent is not here.
    pub(super) fn null(&self, i: usize, row: &mut Row) {
        flag(row, Feature::Null, true);
        flag(row, Feature::NullInside, self.reading.is_inside(i));
        let lost = self.text.is_some_and(|text| text.lost[i])
            && self.reading.quotes_addressee(i, self.comments[i].words());
        flag(row, Feature::NullQuote, lost);
    }
}
