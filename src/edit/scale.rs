//! The growth hires of a fiscal year scaled to another number, with the same mix.

use crate::plan::{Plan, PlanEdit};
use crate::units::split_whole;

/// The edits that make the growth hires of a fiscal year add up to `total`, in whole people and with the same mix.
///
/// Each cell and quarter gets its hires × total ÷ present total, rounded down; the people who are left go one by one to
/// the largest remainders, ties to the earlier region, role and quarter of the plan. Without hires in that year there is no
/// mix, and no edit.
#[must_use]
pub fn scale_hires(plan: &Plan, year: usize, total: u32) -> Vec<PlanEdit> {
    if plan.hires_in_year(year) == 0 {
        return Vec::new();
    }
    let mut cells = Vec::new();
    for region in &plan.regions {
        for role in &plan.roles {
            for quarter in plan.calendar.quarters_of(year) {
                cells.push((region, role, quarter, plan.hires(&region.id, &role.id, quarter)));
            }
        }
    }
    let present: Vec<u64> = cells.iter().map(|(_, _, _, now)| u64::from(*now)).collect();
    let scaled = split_whole(total, &present).unwrap_or_default();
    let changed = cells.into_iter().zip(scaled).filter(|((_, _, _, now), to)| now != to);
    changed
        .map(|((region, role, quarter, _), to)| PlanEdit::SetHires {
            region: region.id.clone(),
            role: role.id.clone(),
            quarter,
            to,
        })
        .collect()
}
