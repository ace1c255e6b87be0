//! One cell by month: moves, starts and backfills, cohorts, and cost (model sections 3 and 5).

use super::cohort::{Arrival, Cohort};
use super::cohorts::{CohortWalk, HeadInputs};
use super::cost::{CostInputs, MonthlyCosts, PaidHeads};
use super::departures::CohortLoss;
use super::list::at;
use super::results::{CellMonth, CellOutcome};
use crate::units::{Exact, Heads};

/// The inputs of one cell, except its growth starts, who arrives, and what its heads sell. Cells with equal inputs, starts
/// and arrivals have equal heads and cost.
#[derive(Debug, Clone)]
pub(super) struct CellInputs<'a> {
    pub(super) heads: HeadInputs<'a>,
    pub(super) costs: CostInputs<'a>,
}

/// Who comes to a cell: growth starts by month, and those who arrive by moves.
#[derive(Clone, Copy)]
pub(super) struct Joining<'a> {
    pub(super) growth: &'a [Exact],
    pub(super) arrivals: &'a [Arrival],
}

/// The cohorts of a cell in a month, for its explanation.
#[derive(Debug, Clone, Default)]
pub(super) struct CohortMonth {
    /// The merged heads at work.
    pub(super) merged: Exact,
    /// The other cohorts at work.
    pub(super) cohorts: Vec<Cohort>,
    /// The heads that cohorts lose to moves.
    pub(super) moved: Vec<CohortLoss>,
    /// The heads that cohorts lose to planned exits.
    pub(super) exits: Vec<CohortLoss>,
}

/// The heads of a cell, walked month by month.
pub(super) struct HeadWalk<'a> {
    inputs: &'a HeadInputs<'a>,
    pub(super) cohorts: CohortWalk<'a>,
    pub(super) months: Vec<CellMonth>,
}

impl<'a> HeadWalk<'a> {
    pub(super) fn new(inputs: &'a HeadInputs<'a>, months: usize) -> Self {
        Self { inputs, cohorts: CohortWalk::new(inputs), months: Vec::with_capacity(months) }
    }

    /// Moves people out and in at the beginning of a month.
    fn transfer(&mut self, t: usize, arrivals: &[Arrival]) {
        self.cohorts.begin();
        for planned in &self.inputs.departures.moves {
            match planned.in_month(t) {
                0 => {}
                heads => self.cohorts.lose_to_move(planned.index, heads),
            }
        }
        self.join(t, arrivals);
    }

    /// Takes those who move out of the cohorts, and adds those who arrive.
    pub(super) fn join(&mut self, t: usize, arrivals: &[Arrival]) {
        self.cohorts.remove_moved();
        for arrival in arrivals.iter().filter(|arrival| arrival.month == t) {
            self.cohorts.arrive(arrival);
        }
    }

    /// The heads of a month that begins with these growth starts and arrivals.
    pub(super) fn start(&mut self, t: usize, joining: Joining<'_>) -> CellMonth {
        let growth = joining.growth.get(t).copied().unwrap_or(Exact::OUT_OF_RANGE);
        let backfills = self.backfills(t);
        self.cohorts.start(t, growth + backfills);
        let sums = self.cohorts.month(t);
        let moved_in = joining.arrivals.iter().filter(|arrival| arrival.month == t).map(|arrival| arrival.heads);
        CellMonth {
            growth: Heads::new(growth),
            backfills: Heads::new(backfills),
            moved_in: Heads::new(moved_in.sum()),
            ..sums
        }
    }

    /// Ends a month: its leavers and planned exits go.
    pub(super) fn end(&mut self, t: usize, month: &mut CellMonth) {
        self.cohorts.age(t);
        month.exits = Heads::new(self.cohorts.exits.iter().map(|exit| exit.heads).sum());
    }

    /// Repeats a month whose figures are known.
    fn repeat(&mut self, t: usize, month: &CellMonth, arrivals: &[Arrival]) {
        self.transfer(t, arrivals);
        self.cohorts.start(t, month.starts().exact());
    }

    /// backfills(t), from the leavers of the months before it.
    fn backfills(&self, t: usize) -> Exact {
        if let Some(stated) = &self.inputs.backfills {
            return at(stated, t);
        }
        // Leavers of a month before the first are zero.
        let Some(source) = t.checked_sub(1).and_then(|t| t.checked_sub(self.inputs.time_to_fill)) else {
            return Exact::ZERO;
        };
        let leavers = self.months.get(source).map_or(Exact::OUT_OF_RANGE, |month| month.leavers.exact());
        if leavers.is_zero() { Exact::ZERO } else { *self.inputs.backfill_share.at(source) * leavers }
    }
}

impl CellInputs<'_> {
    /// Walks the cohorts through the horizon and costs them. The first months are `reused` as they are.
    pub(super) fn walk(&self, joining: Joining<'_>, reused: &[CellMonth]) -> CellOutcome {
        let mut walk = HeadWalk::new(&self.heads, joining.growth.len());
        let mut costs = MonthlyCosts::new(&self.costs);
        for (t, month) in reused.iter().enumerate() {
            walk.repeat(t, month, joining.arrivals);
            walk.cohorts.age(t);
        }
        walk.months.extend_from_slice(reused);
        for t in reused.len()..joining.growth.len() {
            walk.transfer(t, joining.arrivals);
            let mut month = walk.start(t, joining);
            walk.end(t, &mut month);
            month.lines = costs.lines(t, &month, PaidHeads::of(&month));
            walk.months.push(month);
        }
        CellOutcome { months: walk.months }
    }

    /// The cohorts of each month, whose figures are known.
    pub(super) fn trace(&self, months: &[CellMonth], arrivals: &[Arrival]) -> Vec<CohortMonth> {
        let mut walk = HeadWalk::new(&self.heads, 0);
        let trace = months.iter().enumerate().map(|(t, month)| {
            walk.repeat(t, month, arrivals);
            let cohorts = &mut walk.cohorts;
            let (merged, present, moved) = (cohorts.merged, cohorts.cohorts.clone(), cohorts.moved.clone());
            cohorts.age(t);
            CohortMonth { merged, cohorts: present, moved, exits: cohorts.exits.clone() }
        });
        trace.collect()
    }

    /// The same heads and sales at the cost of these inputs.
    pub(super) fn cost_again(&self, months: &[CellMonth]) -> CellOutcome {
        let mut costs = MonthlyCosts::new(&self.costs);
        let month = |(t, month): (usize, &CellMonth)| CellMonth {
            lines: costs.lines(t, month, PaidHeads::of(month)),
            ..*month
        };
        CellOutcome { months: months.iter().enumerate().map(month).collect() }
    }
}
