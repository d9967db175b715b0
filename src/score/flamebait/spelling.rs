//! Where a word ends, its hash, and what is odd about how it is spelt.

use super::hash::WordHash;
use super::token::STEMS;

/// A word of a folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spelling {
    /// How many bytes it has.
    pub(super) length: usize,
    /// Its hash with runs of a letter cut to two.
    pub(super) hash: u64,
    /// There are digits among the letters.
    pub(super) digits: bool,
    /// Some letter stands twice or more in a row.
    pub(super) repeats: bool,
    /// The hashes of its beginnings; 0 where it is no longer.
    pub(super) stems: [u64; STEMS.len()],
}

impl Spelling {
    /// Spells the word that `bytes` begin with; its first byte is a letter or a digit.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut hash = WordHash::new();
        let mut stems = [0; STEMS.len()];
        let (mut letters, mut digits, mut repeats) = (false, false, false);
        let (mut last, mut before) = (0, 0);
        let mut length = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            match byte {
                b'0'..=b'9' => digits = true,
                b'a'..=b'z' | 0x80.. => letters = true,
                b'\'' if bytes.get(at + 1).is_some_and(|&next| is_letter(next)) => letters = true,
                _ => break,
            }
            for (slot, stem) in stems.iter_mut().zip(STEMS) {
                if at == stem {
                    // Salted, for it is not the word of these letters.
                    *slot = hash.push(0).finish();
                }
            }
            let again = byte == last;
            repeats |= again;
            if !(again && byte == before) {
                hash = hash.push(byte);
            }
            (before, last) = (last, byte);
            length = at + 1;
        }
        Self { length, hash: hash.finish(), digits: letters && digits, repeats, stems }
    }
}

/// Whether words are made of this byte of a folded text.
pub(super) fn is_letter(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | 0x80..)
}

#[cfg(test)]
mod tests {
    use super::Spelling;
    use crate::score::flamebait::hash;

    #[test]
    fn a_word_ends_before_the_first_other_sign() {
        for (text, length) in
            [("a", 1), ("tram. x", 4), ("don't do", 5), ("dogs' home", 4), ("tram-line", 4)]
        {
            assert_eq!(Spelling::of(text.as_bytes()).length, length, "{text}");
        }
    }

    #[test]
    fn runs_of_a_letter_are_cut_to_two() {
        for text in ["coool now", "coooooooool now"] {
            let word = Spelling::of(text.as_bytes());
            assert_eq!((word.hash, word.repeats), (hash::word(b"cool"), true), "{text}");
        }
    }

    #[test]
    fn digits_are_odd_only_among_letters() {
        let odd = |text: &str| Spelling::of(text.as_bytes()).digits;
        assert!(odd("1d10t here") && odd("mp3"));
        assert!(!odd("2026 again") && !odd("tram 4 you"));
    }
}
