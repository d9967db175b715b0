//! The comments under one article, linked.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::layout::{Arrangement, Reason};
use super::link::{self, Linked};
use super::model::{self, Models};
use super::order;
use crate::comment::{Article, Comment};

/// Why a reply is believed to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The dump says so.
    Given,
    /// The comment names the writer of its parent.
    Mention,
    /// The comment quotes its parent.
    Quote,
    /// The comment is like its parent.
    Similarity,
}

impl Evidence {
    /// The word for it in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Mention => "mention",
            Self::Quote => "quote",
            Self::Similarity => "similarity",
        }
    }
}

/// An edge to the comment answered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reply {
    /// Position of the parent in [`Thread::comments`], always smaller than the comment's own:
    /// chains cannot loop.
    pub to: usize,
    /// Why.
    pub evidence: Evidence,
    /// How likely the edge is right, 0–1.
    pub confidence: f32,
}

/// How a comment hangs on its thread.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Link {
    /// Answers no other comment, as far as is known.
    #[default]
    Root,
    /// Answers a comment of the thread.
    Reply(Reply),
    /// Speaks to somebody, or quotes a comment, that is not in the dump.
    Absent {
        /// How likely it is that the comment spoken to is missing, 0–1.
        confidence: f32,
    },
    /// The dump names a parent that the dump does not hold, or that answers the comment itself.
    Orphan,
}

/// Where the name of a writer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorSource {
    /// The dump says so.
    Given,
    /// Somebody speaks to the writer by name and quotes the comment.
    Quote,
    /// The comments that speak to the name answer this one.
    Mention,
}

impl AuthorSource {
    /// The word for it in a report.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Quote => "quote",
            Self::Mention => "mention",
        }
    }
}

/// Who wrote a comment.
#[derive(Clone, Debug, PartialEq)]
pub struct Authorship {
    /// Display name.
    pub name: String,
    /// Why the name is believed.
    pub source: AuthorSource,
    /// How likely the name is right, 0–1.
    pub confidence: f32,
}

/// How the dump shows a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Layout {
    /// Told from times, and from who speaks to whom.
    #[default]
    Auto,
    /// One comment after the other as time went by.
    Chronological,
    /// Answers stand under the comment that they answer.
    Nested,
}

/// In which direction time runs in the dump.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Told from times, and from who speaks to whom.
    #[default]
    Auto,
    /// The oldest comment stands first.
    Oldest,
    /// The newest comment stands first.
    Newest,
}

/// What linking may be told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkOptions {
    /// Inferred edges less sure than this are left out; 0 keeps them all. `None` takes the
    /// confidence at which nine of ten edges were right on labelled threads.
    pub min_confidence: Option<f32>,
    /// How the dump shows threads.
    pub layout: Layout,
    /// In which direction time runs.
    pub order: Order,
    /// Whether likeness alone may link two comments.
    pub similar: bool,
    /// Whether a given parent may be replaced by the comment below it that a mention speaks to.
    pub refine: bool,
}

/// The comments under one article in the order in which they were written, and how they hang
/// together. All lists but `roots` are parallel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Thread {
    /// The article above, where the dump has it.
    pub article: Option<Article>,
    /// The comments, oldest first or, in a nested page without times, as they are shown.
    pub comments: Vec<Comment>,
    /// Where each comment stands in the dump, from 0.
    pub shown: Vec<usize>,
    /// How each comment hangs on the thread.
    pub links: Vec<Link>,
    /// Who wrote each comment, where the dump says so or it could be inferred.
    pub authors: Vec<Option<Authorship>>,
    /// Whom each comment speaks to: the byte range of the name in its [`Comment::words`]. None too
    /// where only a field of the dump says so.
    pub addressees: Vec<Option<Range<usize>>>,
    /// The first comment of the chain that each comment is in: itself, if it answers none.
    pub roots: Vec<usize>,
    /// How many answers lie between each comment and its root, itself counted: 0 for a root.
    pub depths: Vec<usize>,
    /// How many comments answer each comment directly.
    pub reply_counts: Vec<usize>,
    /// How the dump was taken to be laid out.
    pub arrangement: Arrangement,
}

impl Thread {
    /// Links `comments`, which stand as in the dump: `options` say how that is.
    #[must_use]
    pub fn link(comments: Vec<Comment>, article: Option<Article>, options: &LinkOptions) -> Self {
        Self::link_with(comments, article, options, &model::BUILT_IN)
    }

    /// Links as [`link`](Self::link) does, with weights of one's own.
    #[must_use]
    pub fn link_with(
        mut comments: Vec<Comment>,
        article: Option<Article>,
        options: &LinkOptions,
        models: &Models,
    ) -> Self {
        let (mut arrangement, shown) = order::arrange(&mut comments, options);
        let told = match arrangement.reason {
            Reason::Default => Layout::Auto,
            _ => arrangement.layout,
        };
        let linked = link::link(&comments, article.as_ref(), options, told, models);
        let Linked { links, authors, addressees, nested } = linked;
        if nested && told == Layout::Auto {
            arrangement.layout = Layout::Nested;
            arrangement.reason = Reason::Exchange;
        }
        let mut thread = Self {
            article,
            comments,
            shown,
            links,
            authors,
            addressees,
            arrangement,
            ..Self::default()
        };
        if arrangement.layout == Layout::Nested {
            thread.sort_by_time();
        }
        thread.measure();
        thread
    }

    /// Puts a thread that was linked as it is shown in the order of time, if the times are known.
    fn sort_by_time(&mut self) {
        let parent = |position| self.reply(position).map(|reply| reply.to);
        let parents: Vec<Option<usize>> = (0..self.comments.len()).map(parent).collect();
        let Some(order) = order::by_time(&self.comments, &parents) else { return };
        let mut places = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            places[old] = new;
        }
        self.comments = order::pick(std::mem::take(&mut self.comments), &order);
        self.shown = order::pick(std::mem::take(&mut self.shown), &order);
        self.links = order::pick(std::mem::take(&mut self.links), &order);
        self.authors = order::pick(std::mem::take(&mut self.authors), &order);
        self.addressees = order::pick(std::mem::take(&mut self.addressees), &order);
        for link in &mut self.links {
            if let Link::Reply(reply) = link {
                reply.to = places[reply.to];
            }
        }
    }

    /// Fills the lists that follow from the links.
    fn measure(&mut self) {
        let size = self.comments.len();
        self.reply_counts = vec![0; size];
        self.roots.reserve(size);
        self.depths.reserve(size);
        for position in 0..size {
            let parent = self.reply(position).map(|reply| reply.to);
            self.roots.push(parent.map_or(position, |parent| self.roots[parent]));
            self.depths.push(parent.map_or(0, |parent| self.depths[parent] + 1));
            if let Some(parent) = parent {
                self.reply_counts[parent] += 1;
            }
        }
    }

    /// The edge from the comment at `position` to the comment that it answers.
    #[must_use]
    pub fn reply(&self, position: usize) -> Option<Reply> {
        match self.links.get(position)? {
            Link::Reply(reply) => Some(*reply),
            Link::Root | Link::Absent { .. } | Link::Orphan => None,
        }
    }

    /// The name that the comment at `position` speaks to, as it is written there, or else in the
    /// dump's own field for it.
    #[must_use]
    pub fn addressee(&self, position: usize) -> Option<&str> {
        let comment = self.comments.get(position)?;
        let range = self.addressees.get(position).cloned().flatten();
        let field = || Some(comment.addressee.as_str()).filter(|name| !name.is_empty());
        range.and_then(|range| comment.words().get(range)).or_else(field)
    }
}
