//! Sentiment by VADER.

/// The four values of VADER for a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sentiment {
    /// Share of the text that is negative, 0–1, rounded to 3 decimals.
    pub neg: f64,
    /// Share of the text that is neutral, 0–1, rounded to 3 decimals.
    pub neu: f64,
    /// Share of the text that is positive, 0–1, rounded to 3 decimals.
    pub pos: f64,
    /// All in one: from -1, most negative, to 1, most positive, rounded to 4 decimals.
    pub compound: f64,
}
