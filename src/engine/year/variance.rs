//! Why what happened differs from the plan of record: the record evaluated once for each step, each time with one more part
//! replaced by what happened (`year.md`, section 13).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::outlook::{closed_months, share_of_quarter};
use super::people::{End, People, Person};
use super::regions::{self, Rates};
use super::walk::walk;
use crate::engine::arrivals::CellIndex;
use crate::engine::by_variant::by_variant;
use crate::engine::cohort::{Cohort, Origin};
use crate::engine::drivers::{Drivers, Staffing};
use crate::engine::moves::Moves;
use crate::engine::region;
use crate::engine::region_inputs::{GrowthHires, RegionInputs, RegionJoining};
use crate::engine::results::RegionOutcome;
use crate::engine::sums::judgements;
use crate::engine::{EvaluateError, Measure};
use crate::plan::{Plan, Year};
use crate::units::{Exact, Money};

macro_rules! steps {
    ($($variant:ident $name:literal $title:literal $meaning:literal;)*) => {
        /// A step from the plan of record to what happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum VarianceStep { $(#[doc = $meaning] $variant,)* }

        impl VarianceStep {
            /// Every step, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            by_variant! {
                /// The name in files.
                name -> &'static str { $($variant => $name,)* }
                /// The name in a window or a report.
                title -> &'static str { $($variant => $title,)* }
                /// The meaning, as a sentence without full stop.
                meaning -> &'static str { $($variant => $meaning,)* }
            }
        }
    };
}

steps! {
    // Variant, name, title, meaning.
    Record "record" "Plan of record" "The closed months as the plan of record has them";
    Judgement "judgement" "Judgements" "What judgements added to capacity, taken out";
    Opening "opening" "Opening team" "The people who came before the plan instead of its baseline";
    Timing "timing" "Start dates" "Growth hires in the months in which they started";
    Cancelled "cancelled" "Cancelled and on hold" "Without the positions that are cancelled or on hold";
    OtherStarts "other_starts" "Other starts" "Starts without a growth position in place of the expected backfills";
    People "people" "People" "The people who were there: leavers, exits, moves and absences as they were";
    Productivity "productivity" "Productivity" "What was booked, at the exchange rates of the plan of record";
    Prices "prices" "Prices" "What was spent, at the exchange rates of the plan of record";
    Exchange "exchange" "Exchange rates" "Bookings and costs at the exchange rates of each month";
    Actual "actual" "Actual" "What happened: the sum of the steps";
}

/// One step of a measure in a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VarianceRow {
    /// The region, by its place in the plan of record; `None` for all of them together.
    pub region: Option<usize>,
    /// Capacity, total cost, or closing heads.
    pub measure: Measure,
    /// The step.
    pub step: VarianceStep,
    /// The figure of the record, what a step adds, or what happened.
    pub value: Exact,
}

/// From the plan of record to what happened, over the closed months.
#[derive(Debug, Clone)]
pub struct Variance {
    /// The plan of record.
    pub record: Arc<Plan>,
    /// The steps, by measure within each region, then of all regions.
    pub rows: Vec<VarianceRow>,
    /// Spells in cells that the record lacks, by their places in the list.
    pub left_out: Vec<usize>,
}

/// Why there is no variance.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VarianceError {
    /// The plan cannot be evaluated.
    #[error(transparent)]
    Plan(EvaluateError),
    /// The plan has no closed month.
    #[error("the plan has no closed month; there is nothing to compare")]
    NothingClosed,
    /// The plan of record cannot be evaluated.
    #[error("the plan of record: {0}")]
    Record(EvaluateError),
    /// A figure is too large to be exact.
    #[error("{0} of the closed months is beyond 28 digits; look for an amount with too many zeros")]
    OutOfRange(Measure),
}

impl Variance {
    /// The measures, in their order.
    pub const MEASURES: [Measure; 3] = [Measure::Capacity, Measure::TotalCost, Measure::Closing];

    /// The variance of a plan.
    ///
    /// # Errors
    /// When the plan has problems, no month is closed, the plan of record cannot be evaluated, or a figure leaves the range of exact decimals.
    pub fn of(plan: &Plan) -> Result<Self, VarianceError> {
        EvaluateError::if_invalid(plan).map_err(VarianceError::Plan)?;
        let year = plan.year.as_deref().ok_or(VarianceError::NothingClosed)?;
        let named = year.record.as_ref().and_then(|name| plan.frozen.iter().find(|record| record.name == *name));
        let record = named.map_or_else(|| Arc::new(plan.alone()), |record| Arc::clone(&record.plan));
        EvaluateError::if_invalid(&record).map_err(VarianceError::Record)?;
        let people = People::new(&record, year).ok_or(VarianceError::NothingClosed)?;
        let runs = Runs::new(&record, year, &people);
        let rows = runs.rows();
        if let Some(row) = rows.iter().find(|row| !row.value.is_in_range()) {
            return Err(VarianceError::OutOfRange(row.measure));
        }
        drop(runs);
        Ok(Self { record, rows, left_out: people.left_out })
    }
}

