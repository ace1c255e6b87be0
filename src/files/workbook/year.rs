//! The sheets Outlook and Variance of a plan with closed months: plan of record, actual and outlook by quarter and year, and the
//! steps from the record to what happened (`year.md`, section 13).
//!
//! The figures of regions are values, since the outlook follows people one by one, which no formula of a sheet can. What follows
//! from them is live: sums over regions and quarters, gaps, coverage, differences, and what happened as the sum of its steps.

use super::error::WorkbookError;
use super::grid::{BODY, Block, HEAD, column};
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::pay::WorkbookPay;
use crate::analysis::{YearSeries, YearSummary};
use crate::engine::{Measure, Place, Unit, VarianceRow, VarianceStep};
use crate::units::{Exact, Period};

/// The values of a block: a line a region, then all regions; a column a quarter, then the fiscal years.
type Values = Vec<Vec<Option<Exact>>>;

/// A block that was written, with its values.
struct Written {
    block: Block,
    values: Values,
}

/// The blocks of the sheet Outlook while they are written, one below the other.
struct OutlookBlocks<'a, 'p> {
    page: &'a mut Page<'p>,
    layout: &'a Layout<'a>,
    summary: &'a YearSummary,
    next: u32,
}

/// The name, key and unit of the lines of a block.
struct Lines<'t> {
    title: &'t str,
    key: &'t str,
    unit: Unit,
}

/// The sheet Outlook.
pub(super) fn outlook(page: &mut Page<'_>, layout: &Layout<'_>, summary: &YearSummary) -> Result<(), WorkbookError> {
    let about = "Plan of record, actual of closed months, and outlook. Figures of regions are values, since the outlook \
                 follows people one by one; sums, gaps, coverage and differences are formulas";
    page.title("Outlook", about)?;
    page.heads(["Region", "", "Measure", "Unit", "Key"])?;
    page.widths(periods(layout).len(), layout.money_width())?;
    for (place, period) in periods(layout).into_iter().enumerate() {
        page.head(HEAD, place, &layout.plan.calendar.name(period))?;
    }
    let mut blocks = OutlookBlocks { page, layout, summary, next: BODY };
    let target = blocks.values(Measure::Target, YearSeries::Outlook, "Target")?;
    let [recorded, _, capacity] = blocks.series(Measure::Capacity)?;
    let money = |title, key| Lines { title, key, unit: Unit::Money };
    blocks.difference(&money("Outlook gap", "outlook_gap"), &target, &capacity)?;
    blocks.coverage(&target, &capacity)?;
    blocks.difference(&money("Outlook capacity less record", "capacity_difference"), &capacity, &recorded)?;
    // Costs of regions tell pay.
    if layout.pay == WorkbookPay::Told {
        let [recorded, _, cost] = blocks.series(Measure::TotalCost)?;
        blocks.difference(&money("Outlook cost less record", "cost_difference"), &cost, &recorded)?;
    }
    blocks.series(Measure::Closing)?;
    Ok(())
}

/// Every quarter, then every fiscal year.
fn periods(layout: &Layout<'_>) -> Vec<Period> {
    let quarters = (0..layout.months / 3).map(Period::Quarter);
    quarters.chain((0..layout.years).map(Period::Year)).collect()
}

impl OutlookBlocks<'_, '_> {
    /// Plan of record, actual and outlook of a measure.
    fn series(&mut self, measure: Measure) -> Result<[Written; 3], WorkbookError> {
        let [record, actual, outlook] = YearSeries::ALL;
        let title = |series: YearSeries| format!("{}: {}", measure.title(), series.title().to_lowercase());
        Ok([
            self.values(measure, record, &title(record))?,
            self.values(measure, actual, &title(actual))?,
            self.values(measure, outlook, &title(outlook))?,
        ])
    }

    /// The place of the next block, with its heading.
    fn block(&mut self, title: &str, how: &str) -> Result<Block, WorkbookError> {
        let block = Block { sheet: "Outlook", first: self.next + 1, lines: self.layout.plan.regions.len() + 1 };
        self.next = block.row(block.lines) + 1;
        let heading = Heading { title, how, section: "The year, section 13" };
        self.page.heading(block, heading, periods(self.layout).len())?;
        Ok(block)
    }

