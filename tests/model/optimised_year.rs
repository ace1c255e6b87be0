//! Best plans where months are closed: hires of quarters that have begun stay as they are.

use std::sync::Arc;

use muster::analysis::Progress;
use muster::analysis::optimisation::{Effort, Limits, Objective, OpenCell, Problem, objective_value, optimise};
use muster::engine::{LimitKind, Outcome};
use muster::plan::Plan;
use serde_json::json;

use super::year::{closed_through, plan, reference};

fn closed(last: usize, delay: u32) -> Arc<Plan> {
    let mut document = reference("year-1.json");
    closed_through(&mut document, last);
    document["levers"] = json!({"hire_delay": delay});
    plan(&document)
}

fn open_quarters(last: usize, delay: u32) -> Vec<usize> {
    Problem::new(&closed(last, delay), Objective::Capacity).open.iter().map(|open| open.quarter).collect()
}

#[test]
fn quarters_whose_hires_start_in_open_months_are_open() {
    assert_eq!(open_quarters(0, 0), [1, 2, 3]);
    assert_eq!(open_quarters(2, 0), [1, 2, 3]);
    assert_eq!(open_quarters(3, 0), [2, 3]);
    assert_eq!(open_quarters(3, 1), [1, 2, 3], "they start in November");
    assert_eq!(open_quarters(11, 0), Vec::<usize>::new());
}

#[test]
fn a_quarter_that_has_begun_cannot_be_opened() {
    let plan = closed(2, 0);
    let mut problem = Problem::new(&plan, Objective::Capacity);
    problem.open.push(OpenCell { region: 0, role: 0, quarter: 0, min: 0, max: 5 });
    let outcome = Outcome::of(plan).unwrap();
    let error = optimise(&outcome, &problem, Effort::default(), &Progress::default()).unwrap_err();
    let words = "France, AE, FY11 Q1 cannot be open: the plan is closed through 2010-09; choose a quarter whose hires start later";
    assert!(error.to_string().contains(words), "{error}");
}

/// All hires of open quarters that the envelope of ten allows beside the three that are there.
#[test]
fn no_plan_with_the_hires_of_closed_quarters_beats_the_bound() {
    let plan = closed(2, 0);
    let mut problem = Problem::new(&plan, Objective::Capacity);
    problem.limits = Limits::only(&[LimitKind::Envelope]);
    let outcome = Outcome::of(Arc::clone(&plan)).unwrap();
    let effort = Effort { rounds: 1, steps: 200 };
    let found = optimise(&outcome, &problem, effort, &Progress::default()).unwrap();
    let hires = |plan: &Plan, quarter| plan.hires(&plan.regions[0].id, &plan.roles[0].id, quarter);
    assert_eq!(hires(found.outcome.plan(), 0), 3);
    let mut document = reference("year-1.json");
    let mut best = found.before;
    for (one, two) in (0..=7).flat_map(|one| (0..=7 - one).map(move |two| (one, two))) {
        document["hires"]["fr"]["ae"] = json!([3, one, two, 7 - one - two]);
        let outcome = Outcome::of(super::year::plan(&document)).unwrap();
        best = best.max(objective_value(&outcome, &problem));
    }
    assert_eq!((found.objective, found.bound >= best), (best, true), "{}", found.bound);
}
