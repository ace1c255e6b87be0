//! Planned departures from a cell: moves and exits, by month (model section 3).

use super::cohort::Cohort;
use super::starts::phased;
use crate::plan::{Plan, Region, Role};
use crate::units::Exact;

/// Heads that a cohort loses to a move or to planned exits.
#[derive(Debug, Clone, Copy)]
pub(super) struct CohortLoss {
    /// The move, by its place in the plan's list; `None` for exits.
    pub(super) by: Option<usize>,
    /// The cohort before the loss.
    pub(super) cohort: Cohort,
    pub(super) heads: Exact,
}

/// A move out of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MoveOut {
    /// Its place in the plan's list.
    pub(super) index: usize,
    /// The first month of its quarter.
    pub(super) first: usize,
    /// Planned heads in the three months of the quarter.
    pub(super) planned: Vec<u32>,
}

impl MoveOut {
    /// The move at a place of the plan's list.
    pub(super) fn of(plan: &Plan, index: usize) -> Option<Self> {
        let entry = plan.moves.get(index)?;
        Some(Self { index, first: entry.quarter * 3, planned: phased(plan, entry.heads) })
    }

    /// Takes one head out of a month, if one is planned there.
    pub(super) fn take_one(&mut self, t: usize) -> bool {
        let heads = t.checked_sub(self.first).and_then(|place| self.planned.get_mut(place));
        take_one(heads)
    }

    /// The planned heads of a month.
    pub(super) fn in_month(&self, t: usize) -> u32 {
        t.checked_sub(self.first).and_then(|place| self.planned.get(place)).copied().unwrap_or(0)
    }
}

/// The planned departures of one cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Departures {
    /// The moves out of it, in the order of the plan's list.
    pub(super) moves: Vec<MoveOut>,
    /// Planned exits by month; empty where there are none.
    exits: Vec<u32>,
}

impl Departures {
    pub(super) fn new(plan: &Plan, region: &Region, role: &Role) -> Self {
        let moves = plan
            .moves
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.heads > 0 && entry.from.region == region.id && entry.from.role == role.id);
        let exits = plan.exits.get(&region.id).and_then(|roles| roles.get(&role.id));
        let exits = exits.filter(|list| list.iter().any(|n| *n > 0));
        Self {
            moves: moves.filter_map(|(index, _)| MoveOut::of(plan, index)).collect(),
            exits: exits.map_or_else(Vec::new, |list| list.iter().flat_map(|n| phased(plan, *n)).collect()),
        }
    }

    /// Whether there are any.
    pub(super) fn any(&self) -> bool {
        !(self.moves.is_empty() && self.exits.is_empty())
    }

    /// Takes one planned exit out of a month, if there is one.
    pub(super) fn take_exit(&mut self, t: usize) -> bool {
        take_one(self.exits.get_mut(t))
    }

    /// The planned exits of a month.
    pub(super) fn exits(&self, t: usize) -> u32 {
        self.exits.get(t).copied().unwrap_or(0)
    }
}

fn take_one(heads: Option<&mut u32>) -> bool {
    match heads {
        Some(heads) if *heads > 0 => {
            *heads -= 1;
            true
        }
        _ => false,
    }
}
