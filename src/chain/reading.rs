//! What a first reading of a thread tells: who wrote, who is spoken to, what is quoted.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::alias::Names;
use super::few::Few;
use super::fold::squeeze;
use super::lists::Lists;
use super::mention::{self, Form, Mention};
use super::name;
use super::people::{Found, MOST_OF_PART, People};
use super::quote;
use super::vocative::Vocatives;
use crate::comment::Comment;

/// Somebody whom a comment names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The numbers of those who may be meant: people where authors are known, else names. Empty
    /// if nobody in the thread is.
    pub(super) who: Few,
    /// The name as it is written.
    pub(super) range: Range<usize>,
    /// How it is marked.
    pub(super) form: Form,
    /// Whether it stands inside the text, not at the start.
    pub(super) inside: bool,
}

impl Named {
    fn new(text: &str, who: Few, range: Range<usize>, form: Form) -> Self {
        let inside = text[..range.start].contains(char::is_alphanumeric);
        Self { who, range, form, inside }
    }
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
    pub(super) named: Lists<Named>,
    /// Whether each comment begins as if it spoke to somebody, who is not here: in a chat.
    pub(super) strays: Vec<bool>,
    /// What each comment marks as quoted.
    pub(super) quotes: Lists<Range<usize>>,
    /// Whether each comment asks something.
    pub(super) asks: Vec<bool>,
    /// The length of each comment in bytes.
    pub(super) lengths: Vec<usize>,
    /// How many people or names there are.
    pub(super) people: usize,
    /// The names that each comment speaks to without a mark, where authors are hidden: it is by
    /// none of them.
    pub(super) vocatives: Lists<usize>,
    /// The names as they were first written, by number, where authors are hidden.
    pub(super) names: Vec<String>,
}

/// The share of comments whose author must be given for the authors to count as known.
const KNOWN_SHARE: usize = 2;

