//! Values of the plan by month, as far as they change over time.

use crate::plan::Plan;

/// A value for every month.
#[derive(Debug)]
pub(super) struct ByMonth<T> {
    values: Vec<T>,
    /// By month: the place of its value; empty where one value holds throughout.
    places: Vec<usize>,
}

impl<T: PartialEq> ByMonth<T> {
    /// The value that the plan in force has in each month; `plans` are these plans with their first months.
    pub(super) fn new(plans: &[(usize, &Plan)], months: usize, of: impl Fn(&Plan) -> T) -> Self {
        let (mut values, mut places): (Vec<T>, Vec<usize>) = (Vec::new(), Vec::new());
        for (index, (from, plan)) in plans.iter().enumerate() {
            let value = of(plan);
            if values.last() != Some(&value) {
                values.push(value);
            }
            let until = plans.get(index + 1).map_or(months, |(next, _)| *next);
            places.extend((*from..until).map(|_| values.len().saturating_sub(1)));
        }
        if values.len() == 1 {
            places.clear();
        }
        Self { values, places }
    }

    /// Whether one value holds throughout.
    pub(super) fn is_constant(&self) -> bool {
        self.places.is_empty()
    }
}

impl<T> ByMonth<T> {
    /// The value of a month; `None` beyond the horizon where values change.
    pub(super) fn get(&self, month: usize) -> Option<&T> {
        if self.places.is_empty() { self.values.first() } else { self.values.get(*self.places.get(month)?) }
    }
}
