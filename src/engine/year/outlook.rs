//! The outlook of a plan: what happened in closed months, and the model from there on (`year.md`, section 13).

use std::sync::Arc;

use super::measure::YearMeasure;
use super::people::People;
use super::regions::{self, Rates};
use super::trace::YearTrace;
use super::walk::{trace, walk};
use crate::engine::actuals::RegionActuals;
use crate::engine::drivers::Drivers;
use crate::engine::region_inputs::RegionInputs;
use crate::engine::results::RegionOutcome;
use crate::engine::rollup::Rollups;
use crate::engine::sums::judgements;
use crate::engine::{Measure, Place, Rollup};
use crate::plan::{Plan, Region, Year};
use crate::units::{Exact, Heads, Money, Period};

/// One figure of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearFigure {
    /// What it measures.
    pub measure: YearMeasure,
    /// Where.
    pub place: Place,
    /// When.
    pub period: Period,
    /// The value, not rounded unless the model rounds it.
    pub value: Exact,
}

impl YearFigure {
    /// The value as it is written out: rounded to the measure's decimals.
    #[must_use]
    pub fn text(&self) -> String {
        self.value.fixed(self.measure.unit().places())
    }
}

/// A figure of an outlook is too large to be exact.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{measure} of {place} in {period} is beyond 28 digits; look for an amount with too many zeros")]
pub struct OutlookOutOfRange {
    /// The name of the measure.
    pub measure: &'static str,
    /// The id of the region, the area, or `the whole plan`.
    pub place: String,
    /// The month, quarter or year.
    pub period: String,
}

/// The closed months of a plan, and the outlook.
#[derive(Debug, Clone)]
pub struct Outlook {
    plan: Arc<Plan>,
    people: Arc<People>,
    regions: Vec<RegionOutcome>,
    /// By region: what was booked and spent.
    actuals: Vec<Option<RegionActuals>>,
    by_region: Vec<Arc<Rollups>>,
    by_area: Vec<Arc<Rollups>>,
    whole: Arc<Rollups>,
}

impl Outlook {
    /// The outlook of a sound plan; `None` if the plan has no closed month.
    ///
    /// # Errors
    /// When a figure leaves the range of exact decimals.
    pub fn of(plan: &Arc<Plan>) -> Result<Option<Self>, OutlookOutOfRange> {
        let Some(outlook) = Self::evaluate(plan) else { return Ok(None) };
        let outside = outlook
            .places()
            .find_map(|place| outlook.figures(place).into_iter().find(|figure| !figure.value.is_in_range()));
        outside.map_or(Ok(Some(outlook)), |figure| Err(out_of_range(plan, &figure)))
    }

    fn evaluate(plan: &Arc<Plan>) -> Option<Self> {
        let year = plan.year.as_deref()?;
        let drivers = Drivers::new(plan);
        let people = People::new(plan, year)?;
        let heads = walk(plan, &drivers, &people, true);
        let (mut regions, mut by_region, mut all_actuals) = (Vec::new(), Vec::new(), Vec::new());
        for index in 0..plan.regions.len() {
            let inputs = RegionInputs::new(plan, index, &drivers)?;
            let actuals = regions::actuals(plan, &drivers, (inputs.region, year), &Rates::Real(year));
            let outcome = regions::evaluate(&inputs, &heads, actuals.as_ref());
            let judged = |q| open_judgements(plan, year, inputs.region, people.last_closed, q);
            by_region.push(Arc::new(Rollups::judged(&inputs, &outcome, judged)));
            regions.push(outcome);
            all_actuals.push(actuals);
        }
        let sums = |members: &[usize]| {
            let parts: Vec<&Arc<Rollups>> = members.iter().filter_map(|r| by_region.get(*r)).collect();
            Rollups::of_many(plan, &parts, None)
        };
        let by_area = plan.area_members().iter().map(|members| sums(members)).collect();
        let whole = sums(&(0..regions.len()).collect::<Vec<_>>());
        Some(Self {
            plan: Arc::clone(plan),
            people: Arc::new(people),
            regions,
            actuals: all_actuals,
            by_region,
            by_area,
            whole,
        })
    }

