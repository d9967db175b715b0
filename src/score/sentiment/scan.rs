//! Finds the tokens of a text and looks each of them up, in one pass.
//!
//! The text is taken in blocks of 64 bytes. Arithmetic on eight bytes at a time tells what every
//! byte of a block is, as one bit each; the tokens and their cores then are found by counting bits.

use std::ops::Range;

use memchr::memmem;

use super::lookup::{Key, SHORT, UNKNOWN};
use super::wide;
use super::words::{CAPITALS, NOT_WORD, Words};

const BLOCK: usize = 64;
/// A block and the bytes behind it that a token may reach into.
const WINDOW: usize = BLOCK + SHORT;
type Window = [u8; WINDOW];

/// The tokens of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    /// The id of each token's word, with [`CAPITALS`] where it is in capitals.
    pub(super) codes: Vec<u32>,
    /// Positions of the tokens that may have feeling.
    pub(super) felt: Vec<usize>,
    /// How many tokens are in capitals.
    pub(super) capitals: usize,
    /// Position of the first "but".
    pub(super) but: Option<usize>,
    /// Where each token stands; kept only for an explanation.
    pub(super) spans: Vec<Range<usize>>,
    /// Room to put the tokens together anew.
    pub(super) spare: Vec<u32>,
}

impl Tokens {
    pub(super) fn clear(&mut self) {
        self.codes.clear();
        self.felt.clear();
        self.spans.clear();
        self.capitals = 0;
        self.but = None;
    }

    /// Adds a token.
    #[inline]
    pub(super) fn push(&mut self, code: u32, words: &Words) {
        let id = code & !CAPITALS;
        if id != UNKNOWN {
            if id >= words.first_felt {
                self.felt.push(self.codes.len());
            }
            if id == words.but {
                self.but.get_or_insert(self.codes.len());
            }
        }
        self.capitals += usize::from(code & CAPITALS != 0);
        self.codes.push(code);
    }
}

/// Fills `tokens` with those of the text; with `SPANS`, notes where they stand.
pub(super) fn scan<const SPANS: bool>(text: &str, words: &Words, tokens: &mut Tokens) {
    tokens.clear();
    let mut scan = Scan::<SPANS> { text, words, tokens };
    let mut at = 0;
    while let Some(window) = text.as_bytes()[at..].first_chunk::<WINDOW>() {
        at = scan.block(window, at);
    }
    // The rest is followed by blanks, so that it can be taken in windows too.
    let start = at;
    let rest = &text.as_bytes()[start..];
    let mut tail = [b' '; 2 * WINDOW];
    tail[..rest.len()].copy_from_slice(rest);
    while at < text.len() {
        let Some(window) = tail[at - start..].first_chunk::<WINDOW>() else { break };
        at = scan.block(window, at);
    }
}

struct Scan<'a, const SPANS: bool> {
    text: &'a str,
    words: &'a Words,
    tokens: &'a mut Tokens,
}

