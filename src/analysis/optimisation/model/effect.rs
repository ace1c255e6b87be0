//! The figures of one cell that the linear model is made of, by month: of one start, or of the baseline. They are read off an
//! outcome of the engine.

#![allow(clippy::float_arithmetic, reason = "it proposes, the engine judges")]

use super::plans_in_force::PlansInForce;
use crate::engine::{CellMonth, Outcome};
use crate::plan::Kind;

/// Figures of one cell: of one start, or of the baseline.
#[derive(Debug, Clone, Default)]
pub(crate) struct Effect {
    /// Capacity with full support, accounts and partners, by month.
    pub(crate) capacity: Vec<f64>,
    /// Active heads, by month.
    pub(crate) active: Vec<f64>,
    /// Ramped heads, by month.
    pub(crate) ramped: Vec<f64>,
    /// Heads at the end of the month.
    pub(crate) closing: Vec<f64>,
    /// Growth starts, by month.
    pub(crate) growth: Vec<f64>,
    /// Backfill starts, by month.
    pub(crate) backfills: Vec<f64>,
    /// People cost, by fiscal year.
    pub(crate) cost: Vec<f64>,
}

impl Effect {
    /// The figures of a cell in an outcome, each month times its factor.
    pub(super) fn of(
        plans: &PlansInForce,
        outcome: &Outcome,
        (region, role): (usize, usize),
        factor: impl Fn(usize) -> f64,
    ) -> Self {
        let cell = outcome.region(region).and_then(|r| r.cells.get(role));
        let plan = outcome.plan();
        let seller = plan.roles.get(role).is_some_and(|r| matches!(r.kind, Kind::Seller { .. }));
        let months = cell.map_or(&[][..], |cell| cell.months.as_slice());
        let by_month = |figure: &dyn Fn(&CellMonth) -> f64| -> Vec<f64> {
            months.iter().enumerate().map(|(t, month)| figure(month) * factor(t)).collect()
        };
        // A seller's quota has no support factor in it: times the attainment, it is the capacity with full support.
        let capacity = months.iter().enumerate().map(|(t, month)| {
            let now = plans.at(t);
            let sold = || now.assumptions.attainment.exact() * now.levers.attainment_factor.exact();
            factor(t) * if seller { (month.quota.exact() * sold()).to_f64() } else { month.capacity.exact().to_f64() }
        });
        let mut cost = vec![0.0; plan.calendar.years()];
        for (t, month) in months.iter().enumerate() {
            if let Some(year) = cost.get_mut(t / 12) {
                *year += month.people_cost().exact().to_f64() * factor(t);
            }
        }
        Self {
            capacity: capacity.collect(),
            active: by_month(&|m| m.active.exact().to_f64()),
            ramped: by_month(&|m| m.ramped.exact().to_f64()),
            closing: by_month(&|m| m.closing().exact().to_f64()),
            growth: by_month(&|m| m.growth.exact().to_f64()),
            backfills: by_month(&|m| m.backfills.exact().to_f64()),
            cost,
        }
    }

    /// Its lists.
    fn lists(&mut self) -> [&mut Vec<f64>; 7] {
        let Self { capacity, active, ramped, closing, growth, backfills, cost } = self;
        [capacity, active, ramped, closing, growth, backfills, cost]
    }

    /// Adds other figures.
    pub(super) fn add(&mut self, mut other: Self) {
        for (list, other) in self.lists().into_iter().zip(other.lists()) {
            list.resize(other.len(), 0.0);
            list.iter_mut().zip(other).for_each(|(value, other)| *value += *other);
        }
    }

    /// One effect for each of its lists, with the others 0.
    pub(super) fn split_by_list(&self) -> Vec<Self> {
        let only = |kept: usize| {
            let mut one = self.clone();
            let others = one.lists().into_iter().enumerate().filter(|(index, _)| *index != kept);
            others.for_each(|(_, list)| list.fill(0.0));
            one
        };
        (0..7).map(only).collect()
    }
}
