//! Finds the tokens of a text and looks each of them up, in one pass.
//!
//! The text is taken in blocks of 64 bytes. Arithmetic on eight bytes at a time tells what every
//! byte of a block is, as one bit each; the tokens and their cores then are found by counting bits.

use std::ops::Range;

use memchr::memmem;

use super::lookup::{SHORT, UNKNOWN};
use super::masks::{BLOCK, Masks, WINDOW, Window, has_not};
use super::wide;
use super::words::{CAPITALS, NOT_WORD, Words};

/// The tokens of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Tokens {
    /// The id of each token's word, with [`CAPITALS`] where it is in capitals.
    pub(super) codes: Vec<u32>,
    /// Where each token stands; kept only for an explanation.
    pub(super) spans: Vec<Range<usize>>,
    /// Positions of the tokens that may have feeling.
    pub(super) felt: Vec<usize>,
    /// How many tokens are in capitals.
    pub(super) capitals: usize,
    /// Position of the first "but".
    pub(super) but: Option<usize>,
    /// Room to put the tokens together anew.
    pub(super) spare: Vec<u32>,
}

impl Tokens {
    /// Fills in what follows from the codes.
    pub(super) fn sum_up(&mut self, words: &Words) {
        self.felt.clear();
        self.felt.resize(self.codes.len(), 0);
        let mut felt = 0;
        self.capitals = 0;
        self.but = None;
        for (position, code) in self.codes.iter().enumerate() {
            let id = code & !CAPITALS;
            // Without a branch: which words have feeling cannot be guessed.
            self.felt[felt] = position;
            felt += usize::from(id >= words.first_felt);
            self.capitals += usize::from(code & CAPITALS != 0);
            if id == words.but {
                self.but.get_or_insert(position);
            }
        }
        self.felt.truncate(felt);
    }
}

/// Fills `tokens` with those of the text; with `SPANS`, notes where they stand.
pub(super) fn scan<const SPANS: bool>(text: &str, words: &Words, tokens: &mut Tokens) {
    tokens.codes.clear();
    tokens.spans.clear();
    if words.extended {
        Scan::<SPANS, true> { text, words, tokens }.all();
    } else {
        Scan::<SPANS, false> { text, words, tokens }.all();
    }
    tokens.merge_phrases(words);
    tokens.sum_up(words);
}

struct Scan<'a, const SPANS: bool, const EXTENDED: bool> {
    text: &'a str,
    words: &'a Words,
    tokens: &'a mut Tokens,
}

impl<const SPANS: bool, const EXTENDED: bool> Scan<'_, SPANS, EXTENDED> {
    fn all(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(window) = bytes[at..].first_chunk::<WINDOW>() {
            at = self.block(window, at);
        }
        // The rest is followed by blanks, so that it can be taken in windows too.
        let start = at;
        let mut tail = [b' '; 2 * WINDOW];
        tail[..bytes.len() - start].copy_from_slice(&bytes[start..]);
        while at < bytes.len() {
            let Some(window) = tail[at - start..].first_chunk::<WINDOW>() else { break };
            at = self.block(window, at);
        }
    }

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

        let mut codes = [0; BLOCK / 2];
        let mut count = 0;
        while ends != 0 {
            let (start, stop) = (starts.trailing_zeros(), ends.trailing_zeros());
            let last = ends & ends.wrapping_neg();
            starts &= starts.wrapping_sub(1);
            ends ^= last;
            let whole = at + start as usize..at + stop as usize;
            let (code, kept) = if odd & last != 0 {
                self.odd_token(whole)
            } else {
                let (from, len) = masks.kept(start, stop);
                let mut id = self.find(window, from, len);
                let mut kept = at + from..at + from + len;
                if EXTENDED && id == UNKNOWN {
                    (id, kept) = self.find_otherwise(kept, whole);
                }
                (id | (u32::from(capitals & last != 0) * CAPITALS), kept)
            };
            codes[count % (BLOCK / 2)] = code;
            count += 1;
            if SPANS {
                self.tokens.spans.push(kept);
            }
        }
        self.tokens.codes.extend_from_slice(&codes[..count.min(BLOCK / 2)]);
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

    /// Looks for the core of a token where all of it was kept, and for all of it where the core was.
    /// Gives the id and where in the text that stands.
    #[inline(never)]
    fn find_otherwise(&self, kept: Range<usize>, whole: Range<usize>) -> (u32, Range<usize>) {
        let token = &self.text[whole.clone()];
        let core = wide::trim(token);
        let other = if core.len() == kept.len() { token } else { core };
        if other.len() == kept.len() {
            return (UNKNOWN, kept);
        }
        match self.find_odd(other) {
            UNKNOWN => (UNKNOWN, kept),
            id => {
                let from = whole.start + (other.as_ptr() as usize - token.as_ptr() as usize);
                (id, from..from + other.len())
            }
        }
    }

    /// Takes a token that reaches beyond the block at `at`. Gives the place behind it.
    #[cold]
    fn long_token(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let stop = at + rest.find(wide::is_space).unwrap_or(rest.len());
        let (code, kept) = self.odd_token(at..stop);
        self.tokens.codes.push(code);
        if SPANS {
            self.tokens.spans.push(kept);
        }
        stop
    }

    /// The code of a token of any kind and length, found without haste, and what is kept of it.
    #[inline(never)]
    fn odd_token(&self, whole: Range<usize>) -> (u32, Range<usize>) {
        let token = &self.text[whole.clone()];
        let core = wide::strip(token);
        let from = whole.start + (core.as_ptr() as usize - token.as_ptr() as usize);
        let mut kept = from..from + core.len();
        let mut id = self.find_odd(core);
        if EXTENDED && id == UNKNOWN {
            (id, kept) = self.find_otherwise(kept, whole);
        }
        if id == UNKNOWN && has_not(core.as_bytes()) {
            id = NOT_WORD;
        }
        (id | (u32::from(wide::is_upper(core)) * CAPITALS), kept)
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
