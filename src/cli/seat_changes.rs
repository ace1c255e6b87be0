//! The list of seats that are new, moved or withdrawn since seats were last issued.

use std::io::Write;

use super::failure::Failure;
use super::format::TableFormat;
use super::table::{self, TableRow};
use crate::analysis::{Count, changes_in_words};
use crate::engine::{Position, SeatChange};
use crate::files::CsvField;
use crate::plan::Plan;
use crate::units::Period;

/// A changed seat as texts.
#[derive(Debug)]
struct ChangeRow {
    change: &'static str,
    id: String,
    region: String,
    role: String,
    quarter: String,
    issued_start: Option<String>,
    start: Option<String>,
}

impl TableRow for ChangeRow {
    const COLUMNS: &'static [&'static str] = &["change", "id", "region", "role", "quarter", "issued_start", "start"];

    fn fields(&self) -> Vec<CsvField<'_>> {
        let Self { change, id, region, role, quarter, .. } = self;
        let texts = [*change, id, region, role, quarter].map(CsvField::text);
        let days = [&self.issued_start, &self.start];
        texts.into_iter().chain(days.map(|day| CsvField::optional(day.as_deref()))).collect()
    }
}

fn row(plan: &Plan, seat: &Position) -> Option<ChangeRow> {
    let change = seat.change()?;
    // The list of issued seats names regions and roles that the plan no longer has.
    let issued = plan.issued.iter().find(|issued| issued.id == seat.id);
    let region = plan.regions.get(seat.region).map(|region| &region.id).or(issued.map(|issued| &issued.region));
    let role = plan.roles.get(seat.role).map(|role| &role.id).or(issued.map(|issued| &issued.role));
    Some(ChangeRow {
        change: change.name(),
        id: seat.id.clone(),
        region: region.map(ToString::to_string).unwrap_or_default(),
        role: role.map(ToString::to_string).unwrap_or_default(),
        quarter: plan.calendar.name(Period::Quarter(seat.quarter)),
        issued_start: seat.issued_start().map(|day| day.to_string()),
        start: (change != SeatChange::Withdrawn).then(|| seat.starts.to_string()),
    })
}

/// Writes the list.
pub(super) fn write(
    plan: &Plan,
    (changes, count): (&[&Position], Count),
    format: TableFormat,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let rows: Vec<ChangeRow> = changes.iter().filter_map(|seat| row(plan, seat)).collect();
    match format {
        TableFormat::Csv => table::csv(&rows, out),
        TableFormat::Json => table::json(&table::json_rows(&rows), out),
        TableFormat::Text => {
            writeln!(out, "{}", changes_in_words(changes, count))?;
            if rows.is_empty() {
                return Ok(());
            }
            let day = |day: &Option<String>| day.clone().unwrap_or_else(|| table::NONE.to_owned());
            let line = |row: ChangeRow| {
                let days = [day(&row.issued_start), day(&row.start)];
                [row.change.to_owned(), row.id, row.quarter].into_iter().chain(days).collect()
            };
            let heads = ["Change", "Id", "Quarter", "Issued start", "Start"].map(str::to_owned).to_vec();
            writeln!(out, "\n{}", table::table(heads, rows.into_iter().map(line).collect()))?;
            Ok(())
        }
    }
}
