//! The words of a text, counted: the common English ones, and the letters of each kind.

use std::mem;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;

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
        let mut last = "";
        let (mut start, mut key, mut letters, mut is_ascii) = (0, 0, 0, true);
        for at in 0..=text.len() {
            let byte = text.as_bytes().get(at).copied();
            match byte.map_or(BLANK, |byte| LOWER[usize::from(byte)]) {
                BLANK => {
                    let word = &text[start..at];
                    // The same word over and over tells no more than once.
                    if !word.is_empty()
                        && !is_address(word)
                        && mem::replace(&mut last, word) != word
                    {
                        if is_ascii {
                            count.latin += letters;
                            count.add_word((letters <= 8).then_some(Packed(key)));
                        } else {
                            word.split_whitespace().for_each(|word| count.add(word));
                        }
                    }
                    (start, key, letters, is_ascii) = (at + 1, 0, 0, true);
                }
                NO_LETTER => is_ascii &= byte.is_some_and(|byte| byte.is_ascii()),
                letter => {
                    key = key << 8 | u64::from(letter);
                    letters += 1;
                }
            }
        }
        count
    }

    fn add(&mut self, word: &str) {
        let mut key = Some(Packed::default());
        for letter in word.chars().filter(|letter| letter.is_alphabetic()) {
            if is_latin(letter) {
                self.latin += 1;
            } else {
                self.other += 1;
            }
            key = key.and_then(|key| key.push(letter));
        }
        self.add_word(key);
    }

    fn add_word(&mut self, key: Option<Packed>) {
        match key {
            // Nothing, or a letter of a word that is s p a c e d.
            Some(Packed(0..=0xff)) => {}
            Some(key) => {
                self.words += 1;
                self.common += u32::from(COMMON.contains(&key));
            }
            None => self.words += 1,
        }
    }
}

/// Whether a text has at least `least` different words.
pub(super) fn has_different(text: &str, least: usize) -> bool {
    let mut met: Vec<&str> = Vec::with_capacity(least);
    text.split_whitespace().filter(|word| !is_address(word)).any(|word| {
        if !met.contains(&word) {
            met.push(word);
        }
        met.len() >= least
    })
}

/// What separates words, and what is neither that nor an ASCII letter, in [`LOWER`].
const BLANK: u8 = 0;
const NO_LETTER: u8 = 1;

/// For each byte its ASCII letter in lower case, if it is one.
static LOWER: [u8; 256] = {
    let mut table = [NO_LETTER; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        if byte.is_ascii_whitespace() {
            table[byte as usize] = BLANK;
        } else if byte.is_ascii_alphabetic() {
            table[byte as usize] = byte.to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// Names, tags and web addresses are in no language.
fn is_address(word: &str) -> bool {
    word.starts_with(['@', '#']) || word.starts_with("http") || word.starts_with("www.")
}

fn is_latin(letter: char) -> bool {
    matches!(letter, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{ff21}'..='\u{ff5a}')
}

/// A short word in one number: eight letters at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Packed(u64);

impl Packed {
    fn push(self, letter: char) -> Option<Self> {
        let byte = u8::try_from(letter).ok().filter(u8::is_ascii)?.to_ascii_lowercase();
        (self.0 >> 56 == 0).then_some(Self(self.0 << 8 | u64::from(byte)))
    }
}

static COMMON: LazyLock<FxHashSet<Packed>> = LazyLock::new(|| {
    let words = COMMON_WORDS.split_whitespace();
    words.filter_map(|word| word.chars().try_fold(Packed::default(), Packed::push)).collect()
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
