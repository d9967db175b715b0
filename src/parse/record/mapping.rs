//! How records become comments.

use rustc_hash::FxHashMap;

use super::{Record, gone};
use crate::comment::Article;
use crate::parse::fields::{Field, Index, Meaning};
use crate::parse::head::Head;
use crate::parse::preset::{Body, Preset};
use crate::parse::time::Days;
use crate::parse::{Notes, ReadOptions, notes};

/// What stands within a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::parse) enum Holds {
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
pub(in crate::parse) enum Outcome {
    /// A comment, in [`Record::comment`].
    Comment,
    /// The article above.
    Article(Article),
    /// Something that is meant to be left out, such as a sign that more could be fetched.
    Nothing,
    /// It has no text.
    NoText,
}

/// How the records of one dump become comments.
#[derive(Debug)]
pub(in crate::parse) struct Mapping {
    index: Index,
    pub(super) body: Body,
    pub(super) has_articles: bool,
    pub(super) is_reddit: bool,
    /// The list that gives names for the ids of writers.
    pub(in crate::parse) people: &'static str,
    keep_personal: bool,
    /// Where answers go by number: the id of each comment, by thread and number.
    pub(super) ids: FxHashMap<(String, String), String>,
    /// Where comments do not name their thread: the thread of each article and comment, by id.
    pub(super) threads: FxHashMap<String, String>,
    /// What the dates of the dump have in front.
    days: Days,
    /// Times that could not be understood, such as "10 days ago".
    unknown_times: u64,
    /// Dates that could be read in two ways.
    unclear_dates: u64,
    /// Comments that the dump says it leaves out.
    left_out: u64,
}

impl Mapping {
    pub(in crate::parse) fn new(preset: &Preset, options: &ReadOptions, head: &Head) -> Self {
        Self {
            index: options.fields.index(preset),
            body: preset.body,
            has_articles: preset.has_articles,
            is_reddit: preset.name == "reddit",
            people: preset.people,
            keep_personal: options.keep_personal,
            ids: FxHashMap::default(),
            threads: FxHashMap::default(),
            days: Days::of_head(head.bytes()),
            unknown_times: 0,
            unclear_dates: 0,
            left_out: 0,
        }
    }

    /// What the field at `path` means.
    pub(in crate::parse) fn meaning(&mut self, path: &str) -> Meaning {
        self.index.meaning(path)
    }

    /// Ends a record: mends what its fields say, and tells what it is.
    pub(in crate::parse) fn finish(&mut self, record: &mut Record, holds: Holds) -> Outcome {
        match record.kind.as_str() {
            "more" => {
                // Reddit counts 0 where a thread goes on on a page of its own.
                self.left_out += record.declared.unwrap_or(0).max(1);
                return Outcome::Nothing;
            }
            "pollopt" => return Outcome::Nothing,
            _ => {}
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
        comment.deleted =
            record.gone || gone::says_so(comment.words()) || comment.text.is_empty() && is_null;
        comment.automatic = matches!(record.kind.as_str(), "pingback" | "trackback")
            || comment.author == "AutoModerator"
            || comment.author.ends_with("[bot]");
        if self.has_articles && comment.thread.is_empty() {
            self.find_thread(record);
        }
        self.find_time(record);
        let comment = &mut record.comment;
        if !self.keep_personal {
            comment.personal.clear();
        }
        Outcome::Comment
    }

    /// Decides on a time that could be read in two ways, and counts one that is left out.
    fn find_time(&mut self, record: &mut Record) {
        self.days = self.days.and(record.days);
        let posted = &mut record.comment.posted;
        if posted.is_none() && record.unknown_time {
            *posted = record.either_time.and_then(|moments| self.days.choose(moments));
            if posted.is_none() {
                let is_unclear = record.either_time.is_some();
                *if is_unclear { &mut self.unclear_dates } else { &mut self.unknown_times } += 1;
            }
        }
    }

    /// Adds what was noted so far.
    pub(in crate::parse) fn notes(&self, notes: &mut Notes) {
        notes.unknown_times += self.unknown_times;
        notes.unclear_dates += self.unclear_dates;
        notes.left_out += self.left_out;
        notes::add(&mut notes.unseen, self.index.unseen());
    }
}
