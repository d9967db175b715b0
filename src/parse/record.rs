//! A record being turned into a comment: what its fields say, mended where exports spoil it.

use rustc_hash::FxHashMap;

use super::ReadOptions;
use super::fields::{FIELDS, Field, Index, Meaning};
use super::preset::{Body, Preset};
use super::time;
use crate::comment::{Article, Comment, Plain};

/// No name of a writer: what exports write where the account is gone.
const NOBODY: &[&str] = &["[deleted]", "[removed]", "[anonymous]"];

/// No parent: what exports write for a comment that answers none.
const NO_PARENT: &[&str] =
    &["0", "root", "ROOT", "null", "NULL", "None", "none", "nan", "NaN", "NA", "-1", "-"];

/// States of a comment that was taken down.
const GONE: &[&str] = &["deleted", "removed", "spam", "trash", "dead"];

/// Yes, where a field asks whether a comment is gone.
const YES: &[&str] = &["true", "1", "yes", "y"];

/// What a record says so far.
#[derive(Debug)]
pub(super) struct Record {
    pub(super) comment: Comment,
    ranks: [u8; FIELDS],
    /// A text in HTML, where another field has it as it was typed.
    html: String,
    title: String,
    declared: Option<u64>,
    kind: String,
    number: String,
    parent_number: String,
    parent_source: String,
    author_source: String,
    /// Whether a status says that the comment is gone.
    gone: bool,
    /// Whether there was a time that could not be understood.
    unknown_time: bool,
}

/// What stands within a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holds {
    /// No list of others.
    Nothing,
    /// A list that may be of comments.
    Something,
    /// The answers to it.
    Answers,
    /// The comments below it: it is no comment itself.
    Comments,
}

/// What a record turned out to be.
#[derive(Debug)]
pub(super) enum Outcome {
    /// A comment, in [`Record::comment`].
    Comment,
    /// The article above.
    Article(Article),
    /// Something that is meant to be left out, such as a sign that more could be fetched.
    Nothing,
    /// It has no text.
    NoText,
}

impl Default for Record {
    fn default() -> Self {
        Self {
            comment: Comment::default(),
            ranks: [u8::MAX; FIELDS],
            html: String::new(),
            title: String::new(),
            declared: None,
            kind: String::new(),
            number: String::new(),
            parent_number: String::new(),
            parent_source: String::new(),
            author_source: String::new(),
            gone: false,
            unknown_time: false,
        }
    }
}

impl Record {
    /// Makes the record blank but keeps its buffers.
    pub(super) fn clear(&mut self) {
        self.comment.clear();
        self.ranks = [u8::MAX; FIELDS];
        for field in [
            &mut self.html,
            &mut self.title,
            &mut self.kind,
            &mut self.number,
            &mut self.parent_number,
            &mut self.parent_source,
            &mut self.author_source,
        ] {
            field.clear();
        }
        (self.declared, self.gone, self.unknown_time) = (None, false, false);
    }

    /// Takes a value; `None` is a value that the record gives as null. An empty one counts only as
    /// long as there is no other.
    pub(super) fn set(&mut self, field: Field, rank: usize, value: Option<&str>) {
        const EMPTY: usize = 100;
        let text = value.unwrap_or_default();
        let rank = match value {
            Some(text) if !text.is_empty() => rank,
            Some(_) => rank + EMPTY,
            None => rank + 2 * EMPTY,
        };
        let rank = u8::try_from(rank).unwrap_or(u8::MAX - 1);
        let ranks = &mut self.ranks[field as usize];
        // Any of several fields may say that a comment is gone, or hold an address.
        if rank >= *ranks && !matches!(field, Field::Status | Field::Deleted | Field::Personal) {
            return;
        }
        *ranks = rank;
        let target = match field {
            Field::Id => &mut self.comment.id,
            Field::Thread => &mut self.comment.thread,
            Field::Author => &mut self.comment.author,
            Field::AuthorId => &mut self.comment.author_id,
            Field::Addressee => &mut self.comment.addressee,
            Field::Text => &mut self.comment.text,
            Field::Html => &mut self.html,
            Field::Parent => &mut self.comment.parent,
            Field::Title => &mut self.title,
            Field::Kind => &mut self.kind,
            Field::Number => &mut self.number,
            Field::ParentNumber => &mut self.parent_number,
            Field::ParentSource => &mut self.parent_source,
            Field::AuthorSource => &mut self.author_source,
            Field::Personal => {
                if !text.is_empty() {
                    let between = if self.comment.personal.is_empty() { "" } else { " " };
                    self.comment.personal.push_str(between);
                    self.comment.personal.push_str(text.trim());
                }
                return;
            }
            Field::Posted => {
                let posted = time::parse(text);
                self.unknown_time |= posted.is_none() && !text.is_empty();
                if posted.is_none() {
                    // Another field may say it in a form that can be understood.
                    self.ranks[field as usize] = u8::MAX;
                }
                self.comment.posted = posted.or(self.comment.posted);
                return;
            }
            Field::Votes | Field::VotesAgainst => {
                let votes = count(text);
                self.comment.votes = match (field, votes, self.comment.votes) {
                    (Field::Votes, Some(votes), so_far) => Some(votes + so_far.unwrap_or(0)),
                    (_, Some(against), so_far) => Some(so_far.unwrap_or(0) - against),
                    (_, None, so_far) => so_far,
                };
                return;
            }
            Field::Status | Field::Deleted => {
                let words = if field == Field::Status { GONE } else { YES };
                self.gone |= words.iter().any(|word| word.eq_ignore_ascii_case(text.trim()));
                return;
            }
            Field::Declared => {
                self.declared = text.trim().parse().ok();
                return;
            }
        };
        target.clear();
        target.push_str(text);
    }

