//! Which column of a sheet holds what.

use super::{Key, SheetRow};
use crate::formula;

/// Names under which the text of a labelled comment may stand, best first.
const TEXTS: [&str; 9] = [
    "text",
    "comment_text",
    "comment",
    "body",
    "comment_body",
    "content",
    "message",
    "post",
    "tweet",
];

/// Names under which its label may stand, best first.
const LABELS: [&str; 9] = [
    "decision",
    "label",
    "flamebait",
    "decided",
    "verdict",
    "toxic",
    "toxicity",
    "class",
    "target",
];

/// Which columns of a labelled file hold text and label, where their names do not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The column with the text.
    pub text: Option<String>,
    /// The column with the label.
    pub label: Option<String>,
}

/// Where the columns stand, by their names in the first row.
pub(super) struct Columns {
    source: Option<usize>,
    thread: Option<usize>,
    /// Only reports have it.
    comment: Option<usize>,
    position: Option<usize>,
    text: usize,
    text_cut: Option<usize>,
    flamebait_label: Option<usize>,
    decision: usize,
    note: Option<usize>,
    /// Whether some texts carry an apostrophe.
    is_guarded: bool,
}

impl Columns {
    /// Finds those of a report; says what is wrong if the row is not the header of one.
    pub(super) fn of_report(header: &[String]) -> Result<Self, String> {
        let found = [place(header, "comment_id"), place(header, "text"), place(header, "decision")];
        let [Some(_), Some(text), Some(decision)] = found else {
            return Err("has no columns called comment_id, decision and text in its first row; \
                        give a report of `score`"
                .into());
        };
        Ok(Self::with(header, text, decision))
    }

    /// Finds those of a report or of any other labelled file.
    pub(super) fn of_labels(header: &[String], names: &Names) -> Result<Self, String> {
        // In a report that column holds what the program said.
        let is_report = place(header, "flamebait_label").is_some();
        let labels: Vec<&str> =
            LABELS.into_iter().filter(|&name| !(is_report && name == "flamebait")).collect();
        let text = wanted(header, "text", names.text.as_deref(), &TEXTS)?;
        let label = wanted(header, "label", names.label.as_deref(), &labels)?;
        Ok(Self::with(header, text, label))
    }

    fn with(header: &[String], text: usize, decision: usize) -> Self {
        let (comment, text_cut) = (place(header, "comment_id"), place(header, "text_cut"));
        Self {
            source: place(header, "source"),
            thread: place(header, "thread_id"),
            comment,
            position: place(header, "position"),
            text,
            text_cut,
            flamebait_label: place(header, "flamebait_label"),
            decision,
            note: place(header, "note"),
            // Only workbooks have the column for cut texts. Their texts, and those of a CSV file
            // that was saved from them, stand as they came; in other tables some carry one.
            is_guarded: comment.is_some() && text_cut.is_none(),
        }
    }

    /// The same columns where all texts stand as they came.
    pub(super) fn plain(self) -> Self {
        Self { is_guarded: false, ..self }
    }

    /// The row in `cells`, which stands at `place`; `None` for one without a comment.
    pub(super) fn row(&self, cells: &[String], place: impl Fn() -> String) -> Option<SheetRow> {
        let cell = |column: usize| {
            let cell = cells.get(column).map_or("", String::as_str);
            if self.is_guarded { formula::unguard_from_excel(cell) } else { cell }.to_owned()
        };
        let maybe = |column: Option<usize>| column.map(&cell).unwrap_or_default();
        let key = Key {
            source: maybe(self.source),
            thread: maybe(self.thread),
            comment: maybe(self.comment),
            position: maybe(self.position),
        };
        let text = cell(self.text);
        let is_comment = match self.comment {
            Some(_) => !key.comment.is_empty(),
            None => !text.trim().is_empty(),
        };
        is_comment.then(|| SheetRow {
            place: place(),
            key,
            text,
            is_cut: !maybe(self.text_cut).trim().is_empty(),
            flamebait_label: maybe(self.flamebait_label),
            decision: cell(self.decision).trim().to_owned(),
            note: maybe(self.note).trim().to_owned(),
        })
    }
}

fn place(header: &[String], name: &str) -> Option<usize> {
    header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name))
}

/// The column that is asked for by name, or else the first of the usual ones.
fn wanted(
    header: &[String],
    what: &str,
    asked: Option<&str>,
    usual: &[&str],
) -> Result<usize, String> {
    let found = match asked {
        Some(name) => place(header, name),
        None => usual.iter().find_map(|name| place(header, name)),
    };
    found.ok_or_else(|| {
        let there: Vec<String> = header.iter().map(|cell| format!("{:?}", cell.trim())).collect();
        let missing = match asked {
            Some(name) => format!("called {name:?}"),
            None => format!("for the {what}, such as {}", usual[..2].join(" or ")),
        };
        format!(
            "has no column {missing}; its first row has {}: say which is the one, --map {what}=NAME",
            there.join(", ")
        )
    })
}