    /// The plan this is the outlook of.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// a: the last closed month, counted from the plan's first.
    #[must_use]
    pub fn last_closed(&self) -> usize {
        self.people.last_closed
    }

    /// What a region booked and spent; `None` if the year states neither.
    pub(super) fn actuals(&self, region: usize) -> Option<&RegionActuals> {
        self.actuals.get(region)?.as_ref()
    }

    pub(in crate::engine) fn people(&self) -> &People {
        &self.people
    }

    /// What the heads of its months are made of.
    pub(in crate::engine) fn trace(&self, drivers: &Drivers) -> YearTrace {
        trace(&self.plan, drivers, &self.people)
    }

    /// A region, month by month.
    #[must_use]
    pub fn region(&self, index: usize) -> Option<&RegionOutcome> {
        self.regions.get(index)
    }

    /// The sums of a place in a quarter or year.
    #[must_use]
    pub fn rollup(&self, place: Place, period: Period) -> Option<&Rollup> {
        match place {
            Place::Plan => self.whole.get(period),
            Place::Area(a) => self.by_area.get(a)?.get(period),
            Place::Region(r) => self.by_region.get(r)?.get(period),
            Place::Cell(..) => None,
        }
    }

    /// A figure; `None` where the measure does not exist there.
    #[must_use]
    pub fn figure(&self, measure: YearMeasure, place: Place, period: Period) -> Option<Exact> {
        match (place, period) {
            (Place::Cell(r, k), Period::Month(t)) if t <= self.people.last_closed => self.cell_figure(measure, r, k, t),
            (Place::Region(r), Period::Month(t)) if t <= self.people.last_closed => self.region_figure(measure, r, t),
            (_, Period::Quarter(_) | Period::Year(_)) => rollup_figure(measure, self.rollup(place, period)?),
            _ => None,
        }
    }

    fn cell_figure(&self, measure: YearMeasure, r: usize, k: usize, t: usize) -> Option<Exact> {
        let month = self.regions.get(r)?.cells.get(k)?.months.get(t)?;
        let heads: Heads = match measure {
            YearMeasure::ActualActive => month.active,
            YearMeasure::ActualStarts => month.starts(),
            YearMeasure::ActualLeavers => month.leavers,
            YearMeasure::ActualClosing => month.closing(),
            YearMeasure::ActualRamped => month.ramped,
            _ => return None,
        };
        Some(heads.exact())
    }

    fn region_figure(&self, measure: YearMeasure, r: usize, t: usize) -> Option<Exact> {
        let (year, region) = (self.plan.year.as_deref()?, self.plan.regions.get(r)?);
        let month = self.regions.get(r)?.months.get(t)?;
        match measure {
            YearMeasure::Bookings if year.bookings.contains_key(&region.id) => Some(month.capacity.exact()),
            YearMeasure::ActualCost if year.costs.contains_key(&region.id) => Some(month.total_cost().exact()),
            _ => None,
        }
    }

