//! One cell, month by month: its starts and backfills, and the figures of each month (model sections 3 and 5).

use super::drivers::{Attrition, Ramp};
use super::prices::{Costs, Prices};
use super::team::Team;
use crate::units::{Exact, Heads, Money};

/// The nine cost lines of a cell, in the order of model section 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is a line of the table in model section 5, by its name there")]
pub enum CostLine {
    BasePay,
    VariablePay,
    Burden,
    Travel,
    Tools,
    Workplace,
    Recruiting,
    Onboarding,
    Severance,
}

impl CostLine {
    /// All nine in order.
    pub const ALL: [Self; 9] = [
        Self::BasePay,
        Self::VariablePay,
        Self::Burden,
        Self::Travel,
        Self::Tools,
        Self::Workplace,
        Self::Recruiting,
        Self::Onboarding,
        Self::Severance,
    ];
}

/// One month of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellMonth {
    /// Growth starts G(t).
    pub growth: Heads,
    /// Backfill starts.
    pub backfills: Heads,
    /// Heads at work in the month.
    pub active: Heads,
    /// Heads that leave at its end.
    pub leavers: Heads,
    /// Heads counted by what they can sell.
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
    /// What a Support role's sellers demand of it, in heads.
    pub demand: Heads,
}

impl CellMonth {
    /// A month that does not exist.
    pub const OUT_OF_RANGE: Self = Self {
        growth: Heads::OUT_OF_RANGE,
        backfills: Heads::OUT_OF_RANGE,
        active: Heads::OUT_OF_RANGE,
        leavers: Heads::OUT_OF_RANGE,
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

    /// Heads before the month's starts.
    #[must_use]
    pub fn opening(&self) -> Heads {
        self.active - self.starts()
    }

    /// Heads after the month's leavers.
    #[must_use]
    pub fn closing(&self) -> Heads {
        self.active - self.leavers
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

    /// The months before the first whose growth starts are others.
    pub(super) fn as_far_as(&self, growth: &[Exact]) -> usize {
        self.months.iter().zip(growth).take_while(|(month, growth)| month.growth.exact() == **growth).count()
    }
}

/// Where a cohort comes from: the plan's baseline (index of its entry) or the starts of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An entry of the baseline.
    Baseline(usize),
    /// The starts of a month.
    Starts(usize),
}

/// Heads that started together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cohort {
    pub(super) origin: Origin,
    pub(super) tenure: u32,
    pub(super) heads: Exact,
}

/// Everything that the heads of one cell follow from, but its growth starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct People<'a> {
    /// The cohorts of the baseline in month 0.
    pub(super) baseline: Vec<Cohort>,
    pub(super) ramp: Ramp<'a>,
    pub(super) attrition: Attrition,
    pub(super) backfill_share: Exact,
    /// Months that a backfill takes.
    pub(super) time_to_fill: usize,
}

/// Everything that one cell follows from, but its growth starts and what it sells: where that is the same, so is the cell.
#[derive(Debug, Clone)]
pub(super) struct Cell<'a> {
    pub(super) people: People<'a>,
    pub(super) costs: Costs<'a>,
}

/// Months of tenure after which attrition is `later`.
pub(super) const FIRST_YEAR: u32 = 12;

impl Cell<'_> {
    /// Walks the cohorts through the horizon and costs them; the first months are as they are known.
    pub(super) fn walk(&self, growth: &[Exact], known: &[CellMonth]) -> CellOutcome {
        self.walk_seen(growth, known, |_, _| {})
    }

    /// As [`Cell::walk`]; `see` is shown the settled heads and the other cohorts at work in each month.
    pub(super) fn walk_seen(
        &self,
        growth: &[Exact],
        known: &[CellMonth],
        mut see: impl FnMut(Exact, &[Cohort]),
    ) -> CellOutcome {
        let mut team = Team::new(&self.people);
        let mut prices = Prices::new(&self.costs);
        let mut months: Vec<CellMonth> = Vec::with_capacity(growth.len());
        months.extend_from_slice(known);
        for (t, month) in known.iter().enumerate() {
            team.start(t, month.starts().exact());
            see(team.settled, &team.cohorts);
            team.age();
        }
        for (t, growth) in growth.iter().enumerate().skip(known.len()) {
            let source = t.checked_sub(1).and_then(|t| t.checked_sub(self.people.time_to_fill));
            // Leavers of a month before the first are zero.
            let left = source.map_or(Exact::ZERO, |s| months.get(s).map_or(Exact::OUT_OF_RANGE, |m| m.leavers.exact()));
            let backfills = if left.is_zero() { Exact::ZERO } else { self.people.backfill_share * left };
            team.start(t, *growth + backfills);
            see(team.settled, &team.cohorts);
            let mut month = CellMonth { growth: Heads::new(*growth), backfills: Heads::new(backfills), ..team.month() };
            team.age();
            month.lines = prices.lines(t, &month);
            months.push(month);
        }
        CellOutcome { months }
    }

    /// Costs heads that are known anew; what they sell stays.
    pub(super) fn priced(&self, known: &[CellMonth]) -> CellOutcome {
        let mut prices = Prices::new(&self.costs);
        let month = |(t, month): (usize, &CellMonth)| CellMonth { lines: prices.lines(t, month), ..*month };
        CellOutcome { months: known.iter().enumerate().map(month).collect() }
    }
}
