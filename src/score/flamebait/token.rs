//! Words and signs of a folded text, found in one pass.

use super::category::{Class, Marks};
use super::dictionary::Dictionary;
use super::fold::Folded;
use super::hash::WordHash;
use super::unmask;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, digits and inner apostrophes.
    Word,
    /// A run of `!` and `?`; `asks` if there is a `?` in it.
    Outcry { asks: bool },
    /// Two dots or more.
    Ellipsis,
    /// A double quotation mark.
    Quote,
    /// A name behind an `@`.
    Mention,
    /// A web address.
    Link,
}

/// A word or sign.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Range in the folded text.
    pub(super) start: u32,
    pub(super) end: u32,
    /// The sentence it stands in, from 0.
    pub(super) sentence: u32,
    pub(super) hash: u64,
    /// Its number in the dictionary; 0 if it is not there.
    pub(super) word: u32,
    pub(super) marks: Marks,
    pub(super) valence: f32,
    /// The classes of the entries that it is part of, as bits.
    pub(super) classes: u16,
    /// Three or more letters, all capitals.
    pub(super) capitals: bool,
    /// Begins with a capital.
    pub(super) capitalised: bool,
    /// Spelt so that a filter should miss it.
    pub(super) disguised: bool,
    /// Part of an attack that is not the writer's own: denied, reported, or on the writer.
    pub(super) neutral: bool,
}

impl Token {
    pub(super) fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }

    pub(super) fn has(&self, marks: Marks) -> bool {
        self.marks & marks != 0
    }

    pub(super) fn is(&self, class: Class) -> bool {
        self.classes & 1 << class as u16 != 0
    }
}

/// The tokens of a text, and the buffer that finding them needs.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// Places of digits and signs that may stand for letters.
    suspects: Vec<u32>,
}

/// What a byte of the folded text can be part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Letter,
    Apostrophe,
    Space,
    Line,
    Outcry,
    Dot,
    Quote,
    At,
    Other,
}

static SIGNS: [Sign; 256] = signs();

const fn signs() -> [Sign; 256] {
    let mut signs = [Sign::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        signs[byte] = match byte {
            0x61..=0x7a | 0x30..=0x39 | 0x80..=0xff => Sign::Letter,
            0x27 => Sign::Apostrophe,
            0x20 | 0x09 => Sign::Space,
            0x0a | 0x0d => Sign::Line,
            0x21 | 0x3f => Sign::Outcry,
            0x2e => Sign::Dot,
            0x22 => Sign::Quote,
            0x40 => Sign::At,
            _ => Sign::Other,
        };
        byte += 1;
    }
    signs
}

