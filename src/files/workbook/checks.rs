//! The sheet Checks: whether the workbook foots, and what a planner should look at (model section 9).

use std::collections::BTreeSet;

use rust_xlsxwriter::{ConditionalFormatCell, ConditionalFormatCellRule, Format};

use super::blocks::{Back, FOOTS, Lines, Time, payback_line, timeline_line};
use super::cohort_blocks::CohortBlocks;
use super::columns::{judgement, region, role, team};
use super::error::WorkbookError;
use super::general::Tables;
use super::grid::{Block, FIRST, column};
use super::labels::{LineLabel, cell_label, line_label};
use super::layout::{FEWEST_HEADS, Layout};
use super::looks::{LOOK, LOOK_INK, NumberFormat, WELL, WELL_INK};
use super::page::{Heading, Page};
use super::pay::WorkbookPay;
use super::results::{self, line_of};
use super::steps::float;
use crate::engine::{Finding, FindingKind, Measure, Place, PlanCase, findings};
use crate::plan::limits::LONG_TENURE;
use crate::units::Period;

/// What has to be 0 in any workbook.
const CONDITIONS: [&str; FOOTS] = [
    "Closing heads are the next month's opening heads",
    "Opening heads + starts − leavers = closing heads",
    "Planned growth starts add up to the growth hires",
    "Cost lines of all cells and regions add up to the plan's total cost",
    "Months of capacity and judgements add up to the plan's capacity",
    "Areas add up to the plan's total cost",
];

/// The index in [`CONDITIONS`] of the balance of heads.
const BALANCE: usize = 1;
/// The balance of heads in a plan with moves or exits.
const BALANCE_WITH_DEPARTURES: &str = "Opening heads + starts + moved in − moved out − leavers − exits = closing heads";

/// What is found in a plan, by kind and place.
struct FindingMarks<'f> {
    found: &'f [Finding],
    places: BTreeSet<(FindingKind, Place, Period)>,
}

impl<'f> FindingMarks<'f> {
    fn new(found: &'f [Finding]) -> Self {
        Self { found, places: found.iter().map(|f| (f.kind, f.place, f.period)).collect() }
    }

    fn flag(&self, kind: FindingKind, place: Place, period: Period) -> f64 {
        if self.places.contains(&(kind, place, period)) { 1.0 } else { 0.0 }
    }

    fn count(&self, kind: FindingKind) -> f64 {
        float(self.found.iter().filter(|f| f.kind == kind).count())
    }
}

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>, tables: &Tables) -> Result<(), WorkbookError> {
    page.title(
        "Checks",
        match layout.pay {
            WorkbookPay::Told => {
                "Whether the workbook foots, and what to look at in the plan; each mark is at its place below"
            }
            WorkbookPay::LeftOut => "What to look at in the plan; each mark is at its place below",
        },
    )?;
    results::heads(page, layout)?;
    page.sheet.set_column_width(0, 40)?;
    let found = findings(layout.outcome);
    let found = FindingMarks::new(&found);
    if layout.pay == WorkbookPay::Told {
        foots(page, layout)?;
    }
    kinds(page, layout, &found)?;
    budgets(page, layout, tables, &found)?;
    recruiting(page, layout, tables, &found)?;
    for (block, kind, how) in [
        (layout.blocks.checks.seats, FindingKind::OnboardingSeats, "Starts of the quarter over the onboarding seats"),
        (layout.blocks.checks.capacity, FindingKind::CapacityCoverage, "Capacity coverage below 1"),
        (layout.blocks.checks.managers, FindingKind::ManagerCoverage, "Manager coverage below 1"),
    ] {
        region_block(page, layout, &found, block, kind, how)?;
    }
    support(page, layout, &found)?;
    positions(page, layout)?;
    limits(page, layout, &found)?;
    too_few(page, layout, &found)
}

