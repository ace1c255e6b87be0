//! The growth hires of a fiscal year scaled to another number, with the same mix.

use crate::plan::{Plan, PlanEdit};

/// The edits that make the growth hires of a fiscal year add up to `total`, in whole people and with the same mix.
///
/// Each cell and quarter gets the floor of its hires × total ÷ present total; the people who are left go one by one to
/// the largest fractional parts, ties to the earlier region, role and quarter of the plan. Without hires in that year
/// there is no mix, and no edit.
#[must_use]
pub fn scale_hires(plan: &Plan, year: usize, total: u32) -> Vec<PlanEdit> {
    let present = u32::try_from(plan.hires_in_year(year)).unwrap_or(u32::MAX);
    if present == 0 {
        return Vec::new();
    }
    let (scale, of) = (u64::from(total), u64::from(present));
    let mut cells = Vec::new();
    for region in &plan.regions {
        for role in &plan.roles {
            for quarter in plan.calendar.quarters_of(year) {
                let now = plan.hires(&region.id, &role.id, quarter);
                let wanted = u64::from(now) * scale;
                cells.push((region, role, quarter, now, wanted / of, wanted % of));
            }
        }
    }
    let given: u64 = cells.iter().map(|c| c.4).sum();
    let mut order: Vec<usize> = (0..cells.len()).collect();
    // A stable sort: ties stay in the plan's order.
    order.sort_by_key(|i| std::cmp::Reverse(cells.get(*i).map(|c| c.5)));
    let left = usize::try_from(scale.saturating_sub(given)).unwrap_or(0);
    for index in order.into_iter().take(left) {
        if let Some(cell) = cells.get_mut(index) {
            cell.4 += 1;
        }
    }
    let changed = cells.into_iter().filter(|(_, _, _, now, to, _)| u64::from(*now) != *to);
    changed
        .map(|(region, role, quarter, _, to, _)| PlanEdit::SetHires {
            region: region.id.clone(),
            role: role.id.clone(),
            quarter,
            to: u32::try_from(to).unwrap_or(u32::MAX),
        })
        .collect()
}