/// Finds the tokens of `folded`, the folded form of `text`. Lines that begin with `>` are
/// somebody else's and skipped.
pub(super) fn tokenise(text: &str, folded: &Folded, dictionary: &Dictionary, tokens: &mut Tokens) {
    let Tokens { list: tokens, suspects } = tokens;
    tokens.clear();
    suspects.clear();
    let bytes = &folded.bytes[..];
    let mut at = skip_quoted_lines(bytes, 0);
    let mut sentence = 0;
    while at < bytes.len() {
        let start = at;
        let (kind, hash) = match SIGNS[bytes[at] as usize] {
            Sign::Letter => {
                let (end, hash, digits) = word(bytes, at);
                at = end;
                if digits {
                    suspects.push(narrow(start));
                }
                if is_link(bytes, start, end) {
                    at = until_space(bytes, end);
                    (Kind::Link, hash)
                } else {
                    (Kind::Word, hash)
                }
            }
            Sign::Outcry => {
                if is_letter(bytes, at + 1) && at > 0 && is_letter(bytes, at - 1) {
                    suspects.push(narrow(at));
                }
                at = while_sign(bytes, at, Sign::Outcry);
                let run = &bytes[start..at];
                let mut hash = WordHash::new();
                for &byte in &run[..run.len().min(3)] {
                    hash = hash.push(byte);
                }
                (Kind::Outcry { asks: run.contains(&b'?') }, hash.finish())
            }
            Sign::Dot => {
                at = while_sign(bytes, at, Sign::Dot);
                if at - start == 1 {
                    sentence += u32::from(ends_sentence(bytes, at));
                    continue;
                }
                (Kind::Ellipsis, WordHash::new().push(b'.').push(b'.').finish())
            }
            Sign::Quote => {
                at += 1;
                (Kind::Quote, WordHash::new().push(b'"').finish())
            }
            Sign::At if is_letter(bytes, at + 1) => {
                suspects.push(narrow(at));
                let (end, hash, _) = word(bytes, at + 1);
                at = end;
                (Kind::Mention, hash)
            }
            Sign::Line => {
                at = skip_quoted_lines(bytes, at + 1);
                sentence += 1;
                continue;
            }
            Sign::Space | Sign::Apostrophe | Sign::At | Sign::Other => {
                if unmask::is_sign(bytes[at])
                    && (is_letter(bytes, at + 1) || at > 0 && is_letter(bytes, at - 1))
                {
                    suspects.push(narrow(at));
                }
                at += 1;
                continue;
            }
        };
        let mut token = Token::new(kind, start..at, sentence, hash);
        if kind == Kind::Word {
            token.look_up(bytes, dictionary);
            token.look_at_original(text, folded, dictionary);
        } else if matches!(kind, Kind::Outcry { .. } | Kind::Ellipsis) {
            sentence += u32::from(ends_sentence(bytes, at));
        }
        tokens.push(token);
    }
    unmask::unmask(bytes, suspects, dictionary, tokens);
}

fn is_letter(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|&byte| SIGNS[byte as usize] == Sign::Letter)
}

impl Token {
    pub(super) fn new(kind: Kind, range: std::ops::Range<usize>, sentence: u32, hash: u64) -> Self {
        Self {
            kind,
            start: narrow(range.start),
            end: narrow(range.end),
            sentence,
            hash,
            word: 0,
            marks: 0,
            valence: 0.0,
            classes: 0,
            capitals: false,
            capitalised: false,
            disguised: false,
            neutral: false,
        }
    }

    fn look_up(&mut self, bytes: &[u8], dictionary: &Dictionary) {
        let number = dictionary.number(self.hash);
        let known = dictionary.get(number);
        if known.reads_as != 0 {
            self.disguised = true;
            self.read_as(known.reads_as, dictionary);
        } else if let Some(number) =
            (number == 0).then(|| unrepeated(&bytes[self.range()], dictionary)).flatten()
        {
            self.disguised = true;
            self.read_as(number, dictionary);
        } else {
            (self.word, self.marks, self.valence) = (number, known.marks, known.valence);
        }
    }

    /// Takes the token for the word with that number.
    pub(super) fn read_as(&mut self, number: u32, dictionary: &Dictionary) {
        let known = dictionary.get(number);
        (self.word, self.marks, self.valence) = (number, known.marks, known.valence);
        self.hash = dictionary.hash(number);
    }

    fn look_at_original(&mut self, text: &str, folded: &Folded, dictionary: &Dictionary) {
        let original = &text.as_bytes()[folded.original(self.range())];
        if original.first().is_some_and(u8::is_ascii_uppercase) {
            self.capitalised = true;
            self.capitals = original.len() >= 3
                && original[1].is_ascii_uppercase()
                && !original.iter().any(u8::is_ascii_lowercase);
        }
        // Look-alike or invisible letters inside.
        self.disguised |= !original.is_ascii() && dictionary.get(self.word).offensive;
    }

