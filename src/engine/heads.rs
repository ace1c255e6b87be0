//! The headcount walk of any place over any period: a cell's month as the engine has it, and the sums above it
//! (model section 3). The walk of the cohorts themselves is in `cohorts` and `cell`.

use std::collections::BTreeMap;

use super::{CellMonth, Measure, Outcome, Outlook, Place};
use crate::plan::Plan;
use crate::units::{Exact, Heads, Period};

/// A headcount walk: opening − moved out + moved in + growth + backfills − leavers − exits = closing.
///
/// Flows add up over months and over places. Opening is that of the period's first month; active, ramped and closing
/// heads are those of its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Walk {
    /// Heads before the first month's moves and starts.
    pub opening: Heads,
    /// Heads that come from other cells.
    pub moved_in: Heads,
    /// Heads that go to other cells.
    pub moved_out: Heads,
    /// Growth starts.
    pub growth: Heads,
    /// Backfill starts.
    pub backfills: Heads,
    /// Heads at work in the last month.
    pub active: Heads,
    /// Leavers.
    pub leavers: Heads,
    /// Planned exits.
    pub exits: Heads,
    /// Heads after the last month's leavers and exits.
    pub closing: Heads,
    /// Heads counted by their productivity, in the last month.
    pub ramped: Heads,
}

impl Walk {
    /// The measures of a walk, in its order.
    pub const MEASURES: [Measure; 10] = [
        Measure::Opening,
        Measure::MovedIn,
        Measure::MovedOut,
        Measure::Growth,
        Measure::Backfills,
        Measure::Leavers,
        Measure::Exits,
        Measure::Closing,
        Measure::Active,
        Measure::Ramped,
    ];

    fn of(month: &CellMonth) -> Self {
        Self {
            opening: month.opening(),
            moved_in: month.moved_in,
            moved_out: month.moved_out,
            growth: month.growth,
            backfills: month.backfills,
            active: month.active,
            leavers: month.leavers,
            exits: month.exits,
            closing: month.closing(),
            ramped: month.ramped,
        }
    }

    /// The sum with another place in the same period.
    fn beside(self, other: &Self) -> Self {
        Self {
            opening: self.opening + other.opening,
            moved_in: self.moved_in + other.moved_in,
            moved_out: self.moved_out + other.moved_out,
            growth: self.growth + other.growth,
            backfills: self.backfills + other.backfills,
            active: self.active + other.active,
            leavers: self.leavers + other.leavers,
            exits: self.exits + other.exits,
            closing: self.closing + other.closing,
            ramped: self.ramped + other.ramped,
        }
    }

    /// The sum with the next period in the same place.
    fn then(self, later: &Self) -> Self {
        Self {
            opening: self.opening,
            moved_in: self.moved_in + later.moved_in,
            moved_out: self.moved_out + later.moved_out,
            growth: self.growth + later.growth,
            backfills: self.backfills + later.backfills,
            leavers: self.leavers + later.leavers,
            exits: self.exits + later.exits,
            ..*later
        }
    }

    /// One figure of the walk; `None` for other measures.
    #[must_use]
    pub const fn figure(&self, measure: Measure) -> Option<Heads> {
        Some(match measure {
            Measure::Opening => self.opening,
            Measure::Growth => self.growth,
            Measure::Backfills => self.backfills,
            Measure::Active => self.active,
            Measure::Leavers => self.leavers,
            Measure::MovedIn => self.moved_in,
            Measure::MovedOut => self.moved_out,
            Measure::Exits => self.exits,
            Measure::Closing => self.closing,
            Measure::Ramped => self.ramped,
            _ => return None,
        })
    }
}

/// The parts of a place: regions of the plan or an area, cells of a region, nothing for a cell.
pub(super) fn parts(plan: &Plan, place: Place) -> Vec<Place> {
    match place {
        Place::Plan => (0..plan.regions.len()).map(Place::Region).collect(),
        Place::Area(a) => {
            let areas = plan.areas();
            let here = areas.get(a).copied();
            let regions = plan.regions.iter().enumerate().filter(|(_, r)| Some(r.area.as_str()) == here);
            regions.map(|(r, _)| Place::Region(r)).collect()
        }
        Place::Region(r) if r < plan.regions.len() => (0..plan.roles.len()).map(|k| Place::Cell(r, k)).collect(),
        Place::Region(_) | Place::Cell(..) => Vec::new(),
    }
}

