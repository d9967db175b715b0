//! What moderators decided, read back from the spreadsheets they worked in.
//!
//! ```text
//! queue.xlsx ─┐
//! queue.csv  ─┼─► sheet ─► join by source, thread, comment ─► one decision a comment
//! ...        ─┘             and what does not fit together
//! ```
//!
//! A spreadsheet may come back sorted, filtered, saved as another format or with another
//! delimiter; only the names of its columns must still be there.

mod columns;
mod labels;
mod sheet;
mod tables;

use std::collections::BTreeMap;

pub use columns::Names;
pub use labels::{Labelled, Labels, labels};
pub use sheet::{Sheet, SheetRow, first_decision, read, read_labelled};

/// Which comment it is: input, thread, comment, and position in the thread. Ids alone may repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The dump that it is from.
    pub source: String,
    /// Its thread.
    pub thread: String,
    /// Its id.
    pub comment: String,
    /// Its position in the thread.
    pub position: String,
}

/// What is known of a comment that somebody decided on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Which comment it is.
    pub key: Key,
    /// The comment as it came.
    pub text: String,
    /// What the program had said.
    pub flamebait_label: String,
    /// What was decided: by most, where several decided; empty if they are even.
    pub decision: String,
    /// The notes of all who left one.
    pub note: String,
    /// Every decision, in the order of the sheets.
    pub votes: Vec<Vote>,
}

/// What somebody decided on a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vote {
    /// The name of the sheet.
    pub sheet: String,
    /// Where it stands in the sheet, such as `row 7`.
    pub place: String,
    /// The decision, as it was written.
    pub word: String,
}

impl Decided {
    /// Whether all who decided agree.
    #[must_use]
    pub fn is_agreed(&self) -> bool {
        self.votes.windows(2).all(|pair| pair[0].word.eq_ignore_ascii_case(&pair[1].word))
    }
}

/// All sheets together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The comments with a decision, in the order of the original report or else of the sheets.
    pub decided: Vec<Decided>,
    /// Comments in the sheets without a decision.
    pub undecided: u64,
    /// Comments whose text differs between sheets, or from the original report, and where.
    pub changed: Vec<(Key, String)>,
    /// Comments in the sheets that the original report does not have.
    pub unknown: Vec<(Key, String)>,
    /// Decided comments whose text was too long for a cell and is in no original report.
    pub cut: Vec<Key>,
}

/// Joins what the sheets say. With the `original` report, texts are those of the report.
#[must_use]
pub fn join(sheets: Vec<Sheet>, original: Option<Sheet>) -> Decisions {
    let mut decisions = Decisions::default();
    let mut places: BTreeMap<Key, usize> = BTreeMap::new();
    let mut comments: Vec<(Decided, bool)> = Vec::new();
    let has_original = original.is_some();
    let originals = original.into_iter().flat_map(|sheet| sheet.rows);
    for SheetRow { key, text, flamebait_label, .. } in originals {
        places.insert(key.clone(), comments.len());
        comments.push((Decided { key, text, flamebait_label, ..Decided::default() }, false));
    }
    for Sheet { name, rows } in sheets {
        for row in rows {
            let place = match places.get(&row.key) {
                Some(place) => *place,
                None if has_original => {
                    decisions.unknown.push((row.key, name.clone()));
                    continue;
                }
                None => {
                    places.insert(row.key.clone(), comments.len());
                    let (key, text) = (row.key.clone(), row.text.clone());
                    let flamebait_label = row.flamebait_label.clone();
                    let decided = Decided { key, text, flamebait_label, ..Decided::default() };
                    comments.push((decided, row.is_cut));
                    comments.len() - 1
                }
            };
            let (comment, is_cut) = &mut comments[place];
            if *is_cut && !row.is_cut {
                row.text.clone_into(&mut comment.text);
                *is_cut = false;
            } else if !row.is_cut && !is_same(&row.text, &comment.text) {
                decisions.changed.push((row.key, name.clone()));
            }
            if !row.note.is_empty() {
                let separator = if comment.note.is_empty() { "" } else { "; " };
                comment.note = format!("{}{separator}{}", comment.note, row.note);
            }
            if row.decision.is_empty() {
                decisions.undecided += 1;
            } else {
                comment.votes.push(Vote {
                    sheet: name.clone(),
                    place: row.place,
                    word: row.decision,
                });
            }
        }
    }
    for (mut comment, is_cut) in comments {
        if comment.votes.is_empty() {
            continue;
        }
        if is_cut {
            decisions.cut.push(comment.key);
            continue;
        }
        comment.decision = majority(&comment.votes);
        decisions.decided.push(comment);
    }
    decisions
}

