//! Comments out of JSON in any shape: flat records, answers within what they answer, comments
//! within articles, and the wrappers that platforms put around all of these.
//!
//! No recursion: however deep a thread goes, the stack stays flat.

use std::collections::VecDeque;
use std::io::BufRead;

use rustc_hash::FxHashMap;

use super::fields::Meaning;
use super::lexer::{Fault, Lexer, Token};
use super::record::{Holds, Mapping, Outcome, Record};
use crate::comment::{Article, Comment};

/// Lists of answers to the comment that holds them.
const ANSWERS: &[&str] = &["replies", "children", "kids", "answers", "responses", "childcomments"];

/// Lists of comments below something that need not be one.
const COMMENTS: &[&str] = &[
    "comments",
    "hits",
    "posts",
    "latest_posts",
    "items",
    "results",
    "data",
    "edges",
    "nodes",
    "rows",
    "records",
    "utterances",
    "entries",
];

/// Objects whose fields belong to the object around them.
const WRAPPERS: &[&str] = &["data", "comment", "node", "snippet", "topLevelComment"];

/// How many names are remembered, and how long they may be.
const MOST_NAMES: usize = 4096;
const LONGEST_NAME: usize = 200;

/// What is known of a name.
#[derive(Clone, Copy)]
struct Name {
    is_answers: bool,
    is_comments: bool,
    may_be_comments: bool,
    is_wrapper: bool,
    is_people: bool,
    meaning: Meaning,
}

/// What comes out.
pub(super) enum Found {
    /// A comment.
    Comment(Box<Comment>),
    /// A record that cannot be used: its line, and why.
    Fault(u64, String),
}

/// Puts comments together from the pieces of a [`Lexer`].
pub(super) struct Tree {
    pub(super) mapping: Mapping,
    /// The objects of the record being read, each behind the one that holds it.
    nodes: Vec<Node>,
    /// What is open, one for each container that the lexer has open.
    frames: Vec<Frame>,
    /// Names of the objects around the field being read, joined by dots, for all open nodes.
    path: String,
    /// Names met before, by their paths within a node.
    names: FxHashMap<Box<str>, Name>,
    ready: VecDeque<Found>,
    articles: VecDeque<Article>,
    /// Comments found so far: the running number that a comment without an id will get.
    found: u64,
    /// Records in lists that may be of something else than comments, left out.
    pub(super) without_text: u64,
    /// Whether what stands in an object around the whole dump need not wait for its end.
    is_streaming: bool,
    /// Where the last fault was met.
    recovered_at: Option<(u64, u64)>,
    /// Whether comments went ahead, and the thread of the last one.
    went_ahead: bool,
    document_thread: String,
}

struct Node {
    record: Record,
    line: u64,
    parent: Option<usize>,
    /// Where its own fields' names begin in the path.
    base: usize,
    /// It stands in a list of comments or answers, so it is one, even if it holds such lists too.
    is_comment: bool,
    /// It is no comment but gives the name of a writer.
    is_person: bool,
    /// What it holds.
    holds: Holds,
    /// It is the object around the whole dump.
    is_document: bool,
    closed: bool,
    /// What became of it.
    became: Became,
}

enum Became {
    Unknown,
    /// A comment, of such a thread and id.
    Comment(String, String),
    /// An article, or something else around comments, with its id.
    Holder(String),
}

#[derive(Clone, Copy)]
enum Frame {
    /// An object that is a node.
    Node(usize),
    /// An object whose fields belong to the node; the path had such a length outside.
    Inside(usize, usize),
    /// An object that stands in the place of a list and holds it somewhere; whether it is
    /// certain that the list is one of comments.
    Around(usize, bool),
    /// A list of nodes; whether it is certain that these are comments.
    List(Option<usize>, bool),
    /// A list of people.
    People(usize),
    /// A list of objects whose fields belong to the node; the path had such a length outside.
    Parts(usize, usize),
}

impl Tree {
    pub(super) fn new(mapping: Mapping, is_streaming: bool) -> Self {
        // Names may come behind the comments that they belong to.
        let is_streaming = is_streaming && mapping.people.is_empty();
        Self {
            mapping,
            nodes: Vec::new(),
            frames: Vec::new(),
            path: String::new(),
            names: FxHashMap::default(),
            ready: VecDeque::new(),
            articles: VecDeque::new(),
            found: 0,
            without_text: 0,
            is_streaming,
            recovered_at: None,
            went_ahead: false,
            document_thread: String::new(),
        }
    }

