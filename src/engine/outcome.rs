//! The outcome of a plan: every region with and without its growth, the rollups, and any figure by name.

use std::sync::Arc;

use rayon::prelude::*;

use super::drivers::Drivers;
use super::measure::Scope;
use super::region::{Hires, Similar};
use super::rollup::{Rollups, quotient};
use super::{Measure, RegionOutcome, Rollup, Unit, at, region, starts};
use crate::plan::{Kind, Plan, Problem, Region, validate};
use crate::units::{Exact, Money, Period};

/// Why a plan has no outcome.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvaluateError {
    /// The plan states something that cannot be evaluated.
    #[error("the plan has {} that keep it from being evaluated", count(.0.len()))]
    Invalid(Vec<Problem>),
    /// A figure is too large to be exact.
    #[error("{measure} of {place} in {period} is beyond 28 digits; look for an amount with too many zeros")]
    OutOfRange {
        /// The measure.
        measure: Measure,
        /// The region and role.
        place: String,
        /// The month.
        period: String,
    },
}

fn count(problems: usize) -> String {
    if problems == 1 { "1 error".to_owned() } else { format!("{problems} errors") }
}

/// Where a figure belongs. Indices are those of the plan's lists; areas those of [`Plan::areas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The whole plan.
    Plan,
    /// An area.
    Area(usize),
    /// A region.
    Region(usize),
    /// A role in a region.
    Cell(usize, usize),
}

/// One figure of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// What it measures.
    pub measure: Measure,
    /// Where.
    pub place: Place,
    /// When.
    pub period: Period,
    /// The value, not rounded unless the model rounds it.
    pub value: Exact,
}

impl Figure {
    /// The value as it is written out: rounded to the measure's decimals.
    #[must_use]
    pub fn text(&self) -> String {
        self.value.fixed(self.measure.unit().places())
    }
}

/// What follows from a plan. Made by [`Outcome::of`], or faster by [`Outcome::after`] from a similar one.
#[derive(Debug, Clone)]
pub struct Outcome {
    plan: Arc<Plan>,
    parts: Vec<Part>,
    area_rollups: Vec<Rollups>,
    plan_rollups: Rollups,
}

/// One region: with its growth hires, without any, and its quarters and years.
#[derive(Debug, Clone)]
struct Part {
    with: Arc<RegionOutcome>,
    without: Arc<RegionOutcome>,
    rollups: Arc<Rollups>,
}

impl Part {
    /// Evaluates a region, or takes over from the previous outcome what nothing has changed for.
    fn of(plan: &Plan, index: usize, drivers: &Drivers, previous: Option<&Outcome>) -> Option<Self> {
        let here = plan.regions.get(index)?;
        let same = |p: &&Outcome| p.plan.regions.get(index) == Some(here) && same_pay(&p.plan, plan, here);
        let known = previous.filter(same);
        let old = known.and_then(|p| p.parts.get(index));
        let same_hires = known.is_some_and(|p| p.plan.hires.get(&here.id) == plan.hires.get(&here.id));
        let same_target = known.is_some_and(|p| p.plan.targets.get(&here.id) == plan.targets.get(&here.id));
        let hires = Hires(plan.hires.get(&here.id));
        let before = known.zip(old);
        let before = before.map(|(p, old)| Similar { hires: Hires(p.plan.hires.get(&here.id)), outcome: &old.with });
        let with = match old.filter(|_| same_hires) {
            Some(old) => Arc::clone(&old.with),
            None => Arc::new(region::evaluate(plan, here, drivers, hires, before.as_slice())),
        };
        let without = if let Some(old) = old {
            Arc::clone(&old.without)
        } else {
            let similar = [Similar { hires, outcome: &with }];
            Arc::new(region::evaluate(plan, here, drivers, Hires(None), &similar))
        };
        let rollups = match old.filter(|_| same_hires && same_target) {
            Some(old) => Arc::clone(&old.rollups),
            None => Arc::new(Rollups::of_region(plan, here, &with)),
        };
        Some(Self { with, without, rollups })
    }
}

impl Outcome {
    /// Evaluates a plan.
    ///
    /// # Errors
    /// When the plan has problems, all of which are given, or a figure leaves the range of exact decimals.
    pub fn of(plan: Arc<Plan>) -> Result<Self, EvaluateError> {
        Self::build(plan, None)
    }

    /// Evaluates a plan, taking over from `self` every region that nothing has changed for.
    ///
    /// # Errors
    /// As [`Outcome::of`].
    pub fn after(&self, plan: Arc<Plan>) -> Result<Self, EvaluateError> {
        Self::build(plan, Some(self))
    }

