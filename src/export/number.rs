//! Numbers as text, for reports that write millions of them.

/// Digits behind the point up to which [`Numbers::measure`] is fast: all that reports hold.
const DECIMALS: u32 = 4;
const SCALE: f64 = 10_000.0;
/// Below this, every number of [`DECIMALS`] digits is told apart from its neighbours.
const EXACT: f64 = 1e11;

/// Scratch for one number at a time.
#[derive(Default)]
pub(super) struct Numbers {
    digits: itoa::Buffer,
    text: String,
}

impl Numbers {
    /// A count.
    pub(super) fn count(&mut self, value: u64) -> &str {
        self.digits.format(value)
    }

    /// A measured value, as `Display` writes it: the shortest text that gives the same value.
    pub(super) fn measure(&mut self, value: f64) -> &str {
        use std::fmt::Write as _;

        self.text.clear();
        let steps = (value * SCALE).round();
        #[expect(clippy::float_cmp, reason = "only an exact match may be written in steps")]
        let exact = value.abs() < EXACT && steps / SCALE == value;
        if !exact || value == 0.0 {
            let _ = write!(self.text, "{value}");
            return &self.text;
        }
        if value < 0.0 {
            self.text.push('-');
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below EXACT")]
        let steps = steps.abs() as u64;
        let unit = 10_u64.pow(DECIMALS);
        self.text.push_str(self.digits.format(steps / unit));
        let behind = steps % unit;
        if behind > 0 {
            // The leading 1 keeps the zeros behind the point.
            let digits = self.digits.format(unit + behind);
            self.text.push('.');
            self.text.push_str(digits[1..].trim_end_matches('0'));
        }
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_numbers_of_reports_are_written_as_display_writes_them() {
        let mut numbers = Numbers::default();
        for steps in -20_000..20_000 {
            let value = f64::from(steps) / 10_000.0;
            assert_eq!(numbers.measure(value), value.to_string());
        }
        for value in [0.1 + 0.2, -0.0, 1e20, 123_456.789, 1e-5, f64::MAX, 99_999_999_999.999_9] {
            assert_eq!(numbers.measure(value), value.to_string());
        }
    }

    proptest! {
        #[test]
        fn any_number_is_written_as_display_writes_it(value: f64, count: u64) {
            let mut numbers = Numbers::default();
            prop_assert_eq!(numbers.measure(value), value.to_string());
            prop_assert_eq!(numbers.count(count), count.to_string());
        }
    }
}
