//! A table of inputs without its values: its rows and columns, and what stands where they cross.

use std::sync::Arc;

use super::rows::List;
use crate::desktop::sheet::{At, Column, RowHead};

/// A table of inputs, without its values.
pub(super) struct InputTable {
    /// Names it within the window.
    pub(super) key: &'static str,
    /// The title over the row heads.
    pub(super) corner: &'static str,
    /// What stands over the table where it shares its section with others; empty where it does not.
    pub(super) title: &'static str,
    pub(super) lines: Vec<InputLine>,
    pub(super) slots: Vec<InputSlot>,
    pub(super) columns: Arc<[Column]>,
    /// What its rows are, where they can be added and taken out.
    pub(super) list: Option<List>,
}

/// A row: its head, and the beginning of its fields' paths.
#[derive(Default)]
pub(super) struct InputLine {
    pub(super) head: RowHead,
    pub(super) prefix: String,
    /// The region it is about.
    pub(super) region: Option<usize>,
    /// Under which name it is folded, where it can be.
    pub(super) key: Option<String>,
}

/// What a column shows of each row.
pub(super) struct InputSlot {
    /// How the column is called in the name of a cell; empty where the row says enough.
    pub(super) said: String,
    pub(super) shows: InputValue,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum InputValue {
    /// The field at the row's path and this ending.
    Field(String),
    /// The kind of a role.
    Kind,
    /// The unit of the row's field.
    Unit,
    /// The meaning of the row's field.
    About,
    /// What the row's field is when it is left out.
    Default,
    /// The currency of the row's region.
    Local,
    /// Pay at full payout.
    OnTarget,
    /// The share of it that is base.
    BaseShare,
    /// A weight's share of the whole.
    Share,
    /// The region's target in a quarter, or all regions' in the first row.
    Target(usize),
    /// The region's target over a fiscal year.
    TargetOfYear(usize),
}

impl InputTable {
    /// The path of the field in a cell, if there is one.
    pub(super) fn path(&self, at: At) -> Option<String> {
        let (line, slot) = (self.lines.get(at.row)?, self.slots.get(at.column)?);
        match &slot.shows {
            InputValue::Field(suffix) if !line.prefix.is_empty() => Some(format!("{}{suffix}", line.prefix)),
            InputValue::Target(quarter) if line.region.is_some() => Some(format!("{}[{quarter}]", line.prefix)),
            InputValue::Kind => Some(format!("{}.kind", line.prefix)),
            _ => None,
        }
    }

    /// The cell of the field at a path.
    pub(super) fn find(&self, path: &str) -> Option<At> {
        let rows = self.lines.iter().enumerate().filter(|(_, line)| path.starts_with(&line.prefix));
        let mut cells = rows.flat_map(|(row, _)| (0..self.slots.len()).map(move |column| At { row, column }));
        cells.find(|at| self.path(*at).as_deref() == Some(path))
    }
}
