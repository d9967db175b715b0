//! Comments out of JSON in any shape: flat records, answers within what they answer, comments
//! within articles, and the wrappers that platforms put around all of these.
//!
//! No recursion: however deep a thread goes, the stack stays flat.

mod finish;
mod names;
mod node;

use std::collections::VecDeque;

use self::names::{Name, Names};
use self::node::{Became, Node};
use super::fields::{Field, Meaning};
use super::lexer::{Fault, Lexer, Token};
use super::record::{Holds, Mapping, Record};
use crate::comment::{Article, Comment};

/// What comes out.
pub(super) enum Found {
    /// A comment.
    Comment,
    /// A record that cannot be used: its line, and why.
    Fault(u64, String),
    /// Nothing more.
    End,
}

/// What is ready to come out.
enum Ready {
    Comment(Box<Record>),
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
    names: Names,
    ready: VecDeque<Ready>,
    /// Blank records, to be used again.
    #[expect(clippy::vec_box, reason = "they go from here to nodes and to what is ready")]
    spare: Vec<Box<Record>>,
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
    /// Leaves out fields that [can be](Field::can_be_skimmed).
    pub(super) is_skimming: bool,
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
            names: Names::default(),
            ready: VecDeque::new(),
            spare: Vec::new(),
            articles: VecDeque::new(),
            found: 0,
            without_text: 0,
            is_streaming,
            recovered_at: None,
            went_ahead: false,
            document_thread: String::new(),
            is_skimming: false,
        }
    }

    pub(super) fn article(&mut self) -> Option<Article> {
        self.articles.pop_front()
    }

    /// Finds the next comment, and puts it into `comment`, or fault.
    pub(super) fn next(
        &mut self,
        lexer: &mut Lexer<'_>,
        comment: &mut Comment,
    ) -> Result<Found, Fault> {
        loop {
            match self.ready.pop_front() {
                Some(Ready::Comment(mut record)) => {
                    std::mem::swap(comment, &mut record.comment);
                    record.clear();
                    self.spare.push(record);
                    return Ok(Found::Comment);
                }
                Some(Ready::Fault(line, reason)) => return Ok(Found::Fault(line, reason)),
                None => {}
            }
            match self.step(lexer) {
                Ok(true) => {}
                Ok(false) => {
                    self.recovered_at = None;
                    return Ok(Found::End);
                }
                Err(Fault::Syntax(reason)) => match self.recover(lexer, reason) {
                    // That nothing comes behind the fault is no second one.
                    Err(Fault::CutOff) => self.take_whole(lexer)?,
                    recovered => recovered?,
                },
                Err(Fault::CutOff) => self.cut_off(lexer)?,
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Gives up what is being read, to go on with something else.
    pub(super) fn abandon(&mut self) {
        self.drop_nodes(0);
        self.frames.clear();
        self.path.clear();
        self.recovered_at = None;
    }

    /// Takes one piece; false at the end.
    fn step(&mut self, lexer: &mut Lexer<'_>) -> Result<bool, Fault> {
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
                self.ready.push_back(Ready::Fault(lexer.line(), fault));
                lexer.skip_line()?;
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
            record: self.spare.pop().unwrap_or_default(),
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
    fn field(
        &mut self,
        node: usize,
        is_around: bool,
        certain: bool,
        lexer: &mut Lexer<'_>,
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
        let is_wanted = |(field, _): &(Field, _)| !self.is_skimming || !field.can_be_skimmed();
        let value = meaning.value.filter(is_wanted);
        let token = if value.is_some() { lexer.next()? } else { lexer.next_kind()? };
        match (token, value) {
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
}