impl Reading {
    /// Reads the comments, which stand oldest first.
    pub(super) fn new(comments: &[Comment]) -> Self {
        let given = comments.iter().filter(|comment| !comment.author.is_empty()).count();
        let mut reading = Self {
            known: given > 0 && given * KNOWN_SHARE >= comments.len(),
            writers: Vec::with_capacity(comments.len()),
            named: Lists::with_capacity(comments.len()),
            strays: Vec::with_capacity(comments.len()),
            quotes: Lists::with_capacity(comments.len()),
            asks: Vec::with_capacity(comments.len()),
            lengths: Vec::with_capacity(comments.len()),
            ..Self::default()
        };
        let mut people = People::default();
        let mut spans = Vec::new();
        for (position, comment) in comments.iter().enumerate() {
            let named = (!comment.author.is_empty()).then_some(comment.author.as_str());
            reading.writers.push(named.map(|name| people.enter(name, position)));
            quote::spans(comment.words(), &mut spans);
            reading.quotes.extend(spans.drain(..));
            reading.quotes.close();
            reading.asks.push(memchr::memchr(b'?', comment.words().as_bytes()).is_some());
            reading.lengths.push(comment.words().len());
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
        let mut all = Lists::with_capacity(comments.len());
        let (mut at_signs, mut leads) = (0, 0);
        for (position, comment) in comments.iter().enumerate() {
            let text = comment.words();
            let writer = self.writers[position];
            if let Some(lead) = lead(text, position, writer, people) {
                leads += usize::from(!lead.who.is_empty());
                all.push(lead);
            }
            found.clear();
            mention::find(text, &self.quotes[position], &mut found);
            at_signs += found.len();
            for &Mention { name, form } in &found {
                let after = &text[name..];
                let Found { people: who, length } =
                    people.look_up(after, position, writer).unwrap_or_else(|| Found {
                        people: Few::default(),
                        length: name::hidden_end(after, &FxHashSet::default()),
                    });
                if form == Form::At || !who.is_empty() {
                    all.push(Named::new(text, who, name..name + length, form));
                }
            }
            if let Some(name) = in_field(comment) {
                let whole = people.whole(name).filter(|&(person, length)| {
                    length == name.len() && people.wrote_before(person, position)
                });
                let who = whole.map(|(person, _)| Few::one(person));
                let found = || people.look_up(name, position, writer).map(|found| found.people);
                lead_with(&mut all, text, who.or_else(found).unwrap_or_default());
            }
            all.close();
        }
        self.chat = leads > at_signs && leads >= 3 && leads * 20 >= comments.len();
        for (position, comment) in comments.iter().enumerate() {
            // Words before a colon are a name only if somebody bears it, but in a chat they may
            // be the name of one who left.
            let named = all[position].iter();
            let sure = named.filter(|name| name.form != Form::Leading || !name.who.is_empty());
            self.named.extend(sure.cloned());
            let left = self.named.open().len();
            self.strays.push(self.chat && left < all[position].len());
            if self.chat && left == 0 {
                let writer = self.writers[position];
                self.named.extend(unmarked(comment.words(), position, writer, people));
            }
            // Whoever is here is spoken to rather than one who is not.
            self.named.open().sort_by_key(|name| name.who.is_empty());
            self.named.close();
        }
    }

    /// Finds mentions and gives each name a number.
    fn name_names(&mut self, comments: &[Comment]) {
        let mut learnt = FxHashSet::default();
        let mut found = Vec::new();
        let mut mentions = Lists::with_capacity(comments.len());
        let mut key = String::new();
        for (position, comment) in comments.iter().enumerate() {
            let text = comment.words();
            found.clear();
            mention::find(text, &self.quotes[position], &mut found);
            let capital = |name: usize| text[name..].starts_with(char::is_uppercase);
            for mention in found.drain(..).filter(|it| it.form == Form::At || capital(it.name)) {
                let after = &text[mention.name..];
                let end = name::hidden_end(after, &FxHashSet::default());
                if name::words(&after[..end]).nth(1).is_some() {
                    key.clear();
                    squeeze(&after[..end], &mut key);
                    if !learnt.contains(&key) {
                        learnt.insert(key.clone());
                    }
                }
                mentions.push(mention);
            }
            mentions.close();
        }
        let mut names = Names::default();
        let mut fields = Vec::with_capacity(comments.len());
        let mut all = Lists::with_capacity(comments.len());
        for (position, comment) in comments.iter().enumerate() {
            for &Mention { name, form } in &mentions[position] {
                let after = &comment.words()[name..];
                let length = name::hidden_end(after, &learnt);
                let Some(number) = names.enter(&after[..length]) else { continue };
                all.push((number, name..name + length, form));
            }
            let field = in_field(comment).and_then(|name| names.enter(name));
            fields.push(field);
            all.close();
        }
        let same = names.same();
        for (position, comment) in comments.iter().enumerate() {
            for (number, range, form) in &all[position] {
                let who = Few::one(same[*number]);
                if self.named.open().iter().all(|other| other.who != who) {
                    let text = comment.words();
                    self.named.push(Named::new(text, who, range.clone(), *form));
                }
            }
            if let Some(number) = fields[position] {
                lead_with(&mut self.named, comment.words(), Few::one(same[number]));
            }
            self.named.close();
        }
        let mut vocatives = Vocatives::default();
        for (number, name) in names.written.iter().enumerate() {
            vocatives.enter(name, same[number]);
        }
        for comment in comments {
            vocatives.find(comment.words(), |name| self.vocatives.push(name));
            self.vocatives.close();
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
    pub(super) fn is_inside(&self, position: usize) -> bool {
        self.addressee(position).is_some_and(|named| named.inside)
    }

    /// Whom the comment at `position` speaks to.
    pub(super) fn addressee(&self, position: usize) -> Option<&Named> {
        self.named[position].first()
    }
}

/// The name of the person answered, where the dump has a field for it.
fn in_field(comment: &Comment) -> Option<&str> {
    let name = comment.addressee.trim().trim_start_matches('@');
    (!name.is_empty()).then_some(name)
}

/// Puts whom a field of the dump names before all whom the text names.
fn lead_with(named: &mut Lists<Named>, text: &str, who: Few) {
    let known = named.open().iter().position(|other| other.who == who && !who.is_empty());
    if known.is_none() {
        named.push(Named::new(text, who, 0..0, Form::Field));
    }
    let open = named.open();
    let place = known.unwrap_or(open.len() - 1);
    open[..=place].rotate_right(1);
}

/// The name that leads a text without an `@`. Nobody is meant by it unless a whole name or a first
/// name stands there.
fn lead(
    text: &str,
    position: usize,
    writer: Option<usize>,
    people: &mut People<'_>,
) -> Option<Named> {
    let mut stray = None;
    if let Some((Mention { name, form }, end)) = mention::leading(text) {
        let words = text[name..end].split(|c| !mention::is_word(c)).filter(|word| !word.is_empty());
        // Of more than two words, only a whole name would be all of them.
        let whole = match words.take(MOST_OF_PART + 1).count() {
            0..=MOST_OF_PART => people.look_up(&text[name..end], position, writer),
            _ => people.look_up_whole(&text[name..end], position, writer),
        };
        let all = |found: &Found| !text[name + found.length..end].contains(char::is_alphanumeric);
        let who = whole.filter(all).map(|found| found.people);
        let who = who.filter(|_| end - name > 2 || name == 0).unwrap_or_default();
        let named = Named::new(text, who, name..end, form);
        if !who.is_empty() {
            return Some(named);
        }
        stray = Some(named);
    }
    let greeted = mention::greeted(text).and_then(|Mention { name, form }| {
        let found = people.look_up(&text[name..], position, writer)?;
        Some(Named::new(text, found.people, name..name + found.length, form))
    });
    greeted.or(stray)
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
    Some(Named::new(text, found.people, 0..end, Form::Leading))
}
