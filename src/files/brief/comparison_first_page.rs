//! The first page of two plans side by side: the limits that each breaks, the request of each, the headline, coverage and
//! capacity, with their differences.

use super::broken_limits::broken_text;
use super::chart::{ChartSlot, Columns};
use super::first_page::{TextBox, Tile, legend, tiles, title};
use super::look::count_to_f32;
use super::pen::{Pen, Style};
use super::request::request_text;
use super::sheet::{Sheet, covered};
use super::subject::{BriefSubject, PlanComparison};
use super::table::{BriefCell, BriefRow, BriefTable, ROW};
use crate::analysis::{ComparedFigure, Comparison};
use crate::engine::{Outcome, Place, Rollup, Unit};
use crate::files::figures::{NONE, difference};
use crate::units::{Period, Ratio, counted};

/// Most letters of a plan's name before what it asks.
const NAME: usize = 60;
/// Most fiscal years whose figures stand side by side.
const YEARS: usize = 2;
/// The smallest and the largest height of the chart.
const CHART: (f32, f32) = (110.0, 205.0);
/// Least height of a row of the heat table.
const LOW: f32 = 9.4;

/// Draws the page.
pub(super) fn draw(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>) {
    let y = title(pen, sheet, 64.0);
    let say = |s: &BriefSubject| format!("{}: {}", cut(&s.name()), request_text(s));
    let texts = [say(sheet.subject), say(comparison.other)];
    let broken = [sheet.subject, comparison.other].map(|s| format!("{}: {}", cut(&s.name()), broken_text(s)));
    let broken = TextBox { title: "Which limits they break", texts: &broken, lines: 4 };
    let y = broken.draw(pen, sheet, y + 11.0, Style::new(7.6));
    let y = TextBox { title: "What is asked", texts: &texts, lines: 5 }.draw(pen, sheet, y + 8.0, Style::new(7.8));
    let y = tiles(pen, sheet, y + 12.0, &glance(sheet, comparison));
    let y = headline(pen, sheet, comparison, y + 20.0);
    let y = coverage(pen, sheet, comparison, y + 20.0, sheet.bottom() - CHART.0 - 18.0) + 20.0;
    chart(pen, sheet, comparison, y, (sheet.bottom() - y).min(CHART.1));
}

/// A name that leaves room for the request after it.
fn cut(name: &str) -> String {
    match name.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default().trim_end()),
        None => name.to_owned(),
    }
}

/// The figures by which plans are judged first, from the first to the second.
fn glance(sheet: &Sheet<'_>, comparison: &PlanComparison<'_>) -> Vec<Tile> {
    let year = sheet.year();
    let rows = Comparison::glance(comparison.figures.versions.clone(), year..year + 1);
    let tile = |row: &ComparedFigure| {
        let values: Vec<String> = row.values.iter().map(|value| sheet.millions.shown(*value, row.unit)).collect();
        let none = row.values.iter().all(Option::is_none);
        let value = if none { NONE.to_owned() } else { values.join(" → ") };
        let change =
            row.change(1).map(|change| format!("difference {}", sheet.millions.difference(Some(change), row.unit)));
        let unit = match (row.unit, row.period.as_str()) {
            (Unit::Money, _) => sheet.unit(),
            (_, "") => "months".to_owned(),
            (_, period) => period.to_owned(),
        };
        Tile { name: format!("{}, {unit}", row.title), value, note: change.unwrap_or_default() }
    };
    rows.iter().map(tile).collect()
}

/// Which fiscal years are shown: all where they are few, else the main one and the next.
fn years(sheet: &Sheet<'_>) -> Vec<usize> {
    let (all, main) = (sheet.plan().calendar.years(), sheet.year());
    if all <= YEARS { (0..all).collect() } else { (main..all).take(YEARS).collect() }
}

/// Two heading rows: fiscal years, and under each both plans and the difference.
fn heads(sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, first: &str, years: &[usize]) -> Vec<BriefRow> {
    let (mut top, mut names) = (vec![BriefCell::words(" ")], vec![BriefCell::words(first)]);
    for year in years {
        top.push(BriefCell::over(sheet.plan().calendar.name(Period::Year(*year)), 3));
        names.extend([sheet.subject.short_name(), comparison.other.short_name(), "Difference"].map(BriefCell::words));
    }
    let row = |cells| BriefRow { cells, strong: false, inset: 0.0, ruled: false };
    vec![row(top).strong(), row(names)]
}

