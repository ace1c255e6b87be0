//! Growth hires by which two plans differ, and the edits that make the one out of the other.

use crate::analysis::HireChange;
use crate::plan::{Plan, PlanEdit};

/// Where the growth hires of two plans of the same regions and roles differ, in the order of the first plan.
#[must_use]
pub fn changes(from: &Plan, to: &Plan) -> Vec<HireChange> {
    let mut found = Vec::new();
    for (r, region) in from.regions.iter().enumerate() {
        for (k, role) in from.roles.iter().enumerate() {
            found.extend((0..from.calendar.quarters).filter_map(|quarter| {
                let [before, after] = [from, to].map(|plan| plan.hires(&region.id, &role.id, quarter));
                let change = HireChange { region: r, role: k, quarter, from: before, to: after };
                (before != after).then_some(change)
            }));
        }
    }
    found
}

/// The edits that make those changes in the plan that they start from.
#[must_use]
pub fn edits(plan: &Plan, changes: &[HireChange]) -> Vec<PlanEdit> {
    changes.iter().filter_map(|change| open_to(plan, change)).collect()
}

/// The edit that makes a change.
fn open_to(plan: &Plan, change: &HireChange) -> Option<PlanEdit> {
    let region = plan.regions.get(change.region)?.id.clone();
    let role = plan.roles.get(change.role)?.id.clone();
    Some(PlanEdit::SetHires { region, role, quarter: change.quarter, to: change.to })
}
