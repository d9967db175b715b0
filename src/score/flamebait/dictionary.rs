//! All lexicons in one table: a look-up per word, and a tree of phrases on top.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::category::{Class, Marks};
use super::hash::{self, HashTable};
use super::token::{self, STEMS};

/// What the lexicons know about a word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word {
    /// What it does beside other words.
    pub(super) marks: Marks,
    /// VADER's valence, -4 to 4.
    pub(super) valence: f32,
    /// The state of the phrase tree after this word; 0 if no phrase begins with it.
    pub(super) state: u32,
    /// The word that this one is a near miss of; 0 if it is a word of its own.
    pub(super) reads_as: u32,
    /// Whether to look for it behind disguises.
    pub(super) offensive: bool,
    /// Whether it has a harmless everyday meaning.
    pub(super) everyday: bool,
}

/// An entry that heats a comment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) class: Class,
    /// 1, mild, to 4, the worst.
    pub(super) severity: u8,
    /// The log-odds that the entry is thought to add.
    pub(super) weight: f32,
}

/// A state of the phrase tree: what has been read so far.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// The place of the first entry that ends here; 0 if none does.
    entries: u32,
    /// A bit for each word by which a phrase goes on from here; several words may share one.
    next_words: u64,
}

/// A word that is looked for behind disguises.
#[derive(Clone, Debug)]
pub(super) struct Target {
    pub(super) word: String,
    pub(super) number: u32,
    pub(super) entry: Entry,
}

/// All lexicons together.
#[derive(Debug)]
pub(super) struct Dictionary {
    table: HashTable,
    pub(super) words: Vec<Word>,
    hashes: Vec<u64>,
    stems: Vec<[u64; STEMS.len()]>,
    /// Words that are looked for behind disguises, the worst first, by their first letter.
    pub(super) targets: [Vec<Target>; 26],
    pub(super) masks: Vec<(&'static [u8], u32)>,
    states: Vec<State>,
    /// The entries of all states, each with the place of the next one of its state or 0; nothing
    /// stands at the place 0. Few states have an entry, and hardly any has two.
    entries: Vec<(Option<Entry>, u32)>,
    steps: FxHashMap<u64, u32>,
}

/// About how many words and near misses there are.
const ROOM: usize = 1 << 15;

/// The lexicons that are built in. A fault in them is a fault of the build, found by a test, and
/// leaves the dictionary empty.
pub(super) static BUILT_IN: LazyLock<Dictionary> =
    LazyLock::new(|| Dictionary::built_in().unwrap_or_else(|_| Dictionary::empty()));

impl Dictionary {
    /// Knows nothing.
    pub(super) fn empty() -> Self {
        Self {
            table: HashTable::with_room(ROOM),
            words: first_of_many(Word::default()),
            hashes: first_of_many(0),
            stems: first_of_many([0; STEMS.len()]),
            targets: std::array::from_fn(|_| Vec::new()),
            masks: Vec::new(),
            states: first_of_many(State::default()),
            entries: vec![(None, 0)],
            steps: FxHashMap::with_capacity_and_hasher(ROOM / 4, FxBuildHasher),
        }
    }

    /// The number of `word`, which is added if it is new.
    pub(super) fn word(&mut self, word: &str) -> u32 {
        let new = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        let hash = hash::word(word.as_bytes());
        let number = self.table.get_or_insert(hash, new);
        if number == new {
            self.words.push(Word::default());
            self.hashes.push(hash);
            self.stems.push(token::stems(word.as_bytes()));
        }
        number
    }

    /// Takes the word with that hash for another one, unless it is known.
    pub(super) fn add_near_miss(&mut self, hash: u64, reads_as: u32) {
        let new = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        if self.table.get_or_insert(hash, new) == new {
            self.words.push(Word { reads_as, ..Word::default() });
            self.hashes.push(hash);
            self.stems.push([0; STEMS.len()]);
        }
    }

