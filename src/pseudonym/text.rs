//! Names of people in a text.

use rustc_hash::{FxHashMap, FxHashSet};

/// What stands before a name in a link to a profile.
const PROFILES: &[&str] = &[
    "user", "users", "u", "profile", "profiles", "author", "people", "channel", "c", "in", "member",
];

/// Hosts where the first part of a path is a person.
const PEOPLE: &[&str] = &[
    "facebook.com",
    "twitter.com",
    "x.com",
    "instagram.com",
    "tiktok.com",
    "threads.net",
    "github.com",
    "disqus.com",
];

/// More words than names have.
const MOST_WORDS: usize = 4;

/// A name as names are compared: without `@`, in lower case, its words one space apart.
pub(super) fn key(name: &str) -> String {
    let words = name.trim_start_matches('@').split_whitespace();
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The people of a thread.
#[derive(Default)]
pub(super) struct Names {
    /// By the first word of their names, in lower case: the words of each, the longest first.
    by_word: FxHashMap<String, Vec<Vec<String>>>,
    keys: FxHashSet<String>,
}

impl Names {
    pub(super) fn insert(&mut self, name: &str) {
        let key = key(name);
        if key.is_empty() || !self.keys.insert(key.clone()) {
            return;
        }
        let words: Vec<String> = key.split(' ').map(str::to_owned).collect();
        let same = self.by_word.entry(words[0].clone()).or_default();
        let at = same.partition_point(|other| other.len() >= words.len());
        same.insert(at, words);
    }

    /// Takes an id, which stands in links only.
    pub(super) fn insert_id(&mut self, id: &str) {
        const SHORTEST: usize = 5;
        if id.len() >= SHORTEST {
            self.keys.insert(key(id));
        }
    }

    /// The text with every name replaced by what `pseudonym` gives for it; `None` without names.
    pub(super) fn replaced(
        &self,
        text: &str,
        pseudonym: impl Fn(&str) -> String,
    ) -> Option<String> {
        let mut replaced = String::new();
        let (mut copied, mut at) = (0, 0);
        let mut before = ' ';
        while let Some(character) = text[at..].chars().next() {
            let found = if is_inside(before) { None } else { self.find(text, at, character) };
            match found {
                Some((start, end)) if end > start => {
                    replaced.push_str(&text[copied..start]);
                    replaced.push_str(&pseudonym(&plain_spaces(&text[start..end])));
                    (copied, at) = (end, end);
                    before = text[..end].chars().next_back().unwrap_or(' ');
                }
                Some((start, _)) => {
                    at = start;
                    before = ' ';
                }
                None => {
                    before = character;
                    at += character.len_utf8();
                }
            }
        }
        if copied == 0 {
            return None;
        }
        replaced.push_str(&text[copied..]);
        Some(replaced)
    }

    /// The name that begins at `at`; an empty one where something was looked at that holds none.
    fn find(&self, text: &str, at: usize, character: char) -> Option<(usize, usize)> {
        let rest = &text[at..];
        match character {
            '@' => {
                let start = at + 1;
                let end = self.known(text, start, false).or_else(|| unknown(text, start))?;
                Some((start, end))
            }
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                Some(self.in_link(text, at))
            }
            'u' | '/' if rest.starts_with("u/") || rest.starts_with("/u/") => {
                let start = at + rest.find('/').filter(|slash| *slash > 0).unwrap_or(2) + 1;
                let start = if character == '/' { at + 3 } else { start };
                unknown_word(text, start).map(|end| (start, end))
            }
            letter if letter.is_alphanumeric() => self.known(text, at, true).map(|end| (at, end)),
            _ => None,
        }
    }

    /// Where the longest known name that begins at `start` ends. One that nothing marks as a name
    /// has to be `distinct`: of several words, or with digits or signs in it.
    fn known(&self, text: &str, start: usize, distinct: bool) -> Option<usize> {
        let first_end = word_end(text, start)?;
        let first = text[start..first_end].to_lowercase();
        // A name may have signs in its first word that end a word elsewhere.
        let candidates = self.by_word.get(&first).or_else(|| {
            let end = text[start..].find(char::is_whitespace).map_or(text.len(), |end| start + end);
            self.by_word.get(&text[start..end].to_lowercase())
        })?;
        candidates.iter().find_map(|words| {
            let is_distinct = words.len() > 1
                || words[0].chars().any(|c| c.is_numeric() || matches!(c, '_' | '.' | '-'));
            if distinct && !is_distinct {
                return None;
            }
            let mut end = start;
            for (number, word) in words.iter().enumerate() {
                if number > 0 {
                    end += spaces(&text[end..])?;
                }
                end += prefix_length(&text[end..], word)?;
            }
            let next = text[end..].chars().next().unwrap_or(' ');
            (!is_inside(next)).then_some(end)
        })
    }

    /// The name in the link that begins at `start`, or an empty one at its end.
    fn in_link(&self, text: &str, start: usize) -> (usize, usize) {
        let is_end = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')' | ']');
        let end = text[start..].find(is_end).map_or(text.len(), |end| start + end);
        let mut parts = Vec::new();
        let mut at = start;
        for part in text[start..end].split_inclusive(['/', '?', '=', '&', '#']) {
            let name = part.trim_end_matches(['/', '?', '=', '&', '#']);
            parts.push((at, name));
            at += part.len();
        }
        let host = parts.get(2).map_or("", |(_, host)| host.trim_start_matches("www."));
        for (number, (at, part)) in parts.iter().enumerate().skip(3) {
            let (at, name) = match part.strip_prefix('@') {
                Some(name) => (at + 1, name),
                None => (*at, *part),
            };
            let before = parts[number - 1].1;
            let is_name = self.keys.contains(&key(name))
                || name.len() < part.len()
                || PROFILES.contains(&before)
                || number == 3 && PEOPLE.contains(&host);
            if is_name && !name.is_empty() {
                return (at, at + name.len());
            }
        }
        (end, end)
    }
}

