//! How much a comment is like all the comments that speak to a name.

use super::lists::Lists;
use super::text::{Spread, Text};

/// Likeness of comments to the later comments that name somebody, by name and position.
#[derive(Debug, Default)]
pub(super) struct Pool {
    /// No lists if words do not matter.
    sums: Lists<(usize, f32)>,
}

impl Pool {
    /// Compares, for each name, the comments up to `reach` before those that name it with all of
    /// these that come later. `naming` holds the latter for each name, in order.
    pub(super) fn new(text: &Text, naming: &Lists<usize>, reach: usize) -> Self {
        let mut pool = Self { sums: Lists::with_capacity(naming.len()) };
        let mut spread = Spread::default();
        for name in 0..naming.len() {
            if naming[name].len() > 1 {
                pool.compare(text, &naming[name], reach, &mut spread);
            }
            pool.sums.close();
        }
        pool
    }

    /// Makes the list of one name.
    fn compare(&mut self, text: &Text, naming: &[usize], reach: usize, spread: &mut Spread) {
        let mut end = usize::MAX;
        for (index, &position) in naming.iter().enumerate().rev() {
            text.lay_out(spread, position);
            // Down to the next comment that names it, or as far as anybody looks.
            let before = index.checked_sub(1).map_or(0, |before| naming[before]);
            let start = before.max(position.saturating_sub(reach));
            for j in (start..position.min(end)).rev() {
                self.sums.push((j, text.likeness(spread, j).0));
            }
            end = start;
        }
        if end > 0 {
            self.sums.push((0, text.likeness(spread, 0).0));
        }
        for &position in naming {
            text.clear(spread, position);
        }
        self.sums.open().reverse();
    }

    /// How much comments are like the later ones that name `name`, by their positions.
    pub(super) fn of(&self, name: usize) -> &[(usize, f32)] {
        if self.sums.len() == 0 { &[] } else { &self.sums[name] }
    }
}
