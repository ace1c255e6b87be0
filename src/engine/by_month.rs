//! Values that hold from a month on until another takes their place.

/// A value for every month of the horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ByMonth<T> {
    first: T,
    /// What holds from a later month on, in order; no entry is the same as the one before it.
    later: Vec<(usize, T)>,
}

impl<T: PartialEq> ByMonth<T> {
    /// The value of the first month, and what it is from later months on, in order.
    pub(crate) fn new(first: T, later: impl IntoIterator<Item = (usize, T)>) -> Self {
        let mut all = Self { first, later: Vec::new() };
        for (month, value) in later {
            if value != *all.last() {
                all.later.push((month, value));
            }
        }
        all
    }

    fn last(&self) -> &T {
        self.later.last().map_or(&self.first, |(_, value)| value)
    }

    /// The value in a month.
    pub(crate) fn at(&self, month: usize) -> &T {
        let last = self.place(month).checked_sub(1).and_then(|place| self.later.get(place));
        last.map_or(&self.first, |(_, value)| value)
    }

    /// The place of a month's value among [`ByMonth::values`].
    pub(crate) fn place(&self, month: usize) -> usize {
        self.later.partition_point(|(from, _)| *from <= month)
    }

    /// Whether one value holds throughout.
    pub(crate) fn is_constant(&self) -> bool {
        self.later.is_empty()
    }

    /// The values in their order.
    pub(crate) fn values(&self) -> impl Iterator<Item = &T> {
        std::iter::once(&self.first).chain(self.later.iter().map(|(_, value)| value))
    }

    /// The value made of each of these.
    pub(crate) fn map<U: PartialEq>(&self, of: impl Fn(&T) -> U) -> ByMonth<U> {
        ByMonth::new(of(&self.first), self.later.iter().map(|(month, value)| (*month, of(value))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_until_another_takes_its_place() {
        let values = ByMonth::new(1, [(2, 1), (3, 2), (5, 2), (7, 1)]);
        assert_eq!((0..9).map(|t| *values.at(t)).collect::<Vec<_>>(), [1, 1, 1, 2, 2, 2, 2, 1, 1]);
        assert_eq!((0..9).map(|t| values.place(t)).collect::<Vec<_>>(), [0, 0, 0, 1, 1, 1, 1, 2, 2]);
        assert_eq!(values.values().copied().collect::<Vec<_>>(), [1, 2, 1]);
        assert_eq!(values, ByMonth::new(1, [(3, 2), (7, 1)]));
        assert_eq!(values.map(|_| 0), ByMonth::new(0, []));
        assert!(values.map(|_| 0).is_constant() && !values.is_constant());
    }
}
