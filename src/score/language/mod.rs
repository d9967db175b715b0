//! Which language a comment is in, and whether it may be labelled at all.
//!
//! The scorers know English. A comment that is surely in another language is left unscored; when
//! in doubt it is scored, for a short English comment must never be lost. So English is looked for
//! first, by its commonest words, which also spares most comments the slow statistics.

mod codes;
mod words;

use whatlang::Lang;

use super::{Assessment, Scorer};
use crate::chain::Thread;
use crate::table::{Cell, Column, Rows};
use codes::code;
use words::Count;

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
    // Of so few words the statistics are never sure, nor of the same few over and over.
    if share >= FOREIGN_SHARE
        || latin == 0
        || words < MANY_WORDS
        || !words::has_different(text, MANY_WORDS as usize)
    {
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
    fn few_words_over_and_over_are_no_language() {
        for text in ["FAT CAT ", "boo hoo, ", "Tom\u{2019}s FAT CAT naps\n"] {
            assert!(!detect(&text.repeat(40)).foreign, "{text}");
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
