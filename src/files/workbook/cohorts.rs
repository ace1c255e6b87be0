//! The sheets `Cohorts` and `WithoutCohorts`: people who came together, followed month by month, where people move or go or where
//! what happens to them differs by month (model section 3). Column D says since when they are in service.

use super::blocks::Time;
use super::cohort_blocks::CohortBlocks;
use super::cohort_lines::{CohortLine, Coming, Since};
use super::cohort_values::{CurveValues, HeadValues, service_of};
use super::columns::{role, team};
use super::error::WorkbookError;
use super::grid::{Block, HEAD, column, month_number};
use super::labels::{LineLabel, cell_label};
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use crate::engine::PlanCase;
use crate::plan::Role;

/// The title of lines of cohorts, and the end of their keys.
#[derive(Clone, Copy)]
struct LineTitle<'a> {
    title: &'a str,
    key: &'a str,
}

/// The column of the month since which a cohort is in service, D.
const SINCE: u16 = 3;

/// The sheet Cohorts: what happens to each cohort, and its heads.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>, curves: &CurveValues) -> Result<(), WorkbookError> {
    let Some(blocks) = &layout.cohort_blocks else { return Ok(()) };
    page.title(
        "Cohorts",
        "People who came together, month by month; column D says since which month they are in service",
    )?;
    heads(page, layout)?;
    let titles = [
        (
            "Monthly attrition",
            "attrition",
            "That of the first year of service, or later, by the sheet Values",
            NumberFormat::Fine,
        ),
        (
            "Productivity p(k)",
            "productivity",
            "By the ramp in force when they came; 1 once it is over",
            NumberFormat::Share,
        ),
        (
            "Payout(k)",
            "payout",
            "p(k) × A, and while ramping not less than the guarantee in force when they came",
            NumberFormat::Share,
        ),
    ];
    for (kind, (block, (title, key, how, format))) in blocks.curves.into_iter().zip(titles).enumerate() {
        page.heading(block, Heading { title, how, section: "Model sections 3 and 5" }, layout.months)?;
        let all = 0..layout.cohorts.lines.len();
        lines(page, layout, block, (LineTitle { title, key }, format, all), |line, t| {
            let cohort = layout.cohorts.lines.get(line)?;
            (t >= cohort.month).then(|| (curve(layout, blocks, cohort, line, (kind, t)), curves.at(kind, line, t)))
        })?;
    }
    write_heads(page, layout, curves, PlanCase::Plan)
}

/// The sheet `WithoutCohorts`.
pub(super) fn without(page: &mut Page<'_>, layout: &Layout<'_>, curves: &CurveValues) -> Result<(), WorkbookError> {
    page.title("WithoutCohorts", "The cohorts of the same plan with every growth hire taken out")?;
    heads(page, layout)?;
    write_heads(page, layout, curves, PlanCase::WithoutGrowth)
}

fn heads(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.month_heads(layout)?;
    page.sheet.write_string_with_format(HEAD, SINCE, "Since", &page.looks.head_left)?;
    Ok(())
}

