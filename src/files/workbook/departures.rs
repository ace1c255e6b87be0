//! The sheets Exits, Moves and Departures: who is to go or to move by quarter, how that is split over its months, and who has
//! moved and gone (model section 3).

use super::blocks::{Lines, Time};
use super::cohort_blocks::{CohortBlocks, SplitBlocks};
use super::columns::moves;
use super::error::WorkbookError;
use super::grid::{Block, HEAD, column, month_number};
use super::heads::{phased, share_of_count};
use super::inputs;
use super::labels::{LineLabel, cell_label};
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, PEOPLE, Page};
use super::steps::rounded;
use crate::engine::{Measure, PlanCase};
use crate::plan::{Move, Plan};
use crate::units::Period;

/// Most moves whose heads one formula adds up in every month; of more, those of the month's quarter.
const MOST_RANGES: usize = 20;

/// The sheet Exits.
pub(super) fn exits(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let Some(blocks) = &layout.cohort_blocks else { return Ok(()) };
    page.title("Exits", "Inputs: planned reductions by region, role and fiscal quarter, in whole people")?;
    page.heads(["Region", "Role", "", "Unit", "Key"])?;
    page.widths(layout.quarters, 10)?;
    let how = "How many are to go in the quarter; the phasing weights split them over its months. Regions and roles for which \
        the plan states none have no line";
    let field = Plan::EXITS;
    let heading = Heading { title: field.title, how, section: &inputs::section(field) };
    page.heading(blocks.exits, heading, layout.quarters)?;
    let looks = page.looks;
    for q in 0..layout.quarters {
        let name = layout.plan.calendar.name(Period::Quarter(q));
        page.formula(HEAD, column(q), &format!("={}", layout.time(Time::Quarter, q * 3)), name, &looks.head)?;
    }
    for (line, cell) in blocks.exit_cells.iter().enumerate() {
        let row = blocks.exits.row(line);
        page.label(row, &cell_label(layout, *cell, "", "heads", "exits[{region}][{role}]"))?;
        for q in 0..layout.quarters {
            page.typed(row, q, f64::from(exits_of(layout, *cell, q)), NumberFormat::Count)?;
        }
    }
    page.only_whole(blocks.exits, 0..layout.quarters, PEOPLE, "Type a whole number of people")?;
    Ok(())
}

fn exits_of(layout: &Layout<'_>, cell: usize, q: usize) -> u32 {
    let (r, k) = layout.cell(cell);
    let ids = layout.region(r).zip(layout.role(k));
    ids.map_or(0, |(region, role)| layout.plan.exits(&region.id, &role.id, q))
}

/// The sheet Moves.
pub(super) fn moves(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let Some(blocks) = &layout.cohort_blocks else { return Ok(()) };
    page.title("Moves", "Inputs: how many people change their region or role in a quarter")?;
    page.heads(["From region", "From role", "Quarter", "Unit", "Key"])?;
    page.widths(moves::HEADS_OF_COLUMNS.len(), 24)?;
    let block = blocks.moves;
    let how = "Heads and reason may be typed over. From where, to where and when follow from the plan: change them in Muster \
        and export it again";
    let heading = Heading { title: "Moves", how, section: &inputs::section(Move::HEADS) };
    page.heading(block, heading, moves::HEADS_OF_COLUMNS.len())?;
    for (place, head) in moves::HEADS_OF_COLUMNS.into_iter().enumerate() {
        page.head(block.first - 1, place, head)?;
    }
    for (line, (entry, route)) in layout.plan.moves.iter().zip(&layout.cohorts.routes).enumerate() {
        let row = block.row(line);
        let label =
            cell_label(layout, route.from, &layout.plan.calendar.name(Period::Quarter(route.quarter)), "heads", "");
        page.label(row, &LineLabel { key: format!("moves[{line}]"), ..label })?;
        page.typed(row, moves::HEADS, f64::from(entry.heads), NumberFormat::Count)?;
        let to = cell_label(layout, route.to, "", "", "");
        page.text(row, column(moves::TO_REGION), &to.region)?;
        page.text(row, column(moves::TO_ROLE), &to.role)?;
        page.text(row, column(moves::RAMP), if entry.keeps_ramp() { "Keep" } else { "Restart" })?;
        page.typed_text(row, moves::REASON, &entry.reason)?;
    }
    page.only_whole(block, moves::HEADS..moves::HEADS + 1, PEOPLE, "Type a whole number of people")
}

/// The sheet Departures: planned exits and moves by month, and the heads that go and move.
pub(super) fn split(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let Some(blocks) = &layout.cohort_blocks else { return Ok(()) };
    page.title("Departures", "How planned exits and moves of a quarter are split over its months")?;
    page.month_heads(layout)?;
    if !blocks.exit_cells.is_empty() {
        let label = |line: usize, (part, title): (&str, &str)| {
            let cell = blocks.exit_cells.get(line).copied().unwrap_or(0);
            cell_label(layout, cell, title, "heads", &format!("{part}_exits:{{region}},{{role}}"))
        };
        let count = |line: usize, t: usize| {
            let quarters = blocks.exits.fixed(line..line + 1, 0..layout.quarters);
            format!("INDEX({quarters},1,INT({}/3)+1)", month_number(t))
        };
        let value = |line: usize, t: usize| exits_of(layout, blocks.exit_cells.get(line).copied().unwrap_or(0), t / 3);
        Split { layout, blocks: blocks.split_exits, name: "Exits" }.write(page, label, count, value)?;
    }
    if !layout.plan.moves.is_empty() {
        let label = |line: usize, (part, title): (&str, &str)| {
            let from = layout.cohorts.routes.get(line).map_or(0, |route| route.from);
            let label = cell_label(layout, from, &format!("Move {}: {}", line + 1, title.to_lowercase()), "heads", "");
            LineLabel { key: format!("{part}_move:{line}"), ..label }
        };
        let quarter = |line: usize| layout.cohorts.routes.get(line).map_or(0, |route| route.quarter);
        let count = |line: usize, t: usize| {
            let heads = blocks.moves.input(line, moves::HEADS);
            format!("IF(INT({}/3)={},{heads},0)", month_number(t), quarter(line))
        };
        let value = |line: usize, t: usize| {
            let heads = layout.plan.moves.get(line).map_or(0, |entry| entry.heads);
            if quarter(line) == t / 3 { heads } else { 0 }
        };
        Split { layout, blocks: blocks.split_moves, name: "Moves" }.write(page, label, count, value)?;
    }
    departed(page, layout, blocks, PlanCase::Plan)?;
    departed(page, layout, blocks, PlanCase::WithoutGrowth)
}

