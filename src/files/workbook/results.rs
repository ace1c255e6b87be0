//! The sheet Results: quarters and fiscal years of the plan, its areas and its regions.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format};

use super::blocks::{Back, Lines, Time, payback_line};
use super::columns::{judgement, region, role};
use super::error::WorkbookError;
use super::grid::{Block, FIRST, HEAD, column};
use super::labels::{LineLabel, key_part, line_label, unit_name};
use super::layout::{Layout, inner_places};
use super::looks::{LOOK, LOOK_INK, NumberFormat};
use super::page::{CellValue, Heading, Page};
use super::payback::payback_months;
use super::references::CellReferences;
use super::steps::float;
use crate::engine::{Key, Measure, Place, PlanCase, RollupFigure, RollupFormula, Sum, Unit, What};
use crate::units::{Exact, Period};

/// The cell of a figure: `line` 0 is the plan, then areas, then regions; columns are quarters, then years.
pub(super) fn at(layout: &Layout<'_>, figure: impl Into<RollupFigure>, line: usize, place: usize) -> String {
    layout.blocks.result(figure).map_or_else(String::new, |block| block.at(line, place))
}

/// The place of a line.
pub(super) fn place_of(layout: &Layout<'_>, line: usize) -> Place {
    let areas = layout.areas.len();
    match line {
        0 => Place::Plan,
        _ if line <= areas => Place::Area(line - 1),
        _ => Place::Region(line - 1 - areas),
    }
}

/// The line of a region.
pub(super) fn line_of(layout: &Layout<'_>, region: usize) -> usize {
    1 + layout.areas.len() + region
}

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title(
        "Results",
        "Quarters and fiscal years of the plan, its areas and its regions, as muster evaluate gives them",
    )?;
    heads(page, layout)?;
    for (figure, block) in &layout.blocks.results {
        write_figure(page, layout, *figure, *block)?;
    }
    support(page, layout)?;
    market(page, layout)?;
    expansion(page, layout)
}

/// A figure of the plan, its areas and its regions.
fn write_figure(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    figure: RollupFigure,
    block: Block,
) -> Result<(), WorkbookError> {
    let columns = layout.quarters + layout.years;
    page.heading(block, Heading { title: figure.title(), how: &how(figure), section: "Model section 7" }, columns)?;
    let looks = page.looks;
    for line in 0..block.lines {
        page.go_on()?;
        page.label(block.row(line), &label(layout, figure, line))?;
        for place in 0..columns {
            let sums = layout.outcome.rollup(place_of(layout, line), layout.period(place));
            let value = sums.and_then(|sums| sums.figure(figure)).map(Exact::to_f64);
            let formula = formula(layout, figure, line, place)?;
            page.formula(block.row(line), column(place), &formula, value, looks.calc(number_format(figure)))?;
        }
    }
    match figure {
        RollupFigure::Measure(measure) if measure.is_coverage() => {
            below_one(page, block.first, block.row(block.lines - 1), columns)
        }
        RollupFigure::Measure(_) | RollupFigure::Sum(_) => Ok(()),
    }
}

/// How a figure follows, in words.
fn how(figure: RollupFigure) -> String {
    match figure.formula() {
        Some(RollupFormula::Quotient(_, divisor)) => {
            format!("{}; empty where {} is 0", figure.meaning(), divisor.title().to_lowercase())
        }
        _ => figure.meaning().to_owned(),
    }
}

/// How a figure is shown: ratios of sums as shares, and sums without a unit as they are.
fn number_format(figure: RollupFigure) -> NumberFormat {
    match (figure, figure.unit()) {
        (RollupFigure::Sum(_), Unit::Ratio) => NumberFormat::Plain,
        (_, unit) => NumberFormat::of(unit),
    }
}

/// Quarters and years across.
pub(super) fn heads(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.heads(["Place", "Kind or role", "Measure", "Unit", "Key"])?;
    page.widths(layout.quarters + layout.years, layout.money_width())?;
    let looks = page.looks;
    for place in 0..layout.quarters + layout.years {
        let period = layout.period(place);
        let formula = match period {
            Period::Year(y) => layout.blocks.years.at(1, y),
            _ => layout.time(Time::Quarter, place * 3),
        };
        page.formula(HEAD, column(place), &formula, layout.plan.calendar.name(period), &looks.head)?;
    }
    Ok(())
}

