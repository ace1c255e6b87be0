//! The second page of two plans side by side: cost, hiring, assumptions, what causes the differences, findings, and
//! what differs in words.

use std::sync::Arc;

use super::assumptions::stated;
use super::chart::{ChartSlot, Columns};
use super::finding_list::findings as list;
use super::look::{GUTTER, count_to_f32};
use super::pen::{Pen, Style};
use super::request::count;
use super::second_page::cost_rows;
use super::sheet::Sheet;
use super::subject::PlanComparison;
use super::table::{BriefCell, BriefRow, BriefTable, ROW};
use crate::analysis::{ComparedFigure, FigureRef};
use crate::edit;
use crate::engine::{FindingKind, Measure, Outcome, Place, Unit, findings};
use crate::files::figures::{NONE, difference, percent};
use crate::plan::PlanEdit;
use crate::units::{Exact, Money, Period, Ratio, counted};

/// Most areas that the table of hires shows one by one.
const AREAS: usize = 4;
/// Most causes that the table of differences shows one by one.
const CAUSES: usize = 11;
/// Least height of the list of findings.
const LEAST: f32 = 60.0;
/// The height of a row.
const LOW: f32 = ROW - 0.5;

/// Draws the page.
pub(super) fn draw(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>) {
    let half = (sheet.width() - GUTTER) / 2.0;
    let second = sheet.left() + half + GUTTER;
    let y = cost(pen, sheet, comparison, 58.0);
    let y = hiring(pen, sheet, comparison, y + 18.0) + 18.0;
    let left = assumptions(pen, sheet, comparison, (sheet.left(), y), half);
    let right = causes(pen, sheet, comparison, (second, y), half);
    let y = left.max(right) + 18.0;
    let left = found(pen, sheet, comparison, (sheet.left(), y), half);
    differs(pen, sheet, comparison, (second, y), half, left);
    let y = left + 18.0;
    if y + LEAST < sheet.bottom() {
        let title = format!("Findings of {}", comparison.other.short_name());
        list(pen, sheet, &comparison.other.outcome, &title, y);
    }
}

/// A heading row: what the rows are, both plans, and what else there is.
fn head(sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, first: &str, others: &[&str]) -> BriefRow {
    let names = [first, sheet.subject.short_name(), comparison.other.short_name()];
    let cells = names.into_iter().chain(others.iter().copied()).map(BriefCell::words).collect();
    BriefRow { cells, strong: true, inset: 0.0, ruled: false }
}

/// An outcome's period of the same name.
fn same(sheet: &Sheet<'_>, outcome: &Outcome, period: Period) -> Option<Period> {
    outcome.plan().calendar.period(&sheet.plan().calendar.name(period)).ok()
}

fn both<'a>(sheet: &Sheet<'a>, comparison: &PlanComparison<'a>) -> [&'a Outcome; 2] {
    [sheet.outcome(), &comparison.other.outcome]
}

/// An amount of both plans, their difference, and that as a share of the first.
fn amounts(sheet: &Sheet<'_>, figures: &ComparedFigure) -> BriefRow {
    let value = |version: usize| sheet.millions.shown(figures.values.get(version).copied().flatten(), Unit::Money);
    let (change, relative) = (figures.change(1), figures.relative(1));
    let sign = if relative.is_some_and(|share| share > Exact::ZERO) { "+" } else { "" };
    let share = format!("{sign}{}", percent(relative.map(Ratio::new)));
    let change = sheet.millions.difference(change, Unit::Money);
    BriefRow::of(figures.title.as_str(), [value(0), value(1), change, share])
}

/// An amount of the main year, in both plans.
fn in_year(
    sheet: &Sheet<'_>,
    comparison: &PlanComparison<'_>,
    (title, measure): (&str, Measure),
    amount: impl Fn(&Outcome, Period) -> Option<Money>,
) -> ComparedFigure {
    let values = both(sheet, comparison).map(|outcome| {
        let year = same(sheet, outcome, Period::Year(sheet.year()))?;
        amount(outcome, year).map(Money::exact)
    });
    ComparedFigure {
        name: measure.name(),
        title: title.to_owned(),
        place: String::new(),
        region: String::new(),
        period: sheet.year_name(),
        unit: Unit::Money,
        values: values.to_vec(),
    }
}

