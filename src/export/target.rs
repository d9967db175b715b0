//! Where a report goes: standard output, or a file or folder that is there whole or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::Output;
use super::unfinished::Unfinished;
use crate::error::{Error, Result};

/// A place for a report, checked to be writable.
pub(super) struct Target {
    path: PathBuf,
    kind: Kind,
}

enum Kind {
    /// Standard output, or a device or named pipe: written to as the rows come.
    Direct,
    /// A file: written beside its place and moved there at the end.
    File(Unfinished),
    /// A folder of these files: written beside its place and moved there at the end, files of
    /// other names that are there already left alone.
    Folder(Unfinished, &'static [&'static str]),
}

impl Target {
    /// Prepares to write to the file at `path`, or to standard output for `-`, or, if there are
    /// `files`, to these in a folder at `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if there can be no such file.
    pub(super) fn create(
        path: &Path,
        files: &'static [&'static str],
    ) -> Result<(Self, Vec<Output>)> {
        if !files.is_empty() {
            return Self::create_folder(path, files);
        }
        let failed = |source| Error::Write { path: path.into(), source };
        if path == Path::new("-") {
            let target = Self { path: "standard output".into(), kind: Kind::Direct };
            return Ok((target, vec![Box::new(io::stdout())]));
        }
        // A link keeps pointing where it points; what it points to is replaced.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.into());
        match fs::metadata(&place) {
            Ok(old) if old.is_dir() => {
                return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
            }
            Ok(old) if !old.is_file() => {
                let output = File::options().write(true).open(&place).map_err(failed)?;
                return Ok((Self { path: place, kind: Kind::Direct }, vec![Box::new(output)]));
            }
            Ok(old) if old.permissions().readonly() => {
                return Err(failed(io::Error::from(io::ErrorKind::PermissionDenied)));
            }
            _ => {}
        }
        let folder = around(&place);
        fs::metadata(folder).map_err(failed)?;
        let (unfinished, output) = Unfinished::file(folder, &name(&place)).map_err(failed)?;
        Ok((Self { path: place, kind: Kind::File(unfinished) }, vec![Box::new(output)]))
    }

    fn create_folder(path: &Path, files: &'static [&'static str]) -> Result<(Self, Vec<Output>)> {
        let failed = |source| Error::Write { path: path.into(), source };
        if path == Path::new("-") {
            let why = "this kind of report is a folder: name one with -o";
            return Err(failed(io::Error::other(why)));
        }
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.into());
        if fs::metadata(&place).is_ok_and(|old| !old.is_dir()) {
            return Err(failed(io::Error::from(io::ErrorKind::NotADirectory)));
        }
        let folder = around(&place);
        fs::metadata(folder).map_err(failed)?;
        let unfinished = Unfinished::folder(folder, &name(&place)).map_err(failed)?;
        let mut outputs: Vec<Output> = Vec::new();
        for name in files {
            outputs.push(Box::new(File::create(unfinished.path().join(name)).map_err(failed)?));
        }
        Ok((Self { path: place, kind: Kind::Folder(unfinished, files) }, outputs))
    }

    /// Puts the report in its place, after everything is written.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if it cannot be moved there.
    pub(super) fn publish(self) -> Result<()> {
        let failed = |source| Error::Write { path: self.path.clone(), source };
        match self.kind {
            Kind::Direct => Ok(()),
            Kind::File(unfinished) => {
                if let Ok(old) = fs::metadata(&self.path) {
                    fs::set_permissions(unfinished.path(), old.permissions()).map_err(failed)?;
                }
                unfinished.publish(&self.path).map_err(failed)
            }
            Kind::Folder(unfinished, _) if !self.path.exists() => {
                unfinished.publish(&self.path).map_err(failed)
            }
            Kind::Folder(unfinished, files) => {
                let mut moves = files
                    .iter()
                    .map(|name| fs::rename(unfinished.path().join(name), self.path.join(name)));
                moves.try_for_each(|moved| moved.map_err(failed))
            }
        }
    }

    /// The file or folder that is written before it is moved.
    pub(super) fn unfinished(&self) -> Option<&Path> {
        match &self.kind {
            Kind::Direct => None,
            Kind::File(unfinished) | Kind::Folder(unfinished, _) => Some(unfinished.path()),
        }
    }

    /// Where the report goes.
    #[must_use]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// The folder that something lies in.
fn around(place: &Path) -> &Path {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

/// What the report is called in its folder.
fn name(place: &Path) -> String {
    place.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Writes a file that is there whole or not at all, or to standard output for `-`.
///
/// # Errors
///
/// [`Error::Write`] if it cannot be written there.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let (target, outputs) = Target::create(path, &[])?;
    for mut output in outputs {
        let written = output.write_all(bytes).and_then(|()| output.flush());
        written.map_err(|source| Error::Write { path: path.into(), source })?;
    }
    target.publish()
}