/// Whether two texts differ in nothing but how their lines end, which spreadsheet programs change.
fn is_same(one: &str, other: &str) -> bool {
    let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
    one == other || lines(one) == lines(other)
}

/// What most decided; empty if there is no such thing.
fn majority(votes: &[Vote]) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for Vote { word: vote, .. } in votes {
        match counts.iter_mut().find(|(word, _)| word.eq_ignore_ascii_case(vote)) {
            Some((_, count)) => *count += 1,
            None => counts.push((vote, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let mut winners = counts.into_iter().filter(|(_, count)| *count == most);
    match (winners.next(), winners.next()) {
        (Some((word, _)), None) => word.to_owned(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(name: &str, rows: &[(&str, &str, &str)]) -> Sheet {
        let row = |(id, decision, text): &(&str, &str, &str)| SheetRow {
            key: Key { comment: (*id).into(), ..Key::default() },
            text: (*text).into(),
            decision: (*decision).into(),
            ..SheetRow::default()
        };
        Sheet { name: name.into(), rows: rows.iter().map(row).collect() }
    }

    fn decided(decisions: &Decisions) -> Vec<(&str, &str)> {
        decisions.decided.iter().map(|it| (it.key.comment.as_str(), it.decision.as_str())).collect()
    }

    #[test]
    fn most_votes_win_and_even_ones_decide_nothing() {
        let sheets = vec![
            sheet("a", &[("1", "keep", "x"), ("2", "hide", "y"), ("3", "", "z")]),
            sheet("b", &[("1", "Keep", "x"), ("2", "remove", "y")]),
            sheet("c", &[("1", "hide", "x")]),
        ];
        let decisions = join(sheets, None);
        assert_eq!(decided(&decisions), [("1", "keep"), ("2", "")]);
        assert_eq!(decisions.undecided, 1);
        assert!(!decisions.decided[0].is_agreed());
    }

    #[test]
    fn texts_come_from_the_original_and_changes_are_named() {
        let original = sheet("report", &[("1", "", "as it was"), ("2", "", "b")]);
        let edited =
            sheet("q", &[("1", "edit", "as it is"), ("9", "keep", "who"), ("2", "keep", "b")]);
        let decisions = join(vec![edited], Some(original));
        assert_eq!(decided(&decisions), [("1", "edit"), ("2", "keep")]);
        assert_eq!(decisions.decided[0].text, "as it was");
        assert_eq!(decisions.changed.len(), 1);
        assert_eq!(decisions.unknown[0].0.comment, "9");
    }

    #[test]
    fn a_text_that_was_cut_is_only_used_if_the_whole_one_is_known() {
        let mut cut = sheet("q", &[("1", "hide", "long […cut"), ("2", "keep", "b")]);
        cut.rows[0].is_cut = true;
        let decisions = join(vec![cut.clone()], None);
        assert_eq!((decided(&decisions), decisions.cut.len()), (vec![("2", "keep")], 1));
        let original = sheet("report", &[("1", "", "long and longer"), ("2", "", "b")]);
        let decisions = join(vec![cut], Some(original));
        assert_eq!(decisions.decided[0].text, "long and longer");
        assert!(decisions.changed.is_empty());
    }
}