/// A cost of the whole plan in the main year, in both plans.
fn costs_of(sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, measure: Measure) -> ComparedFigure {
    in_year(sheet, comparison, (measure.title(), measure), |outcome, year| outcome.cost(measure, Place::Plan, year))
}

/// What growth hires add in the main year, or have added by its end, in both plans.
fn added(
    sheet: &Sheet<'_>,
    comparison: &PlanComparison<'_>,
    title: &str,
    measure: Measure,
    so_far: bool,
) -> ComparedFigure {
    in_year(sheet, comparison, (title, measure), |outcome, year| {
        if so_far { outcome.added_so_far(measure, year) } else { outcome.added_in(measure, year) }
    })
}

/// Draws the cost of both plans beside their budgets, on a slide above them; gives the bottom.
pub(super) fn cost(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, y: f32) -> f32 {
    let width = sheet.width() * if sheet.is_slide() { 1.0 } else { 0.62 };
    let main = sheet.year_name();
    let unit = format!("{}, {main}", sheet.unit());
    pen.heading((sheet.left(), y), width, "Cost, and what it buys", &unit);
    let mut table = BriefTable::spread("Cost by line of both plans", 128.0, width, 4);
    table.height = LOW;
    table.head = vec![head(sheet, comparison, "Cost line", &["Difference", "Relative"])];
    let costs = cost_rows(sheet).into_iter().map(|measure| amounts(sheet, &costs_of(sheet, comparison, measure)));
    table.rows = costs.collect();
    table.rows.push(amounts(sheet, &costs_of(sheet, comparison, Measure::TotalCost)).strong().ruled());
    let budget = comparison.figures.headline.iter().find(|r| r.name == "budget" && r.period == main);
    table.rows.extend(budget.map(|figures| amounts(sheet, figures)));
    let row = |title: &str, measure: Measure, so_far| amounts(sheet, &added(sheet, comparison, title, measure, so_far));
    table.rows.extend([
        row("Added by growth hires: capacity", Measure::AddedCapacity, false).ruled(),
        row("Added by growth hires: cost", Measure::AddedCost, false),
        row("Added by growth hires: contribution", Measure::AddedContribution, false),
        row("Added contribution so far", Measure::AddedContribution, true).strong(),
    ]);
    let end = table.draw(pen, sheet.left(), y + 5.0);
    if sheet.is_slide() {
        let top = end + 18.0;
        budgets(pen, sheet, comparison, (sheet.left(), top), (width, sheet.bottom() - top));
        return sheet.bottom();
    }
    let left = sheet.left() + width + GUTTER;
    budgets(pen, sheet, comparison, (left, y), (sheet.right() - left, end - y));
    end
}

/// Total cost of each year against its budget, of both plans.
fn budgets(
    pen: &mut Pen<'_, '_>,
    sheet: &Sheet<'_>,
    comparison: &PlanComparison<'_>,
    at: (f32, f32),
    size: (f32, f32),
) {
    let plan = sheet.plan();
    pen.heading(at, size.0, "Cost against budget", "");
    let name = |y: usize| plan.calendar.name(Period::Year(y));
    let figures = |y: usize| {
        both(sheet, comparison).map(|outcome| {
            let year = same(sheet, outcome, Period::Year(y));
            let cost = year.and_then(|year| outcome.cost(Measure::TotalCost, Place::Plan, year)).unwrap_or_default();
            let budget = match year {
                Some(Period::Year(y)) => outcome.budget(y),
                _ => None,
            };
            (cost.exact(), budget.map(Money::exact))
        })
    };
    let says = |y: usize| {
        let [one, two] = figures(y).map(|(cost, budget)| {
            let budget =
                budget.map_or_else(|| "no budget".to_owned(), |b| format!("a budget of {}", sheet.millions.text(b)));
            format!("{} for {budget}", sheet.millions.text(cost))
        });
        format!("{}: {one}, then {two}", name(y))
    };
    let years = 0..plan.calendar.years();
    let descriptions: Vec<String> = years.clone().map(says).collect();
    let slot = |y: usize| {
        let all = figures(y);
        let goals: Vec<Exact> = all.iter().filter_map(|(_, budget)| *budget).collect();
        ChartSlot {
            name: name(y),
            group: None,
            values: all.iter().map(|(cost, _)| *cost).collect(),
            goals: if goals.len() == all.len() { goals } else { Vec::new() },
        }
    };
    let columns = Columns {
        words: format!("Columns of total cost of both plans, in {}. {}", sheet.unit(), descriptions.join("; ")),
        slots: years.map(slot).collect(),
        legend: [sheet.subject, comparison.other].map(|s| s.short_name().to_owned()).to_vec(),
        goal: "Budget".to_owned(),
        across: "Fiscal year".to_owned(),
        currency: plan.currency.to_string(),
    };
    columns.draw(pen, (at.0, at.1 + 4.0, size.0, size.1 - 4.0));
}

