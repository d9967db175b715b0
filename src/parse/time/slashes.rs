//! Dates with slashes, which some write with the day in front and others with the month.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::fmt::strtime;
use regex::bytes::Regex;

use super::{Time, in_utc};

/// What the dates of a dump have in front, as far as those tell of which only one reading is
/// possible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::parse) enum Days {
    /// None tells.
    #[default]
    Unknown,
    /// The day.
    First,
    /// The month.
    Second,
    /// Some this and some that.
    Mixed,
}

/// A date where a cell, a text or an element begins.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?m)(?:^|["',;|>\t])\s*([0-9]{1,2})/([0-9]{1,2})/[0-9]{4}"#)
        .expect("a pattern that compiles")
});

impl Days {
    /// What the dates tell in a dump that begins with `head`.
    pub(in crate::parse) fn of_head(head: &[u8]) -> Self {
        let mut days = Self::Unknown;
        for date in DATE.captures_iter(head) {
            let number = |group: usize| {
                let digits = date.get(group).map_or(&b""[..], |digits| digits.as_bytes());
                digits.iter().fold(0, |number, digit| number * 10 + i16::from(digit - b'0'))
            };
            days = days.and(Self::of(number(1), number(2)));
        }
        days
    }

    /// What a time tells about the others.
    pub(in crate::parse) fn of_time(text: &str) -> Self {
        numbers(text.trim()).map_or(Self::Unknown, |(first, second, ..)| Self::of(first, second))
    }

    fn of(first: i16, second: i16) -> Self {
        match (first, second) {
            (13..=31, 1..=12) => Self::First,
            (1..=12, 13..=31) => Self::Second,
            _ => Self::Unknown,
        }
    }

    /// What both tell.
    #[must_use]
    pub(in crate::parse) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unknown, told) | (told, Self::Unknown) => told,
            (one, other) if one == other => one,
            _ => Self::Mixed,
        }
    }

    /// The one of two moments that is meant.
    pub(in crate::parse) fn choose(
        self,
        [day_first, month_first]: [Timestamp; 2],
    ) -> Option<Timestamp> {
        match self {
            Self::First => Some(day_first),
            Self::Second => Some(month_first),
            Self::Unknown | Self::Mixed => None,
        }
    }
}

/// Reads `31/12/2018 23:59`, `12/31/2018` and `03/04/2019`; `None` if it is nothing like that.
pub(super) fn parse(text: &str) -> Option<Time> {
    let (first, second, year, time) = numbers(text)?;
    let moment = |day: i16, month: i16| {
        let written = format!("{year:04}-{month:02}-{day:02} {time}");
        ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p"]
            .iter()
            .find_map(|form| in_utc(strtime::parse(form, &written).ok()?.to_datetime().ok()?))
    };
    match (Days::of(first, second), moment(first, second), moment(second, first)) {
        (Days::First, moment, _) | (Days::Second, _, moment) => moment.map(Time::Moment),
        (_, Some(day_first), Some(month_first)) if first != second => {
            Some(Time::Either([day_first, month_first]))
        }
        (_, moment, _) => moment.map(Time::Moment),
    }
}

/// The two numbers that are day and month, the year, and the time of day.
fn numbers(text: &str) -> Option<(i16, i16, i16, &str)> {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, "0:00"));
    let mut numbers = date.splitn(3, '/').map(|number| number.trim_end_matches(',').parse());
    let (first, second) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let year = numbers.next()?.ok()?;
    Some((first, second, year, time.trim().trim_end_matches(',')))
}
