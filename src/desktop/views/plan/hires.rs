//! The hiring grid as a sheet: areas, regions and roles down, fiscal quarters and years across, coverage beside.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{FontId, Ui};

use crate::desktop::numbers::Numbers;
use crate::desktop::scene::{Scene, figure};
use crate::desktop::sheet::{At, Band, Cell, Column, Model, Row, Tone};
use crate::desktop::tokens::{PAD, Palette};
use crate::engine::{Measure, Outcome, Place};
use crate::plan::{Plan, PlanEdit};
use crate::units::{Calendar, Exact, Period};

const HIRES_WIDTH: f32 = 42.0;
const COVERAGE_WIDTH: f32 = 50.0;
const HEAD_WIDTHS: std::ops::RangeInclusive<f32> = 160.0..=290.0;

/// A row: the total, an area, a region, or a role in a region (indices of the plan's lists).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Total,
    Area(usize),
    Region(usize),
    Cell(usize, usize),
}

impl Line {
    /// The place whose figures the row shows.
    pub(super) const fn place(self) -> Place {
        match self {
            Self::Total => Place::Plan,
            Self::Area(a) => Place::Area(a),
            Self::Region(r) => Place::Region(r),
            Self::Cell(r, k) => Place::Cell(r, k),
        }
    }

    /// Under which name the row is folded, where it can be.
    pub(super) fn key(self, plan: &Plan) -> Option<String> {
        match self {
            Self::Area(a) => plan.areas().get(a).map(|area| area_key(area)),
            Self::Region(r) => plan.regions.get(r).map(|r| r.id.to_string()),
            Self::Total | Self::Cell(..) => None,
        }
    }
}

/// Under which name an area is folded; no region id looks like it.
pub(super) fn area_key(area: &str) -> String {
    format!("area:{area}")
}

/// The rows in order, without what is folded away.
pub(super) fn lines(plan: &Plan, folded: &BTreeSet<String>) -> Vec<Line> {
    let mut lines = vec![Line::Total];
    for (a, area) in plan.areas().into_iter().enumerate() {
        lines.push(Line::Area(a));
        if folded.contains(&area_key(area)) {
            continue;
        }
        for (r, region) in plan.regions.iter().enumerate().filter(|(_, r)| r.area == area) {
            lines.push(Line::Region(r));
            if !folded.contains(region.id.as_str()) {
                lines.extend((0..plan.roles.len()).map(|role| Line::Cell(r, role)));
            }
        }
    }
    lines
}

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    Hires(Period),
    Coverage(Period),
}

/// The columns in order: each year's quarters and its total, hires first, then coverage.
fn shows(calendar: &Calendar) -> Vec<Shows> {
    let mut periods = Vec::new();
    for year in 0..calendar.years() {
        periods.extend(calendar.quarters_of(year).map(Period::Quarter));
        periods.push(Period::Year(year));
    }
    periods.iter().map(|p| Shows::Hires(*p)).chain(periods.iter().map(|p| Shows::Coverage(*p))).collect()
}

/// The column that a quarter's hires are in.
pub(super) fn column_of(calendar: &Calendar, quarter: usize) -> usize {
    shows(calendar).iter().position(|s| *s == Shows::Hires(Period::Quarter(quarter))).unwrap_or(0)
}

/// The grid of one frame.
pub(super) struct Hires<'a> {
    plan: &'a Plan,
    outcome: &'a Outcome,
    lines: &'a [Line],
    folded: &'a BTreeSet<String>,
    shows: Vec<Shows>,
    numbers: Numbers,
    palette: Palette,
    head_width: f32,
}

impl<'a> Hires<'a> {
    pub(super) fn new(ui: &Ui, scene: &Scene<'a>, lines: &'a [Line], folded: &'a BTreeSet<String>) -> Self {
        let (plan, outcome) = (scene.plan(), scene.outcome());
        let shows = shows(&plan.calendar);
        let (numbers, palette) = (scene.numbers, scene.palette);
        Self { plan, outcome, lines, folded, shows, numbers, palette, head_width: head_width(ui, plan) }
    }

    fn line(&self, row: usize) -> Line {
        self.lines.get(row).copied().unwrap_or(Line::Total)
    }

    /// The quarter or year of a column.
    pub(super) fn period(&self, at: At) -> Option<Period> {
        match self.shows.get(at.column)? {
            Shows::Hires(period) | Shows::Coverage(period) => Some(*period),
        }
    }

    /// Growth hires of a row in the shown plan, with what is being typed.
    fn hires(&self, line: Line, period: Period) -> u64 {
        let plan = self.outcome.plan();
        let quarters = match period {
            Period::Quarter(q) => q..q + 1,
            Period::Year(y) => plan.calendar.quarters_of(y),
            Period::Month(_) | Period::All => 0..0,
        };
        quarters
            .map(|q| match line {
                Line::Total => plan.hires_in_quarter(q),
                Line::Area(a) => plan.areas().get(a).map_or(0, |area| plan.hires_in_area(area, q)),
                Line::Region(r) => plan.regions.get(r).map_or(0, |r| plan.hires_in_region(&r.id, q)),
                Line::Cell(r, k) => match (plan.regions.get(r), plan.roles.get(k)) {
                    (Some(region), Some(role)) => u64::from(plan.hires(&region.id, &role.id, q)),
                    _ => 0,
                },
            })
            .sum()
    }

    fn title(&self, line: Line) -> String {
        match line {
            Line::Total => "All regions".to_owned(),
            Line::Cell(_, k) => self.plan.roles.get(k).map(|r| r.name.clone()).unwrap_or_default(),
            other => self.outcome.place_name(other.place()),
        }
    }

