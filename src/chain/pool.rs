//! How much a comment is like all the comments that speak to a name.

use rustc_hash::FxHashMap;

use super::text::{Spread, Text};

/// Likeness of comments to the later comments that name somebody, by name and position.
#[derive(Debug, Default)]
pub(super) struct Pool {
    sums: FxHashMap<usize, Vec<(usize, f32)>>,
}

impl Pool {
    /// Compares, for each name, the comments up to `reach` before those that name it with all of
    /// these that come later. `naming` holds the latter for each name, in order.
    pub(super) fn new(text: &Text, naming: &[Vec<usize>], reach: usize) -> Self {
        let mut pool = Self::default();
        let mut spread = Spread::default();
        for (name, naming) in naming.iter().enumerate().filter(|(_, naming)| naming.len() > 1) {
            let mut sums = Vec::new();
            let mut end = usize::MAX;
            for (index, &position) in naming.iter().enumerate().rev() {
                text.lay_out(&mut spread, position);
                // Down to the next comment that names it, or as far as anybody looks.
                let before = index.checked_sub(1).map_or(0, |before| naming[before]);
                let start = before.max(position.saturating_sub(reach));
                for j in (start..position.min(end)).rev() {
                    sums.push((j, text.likeness(&spread, j).0));
                }
                end = start;
            }
            if end > 0 {
                sums.push((0, text.likeness(&spread, 0).0));
            }
            for &position in naming {
                text.clear(&mut spread, position);
            }
            sums.reverse();
            pool.sums.insert(name, sums);
        }
        pool
    }

    /// How much comments are like the later ones that name `name`, by their positions.
    pub(super) fn of(&self, name: usize) -> &[(usize, f32)] {
        self.sums.get(&name).map_or(&[], Vec::as_slice)
    }
}