/// Draws growth hires of both plans by quarter and area; gives the bottom.
pub(super) fn hiring(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, y: f32) -> f32 {
    pen.heading((sheet.left(), y), sheet.width(), "Growth hires", "planned, by fiscal quarter and area");
    let periods = sheet.periods();
    let mut table = BriefTable::spread("Growth hires of both plans by area", 132.0, sheet.width(), periods.len());
    table.height = LOW;
    table.head = sheet.period_heads("Plan and area");
    for (subject, outcome) in [sheet.subject, comparison.other].into_iter().zip(both(sheet, comparison)) {
        let plan = outcome.plan();
        let hires = |area: Option<&str>, period: Period| {
            let of = |q: usize| area.map_or_else(|| plan.hires_in_quarter(q), |area| plan.hires_in_area(area, q));
            match same(sheet, outcome, period) {
                Some(Period::Quarter(q)) => of(q),
                Some(Period::Year(y)) => plan.calendar.quarters_of(y).map(of).sum(),
                _ => 0,
            }
        };
        let figures = |area| periods.iter().map(|p| count(hires(area, *p))).collect::<Vec<_>>();
        table.rows.push(BriefRow::of(subject.name(), figures(None)).strong().ruled());
        let areas = plan.areas();
        if areas.len() <= AREAS {
            table.rows.extend(areas.into_iter().map(|area| BriefRow::of(area, figures(Some(area))).inset()));
        }
    }
    table.height = sheet.row_height(table.height, table.rows.len() + 2, y + 5.0);
    table.draw(pen, sheet.left(), y + 5.0)
}

fn assumptions(
    pen: &mut Pen<'_, '_>,
    sheet: &Sheet<'_>,
    comparison: &PlanComparison<'_>,
    at: (f32, f32),
    width: f32,
) -> f32 {
    pen.heading(at, width, "Assumptions that matter", "in bold where they differ");
    let mut table = BriefTable::spread("Assumptions of both plans", width * 0.38, width, 2);
    table.height = LOW;
    table.head = vec![head(sheet, comparison, "Assumption", &[])];
    let (one, two) = (sheet.plan(), comparison.other.outcome.plan());
    let (one, two) = (stated(one, two), stated(two, one));
    let value = |of: &[(String, String)], name: &str| {
        of.iter().find(|(n, _)| n == name).map_or_else(|| NONE.to_owned(), |(_, value)| value.clone())
    };
    let more = two.iter().filter(|(name, _)| one.iter().all(|(n, _)| n != name));
    for (name, _) in one.iter().chain(more) {
        let (a, b) = (value(&one, name), value(&two, name));
        let differs = a != b;
        let cells = vec![BriefCell::words(name.as_str()), BriefCell::words(a), BriefCell::words(b)];
        table.rows.push(BriefRow { cells, strong: differs, inset: 0.0, ruled: false });
    }
    table.draw(pen, at.0, at.1 + 5.0)
}

