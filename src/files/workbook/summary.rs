//! The sheet Summary: the headline figures by fiscal year, what the charts draw, and the charts.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType};

use super::error::WorkbookError;
use super::grid::{Block, FIRST, column};
use super::labels::{LineLabel, unit_name};
use super::layout::Layout;
use super::looks::{NumberFormat, SERIES};
use super::page::{CellValue, Heading, Page};
use super::pay::WorkbookPay;
use super::payback::payback_months;
use super::results::{self, below_one};
use super::steps::float;
use crate::analysis::HeadlineFigure;
use crate::engine::{Measure, Place, Unit, findings};
use crate::units::{Exact, Period};

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title(
        &layout.plan.name,
        match layout.pay {
            WorkbookPay::Told => "The whole plan at a glance; figures and charts follow the inputs",
            WorkbookPay::LeftOut => "The whole plan at a glance",
        },
    )?;
    results::heads(page, layout)?;
    page.sheet.set_column_width(1, 2)?.set_column_width(4, 2)?;
    for unused in [1, 4] {
        page.sheet.write_blank(super::grid::HEAD, unused, &page.looks.head_left)?;
    }
    headline(page, layout)?;
    heads(page, layout)?;
    cost(page, layout)?;
    charts(page, layout)
}

fn label(name: &str, unit: &str) -> LineLabel {
    LineLabel {
        region: "Whole plan".to_owned(),
        measure: name.to_owned(),
        unit: unit.to_owned(),
        ..LineLabel::default()
    }
}

fn headline(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.summary.headline;
    let columns = layout.quarters + layout.years;
    let how = "As on the sheets Results and Checks";
    page.heading(block, Heading { title: "Headline figures", how, section: "Model section 7" }, columns)?;
    let looks = page.looks;
    for (line, figure) in HeadlineFigure::ALL.into_iter().enumerate() {
        let unit = if figure == HeadlineFigure::Measure(Measure::GrowthHires) {
            "hires".to_owned()
        } else {
            unit_name(layout, figure.unit())
        };
        page.label(block.row(line), &label(figure.title(), &unit))?;
        let shown = match figure.unit() {
            Unit::Money => NumberFormat::Thousands,
            unit => NumberFormat::of(unit),
        };
        for place in 0..columns {
            if let Some(cell) = cell(layout, figure, place) {
                let value = value(layout, figure, place);
                page.formula(block.row(line), column(place), &format!("={cell}"), value, looks.calc(shown))?;
            }
        }
        if matches!(figure, HeadlineFigure::Measure(measure) if measure.is_coverage()) {
            below_one(page, block.row(line), block.row(line), columns)?;
        }
    }
    let row = block.row(HeadlineFigure::ALL.len());
    page.label(row, &label("Payback", "months"))?;
    let (_, months): (String, CellValue) = payback_months(layout);
    let formula = format!("={}", layout.blocks.payback_months.at(0, 0));
    page.formula(row, FIRST, &formula, months, looks.calc(NumberFormat::Count))?;
    page.label(row + 1, &label("Findings", "count"))?;
    let kinds = layout.blocks.checks.kinds;
    let formula = format!("=SUM({})", kinds.down(0..kinds.lines, 0));
    let count = float(findings(layout.outcome).len());
    page.formula(row + 1, FIRST, &formula, count, looks.calc(NumberFormat::Count))?;
    Ok(())
}

/// Where another sheet has a headline figure of the whole plan; `None` where it has none for that period.
fn cell(layout: &Layout<'_>, figure: HeadlineFigure, place: usize) -> Option<String> {
    match figure {
        HeadlineFigure::Measure(Measure::GrowthHires) => Some(layout.blocks.growth_hires.at(0, place)),
        HeadlineFigure::Measure(measure) => Some(layout.blocks.result(measure)?.at(0, place)),
        HeadlineFigure::Budget if place >= layout.quarters => Some(layout.blocks.checks.budget.at(0, place)),
        HeadlineFigure::Budget => None,
    }
}

/// The value that it has.
fn value(layout: &Layout<'_>, figure: HeadlineFigure, place: usize) -> Option<f64> {
    let value = match (figure, layout.period(place)) {
        (_, Period::Year(y)) => figure.value(layout.outcome, layout.plan.calendar.fiscal_year(y)),
        (HeadlineFigure::Measure(Measure::GrowthHires), Period::Quarter(q)) => {
            Some(layout.plan.hires_in_quarter(q).into())
        }
        (HeadlineFigure::Measure(measure), period) => layout.outcome.figure(measure, Place::Plan, period),
        (HeadlineFigure::Budget, _) => None,
    };
    value.map(Exact::to_f64)
}

/// Heads, starts and leavers by quarter, for the chart.
fn heads(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.summary.heads;
    let how = "Closing heads of the quarter's last month, and the quarter's starts and leavers";
    page.heading(block, Heading { title: "Heads by quarter", how, section: "Model section 3" }, layout.quarters)?;
    let [_, _, leavers, ..] = layout.blocks.with.heads;
    let [_, closing] = layout.blocks.ends;
    let [_, _, _, growth, backfills] = layout.blocks.starts;
    let lines = [
        ("Closing heads", closing, Measure::Closing),
        ("Growth starts", growth, Measure::Growth),
        ("Backfill starts", backfills, Measure::Backfills),
        ("Leavers", leavers, Measure::Leavers),
    ];
    let line = |index: usize| lines.get(index).copied().unwrap_or(("Leavers", leavers, Measure::Leavers));
    let name = |index: usize| label(line(index).0, "heads");
    page.fill(block, layout.quarters, NumberFormat::Heads, name, |index, q| {
        let (_, from, measure) = line(index);
        let months = if measure == Measure::Closing { q * 3 + 2..q * 3 + 3 } else { q * 3..q * 3 + 3 };
        let cells = (0..layout.cells()).map(|cell| layout.cell(cell));
        let value: Exact = cells
            .flat_map(|(r, k)| months.clone().map(move |t| (Place::Cell(r, k), Period::Month(t))))
            .filter_map(|(place, period)| layout.outcome.figure(measure, place, period))
            .sum();
        (format!("=SUM({})", from.area(0..layout.cells(), months)), value.to_f64())
    })
}