/// The evaluations of the record, one for each step; each replaces one more part of the plan by what happened.
struct Runs<'a> {
    record: &'a Plan,
    year: &'a Year,
    last_closed: usize,
    /// The regions of each run, in the order of the steps.
    steps: Vec<(VarianceStep, Vec<RegionOutcome>)>,
}

impl<'a> Runs<'a> {
    fn new(record: &'a Plan, year: &'a Year, people: &People) -> Self {
        let mut steps = Vec::new();
        let mut staffing = Staffing::default();
        steps.push((VarianceStep::Record, planned_run(record, &staffing)));
        staffing.baseline = Some(opening(people));
        steps.push((VarianceStep::Opening, planned_run(record, &staffing)));
        staffing.growth = Some(growth(record, people, true));
        steps.push((VarianceStep::Timing, planned_run(record, &staffing)));
        staffing.growth = Some(growth(record, people, false));
        steps.push((VarianceStep::Cancelled, planned_run(record, &staffing)));
        staffing.backfills = Some(other_starts(record, people));
        steps.push((VarianceStep::OtherStarts, planned_run(record, &staffing)));
        let drivers = Drivers::new(record);
        let heads = walk(record, &drivers, people, false);
        let run = |rates: Option<Rates<'_>>| -> Vec<RegionOutcome> {
            let region = |index| {
                let inputs = RegionInputs::new(record, index, &drivers)?;
                let actuals =
                    rates.as_ref().and_then(|rates| regions::actuals(record, &drivers, (inputs.region, year), rates));
                Some(regions::evaluate(&inputs, &heads, actuals.as_ref()))
            };
            (0..record.regions.len()).filter_map(region).collect()
        };
        steps.push((VarianceStep::People, run(None)));
        steps.push((VarianceStep::Productivity, run(Some(Rates::InForce))));
        steps.push((VarianceStep::Exchange, run(Some(Rates::Real(year)))));
        Self { record, year, last_closed: people.last_closed, steps }
    }

    /// The rows of every region, then of all.
    fn rows(&self) -> Vec<VarianceRow> {
        let regions = 0..self.record.regions.len();
        let mut rows = Vec::new();
        for region in regions.clone() {
            for measure in Variance::MEASURES.into_iter().filter(|measure| self.has(*measure, region)) {
                self.add_steps(Some(region), measure, &[region], &mut rows);
            }
        }
        for measure in Variance::MEASURES {
            let those: Vec<usize> = regions.clone().filter(|region| self.has(measure, *region)).collect();
            if !those.is_empty() {
                self.add_steps(None, measure, &those, &mut rows);
            }
        }
        rows
    }

    /// Whether the year says what a region booked or spent; closing heads it always has.
    fn has(&self, measure: Measure, region: usize) -> bool {
        let Some(region) = self.record.regions.get(region) else { return false };
        match measure {
            Measure::Capacity => self.year.bookings.contains_key(&region.id),
            Measure::TotalCost => self.year.costs.contains_key(&region.id),
            _ => true,
        }
    }

    fn add_steps(&self, region: Option<usize>, measure: Measure, regions: &[usize], rows: &mut Vec<VarianceRow>) {
        let mut add = |step, value| rows.push(VarianceRow { region, measure, step, value });
        let mut before: Option<Exact> = None;
        for (step, level) in self.levels(measure, regions) {
            add(step, before.map_or(level, |before| level - before));
            before = Some(level);
        }
        add(VarianceStep::Actual, before.unwrap_or(Exact::OUT_OF_RANGE));
    }

    /// The figure of a measure over these regions after each step, rounded as it is written.
    fn levels(&self, measure: Measure, regions: &[usize]) -> Vec<(VarianceStep, Exact)> {
        let mut levels = Vec::new();
        for (step, run) in &self.steps {
            let here = regions.iter().filter_map(|region| run.get(*region));
            let sum: Exact = here.map(|region| self.figure(measure, region)).sum();
            let level = sum.round(measure.unit().places());
            match (measure, step) {
                (Measure::Capacity, VarianceStep::Record) => {
                    let judged: Money = regions.iter().map(|region| self.judged(*region)).sum();
                    levels.extend([(VarianceStep::Record, level + judged.exact()), (VarianceStep::Judgement, level)]);
                }
                (Measure::TotalCost, VarianceStep::Productivity) => levels.push((VarianceStep::Prices, level)),
                (Measure::Closing, VarianceStep::Productivity | VarianceStep::Exchange) => {}
                _ => levels.push((*step, level)),
            }
        }
        levels
    }

    /// The figure of a region over the closed months.
    fn figure(&self, measure: Measure, region: &RegionOutcome) -> Exact {
        let months = 0..=self.last_closed;
        match measure {
            Measure::Capacity => months.map(|t| region.month(t).capacity.exact()).sum(),
            Measure::TotalCost => months.map(|t| region.month(t).total_cost().exact()).sum(),
            _ => region.cells.iter().map(|cell| cell.month(self.last_closed).closing().exact()).sum(),
        }
    }

    /// What the judgements of the closed months add to the capacity of a region.
    fn judged(&self, region: usize) -> Money {
        let Some(region) = self.record.regions.get(region) else { return Money::OUT_OF_RANGE };
        let quarter = |q: usize| match closed_months(self.last_closed, q) {
            0 => Money::ZERO,
            3 => judgements(self.record, region, q),
            months => share_of_quarter(judgements(self.record, region, q), months),
        };
        (0..=self.last_closed / 3).map(quarter).sum()
    }
}