/// What causes the difference of coverage and cost in the main year, each cause on top of those above it.
pub(super) fn causes(
    pen: &mut Pen<'_, '_>,
    sheet: &Sheet<'_>,
    comparison: &PlanComparison<'_>,
    at: (f32, f32),
    width: f32,
) -> f32 {
    let unit = format!("{}, points and {}", sheet.year_name(), sheet.unit());
    pen.heading(at, width, "What makes the difference", &unit);
    let year = Period::Year(sheet.year());
    let fall = |measure| comparison.bridge.waterfall(&FigureRef::at(sheet.outcome(), measure, Place::Plan, year));
    let (coverage, cost) = (fall(Measure::CapacityCoverage), fall(Measure::TotalCost));
    let points = |change: Option<Exact>| {
        let text = difference(change, Unit::Ratio);
        text.strip_suffix(" pt").map_or(text.clone(), str::to_owned)
    };
    let amount = |change: Option<Exact>| sheet.millions.difference(change, Unit::Money);
    let mut table = BriefTable::spread("What makes the difference, cause by cause", width * 0.56, width, 2);
    table.height = LOW;
    let cells = ["Cause, on top of those above", "Coverage", "Total cost"].map(BriefCell::words).to_vec();
    table.head = vec![BriefRow { cells, strong: true, inset: 0.0, ruled: false }];
    let steps = coverage.steps.iter().zip(&cost.steps);
    let all = steps.map(|(a, b)| BriefRow::of(a.cause.as_str(), [points(a.change), amount(b.change)]));
    table.rows = all.take(CAUSES).collect();
    let hidden = coverage.steps.len().saturating_sub(CAUSES);
    if hidden > 0 {
        let name = format!("and {}", counted(hidden, "more cause", "more causes"));
        table.rows.push(BriefRow::of(name, [String::new(), String::new()]));
    }
    let whole = |from: Option<Exact>, to: Option<Exact>| from.zip(to).map(|(from, to)| to - from);
    let sums = [points(whole(coverage.from, coverage.to)), amount(whole(cost.from, cost.to))];
    table.rows.push(BriefRow::of("Difference", sums).strong().ruled());
    table.height = sheet.row_height(table.height, table.rows.len() + 1, at.1 + 5.0);
    table.draw(pen, at.0, at.1 + 5.0)
}

/// How many findings of each kind both plans have; gives the bottom.
fn found(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, at: (f32, f32), width: f32) -> f32 {
    pen.heading(at, width, "Findings", "by kind");
    let [one, two] = both(sheet, comparison).map(findings);
    let mut table = BriefTable::spread("Findings of both plans by kind", width * 0.34, width, 3);
    table.height = LOW;
    table.head = vec![head(sheet, comparison, "Finding", &["Difference"])];
    let row = |name: &str, one: usize, two: usize| {
        let change = difference(Some(Exact::from(two) - Exact::from(one)), Unit::Count);
        BriefRow::of(name, [Exact::from(one).grouped(0), Exact::from(two).grouped(0), change])
    };
    for kind in FindingKind::ALL {
        let [a, b] = [&one, &two].map(|all| all.iter().filter(|f| f.kind == kind).count());
        if a + b > 0 {
            table.rows.push(row(kind.title(), a, b));
        }
    }
    table.rows.push(row("All", one.len(), two.len()).strong().ruled());
    table.draw(pen, at.0, at.1 + 5.0)
}

/// Whether an edit states what somebody is paid.
fn states_pay(edit: &PlanEdit) -> bool {
    let path = edit::path(edit);
    path == "pay" || path.starts_with("pay[")
}

/// What differs between the plans, in words, as far as `bottom`.
fn differs(
    pen: &mut Pen<'_, '_>,
    sheet: &Sheet<'_>,
    comparison: &PlanComparison<'_>,
    at: (f32, f32),
    width: f32,
    bottom: f32,
) {
    pen.heading(at, width, "What differs", "");
    let (from, to) = (Arc::clone(sheet.outcome().plan()), comparison.bridge.end().plan());
    let mut edits = edit::difference(&from, to).unwrap_or_default();
    let all = edits.len();
    if sheet.without_pay {
        edits.retain(|edit| !states_pay(edit));
    }
    let mut lines = edit::summary(&from, &edits);
    if edits.len() < all {
        lines.push("Pay, which is left out here".to_owned());
    }
    let mut room = 0;
    while at.1 + 15.0 + LOW * count_to_f32(room) <= bottom {
        room += 1;
    }
    let shown = if lines.len() > room { room.saturating_sub(1) } else { lines.len() };
    let mut say = |index: usize, words: &str, style: Style| {
        pen.paragraph((at.0, at.1 + 15.0 + LOW * count_to_f32(index)), width, 1, words, style);
    };
    for (index, line) in lines.iter().take(shown).enumerate() {
        say(index, line, Style::new(7.1));
    }
    if lines.is_empty() {
        say(0, "Nothing", Style::new(7.1));
    }
    if lines.len() > shown {
        say(shown, &format!("and {} more", lines.len() - shown), Style::note());
    }
}