    fn label(&mut self, block: Block, line: usize, lines: &Lines<'_>) -> Result<(), WorkbookError> {
        let region = self.layout.plan.regions.get(line);
        let label = LineLabel {
            region: region.map_or("All regions", |region| region.name.as_str()).to_owned(),
            measure: lines.title.to_owned(),
            unit: unit_name(self.layout, lines.unit),
            key: format!("{},,{}", region.map_or("", |region| region.id.as_str()), lines.key),
            ..LineLabel::default()
        };
        self.page.go_on()?;
        self.page.label(block.row(line), &label)
    }

    /// A line of values for each region, with sums over the quarters of a year, and the sum of the regions.
    fn values(&mut self, measure: Measure, series: YearSeries, title: &str) -> Result<Written, WorkbookError> {
        let how = "Quarters of regions are values; all regions and fiscal years are sums, heads of a year those of its last quarter";
        let block = self.block(title, how)?;
        let regions = block.lines - 1;
        let figure = |line: usize, period: Period| self.summary.figure(series, measure, Place::Region(line), period);
        let of_line = |line: usize| periods(self.layout).into_iter().map(|p| figure(line, p)).collect::<Vec<_>>();
        let mut values: Values = (0..regions).map(of_line).collect();
        let sum = |place: usize| values.iter().filter_map(|line| *line.get(place)?).reduce(|one, other| one + other);
        values.push((0..periods(self.layout).len()).map(sum).collect());
        let name = if measure == Measure::TotalCost { "cost" } else { measure.name() };
        let key = format!("{}_{name}", series.title().to_lowercase().replace(' ', "_"));
        let lines = Lines { title, key: &key, unit: measure.unit() };
        let looks = self.page.looks;
        let format = looks.calc(format_of(lines.unit));
        for (line, here) in values.iter().enumerate() {
            self.label(block, line, &lines)?;
            for (place, (period, value)) in periods(self.layout).into_iter().zip(here).enumerate() {
                let Some(value) = value.map(Exact::to_f64) else { continue };
                let formula = match period {
                    _ if line == regions => Some(format!("SUM({})", block.down(0..regions, place))),
                    Period::Year(year) => self.of_year(block, (line, here), measure, year),
                    _ => None,
                };
                let (row, column) = (block.row(line), column(place));
                match formula {
                    Some(formula) => self.page.formula(row, column, &format!("={formula}"), value, format)?,
                    None => drop(self.page.sheet.write_number_with_format(row, column, value, format)?),
                }
            }
        }
        Ok(Written { block, values })
    }

    /// The sum of the quarters of a year; of heads, those of the last quarter that has some.
    fn of_year(
        &self,
        block: Block,
        (line, values): (usize, &[Option<Exact>]),
        measure: Measure,
        year: usize,
    ) -> Option<String> {
        let mut quarters = self.layout.plan.calendar.quarters_of(year);
        if measure != Measure::Closing {
            return Some(format!("SUM({})", block.across(line, quarters)));
        }
        let last = quarters.rfind(|quarter| values.get(*quarter).is_some_and(Option::is_some))?;
        Some(block.at(line, last))
    }

    /// The first block less the second.
    fn difference(&mut self, lines: &Lines<'_>, first: &Written, second: &Written) -> Result<(), WorkbookError> {
        self.derived(lines, (first, second), |a, b| a - b, |a, b| format!("={a}-{b}"))
    }

    /// Outlook capacity ÷ target.
    fn coverage(&mut self, target: &Written, capacity: &Written) -> Result<(), WorkbookError> {
        let lines = Lines { title: "Outlook coverage", key: "outlook_coverage", unit: Unit::Ratio };
        let formula = |capacity: String, target: String| format!("=IF({target}=0,\"\",{capacity}/{target})");
        self.derived(&lines, (capacity, target), |capacity, target| capacity / target, formula)
    }

