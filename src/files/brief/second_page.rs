//! The second page: cost and what the expansion adds, hiring by quarter and area, what the plan rests on, findings.

use super::assumptions::{assumptions, coverage_drivers};
use super::chart::{ChartSlot, Columns};
use super::finding_list::findings;
use super::look::count_to_f32;
use super::look::{BODY, COLUMN, GUTTER, SOFT};
use super::pen::{Pen, Style};
use super::request::count;
use super::sheet::Sheet;
use super::table::{BriefCell, BriefRow, BriefTable, ROW};
use crate::engine::{Measure, Place, Unit};
use crate::files::figures::payback;
use crate::units::{Exact, Money, Period};

/// Most areas that the table of hires shows one by one.
const AREAS: usize = 6;

/// Draws the page.
pub(super) fn draw(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>) {
    let y = cost(pen, sheet, 58.0);
    let y = hiring(pen, sheet, y + 20.0);
    let half = (sheet.width() - GUTTER) / 2.0;
    let left = assumptions(pen, sheet, (sheet.left(), y + 20.0), half);
    let right = coverage_drivers(pen, sheet, (sheet.left() + half + GUTTER, y + 20.0), half, left);
    findings(pen, sheet, sheet.outcome(), "Findings", left.max(right) + 20.0);
}

/// Draws the cost of each fiscal year beside its budget; gives the bottom.
pub(super) fn cost(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, y: f32) -> f32 {
    let (plan, outcome) = (sheet.plan(), sheet.outcome());
    let years = plan.calendar.years();
    let width = (128.0 + 56.0 * count_to_f32(years)).min(sheet.width() * 0.68);
    let unit = format!("{}, by fiscal year", sheet.unit());
    pen.heading((sheet.left(), y), width, "Cost, and what it buys", &unit);
    let mut table =
        BriefTable::spread("Total cost by line, and what growth hires add, by fiscal year", 128.0, width, years);
    table.height = ROW - 0.5;
    let names = (0..years).map(|y| BriefCell::words(plan.calendar.name(Period::Year(y))));
    let cells = std::iter::once(BriefCell::words("Cost line")).chain(names).collect();
    table.head = vec![BriefRow { cells, strong: true, inset: 0.0, ruled: false }];
    let money = |amount: Option<Money>| sheet.millions.shown(amount.map(Money::exact), Unit::Money);
    let row =
        |name: &str, figure: &dyn Fn(usize) -> Option<Money>| BriefRow::of(name, (0..years).map(|y| money(figure(y))));
    let costs = |measure: Measure| move |y: usize| outcome.cost(measure, Place::Plan, Period::Year(y));
    let added = |measure: Measure| move |y: usize| outcome.added_in(measure, Period::Year(y));
    table.rows = cost_rows(sheet).into_iter().map(|line| row(line.title(), &costs(line))).collect();
    let so_far = |y: usize| outcome.added_so_far(Measure::AddedContribution, Period::Year(y));
    table.rows.extend([
        row("Total cost", &costs(Measure::TotalCost)).strong().ruled(),
        row("Budget", &|y| outcome.budget(y)),
        row("Budget left", &|y| outcome.budget_left(y)),
        row("Added by growth hires: capacity", &added(Measure::AddedCapacity)).ruled(),
        row("Added by growth hires: cost", &added(Measure::AddedCost)),
        row("Added by growth hires: contribution", &added(Measure::AddedContribution)),
        row("Added contribution so far", &so_far).strong(),
    ]);
    table.height = sheet.row_height(table.height, table.rows.len() + 1, y + 5.0);
    let end = table.draw(pen, sheet.left(), y + 5.0);
    let left = sheet.left() + width + GUTTER;
    let end = if sheet.is_slide() { sheet.bottom() } else { end };
    budget(pen, sheet, (left, y), sheet.right() - left, end);
    end
}

/// The costs that the total is made of: the nine lines, or without pay their sum beside the partner programme's. A slide has
/// none of them.
pub(super) fn cost_rows(sheet: &Sheet<'_>) -> Vec<Measure> {
    if sheet.is_slide() {
        return Vec::new();
    }
    if sheet.without_pay { vec![Measure::PeopleCost, Measure::ProgrammeCost] } else { Measure::cost_lines().collect() }
}

