//! The one table in which every token is looked up, whatever its case.

use std::hint::select_unpredictable;

use rustc_hash::FxHashMap;

/// Words up to this many bytes stand in the table itself.
pub(super) const SHORT: usize = 16;

/// Stands in for a token that the table lacks.
pub(super) const UNKNOWN: u32 = 0;

/// Marks the id in a slot whose word holds more than letters: other words may have its key too.
const SIGNS: u32 = 1 << 31;

/// Suits the words that are built in, so that no start has to look for another.
const FIRST_SEED: u64 = 0x0d0c_6af1_81ca_5a1f;

/// Folds the case of letters, and takes some signs for others.
const FOLD: u64 = u64::from_le_bytes([0x20; 8]);

/// `KEEP[len]` keeps the first `len` bytes of a key.
const KEEP: [[u64; 2]; SHORT + 1] = {
    let mut table = [[0; 2]; SHORT + 1];
    let mut len = 1;
    while len <= SHORT {
        table[len] = table[len - 1];
        table[len][(len - 1) / 8] |= 0xff << ((len - 1) % 8 * 8);
        len += 1;
    }
    table
};

/// A token of up to [`SHORT`] bytes, folded and padded with zeros.
type Key = [u64; 2];

/// The key of the first `len` of `bytes`.
#[inline(always)]
fn key(bytes: &[u8; SHORT], len: usize) -> Key {
    let keep = &KEEP[len.min(SHORT)];
    let (parts, _) = bytes.as_chunks::<8>();
    let part = |index: usize| (u64::from_le_bytes(parts[index]) | FOLD) & keep[index];
    [part(0), part(1)]
}

/// The bytes of a token, unless they are too many.
fn short(token: &[u8]) -> Option<[u8; SHORT]> {
    let mut bytes = [0; SHORT];
    bytes.get_mut(..token.len())?.copy_from_slice(token);
    Some(bytes)
}

#[inline(always)]
#[expect(clippy::cast_possible_truncation, reason = "both halves of the product are used")]
fn hash(key: Key, seed: u64) -> u64 {
    let product = u128::from(key[0] ^ seed) * u128::from(key[1] ^ 0xd6e8_feb8_6659_fd93);
    product as u64 ^ (product >> 64) as u64
}

#[inline(always)]
fn tag(hash: u64) -> u8 {
    (hash >> 56) as u8 | 1
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    id: u32,
}

/// Words with their ids.
///
/// A perfect hash: some bits of a word's hash choose a shift, others and the shift the one slot
/// where it can stand. A byte of the hash for each slot, small enough to stay in the nearest cache,
/// tells most tokens that are not words; the slots themselves are only touched for words.
#[derive(Debug)]
pub(super) struct Lookup {
    seed: u64,
    shifts: Vec<u16>,
    /// For each slot a byte of its word's hash; 0 if it is empty.
    tags: Vec<u8>,
    /// An empty one, and one for each tag.
    slots: Vec<Slot>,
    /// The short words that hold more than letters.
    signs: FxHashMap<Box<[u8]>, u32>,
    long: FxHashMap<Box<str>, u32>,
    /// Length of the longest word.
    longest: usize,
    /// Whether a token with letters outside ASCII may be found.
    pub(super) wide: bool,
}

