//! How the commands write tables and figures for a terminal, and rows of CSV and JSON.

use std::io::Write;

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};
use serde::Serialize;

use super::failure::Failure;
use crate::engine::{Outcome, Unit};
use crate::units::{Exact, Money, Ratio};

/// What stands where a figure is none.
pub(super) const NONE: &str = "–";

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

pub(super) fn percent(share: Option<Ratio>) -> String {
    share.map_or_else(|| NONE.to_owned(), |s| format!("{} %", (s.exact() * Exact::from(100_u32)).grouped(1)))
}

pub(super) fn thousands(amount: Money) -> String {
    (amount.exact() / Exact::from(1000_u32)).grouped(0)
}

/// A figure as one reads it in a table.
pub(super) fn shown(value: Option<Exact>, unit: Unit) -> String {
    let Some(value) = value else { return NONE.to_owned() };
    match unit {
        Unit::Money => value.grouped(2),
        Unit::Heads => value.grouped(1),
        Unit::Ratio => percent(Some(Ratio::new(value))),
        Unit::Count => value.grouped(0),
    }
}

/// A difference as one reads it in a table: with its sign, ratios in percentage points.
pub(super) fn difference(value: Option<Exact>, unit: Unit) -> String {
    let sign = if value.is_some_and(|v| v > Exact::ZERO) { "+" } else { "" };
    match (value, unit) {
        (Some(value), Unit::Ratio) => format!("{sign}{} pt", (value * Exact::from(100_u32)).grouped(2)),
        _ => format!("{sign}{}", shown(value, unit)),
    }
}

/// A figure as it is written for other programs; nothing where it is none.
pub(super) fn written(value: Option<Exact>, unit: Unit) -> Option<String> {
    value.map(|value| value.fixed(unit.places()))
}

pub(super) fn payback(outcome: &Outcome) -> String {
    match (outcome.payback_months(), outcome.first_growth_month()) {
        (Some(1), _) => "1 month after the first growth start".to_owned(),
        (Some(months), _) => format!("{months} months after the first growth start"),
        (None, Some(_)) => "not within the plan".to_owned(),
        (None, None) => "no growth hires".to_owned(),
    }
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
