//! Which language a comment is in, and whether it may be labelled at all.
//!
//! The scorers know English. A comment that is surely in another language is left unscored; when
//! in doubt it is scored, for a short English comment must never be lost. So English is looked for
//! first, by its commonest words, which also spares most comments the slow statistics.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use whatlang::Lang;

use super::{Assessment, Scorer};
use crate::chain::Thread;
use crate::table::{Cell, Column, Rows};

/// Finds the language of comments.
#[derive(Clone, Copy, Debug, Default)]
pub struct LanguageScorer;

/// What is known about the language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1 code; none if unsure.
    pub code: Option<&'static str>,
    /// Whether the text is surely not English.
    pub foreign: bool,
}

impl Language {
    const ENGLISH: Self = Self { code: Some("en"), foreign: false };
    const UNSURE: Self = Self { code: None, foreign: false };
}

/// A text is judged by its first bytes.
const ENOUGH: usize = 1000;
/// From this share of common English words on, a text is English …
const ENGLISH_SHARE: f64 = 0.2;
/// … and below this one it may be foreign.
const FOREIGN_SHARE: f64 = 0.1;
/// With fewer words than this in Latin letters no text is called foreign.
const MANY_WORDS: u32 = 6;
/// With as many words as this, none of them common in English, it is foreign in any case.
const VERY_MANY_WORDS: u32 = 12;
/// How sure the statistics must be to call a text in Latin letters foreign.
const SURE: f64 = 0.9;
/// How sure the statistics must be for the language to be named.
const LIKELY: f64 = 0.3;
/// So many letters of another script are needed to call a text foreign.
const MANY_LETTERS: usize = 4;

/// The language of `text`.
///
/// ```
/// use threadwarden::score::language;
///
/// assert_eq!(language::detect("Well said!").code, Some("en"));
/// assert!(language::detect("Не верю ни единому слову").foreign);
/// assert!(!language::detect("lol").foreign);
/// ```
#[must_use]
pub fn detect(text: &str) -> Language {
    let text = &text[..text.floor_char_boundary(ENOUGH)];
    let Count { words, common, latin, other } = Count::of(text);
    let share = f64::from(common) / f64::from(words.max(1));
    if share >= ENGLISH_SHARE && latin > other {
        return Language::ENGLISH;
    }
    if other > latin {
        let code = whatlang::detect(text)
            .filter(|info| info.lang() != Lang::Eng)
            .and_then(|info| code(info.lang()));
        return Language { code, foreign: other >= MANY_LETTERS };
    }
    // Of so few words the statistics are never sure.
    if share >= FOREIGN_SHARE || latin == 0 || words < MANY_WORDS {
        return Language::UNSURE;
    }
    let Some(info) = whatlang::detect(text) else { return Language::UNSURE };
    let sure = info.confidence() >= SURE;
    if info.lang() == Lang::Eng {
        return if sure { Language::ENGLISH } else { Language::UNSURE };
    }
    // Statistics mix up neighbours such as Spanish and Portuguese, but no long sentence is English
    // without a single one of its commonest words.
    let foreign = sure || words >= VERY_MANY_WORDS && common == 0;
    let code = code(info.lang()).filter(|_| foreign && info.confidence() >= LIKELY);
    Language { code, foreign }
}

/// What a text is made of.
#[derive(Clone, Copy, Default)]
struct Count {
    words: u32,
    /// Of these, common English ones.
    common: u32,
    /// Latin letters, and those of other scripts.
    latin: usize,
    other: usize,
}

impl Count {
    fn of(text: &str) -> Self {
        let mut count = Self::default();
        let mut last = "";
        for word in text.split_ascii_whitespace() {
            // The same word over and over tells no more than once.
            if is_address(word) || std::mem::replace(&mut last, word) == word {
                continue;
            }
            if word.is_ascii() {
                count.add_ascii(word);
            } else {
                word.split_whitespace().for_each(|word| count.add(word));
            }
        }
        count
    }

