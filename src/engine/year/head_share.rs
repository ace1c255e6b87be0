//! What one head of a cell costs and can sell from its start to the end of the plan, by the averages of the cell.

use crate::engine::drivers::{Drivers, Ramp};
use crate::engine::results::RegionOutcome;
use crate::plan::Plan;
use crate::units::{Exact, Money};

/// Cost and capacity of one head from its start to the end of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HeadShare {
    /// Its part of the cell's people cost: in each month the cost of an average head.
    pub cost: Money,
    /// Its part of the cell's capacity: in each month that of an average head, as far as it is ramped by then.
    pub capacity: Money,
}

/// The averages of a plan's cells, of which a head has its share.
pub struct HeadShares<'a> {
    plan: &'a Plan,
    drivers: Drivers,
}

impl<'a> HeadShares<'a> {
    /// Of a plan.
    #[must_use]
    pub fn new(plan: &'a Plan) -> Self {
        Self { plan, drivers: Drivers::new(plan) }
    }

    /// The share of a head that starts in a month in a role of a region's outcome. Months in which nobody is in the cell add
    /// nothing.
    #[must_use]
    pub fn share(&self, region: &RegionOutcome, role: usize, start: usize) -> HeadShare {
        let in_force = self.drivers.plan_at(self.plan, start);
        let (Some(cell), Some(stated)) = (region.cells.get(role), in_force.roles.get(role)) else {
            return HeadShare::default();
        };
        let ramp = Ramp::new(in_force, stated);
        let (mut cost, mut capacity) = (Exact::ZERO, Exact::ZERO);
        for (tenure, month) in (0_u32..).zip(cell.months.iter().skip(start)) {
            let (active, ramped) = (month.active.exact(), month.ramped.exact());
            if !active.is_zero() {
                cost = cost + month.people_cost().exact() / active;
            }
            if !ramped.is_zero() {
                capacity = capacity + month.capacity.exact() * ramp.sells(tenure) / ramped;
            }
        }
        HeadShare { cost: Money::new(cost.round(2)), capacity: Money::new(capacity.round(2)) }
    }
}
