//! `muster compare`: plans side by side, their differences, what caused them, and the edits in words.

use std::io::Write;
use std::sync::Arc;

use serde_json::json;

use super::failure::{self, Failure};
use super::format::TableFormat;
use super::plan_args::{PlanArgs, version};
use super::table::{self, TableRow, difference, percent, shown, table, written};
use crate::analysis::{Bridge, ComparedFigure, Comparison, FigureRef, Version};
use crate::edit;
use crate::engine::{Measure, Outcome, Place, Unit};
use crate::files::CsvField;
use crate::units::{Period, Ratio};

/// Most plans beside the first.
const MOST: usize = 3;
/// What is bridged.
const BRIDGED: [Measure; 3] = [Measure::Capacity, Measure::CapacityCoverage, Measure::TotalCost];

/// One figure of one version, or one step of a bridge to it, as CSV.
#[derive(Debug, Default)]
struct ComparisonRow {
    table: &'static str,
    region: String,
    period: String,
    measure: &'static str,
    version: String,
    cause: String,
    value: Option<String>,
    difference: Option<String>,
    relative: Option<String>,
}

impl TableRow for ComparisonRow {
    const COLUMNS: &'static [&'static str] =
        &["table", "region", "period", "measure", "version", "cause", "value", "difference", "relative"];

    fn fields(&self) -> Vec<CsvField<'_>> {
        let Self { table, region, period, measure, version, cause, .. } = self;
        let texts = [*table, region, period, measure, version, cause].map(CsvField::text);
        let figures = [&self.value, &self.difference, &self.relative];
        texts.into_iter().chain(figures.map(|figure| CsvField::optional(figure.as_deref()))).collect()
    }
}

/// Compares the chosen version of the plan with others of the same file.
pub(super) fn write(
    source: &PlanArgs,
    with: &[String],
    format: TableFormat,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if with.len() > MOST {
        return Err(Failure::Usage(format!("compare takes --with up to {MOST} times, not {}", with.len())));
    }
    let base = source.base()?;
    let first = source.scenario.clone().unwrap_or_else(|| "base".to_owned());
    let mut versions: Vec<Version> = Vec::new();
    for (index, name) in std::iter::once(&first).chain(with).enumerate() {
        let (plan, lost) = match (index, &source.scenario) {
            (0, None) => (base.clone(), Vec::new()),
            _ => version(&base, name)?,
        };
        failure::warn(&lost);
        let plan = Arc::new(plan);
        let outcome = match versions.first() {
            Some(first) => first.outcome.after(plan)?,
            None => Outcome::of(plan)?,
        };
        versions.push(Version { name: name.clone(), outcome: Arc::new(outcome) });
    }
    let comparison = Comparison::of(versions);
    let bridges = bridges(&comparison)?;
    match format {
        TableFormat::Text => text(&comparison, &bridges, out),
        TableFormat::Csv => csv(&comparison, &bridges, out),
        TableFormat::Json => as_json(&comparison, &bridges, out),
    }
}

/// A bridge from the first version to each other.
fn bridges(comparison: &Comparison) -> Result<Vec<(String, Bridge)>, Failure> {
    let Some((first, others)) = comparison.versions.split_first() else { return Ok(Vec::new()) };
    let bridge = |other: &Version| Ok((other.name.clone(), Bridge::of(&first.outcome, &other.outcome)?));
    others.iter().map(bridge).collect()
}

/// The figures that are bridged: each measure in each fiscal year.
fn bridged(bridge: &Bridge) -> impl Iterator<Item = (Measure, String, FigureRef)> + '_ {
    let calendar = bridge.from.plan().calendar;
    let years = (0..calendar.years()).map(Period::Year);
    years.flat_map(move |year| {
        BRIDGED.map(|measure| (measure, calendar.name(year), FigureRef::at(&bridge.from, measure, Place::Plan, year)))
    })
}

