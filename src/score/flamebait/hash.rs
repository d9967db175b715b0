//! Stable hashes of words, and a table that is looked up by them.
//!
//! Models are keyed by these hashes, so they may never change without a new model.

const START: u64 = 0xcbf2_9ce4_8422_2325;
const FACTOR: u64 = 0x0000_0100_0000_01b3;

/// Hashes a word byte by byte (FNV-1a), so that a tokeniser can do it in passing.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordHash(u64);

impl WordHash {
    pub(super) const fn new() -> Self {
        Self(START)
    }

    pub(super) const fn push(self, byte: u8) -> Self {
        Self((self.0 ^ byte as u64).wrapping_mul(FACTOR))
    }

    /// The hash with all its bits mixed; never 0.
    pub(super) const fn finish(self) -> u64 {
        mix(self.0) | 1
    }
}

/// The hash of a word.
pub(super) const fn word(bytes: &[u8]) -> u64 {
    let mut hash = WordHash::new();
    let mut at = 0;
    while at < bytes.len() {
        hash = hash.push(bytes[at]);
        at += 1;
    }
    hash.finish()
}

/// The hash of two words in a row.
pub(super) const fn pair(first: u64, second: u64) -> u64 {
    mix(first.rotate_left(21) ^ second.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

const fn mix(mut hash: u64) -> u64 {
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

/// A map from hashes to small numbers. Two words with the same 64-bit hash are taken for one.
#[derive(Debug)]
pub(super) struct HashTable {
    slots: Vec<(u64, u32)>,
    mask: usize,
    len: usize,
}

impl HashTable {
    pub(super) fn new() -> Self {
        Self { slots: vec![(0, 0); 1 << 12], mask: (1 << 12) - 1, len: 0 }
    }

    /// The value for `hash`, which is not 0.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Option<u32> {
        let (key, value) = self.slots[self.slot(hash)];
        (key == hash).then_some(value)
    }

    /// The value for `hash`; `value` if there was none.
    pub(super) fn get_or_insert(&mut self, hash: u64, value: u32) -> u32 {
        if 2 * (self.len + 1) > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(hash);
        if self.slots[slot].0 == 0 {
            self.slots[slot] = (hash, value);
            self.len += 1;
        }
        self.slots[slot].1
    }

    /// Where `hash` stands or should stand.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        // The low bits choose the slot; that they are few is wanted.
        #[allow(clippy::cast_possible_truncation)]
        let mut slot = (hash >> 1) as usize & self.mask;
        while self.slots[slot].0 != hash && self.slots[slot].0 != 0 {
            slot = (slot + 1) & self.mask;
        }
        slot
    }

    fn grow(&mut self) {
        let larger = vec![(0, 0); 2 * self.slots.len()];
        self.mask = larger.len() - 1;
        for (key, value) in std::mem::replace(&mut self.slots, larger) {
            if key != 0 {
                let slot = self.slot(key);
                self.slots[slot] = (key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{HashTable, pair, word};

    #[test]
    fn the_table_gives_back_what_was_put_in_first() {
        let mut table = HashTable::new();
        for value in 0..10_000_u32 {
            table.get_or_insert(word(&value.to_le_bytes()), value);
        }
        assert_eq!(table.get_or_insert(word(&7_u32.to_le_bytes()), 99), 7);
        assert!((0..10_000_u32).all(|value| table.get(word(&value.to_le_bytes())) == Some(value)));
        assert_eq!(table.get(word(b"never put in")), None);
    }

    #[test]
    fn hashes_never_change_because_models_are_keyed_by_them() {
        assert_eq!(word(b"you"), 6_509_193_423_280_190_973);
        assert_eq!(pair(word(b"you"), word(b"are")), 0);
        assert_ne!(pair(word(b"you"), word(b"are")), pair(word(b"are"), word(b"you")));
    }
}
