//! Finds the tokens of a text and looks each of them up, in one pass.
//!
//! The text is taken in blocks of 64 bytes. Arithmetic on eight bytes at a time tells what every
//! byte of a block is, as one bit each; the tokens and their cores then are found by counting bits.

use std::ops::{Deref, Range};

use memchr::memmem;

use super::lookup::{SHORT, UNKNOWN};
use super::wide;
use super::words::{CAPITALS, NOT_WORD, Words};

const BLOCK: usize = 64;
/// A block and the bytes behind it that a token may reach into.
const WINDOW: usize = BLOCK + SHORT;
type Window = [u8; WINDOW];

/// A list that grows without a branch for each item.
#[derive(Clone, Debug, Default)]
pub(super) struct List<T> {
    items: Vec<T>,
    len: usize,
}

impl<T: Copy + Default> List<T> {
    fn clear(&mut self) {
        self.len = 0;
    }

    /// Makes room for some more items.
    #[inline]
    fn reserve(&mut self, more: usize) {
        if self.items.len() < self.len + more {
            self.items.resize((self.len + more) * 2, T::default());
        }
    }

    /// Adds an item, for which there is room, or takes it back at once if it is not to be kept.
    #[inline(always)]
    fn put(&mut self, item: T, keep: bool) {
        self.items[self.len] = item;
        self.len += usize::from(keep);
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.items[..self.len]
    }
}

/// The tokens of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    /// The id of each token's word, with [`CAPITALS`] where it is in capitals.
    pub(super) codes: List<u32>,
    /// Positions of the tokens that may have feeling.
    pub(super) felt: List<usize>,
    /// How many tokens are in capitals.
    pub(super) capitals: usize,
    /// Position of the first "but".
    pub(super) but: Option<usize>,
    /// Where each token stands; kept only for an explanation.
    pub(super) spans: Vec<Range<usize>>,
    /// Room to put the tokens together anew.
    pub(super) spare: List<u32>,
}

impl Tokens {
    pub(super) fn clear(&mut self) {
        self.codes.clear();
        self.felt.clear();
        self.spans.clear();
        self.capitals = 0;
        self.but = None;
    }

    /// Makes room for some more tokens.
    #[inline]
    pub(super) fn reserve(&mut self, more: usize) {
        self.codes.reserve(more);
        self.felt.reserve(more);
    }

    /// Adds a token, for which there is room.
    #[inline(always)]
    pub(super) fn push(&mut self, id: u32, capitals: bool, words: &Words) {
        let position = self.codes.len;
        if id == words.but {
            self.but.get_or_insert(position);
        }
        self.felt.put(position, id >= words.first_felt);
        self.capitals += usize::from(capitals);
        self.codes.put(id | (u32::from(capitals) * CAPITALS), true);
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
        let end = if masks.wide == 0 { BLOCK } else { masks.add_wide_spaces(window) };
        let token = !masks.space;
        let valid = u64::MAX >> (BLOCK - end);
        let mut starts = token & (masks.space << 1 | 1) & valid;
        let mut ends = masks.space & (token << 1) & valid;
        // A start added to the bits of its token carries through to the end, unless one is missing.
        let without = |mask: u64| (token & !mask).wrapping_add(starts) & ends;
        let capitals = without(masks.lower) & !without(masks.upper);
        let odd = ends & !without(masks.wide | masks.nots(window));

        self.tokens.reserve(BLOCK / 2);
        while ends != 0 {
            let (start, stop) = (starts.trailing_zeros(), ends.trailing_zeros());
            let last = ends & ends.wrapping_neg();
            starts &= starts.wrapping_sub(1);
            ends ^= last;
            if odd & last != 0 {
                self.odd_token(at + start as usize..at + stop as usize);
                continue;
            }
            let (from, len) = masks.kept(start, stop);
            let mut id = self.find(window, from, len);
            let mut kept = at + from..at + from + len;
            if self.words.extended {
                (id, kept) = self.find_otherwise(id, kept, at + start as usize..at + stop as usize);
            }
            self.push(id, capitals & last != 0, kept);
        }
        match starts.trailing_zeros() as usize {
            0 => self.long_token(at),
            start => at + start.min(end),
        }
    }

    #[inline(always)]
    fn find(&self, window: &Window, from: usize, len: usize) -> u32 {
        let rest = &window[from % BLOCK..];
        match rest.first_chunk::<SHORT>() {
            Some(bytes) if len <= SHORT => self.words.lookup.find(bytes, len),
            _ => self.find_long(&rest[..len]),
        }
    }

    #[cold]
    fn find_long(&self, token: &[u8]) -> u32 {
        std::str::from_utf8(token).map_or(UNKNOWN, |token| self.words.lookup.find_str(token))
    }

    /// If a token is unknown, looks for its core where all of it was kept, and for all of it where
    /// the core was. Gives the id and where in the text that stands.
    #[inline(never)]
    fn find_otherwise(
        &self,
        id: u32,
        kept: Range<usize>,
        whole: Range<usize>,
    ) -> (u32, Range<usize>) {
        if id != UNKNOWN {
            return (id, kept);
        }
        let token = &self.text[whole.clone()];
        let core = wide::trim(token);
        let other = if core.len() == kept.len() { token } else { core };
        match self.find_odd(other) {
            UNKNOWN => (UNKNOWN, kept),
            id => {
                let from = whole.start + (other.as_ptr() as usize - token.as_ptr() as usize);
                (id, from..from + other.len())
            }
        }
    }

    #[inline(always)]
    fn push(&mut self, id: u32, capitals: bool, span: Range<usize>) {
        self.tokens.push(id, capitals, self.words);
        if SPANS {
            self.tokens.spans.push(span);
        }
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
    fn odd_token(&mut self, whole: Range<usize>) {
        self.tokens.reserve(BLOCK / 2);
        let token = &self.text[whole.clone()];
        let core = wide::strip(token);
        let from = whole.start + (core.as_ptr() as usize - token.as_ptr() as usize);
        let mut kept = from..from + core.len();
        let mut id = self.find_odd(core);
        if self.words.extended {
            (id, kept) = self.find_otherwise(id, kept, whole);
        }
        if id == UNKNOWN && has_not(core.as_bytes()) {
            id = NOT_WORD;
        }
        self.push(id, wide::is_upper(core), kept);
    }

    fn find_odd(&self, token: &str) -> u32 {
        let lookup = &self.words.lookup;
        if token.is_ascii() {
            return lookup.find_str(token);
        }
        // Only the Kelvin sign becomes a plain letter in small letters.
        if lookup.wide || memmem::find(token.as_bytes(), "\u{212a}".as_bytes()).is_some() {
            return lookup.find_str(&token.to_lowercase());
        }
        UNKNOWN
    }
}

/// Whether the token is a negation by its form.
fn has_not(token: &[u8]) -> bool {
    token.windows(3).any(|part| part.eq_ignore_ascii_case(b"n't"))
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
    /// Part of a character outside ASCII.
    wide: u64,
}

impl Masks {
    #[inline]
    fn of(window: &Window) -> Self {
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
    fn kept(&self, start: u32, stop: u32) -> (usize, usize) {
        let before = (self.core >> start | 1 << 63).trailing_zeros();
        let behind = (self.core << (64 - stop) | 1).leading_zeros();
        let long = stop > start + before + 2 + behind;
        let (before, behind) = if long { (before, behind) } else { (0, 0) };
        let (from, to) = (start + before, stop - behind);
        (from as usize, (to - from) as usize)
    }

    /// Marks the apostrophe of every "n't".
    #[inline(always)]
    fn nots(&self, window: &Window) -> u64 {
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
