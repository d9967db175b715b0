//! The list of files that a shipped model is fitted to.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::labelled::{Labelled, read_labelled};
use crate::error::{Error, Result};
use crate::lexicon;

/// Which files a model is fitted to, by name and checksum, and how much each counts.
///
/// A table with the fields file, SHA-256, source, rows (`all` or `positives`) and weight.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    files: Vec<File>,
}

#[derive(Clone, Debug, PartialEq)]
struct File {
    name: String,
    sha256: String,
    /// Files of one source share its weight.
    source: String,
    only_positives: bool,
    weight: f64,
}

/// From this target on a row is positive.
const POSITIVE: f64 = 0.5;
/// A source counts by its number of rows, but by no more than this.
const MOST_ROWS: f64 = 8000.0;

impl Manifest {
    /// Reads a manifest; `name` is for messages.
    ///
    /// # Errors
    ///
    /// [`Error::Lexicon`] with the line that is not of the form.
    pub fn parse(name: &str, table: &str) -> Result<Self> {
        let file = |(line, fields): (usize, Vec<&str>)| {
            let [file, sha256, source, rows, _] = fields[..] else {
                let form = "expected file, SHA-256, source, rows and weight, separated by tabs";
                return Err(lexicon::fault(name, line, form));
            };
            let only_positives = match rows {
                "all" => false,
                "positives" => true,
                _ => return Err(lexicon::fault(name, line, "rows should be `all` or `positives`")),
            };
            let weight = lexicon::number(name, line, &fields, 4)?;
            Ok(File {
                name: file.into(),
                sha256: sha256.into(),
                source: source.into(),
                only_positives,
                weight,
            })
        };
        Ok(Self { files: lexicon::entries(table).map(file).collect::<Result<_>>()? })
    }

    /// Reads the files from `folder`. Each source gets a total weight by its size, half of it for
    /// its positives and half for its negatives; the mean weight is 1.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] or [`Error::Labels`] if a file is missing, is not the one that the manifest
    /// means, or is not of the form.
    pub fn read(&self, folder: &Path) -> Result<Vec<Labelled>> {
        let mut rows = Vec::new();
        let mut sources = Vec::new();
        for file in &self.files {
            let path = folder.join(&file.name);
            let name = path.display().to_string();
            let bytes =
                fs::read(&path).map_err(|source| Error::Read { name: name.clone(), source })?;
            if hex(&Sha256::digest(&bytes)) != file.sha256 {
                let reason =
                    "this is not the file that the manifest means: its SHA-256 differs".into();
                return Err(Error::Labels { name, reason });
            }
            let mut read = read_labelled(&name, &bytes[..])?;
            read.retain(|row| row.target >= POSITIVE || !file.only_positives);
            sources.extend(read.iter().map(|_| (file.source.as_str(), file.weight)));
            rows.append(&mut read);
        }
        weigh(&mut rows, &sources);
        Ok(rows)
    }
}

/// Shares out the weight of each source among its rows.
fn weigh(rows: &mut [Labelled], sources: &[(&str, f64)]) {
    let is_positive = |row: &Labelled| row.target >= POSITIVE;
    let mut totals = Vec::new();
    for (row, &(source, weight)) in rows.iter().zip(sources) {
        let size = sources.iter().filter(|other| other.0 == source).count();
        let known = totals
            .iter()
            .position(|&(name, positive, _)| (name, positive) == (source, is_positive(row)));
        if known.is_none() {
            let twins = rows.iter().zip(sources).filter(|(other, other_source)| {
                other_source.0 == source && is_positive(other) == is_positive(row)
            });
            // Sizes are far below 2^52.
            #[allow(clippy::cast_precision_loss)]
            let each = weight * f64::min(MOST_ROWS, size as f64) / 2.0 / twins.count() as f64;
            totals.push((source, is_positive(row), each));
        }
    }
    for (row, &(source, _)) in rows.iter_mut().zip(sources) {
        let cell = totals
            .iter()
            .find(|&&(name, positive, _)| (name, positive) == (source, is_positive(row)));
        row.weight = cell.map_or(0.0, |cell| cell.2);
    }
    #[allow(clippy::cast_precision_loss)]
    let mean = rows.iter().map(|row| row.weight).sum::<f64>() / rows.len().max(1) as f64;
    for row in rows {
        row.weight /= mean;
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
