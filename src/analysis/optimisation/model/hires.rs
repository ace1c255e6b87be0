//! The growth hires of a plan, as the list of numbers that an optimisation decides and as edits of the plan.

use std::sync::Arc;

use super::problem::{OpenCell, Problem};
use crate::analysis::HireChange;
use crate::analysis::error::AnalysisError;
use crate::engine::Outcome;
use crate::plan::{Plan, PlanEdit};

/// Growth hires of every open cell and quarter of a problem, in its order.
pub(crate) fn current_hires(outcome: &Outcome, problem: &Problem) -> Vec<u32> {
    let plan = outcome.plan();
    let hires = |open: &OpenCell| match (plan.regions.get(open.region), plan.roles.get(open.role)) {
        (Some(region), Some(role)) => plan.hires(&region.id, &role.id, open.quarter),
        _ => 0,
    };
    problem.open.iter().map(hires).collect()
}

/// The outcome of the plan with these hires in the open cells and quarters of a problem.
pub(crate) fn evaluate_hires(start: &Outcome, problem: &Problem, hires: &[u32]) -> Result<Outcome, AnalysisError> {
    let mut plan = (**start.plan()).clone();
    for ((open, to), from) in problem.open.iter().zip(hires).zip(current_hires(start, problem)) {
        if *to != from {
            set_hires(&mut plan, open, *to);
        }
    }
    let what = "a plan with other growth hires".to_owned();
    start.after(Arc::new(plan)).map_err(|error| AnalysisError::Evaluate { what, error })
}

/// Sets the hires of an open cell and quarter; does nothing if the plan has no such place.
pub(crate) fn set_hires(plan: &mut Plan, open: &OpenCell, hires: u32) {
    let (Some(region), Some(role)) = (plan.regions.get(open.region), plan.roles.get(open.role)) else { return };
    let (region, role, quarters) = (region.id.clone(), role.id.clone(), plan.calendar.quarters);
    let list = plan.hires.entry(region).or_default().entry(role).or_default();
    if list.len() < quarters {
        list.resize(quarters, 0);
    }
    if let Some(entry) = list.get_mut(open.quarter) {
        *entry = hires;
    }
}

/// The growth hires in which two plans of the same regions and roles differ, in the order of the first plan.
#[must_use]
pub fn hire_changes(from: &Plan, to: &Plan) -> Vec<HireChange> {
    let mut changes = Vec::new();
    for (r, region) in from.regions.iter().enumerate() {
        for (k, role) in from.roles.iter().enumerate() {
            changes.extend((0..from.calendar.quarters).filter_map(|quarter| {
                let [before, after] = [from, to].map(|plan| plan.hires(&region.id, &role.id, quarter));
                let change = HireChange { region: r, role: k, quarter, from: before, to: after };
                (before != after).then_some(change)
            }));
        }
    }
    changes
}

/// The edits that make these changes in a plan.
#[must_use]
pub fn hire_edits(plan: &Plan, changes: &[HireChange]) -> Vec<PlanEdit> {
    changes.iter().filter_map(|change| hire_edit(plan, change)).collect()
}

fn hire_edit(plan: &Plan, change: &HireChange) -> Option<PlanEdit> {
    let region = plan.regions.get(change.region)?.id.clone();
    let role = plan.roles.get(change.role)?.id.clone();
    Some(PlanEdit::SetHires { region, role, quarter: change.quarter, to: change.to })
}