    /// A line of formulas for each region and for all of them; a cell is empty where a term is, or where it divides by 0.
    fn derived(
        &mut self,
        lines: &Lines<'_>,
        (first, second): (&Written, &Written),
        value: impl Fn(Exact, Exact) -> Exact,
        formula: impl Fn(String, String) -> String,
    ) -> Result<(), WorkbookError> {
        let block = self.block(lines.title, "From the lines above")?;
        let looks = self.page.looks;
        for (line, (a, b)) in first.values.iter().zip(&second.values).enumerate() {
            self.label(block, line, lines)?;
            for (place, (a, b)) in a.iter().zip(b).enumerate() {
                let (Some(a), Some(b)) = (*a, *b) else { continue };
                let value = Some(value(a, b)).filter(|value| value.is_in_range()).map(Exact::to_f64);
                let text = formula(first.block.at(line, place), second.block.at(line, place));
                let format = looks.calc(format_of(lines.unit));
                self.page.formula(block.row(line), column(place), &text, value, format)?;
            }
        }
        Ok(())
    }
}

/// The sheet Variance: a line a region and measure, a column a step.
pub(super) fn variance(page: &mut Page<'_>, layout: &Layout<'_>, summary: &YearSummary) -> Result<(), WorkbookError> {
    let about = "From the plan of record to what happened in the closed months: each step is a run of the model, so that \
                 steps are values; what happened is their sum";
    page.title("Variance", about)?;
    page.heads(["Region", "", "Measure", "Unit", "Key"])?;
    page.widths(VarianceStep::ALL.len(), layout.money_width().max(14))?;
    for (place, step) in VarianceStep::ALL.iter().enumerate() {
        page.head(HEAD, place, step.title())?;
        page.note(HEAD, column(place), step.meaning())?;
    }
    let is_shown = |row: &&VarianceRow| layout.pay == WorkbookPay::Told || row.measure != Measure::TotalCost;
    let rows: Vec<&VarianceRow> = summary.variance.rows.iter().filter(is_shown).collect();
    let lines: Vec<&[&VarianceRow]> =
        rows.chunk_by(|one, other| (one.region, one.measure) == (other.region, other.measure)).collect();
    let block = Block { sheet: "Variance", first: BODY, lines: lines.len() };
    for (line, steps) in lines.into_iter().enumerate() {
        page.go_on()?;
        variance_line(page, layout, summary, (block, line), steps)?;
    }
    Ok(())
}

fn variance_line(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    summary: &YearSummary,
    (block, line): (Block, usize),
    steps: &[&VarianceRow],
) -> Result<(), WorkbookError> {
    let Some(first) = steps.first() else { return Ok(()) };
    let region = first.region.and_then(|region| summary.variance.record.regions.get(region));
    let label = LineLabel {
        region: region.map_or("All regions", |region| region.name.as_str()).to_owned(),
        measure: first.measure.title().to_owned(),
        unit: unit_name(layout, first.measure.unit()),
        key: format!("{},,{}", region.map_or("", |region| region.id.as_str()), first.measure),
        ..LineLabel::default()
    };
    page.label(block.row(line), &label)?;
    let looks = page.looks;
    for (place, step) in VarianceStep::ALL.iter().enumerate() {
        let Some(row) = steps.iter().find(|row| row.step == *step) else { continue };
        let (value, format) = (row.value.to_f64(), format_of(row.measure.unit()));
        if *step == VarianceStep::Actual {
            let formula = format!("=SUM({})", block.across(line, 0..place));
            page.formula(block.row(line), column(place), &formula, value, looks.total(format))?;
        } else {
            page.sheet.write_number_with_format(block.row(line), column(place), value, looks.calc(format))?;
        }
    }
    Ok(())
}

fn unit_name(layout: &Layout<'_>, unit: Unit) -> String {
    match unit {
        Unit::Money => layout.plan.currency.to_string(),
        Unit::Heads | Unit::Count => "heads".to_owned(),
        Unit::Ratio => String::new(),
    }
}

const fn format_of(unit: Unit) -> NumberFormat {
    match unit {
        Unit::Money => NumberFormat::Money,
        Unit::Heads | Unit::Count => NumberFormat::Heads,
        Unit::Ratio => NumberFormat::Share,
    }
}
