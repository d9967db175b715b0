//! From what the user named to the files to read.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use threadwarden::Error;
use threadwarden::parse::{self, FORMATS};
use threadwarden::pipeline::Faults;

use super::notice;

/// The files of a `ConvoKit` corpus that tell about its comments, which stand in
/// [`UTTERANCES`]. Old corpora call speakers users.
const ABOUT_A_CORPUS: &[&str] =
    &["conversations.json", "corpus.json", "index.json", "speakers.json", "users.json"];

/// The file of a `ConvoKit` corpus that holds its comments.
const UTTERANCES: &str = "utterances.jsonl";

/// The files that `arguments` name, in the order of the arguments and by name within each, and
/// what was wrong with some. A folder or glob does not give a file of `except`, the run's own
/// reports, nor reports of runs before, which it says, nor what stands in a corpus beside the
/// comments; these are read if they are named. Who names the folder of a corpus names its comments.
pub(super) fn expand(arguments: &[String], except: &[PathBuf]) -> (Vec<PathBuf>, Faults) {
    let mut files = Vec::new();
    let mut faults = Faults::default();
    let reports: Vec<PathBuf> =
        except.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let is_report =
        |path: &PathBuf| fs::canonicalize(path).is_ok_and(|path| reports.contains(&path));
    for argument in arguments {
        let path = Path::new(argument);
        let found = if path.is_dir() {
            in_folder(path)
        } else if argument.contains(['*', '?', '[']) && !path.exists() {
            matching(argument)
        } else {
            files.push(path.to_owned());
            continue;
        };
        match found {
            Ok(found) => {
                let found = found.into_iter();
                let found = found.filter(|path| !is_report(path) && !is_about_a_corpus(path));
                let named = path.join(UTTERANCES);
                let (reports, dumps): (Vec<_>, Vec<_>) =
                    found.partition(|path| *path != named && parse::is_report(path));
                for report in &reports {
                    let report = report.display();
                    notice(&format!(
                        "{report}: is a report of Threadwarden and left out; name it to read it"
                    ));
                }
                files.extend(dumps);
            }
            Err(fault) => faults.push(fault),
        }
    }
    (files, faults)
}

fn is_about_a_corpus(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str);
    name.is_some_and(|name| ABOUT_A_CORPUS.contains(&name))
        && path.with_file_name(UTTERANCES).is_file()
}

/// The dumps in a folder and the folders below it, by name.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let failed = |source: io::Error| Error::Read { name: folder.display().to_string(), source };
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let path = entry.path();
            if kind.is_dir() {
                folders.push(path);
            } else if parse::is_dump(&entry.file_name().to_string_lossy()) {
                found.push(path);
            }
        }
    }
    found.sort();
    if found.is_empty() {
        let known = FORMATS.iter().flat_map(|format| format.extensions());
        let mut known: Vec<String> = known.map(|extension| format!(".{extension}")).collect();
        known.dedup();
        return Err(refuse(
            &folder.display().to_string(),
            &format!(
                "holds no dumps: no file that ends in {}; name files of other kinds one by one",
                known.join(", ")
            ),
        ));
    }
    Ok(found)
}

/// The files that a glob matches, by name.
fn matching(pattern: &str) -> Result<Vec<PathBuf>, Error> {
    let paths = glob::glob(pattern)
        .map_err(|error| refuse(pattern, &format!("is no valid pattern ({error})")))?;
    let found: Vec<PathBuf> = paths.filter_map(Result::ok).filter(|path| path.is_file()).collect();
    if found.is_empty() {
        Err(refuse(pattern, "matches no file; check the pattern and the folder"))
    } else {
        Ok(found)
    }
}

fn refuse(name: &str, reason: &str) -> Error {
    Error::Input { name: name.into(), reason: reason.into() }
}
