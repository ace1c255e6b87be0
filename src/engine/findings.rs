//! Findings: the warnings about a plan that can be evaluated (model section 9), each as kind, place, period, figure and
//! limit. Errors that keep a plan from being evaluated are those of `plan::validate`; sentences about findings are made
//! where they are shown, by `analysis::sentence`.

use std::collections::BTreeMap;

use super::position::opens_early;
use super::rollup::quotient;
use super::{CellMonth, LimitKind, Measure, Outcome, Place, Rollup, phased};
use crate::plan::{Kind, limits};
use crate::units::{Exact, Heads, Money, Period, Ratio};

/// The limit that a finding breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Growth hires of the envelope's year are below its minimum.
    BelowEnvelope,
    /// Growth hires of the envelope's year are above its maximum.
    AboveEnvelope,
    /// Total cost of a fiscal year is over its budget.
    OverBudget,
    /// Growth starts of a quarter are over the recruiting capacity.
    RecruitingCapacity,
    /// Starts of a quarter are over a region's onboarding seats.
    OnboardingSeats,
    /// Capacity does not cover the target.
    CapacityCoverage,
    /// A support role does not cover its sellers.
    SupportCoverage,
    /// Managers do not cover the team.
    ManagerCoverage,
    /// A requisition would have to open before the plan's first month.
    OpensTooEarly,
    /// Hires are pushed past the horizon.
    PastHorizon,
    /// More people are to move than there are.
    TooFewToMove,
    /// More people are to go than there are.
    TooFewToGo,
    /// Sellers want more accounts than their region has.
    BeyondAccounts,
    /// Partner managers want more partners than their region has.
    BeyondPartners,
    /// People have been there for so long that their start date is doubtful.
    LongTenure,
}

impl FindingKind {
    /// Every kind, in the order of reports.
    pub const ALL: [Self; 15] = [
        Self::BelowEnvelope,
        Self::AboveEnvelope,
        Self::OverBudget,
        Self::RecruitingCapacity,
        Self::OnboardingSeats,
        Self::CapacityCoverage,
        Self::SupportCoverage,
        Self::ManagerCoverage,
        Self::OpensTooEarly,
        Self::PastHorizon,
        Self::TooFewToMove,
        Self::TooFewToGo,
        Self::BeyondAccounts,
        Self::BeyondPartners,
        Self::LongTenure,
    ];

    /// The kind of limit that it breaks; `None` if that is none which an optimisation can keep or leave out.
    #[must_use]
    pub const fn limit(self) -> Option<LimitKind> {
        Some(match self {
            Self::BelowEnvelope | Self::AboveEnvelope => LimitKind::Envelope,
            Self::OverBudget => LimitKind::Budgets,
            Self::RecruitingCapacity => LimitKind::RecruitingCapacity,
            Self::OnboardingSeats => LimitKind::OnboardingSeats,
            Self::SupportCoverage => LimitKind::SupportCoverage,
            Self::ManagerCoverage => LimitKind::ManagerCoverage,
            Self::CapacityCoverage
            | Self::OpensTooEarly
            | Self::PastHorizon
            | Self::TooFewToMove
            | Self::TooFewToGo
            | Self::BeyondAccounts
            | Self::BeyondPartners
            | Self::LongTenure => return None,
        })
    }

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.names().0
    }

    /// The name in a window or a report.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.names().1
    }

    /// The kind with this name in files.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name in files and its title: those of its limit, where that can be broken in one way only.
    const fn names(self) -> (&'static str, &'static str) {
        match (self, self.limit()) {
            (Self::BelowEnvelope, _) => ("below_envelope", "Below the envelope"),
            (Self::AboveEnvelope, _) => ("above_envelope", "Above the envelope"),
            (Self::OverBudget, _) => ("over_budget", "Over budget"),
            (Self::OpensTooEarly, _) => ("opens_too_early", "Opens too early"),
            (Self::PastHorizon, _) => ("past_horizon", "Past the horizon"),
            (Self::TooFewToMove, _) => ("too_few_to_move", "Too few to move"),
            (Self::TooFewToGo, _) => ("too_few_to_go", "Too few to go"),
            (Self::BeyondAccounts, _) => ("beyond_accounts", "Beyond the accounts"),
            (Self::BeyondPartners, _) => ("beyond_partners", "Beyond the partners"),
            (Self::LongTenure, _) => ("long_tenure", "Doubtful tenure"),
            (_, Some(limit)) => (limit.name(), limit.title()),
            (_, None) => (Measure::CapacityCoverage.name(), Measure::CapacityCoverage.title()),
        }
    }
}

