//! Eight bytes of a text at once, in one register (SWAR).
//!
//! What is asked about them is answered in marks: the highest bit of each byte for which it is true.

/// Eight bytes of a text, the first one lowest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Packed(u64);

const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
pub(crate) const MARKS: u64 = 0x80 * ONES;

impl Packed {
    pub(crate) const fn new(bytes: [u8; 8]) -> Self {
        Self(u64::from_le_bytes(bytes))
    }

    /// The bytes of `text` from `at` on. Behind the end stand blanks.
    #[inline]
    pub(crate) fn at(text: &[u8], at: usize) -> Self {
        let rest = &text[at..];
        Self::new(rest.first_chunk().copied().unwrap_or_else(|| {
            let mut bytes = [b' '; 8];
            bytes[..rest.len()].copy_from_slice(rest);
            bytes
        }))
    }

    /// With ASCII letters in lower case; other bytes may become others too.
    pub(crate) const fn lower(self) -> Self {
        Self(self.0 | (0x20 * ONES))
    }

    /// Bytes outside ASCII.
    pub(crate) const fn wide(self) -> u64 {
        self.0 & MARKS
    }

    /// Which bytes are `least` or more, taken without their highest bit.
    const fn at_least(self, least: u8) -> u64 {
        ((self.0 & !MARKS) + ONES * (0x80 - least as u64)) & MARKS
    }

    /// ASCII from `first` to `last`.
    pub(crate) const fn between(self, first: u8, last: u8) -> u64 {
        self.at_least(first) & !self.at_least(last + 1) & !self.0
    }

    /// ASCII letters.
    pub(crate) const fn ascii_letters(self) -> u64 {
        self.lower().between(b'a', b'z')
    }

    /// Anything but ASCII letters and digits.
    pub(crate) const fn no_letters_or_digits(self) -> u64 {
        !(self.ascii_letters() | self.between(b'0', b'9')) & MARKS
    }

    /// White space in ASCII.
    pub(crate) const fn blanks(self) -> u64 {
        self.between(b'\t', b'\r') | self.between(b' ', b' ')
    }

    /// The bytes before the first that is marked.
    pub(crate) const fn before(self, marks: u64) -> u64 {
        self.0 & before(marks)
    }

    /// The bytes that are marked, without gaps.
    #[inline]
    pub(crate) fn only(self, marks: u64) -> u64 {
        let start = before(!marks & MARKS);
        if marks & !start == 0 {
            return self.0 & start;
        }
        let (mut bytes, mut rest) = (0, marks);
        for at in 0..count(marks) {
            let place = rest.trailing_zeros() & !7;
            bytes |= (self.0 >> place & 0xff) << (8 * at);
            rest &= rest - 1;
        }
        bytes
    }
}

/// How many bytes stand before the first that is marked.
pub(crate) const fn place(marks: u64) -> usize {
    marks.trailing_zeros() as usize / 8
}

/// All bits of the bytes before the first that is marked.
pub(crate) const fn before(marks: u64) -> u64 {
    ((marks & marks.wrapping_neg()) >> 7).wrapping_sub(1)
}

/// How many bytes are marked.
pub(crate) const fn count(marks: u64) -> usize {
    ((marks >> 7).wrapping_mul(ONES) >> 56) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The bytes that are marked.
    fn marked(bytes: [u8; 8], marks: u64) -> Vec<u8> {
        (0..8).filter(|at| marks >> (8 * at + 7) & 1 == 1).map(|at| bytes[at]).collect()
    }

    proptest! {
        #[test]
        fn what_is_asked_of_eight_bytes_is_true_of_each(bytes: [u8; 8]) {
            type Is = fn(&u8) -> bool;
            let packed = Packed::new(bytes);
            let those = |is: Is| bytes.iter().copied().filter(is).collect::<Vec<_>>();
            let answers: [(u64, Is); 5] = [
                (packed.wide(), |byte| !byte.is_ascii()),
                (packed.ascii_letters(), u8::is_ascii_alphabetic),
                (packed.blanks(), |byte| matches!(byte, b'\t'..=b'\r' | b' ')),
                (packed.between(b'0', b'9'), u8::is_ascii_digit),
                (packed.no_letters_or_digits(), |byte| !byte.is_ascii_alphanumeric()),
            ];
            for (marks, is) in answers {
                prop_assert_eq!(marked(bytes, marks), those(is));
                prop_assert_eq!(count(marks), those(is).len());
                prop_assert_eq!(place(marks), bytes.iter().position(is).unwrap_or(8));
                let mut only = those(is);
                only.resize(8, 0);
                prop_assert_eq!(packed.only(marks).to_le_bytes().to_vec(), only);
            }
        }
    }

    #[test]
    fn behind_the_end_stand_blanks() {
        assert_eq!(Packed::at(b"tram", 2).only(MARKS).to_le_bytes(), *b"am      ");
        assert_eq!(Packed::at(b"tram", 4).only(MARKS).to_le_bytes(), [b' '; 8]);
    }
}
