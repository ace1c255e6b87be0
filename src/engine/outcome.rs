//! The outcome of a plan: every region with and without its growth, the rollups, and any figure by name.

use std::sync::Arc;

use rayon::prelude::*;

use super::drivers::Drivers;
use super::measure::Scope;
use super::moves::Moves;
use super::previous::{PlanChange, PreviousPlan};
use super::region_pair::{PreviousRegion, RegionPair};
use super::rollup::{Rollups, quotient};
use super::{Measure, RegionOutcome, Rollup, starts};
use crate::plan::{Kind, Plan, Problem, is_sound_with_other_hires, validate};
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

impl EvaluateError {
    /// Fails where the plan has problems.
    pub(super) fn if_invalid(plan: &Plan) -> Result<(), Self> {
        let problems = validate(plan);
        if problems.is_empty() { Ok(()) } else { Err(Self::Invalid(problems)) }
    }
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
    pub(super) drivers: Arc<Drivers>,
    pub(super) moves: Moves,
    pub(super) parts: Vec<RegionPair>,
    area_rollups: Vec<Arc<Rollups>>,
    plan_rollups: Arc<Rollups>,
}

impl Outcome {
    /// Evaluates a plan.
    ///
    /// # Errors
    /// When the plan has problems, all of which are given, or a figure leaves the range of exact decimals.
    pub fn of(plan: Arc<Plan>) -> Result<Self, EvaluateError> {
        Self::build(plan, None)
    }

    /// Evaluates a plan and reuses the results of `self` whose inputs have not changed: regions, cells, the heads of cells of
    /// which only the cost has changed, their sales, and the months before the first that a changed hire reaches.
    ///
    /// # Errors
    /// As [`Outcome::of`].
    pub fn after(&self, plan: Arc<Plan>) -> Result<Self, EvaluateError> {
        Self::build(plan, Some(self))
    }

    fn build(plan: Arc<Plan>, previous: Option<&Self>) -> Result<Self, EvaluateError> {
        let only_hires = previous.is_some_and(|p| is_sound_with_other_hires(&plan, &p.plan));
        if !only_hires {
            EvaluateError::if_invalid(&plan)?;
        }
        Self::evaluate(plan, previous, only_hires)
    }

    /// Evaluates a plan without validating it.
    pub(super) fn evaluate(plan: Arc<Plan>, previous: Option<&Self>, only_hires: bool) -> Result<Self, EvaluateError> {
        let previous = previous.filter(|p| p.plan.calendar == plan.calendar);
        let change = previous.map_or(PlanChange::Anything, |p| PlanChange::between(&p.plan, &plan, only_hires));
        // The plans in force state all that they do not change, but hires are read off the plan itself.
        let same = |p: &&Self| change == PlanChange::Hires || change == PlanChange::Regions && !p.drivers.has_changes();
        let drivers = previous.filter(same).map(|p| Arc::clone(&p.drivers));
        let drivers = drivers.unwrap_or_else(|| Arc::new(Drivers::new(&plan)));
        let moves = Moves::new(&plan, &drivers);
        let parts = Self::parts(&plan, (&drivers, &moves), previous, change);
        let outcome = Self::with_sums(plan, (drivers, moves), parts, previous);
        match outcome.out_of_range() {
            Some(error) => Err(error),
            None => Ok(outcome),
        }
    }

