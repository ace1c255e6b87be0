//! `muster evaluate`: every figure of a plan, one a row.

use std::io::Write;

use super::failure::Failure;
use super::table::{self, TableRow};
use crate::engine::{Figure, Outcome, Place};
use crate::files::CsvField;

/// One row, every field as it is written.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FigureRow {
    region: String,
    role: String,
    period: String,
    measure: &'static str,
    value: String,
}

impl TableRow for FigureRow {
    const COLUMNS: &'static [&'static str] = &["region", "role", "period", "measure", "value"];

    fn fields(&self) -> Vec<CsvField<'_>> {
        let texts = [&self.region, &self.role, &self.period].map(|text| CsvField::text(text.as_str()));
        texts.into_iter().chain([CsvField::text(self.measure), CsvField::number(self.value.as_str())]).collect()
    }
}

fn row(outcome: &Outcome, figure: &Figure) -> FigureRow {
    let plan = outcome.plan();
    let region = |r: usize| plan.regions.get(r).map(|r| r.id.to_string()).unwrap_or_default();
    let (region, role) = match figure.place {
        Place::Plan => (String::new(), String::new()),
        Place::Area(a) => (format!("area:{}", plan.areas().get(a).copied().unwrap_or_default()), String::new()),
        Place::Region(r) => (region(r), String::new()),
        Place::Cell(r, role) => (region(r), plan.roles.get(role).map(|r| r.id.to_string()).unwrap_or_default()),
    };
    let period = plan.calendar.name(figure.period);
    FigureRow { region, role, period, measure: figure.measure.name(), value: figure.text() }
}

/// Writes every figure as CSV with a header, or as a JSON list of the same rows.
pub(super) fn write(outcome: &Outcome, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let mut rows: Vec<FigureRow> = outcome.figures().map(|f| row(outcome, &f)).collect();
    rows.sort_unstable();
    if json { table::json(&table::json_rows(&rows), out) } else { table::csv(&rows, out) }
}