    fn build(plan: Arc<Plan>, previous: Option<&Self>) -> Result<Self, EvaluateError> {
        let problems = validate(&plan);
        if !problems.is_empty() {
            return Err(EvaluateError::Invalid(problems));
        }
        let previous = previous.filter(|p| same_frame(&p.plan, &plan));
        let drivers = Drivers::new(&plan);
        let parts: Vec<Part> = (0..plan.regions.len())
            .into_par_iter()
            .filter_map(|index| Part::of(&plan, index, &drivers, previous))
            .collect();
        let area_parts = |area: &str| {
            let here = plan.regions.iter().zip(&parts).filter(move |(r, _)| r.area == area);
            here.map(|(_, part)| &*part.rollups).collect::<Vec<_>>()
        };
        let area_rollups = plan.areas().iter().map(|area| Rollups::of_many(&plan, &area_parts(area))).collect();
        let plan_rollups = Rollups::of_many(&plan, &parts.iter().map(|part| &*part.rollups).collect::<Vec<_>>());
        let outcome = Self { plan, parts, area_rollups, plan_rollups };
        match outcome.out_of_range() {
            Some(error) => Err(error),
            None => Ok(outcome),
        }
    }

    /// The plan this is the outcome of.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// A region, month by month.
    #[must_use]
    pub fn region(&self, index: usize) -> Option<&RegionOutcome> {
        self.parts.get(index).map(|part| &*part.with)
    }

    /// The same region without any growth hire.
    #[must_use]
    pub fn region_without_growth(&self, index: usize) -> Option<&RegionOutcome> {
        self.parts.get(index).map(|part| &*part.without)
    }

    /// The sums of a place in a quarter or year.
    #[must_use]
    pub fn rollup(&self, place: Place, period: Period) -> Option<&Rollup> {
        match place {
            Place::Plan => self.plan_rollups.get(period),
            Place::Area(a) => self.area_rollups.get(a)?.get(period),
            Place::Region(r) => self.parts.get(r)?.rollups.get(period),
            Place::Cell(..) => None,
        }
    }

    /// A figure; `None` where the measure does not exist there, or is "none" by the model.
    #[must_use]
    pub fn figure(&self, measure: Measure, place: Place, period: Period) -> Option<Exact> {
        match (place, period) {
            (Place::Cell(r, role), Period::Month(t)) => self.cell_figure(measure, r, role, t),
            (Place::Cell(r, role), Period::Quarter(q)) => self.support_coverage(measure, r, role, q),
            (Place::Region(r), Period::Month(t)) => self.region_figure(measure, r, t),
            (Place::Region(r), Period::Year(y)) if measure.scope() == Scope::RegionYear => {
                self.market_figure(measure, r, y)
            }
            (Place::Plan, Period::Quarter(q)) if measure.scope() == Scope::PlanQuarter => {
                let months = q * 3..q * 3 + 3;
                (q < self.plan.calendar.quarters).then(|| months.map(|t| self.added(measure, t)).sum::<Money>().exact())
            }
            (Place::Plan, Period::Year(y)) if measure == Measure::GrowthHires => {
                (y < self.plan.calendar.years()).then(|| self.plan.hires_in_year(y)).map(number)
            }
            (Place::Plan, Period::All) if measure == Measure::PaybackMonths => self.payback_months().map(number),
            _ => rollup_figure(self.rollup(place, period)?, measure),
        }
    }

    fn cell_figure(&self, measure: Measure, region: usize, role: usize, t: usize) -> Option<Exact> {
        self.cell_figure_in(self.region(region)?, measure, role, t)
    }

    pub(super) fn cell_figure_in(
        &self,
        region: &RegionOutcome,
        measure: Measure,
        role: usize,
        t: usize,
    ) -> Option<Exact> {
        let month = region.cells.get(role)?.months.get(t)?;
        let kind = &self.plan.roles.get(role)?.kind;
        if let Some(line) = measure.cost_line() {
            return Some(month.line(line).exact());
        }
        Some(match (measure, kind) {
            (Measure::Opening, _) => month.opening().exact(),
            (Measure::Growth, _) => month.growth.exact(),
            (Measure::Backfills, _) => month.backfills.exact(),
            (Measure::Active, _) => month.active.exact(),
            (Measure::Leavers, _) => month.leavers.exact(),
            (Measure::Closing, _) => month.closing().exact(),
            (Measure::Ramped, _) => month.ramped.exact(),
            (Measure::DirectCapacity, Kind::Seller { .. })
            | (Measure::PartnerCapacity, Kind::PartnerManager { .. }) => month.capacity.exact(),
            (Measure::Quota, Kind::Seller { .. }) => month.quota.exact(),
            _ => return None,
        })
    }

