//! The sheet Results: quarters and fiscal years of the plan, its areas and its regions.

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format};

use super::blocks::{Back, Lines, Time, payback_line};
use super::columns::{judgement, region, role};
use super::error::WorkbookError;
use super::grid::{FIRST, HEAD, column};
use super::labels::{LineLabel, line_label};
use super::layout::{Layout, inner_places};
use super::looks::{LOOK, LOOK_INK, NumberFormat};
use super::page::{CellValue, Heading, Page};
use super::payback::payback_months;
use super::steps::float;
use crate::engine::{Measure, Place, Rollup};
use crate::plan::Plan;
use crate::units::{Exact, Period};

/// What the sheet sums and divides, in the order of its blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sum {
    Capacity,
    Target,
    Gap,
    CapacityCoverage,
    Quota,
    QuotaCoverage,
    PeopleCost,
    TotalCost,
    CostOfSale,
    Closing,
    Covered,
    Accounts,
    AccountCoverage,
    Led,
    Others,
    ManagerCoverage,
}

impl Sum {
    pub(super) const ALL: [Self; 16] = [
        Self::Capacity,
        Self::Target,
        Self::Gap,
        Self::CapacityCoverage,
        Self::Quota,
        Self::QuotaCoverage,
        Self::PeopleCost,
        Self::TotalCost,
        Self::CostOfSale,
        Self::Closing,
        Self::Covered,
        Self::Accounts,
        Self::AccountCoverage,
        Self::Led,
        Self::Others,
        Self::ManagerCoverage,
    ];

    fn place(self) -> usize {
        Self::ALL.iter().position(|sum| *sum == self).unwrap_or(0)
    }

    /// The measure of the model that it is; none for a step on the way to one.
    const fn measure(self) -> Option<Measure> {
        Some(match self {
            Self::Capacity => Measure::Capacity,
            Self::Target => Measure::Target,
            Self::Gap => Measure::Gap,
            Self::CapacityCoverage => Measure::CapacityCoverage,
            Self::QuotaCoverage => Measure::QuotaCoverage,
            Self::PeopleCost => Measure::PeopleCost,
            Self::TotalCost => Measure::TotalCost,
            Self::CostOfSale => Measure::CostOfSale,
            Self::Closing => Measure::Closing,
            Self::AccountCoverage => Measure::AccountCoverage,
            Self::ManagerCoverage => Measure::ManagerCoverage,
            Self::Quota | Self::Covered | Self::Accounts | Self::Led | Self::Others => return None,
        })
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Quota => "Quota on the street",
            Self::Covered => "Accounts covered",
            Self::Accounts => "Target accounts",
            Self::Led => "Heads that managers can lead",
            Self::Others => "Heads of the other roles",
            _ => match self.measure() {
                Some(measure) => measure.title(),
                None => "",
            },
        }
    }

    const fn how(self) -> &'static str {
        match self {
            Self::Capacity => "The sum of the months, and the judgements of the quarter",
            Self::Target => "target × target_factor, rounded to the cent",
            Self::Gap => "Target less capacity; negative is a surplus",
            Self::CapacityCoverage => "Capacity ÷ target; empty where the target is 0",
            Self::Quota => "The quota of the region's sellers over the months",
            Self::QuotaCoverage => "Quota on the street ÷ target; what is above 1 is over-assignment",
            Self::PeopleCost => "The nine cost lines over the months",
            Self::TotalCost => "People and programme cost over the months",
            Self::CostOfSale => "People cost ÷ capacity; empty where the capacity is 0",
            Self::Closing => "Closing heads of the last month",
            Self::Covered => "Σ closing sellers × accounts_per_head, at most the region's accounts; last month",
            Self::Accounts => "Target accounts of the region",
            Self::AccountCoverage => "Accounts covered ÷ target accounts",
            Self::Led => "Closing managers × span; last month",
            Self::Others => "Closing heads of all but managers; last month",
            Self::ManagerCoverage => "Heads that managers can lead ÷ heads of the other roles",
        }
    }

    /// Dividend and divisor of a ratio.
    const fn ratio(self) -> Option<(Self, Self)> {
        Some(match self {
            Self::CapacityCoverage => (Self::Capacity, Self::Target),
            Self::QuotaCoverage => (Self::Quota, Self::Target),
            Self::CostOfSale => (Self::PeopleCost, Self::Capacity),
            Self::AccountCoverage => (Self::Covered, Self::Accounts),
            Self::ManagerCoverage => (Self::Led, Self::Others),
            _ => return None,
        })
    }

    /// Whether a year has what its last quarter has, rather than the sum of its quarters.
    const fn is_stock(self) -> bool {
        matches!(self, Self::Closing | Self::Covered | Self::Accounts | Self::Led | Self::Others)
    }

    pub(super) const fn shown(self) -> NumberFormat {
        match self {
            Self::Closing | Self::Led | Self::Others | Self::Covered => NumberFormat::Heads,
            Self::Accounts => NumberFormat::Count,
            _ if self.ratio().is_some() => NumberFormat::Share,
            _ => NumberFormat::Money,
        }
    }

    pub(super) fn unit(self, plan: &Plan) -> String {
        match self.shown() {
            NumberFormat::Money => plan.currency.to_string(),
            NumberFormat::Share => "ratio".to_owned(),
            _ if matches!(self, Self::Covered | Self::Accounts) => "accounts".to_owned(),
            _ => "heads".to_owned(),
        }
    }

    pub(super) fn value(self, sums: &Rollup) -> Option<f64> {
        let ratio = match self {
            Self::CapacityCoverage => sums.ratio(Measure::CapacityCoverage),
            Self::QuotaCoverage => sums.ratio(Measure::QuotaCoverage),
            Self::CostOfSale => sums.ratio(Measure::CostOfSale),
            Self::AccountCoverage => sums.ratio(Measure::AccountCoverage),
            Self::ManagerCoverage => sums.ratio(Measure::ManagerCoverage),
            Self::Covered => Some(sums.covered_accounts),
            Self::Accounts => Some(sums.accounts),
            Self::Capacity => return Some(sums.capacity.exact().to_f64()),
            Self::Target => return Some(sums.target.exact().to_f64()),
            Self::Gap => return Some(sums.gap().exact().to_f64()),
            Self::Quota => return Some(sums.quota.exact().to_f64()),
            Self::PeopleCost => return Some(sums.people_cost.exact().to_f64()),
            Self::TotalCost => return Some(sums.total_cost.exact().to_f64()),
            Self::Closing => return Some(sums.closing.exact().to_f64()),
            Self::Led => return Some(sums.led.exact().to_f64()),
            Self::Others => return Some(sums.others.exact().to_f64()),
        };
        ratio.map(|ratio| ratio.exact().to_f64())
    }
}

