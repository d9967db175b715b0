//! Labelled comments, for the commands that learn from them or measure by them.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use threadwarden::comment::Plain;
use threadwarden::decisions::{self, Decisions, Labelled, Labels, Names};
use threadwarden::score::flamebait::train;
use threadwarden::score::language;

use super::Stop;

/// Where the labelled comments are, and what their labels mean.
#[derive(clap::Args)]
pub(super) struct Input {
    /// Reports of `score` that came back with decisions (workbooks or CSV, one for each moderator),
    /// or any CSV, TSV, JSON Lines or workbook with a column for the text and one for the label
    #[arg(required = true, value_name = "LABELLED")]
    files: Vec<PathBuf>,

    /// Which columns hold what, such as text=body,label=verdict
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', value_parser = mapping)]
    map: Vec<(Field, String)>,

    /// Labels that mean flamebait, beside the usual ones (remove, hide, yes, 1, …)
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    yes: Vec<String>,

    /// Labels that mean harmless, beside the usual ones (keep, approve, no, 0, …)
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    no: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Text,
    Label,
}

fn mapping(argument: &str) -> Result<(Field, String), String> {
    let (field, name) = argument.split_once('=').ok_or("write FIELD=NAME, such as text=body")?;
    match field {
        "text" => Ok((Field::Text, name.into())),
        "label" => Ok((Field::Label, name.into())),
        _ => Err(format!("no field is called {field:?}; there are text, label")),
    }
}

/// What was read.
pub(super) struct Read {
    /// Comments with a label, their texts without markup.
    pub(super) comments: Vec<Labelled>,
    /// Comments on which as many say the one as the other.
    pub(super) even: Vec<Labelled>,
    /// What the files were and what was left out, in sentences.
    pub(super) told: String,
}

impl Read {
    /// How many of the comments are flamebait.
    pub(super) fn flamebait(&self) -> usize {
        self.comments.iter().filter(|comment| comment.target >= 0.5).count()
    }
}

/// So many words that say neither are named.
const NAMED: usize = 5;

impl Input {
    /// The files.
    pub(super) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// Reads the files; an error if there are not both kinds of comment, for `purpose`.
    pub(super) fn read(&self, purpose: &str) -> Result<Read, Stop> {
        let named = |field| {
            let named = self.map.iter().find(|(of, _)| *of == field);
            named.map(|(_, name)| name.clone())
        };
        let names = Names { text: named(Field::Text), label: named(Field::Label) };
        let sheets = self.files.iter().map(|file| decisions::read_labelled(file, &names));
        let decisions = decisions::join(sheets.collect::<Result<_, _>>()?, None);
        let Decisions { changed, .. } = &decisions;
        let changed = changed.len();
        let mut labels = decisions::labels(decisions, |word| self.meaning(word));
        let all = labels.comments.len();
        labels.comments.retain_mut(|comment| {
            comment.text = readable(&comment.text);
            !language::detect(&comment.text).foreign
        });
        let told = self.told(&labels, changed, all - labels.comments.len());
        let read = Read { comments: labels.comments, even: labels.even, told };
        let (flamebait, all) = (read.flamebait(), read.comments.len());
        let reason = if all == 0 {
            "no comment has a label that says flamebait or harmless; fill in the column decision \
             or label, or say which words mean which: --yes WORD --no WORD"
        } else if flamebait == 0 {
            "all labelled comments are harmless; flamebait is needed too: label some of the \
             comments that come first in a report"
        } else if flamebait == all {
            "all labelled comments are flamebait; harmless ones are needed too: label some of the \
             comments that come late in a report"
        } else {
            return Ok(read);
        };
        let message = format!("nothing to {purpose}: {reason}\n{}", read.told.trim_end());
        Err(Stop::Failed(message))
    }

    /// What a label means: by the words of the user, or else by the usual ones.
    fn meaning(&self, label: &str) -> Option<f64> {
        let is_in = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(label));
        match (is_in(&self.yes), is_in(&self.no)) {
            (true, _) => Some(1.0),
            (false, true) => Some(0.0),
            (false, false) => train::target(label),
        }
    }

    /// What was read and what was left out.
    fn told(&self, labels: &Labels, changed: usize, foreign: usize) -> String {
        let Labels { comments, undecided, even, cut, unknown } = labels;
        let hot = comments.iter().filter(|comment| comment.target >= 0.5).count();
        let files: Vec<String> = self.files.iter().map(|path| path.display().to_string()).collect();
        let mut text = format!(
            "{}: {} labelled, {hot} flamebait and {} harmless\n",
            files.join(", "),
            comments.len(),
            comments.len() - hot
        );
        let mut left_out = |count: usize, what: &str| {
            if count > 0 {
                let _ = writeln!(text, "  left out: {count} {what}");
            }
        };
        left_out(usize::try_from(*undecided).unwrap_or(usize::MAX), "without a label");
        left_out(even.len(), "on which as many say the one as the other");
        left_out(usize::try_from(*cut).unwrap_or(usize::MAX), "whose text is not whole");
        left_out(foreign, "surely not in English, which a report leaves unscored");
        for (word, count) in unknown.iter().take(NAMED) {
            let what = format!("labelled {word:?}, which says neither; see --yes and --no");
            left_out(usize::try_from(*count).unwrap_or(usize::MAX), &what);
        }
        if unknown.len() > NAMED {
            left_out(unknown.len() - NAMED, "more words that say neither");
        }
        if changed > 0 {
            let _ = writeln!(text, "  text changed between files: {changed}; the first is taken");
        }
        text
    }
}

/// What there is to read in a text: a sheet does not say whether its texts have markup.
fn readable(text: &str) -> String {
    let has = |signs: &[&str]| signs.iter().any(|sign| text.contains(sign));
    if has(&["<p>", "</p>", "<br", "</a>", "</blockquote>"]) {
        Plain::from_html(text).text
    } else if has(&["&amp;", "&gt;", "&lt;"]) {
        Plain::from_escaped(text).text
    } else {
        text.to_owned()
    }
}

/// Refuses to write over a file that is read.
pub(super) fn keep_apart(inputs: &[PathBuf], output: &Path) -> Result<(), Stop> {
    match inputs.iter().find(|input| super::score::is_same(input, output)) {
        None => Ok(()),
        Some(input) => Err(Stop::Failed(format!(
            "{}: is read and would be written over; give the output another name",
            input.display()
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn markup_is_taken_off_where_there_is_some() {
        assert_eq!(readable("a < b, and </sarcasm>"), "a < b, and </sarcasm>");
        assert_eq!(readable("<p>Fish &amp; chips</p>"), "Fish & chips");
        assert_eq!(readable("&gt; quoted\nNo."), "> quoted\nNo.");
    }
}