    fn add_ascii(&mut self, word: &str) {
        let mut key = 0;
        let mut letters = 0;
        for byte in word.bytes().filter(u8::is_ascii_alphabetic) {
            key = key << 8 | u64::from(byte.to_ascii_lowercase());
            letters += 1;
        }
        self.latin += letters;
        self.add_word((letters <= 8).then_some(Packed(key)));
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

/// The two-letter code of a language.
fn code(language: Lang) -> Option<&'static str> {
    let code = match language.code() {
        "epo" => "eo",
        "rus" => "ru",
        "cmn" => "zh",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "ben" => "bn",
        "fra" => "fr",
        "deu" => "de",
        "ukr" => "uk",
        "kat" => "ka",
        "ara" => "ar",
        "hin" => "hi",
        "jpn" => "ja",
        "heb" => "he",
        "yid" => "yi",
        "pol" => "pl",
        "amh" => "am",
        "jav" => "jv",
        "kor" => "ko",
        "nob" => "nb",
        "dan" => "da",
        "swe" => "sv",
        "fin" => "fi",
        "tur" => "tr",
        "nld" => "nl",
        "hun" => "hu",
        "ces" => "cs",
        "ell" => "el",
        "bul" => "bg",
        "bel" => "be",
        "mar" => "mr",
        "kan" => "kn",
        "ron" => "ro",
        "slv" => "sl",
        "hrv" => "hr",
        "srp" => "sr",
        "mkd" => "mk",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "tam" => "ta",
        "vie" => "vi",
        "urd" => "ur",
        "tha" => "th",
        "guj" => "gu",
        "uzb" => "uz",
        "pan" => "pa",
        "aze" => "az",
        "ind" => "id",
        "tel" => "te",
        "pes" => "fa",
        "mal" => "ml",
        "ori" => "or",
        "mya" => "my",
        "nep" => "ne",
        "sin" => "si",
        "khm" => "km",
        "tuk" => "tk",
        "aka" => "ak",
        "zul" => "zu",
        "sna" => "sn",
        "afr" => "af",
        "lat" => "la",
        "slk" => "sk",
        "cat" => "ca",
        "tgl" => "tl",
        "hye" => "hy",
        "cym" => "cy",
        _ => return None,
    };
    Some(code)
}

const COLUMNS: [Column; 1] =
    [Column::text("language", "Language of the comment as an ISO 639-1 code; `und` if unsure.")];

impl Scorer for LanguageScorer {
    fn name(&self) -> &str {
        ""
    }

    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn score(&self, thread: &Thread, assessments: &mut [Assessment]) {
        for (comment, assessment) in thread.comments.iter().zip(assessments) {
            let blank = comment.is_blank();
            let language = if blank { Language::UNSURE } else { detect(comment.words()) };
            assessment.language = language.code;
            assessment.scorable = !blank && !language.foreign;
        }
    }

    fn write(&self, _thread: &Thread, _position: usize, assessment: &Assessment, rows: &mut Rows) {
        rows.push(Cell::Text(assessment.language.unwrap_or("und")));
    }
}

#[cfg(test)]
mod tests {
    use whatlang::Lang;

    use super::{code, detect};

    #[test]
    fn every_language_that_can_be_found_has_a_code() {
        assert!(
            Lang::all().iter().all(|&language| language == Lang::Eng || code(language).is_some())
        );
    }

    #[test]
    fn short_english_comments_are_never_foreign() {
        for text in [
            "No.",
            "lol",
            "Idiot",
            "Boo!",
            "+1",
            "😀",
            "Amen",
            "Vive la France",
            "Pizza, pasta, bravo",
            "@Müller nice",
            "Sic semper tyrannis",
            "Justin Trudeau",
            "ROFLMAO",
            "Yup yup yup",
            "Macron merkel putin erdogan modi xi trump",
            "Great job !",
            "u r dumb",
            "hahahaha",
            "Si, senor",
        ] {
            assert!(!detect(text).foreign, "{text}");
        }
    }

    #[test]
    fn foreign_comments_are_known_as_such() {
        for (text, code) in [
            ("Ich glaube kein Wort davon, was dieser Mann im Fernsehen erzählt hat.", "de"),
            ("Je ne crois pas un mot de ce que cet homme a raconté à la télévision.", "fr"),
            ("No creo ni una palabra de lo que ese hombre contó ayer en la televisión.", "es"),
            ("Я не верю ни одному слову этого человека", "ru"),
            ("我不相信他说的任何一个字", "zh"),
            ("मुझे इस आदमी की किसी भी बात पर विश्वास नहीं है", "hi"),
            ("Nie wierzę w ani jedno słowo tego człowieka z telewizji, naprawdę.", "pl"),
            ("Bu adamın televizyonda anlattıklarının tek kelimesine bile inanmıyorum.", "tr"),
        ] {
            let language = detect(text);
            assert_eq!((language.code, language.foreign), (Some(code), true), "{text}");
        }
    }
}