    /// Whether a field was there, be it null.
    fn had(&self, field: Field) -> bool {
        self.ranks[field as usize] != u8::MAX
    }

    /// Whether a field was there and null.
    fn was_null(&self, field: Field) -> bool {
        (200..u8::MAX).contains(&self.ranks[field as usize])
    }
}

/// How the records of one dump become comments.
#[derive(Debug)]
pub(super) struct Mapping {
    index: Index,
    body: Body,
    has_articles: bool,
    is_reddit: bool,
    /// The list that gives names for the ids of writers.
    pub(super) people: &'static str,
    keep_personal: bool,
    /// Where answers go by number: the id of each comment, by thread and number.
    ids: FxHashMap<(String, String), String>,
    /// Where comments do not name their thread: the thread of each article and comment, by id.
    threads: FxHashMap<String, String>,
    /// Times that could not be understood, such as "10 days ago".
    pub(super) unknown_times: u64,
}

impl Mapping {
    pub(super) fn new(preset: &Preset, options: &ReadOptions) -> Self {
        Self {
            index: options.fields.index(preset),
            body: preset.body,
            has_articles: preset.has_articles,
            is_reddit: preset.name == "reddit",
            people: preset.people,
            keep_personal: options.keep_personal,
            ids: FxHashMap::default(),
            threads: FxHashMap::default(),
            unknown_times: 0,
        }
    }

    /// What the field at `path` means.
    pub(super) fn meaning(&mut self, path: &str) -> Meaning {
        self.index.meaning(path)
    }

    /// Ends a record: mends what its fields say, and tells what it is.
    pub(super) fn finish(&mut self, record: &mut Record, holds: Holds) -> Outcome {
        if matches!(record.kind.as_str(), "more" | "pollopt") {
            return Outcome::Nothing;
        }
        self.mend(record);
        let holder = holds != Holds::Nothing;
        let is_article = holds == Holds::Comments && !record.had(Field::Parent)
            || !record.title.is_empty() && (self.has_articles || holder)
            || matches!(record.kind.as_str(), "story" | "job" | "poll" | "t3");
        let has_text = record.had(Field::Text) || record.had(Field::Html);
        if is_article || !has_text && holder {
            let comment = &mut record.comment;
            if self.is_reddit && !comment.id.starts_with("t3_") && !comment.id.is_empty() {
                comment.id.insert_str(0, "t3_");
            }
            if !comment.thread.is_empty() {
                std::mem::swap(&mut comment.id, &mut comment.thread);
            }
            if self.has_articles {
                self.threads.insert(comment.id.clone(), comment.id.clone());
            }
            return Outcome::Article(Article {
                thread: std::mem::take(&mut comment.id),
                title: std::mem::take(&mut record.title),
                text: comment.words().to_owned(),
                declared: record.declared,
            });
        }
        // Hacker News leaves out the text of what is deleted.
        if !has_text && !record.gone {
            return Outcome::NoText;
        }
        let is_null = |field| !record.had(field) || record.was_null(field);
        let is_null = is_null(Field::Text) && is_null(Field::Html);
        let comment = &mut record.comment;
        comment.deleted = record.gone
            || NOBODY[..2].contains(&comment.text.as_str())
            || comment.text.is_empty() && is_null;
        comment.automatic = matches!(record.kind.as_str(), "pingback" | "trackback")
            || comment.author == "AutoModerator"
            || comment.author.ends_with("[bot]");
        if self.has_articles && comment.thread.is_empty() {
            self.find_thread(record);
        }
        let comment = &mut record.comment;
        self.unknown_times += u64::from(record.unknown_time && comment.posted.is_none());
        if !self.keep_personal {
            comment.personal.clear();
        }
        Outcome::Comment
    }

