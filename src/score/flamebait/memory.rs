//! Words met before: most words of a text are, and what was found out about them need not be found
//! out once more.

use super::dictionary::Dictionary;
use super::spelling::is_letter;
use super::token::{Kind, Token, narrow};
use crate::packed::{self, Packed};

/// How many bits of a word choose its place: there are so many places that common words seldom
/// displace each other, and so few that all are near the processor.
const BITS: u32 = 10;

/// Words of up to seven letters and their tokens, as these are before anybody looks at what stands
/// around them.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// None before the first word; then one for each place, though at first of no letters.
    words: Vec<(u64, Token)>,
}

impl Memory {
    /// The token of the word that begins at `at`.
    #[inline]
    pub(super) fn word(&mut self, bytes: &[u8], at: usize, dictionary: &Dictionary) -> Token {
        let Some((letters, length)) = short_word(bytes, at) else {
            return Token::of_word(bytes, at, dictionary);
        };
        // The golden ratio, as Fibonacci hashing has it.
        let place = letters.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - BITS);
        let known = match self.words.get(place as usize) {
            Some((known, token)) if *known == letters => *token,
            _ => self.keep(place as usize, letters, Token::of_word(bytes, at, dictionary)),
        };
        Token { start: narrow(at), end: narrow(at + length), ..known }
    }

    fn keep(&mut self, place: usize, letters: u64, token: Token) -> Token {
        self.words.resize(1 << BITS, (0, Token::new(Kind::Word, 0..0, 0, 0)));
        self.words[place] = (letters, token);
        token
    }
}

/// The word that begins at `at`, the first letter lowest, and its length; `None` if it has more
/// than seven letters or others than those from `a` to `z`.
#[inline]
fn short_word(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let packed = Packed::at(bytes, at);
    let others = !packed.between(b'a', b'z') & packed::MARKS;
    let length = packed::place(others);
    let goes_on = |&next: &u8| is_letter(next) || next == b'\'';
    let is_whole = (1..8).contains(&length) && !bytes.get(at + length).is_some_and(goes_on);
    is_whole.then(|| (packed.before(others), length))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Memory;
    use crate::score::flamebait::dictionary::BUILT_IN;
    use crate::score::flamebait::token::Token;

    #[test]
    fn short_words_are_those_of_letters_only() {
        let short = |text: &str| super::short_word(text.as_bytes(), 0).map(|(_, length)| length);
        assert_eq!(["a", "tram, x", "tram-line", "thought"].map(short), [1, 4, 4, 7].map(Some));
        let others = ["thoughts", "don't", "dogs' home", "mp3", "na\u{ef}ve", "4you", "'tis", ""];
        assert_eq!(others.map(short), [None; 8]);
    }

    proptest! {
        #[test]
        fn a_word_is_known_again_as_it_was_found_out(words in prop::collection::vec("[a-z]{1,3}|stu+pid|[a-z'1\u{e9}]{1,10}", 1..200)) {
            let mut memory = Memory::default();
            let text = words.join(" ");
            let bytes = text.as_bytes();
            for at in (0..bytes.len()).filter(|&at| crate::score::flamebait::spelling::is_letter(bytes[at])) {
                let found = format!("{:?}", Token::of_word(bytes, at, &BUILT_IN));
                for _ in 0..2 {
                    prop_assert_eq!(format!("{:?}", memory.word(bytes, at, &BUILT_IN)), found.clone());
                }
            }
        }
    }
}