/// A figure or a limit with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Amount {
    /// Hires, positions or seats, in whole people.
    Count(u64),
    /// Expected starts.
    Heads(Heads),
    /// An amount in the plan's currency.
    Money(Money),
    /// A coverage.
    Ratio(Ratio),
}

impl Amount {
    /// The number without its unit.
    #[must_use]
    pub fn exact(self) -> Exact {
        match self {
            Self::Count(count) => Exact::from(count),
            Self::Heads(heads) => heads.exact(),
            Self::Money(money) => money.exact(),
            Self::Ratio(ratio) => ratio.exact(),
        }
    }
}

/// One warning: a figure that breaks a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// The limit that is broken.
    pub kind: FindingKind,
    /// Where.
    pub place: Place,
    /// When.
    pub period: Period,
    /// The figure.
    pub figure: Amount,
    /// The limit. Starts are expected heads, their limits whole people.
    pub limit: Amount,
}

impl Finding {
    /// The difference between figure and limit, in the unit of the figure.
    #[must_use]
    pub fn off(&self) -> Exact {
        let difference = self.figure.exact() - self.limit.exact();
        if difference.is_negative() { -difference } else { difference }
    }

    /// The money at stake: the gap of a coverage below 1, what is over a budget; 0 for other kinds.
    #[must_use]
    pub fn at_stake(&self, outcome: &Outcome) -> Money {
        match self.kind {
            FindingKind::CapacityCoverage => {
                outcome.rollup(self.place, self.period).map(Rollup::gap).unwrap_or_default()
            }
            FindingKind::OverBudget => Money::new(self.off()),
            _ => Money::ZERO,
        }
    }

    /// The difference as a share of the limit, to compare findings of all kinds. The limit of positions that come too early
    /// or too late is 0: these count as a share of the cell's hires of that quarter.
    #[must_use]
    pub fn size(&self, outcome: &Outcome) -> Ratio {
        let plan = outcome.plan();
        let hires = match (self.place, self.period) {
            (Place::Cell(r, k), Period::Quarter(q)) => match (plan.regions.get(r), plan.roles.get(k)) {
                (Some(region), Some(role)) => plan.hires(&region.id, &role.id, q),
                _ => 0,
            },
            _ => 0,
        };
        let limit = self.limit.exact();
        let whole = if limit.is_zero() { Exact::from(hires) } else { limit };
        quotient(self.off(), whole).unwrap_or(Ratio::new(Exact::ONE))
    }
}

/// Every warning of a plan: those of the whole plan first, then region by region.
#[must_use]
pub fn findings(outcome: &Outcome) -> Vec<Finding> {
    let mut search = FindingSearch { outcome, findings: Vec::new() };
    search.envelope();
    search.budgets();
    search.recruiting();
    for region in 0..outcome.plan().regions.len() {
        search.region(region);
    }
    search.positions();
    search.departures();
    search.limits();
    search.tenures();
    // Plan first, then regions in the plan's order, each with its cells.
    search.findings.sort_by_key(|f| match f.place {
        Place::Plan => 0,
        Place::Area(_) => 1,
        Place::Region(r) | Place::Cell(r, _) => r + 2,
    });
    search.findings
}

pub(super) struct FindingSearch<'a> {
    pub(super) outcome: &'a Outcome,
    findings: Vec<Finding>,
}