/// Draws the headline figures of both plans; gives the bottom.
pub(super) fn headline(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, y: f32) -> f32 {
    let years = years(sheet);
    let note = format!("by fiscal year, amounts in {}", sheet.unit());
    pen.heading((sheet.left(), y), sheet.width(), "Headline figures", &note);
    let mut table = BriefTable::spread("Headline figures of both plans", 122.0, sheet.width(), years.len() * 3);
    table.height = ROW - 0.5;
    table.head = heads(sheet, comparison, "Figure", &years);
    let names: Vec<String> = years.iter().map(|y| sheet.plan().calendar.name(Period::Year(*y))).collect();
    let all = &comparison.figures.headline;
    let main = sheet.year_name();
    for row in all.iter().filter(|row| row.period == main || row.period.is_empty()) {
        let here = |name: &String| all.iter().find(|other| other.name == row.name && other.period == *name);
        let cells = |row_of_period: Option<&ComparedFigure>| {
            let value = |n: usize| row_of_period.and_then(|f| f.values.get(n).copied().flatten());
            let change = row_of_period.and_then(|f| f.change(1));
            let text = |value| sheet.millions.shown(value, row.unit);
            [text(value(0)), text(value(1)), sheet.millions.difference(change, row.unit)]
        };
        let figures: Vec<String> = if row.period.is_empty() {
            let blank = years.len().saturating_sub(1) * 3;
            cells(Some(row)).into_iter().chain(std::iter::repeat_n(String::new(), blank)).collect()
        } else {
            names.iter().flat_map(|name| cells(here(name))).collect()
        };
        let unit = if row.name == "payback_months" { ", months" } else { "" };
        table.rows.push(BriefRow::of(format!("{}{unit}", row.title), figures).ruled());
    }
    table.draw(pen, sheet.left(), y + 5.0)
}

/// The places of the coverage table: those of both plans, or the regions that differ most, with how many are left out.
fn places<'c>(
    sheet: &Sheet<'_>,
    comparison: &'c PlanComparison<'_>,
    room: usize,
) -> (Vec<&'c [ComparedFigure]>, usize) {
    let all: Vec<&[ComparedFigure]> = comparison.figures.coverage.chunk_by(|a, b| a.region == b.region).collect();
    let is_region =
        |rows: &[ComparedFigure]| rows.first().is_some_and(|r| !r.region.is_empty() && !r.region.starts_with("area:"));
    let main = sheet.year_name();
    let differs = |rows: &[ComparedFigure]| {
        let change = rows.iter().find(|r| r.period == main).and_then(|r| r.change(1)).unwrap_or_default();
        change.max(-change)
    };
    let groups = all.iter().filter(|rows| !is_region(rows)).count();
    let keep_groups = all.len() <= room || groups * 2 <= room;
    let left = room.saturating_sub(if keep_groups { groups } else { 1 });
    let mut regions: Vec<&[ComparedFigure]> = all.iter().copied().filter(|rows| is_region(rows)).collect();
    regions.sort_by_key(|rows| std::cmp::Reverse(differs(rows)));
    let hidden = regions.len().saturating_sub(left);
    regions.truncate(left);
    let chosen = |rows: &&[ComparedFigure]| {
        let region = rows.first().map_or("", |r| r.region.as_str());
        if is_region(rows) {
            regions.iter().any(|kept| kept.first().is_some_and(|r| r.region == region))
        } else {
            keep_groups || region.is_empty()
        }
    };
    (all.iter().copied().filter(chosen).collect(), hidden)
}

/// Draws coverage of both plans by region and fiscal year; gives the bottom.
pub(super) fn coverage(
    pen: &mut Pen<'_, '_>,
    sheet: &Sheet<'_>,
    comparison: &PlanComparison<'_>,
    y: f32,
    bottom: f32,
) -> f32 {
    let note = "% of target, by fiscal year; differences in points";
    pen.heading((sheet.left(), y), sheet.width(), "Capacity coverage", note);
    let top = y + 5.0;
    let space = bottom - top - 16.0;
    let mut room = 1;
    while LOW * count_to_f32(room + 3) <= space {
        room += 1;
    }
    let (places, hidden) = places(sheet, comparison, room);
    let years = years(sheet);
    let mut table = BriefTable::spread("Capacity coverage of both plans", 132.0, sheet.width(), years.len() * 3);
    table.height = ROW.min(space / count_to_f32(places.len() + 2));
    table.head = heads(sheet, comparison, "Area and region", &years);
    table.rows = places.iter().map(|rows| shaded(pen, sheet, rows, &years)).collect();
    let end = table.draw(pen, sheet.left(), top);
    let regions = counted(hidden, "more region", "more regions");
    let words = format!("and {regions} with smaller differences");
    legend(pen, sheet, end + 11.0, if hidden > 0 { &words } else { "" });
    end + 13.0
}