    pub(super) fn article(&mut self) -> Option<Article> {
        self.articles.pop_front()
    }

    /// The next comment or fault; `None` at the end.
    pub(super) fn next<R: BufRead>(
        &mut self,
        lexer: &mut Lexer<R>,
    ) -> Result<Option<Found>, Fault> {
        loop {
            if let Some(found) = self.ready.pop_front() {
                return Ok(Some(found));
            }
            match self.step(lexer) {
                Ok(true) => {}
                Ok(false) => {
                    self.recovered_at = None;
                    return Ok(None);
                }
                Err(Fault::Syntax(reason)) => self.recover(lexer, reason)?,
                Err(Fault::CutOff) => self.cut_off(lexer)?,
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Gives up what is being read, to go on with something else.
    pub(super) fn abandon(&mut self) {
        self.nodes.clear();
        self.frames.clear();
        self.path.clear();
        self.recovered_at = None;
    }

    /// Takes one piece; false at the end.
    fn step<R: BufRead>(&mut self, lexer: &mut Lexer<R>) -> Result<bool, Fault> {
        let token = lexer.next()?;
        match (self.frames.last().copied(), token) {
            (_, Token::End) => return Ok(false),
            (None, Token::OpenObject) => self.open_node(lexer.line(), None, false),
            (None, Token::OpenArray) => self.frames.push(Frame::List(None, false)),
            (Some(Frame::List(owner, certain)), Token::OpenObject) => {
                self.open_node(lexer.line(), owner, certain);
            }
            (Some(Frame::People(owner)), Token::OpenObject) => {
                self.open_node(lexer.line(), Some(owner), false);
                if let Some(person) = self.nodes.last_mut() {
                    person.is_person = true;
                }
            }
            (Some(list @ Frame::List(..)), Token::OpenArray) => self.frames.push(list),
            (Some(Frame::Parts(node, _)), Token::OpenObject) => {
                self.frames.push(Frame::Inside(node, self.path.len()));
                self.path.push('.');
            }
            (Some(_), Token::CloseArray | Token::CloseObject) => self.close(),
            (Some(Frame::Around(node, certain)), Token::Key) => {
                self.field(node, true, certain, lexer)?;
            }
            (Some(Frame::Node(node) | Frame::Inside(node, _)), Token::Key) => {
                self.field(node, false, false, lexer)?;
            }
            (None, _) => {
                let fault = "is no JSON object, as a comment has to be".to_owned();
                self.ready.push_back(Found::Fault(lexer.line(), fault));
            }
            // Numbers and texts in lists of answers are ids of answers that the dump leaves out.
            (Some(_), token) => lexer.skip(token)?,
        }
        Ok(true)
    }

    fn open_node(&mut self, line: u64, parent: Option<usize>, is_comment: bool) {
        let is_document = self.is_streaming && self.frames.is_empty();
        self.frames.push(Frame::Node(self.nodes.len()));
        self.nodes.push(Node {
            record: Record::default(),
            line,
            parent,
            base: self.path.len(),
            is_comment,
            is_person: false,
            holds: Holds::Nothing,
            is_document,
            closed: false,
            became: Became::Unknown,
        });
    }

    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::Node(node)) => {
                self.path.truncate(self.nodes[node].base);
                self.nodes[node].closed = true;
                match self.nodes[node].parent {
                    None => self.flush(0),
                    Some(parent) if self.may_go_ahead(parent) => {
                        self.went_ahead = true;
                        self.flush(parent + 1);
                    }
                    Some(_) => {}
                }
            }
            Some(Frame::Inside(_, length) | Frame::Parts(_, length)) => self.path.truncate(length),
            _ => {}
        }
    }

    /// Whether the comments that a node holds need not wait for its end.
    fn may_go_ahead(&self, node: usize) -> bool {
        let node = &self.nodes[node];
        node.is_document && node.holds != Holds::Answers
    }

