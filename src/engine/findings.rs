//! Findings: what a planner should look at in a plan that can be evaluated (model section 9, warnings). What keeps
//! a plan from being evaluated is for `plan::validate` to say.

use std::collections::BTreeMap;

use super::rollup::quotient;
use super::{CellMonth, Measure, Outcome, Place, Rollup, phased};
use crate::plan::Kind;
use crate::units::{Exact, Heads, Period, Ratio};

/// What a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Growth hires of the envelope's year are below its minimum.
    BelowEnvelope,
    /// Growth hires of the envelope's year are above its maximum.
    AboveEnvelope,
    /// Total cost of a fiscal year is over its budget.
    OverBudget,
    /// Growth starts of a quarter are over what recruiting can land.
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
}

impl FindingKind {
    /// Every kind, in the order in which they are told.
    pub const ALL: [Self; 10] = [
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
    ];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::BelowEnvelope => "below_envelope",
            Self::AboveEnvelope => "above_envelope",
            Self::OverBudget => "over_budget",
            Self::RecruitingCapacity => "recruiting_capacity",
            Self::OnboardingSeats => "onboarding_seats",
            Self::CapacityCoverage => "capacity_coverage",
            Self::SupportCoverage => "support_coverage",
            Self::ManagerCoverage => "manager_coverage",
            Self::OpensTooEarly => "opens_too_early",
            Self::PastHorizon => "past_horizon",
        }
    }

    /// The name in a window or a report.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BelowEnvelope => "Below the envelope",
            Self::AboveEnvelope => "Above the envelope",
            Self::OverBudget => "Over budget",
            Self::RecruitingCapacity => "Recruiting capacity",
            Self::OnboardingSeats => "Onboarding seats",
            Self::CapacityCoverage => "Capacity coverage",
            Self::SupportCoverage => "Support coverage",
            Self::ManagerCoverage => "Manager coverage",
            Self::OpensTooEarly => "Opens too early",
            Self::PastHorizon => "Past the horizon",
        }
    }
}

/// One warning, with its place, the figure and the limit it breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// Where.
    pub place: Place,
    /// When.
    pub period: Period,
    /// The figure, in the unit of its kind: hires, money, starts, a ratio, or positions.
    pub figure: Exact,
    /// The limit, in the same unit.
    pub limit: Exact,
    /// Place, figure and limit in a sentence.
    pub message: String,
}

impl Finding {
    /// How far the figure is from its limit, in the unit of its kind.
    #[must_use]
    pub fn off(&self) -> Exact {
        let difference = self.figure - self.limit;
        if difference.is_negative() { -difference } else { difference }
    }

    /// How far the figure is off as a share of its limit, to tell large from small over all kinds. Positions that come
    /// too early or too late have no limit but none: they count as a share of the cell's hires of that quarter.
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
        let whole = if self.limit.is_zero() { Exact::from(hires) } else { self.limit };
        quotient(self.off(), whole).unwrap_or(Ratio::new(Exact::ONE))
    }
}

/// Every warning of a plan: those of the whole plan first, then region by region.
#[must_use]
pub fn findings(outcome: &Outcome) -> Vec<Finding> {
    let mut search = Search { outcome, found: Vec::new() };
    search.envelope();
    search.budgets();
    search.recruiting();
    for region in 0..outcome.plan().regions.len() {
        search.region(region);
    }
    search.positions();
    // Plan first, then regions in the plan's order, each with its cells.
    search.found.sort_by_key(|f| match f.place {
        Place::Plan => 0,
        Place::Area(_) => 1,
        Place::Region(r) | Place::Cell(r, _) => r + 2,
    });
    search.found
}

struct Search<'a> {
    outcome: &'a Outcome,
    found: Vec<Finding>,
}

fn count(n: u64) -> Exact {
    Exact::from(n)
}

fn percent(share: Exact) -> String {
    format!("{} %", (share * Exact::from(100_u32)).grouped(1))
}

