//! A small plan with round figures, which the tests of the engine's rules change and check by hand.
//!
//! One region in euros (2 dollars each) with 12 sellers, 3 specialists, 1 partner manager and 1 manager, who never leave and
//! whose pay is 12,000 and 6,000 a year; no hires; equal months. One seller sells 100,000 a month.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{EvaluateError, Measure, Outcome, Place};
use crate::plan::Plan;
use crate::units::{Exact, Heads, Period, Ratio};

/// Inputs to change: the JSON pointer of a field, and its value.
pub(crate) type Changes<'a> = &'a [(&'a str, Value)];

/// The cells of the plan.
pub(crate) const SELLER: Place = Place::Cell(0, 0);
pub(crate) const SPECIALIST: Place = Place::Cell(0, 1);
pub(crate) const PARTNER_MANAGER: Place = Place::Cell(0, 2);
pub(crate) const REGION: Place = Place::Region(0);

fn role(id: &str, kind: &Value) -> Value {
    json!({
        "id": id, "name": id, "kind": kind, "ramp": [], "ramp_guarantee": "0",
        "attrition": {"first_year": "0", "later": "0", "involuntary_share": "0.5"},
        "backfill_share": "0", "time_to_fill": 0, "travel": "10",
    })
}

fn document() -> Value {
    let pay = json!({"base": "12000", "variable": "6000"});
    let team = |role: &str, heads: u32| json!({"region": "north", "role": role, "heads": heads, "tenure": 24});
    json!({
        "schema": 1, "name": "Example",
        "calendar": {"first_month": "2024-01", "quarters": 8, "named_by": "StartYear"},
        "currency": "USD", "rates": {"EUR": "2"},
        "envelope": {"fiscal_year": 2024, "min": 0, "max": 100},
        "budgets": {}, "recruiting_capacity": [],
        "regions": [{
            "id": "north", "name": "North", "area": "Europe", "currency": "EUR", "holidays": [],
            "burden_rate": "0.25", "workplace": "100", "accounts": 240,
            "market": [{"size": "145200000", "rival_share": "0.25"}, {"size": "0", "rival_share": "0"}],
        }],
        "roles": [
            role("seller", &json!({"Seller": {"annual_quota": "1200000", "accounts_per_head": "10"}})),
            role("specialist", &json!({"Support": {
                "serves": ["seller"], "sellers_per_head": "4", "unsupported_productivity": "0.5",
            }})),
            role("channel", &json!({"PartnerManager": {
                "partners_per_head": "10", "annual_bookings_per_partner": "12000",
            }})),
            role("manager", &json!({"Manager": {"span": "10"}})),
        ],
        "pay": {"north": {"seller": pay, "specialist": pay, "channel": pay, "manager": pay}},
        "baseline": [team("seller", 12), team("specialist", 3), team("channel", 1), team("manager", 1)],
        "hires": {}, "targets": {}, "judgements": [],
        "assumptions": {
            "attainment": "1", "attrition_basis": "Simple", "accelerator": "1",
            "seasonality": ["1", "1", "1", "1"], "month_linearity": ["1", "1", "1"], "start_phasing": ["1", "1", "1"],
            "merit": {"month": 1, "rate": "0"},
            "agency_share": "0.5", "agency_fee": "0.2", "recruiting_cost": "1000", "onboarding_cost": "500",
            "tools": "20", "severance": "2", "gross_margin": "0.5", "renewal_rate": "0.5",
        },
        "partner_programme": {"launch": "2024-01", "first_year_incentive": "0.2", "renewal_incentive": "0.1"},
        "sla": {"expected_credits": "0.01"},
        "levers": {
            "hire_delay": 0, "fill_rate": "1", "attrition_factor": "1", "ramp_slip": 0, "attainment_factor": "1",
            "pay_factor": "1", "target_factor": "1",
        },
    })
}

/// The plan with some inputs changed.
pub(crate) fn plan(changes: Changes<'_>) -> Plan {
    let mut document = document();
    for (pointer, value) in changes {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Object(fields) => drop(fields.insert(key.to_owned(), value.clone())),
            Value::Array(entries) => *entries.get_mut(key.parse::<usize>().unwrap()).unwrap() = value.clone(),
            other => panic!("{pointer}: {other} has no fields"),
        }
    }
    serde_json::from_value(document).unwrap()
}

/// The outcome of the plan with some inputs changed.
pub(crate) fn outcome(changes: Changes<'_>) -> Outcome {
    Outcome::of(Arc::new(plan(changes))).unwrap()
}

/// The outcome of a plan that validation would refuse.
pub(crate) fn unvalidated(changes: Changes<'_>) -> Result<Outcome, EvaluateError> {
    Outcome::evaluate(Arc::new(plan(changes)), None, false)
}

/// Checks a measure of the first months against figures worked out by hand.
pub(crate) fn check(changes: Changes<'_>, measure: Measure, place: Place, expected: &[&str]) {
    let outcome = outcome(changes);
    let places = measure.unit().places();
    let figure = |t| outcome.figure(measure, place, Period::Month(t)).map(|figure| figure.fixed(places));
    let found: Vec<_> = (0..expected.len()).map(figure).collect();
    let expected: Vec<_> = expected.iter().map(|text| Some(exact(text).fixed(places))).collect();
    assert_eq!(found, expected, "{measure} with {changes:?}");
}

/// Checks a measure of one period; `None` where there is no figure.
pub(crate) fn check_in(
    changes: Changes<'_>,
    measure: Measure,
    (place, period): (Place, Period),
    expected: Option<&str>,
) {
    let places = measure.unit().places();
    let found = outcome(changes).figure(measure, place, period).map(|figure| figure.fixed(places));
    assert_eq!(found, expected.map(|text| exact(text).fixed(places)), "{measure} with {changes:?}");
}

pub(crate) fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

pub(crate) fn heads(text: &str) -> Heads {
    Heads::new(exact(text))
}

pub(crate) fn ratio(text: &str) -> Ratio {
    Ratio::new(exact(text))
}
