//! What the bytes of a block of text are, found by arithmetic on eight bytes at a time.

use super::lookup::SHORT;
use super::wide;

/// Bytes in a block: as many as a word of the processor has bits.
pub(super) const BLOCK: usize = 64;
/// A block and the bytes behind it that a token may reach into.
pub(super) const WINDOW: usize = BLOCK + SHORT;
pub(super) type Window = [u8; WINDOW];

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;

/// What the bytes of a block are, a bit for each.
pub(super) struct Masks {
    /// White space.
    pub(super) space: u64,
    /// Neither white space nor ASCII punctuation.
    pub(super) core: u64,
    /// An ASCII capital.
    pub(super) upper: u64,
    /// A small ASCII letter.
    pub(super) lower: u64,
    /// Part of a character outside ASCII.
    pub(super) wide: u64,
}

impl Masks {
    #[inline]
    pub(super) fn of(window: &Window) -> Self {
        let mut masks = Self { space: 0, core: 0, upper: 0, lower: 0, wide: 0 };
        let mut others = 0;
        let (parts, _) = window.as_chunks::<8>();
        for (index, part) in parts[..8].iter().enumerate() {
            let bytes = u64::from_le_bytes(*part);
            let ascii = !bytes & HIGHS;
            let low = bytes & !HIGHS;
            // Sets the high bit of each byte that is at least `least`, apart from the byte's own.
            let from = |bytes: u64, least: u8| bytes + ONES * (0x80 - u64::from(least));
            let space =
                (from(low, 0x09) & !from(low, 0x0e) | from(low, 0x1c) & !from(low, 0x21)) & ascii;
            let small = low | ONES << 5;
            let letter = from(small, b'a') & !from(small, b'z' + 1) & ascii;
            let digit = from(low, b'0') & !from(low, b'9' + 1);
            let sign = from(low, 0x21) & !from(low, 0x7f) & !digit & !letter & ascii;
            let put = |mask: &mut u64, bits: u64| *mask |= gather(bits) << (index * 8);
            put(&mut masks.space, space);
            put(&mut masks.core, !(space | sign) & HIGHS);
            put(&mut masks.upper, letter & !(bytes << 2));
            put(&mut masks.lower, letter & bytes << 2);
            others |= !ascii & HIGHS;
        }
        if others != 0 {
            for (index, part) in parts[..8].iter().enumerate() {
                masks.wide |= gather(u64::from_le_bytes(*part) & HIGHS) << (index * 8);
            }
        }
        masks
    }

    /// What is kept of the token from `start` to `stop`: where it begins, and its length. That is
    /// its core, or all of it if the core has two characters or fewer.
    #[inline(always)]
    pub(super) fn kept(&self, start: u32, stop: u32) -> (usize, usize) {
        let before = (self.core >> start | 1 << 63).trailing_zeros();
        let behind = (self.core << (64 - stop) | 1).leading_zeros();
        let long = stop > start + before + 2 + behind;
        let (before, behind) = if long { (before, behind) } else { (0, 0) };
        let (from, to) = (start + before, stop - behind);
        (from as usize, (to - from) as usize)
    }

    /// Marks the apostrophe of every "n't".
    #[inline(always)]
    pub(super) fn nots(&self, window: &Window) -> u64 {
        let mut inner = !self.space & !self.core & (self.core << 1) & (self.core >> 1);
        let mut nots = 0;
        while inner != 0 {
            let place = inner.trailing_zeros() as usize;
            let around = &window[place.saturating_sub(1)..place + 2];
            nots |= u64::from(has_not(around)) << place;
            inner &= inner - 1;
        }
        nots
    }

    /// Adds the white space outside ASCII. Gives the end of the block, which is nearer if such a
    /// character would be cut.
    #[cold]
    pub(super) fn add_wide_spaces(&mut self, window: &Window) -> usize {
        for at in 0..BLOCK {
            let bytes = [window[at], window[at + 1], window[at + 2]];
            let length = if bytes[0] < 0xc2 { 0 } else { wide::space_length(bytes) };
            if length == 0 {
                continue;
            }
            if at + length > BLOCK {
                return at;
            }
            let bits = ((1 << length) - 1) << at;
            self.space |= bits;
            self.core &= !bits;
            self.wide &= !bits;
        }
        BLOCK
    }
}

/// Packs the high bits of eight bytes into one byte.
#[inline]
fn gather(highs: u64) -> u64 {
    highs.wrapping_mul(0x0002_0408_1020_4081) >> 56
}

/// Whether the token is a negation by its form.
pub(super) fn has_not(token: &[u8]) -> bool {
    token.windows(3).any(|part| part.eq_ignore_ascii_case(b"n't"))
}