/// Whether more are to move or to go than there are.
fn too_few(page: &mut Page<'_>, layout: &Layout<'_>, found: &FindingMarks<'_>) -> Result<(), WorkbookError> {
    let Some(blocks) = &layout.cohort_blocks else { return Ok(()) };
    let [_, moved, gone] = blocks.departures(PlanCase::Plan);
    let [_, _, to_move] = blocks.split_moves;
    let [_, _, to_go] = blocks.split_exits;
    let kinds = [FindingKind::TooFewToMove, FindingKind::TooFewToGo];
    let looks = page.looks;
    for ((block, kind), departed) in layout.blocks.checks.too_few.into_iter().zip(kinds).zip([moved, gone]) {
        if block.lines == 0 {
            continue;
        }
        let how = "What is planned for the quarter and cannot be had, by the sheet Departures";
        page.heading(block, Heading { title: kind.title(), how, section: "Model section 9" }, layout.quarters)?;
        for cell in 0..layout.cells() {
            page.label(block.row(cell), &cell_label(layout, cell, "", "", ""))?;
            for q in 0..layout.quarters {
                let months = q * 3..q * 3 + 3;
                let planned: Vec<String> = if kind == FindingKind::TooFewToMove {
                    layout.cohorts.moves_from(cell).map(|(by, _)| to_move.across(by, months.clone())).collect()
                } else {
                    let place = blocks.exit_cells.iter().position(|other| *other == cell);
                    place.map(|place| to_go.across(place, months.clone())).into_iter().collect()
                };
                let formula = if planned.is_empty() {
                    "=0".to_owned()
                } else {
                    let there = departed.across(cell, months.clone());
                    format!("=IF(SUM({})-SUM({there})<{FEWEST_HEADS},0,1)", planned.join(","))
                };
                let (r, k) = layout.cell(cell);
                let value = found.flag(kind, Place::Cell(r, k), Period::Quarter(q));
                page.formula(block.row(cell), column(q), &formula, value, &looks.mark)?;
            }
        }
        colour(page, block, layout.quarters)?;
    }
    Ok(())
}

/// Whether accounts or partners are missing.
fn limits(page: &mut Page<'_>, layout: &Layout<'_>, found: &FindingMarks<'_>) -> Result<(), WorkbookError> {
    let kinds = [FindingKind::BeyondAccounts, FindingKind::BeyondPartners];
    let looks = page.looks;
    for (place, kind) in kinds.into_iter().enumerate() {
        let (Some(block), Some(limit)) = (layout.blocks.checks.limits.get(place), layout.blocks.with.limits.get(place))
        else {
            continue;
        };
        if block.lines == 0 {
            continue;
        }
        let how = "Whether some are missing in a month of the quarter, by the sheet Capacity";
        page.heading(*block, Heading { title: kind.title(), how, section: "Model section 9" }, layout.quarters)?;
        for (line, here) in layout.plan.regions.iter().enumerate() {
            page.label(block.row(line), &LineLabel { region: here.name.clone(), ..LineLabel::default() })?;
            for q in 0..layout.quarters {
                let formula = format!("=IF(MAX({})<{FEWEST_HEADS},0,1)", limit.missing.across(line, q * 3..q * 3 + 3));
                let value = found.flag(kind, Place::Region(line), Period::Quarter(q));
                page.formula(block.row(line), column(q), &formula, value, &looks.mark)?;
            }
        }
        colour(page, *block, layout.quarters)?;
    }
    Ok(())
}

/// Colours a range: what is not 0 is to be looked at.
fn colour(page: &mut Page<'_>, block: Block, columns: usize) -> Result<(), WorkbookError> {
    if block.lines == 0 || columns == 0 {
        return Ok(());
    }
    let last = (block.row(block.lines - 1), column(columns - 1));
    for (rule, ground, ink) in [
        (ConditionalFormatCellRule::NotBetween(-1e-6, 1e-6), LOOK, LOOK_INK),
        (ConditionalFormatCellRule::Between(-1e-6, 1e-6), WELL, WELL_INK),
    ] {
        let format = Format::new().set_background_color(ground).set_font_color(ink);
        let rule = ConditionalFormatCell::new().set_rule(rule).set_format(format);
        page.sheet.add_conditional_format(block.first, FIRST, last.0, last.1, &rule)?;
    }
    Ok(())
}

fn foots(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.checks.foots;
    let how = "Differences; each has to be 0 whatever is typed over";
    page.heading(block, Heading { title: "The workbook foots", how, section: "Model sections 3, 5 and 7" }, 1)?;
    let looks = page.looks;
    let departs = layout.cohort_blocks.as_ref().is_some_and(CohortBlocks::has_departures);
    for (line, title) in CONDITIONS.into_iter().enumerate() {
        let title = if line == BALANCE && departs { BALANCE_WITH_DEPARTURES } else { title };
        let label = LineLabel { region: title.to_owned(), key: format!("foots:{line}"), ..LineLabel::default() };
        page.label(block.row(line), &label)?;
        let formula = format!("=ROUND({},4)", foot(layout, line));
        page.formula(block.row(line), FIRST, &formula, 0.0, looks.calc(NumberFormat::Plain))?;
    }
    colour(page, block, 1)
}

