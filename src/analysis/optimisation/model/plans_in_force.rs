//! The plan in force in each month: the values of that month in place of the first ones (model section 2a).

use std::sync::Arc;

use crate::plan::Plan;

/// The plans in force over the horizon.
#[derive(Debug)]
pub(crate) struct PlansInForce {
    first: Arc<Plan>,
    /// Each with the month from which it is in force, in order.
    later: Vec<(usize, Plan)>,
}

impl PlansInForce {
    pub(crate) fn new(plan: &Arc<Plan>) -> Self {
        let later = if plan.changes.is_empty() { Vec::new() } else { plan.in_force() };
        Self { first: Arc::clone(plan), later }
    }

    /// The plan as it states the first month.
    pub(crate) fn first(&self) -> &Plan {
        &self.first
    }

    /// The plan in force in a month.
    pub(crate) fn at(&self, month: usize) -> &Plan {
        self.later.iter().rev().find(|(from, _)| *from <= month).map_or(&self.first, |(_, plan)| plan)
    }

    /// All of them.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Plan> {
        std::iter::once(self.first()).chain(self.later.iter().map(|(_, plan)| plan))
    }

    /// A value of each month.
    pub(crate) fn by_month<T>(&self, of: impl Fn(&Plan) -> T) -> Vec<T> {
        (0..self.first.calendar.months()).map(|t| of(self.at(t))).collect()
    }
}