    fn mend(&mut self, record: &mut Record) {
        let typed = !record.comment.text.is_empty();
        let comment = &mut record.comment;
        if typed {
            comment.plain = match self.body {
                Body::Plain => None,
                Body::Escaped => Plain::of_escaped(&comment.text),
                Body::Html => Plain::of_html(&comment.text),
            };
        } else if !record.html.is_empty() {
            std::mem::swap(&mut comment.text, &mut record.html);
            comment.plain = Plain::of_html(&comment.text);
        }
        for id in
            [&mut comment.id, &mut comment.thread, &mut comment.parent, &mut comment.author_id]
        {
            mend_id(id);
        }
        if self.is_reddit {
            mend_reddit(&mut comment.parent);
        }
        for id in [&mut comment.id, &mut comment.parent] {
            if let Some(bare) = id.strip_prefix("t1_") {
                *id = bare.to_owned();
            }
        }
        if comment.parent.starts_with("t3_")
            || NO_PARENT.contains(&comment.parent.as_str())
            || comment.parent == comment.id
            || self.has_articles && comment.parent == comment.thread
            || is_prose(&comment.parent)
        {
            comment.parent.clear();
        }
        if NO_PARENT.contains(&comment.addressee.as_str()) {
            comment.addressee.clear();
        }
        // YouTube names a reply after the comment that it stands under.
        if comment.parent.is_empty()
            && let Some((root, _)) = comment.id.split_once('.')
            && root.len() >= 20
            && root.starts_with("Ug")
        {
            comment.parent = root.to_owned();
        }
        if NOBODY.contains(&comment.author.as_str()) {
            comment.author.clear();
        }
        // In a report of ours, what was guessed is to be guessed again.
        let given = |source: &str| source.is_empty() || source == "given";
        if !given(&record.parent_source) {
            comment.parent.clear();
        }
        if !given(&record.author_source) {
            comment.author.clear();
        }
        if !record.number.is_empty() {
            self.join_numbers(record);
        }
    }

    /// Finds the thread of a comment by way of its parent, where the dump had that before it.
    fn find_thread(&mut self, record: &mut Record) {
        let comment = &mut record.comment;
        if let Some(thread) = self.threads.get(&comment.parent) {
            comment.thread.clone_from(thread);
            if comment.parent == comment.thread {
                comment.parent.clear();
            }
            self.threads.insert(comment.id.clone(), comment.thread.clone());
        }
    }

    /// Finds the id of the parent whose number is given.
    fn join_numbers(&mut self, record: &mut Record) {
        let comment = &mut record.comment;
        let key = |number: &mut String| (comment.thread.clone(), std::mem::take(number));
        let (own, parent) = (key(&mut record.number), key(&mut record.parent_number));
        if !parent.1.is_empty() && !NO_PARENT.contains(&parent.1.as_str()) {
            comment.parent = match self.ids.get(&parent) {
                Some(id) => id.clone(),
                None => format!("#{}", parent.1),
            };
        }
        self.ids.insert(own, comment.id.clone());
    }
}

/// Undoes what spreadsheets and data frames do to ids: `22024897.0`.
fn mend_id(id: &mut String) {
    if id.starts_with(char::is_whitespace) || id.ends_with(char::is_whitespace) {
        *id = id.trim().to_owned();
    }
    let whole = id.bytes().take_while(u8::is_ascii_digit).count();
    if whole > 0
        && let Some(fraction) = id[whole..].strip_prefix('.')
        && !fraction.is_empty()
        && fraction.bytes().all(|byte| byte == b'0')
    {
        id.truncate(whole);
    }
}

/// Pushshift gives some parents as numbers: the id read in base 36.
fn mend_reddit(parent: &mut String) {
    let Ok(mut number) = parent.parse::<u64>() else { return };
    // Short ids may be digits only; ids since 2012 have seven characters, so 36^6 or more.
    if number < 36_u64.pow(6) {
        return;
    }
    let mut digits = Vec::new();
    while number > 0 {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
    }
    *parent = digits.iter().rev().collect();
}

/// Whether a value in the place of a parent's id is the parent's text: no id has spaces.
fn is_prose(parent: &str) -> bool {
    parent.contains(char::is_whitespace)
}

