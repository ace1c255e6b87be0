//! `PlanEdit`: a change to a plan, as data. The `edit` folder applies it.

use serde::{Deserialize, Serialize};

use super::{RegionId, RoleId};
use crate::units::Money;

/// One change to a plan. A typed cell, a paste, a scenario and an applied fix are lists of edits.
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
    /// Sets the planned exits of a cell in one quarter.
    SetExits {
        /// The cell's region.
        region: RegionId,
        /// The cell's role.
        role: RoleId,
        /// The quarter, counted from 0.
        quarter: usize,
        /// Planned reductions.
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
    /// Adds an entry to a list, such as a region, a role, a cohort of the baseline or a milestone.
    Insert {
        /// Path of the list, such as `regions`.
        list: String,
        /// The index of the new entry, from 0; at most the length of the list.
        at: usize,
        /// The entry, as it stands in the JSON form of the document.
        entry: serde_json::Value,
    },
    /// Removes an entry from a list or a map.
    Remove {
        /// Path of the entry, such as `regions[uk]` or `pay[uk][account-executive]`.
        path: String,
    },
    /// Moves an entry of a list to another place in it.
    Move {
        /// Path of the entry, such as `regions[uk]`.
        path: String,
        /// Its new index, from 0, in the list without it.
        to: usize,
    },
}