/// Lines of cohorts, each with its month in column D; a month in which a cohort is not there has no cell.
fn lines(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    block: Block,
    (about, format, cohorts): (LineTitle<'_>, NumberFormat, impl IntoIterator<Item = usize>),
    cell: impl Fn(usize, usize) -> Option<(String, f64)>,
) -> Result<(), WorkbookError> {
    let looks = page.looks;
    for (place, line) in cohorts.into_iter().enumerate() {
        page.go_on()?;
        let Some(cohort) = layout.cohorts.lines.get(line) else { continue };
        let row = block.row(place);
        page.label(row, &label(layout, (line, cohort), about))?;
        let since = match cohort.service {
            Since::Month(t) => format!("={}", layout.time(Time::Number, t)),
            Since::Baseline(entry) => format!("=-{}", layout.blocks.team.input(entry, team::TENURE)),
        };
        let month = f64::from(i32::try_from(service_of(layout, line)).unwrap_or(i32::MIN));
        page.formula(row, SINCE, &since, month, looks.calc(NumberFormat::Name))?;
        for t in 0..layout.months {
            if let Some((formula, value)) = cell(line, t) {
                page.formula(row, column(t), &formula, value, looks.calc(format))?;
            }
        }
    }
    Ok(())
}

/// The label of a cohort; its key numbers the cohorts of a region and role in the order in which they come.
fn label(layout: &Layout<'_>, (line, cohort): (usize, &CohortLine), about: LineTitle<'_>) -> LineLabel {
    let first = layout.cohorts.of_cell.get(cohort.cell).map_or(0, |range| range.start);
    let taken = |taken: usize| layout.cohorts.taken.get(taken).map_or(0, |taken| taken.by + 1);
    let name = match cohort.coming {
        Coming::Baseline(entry) => format!("Baseline {}", entry + 1),
        Coming::Start => format!("Starts {}", layout.month_name(cohort.month)),
        Coming::Move(line) => format!("Move {} {}", taken(line), layout.month_name(cohort.month)),
    };
    LineLabel {
        measure: format!("{name}: {}", about.title.to_lowercase()),
        ..cell_label(layout, cohort.cell, "", "", &format!("cohort:{{region}},{{role}},{},{}", line - first, about.key))
    }
}

/// Monthly attrition, productivity or payout of a cohort.
fn curve(
    layout: &Layout<'_>,
    blocks: &CohortBlocks,
    cohort: &CohortLine,
    line: usize,
    (kind, t): (usize, usize),
) -> String {
    let [rate, sells, _] = blocks.curves;
    let month = month_number(t);
    if kind == 0 {
        let [early, later] = layout.values.attrition.map(|block| block.at(cohort.cell, t));
        return format!("=IF({month}-{}<12,{early},{later})", rate.beside(line));
    }
    let (_, k) = layout.cell(cohort.cell);
    let age = match cohort.ramp {
        Since::Month(since) => format!("{month}-{since}"),
        Since::Baseline(entry) => format!("{month}+{}", layout.blocks.team.input(entry, team::TENURE)),
    };
    // Ramp and guarantee are those in force when the cohort came.
    let came = cohort.month;
    let ramp = layout.values.ramp(k);
    let length = ramp.map_or_else(|| layout.blocks.roles.input(k, role::RAMP), |block| block.input(0, came));
    if kind == 1 {
        let place = format!("MAX({age}-ramp_slip,0)");
        let share = match ramp {
            Some(block) => format!("INDEX({},{place}+1)", block.fixed(1..layout.ramp + 1, came..came + 1)),
            None => format!("INDEX({},1,{place}+1)", layout.blocks.ramp.fixed(k..k + 1, 0..layout.ramp)),
        };
        return format!("=IF({place}<{length},{share},1)");
    }
    let payout = match layout.values.payout {
        block if block.lines > 0 => block.at(0, t),
        _ => "payout_level".to_owned(),
    };
    let guarantee = match layout.values.of(Role::RAMP_GUARANTEE) {
        Some(block) => block.input(k, came),
        None => layout.blocks.roles.input(k, role::GUARANTEE),
    };
    let earns = format!("{}*{payout}", sells.at(line, t));
    format!("=IF(AND({length}>0,{age}<ramp_slip+{length}),MAX({earns},{guarantee}),{earns})")
}

/// Heads of the cohorts: before moves, what moves take, at work, planned exits.
fn write_heads(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    curves: &CurveValues,
    case: PlanCase,
) -> Result<(), WorkbookError> {
    let Some(blocks) = &layout.cohort_blocks else { return Ok(()) };
    let values = HeadValues::new(layout, curves, case);
    let heads = CohortHeads { layout, blocks, case };
    let of_cell = |cell: usize| layout.cohorts.of_cell.get(cell).cloned().unwrap_or_default();
    let here = blocks.heads(case);
    let section = "Model section 3";
    for (cell, block) in here.opening.iter().enumerate().filter_map(|(cell, block)| Some((cell, (*block)?))) {
        let title = format!("{}: before moves", heads.name(cell));
        let how = "Who is there at the beginning of the month: those of the month before, less leavers and exits";
        page.heading(block, Heading { title: &title, how, section }, layout.months)?;
        let about = LineTitle { title: "Before moves", key: &heads.key("before_moves") };
        lines(page, layout, block, (about, NumberFormat::Heads, of_cell(cell)), |line, t| {
            let is_there = layout.cohorts.is_there(line, t);
            is_there.then(|| (format!("={}", heads.stay(line, t)), super::steps::among(&values.opening, line, t)))
        })?;
    }
    for (by, (block, route)) in here.taken.iter().zip(&layout.cohorts.routes).enumerate() {
        let title = format!("Move {} out of {} to {}", by + 1, heads.name(route.from), heads.name(route.to));
        let how = "Of each cohort, those with the longest service first and no more than there are; of equal service, those \
            who came first";
        page.heading(*block, Heading { title: &title, how, section }, layout.months)?;
        let taken = layout.cohorts.taken.get(route.taken.clone()).unwrap_or_default();
        let cohorts: Vec<usize> = taken.iter().map(|taken| taken.cohort).collect();
        let first = cohorts.first().copied().unwrap_or(0);
        let about = LineTitle { title: "Moving", key: &heads.key(&format!("move:{by}")) };
        lines(page, layout, *block, (about, NumberFormat::Heads, cohorts.clone()), |line, t| {
            let is_now = t / 3 == route.quarter && layout.cohorts.is_there(line, t);
            // The cohorts that are there come first among those of their cell.
            let value = || super::steps::among(&values.taken, route.taken.start + (line - first), t);
            is_now.then(|| (heads.taken(by, (line, first), t), value()))
        })?;
    }
    let how = "Those who come in their first month; then those who stay, less those who move";
    page.heading(here.at_work, Heading { title: "At work", how, section }, layout.months)?;
    let all = 0..layout.cohorts.lines.len();
    let about = LineTitle { title: "At work", key: &heads.key("at_work") };
    lines(page, layout, here.at_work, (about, NumberFormat::Heads, all), |line, t| {
        Some((heads.at_work(line, t)?, super::steps::among(&values.at_work, line, t)))
    })?;
    for (cell, block) in here.exits.iter().enumerate().filter_map(|(cell, block)| Some((cell, (*block)?))) {
        let title = format!("{}: planned exits", heads.name(cell));
        let how = "After the leavers, those with the longest service first and no more than there are; of equal service, \
            those who came first";
        page.heading(block, Heading { title: &title, how, section }, layout.months)?;
        let about = LineTitle { title: "Exits", key: &heads.key("exits") };
        lines(page, layout, block, (about, NumberFormat::Heads, of_cell(cell)), |line, t| {
            let is_there = layout.cohorts.lines.get(line).is_some_and(|cohort| cohort.month <= t);
            is_there.then(|| (heads.exits((cell, line), t), super::steps::among(&values.exits, line, t)))
        })?;
    }
    Ok(())
}

/// The formulas of the heads of cohorts, with or without growth.
struct CohortHeads<'a> {
    layout: &'a Layout<'a>,
    blocks: &'a CohortBlocks,
    case: PlanCase,
}

