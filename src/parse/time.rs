//! Times in the forms that dumps use.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit};

/// Numbers below this are no epoch values but years, days or counts: as seconds they would lie
/// before 1973, when nobody commented.
const FIRST_SECONDS: f64 = 1e8;

/// Epoch values from here on are milliseconds: as seconds they would lie beyond the year 5000.
const FIRST_MILLISECONDS: f64 = 1e11;

/// The moment that `text` names: RFC 3339, the same without a zone (taken as UTC), or seconds or
/// milliseconds since 1970. `None` for anything else.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if let Ok(epoch) = text.parse::<f64>() {
        if !(FIRST_SECONDS..f64::MAX).contains(&epoch) {
            return None;
        }
        let milliseconds = if epoch < FIRST_MILLISECONDS { epoch * 1000.0 } else { epoch };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "saturates, and jiff checks the range"
        )]
        return Timestamp::from_millisecond(milliseconds.round() as i64).ok();
    }
    let moment = text.parse::<Timestamp>().ok().or_else(|| {
        let local: DateTime = text.parse().ok()?;
        TimeZone::UTC.to_timestamp(local).ok()
    })?;
    moment.round(Unit::Millisecond).ok()
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
            "2024-05-06 07:08:09",
            "1714979289",
            "1714979289000",
            "1714979289.0",
        ] {
            assert_eq!(shown(form), "2024-05-06T07:08:09Z", "{form}");
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "10 days ago", "2024", "-5", "nan", "inf", "1e300", "2024-13-01T00:00:00Z"]
        {
            assert_eq!(shown(text), "none", "{text}");
        }
    }
}