/// Whether a character can stand within a name or word.
fn is_inside(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// Where the word that begins at `start` ends.
fn word_end(text: &str, start: usize) -> Option<usize> {
    let is_part = |c: char| is_inside(c) || matches!(c, '.' | '-' | '\'' | '’');
    let length = text[start..].find(|c| !is_part(c)).unwrap_or(text.len() - start);
    let word = text[start..start + length].trim_end_matches(['.', '-', '\'', '’']);
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    (!word.is_empty()).then_some(start + word.len())
}

fn unknown_word(text: &str, start: usize) -> Option<usize> {
    text.get(start..)?;
    word_end(text, start)
}

/// Where the name of somebody unknown ends: a word, and those with a capital that follow it.
fn unknown(text: &str, start: usize) -> Option<usize> {
    let mut end = word_end(text, start)?;
    if !text[start..].starts_with(char::is_uppercase) {
        return Some(end);
    }
    for _ in 1..MOST_WORDS {
        let Some(gap) = spaces(&text[end..]) else { break };
        let next = end + gap;
        if gap == 0 || !text[next..].starts_with(char::is_uppercase) {
            break;
        }
        let Some(next_end) = word_end(text, next) else { break };
        end = next_end;
    }
    Some(end)
}

/// The length of the white space, in HTML too, that a text begins with; `None` without.
fn spaces(text: &str) -> Option<usize> {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t', '\u{a0}']);
        let trimmed = trimmed.strip_prefix("&nbsp;").unwrap_or(trimmed);
        if trimmed.len() == rest.len() {
            break;
        }
        rest = trimmed;
    }
    (rest.len() < text.len()).then_some(text.len() - rest.len())
}

/// The length of what `text` begins with if that is `word`, but for its case.
fn prefix_length(text: &str, word: &str) -> Option<usize> {
    let mut wanted = word.chars();
    let mut length = 0;
    for character in text.chars() {
        if wanted.as_str().is_empty() {
            break;
        }
        for lower in character.to_lowercase() {
            if wanted.next() != Some(lower) {
                return None;
            }
        }
        length += character.len_utf8();
    }
    wanted.as_str().is_empty().then_some(length)
}

/// A name with plain spaces where HTML has others.
fn plain_spaces(name: &str) -> String {
    name.replace("&nbsp;", " ")
}
