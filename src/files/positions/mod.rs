//! Positions for HR: the seats of a plan as a table in the layout of a system, and that table as CSV or XLSX, or its days as
//! a calendar. Which positions there are is the engine's to say; which of them are wanted, the caller's.

mod ics;
mod layout;
mod requisition;
mod seat_states;
mod source;
mod xlsx;

use std::path::Path;

pub use layout::{Layout, LayoutColumn};
pub use requisition::RowUnit;
pub use source::{ColumnSource, Stamp};

use super::cells::ExportCell;
use super::csv::{CsvStyle, write_csv};
use crate::analysis::Progress;
use crate::engine::{Outcome, OutlookOutOfRange, Position, SeatChange};
use crate::units::counted;
use requisition::{Requisition, requisitions};
use seat_states::SeatStates;

/// The options of an export.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    /// What a row is; the layout's way where absent.
    pub rows: Option<RowUnit>,
    /// Whether columns that tell pay are left out, the currency with them.
    pub without_pay: bool,
    /// The headings of the columns wanted, in this order; all where absent.
    pub columns: Option<Vec<String>>,
    /// Whether CSV begins with a byte order mark; the layout's way where absent.
    pub bom: Option<bool>,
    /// Whether the positions are the changes since seats were last issued: a row a seat, with what has become of it.
    pub changes: bool,
}

/// Why positions do not become a table or a file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PositionsError {
    /// The layout has no such column.
    #[error("the layout \"{layout}\" has no column \"{column}\"; it has {known}")]
    LayoutColumn {
        /// The layout's name.
        layout: String,
        /// The requested heading.
        column: String,
        /// The headings there are.
        known: String,
    },
    /// The layout has no column for what has changed.
    #[error(
        "{layout} cannot say what has changed: the layout has no columns for it (\"changes\"); take the layout neutral, or list \
         the changes without a layout"
    )]
    Changes {
        /// The layout's title.
        layout: String,
    },
    /// A calendar has no place for what has changed.
    #[error("a calendar cannot say what has moved or is withdrawn; name the file .csv or .xlsx")]
    ChangesInCalendar,
    /// A figure of the outlook is too large to be exact.
    #[error(transparent)]
    Outlook(#[from] OutlookOutOfRange),
    /// No column is left.
    #[error("no column is left to write; choose other columns, or leave pay in")]
    NoColumn,
    /// The caller asked to stop.
    #[error("stopped before the end; nothing was written")]
    Stopped,
    /// The ending of the file names no form.
    #[error("{0}: the ending says neither CSV, XLSX nor a calendar; name the file .csv, .xlsx or .ics")]
    Ending(String),
    /// The file cannot be made.
    #[error("cannot make the file: {0}")]
    Form(String),
}

/// The forms in which positions are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PositionsForm {
    /// Comma-separated values.
    Csv,
    /// An Excel workbook.
    Xlsx,
    /// A calendar of opening and start dates (RFC 5545); columns and pay do not show in it.
    Ics,
}

impl PositionsForm {
    /// The endings of files, in the order of the forms.
    pub const ENDINGS: &'static [&'static str] = &["csv", "xlsx", "ics"];

    /// The form that a file's ending names.
    ///
    /// # Errors
    /// Where the ending names none.
    pub fn of(path: &Path) -> Result<Self, PositionsError> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        match ending.as_deref() {
            Some("csv") => Ok(Self::Csv),
            Some("xlsx") => Ok(Self::Xlsx),
            Some("ics") => Ok(Self::Ics),
            _ => Err(PositionsError::Ending(path.display().to_string())),
        }
    }
}