impl FindingSearch<'_> {
    pub(super) fn add(&mut self, kind: FindingKind, place: Place, period: Period, figure: Amount, limit: Amount) {
        self.findings.push(Finding { kind, place, period, figure, limit });
    }

    fn envelope(&mut self) {
        let plan = self.outcome.plan();
        let Some(year) = plan.calendar.year_index(plan.envelope.fiscal_year) else { return };
        let hires = plan.hires_in_year(year);
        let (min, max) = (plan.envelope.min, plan.envelope.max);
        let (kind, limit) = if hires < u64::from(min) {
            (FindingKind::BelowEnvelope, min)
        } else if hires > u64::from(max) {
            (FindingKind::AboveEnvelope, max)
        } else {
            return;
        };
        let limit = Amount::Count(u64::from(limit));
        self.add(kind, Place::Plan, Period::Year(year), Amount::Count(hires), limit);
    }

    /// Entries of the baseline with a tenure that hardly anybody has.
    fn tenures(&mut self) {
        let plan = self.outcome.plan();
        for entry in plan.baseline.iter().filter(|entry| entry.heads > 0 && entry.tenure > limits::LONG_TENURE) {
            let cell = plan.region_index(entry.region.as_str()).zip(plan.role_index(entry.role.as_str()));
            let Some((r, k)) = cell else { continue };
            let amount = |months: u32| Amount::Count(u64::from(months));
            let (tenure, limit) = (amount(entry.tenure), amount(limits::LONG_TENURE));
            self.add(FindingKind::LongTenure, Place::Cell(r, k), Period::Month(0), tenure, limit);
        }
    }

    fn budgets(&mut self) {
        let plan = self.outcome.plan();
        for (year, budget) in &plan.budgets {
            let Some(year) = plan.calendar.year_index(*year) else { continue };
            let period = Period::Year(year);
            let Some(sums) = self.outcome.rollup(Place::Plan, period) else { continue };
            if sums.total_cost > *budget {
                let (cost, budget) = (Amount::Money(sums.total_cost), Amount::Money(*budget));
                self.add(FindingKind::OverBudget, Place::Plan, period, cost, budget);
            }
        }
    }

    fn recruiting(&mut self) {
        let plan = self.outcome.plan();
        for (quarter, limit) in plan.recruiting_capacity.iter().enumerate() {
            let months = (0..plan.regions.len()).flat_map(|r| self.months(r, quarter));
            let starts: Heads = months.map(|m| m.growth).sum();
            if starts.exact() > Exact::from(*limit) {
                let (starts, limit) = (Amount::Heads(starts), Amount::Count(u64::from(*limit)));
                self.add(FindingKind::RecruitingCapacity, Place::Plan, Period::Quarter(quarter), starts, limit);
            }
        }
    }

    /// The months of every cell of a region in a quarter.
    fn months(&self, region: usize, quarter: usize) -> impl Iterator<Item = &CellMonth> {
        let cells = self.outcome.region(region).into_iter().flat_map(|r| &r.cells);
        cells.filter_map(move |c| c.months.get(quarter * 3..quarter * 3 + 3)).flatten()
    }

    fn region(&mut self, r: usize) {
        let plan = self.outcome.plan();
        let place = Place::Region(r);
        let seats = plan.regions.get(r).and_then(|r| r.onboarding_seats);
        for quarter in 0..plan.calendar.quarters {
            let period = Period::Quarter(quarter);
            if let Some(seats) = seats {
                let starts: Heads = self.months(r, quarter).flat_map(|m| [m.growth, m.backfills]).sum();
                if starts.exact() > Exact::from(seats) {
                    let (starts, seats) = (Amount::Heads(starts), Amount::Count(u64::from(seats)));
                    self.add(FindingKind::OnboardingSeats, place, period, starts, seats);
                }
            }
            let Some(sums) = self.outcome.rollup(place, period).copied() else { continue };
            self.coverage(place, period, &sums);
            for (k, _) in plan.roles.iter().enumerate().filter(|(_, r)| matches!(r.kind, Kind::Support { .. })) {
                let cell = Place::Cell(r, k);
                let month = self.outcome.region(r).map(|region| region.cell_month(k, quarter * 3 + 2));
                // A quotient is only worked out where it is below one.
                if month.is_none_or(|month| month.ramped >= month.demand) {
                    continue;
                }
                let cover = self.outcome.figure(Measure::SupportCoverage, cell, period).map(Ratio::new);
                self.below_one(FindingKind::SupportCoverage, cell, period, cover);
            }
        }
    }

    fn coverage(&mut self, place: Place, period: Period, sums: &Rollup) {
        if sums.capacity < sums.target {
            self.below_one(FindingKind::CapacityCoverage, place, period, sums.ratio(Measure::CapacityCoverage));
        }
        if sums.led < sums.others {
            self.below_one(FindingKind::ManagerCoverage, place, period, sums.ratio(Measure::ManagerCoverage));
        }
    }

    /// Adds a coverage that is below 1, if it exists.
    fn below_one(&mut self, kind: FindingKind, place: Place, period: Period, cover: Option<Ratio>) {
        if let Some(cover) = cover {
            self.add(kind, place, period, Amount::Ratio(cover), Amount::Ratio(Ratio::new(Exact::ONE)));
        }
    }

    /// Growth hires whose requisition would open before the plan's first month, and those that start past its last. Months
    /// decide: a requisition opens `time_to_fill` months before the month of its start.
    fn positions(&mut self) {
        let plan = self.outcome.plan();
        let delay = u64::from(plan.levers.hire_delay);
        let horizon = u64::try_from(plan.calendar.months()).unwrap_or(u64::MAX);
        let (mut early, mut late) = (BTreeMap::new(), BTreeMap::new());
        for (region, here) in plan.regions.iter().enumerate() {
            for (role, what) in plan.roles.iter().enumerate() {
                let is_early = |t: u64| opens_early(what, t + delay);
                let is_late = |t: u64| t + delay >= horizon;
                // Only the quarters that one of them can be in are split into months.
                for (quarter, first) in (0..plan.calendar.quarters).zip((0_u64..).step_by(3)) {
                    let hires = plan.hires(&here.id, &what.id, quarter);
                    if hires == 0 || !(is_early(first) || is_late(first + 2)) {
                        continue;
                    }
                    for (t, number) in (first..).zip(phased(plan, hires)).filter(|(_, number)| *number > 0) {
                        if is_early(t) {
                            *early.entry((region, role, quarter)).or_insert(0) += u64::from(number);
                        }
                        if is_late(t) {
                            *late.entry((region, role, quarter)).or_insert(0) += u64::from(number);
                        }
                    }
                }
            }
        }
        for (kind, positions) in [(FindingKind::OpensTooEarly, early), (FindingKind::PastHorizon, late)] {
            for ((region, role, quarter), number) in positions {
                let (place, period) = (Place::Cell(region, role), Period::Quarter(quarter));
                self.add(kind, place, period, Amount::Count(number), Amount::Count(0));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::example::{Changes, REGION, SELLER, SPECIALIST, heads, outcome, plan, ratio};

    /// The findings of the example with enough specialists and managers, and some inputs changed.
    fn check(changes: Changes<'_>, expected: &[(FindingKind, Place, Period, Amount, Amount)]) {
        let mut all = vec![("/baseline/1/heads", json!(5)), ("/baseline/3/heads", json!(3))];
        all.extend_from_slice(changes);
        let found = findings(&outcome(&all));
        let found: Vec<_> = found.iter().map(|f| (f.kind, f.place, f.period, f.figure, f.limit)).collect();
        assert_eq!(found, expected, "{changes:?}");
    }

    #[test]
    fn a_sound_plan_has_none() {
        check(&[], &[]);
    }

    #[test]
    fn hires_are_held_against_the_envelope() {
        let (whole, year) = (Place::Plan, Period::Year(0));
        let envelope = |min: u32, max: u32| ("/envelope", json!({"fiscal_year": 2024, "min": min, "max": max}));
        let hires = ("/hires", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 0]}}));
        let below = (FindingKind::BelowEnvelope, whole, year, Amount::Count(3), Amount::Count(4));
        check(&[envelope(4, 9), hires.clone()], &[below]);
        check(&[envelope(3, 3), hires.clone()], &[]);
        let above = (FindingKind::AboveEnvelope, whole, year, Amount::Count(3), Amount::Count(2));
        check(&[envelope(0, 2), hires], &[above]);
    }

    #[test]
    fn a_tenure_that_hardly_anybody_has_is_found() {
        let found = |months: u64| {
            let amounts = (Amount::Count(months), Amount::Count(600));
            (FindingKind::LongTenure, SELLER, Period::Month(0), amounts.0, amounts.1)
        };
        check(&[("/baseline/0/tenure", json!(600))], &[]);
        check(&[("/baseline/0/tenure", json!(1230))], &[found(1230)]);
    }

    #[test]
    fn cost_is_held_against_its_budget() {
        let outcome = outcome(&[("/budgets", json!({"2025": "5", "2024": "99999999"}))]);
        let found = findings(&outcome);
        let over = found.iter().find(|f| f.kind == FindingKind::OverBudget).unwrap();
        let cost = outcome.rollup(Place::Plan, Period::Year(1)).unwrap().total_cost;
        assert_eq!((over.period, over.figure), (Period::Year(1), Amount::Money(cost)));
        assert_eq!(over.off(), cost.exact() - Exact::from(5_u32));
    }

    #[test]
    fn starts_are_held_against_recruiting_and_seats() {
        let quarter = Period::Quarter(0);
        let hires = ("/hires", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 0]}}));
        let capacity = ("/recruiting_capacity", json!([2, 9, 9, 9, 9, 9, 9, 9]));
        let three = Amount::Heads(heads("3"));
        let recruiting = (FindingKind::RecruitingCapacity, Place::Plan, quarter, three, Amount::Count(2));
        check(&[hires.clone(), capacity], &[recruiting]);
        let seats = (FindingKind::OnboardingSeats, REGION, quarter, three, Amount::Count(2));
        check(&[hires.clone(), ("/regions/0/onboarding_seats", json!(2))], &[seats]);
        check(&[hires, ("/regions/0/onboarding_seats", json!(3))], &[]);
    }

    #[test]
    fn coverages_below_one_are_found() {
        let quarter = Period::Quarter(0);
        let one = Amount::Ratio(ratio("1"));
        let target = ("/targets", json!({"north": ["7260000", "0", "0", "0", "0", "0", "0", "0"]}));
        let half = Amount::Ratio(ratio("0.5"));
        check(&[target], &[(FindingKind::CapacityCoverage, REGION, quarter, half, one)]);
        let every = |kind, place, cover: &str| -> Vec<_> {
            (0..8).map(|q| (kind, place, Period::Quarter(q), Amount::Ratio(ratio(cover)), one)).collect()
        };
        let idle = ("/baseline/1/heads", json!(0));
        check(&[idle], &every(FindingKind::SupportCoverage, SPECIALIST, "0"));
        // 10 of 18 heads: 12 sellers, 5 specialists, 1 partner manager. 20 of 25 with seven sellers more.
        let managers = [("/baseline/3/heads", json!(2)), ("/baseline/0/heads", json!(19))];
        check(&managers, &every(FindingKind::ManagerCoverage, REGION, "0.8"));
    }

    #[test]
    fn positions_too_early_or_past_the_horizon_are_counted() {
        let early =
            [("/hires", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 0]}})), ("/roles/0/time_to_fill", json!(2))];
        // Those of January and February; that of March opens in January.
        let found = (FindingKind::OpensTooEarly, SELLER, Period::Quarter(0), Amount::Count(2), Amount::Count(0));
        check(&early, &[found]);
        let late =
            [("/hires", json!({"north": {"seller": [0, 0, 0, 0, 0, 0, 0, 3]}})), ("/levers/hire_delay", json!(2))];
        let found = (FindingKind::PastHorizon, SELLER, Period::Quarter(7), Amount::Count(2), Amount::Count(0));
        check(&late, &[found]);
    }

    #[test]
    fn the_size_of_a_finding_is_its_share_of_the_limit_or_of_the_hires() {
        let hires = [
            ("/hires", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 0]}})),
            ("/roles/0/time_to_fill", json!(1)),
            ("/envelope", json!({"fiscal_year": 2024, "min": 4, "max": 9})),
        ];
        let outcome = Outcome::of(std::sync::Arc::new(plan(&hires))).unwrap();
        let sizes: Vec<_> = findings(&outcome)
            .iter()
            .filter(|f| matches!(f.kind, FindingKind::BelowEnvelope | FindingKind::OpensTooEarly))
            .map(|f| f.size(&outcome).fixed())
            .collect();
        assert_eq!(sizes, ["0.250000", "0.333333"]);
    }
}