/// Marks what is below 1.
pub(super) fn below_one(page: &mut Page<'_>, first: u32, last: u32, columns: usize) -> Result<(), WorkbookError> {
    let format = Format::new().set_background_color(LOOK).set_font_color(LOOK_INK);
    let rule = ConditionalFormatCellRule::LessThan(1.0);
    let below = ConditionalFormatCell::new().set_rule(rule).set_format(format);
    page.sheet.add_conditional_format(first, FIRST, last, column(columns - 1), &below)?;
    Ok(())
}

/// The label of a line of the plan, an area or a region.
fn label(layout: &Layout<'_>, figure: RollupFigure, line: usize) -> LineLabel {
    let (name, kind, id) = match place_of(layout, line) {
        Place::Area(a) => {
            let area = layout.areas.get(a).copied().unwrap_or_default();
            (area.to_owned(), "Area", format!("area:{area}"))
        }
        Place::Region(r) => {
            let region = layout.region(r);
            let id = region.map(|r| r.id.to_string()).unwrap_or_default();
            (region.map(|r| r.name.clone()).unwrap_or_default(), "Region", id)
        }
        _ => ("Whole plan".to_owned(), "Plan", String::new()),
    };
    let (key, unit) = match figure {
        RollupFigure::Measure(measure) => (format!("{id},,{measure}"), unit_name(layout, measure.unit())),
        RollupFigure::Sum(sum) => {
            // Sums without a unit are numbers of accounts.
            let unit = if sum.unit() == Unit::Ratio { "accounts".to_owned() } else { unit_name(layout, sum.unit()) };
            (format!("sum:{id},,{}", key_part(sum.title())), unit)
        }
    };
    let (role, measure) = (kind.to_owned(), figure.title().to_owned());
    LineLabel { region: name, role, measure, unit, key }
}

fn formula(layout: &Layout<'_>, figure: RollupFigure, line: usize, place: usize) -> Result<String, WorkbookError> {
    let cell = |sum: Sum| at(layout, sum, line, place);
    Ok(match figure.formula() {
        Some(RollupFormula::Quotient(dividend, divisor)) => {
            let is_none = if divisor == Sum::Others { layout.is_none() } else { "=0".to_owned() };
            let (dividend, divisor) = (cell(dividend), cell(divisor));
            format!("=IF({divisor}{is_none},\"\",{dividend}/{divisor})")
        }
        Some(RollupFormula::Difference(first, second)) => format!("={}-{}", cell(first), cell(second)),
        Some(RollupFormula::Sum(sum)) => format!("={}", sum_formula(layout, sum, line, place)?),
        None => return Err(WorkbookError::NoCell { figure: figure.title().to_owned() }),
    })
}

/// A year from its quarters, the plan and its areas from their regions, a region's quarter from its months.
fn sum_formula(layout: &Layout<'_>, sum: Sum, line: usize, place: usize) -> Result<String, WorkbookError> {
    let no_cell = || WorkbookError::NoCell { figure: sum.title().to_owned() };
    let block = layout.blocks.result(sum).ok_or_else(no_cell)?;
    if let Period::Year(y) = layout.period(place) {
        let quarters = layout.plan.calendar.quarters_of(y);
        return Ok(if sum.is_stock() {
            block.at(line, quarters.end.saturating_sub(1))
        } else {
            format!("SUM({})", block.across(line, quarters))
        });
    }
    let regions = line_of(layout, 0)..line_of(layout, layout.plan.regions.len());
    match place_of(layout, line) {
        Place::Region(r) => quarter(layout, sum, r, place),
        Place::Area(a) => {
            let areas = layout.blocks.regions.whole(region::AREA);
            Ok(format!("SUMIF({areas},{},{})", a + 1, block.down(regions, place)))
        }
        _ => Ok(format!("SUM({})", block.down(regions, place))),
    }
}

