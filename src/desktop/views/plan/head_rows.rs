//! The rows and columns of the grids of hires and of exits, kept from frame to frame: a plan can have thousands of rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::Ui;

use crate::desktop::document::Document;
use crate::desktop::sheet::Column;
use crate::edit::PlannedHeads;
use crate::engine::Place;
use crate::plan::Plan;
use crate::units::{Calendar, Period};

const HEADS_WIDTH: f32 = 36.0;
const HEADS_YEAR_WIDTH: f32 = 42.0;
const COVERAGE_WIDTH: f32 = 35.0;
const HEAD_WIDTHS: std::ops::RangeInclusive<f32> = 150.0..=300.0;
/// A row head is at most so wide while the columns need the room.
const HEAD_WHERE_NARROW: f32 = 230.0;
/// Columns grow by so much where there is room.
const WIDER: f32 = 1.4;

/// A row: the total, an area, a region, or a role in a region (indices of the plan's lists), or what recruiting can
/// land.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadLine {
    Total,
    Recruiting,
    Area(usize),
    Region(usize),
    Cell(usize, usize),
}

impl HeadLine {
    /// The place whose figures the row shows.
    pub(super) const fn place(self) -> Place {
        match self {
            Self::Total | Self::Recruiting => Place::Plan,
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
            Self::Total | Self::Recruiting | Self::Cell(..) => None,
        }
    }
}

/// Under which name an area is folded; no region id looks like it.
pub(super) fn area_key(area: &str) -> String {
    format!("area:{area}")
}

/// Every row folded: its areas and regions.
pub(super) fn all_folded(plan: &Plan) -> BTreeSet<String> {
    let areas = plan.areas().into_iter().map(area_key);
    areas.chain(plan.regions.iter().map(|r| r.id.to_string())).collect()
}

/// The words of a grid for what it plans.
pub(super) const fn title(what: PlannedHeads) -> &'static str {
    match what {
        PlannedHeads::Hires => "Growth hires",
        PlannedHeads::Exits => "Planned exits",
    }
}

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadColumn {
    Heads(Period),
    Coverage(Period),
}

/// The columns in order: each year's quarters and its total, heads first, then coverage.
fn shows(calendar: &Calendar) -> Vec<HeadColumn> {
    let periods = || calendar.quarters_then_year();
    periods().map(HeadColumn::Heads).chain(periods().map(HeadColumn::Coverage)).collect()
}

/// The column that the heads of a quarter or year are in.
pub(super) fn column_of(calendar: &Calendar, period: Period) -> usize {
    shows(calendar).iter().position(|s| *s == HeadColumn::Heads(period)).unwrap_or(0)
}

/// Rows and columns of a plan, with some rows folded away.
pub(super) struct HeadLayout {
    what: PlannedHeads,
    plan: Arc<Plan>,
    folded: BTreeSet<String>,
    /// The width there is, in whole points.
    room: f32,
    pub(super) lines: Vec<HeadLine>,
    pub(super) shows: Vec<HeadColumn>,
    pub(super) columns: Arc<[Column]>,
    pub(super) areas: Vec<String>,
    pub(super) head_width: f32,
    /// Places and quarters whose heads the scenario changes.
    overridden: BTreeSet<(Place, usize)>,
}

impl HeadLayout {
    /// The layout of the plan as it is; the known one, where it still holds.
    pub(super) fn of<'l>(
        known: &'l mut Option<Self>,
        ui: &Ui,
        document: &Document,
        what: PlannedHeads,
        folded: &BTreeSet<String>,
    ) -> &'l Self {
        let plan = document.plan();
        let room = ui.available_width().floor();
        // Widths are whole points, so they are the same or not.
        let same = |l: &Self| {
            l.what == what && Arc::ptr_eq(&l.plan, plan) && l.folded == *folded && (l.room - room).abs() < 0.5
        };
        let kept = known.take().filter(same);
        known.insert(kept.unwrap_or_else(|| {
            let (head_width, factor) = widths(ui, plan, what, room);
            Self {
                what,
                plan: Arc::clone(plan),
                folded: folded.clone(),
                room,
                lines: lines(plan, what, folded),
                shows: shows(&plan.calendar),
                columns: columns(&plan.calendar, what, factor),
                areas: plan.areas().into_iter().map(str::to_owned).collect(),
                head_width,
                overridden: overridden(document, what),
            }
        }))
    }

    /// Whether the scenario changes the heads of a row in a quarter or year.
    pub(super) fn is_overridden(&self, line: HeadLine, period: Period) -> bool {
        let quarters = quarters(&self.plan.calendar, period);
        line != HeadLine::Recruiting && quarters.into_iter().any(|q| self.overridden.contains(&(line.place(), q)))
    }
}