/// The cell of a sum: `line` 0 is the plan, then areas, then regions; columns are quarters, then years.
pub(super) fn at(layout: &Layout<'_>, sum: Sum, line: usize, place: usize) -> String {
    layout.blocks.results.get(sum.place()).map_or_else(String::new, |block| block.at(line, place))
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

/// The period of a column.
pub(super) fn period_of(layout: &Layout<'_>, place: usize) -> Period {
    if place < layout.quarters { Period::Quarter(place) } else { Period::Year(place - layout.quarters) }
}

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title(
        "Results",
        "Quarters and fiscal years of the plan, its areas and its regions, as muster evaluate gives them",
    )?;
    heads(page, layout)?;
    let columns = layout.quarters + layout.years;
    for (block, sum) in layout.blocks.results.into_iter().zip(Sum::ALL) {
        let section =
            if sum.measure() == Some(Measure::Capacity) { "Model sections 4 and 7" } else { "Model section 7" };
        page.heading(block, Heading { title: sum.title(), how: sum.how(), section }, columns)?;
        page.fill(
            block,
            columns,
            sum.shown(),
            |line| label(layout, sum, line),
            |line, place| {
                let rollup = layout.outcome.rollup(place_of(layout, line), period_of(layout, place));
                (formula(layout, sum, line, place), rollup.and_then(|sums| sum.value(sums)))
            },
        )?;
        if sum.ratio().is_some() && sum != Sum::CostOfSale {
            below_one(page, block.first, block.row(block.lines - 1), columns)?;
        }
    }
    support(page, layout)?;
    market(page, layout)?;
    expansion(page, layout)
}