/// A sum of one region and quarter: as the inspector shows it, but for lists of inputs, which one may write more of, and
/// for roles, which a product of ranges takes all at once.
fn quarter(layout: &Layout<'_>, sum: Sum, r: usize, q: usize) -> Result<String, WorkbookError> {
    let blocks = &layout.blocks;
    let weighed = |place: usize| {
        let [_, closing] = blocks.ends;
        let t = q * 3 + 2;
        format!("SUMPRODUCT({},{})", closing.down(layout.cells_of(r), t), layout.role_inputs(place, t))
    };
    Ok(match sum {
        Sum::Target => {
            let quarters = (0..layout.quarters).map(Period::Quarter);
            let targets = quarters.filter_map(|quarter| layout.outcome.rollup(Place::Region(r), quarter));
            let largest = targets.map(|sums| sums.target.exact()).fold(Exact::ZERO, Exact::max);
            let places = inner_places(largest);
            format!("ROUND(ROUND({}*target_factor,{places}),2)", blocks.targets.at(r, q))
        }
        Sum::Capacity => {
            let [capacity, ..] = blocks.with.months;
            let judgements = |place: usize| blocks.judgements.whole(place);
            let judged = format!(
                "SUMIFS({},{},{},{},{})",
                judgements(judgement::AMOUNT),
                judgements(judgement::REGION),
                blocks.regions.id(r),
                judgements(judgement::QUARTER),
                q + 1
            );
            // Cents that cancel each other leave nothing behind in binary only when rounded.
            format!("ROUND(SUM({})+{judged},6)", capacity.across(r, q * 3..q * 3 + 3))
        }
        Sum::CoveredAccounts => {
            format!("MIN({},{})", layout.region_input(r, region::ACCOUNTS, q * 3 + 2), weighed(role::ACCOUNTS))
        }
        Sum::Led => weighed(role::SPAN),
        Sum::Others => weighed(role::LED),
        _ => {
            let (what, place) = (What::from(RollupFigure::from(sum)), Place::Region(r));
            let key = Key { case: PlanCase::Plan, what, place, period: Period::Quarter(q) };
            let references = CellReferences { layout, place, month: q * 3 + 2, places: inner_places(Exact::ZERO) };
            let explained = layout.explainer.explain(key);
            let formula = explained.and_then(|explained| explained.spreadsheet(&references));
            formula.ok_or_else(|| WorkbookError::NoCell { figure: sum.title().to_owned() })?
        }
    })
}

fn support(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.support_coverage;
    let how = "Ramped heads ÷ demand of the quarter's last month; empty without demand";
    let heading = Heading { title: "Support coverage", how, section: "Model section 7" };
    page.heading(block, heading, layout.quarters)?;
    let [demand, ..] = layout.blocks.with.support;
    let [_, _, _, ramped, _] = layout.blocks.with.heads;
    let key = "{region},{role},support_coverage";
    let label = |line: usize| line_label(layout, (Lines::Supports, line), "Support coverage", "ratio", key);
    page.fill(block, layout.quarters, NumberFormat::Share, label, |line, q| {
        let (r, k) = layout.cell(layout.cell_of(Lines::Supports, line));
        let t = q * 3 + 2;
        let needed = demand.at(line, t);
        let value = layout.outcome.figure(Measure::SupportCoverage, Place::Cell(r, k), Period::Quarter(q));
        let is_none = layout.is_none();
        let formula = format!("=IF({needed}{is_none},\"\",{}/{needed})", ramped.at(layout.line(r, k), t));
        (formula, value.map(Exact::to_f64))
    })?;
    if block.lines > 0 {
        below_one(page, block.first, block.row(block.lines - 1), layout.quarters)?;
    }
    Ok(())
}

