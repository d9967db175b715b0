//! A report that is not finished: a file or folder beside its place that goes away unless it is
//! moved there.
//!
//! A run that is killed cannot clean up, so the next one with the same report does. What a run
//! writes is locked as long as it lives; that tells what is left over from what is being written.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::{Builder, TempDir, TempPath};

const SUFFIX: &str = ".part";

/// Characters of the report's name in that of the unfinished one: few enough for any file system.
const NAME: usize = 40;

/// Characters that make the name unique.
const RANDOM: usize = 6;

/// A report that is being written.
pub(super) struct Unfinished {
    place: Place,
    /// Holds the lock, also after whoever writes is done.
    _lock: Option<File>,
}

enum Place {
    File(TempPath),
    Folder(TempDir),
}

impl Unfinished {
    /// Makes a file in `folder` for the report `name`, and removes those that killed runs left.
    pub(super) fn file(folder: &Path, name: &str) -> io::Result<(Self, File)> {
        let prefix = prefix(name);
        remove_left_over(folder, &prefix);
        loop {
            let (file, path) = builder(&prefix, 0o666).tempfile_in(folder)?.into_parts();
            let unfinished = Self::lock(Place::File(path), file.try_clone().ok());
            // Another run may have taken the file for left over before it was locked.
            if unfinished.path().exists() {
                return Ok((unfinished, file));
            }
        }
    }

    /// As [`file`](Self::file), but makes a folder.
    pub(super) fn folder(folder: &Path, name: &str) -> io::Result<Self> {
        let prefix = prefix(name);
        remove_left_over(folder, &prefix);
        loop {
            let made = builder(&prefix, 0o777).tempdir_in(folder)?;
            let file = File::open(made.path()).ok();
            let unfinished = Self::lock(Place::Folder(made), file);
            if unfinished.path().exists() {
                return Ok(unfinished);
            }
        }
    }

    /// Some systems have no locks. There, nothing is removed either.
    fn lock(place: Place, file: Option<File>) -> Self {
        let _lock = file.filter(|file| file.lock().is_ok());
        Self { place, _lock }
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        match &self.place {
            Place::File(path) => path,
            Place::Folder(folder) => folder.path(),
        }
    }

    /// Moves it to its place.
    pub(super) fn publish(self, place: &Path) -> io::Result<()> {
        match self.place {
            Place::File(path) => path.persist(place).map_err(|error| error.error),
            Place::Folder(folder) => fs::rename(folder.keep(), place),
        }
    }
}

/// How the name of what is made for the report `name` begins.
fn prefix(name: &str) -> String {
    let name: String = name.chars().take(NAME).collect();
    format!(".threadwarden-{name}-")
}

/// Makes files or folders with the rights of any new one, which the system cuts down from `mode`.
#[cfg_attr(not(unix), expect(unused_variables, reason = "other systems have other rights"))]
fn builder(prefix: &str, mode: u32) -> Builder<'_, '_> {
    let mut builder = Builder::new();
    builder.prefix(prefix).rand_bytes(RANDOM).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    builder
}

/// Removes what killed runs left in `folder`. What cannot be looked at or removed stays: it harms
/// nobody.
fn remove_left_over(folder: &Path, prefix: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let random = name.strip_prefix(prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
        let Ok(kind) = entry.file_type() else { continue };
        if random.is_none_or(|random| random.len() != RANDOM) || kind.is_symlink() {
            continue;
        }
        let path = entry.path();
        let opened = File::options().read(kind.is_dir()).write(kind.is_file()).open(&path);
        if opened.is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = if kind.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
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
        drop(Unfinished::file(folder.path(), "report.csv").unwrap());
        assert_eq!(names(folder.path()), others);
    }

    #[test]
    fn what_a_living_run_writes_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (one, output) = Unfinished::file(folder.path(), "report.csv").unwrap();
        drop(output);
        let (other, _output) = Unfinished::file(folder.path(), "report.csv").unwrap();
        one.publish(&folder.path().join("report.csv")).unwrap();
        other.publish(&folder.path().join("report.csv")).unwrap();
        assert_eq!(names(folder.path()), ["report.csv"]);
    }

    #[test]
    fn so_it_is_with_folders() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join(".threadwarden-corpus-a1B2c3.part");
        fs::create_dir(&left).unwrap();
        fs::write(left.join("utterances.jsonl"), "").unwrap();
        let one = Unfinished::folder(folder.path(), "corpus").unwrap();
        let other = Unfinished::folder(folder.path(), "corpus").unwrap();
        assert_eq!(names(folder.path()).len(), 2);
        one.publish(&folder.path().join("corpus")).unwrap();
        drop(other);
        assert_eq!(names(folder.path()), ["corpus"]);
    }

    #[test]
    fn a_long_name_is_no_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        let name = format!("{}.csv", "名".repeat(80));
        let (file, _output) = Unfinished::file(folder.path(), &name).unwrap();
        file.publish(&folder.path().join(&name)).unwrap();
        assert_eq!(names(folder.path()), [name]);
    }
}
