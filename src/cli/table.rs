//! How the commands write tables for a terminal, and rows of CSV and JSON.

use std::io::Write;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};
use serde::Serialize;

use super::failure::Failure;
use crate::engine::Unit;
pub(super) use crate::files::figures::{NONE, difference, payback, percent, shown, thousands};
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

/// A figure as it is written for other programs; nothing where it is none.
pub(super) fn written(value: Option<Exact>, unit: Unit) -> Option<String> {
    value.map(|value| value.fixed(unit.places()))
}

/// Writes rows as CSV with a header.
pub(super) fn csv<R: Serialize>(rows: impl IntoIterator<Item = R>, out: &mut dyn Write) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        writer.serialize(row).map_err(|e| match e.into_kind() {
            csv::ErrorKind::Io(e) => Failure::from(e),
            other => Failure::Usage(format!("cannot write the result: {other:?}")),
        })?;
    }
    writer.flush()?;
    Ok(())
}

/// Writes a value as JSON.
pub(super) fn json<T: Serialize>(value: &T, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
