//! Numbers by number: an array that lies in memory while it is small and in a file when it is not.

use std::io::{self, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

/// A table is kept in memory up to this many bytes: two million numbers.
const IN_MEMORY: usize = 16 << 20;

/// An array of numbers that may grow without filling the memory.
pub(super) struct Table {
    file: SpooledTempFile,
}

impl Default for Table {
    fn default() -> Self {
        Self { file: SpooledTempFile::new(IN_MEMORY) }
    }
}

impl Table {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Sets the number at `index`; those before it that were never set are 0.
    pub(super) fn set(&mut self, index: u64, value: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(index * 8))?;
        self.file.write_all(&value.to_le_bytes())
    }

    /// The number at `index`, which must have been set.
    pub(super) fn get(&mut self, index: u64) -> io::Result<u64> {
        let mut value = [0; 8];
        self.file.seek(SeekFrom::Start(index * 8))?;
        self.file.read_exact(&mut value)?;
        Ok(u64::from_le_bytes(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_also_from_a_file() {
        let mut table = Table::new();
        let last = IN_MEMORY as u64 / 8 + 5;
        for index in [3, last, 0] {
            table.set(index, index + 7).unwrap();
        }
        assert_eq!([3, last, 0, 1].map(|index| table.get(index).unwrap()), [10, last + 7, 7, 0]);
    }
}
