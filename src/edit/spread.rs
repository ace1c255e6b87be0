//! Planned heads spread over places in their present proportions, in whole people: how planners type from the top down.

use crate::plan::{Field, Plan, PlanEdit, RegionId, RoleId};
use crate::units::split_whole;

/// A kind of planned headcount by cell and quarter, in whole heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlannedHeads {
    /// Growth hires.
    #[default]
    Hires,
    /// Planned exits.
    Exits,
}

impl PlannedHeads {
    /// The field that states them.
    #[must_use]
    pub fn field(self) -> &'static Field {
        match self {
            Self::Hires => Plan::HIRES,
            Self::Exits => Plan::EXITS,
        }
    }

    /// Those of a cell in a quarter.
    #[must_use]
    pub fn of(self, plan: &Plan, region: &RegionId, role: &RoleId, quarter: usize) -> u32 {
        match self {
            Self::Hires => plan.hires(region, role, quarter),
            Self::Exits => plan.exits(region, role, quarter),
        }
    }

    /// Those of a region in a quarter, over all roles.
    #[must_use]
    pub fn in_region(self, plan: &Plan, region: &RegionId, quarter: usize) -> u64 {
        match self {
            Self::Hires => plan.hires_in_region(region, quarter),
            Self::Exits => {
                let roles = plan.exits.get(region).into_iter().flat_map(|roles| roles.values());
                roles.filter_map(|list| list.get(quarter)).map(|count| u64::from(*count)).sum()
            }
        }
    }
}

/// A role in a region in one quarter: indices of the plan's lists, the quarter from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellQuarter {
    /// The region.
    pub region: usize,
    /// The role.
    pub role: usize,
    /// The quarter.
    pub quarter: usize,
}

impl CellQuarter {
    /// The heads that the plan states there.
    #[must_use]
    pub fn heads(self, plan: &Plan, what: PlannedHeads) -> u32 {
        match (plan.regions.get(self.region), plan.roles.get(self.role)) {
            (Some(region), Some(role)) => what.of(plan, &region.id, &role.id, self.quarter),
            _ => 0,
        }
    }

    /// The edit that sets them; `None` if the plan has no such region or role.
    #[must_use]
    pub fn set(self, plan: &Plan, what: PlannedHeads, to: u32) -> Option<PlanEdit> {
        let region = plan.regions.get(self.region)?.id.clone();
        let role = plan.roles.get(self.role)?.id.clone();
        let quarter = self.quarter;
        Some(match what {
            PlannedHeads::Hires => PlanEdit::SetHires { region, role, quarter, to },
            PlannedHeads::Exits => PlanEdit::SetExits { region, role, quarter, to },
        })
    }
}

/// Splits heads over places: in proportion to those planned there; if there are none, to the heads of the first month; if
/// there are none either, evenly over the places with pay. `None` if no place has pay.
#[must_use]
pub fn spread_heads(plan: &Plan, what: PlannedHeads, places: &[CellQuarter], total: u32) -> Option<Vec<u32>> {
    let planned: Vec<u64> = places.iter().map(|at| u64::from(at.heads(plan, what))).collect();
    if planned.iter().any(|w| *w > 0) {
        return split_whole(total, &planned);
    }
    let team = |at: &CellQuarter| {
        let (Some(region), Some(role)) = (plan.regions.get(at.region), plan.roles.get(at.role)) else { return 0 };
        let here = plan.baseline.iter().filter(|b| b.region == region.id && b.role == role.id);
        here.map(|b| u64::from(b.heads)).sum()
    };
    let heads: Vec<u64> = places.iter().map(team).collect();
    if heads.iter().any(|w| *w > 0) {
        return split_whole(total, &heads);
    }
    let paid = |at: &CellQuarter| match (plan.regions.get(at.region), plan.roles.get(at.role)) {
        (Some(region), Some(role)) => u64::from(plan.pay(&region.id, &role.id).is_some()),
        _ => 0,
    };
    split_whole(total, &places.iter().map(paid).collect::<Vec<_>>())
}
