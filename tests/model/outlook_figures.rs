//! What views show of an outlook beside its coverages: costs by line, and headcount walks.

use muster::engine::{Measure, Place, Walks};
use muster::units::{Exact, Money, Period};

use super::year::{outlook, plan, reference};

const YEARS: [&str; 4] = ["year-1.json", "year-a.json", "year-b.json", "year-edges.json"];

/// Every place but cells, with every quarter and year.
fn everywhere(outlook: &muster::engine::Outlook) -> Vec<(Place, Period)> {
    let (plan, calendar) = (outlook.plan(), outlook.plan().calendar);
    let places = (0..plan.regions.len()).map(Place::Region).chain((0..plan.areas().len()).map(Place::Area));
    let periods = || (0..calendar.quarters).map(Period::Quarter).chain((0..calendar.years()).map(Period::Year));
    places.chain([Place::Plan]).flat_map(|place| periods().map(move |period| (place, period))).collect()
}

#[test]
fn cost_lines_of_an_outlook_foot_to_its_cost() {
    let mut others = 0;
    for name in YEARS {
        let outlook = outlook(&plan(&reference(name)));
        for (place, period) in everywhere(&outlook) {
            let cost = |measure: Measure| outlook.cost(measure, place, period).unwrap();
            let lines = |of_people: bool| -> Money {
                Measure::cost_lines().filter(|m| m.cost_line().is_some() == of_people).map(cost).sum()
            };
            let other = outlook.other_cost(place, period).unwrap();
            let at = format!("{name}, {place:?}, {period:?}");
            assert_eq!(lines(true) + other, cost(Measure::PeopleCost), "{at}");
            assert_eq!(lines(false), cost(Measure::ProgrammeCost), "{at}");
            assert_eq!(cost(Measure::PeopleCost) + cost(Measure::ProgrammeCost), cost(Measure::TotalCost), "{at}");
            assert_eq!(cost(Measure::TotalCost), outlook.rollup(place, period).unwrap().total_cost, "{at}");
            others += usize::from(other != Money::ZERO);
        }
    }
    assert!(others > 0, "something was spent on no line");
}

/// 110,000, 118,000 and 118,000 EUR at 1.25 were spent in the first quarter.
#[test]
fn what_was_spent_stands_in_its_line() {
    let outlook = outlook(&plan(&reference("year-1.json")));
    let base = outlook.cost(Measure::BasePay, Place::Region(0), Period::Quarter(0));
    assert_eq!(base.map(Money::exact), Some(Exact::from(432_500_u32)));
    assert_eq!(outlook.cost(Measure::Capacity, Place::Plan, Period::Quarter(0)), None);
    assert_eq!(outlook.cost(Measure::BasePay, Place::Cell(0, 0), Period::Quarter(0)), None);
    assert_eq!(outlook.budget_left(0), None, "the plan has no budget");
}

#[test]
fn walks_of_an_outlook_balance_and_end_in_its_heads() {
    for name in YEARS {
        let outlook = outlook(&plan(&reference(name)));
        let walks = Walks::of_outlook(&outlook);
        for (place, period) in everywhere(&outlook) {
            let walk = walks.get(place, period).unwrap();
            let sum = walk.opening + walk.moved_in - walk.moved_out + walk.growth + walk.backfills
                - walk.leavers
                - walk.exits;
            // Cohorts are exact to 28 digits, and so are their sums.
            assert_eq!(sum.exact().round(20), walk.closing.exact().round(20), "{name}, {place:?}, {period:?}");
            let closing = outlook.rollup(place, period).unwrap().figure(Measure::Closing);
            assert_eq!(
                Some(walk.closing.exact().round(20)),
                closing.map(|heads| heads.round(20)),
                "{name}, {place:?}, {period:?}"
            );
        }
    }
}
