//! The one table in which every token is looked up, whatever its case.

use rustc_hash::FxHashMap;

/// Keys up to this many bytes stand in the table itself.
pub(super) const SHORT: usize = 24;

/// Stands in for a token that the table lacks.
pub(super) const UNKNOWN: u32 = 0;

const LANES: usize = 8;
const ONES: u64 = u64::from_le_bytes([1; 8]);
const HIGHS: u64 = ONES << 7;

/// `KEEP[len]` keeps the first `len` bytes of a key.
const KEEP: [[u64; 3]; SHORT + 1] = {
    let mut table = [[0; 3]; SHORT + 1];
    let mut len = 1;
    while len <= SHORT {
        table[len] = table[len - 1];
        table[len][(len - 1) / 8] |= 0xff << ((len - 1) % 8 * 8);
        len += 1;
    }
    table
};

/// A token of up to [`SHORT`] bytes, padded with zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Key {
    bytes: [u64; 3],
    len: u32,
}

impl Key {
    /// The first `len` of `bytes`.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "len is at most SHORT")]
    pub(super) fn cut(bytes: &[u8; SHORT], len: usize) -> Self {
        let keep = &KEEP[len.min(SHORT)];
        let (parts, _) = bytes.as_chunks::<8>();
        let part = |index: usize| u64::from_le_bytes(parts[index]) & keep[index];
        Self { bytes: [part(0), part(1), part(2)], len: len as u32 }
    }

    /// A whole token, unless it is too long.
    fn whole(token: &[u8]) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..token.len())?.copy_from_slice(token);
        Some(Self::cut(&bytes, token.len()))
    }

    /// The key with ASCII capitals made small.
    fn folded(self) -> Self {
        Self { bytes: self.bytes.map(fold), len: self.len }
    }

    /// Does not tell letters of different case apart, nor a few signs: it costs one operation, and
    /// what is found is compared in full.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "both halves of the product are used")]
    fn hash(self, seed: u64) -> u64 {
        let [first, second, third] = self.bytes.map(|part| part | ONES << 5);
        let length = u64::from(self.len);
        let rest = second ^ third.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ length << 56;
        let product = u128::from(first ^ seed) * u128::from(rest ^ 0xd6e8_feb8_6659_fd93);
        product as u64 ^ (product >> 64) as u64
    }
}

/// Makes the ASCII capitals among 8 bytes small.
#[inline]
fn fold(bytes: u64) -> u64 {
    let low = bytes & !HIGHS;
    let from_a = low + ONES * (0x80 - b'A' as u64);
    let past_z = low + ONES * (0x80 - (b'Z' as u64 + 1));
    bytes | (from_a & !past_z & !bytes & HIGHS) >> 2
}

#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    key: Key,
    id: u32,
}

/// Words with their ids: a hash table of buckets of eight, each with a byte of the hash of its
/// words, so that a token that is not in it is known from eight bytes, without a search.
#[derive(Debug)]
pub(super) struct Lookup {
    seed: u64,
    shift: u32,
    tags: Vec<u64>,
    slots: Vec<[Slot; LANES]>,
    long: FxHashMap<Box<str>, u32>,
    /// Whether a token with letters outside ASCII may be found.
    pub(super) wide: bool,
}

impl Lookup {
    /// A table of the words, which have no ASCII capitals, and their ids.
    pub(super) fn new<'a>(words: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut short = Vec::new();
        let mut long = FxHashMap::default();
        let mut wide = false;
        for (word, id) in words {
            wide |= !word.is_ascii();
            match Key::whole(word.as_bytes()) {
                Some(key) => short.push(Slot { key, id }),
                None => drop(long.insert(word.into(), id)),
            }
        }
        // Half a word a bucket on average; when one bucket still overflows, another seed helps.
        let mut bits = (short.len() * 2 / 4).max(2).next_power_of_two().trailing_zeros();
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        loop {
            for _ in 0..16 {
                seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
                if let Some((tags, slots)) = fill(&short, seed, 64 - bits) {
                    return Self { seed, shift: 64 - bits, tags, slots, long, wide };
                }
            }
            bits += 1;
        }
    }

    /// The id of the token, or [`UNKNOWN`].
    #[inline]
    pub(super) fn find(&self, key: Key) -> u32 {
        let hash = key.hash(self.seed);
        let bucket = bucket(hash, self.shift);
        let differs = self.tags[bucket] ^ (ONES * tag(hash));
        let mut equal = differs.wrapping_sub(ONES) & !differs & HIGHS;
        if equal == 0 {
            return UNKNOWN;
        }
        let key = key.folded();
        while equal != 0 {
            let slot = &self.slots[bucket][equal.trailing_zeros() as usize / 8];
            if slot.key == key {
                return slot.id;
            }
            equal &= equal - 1;
        }
        UNKNOWN
    }

    /// The id of a token of any length in small letters, or [`UNKNOWN`].
    pub(super) fn find_str(&self, token: &str) -> u32 {
        match Key::whole(token.as_bytes()) {
            Some(key) => self.find(key),
            None => self.long.get(token).copied().unwrap_or(UNKNOWN),
        }
    }

    /// Whether a token of more than [`SHORT`] bytes may be found.
    pub(super) fn has_long(&self) -> bool {
        !self.long.is_empty()
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "a bucket number is far below 2^32")]
fn bucket(hash: u64, shift: u32) -> usize {
    (hash >> shift) as usize
}

/// A byte of the hash; 0 marks an empty lane.
#[inline]
fn tag(hash: u64) -> u64 {
    (hash & 0xff).max(1)
}

/// The buckets, or `None` if one of them overflows.
fn fill(words: &[Slot], seed: u64, shift: u32) -> Option<(Vec<u64>, Vec<[Slot; LANES]>)> {
    let size = 1 << (64 - shift);
    let mut tags = vec![0_u64; size];
    let mut slots = vec![[Slot::default(); LANES]; size];
    for word in words {
        let hash = word.key.hash(seed);
        let bucket = bucket(hash, shift);
        let lane = (0..LANES).find(|lane| tags[bucket] >> (lane * 8) & 0xff == 0)?;
        tags[bucket] |= tag(hash) << (lane * 8);
        slots[bucket][lane] = *word;
    }
    Some((tags, slots))
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
        let cut = |token: &[u8]| Key::whole(token).unwrap();
        assert_eq!(table.find(cut(b"GooD")), 1);
        assert_eq!(table.find(cut(b":D")), 2);
        assert_eq!(table.find(cut(b"A-WORD-OF-TWENTY-FOUR-XX")), 3);
        assert_eq!(table.find(cut(b"goo")), UNKNOWN);
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