/// Positions in a layout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionTable {
    /// The headings.
    pub headers: Vec<String>,
    /// A row for each seat or requisition.
    pub rows: Vec<Vec<ExportCell>>,
    /// How many seats they hold.
    pub seats: usize,
    /// The columns that the system requires and of which a row is empty: heading, and how many rows.
    pub missing: Vec<(String, usize)>,
    /// The columns that the system requires and that are not among those wanted.
    pub left_out: Vec<String>,
    /// How many moves and exits the layout has no place for.
    pub movements_left_out: usize,
    dates: Vec<String>,
    style: CsvStyle,
    /// `None` where only changes are written.
    calendar: Option<String>,
}

impl PositionTable {
    /// The positions in a layout, in the order in which they are given.
    ///
    /// # Errors
    /// When the layout has no such column, when none is left, or when it is to stop.
    pub fn of(
        outcome: &Outcome,
        seats: &[&Position],
        layout: &Layout,
        choice: &Choice,
        stamp: &Stamp,
        progress: &Progress,
    ) -> Result<Self, PositionsError> {
        let plan = outcome.plan();
        if choice.changes && layout.changes.is_empty() {
            return Err(PositionsError::Changes { layout: layout.title.clone() });
        }
        let states = SeatStates::of(outcome)?;
        let mut columns = chosen(layout, choice, plan.year.is_some())?;
        columns.extend(layout.changes.iter().filter(|_| choice.changes));
        let unit = if choice.changes { RowUnit::Seats } else { choice.rows.unwrap_or(layout.rows) };
        let has_place = |seat: &&&Position| layout.movements || !seat.reason.is_movement();
        let wanted = seats.len();
        let seats: Vec<&Position> = seats.iter().filter(has_place).copied().collect();
        let made = requisitions(plan, &seats, unit);
        progress.expect(made.len());
        let mut rows = Vec::with_capacity(made.len());
        for requisition in &made {
            if progress.is_cancelled() {
                return Err(PositionsError::Stopped);
            }
            rows.push(
                columns.iter().map(|c| shown(c, c.from.value((plan, &states), requisition, stamp))).collect::<Vec<_>>(),
            );
            progress.step();
        }
        // A seat that is withdrawn has no dates, and lacks nothing.
        let is_gone = |requisition: &Requisition<'_>| requisition.first.change() == Some(SeatChange::Withdrawn);
        let wanted_rows = || rows.iter().zip(&made).filter(|(_, requisition)| !is_gone(requisition));
        let empty = |index: usize| wanted_rows().filter(|(row, _)| row.get(index) == Some(&ExportCell::Empty)).count();
        let needed = layout.columns.iter().filter(|c| c.required);
        let required = columns.iter().enumerate().filter(|(_, c)| c.required);
        let missing = required.map(|(index, c)| (c.header.clone(), empty(index))).filter(|(_, n)| *n > 0).collect();
        Ok(Self {
            headers: columns.iter().map(|c| c.header.clone()).collect(),
            missing,
            left_out: needed.filter(|c| !columns.contains(c)).map(|c| c.header.clone()).collect(),
            movements_left_out: wanted - seats.len(),
            seats: seats.len(),
            calendar: (!choice.changes).then(|| ics::write(plan, &made)),
            dates: columns.iter().map(|c| layout.date_of(c).to_owned()).collect(),
            style: CsvStyle { bom: choice.bom.unwrap_or(layout.bom), delimiter: layout.delimiter, crlf: true },
            rows,
        })
    }

    /// What it holds, in words: `612 positions`, or `208 requisitions with 612 openings`.
    #[must_use]
    pub fn in_words(&self) -> String {
        if self.rows.len() == self.seats {
            return counted(self.seats, "position", "positions");
        }
        let requisitions = counted(self.rows.len(), "requisition", "requisitions");
        format!("{requisitions} with {}", counted(self.seats, "opening", "openings"))
    }

    /// What stands in a cell, by row and column, as CSV has it; empty where there is none.
    #[must_use]
    pub fn text(&self, row: usize, column: usize) -> String {
        let cell = self.rows.get(row).and_then(|row| row.get(column));
        cell.map_or_else(String::new, |cell| cell.written(self.dates.get(column).map(String::as_str)))
    }