fn text(comparison: &Comparison, bridges: &[(String, Bridge)], out: &mut dyn Write) -> Result<(), Failure> {
    let names: Vec<&str> = comparison.versions.iter().map(|v| v.name.as_str()).collect();
    if let Some(first) = comparison.versions.first() {
        let plan = first.outcome.plan();
        writeln!(out, "{}\n{}, amounts in {}\n", plan.name, names.join(" | "), plan.currency)?;
    }
    writeln!(out, "{}\n", side_by_side("Headline", &names, &comparison.headline))?;
    for version in 0..names.len() {
        let name = names.get(version).copied().unwrap_or_default();
        let figure = |row: &ComparedFigure| percent(row.values.get(version).copied().flatten().map(Ratio::new));
        writeln!(out, "Capacity coverage, {name}\n{}\n", matrix(&comparison.coverage, figure))?;
        if version > 0 {
            let change = |row: &ComparedFigure| difference(row.change(version), Unit::Ratio);
            writeln!(out, "Capacity coverage, {name}: difference\n{}\n", matrix(&comparison.coverage, change))?;
        }
    }
    writeln!(out, "{}\n", side_by_side("Cost by line", &names, &comparison.cost_lines))?;
    let yearly: Vec<ComparedFigure> = comparison.cost.iter().filter(|r| !r.period.contains(' ')).cloned().collect();
    writeln!(out, "{}", side_by_side("Total cost", &names, &yearly))?;
    for (name, bridge) in bridges {
        let first = names.first().copied().unwrap_or_default();
        writeln!(out, "\nBridge from {first} to {name}, each cause on top of those above it")?;
        writeln!(out, "{}\n", steps(bridge))?;
        writeln!(out, "What differs in {name}")?;
        for line in words(bridge, true)? {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

/// Rows with every version's figure, and the differences from the first.
fn side_by_side(title: &str, names: &[&str], rows: &[ComparedFigure]) -> comfy_table::Table {
    let mut header = vec![title.to_owned(), String::new()];
    for (index, name) in names.iter().enumerate() {
        header.push((*name).to_owned());
        if index > 0 {
            header.extend(["Difference".to_owned(), "Relative".to_owned()]);
        }
    }
    let cells = rows.iter().map(|row| {
        let name = if row.place.is_empty() { row.title.clone() } else { row.place.clone() };
        let mut cells = vec![name, row.period.clone()];
        for (index, value) in row.values.iter().enumerate() {
            cells.push(shown(*value, row.unit));
            if index > 0 {
                cells.push(difference(row.change(index), row.unit));
                cells.push(percent(row.relative(index).map(Ratio::new)));
            }
        }
        cells
    });
    table(header, cells.collect())
}

/// Rows of one measure as a table: places down, periods across.
fn matrix(rows: &[ComparedFigure], figure: impl Fn(&ComparedFigure) -> String) -> comfy_table::Table {
    let mut header = vec![String::new()];
    let mut lines: Vec<Vec<String>> = Vec::new();
    for run in rows.chunk_by(|a, b| a.region == b.region) {
        let place = run.first().map(|r| (r.region.is_empty(), r.region.starts_with("area:"), r.place.clone()));
        let name = match place {
            Some((false, false, place)) => format!("  {place}"),
            Some((false, true, place)) => place,
            _ => "All regions".to_owned(),
        };
        if header.len() == 1 {
            header.extend(run.iter().map(|r| r.period.clone()));
        }
        lines.push(std::iter::once(name).chain(run.iter().map(&figure)).collect());
    }
    table(header, lines)
}

/// A bridge as a table: causes down, the bridged figures across.
fn steps(bridge: &Bridge) -> comfy_table::Table {
    let falls: Vec<_> = bridged(bridge).map(|(m, year, wanted)| (m, year, bridge.waterfall(&wanted))).collect();
    let header = falls.iter().map(|(m, year, _)| format!("{}, {year}", m.title()));
    let header = std::iter::once(String::new()).chain(header).collect();
    let line = |name: &str, cells: Vec<String>| std::iter::once(name.to_owned()).chain(cells).collect::<Vec<_>>();
    let mut rows = vec![line("From", falls.iter().map(|(_, _, w)| shown(w.from, w.unit)).collect())];
    for (index, step) in bridge.steps.iter().enumerate() {
        let change = |w: &crate::analysis::Waterfall| w.steps.get(index).and_then(|s| s.change);
        rows.push(line(&step.cause, falls.iter().map(|(_, _, w)| difference(change(w), w.unit)).collect()));
    }
    rows.push(line("To", falls.iter().map(|(_, _, w)| shown(w.to, w.unit)).collect()));
    table(header, rows)
}

/// What differs, in words: in a few lines, or edit by edit.
fn words(bridge: &Bridge, few: bool) -> Result<Vec<String>, Failure> {
    let (from, to) = (bridge.from.plan(), bridge.end().plan());
    let edits = edit::difference(from, to)?;
    let lines = if few { edit::summary(from, &edits) } else { edit::words(from, &edits) };
    Ok(if lines.is_empty() && few { vec!["nothing".to_owned()] } else { lines })
}

fn csv(comparison: &Comparison, bridges: &[(String, Bridge)], out: &mut dyn Write) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for (table, row) in comparison.rows() {
        for (index, version) in comparison.versions.iter().enumerate() {
            let change = |value| if index == 0 { None } else { value };
            lines.push(ComparisonRow {
                table,
                region: row.region.clone(),
                period: row.period.clone(),
                measure: row.name,
                version: version.name.clone(),
                value: written(row.values.get(index).copied().flatten(), row.unit),
                difference: written(change(row.change(index)), row.unit),
                relative: written(change(row.relative(index)), Unit::Ratio),
                ..ComparisonRow::default()
            });
        }
    }
    for (name, bridge) in bridges {
        for (measure, period, wanted) in bridged(bridge) {
            let fall = bridge.waterfall(&wanted);
            lines.extend(fall.steps.iter().map(|step| ComparisonRow {
                table: "bridge",
                period: period.clone(),
                measure: measure.name(),
                version: name.clone(),
                cause: step.cause.clone(),
                value: written(step.after, fall.unit),
                difference: written(step.change, fall.unit),
                ..ComparisonRow::default()
            }));
        }
    }
    table::csv(&lines, out)
}

fn as_json(comparison: &Comparison, bridges: &[(String, Bridge)], out: &mut dyn Write) -> Result<(), Failure> {
    let others = 1..comparison.versions.len();
    let rows = comparison.rows().map(|(table, row)| {
        json!({
            "table": table,
            "region": row.region,
            "period": row.period,
            "measure": row.name,
            "values": row.values.iter().map(|v| written(*v, row.unit)).collect::<Vec<_>>(),
            "differences": others.clone().map(|i| written(row.change(i), row.unit)).collect::<Vec<_>>(),
            "relatives": others.clone().map(|i| written(row.relative(i), Unit::Ratio)).collect::<Vec<_>>(),
        })
    });
    let mut ways = Vec::new();
    for (name, bridge) in bridges {
        let falls = bridged(bridge).map(|(measure, period, wanted)| {
            let fall = bridge.waterfall(&wanted);
            let steps = fall.steps.iter().map(|step| {
                json!({
                    "cause": step.cause,
                    "after": written(step.after, fall.unit),
                    "change": written(step.change, fall.unit),
                })
            });
            json!({
                "measure": measure.name(),
                "period": period,
                "from": written(fall.from, fall.unit),
                "to": written(fall.to, fall.unit),
                "steps": steps.collect::<Vec<_>>(),
            })
        });
        ways.push(json!({ "to": name, "bridge": falls.collect::<Vec<_>>(), "edits": words(bridge, false)? }));
    }
    let names: Vec<&str> = comparison.versions.iter().map(|v| v.name.as_str()).collect();
    table::json(&json!({ "versions": names, "rows": rows.collect::<Vec<_>>(), "ways": ways }), out)
}