/// The regions of a plan with other people.
fn planned_run(plan: &Plan, staffing: &Staffing) -> Vec<RegionOutcome> {
    let drivers = Drivers::new(plan).with_staffing(staffing.clone());
    let arrivals = Moves::new(plan, &drivers).with;
    let region = |index| {
        let inputs = RegionInputs::new(plan, index, &drivers)?;
        let hires = GrowthHires::of_region(plan, inputs.region);
        Some(region::evaluate(&inputs, RegionJoining { hires, arrivals: &arrivals }, &[]))
    };
    (0..plan.regions.len()).filter_map(region).collect()
}

/// The people who came before month 0 and were still there, each as a cohort.
fn opening(people: &People) -> BTreeMap<CellIndex, Vec<Cohort>> {
    let is_there = |person: &&Person| {
        let stays = person.end.is_none_or(|end| match end {
            End::Gone(month, _) | End::Moves(month, _) => month >= 0,
        });
        person.begins < 0 && stays
    };
    let cohort = |person: &Person| Cohort {
        origin: Origin::Baseline(person.spell),
        service: person.service(0),
        tenure: person.tenure(0),
        ramp: 0,
        heads: Exact::ONE,
    };
    people.cells().map(|(cell, list)| (cell, list.iter().filter(is_there).map(cohort).collect())).collect()
}

/// The months of the horizon with one head more in each of these.
fn by_month(plan: &Plan, months: impl Iterator<Item = (usize, Exact)>) -> Vec<Exact> {
    let mut all = vec![Exact::ZERO; plan.calendar.months()];
    for (month, heads) in months {
        if let Some(place) = all.get_mut(month) {
            *place = *place + heads;
        }
    }
    all
}

/// The closed month in which a person begins.
fn closed_start(people: &People, person: &Person) -> Option<usize> {
    usize::try_from(person.begins).ok().filter(|t| *t <= people.last_closed)
}

/// Growth starts of those who hold a growth position, and of positions that are cancelled or on hold in their planned months.
fn growth(plan: &Plan, people: &People, with_dropped: bool) -> BTreeMap<CellIndex, Vec<Exact>> {
    let cells = people.cells().map(|(cell, _)| cell).chain(people.seats.cells().map(|(cell, _)| cell));
    let of_cell = |cell: CellIndex| {
        let holders = people.of(cell).iter().filter(|person| person.holds_seat);
        let held = holders.filter_map(|person| Some((closed_start(people, person)?, Exact::ONE)));
        let dropped = people.seats.vacant(cell).iter().filter(|seat| with_dropped && seat.state.status.is_dropped());
        let dropped = dropped.map(|seat| (seat.month, plan.levers.fill_rate.exact()));
        (cell, by_month(plan, held.chain(dropped)))
    };
    cells.map(of_cell).collect()
}

/// Starts of closed months that no growth position has.
fn other_starts(plan: &Plan, people: &People) -> BTreeMap<CellIndex, Vec<Exact>> {
    let of_cell = |(cell, list): (CellIndex, &[Person])| {
        let other = list.iter().filter(|person| !person.follows && !person.holds_seat);
        (cell, by_month(plan, other.filter_map(|person| Some((closed_start(people, person)?, Exact::ONE)))))
    };
    people.cells().map(of_cell).collect()
}
