//! Where a report goes: standard output, or a file that is there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

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
    File(TempPath),
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
        let file = beside(folder).map_err(failed)?;
        let (output, temporary) = file.into_parts();
        Ok((Self { path: place, kind: Kind::File(temporary) }, Box::new(output)))
    }

    /// Puts the report in its place, after everything is written.
    ///
    /// # Errors
    ///
    /// [`Error::Write`] if it cannot be moved there.
    pub(super) fn publish(self) -> Result<()> {
        let Kind::File(temporary) = self.kind else { return Ok(()) };
        let failed = |source| Error::Write { path: self.path.clone(), source };
        if let Ok(old) = fs::metadata(&self.path) {
            fs::set_permissions(&temporary, old.permissions()).map_err(failed)?;
        }
        temporary.persist(&self.path).map_err(|error| failed(error.error))
    }

    /// The file that is written before it is moved.
    pub(super) fn unfinished(&self) -> Option<&Path> {
        match &self.kind {
            Kind::Direct => None,
            Kind::File(temporary) => Some(temporary),
        }
    }

    /// Where the report goes.
    #[must_use]
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// A file in `folder` that goes away unless it is moved, with the rights of any new file.
fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".threadwarden-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Writes a file that is there whole or not at all, or to standard output for `-`.
///
/// # Errors
///
/// [`Error::Write`] if it cannot be written there.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let (target, mut output) = Target::create(path)?;
    let written = output.write_all(bytes).and_then(|()| output.flush());
    written.map_err(|source| Error::Write { path: path.into(), source })?;
    target.publish()
}
