//! A report that is not finished: a file beside its place that goes away unless it is moved there.
//!
//! A run that is killed cannot clean up, so the next one with the same report does. Its own file is
//! locked as long as a run lives, which tells what is left over from what is being written.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, TempPath};

const SUFFIX: &str = ".part";

/// Characters of the report's name in that of the unfinished file: few enough for any file system.
const NAME: usize = 40;

/// Characters that make the name unique.
const RANDOM: usize = 6;

/// A file that is being written.
pub(super) struct Unfinished {
    path: TempPath,
    /// Holds the lock after whoever writes is done.
    _locked: File,
}

impl Unfinished {
    /// Makes a file for the report `name` in `folder`, with the rights of any new file, and removes
    /// those that killed runs left.
    pub(super) fn create(folder: &Path, name: &str) -> io::Result<(Self, File)> {
        let name: String = name.chars().take(NAME).collect();
        let prefix = format!(".threadwarden-{name}-");
        remove_left_over(folder, &prefix);
        let mut builder = Builder::new();
        builder.prefix(&prefix).rand_bytes(RANDOM).suffix(SUFFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        loop {
            let (file, path) = builder.tempfile_in(folder)?.into_parts();
            // Some file systems have no locks. There, nothing is removed either.
            let _ = file.lock();
            // Another run may have removed the file before it was locked.
            if path.exists() {
                return Ok((Self { path, _locked: file.try_clone()? }, file));
            }
        }
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Moves it to its place.
    pub(super) fn publish(self, place: &Path) -> io::Result<()> {
        self.path.persist(place).map_err(|error| error.error)
    }
}

/// Removes the files in `folder` that a killed run left. What cannot be looked at or removed stays:
/// it harms nobody.
fn remove_left_over(folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let random = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
        let is_ours = random.is_some_and(|random| random.len() == RANDOM)
            && entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_ours
            && let Ok(file) = File::options().write(true).open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let left = ".threadwarden-report.csv-a1B2c3.part";
        let others = [
            ".threadwarden-other.csv-a1B2c3.part",
            ".threadwarden-report.csv-b-a1B2c3.part",
            "report.csv",
        ];
        for name in others.into_iter().chain([left]) {
            fs::write(folder.path().join(name), "").unwrap();
        }
        drop(Unfinished::create(folder.path(), "report.csv").unwrap());
        assert_eq!(names(folder.path()), others);
    }

    #[test]
    fn what_a_living_run_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (one, output) = Unfinished::create(folder.path(), "report.csv").unwrap();
        drop(output);
        let (other, _output) = Unfinished::create(folder.path(), "report.csv").unwrap();
        one.publish(&folder.path().join("report.csv")).unwrap();
        other.publish(&folder.path().join("report.csv")).unwrap();
        assert_eq!(names(folder.path()), ["report.csv"]);
    }

    #[test]
    fn a_long_name_is_no_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        let name = format!("{}.csv", "名".repeat(80));
        let (file, _output) = Unfinished::create(folder.path(), &name).unwrap();
        file.publish(&folder.path().join(&name)).unwrap();
        assert_eq!(names(folder.path()), [name]);
    }
}
