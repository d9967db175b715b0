//! Labelled comments and the files that hold them.

use std::io::Read;

use crate::error::{Error, Result};

/// A comment with what people say about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Labelled {
    /// What the reader wrote.
    pub text: String,
    /// From 0, harmless, to 1, flamebait.
    pub target: f64,
    /// How much the comment counts; 1 for an ordinary one.
    pub weight: f64,
}

/// The names under which the label of a comment may stand, best first.
const LABELS: [&str; 3] = ["decision", "label", "flamebait"];

/// What people write for flamebait, and for harmless.
const YES: [&str; 15] = [
    "1",
    "yes",
    "y",
    "true",
    "x",
    "flamebait",
    "heated",
    "toxic",
    "hide",
    "hidden",
    "remove",
    "removed",
    "reject",
    "rejected",
    "delete",
];
const NO: [&str; 10] =
    ["0", "no", "n", "false", "calm", "ok", "keep", "approve", "approved", "harmless"];

/// Reads a CSV file with a column `text` and one of `decision`, `label`, `flamebait`. Rows without
/// a label are skipped; `name` is for messages.
///
/// A label is a word such as `yes`, `flamebait`, `remove`, `no`, `calm`, `keep`, or a number from
/// 0 to 1.
///
/// # Errors
///
/// [`Error::Labels`] if a column is missing, a label is none of these, or the file is no CSV.
pub fn read_labelled(name: &str, input: impl Read) -> Result<Vec<Labelled>> {
    let fault = |reason: String| Error::Labels { name: name.to_owned(), reason };
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(input);
    let headers = reader.headers().map_err(|error| fault(error.to_string()))?.clone();
    let column = |wanted: &str| {
        headers.iter().position(|header| header.trim_start_matches('\u{feff}') == wanted)
    };
    let text = column("text").ok_or_else(|| fault("there is no column `text`".into()))?;
    let label = LABELS.iter().find_map(|name| column(name));
    let label = label.ok_or_else(|| fault("there is no column `decision` or `label`".into()))?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| fault(error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        let (Some(text), Some(label)) = (record.get(text), record.get(label).map(str::trim)) else {
            return Err(fault(format!("line {line} has too few fields")));
        };
        if label.is_empty() {
            continue;
        }
        let Some(target) = target(label) else {
            return Err(fault(format!("line {line}: {label:?} is no label; write `yes` or `no`")));
        };
        rows.push(Labelled { text: text.to_owned(), target, weight: 1.0 });
    }
    Ok(rows)
}

/// What a label means, from 0, harmless, to 1, flamebait; `None` if it says neither.
///
/// ```
/// use threadwarden::score::flamebait::train::target;
///
/// assert_eq!(target("Remove"), Some(1.0));
/// assert_eq!(target("0.25"), Some(0.25));
/// assert_eq!(target("escalate"), None);
/// ```
#[must_use]
pub fn target(label: &str) -> Option<f64> {
    let word = label.to_lowercase();
    if YES.contains(&word.as_str()) {
        Some(1.0)
    } else if NO.contains(&word.as_str()) {
        Some(0.0)
    } else {
        word.parse().ok().filter(|number| (0.0..=1.0).contains(number))
    }
}

#[cfg(test)]
mod tests {
    use super::read_labelled;

    #[test]
    fn decisions_of_moderators_and_plain_labels_are_read() {
        let rows =
            read_labelled("a.csv", "text,decision\nhi,keep\nyou fool,Remove\nwhat,\n".as_bytes())
                .unwrap();
        assert_eq!(rows.iter().map(|row| row.target).collect::<Vec<_>>(), [0.0, 1.0]);
        let rows = read_labelled("a.csv", "label,text\n0.25,so so\n".as_bytes()).unwrap();
        assert_eq!(rows[0].target.to_bits(), 0.25_f64.to_bits());
    }

    #[test]
    fn a_wrong_label_is_named_with_its_line() {
        let fault =
            read_labelled("a.csv", "text,label\nhi,0\nho,perhaps\n".as_bytes()).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "a.csv: line 3: \"perhaps\" is no label; write `yes` or `no`"
        );
    }
}
