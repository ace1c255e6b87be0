//! One region, month by month: support, capacity, revenue, programme cost, contribution (model sections 4 to 6).

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::cell::{CellMonth, CellOutcome};
use super::rollup::quotient;
use super::selling::{self, Draft, Selling};
use super::site::{Kept, Planned, Site, Source};
use super::{Measure, at};
use crate::plan::{Kind, Plan, Region, RoleId};
use crate::units::{Exact, Money, Ratio};

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

    /// A measure of regions and months, in plan currency; none where it is no such measure.
    #[must_use]
    pub fn figure(&self, measure: Measure) -> Option<Money> {
        Some(match measure {
            Measure::Capacity => self.capacity,
            Measure::Revenue => self.revenue,
            Measure::PeopleCost => self.people_cost,
            Measure::PartnerIncentives => self.partner_incentives,
            Measure::SlaCredits => self.sla_credits,
            Measure::ProgrammeCost => self.programme_cost(),
            Measure::TotalCost => self.total_cost(),
            Measure::Contribution => self.contribution,
            _ => return None,
        })
    }

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
    /// Supply ÷ demand of a Support role in a quarter's last month; none without demand.
    pub(super) fn support_coverage(&self, role: usize, quarter: usize) -> Option<Ratio> {
        let month = self.cells.get(role)?.months.get(quarter * 3 + 2)?;
        quotient(month.ramped.exact(), month.demand.exact())
    }

    /// The first month whose figures are not those of another outcome.
    pub(super) fn first_other(&self, other: &Self) -> usize {
        let same = |t: usize| {
            let cells = self.cells.iter().zip(&other.cells);
            self.months.get(t) == other.months.get(t)
                && cells.into_iter().all(|(a, b)| Arc::ptr_eq(a, b) || a.months.get(t) == b.months.get(t))
        };
        (0..self.months.len()).take_while(|t| same(*t)).count()
    }
}

/// Evaluates one region with the growth hires that `hires` gives for each role. From outcomes of the region with other hires,
/// or in other plans with the same calendar, is taken over all that the differences do not reach: cells, the heads of cells,
/// months before the first that is another; of its own months only those of the first source.
pub(super) fn evaluate(site: &Site<'_>, hires: Hires<'_>, sources: &[Source<'_>]) -> RegionOutcome {
    let plan = site.plan;
    let months = plan.calendar.months();
    let mut drafts: Vec<Draft> = Vec::with_capacity(plan.roles.len());
    for (index, role) in plan.roles.iter().enumerate() {
        let now = Planned::new(site, role, hires);
        drafts.push(draft(&now, index, sources, months));
    }
    let first = drafts.iter().map(Draft::first).min().unwrap_or(months);
    selling::sell(&Selling::new(site), &mut drafts, first..months);
    let cells: Vec<_> = drafts.into_iter().map(Draft::done).collect();
    let known = sources.first().filter(|source| source.has_same_terms(cells.len()));
    let kept = known.and_then(|source| source.outcome.months.get(..first)).unwrap_or(&[]);
    RegionOutcome { months: money(plan, &cells, kept), cells }
}

/// The heads and cost of a cell, from the source that leaves least to do.
fn draft(now: &Planned<'_>, role: usize, sources: &[Source<'_>], months: usize) -> Draft {
    let rank = |kept: &Kept<'_>| (kept.months == months, kept.priced, kept.months);
    let kept = sources.iter().enumerate().filter_map(|(at, source)| Some((at, source.kept(role, now)?)));
    let best = kept.max_by_key(|(at, kept)| (rank(kept), Reverse(*at)));
    let Some((source, kept)) = best else {
        return Draft::new(Arc::new(now.cell().walk(now.growth(), &[])), 0, 0);
    };
    let is_whole = kept.months == months;
    let known = if kept.priced { kept.months } else { 0 };
    let cell = match (is_whole, kept.priced) {
        (true, true) => Arc::clone(kept.cell),
        (true, false) => Arc::new(now.cell().priced(&kept.cell.months)),
        (false, _) => Arc::new(now.cell().walk(now.growth(), kept.cell.months.get(..known).unwrap_or(&[]))),
    };
    let sold = if is_whole { months } else { known };
    Draft::new(cell, if source == 0 { known } else { 0 }, if kept.sells { sold } else { 0 })
}

