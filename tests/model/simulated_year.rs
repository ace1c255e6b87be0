//! Simulations of plans with closed months: from the outlook, which is certain as far as it has happened (model section 10;
//! `year.md`, section 13).

use std::collections::BTreeSet;
use std::sync::Arc;

use muster::analysis::{Simulation, Spread};
use muster::engine::{Measure, Outlook, Place};
use muster::plan::Plan;
use muster::units::{Exact, Period};
use serde_json::json;

use super::simulation::{agrees, ratio, simulated, without_spread, without_support};
use super::year::{closed_through, outlook, plan, reference};

const YEARS: [&str; 4] = ["year-1.json", "year-a.json", "year-b.json", "year-edges.json"];

fn of_year(name: &str) -> Plan {
    Plan::clone(&plan(&reference(name)))
}

/// Every spread of a simulation with its measure, place and period.
fn spreads(simulation: &Simulation) -> Vec<(Measure, Place, Period, Spread)> {
    let mut all = Vec::new();
    for place in simulation.places() {
        for period in simulation.periods() {
            let of = |measure| Some((measure, place, period, simulation.spread(measure, place, period)?));
            all.extend(Simulation::MEASURES.into_iter().filter_map(of));
        }
    }
    all
}

/// Whether every trial gives the figure of the outlook: money to the cent, a ratio to the last decimal that is reported,
/// where a float and an exact number may be rounded apart.
fn is_certain(found: &Spread, outlook: &Outlook, measure: Measure, place: Place, period: Period) -> bool {
    let expected = outlook.rollup(place, period).and_then(|sums| sums.figure(measure));
    let expected = expected.unwrap().round(measure.unit().places());
    let most: Exact = if measure == Measure::CapacityCoverage { "0.000001" } else { "0" }.parse().unwrap();
    let is_near = |figure: &Exact| (*figure - expected).max(expected - *figure) <= most;
    found.deviation == Some(Exact::ZERO) && found.quantiles.iter().chain([&found.mean.value]).all(is_near)
}

/// Within four standard errors of each mean, as for plans without a year; with a fixed seed they are the same every time.
#[test]
fn means_of_trials_are_those_of_the_outlook() {
    for name in YEARS {
        let mut plan = of_year(name);
        without_spread(&mut plan);
        without_support(&mut plan);
        plan.assumptions.accounts_limit = false;
        for region in &mut plan.regions {
            region.partners = None;
        }
        agrees(plan, 1000);
    }
}

#[test]
fn where_nobody_leaves_every_trial_is_the_outlook() {
    for name in YEARS {
        let mut plan = of_year(name);
        without_spread(&mut plan);
        plan.levers.attrition_factor = ratio("0");
        plan.levers.fill_rate = ratio("1");
        plan.changes.retain(|change| !change.path.contains("backfill_share"));
        for role in &mut plan.roles {
            role.backfill_share = ratio("1");
        }
        agrees(plan, 2);
    }
}

#[test]
fn closed_quarters_are_certain_and_open_ones_are_not() {
    for name in YEARS {
        let plan = of_year(name);
        let outlook = outlook(&Arc::new(plan.clone()));
        let mut uncertain = BTreeSet::new();
        for (measure, place, period, found) in spreads(&simulated(plan, 60)) {
            let is_closed = match period {
                Period::Quarter(q) => q * 3 + 2 <= outlook.last_closed(),
                _ => false,
            };
            if is_closed {
                let place_and_figures = (place, period, &found);
                let certain = is_certain(&found, &outlook, measure, place, period);
                assert!(certain, "{name}: {measure} {place_and_figures:?}");
            } else if found.deviation > Some(Exact::ZERO) {
                uncertain.insert(measure);
            }
        }
        assert!(uncertain.contains(&Measure::Capacity) && uncertain.contains(&Measure::TotalCost), "{name}");
        // Nobody leaves in the first of them.
        assert_eq!(uncertain.contains(&Measure::Closing), name != "year-1.json", "{name}");
    }
}

#[test]
fn where_all_months_are_closed_every_trial_is_what_happened() {
    for name in YEARS {
        let mut document = reference(name);
        let quarters = usize::try_from(document["calendar"]["quarters"].as_u64().unwrap()).unwrap();
        closed_through(&mut document, quarters * 3 - 1);
        let plan = plan(&document);
        let outlook = outlook(&plan);
        let found = spreads(&simulated(Plan::clone(&plan), 12));
        assert!(found.len() > quarters, "{name}");
        for (measure, place, period, found) in found {
            let certain = is_certain(&found, &outlook, measure, place, period);
            assert!(certain, "{name}: {measure} {place:?} {period:?} {found:?}");
        }
    }
}

/// A position that somebody has accepted starts for certain; one that is merely open may not be filled.
#[test]
fn accepted_positions_start_for_certain() {
    let closing = |status: &str| {
        let mut document = reference("year-1.json");
        document["uncertainty"]["acceptance"] = json!("0.5");
        document["uncertainty"]["start_delay_mean"] = json!("0");
        document["levers"]["attrition_factor"] = json!("0");
        document["hires"] = json!({"fr": {"ae": [2, 1]}});
        document["year"]["positions"] = json!({"FY11Q2-fr-ae-G001": {"status": status}});
        let quarters = document["calendar"]["quarters"].as_u64().unwrap();
        document["hires"]["fr"]["ae"].as_array_mut().unwrap().resize(usize::try_from(quarters).unwrap(), json!(0));
        let found = simulated(Plan::clone(&plan(&document)), 200);
        found.spread(Measure::Closing, Place::Plan, Period::Quarter(1)).unwrap()
    };
    let (signed, open) = (closing("Accepted"), closing("Open"));
    assert_eq!(signed.deviation, Some(Exact::ZERO));
    assert_eq!(open.quantiles[6], signed.quantiles[6], "all are filled");
    assert_eq!(open.quantiles[0], signed.quantiles[0] - Exact::ONE, "the position is not filled");
}
