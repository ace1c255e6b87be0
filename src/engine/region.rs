//! One region: its cells, what they sell, and its months. Parts of earlier outcomes whose inputs are the same are reused.

use std::cmp::Reverse;
use std::sync::Arc;

use super::region_inputs::{PlannedCell, RegionInputs, RegionJoining};
use super::results::RegionOutcome;
use super::reuse::{EarlierRegion, ReusableCell};
use super::revenue;
use super::selling::{self, CellDraft, SalesInputs};

/// Evaluates one region with these growth hires and arrivals.
///
/// `earlier` are outcomes of the region with other hires or arrivals, or in other plans with the same calendar. Their cells, the heads of
/// their cells, and their months before the first difference are reused; the region's own months only of the first of them.
pub(super) fn evaluate(
    inputs: &RegionInputs<'_>,
    joining: RegionJoining<'_>,
    earlier: &[EarlierRegion<'_>],
) -> RegionOutcome {
    let plan = inputs.plan;
    let months = plan.calendar.months();
    let mut drafts: Vec<CellDraft> = Vec::with_capacity(plan.roles.len());
    for (index, role) in plan.roles.iter().enumerate() {
        drafts.push(draft(&PlannedCell::new(inputs, index, role, joining), earlier, months));
    }
    let first = drafts.iter().map(CellDraft::first_open_month).min().unwrap_or(months);
    selling::sell(&SalesInputs::new(inputs), &mut drafts, first..months);
    let cells: Vec<_> = drafts.into_iter().map(CellDraft::finish).collect();
    let same = earlier.first().filter(|earlier| earlier.has_same_revenue_inputs(cells.len()));
    let reused = same.and_then(|earlier| earlier.outcome.months.get(..first)).unwrap_or(&[]);
    RegionOutcome { months: revenue::months(plan, inputs.drivers, &cells, None, reused), cells }
}

/// The heads and cost of a cell, from the earlier outcome of which most can be reused.
fn draft(planned: &PlannedCell<'_>, earlier: &[EarlierRegion<'_>], months: usize) -> CellDraft {
    let rank = |cell: &ReusableCell<'_>| (cell.months == months, cell.same_costs, cell.months);
    let cells = earlier.iter().enumerate().filter_map(|(at, earlier)| Some((at, earlier.reusable(planned)?)));
    let best = cells.max_by_key(|(at, cell)| (rank(cell), Reverse(*at)));
    let Some((source, reusable)) = best else {
        return CellDraft::new(Arc::new(planned.inputs().walk(planned.joining(), &[])), 0, 0);
    };
    let is_whole = reusable.months == months;
    let same = if reusable.same_costs { reusable.months } else { 0 };
    let cell = match (is_whole, reusable.same_costs) {
        (true, true) => Arc::clone(reusable.cell),
        (true, false) => Arc::new(planned.inputs().cost_again(&reusable.cell.months)),
        (false, _) => {
            let reused = reusable.cell.months.get(..same).unwrap_or(&[]);
            Arc::new(planned.inputs().walk(planned.joining(), reused))
        }
    };
    let sold = if is_whole { months } else { same };
    CellDraft::new(cell, if source == 0 { same } else { 0 }, if reusable.same_sales { sold } else { 0 })
}