/// One difference that has to be 0.
fn foot(layout: &Layout<'_>, line: usize) -> String {
    let (cells, regions, months) = (layout.cells(), layout.plan.regions.len(), layout.months);
    let [opening, closing] = layout.blocks.ends;
    let [starts, _, leavers, ..] = layout.blocks.with.heads;
    let [_, _, planned, ..] = layout.blocks.starts;
    let all = |block: Block, lines: usize| format!("SUM({})", block.area(0..lines, 0..months));
    let years = layout.quarters..layout.quarters + layout.years;
    let plan = |measure: Measure| {
        let ends = (results::at(layout, measure, 0, years.start), results::at(layout, measure, 0, years.end - 1));
        format!("SUM({}:{})", ends.0, ends.1.trim_start_matches("Results!"))
    };
    match line {
        0 => {
            format!("SUMPRODUCT(ABS({}-{}))", closing.area(0..cells, 0..months - 1), opening.area(0..cells, 1..months))
        }
        BALANCE => {
            let [opening, starts, leavers, closing] = [opening, starts, leavers, closing].map(|b| all(b, cells));
            let departed = layout.cohort_blocks.as_ref().filter(|blocks| blocks.has_departures());
            let departed = departed.map(|blocks| blocks.departures(PlanCase::Plan).map(|b| all(b, cells)));
            let moved = departed
                .map_or_else(String::new, |[moved_in, moved_out, exits]| format!("+{moved_in}-{moved_out}-{exits}"));
            format!("{opening}+{starts}-{leavers}-{closing}{moved}")
        }
        2 => {
            format!("{}-SUM({})", all(planned, cells), layout.blocks.hires.area(0..cells, 0..layout.quarters))
        }
        3 => {
            let [_, _, _, _, _, _, incentives, credits, ..] = layout.blocks.with.months;
            // The nine lines, without cash pay before them and their sum behind.
            let lines: Vec<String> = layout.blocks.with.cost.iter().skip(2).take(9).map(|b| all(*b, cells)).collect();
            let rest = format!("{}+{}", all(incentives, regions), all(credits, regions));
            format!("{}+{rest}-{}", lines.join("+"), plan(Measure::TotalCost))
        }
        4 => {
            let [capacity, ..] = layout.blocks.with.months;
            let judged = layout.blocks.judgements.whole(judgement::AMOUNT);
            format!("{}+SUM({judged})-{}", all(capacity, regions), plan(Measure::Capacity))
        }
        _ => {
            let ends = |line: usize, place: usize| results::at(layout, Measure::TotalCost, line, place);
            let last = ends(layout.areas.len(), years.end - 1);
            format!(
                "SUM({}:{})-{}",
                ends(1, years.start),
                last.trim_start_matches("Results!"),
                plan(Measure::TotalCost)
            )
        }
    }
}

