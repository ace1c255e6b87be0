//! Growth hires spread over places in their present proportions, in whole people: how planners type from the top down.

use crate::plan::{Plan, PlanEdit};
use crate::units::split_whole;

/// Growth hires of a role in a region in one quarter: indices of the plan's lists, the quarter from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HiresAt {
    /// The region.
    pub region: usize,
    /// The role.
    pub role: usize,
    /// The quarter.
    pub quarter: usize,
}

impl HiresAt {
    /// The growth hires that the plan has there.
    #[must_use]
    pub fn hires(self, plan: &Plan) -> u32 {
        match (plan.regions.get(self.region), plan.roles.get(self.role)) {
            (Some(region), Some(role)) => plan.hires(&region.id, &role.id, self.quarter),
            _ => 0,
        }
    }

    /// The edit that sets them; `None` if the plan has no such region or role.
    #[must_use]
    pub fn set(self, plan: &Plan, to: u32) -> Option<PlanEdit> {
        let (region, role) = (plan.regions.get(self.region)?, plan.roles.get(self.role)?);
        Some(PlanEdit::SetHires { region: region.id.clone(), role: role.id.clone(), quarter: self.quarter, to })
    }
}

/// Splits growth hires over places: in proportion to the growth hires planned there; if there are none, to the heads of the
/// first month; if there are none either, evenly over the places with pay. `None` if no place has pay.
#[must_use]
pub fn spread_hires(plan: &Plan, places: &[HiresAt], total: u32) -> Option<Vec<u32>> {
    let planned: Vec<u64> = places.iter().map(|at| u64::from(at.hires(plan))).collect();
    if planned.iter().any(|w| *w > 0) {
        return split_whole(total, &planned);
    }
    let team = |at: &HiresAt| {
        let (Some(region), Some(role)) = (plan.regions.get(at.region), plan.roles.get(at.role)) else { return 0 };
        let here = plan.baseline.iter().filter(|b| b.region == region.id && b.role == role.id);
        here.map(|b| u64::from(b.heads)).sum()
    };
    let heads: Vec<u64> = places.iter().map(team).collect();
    if heads.iter().any(|w| *w > 0) {
        return split_whole(total, &heads);
    }
    let paid = |at: &HiresAt| match (plan.regions.get(at.region), plan.roles.get(at.role)) {
        (Some(region), Some(role)) => u64::from(plan.pay(&region.id, &role.id).is_some()),
        _ => 0,
    };
    split_whole(total, &places.iter().map(paid).collect::<Vec<_>>())
}
