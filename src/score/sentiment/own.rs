//! Users' own lexicons.

use std::borrow::Cow;

use super::lexicon::{Entry, Meaning};
use crate::error::Result;
use crate::lexicon::{entries, fault, number};

/// What a booster adds if its line names no amount: as much as the reference's.
const BOOST: f64 = 0.293;

/// No rating may be further from 0: the sum of a text has to stay finite.
const LIMIT: f64 = 100.0;

/// Reads a lexicon in the form of VADER's file; see [`Builder::lexicon`](super::Builder::lexicon).
pub(super) fn parse(name: &str, table: &str) -> Result<Vec<Entry>> {
    entries(table).map(|(line, fields)| parse_entry(name, line, &fields)).collect()
}

fn parse_entry(name: &str, line: usize, fields: &[&str]) -> Result<Entry> {
    let words: Vec<_> = fields[0].split_whitespace().collect();
    if words.is_empty() {
        return Err(fault(name, line, "the word is missing before the first tab"));
    }
    let meaning = match fields.get(1).map(|field| field.trim()) {
        None | Some("") => {
            let reason =
                "a tab and the mean rating, \"booster\" or \"negation\" should follow the word";
            return Err(fault(name, line, reason));
        }
        Some("negation") => Meaning::Negation,
        Some("booster") if fields.len() == 2 => Meaning::Booster(BOOST),
        Some("booster") => Meaning::Booster(limited(name, line, fields, 2)?),
        Some(_) => Meaning::Word(limited(name, line, fields, 1)?),
    };
    if meaning == Meaning::Negation && words.len() > 1 {
        return Err(fault(name, line, "a negation should be one word"));
    }
    let word = words.join(" ").to_lowercase().into();
    Ok(Entry { word, meaning, origin: Cow::Owned(name.into()) })
}

fn limited(name: &str, line: usize, fields: &[&str], index: usize) -> Result<f64> {
    let value = number(name, line, fields, index)?;
    if value.abs() > LIMIT {
        let reason = format!(
            "{value} should lie between -{LIMIT} and {LIMIT}; VADER's ratings go from -4 to 4"
        );
        return Err(fault(name, line, reason));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meanings(table: &str) -> Vec<(String, Meaning)> {
        let entries = parse("my.tsv", table).unwrap();
        entries.into_iter().map(|entry| (entry.word.into_owned(), entry.meaning)).collect()
    }

    #[test]
    fn reads_the_form_of_vaders_file() {
        let table =
            "abandon\t-1.9\t0.53852\t[-1, -2, -2, -2, -2, -3, -2, -2, -1, -2]\nPaywall\t-2\n";
        assert_eq!(
            meanings(table),
            [("abandon".into(), Meaning::Word(-1.9)), ("paywall".into(), Meaning::Word(-2.0))]
        );
    }

    #[test]
    fn reads_phrases_boosters_and_negations() {
        let table =
            "# mine\nfake  news\t-2.5\nproper\tbooster\na tad\tbooster\t-0.2\nnae\tnegation\n";
        assert_eq!(
            meanings(table),
            [
                ("fake news".into(), Meaning::Word(-2.5)),
                ("proper".into(), Meaning::Booster(0.293)),
                ("a tad".into(), Meaning::Booster(-0.2)),
                ("nae".into(), Meaning::Negation),
            ]
        );
    }

    #[test]
    fn a_bad_line_is_an_error_with_place_and_reason() {
        let error = |table| parse("my.tsv", table).unwrap_err().to_string();
        assert_eq!(error("good\t2\n\t3\n"), "my.tsv:2: the word is missing before the first tab");
        assert_eq!(error("good\tvery\n"), "my.tsv:1: field 2 should be a number, not \"very\"");
        assert_eq!(
            error("good\n"),
            "my.tsv:1: a tab and the mean rating, \"booster\" or \"negation\" should follow the word"
        );
        assert_eq!(
            error("good\t400\n"),
            "my.tsv:1: 400 should lie between -100 and 100; VADER's ratings go from -4 to 4"
        );
        assert_eq!(error("not at all\tnegation\n"), "my.tsv:1: a negation should be one word");
    }
}