/// Cost by line and quarter, for the chart.
fn cost(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.summary.cost;
    let how = "The sum of all regions and roles over the quarter's months";
    page.heading(
        block,
        Heading { title: "Cost by line and quarter", how, section: "Model section 5" },
        layout.quarters,
    )?;
    let [_, _, _, _, people, _, incentives, credits, ..] = layout.blocks.with.months;
    let rest = [(Measure::PartnerIncentives, incentives), (Measure::SlaCredits, credits)];
    let lines: Vec<(Measure, Block)> = match layout.pay {
        WorkbookPay::Told => {
            Measure::cost_lines().zip(layout.blocks.with.cost.into_iter().skip(2).take(9)).chain(rest).collect()
        }
        WorkbookPay::LeftOut => std::iter::once((Measure::PeopleCost, people)).chain(rest).collect(),
    };
    let unit = layout.plan.currency.to_string();
    let line = |index: usize| lines.get(index).copied().unwrap_or((Measure::SlaCredits, credits));
    page.fill(
        block,
        layout.quarters,
        NumberFormat::Thousands,
        |index| label(line(index).0.title(), &unit),
        |index, q| {
            let (measure, from) = line(index);
            let months = q * 3..q * 3 + 3;
            let regions = 0..layout.plan.regions.len();
            let value: Exact = if measure.cost_line().is_some() {
                let cells = (0..layout.cells()).map(|cell| layout.cell(cell));
                let places =
                    cells.flat_map(|(r, k)| months.clone().map(move |t| (Place::Cell(r, k), Period::Month(t))));
                places.filter_map(|(place, period)| layout.outcome.figure(measure, place, period)).sum()
            } else {
                let places = regions.flat_map(|r| months.clone().map(move |t| (Place::Region(r), Period::Month(t))));
                places.filter_map(|(place, period)| layout.outcome.figure(measure, place, period)).sum()
            };
            (format!("=SUM({})", from.area(0..from.lines, months)), value.to_f64())
        },
    )
}

/// A range of one line over the quarters, as a chart wants it.
fn range(layout: &Layout<'_>, row: u32) -> (&'static str, u32, u16, u32, u16) {
    ("Summary", row, FIRST, row, column(layout.quarters - 1))
}

fn series(chart: &mut Chart, layout: &Layout<'_>, row: u32, colour: usize, line: bool) {
    let colour = SERIES.get(colour).copied().unwrap_or(super::looks::INK);
    let mut look = ChartFormat::new();
    if line {
        look.set_line(ChartLine::new().set_color(colour).set_width(2.5));
    } else {
        look.set_solid_fill(ChartSolidFill::new().set_color(colour));
    }
    let series = chart.add_series();
    series.set_categories(range(layout, super::grid::HEAD)).set_values(range(layout, row)).set_format(&mut look);
    series.set_name(("Summary", row, 2_u16));
    if !line {
        series.set_gap(60);
    }
}

fn framed(chart: &mut Chart, title: &str, unit: &str) {
    chart.title().set_name(title);
    chart.title().set_font(rust_xlsxwriter::ChartFont::new().set_size(12).set_bold());
    chart.y_axis().set_name(unit).set_num_format("#,##0");
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(620).set_height(380);
}

fn charts(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let places = &layout.blocks.summary;
    let block = places.charts;
    let how = "They draw the figures on this sheet";
    let heading = Heading { title: "Charts", how, section: "Model sections 3, 4 and 5" };
    page.heading(block, heading, layout.quarters + layout.years)?;
    let unit = layout.plan.currency.to_string();
    let line_of = |measure: Measure| {
        HeadlineFigure::ALL.iter().position(|figure| *figure == HeadlineFigure::Measure(measure)).unwrap_or(0)
    };
    let mut capacity = Chart::new(ChartType::Column);
    series(&mut capacity, layout, places.headline.row(line_of(Measure::Capacity)), 2, false);
    let mut target = Chart::new(ChartType::Line);
    series(&mut target, layout, places.headline.row(line_of(Measure::Target)), 7, true);
    capacity.combine(&target);
    framed(&mut capacity, "Capacity against target", &unit);
    let mut cost = Chart::new(ChartType::ColumnStacked);
    for line in 0..places.cost.lines {
        series(&mut cost, layout, places.cost.row(line), line, false);
    }
    framed(&mut cost, "Cost by line", &unit);
    let mut heads = Chart::new(ChartType::Column);
    series(&mut heads, layout, places.heads.row(1), 2, false);
    series(&mut heads, layout, places.heads.row(2), 4, false);
    series(&mut heads, layout, places.heads.row(3), 7, false);
    let mut closing = Chart::new(ChartType::Line);
    series(&mut closing, layout, places.heads.row(0), 0, true);
    heads.combine(&closing);
    framed(&mut heads, "Heads", "heads");
    for (number, chart) in [capacity, cost, heads].iter().enumerate() {
        let across = u32::try_from(number).unwrap_or(0) * 640;
        page.sheet.insert_chart_with_offset(block.first, 0, chart, across + 5, 6)?;
    }
    Ok(())
}
