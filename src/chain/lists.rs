//! Many short lists in one: a list for each comment, person or name, without an allocation each.

use std::ops::{Index, IndexMut, Range};

/// Lists of items, by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lists<T> {
    items: Vec<T>,
    /// Where each list ends.
    ends: Vec<usize>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// No list yet, but room for so many.
    pub(super) fn with_capacity(lists: usize) -> Self {
        Self { items: Vec::new(), ends: Vec::with_capacity(lists) }
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds an item to the list that is being made.
    pub(super) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Adds items to the list that is being made.
    pub(super) fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
    }

    /// Ends the list that is being made, which may be empty, and begins the next.
    pub(super) fn close(&mut self) {
        self.ends.push(self.items.len());
    }

    /// The list that is being made.
    pub(super) fn open(&mut self) -> &mut [T] {
        let start = self.ends.last().copied().unwrap_or_default();
        &mut self.items[start..]
    }

    /// Takes back the items of the list that is being made, but the first so many.
    pub(super) fn truncate_open(&mut self, length: usize) {
        let start = self.ends.last().copied().unwrap_or_default();
        self.items.truncate(start + length);
    }

    /// Takes all lists away, but keeps the memory.
    pub(super) fn clear(&mut self) {
        self.items.clear();
        self.ends.clear();
    }

    /// All items, list by list.
    pub(super) fn items(&self) -> &[T] {
        &self.items
    }

    fn range(&self, list: usize) -> Range<usize> {
        let start = list.checked_sub(1).map_or(0, |before| self.ends[before]);
        start..self.ends[list]
    }
}

impl<T: Copy + Default> Lists<T> {
    /// Deals items out to `lists` lists, each with the number of its list, in the order in which
    /// they come.
    pub(super) fn deal(lists: usize, items: impl Iterator<Item = (usize, T)> + Clone) -> Self {
        let mut ends = vec![0; lists];
        for (list, _) in items.clone() {
            ends[list] += 1;
        }
        let mut all = 0;
        for end in &mut ends {
            let size = *end;
            *end = all;
            all += size;
        }
        // Until all are dealt, an end is where the next item of its list goes.
        let mut dealt = vec![T::default(); all];
        for (list, item) in items {
            dealt[ends[list]] = item;
            ends[list] += 1;
        }
        Self { items: dealt, ends }
    }
}

impl<T> Index<usize> for Lists<T> {
    type Output = [T];

    fn index(&self, list: usize) -> &[T] {
        &self.items[self.range(list)]
    }
}

impl<T> IndexMut<usize> for Lists<T> {
    fn index_mut(&mut self, list: usize) -> &mut [T] {
        let range = self.range(list);
        &mut self.items[range]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_hold_what_was_put_into_them() {
        let mut lists = Lists::default();
        lists.push('a');
        lists.push('b');
        lists.close();
        lists.close();
        lists.extend("cd".chars());
        lists.truncate_open(1);
        lists.close();
        assert_eq!((&lists[0], &lists[1], &lists[2]), (&['a', 'b'][..], &[][..], &['c'][..]));
        assert_eq!(lists.len(), 3);
    }

    #[test]
    fn items_are_dealt_out_in_the_order_in_which_they_come() {
        let dealt = Lists::deal(3, [(2, 'x'), (0, 'y'), (2, 'z')].into_iter());
        assert_eq!((&dealt[0], &dealt[1], &dealt[2]), (&['y'][..], &[][..], &['x', 'z'][..]));
    }
}
