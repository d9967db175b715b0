//! Labelled comments in parts, each of which is left out once to see what the others teach.

use sha2::{Digest, Sha256};

use super::labelled::Labelled;

/// How many parts there are.
pub(super) const PARTS: usize = 5;

/// The part of each row. Every part has its share of each kind, equal rows are in the same part,
/// and the order of the rows does not matter.
pub(super) fn parts(rows: &[Labelled]) -> Vec<usize> {
    let hash = |row: &Labelled| {
        let mut hash = [0; 8];
        hash.copy_from_slice(&Sha256::digest(row.text.trim())[..8]);
        u64::from_le_bytes(hash)
    };
    let mut order: Vec<(bool, u64, usize)> =
        rows.iter().enumerate().map(|(index, row)| (row.target >= 0.5, hash(row), index)).collect();
    order.sort_unstable();
    let mut parts = vec![0; rows.len()];
    let (mut number, mut last) = (0, None);
    for (kind, hash, index) in order {
        if last.is_some_and(|last| last != (kind, hash)) {
            number += 1;
        }
        last = Some((kind, hash));
        parts[index] = number % PARTS;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Labelled, PARTS, parts};

    #[test]
    fn parts_are_of_one_size_and_keep_equal_rows_together() {
        let row = |number: u32| Labelled {
            text: format!("comment {}", number % 500),
            target: f64::from(u8::from(number % 500 < 100)),
            weight: 1.0,
        };
        let rows: Vec<Labelled> = (0..1000).map(row).collect();
        let found = parts(&rows);
        for part in 0..PARTS {
            let hot = rows.iter().zip(&found).filter(|(row, of)| row.target > 0.5 && **of == part);
            assert_eq!(hot.count(), 40);
        }
        assert_eq!(found[..500], found[500..]);
    }
}