/// How many findings there are of each kind.
fn kinds(page: &mut Page<'_>, layout: &Layout<'_>, found: &FindingMarks<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.checks.kinds;
    let how = "How many findings there are of each kind, as muster check counts them";
    page.heading(block, Heading { title: "Findings", how, section: "Model section 9" }, 1)?;
    let looks = page.looks;
    let years = layout.blocks.years.fixed(0..1, 0..layout.years);
    let hires = layout.blocks.growth_hires.fixed(0..1, layout.quarters..layout.quarters + layout.years);
    let planned = format!("SUMIF({years},envelope_year,{hires})");
    let known = format!("COUNTIF({years},envelope_year)>0");
    let checks = &layout.blocks.checks;
    let ([accounts, partners], [to_move, to_go]) = (checks.limits, checks.too_few);
    let (quarters, regions) = (layout.quarters, layout.plan.regions.len());
    let marks = |block: Block, lines: usize, columns: usize| {
        if lines == 0 { "=0".to_owned() } else { format!("=COUNTIF({},\">0\")", block.area(0..lines, 0..columns)) }
    };
    for (line, kind) in FindingKind::ALL.into_iter().enumerate() {
        let formula = match kind {
            FindingKind::BelowEnvelope => format!("=IF(AND({known},{planned}<envelope_min),1,0)"),
            FindingKind::AboveEnvelope => format!("=IF(AND({known},{planned}>envelope_max),1,0)"),
            FindingKind::OverBudget => {
                format!("=COUNTIF({},\">0\")", checks.budget.area(1..2, quarters..quarters + layout.years))
            }
            FindingKind::RecruitingCapacity => marks(checks.recruiting, 1, quarters),
            FindingKind::OnboardingSeats => marks(checks.seats, regions, quarters),
            FindingKind::CapacityCoverage => marks(checks.capacity, regions, quarters),
            FindingKind::SupportCoverage => marks(checks.support, checks.support.lines, quarters),
            FindingKind::ManagerCoverage => marks(checks.managers, regions, quarters),
            FindingKind::OpensTooEarly => marks(checks.early, layout.cells(), quarters),
            FindingKind::PastHorizon => marks(checks.late, layout.cells(), quarters),
            FindingKind::TooFewToMove => marks(to_move, to_move.lines, quarters),
            FindingKind::TooFewToGo => marks(to_go, to_go.lines, quarters),
            FindingKind::BeyondAccounts => marks(accounts, accounts.lines, quarters),
            FindingKind::BeyondPartners => marks(partners, partners.lines, quarters),
            FindingKind::LongTenure => {
                let (heads, tenures) = (layout.blocks.team.whole(team::HEADS), layout.blocks.team.whole(team::TENURE));
                format!("=COUNTIFS({heads},\">0\",{tenures},\">{LONG_TENURE}\")")
            }
        };
        let key = format!("finding:{}", kind.name());
        page.label(block.row(line), &LineLabel { region: kind.title().to_owned(), key, ..LineLabel::default() })?;
        page.formula(block.row(line), FIRST, &formula, found.count(kind), looks.calc(NumberFormat::Count))?;
    }
    colour(page, block, 1)
}

fn budgets(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    tables: &Tables,
    found: &FindingMarks<'_>,
) -> Result<(), WorkbookError> {
    let block = layout.blocks.checks.budget;
    let columns = layout.quarters + layout.years;
    let how = "Total cost of a fiscal year over its budget; empty where the year has no budget";
    page.heading(block, Heading { title: "Budgets", how, section: "Model section 9" }, columns)?;
    let unit = layout.plan.currency.to_string();
    for (line, title) in ["Budget", "Over budget"].into_iter().enumerate() {
        let label = LineLabel { region: title.to_owned(), unit: unit.clone(), ..LineLabel::default() };
        page.label(block.row(line), &label)?;
    }
    let looks = page.looks;
    for y in 0..layout.years {
        let place = layout.quarters + y;
        let year = layout.blocks.years.at(0, y);
        let (years, budgets) = (&tables.budget_years, &tables.budgets);
        let formula = format!("=IF(COUNTIFS({years},{year},{budgets},\">=0\")=0,\"\",SUMIF({years},{year},{budgets}))");
        let budget = layout.plan.budgets.get(&layout.plan.calendar.fiscal_year(y)).map(|b| b.exact().to_f64());
        page.formula(block.row(0), column(place), &formula, budget, looks.calc(NumberFormat::Money))?;
        let cost = results::at(layout, Measure::TotalCost, 0, place);
        let limit = block.at(0, place);
        let formula = format!("=IF({limit}=\"\",0,IF(ROUND({cost}-{limit},2)>0,1,0))");
        let value = found.flag(FindingKind::OverBudget, Place::Plan, Period::Year(y));
        page.formula(block.row(1), column(place), &formula, value, &looks.mark)?;
    }
    colour(page, Block { first: block.row(1), lines: 1, ..block }, columns)
}

fn recruiting(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    tables: &Tables,
    found: &FindingMarks<'_>,
) -> Result<(), WorkbookError> {
    let block = layout.blocks.checks.recruiting;
    let how = "Growth starts of a quarter over what recruiting can land";
    let heading = Heading { title: FindingKind::RecruitingCapacity.title(), how, section: "Model section 9" };
    page.heading(block, heading, layout.quarters)?;
    page.label(block.row(0), &LineLabel { region: "Whole plan".to_owned(), ..LineLabel::default() })?;
    let looks = page.looks;
    for (q, limit) in tables.recruiting.iter().enumerate() {
        let starts = format!("SUM({})", layout.blocks.payback.across(payback_line(Back::Growth), q * 3..q * 3 + 3));
        let formula = format!("=IF(ISNUMBER({limit}),IF(ROUND({starts}-{limit},9)>0,1,0),0)");
        let value = found.flag(FindingKind::RecruitingCapacity, Place::Plan, Period::Quarter(q));
        page.formula(block.row(0), column(q), &formula, value, &looks.mark)?;
    }
    colour(page, block, layout.quarters)
}

