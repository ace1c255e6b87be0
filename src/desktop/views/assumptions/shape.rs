//! A table of inputs without its values: its rows, its columns, and the kind of each cell.

use std::sync::Arc;

use super::rows::List;
use crate::desktop::sheet::{At, Column, RowHead};
use crate::plan::{Entry, Field, FieldPath, Kind, Plan};

/// A table of inputs, without its values.
pub(super) struct InputTable {
    /// Names it within the window.
    pub(super) key: &'static str,
    /// The title over the row heads.
    pub(super) corner: &'static str,
    /// The heading of the table if it shares its section with others; empty if it does not.
    pub(super) title: &'static str,
    pub(super) rows: Vec<InputRow>,
    pub(super) contents: Vec<InputColumn>,
    pub(super) columns: Arc<[Column]>,
    /// What its rows are, where they can be added and taken out.
    pub(super) list: Option<List>,
}

/// A row: its head, and the entry or the field that it is about.
#[derive(Default)]
pub(super) struct InputRow {
    pub(super) head: RowHead,
    /// The keys of its entry; empty where it is about the whole plan.
    pub(super) keys: Vec<String>,
    /// The field that the row is, where the columns are not the fields.
    pub(super) field: Option<&'static Field>,
    /// The region it is about.
    pub(super) region: Option<usize>,
    /// The name under which it folds, where it can be folded.
    pub(super) fold: Option<String>,
}

/// What a column shows of each row.
pub(super) struct InputColumn {
    /// The column in the name of a cell; empty if the row's name is enough.
    pub(super) name: String,
    pub(super) content: CellContent,
}

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CellContent {
    /// The row's field.
    Value,
    /// This field of the row's entry.
    Field(&'static Field),
    /// This field of the row's entry, at an index.
    FieldAt(&'static Field, usize),
    /// The kind of a role.
    Kind,
    /// The unit of the row's field.
    Unit,
    /// The values of the row's field in later months.
    Later,
    /// The meaning of the row's field.
    Meaning,
    /// The row's field where it is left out.
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

impl InputRow {
    /// Whether the row is a heading, without fields of its own.
    pub(super) fn is_heading(&self) -> bool {
        self.keys.is_empty() && self.field.is_none()
    }

    /// The path of a field of the row's entry.
    pub(super) fn path(&self, field: &'static Field) -> FieldPath {
        self.keys.iter().fold(field.path(), |path, key| path.at(key.as_str()))
    }

    /// The path of the row's entry.
    pub(super) fn entry(&self, entry: Entry) -> String {
        self.keys.iter().fold(entry.path(), |path, key| path.at(key.as_str())).to_string()
    }
}

impl CellContent {
    /// The path of the field in a cell of the row, if there is one.
    pub(super) fn path(&self, row: &InputRow) -> Option<FieldPath> {
        match self {
            Self::Value => row.field.map(|field| row.path(field)),
            Self::Field(field) if !row.is_heading() => Some(row.path(field)),
            Self::FieldAt(field, index) => Some(row.path(field).at(*index)),
            Self::Target(quarter) if row.region.is_some() => Some(row.path(Plan::TARGETS).at(*quarter)),
            _ => None,
        }
    }
}

impl InputTable {
    /// The row and the content of a cell.
    pub(super) fn cell(&self, at: At) -> Option<(&InputRow, &InputColumn)> {
        Some((self.rows.get(at.row)?, self.contents.get(at.column)?))
    }

    /// The path of the field in a cell, if there is one.
    pub(super) fn field_path(&self, at: At) -> Option<FieldPath> {
        let (row, column) = self.cell(at)?;
        column.content.path(row)
    }

    /// The path of what is in a cell: of a field, or of a role's kind.
    pub(super) fn path(&self, at: At) -> Option<String> {
        match self.cell(at)? {
            (row, InputColumn { content: CellContent::Kind, .. }) => Some(row.entry(Kind::ENTRY)),
            _ => self.field_path(at).map(String::from),
        }
    }

    /// The cell of the field at a path.
    pub(super) fn find(&self, path: &str) -> Option<At> {
        let field: Option<FieldPath> = path.parse().ok();
        let may_hold = |row: &InputRow| field.as_ref().is_none_or(|field| field.keys().starts_with(&row.keys));
        let rows = self.rows.iter().enumerate().filter(|(_, row)| may_hold(row));
        let mut cells = rows.flat_map(|(row, _)| (0..self.contents.len()).map(move |column| At { row, column }));
        cells.find(|at| self.path(*at).as_deref() == Some(path))
    }
}