/// Total cost of each year against its budget, and payback.
fn budget(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, at: (f32, f32), width: f32, end: f32) {
    let (plan, outcome) = (sheet.plan(), sheet.outcome());
    pen.heading(at, width, "Cost against budget", "");
    let total = |y: usize| outcome.cost(Measure::TotalCost, Place::Plan, Period::Year(y)).unwrap_or_default();
    let says = |y: usize| {
        let text = |amount: Money| sheet.millions.text(amount.exact());
        let budget = outcome.budget(y).map_or_else(|| "no budget".to_owned(), |b| format!("budget {}", text(b)));
        format!("{}: total cost {}, {budget}", plan.calendar.name(Period::Year(y)), text(total(y)))
    };
    let years = 0..plan.calendar.years();
    let descriptions: Vec<String> = years.clone().map(says).collect();
    let slot = |y: usize| ChartSlot {
        name: plan.calendar.name(Period::Year(y)),
        group: None,
        values: vec![total(y).exact()],
        goals: outcome.budget(y).map(Money::exact).into_iter().collect(),
    };
    let columns = Columns {
        words: format!(
            "Columns of total cost with a line for the budget, in {}. {}",
            sheet.unit(),
            descriptions.join("; ")
        ),
        slots: years.map(slot).collect(),
        legend: vec!["Total cost".to_owned()],
        goal: "Budget".to_owned(),
        across: "Fiscal year".to_owned(),
        currency: plan.currency.to_string(),
    };
    let words = format!("Payback: {}.", payback(outcome));
    let height = end - at.1 - 4.0 - 30.0;
    columns.draw(pen, (at.0, at.1 + 4.0, width, height));
    pen.paragraph((at.0, end - 13.0), width, 2, &words, Style::new(BODY));
}

/// Draws growth hires by quarter and area; gives the bottom.
pub(super) fn hiring(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, y: f32) -> f32 {
    let plan = sheet.plan();
    pen.heading((sheet.left(), y), sheet.width(), "Growth hires", "planned, by fiscal quarter and area");
    let periods = sheet.periods();
    let in_period = |area: Option<&str>, period: Period| {
        let hires = |q: usize| area.map_or_else(|| plan.hires_in_quarter(q), |area| plan.hires_in_area(area, q));
        match period {
            Period::Quarter(q) => hires(q),
            Period::Year(y) => plan.calendar.quarters_of(y).map(hires).sum(),
            Period::Month(_) | Period::All => 0,
        }
    };
    let mut areas: Vec<(&str, u64)> =
        plan.areas().into_iter().map(|area| (area, in_period(Some(area), Period::Year(sheet.year())))).collect();
    let order: Vec<&str> = areas.iter().map(|a| a.0).collect();
    areas.sort_by_key(|(_, hires)| std::cmp::Reverse(*hires));
    let hidden = if areas.len() > AREAS { areas.split_off(AREAS - 1).len() } else { 0 };
    let shown: Vec<&str> = order.into_iter().filter(|area| areas.iter().any(|a| a.0 == *area)).collect();
    let mut table = BriefTable::spread("Growth hires by area and fiscal quarter", 132.0, sheet.width(), periods.len());
    table.height = ROW - 0.4;
    table.head = sheet.period_heads("Area");
    let figures = |area: Option<&str>| periods.iter().map(|p| count(in_period(area, *p))).collect::<Vec<_>>();
    table.rows = shown.iter().map(|area| BriefRow::of(*area, figures(Some(area)))).collect();
    if hidden > 0 {
        let others = |p: &Period| in_period(None, *p) - shown.iter().map(|a| in_period(Some(a), *p)).sum::<u64>();
        let name = format!("{hidden} more areas");
        table.rows.push(BriefRow::of(name, periods.iter().map(|p| count(others(p)))));
    }
    table.rows.push(BriefRow::of("All regions", figures(None)).strong().ruled());
    let bars = if sheet.is_slide() { 52.0 } else { 32.0 };
    table.height = sheet.row_height(table.height, table.rows.len() + 2, y + bars + 9.0);
    let totals: Vec<(Period, u64)> = periods.iter().map(|p| (*p, in_period(None, *p))).collect();
    above(pen, sheet, &table, (y + 7.0, bars), &totals);
    table.draw(pen, sheet.left(), y + bars + 9.0)
}

/// A column above each quarter of the table, as high as its hires.
fn above(
    pen: &mut Pen<'_, '_>,
    sheet: &Sheet<'_>,
    table: &BriefTable,
    (top, height): (f32, f32),
    totals: &[(Period, u64)],
) {
    let quarters = || totals.iter().filter(|(period, _)| matches!(period, Period::Quarter(_)));
    let max = quarters().map(|(_, hires)| *hires).max().unwrap_or(0);
    if max == 0 {
        return;
    }
    let name = |period: Period| sheet.plan().calendar.name(period);
    let descriptions: Vec<String> = quarters().map(|(p, hires)| format!("{}: {}", name(*p), count(*hires))).collect();
    let words = format!("Columns of growth hires by fiscal quarter. {}", descriptions.join("; "));
    let edges = table.edges();
    pen.drawing(&words, (sheet.left(), top, sheet.width(), height), |pen| {
        let axis = super::axis::Axis::of([Exact::from(max)], 1);
        let full = axis.share(Exact::from(max)).max(0.01);
        for ((period, hires), edge) in totals.iter().zip(edges.windows(2).skip(1)) {
            if let (Period::Quarter(_), [from, to]) = (period, edge) {
                let high = axis.share(Exact::from(*hires)) / full * height;
                let inset = (to - from) * 0.14;
                let left = sheet.left() + from + inset;
                pen.ground(left, top + height - high, to - from - inset * 2.0, high.max(0.3), COLUMN);
            }
        }
        let from = sheet.left() + edges.get(1).copied().unwrap_or(0.0);
        pen.rule((from, top + height), (sheet.right(), top + height), 0.5, SOFT);
    });
}