    /// The outcome of evaluated regions, some figures of which may be out of range.
    pub(super) fn with_sums(
        plan: Arc<Plan>,
        (drivers, moves): (Arc<Drivers>, Moves),
        parts: Vec<RegionPair>,
        previous: Option<&Self>,
    ) -> Self {
        let sums = |members: &[usize], known: Option<(&[usize], &Arc<Rollups>)>| {
            let known = known.zip(previous).filter(|((before, _), _)| *before == members);
            let known = known.map(|((_, sums), previous)| (sums, rollups(&previous.parts, members)));
            Rollups::of_many(&plan, &rollups(&parts, members), known)
        };
        let before = previous.map_or_else(Vec::new, |p| p.plan.area_members());
        let areas = plan.area_members();
        let area_rollups = areas.iter().enumerate().map(|(area, members)| {
            sums(members, before.get(area).map(Vec::as_slice).zip(previous.and_then(|p| p.area_rollups.get(area))))
        });
        let area_rollups = area_rollups.collect();
        let all: Vec<usize> = (0..parts.len()).collect();
        let plan_rollups =
            sums(&all, previous.filter(|p| p.parts.len() == all.len()).map(|p| (all.as_slice(), &p.plan_rollups)));
        Self { plan, drivers, moves, parts, area_rollups, plan_rollups }
    }

