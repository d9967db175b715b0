//! What becomes of records that have ended, and of broken ones.

use rustc_hash::FxHashMap;

use super::node::{Became, Node};
use super::{Frame, Ready, Tree};
use crate::parse::lexer::{Fault, Lexer};
use crate::parse::record::{Holds, Outcome};

impl Tree {
    /// Turns the nodes from `start` on into comments and articles.
    pub(super) fn flush(&mut self, start: usize) {
        let people = self.nodes[start..].iter_mut().filter(|node| node.is_person);
        let names: FxHashMap<String, String> = people.map(Node::take_author).collect();
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
                    let comment = &mut node.record.comment;
                    self.found += 1;
                    if let Some(parent) = parent {
                        parent.place(comment);
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
                    self.document_thread.clone_from(&comment.thread);
                    let blank = self.spare.pop().unwrap_or_default();
                    let record = std::mem::replace(&mut node.record, blank);
                    self.ready.push_back(Ready::Comment(record));
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
                    self.ready.push_back(Ready::Fault(node.line, fault.into()));
                }
                Outcome::NoText => self.without_text += 1,
            }
        }
        self.drop_nodes(start);
    }

    /// Gives up the nodes from `start` on; their memory is used again.
    pub(super) fn drop_nodes(&mut self, start: usize) {
        for mut node in self.nodes.drain(start..) {
            node.record.clear();
            self.spare.push(node.record);
        }
    }

    /// Goes on behind a record that is no JSON.
    pub(super) fn recover(&mut self, lexer: &mut Lexer<'_>, reason: String) -> Result<(), Fault> {
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
        self.ready.push_back(Ready::Fault(line, reason));
        match (broken, self.frames.last()) {
            (Some(depth), _) => {
                if let Frame::Node(node) = self.frames[depth] {
                    self.path.truncate(self.nodes[node].base);
                    self.drop_nodes(node);
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

    /// Tells that the input ends too early, and takes what is whole of it.
    pub(super) fn cut_off(&mut self, lexer: &mut Lexer<'_>) -> Result<(), Fault> {
        let open = self.nodes.iter().rfind(|node| !node.closed && !node.is_document);
        let line = open.map_or(lexer.line(), |node| node.line);
        let fault = "ends within a value; it is broken, or the dump is cut off".to_owned();
        let taken = self.take_whole(lexer);
        self.ready.push_back(Ready::Fault(line, fault));
        taken
    }

    /// Takes the records that were whole when the input ended.
    pub(super) fn take_whole(&mut self, lexer: &mut Lexer<'_>) -> Result<(), Fault> {
        self.frames.clear();
        self.path.clear();
        self.flush(0);
        lexer.skip_line()
    }
}
