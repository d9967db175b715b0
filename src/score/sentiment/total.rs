//! From the valences of the words to the four values.

use memchr::memchr2_iter;

use super::Sentiment;

/// Approximates the greatest sum to be expected.
const ALPHA: f64 = 15.0;

/// Exclamation and question marks, and by how much they amplify.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Marks {
    pub(super) exclamations: u32,
    pub(super) questions: u32,
}

impl Marks {
    /// Counts the marks, but not beyond four of a kind: more make no difference.
    pub(super) fn count(text: &str) -> Self {
        let mut marks = Self::default();
        for at in memchr2_iter(b'!', b'?', text.as_bytes()) {
            if text.as_bytes()[at] == b'!' {
                marks.exclamations = (marks.exclamations + 1).min(4);
            } else {
                marks.questions = (marks.questions + 1).min(4);
            }
            if marks.exclamations + marks.questions == 8 {
                break;
            }
        }
        marks
    }

    /// What the marks add to the feeling that prevails, 0–2.128.
    pub(super) fn amplifier(self) -> f64 {
        let questions = match self.questions {
            0 | 1 => 0.0,
            count @ 2..=3 => f64::from(count) * 0.18,
            _ => 0.96,
        };
        f64::from(self.exclamations) * 0.292 + questions
    }
}

/// The four values of a text of `tokens` tokens: `valences` holds those of the words with feeling,
/// in their order.
pub(super) fn total(valences: impl Iterator<Item = f64>, tokens: usize, text: &str) -> Sentiment {
    if tokens == 0 {
        return Sentiment::default();
    }
    let (mut sum, mut positive, mut negative, mut felt) = (0.0, 0.0, 0.0, 0);
    for valence in valences {
        sum += valence;
        if valence > 0.0 {
            positive += valence + 1.0;
            felt += 1;
        } else if valence < 0.0 {
            negative += valence - 1.0;
            felt += 1;
        }
    }
    if felt == 0 {
        return Sentiment { neu: 1.0, ..Sentiment::default() };
    }
    let amplifier = Marks::count(text).amplifier();
    if sum > 0.0 {
        sum += amplifier;
    } else if sum < 0.0 {
        sum -= amplifier;
    }
    let compound = (sum / (sum * sum + ALPHA).sqrt()).clamp(-1.0, 1.0);

    let mut negative: f64 = -negative;
    if positive > negative {
        positive += amplifier;
    } else if positive < negative {
        negative += amplifier;
    }
    let neutral = count(tokens - felt);
    let all = positive + negative + neutral;
    Sentiment {
        neg: round::<1000>(negative / all),
        neu: round::<1000>(neutral / all),
        pos: round::<1000>(positive / all),
        compound: round::<10_000>(compound),
    }
}

#[expect(clippy::cast_precision_loss, reason = "no text has 2^53 words")]
fn count(tokens: usize) -> f64 {
    tokens as f64
}

/// Python's `round` to 1/`SCALE` for values from -1 to 1: the nearest decimal, judged by the exact
/// value, and the even one from exactly between two.
fn round<const SCALE: u32>(value: f64) -> f64 {
    let scale = f64::from(SCALE);
    let product = value.abs() * scale;
    let whole = f64::from(floor(product));
    // Exact, because both are near each other or small.
    let mut beyond_half = product - whole - 0.5;
    if beyond_half.abs() < 1e-9 {
        // So near the middle, what the product lost to rounding decides.
        beyond_half += value.abs().mul_add(scale, -product);
    }
    let up = beyond_half > 0.0 || (beyond_half == 0.0 && whole % 2.0 == 1.0);
    ((whole + f64::from(u8::from(up))) / scale).copysign(value)
}

/// Faster than `f64::floor`, which is a call on most machines.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 10,000")]
fn floor(value: f64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_from_the_exact_middle_to_the_even_decimal() {
        assert_eq!(round::<1000>(0.0625), 0.062);
        assert_eq!(round::<1000>(0.1875), 0.188);
        assert_eq!(round::<1000>(-0.3125), -0.312);
        assert_eq!(round::<10_000>(0.031_25), 0.0312);
    }

    #[test]
    fn rounds_by_the_exact_value_where_the_product_is_a_middle() {
        // 0.0005 is a little more than that, 0.0015 and 0.0035 too, 0.0045 a little less.
        assert_eq!(round::<1000>(0.0005), 0.001);
        assert_eq!(round::<1000>(0.0015), 0.002);
        assert_eq!(round::<1000>(0.0035), 0.004);
        assert_eq!(round::<1000>(0.0045), 0.004);
        assert_eq!(round::<1000>(0.0025), 0.003);
    }

    #[test]
    fn keeps_whole_values_and_signs() {
        assert_eq!(round::<1000>(1.0), 1.0);
        assert_eq!(round::<1000>(0.0), 0.0);
        assert!(round::<10_000>(-1e-9).is_sign_negative());
    }

    #[test]
    fn counts_up_to_four_marks_of_a_kind() {
        let marks = Marks::count("!!!!!!??");
        assert_eq!(marks, Marks { exclamations: 4, questions: 2 });
        assert_eq!(marks.amplifier(), 4.0 * 0.292 + 2.0 * 0.18);
        assert_eq!(Marks::count("what?").amplifier(), 0.0);
        assert_eq!(Marks::count("?????").amplifier(), 0.96);
    }
}