    /// The state after `state` when `word` follows, which is added if it is new.
    pub(super) fn step_or_insert(&mut self, state: u32, word: u32) -> u32 {
        let known = if state == 0 {
            Some(self.words[word as usize].state).filter(|&state| state != 0)
        } else {
            self.step(state, word)
        };
        if let Some(next) = known {
            return next;
        }
        let next = u32::try_from(self.states.len()).unwrap_or(u32::MAX);
        self.states.push(State::default());
        if state == 0 {
            self.words[word as usize].state = next;
        } else {
            self.states[state as usize].next_words |= bit(word);
            self.steps.insert(key(state, word), next);
        }
        next
    }

    /// Lets the entry end in `state`, unless one of its class does.
    pub(super) fn end(&mut self, state: u32, entry: Entry) {
        if state == 0 || self.entries(state).any(|known| known.class == entry.class) {
            return;
        }
        let new = u32::try_from(self.entries.len()).unwrap_or_default();
        self.entries.push((Some(entry), 0));
        let first = &mut self.states[state as usize].entries;
        if *first == 0 {
            *first = new;
            return;
        }
        let mut last = *first as usize;
        while self.entries[last].1 != 0 {
            last = self.entries[last].1 as usize;
        }
        self.entries[last].1 = new;
    }

    /// The number of the word with that hash; 0 for an unknown one.
    #[inline]
    pub(super) fn number(&self, hash: u64) -> u32 {
        self.table.get(hash).unwrap_or(0)
    }

    /// What is known about the word with that number.
    #[inline]
    pub(super) fn get(&self, number: u32) -> &Word {
        &self.words[number as usize]
    }

    /// The hash of the word with that number.
    pub(super) fn hash(&self, number: u32) -> u64 {
        self.hashes[number as usize]
    }

    /// The hashes of the beginnings of the word with that number.
    pub(super) fn stems(&self, number: u32) -> [u64; STEMS.len()] {
        self.stems[number as usize]
    }

    /// The number of an offensive word, spelt so or nearly so.
    pub(super) fn offensive(&self, word: &[u8]) -> Option<u32> {
        self.offensive_hash(hash::word(word))
    }

    /// The number of the offensive word with that hash, or of the one that it is a near miss of.
    pub(super) fn offensive_hash(&self, hash: u64) -> Option<u32> {
        let number = self.number(hash);
        let word = self.get(number);
        if word.offensive {
            Some(number)
        } else {
            Some(word.reads_as).filter(|&number| number != 0)
        }
    }

    /// The words to look for behind disguises that begin with `first`, a small letter.
    pub(super) fn offensive_words(&self, first: u8) -> &[Target] {
        let index = usize::from(first.wrapping_sub(b'a'));
        self.targets.get(index).map_or(&[], Vec::as_slice)
    }

    /// The letters of the offensive word with that number.
    pub(super) fn spelling(&self, number: u32) -> Option<&str> {
        let mut targets = self.targets.iter().flatten();
        targets.find(|target| target.number == number).map(|target| target.word.as_str())
    }

    /// What everybody reads into forms such as `f***`.
    pub(super) fn masks(&self) -> &[(&'static [u8], u32)] {
        &self.masks
    }

    /// The state of the phrase tree after `state` when `word` follows.
    #[inline]
    pub(super) fn step(&self, state: u32, word: u32) -> Option<u32> {
        if self.states[state as usize].next_words & bit(word) == 0 {
            return None;
        }
        self.steps.get(&key(state, word)).copied()
    }

    /// The entries that end in `state`.
    #[inline]
    pub(super) fn entries(&self, state: u32) -> impl Iterator<Item = &Entry> {
        let mut place = self.states[state as usize].entries;
        std::iter::from_fn(move || {
            let (entry, next) = &self.entries[place as usize];
            place = *next;
            entry.as_ref()
        })
    }
}

/// A list that need not grow while the lexicons are read.
fn first_of_many<T>(first: T) -> Vec<T> {
    let mut list = Vec::with_capacity(ROOM);
    list.push(first);
    list
}

/// The bit of a word among those by which phrases go on.
fn bit(word: u32) -> u64 {
    1 << (word % u64::BITS)
}

fn key(state: u32, word: u32) -> u64 {
    u64::from(state) << 32 | u64::from(word)
}