    /// Takes a field of an object, with its value.
    fn field<R: BufRead>(
        &mut self,
        node: usize,
        is_around: bool,
        certain: bool,
        lexer: &mut Lexer<R>,
    ) -> Result<(), Fault> {
        let outside = self.path.len();
        self.path.push_str(&lexer.text());
        let name = self.name(self.nodes[node].base, outside);
        let is_top = self.nodes[node].parent.is_none();
        let is_wrapper = !is_around && name.is_wrapper;
        let Name { is_answers, is_comments, is_people, .. } = name;
        // What is called `data` or `items` in a comment need not be more comments.
        let may_be_list = is_around || is_top || is_wrapper;
        let is_list = is_answers || is_comments || may_be_list && name.may_be_comments;
        let is_held = is_around && certain;
        let certain = certain || is_answers || is_comments;
        let meaning = if is_around { Meaning::default() } else { name.meaning };
        let token = if meaning.value.is_some() { lexer.next()? } else { lexer.next_kind()? };
        match (token, meaning.value) {
            (Token::Text | Token::Number, Some((field, rank))) => {
                self.nodes[node].record.set(field, rank, Some(&lexer.text()));
            }
            (Token::True, Some((field, rank))) => {
                self.nodes[node].record.set(field, rank, Some("true"));
            }
            (Token::False, Some((field, rank))) => {
                self.nodes[node].record.set(field, rank, Some("false"));
            }
            (Token::Null, Some((field, rank))) => self.nodes[node].record.set(field, rank, None),
            (Token::OpenArray, _) if is_people => self.frames.push(Frame::People(node)),
            (Token::OpenArray, _) if is_list => {
                if !is_held {
                    self.nodes[node].hold(is_answers, is_comments);
                }
                self.frames.push(Frame::List(Some(node), certain));
            }
            (Token::OpenObject, _) if is_wrapper => {
                self.frames.push(Frame::Inside(node, outside));
            }
            (Token::OpenObject, _) if is_list => {
                if !is_held {
                    self.nodes[node].hold(is_answers, is_comments);
                }
                self.frames.push(Frame::Around(node, certain));
            }
            (Token::OpenObject, _) if meaning.inside => {
                self.path.push('.');
                self.frames.push(Frame::Inside(node, outside));
                return Ok(());
            }
            (Token::OpenArray, _) if meaning.inside => {
                self.frames.push(Frame::Parts(node, outside));
                return Ok(());
            }
            // Somewhere below the top the comments may begin.
            (Token::OpenObject, _) if is_top => {
                self.frames.push(Frame::Around(node, false));
            }
            (Token::CloseObject | Token::CloseArray, _) => {
                // A name without a value.
                self.path.truncate(outside);
                self.close();
                return Ok(());
            }
            (Token::End, _) => return Err(Fault::CutOff),
            (other, _) => lexer.skip(other)?,
        }
        self.path.truncate(outside);
        Ok(())
    }

