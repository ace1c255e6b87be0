//! One cell, month by month: its starts and backfills, its cohorts and its cost (model sections 3 and 5).

use super::cohorts::{Cohort, CohortWalk, HeadInputs};
use super::cost::{CostInputs, MonthlyCosts};
use super::results::{CellMonth, CellOutcome};
use crate::units::{Exact, Heads};

/// The inputs of one cell, except its growth starts and what its heads sell. Cells with equal inputs and starts have equal
/// heads and cost.
#[derive(Debug, Clone)]
pub(super) struct CellInputs<'a> {
    pub(super) heads: HeadInputs<'a>,
    pub(super) costs: CostInputs<'a>,
}

impl CellInputs<'_> {
    /// Walks the cohorts through the horizon and costs them. The first months are `reused` as they are.
    pub(super) fn walk(&self, growth: &[Exact], reused: &[CellMonth]) -> CellOutcome {
        self.walk_traced(growth, reused, |_, _| {})
    }

    /// As [`CellInputs::walk`]; `trace` receives the merged heads and the other cohorts at work in each month.
    pub(super) fn walk_traced(
        &self,
        growth: &[Exact],
        reused: &[CellMonth],
        mut trace: impl FnMut(Exact, &[Cohort]),
    ) -> CellOutcome {
        let mut cohorts = CohortWalk::new(&self.heads);
        let mut costs = MonthlyCosts::new(&self.costs);
        let mut months: Vec<CellMonth> = Vec::with_capacity(growth.len());
        months.extend_from_slice(reused);
        for (t, month) in reused.iter().enumerate() {
            cohorts.start(t, month.starts().exact());
            trace(cohorts.merged, &cohorts.cohorts);
            cohorts.age();
        }
        for (t, growth) in growth.iter().enumerate().skip(reused.len()) {
            let backfills = self.backfills(&months, t);
            cohorts.start(t, *growth + backfills);
            trace(cohorts.merged, &cohorts.cohorts);
            let sums = cohorts.month();
            let mut month = CellMonth { growth: Heads::new(*growth), backfills: Heads::new(backfills), ..sums };
            cohorts.age();
            month.lines = costs.lines(t, &month);
            months.push(month);
        }
        CellOutcome { months }
    }

    /// backfills(t), from the leavers of the months before it.
    fn backfills(&self, before: &[CellMonth], t: usize) -> Exact {
        // Leavers of a month before the first are zero.
        let Some(source) = t.checked_sub(1).and_then(|t| t.checked_sub(self.heads.time_to_fill)) else {
            return Exact::ZERO;
        };
        let leavers = before.get(source).map_or(Exact::OUT_OF_RANGE, |month| month.leavers.exact());
        if leavers.is_zero() { Exact::ZERO } else { self.heads.backfill_share * leavers }
    }

    /// The same heads and sales at the cost of these inputs.
    pub(super) fn cost_again(&self, months: &[CellMonth]) -> CellOutcome {
        let mut costs = MonthlyCosts::new(&self.costs);
        let month = |(t, month): (usize, &CellMonth)| CellMonth { lines: costs.lines(t, month), ..*month };
        CellOutcome { months: months.iter().enumerate().map(month).collect() }
    }
}