/// The heads of a quarter, split over its months as growth hires are.
struct Split<'a> {
    layout: &'a Layout<'a>,
    blocks: SplitBlocks,
    name: &'static str,
}

impl Split<'_> {
    fn write(
        &self,
        page: &mut Page<'_>,
        label: impl Fn(usize, (&str, &str)) -> LineLabel,
        count: impl Fn(usize, usize) -> String,
        value: impl Fn(usize, usize) -> u32,
    ) -> Result<(), WorkbookError> {
        let (layout, [whole, fraction, planned]) = (self.layout, self.blocks);
        let titles = [
            (whole, "whole", "whole part", "Heads × weight ÷ sum of weights, rounded down"),
            (fraction, "fraction", "fraction", "What the whole part leaves of it"),
            (
                planned,
                "planned",
                "planned",
                "The whole part, and one more where the fraction is among the largest; ties to the earlier month",
            ),
        ];
        for (what, (block, part, title, how)) in titles.into_iter().enumerate() {
            let title = format!("{}: {title}", self.name);
            page.heading(block, Heading { title: &title, how, section: "Model section 3" }, layout.months)?;
            page.fill(
                block,
                layout.months,
                NumberFormat::Heads,
                |line| label(line, (part, &title)),
                |line, t| {
                    let share = share_of_count(&count(line, t), t);
                    let weight = crate::plan::share_of(&layout.plan.assumptions.start_phasing, t % 3);
                    let weight = weight.map_or(0.0, |share| share.exact().to_f64());
                    let part = rounded(f64::from(value(line, t)) * weight, 9);
                    match what {
                        0 => (format!("=INT(ROUND({share},9))"), part.floor()),
                        1 => {
                            let formula = format!("=ROUND(ROUND({share},9)-{},9)", whole.at(line, t));
                            (formula, rounded(part - part.floor(), 9))
                        }
                        _ => {
                            let formula = phased(layout, [whole, fraction], &count(line, t), (line, t));
                            let months = crate::engine::phased(layout.plan, value(line, t));
                            (formula, months.get(t % 3).copied().map_or(0.0, f64::from))
                        }
                    }
                },
            )?;
        }
        Ok(())
    }
}

/// Heads moved in, moved out and gone as planned, by region and role.
fn departed(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    blocks: &CohortBlocks,
    case: PlanCase,
) -> Result<(), WorkbookError> {
    let measures = [Measure::MovedIn, Measure::MovedOut, Measure::Exits];
    let prefix = if case == PlanCase::Plan { "" } else { "without:" };
    for (what, (block, measure)) in blocks.departures(case).into_iter().zip(measures).enumerate() {
        let without = if case == PlanCase::Plan { "" } else { " without growth" };
        let title = &format!("{}{without}", measure.title());
        let how = "The sum over its cohorts, on the sheets of cohorts";
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let key = format!("{prefix}{{region}},{{role}},{measure}");
        let label = |line: usize| super::labels::line_label(layout, (Lines::Cells, line), title, "heads", &key);
        page.fill(block, layout.months, NumberFormat::Heads, label, |cell, t| {
            let month = layout.month(case, cell, t);
            let value = [month.moved_in, month.moved_out, month.exits].get(what).map_or(0.0, |h| h.exact().to_f64());
            (format!("={}", sum(layout, blocks, (case, what), cell, t)), value)
        })?;
    }
    Ok(())
}

/// The sum over the cohorts of a region and role.
fn sum(layout: &Layout<'_>, blocks: &CohortBlocks, (case, what): (PlanCase, usize), cell: usize, t: usize) -> String {
    let here = blocks.heads(case);
    let whole = |block: Block| block.down(0..block.lines, t);
    let moves: Vec<(usize, usize)> = match what {
        0 => layout.cohorts.moves_to(cell).map(|(by, route)| (by, route.quarter)).collect(),
        1 => layout.cohorts.moves_from(cell).map(|(by, route)| (by, route.quarter)).collect(),
        _ => Vec::new(),
    };
    // The same formula in every month, as long as one can read it.
    let is_few = moves.len() <= MOST_RANGES;
    let moves = moves.into_iter().filter(|(_, quarter)| is_few || *quarter == t / 3);
    let moves = moves.filter_map(|(by, _)| here.taken.get(by).copied());
    let exits = here.exits.get(cell).copied().flatten().filter(|_| what == 2);
    let ranges: Vec<String> = moves.chain(exits).map(whole).collect();
    if ranges.is_empty() { "0".to_owned() } else { format!("SUM({})", ranges.join(",")) }
}