    /// What is known of the name that stands in the path from `outside` on, in a node whose own
    /// names begin at `base`.
    fn name(&mut self, base: usize, outside: usize) -> Name {
        let path = &self.path[base..];
        if let Some(name) = self.names.get(path) {
            return *name;
        }
        let last = &self.path[outside..];
        let is_in = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(last));
        let name = Name {
            is_answers: is_in(ANSWERS),
            is_comments: last.eq_ignore_ascii_case("comments"),
            may_be_comments: is_in(COMMENTS),
            is_wrapper: is_in(WRAPPERS),
            is_people: !last.is_empty() && is_in(&[self.mapping.people]),
            meaning: self.mapping.meaning(path),
        };
        // A dump has few names, unless it is made to have many.
        if self.names.len() < MOST_NAMES && path.len() < LONGEST_NAME {
            self.names.insert(path.into(), name);
        }
        name
    }

    /// Turns the nodes from `start` on into comments and articles.
    fn flush(&mut self, start: usize) {
        let people = self.nodes[start..].iter_mut().filter(|node| node.is_person);
        let people = people.map(|person| std::mem::take(&mut person.record.comment));
        let names: FxHashMap<String, String> =
            people.map(|person| (person.author_id, person.author)).collect();
        for index in start..self.nodes.len() {
            let (above, rest) = self.nodes.split_at_mut(index);
            let node = &mut rest[0];
            let parent = node.parent.map(|parent| &above[parent]);
            if node.is_person {
                continue;
            }
            if !node.closed {
                node.become_holder();
                continue;
            }
            let outcome = self.mapping.finish(&mut node.record, node.holds);
            match outcome {
                Outcome::Comment => {
                    let mut comment = std::mem::take(&mut node.record.comment);
                    self.found += 1;
                    if let Some(parent) = parent {
                        parent.place(&mut comment);
                    }
                    if comment.author.is_empty()
                        && let Some(name) = names.get(&comment.author_id)
                    {
                        comment.author.clone_from(name);
                    }
                    if node.holds != Holds::Nothing {
                        if comment.id.is_empty() {
                            comment.id = self.found.to_string();
                        }
                        node.became = Became::Comment(comment.thread.clone(), comment.id.clone());
                    }
                    self.ready.push_back(Found::Comment(Box::new(comment)));
                }
                Outcome::Article(mut article) => {
                    node.became = Became::Holder(article.thread.clone());
                    if node.is_document && self.went_ahead {
                        // Its comments went ahead, with their own word for the thread or the file's.
                        article.thread = std::mem::take(&mut self.document_thread);
                    }
                    if !article.title.is_empty() || article.declared.is_some() {
                        self.articles.push_back(article);
                    }
                }
                Outcome::Nothing => {}
                Outcome::NoText if node.is_comment || parent.is_none() => {
                    let fault =
                        "has no field `text`; name the one that holds it with --map text=FIELD";
                    self.ready.push_back(Found::Fault(node.line, fault.into()));
                }
                Outcome::NoText => self.without_text += 1,
            }
        }
        if let Some(Found::Comment(comment)) = self.ready.back() {
            self.document_thread.clone_from(&comment.thread);
        }
        self.nodes.truncate(start);
    }

    /// Goes on behind a record that is no JSON.
    fn recover<R: BufRead>(&mut self, lexer: &mut Lexer<R>, reason: String) -> Result<(), Fault> {
        let position = lexer.position();
        if self.recovered_at.replace(position) == Some(position) {
            return Err(Fault::Limit(format!(
                "line {} {reason}; it cannot be read on",
                position.0
            )));
        }
        let is_record = |frame: &Frame| match frame {
            Frame::Node(node) => match self.nodes[*node].parent {
                None => !self.may_go_ahead(*node),
                Some(parent) => self.may_go_ahead(parent),
            },
            _ => false,
        };
        let broken = self.frames.iter().position(is_record);
        let line = match broken.map(|depth| self.frames[depth]) {
            Some(Frame::Node(node)) => self.nodes[node].line,
            _ => lexer.line(),
        };
        self.ready.push_back(Found::Fault(line, reason));
        match (broken, self.frames.last()) {
            (Some(depth), _) => {
                if let Frame::Node(node) = self.frames[depth] {
                    self.path.truncate(self.nodes[node].base);
                    self.nodes.truncate(node);
                }
                self.frames.truncate(depth);
                lexer.skip_to(depth)
            }
            (None, None) => lexer.skip_line(),
            (None, Some(Frame::List(..))) => lexer.skip_to_record(),
            (None, Some(_)) => {
                self.close();
                lexer.skip_to(self.frames.len())
            }
        }
    }

    /// Takes what is whole of an input that ends too early.
    fn cut_off<R: BufRead>(&mut self, lexer: &mut Lexer<R>) -> Result<(), Fault> {
        let open = self.nodes.iter().rfind(|node| !node.closed && !node.is_document);
        let line = open.map_or(lexer.line(), |node| node.line);
        self.frames.clear();
        self.path.clear();
        self.flush(0);
        let fault = "ends within a value; it is broken, or the dump is cut off".to_owned();
        self.ready.push_back(Found::Fault(line, fault));
        lexer.skip_line()
    }
}

impl Node {
    /// Notes that it has a list of answers or comments.
    fn hold(&mut self, is_answers: bool, is_comments: bool) {
        let holds = match () {
            () if is_comments && !self.is_comment => Holds::Comments,
            () if is_answers || self.is_comment => Holds::Answers,
            () => Holds::Something,
        };
        self.holds = self.holds.max(holds);
    }

    fn become_holder(&mut self) {
        let comment = &self.record.comment;
        let id = if comment.thread.is_empty() { &comment.id } else { &comment.thread };
        self.became = Became::Holder(id.clone());
    }

    /// Gives a comment within this one what it does not say itself.
    fn place(&self, comment: &mut Comment) {
        let holder;
        let thread = match &self.became {
            Became::Comment(thread, id) => {
                if comment.parent.is_empty() {
                    comment.parent.clone_from(id);
                }
                thread
            }
            Became::Holder(id) => id,
            Became::Unknown => {
                let own = &self.record.comment;
                holder = if own.thread.is_empty() { own.id.clone() } else { own.thread.clone() };
                &holder
            }
        };
        if comment.thread.is_empty() {
            comment.thread.clone_from(thread);
        }
    }
}
