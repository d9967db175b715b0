//! What is known of the links of a thread while they are being made.

use rustc_hash::{FxHashMap, FxHashSet};

/// A comment in a chain, and how likely it is in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Above {
    pub(super) position: usize,
    pub(super) chance: f32,
    pub(super) steps: usize,
}

/// A chain is followed so far up.
const LONGEST_CHAIN: usize = 32;

/// Less likely comments are dropped from chains.
const LEAST_CHANCE: f32 = 0.03;

/// The links made so far.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// The parent of each comment so far.
    pub(super) parents: Vec<Option<usize>>,
    /// How many answers each comment has so far.
    pub(super) answers: Vec<usize>,
    /// The comments of each person so far.
    pub(super) written: Vec<Vec<usize>>,
    /// Which comments a person has answered.
    pub(super) answered: FxHashSet<(usize, usize)>,
    /// The last comment of one person to another, and its parent.
    pub(super) last_to: FxHashMap<(usize, usize), (usize, Option<usize>)>,
    /// For each comment, its chain upwards, itself first. Empty lists if nobody asks for them.
    chains: Vec<Vec<Above>>,
    keep_chains: bool,
}

impl Progress {
    /// Nothing linked yet.
    pub(super) fn new(size: usize, people: usize, keep_chains: bool) -> Self {
        Self {
            parents: Vec::with_capacity(size),
            answers: vec![0; size],
            written: vec![Vec::new(); people],
            chains: if keep_chains { Vec::with_capacity(size) } else { Vec::new() },
            keep_chains,
            ..Self::default()
        }
    }

    /// The chain of the comment above `position`.
    pub(super) fn chain_above(&self, position: usize) -> &[Above] {
        let above = position.checked_sub(1).and_then(|above| self.chains.get(above));
        above.map_or(&[], Vec::as_slice)
    }

    /// Notes the link of the next comment: its parent, and how likely each candidate is.
    pub(super) fn note(&mut self, parent: Option<usize>, chances: &[(usize, f32)]) {
        let position = self.parents.len();
        self.parents.push(parent);
        if let Some(parent) = parent {
            self.answers[parent] += 1;
        }
        if self.keep_chains {
            let chain = self.chain(position, chances);
            self.chains.push(chain);
        }
    }

    fn chain(&self, position: usize, chances: &[(usize, f32)]) -> Vec<Above> {
        let mut chain = vec![Above { position, chance: 1.0, steps: 0 }];
        for &(parent, chance) in chances.iter().filter(|(_, chance)| *chance > LEAST_CHANCE) {
            for above in &self.chains[parent] {
                let chance = chance * above.chance;
                if let Some(same) = chain.iter_mut().find(|same| same.position == above.position) {
                    same.chance += chance;
                } else if chance > LEAST_CHANCE && chain.len() < LONGEST_CHAIN {
                    chain.push(Above { chance, steps: above.steps + 1, ..*above });
                }
            }
        }
        chain
    }

    /// Whether a person wrote something above the comment at `position` in its chain.
    pub(super) fn in_chain(&self, position: usize, writes: impl Fn(usize) -> bool) -> bool {
        let mut above = self.parents[position];
        for _ in 0..LONGEST_CHAIN {
            let Some(ancestor) = above else { return false };
            if writes(ancestor) {
                return true;
            }
            above = self.parents[ancestor];
        }
        false
    }
}
