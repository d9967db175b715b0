//! The names in a text: where they end, and what they are made of.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::fold::squeeze;
use super::mention::is_word;

/// The most words that a name in a text may have.
const MOST_WORDS: usize = 8;

/// The words of a name.
pub(super) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The runs of letters and digits at the start of `after` that may make up a name: what stands
/// between them is short and does not end a clause.
pub(super) fn runs(after: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut end = 0;
    std::iter::from_fn(move || {
        let rest = &after[end..];
        let gap = rest.find(char::is_alphanumeric)?;
        let between = &rest[..gap];
        let breaks = |c: char| matches!(c, ',' | ';' | ':' | '!' | '?' | '\n' | '\r' | '"' | '“');
        if end > 0 && (between.contains(breaks) || between.chars().count() > 3) {
            return None;
        }
        let start = end + gap;
        let length = rest[gap..].find(|c: char| !c.is_alphanumeric());
        end = length.map_or(after.len(), |length| start + length);
        Some(start..end)
    })
    .take(MOST_WORDS)
}

/// Words that do not begin or continue a name unless it is known.
const NO_NAME_WORDS: &[&str] = &[
    "a", "an", "the", "i", "im", "ive", "ill", "id", "you", "your", "youre", "he", "she", "it",
    "its", "we", "they", "this", "that", "there", "these", "those", "and", "or", "but", "so", "if",
    "is", "are", "was", "were", "do", "does", "did", "dont", "have", "has", "had", "can", "could",
    "will", "would", "should", "not", "no", "yes", "yeah", "yep", "nope", "ok", "okay", "well",
    "what", "why", "how", "who", "when", "where", "which", "in", "on", "at", "for", "to", "of",
    "with", "from", "by", "as", "thanks", "thank", "please", "sorry", "sure", "maybe", "good",
    "great", "nice", "my", "our", "his", "her", "all", "any", "just", "agree", "agreed", "lol",
    "really", "also", "then", "now", "go", "see", "said", "says", "say", "true", "right", "point",
];

/// Whether a word is too common to be taken for a name without a mark.
pub(super) fn is_plain_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| !matches!(c, '\'' | '’'));
    packed(letters.flat_map(char::to_lowercase)).is_some_and(|word| PLAIN.contains(&word))
}

static PLAIN: LazyLock<FxHashSet<u64>> =
    LazyLock::new(|| NO_NAME_WORDS.iter().filter_map(|word| packed(word.chars())).collect());

/// A word of up to eight plain letters in one number.
fn packed(mut letters: impl Iterator<Item = char>) -> Option<u64> {
    letters.try_fold(0_u64, |word, letter| {
        let letter = u8::try_from(letter).ok().filter(u8::is_ascii)?;
        (word >> 56 == 0).then_some(word << 8 | u64::from(letter))
    })
}

/// Where the name at the start of `after` ends if nobody is known: before a mark that sets it off,
/// or after its first word. Multi-word names that other comments set off are in `learnt`, by key.
pub(super) fn hidden_end(after: &str, learnt: &FxHashSet<String>) -> usize {
    let mut squeezed = String::new();
    let mut single = 0;
    let mut known = 0;
    let mut end = 0;
    let mut growing = true;
    for (place, run) in handles(after).enumerate() {
        let word = &after[run.clone()];
        squeeze(word, &mut squeezed);
        if place == 0 {
            single = run.end;
            growing = word.starts_with(char::is_uppercase) && !is_handle(word);
        } else {
            if learnt.contains(&squeezed) {
                known = run.end;
            }
            growing &= word.starts_with(char::is_uppercase);
        }
        // A name may hold such a word, but does not end with it.
        if growing && !is_plain_word(word) {
            end = run.end;
        }
    }
    // Words that go on without a mark are the name only as far as another comment says so.
    let whole = match after[end..].strip_prefix('.') {
        Some(_) if ends_with_initial(&after[..end]) => end + 1,
        _ if is_set_off(after, end) => end,
        _ => 0,
    };
    known.max(whole).max(single)
}

/// Whether a name of several words ends with a single capital: `Pieter M`.
fn ends_with_initial(name: &str) -> bool {
    name.rsplit_once(' ')
        .is_some_and(|(_, last)| last.chars().count() == 1 && last.starts_with(char::is_uppercase))
}

/// Whether the name at the start of `after`, `length` long, is set off from what follows.
pub(super) fn is_set_off(after: &str, length: usize) -> bool {
    let rest = after[length..].trim_start_matches([' ', '\u{a0}']);
    rest.starts_with([',', ':', ';', '-', '–', '—', '"', '“'])
}

/// Whether a word looks like a handle, which is a name by itself: `rita88`, `JoeBerg`, `joe_b`.
fn is_handle(word: &str) -> bool {
    let inner = word.chars().skip(1);
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let shouted = capitals == word.chars().count();
    word.contains(|c: char| c.is_numeric() || c == '_')
        || (!shouted && inner.filter(|c| c.is_uppercase()).count() > 0)
}

/// The words at the start of `after`, with the marks that handles may hold.
fn handles(after: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    let mut end = 0;
    std::iter::from_fn(move || {
        let rest = &after[end..];
        let gap = rest.find(is_word)?;
        let blank = |c: char| matches!(c, ' ' | '\u{a0}' | '\'' | '’' | '.');
        let between = &rest[..gap];
        if end > 0 && (!between.chars().all(blank) || gap > 2 || between.contains("..")) {
            return None;
        }
        // A possessive ends the name: `@Yuri's point`.
        if end > 0 && between.starts_with(['\'', '’']) {
            return None;
        }
        let start = end + gap;
        let mut stop = start;
        for (at, c) in rest[gap..].char_indices() {
            let next = rest[gap + at + c.len_utf8()..].chars().next();
            let inner = matches!(c, '-' | '·') && next.is_some_and(char::is_alphanumeric);
            if !is_word(c) && !inner {
                break;
            }
            stop = start + at + c.len_utf8();
        }
        end = stop;
        Some(start..stop)
    })
    .take(4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::fold::key;

    fn hidden(after: &str) -> &str {
        &after[..hidden_end(after, &FxHashSet::default())]
    }

    #[test]
    fn a_hidden_name_ends_at_a_mark_or_after_its_words() {
        assert_eq!(hidden("Nadia , why"), "Nadia");
        assert_eq!(hidden("Nadia - no"), "Nadia");
        assert_eq!(hidden("Keep Our Rivers, okay so"), "Keep Our Rivers");
        assert_eq!(hidden("Omar Baran, \"no\""), "Omar Baran");
        assert_eq!(hidden("Yuri's point"), "Yuri");
        assert_eq!(hidden("rita88 Great, now"), "rita88");
        assert_eq!(hidden("Rita you are wrong"), "Rita");
        assert_eq!(hidden("Winston..."), "Winston");
        assert_eq!(hidden("Pieter M. - no"), "Pieter M.");
        assert_eq!(hidden("Pieter M. At least it comes"), "Pieter M.");
        assert_eq!(hidden("Pieter I agree"), "Pieter");
    }

    #[test]
    fn a_name_of_several_words_is_learnt_from_the_thread() {
        let learnt = FxHashSet::from_iter([key("Keep Our Rivers")]);
        let after = "Keep Our Rivers You are right";
        assert_eq!(&after[..hidden_end(after, &learnt)], "Keep Our Rivers");
    }
}
