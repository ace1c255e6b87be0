//! Reuse of an earlier outcome of a region: which of its cells and months have the same inputs now.

use std::sync::Arc;

use super::region_inputs::{PlannedCell, RegionInputs, RegionJoining};
use super::results::{CellOutcome, RegionOutcome};
use super::revenue::RevenueInputs;
use super::selling::SalesInputs;

/// An earlier outcome of a region over the same months.
pub(super) struct EarlierRegion<'a> {
    pub(super) joining: RegionJoining<'a>,
    pub(super) outcome: &'a RegionOutcome,
    /// What has changed besides hires; `None` where nothing has.
    pub(super) comparison: Option<&'a RegionComparison<'a>>,
}

/// A region of an earlier plan with the same calendar, compared with the region now.
pub(super) struct RegionComparison<'a> {
    earlier: RegionInputs<'a>,
    /// Whether the same hires start in the same months.
    same_starts: bool,
    /// By role: whether the same heads sell the same.
    same_sales: Vec<bool>,
    /// Whether the same capacity gives the same revenue, programme cost and contribution.
    same_revenue: bool,
}

/// A cell of an earlier outcome whose heads have the same inputs now.
pub(super) struct ReusableCell<'a> {
    pub(super) cell: &'a Arc<CellOutcome>,
    /// The months before the first difference in growth starts or arrivals.
    pub(super) months: usize,
    /// Whether the same heads cost the same.
    pub(super) same_costs: bool,
    /// Whether the same heads sell the same.
    pub(super) same_sales: bool,
}

impl<'a> RegionComparison<'a> {
    pub(super) fn new(earlier: RegionInputs<'a>, now: &RegionInputs<'_>) -> Self {
        let (before, after) = (earlier.plan, now.plan);
        let same_starts = before.assumptions.start_phasing == after.assumptions.start_phasing
            && before.levers.hire_delay == after.levers.hire_delay
            && before.levers.fill_rate == after.levers.fill_rate;
        Self {
            same_starts,
            same_sales: SalesInputs::new(&earlier).same_by_role(&SalesInputs::new(now)),
            same_revenue: RevenueInputs::new(before, earlier.drivers) == RevenueInputs::new(after, now.drivers),
            earlier,
        }
    }
}

impl<'a> EarlierRegion<'a> {
    /// The cell of a role, as far as it can be reused for a planned cell; `None` where its heads have other inputs.
    pub(super) fn reusable(&self, planned: &PlannedCell<'_>) -> Option<ReusableCell<'a>> {
        let role = planned.index;
        let cell = self.outcome.cells.get(role)?;
        let (same_starts, same_costs, same_sales) = match self.comparison {
            None => (true, true, true),
            Some(comparison) => {
                let before = comparison.earlier.plan.roles.get(role).filter(|before| before.id == planned.role.id)?;
                let is_same_kind = std::mem::discriminant(&before.kind) == std::mem::discriminant(&planned.role.kind);
                let before = comparison.earlier.cell(role, before);
                if !is_same_kind || before.heads != planned.inputs().heads {
                    return None;
                }
                let same_sales = comparison.same_sales.get(role) == Some(&true);
                (comparison.same_starts, before.costs == planned.inputs().costs, same_sales)
            }
        };
        let is_whole = same_starts && self.joining.hires.of(&planned.role.id) == planned.hires;
        let months = if is_whole { cell.months.len() } else { cell.months_with_growth(planned.growth()) };
        let before = self.joining.arrivals.of(planned.region_index(), role);
        let months = months.min(cell.months_with_arrivals(before, planned.arrivals));
        Some(ReusableCell { cell, months, same_costs, same_sales })
    }

    /// Whether the region's months have the same inputs, given the same cells.
    pub(super) fn has_same_revenue_inputs(&self, roles: usize) -> bool {
        self.outcome.cells.len() == roles && self.comparison.is_none_or(|comparison| comparison.same_revenue)
    }
}
