//! Finds the words and signs of a folded text in one pass.

use super::dictionary::Dictionary;
use super::fold::Folded;
use super::hash::WordHash;
use super::spelling::{self, Spelling};
use super::token::{Kind, Token, Tokens, narrow};
use super::unmask;

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
    let Tokens { list: tokens, suspects, memory } = tokens;
    tokens.clear();
    suspects.clear();
    let bytes = &folded.bytes[..];
    let mut at = skip_quoted_lines(bytes, 0);
    let (mut sentence, mut singles) = (0, 0);
    while at < bytes.len() {
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let start = at;
        let (kind, hash) = match SIGNS[bytes[at] as usize] {
            Sign::Letter => {
                let word = memory.word(bytes, at, dictionary);
                at = word.end as usize;
                if word.digits {
                    suspects.push(word.start);
                }
                if !is_link(bytes, start, at) {
                    singles += usize::from(at - start == 1);
                    tokens.push(Token { sentence, ..word });
                    continue;
                }
                at = until_space(bytes, at);
                (Kind::Link, word.hash)
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
            Sign::Apostrophe if is_single_mark(bytes, at) => {
                at += 1;
                (Kind::Quote, WordHash::new().push(b'\'').finish())
            }
            Sign::At if is_letter(bytes, at + 1) => {
                suspects.push(narrow(at));
                let word = Spelling::of(&bytes[at + 1..]);
                at += 1 + word.length;
                (Kind::Mention, word.hash)
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
        tokens.push(Token::new(kind, start..at, sentence, hash));
        if matches!(kind, Kind::Outcry { .. } | Kind::Ellipsis) {
            sentence += u32::from(ends_sentence(bytes, at));
        }
    }
    for token in tokens.iter_mut().filter(|token| token.kind == Kind::Word) {
        token.look_at_original(text, folded, dictionary);
    }
    unmask::unmask(bytes, suspects, singles, dictionary, tokens);
}

fn is_letter(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|&byte| spelling::is_letter(byte))
}

/// Whether the apostrophe at `at` may be a quotation mark: at the beginning of a word, or at the
/// end of one or of a sentence. The possessive of a plural (`the dogs' home`) may be one too, but
/// closes what nothing opened.
fn is_single_mark(bytes: &[u8], at: usize) -> bool {
    /// Words that begin with an apostrophe.
    const SHORTENED: [&[u8]; 6] = [b"tis", b"twas", b"em", b"cause", b"til", b"n"];
    let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
    if is_letter(bytes, at + 1) {
        let rest = &bytes[at + 1..];
        let is_shortened = SHORTENED.contains(&&rest[..Spelling::of(rest).length]);
        return SIGNS[before as usize] != Sign::Letter
            && !bytes[at + 1].is_ascii_digit()
            && !is_shortened;
    }
    SIGNS[before as usize] == Sign::Letter || matches!(before, b'.' | b',' | b'!' | b'?')
}

fn is_link(bytes: &[u8], start: usize, end: usize) -> bool {
    matches!(bytes.get(end), Some(b':' | b'.'))
        && matches!(&bytes[start..end], b"http" | b"https" | b"www")
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