impl Search<'_> {
    fn add(&mut self, kind: FindingKind, place: Place, period: Period, figure: Exact, limit: Exact, says: &str) {
        let name = self.outcome.plan().calendar.name(period);
        let message = match place {
            Place::Plan => format!("{name}: {says}"),
            _ => format!("{}, {name}: {says}", self.outcome.place_name(place)),
        };
        self.found.push(Finding { kind, place, period, figure, limit, message });
    }

    fn envelope(&mut self) {
        let plan = self.outcome.plan();
        let Some(year) = plan.calendar.year_index(plan.envelope.fiscal_year) else { return };
        let hires = plan.hires_in_year(year);
        let (min, max) = (plan.envelope.min, plan.envelope.max);
        let (kind, limit, says) = if hires < u64::from(min) {
            (FindingKind::BelowEnvelope, min, format!("{hires} growth hires; the envelope asks for at least {min}"))
        } else if hires > u64::from(max) {
            (FindingKind::AboveEnvelope, max, format!("{hires} growth hires; the envelope allows {max} at most"))
        } else {
            return;
        };
        self.add(kind, Place::Plan, Period::Year(year), count(hires), Exact::from(limit), &says);
    }

    fn budgets(&mut self) {
        let plan = self.outcome.plan();
        for (year, budget) in &plan.budgets {
            let Some(year) = plan.calendar.year_index(*year) else { continue };
            let period = Period::Year(year);
            let cost = self.outcome.rollup(Place::Plan, period).map(|sums| sums.total_cost).unwrap_or_default();
            if cost > *budget {
                let says = format!(
                    "total cost {} {} is {} over the budget of {}",
                    cost.exact().grouped(2),
                    plan.currency,
                    (cost - *budget).exact().grouped(2),
                    budget.exact().grouped(2)
                );
                self.add(FindingKind::OverBudget, Place::Plan, period, cost.exact(), budget.exact(), &says);
            }
        }
    }

    fn recruiting(&mut self) {
        let plan = self.outcome.plan();
        for (quarter, most) in plan.recruiting_capacity.iter().enumerate() {
            let months = (0..plan.regions.len()).flat_map(|r| self.months(r, quarter));
            let starts = months.map(|m| m.growth).sum::<Heads>().exact();
            if starts > Exact::from(*most) {
                let says = format!("{} growth starts; recruiting can land {most}", shown(starts));
                let kind = FindingKind::RecruitingCapacity;
                self.add(kind, Place::Plan, Period::Quarter(quarter), starts, Exact::from(*most), &says);
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
                let starts = self.months(r, quarter).flat_map(|m| [m.growth, m.backfills]).sum::<Heads>().exact();
                if starts > Exact::from(seats) {
                    let says = format!("{} starts; the region has {seats} onboarding seats", shown(starts));
                    self.add(FindingKind::OnboardingSeats, place, period, starts, Exact::from(seats), &says);
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
                if let Some(cover) = self.outcome.figure(Measure::SupportCoverage, cell, period) {
                    let says = format!("covers {} of what its sellers need", percent(cover));
                    self.add(FindingKind::SupportCoverage, cell, period, cover, Exact::ONE, &says);
                }
            }
        }
    }

    fn coverage(&mut self, place: Place, period: Period, sums: &Rollup) {
        if sums.capacity < sums.target
            && let Some(cover) = sums.capacity_coverage().map(Ratio::exact)
        {
            let gap = sums.gap().exact().grouped(0);
            let currency = &self.outcome.plan().currency;
            let says = format!("capacity covers {} of the target; {gap} {currency} are missing", percent(cover));
            self.add(FindingKind::CapacityCoverage, place, period, cover, Exact::ONE, &says);
        }
        if sums.led < sums.others
            && let Some(cover) = sums.manager_coverage().map(Ratio::exact)
        {
            let says = format!("managers can lead {} of the team", percent(cover));
            self.add(FindingKind::ManagerCoverage, place, period, cover, Exact::ONE, &says);
        }
    }

    /// Growth hires whose requisition would open before the plan's first month, and those that start past its last: by
    /// their months alone, since a requisition opens in the month that lies the time to fill before its start's.
    fn positions(&mut self) {
        let plan = self.outcome.plan();
        let delay = u64::from(plan.levers.hire_delay);
        let horizon = u64::try_from(plan.calendar.months()).unwrap_or(u64::MAX);
        let (mut early, mut late) = (BTreeMap::new(), BTreeMap::new());
        for (region, here) in plan.regions.iter().enumerate() {
            for (role, what) in plan.roles.iter().enumerate() {
                let is_early = |t: u64| t + delay < u64::from(what.time_to_fill);
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
        for ((region, role, quarter), number) in early {
            let wait = plan.roles.get(role).map_or(0, |r| r.time_to_fill);
            let positions = counted(number, "requisition");
            let months = counted(u64::from(wait), "month");
            let says = format!("{positions} would have to open before the plan begins; filling one takes {months}");
            let place = Place::Cell(region, role);
            let kind = FindingKind::OpensTooEarly;
            self.add(kind, place, Period::Quarter(quarter), count(number), Exact::ZERO, &says);
        }
        for ((region, role, quarter), number) in late {
            let says = format!("{} past the plan's last month, outside its figures", counted(number, "hire"));
            let place = Place::Cell(region, role);
            self.add(FindingKind::PastHorizon, place, Period::Quarter(quarter), count(number), Exact::ZERO, &says);
        }
    }
}

/// A number of things, in the plural but for one.
fn counted(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Expected starts as they are read: whole where they are whole.
fn shown(starts: Exact) -> String {
    let text = starts.grouped(1);
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}
