//! The list of files that a shipped model is fitted to.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::labelled::{Labelled, read_labelled};
use crate::error::{Error, Result};
use crate::lexicon;

/// Which files a model is fitted to, by name and checksum, and how much each counts.
///
/// A table with the fields file, SHA-256, source, rows, weight, and weight without label. Rows are
/// `all` or `positives`, whose labels count, or `none`; what the others weigh each is the last
/// field. A line whose rows are `soft` names a file beside the manifest with the probabilities that
/// a larger model gives to every row, and its weight is their share in the targets: such a file has
/// a line for each file of rows, its name and two hexadecimal digits a row, in 255ths.
#[derive(Clone, Debug, PartialEq)]
pub struct Manifest {
    files: Vec<File>,
    soft: Option<File>,
    /// Where the soft labels lie.
    folder: PathBuf,
}

#[derive(Clone, Debug, PartialEq)]
struct File {
    name: String,
    sha256: String,
    /// Files of one source share its weight.
    source: String,
    rows: Rows,
    weight: f64,
    weight_without_label: f64,
}

/// Which rows of a file count by their labels.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Rows {
    All,
    Positives,
    None,
    /// The file holds soft labels, not rows.
    Soft,
}

/// A row before its weight is known.
struct Candidate<'m> {
    row: Labelled,
    file: &'m File,
    labelled: bool,
    soft: Option<f64>,
}

/// From this target on a row is positive.
const POSITIVE: f64 = 0.5;
/// A source counts by its number of rows, but by no more than this.
const MOST_ROWS: f64 = 8000.0;

impl Manifest {
    /// Reads a manifest; `name` is its path.
    ///
    /// # Errors
    ///
    /// [`Error::Lexicon`] with the line that is not of the form.
    pub fn parse(name: &str, table: &str) -> Result<Self> {
        let file = |(line, fields): (usize, Vec<&str>)| {
            let [file, sha256, source, rows, ..] = fields[..] else {
                let form = "expected file, SHA-256, source, rows and weights, separated by tabs";
                return Err(lexicon::fault(name, line, form));
            };
            let rows = match rows {
                "all" => Rows::All,
                "positives" => Rows::Positives,
                "none" => Rows::None,
                "soft" => Rows::Soft,
                _ => {
                    let form = "rows should be `all`, `positives`, `none` or `soft`";
                    return Err(lexicon::fault(name, line, form));
                }
            };
            Ok(File {
                name: file.into(),
                sha256: sha256.into(),
                source: source.into(),
                rows,
                weight: lexicon::number(name, line, &fields, 4)?,
                weight_without_label: match rows {
                    Rows::All | Rows::Soft => 0.0,
                    Rows::Positives | Rows::None => lexicon::number(name, line, &fields, 5)?,
                },
            })
        };
        let files = lexicon::entries(table).map(file).collect::<Result<Vec<_>>>()?;
        let (mut soft, files): (Vec<_>, _) =
            files.into_iter().partition(|file| file.rows == Rows::Soft);
        let folder = Path::new(name).parent().unwrap_or(Path::new("")).to_owned();
        Ok(Self { files, soft: soft.pop(), folder })
    }

    /// Reads the files from `folder`. Each source gets a total weight by its size, half of it for
    /// its positives and half for its negatives; the mean weight is 1.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] or [`Error::Labels`] if a file is missing, is not the one that the manifest
    /// means, or is not of the form.
    pub fn read(&self, folder: &Path) -> Result<Vec<Labelled>> {
        let soft = self.soft.as_ref().map(|file| file.read(&self.folder)).transpose()?;
        let mut candidates = Vec::new();
        for file in &self.files {
            let (name, bytes) = file.read(folder)?;
            let rows = read_labelled(&name, &bytes[..])?;
            let soft = soft.as_ref().and_then(|(_, table)| probabilities(table, &file.name));
            if soft.as_ref().is_some_and(|soft| soft.len() != rows.len()) {
                let reason = "the soft labels are not those of its rows".into();
                return Err(Error::Labels { name, reason });
            }
            candidates.extend(rows.into_iter().enumerate().map(|(number, row)| Candidate {
                labelled: match file.rows {
                    Rows::All => true,
                    Rows::Positives => row.target >= POSITIVE,
                    Rows::None | Rows::Soft => false,
                },
                soft: soft.as_ref().map(|soft| soft[number]),
                row,
                file,
            }));
        }
        weigh(&mut candidates);
        let share = self.soft.as_ref().map_or(0.0, |file| file.weight);
        Ok(candidates.into_iter().filter_map(|candidate| candidate.settled(share)).collect())
    }
}

