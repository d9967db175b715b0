//! Times in the forms that dumps use.

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

/// The moment that `text` names: RFC 3339 and its kin, with or without a zone (then taken as UTC),
/// RFC 2822, a usual written form, or seconds, milliseconds, microseconds or nanoseconds since
/// 1970. `None` for anything else: "10 days ago" names no moment, and `03/04/2021` names two.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    // The shortest time has a year, a month and a day.
    if text.len() < 8 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Ok(seconds) = text.parse::<i64>()
        && (FIRST_SECONDS..FIRST_MILLISECONDS).contains(&seconds)
    {
        return Timestamp::from_second(seconds).ok();
    }
    if let Ok(epoch) = text.parse::<f64>() {
        return since_1970(epoch);
    }
    let moment = standard(text).or_else(|| written(text))?;
    moment.round(Unit::Millisecond).ok()
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
    if let Some(time) = by_slashes(text) {
        return Some(time);
    }
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

/// `31/12/2018 23:59` and `12/31/2018`, where only one order of day and month is possible.
fn by_slashes(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, "0:00"));
    let mut numbers = date.splitn(3, '/').map(str::parse::<i16>);
    let (first, second) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
    let year = numbers.next()?.ok()?;
    let (day, month) = match (first, second) {
        (13.., ..=12) => (first, second),
        (..=12, 13..) => (second, first),
        (same, other) if same == other => (same, same),
        _ => return None,
    };
    let time = time.trim().trim_end_matches(',');
    let written = format!("{year:04}-{month:02}-{day:02} {time}");
    ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p"]
        .iter()
        .find_map(|form| in_utc(strtime::parse(form, &written).ok()?.to_datetime().ok()?))
}

fn in_utc(time: DateTime) -> Option<Timestamp> {
    TimeZone::UTC.to_timestamp(time).ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn shown(text: &str) -> String {
        parse(text).map_or("none".to_owned(), |time| time.to_string())
    }

    #[test]
    fn every_form_names_the_same_moment() {
        for form in [
            "2024-05-06T07:08:09Z",
            "2024-05-06T09:08:09+02:00",
            "2024-05-06T09:08:09+0200",
            "2024-05-06 07:08:09",
            "2024-05-06 07:08:09+00",
            "2024-05-06 07:08:09 UTC",
            "2024-05-06 03:08:09-0400",
            "Mon, 06 May 2024 07:08:09 +0000",
            "Mon May 06 07:08:09 +0000 2024",
            "06.05.2024 07:08:09",
            "1714979289",
            "1714979289000",
            "1714979289000000",
            "1714979289000000000",
            "1714979289.0",
            "1.714979289e9",
        ] {
            assert_eq!(shown(form), "2024-05-06T07:08:09Z", "{form}");
        }
    }

    #[test]
    fn dates_with_slashes_are_read_where_only_one_order_is_possible() {
        assert_eq!(shown("31/12/2018 23:59"), "2018-12-31T23:59:00Z");
        assert_eq!(shown("12/31/2018 11:59:01 PM"), "2018-12-31T23:59:01Z");
        assert_eq!(shown("01/01/2019 00:03"), "2019-01-01T00:03:00Z");
        assert_eq!(shown("03/04/2019 00:03"), "none");
    }

    #[test]
    fn a_day_is_its_first_moment() {
        for form in ["2018-12-31", "31.12.2018", "December 31, 2018", "12/31/2018"] {
            assert_eq!(shown(form), "2018-12-31T00:00:00Z", "{form}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "10 days ago",
            "9 tháng trước",
            "2024",
            "-5",
            "nan",
            "inf",
            "1e300",
            "2024-13-01T00:00:00Z",
            "0000-00-00 00:00:00",
        ] {
            assert_eq!(shown(text), "none", "{text}");
        }
    }
}