/// Whether a ratio is there and below 1.
fn below(ratio: &str) -> String {
    format!("=IF({ratio}=\"\",0,IF(ROUND({ratio}-1,12)<0,1,0))")
}

fn region_block(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    found: &FindingMarks<'_>,
    block: Block,
    kind: FindingKind,
    how: &str,
) -> Result<(), WorkbookError> {
    page.heading(block, Heading { title: kind.title(), how, section: "Model section 9" }, layout.quarters)?;
    let looks = page.looks;
    let [starts, ..] = layout.blocks.with.heads;
    for (line, here) in layout.plan.regions.iter().enumerate() {
        page.label(block.row(line), &LineLabel { region: here.name.clone(), ..LineLabel::default() })?;
        for q in 0..layout.quarters {
            let ratio = |measure: Measure| results::at(layout, measure, line_of(layout, line), q);
            let formula = match kind {
                FindingKind::OnboardingSeats => {
                    let starts = starts.area(layout.cells_of(line), q * 3..q * 3 + 3);
                    let seats = layout.blocks.regions.input(line, region::SEATS);
                    format!("=IF(ISNUMBER({seats}),IF(ROUND(SUM({starts})-{seats},9)>0,1,0),0)")
                }
                FindingKind::CapacityCoverage => below(&ratio(Measure::CapacityCoverage)),
                _ => below(&ratio(Measure::ManagerCoverage)),
            };
            let value = found.flag(kind, Place::Region(line), Period::Quarter(q));
            page.formula(block.row(line), column(q), &formula, value, &looks.mark)?;
        }
    }
    colour(page, block, layout.quarters)
}

fn support(page: &mut Page<'_>, layout: &Layout<'_>, found: &FindingMarks<'_>) -> Result<(), WorkbookError> {
    let block = layout.blocks.checks.support;
    let heading = Heading {
        title: FindingKind::SupportCoverage.title(),
        how: "Support coverage below 1",
        section: "Model section 9",
    };
    page.heading(block, heading, layout.quarters)?;
    let looks = page.looks;
    for line in 0..block.lines {
        page.label(block.row(line), &line_label(layout, (Lines::Supports, line), "", "", ""))?;
        let (r, k) = layout.cell(layout.cell_of(Lines::Supports, line));
        for q in 0..layout.quarters {
            let formula = below(&layout.blocks.support_coverage.at(line, q));
            let value = found.flag(FindingKind::SupportCoverage, Place::Cell(r, k), Period::Quarter(q));
            page.formula(block.row(line), column(q), &formula, value, &looks.mark)?;
        }
    }
    colour(page, block, layout.quarters)
}

/// Requisitions that would open before the plan, and hires that start after it: how many.
fn positions(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let [_, _, planned, ..] = layout.blocks.starts;
    let numbers = |q: usize| {
        layout.blocks.timeline.fixed(timeline_line(Time::Number)..timeline_line(Time::Number) + 1, q * 3..q * 3 + 3)
    };
    let known = findings(layout.outcome);
    for (block, kind, how) in [
        (
            layout.blocks.checks.early,
            FindingKind::OpensTooEarly,
            "Growth hires whose requisition would have to open before the plan's first month",
        ),
        (layout.blocks.checks.late, FindingKind::PastHorizon, "Growth hires that start after the plan's last month"),
    ] {
        page.heading(block, Heading { title: kind.title(), how, section: "Model section 9" }, layout.quarters)?;
        let label = |line: usize| cell_label(layout, line, "", "hires", "");
        page.fill(block, layout.quarters, NumberFormat::Count, label, |line, q| {
            let (r, k) = layout.cell(line);
            let starts = planned.across(line, q * 3..q * 3 + 3);
            let month = format!("{}+hire_delay", numbers(q));
            let wait = layout.blocks.roles.input(k, role::WAIT);
            let when = if kind == FindingKind::OpensTooEarly {
                format!("({month}<{wait})")
            } else {
                format!("({month}>={})", layout.months)
            };
            let here = (kind, Place::Cell(r, k), Period::Quarter(q));
            let value = known.iter().find(|f| (f.kind, f.place, f.period) == here);
            (format!("=SUMPRODUCT({starts}*{when})"), value.map_or(0.0, |f| f.figure.exact().to_f64()))
        })?;
        colour(page, block, layout.quarters)?;
    }
    Ok(())
}
