//! How the commands write tables for a terminal, and rows of CSV and JSON.

use std::io::Write;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::failure::Failure;
use crate::engine::Unit;
pub(super) use crate::files::figures::{NONE, difference, payback, percent, shown, thousands};
use crate::files::{CsvError, CsvField, CsvStyle, write_csv};
use crate::units::Exact;

/// A table of text columns, the first to the left and the others to the right.
pub(super) fn table(header: Vec<String>, rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header);
    table.add_rows(rows);
    for (index, column) in table.column_iter_mut().enumerate() {
        column.set_padding(if index == 0 { (0, 1) } else { (1, 0) });
        column.set_constraint(ColumnConstraint::ContentWidth);
        if index > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// A figure as it is written for other programs; `None` for no figure.
pub(super) fn written(value: Option<Exact>, unit: Unit) -> Option<String> {
    value.map(|value| value.fixed(unit.places()))
}

/// A row of a result for other programs: its columns once, for CSV and for JSON.
pub(super) trait TableRow {
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];

    /// One field a column.
    fn fields(&self) -> Vec<CsvField<'_>>;
}

/// A row that serialises as an object of texts, with `null` for no value.
#[derive(Debug)]
struct JsonRow<'a, R>(&'a R);

impl<R: TableRow> Serialize for JsonRow<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(R::COLUMNS.iter().zip(self.0.fields()).map(|(name, field)| {
            let text = match field {
                CsvField::Empty => None,
                CsvField::Text(text) | CsvField::Number(text) => Some(text),
            };
            (name, text)
        }))
    }
}

/// Rows as they serialise to JSON.
pub(super) fn json_rows<R: TableRow>(rows: &[R]) -> Vec<impl Serialize> {
    rows.iter().map(JsonRow).collect()
}

/// Writes rows as CSV with a header; lines end in LF.
pub(super) fn csv<R: TableRow>(rows: &[R], out: &mut dyn Write) -> Result<(), Failure> {
    lines([R::COLUMNS.iter().map(|name| CsvField::text(*name)).collect()], out)?;
    lines(rows.iter().map(TableRow::fields), out)
}

/// Writes rows as [`csv`] does, group by group as they are made.
pub(super) fn csv_groups<R: TableRow>(
    mut groups: impl Iterator<Item = Vec<R>>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    csv::<R>(&[], out)?;
    groups.try_for_each(|rows| lines(rows.iter().map(TableRow::fields), out))
}

fn lines<'a>(lines: impl IntoIterator<Item = Vec<CsvField<'a>>>, out: &mut dyn Write) -> Result<(), Failure> {
    write_csv(lines, CsvStyle::PROGRAM, out).map_err(|error| match error {
        CsvError::Io(error) => Failure::from(error),
        other @ CsvError::Delimiter(_) => Failure::Usage(format!("cannot write the result: {other}")),
    })
}

/// Writes rows as a JSON list, group by group as they are made.
pub(super) fn json_list<R: TableRow>(groups: impl Iterator<Item = Vec<R>>, out: &mut dyn Write) -> Result<(), Failure> {
    let mut serializer = serde_json::Serializer::pretty(&mut *out);
    let mut list = serializer.serialize_seq(None).map_err(std::io::Error::from)?;
    for row in groups.flatten() {
        list.serialize_element(&JsonRow(&row)).map_err(std::io::Error::from)?;
    }
    list.end().map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

/// Writes a value as JSON.
pub(super) fn json<T: Serialize>(value: &T, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
