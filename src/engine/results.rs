//! The results of a plan, month by month: the figures of a cell and of a region (model sections 3 to 6).

use std::sync::Arc;

use super::cohort::Arrival;
use super::cost_line::CostLine;
use crate::units::{Exact, Heads, Money};

/// One month of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellMonth {
    /// Growth starts G(t).
    pub growth: Heads,
    /// Backfill starts.
    pub backfills: Heads,
    /// Heads that come from another cell at its beginning.
    pub moved_in: Heads,
    /// Heads that go to another cell at its beginning.
    pub moved_out: Heads,
    /// Heads at work in the month.
    pub active: Heads,
    /// Heads that leave at its end.
    pub leavers: Heads,
    /// Heads that go at its end as planned, after the leavers.
    pub exits: Heads,
    /// Heads counted by their productivity.
    pub ramped: Heads,
    /// Heads counted by their payout share: Σ cohorts n × payout(k).
    pub paid: Heads,
    /// The nine cost lines, in the order of [`CostLine::ALL`].
    pub lines: [Money; 9],
    /// Capacity: `direct_capacity` of a Seller, `partner_capacity` of a `PartnerManager`.
    pub capacity: Money,
    /// Quota on the street of a Seller.
    pub quota: Money,
    /// The support factor f(t) of a Seller.
    pub support_factor: Exact,
    /// The heads of a Support role that its sellers need.
    pub demand: Heads,
}

impl CellMonth {
    /// A month that does not exist.
    pub const OUT_OF_RANGE: Self = Self {
        growth: Heads::OUT_OF_RANGE,
        backfills: Heads::OUT_OF_RANGE,
        moved_in: Heads::OUT_OF_RANGE,
        moved_out: Heads::OUT_OF_RANGE,
        active: Heads::OUT_OF_RANGE,
        leavers: Heads::OUT_OF_RANGE,
        exits: Heads::OUT_OF_RANGE,
        ramped: Heads::OUT_OF_RANGE,
        paid: Heads::OUT_OF_RANGE,
        lines: [Money::OUT_OF_RANGE; 9],
        capacity: Money::OUT_OF_RANGE,
        quota: Money::OUT_OF_RANGE,
        support_factor: Exact::OUT_OF_RANGE,
        demand: Heads::OUT_OF_RANGE,
    };

    /// growth + backfills.
    #[must_use]
    pub fn starts(&self) -> Heads {
        self.growth + self.backfills
    }

    /// Heads before the month's moves and starts.
    #[must_use]
    pub fn opening(&self) -> Heads {
        self.active - self.starts() - self.moved_in + self.moved_out
    }

    /// Heads after the month's leavers and exits.
    #[must_use]
    pub fn closing(&self) -> Heads {
        self.active - self.leavers - self.exits
    }

    /// One cost line.
    #[must_use]
    pub fn line(&self, line: CostLine) -> Money {
        CostLine::ALL
            .iter()
            .zip(self.lines)
            .find(|(l, _)| **l == line)
            .map_or(Money::OUT_OF_RANGE, |(_, amount)| amount)
    }

    /// The sum of the nine lines.
    #[must_use]
    pub fn people_cost(&self) -> Money {
        self.lines.into_iter().sum()
    }
}

/// A cell over the horizon.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellOutcome {
    /// One entry a month.
    pub months: Vec<CellMonth>,
}

impl CellOutcome {
    /// Month `t`; every figure is out of range beyond the horizon.
    #[must_use]
    pub fn month(&self, t: usize) -> CellMonth {
        self.months.get(t).copied().unwrap_or(CellMonth::OUT_OF_RANGE)
    }

    /// The number of months before the first whose growth starts differ from these.
    pub(super) fn months_with_growth(&self, growth: &[Exact]) -> usize {
        self.months.iter().zip(growth).take_while(|(month, growth)| month.growth.exact() == **growth).count()
    }

    /// The number of months before the first in which other people arrive.
    pub(super) fn months_with_arrivals(&self, before: &[Arrival], now: &[Arrival]) -> usize {
        let same = before.iter().zip(now).take_while(|(before, now)| before == now).count();
        let differing = [before.get(same), now.get(same)].into_iter().flatten().map(|arrival| arrival.month);
        differing.min().unwrap_or(self.months.len())
    }
}

/// One month of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RegionMonth {
    /// Σ direct + Σ partner capacity; contains no judgement.
    pub capacity: Money,
    /// Σ partner capacity alone, P(t).
    pub partner_capacity: Money,
    /// R(t).
    pub revenue: Money,
    /// The nine lines of every cell.
    pub people_cost: Money,
    /// Paid to partners.
    pub partner_incentives: Money,
    /// Service credits expected to go back.
    pub sla_credits: Money,
    /// Gross margin on revenue less total cost.
    pub contribution: Money,
}

impl RegionMonth {
    /// A month that does not exist.
    pub const OUT_OF_RANGE: Self = Self {
        capacity: Money::OUT_OF_RANGE,
        partner_capacity: Money::OUT_OF_RANGE,
        revenue: Money::OUT_OF_RANGE,
        people_cost: Money::OUT_OF_RANGE,
        partner_incentives: Money::OUT_OF_RANGE,
        sla_credits: Money::OUT_OF_RANGE,
        contribution: Money::OUT_OF_RANGE,
    };

    /// `partner_incentives` + `sla_credits`.
    #[must_use]
    pub fn programme_cost(&self) -> Money {
        self.partner_incentives + self.sla_credits
    }

    /// `people_cost` + `programme_cost`.
    #[must_use]
    pub fn total_cost(&self) -> Money {
        self.people_cost + self.programme_cost()
    }
}

/// A region over the horizon.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegionOutcome {
    /// One entry a month.
    pub months: Vec<RegionMonth>,
    /// One entry a role of the plan, in the plan's order.
    pub cells: Vec<Arc<CellOutcome>>,
}

impl RegionOutcome {
    /// Month `t`; every figure is out of range beyond the horizon.
    #[must_use]
    pub fn month(&self, t: usize) -> RegionMonth {
        self.months.get(t).copied().unwrap_or(RegionMonth::OUT_OF_RANGE)
    }

    /// Month `t` of a role's cell; every figure is out of range outside the plan.
    #[must_use]
    pub fn cell_month(&self, role: usize, t: usize) -> CellMonth {
        self.cells.get(role).map_or(CellMonth::OUT_OF_RANGE, |cell| cell.month(t))
    }
}

impl RegionOutcome {
    /// The first month with a growth start.
    pub(super) fn first_growth_month(&self) -> Option<usize> {
        let starts = |t: &usize| self.cells.iter().any(|cell| !cell.month(*t).growth.exact().is_zero());
        (0..self.months.len()).find(starts)
    }

    /// The first month whose figures differ from those of another outcome.
    pub(super) fn first_difference(&self, other: &Self) -> usize {
        let same = |t: usize| {
            let cells = self.cells.iter().zip(&other.cells);
            self.months.get(t) == other.months.get(t)
                && cells.into_iter().all(|(a, b)| Arc::ptr_eq(a, b) || a.months.get(t) == b.months.get(t))
        };
        (0..self.months.len()).take_while(|t| same(*t)).count()
    }
}
