//! What a first reading of a thread tells: who wrote, who is spoken to, what is quoted.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::alias::Names;
use super::fold::squeeze;
use super::mention::{self, Form, Mention};
use super::name;
use super::people::{Found, People};
use super::quote;
use crate::comment::Comment;

/// Somebody whom a comment names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The numbers of those who may be meant: people where authors are known, else names. Empty
    /// if nobody in the thread is.
    pub(super) who: Vec<usize>,
    /// The name as it is written.
    pub(super) range: Range<usize>,
    /// How it is marked.
    pub(super) form: Form,
}

/// What a first reading of a thread tells.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// Whether the dump says who wrote.
    pub(super) known: bool,
    /// Whether people address each other by a leading `Name:`, as in a chat.
    pub(super) chat: bool,
    /// Who wrote each comment, if known.
    pub(super) writers: Vec<Option<usize>>,
    /// Whom each comment names, whom it speaks to first.
    pub(super) named: Vec<Vec<Named>>,
    /// Whether each comment begins as if it spoke to somebody, who is not here: in a chat.
    pub(super) strays: Vec<bool>,
    /// What each comment marks as quoted.
    pub(super) quotes: Vec<Vec<Range<usize>>>,
    /// How many people or names there are.
    pub(super) people: usize,
    /// The names as they were first written, by number, where authors are hidden.
    pub(super) names: Vec<String>,
}

/// The share of comments whose author must be given for the authors to count as known.
const KNOWN_SHARE: usize = 2;

impl Reading {
    /// Reads the comments, which stand oldest first.
    pub(super) fn new(comments: &[Comment]) -> Self {
        let given = comments.iter().filter(|comment| !comment.author.is_empty()).count();
        let mut reading =
            Self { known: given > 0 && given * KNOWN_SHARE >= comments.len(), ..Self::default() };
        let mut people = People::default();
        for (position, comment) in comments.iter().enumerate() {
            let named = (!comment.author.is_empty()).then_some(comment.author.as_str());
            reading.writers.push(named.map(|name| people.enter(name, position)));
            let mut spans = Vec::new();
            quote::spans(comment.words(), &mut spans);
            reading.quotes.push(spans);
        }
        if reading.known {
            reading.people = people.len();
            reading.name_people(comments, &mut people);
        } else {
            reading.writers.fill(None);
            reading.name_names(comments);
        }
        reading
    }

    /// Finds mentions and looks them up among the people.
    fn name_people(&mut self, comments: &[Comment], people: &mut People<'_>) {
        let mut found = Vec::new();
        let (mut at_signs, mut leads) = (0, 0);
        for (position, comment) in comments.iter().enumerate() {
            let text = comment.words();
            let writer = self.writers[position];
            let mut named = Vec::new();
            if let Some(lead) = lead(text, position, writer, people) {
                leads += usize::from(!lead.who.is_empty());
                named.push(lead);
            }
            found.clear();
            mention::find(text, &self.quotes[position], &mut found);
            at_signs += found.len();
            for &Mention { name, form } in &found {
                let after = &text[name..];
                let Found { people: who, length } =
                    people.look_up(after, position, writer).unwrap_or_else(|| Found {
                        people: Vec::new(),
                        length: name::hidden_end(after, &FxHashSet::default()),
                    });
                if form == Form::At || !who.is_empty() {
                    named.push(Named { who, range: name..name + length, form });
                }
            }
            self.named.push(named);
        }
        self.chat = leads > at_signs && leads >= 3 && leads * 20 >= comments.len();
        for (position, named) in self.named.iter_mut().enumerate() {
            // Words before a colon are a name only if somebody bears it, but in a chat they may
            // be the name of one who left.
            let size = named.len();
            named.retain(|name| name.form != Form::Leading || !name.who.is_empty());
            self.strays.push(self.chat && named.len() < size);
            if self.chat && named.is_empty() {
                let text = comments[position].words();
                named.extend(unmarked(text, position, self.writers[position], people));
            }
            // Whoever is here is spoken to rather than one who is not.
            named.sort_by_key(|name| name.who.is_empty());
        }
    }