impl Lookup {
    /// A table of the words, which have no ASCII capitals, and their ids.
    pub(super) fn new<'a>(words: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut lookup = Self {
            seed: FIRST_SEED,
            shifts: Vec::new(),
            tags: Vec::new(),
            slots: Vec::new(),
            signs: FxHashMap::default(),
            long: FxHashMap::default(),
            longest: 0,
            wide: false,
        };
        let mut keys = Vec::new();
        for (word, id) in words {
            lookup.wide |= !word.is_ascii();
            lookup.longest = lookup.longest.max(word.len());
            let Some(bytes) = short(word.as_bytes()) else {
                lookup.long.insert(word.into(), id);
                continue;
            };
            let plain = word.bytes().all(|byte| byte.is_ascii_alphabetic());
            if !plain {
                lookup.signs.insert(word.as_bytes().into(), id);
            }
            let id = if plain { id } else { SIGNS };
            keys.push(Slot { key: key(&bytes, word.len()), id });
        }
        while !lookup.fill(&keys) {
            let seed = lookup.seed.wrapping_mul(0x5851_f42d_4c95_7f2d);
            lookup.seed = seed.wrapping_add(0x1405_7b7e_f767_814f);
        }
        lookup
    }

    /// Whether the first seed did.
    #[cfg(test)]
    pub(super) fn suits_at_once(&self) -> bool {
        self.seed == FIRST_SEED
    }

    /// Finds a shift for every group of words with the same upper bits, or gives up.
    fn fill(&mut self, words: &[Slot]) -> bool {
        self.shifts = vec![0; (words.len() / 4).next_power_of_two()];
        // Nearly full: what is not there takes no cache.
        self.tags = vec![0; (words.len() + words.len() / 32 + 1).next_power_of_two()];
        // Two that a shift cannot part need another seed; to find that out here saves much time.
        let slot_bits = self.tags.len() as u64 - 1;
        let order = |hash: u64| (self.group(hash), hash & slot_bits);
        let mut hashes: Vec<(u64, &Slot)> =
            words.iter().map(|word| (hash(word.key, self.seed), word)).collect();
        hashes.sort_unstable_by_key(|(hash, _)| order(*hash));
        // Words with signs may share a key, and then stand side by side.
        hashes.dedup_by_key(|(_, word)| word.key);
        if hashes.windows(2).any(|pair| order(pair[0].0) == order(pair[1].0)) {
            return false;
        }
        let group = |(hash, _): &(u64, &Slot)| self.group(*hash);
        let mut groups: Vec<_> = hashes.chunk_by(|one, other| group(one) == group(other)).collect();
        // Large groups first, while there is much room.
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        self.slots = vec![Slot::default(); self.tags.len() + 1];
        groups.iter().all(|group| (0..=u16::MAX).any(|shift| self.place_all(group, shift)))
    }

    /// Places a group with a shift, unless two words would share a slot.
    fn place_all(&mut self, words: &[(u64, &Slot)], shift: u16) -> bool {
        for (done, (hash, word)) in words.iter().enumerate() {
            let group = self.group(*hash);
            self.shifts[group] = shift;
            let place = self.place(*hash);
            if self.tags[place] != 0 {
                for (hash, _) in &words[..done] {
                    let place = self.place(*hash);
                    self.tags[place] = 0;
                }
                return false;
            }
            self.tags[place] = tag(*hash);
            self.slots[place + 1] = **word;
        }
        true
    }

    #[inline(always)]
    fn group(&self, hash: u64) -> usize {
        (hash >> 32) as usize & (self.shifts.len() - 1)
    }

    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the lower bits are wanted")]
    fn place(&self, hash: u64) -> usize {
        let shift = usize::from(self.shifts[self.group(hash)]);
        (hash as usize).wrapping_add(shift) & (self.tags.len() - 1)
    }

    /// The id of the token that is the first `len` of `bytes`, or [`UNKNOWN`].
    #[inline(always)]
    pub(super) fn find(&self, bytes: &[u8; SHORT], len: usize) -> u32 {
        let key = key(bytes, len);
        let hash = hash(key, self.seed);
        let place = self.place(hash);
        let slot = select_unpredictable(self.tags[place] == tag(hash), place + 1, 0);
        let slot = &self.slots[slot];
        let differs = (slot.key[0] ^ key[0]) | (slot.key[1] ^ key[1]);
        // Whether a token is found is a coin toss to the processor.
        let id = select_unpredictable(differs == 0, slot.id, UNKNOWN);
        if id == SIGNS { self.find_signs(bytes, len) } else { id }
    }

    #[inline(never)]
    fn find_signs(&self, bytes: &[u8; SHORT], len: usize) -> u32 {
        let folded = bytes.map(|byte| byte.to_ascii_lowercase());
        self.signs.get(&folded[..len]).copied().unwrap_or(UNKNOWN)
    }

    /// The id of a token of any length, in which letters outside ASCII are small, or [`UNKNOWN`].
    pub(super) fn find_str(&self, token: &str) -> u32 {
        match short(token.as_bytes()) {
            Some(bytes) => self.find(&bytes, token.len()),
            None if token.len() > self.longest => UNKNOWN,
            None => self.long.get(&*token.to_ascii_lowercase()).copied().unwrap_or(UNKNOWN),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(words: &[&'static str]) -> Lookup {
        Lookup::new(words.iter().copied().zip(1..))
    }

    #[test]
    fn finds_words_in_any_case() {
        let table = table(&["good", ":d", "a-word-of-twenty-four-xx"]);
        assert_eq!(table.find_str("GooD"), 1);
        assert_eq!(table.find_str(":D"), 2);
        assert_eq!(table.find_str("A-WORD-OF-TWENTY-FOUR-XX"), 3);
        assert_eq!(table.find_str("goo"), UNKNOWN);
    }

    #[test]
    fn tells_signs_apart_that_hash_alike() {
        let table = table(&[":]", ":}"]);
        assert_eq!(table.find_str(":]"), 1);
        assert_eq!(table.find_str(":}"), 2);
        assert_eq!(table.find_str("\x1a]"), UNKNOWN);
    }

    #[test]
    fn a_zero_byte_is_part_of_the_token() {
        let table = table(&["good"]);
        assert_eq!(table.find_str("good\0"), UNKNOWN);
    }

    #[test]
    fn finds_words_of_any_length_among_many() {
        let words: Vec<String> =
            (0..20_000).map(|n| format!("{n}{}", "x".repeat(n % 40))).collect();
        let table = Lookup::new(words.iter().map(String::as_str).zip(1..));
        for (word, id) in words.iter().zip(1..) {
            assert_eq!(table.find_str(word), id, "{word}");
        }
        assert_eq!(table.find_str("20000"), UNKNOWN);
    }
}
