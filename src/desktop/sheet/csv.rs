//! A sheet as comma-separated values, for a spreadsheet.

use super::model::{Column, Model};
use super::selection::At;
use crate::desktop::numbers::NONE;
use crate::files::{CsvField, csv_text};

/// A sheet with its headings: figures as the engine has them, words as they are shown.
pub(in crate::desktop) fn of(model: &dyn Model) -> String {
    let columns = model.columns();
    let heading = |c: &Column| match c.group.as_str() {
        "" => c.title.clone(),
        group => format!("{group}, {}", c.title),
    };
    let head: Vec<CsvField<'_>> =
        std::iter::once(model.corner()).chain(columns.iter().map(heading)).map(CsvField::text).collect();
    let row = |row: usize| {
        let cells = (0..columns.len()).map(|column| {
            let cell = model.cell(At { row, column });
            match cell.exact.or(cell.number) {
                Some(number) => CsvField::number(number.to_string()),
                None if cell.text.is_empty() || cell.text == NONE => CsvField::Empty,
                None => CsvField::text(cell.text),
            }
        });
        std::iter::once(CsvField::text(model.row(row).title)).chain(cells).collect()
    };
    csv_text(std::iter::once(head).chain((0..model.rows()).map(row)))
}