    fn support_coverage(&self, measure: Measure, region: usize, role: usize, quarter: usize) -> Option<Exact> {
        let is_support = matches!(self.plan.roles.get(role)?.kind, Kind::Support { .. });
        if measure != Measure::SupportCoverage || !is_support {
            return None;
        }
        let month = self.region(region)?.cells.get(role)?.months.get(quarter * 3 + 2)?;
        quotient(month.ramped.exact(), month.demand.exact()).map(crate::units::Ratio::exact)
    }

    fn region_figure(&self, measure: Measure, region: usize, t: usize) -> Option<Exact> {
        Self::region_figure_in(self.region(region)?, measure, t)
    }

    pub(super) fn region_figure_in(region: &RegionOutcome, measure: Measure, t: usize) -> Option<Exact> {
        region.months.get(t)?.figure(measure).map(Money::exact)
    }

    fn market_figure(&self, measure: Measure, region: usize, year: usize) -> Option<Exact> {
        let market = self.plan.regions.get(region)?.market.get(year)?;
        let capacity = self.rollup(Place::Region(region), Period::Year(year))?.capacity;
        let share = quotient(capacity.exact(), market.size.exact())?.exact();
        match measure {
            Measure::MarketShare => Some(share),
            Measure::MarketLead => Some(share - market.rival_share.exact()),
            _ => None,
        }
    }

    /// What the expansion adds in a month over all regions (model section 6).
    #[must_use]
    pub fn added(&self, measure: Measure, t: usize) -> Money {
        let of = |r: &RegionOutcome| match measure {
            Measure::AddedCapacity => r.month(t).capacity,
            Measure::AddedCost => r.month(t).total_cost(),
            Measure::AddedContribution => r.month(t).contribution,
            _ => Money::ZERO,
        };
        self.parts.iter().map(|part| of(&part.with)).sum::<Money>()
            - self.parts.iter().map(|part| of(&part.without)).sum::<Money>()
    }

    /// The first month with a growth start.
    #[must_use]
    pub fn first_growth_month(&self) -> Option<usize> {
        let starts = |t: &usize| {
            self.parts.iter().flat_map(|part| &part.with.cells).any(|c| !c.month(*t).growth.exact().is_zero())
        };
        (0..self.plan.calendar.months()).find(starts)
    }

    /// Months from the first growth start until what the expansion adds has paid for itself; none within the plan.
    #[must_use]
    pub fn payback_months(&self) -> Option<u64> {
        let first = self.first_growth_month()?;
        let (mut sum, mut was_negative) = (Money::ZERO, false);
        for t in 0..self.plan.calendar.months() {
            sum += self.added(Measure::AddedContribution, t);
            if sum.exact().is_negative() {
                was_negative = true;
            } else if was_negative {
                return u64::try_from(t.saturating_sub(first)).ok();
            }
        }
        None
    }

    /// Planned growth starts of a cell by month, in whole people, before the levers.
    #[must_use]
    pub fn planned_starts(&self, region: usize, role: usize) -> Vec<u32> {
        match (self.plan.regions.get(region), self.plan.roles.get(role)) {
            (Some(region), Some(role)) => {
                let hires = self.plan.hires.get(&region.id).and_then(|roles| roles.get(&role.id));
                starts::planned(&self.plan, hires.map_or(&[][..], Vec::as_slice))
            }
            _ => Vec::new(),
        }
    }

