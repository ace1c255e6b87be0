//! The regions of a plan to choose from.

use crate::plan::Plan;

/// The regions of a plan as choices, after all of them together.
pub(super) fn region_choices(plan: &Plan) -> Vec<(Option<usize>, String)> {
    let regions = plan.regions.iter().enumerate().map(|(r, region)| (Some(r), region.name.clone()));
    std::iter::once((None, "All regions".to_owned())).chain(regions).collect()
}
