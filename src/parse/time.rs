//! Times in the forms that dumps use.

mod slashes;
#[cfg(test)]
mod tests;

pub(super) use self::slashes::Days;

use jiff::civil::DateTime;
use jiff::fmt::{rfc2822, strtime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

/// Numbers below this are no epoch values but years, days or counts: as seconds they would lie
/// before 1973, when nobody commented.
const FIRST_SECONDS: i64 = 100_000_000;

/// Epoch values from here on are milliseconds: as seconds they would lie beyond the year 5000.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// From here on they are microseconds, and then nanoseconds.
const FIRST_MICROSECONDS: f64 = 1e14;
const FIRST_NANOSECONDS: f64 = 1e17;

/// Written forms that are neither RFC 3339 nor RFC 2822. One without a zone is taken as UTC.
const WRITTEN: &[&str] = &[
    "%a %b %d %H:%M:%S %z %Y",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y, %H:%M",
    "%B %d, %Y %I:%M %p",
    "%b %d, %Y %I:%M %p",
    "%d %B %Y %H:%M",
    "%d %b %Y %H:%M",
    "%B %d, %Y",
    "%b %d, %Y",
    "%d.%m.%Y",
];

/// What the time of a comment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// It names a moment.
    Moment(Timestamp),
    /// It names one of two, such as `03/04/2021`: with the day in front, and with the month.
    Either([Timestamp; 2]),
    /// Nothing that could be understood, such as "10 days ago".
    Unknown,
}

/// Reads a time: RFC 3339 and its kin, with or without a zone (then taken as UTC), RFC 2822, a usual
/// written form, or seconds, milliseconds, microseconds or nanoseconds since 1970.
pub(super) fn parse(text: &str) -> Time {
    let text = text.trim();
    // The shortest time has a year, a month and a day.
    if text.len() < 8 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Time::Unknown;
    }
    if let Ok(seconds) = text.parse::<i64>()
        && (FIRST_SECONDS..FIRST_MILLISECONDS).contains(&seconds)
    {
        return Timestamp::from_second(seconds).map_or(Time::Unknown, Time::Moment);
    }
    let moment = match text.parse::<f64>() {
        Ok(epoch) => since_1970(epoch),
        Err(_) => standard(text),
    };
    if moment.is_none()
        && let Some(time) = slashes::parse(text)
    {
        return time;
    }
    let moment = moment.or_else(|| written(text));
    let rounded = moment.and_then(|moment| moment.round(Unit::Millisecond).ok());
    rounded.map_or(Time::Unknown, Time::Moment)
}

fn since_1970(epoch: f64) -> Option<Timestamp> {
    if !(FIRST_SECONDS as f64..f64::MAX).contains(&epoch) {
        return None;
    }
    let milliseconds = match epoch {
        seconds if seconds < FIRST_MILLISECONDS as f64 => seconds * 1000.0,
        milliseconds if milliseconds < FIRST_MICROSECONDS => milliseconds,
        microseconds if microseconds < FIRST_NANOSECONDS => microseconds / 1e3,
        nanoseconds => nanoseconds / 1e6,
    };
    #[expect(clippy::cast_possible_truncation, reason = "saturates, and jiff checks the range")]
    Timestamp::from_millisecond(milliseconds.round() as i64).ok()
}

fn standard(text: &str) -> Option<Timestamp> {
    let moment = |text: &str| {
        let zoned = text.parse::<Timestamp>().ok();
        zoned.or_else(|| in_utc(text.parse().ok()?))
    };
    // Python writes a short zone, other tools a word.
    let bare = text.strip_suffix(" UTC").or_else(|| text.strip_suffix(" GMT"));
    bare.and_then(moment).or_else(|| moment(text))
}

fn written(text: &str) -> Option<Timestamp> {
    if let Ok(zoned) = rfc2822::parse(text) {
        return Some(zoned.timestamp());
    }
    WRITTEN.iter().find_map(|form| {
        let parts = strtime::parse(form, text).ok()?;
        if let Ok(moment) = parts.to_timestamp() {
            return Some(moment);
        }
        let time = parts.to_datetime().or_else(|_| parts.to_date().map(DateTime::from)).ok()?;
        in_utc(time)
    })
}

fn in_utc(time: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(time).ok()
}