fn market(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let [share, _] = layout.blocks.market;
    let about = [
        (Measure::MarketShare, "Capacity of the fiscal year ÷ market size; empty without a market"),
        (Measure::MarketLead, "Market share less that of the leading rival"),
    ];
    let looks = page.looks;
    for (block, (measure, how)) in layout.blocks.market.into_iter().zip(about) {
        let heading = Heading { title: measure.title(), how, section: "Model section 7" };
        page.heading(block, heading, layout.quarters + layout.years)?;
        for (line, here) in layout.plan.regions.iter().enumerate() {
            let label = LineLabel {
                region: here.name.clone(),
                role: "Region".to_owned(),
                measure: measure.title().to_owned(),
                unit: "ratio".to_owned(),
                key: format!("{},,{measure}", here.id),
            };
            page.label(block.row(line), &label)?;
            for y in 0..layout.years {
                let place = layout.quarters + y;
                let formula = if measure == Measure::MarketShare {
                    let size = layout.blocks.market_size.at(line, y);
                    let capacity = at(layout, Measure::Capacity, line_of(layout, line), place);
                    format!("=IF({size}=0,\"\",{capacity}/{size})")
                } else {
                    let share = share.at(line, place);
                    format!("=IF({share}=\"\",\"\",{share}-{})", layout.blocks.rival_share.at(line, y))
                };
                let value = layout.outcome.figure(measure, Place::Region(line), Period::Year(y));
                let value = value.map(Exact::to_f64);
                page.formula(block.row(line), column(place), &formula, value, looks.calc(NumberFormat::Share))?;
            }
        }
    }
    Ok(())
}

/// Growth hires, what the expansion adds, and payback.
fn expansion(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let columns = layout.quarters + layout.years;
    let block = layout.blocks.growth_hires;
    let plan_label = |measure: Measure, unit: &str| LineLabel {
        region: "Whole plan".to_owned(),
        role: "Plan".to_owned(),
        measure: measure.title().to_owned(),
        unit: unit.to_owned(),
        key: format!(",,{measure}"),
    };
    let quarters = |place: usize| layout.quarters_of(place);
    let how = "Planned in the quarters, before the levers";
    page.heading(block, Heading { title: "Growth hires", how, section: "Model section 2" }, columns)?;
    let label = |_| plan_label(Measure::GrowthHires, "hires");
    page.fill(block, columns, NumberFormat::Count, label, |_, place| {
        let hires: u64 = quarters(place).map(|q| layout.plan.hires_in_quarter(q)).sum();
        let formula = format!("=SUM({})", layout.blocks.hires.area(0..layout.cells(), quarters(place)));
        (formula, usize::try_from(hires).map_or(0.0, float))
    })?;
    let block = layout.blocks.added;
    let how = "The plan less the same plan without growth hires";
    page.heading(block, Heading { title: "What the expansion adds", how, section: "Model section 6" }, columns)?;
    let lines = [
        (Measure::AddedCapacity, Back::Capacity),
        (Measure::AddedCost, Back::Cost),
        (Measure::AddedContribution, Back::Contribution),
    ];
    let measure = |line: usize| lines.get(line).copied().unwrap_or((Measure::AddedCapacity, Back::Capacity));
    let unit = layout.plan.currency.to_string();
    page.fill(
        block,
        columns,
        NumberFormat::Money,
        |line| plan_label(measure(line).0, &unit),
        |line, place| {
            let (measure, from) = measure(line);
            let quarters = quarters(place);
            let value =
                quarters.clone().filter_map(|q| layout.outcome.figure(measure, Place::Plan, Period::Quarter(q)));
            let months = quarters.start * 3..quarters.end * 3;
            let formula = format!("=SUM({})", layout.blocks.payback.across(payback_line(from), months));
            (formula, value.sum::<Exact>().to_f64())
        },
    )?;
    let block = layout.blocks.payback_months;
    let how = "Months from the first growth start until the expansion has paid for itself; empty: not within the plan";
    page.heading(block, Heading { title: "Payback", how, section: "Model section 6" }, 1)?;
    page.fill(
        block,
        1,
        NumberFormat::Count,
        |_| plan_label(Measure::PaybackMonths, "months"),
        |_, _| {
            let (formula, value): (String, CellValue) = payback_months(layout);
            (formula, value)
        },
    )
}
