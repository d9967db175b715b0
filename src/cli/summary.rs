//! What a run found, in sentences.

use std::fmt::Write;

use threadwarden::chain::{Layout, Reason};
use threadwarden::parse::Notes;
use threadwarden::pipeline::{Journal, Progress, Summary};

/// The summary that stands on standard error after a run.
pub(super) fn sentences(summary: &Summary) -> String {
    let mut text = String::new();
    for input in &summary.notable_inputs {
        let found = count(input.found, "comment");
        let it = if input.format == "page" { "page" } else { "dump" };
        let _ = match (input.declared, input.found) {
            (Some(declared), found_count) if declared != found_count => {
                writeln!(
                    text,
                    "{}: the {it} declares {} and holds {}",
                    input.source,
                    count(declared, "comment"),
                    input.found
                )
            }
            (None, 0) => writeln!(
                text,
                "{}: no comments found, read as {}{}",
                input.source,
                input.format,
                if input.format == "page" {
                    "; if it holds nothing but comments, say --comments-only"
                } else {
                    ""
                }
            ),
            (Some(_), _) => writeln!(text, "{}: {found}, as the {it} declares", input.source),
            (None, _) => Ok(()),
        };
        note(&input.source, &input.notes, &mut text);
    }
    let Summary {
        comments,
        threads,
        replies,
        absent,
        orphans,
        circles,
        duplicates,
        labels: [calm, heated, flamebait],
        unscored,
        ..
    } = summary;
    let _ = writeln!(text, "{} in {}", count(*comments, "comment"), count(*threads, "thread"));
    if *comments == 0 {
        return text;
    }
    let _ = write!(text, "  replies: {replies} found, {absent} spoken to someone absent");
    if *orphans > 0 {
        let _ = write!(text, ", {orphans} to a comment that the dump lacks");
    }
    if *circles > 0 {
        let _ = write!(text, ", {circles} in a circle");
    }
    if *duplicates > 0 {
        let comments = count(*duplicates, "comment");
        let _ = write!(text, "\n  duplicates: {comments} with the id of one before, kept");
    }
    for (layout, reason, threads) in &summary.layouts {
        let layout = match layout {
            Layout::Nested => "answers stand under what they answer",
            Layout::Auto | Layout::Chronological => "oldest to newest",
        };
        let reason = match reason {
            Reason::Asked => "as asked",
            // Then the layout does not matter.
            Reason::Given => continue,
            Reason::Times => "told from the times",
            Reason::Exchange => "told from who speaks to whom",
            Reason::Default => {
                "nothing tells; if answers stand under what they answer, say --layout nested"
            }
        };
        let _ = write!(text, "\n  layout of {}: {layout} ({reason})", count(*threads, "thread"));
    }
    let _ = write!(text, "\n  flamebait: {flamebait} flamebait, {heated} heated, {calm} calm");
    if *unscored > 0 {
        let _ = write!(text, ", {unscored} unscored");
    }
    text.push('\n');
    text
}

/// What had to be assumed or mended to read a dump.
fn note(source: &str, notes: &Notes, text: &mut String) {
    if let Some(encoding) = &notes.encoding {
        let _ = writeln!(text, "{source}: read as {encoding}; say --encoding if it is another");
    }
    if notes.replaced > 0 {
        let replaced = count(notes.replaced, "character");
        let _ = writeln!(text, "{source}: {replaced} could not be read and stand as \u{fffd}");
    }
    if notes.unknown_times > 0 {
        let comments = count(notes.unknown_times, "comment");
        let _ = writeln!(
            text,
            "{source}: the time of {comments} names no moment (such as \"10 days ago\") and is left out"
        );
    }
    if notes.unclear_dates > 0 {
        let comments = count(notes.unclear_dates, "comment");
        let _ = writeln!(
            text,
            "{source}: the date of {comments} has two meanings (such as 03/04/2019), no other date tells which, and is left out"
        );
    }
    if notes.left_out > 0 {
        let comments = count(notes.left_out, "comment");
        let _ = writeln!(text, "{source}: the dump says that it leaves out {comments} or more");
    }
    if !notes.unseen.is_empty() {
        let names = listed(&notes.unseen);
        let _ = writeln!(text, "{source}: no record has a field called {names}; look at --map");
    }
    if !notes.unused.is_empty() {
        let names = listed(&notes.unused);
        let _ = writeln!(text, "{source}: not used: {names}; --map says what a column holds");
    }
}

/// The first of some names.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let more = if names.len() > SHOWN { ", …" } else { "" };
    let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
    shown.join(", ") + more
}

/// How far a run on so many inputs had come when it was interrupted.
pub(super) fn interrupted(so_far: Option<Progress>, inputs: usize, is_resumable: bool) -> String {
    let mut text = String::from("interrupted after ");
    text += &count(so_far.map_or(0, |so_far| so_far.comments), "comment");
    let finished = so_far.map_or(0, |so_far| so_far.inputs);
    if inputs > 1 {
        let _ = write!(text, ", {finished} of {inputs} inputs finished");
    }
    text += "; no report was written, what was there before is untouched";
    if is_resumable && finished > 0 {
        text += "; the same command goes on from there";
    } else if !is_resumable && inputs > 1 {
        text += "; a run with --resume can go on where it was interrupted";
    }
    text
}

/// What there was to go on from, in the journal at `place`, for a run on so many inputs.
pub(super) fn resumed(place: &str, journal: &Journal, inputs: usize) -> String {
    let mut text = String::new();
    if journal.is_other() {
        let _ =
            writeln!(text, "{place}: is of a run with other inputs or settings; starting afresh");
    }
    if let Some(changed) = journal.changed() {
        let changed = changed.display();
        let _ = writeln!(text, "{changed}: has changed; it and what follows is scored anew");
    }
    if journal.finished() > 0 {
        let (finished, comments) = (journal.finished(), count(journal.comments(), "comment"));
        let _ = writeln!(text, "going on after {finished} of {inputs} inputs, {comments}");
    }
    text
}

/// "1 comment", "2 comments".
pub(super) fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(inputs: usize, is_resumable: bool) -> String {
        let mut so_far = Progress::default();
        (so_far.comments, so_far.inputs) = (1200, inputs / 2);
        interrupted(Some(so_far), inputs, is_resumable)
    }

    #[test]
    fn an_interruption_says_how_far_the_run_came_and_how_to_go_on() {
        let one = "interrupted after 1200 comments; no report was written, what was there before is untouched";
        assert_eq!(told(1, false), one);
        let many = one.replace("comments;", "comments, 2 of 4 inputs finished;");
        assert_eq!(told(4, true), format!("{many}; the same command goes on from there"));
        assert_eq!(
            told(4, false),
            format!("{many}; a run with --resume can go on where it was interrupted")
        );
    }
}
