//! Words and signs of a folded text, found in one pass.

use super::category::{Class, Marks};
use super::dictionary::Dictionary;
use super::fold::Folded;
use super::hash::WordHash;

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
            0x61..=0x7a | 0x30..=0x39 | 0x5f | 0x80..=0xff => Sign::Letter,
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
pub(super) fn tokenise(
    text: &str,
    folded: &Folded,
    dictionary: &Dictionary,
    tokens: &mut Vec<Token>,
) {
    tokens.clear();
    let bytes = &folded.bytes[..];
    let mut at = skip_quoted_lines(bytes, 0);
    let mut sentence = 0;
    while at < bytes.len() {
        let start = at;
        let (kind, hash) = match SIGNS[bytes[at] as usize] {
            Sign::Letter => {
                let (end, hash) = word(bytes, at);
                at = end;
                if is_link(bytes, start, end) {
                    at = until_space(bytes, end);
                    (Kind::Link, hash)
                } else {
                    (Kind::Word, hash)
                }
            }
            Sign::Outcry => {
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
            Sign::At
                if bytes.get(at + 1).is_some_and(|&next| SIGNS[next as usize] == Sign::Letter) =>
            {
                let (end, hash) = word(bytes, at + 1);
                at = end;
                (Kind::Mention, hash)
            }
            Sign::Line => {
                at = skip_quoted_lines(bytes, at + 1);
                sentence += 1;
                continue;
            }
            Sign::Space | Sign::Apostrophe | Sign::At | Sign::Other => {
                at += 1;
                continue;
            }
        };
        let mut token = Token::new(kind, start..at, sentence, hash);
        if kind == Kind::Word {
            token.look_up(dictionary);
            token.look_at_case(text, folded);
        } else if matches!(kind, Kind::Outcry { .. } | Kind::Ellipsis) {
            sentence += u32::from(ends_sentence(bytes, at));
        }
        tokens.push(token);
    }
}

impl Token {
    fn new(kind: Kind, range: std::ops::Range<usize>, sentence: u32, hash: u64) -> Self {
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

    pub(super) fn look_up(&mut self, dictionary: &Dictionary) {
        self.word = dictionary.number(self.hash);
        let known = dictionary.get(self.word);
        self.marks = known.marks;
        self.valence = known.valence;
    }

    fn look_at_case(&mut self, text: &str, folded: &Folded) {
        let range = folded.original(self.start as usize..self.end as usize);
        let original = &text.as_bytes()[range];
        if original.first().is_some_and(u8::is_ascii_uppercase) {
            self.capitalised = true;
            self.capitals = original.len() >= 3
                && original[1].is_ascii_uppercase()
                && !original.iter().any(u8::is_ascii_lowercase);
        }
    }

    /// The range in the folded text.
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Folded texts are shorter than 2^32 bytes.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The end of the word that begins at `start`, and its hash with runs of a letter cut to two.
fn word(bytes: &[u8], start: usize) -> (usize, u64) {
    let mut hash = WordHash::new();
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
        at += 1;
    }
    (at, hash.finish())
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
    use super::{Kind, tokenise};
    use crate::score::flamebait::dictionary::BUILT_IN;
    use crate::score::flamebait::fold::Folded;

    fn tokens(text: &str) -> Vec<(Kind, String, u32)> {
        let (mut folded, mut tokens) = (Folded::default(), Vec::new());
        folded.fold(text);
        tokenise(text, &folded, &BUILT_IN, &mut tokens);
        let word = |range| String::from_utf8_lossy(&folded.bytes[range]).into_owned();
        tokens.iter().map(|token| (token.kind, word(token.range()), token.sentence)).collect()
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