/// A region's growth hires by role, or none at all.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hires<'a>(pub(super) Option<&'a BTreeMap<RoleId, Vec<u32>>>);

impl<'a> Hires<'a> {
    /// Those of a region of a plan.
    pub(super) fn here(plan: &'a Plan, region: &Region) -> Self {
        Self(plan.hires.get(&region.id).map(|roles| &**roles))
    }

    /// The growth hires of a role by quarter; nothing where there are none.
    pub(super) fn of(self, role: &RoleId) -> &'a [u32] {
        let list = self.0.and_then(|roles| roles.get(role)).map_or(&[][..], Vec::as_slice);
        if list.iter().all(|n| *n == 0) { &[] } else { list }
    }
}

/// What the months of a region follow from, given its cells (model sections 4 to 6).
#[derive(PartialEq, Eq)]
pub(super) struct Terms {
    renewal_rate: Exact,
    first_year_incentive: Exact,
    renewal_incentive: Exact,
    credits: Exact,
    margin: Exact,
}

impl Terms {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            renewal_rate: plan.assumptions.renewal_rate.exact(),
            first_year_incentive: plan.partner_programme.first_year_incentive.exact(),
            renewal_incentive: plan.partner_programme.renewal_incentive.exact(),
            credits: plan.sla.expected_credits.exact(),
            margin: plan.assumptions.gross_margin.exact(),
        }
    }
}

/// Capacity, revenue, cost and contribution of every month; the first ones as they are known.
fn money(plan: &Plan, cells: &[Arc<CellOutcome>], known: &[RegionMonth]) -> Vec<RegionMonth> {
    let months = plan.calendar.months();
    let terms = Terms::new(plan);
    let renewals: Vec<Exact> = (0..=months / 12).map(|j| terms.renewal_rate.power(j)).collect();
    let mut all: Vec<RegionMonth> = Vec::with_capacity(months);
    // What each month's bookings bring a month, after so many renewals: one list a number of renewals.
    let mut service: Vec<Vec<Exact>> = renewals.iter().map(|_| Vec::with_capacity(months)).collect();
    for t in 0..months {
        let month = known.get(t).copied().unwrap_or_else(|| {
            let mut month = booked(plan, cells, t);
            let in_service =
                (1..=t).map(|j| service.get((j - 1) / 12).map_or(Exact::OUT_OF_RANGE, |list| at(list, t - j)));
            month.revenue = Money::new(in_service.sum::<Exact>().round(2));
            let partners = |years: usize| {
                all.get(t - 12 * years).map_or(Exact::OUT_OF_RANGE, |then| then.partner_capacity.exact())
            };
            let renewed = (1..=t / 12).map(|j| at(&renewals, j) * partners(j)).sum::<Exact>();
            let booked = terms.first_year_incentive * month.partner_capacity.exact();
            month.partner_incentives = Money::new((booked + terms.renewal_incentive * renewed).round(2));
            month.sla_credits = Money::new(terms.credits.times_rounded(month.revenue.exact(), 2));
            let margin = Money::new(month.revenue.exact().times_rounded(terms.margin, 2));
            month.contribution = margin - month.total_cost();
            month
        });
        let monthly = month.capacity.exact() / Exact::from(12_u32);
        service.iter_mut().zip(&renewals).for_each(|(list, renewal)| list.push(monthly * *renewal));
        all.push(month);
    }
    all
}

/// Capacity and people cost of a month, from its cells.
fn booked(plan: &Plan, cells: &[Arc<CellOutcome>], t: usize) -> RegionMonth {
    let mut sums = RegionMonth::default();
    for (role, cell) in plan.roles.iter().zip(cells) {
        let Some(here) = cell.months.get(t) else { continue };
        sums.capacity += here.capacity;
        if matches!(role.kind, Kind::PartnerManager { .. }) {
            sums.partner_capacity += here.capacity;
        }
        sums.people_cost += here.people_cost();
    }
    sums
}