impl<const SPANS: bool> Scan<'_, SPANS> {
    /// Takes the tokens that end in the block at the start of the window, which stands at `at` in
    /// the text and does not begin inside a token. Gives the place of the next window.
    #[inline]
    fn block(&mut self, window: &Window, at: usize) -> usize {
        let mut masks = Masks::of(window);
        let end = if masks.wide { masks.add_wide_spaces(window) } else { BLOCK };
        let valid = u64::MAX >> (BLOCK - end);

        let mut starts = !masks.space & (masks.space << 1 | 1) & valid;
        let mut ends = masks.space & !(masks.space << 1 | 1) & valid;
        while ends != 0 {
            let (start, stop) = (starts.trailing_zeros(), ends.trailing_zeros());
            starts &= starts - 1;
            ends &= ends - 1;
            self.token(window, &masks, start..stop, at);
        }
        match starts.trailing_zeros() as usize {
            0 => self.long_token(at),
            start => at + start.min(end),
        }
    }

    /// Takes the token at `range` of the window.
    #[inline]
    fn token(&mut self, window: &Window, masks: &Masks, range: Range<u32>, at: usize) {
        let inside = u64::MAX >> (64 - (range.end - range.start));
        let (start, stop) = (range.start as usize, range.end as usize);
        let part = |mask: u64| mask >> range.start & inside;
        if part(masks.odd) != 0 && (masks.wide || self.has_not(&window[start..stop])) {
            return self.odd_token(at + start..at + stop);
        }
        let whole = (start, stop - start);
        let core = part(masks.core);
        let trimmed = match core {
            0 => whole,
            _ => {
                let first = core.trailing_zeros() as usize;
                (start + first, 64 - core.leading_zeros() as usize - first)
            }
        };
        let (from, len) = if trimmed.1 <= 2 { whole } else { trimmed };

        let mut id = self.find(window, from, len);
        if id == UNKNOWN && self.words.extended && trimmed != whole {
            let other = if trimmed.1 <= 2 { trimmed } else { whole };
            id = self.find(window, other.0, other.1);
        }
        let capitals = part(masks.upper) != 0 && part(masks.lower) == 0;
        self.push(id | (u32::from(capitals) * CAPITALS), at + from..at + from + len);
    }

    #[inline]
    fn find(&self, window: &Window, from: usize, len: usize) -> u32 {
        if len > SHORT {
            return self.find_long(&window[from..from + len]);
        }
        match window[from % BLOCK..].first_chunk::<SHORT>() {
            Some(bytes) => self.words.lookup.find(Key::cut(bytes, len)),
            None => UNKNOWN,
        }
    }

    #[cold]
    fn find_long(&self, token: &[u8]) -> u32 {
        match std::str::from_utf8(token) {
            Ok(token) if self.words.lookup.has_long() => {
                self.words.lookup.find_str(&token.to_lowercase())
            }
            _ => UNKNOWN,
        }
    }

    #[inline]
    fn push(&mut self, code: u32, span: Range<usize>) {
        self.tokens.push(code, self.words);
        if SPANS {
            self.tokens.spans.push(span);
        }
    }

    fn has_not(&self, token: &[u8]) -> bool {
        token.windows(3).any(|part| part.eq_ignore_ascii_case(b"n't"))
    }

    /// Takes a token that reaches beyond the block at `at`. Gives the place behind it.
    #[cold]
    fn long_token(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let stop = at + rest.find(wide::is_space).unwrap_or(rest.len());
        self.odd_token(at..stop);
        stop
    }

    /// Takes a token of any kind and length, without haste.
    fn odd_token(&mut self, range: Range<usize>) {
        let token = &self.text[range.clone()];
        let core = wide::strip(token);
        let mut id = self.find_odd(core);
        if id == UNKNOWN && self.words.extended {
            let trimmed = wide::trim(token);
            id = self.find_odd(if trimmed == core { token } else { trimmed });
        }
        if id == UNKNOWN && self.has_not(core.as_bytes()) {
            id = NOT_WORD;
        }
        let capitals = wide::is_upper(core);
        let from = range.start + (core.as_ptr() as usize - token.as_ptr() as usize);
        self.push(id | (u32::from(capitals) * CAPITALS), from..from + core.len());
    }

    fn find_odd(&self, token: &str) -> u32 {
        let lookup = &self.words.lookup;
        if token.is_ascii() {
            return match token.len() {
                ..=SHORT => lookup.find_str(token),
                _ => self.find_long(token.as_bytes()),
            };
        }
        // Only the Kelvin sign becomes a plain letter in small letters.
        if lookup.wide || memmem::find(token.as_bytes(), "\u{212a}".as_bytes()).is_some() {
            return lookup.find_str(&token.to_lowercase());
        }
        UNKNOWN
    }
}

const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;

/// What the bytes of a block are, a bit for each.
struct Masks {
    /// White space.
    space: u64,
    /// Neither white space nor ASCII punctuation.
    core: u64,
    /// An ASCII capital.
    upper: u64,
    /// A small ASCII letter.
    lower: u64,
    /// An apostrophe, or part of a character outside ASCII.
    odd: u64,
    /// Whether there are characters outside ASCII.
    wide: bool,
}

impl Masks {
    #[inline]
    fn of(window: &Window) -> Self {
        let mut masks = Self { space: 0, core: 0, upper: 0, lower: 0, odd: 0, wide: false };
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
            let not_apostrophe = from(low ^ (ONES * u64::from(b'\'')), 1);
            let put = |mask: &mut u64, bits: u64| *mask |= gather(bits) << (index * 8);
            put(&mut masks.space, space);
            put(&mut masks.core, !(space | sign) & HIGHS);
            put(&mut masks.upper, letter & !(bytes << 2));
            put(&mut masks.lower, letter & bytes << 2);
            put(&mut masks.odd, !(not_apostrophe & ascii) & HIGHS);
            masks.wide |= ascii != HIGHS;
        }
        masks
    }

    /// Adds the white space outside ASCII. Gives the end of the block, which is nearer if such a
    /// character would be cut.
    #[cold]
    fn add_wide_spaces(&mut self, window: &Window) -> usize {
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
            self.odd &= !bits;
        }
        BLOCK
    }
}

/// Packs the high bits of eight bytes into one byte.
#[inline]
fn gather(highs: u64) -> u64 {
    highs.wrapping_mul(0x0002_0408_1020_4081) >> 56
}
