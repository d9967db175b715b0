//! What is known of the links of a thread while they are being made.

use rustc_hash::{FxHashMap, FxHashSet};

use super::lists::Lists;

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
    /// How many comments each person has written so far.
    pub(super) written: Vec<usize>,
    /// Which comments a person has answered.
    answered: FxHashSet<(u32, u32)>,
    /// The last comment of one person to another, and its parent.
    last_to: FxHashMap<(u32, u32), (u32, Option<u32>)>,
    /// For each comment, its chain upwards, itself first. No lists if nobody asks for them.
    chains: Lists<Above>,
    /// The chain that is being made.
    chain: Vec<Above>,
    keep_chains: bool,
}

impl Progress {
    /// Nothing linked yet.
    pub(super) fn new(size: usize, people: usize, keep_chains: bool) -> Self {
        Self {
            parents: Vec::with_capacity(size),
            answers: vec![0; size],
            written: vec![0; people],
            keep_chains,
            ..Self::default()
        }
    }

    /// The chain of the comment above `position`.
    pub(super) fn chain_above(&self, position: usize) -> &[Above] {
        match position.checked_sub(1).filter(|&above| above < self.chains.len()) {
            Some(above) => &self.chains[above],
            None => &[],
        }
    }

    /// Notes the link of the next comment: its parent, and how likely each candidate is.
    pub(super) fn note(&mut self, parent: Option<usize>, chances: &[(usize, f32)]) {
        let position = self.parents.len();
        self.parents.push(parent);
        if let Some(parent) = parent {
            self.answers[parent] += 1;
        }
        if self.keep_chains {
            self.follow(position, chances);
            self.chains.extend(self.chain.drain(..));
            self.chains.close();
        }
    }

    /// Makes the chain of a comment from those of its likely parents.
    fn follow(&mut self, position: usize, chances: &[(usize, f32)]) {
        let chain = &mut self.chain;
        chain.push(Above { position, chance: 1.0, steps: 0 });
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
    }

    /// Notes that a person has answered a comment.
    pub(super) fn note_answer(&mut self, writer: usize, parent: usize) {
        self.answered.insert((small(writer), small(parent)));
    }

    /// Whether a person has answered a comment.
    pub(super) fn has_answered(&self, writer: usize, parent: usize) -> bool {
        self.answers[parent] > 0 && self.answered.contains(&(small(writer), small(parent)))
    }

    /// Notes the comment of one person to another, and its parent.
    pub(super) fn note_exchange(
        &mut self,
        from: usize,
        to: usize,
        at: usize,
        parent: Option<usize>,
    ) {
        self.last_to.insert((small(from), small(to)), (small(at), parent.map(small)));
    }

    /// The last comment of one person to another, and its parent.
    pub(super) fn last_to(&self, from: usize, to: usize) -> Option<(usize, Option<usize>)> {
        let &(at, parent) = self.last_to.get(&(small(from), small(to)))?;
        Some((at as usize, parent.map(|parent| parent as usize)))
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

/// A number of a comment or person, in half the memory.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
