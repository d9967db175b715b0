//! Cuts a text into the pieces that the token model knows: whole words where it knows them, else
//! the longest beginnings and continuations that it knows (`WordPiece`, Wu et al. 2016).

use crate::score::flamebait::category::mark;
use crate::score::flamebait::dictionary::BUILT_IN;
use crate::score::flamebait::hash::{HashTable, WordHash, word};
use crate::score::flamebait::token::{Kind, Token};

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::score::flamebait) struct Piece {
    /// Its number in the vocabulary.
    pub(in crate::score::flamebait) number: u32,
    /// The token that it is part of; none for a sign between two tokens.
    pub(in crate::score::flamebait) token: Option<u32>,
}

/// The pieces that a model knows, by their place in its list.
#[derive(Debug)]
pub(in crate::score::flamebait) struct Vocabulary {
    table: HashTable,
    unknown: u32,
}

/// What stands for a word of which not all pieces are known.
const UNKNOWN: &str = "[UNK]";
/// What stands for an attack that is not the writer's.
const NEUTRAL: &str = "[NEUTRAL]";
const LINK: &str = "[LINK]";
const MENTION: &str = "[MENTION]";
/// What stands for any name of a group of people, so that none is learnt by heart.
const GROUP: &str = "people";

/// More pieces of a text are not looked at.
pub(in crate::score::flamebait) const MOST_PIECES: usize = 96;
/// Longer pieces are not looked for.
const LONGEST_PIECE: usize = 20;
/// A sign that stands more often in a row counts no more.
const MOST_SIGNS: usize = 3;

impl Vocabulary {
    /// A vocabulary of the pieces in `list`; those that continue a word begin with `##`.
    pub(in crate::score::flamebait) fn new<'a>(
        list: impl ExactSizeIterator<Item = &'a str>,
    ) -> Self {
        let mut table = HashTable::with_room(list.len());
        for (number, piece) in (0..).zip(list) {
            table.get_or_insert(word(piece.as_bytes()), number);
        }
        let unknown = table.get(word(UNKNOWN.as_bytes())).unwrap_or(0);
        Self { table, unknown }
    }

    /// The pieces of the folded text `bytes` with these tokens.
    pub(in crate::score::flamebait) fn cut(
        &self,
        bytes: &[u8],
        tokens: &[Token],
        pieces: &mut Vec<Piece>,
    ) {
        pieces.clear();
        units(bytes, tokens, |unit, hash, token| {
            let whole = self.table.get(hash.unwrap_or_else(|| word(unit)));
            match whole {
                Some(number) => pieces.push(Piece { number, token }),
                None => self.cut_word(unit, token, pieces),
            }
            pieces.len() < MOST_PIECES
        });
        pieces.truncate(MOST_PIECES);
    }

    /// Cuts a word that is not known as a whole, at its apostrophes first.
    fn cut_word(&self, word: &[u8], token: Option<u32>, pieces: &mut Vec<Piece>) {
        for part in word.chunk_by(|&a, &b| a != b'\'' && b != b'\'') {
            let first = pieces.len();
            let mut start = 0;
            while start < part.len() {
                let Some((end, number)) = self.longest(part, start) else {
                    pieces.truncate(first);
                    pieces.push(Piece { number: self.unknown, token });
                    break;
                };
                pieces.push(Piece { number, token });
                start = end;
            }
        }
    }

    /// The longest known piece that begins at `start`: its end and its number.
    fn longest(&self, word: &[u8], start: usize) -> Option<(usize, u32)> {
        let mut hash = WordHash::new();
        if start > 0 {
            hash = hash.push(b'#').push(b'#');
        }
        let mut longest = None;
        for (at, &byte) in word.iter().enumerate().skip(start).take(LONGEST_PIECE) {
            hash = hash.push(byte);
            longest = self.table.get(hash.finish()).map(|number| (at + 1, number)).or(longest);
        }
        longest
    }
}

