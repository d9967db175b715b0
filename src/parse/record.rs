//! A record being turned into a comment: what its fields say.

mod gone;
mod mapping;
mod mend;
#[cfg(test)]
mod tests;

pub(super) use self::gone::says_so as is_removal_notice;
pub(super) use self::mapping::{Holds, Mapping, Outcome};

use jiff::Timestamp;

use super::fields::{FIELDS, Field};
use super::time::{self, Days, Time};
use crate::comment::Comment;

/// States of a comment that was taken down.
const GONE: &[&str] = &["deleted", "removed", "spam", "trash", "dead"];

/// Yes, where a field asks whether a comment is gone.
const YES: &[&str] = &["true", "1", "yes", "y"];

/// What a record says so far.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) comment: Comment,
    ranks: [u8; FIELDS],
    /// A text in HTML, where another field has it as it was typed.
    html: String,
    title: String,
    declared: Option<u64>,
    kind: String,
    number: String,
    parent_number: String,
    parent_source: String,
    author_source: String,
    /// Whether a status says that the comment is gone.
    gone: bool,
    /// Whether there was a time that could not be understood.
    unknown_time: bool,
    /// A time that names one of two moments, and what the times tell about others of that kind.
    either_time: Option<[Timestamp; 2]>,
    days: Days,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            comment: Comment::default(),
            ranks: [u8::MAX; FIELDS],
            html: String::new(),
            title: String::new(),
            declared: None,
            kind: String::new(),
            number: String::new(),
            parent_number: String::new(),
            parent_source: String::new(),
            author_source: String::new(),
            gone: false,
            unknown_time: false,
            either_time: None,
            days: Days::Unknown,
        }
    }
}

impl Record {
    /// Makes the record blank but keeps its buffers.
    pub(super) fn clear(&mut self) {
        self.comment.clear();
        self.ranks = [u8::MAX; FIELDS];
        for field in [
            &mut self.html,
            &mut self.title,
            &mut self.kind,
            &mut self.number,
            &mut self.parent_number,
            &mut self.parent_source,
            &mut self.author_source,
        ] {
            field.clear();
        }
        (self.declared, self.gone, self.unknown_time) = (None, false, false);
        (self.either_time, self.days) = (None, Days::Unknown);
    }

    /// Takes a value; `None` is a value that the record gives as null. An empty one counts only as
    /// long as there is no other.
    pub(super) fn set(&mut self, field: Field, rank: usize, value: Option<&str>) {
        const EMPTY: usize = 100;
        let text = value.unwrap_or_default();
        let rank = match value {
            Some(text) if !text.is_empty() => rank,
            Some(_) => rank + EMPTY,
            None => rank + 2 * EMPTY,
        };
        let rank = u8::try_from(rank).unwrap_or(u8::MAX - 1);
        let ranks = &mut self.ranks[field as usize];
        // Any of several fields may say that a comment is gone, or hold an address.
        if rank >= *ranks && !matches!(field, Field::Status | Field::Deleted | Field::Personal) {
            return;
        }
        *ranks = rank;
        let target = match field {
            Field::Id => &mut self.comment.id,
            Field::Thread => &mut self.comment.thread,
            Field::Author => &mut self.comment.author,
            Field::AuthorId => &mut self.comment.author_id,
            Field::Addressee => &mut self.comment.addressee,
            Field::Text => &mut self.comment.text,
            Field::Html => &mut self.html,
            Field::Parent => &mut self.comment.parent,
            Field::Title => &mut self.title,
            Field::Kind => &mut self.kind,
            Field::Number => &mut self.number,
            Field::ParentNumber => &mut self.parent_number,
            Field::ParentSource => &mut self.parent_source,
            Field::AuthorSource => &mut self.author_source,
            Field::Personal => {
                if !text.is_empty() {
                    let between = if self.comment.personal.is_empty() { "" } else { " " };
                    self.comment.personal.push_str(between);
                    self.comment.personal.push_str(text.trim());
                }
                return;
            }
            Field::Posted => return self.set_posted(text),
            Field::Votes | Field::VotesAgainst => {
                let votes = count(text);
                self.comment.votes = match (field, votes, self.comment.votes) {
                    (Field::Votes, Some(votes), so_far) => Some(votes + so_far.unwrap_or(0)),
                    (_, Some(against), so_far) => Some(so_far.unwrap_or(0) - against),
                    (_, None, so_far) => so_far,
                };
                return;
            }
            Field::Status | Field::Deleted => {
                let words = if field == Field::Status { GONE } else { YES };
                self.gone |= words.iter().any(|word| word.eq_ignore_ascii_case(text.trim()));
                return;
            }
            Field::Declared => {
                self.declared = text.trim().parse().ok();
                return;
            }
        };
        target.clear();
        target.push_str(text);
    }

    fn set_posted(&mut self, text: &str) {
        if memchr::memchr(b'/', text.as_bytes()).is_some() {
            self.days = self.days.and(Days::of_time(text));
        }
        match time::parse(text) {
            Time::Moment(moment) => self.comment.posted = Some(moment),
            unclear => {
                if let Time::Either(moments) = unclear {
                    self.either_time = Some(moments);
                }
                self.unknown_time |= !text.is_empty();
                // Another field may say it in a form that can be understood.
                self.ranks[Field::Posted as usize] = u8::MAX;
            }
        }
    }

    /// Whether a field was there, be it null.
    fn had(&self, field: Field) -> bool {
        self.ranks[field as usize] != u8::MAX
    }

    /// Whether a field was there and null.
    fn was_null(&self, field: Field) -> bool {
        (200..u8::MAX).contains(&self.ranks[field as usize])
    }
}

/// A number of votes: `12`, `1,204`, `-3.0`, `1.2K`.
fn count(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(votes) = text.parse::<i32>() {
        return Some(votes.into());
    }
    let (number, factor) = match text.as_bytes().last()? {
        b'K' | b'k' => (&text[..text.len() - 1], 1e3),
        b'M' => (&text[..text.len() - 1], 1e6),
        _ => (text, 1.0),
    };
    let value: f64 = number.replace(',', "").parse().ok()?;
    let votes = (value * factor).round();
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (votes.abs() < 1e15).then_some(votes as i64)
}
