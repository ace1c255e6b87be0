//! A table that comes in: rows of cells, and which of the rows holds the headings.

use chrono::NaiveDate;

use super::column::columns;
use super::error::ImportError;
use super::kept::KeptColumns;
use super::kind::ImportKind;
use crate::units::{Calendar, Exact};

/// Most rows above the headings: titles and notes of a report.
const PREAMBLE: usize = 10;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ImportCell {
    /// Nothing, or blanks.
    #[default]
    Empty,
    /// Text as it stands, in which a number or a day may be written.
    Text(String),
    /// A number that is one.
    Number(Exact),
    /// A day that is one.
    Day(NaiveDate),
}

impl ImportCell {
    /// A text; nothing where it is blank. An apostrophe that tells a spreadsheet that this is no formula goes.
    #[must_use]
    pub fn text(text: &str) -> Self {
        let bare = match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) => rest,
            _ => text,
        };
        if bare.trim().is_empty() { Self::Empty } else { Self::Text(bare.trim().to_owned()) }
    }

    /// The cell as a line of text.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Self::Number(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }

    const fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportRow {
    /// The row as a spreadsheet counts it, from 1.
    pub number: usize,
    /// Its cells from the first column on; rows may differ in length.
    pub cells: Vec<ImportCell>,
}

impl ImportRow {
    fn is_blank(&self) -> bool {
        self.cells.iter().all(ImportCell::is_empty)
    }

    /// How many cells it has, up to the last one in which something stands.
    pub(super) fn width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
    }
}

/// Rows under their headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportTable {
    /// The headings, one a column.
    pub headings: Vec<String>,
    /// The rows in which something stands.
    pub rows: Vec<ImportRow>,
}

impl ImportTable {
    /// Finds the headings among the first rows: the row that names most of what any kind of table has, the first of
    /// equals; what stands above it is no part of the table.
    ///
    /// # Errors
    /// When there is no row at all.
    pub fn of(calendar: Calendar, rows: Vec<ImportRow>) -> Result<Self, ImportError> {
        let rows: Vec<ImportRow> = rows.into_iter().filter(|row| !row.is_blank()).collect();
        let known = |row: &ImportRow| {
            let headings = headings(row);
            let none = KeptColumns::default();
            let named = |kind| columns(kind, &headings, calendar, &none).iter().flatten().count();
            ImportKind::ALL.into_iter().map(named).max().unwrap_or(0)
        };
        let scores: Vec<usize> = rows.iter().take(PREAMBLE).map(known).collect();
        let best = scores.iter().copied().max().ok_or(ImportError::Empty)?;
        let at = scores.iter().position(|score| *score == best).unwrap_or(0);
        let mut rows = rows.into_iter().skip(at);
        let head = rows.next().ok_or(ImportError::Empty)?;
        let rows: Vec<ImportRow> = rows.collect();
        // A column without a heading is one where the row of headings goes as far and something stands in it.
        let widest = rows.iter().map(ImportRow::width).max().unwrap_or(0);
        let width = head.cells.len().min(widest).max(head.width());
        let headings = head.cells.iter().take(width).map(ImportCell::shown).collect();
        Ok(Self { headings, rows })
    }
}

fn headings(row: &ImportRow) -> Vec<String> {
    row.cells.iter().take(row.width()).map(ImportCell::shown).collect()
}
