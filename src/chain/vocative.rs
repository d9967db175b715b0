//! Names by which a comment speaks to somebody without an `@`: `Great reporting, Laura.`
//!
//! They are no evidence for a reply, as the article's writer and the public are spoken to so, but
//! nobody speaks to himself: who is named so did not write the comment.

use rustc_hash::FxHashMap;

use super::fold::squeeze;
use super::name;

/// Words behind which a name at the very end is a signature: `Thanks, Laura`.
const CLOSINGS: &[&str] =
    &["thanks", "regards", "cheers", "best", "yours", "sincerely", "love", "greetings", "wishes"];

/// The names of a thread by their first words.
#[derive(Debug, Default)]
pub(super) struct Vocatives {
    by_word: FxHashMap<String, Vec<usize>>,
    key: String,
}

impl Vocatives {
    /// Enters a name, which has that number.
    pub(super) fn enter(&mut self, name: &str, number: usize) {
        let Some(word) = name::words(name).next() else { return };
        self.key.clear();
        squeeze(word, &mut self.key);
        let numbers = self.by_word.entry(self.key.clone()).or_default();
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }

    /// Calls `found` with the number of each name that the text speaks to without an `@`.
    pub(super) fn find(&mut self, text: &str, mut found: impl FnMut(usize)) {
        let text = text.trim();
        let commas = memchr::memchr_iter(b',', text.as_bytes()).map(|comma| comma + 1);
        for start in std::iter::once(0).chain(commas) {
            let rest = text[start..].trim_start_matches([' ', '\u{a0}']);
            if !rest.starts_with(char::is_uppercase) {
                continue;
            }
            let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            let behind = after_surname(&rest[end..]);
            let set_off = match start {
                0 => behind.starts_with([',', ':', '!']),
                _ if behind.is_empty() => !closes(&text[..start - 1]),
                _ => behind.starts_with(['.', '!', '?', ',', ';', ':', '\n', '\r']),
            };
            if set_off {
                self.key.clear();
                squeeze(&rest[..end], &mut self.key);
                self.by_word.get(&self.key).into_iter().flatten().for_each(|&name| found(name));
            }
        }
    }
}

/// What follows the further capitalised words of a name.
fn after_surname(mut behind: &str) -> &str {
    while let Some(rest) =
        behind.strip_prefix(' ').filter(|rest| rest.starts_with(char::is_uppercase))
    {
        behind = rest.trim_start_matches(char::is_alphanumeric);
    }
    behind
}

/// Whether a text ends with the closing of a letter.
fn closes(text: &str) -> bool {
    let last = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    CLOSINGS.iter().any(|closing| last.eq_ignore_ascii_case(closing))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken_to(text: &str) -> Vec<usize> {
        let mut vocatives = Vocatives::default();
        for (number, name) in ["Laura Finch", "Ömer", "Laura"].into_iter().enumerate() {
            vocatives.enter(name, number);
        }
        let mut found = Vec::new();
        vocatives.find(text, |name| found.push(name));
        found
    }

    #[test]
    fn a_name_set_off_by_commas_is_spoken_to() {
        assert_eq!(spoken_to("Great reporting, Laura."), [0, 2]);
        assert_eq!(spoken_to("Great reporting, Laura Finch!"), [0, 2]);
        assert_eq!(spoken_to("Ömer, that is not so"), [1]);
        assert_eq!(spoken_to("I think, Ömer, that it is"), [1]);
        assert_eq!(spoken_to("Well said, Ömer"), [1]);
    }

    #[test]
    fn a_name_in_the_sentence_or_a_signature_is_not_spoken_to() {
        assert!(spoken_to("I met Laura. She is nice").is_empty());
        assert!(spoken_to("In May, Laura went home").is_empty());
        assert!(spoken_to("It was fine. Thanks, Laura").is_empty());
        assert!(spoken_to("laura, not a name").is_empty());
    }
}
