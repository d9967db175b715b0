//! Where a report goes: standard output, or a file that is there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

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
}

impl Target {
    /// Prepares to write to the file at `path`, or to standard output for `-`.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if there can be no such file.
    pub(super) fn create(path: &Path) -> Result<(Self, Box<dyn Write + Send>)> {
        let failed = |source| Error::Write { path: path.into(), source };
        if path == Path::new("-") {
            let target = Self { path: "standard output".into(), kind: Kind::Direct };
            return Ok((target, Box::new(io::stdout())));
        }
        // A link keeps pointing where it points; what it points to is replaced.
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.into());
        match fs::metadata(&place) {
            Ok(old) if old.is_dir() => {
                return Err(failed(io::Error::from(io::ErrorKind::IsADirectory)));
            }
            Ok(old) if !old.is_file() => {
                let output = File::options().write(true).open(&place).map_err(failed)?;
                return Ok((Self { path: place, kind: Kind::Direct }, Box::new(output)));
            }
            Ok(old) if old.permissions().readonly() => {
                return Err(failed(io::Error::from(io::ErrorKind::PermissionDenied)));
            }
            _ => {}
        }
        let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        fs::metadata(folder).map_err(failed)?;
        let name = place.file_name().unwrap_or_default().to_string_lossy();
        let (unfinished, output) = Unfinished::create(folder, &name).map_err(failed)?;
        Ok((Self { path: place, kind: Kind::File(unfinished) }, Box::new(output)))
    }

    /// Puts the report in its place, after everything is written.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if it cannot be moved there.
    pub(super) fn publish(self) -> Result<()> {
        let Kind::File(unfinished) = self.kind else { return Ok(()) };
        let failed = |source| Error::Write { path: self.path.clone(), source };
        if let Ok(old) = fs::metadata(&self.path) {
            fs::set_permissions(unfinished.path(), old.permissions()).map_err(failed)?;
        }
        unfinished.publish(&self.path).map_err(failed)
    }

    /// The file that is written before it is moved.
    pub(super) fn unfinished(&self) -> Option<&Path> {
        match &self.kind {
            Kind::Direct => None,
            Kind::File(unfinished) => Some(unfinished.path()),
        }
    }

    /// Where the report goes.
    #[must_use]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}
