//! The headcount walk at every level: it balances, follows on itself, and ends where `evaluate` says it does.

use std::sync::Arc;

use muster::engine::{Measure, Outcome, Place, Walk, Walks};
use muster::files::Template;
use muster::units::{Exact, Heads, Period, Ratio};

/// A bundled plan with late and unfilled hires, so that fractions appear everywhere.
fn outcome(name: &str) -> Outcome {
    let mut plan = Template::by_name(name).unwrap().plan().unwrap();
    plan.levers.hire_delay = 1;
    plan.levers.fill_rate = Ratio::new("0.93".parse().unwrap());
    Outcome::of(Arc::new(plan)).unwrap()
}

fn places(outcome: &Outcome) -> Vec<Place> {
    let plan = outcome.plan();
    let (regions, roles) = (plan.regions.len(), plan.roles.len());
    let cells = (0..regions).flat_map(|r| (0..roles).map(move |k| Place::Cell(r, k)));
    let wide = (0..plan.areas().len()).map(Place::Area).chain((0..regions).map(Place::Region));
    std::iter::once(Place::Plan).chain(wide).chain(cells).collect()
}

/// Equal within the digits that each step carries.
fn close(one: Heads, other: Heads) -> bool {
    let difference = (one - other).exact();
    difference.max(-difference) < "0.000000000000000001".parse::<Exact>().unwrap()
}

#[test]
fn walk_balances_and_opens_where_the_last_one_closed() {
    for name in ["cloud-expansion-fy11", "us-public-sector-fy11"] {
        let outcome = outcome(name);
        let calendar = outcome.plan().calendar;
        for place in places(&outcome) {
            let months: Vec<Period> = (0..calendar.months()).map(Period::Month).collect();
            let quarters: Vec<Period> = (0..calendar.quarters).map(Period::Quarter).collect();
            let years: Vec<Period> = (0..calendar.years()).map(Period::Year).collect();
            for periods in [months, quarters, years] {
                let mut before: Option<Walk> = None;
                for period in periods {
                    let walk = outcome.walk(place, period).unwrap();
                    let came = walk.opening + walk.moved_in - walk.moved_out + walk.growth + walk.backfills;
                    let end = came - walk.leavers - walk.exits;
                    assert!(close(end, walk.closing), "{place:?} {period:?}");
                    if let Some(before) = before {
                        assert!(close(before.closing, walk.opening), "{place:?} {period:?}");
                    }
                    before = Some(walk);
                }
            }
        }
    }
}

#[test]
fn walk_of_a_place_is_the_sum_of_its_parts_and_closes_on_evaluate() {
    let outcome = outcome("cloud-expansion-fy11");
    let plan = outcome.plan();
    for period in (0..plan.calendar.quarters).map(Period::Quarter).chain((0..plan.calendar.years()).map(Period::Year)) {
        let whole = outcome.walk(Place::Plan, period).unwrap();
        for measure in Walk::MEASURES {
            let sum = |places: Vec<Place>| -> Heads {
                places.into_iter().map(|p| outcome.walk(p, period).unwrap().figure(measure).unwrap()).sum()
            };
            let areas = sum((0..plan.areas().len()).map(Place::Area).collect());
            let cells = (0..plan.regions.len()).flat_map(|r| (0..plan.roles.len()).map(move |k| Place::Cell(r, k)));
            assert!(close(areas, whole.figure(measure).unwrap()), "{measure} {period:?}");
            assert!(close(sum(cells.collect()), whole.figure(measure).unwrap()), "{measure} {period:?}");
        }
        for place in places(&outcome).into_iter().filter(|p| !matches!(p, Place::Cell(..))) {
            let closing = outcome.figure(Measure::Closing, place, period).unwrap();
            assert_eq!(outcome.walk(place, period).unwrap().closing.exact(), closing, "{place:?} {period:?}");
        }
    }
}

#[test]
fn table_of_walks_equals_each_single_walk() {
    let outcome = outcome("us-public-sector-fy11");
    let walks = Walks::of(&outcome);
    for place in places(&outcome) {
        for period in outcome.plan().calendar.periods() {
            assert_eq!(walks.get(place, period).copied(), outcome.walk(place, period), "{place:?} {period:?}");
        }
    }
    assert_eq!(outcome.walk(Place::Region(99), Period::Month(0)), None);
    assert_eq!(outcome.walk(Place::Plan, Period::Month(99)), None);
    assert_eq!(outcome.walk(Place::Plan, Period::Quarter(99)), None);
}
