//! The menu of the grids of hires and of exits, beside what every table offers.

use super::head_model::HeadGrid;
use super::head_rows::{self, HeadColumn, HeadLine};
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::noted_cell::NotedCell;
use crate::desktop::sheet::At;
use crate::edit::PlannedHeads;
use crate::units::Period;

impl HeadGrid<'_> {
    /// The cell that notes can be on: the hires of a role in a quarter.
    pub(super) fn noted_cell(&self, at: At) -> Option<NotedCell> {
        let (HeadLine::Cell(r, k), HeadColumn::Heads(Period::Quarter(quarter))) =
            (self.line(at.row), self.shows(at.column)?)
        else {
            return None;
        };
        if self.what == PlannedHeads::Exits {
            return None;
        }
        let (region, role) = (self.plan.regions.get(r)?.id.clone(), self.plan.roles.get(k)?.id.clone());
        Some(NotedCell { region, role, quarter })
    }

    /// The entry of the menu that shows the notes on a cell.
    fn notes(&self, at: At, line: HeadLine, period: Period) -> Option<(String, Action)> {
        let title = if self.sums.notes(line, period).is_empty() { "Add a note…" } else { "Notes…" };
        Some((format!("{} {title}", Icon::Note), Action::ShowNotes(self.noted_cell(at)?)))
    }

    /// The menu of a cell: titles and actions.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        let (line, Some(period)) = (self.line(at.row), self.period(at)) else { return Vec::new() };
        match line {
            HeadLine::Cell(..) | HeadLine::Recruiting => {
                let back = self.path(at).and_then(|path| self.back.entry(&path));
                back.into_iter().chain(self.notes(at, line, period)).collect()
            }
            _ if matches!(self.shows(at.column), Some(HeadColumn::Coverage(_))) => {
                let quarter = head_rows::quarters(&self.plan.calendar, period).start;
                vec![("Show hires".to_owned(), Action::GoTo { place: line.place(), quarter: Some(quarter) })]
            }
            _ => Vec::new(),
        }
    }
}
