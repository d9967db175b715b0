//! A thread as a tree of comments.

use super::markup::Html;
use super::network::Network;
use super::reasons;
use crate::export::fields::Fields;
use crate::export::tally::ThreadTally;
use crate::table::Row;

/// Answers are nested so deep at most; browsers draw no deeper trees.
const MOST_DEPTH: u64 = 24;

/// The first threads are open when the page opens.
const OPEN: usize = 3;

/// A thread under way; its comments come in reading order.
pub(super) struct Tree {
    place: usize,
    html: Html,
    /// Depths of the lists that are open.
    open: Vec<u64>,
    /// The writers from the root down to the last comment.
    path: Vec<String>,
    /// How many answers the last comment has.
    answers: u64,
}

impl Tree {
    /// A thread to stand at `place` of the page, from 0.
    pub(super) fn new(place: usize) -> Self {
        Self { place, html: Html::default(), open: Vec::new(), path: Vec::new(), answers: 0 }
    }

    /// Adds a comment; gives the size of what was added.
    pub(super) fn add(&mut self, fields: &Fields, row: Row<'_>) -> usize {
        let before = self.html.as_str().len();
        let depth = fields.depth.count(row).min(MOST_DEPTH);
        match self.open.last() {
            None => {
                self.html.raw("<ol>");
                self.open.push(depth);
            }
            Some(last) if depth > *last => {
                self.html.raw("<details class=\"answers\" open><summary>");
                let answers = self.answers;
                let noun = if answers == 1 { " answer" } else { " answers" };
                self.html.count(answers).raw(noun).raw("</summary><ol>");
                self.open.push(depth);
            }
            Some(_) => {
                while self.open.len() > 1 && self.open.last().is_some_and(|last| *last > depth) {
                    self.html.raw("</li></ol></details>");
                    self.open.pop();
                }
                self.html.raw("</li>");
            }
        }
        comment(&mut self.html, fields, row);
        self.answers = fields.replies.count(row);
        self.html.as_str().len() - before
    }

    /// Counts the comment that was added last as an answer to the writer of its parent.
    pub(super) fn answer(&mut self, fields: &Fields, row: Row<'_>, network: &mut Network) {
        let author = fields.author.text(row);
        let depth = usize::try_from(fields.depth.count(row)).unwrap_or(usize::MAX);
        self.path.truncate(depth);
        if depth > 0 && depth == self.path.len() {
            let to = self.path.last().map_or("", String::as_str);
            network.add(author, to, fields.label.text(row) == "flamebait");
        }
        self.path.push(author.to_owned());
    }

    /// The whole thread.
    pub(super) fn finish(mut self, tally: &ThreadTally) -> Html {
        for _ in 1..self.open.len() {
            self.html.raw("</li></ol></details>");
        }
        self.html.raw("</li></ol>");
        let mut html = Html::default();
        html.raw("<details class=\"thread\"");
        if self.place < OPEN {
            html.raw(" open");
        }
        html.raw("><summary><h3><bdi>")
            .text(&tally.id)
            .raw("</bdi></h3> <span class=\"facts\"><bdi>");
        html.text(&tally.source).raw("</bdi> · ").count(tally.comments);
        html.raw(if tally.comments == 1 { " comment" } else { " comments" });
        for (count, class, name) in
            [(tally.flamebait, "flamebait", " flamebait"), (tally.heated, "heated", " heated")]
        {
            if count > 0 {
                html.raw(" <span class=\"tag ").raw(class).raw("\">").count(count).raw(name);
                html.raw("</span>");
            }
        }
        html.raw("</span></summary>").piece(&self.html).raw("</details>");
        html
    }
}

/// Writes a comment, its list item left open for answers.
fn comment(html: &mut Html, fields: &Fields, row: Row<'_>) {
    let (label, author) = (fields.label.text(row), fields.author.text(row));
    html.raw("<li data-label=\"").value(label);
    html.raw("\" data-categories=\"").value(fields.categories.text(row));
    html.raw("\" data-target=\"").value(fields.target.text(row));
    html.raw("\" data-author=\"").value(author).raw("\"><article tabindex=\"-1\"><header>");
    html.raw("<bdi class=\"author\">").text(if author.is_empty() {
        "unknown writer"
    } else {
        author
    });
    html.raw("</bdi>");
    let addressee = fields.addressee.text(row);
    if !addressee.is_empty() {
        html.raw(" <span class=\"to\">to <bdi>").text(addressee).raw("</bdi></span>");
    }
    let posted = fields.posted.text(row);
    if !posted.is_empty() {
        html.raw(" <time datetime=\"").value(posted).raw("\">");
        html.text(&posted.replace('T', " ")).raw("</time>");
    }
    if let (false, Some(score)) = (label.is_empty(), fields.flamebait.number(row)) {
        let class = match label {
            "flamebait" => "tag flamebait",
            "heated" => "tag heated",
            _ => "tag",
        };
        html.raw(" <span class=\"").raw(class).raw("\" title=\"flamebait score\">").text(label);
        html.raw(" ").number(score).raw("</span>");
    }
    if let Some(sentiment) = fields.sentiment.number(row) {
        let feeling = fields.sentiment_label.text(row);
        let class = match feeling {
            "negative" => "tag negative",
            "positive" => "tag positive",
            _ => "tag",
        };
        html.raw(" <span class=\"").raw(class).raw("\" title=\"sentiment\">").text(feeling);
        if feeling != "unscored" {
            html.raw(" ").number(sentiment);
        }
        html.raw("</span>");
    }
    for category in fields.categories.text(row).split(';').filter(|it| !it.is_empty()) {
        html.raw(" <span class=\"category\">").text(category).raw("</span>");
    }
    let target = fields.target.text(row);
    if !target.is_empty() {
        html.raw(" <span class=\"to\">aimed at ").text(&target.replace('_', " ")).raw("</span>");
    }
    if fields.parent_source.text(row) == "absent" {
        html.raw(" <span class=\"to\">answers somebody absent</span>");
    }
    html.raw(" <span class=\"place\">#").count(fields.position.count(row)).raw(", priority ");
    html.count(fields.priority.count(row)).raw("</span></header><p dir=\"auto\">");
    reasons::highlight(html, fields.text.text(row), fields.reasons.text(row));
    html.raw("</p></article>");
}