    /// Every figure of the plan, in no particular order.
    pub fn figures(&self) -> impl Iterator<Item = Figure> + '_ {
        let (regions, roles, areas) = (self.plan.regions.len(), self.plan.roles.len(), self.plan.areas().len());
        let places = std::iter::once(Place::Plan)
            .chain((0..areas).map(Place::Area))
            .chain((0..regions).map(Place::Region))
            .chain((0..regions).flat_map(move |r| (0..roles).map(move |role| Place::Cell(r, role))));
        places.flat_map(move |place| {
            self.plan.calendar.periods().flat_map(move |period| {
                let value = move |measure: &Measure| {
                    let value = self.figure(*measure, place, period)?;
                    Some(Figure { measure: *measure, place, period, value })
                };
                Measure::ALL.iter().filter_map(value)
            })
        })
    }

    /// The first figure that left the range, if one did. Whatever leaves it takes every sum above it along, so the
    /// whole plan's sums tell whether to look for the place.
    fn out_of_range(&self) -> Option<EvaluateError> {
        let calendar = self.plan.calendar;
        let places = (0..self.plan.areas().len()).map(Place::Area);
        let places = places.chain((0..self.plan.regions.len()).map(Place::Region)).chain([Place::Plan]);
        let ratios = places.clone().all(|place| {
            let sums = (0..calendar.years()).filter_map(|y| self.rollup(place, Period::Year(y)));
            sums.into_iter().all(Rollup::is_in_range)
        });
        let added = (0..calendar.months()).all(|t| self.added(Measure::AddedContribution, t).exact().is_in_range());
        if ratios && added && self.cells_in_range() && self.markets_in_range() {
            return None;
        }
        let cells =
            (0..self.plan.regions.len()).flat_map(|r| (0..self.plan.roles.len()).map(move |role| Place::Cell(r, role)));
        let mut all = cells.chain(places);
        all.find_map(|place| calendar.periods().find_map(|period| self.first_out_of_range(place, period)))
    }

    /// Whether heads and what support is needed are in the range; what they cost is in the sums.
    fn cells_in_range(&self) -> bool {
        let months = self.parts.iter().flat_map(|part| &part.with.cells).flat_map(|cell| &cell.months);
        let coverages = self.plan.roles.iter().enumerate().filter(|(_, r)| matches!(r.kind, Kind::Support { .. }));
        let quarters = move |(r, k): (usize, usize)| (0..self.plan.calendar.quarters).map(move |q| (r, k, q));
        let mut supports = coverages.flat_map(|(k, _)| (0..self.parts.len()).map(move |r| (r, k))).flat_map(quarters);
        months.into_iter().all(|m| m.ramped.exact().is_in_range() && m.active.exact().is_in_range())
            && supports.all(|(r, k, q)| {
                self.support_coverage(Measure::SupportCoverage, r, k, q).is_none_or(Exact::is_in_range)
            })
    }

    fn markets_in_range(&self) -> bool {
        let years = |r: usize| (0..self.plan.calendar.years()).map(move |y| (r, y));
        (0..self.parts.len())
            .flat_map(years)
            .all(|(r, y)| self.market_figure(Measure::MarketLead, r, y).is_none_or(Exact::is_in_range))
    }

    fn first_out_of_range(&self, place: Place, period: Period) -> Option<EvaluateError> {
        let outside = |m: &&Measure| self.figure(**m, place, period).is_some_and(|v| !v.is_in_range());
        Measure::ALL.iter().find(outside).map(|measure| EvaluateError::OutOfRange {
            measure: *measure,
            place: self.place_name(place),
            period: self.plan.calendar.name(period),
        })
    }

    /// A place in words.
    #[must_use]
    pub fn place_name(&self, place: Place) -> String {
        let region = |r: usize| self.plan.regions.get(r).map_or("", |r| r.name.as_str()).to_owned();
        match place {
            Place::Plan => "the whole plan".to_owned(),
            Place::Area(a) => at(&self.plan.areas(), a).to_owned(),
            Place::Region(r) => region(r),
            Place::Cell(r, role) => {
                format!("{}, {}", region(r), self.plan.roles.get(role).map_or("", |r| r.name.as_str()))
            }
        }
    }
}

fn number(count: u64) -> Exact {
    Exact::from(i64::try_from(count).unwrap_or(i64::MAX))
}

fn rollup_figure(sums: &Rollup, measure: Measure) -> Option<Exact> {
    let ratio = match measure {
        Measure::CapacityCoverage => sums.capacity_coverage(),
        Measure::QuotaCoverage => sums.quota_coverage(),
        Measure::AccountCoverage => sums.account_coverage(),
        Measure::ManagerCoverage => sums.manager_coverage(),
        Measure::CostOfSale => sums.cost_of_sale(),
        _ => None,
    };
    if measure.unit() == Unit::Ratio {
        return ratio.map(crate::units::Ratio::exact);
    }
    Some(match measure {
        Measure::Target => sums.target.exact(),
        Measure::Capacity => sums.capacity.exact(),
        Measure::Gap => sums.gap().exact(),
        Measure::PeopleCost => sums.people_cost.exact(),
        Measure::TotalCost => sums.total_cost.exact(),
        Measure::Closing => sums.closing.exact(),
        _ => return None,
    })
}

/// Whether everything that all regions share is the same in both plans.
fn same_frame(one: &Plan, other: &Plan) -> bool {
    one.calendar == other.calendar
        && one.currency == other.currency
        && one.rates == other.rates
        && one.roles == other.roles
        && one.assumptions == other.assumptions
        && one.partner_programme == other.partner_programme
        && one.sla == other.sla
        && one.levers == other.levers
        && one.baseline == other.baseline
        && one.judgements == other.judgements
}

/// Whether a region's pay is the same in both plans.
fn same_pay(one: &Plan, other: &Plan, region: &Region) -> bool {
    one.pay.get(&region.id) == other.pay.get(&region.id)
}