    fn hires_cell(&self, line: Line, period: Period) -> Cell {
        let count = self.hires(line, period);
        let editable = matches!((line, period), (Line::Cell(..), Period::Quarter(_)));
        Cell {
            text: if count == 0 { "·".to_owned() } else { self.numbers.count(count) },
            input: editable.then(|| count.to_string()),
            number: i64::try_from(count).ok().map(Exact::from),
            tone: match (count, editable) {
                (0, _) => Tone::Faint,
                (_, true) => Tone::Normal,
                (_, false) => Tone::Strong,
            },
            explains: match (line, period) {
                (Line::Total, Period::Year(_)) => Some(figure(Measure::GrowthHires, Place::Plan, period)),
                _ => None,
            },
            ..Cell::default()
        }
    }

    fn coverage_cell(&self, line: Line, period: Period) -> Cell {
        let coverage = self.outcome.rollup(line.place(), period).map(crate::engine::Rollup::capacity_coverage);
        let Some(coverage) = coverage else { return Cell::default() };
        Cell {
            text: self.numbers.percent(coverage, 0),
            fill: coverage.map(|c| self.palette.coverage(c.exact().to_f64())),
            explains: Some(figure(Measure::CapacityCoverage, line.place(), period)),
            ..Cell::default()
        }
    }
}

/// Room for the longest name, within reason.
fn head_width(ui: &Ui, plan: &Plan) -> f32 {
    let width = |name: &str, indent: f32| {
        let font = FontId::proportional(14.0);
        let text = ui.fonts_mut(|f| f.layout_no_wrap(name.to_owned(), font, egui::Color32::WHITE));
        text.size().x * 1.05 + indent + 2.0 * PAD
    };
    let regions = plan.regions.iter().map(|r| width(&r.name, 28.0));
    let roles = plan.roles.iter().map(|r| width(&r.name, 28.0));
    regions.chain(roles).fold(0.0, f32::max).clamp(*HEAD_WIDTHS.start(), *HEAD_WIDTHS.end())
}

impl Model for Hires<'_> {
    fn columns(&self) -> Arc<[Column]> {
        let calendar = &self.plan.calendar;
        let column = |shows: &Shows| {
            let (period, width, group) = match shows {
                Shows::Hires(period) => (*period, HIRES_WIDTH, "Growth hires"),
                Shows::Coverage(period) => (*period, COVERAGE_WIDTH, "Capacity coverage"),
            };
            let name = calendar.name(period);
            let short = name.rsplit(' ').next().unwrap_or(&name);
            let column = Column::new(short, width).group(group).about(format!("{group}, {name}"));
            if matches!(period, Period::Year(_)) { column.closing() } else { column }
        };
        self.shows.iter().map(column).collect()
    }

    fn corner(&self) -> String {
        "Area, region, role".to_owned()
    }

    fn head_width(&self) -> f32 {
        self.head_width
    }

    fn rows(&self) -> usize {
        self.lines.len()
    }

    fn row(&self, row: usize) -> Row {
        let line = self.line(row);
        let (depth, band) = match line {
            Line::Total | Line::Area(_) => (0, Band::Strong),
            Line::Region(_) => (1, Band::Light),
            Line::Cell(..) => (2, Band::None),
        };
        let folded = line.key(self.plan).map(|key| self.folded.contains(&key));
        Row { title: self.title(line), depth, band, folded }
    }

    fn cell(&self, at: At) -> Cell {
        let line = self.line(at.row);
        match self.shows.get(at.column) {
            Some(Shows::Hires(period)) => self.hires_cell(line, *period),
            Some(Shows::Coverage(period)) => self.coverage_cell(line, *period),
            None => Cell::default(),
        }
    }

    fn name(&self, at: At) -> String {
        let line = self.line(at.row);
        let place = match line {
            Line::Cell(..) => self.outcome.place_name(line.place()),
            other => self.title(other),
        };
        let period = self.period(at).map(|p| self.plan.calendar.name(p)).unwrap_or_default();
        match self.shows.get(at.column) {
            Some(Shows::Coverage(_)) => format!("Capacity coverage, {place}, {period}"),
            _ => format!("{place}, {period}"),
        }
    }

    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        let (Line::Cell(r, k), Some(Shows::Hires(Period::Quarter(quarter)))) =
            (self.line(at.row), self.shows.get(at.column))
        else {
            return Err("Totals add up from the roles; type into a role's row".to_owned());
        };
        let to = self.numbers.read_count(text)?;
        let (Some(region), Some(role)) = (self.plan.regions.get(r), self.plan.roles.get(k)) else {
            return Ok(Vec::new());
        };
        let (region, role) = (region.id.clone(), role.id.clone());
        Ok(vec![PlanEdit::SetHires { region, role, quarter: *quarter, to }])
    }

    fn hover(&self, at: At) -> Vec<String> {
        let (line, Some(Shows::Coverage(period))) = (self.line(at.row), self.shows.get(at.column)) else {
            return Vec::new();
        };
        let Some(sums) = self.outcome.rollup(line.place(), *period) else { return Vec::new() };
        let currency = &self.plan.currency;
        vec![
            self.name(at),
            format!("Capacity {} {currency}", self.numbers.money(sums.capacity)),
            format!("Target {} {currency}", self.numbers.money(sums.target)),
            format!("Coverage {}", self.numbers.percent(sums.capacity_coverage(), 2)),
        ]
    }
}