impl CohortHeads<'_> {
    fn name(&self, cell: usize) -> String {
        let (r, k) = self.layout.cell(cell);
        let (region, role) = (self.layout.region(r), self.layout.role(k));
        format!("{}, {}", region.map_or("", |r| r.name.as_str()), role.map_or("", |k| k.name.as_str()))
    }

    /// The end of a key, which says whether growth hires are left out.
    fn key(&self, what: &str) -> String {
        let prefix = if self.case == PlanCase::Plan { "" } else { "without," };
        format!("{prefix}{what}")
    }

    /// Those of a cohort who are there at the beginning of a month.
    fn stay(&self, line: usize, t: usize) -> String {
        let here = self.blocks.heads(self.case);
        let Some(cohort) = self.layout.cohorts.lines.get(line) else { return "0".to_owned() };
        match (t.checked_sub(1), cohort.coming) {
            (Some(before), _) => {
                let [rate, ..] = self.blocks.curves;
                let stay = format!("{}*(1-{})", here.at_work.at(line, before), rate.at(line, before));
                let first = self.layout.cohorts.of_cell.get(cohort.cell).map_or(0, |range| range.start);
                let exits = here.exits.get(cohort.cell).copied().flatten();
                exits.map_or(stay.clone(), |block| format!("{stay}-{}", block.at(line - first, before)))
            }
            (None, Coming::Baseline(entry)) => self.layout.blocks.team.input(entry, team::HEADS),
            (None, _) => "0".to_owned(),
        }
    }

    fn at_work(&self, line: usize, t: usize) -> Option<String> {
        let cohorts = &self.layout.cohorts;
        let cohort = cohorts.lines.get(line)?;
        let here = self.blocks.heads(self.case);
        if !cohorts.is_there(line, t) {
            let comes = if let Coming::Move(taken) = cohort.coming {
                let by = cohorts.taken.get(taken)?.by;
                let first = cohorts.routes.get(by)?.taken.start;
                here.taken.get(by)?.at(taken - first, t)
            } else {
                let [starts, ..] = self.layout.blocks.monthly(self.case).heads;
                starts.at(cohort.cell, t)
            };
            return (cohort.month == t).then(|| format!("={comes}"));
        }
        let first = cohorts.of_cell.get(cohort.cell)?.start;
        let Some(opening) = here.opening.get(cohort.cell).copied().flatten() else {
            return Some(format!("={}", self.stay(line, t)));
        };
        let moves = cohorts.moves_from(cohort.cell).filter(|(_, route)| route.quarter == t / 3);
        let moves = moves.filter_map(|(by, _)| Some(here.taken.get(by)?.at(line - first, t)));
        let moves: Vec<String> = moves.map(|cell| format!("-{cell}")).collect();
        Some(format!("={}{}", opening.at(line - first, t), moves.concat()))
    }

    /// The heads that a move takes out of a cohort: those still planned when people of longer service have gone, at most what is
    /// there.
    fn taken(&self, by: usize, (line, first): (usize, usize), t: usize) -> String {
        let cohorts = &self.layout.cohorts;
        let here = self.blocks.heads(self.case);
        let from = cohorts.routes.get(by).map_or(0, |route| route.from);
        let (Some(opening), Some(own)) = (here.opening.get(from).copied().flatten(), here.taken.get(by)) else {
            return "=0".to_owned();
        };
        let place = line - first;
        // What earlier moves of the month have taken is no longer there.
        let earlier = cohorts.moves_from(from).filter(|(other, route)| *other < by && route.quarter == t / 3);
        let earlier: Vec<Block> = earlier.filter_map(|(other, _)| here.taken.get(other).copied()).collect();
        let all = 0..own.lines;
        let there = |range: std::ops::Range<usize>| {
            let less: Vec<String> = earlier.iter().map(|block| format!("-{}", block.down(range.clone(), t))).collect();
            format!("({}{})", opening.down(range, t), less.concat())
        };
        let before = before(*own, (place, all), there);
        let [_, _, planned] = self.blocks.split_moves;
        let less: Vec<String> = earlier.iter().map(|block| format!("-{}", block.at(place, t))).collect();
        let available = format!("{}{}", opening.at(place, t), less.concat());
        format!("=MAX(0,MIN({available},{}-{before}))", planned.at(by, t))
    }

    /// The heads that planned exits take out of a cohort after its leavers.
    fn exits(&self, (cell, line): (usize, usize), t: usize) -> String {
        let here = self.blocks.heads(self.case);
        let range = self.layout.cohorts.of_cell.get(cell).cloned().unwrap_or_default();
        let [rate, ..] = self.blocks.curves;
        let Some(own) = here.exits.get(cell).copied().flatten() else { return "=0".to_owned() };
        let there = |lines: std::ops::Range<usize>| {
            let lines = range.start + lines.start..range.start + lines.end;
            format!("{}*(1-{})", here.at_work.down(lines.clone(), t), rate.down(lines, t))
        };
        let before = before(own, (line - range.start, 0..range.len()), there);
        let [_, _, planned] = self.blocks.split_exits;
        let place = self.blocks.exit_cells.iter().position(|other| *other == cell).unwrap_or(0);
        let available = format!("{}*(1-{})", here.at_work.at(line, t), rate.at(line, t));
        format!("=MAX(0,MIN({available},{}-{before}))", planned.at(place, t))
    }
}

/// The heads of those with a longer service, and of those with the same who came before.
fn before(
    block: Block,
    (place, all): (usize, std::ops::Range<usize>),
    there: impl Fn(std::ops::Range<usize>) -> String,
) -> String {
    let own = block.beside(place);
    let longer = format!("SUMPRODUCT(({}<{own})*{})", block.all_beside(all.clone()), there(all));
    if place == 0 {
        return longer;
    }
    let same = format!("SUMPRODUCT(({}={own})*{})", block.all_beside(0..place), there(0..place));
    format!("({longer}+{same})")
}
