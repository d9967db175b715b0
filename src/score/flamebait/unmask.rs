//! Reads offensive words that are spelt so that a filter should miss them.
//!
//! Look-alike, full-width and invisible letters are gone already (see `fold`), repeated letters are
//! cut while hashing, and words with swapped, dropped or doubled letters stand in the dictionary as
//! near misses. What is left needs the signs between the letters: `1d10t`, `s t u p i d`, `f**k`.

use std::ops::Range;

use super::dictionary::{Dictionary, Target};
use super::hash::WordHash;
use super::token::{Kind, Token};

/// Replaces disguised words in `tokens` by what they stand for. `suspects` are the places of signs
/// that touch a letter; `singles` words have a single letter.
pub(super) fn unmask(
    bytes: &[u8],
    suspects: &[u32],
    singles: usize,
    dictionary: &Dictionary,
    tokens: &mut Vec<Token>,
) {
    for &suspect in suspects.iter().rev() {
        let chunk = chunk(bytes, suspect as usize);
        if let Some(word) = read_leet(&bytes[chunk.clone()], dictionary)
            .or_else(|| read_mask(&bytes[chunk.clone()], dictionary))
        {
            let first = tokens.partition_point(|token| token.range().end <= chunk.start);
            let last = tokens.partition_point(|token| token.range().start < chunk.end);
            replace(tokens, first..last, chunk, word, dictionary);
        }
    }
    if singles >= SHORTEST {
        join_single_letters(bytes, dictionary, tokens);
    }
}

/// The letters, digits and signs around `at`, without the punctuation at the end.
fn chunk(bytes: &[u8], at: usize) -> Range<usize> {
    let belongs = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte >= 0x80 || is_sign(**byte);
    let start = at - bytes[..at].iter().rev().take_while(belongs).count();
    let mut end = at + bytes[at..].iter().take_while(belongs).count();
    while end > start && bytes[end - 1] == b'!' {
        end -= 1;
    }
    start..end.max(start)
}

/// Signs that stand for letters.
pub(super) fn is_sign(byte: u8) -> bool {
    matches!(byte, b'*' | b'#' | b'@' | b'$' | b'%' | b'&' | b'^' | b'~' | b'+' | b'|' | b'!')
}

/// Shorter disguises than this are left alone.
const SHORTEST: usize = 3;
/// Longer ones too.
const LONGEST: usize = 24;
/// How many readings of digits as letters are tried.
const MOST_READINGS: usize = 32;

/// The letters that a digit or sign may stand for.
fn readings(byte: u8) -> &'static [u8] {
    match byte {
        b'0' => b"o",
        b'1' | b'!' | b'|' => b"il",
        b'3' => b"e",
        b'4' | b'@' => b"a",
        b'5' | b'$' => b"s",
        b'7' | b'+' => b"t",
        b'8' => b"b",
        b'9' => b"g",
        _ => b"",
    }
}

/// Reads digits and signs as the letters that they look like.
fn read_leet(chunk: &[u8], dictionary: &Dictionary) -> Option<u32> {
    let is_leet = |byte: &u8| !readings(*byte).is_empty();
    let enough = (SHORTEST..=LONGEST).contains(&chunk.len());
    let letters = chunk.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if !enough
        || letters == 0
        || !chunk.iter().all(|byte| byte.is_ascii_alphabetic() || is_leet(byte))
    {
        return None;
    }
    // A number with one letter is dice (1d10) or a model (A55), unless it spells a word exactly (1d107).
    let is_number = letters == 1 && chunk.iter().all(u8::is_ascii_alphanumeric);
    if is_number && chunk[0].is_ascii_alphabetic() {
        return None;
    }
    let choices = chunk.iter().filter(|&&byte| readings(byte).len() > 1).count();
    let readings_of_all = 1_usize.checked_shl(u32::try_from(choices).ok()?)?.min(MOST_READINGS);
    (0..readings_of_all).find_map(|reading| {
        let mut choice = reading;
        let mut word = [0; LONGEST];
        for (place, &byte) in word.iter_mut().zip(chunk) {
            let letters = readings(byte);
            *place = match letters.len() {
                0 => byte,
                1 => letters[0],
                _ => {
                    let letter = letters[choice % 2];
                    choice /= 2;
                    letter
                }
            };
        }
        let word = &word[..chunk.len()];
        if is_number {
            let spelt_so = |number: &u32| {
                dictionary.spelling(*number).is_some_and(|spelling| spelling.as_bytes() == word)
            };
            return dictionary.offensive(word).filter(spelt_so);
        }
        dictionary.offensive(word).or_else(|| unrepeated(word, dictionary))
    })
}

