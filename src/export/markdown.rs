//! A summary in Markdown: for a message, a wiki or a merge request.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::tally::{self, Tally};
use super::{Content, Exporter, Order, Output, Run};
use crate::export::fields::Fields;

/// A summary in Markdown.
pub(super) struct Markdown;

/// How many threads, authors and comments are named.
const MOST: usize = 10;

/// How many characters of a comment are quoted.
const QUOTED: usize = 200;

impl Exporter for Markdown {
    fn name(&self) -> &'static str {
        "md"
    }

    fn tells_of_the_run(&self) -> bool {
        true
    }

    fn write(&self, content: Content<'_>, mut output: Output) -> io::Result<()> {
        let Content { columns, rows, run, .. } = content;
        let fields = Fields::of(columns);
        let mut tally = Tally::new(columns, MOST);
        let mut first: Vec<(u64, [String; 4])> = Vec::new();
        rows.each(Order::Reading, &mut |entry| {
            tally.add(entry.row);
            let rank = fields.priority.count(entry.row);
            if (1..=MOST as u64).contains(&rank) {
                let score = fields.flamebait.number(entry.row);
                let score = score.map(|score| format!("{score:.2}")).unwrap_or_default();
                let cells = [fields.thread, fields.author, fields.text];
                let [thread, author, text] = cells.map(|field| escaped(field.text(entry.row)));
                first.push((rank, [thread, author, score, text]));
            }
            Ok(())
        })?;
        first.sort_by_key(|(rank, _)| *rank);
        let mut text = facts(run);
        table(&mut text, &["priority", "thread", "author", "flamebait", "comment"]);
        for (rank, cells) in &first {
            let _ = writeln!(text, "| {rank} | {} |", cells.join(" | "));
        }
        for (name, counts) in [
            ("flamebait label", &tally.labels),
            ("category", &tally.categories),
            ("target", &tally.targets),
            ("sentiment", &tally.sentiment_labels),
        ] {
            if !counts.is_empty() {
                table(&mut text, &[name, "comments"]);
                for (name, count) in tally::ranking(counts) {
                    let _ = writeln!(text, "| {} | {count} |", escaped(name));
                }
            }
        }
        table(&mut text, &["most heated thread", "comments", "heated", "flamebait"]);
        for thread in tally.threads.ranking() {
            let (id, tally) = (escaped(&thread.id), thread);
            let _ = writeln!(
                text,
                "| {id} | {} | {} | {} |",
                tally.comments, tally.heated, tally.flamebait
            );
        }
        table(&mut text, &["author", "comments", "heated", "flamebait"]);
        for author in tally.authors.ranking().into_iter().take(MOST) {
            let name = escaped(&author.name);
            let (all, heated, flamebait) = (author.comments, author.heated, author.flamebait);
            let _ = writeln!(text, "| {name} | {all} | {heated} | {flamebait} |");
        }
        output.write_all(text.as_bytes())?;
        output.flush()
    }
}

/// What was read, counted, and scored with.
fn facts(run: &Run) -> String {
    let mut text = format!(
        "# Comments to moderate\n\nWritten by {}, scored by {}. The scores are hints for a person who decides.\n",
        escaped(&run.tool),
        escaped(&run.model)
    );
    table(&mut text, &["counted", ""]);
    for (name, count) in &run.counts {
        let _ = writeln!(text, "| {} | {count} |", escaped(name));
    }
    table(&mut text, &["setting", ""]);
    for (name, value) in &run.settings {
        let _ = writeln!(text, "| {} | {} |", escaped(name), escaped(value));
    }
    table(&mut text, &["input", "format", "declared", "found", "SHA-256"]);
    for input in &run.inputs {
        let declared = input.declared.map(|count| count.to_string()).unwrap_or_default();
        let (name, format) = (escaped(&input.name), escaped(&input.format));
        let (found, hash) = (input.found, &input.hash);
        let _ = writeln!(text, "| {name} | {format} | {declared} | {found} | {hash} |");
    }
    if run.more_inputs > 0 {
        let _ = writeln!(text, "| and {} more | | | | |", run.more_inputs);
    }
    text
}

/// Begins a table.
fn table(text: &mut String, header: &[&str]) {
    let _ = write!(text, "\n| {} |\n|", header.join(" | "));
    text.push_str(&"---|".repeat(header.len()));
    text.push('\n');
}

/// Text on one line that no Markdown is seen in, cut with an ellipsis.
fn escaped(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    let mut escaped = String::new();
    for letter in line.chars().take(QUOTED) {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            letter if letter.is_control() => escaped.push('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => escaped.push('\u{fffd}'),
            letter => {
                if "\\`*_{}[]()#+-.!|~>@$:^=".contains(letter) {
                    escaped.push('\\');
                }
                escaped.push(letter);
            }
        }
    }
    if line.chars().nth(QUOTED).is_some() {
        escaped.push('…');
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_markdown_of_a_comment_is_seen() {
        assert_eq!(
            escaped("a | b\n[x](javascript:y) <b>`&"),
            "a \\| b \\[x\\]\\(javascript\\:y\\) &lt;b\\>\\`&amp;"
        );
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(escaped(&"x".repeat(300)).chars().count(), 201);
    }
}