/// Quarters and years across.
pub(super) fn heads(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.heads(["Place", "Kind or role", "Measure", "Unit", "Key"])?;
    page.widths(layout.quarters + layout.years, layout.money_width())?;
    let looks = page.looks;
    for place in 0..layout.quarters + layout.years {
        let period = period_of(layout, place);
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
fn label(layout: &Layout<'_>, sum: Sum, line: usize) -> LineLabel {
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
    let key = match sum.measure() {
        Some(measure) => format!("{id},,{measure}"),
        None => format!("sum:{id}"),
    };
    let (role, measure, unit) = (kind.to_owned(), sum.title().to_owned(), sum.unit(layout.plan));
    LineLabel { region: name, role, measure, unit, key }
}

fn formula(layout: &Layout<'_>, sum: Sum, line: usize, place: usize) -> String {
    if let Some((dividend, divisor)) = sum.ratio() {
        let (dividend, divisor) = (at(layout, dividend, line, place), at(layout, divisor, line, place));
        return format!("=IF({divisor}=0,\"\",{dividend}/{divisor})");
    }
    if sum == Sum::Gap {
        let target = at(layout, Sum::Target, line, place);
        return format!("={target}-{}", at(layout, Sum::Capacity, line, place));
    }
    let Some(block) = layout.blocks.results.get(sum.place()).copied() else { return String::new() };
    if let Period::Year(y) = period_of(layout, place) {
        let quarters = layout.plan.calendar.quarters_of(y);
        return if sum.is_stock() {
            format!("={}", block.at(line, quarters.end.saturating_sub(1)))
        } else {
            format!("=SUM({})", block.across(line, quarters))
        };
    }
    let regions = line_of(layout, 0)..line_of(layout, layout.plan.regions.len());
    match place_of(layout, line) {
        Place::Region(r) => format!("={}", quarter(layout, sum, r, place)),
        Place::Area(a) => {
            let areas = layout.blocks.regions.whole(region::AREA);
            format!("=SUMIF({areas},{},{})", a + 1, block.down(regions, place))
        }
        _ => format!("=SUM({})", block.down(regions, place)),
    }
}

/// A sum of one region and quarter.
fn quarter(layout: &Layout<'_>, sum: Sum, r: usize, q: usize) -> String {
    let months = q * 3..q * 3 + 3;
    let last = q * 3 + 2;
    let blocks = &layout.blocks;
    let [capacity, _, _, _, people, _, _, _, _, total, _] = blocks.with.months;
    let [_, closing] = blocks.ends;
    let closing = closing.down(layout.cells_of(r), last);
    let weighed = |place: usize| format!("SUMPRODUCT({closing},{})", blocks.roles.whole(place));
    let accounts = blocks.regions.input(r, region::ACCOUNTS);
    match sum {
        Sum::Target => {
            let quarters = (0..layout.quarters).map(Period::Quarter);
            let targets = quarters.filter_map(|quarter| layout.outcome.rollup(Place::Region(r), quarter));
            let largest = targets.map(|sums| sums.target.exact()).fold(Exact::ZERO, Exact::max);
            let places = inner_places(largest);
            format!("ROUND(ROUND({}*target_factor,{places}),2)", blocks.targets.at(r, q))
        }
        Sum::Capacity => {
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
            format!("ROUND(SUM({})+{judged},6)", capacity.across(r, months))
        }
        Sum::Quota => layout.sum_in(blocks.quota, Lines::Sellers, r, months),
        Sum::PeopleCost => format!("SUM({})", people.across(r, months)),
        Sum::TotalCost => format!("SUM({})", total.across(r, months)),
        Sum::Closing => format!("SUM({closing})"),
        Sum::Covered => format!("MIN({accounts},{})", weighed(role::ACCOUNTS)),
        Sum::Accounts => accounts,
        Sum::Led => weighed(role::SPAN),
        _ => weighed(role::LED),
    }
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
        let formula = format!("=IF({needed}=0,\"\",{}/{needed})", ramped.at(layout.line(r, k), t));
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
                    let capacity = at(layout, Sum::Capacity, line_of(layout, line), place);
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
    let quarters = |place: usize| match period_of(layout, place) {
        Period::Year(y) => layout.plan.calendar.quarters_of(y),
        _ => place..place + 1,
    };
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
