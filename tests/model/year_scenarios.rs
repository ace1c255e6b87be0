//! Scenarios of a plan with closed months: what has happened is the same in all of them, and open months follow their edits
//! (`year.md`, section 13).

use std::sync::Arc;

use muster::edit::{ScenarioPlan, scenario};
use muster::engine::{Outlook, Place, YearMeasure};
use muster::plan::{Plan, PlanEdit, RegionId, RoleId, Scenario};
use muster::units::{Exact, Period};
use serde_json::json;

use super::year::{outlook, plan, reference};

fn hires(quarter: usize, to: u32) -> PlanEdit {
    PlanEdit::SetHires { region: RegionId::new("fr"), role: RoleId::new("ae"), quarter, to }
}

fn set(path: &str, to: serde_json::Value) -> PlanEdit {
    PlanEdit::Set { path: path.to_owned(), to }
}

/// Ten sellers and three growth hires of July, of whom one is cancelled, closed through September; with these edits.
fn with(edits: Vec<PlanEdit>) -> (ScenarioPlan, Outlook) {
    let mut base = Plan::clone(&plan(&reference("year-1.json")));
    base.scenarios = vec![Scenario { name: "other".to_owned(), note: String::new(), edits }].into();
    let made = scenario(&base, "other").unwrap();
    let outlook = outlook(&Arc::new(made.plan.clone()));
    (made, outlook)
}

fn growth(outlook: &Outlook, t: usize) -> Exact {
    outlook.region(0).unwrap().cell_month(0, t).growth.exact()
}

/// The closed months are those of the plan.
fn closed_months_stand((made, outlook): &(ScenarioPlan, Outlook)) {
    let (base, of_base) = with(Vec::new());
    assert_eq!(made.plan.year, base.plan.year);
    let mut compared = 0;
    for t in 0..=of_base.last_closed() {
        for (measure, place) in YearMeasure::ALL.iter().flat_map(|m| [(*m, Place::Cell(0, 0)), (*m, Place::Region(0))])
        {
            let expected = of_base.figure(measure, place, Period::Month(t));
            assert_eq!(outlook.figure(measure, place, Period::Month(t)), expected, "{measure:?} in month {t}");
            compared += usize::from(expected.is_some());
        }
    }
    assert_eq!(compared, 21, "five figures of the cell and two of the region in each closed month");
}

#[test]
fn hires_of_closed_quarters_are_overdue_and_those_of_open_ones_are_on_time() {
    let more = with(vec![hires(0, 4), hires(1, 2)]);
    assert!(more.0.lost.is_empty(), "{:?}", more.0.lost);
    closed_months_stand(&more);
    // The fourth of July is overdue: it starts after the time to fill, counted from the first open month.
    let starts: Vec<Exact> = (3..12).map(|t| growth(&more.1, t)).collect();
    assert_eq!(starts, [2, 1, 0, 0, 0, 0, 0, 0, 0].map(|n: u32| Exact::from(n)));
}

#[test]
fn people_who_are_there_stay_where_a_scenario_hires_fewer() {
    let fewer = with(vec![hires(0, 0)]);
    closed_months_stand(&fewer);
    let base = with(Vec::new()).1;
    for period in (0..4).map(Period::Quarter) {
        assert_eq!(fewer.1.rollup(Place::Plan, period), base.rollup(Place::Plan, period), "{period:?}");
    }
}

#[test]
fn a_scenario_changes_positions_and_nothing_that_has_happened() {
    let seat = "year.positions[FY11Q1-fr-ae-G003]";
    let (made, outlook) = with(vec![set(seat, json!({"status": "Planned", "expected": "2010-12"}))]);
    assert!(made.lost.is_empty(), "{:?}", made.lost);
    assert_eq!((growth(&outlook, 4), growth(&outlook, 5)), (Exact::ZERO, Exact::ONE));
    let of_closed_months = [
        set("year.through", json!("2010-08")),
        set("year.bookings[fr][1]", json!("1")),
        set("year.people[0].end", json!("2010-08-31")),
        PlanEdit::Remove { path: "year.people[12]".to_owned() },
        set("year", json!(null)),
    ];
    let (made, _) = with(of_closed_months.to_vec());
    assert_eq!(
        made.lost.iter().map(|lost| &lost.edit).collect::<Vec<_>>(),
        of_closed_months.iter().collect::<Vec<_>>()
    );
    let reason = made.lost[1].reason.to_string();
    assert_eq!(
        reason,
        "year.bookings[fr][1]: what has happened is the same in every scenario; show the base plan and change it there"
    );
    assert_eq!(made.plan.year, with(Vec::new()).0.plan.year);
}