impl File {
    /// Its path and its bytes.
    fn read(&self, folder: &Path) -> Result<(String, Vec<u8>)> {
        let path = folder.join(&self.name);
        let name = path.display().to_string();
        let bytes = fs::read(&path).map_err(|source| Error::Read { name: name.clone(), source })?;
        if hex(&Sha256::digest(&bytes)) != self.sha256 {
            let reason = "this is not the file that the manifest means: its SHA-256 differs".into();
            return Err(Error::Labels { name, reason });
        }
        Ok((name, bytes))
    }
}

/// The soft labels of the rows of `file`, if there are any; what is no number ends them.
fn probabilities(table: &[u8], file: &str) -> Option<Vec<f64>> {
    let table = String::from_utf8_lossy(table);
    let lines = table.lines().filter_map(|line| line.split_once('\t'));
    let digits = lines.filter(|line| line.0 == file).map(|line| line.1).next()?;
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).unwrap_or("?"));
    let numbers = pairs.map_while(|pair| u8::from_str_radix(pair, 16).ok());
    Some(numbers.map(|number| f64::from(number) / 255.0).collect())
}

impl Candidate<'_> {
    /// The row with its target: `share` of it is the soft label, all of it without a label. None if
    /// the row has neither.
    fn settled(mut self, share: f64) -> Option<Labelled> {
        match (self.labelled, self.soft) {
            (true, Some(soft)) => self.row.target += share * (soft - self.row.target),
            (true, None) => {}
            (false, Some(soft)) if self.file.weight_without_label > 0.0 => {
                self.row.target = soft;
                self.row.weight = self.file.weight_without_label;
            }
            (false, _) => return None,
        }
        Some(self.row)
    }
}

/// Shares out the weight of each source among its rows with labels.
fn weigh(candidates: &mut [Candidate<'_>]) {
    let is_positive = |candidate: &Candidate| candidate.row.target >= POSITIVE;
    let mut sizes: Vec<(&str, [f64; 2])> = Vec::new();
    for candidate in candidates.iter().filter(|candidate| candidate.labelled) {
        let source = candidate.file.source.as_str();
        let known = sizes.iter().position(|size| size.0 == source).unwrap_or(sizes.len());
        if known == sizes.len() {
            sizes.push((source, [0.0; 2]));
        }
        sizes[known].1[usize::from(is_positive(candidate))] += 1.0;
    }
    let (mut total, mut count) = (0.0, 0.0);
    for candidate in candidates.iter_mut().filter(|candidate| candidate.labelled) {
        let size = sizes.iter().find(|size| size.0 == candidate.file.source).map(|size| size.1);
        let size = size.unwrap_or([1.0; 2]);
        let of_source = candidate.file.weight * f64::min(MOST_ROWS, size[0] + size[1]);
        candidate.row.weight = of_source / 2.0 / size[usize::from(is_positive(candidate))];
        (total, count) = (total + candidate.row.weight, count + 1.0);
    }
    for candidate in candidates.iter_mut().filter(|candidate| candidate.labelled) {
        candidate.row.weight *= f64::max(count, 1.0) / f64::max(total, f64::MIN_POSITIVE);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Digest, Labelled, Manifest, Sha256, hex};
    use crate::error::Result;

    const ROWS: &str = "text,label\nhot,1\ncold,0\n";

    /// What a manifest with these rows and soft labels says.
    fn read(soft: &str) -> Result<Vec<Labelled>> {
        let folder = tempfile::tempdir().unwrap();
        let line = |name: &str, content: &str, rest: &str| {
            fs::write(folder.path().join(name), content).unwrap();
            format!("{name}\t{}\tsource\t{rest}\n", hex(&Sha256::digest(content)))
        };
        let rows = line("rows.csv", ROWS, "positives\t1\t0.6");
        let table = rows + &line("soft.tsv", soft, "soft\t0.5");
        let name = folder.path().join("manifest.tsv").display().to_string();
        Manifest::parse(&name, &table)?.read(folder.path())
    }

    #[test]
    fn a_soft_label_has_its_share_and_stands_alone_where_the_label_does_not_count() {
        let rows = read("rows.csv\t3366\n").unwrap();
        let found: Vec<_> = rows.iter().map(|row| (row.target, row.weight)).collect();
        assert_eq!(found, [(0.6, 1.0), (0.4, 0.6)]);
    }

    #[test]
    fn without_soft_labels_only_labels_count() {
        let rows = read("other.csv\t00\n").unwrap();
        assert_eq!(rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>(), ["hot"]);
    }

    #[test]
    fn soft_labels_of_other_rows_are_refused() {
        let fault = read("rows.csv\t33\n").unwrap_err().to_string();
        assert!(fault.contains("the soft labels are not those of its rows"), "{fault}");
    }
}
