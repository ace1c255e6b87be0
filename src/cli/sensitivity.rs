//! `muster sensitivity`: what each lever and assumption does to a figure, largest first.

use std::io::Write;

use super::failure::Failure;
use super::figure_args::FigureArgs;
use super::format::TableFormat;
use super::table::{self, TableRow, difference, shown, written};
use crate::analysis::{Bar, Progress, Swing, drivers, sensitivity};
use crate::engine::Outcome;
use crate::files::CsvField;
use crate::files::figures::swing_text;
use crate::units::Exact;

/// One bar as it is written for other programs.
#[derive(Debug)]
struct DriverRow {
    driver: String,
    /// `value`, `factor` or `amount`: what `low` and `high` are.
    swing_text: &'static str,
    low: String,
    high: String,
    figure_low: Option<String>,
    figure: Option<String>,
    figure_high: Option<String>,
    change_low: Option<String>,
    change_high: Option<String>,
    swing: Option<String>,
    paths: String,
}

impl TableRow for DriverRow {
    const COLUMNS: &'static [&'static str] = &[
        "driver",
        "turn",
        "low",
        "high",
        "figure_low",
        "figure",
        "figure_high",
        "change_low",
        "change_high",
        "swing",
        "paths",
    ];

    fn fields(&self) -> Vec<CsvField<'_>> {
        let Self { driver, swing_text, low, high, paths, .. } = self;
        let figures =
            [&self.figure_low, &self.figure, &self.figure_high, &self.change_low, &self.change_high, &self.swing];
        let ends = [low, high].map(|end| CsvField::number(end.as_str()));
        let figures = figures.map(|figure| CsvField::optional(figure.as_deref()));
        let names = [CsvField::text(driver.as_str()), CsvField::text(*swing_text)];
        names.into_iter().chain(ends).chain(figures).chain([CsvField::text(paths.as_str())]).collect()
    }
}

/// Turns every lever and assumption and writes what that does.
pub(super) fn write(
    outcome: &Outcome,
    args: &FigureArgs,
    format: TableFormat,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let wanted = args.wanted(outcome)?;
    let turned = sensitivity(outcome, &wanted, &drivers(outcome.plan()), &Progress::default())?;
    let unit = turned.unit;
    if format == TableFormat::Text {
        writeln!(out, "{}: {}\n", wanted.describe(outcome), shown(turned.figure, unit))?;
        let header = ["", "Down to", "Up to", "Figure down", "Figure up", "Change down", "Change up"]
            .map(str::to_owned)
            .to_vec();
        let moving = turned.bars.iter().filter(|b| !b.swing.is_some_and(Exact::is_zero));
        let rows = moving.map(|bar| {
            let figures = [&bar.low, &bar.high].map(|side| shown(side.figure, unit));
            let changes = [&bar.low, &bar.high].map(|side| difference(side.change, unit));
            let name = vec![bar.driver.name.clone(), swing_text(bar, &bar.low), swing_text(bar, &bar.high)];
            name.into_iter().chain(figures).chain(changes).collect()
        });
        writeln!(out, "{}", table::table(header, rows.collect()))?;
        let still: Vec<&str> = turned.bars.iter().filter(|b| b.swing.is_some_and(Exact::is_zero)).map(name).collect();
        if !still.is_empty() {
            writeln!(out, "\nWithout effect: {}", still.join(", "))?;
        }
        return Ok(());
    }
    let rows = turned.bars.iter().map(|bar| DriverRow {
        driver: bar.driver.name.clone(),
        swing_text: match (bar.driver.states_values(), bar.driver.swing) {
            (true, _) => "value",
            (false, Swing::Times(..)) => "factor",
            (false, _) => "amount",
        },
        low: bar.low.value.to_string(),
        high: bar.high.value.to_string(),
        figure_low: written(bar.low.figure, unit),
        figure: written(turned.figure, unit),
        figure_high: written(bar.high.figure, unit),
        change_low: written(bar.low.change, unit),
        change_high: written(bar.high.change, unit),
        swing: written(bar.swing, unit),
        paths: bar.driver.paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
    });
    let rows: Vec<DriverRow> = rows.collect();
    if format == TableFormat::Json { table::json(&table::json_rows(&rows), out) } else { table::csv(&rows, out) }
}

fn name(bar: &Bar) -> &str {
    &bar.driver.name
}