/// The parts of a period: months of a quarter, quarters of a year.
pub(super) fn steps(plan: &Plan, period: Period) -> Vec<Period> {
    let calendar = plan.calendar;
    match period {
        Period::Quarter(q) if q < calendar.quarters => (q * 3..q * 3 + 3).map(Period::Month).collect(),
        Period::Year(y) => calendar.quarters_of(y).map(Period::Quarter).collect(),
        Period::Quarter(_) | Period::Month(_) | Period::All => Vec::new(),
    }
}

impl Outcome {
    /// The headcount walk of a place in a month, quarter or year; `None` outside the plan, and for `Period::All`.
    #[must_use]
    pub fn walk(&self, place: Place, period: Period) -> Option<Walk> {
        if !matches!(period, Period::Month(_)) {
            let walks = steps(self.plan(), period).into_iter().map(|step| self.walk(place, step));
            return over_time(walks.collect::<Option<Vec<_>>>()?);
        }
        let Period::Month(t) = period else { return None };
        if let Place::Cell(r, k) = place {
            return self.region(r)?.cells.get(k)?.months.get(t).map(Walk::of);
        }
        over_places(
            parts(self.plan(), place).into_iter().map(|part| self.walk(part, period)).collect::<Option<Vec<_>>>()?,
        )
    }

    /// A figure of the walk of any place and period; [`Outcome::figure`] has those of a cell's month.
    pub(super) fn walk_figure(&self, measure: Measure, place: Place, period: Period) -> Option<Exact> {
        Walk::MEASURES.contains(&measure).then(|| self.walk(place, period))??.figure(measure).map(Heads::exact)
    }
}

fn over_places(walks: Vec<Walk>) -> Option<Walk> {
    walks.into_iter().reduce(|sums, walk| sums.beside(&walk))
}

fn over_time(walks: Vec<Walk>) -> Option<Walk> {
    walks.into_iter().reduce(|sums, walk| sums.then(&walk))
}

/// The walks of every place over every month, quarter and year, for a table of them all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Walks(BTreeMap<Place, Vec<(Period, Walk)>>);

impl Walks {
    /// All walks of an outcome: as [`Outcome::walk`] gives them, each sum made once.
    #[must_use]
    pub fn of(outcome: &Outcome) -> Self {
        Self::new(outcome.plan(), |r, k, t| outcome.region(r)?.cells.get(k)?.months.get(t).map(Walk::of))
    }

    /// All walks of an outlook: of the people who were there in closed months, and of the model from there on.
    #[must_use]
    pub fn of_outlook(outlook: &Outlook) -> Self {
        Self::new(outlook.plan(), |r, k, t| outlook.region(r)?.cells.get(k)?.months.get(t).map(Walk::of))
    }

    fn new(plan: &Plan, cell: impl Fn(usize, usize, usize) -> Option<Walk>) -> Self {
        let (regions, roles) = (plan.regions.len(), plan.roles.len());
        let cells = (0..regions).flat_map(|r| (0..roles).map(move |k| Place::Cell(r, k)));
        let areas = (0..plan.areas().len()).map(Place::Area);
        let above = (0..regions).map(Place::Region).chain(areas).chain([Place::Plan]);
        let mut walks = Self::default();
        for place in cells.chain(above) {
            let mut here = Vec::new();
            let parts = parts(plan, place);
            for t in 0..plan.calendar.months() {
                let period = Period::Month(t);
                let walk = match place {
                    Place::Cell(r, k) => cell(r, k, t),
                    _ => over_places(parts.iter().filter_map(|part| walks.get(*part, period)).copied().collect()),
                };
                here.extend(walk.map(|walk| (period, walk)));
            }
            walks.0.insert(place, here);
            let longer = (0..plan.calendar.quarters).map(Period::Quarter);
            for period in longer.chain((0..plan.calendar.years()).map(Period::Year)) {
                let steps = steps(plan, period);
                let walk = over_time(steps.iter().filter_map(|step| walks.get(place, *step)).copied().collect());
                walks.0.entry(place).or_default().extend(walk.map(|walk| (period, walk)));
            }
        }
        walks
    }

    /// The walk of a place in a month, quarter or year.
    #[must_use]
    pub fn get(&self, place: Place, period: Period) -> Option<&Walk> {
        let here = self.0.get(&place)?;
        // In order of `Period`: months, quarters, years.
        here.binary_search_by_key(&period, |(p, _)| *p).ok().and_then(|i| here.get(i)).map(|(_, walk)| walk)
    }
}
