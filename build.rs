//! Takes the tables of VADER out of the crate `vader_sentiment` and puts them in order. The crate
//! reads its own files anew at each start, which was a third of all instructions of one.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::PathBuf;
use std::{env, fs, io};

use vader_sentiment::{EMOJI_LEXICON, LEXICON};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let words = LEXICON.iter().map(|(word, rating)| (**word, rating));
    write("vader-words.tsv", words)?;
    write("vader-emoji.tsv", EMOJI_LEXICON.iter().map(|(emoji, words)| (*emoji, words)))
}

/// Writes a table in the order of the bytes of its keys.
fn write<V: Display>(name: &str, table: impl Iterator<Item = (&'static str, V)>) -> io::Result<()> {
    let lines: BTreeMap<&str, V> = table.collect();
    let lines: String = lines.iter().map(|(key, value)| format!("{key}\t{value}\n")).collect();
    let folder = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(folder.join(name), lines)
}
