//! The words of a text, counted: the common English ones, and the letters of each kind.

use std::mem;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use crate::packed::{self, Packed};

/// What a text is made of.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    pub(super) words: u32,
    /// Of these, common English ones.
    pub(super) common: u32,
    /// Latin letters, and those of other scripts.
    pub(super) latin: usize,
    pub(super) other: usize,
}

impl Count {
    pub(super) fn of(text: &str) -> Self {
        let mut count = Self::default();
        let mut last: &[u8] = b"";
        let mut start = 0;
        while let Some(rest) = text.as_bytes().get(start..).filter(|rest| !rest.is_empty()) {
            let (length, letters) = Letters::before_blank(rest);
            let word = &rest[..length];
            // The same word over and over tells no more than once.
            if !word.is_empty() && !is_address(word) && mem::replace(&mut last, word) != word {
                if letters.is_ascii {
                    count.latin += letters.count;
                    count.add_word(&letters);
                } else {
                    let word = &text[start..start + length];
                    word.split_whitespace().for_each(|word| count.add(word));
                }
            }
            start += length + 1;
        }
        count
    }

    /// Adds a word in which not all is ASCII.
    fn add(&mut self, word: &str) {
        let mut letters = Letters { is_ascii: true, ..Letters::default() };
        for letter in word.chars().filter(|letter| letter.is_alphabetic()) {
            if is_latin(letter) {
                self.latin += 1;
            } else {
                self.other += 1;
            }
            match u8::try_from(letter).ok().filter(u8::is_ascii) {
                Some(letter) => letters.push(u64::from(letter.to_ascii_lowercase()), 1),
                None => letters.is_ascii = false,
            }
        }
        self.add_word(&letters);
    }

    fn add_word(&mut self, letters: &Letters) {
        // A single letter is one of a word that is s p a c e d.
        if letters.count > 1 || !letters.is_ascii {
            self.words += 1;
            self.common += u32::from(letters.are_common());
        }
    }
}

/// The letters of a word.
#[derive(Default)]
struct Letters {
    /// The first eight ASCII letters in lower case, the first one lowest.
    key: u64,
    /// How many ASCII letters there are.
    count: usize,
    /// Whether there are no others.
    is_ascii: bool,
}

impl Letters {
    /// The letters of what stands before the first ASCII blank or the end, and how many bytes that
    /// is.
    #[inline(always)]
    fn before_blank(text: &[u8]) -> (usize, Self) {
        let mut letters = Self { is_ascii: true, ..Self::default() };
        let mut length = 0;
        loop {
            let part = Packed::at(text, length);
            let blanks = part.blanks();
            let found = part.ascii_letters() & packed::before(blanks);
            letters.is_ascii &= part.wide() & packed::before(blanks) == 0;
            letters.push(part.lower().only(found), packed::count(found));
            length += packed::place(blanks);
            if blanks != 0 {
                return (length, letters);
            }
        }
    }

    /// Adds letters.
    fn push(&mut self, letters: u64, count: usize) {
        if self.count < 8 {
            self.key |= letters << (8 * self.count);
        }
        self.count += count;
    }

    fn are_common(&self) -> bool {
        self.is_ascii && self.count <= 8 && COMMON.contains(&self.key)
    }
}

/// Whether a text has at least `least` different words.
pub(super) fn has_different(text: &str, least: usize) -> bool {
    let mut met: Vec<&str> = Vec::with_capacity(least);
    text.split_whitespace().filter(|word| !is_address(word.as_bytes())).any(|word| {
        if !met.contains(&word) {
            met.push(word);
        }
        met.len() >= least
    })
}

/// Names, tags and web addresses are in no language.
fn is_address(word: &[u8]) -> bool {
    matches!(word, [b'@' | b'#', ..]) || word.starts_with(b"http") || word.starts_with(b"www.")
}

fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{ff21}'..='\u{ff5a}')
}

/// The common words, by their letters.
static COMMON: LazyLock<FxHashSet<u64>> = LazyLock::new(|| {
    let words = COMMON_WORDS.split_whitespace();
    let letters = words.map(|word| Letters::before_blank(word.as_bytes()).1);
    // A key holds no more.
    letters.filter(|letters| letters.count <= 8).map(|letters| letters.key).collect()
});

/// The commonest words of English comments, without apostrophes; words that are also common in
/// another language that uses Latin letters are left out.
const COMMON_WORDS: &str = "
    the and of to that is it you for this are with be have they not but what all were your when can
    said there which their if how about out many then them these would like him into look two more
    could go see way people my than been who oil its now find did get come made may part over
    new sound take only little work know years live back give most very after thing our just name
    good think say great where help through much before right too mean old any same tell boy follow
    came want show also around form three small set put does another well large must big even
    because turn here why ask went read need different home us move try kind again off play away
    air house should found answer still learn world high every near add food between own below
    country never last let thought city tree cross hard start might story saw far draw left late
    run dont while close night real life few got someone something nothing anyone everyone really
    yes please thanks thank sorry youre ive id hes shes theyre thats whats isnt wasnt arent cant
    wont didnt doesnt wouldnt couldnt shouldnt ill lets ur lol wow yeah nope okay hey hello stupid
    love hate bad wrong true false money government comment stop being doing going having saying
    making getting looking using trying always sometimes maybe perhaps instead without against
    those themselves yourself myself himself herself some other make time long down day by from we
    she one had each will up his at";

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn a_word_is_common_as_a_whole_and_without_its_signs() {
        for (text, common) in [
            ("people", 1),
            ("don't", 1),
            ("(About),", 1),
            ("children's people\u{2019}s", 0),
            ("sometime", 0),
            ("a b c", 0),
            ("the the the", 1),
            ("@about #about http://about", 0),
        ] {
            assert_eq!(Count::of(text).common, common, "{text}");
        }
    }
}