    /// Finds mentions and gives each name a number.
    fn name_names(&mut self, comments: &[Comment]) {
        let mut learnt = FxHashSet::default();
        let mut found = Vec::new();
        let mut mentions = Vec::new();
        for (comment, quotes) in comments.iter().zip(&self.quotes) {
            mention::find(comment.words(), quotes, &mut found);
            found.retain(|mention| {
                mention.form == Form::At
                    || comment.words()[mention.name..].starts_with(char::is_uppercase)
            });
            for mention in &found {
                let after = &comment.words()[mention.name..];
                let end = name::hidden_end(after, &FxHashSet::default());
                if name::words(&after[..end]).nth(1).is_some() {
                    let mut key = String::new();
                    squeeze(&after[..end], &mut key);
                    learnt.insert(key);
                }
            }
            mentions.push(std::mem::take(&mut found));
        }
        let mut names = Names::default();
        for (comment, mentions) in comments.iter().zip(&mentions) {
            let mut named: Vec<Named> = Vec::new();
            for &Mention { name, form } in mentions {
                let after = &comment.words()[name..];
                let length = name::hidden_end(after, &learnt);
                let Some(number) = names.enter(&after[..length]) else { continue };
                named.push(Named { who: vec![number], range: name..name + length, form });
            }
            self.named.push(named);
        }
        let same = names.same();
        for named in &mut self.named {
            for name in named.iter_mut() {
                name.who[0] = same[name.who[0]];
            }
            let mut seen = Vec::new();
            named.retain(|name| {
                let new = !seen.contains(&name.who[0]);
                seen.push(name.who[0]);
                new
            });
        }
        self.names = names.written;
        self.people = self.names.len();
        self.strays = vec![false; comments.len()];
    }

    /// Whether what the comment at `position` quotes stands directly behind whom it speaks to, so
    /// that it quotes that person: `@Ann, "it rains" Does it?`
    pub(super) fn quotes_addressee(&self, position: usize, text: &str) -> bool {
        let Some(named) = self.addressee(position) else { return false };
        let end = named.range.end;
        let Some(quote) = self.quotes[position].iter().find(|quote| quote.start >= end) else {
            return false;
        };
        !text[end..quote.start].contains(char::is_alphanumeric)
    }

    /// Whether whom the comment at `position` speaks to stands inside its text, not at the start.
    pub(super) fn is_inside(&self, position: usize, comments: &[Comment]) -> bool {
        self.addressee(position).is_some_and(|named| {
            comments[position].words()[..named.range.start].contains(char::is_alphanumeric)
        })
    }

    /// Whom the comment at `position` speaks to.
    pub(super) fn addressee(&self, position: usize) -> Option<&Named> {
        self.named[position].first()
    }
}

/// The name that leads a text without an `@`. Nobody is meant by it unless a whole name or a first
/// name stands there.
fn lead(
    text: &str,
    position: usize,
    writer: Option<usize>,
    people: &mut People<'_>,
) -> Option<Named> {
    if let Some((Mention { name, form }, end)) = mention::leading(text) {
        let whole = people.look_up(&text[name..end], position, writer);
        let all = |found: &Found| !text[name + found.length..end].contains(char::is_alphanumeric);
        let who = whole.filter(all).map(|found| found.people);
        let who = who.filter(|_| end - name > 2 || name == 0).unwrap_or_default();
        return Some(Named { who, range: name..end, form });
    }
    let Mention { name, form } = mention::greeted(text)?;
    let found = people.look_up(&text[name..], position, writer)?;
    Some(Named { who: found.people, range: name..name + found.length, form })
}

/// The whole name that leads a line of a chat without any mark.
fn unmarked(
    text: &str,
    position: usize,
    writer: Option<usize>,
    people: &mut People<'_>,
) -> Option<Named> {
    let end = text.find(' ')?;
    let name = text.get(..end).filter(|name| name.len() > 2 && !name::is_plain_word(name))?;
    people.whole(name).filter(|&(_, length)| length == end)?;
    let found = people.look_up(name, position, writer).filter(|found| found.length == end)?;
    Some(Named { who: found.people, range: 0..end, form: Form::Leading })
}
