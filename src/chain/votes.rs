//! Votes on who wrote what: each comment that speaks to a name votes for its likely parents.

use rustc_hash::FxHashMap;

/// So many of a comment's likeliest parents get a vote.
const MOST_VOTES: usize = 6;

/// Less likely parents get none.
const LEAST_CHANCE: f32 = 0.02;

/// From so many votes on, a comment counts as written by the name that has most.
const ENOUGH: f32 = 0.4;

/// The votes of a pass over the thread.
#[derive(Debug, Default)]
pub(super) struct Votes {
    by_name: FxHashMap<(usize, usize), f32>,
    total: Vec<f32>,
    /// What each comment voted for.
    cast: Vec<Vec<(usize, f32)>>,
    /// The name with most votes for each comment.
    leaders: Vec<Option<(usize, f32)>>,
}

impl Votes {
    /// No votes yet, for `size` comments.
    pub(super) fn new(size: usize) -> Self {
        Self { total: vec![0.0; size], cast: vec![Vec::new(); size], ..Self::default() }
    }

    /// The comment at `voter` speaks to `name`; these are its likely parents.
    pub(super) fn cast(&mut self, voter: usize, name: usize, chances: &[(usize, f32)]) {
        let likely = chances.iter().filter(|(_, chance)| *chance > LEAST_CHANCE);
        let mut likely: Vec<(usize, f32)> = likely.copied().collect();
        likely.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        likely.truncate(MOST_VOTES);
        for &(position, chance) in &likely {
            *self.by_name.entry((name, position)).or_default() += chance;
            self.total[position] += chance;
        }
        self.cast[voter] = likely;
    }

    /// Counts who leads at each comment.
    pub(super) fn count(&mut self) {
        self.leaders = vec![None; self.total.len()];
        for (&(name, position), &votes) in &self.by_name {
            let leader = &mut self.leaders[position];
            // Equal votes: the name that came first, so that hash order does not matter.
            let leads = leader.is_none_or(|(other, most): (usize, f32)| {
                votes > most || (votes.total_cmp(&most).is_eq() && name < other)
            });
            if leads {
                *leader = Some((name, votes));
            }
        }
    }

    /// The votes that `name` wrote the comment, and those for anybody, without `voter`'s own.
    pub(super) fn of(&self, voter: usize, name: usize, position: usize) -> (f32, f32) {
        let own = self.cast[voter].iter().find(|(voted, _)| *voted == position);
        let own = own.map_or(0.0, |(_, chance)| *chance);
        let votes = self.by_name.get(&(name, position)).copied().unwrap_or_default();
        ((votes - own).max(0.0), (self.total[position] - own).max(0.0))
    }

    /// The name that seems to have written the comment.
    pub(super) fn writer(&self, position: usize) -> Option<usize> {
        let leader = self.leaders.get(position).copied().flatten();
        leader.filter(|(_, votes)| *votes > ENOUGH).map(|(name, _)| name)
    }

    /// The name with most votes for the comment, its votes and the votes of all others.
    pub(super) fn leader(&self, position: usize) -> Option<(usize, f32, f32)> {
        let (name, votes) = self.leaders.get(position).copied().flatten()?;
        Some((name, votes, (self.total[position] - votes).max(0.0)))
    }

    /// The comments that `name` has more than `least` votes for, in order.
    pub(super) fn strong(&self, least: f32) -> FxHashMap<usize, Vec<usize>> {
        let mut strong: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        for (&(name, position), _) in self.by_name.iter().filter(|(_, votes)| **votes > least) {
            strong.entry(name).or_default().push(position);
        }
        for positions in strong.values_mut() {
            positions.sort_unstable();
        }
        strong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_does_not_count_its_own_vote() {
        let mut votes = Votes::new(4);
        votes.cast(2, 7, &[(0, 0.9), (1, 0.01)]);
        votes.cast(3, 7, &[(0, 0.5)]);
        votes.count();
        let (mine, all) = votes.of(3, 7, 0);
        assert!((mine - 0.9).abs() < 1e-6 && (all - 0.9).abs() < 1e-6);
        assert_eq!(votes.writer(0), Some(7));
        assert_eq!(votes.writer(1), None);
        assert_eq!(votes.strong(1.0)[&7], [0]);
    }
}