    /// The range in the folded text.
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The offensive word that a word with repeated letters stands for.
fn unrepeated(bytes: &[u8], dictionary: &Dictionary) -> Option<u32> {
    unmask::without_repeats(bytes).and_then(|hash| dictionary.offensive_hash(hash))
}

/// Folded texts are shorter than 2^32 bytes.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The end of the word that begins at `start`, its hash with runs of a letter cut to two, and
/// whether there are digits among the letters.
fn word(bytes: &[u8], start: usize) -> (usize, u64, bool) {
    let mut hash = WordHash::new();
    let (mut digits, mut letters) = (false, false);
    let (mut at, mut run, mut last) = (start, 0, 0);
    while at < bytes.len() {
        let byte = bytes[at];
        match SIGNS[byte as usize] {
            Sign::Letter => {}
            Sign::Apostrophe
                if bytes.get(at + 1).is_some_and(|&next| SIGNS[next as usize] == Sign::Letter) => {}
            _ => break,
        }
        run = if byte == last { run + 1 } else { 1 };
        last = byte;
        if run <= 2 {
            hash = hash.push(byte);
        }
        digits |= byte.is_ascii_digit();
        letters |= !byte.is_ascii_digit();
        at += 1;
    }
    (at, hash.finish(), digits && letters)
}

fn is_link(bytes: &[u8], start: usize, end: usize) -> bool {
    matches!(&bytes[start..end], b"http" | b"https" | b"www")
        && matches!(bytes.get(end), Some(b':' | b'.'))
}

fn until_space(bytes: &[u8], start: usize) -> usize {
    let rest = bytes[start..].iter();
    start
        + rest
            .take_while(|&&byte| !matches!(SIGNS[byte as usize], Sign::Space | Sign::Line))
            .count()
}

fn while_sign(bytes: &[u8], start: usize, sign: Sign) -> usize {
    start + bytes[start..].iter().take_while(|&&byte| SIGNS[byte as usize] == sign).count()
}

/// Whether a sentence ends before `at`: white space, a closing sign or nothing follows.
fn ends_sentence(bytes: &[u8], at: usize) -> bool {
    bytes
        .get(at)
        .is_none_or(|&next| matches!(next, b' ' | b'\t' | b'\n' | b'\r' | b'"' | b'\'' | b')'))
}

/// Where the next line begins that is the writer's own.
fn skip_quoted_lines(bytes: &[u8], mut start: usize) -> usize {
    loop {
        let rest = &bytes[start..];
        let indent = rest.iter().take_while(|&&byte| byte == b' ').count();
        if rest.get(indent) != Some(&b'>') {
            return start;
        }
        match memchr::memchr(b'\n', rest) {
            Some(end) => start += end + 1,
            None => return bytes.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Tokens, tokenise};
    use crate::score::flamebait::dictionary::BUILT_IN;
    use crate::score::flamebait::fold::Folded;

    fn tokens(text: &str) -> Vec<(Kind, String, u32)> {
        let (mut folded, mut tokens) = (Folded::default(), Tokens::default());
        folded.fold(text);
        tokenise(text, &folded, &BUILT_IN, &mut tokens);
        let word = |range| String::from_utf8_lossy(&folded.bytes[range]).into_owned();
        tokens.list.iter().map(|token| (token.kind, word(token.range()), token.sentence)).collect()
    }

    #[test]
    fn words_keep_inner_apostrophes_and_sentences_are_counted() {
        let words: Vec<_> = tokens("Don't! 'Tis what? it is. Yes")
            .into_iter()
            .map(|(_, word, n)| (word, n))
            .collect();
        let expected = [
            ("don't", 0),
            ("!", 0),
            ("tis", 1),
            ("what", 1),
            ("?", 1),
            ("it", 2),
            ("is", 2),
            ("yes", 3),
        ];
        assert_eq!(words, expected.map(|(word, sentence)| (word.to_owned(), sentence)));
    }

    #[test]
    fn mentions_and_links_are_one_token_each() {
        let kinds: Vec<_> =
            tokens("@Ann see http://a.b/c?d now").into_iter().map(|(kind, ..)| kind).collect();
        assert_eq!(kinds, [Kind::Mention, Kind::Word, Kind::Link, Kind::Word]);
    }

    #[test]
    fn quoted_lines_are_skipped() {
        assert_eq!(tokens("> you said\n>> this\nmine").len(), 1);
        assert_eq!(tokens("> only a quote").len(), 0);
    }
}
