//! The few people whom one name may mean.

use std::ops::Deref;

/// The most people that one name may stand for, if nothing tells them apart.
const MOST: usize = 4;

/// Up to four numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Few {
    items: [usize; MOST],
    length: usize,
}

impl Few {
    /// Just one.
    pub(super) fn one(item: usize) -> Self {
        Self { items: [item, 0, 0, 0], length: 1 }
    }

    /// All of them; none if there are none, or more than four.
    pub(super) fn all(items: impl Iterator<Item = usize>) -> Option<Self> {
        let mut few = Self::default();
        for item in items {
            *few.items.get_mut(few.length)? = item;
            few.length += 1;
        }
        (few.length > 0).then_some(few)
    }
}

impl Deref for Few {
    type Target = [usize];

    fn deref(&self) -> &[usize] {
        &self.items[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn too_many_are_none() {
        assert_eq!(Few::all(0..4).as_deref(), Some(&[0, 1, 2, 3][..]));
        assert_eq!(Few::all(0..5), None);
        assert_eq!(Few::all(0..0), None);
        assert_eq!(*Few::one(7), [7]);
    }
}