/// Hands over the words and signs of a text as the token model sees them: the letters, their hash
/// where it is known, and the token. Goes on while the answer is true.
pub(in crate::score::flamebait) fn units(
    bytes: &[u8],
    tokens: &[Token],
    mut each: impl FnMut(&[u8], Option<u64>, Option<u32>) -> bool,
) {
    let (mut end, mut quoting) = (0, false);
    for (at, token) in (0..).zip(tokens) {
        // A whole quotation is one piece.
        let is_begun = std::mem::replace(&mut quoting, token.quoted) && token.quoted;
        let gap = bytes.get(end..token.range().start).unwrap_or_default();
        end = token.range().end;
        if is_begun {
            continue;
        }
        if !signs(gap, None, &mut each) {
            return;
        }
        let here = Some(at);
        let goes_on = match token.kind {
            _ if token.quoted => each(NEUTRAL.as_bytes(), None, here),
            Kind::Mention => each(MENTION.as_bytes(), None, here),
            Kind::Link => each(LINK.as_bytes(), None, here),
            Kind::Outcry { .. } | Kind::Ellipsis | Kind::Quote => {
                signs(&bytes[token.range()], here, &mut each)
            }
            Kind::Word if token.has(mark::IDENTITY) => each(GROUP.as_bytes(), None, here),
            Kind::Word if token.neutral => each(NEUTRAL.as_bytes(), None, here),
            Kind::Word => {
                let meant = token.disguised.then(|| BUILT_IN.spelling(token.word)).flatten();
                each(meant.map_or(&bytes[token.range()], str::as_bytes), Some(token.hash), here)
            }
        };
        if !goes_on {
            return;
        }
    }
    signs(bytes.get(end..).unwrap_or_default(), None, &mut each);
}

/// Hands over the signs in a gap between two tokens; none of a line that is somebody else's.
fn signs(
    gap: &[u8],
    token: Option<u32>,
    each: &mut impl FnMut(&[u8], Option<u64>, Option<u32>) -> bool,
) -> bool {
    if gap.iter().any(u8::is_ascii_alphanumeric) {
        return true;
    }
    let runs = gap.chunk_by(|a, b| a == b).filter(|run| run[0].is_ascii_punctuation());
    let mut shortened = runs.flat_map(|run| run[..run.len().min(MOST_SIGNS)].chunks(1));
    shortened.all(|sign| each(sign, None, token))
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;
    use crate::score::flamebait::reader::Reader;

    const LIST: [&str; 16] = [
        "[UNK]",
        "[NEUTRAL]",
        "[LINK]",
        "[MENTION]",
        "people",
        "you",
        "are",
        "stupid",
        "un",
        "##do",
        "##able",
        "don't",
        "'",
        "!",
        ".",
        "s",
    ];

    fn pieces(text: &str) -> Vec<&'static str> {
        let (mut reader, mut pieces) = (Reader::default(), Vec::new());
        reader.read(text);
        let vocabulary = Vocabulary::new(LIST.into_iter());
        vocabulary.cut(&reader.folded.bytes, &reader.tokens.list, &mut pieces);
        pieces.iter().map(|piece| LIST[piece.number as usize]).collect()
    }

    #[test]
    fn words_are_cut_into_the_longest_pieces_that_are_known() {
        assert_eq!(
            pieces("Don't undoable you's."),
            ["don't", "un", "##do", "##able", "you", "'", "s", "."]
        );
        assert_eq!(pieces("unknown"), ["[UNK]"]);
    }

    #[test]
    fn disguises_are_read_and_runs_of_signs_are_short() {
        assert_eq!(pieces("You are s.t.u.p.i.d!!!!!"), ["you", "are", "stupid", "!", "!", "!"]);
    }

    #[test]
    fn names_addresses_groups_and_what_others_said_are_all_one() {
        assert_eq!(pieces("@Ann http://example.org/a.b"), ["[MENTION]", "[LINK]"]);
        assert_eq!(pieces("Muslims are Canadians."), ["people", "are", "people", "."]);
        assert_eq!(pieces("> you are\nyou are not stupid")[2..], ["[UNK]", "[NEUTRAL]"]);
    }
}