/// The offensive word that is left when repeated letters are cut, if any letter is repeated.
fn unrepeated(word: &[u8], dictionary: &Dictionary) -> Option<u32> {
    let letters = || word.chunk_by(|one, next| one == next).map(|run| run[0]);
    let left = letters().count();
    if left == word.len() || left < SHORTEST {
        return None;
    }
    dictionary.offensive_hash(letters().fold(WordHash::new(), WordHash::push).finish())
}

/// Reads `f**k`: the first letter stands, each sign is a letter, and a run of two signs or more may
/// be one longer or shorter.
fn read_mask(chunk: &[u8], dictionary: &Dictionary) -> Option<u32> {
    let is_mark = |byte: &u8| matches!(byte, b'*' | b'#' | b'@' | b'$' | b'%' | b'&' | b'^' | b'~');
    let known = chunk.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    let marks = chunk.iter().filter(|byte| is_mark(byte)).count();
    if known + marks != chunk.len() || marks == 0 || !(SHORTEST..=LONGEST).contains(&chunk.len()) {
        return None;
    }
    if !chunk[0].is_ascii_alphabetic() {
        return None;
    }
    let usual = dictionary.masks().iter().find(|mask| mask.0 == chunk).map(|mask| mask.1);
    if known == 1 || usual.is_some() {
        return usual;
    }
    let targets = dictionary.offensive_words(chunk[0]);
    let fits = |chunk: &[u8]| {
        targets.iter().find(|target| matches(chunk, target)).map(|target| target.number)
    };
    fits(chunk).or_else(|| {
        let run = chunk.windows(2).position(|pair| is_mark(&pair[0]) && is_mark(&pair[1]))?;
        let shorter = [&chunk[..run], &chunk[run + 1..]].concat();
        let longer = [&chunk[..=run], &chunk[run..]].concat();
        fits(&longer).or_else(|| (known >= 2).then(|| fits(&shorter)).flatten())
    })
}

/// Whether a chunk with signs is the word letter by letter.
fn matches(chunk: &[u8], target: &Target) -> bool {
    let word = target.word.as_bytes();
    chunk.len() == word.len()
        && chunk
            .iter()
            .zip(word)
            .all(|(&byte, &letter)| byte == letter || !byte.is_ascii_alphabetic())
}

/// Joins runs of single letters with one and the same sign between them.
fn join_single_letters(bytes: &[u8], dictionary: &Dictionary, tokens: &mut Vec<Token>) {
    let is_single = |token: &Token| token.kind == Kind::Word && token.end - token.start == 1;
    let gap = |a: &Token, b: &Token| (b.start - a.end == 1).then(|| bytes[a.end as usize]);
    let mut first = 0;
    while first < tokens.len() {
        if !is_single(&tokens[first]) {
            first += 1;
            continue;
        }
        let separator = tokens.get(first + 1).and_then(|next| gap(&tokens[first], next));
        let mut end = first + 1;
        while end < tokens.len()
            && is_single(&tokens[end])
            && separator.is_some()
            && gap(&tokens[end - 1], &tokens[end]) == separator
        {
            end += 1;
        }
        if end - first >= SHORTEST {
            join(bytes, first..end, dictionary, tokens);
        }
        // A shorter run may hold the first letter of a longer one.
        first = if end - first >= 2 { end - 1 } else { end }.max(first + 1);
    }
}

/// How many letters at each end of a run may be ordinary one-letter words.
const TRIMMED: usize = 2;