    /// The results of every region, in parallel where more than one has to be evaluated.
    fn parts(
        plan: &Plan,
        (drivers, moves): (&Drivers, &Moves),
        previous: Option<&Self>,
        change: PlanChange,
    ) -> Vec<RegionPair> {
        let before = |index: usize| {
            let previous = previous?;
            let Self { plan, drivers, moves, .. } = previous;
            let plan = PreviousPlan { plan, drivers, moves, change };
            Some(PreviousRegion { plan, pair: previous.parts.get(index)? })
        };
        let reused: Vec<Option<RegionPair>> =
            (0..plan.regions.len()).map(|index| RegionPair::reused(plan, moves, index, before(index))).collect();
        let pair = |(index, reused): (usize, Option<RegionPair>)| {
            reused.or_else(|| RegionPair::of(plan, index, (drivers, moves), before(index)))
        };
        if reused.iter().filter(|pair| pair.is_none()).count() > 1 {
            reused.into_par_iter().enumerate().filter_map(pair).collect()
        } else {
            reused.into_iter().enumerate().filter_map(pair).collect()
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
                (y < self.plan.calendar.years()).then(|| self.plan.hires_in_year(y)).map(Exact::from)
            }
            (Place::Plan, Period::All) if measure == Measure::PaybackMonths => self.payback_months().map(Exact::from),
            _ => self.rollup(place, period)?.figure(measure),
        }
    }

    fn cell_figure(&self, measure: Measure, region: usize, role: usize, t: usize) -> Option<Exact> {
        self.cell_figure_in((region, self.region(region)?), measure, role, t)
    }

    /// Whether moves or exits name a cell.
    fn is_moved_or_reduced(&self, region: usize, role: usize) -> bool {
        let plan = &self.plan;
        match (plan.regions.get(region), plan.roles.get(role)) {
            (Some(region), Some(role)) => plan.names_cell(&region.id, &role.id),
            _ => false,
        }
    }

    /// A figure of a cell, in a region by its index with or without growth hires.
    pub(super) fn cell_figure_in(
        &self,
        (region_index, region): (usize, &RegionOutcome),
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
            (Measure::MovedIn, _) if self.is_moved_or_reduced(region_index, role) => month.moved_in.exact(),
            (Measure::MovedOut, _) if self.is_moved_or_reduced(region_index, role) => month.moved_out.exact(),
            (Measure::Exits, _) if self.is_moved_or_reduced(region_index, role) => month.exits.exact(),
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
        (measure == Measure::SupportCoverage && is_support)
            .then(|| self.region(region)?.support_coverage(role, quarter).map(crate::units::Ratio::exact))?
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

    /// What the expansion adds in a month over all regions (model section 6); out of range beyond the horizon, and for a
    /// measure that is none of the three.
    #[must_use]
    pub fn added(&self, measure: Measure, t: usize) -> Money {
        let of = |r: &RegionOutcome| match measure {
            Measure::AddedCapacity => r.month(t).capacity,
            Measure::AddedCost => r.month(t).total_cost(),
            Measure::AddedContribution => r.month(t).contribution,
            _ => Money::OUT_OF_RANGE,
        };
        self.parts.iter().map(|part| of(&part.with)).sum::<Money>()
            - self.parts.iter().map(|part| of(&part.without)).sum::<Money>()
    }

    /// The first month with a growth start.
    #[must_use]
    pub fn first_growth_month(&self) -> Option<usize> {
        self.parts.iter().filter_map(|part| part.first_growth).min()
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
        let cells = (0..self.plan.regions.len()).flat_map(|region| self.cells_of(region));
        std::iter::once(Place::Plan).chain(self.parts_of_plan()).chain(cells).flat_map(|place| self.figures_of(place))
    }

    /// Every figure of one place.
    pub(super) fn figures_of(&self, place: Place) -> impl Iterator<Item = Figure> + '_ {
        self.plan.calendar.periods().flat_map(move |period| {
            let value = move |measure: &Measure| {
                let value = self.figure(*measure, place, period)?;
                Some(Figure { measure: *measure, place, period, value })
            };
            Measure::ALL.iter().filter_map(value)
        })
    }

    /// The areas, then the regions.
    fn parts_of_plan(&self) -> impl Iterator<Item = Place> + use<> {
        (0..self.plan.areas().len()).map(Place::Area).chain((0..self.plan.regions.len()).map(Place::Region))
    }

    /// The cells of a region.
    pub(super) fn cells_of(&self, region: usize) -> impl Iterator<Item = Place> + use<> {
        (0..self.plan.roles.len()).map(move |role| Place::Cell(region, role))
    }

    /// The first figure that is out of range. The parts and sums say whether they have one; its place is looked for only
    /// then.
    fn out_of_range(&self) -> Option<EvaluateError> {
        let cells = |region| self.out_of_range_in(self.cells_of(region));
        if self.is_in_range() { None } else { self.out_of_range_after(cells) }
    }

    /// Whether every figure is in the range of exact decimals.
    pub(super) fn is_in_range(&self) -> bool {
        let months = 0..self.plan.calendar.months();
        let added = months.map(|t| self.added(Measure::AddedContribution, t)).all(|added| added.exact().is_in_range());
        let sums = self.area_rollups.iter().chain([&self.plan_rollups]).all(|sums| sums.in_range);
        added && sums && self.parts.iter().all(|part| part.in_range)
    }

    /// The first figure that is out of range: as `cells` finds it in those of a region, or in what they add up to.
    pub(super) fn out_of_range_after(
        &self,
        cells: impl FnMut(usize) -> Option<EvaluateError>,
    ) -> Option<EvaluateError> {
        let sums = || self.out_of_range_in(self.parts_of_plan().chain([Place::Plan]));
        (0..self.parts.len()).find_map(cells).or_else(sums)
    }

    /// The first figure of these places that is out of range.
    pub(super) fn out_of_range_in(&self, mut places: impl Iterator<Item = Place>) -> Option<EvaluateError> {
        let periods = || self.plan.calendar.periods();
        places.find_map(|place| periods().find_map(|period| self.first_out_of_range(place, period)))
    }

    fn first_out_of_range(&self, place: Place, period: Period) -> Option<EvaluateError> {
        let outside = |m: &&Measure| self.figure(**m, place, period).is_some_and(|v| !v.is_in_range());
        Measure::ALL.iter().filter(outside).min_by_key(|m| m.name()).map(|measure| EvaluateError::OutOfRange {
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
            Place::Area(a) => self.plan.areas().get(a).map(|area| (*area).to_owned()).unwrap_or_default(),
            Place::Region(r) => region(r),
            Place::Cell(r, role) => {
                format!("{}, {}", region(r), self.plan.roles.get(role).map_or("", |r| r.name.as_str()))
            }
        }
    }
}

fn rollups<'a>(parts: &'a [RegionPair], members: &[usize]) -> Vec<&'a Arc<Rollups>> {
    members.iter().filter_map(|region| parts.get(*region)).map(|part| &part.rollups).collect()
}
