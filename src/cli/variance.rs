//! `muster variance`: from the plan of record to what happened, step by step.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use super::failure::{self, Failure};
use super::format::TableFormat;
use super::table::{self, TableRow};
use crate::engine::{Variance, VarianceRow, VarianceStep};
use crate::files::CsvField;
use crate::plan::{Plan, RegionId};
use crate::units::counted;

/// One row, every field as it is written.
struct StepRow<'a> {
    region: &'a str,
    row: &'a VarianceRow,
    value: String,
}

impl TableRow for StepRow<'_> {
    const COLUMNS: &'static [&'static str] = &["region", "measure", "step", "value"];

    fn fields(&self) -> Vec<CsvField<'_>> {
        let texts = [self.region, self.row.measure.name(), self.row.step.name()].map(CsvField::text);
        texts.into_iter().chain([CsvField::number(self.value.as_str())]).collect()
    }
}

/// Writes the variance of a plan.
pub(super) fn write(plan: &Plan, format: TableFormat, out: &mut dyn Write) -> Result<(), Failure> {
    let variance = Variance::of(plan)?;
    failure::warn(&left_out(plan, &variance));
    match format {
        TableFormat::Text => text(&variance, out),
        TableFormat::Csv => table::csv(&rows(&variance), out),
        TableFormat::Json => table::json(&table::json_rows(&rows(&variance)), out),
    }
}

fn rows(variance: &Variance) -> Vec<StepRow<'_>> {
    let id = |region: usize| variance.record.regions.get(region).map_or("", |region| region.id.as_str());
    let row = |row: &'_ VarianceRow| row.value.fixed(row.measure.unit().places());
    variance.rows.iter().map(|r| StepRow { region: r.region.map_or("", id), row: r, value: row(r) }).collect()
}

/// A sentence for each cell whose people, and each region whose amounts, the record has no place for.
fn left_out(plan: &Plan, variance: &Variance) -> Vec<String> {
    let Some(year) = plan.year.as_deref() else { return Vec::new() };
    let mut cells = BTreeMap::<(&str, &str), u64>::new();
    for spell in variance.left_out.iter().filter_map(|index| year.people.get(*index)) {
        *cells.entry((spell.region.as_str(), spell.role.as_str())).or_default() += 1;
    }
    let sentence = |((region, role), count): ((&str, &str), u64)| {
        let people = counted(count, "spell", "spells");
        format!("{people} of {region}, {role} left out: the plan of record does not have it")
    };
    let lacks = |region: &&RegionId| variance.record.region_index(region.as_str()).is_none();
    let regions: BTreeSet<&RegionId> = year.bookings.keys().chain(year.costs.keys()).filter(lacks).collect();
    let amounts = regions
        .into_iter()
        .map(|region| format!("bookings and costs of {region} left out: the plan of record does not have it"));
    cells.into_iter().map(sentence).chain(amounts).collect()
}

/// A table for each measure: a row a step, a column a region.
pub(super) fn text(variance: &Variance, out: &mut dyn Write) -> Result<(), Failure> {
    for measure in Variance::MEASURES {
        let here: Vec<&VarianceRow> = variance.rows.iter().filter(|row| row.measure == measure).collect();
        let mut regions: Vec<Option<usize>> = here.iter().map(|row| row.region).collect();
        regions.dedup();
        if regions.is_empty() {
            continue;
        }
        let name = |region: &Option<usize>| match region {
            Some(region) => variance.record.regions.get(*region).map_or_else(String::new, |region| region.name.clone()),
            None => "All".to_owned(),
        };
        let header = [measure.title().to_owned()].into_iter().chain(regions.iter().map(name)).collect();
        let line = |step: &VarianceStep| {
            let value = |region: &Option<usize>| {
                let row = here.iter().find(|row| row.step == *step && row.region == *region)?;
                let is_level = matches!(step, VarianceStep::Record | VarianceStep::Actual);
                let write = if is_level { table::shown } else { table::difference };
                Some(write(Some(row.value), measure.unit()))
            };
            let values: Option<Vec<String>> = regions.iter().map(value).collect();
            Some([step.title().to_owned()].into_iter().chain(values?).collect())
        };
        let lines: Vec<Vec<String>> = VarianceStep::ALL.iter().filter_map(line).collect();
        writeln!(out, "{}\n", table::table(header, lines))?;
    }
    Ok(())
}