/// The quarters of a quarter or year.
pub(super) fn quarters(calendar: &Calendar, period: Period) -> std::ops::Range<usize> {
    match period {
        Period::Quarter(q) => q..q + 1,
        Period::Year(y) => calendar.quarters_of(y),
        Period::Month(_) | Period::All => 0..0,
    }
}

fn overridden(document: &Document, what: PlannedHeads) -> BTreeSet<(Place, usize)> {
    let mut found = BTreeSet::new();
    if document.scenario().is_none() {
        return found;
    }
    let (plan, overrides) = (document.plan(), document.overrides());
    let areas = plan.areas();
    for (r, region) in plan.regions.iter().enumerate() {
        for (k, role) in plan.roles.iter().enumerate() {
            let differs = |q: &usize| match what {
                PlannedHeads::Hires => overrides.hires(&region.id, &role.id, *q),
                PlannedHeads::Exits => overrides.field(&Plan::EXITS.at(&region.id).at(&role.id).at(*q).to_string()),
            };
            for q in (0..plan.calendar.quarters).filter(differs) {
                let area = areas.iter().position(|a| *a == region.area).map(|a| (Place::Area(a), q));
                found.extend([(Place::Cell(r, k), q), (Place::Region(r), q), (Place::Plan, q)].into_iter().chain(area));
            }
        }
    }
    found
}

/// The rows in order, without what is folded away.
pub(super) fn lines(plan: &Plan, what: PlannedHeads, folded: &BTreeSet<String>) -> Vec<HeadLine> {
    let mut lines = vec![HeadLine::Total];
    if what == PlannedHeads::Hires && !plan.recruiting_capacity.is_empty() {
        lines.push(HeadLine::Recruiting);
    }
    let areas = plan.areas();
    let mut regions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (r, region) in plan.regions.iter().enumerate() {
        regions.entry(&region.area).or_default().push(r);
    }
    for (a, area) in areas.into_iter().enumerate() {
        lines.push(HeadLine::Area(a));
        if folded.contains(&area_key(area)) {
            continue;
        }
        for r in regions.get(area).into_iter().flatten().copied() {
            lines.push(HeadLine::Region(r));
            if plan.regions.get(r).is_some_and(|region| !folded.contains(region.id.as_str())) {
                lines.extend((0..plan.roles.len()).map(|role| HeadLine::Cell(r, role)));
            }
        }
    }
    lines
}

/// The width of the row heads, and how much wider than needed the columns are.
fn widths(ui: &Ui, plan: &Plan, what: PlannedHeads, room: f32) -> (f32, f32) {
    let head = head_width(ui, plan);
    let needed: f32 = columns(&plan.calendar, what, 1.0).iter().map(|c| c.width).sum();
    let scroll_bar = 12.0;
    if room < head + needed + scroll_bar {
        return (head.min(HEAD_WHERE_NARROW), 1.0);
    }
    (head, ((room - head - scroll_bar) / needed).min(WIDER))
}

fn columns(calendar: &Calendar, what: PlannedHeads, factor: f32) -> Arc<[Column]> {
    let column = |shows: &HeadColumn| {
        let (period, group, about) = match shows {
            HeadColumn::Heads(period) => (*period, title(what), title(what)),
            HeadColumn::Coverage(period) => (*period, "Capacity coverage, %", "Capacity as a share of the target"),
        };
        let year = matches!(period, Period::Year(_));
        let width = match shows {
            HeadColumn::Heads(_) if year => HEADS_YEAR_WIDTH,
            HeadColumn::Heads(_) => HEADS_WIDTH,
            HeadColumn::Coverage(_) => COVERAGE_WIDTH,
        };
        let name = calendar.name(period);
        let short = name.rsplit(' ').next().unwrap_or(&name);
        let column = Column::new(short, (width * factor).floor()).group(group).about(format!("{about}, {name}"));
        if year { column.closing() } else { column }
    };
    shows(calendar).iter().map(column).collect()
}

/// Room for the longest name, within reason.
fn head_width(ui: &Ui, plan: &Plan) -> f32 {
    let width = |name: &str| {
        let font = crate::desktop::fonts::semibold(13.0);
        ui.painter().layout_no_wrap(name.to_owned(), font, egui::Color32::WHITE).size().x + 44.0
    };
    let names = plan.regions.iter().map(|r| &r.name).chain(plan.roles.iter().map(|r| &r.name));
    names.map(|n| width(n)).fold(0.0, f32::max).clamp(*HEAD_WIDTHS.start(), *HEAD_WIDTHS.end())
}
