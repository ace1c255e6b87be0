//! The result of reading a table: the edits, and the rows that stay out.

use super::kind::ImportKind;
use super::outcome::ImportLine;
use crate::plan::PlanEdit;
use crate::units::counted;

/// A row, and why it stays out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The row as a spreadsheet counts it, from 1.
    pub row: usize,
    /// Why, in a planner's words.
    pub reason: String,
}

/// The result of reading a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// The edits that take it in, one step; `None` if the plan states the same already.
    pub edits: Vec<PlanEdit>,
    /// Rows that are taken.
    pub rows: usize,
    /// Rows that do not fit.
    pub unfit: Vec<LeftOut>,
    /// Rows that rightly stay out, such as people who have left.
    pub left_out: Vec<LeftOut>,
    /// What should be known before agreeing, a sentence each without full stop.
    pub notes: Vec<String>,
    /// What the plan states before and after, the whole first.
    pub lines: Vec<ImportLine>,
}

impl Import {
    /// What is done, for the history and the change log: `Roster imported from staff.csv: 612 rows`.
    #[must_use]
    pub fn label(&self, kind: ImportKind, source: &str) -> String {
        format!("{} imported from {source}: {}", kind.title(), counted(self.rows, "row", "rows"))
    }
}
