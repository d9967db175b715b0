//! Names of people replaced by pseudonyms: the same person gets the same one in every dump that is
//! read under the same key, and without the key nobody can tell whose it is.
//!
//! A name stands in more places than the author column. Replaced are also the names of people
//! spoken to, mentions in texts (of people whose comment is not in the dump too), full names in
//! quotes, and links to profiles. A name that is also a word, such as Will, is left alone where
//! nothing marks it as a name.

mod text;

use std::fs;
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::comment::Comment;
use crate::error::{Error, Result};

/// A shorter key could be guessed.
const SHORTEST_KEY: usize = 16;

/// Letters and digits of a pseudonym that nobody takes for one another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// How many of them: 60 bits, so that a million people hardly ever share one.
const LENGTH: usize = 12;

/// Gives pseudonyms.
#[derive(Clone)]
pub struct Pseudonyms {
    key: Hmac<Sha256>,
}

impl Pseudonyms {
    /// Gives the pseudonyms that belong to `key`.
    ///
    /// ```
    /// use threadwarden::pseudonym::Pseudonyms;
    ///
    /// let pseudonyms = Pseudonyms::new(b"a key that nobody knows");
    /// assert_eq!(pseudonyms.of("@Mary Ann"), pseudonyms.of("mary  ann"));
    /// assert_ne!(pseudonyms.of("Mary Ann"), pseudonyms.of("Mary"));
    /// ```
    #[must_use]
    pub fn new(key: &[u8]) -> Self {
        Self { key: Hmac::new_from_slice(key).expect("a key of any length will do") }
    }

    /// Reads the key from a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read or is too short to be a secret.
    pub fn from_key_file(path: &Path) -> Result<Self> {
        let name = path.display().to_string();
        let key = fs::read(path).map_err(|source| Error::Read { name: name.clone(), source })?;
        let key = key.trim_ascii();
        if key.len() < SHORTEST_KEY {
            let reason = format!(
                "is no key: it has fewer than {SHORTEST_KEY} characters; make one with `openssl rand -hex 32`, and keep it secret"
            );
            return Err(Error::Input { name, reason });
        }
        Ok(Self::new(key))
    }

    /// The pseudonym of whoever is called `name`, with or without `@`, in any case and spacing.
    #[must_use]
    pub fn of(&self, name: &str) -> String {
        let mut mac = self.key.clone();
        mac.update(text::key(name).as_bytes());
        let digest = mac.finalize().into_bytes();
        let letter = |byte: &u8| char::from(LETTERS[usize::from(*byte & 31)]);
        format!("user-{}", digest.iter().take(LENGTH).map(letter).collect::<String>())
    }

    /// Replaces the names of people in the comments of one thread.
    pub fn apply(&self, comments: &mut [Comment]) {
        let mut names = text::Names::default();
        for comment in comments.iter() {
            names.insert(&comment.author);
            names.insert(&comment.addressee);
            names.insert_id(&comment.author_id);
        }
        for comment in comments {
            for name in [&mut comment.author, &mut comment.author_id, &mut comment.addressee] {
                if !name.is_empty() {
                    *name = self.of(name);
                }
            }
            comment.personal.clear();
            if let Some(text) = names.replaced(&comment.text, |name| self.of(name)) {
                comment.plain = comment.plain.take().map(|plain| plain.of_new(&text));
                comment.text = text;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comment::Plain;

    fn pseudonyms() -> Pseudonyms {
        Pseudonyms::new(b"0123456789abcdef")
    }

    /// The text of the last of these comments, each an author and a text, with `{Name}` for the
    /// pseudonym of a name.
    fn check(comments: &[(&str, &str)], expected: &str) {
        let pseudonyms = pseudonyms();
        let comment = |(author, text): &(&str, &str)| Comment {
            author: (*author).into(),
            text: (*text).into(),
            ..Comment::default()
        };
        let mut comments: Vec<Comment> = comments.iter().map(comment).collect();
        pseudonyms.apply(&mut comments);
        let mut wanted = expected.to_owned();
        while let Some((before, rest)) = wanted.split_once('{') {
            let (name, after) = rest.split_once('}').unwrap();
            wanted = format!("{before}{}{after}", pseudonyms.of(name));
        }
        assert_eq!(comments.last().unwrap().text, wanted);
    }

    #[test]
    fn a_pseudonym_never_changes() {
        assert_eq!(pseudonyms().of("Mary Ann"), "user-pp4xq2twnr4j");
        assert_ne!(
            Pseudonyms::new(b"another key, as long").of("Mary Ann"),
            pseudonyms().of("Mary Ann")
        );
    }

    #[test]
    fn mentions_are_replaced_whole() {
        let ann = ("Mary Ann", "Hello.");
        check(&[ann, ("Bo", "@Mary Ann no")], "@{Mary Ann} no");
        check(&[ann, ("Bo", "\u{a0}@mary\u{a0}ann\u{a0} no")], "\u{a0}@{Mary Ann}\u{a0} no");
        check(&[ann, ("Bo", "@Mary&nbsp;Ann, no @bo")], "@{Mary Ann}, no @{Bo}");
        check(&[ann, ("Bo", "@Maryland is @Mary Annabel")], "@{Maryland} is @{Mary Annabel}");
    }

    #[test]
    fn people_who_are_not_in_the_dump_are_replaced_too() {
        check(&[("Bo", "@Jaan Bhittani, you said so")], "@{Jaan Bhittani}, you said so");
        check(&[("Bo", "ask @joost_81 or u/some_one.")], "ask @{joost_81} or u/{some_one}.");
        check(&[("Bo", "write to me@example.org @ 5")], "write to me@example.org @ 5");
    }

    #[test]
    fn full_names_are_replaced_and_words_are_not() {
        check(
            &[("Mary Ann", "x"), ("Will", "x"), ("Bo", "Will you tell Mary Ann's son?")],
            "Will you tell {Mary Ann}'s son?",
        );
        check(&[("joost_81", "x"), ("Bo", "Like Joost_81 says")], "Like {joost_81} says");
    }

    #[test]
    fn links_to_profiles_are_replaced_and_others_are_not() {
        check(
            &[(
                "Bo",
                "see https://www.reddit.com/user/some_one/x and https://example.org/news/some",
            )],
            "see https://www.reddit.com/user/{some_one}/x and https://example.org/news/some",
        );
        check(&[("Will", "https://forum.example/Will?p=1")], "https://forum.example/{Will}?p=1");
        check(
            &[("Bo", "<a href=\"https://x.com/jane\">y</a>")],
            "<a href=\"https://x.com/{jane}\">y</a>",
        );
    }

    #[test]
    fn what_is_read_follows_what_is_written() {
        let text = "<p>@Ann &amp; @Bo</p>".to_owned();
        let plain = Some(Plain::from_html(&text));
        let mut comments = [Comment { author: "Ann".into(), text, plain, ..Comment::default() }];
        pseudonyms().apply(&mut comments);
        let (ann, bo) = (pseudonyms().of("Ann"), pseudonyms().of("Bo"));
        assert_eq!(comments[0].words(), format!("@{ann} & @{bo}"));
        assert_eq!(comments[0].author, ann);
    }
}