/// A number of votes: `12`, `1,204`, `-3.0`, `1.2K`.
fn count(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(votes) = text.parse::<i32>() {
        return Some(votes.into());
    }
    let (number, factor) = match text.as_bytes().last()? {
        b'K' | b'k' => (&text[..text.len() - 1], 1e3),
        b'M' => (&text[..text.len() - 1], 1e6),
        _ => (text, 1.0),
    };
    let value: f64 = number.replace(',', "").parse().ok()?;
    let votes = (value * factor).round();
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
    (votes.abs() < 1e15).then_some(votes as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::preset::{GENERIC, REDDIT, REPORT};

    /// The comment of a record with these fields.
    fn comment(preset: &Preset, fields: &[(&str, &str)]) -> Comment {
        let mut mapping = Mapping::new(preset, &ReadOptions::default());
        let mut record = Record::default();
        for (name, value) in fields {
            let (field, rank) = mapping.meaning(name).value.unwrap();
            record.set(field, rank, Some(value));
        }
        let outcome = mapping.finish(&mut record, Holds::Nothing);
        assert!(matches!(outcome, Outcome::Comment), "{outcome:?}");
        record.comment
    }

    #[test]
    fn ids_that_became_floats_are_mended() {
        for (written, meant) in [
            ("22024897.0", "22024897"),
            ("22024897.00", "22024897"),
            ("1.5", "1.5"),
            ("10150000000000001", "10150000000000001"),
            ("12345678901234567890123", "12345678901234567890123"),
            (" 7 ", "7"),
            ("Ugx.9z", "Ugx.9z"),
            ("057894cf4738a5d8", "057894cf4738a5d8"),
        ] {
            let read = comment(&GENERIC, &[("id", written), ("text", "x")]);
            assert_eq!(read.id, meant);
        }
    }

    #[test]
    fn no_parent_is_no_parent_however_it_is_written() {
        for none in ["0", "0.0", "root", "", "null", "t3_abc", "1"] {
            let read = comment(
                &GENERIC,
                &[("id", "1"), ("thread_id", "9"), ("parent_id", none), ("text", "x")],
            );
            assert_eq!(read.parent, "", "{none}");
        }
        let text = "I also feel that it is important for him to have a say in the proposal.";
        assert_eq!(comment(&GENERIC, &[("parent", text), ("text", "x")]).parent, "");
    }

    #[test]
    fn parents_of_reddit_are_joined() {
        for (written, meant) in
            [("t1_haf7mc4", "haf7mc4"), ("37635511252", "haf7mc4"), ("t3_pbkq8f", "")]
        {
            let read = comment(
                &REDDIT,
                &[
                    ("id", "haflnk8"),
                    ("link_id", "t3_pbkq8f"),
                    ("parent_id", written),
                    ("body", "x"),
                ],
            );
            assert_eq!(read.parent, meant, "{written}");
        }
    }

    #[test]
    fn a_report_of_ours_gives_back_only_what_was_given() {
        let read = |source| {
            let fields = [
                ("author", "Ann"),
                ("author_source", source),
                ("parent_id", "3"),
                ("parent_source", source),
                ("text", "x"),
            ];
            let comment = comment(&REPORT, &fields);
            (comment.author, comment.parent)
        };
        assert_eq!(read("given"), ("Ann".into(), "3".into()));
        assert_eq!(read("mention"), (String::new(), String::new()));
    }

    #[test]
    fn what_is_deleted_keeps_its_place() {
        let read = comment(&REDDIT, &[("id", "a"), ("author", "[deleted]"), ("body", "[removed]")]);
        assert!(read.deleted);
        assert_eq!((read.author.as_str(), read.text.as_str()), ("", "[removed]"));
        assert!(comment(&GENERIC, &[("text", "x"), ("status", "spam")]).deleted);
        assert!(comment(&GENERIC, &[("text", "x"), ("deleted", "1")]).deleted);
        assert!(!comment(&GENERIC, &[("text", "x"), ("status", "1")]).deleted);
        assert!(!comment(&GENERIC, &[("text", ""), ("status", "approved")]).deleted);
    }

    #[test]
    fn votes_are_counted_however_they_are_written() {
        for (written, votes) in [
            ("12", Some(12)),
            ("-3.0", Some(-3)),
            ("1.2K", Some(1200)),
            ("1,204", Some(1204)),
            ("", None),
            ("many", None),
        ] {
            assert_eq!(comment(&GENERIC, &[("text", "x"), ("votes", written)]).votes, votes);
        }
    }

    #[test]
    fn addresses_are_kept_only_if_asked_for() {
        let mut record = Record::default();
        for keep_personal in [false, true] {
            let options = ReadOptions { keep_personal, ..ReadOptions::default() };
            let mut mapping = Mapping::new(&GENERIC, &options);
            record.clear();
            record.set(Field::Text, 1, Some("x"));
            record.set(Field::Personal, 1, Some("a@example.org"));
            record.set(Field::Personal, 2, Some("127.0.0.1"));
            mapping.finish(&mut record, Holds::Nothing);
            let kept = if keep_personal { "a@example.org 127.0.0.1" } else { "" };
            assert_eq!(record.comment.personal, kept);
        }
    }
}