    /// The moves and exits that the layout has no place for, in a sentence.
    #[must_use]
    pub fn movements_in_words(&self, layout: &Layout) -> Option<String> {
        let (verb, number) = match self.movements_left_out {
            0 => return None,
            1 => ("is", "1 move or exit".to_owned()),
            many => ("are", format!("{many} moves and exits")),
        };
        Some(format!("{number} {verb} not written: {} has no place for them", layout.title))
    }

    /// What is not written, in a sentence each: moves and exits, then the columns that the layout's system requires and that
    /// the plan does not know or that were left out.
    #[must_use]
    pub fn missing_in_words(&self, layout: &Layout) -> Vec<String> {
        let say = |(column, rows): &(String, usize)| {
            let rows = if *rows == self.rows.len() { "every row".to_owned() } else { format!("{rows} rows") };
            format!("{} requires \"{column}\", which is empty in {rows}; the plan does not know it", layout.title)
        };
        let without = |column: &String| format!("{} requires \"{column}\", which is left out", layout.title);
        let movements = self.movements_in_words(layout);
        movements.into_iter().chain(self.missing.iter().map(say)).chain(self.left_out.iter().map(without)).collect()
    }

    /// The table as a file of that form; the same table gives the same bytes.
    ///
    /// # Errors
    /// When the form cannot hold it.
    pub fn bytes(&self, form: PositionsForm) -> Result<Vec<u8>, PositionsError> {
        match form {
            PositionsForm::Csv => {
                let head: Vec<ExportCell> = self.headers.iter().cloned().map(ExportCell::Text).collect();
                let all = std::iter::once(&head).chain(&self.rows);
                let dates = || self.dates.iter().map(String::as_str);
                let fields = all.map(|row| row.iter().zip(dates()).map(|(cell, date)| cell.csv_field(Some(date))));
                let mut bytes = Vec::new();
                write_csv(fields, self.style, &mut bytes).map_err(|error| PositionsError::Form(error.to_string()))?;
                Ok(bytes)
            }
            PositionsForm::Ics => {
                let calendar = self.calendar.clone().ok_or(PositionsError::ChangesInCalendar)?;
                Ok(calendar.into_bytes())
            }
            PositionsForm::Xlsx => {
                xlsx::write(&self.headers, &self.rows).map_err(|e| PositionsError::Form(e.to_string()))
            }
        }
    }
}

/// The columns of a layout that are wanted.
fn chosen<'l>(layout: &'l Layout, choice: &Choice, has_year: bool) -> Result<Vec<&'l LayoutColumn>, PositionsError> {
    let columns = || layout.columns.iter().chain(layout.year.iter().filter(|_| has_year));
    let all: Vec<&LayoutColumn> = match &choice.columns {
        None => columns().collect(),
        Some(names) => {
            let find = |name: &String| {
                columns().find(|c| c.header == *name).ok_or_else(|| PositionsError::LayoutColumn {
                    layout: layout.name.clone(),
                    column: name.clone(),
                    known: columns().map(|c| c.header.as_str()).collect::<Vec<_>>().join(", "),
                })
            };
            names.iter().map(find).collect::<Result<_, _>>()?
        }
    };
    let left: Vec<&LayoutColumn> = all.into_iter().filter(|c| !(choice.without_pay && c.from.is_pay())).collect();
    if left.is_empty() { Err(PositionsError::NoColumn) } else { Ok(left) }
}

/// A value as its column wants it: in the system's words, with the column's decimals.
fn shown(column: &LayoutColumn, value: ExportCell) -> ExportCell {
    match value {
        ExportCell::Text(text) => ExportCell::Text(column.values.get(&text).cloned().unwrap_or(text)),
        ExportCell::Number(number, places) => ExportCell::Number(number, column.places.unwrap_or(places)),
        other => other,
    }
}