fn join(bytes: &[u8], run: Range<usize>, dictionary: &Dictionary, tokens: &mut Vec<Token>) {
    let letters: Vec<u8> =
        tokens[run.clone()].iter().map(|token| bytes[token.start as usize]).collect();
    for trimmed in 0..=2 * TRIMMED {
        for front in trimmed.saturating_sub(TRIMMED)..=trimmed.min(TRIMMED) {
            let Some(end) = letters
                .len()
                .checked_sub(trimmed - front)
                .filter(|end| end - end.min(&front) >= SHORTEST)
            else {
                continue;
            };
            let word = dictionary
                .offensive(&letters[front..end])
                .or_else(|| unrepeated(&letters[front..end], dictionary));
            if let Some(word) = word {
                let range = run.start + front..run.start + end;
                let span = tokens[range.start].range().start..tokens[range.end - 1].range().end;
                return replace(tokens, range, span, word, dictionary);
            }
        }
    }
}

/// Puts one token for a disguised word in the place of those in `range`.
fn replace(
    tokens: &mut Vec<Token>,
    range: Range<usize>,
    span: Range<usize>,
    word: u32,
    dictionary: &Dictionary,
) {
    let sentence =
        match (tokens.get(range.start), range.start.checked_sub(1).map(|before| tokens[before])) {
            (Some(token), _) => token.sentence,
            (None, Some(before)) => before.sentence,
            (None, None) => 0,
        };
    let mut token = Token::new(Kind::Word, span, sentence, 0);
    token.read_as(word, dictionary);
    token.disguised = true;
    tokens.splice(range, [token]);
}

/// The ways to miss a word by one letter: two neighbours swapped, one dropped, one doubled. The
/// first letter always stands.
pub(super) fn near_misses(word: &str, mut each: impl FnMut(u64)) {
    let bytes = word.as_bytes();
    let hash = |letters: &mut dyn Iterator<Item = u8>| {
        letters.fold(WordHash::new(), WordHash::push).finish()
    };
    for at in 1..bytes.len() {
        let (before, from) = bytes.split_at(at);
        if at + 1 < bytes.len() {
            let swapped = before.iter().chain([&from[1], &from[0]]).chain(&from[2..]);
            each(hash(&mut swapped.copied()));
        }
        if bytes.len() >= LONG_ENOUGH_TO_DROP {
            each(hash(&mut before.iter().chain(&from[1..]).copied()));
        }
        each(hash(&mut before.iter().chain([&from[0]]).chain(from).copied()));
    }
    let doubled = bytes[..1].iter().chain(bytes);
    each(hash(&mut doubled.copied()));
}

/// Words shorter than this are still words when a letter is dropped.
const LONG_ENOUGH_TO_DROP: usize = 5;

/// The hash of a word whose repeated letters are cut, if there are enough of them to be a trick.
pub(super) fn without_repeats(bytes: &[u8]) -> Option<u64> {
    let mut hash = WordHash::new();
    let (mut last, mut left, mut longest, mut run) = (0, 0, 1, 1);
    let mut doubles = 0;
    for &byte in bytes {
        if byte == last {
            run += 1;
            longest = longest.max(run);
            doubles += usize::from(run == 2);
        } else {
            run = 1;
            hash = hash.push(byte);
            left += 1;
        }
        last = byte;
    }
    (left >= SHORTEST && (longest >= 3 || doubles >= 2)).then(|| hash.finish())
}

/// Forms in which only the first letter stands, and what everybody reads.
pub(super) const FIRST_LETTER_MASKS: [(&[u8], &str); 12] = [
    (b"f***", "fuck"),
    (b"f**", "fuck"),
    (b"f******", "fucking"),
    (b"s***", "shit"),
    (b"s**t", "shit"),
    (b"b****", "bitch"),
    (b"b******", "bastard"),
    (b"a**", "ass"),
    (b"a******", "asshole"),
    (b"c***", "cunt"),
    (b"d***", "dick"),
    (b"n*****", "nigger"),
];
