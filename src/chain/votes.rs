//! Votes on who wrote what: each comment that speaks to a name votes for its likely parents.

/// So many of a comment's likeliest parents get a vote.
const MOST_VOTES: usize = 6;

/// Less likely parents get none.
const LEAST_CHANCE: f32 = 0.02;

/// From so many votes on, a comment counts as written by the name that has most.
const ENOUGH: f32 = 0.4;

/// The votes of a pass over the thread.
#[derive(Debug, Default)]
pub(super) struct Votes {
    /// For each name, the comments that it has votes for, and how many; in order once counted.
    by_name: Vec<Vec<(usize, f32)>>,
    total: Vec<f32>,
    /// What each comment voted for.
    cast: Vec<Vec<(usize, f32)>>,
    /// The name with most votes for each comment.
    leaders: Vec<Option<(usize, f32)>>,
}

impl Votes {
    /// No votes yet, for `size` comments and so many names.
    pub(super) fn new(size: usize, names: usize) -> Self {
        Self {
            by_name: vec![Vec::new(); names],
            total: vec![0.0; size],
            cast: vec![Vec::new(); size],
            ..Self::default()
        }
    }

    /// The comment at `voter` speaks to `name`; these are its likely parents.
    pub(super) fn cast(&mut self, voter: usize, name: usize, chances: &[(usize, f32)]) {
        let likely = chances.iter().filter(|(_, chance)| *chance > LEAST_CHANCE);
        let mut likely: Vec<(usize, f32)> = likely.copied().collect();
        likely.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        likely.truncate(MOST_VOTES);
        for &(position, chance) in &likely {
            self.by_name[name].push((position, chance));
            self.total[position] += chance;
        }
        self.cast[voter] = likely;
    }

    /// Counts who leads at each comment.
    pub(super) fn count(&mut self) {
        self.leaders = vec![None; self.total.len()];
        for (name, votes) in self.by_name.iter_mut().enumerate() {
            votes.sort_by_key(|(position, _)| *position);
            votes.dedup_by(|next, first| {
                let same = next.0 == first.0;
                first.1 += if same { next.1 } else { 0.0 };
                same
            });
            for &(position, votes) in &*votes {
                // Equal votes: the name that came first.
                let leader = &mut self.leaders[position];
                if leader.is_none_or(|(_, most)| votes > most) {
                    *leader = Some((name, votes));
                }
            }
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
        votes.cast(2, 7, &[(0, 0.9), (1, 0.01)]);
        votes.cast(3, 7, &[(0, 0.5)]);
        votes.count();
        let (mine, all) = votes.of(3, 7, 0);
        assert!((mine - 0.9).abs() < 1e-6 && (all - 0.9).abs() < 1e-6);
        assert_eq!(votes.writer(0), Some(7));
        assert_eq!(votes.writer(1), None);
        assert_eq!(votes.strong(7, 1.0, 4).collect::<Vec<_>>(), [0]);
    }
}
