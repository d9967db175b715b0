//! Names that nobody is known to bear: which of them are one person's.

use rustc_hash::FxHashMap;

use super::fold::{near, squeeze};
use super::name;

/// Names that differ by a slip of the pen must have so many letters to be one: short ones that
/// differ are two people.
const LEAST_LETTERS: usize = 6;

/// The names in a thread, by number.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Each name as it was first written.
    pub(super) written: Vec<String>,
    keys: Vec<String>,
    numbers: FxHashMap<String, usize>,
    key: String,
}

impl Names {
    /// The number of a name, which is entered if new; none if it has neither letter nor digit.
    pub(super) fn enter(&mut self, name: &str) -> Option<usize> {
        self.key.clear();
        squeeze(name, &mut self.key);
        if self.key.is_empty() {
            return None;
        }
        if let Some(&number) = self.numbers.get(&self.key) {
            return Some(number);
        }
        let number = self.written.len();
        self.written.push(name.to_owned());
        self.keys.push(self.key.clone());
        self.numbers.insert(self.key.clone(), number);
        Some(number)
    }

    /// For each name, the one that it is another form of: a longer one that begins with it as a
    /// whole word, if there is only one, or one that is spelt nearly the same.
    pub(super) fn same(&self) -> Vec<usize> {
        let mut same: Vec<usize> = (0..self.keys.len()).collect();
        let mut longer: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, name) in self.written.iter().enumerate() {
            let mut words = name::words(name);
            if let (Some(first), Some(_)) = (words.next(), words.next()) {
                let mut key = String::new();
                squeeze(first, &mut key);
                longer.entry(key).or_default().push(number);
            }
        }
        let mut order: Vec<usize> = (0..self.keys.len()).collect();
        order.sort_by_key(|&number| &self.keys[number]);
        for pair in order.windows(2) {
            let (one, other) = (&self.keys[pair[0]], &self.keys[pair[1]]);
            if one.len().min(other.len()) >= LEAST_LETTERS && near(one, other) {
                let (low, high) = (pair[0].min(pair[1]), pair[0].max(pair[1]));
                same[high] = same[low];
            }
        }
        for (number, key) in self.keys.iter().enumerate() {
            if let Some([only]) = longer.get(key).map(Vec::as_slice)
                && *only != number
            {
                same[number] = same[*only];
            }
        }
        same
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(names: &[&str]) -> Vec<usize> {
        let mut all = Names::default();
        for name in names {
            all.enter(name).unwrap();
        }
        all.same()
    }

    #[test]
    fn a_first_name_is_the_full_name_of_the_only_one_who_has_it() {
        assert_eq!(same(&["Mia", "Mia Berg"]), [1, 1]);
        assert_eq!(same(&["Mia", "Mia Berg", "Mia Rot"]), [0, 1, 2]);
        assert_eq!(same(&["Dana", "DanaK"]), [0, 1]);
    }

    #[test]
    fn long_names_may_be_misspelt_and_short_ones_differ() {
        assert_eq!(same(&["Wanderer", "Wandrer"]), [0, 0]);
        assert_eq!(same(&["Karl", "Marl", "Kari"]), [0, 1, 2]);
    }
}