    /// What happened in the closed months of a period: capacity, total cost, or closing heads of the last of them. `None` for
    /// other measures, and if none of its months is closed.
    #[must_use]
    pub fn actual(&self, measure: Measure, place: Place, period: Period) -> Option<Exact> {
        let months = match period {
            Period::Month(t) => t..t + 1,
            Period::Quarter(q) => q * 3..q * 3 + 3,
            Period::Year(year) => year * 12..year * 12 + 12,
            Period::All => 0..self.plan.calendar.months(),
        };
        let closed = months.start..months.end.min(self.people.last_closed + 1);
        let last = closed.clone().next_back()?;
        let regions: Vec<&RegionOutcome> = match place {
            Place::Plan => self.regions.iter().collect(),
            Place::Area(a) => self.plan.area_members().get(a)?.iter().filter_map(|r| self.regions.get(*r)).collect(),
            Place::Region(r) => vec![self.regions.get(r)?],
            Place::Cell(..) => return None,
        };
        let sum = |of: &dyn Fn(&RegionOutcome) -> Exact| regions.iter().map(|region| of(region)).sum::<Exact>();
        match measure {
            Measure::Capacity => Some(sum(&|region| closed.clone().map(|t| region.month(t).capacity.exact()).sum())),
            Measure::TotalCost => {
                Some(sum(&|region| closed.clone().map(|t| region.month(t).total_cost().exact()).sum()))
            }
            Measure::Closing => {
                Some(sum(&|region| region.cells.iter().map(|cell| cell.month(last).closing().exact()).sum()))
            }
            _ => None,
        }
    }

    /// Every figure of a place, a region's with those of its cells, in no particular order.
    #[must_use]
    pub fn figures(&self, place: Place) -> Vec<YearFigure> {
        let cells = match place {
            Place::Region(r) => (0..self.plan.roles.len()).map(|k| Place::Cell(r, k)).collect(),
            _ => Vec::new(),
        };
        let mut all = Vec::new();
        for place in [place].into_iter().chain(cells) {
            for period in self.plan.calendar.periods() {
                let figure = |measure: &YearMeasure| {
                    let value = self.figure(*measure, place, period)?;
                    Some(YearFigure { measure: *measure, place, period, value })
                };
                all.extend(YearMeasure::ALL.iter().filter_map(figure));
            }
        }
        all
    }

    /// The whole plan, its areas and its regions.
    fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let (areas, regions) = (self.by_area.len(), self.by_region.len());
        [Place::Plan].into_iter().chain((0..areas).map(Place::Area)).chain((0..regions).map(Place::Region))
    }
}

/// A measure of the outlook from the sums of a quarter or year.
fn rollup_figure(measure: YearMeasure, sums: &Rollup) -> Option<Exact> {
    sums.figure(match measure {
        YearMeasure::OutlookCapacity => Measure::Capacity,
        YearMeasure::OutlookGap => Measure::Gap,
        YearMeasure::OutlookCoverage => Measure::CapacityCoverage,
        YearMeasure::OutlookCost => Measure::TotalCost,
        YearMeasure::OutlookClosing => Measure::Closing,
        _ => return None,
    })
}

/// What the judgements of a quarter add to the outlook: in a region with bookings, only for the open months.
fn open_judgements(plan: &Plan, year: &Year, region: &Region, last_closed: usize, quarter: usize) -> Money {
    let all = judgements(plan, region, quarter);
    let closed = closed_months(last_closed, quarter);
    if closed == 0 || !year.bookings.contains_key(&region.id) {
        return all;
    }
    share_of_quarter(all, 3 - closed)
}

/// The closed months of a quarter.
pub(in crate::engine) fn closed_months(last_closed: usize, quarter: usize) -> u32 {
    (quarter * 3..quarter * 3 + 3).map(|t| u32::from(t <= last_closed)).sum()
}

/// The part of an amount of a quarter that belongs to so many of its months.
pub(super) fn share_of_quarter(amount: Money, months: u32) -> Money {
    Money::new((amount.exact() * Exact::from(months) / Exact::from(3_u32)).round(2))
}

fn out_of_range(plan: &Plan, figure: &YearFigure) -> OutlookOutOfRange {
    let place = match figure.place {
        Place::Plan => "the whole plan".to_owned(),
        Place::Area(a) => plan.areas().get(a).map_or_else(String::new, |area| (*area).to_owned()),
        Place::Region(r) | Place::Cell(r, _) => {
            plan.regions.get(r).map_or_else(String::new, |region| region.name.clone())
        }
    };
    OutlookOutOfRange { measure: figure.measure.name(), place, period: plan.calendar.name(figure.period) }
}
