//! Votes on who wrote what: each comment that speaks to a name votes for its likely parents.

use super::lists::Lists;

/// So many of a comment's likeliest parents get a vote.
const MOST_VOTES: usize = 6;

/// Less likely parents get none.
const LEAST_CHANCE: f32 = 0.02;

/// From so many votes on, a comment counts as written by the name that has most.
const ENOUGH: f32 = 0.4;

/// The votes of a pass over the thread.
#[derive(Debug, Default)]
pub(super) struct Votes {
    names: usize,
    /// For each name, the comments that it has votes for, and how many, in order.
    by_name: Lists<(usize, f32)>,
    total: Vec<f32>,
    /// What each comment voted for, and for which name.
    cast: Lists<(usize, f32)>,
    voters: Vec<usize>,
    /// The name with most votes for each comment.
    leaders: Vec<Option<(usize, f32)>>,
}

impl Votes {
    /// No votes yet, for `size` comments and so many names.
    pub(super) fn new(size: usize, names: usize) -> Self {
        let cast = Lists::with_capacity(size);
        Self { names, total: vec![0.0; size], cast, ..Self::default() }
    }

    /// The next comment speaks to `name`, or to nobody; these are its likely parents.
    pub(super) fn cast(&mut self, name: Option<usize>, chances: &[(usize, f32)]) {
        self.voters.push(name.unwrap_or_default());
        if name.is_some() {
            let likely = chances.iter().filter(|(_, chance)| *chance > LEAST_CHANCE);
            self.cast.extend(likely.copied());
            let order = |one: &(usize, f32), other: &(usize, f32)| {
                other.1.total_cmp(&one.1).then(one.0.cmp(&other.0))
            };
            self.cast.open().sort_unstable_by(order);
            self.cast.truncate_open(MOST_VOTES);
            for &(position, chance) in &*self.cast.open() {
                self.total[position] += chance;
            }
        }
        self.cast.close();
    }

    /// Counts who leads at each comment.
    pub(super) fn count(&mut self) {
        let votes = self
            .voters
            .iter()
            .enumerate()
            .flat_map(|(voter, &name)| self.cast[voter].iter().map(move |&vote| (name, vote)));
        let cast = Lists::deal(self.names, votes);
        self.leaders = vec![None; self.total.len()];
        let mut theirs: Vec<(usize, f32)> = Vec::new();
        self.by_name = Lists::with_capacity(self.names);
        for name in 0..self.names {
            theirs.extend(&cast[name]);
            theirs.sort_by_key(|(position, _)| *position);
            for same in theirs.chunk_by(|one, other| one.0 == other.0) {
                let (position, votes) = (same[0].0, same.iter().map(|vote| vote.1).sum());
                self.by_name.push((position, votes));
                // Equal votes: the name that came first.
                let leader = &mut self.leaders[position];
                if leader.is_none_or(|(_, most)| votes > most) {
                    *leader = Some((name, votes));
                }
            }
            self.by_name.close();
            theirs.clear();
        }
    }

    /// The votes that `name` wrote the comment, and those for anybody, without `voter`'s own.
    pub(super) fn of(&self, voter: usize, name: usize, position: usize) -> (f32, f32) {
        let own = self.cast[voter].iter().find(|(voted, _)| *voted == position);
        let own = own.map_or(0.0, |(_, chance)| *chance);
        let theirs = &self.by_name[name];
        let found = theirs.binary_search_by_key(&position, |(voted, _)| *voted);
        let votes = found.map_or(0.0, |index| theirs[index].1);
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

    /// The comments up to `before` that `name` has more than `least` votes for, latest first.
    pub(super) fn strong(
        &self,
        name: usize,
        least: f32,
        before: usize,
    ) -> impl Iterator<Item = usize> + '_ {
        let theirs = &self.by_name[name];
        let end = theirs.partition_point(|(position, _)| *position < before);
        let strong = theirs[..end].iter().rev().filter(move |(_, votes)| *votes > least);
        strong.map(|(position, _)| *position)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_does_not_count_its_own_vote() {
        let mut votes = Votes::new(4, 8);
        votes.cast(None, &[]);
        votes.cast(None, &[]);
        votes.cast(Some(7), &[(0, 0.9), (1, 0.01)]);
        votes.cast(Some(7), &[(0, 0.5)]);
        votes.count();
        let (mine, all) = votes.of(3, 7, 0);
        assert!((mine - 0.9).abs() < 1e-6 && (all - 0.9).abs() < 1e-6);
        assert_eq!(votes.writer(0), Some(7));
        assert_eq!(votes.writer(1), None);
        assert_eq!(votes.strong(7, 1.0, 4).collect::<Vec<_>>(), [0]);
    }
}
