//! A cell of the hiring grid with its notes, each signed with its author and day.

use super::author::author;
use super::document::today;
use super::numbers::Numbers;
use crate::engine::{Outcome, Place};
use crate::plan::{CellNote, Plan, PlanEdit, RegionId, RoleId};
use crate::units::Period;

/// A cell that notes can be on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotedCell {
    pub(super) region: RegionId,
    pub(super) role: RoleId,
    pub(super) quarter: usize,
}

impl NotedCell {
    /// The notes on it, each with its place in the plan's list.
    pub(super) fn notes<'a>(&'a self, plan: &'a Plan) -> impl Iterator<Item = (usize, &'a CellNote)> {
        let is_here =
            |note: &CellNote| note.region == self.region && note.role == self.role && note.quarter == self.quarter;
        plan.cell_notes.iter().enumerate().filter(move |(_, note)| is_here(note))
    }

    /// Its name: `US Federal, Account executive, FY11 Q2`.
    pub(super) fn name(&self, outcome: &Outcome) -> String {
        let plan = outcome.plan();
        let place = plan.region_index(self.region.as_str()).zip(plan.role_index(self.role.as_str()));
        let place = place.map(|(region, role)| outcome.place_name(Place::Cell(region, role))).unwrap_or_default();
        format!("{place}, {}", plan.calendar.name(Period::Quarter(self.quarter)))
    }

    /// The edits that add a note; none for an empty text.
    pub(super) fn add(&self, plan: &Plan, text: &str) -> Vec<PlanEdit> {
        if text.trim().is_empty() {
            return Vec::new();
        }
        let note = CellNote {
            region: self.region.clone(),
            role: self.role.clone(),
            quarter: self.quarter,
            text: text.trim().to_owned(),
            author: author(),
            date: today(),
        };
        let (list, at) = (CellNote::ENTRY.path().to_string(), plan.cell_notes.len());
        vec![PlanEdit::Insert { list, at, entry: serde_json::json!(note) }]
    }
}

/// The author and day of a note.
pub(super) fn byline(note: &CellNote, numbers: Numbers) -> String {
    let day = numbers.date(note.date);
    if note.author.is_empty() { day } else { format!("{}, {day}", note.author) }
}

/// A note as it is shown over its cell.
pub(super) fn sentence(note: &CellNote, numbers: Numbers) -> String {
    format!("Note: {} ({})", note.text, byline(note, numbers))
}