/// A row of coverages of both plans and their differences.
fn shaded(pen: &Pen<'_, '_>, sheet: &Sheet<'_>, rows: &[ComparedFigure], years: &[usize]) -> BriefRow {
    let (name, region) = rows.first().map_or(("", ""), |r| (r.place.as_str(), r.region.as_str()));
    let is_region = !region.is_empty() && !region.starts_with("area:");
    let name = match (region.is_empty(), is_region && !pen.faces.can_show(name)) {
        (true, _) => "All regions".to_owned(),
        (_, true) => format!("{region} ({name})"),
        _ => name.to_owned(),
    };
    let mut cells = vec![BriefCell { strong: !is_region, ..BriefCell::words(name) }];
    for year in years {
        let period = sheet.plan().calendar.name(Period::Year(*year));
        let row_of_period = rows.iter().find(|row| row.period == period);
        for version in 0..2 {
            let share = row_of_period.and_then(|row| row.values.get(version).copied().flatten());
            cells.push(covered(share.map(Ratio::new)));
        }
        let change = difference(row_of_period.and_then(|row| row.change(1)), Unit::Ratio);
        cells.push(BriefCell::figure(change.strip_suffix(" pt").map_or(change.clone(), str::to_owned)));
    }
    let row = BriefRow { cells, strong: false, inset: 0.0, ruled: false };
    if is_region { row.inset() } else { row }
}

/// Draws the capacity of both plans against their targets by quarter.
pub(super) fn chart(pen: &mut Pen<'_, '_>, sheet: &Sheet<'_>, comparison: &PlanComparison<'_>, y: f32, height: f32) {
    let plan = sheet.plan();
    pen.heading((sheet.left(), y), sheet.width(), "Capacity against target", "by fiscal quarter, all regions");
    let name = |q: usize| plan.calendar.name(Period::Quarter(q));
    // The same quarter by its name, since a scenario may change the calendar.
    let sums = |outcome: &Outcome, q: usize| {
        let period = outcome.plan().calendar.period(&name(q)).ok()?;
        outcome.rollup(Place::Plan, period).copied()
    };
    let both = |q: usize| -> [Rollup; 2] {
        [sheet.outcome(), &*comparison.other.outcome].map(|outcome| sums(outcome, q).unwrap_or_default())
    };
    let quarters = 0..plan.calendar.quarters;
    let says = |q: usize| {
        let [one, two] = both(q).map(|s| {
            let [capacity, target] = [s.capacity, s.target].map(|amount| sheet.millions.text(amount.exact()));
            format!("capacity {capacity} for a target of {target}")
        });
        format!("{}: {one}, then {two}", name(q))
    };
    let descriptions: Vec<String> = quarters.clone().map(says).collect();
    let words = format!(
        "Columns of capacity of {} and of {} with lines for their targets, in {}. {}",
        sheet.subject.name(),
        comparison.other.name(),
        sheet.unit(),
        descriptions.join("; ")
    );
    let slot = |q: usize| ChartSlot {
        name: format!("Q{}", q % 4 + 1),
        group: q.is_multiple_of(4).then(|| plan.calendar.name(Period::Year(q / 4))),
        values: both(q).iter().map(|s| s.capacity.exact()).collect(),
        goals: both(q).iter().map(|s| s.target.exact()).collect(),
    };
    let columns = Columns {
        words,
        slots: quarters.map(slot).collect(),
        legend: [sheet.subject, comparison.other].map(|s| s.short_name().to_owned()).to_vec(),
        goal: "Target".to_owned(),
        across: "Fiscal quarter".to_owned(),
        currency: plan.currency.to_string(),
    };
    columns.draw(pen, (sheet.left(), y + 2.0, sheet.width(), height - 2.0));
}
