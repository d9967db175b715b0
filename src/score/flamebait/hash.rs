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

    /// The hash with all its bits mixed.
    pub(super) const fn finish(self) -> u64 {
        mix(self.0)
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

/// A map from hashes to small numbers. Two words of which 32 bits and the place in the table are the
/// same are taken for one.
#[derive(Debug)]
pub(super) struct HashTable {
    slots: Vec<(u32, u32)>,
    mask: usize,
    /// A bit for each word, by which most unknown ones are told without a look at the slots, which
    /// are too many for the nearest cache.
    filter: Vec<u64>,
}

/// How many bits of a hash choose the bit in the filter.
const FILTER_BITS: u32 = 18;

/// The value of an empty slot.
const EMPTY: u32 = u32::MAX;

impl HashTable {
    /// A table with room for about `size` words; one more than half full is slow.
    pub(super) fn with_room(size: usize) -> Self {
        let slots = (2 * size).next_power_of_two();
        Self {
            slots: vec![(0, EMPTY); slots],
            mask: slots - 1,
            filter: vec![0; 1 << (FILTER_BITS - 6)],
        }
    }

    /// The value for `hash`.
    #[inline]
    pub(super) fn get(&self, hash: u64) -> Option<u32> {
        let (place, bit) = filter_place(hash);
        if self.filter[place] & bit == 0 {
            return None;
        }
        let value = self.slots[self.slot(hash)].1;
        (value != EMPTY).then_some(value)
    }

    /// The value for `hash`; `value` if there was none.
    pub(super) fn get_or_insert(&mut self, hash: u64, value: u32) -> u32 {
        let slot = self.slot(hash);
        if self.slots[slot].1 == EMPTY {
            self.slots[slot] = (tag(hash), value);
            let (place, bit) = filter_place(hash);
            self.filter[place] |= bit;
        }
        self.slots[slot].1
    }

    /// Where `hash` stands or should stand.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "the low bits choose the slot")]
        let mut slot = hash as usize & self.mask;
        let tag = tag(hash);
        while self.slots[slot].1 != EMPTY && self.slots[slot].0 != tag {
            slot = (slot + 1) & self.mask;
        }
        slot
    }
}

/// The number of a hash in the filter, and its bit there.
fn filter_place(hash: u64) -> (usize, u64) {
    let bits = (hash >> (u64::BITS - FILTER_BITS)) as usize;
    (bits >> 6, 1 << (bits & 63))
}

/// The bits of a hash that are kept for comparing.
fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::{HashTable, pair, word};

    #[test]
    fn the_table_gives_back_what_was_put_in_first() {
        let mut table = HashTable::with_room(10_000);
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
        assert_eq!(pair(word(b"you"), word(b"are")), 16_771_946_530_622_918_651);
        assert_ne!(pair(word(b"you"), word(b"are")), pair(word(b"are"), word(b"you")));
    }
}
