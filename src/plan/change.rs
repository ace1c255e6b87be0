//! `PlanEdit`: a change to a plan, as data. Applying one is the business of the `edit` folder.

use serde::{Deserialize, Serialize};

use super::{RegionId, RoleId};
use crate::units::Money;

/// One change to a plan. A typed cell, a paste, a scenario and an applied fix are all lists of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlanEdit {
    /// Sets the growth hires of a cell in one quarter.
    SetHires {
        /// The cell's region.
        region: RegionId,
        /// The cell's role.
        role: RoleId,
        /// The quarter, counted from 0.
        quarter: usize,
        /// Growth hires.
        to: u32,
    },
    /// Sets a region's bookings target in one quarter.
    SetTarget {
        /// The region.
        region: RegionId,
        /// The quarter, counted from 0.
        quarter: usize,
        /// Plan currency.
        to: Money,
    },
    /// Sets any other field, named by its path in the document, such as `levers.hire_delay` or `regions[us-federal].accounts`.
    Set {
        /// Field names joined by points; an entry of a list is `[id]` or `[index]`, of a map `[key]`.
        path: String,
        /// The new value, as it stands in the JSON form of the document; decimals are text.
        to: serde_json::Value,
    },
}
