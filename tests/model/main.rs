//! The model: every figure, what explains it, and what is worked out from figures. Runs without files or a window.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test stops where its ground is missing")]

mod analysis;
mod conformance;
mod cost;
mod exact;
mod explain;
mod fixes;
mod guide;
mod heads;
mod matching;
mod optimisation;
mod optimisation_second;
mod optimised_year;
mod outlook_figures;
mod plan_figures;
mod scenarios;
mod simulated_year;
mod simulation;
mod steps;
mod structure;
mod why;
mod year;
mod year_scenarios;

use muster::files::Template;
use muster::plan::{Plan, RegionId};

/// A bundled plan without what the second schema added: nobody moves, no value changes, and nothing runs out.
fn first_schema(name: &str) -> Plan {
    let mut plan = Template::by_name(name).unwrap().plan().unwrap();
    plan.moves.clear();
    plan.exits.clear();
    plan.changes.clear();
    plan.assumptions.accounts_limit = false;
    for region in &mut plan.regions {
        region.partners = None;
        region.seasonality = None;
    }
    plan
}

/// Takes a region out of a plan, with all that is stated of it.
fn take_region_out(plan: &mut Plan, id: &str) {
    let is_other = |region: &RegionId| region.as_str() != id;
    plan.regions.retain(|region| is_other(&region.id));
    plan.pay.retain(|region, _| is_other(region));
    plan.hires.retain(|region, _| is_other(region));
    plan.targets.retain(|region, _| is_other(region));
    plan.baseline.retain(|group| is_other(&group.region));
    plan.judgements.retain(|judgement| is_other(&judgement.region));
    plan.moves.retain(|one| is_other(&one.from.region) && is_other(&one.to.region));
    plan.changes.retain(|change| !change.path.contains(&format!("[{id}]")));
}
