//! The rows and columns of the hiring grid, and the sums it shows, kept from frame to frame: a plan can have thousands
//! of rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::Ui;

use crate::analysis::finding_sentence;
use crate::desktop::document::Document;
use crate::desktop::noted_cell;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::Column;
use crate::engine::{FindingKind, Outcome, Place};
use crate::plan::Plan;
use crate::units::{Calendar, Period};

const HIRES_WIDTH: f32 = 36.0;
const HIRES_YEAR_WIDTH: f32 = 42.0;
const COVERAGE_WIDTH: f32 = 35.0;
const HEAD_WIDTHS: std::ops::RangeInclusive<f32> = 150.0..=300.0;
/// A row head is at most so wide while the columns need the room.
const HEAD_WHERE_NARROW: f32 = 230.0;
/// Columns grow by so much where there is room.
const WIDER: f32 = 1.4;

/// A row: the total, an area, a region, or a role in a region (indices of the plan's lists), or what recruiting can
/// land.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HiringLine {
    Total,
    Recruiting,
    Area(usize),
    Region(usize),
    Cell(usize, usize),
}

impl HiringLine {
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

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HiringColumn {
    Hires(Period),
    Coverage(Period),
}

/// The columns in order: each year's quarters and its total, hires first, then coverage.
fn shows(calendar: &Calendar) -> Vec<HiringColumn> {
    let periods = || calendar.quarters_then_year();
    periods().map(HiringColumn::Hires).chain(periods().map(HiringColumn::Coverage)).collect()
}

/// The column that the hires of a quarter or year are in.
pub(super) fn column_of(calendar: &Calendar, period: Period) -> usize {
    shows(calendar).iter().position(|s| *s == HiringColumn::Hires(period)).unwrap_or(0)
}

/// Rows and columns of a plan, with some rows folded away.
pub(super) struct HiringLayout {
    plan: Arc<Plan>,
    folded: BTreeSet<String>,
    /// The width there is, in whole points.
    room: f32,
    pub(super) lines: Vec<HiringLine>,
    pub(super) shows: Vec<HiringColumn>,
    pub(super) columns: Arc<[Column]>,
    pub(super) areas: Vec<String>,
    pub(super) head_width: f32,
    /// Places and quarters whose hires the scenario changes.
    overridden: BTreeSet<(Place, usize)>,
}

impl HiringLayout {
    /// The layout of the plan as it is; the known one, where it still holds.
    pub(super) fn of<'l>(
        known: &'l mut Option<Self>,
        ui: &Ui,
        document: &Document,
        folded: &BTreeSet<String>,
    ) -> &'l Self {
        let plan = document.plan();
        let room = ui.available_width().floor();
        // Widths are whole points, so they are the same or not.
        let same = |l: &Self| Arc::ptr_eq(&l.plan, plan) && l.folded == *folded && (l.room - room).abs() < 0.5;
        let kept = known.take().filter(same);
        known.insert(kept.unwrap_or_else(|| {
            let (head_width, factor) = widths(ui, plan, room);
            Self {
                plan: Arc::clone(plan),
                folded: folded.clone(),
                room,
                lines: lines(plan, folded),
                shows: shows(&plan.calendar),
                columns: columns(&plan.calendar, factor),
                areas: plan.areas().into_iter().map(str::to_owned).collect(),
                head_width,
                overridden: overridden(document),
            }
        }))
    }

    /// Whether the scenario changes hires of a row in a quarter or year.
    pub(super) fn is_overridden(&self, line: HiringLine, period: Period) -> bool {
        let quarters = quarters(&self.plan.calendar, period);
        line != HiringLine::Recruiting && quarters.into_iter().any(|q| self.overridden.contains(&(line.place(), q)))
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

fn overridden(document: &Document) -> BTreeSet<(Place, usize)> {
    let mut found = BTreeSet::new();
    if document.scenario().is_none() {
        return found;
    }
    let (plan, overrides) = (document.plan(), document.overrides());
    let areas = plan.areas();
    for (r, region) in plan.regions.iter().enumerate() {
        for (k, role) in plan.roles.iter().enumerate() {
            for q in (0..plan.calendar.quarters).filter(|q| overrides.hires(&region.id, &role.id, *q)) {
                let area = areas.iter().position(|a| *a == region.area).map(|a| (Place::Area(a), q));
                found.extend([(Place::Cell(r, k), q), (Place::Region(r), q), (Place::Plan, q)].into_iter().chain(area));
            }
        }
    }
    found
}

/// The rows in order, without what is folded away.
pub(super) fn lines(plan: &Plan, folded: &BTreeSet<String>) -> Vec<HiringLine> {
    let mut lines = vec![HiringLine::Total];
    if !plan.recruiting_capacity.is_empty() {
        lines.push(HiringLine::Recruiting);
    }
    let areas = plan.areas();
    let mut regions: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (r, region) in plan.regions.iter().enumerate() {
        regions.entry(&region.area).or_default().push(r);
    }
    for (a, area) in areas.into_iter().enumerate() {
        lines.push(HiringLine::Area(a));
        if folded.contains(&area_key(area)) {
            continue;
        }
        for r in regions.get(area).into_iter().flatten().copied() {
            lines.push(HiringLine::Region(r));
            if plan.regions.get(r).is_some_and(|region| !folded.contains(region.id.as_str())) {
                lines.extend((0..plan.roles.len()).map(|role| HiringLine::Cell(r, role)));
            }
        }
    }
    lines
}

/// The width of the row heads, and how much wider than needed the columns are.
fn widths(ui: &Ui, plan: &Plan, room: f32) -> (f32, f32) {
    let head = head_width(ui, plan);
    let needed: f32 = columns(&plan.calendar, 1.0).iter().map(|c| c.width).sum();
    let scroll_bar = 12.0;
    if room < head + needed + scroll_bar {
        return (head.min(HEAD_WHERE_NARROW), 1.0);
    }
    (head, ((room - head - scroll_bar) / needed).min(WIDER))
}

fn columns(calendar: &Calendar, factor: f32) -> Arc<[Column]> {
    let column = |shows: &HiringColumn| {
        let (period, group, what) = match shows {
            HiringColumn::Hires(period) => (*period, "Growth hires", "Growth hires"),
            HiringColumn::Coverage(period) => (*period, "Capacity coverage, %", "Capacity as a share of the target"),
        };
        let year = matches!(period, Period::Year(_));
        let width = match shows {
            HiringColumn::Hires(_) if year => HIRES_YEAR_WIDTH,
            HiringColumn::Hires(_) => HIRES_WIDTH,
            HiringColumn::Coverage(_) => COVERAGE_WIDTH,
        };
        let name = calendar.name(period);
        let short = name.rsplit(' ').next().unwrap_or(&name);
        let column = Column::new(short, (width * factor).floor()).group(group).about(format!("{what}, {name}"));
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

/// Growth hires of every row above the roles by quarter, and the findings about the hires of a place.
pub(super) struct Sums {
    outcome: Arc<Outcome>,
    total: Vec<u64>,
    areas: Vec<Vec<u64>>,
    regions: Vec<Vec<u64>>,
    warnings: BTreeMap<(Place, Period), Vec<String>>,
    notes: BTreeMap<(Place, Period), Vec<String>>,
}

impl Sums {
    /// The sums of what is shown; the known ones, where they still hold.
    pub(super) fn of<'s>(known: &'s mut Option<Self>, scene: &Scene<'_>) -> &'s Self {
        let outcome = scene.document.outcome();
        let kept = known.take().filter(|s| Arc::ptr_eq(&s.outcome, outcome));
        known.insert(kept.unwrap_or_else(|| Self::new(scene, outcome)))
    }

    fn new(scene: &Scene<'_>, outcome: &Arc<Outcome>) -> Self {
        let plan = outcome.plan();
        let quarters = 0..plan.calendar.quarters;
        let regions: Vec<Vec<u64>> =
            plan.regions.iter().map(|r| quarters.clone().map(|q| plan.hires_in_region(&r.id, q)).collect()).collect();
        let areas = plan.areas();
        let mut by_area = vec![vec![0; plan.calendar.quarters]; areas.len()];
        for (region, sums) in plan.regions.iter().zip(&regions) {
            let area = areas.iter().position(|a| *a == region.area).and_then(|a| by_area.get_mut(a));
            for (total, sum) in area.into_iter().flatten().zip(sums) {
                *total += sum;
            }
        }
        let of_quarter = |q: usize| by_area.iter().filter_map(|sums| sums.get(q)).sum();
        let mut warnings: BTreeMap<(Place, Period), Vec<String>> = BTreeMap::new();
        for finding in scene.document.findings().iter().filter(|f| is_about_hires(f.kind)) {
            warnings.entry((finding.place, finding.period)).or_default().push(finding_sentence(
                outcome,
                finding,
                &scene.numbers,
            ));
        }
        let mut notes: BTreeMap<(Place, Period), Vec<String>> = BTreeMap::new();
        for note in &*plan.cell_notes {
            let cell = plan.region_index(note.region.as_str()).zip(plan.role_index(note.role.as_str()));
            if let Some((region, role)) = cell {
                let of_cell = notes.entry((Place::Cell(region, role), Period::Quarter(note.quarter))).or_default();
                of_cell.push(noted_cell::sentence(note, scene.numbers));
            }
        }
        Self {
            outcome: Arc::clone(outcome),
            total: quarters.map(of_quarter).collect(),
            areas: by_area,
            regions,
            warnings,
            notes,
        }
    }

    /// Growth hires of a row in a quarter or year of the shown plan, with what is being typed.
    pub(super) fn hires(&self, line: HiringLine, period: Period) -> u64 {
        let plan = self.outcome.plan();
        let quarters = quarters(&plan.calendar, period);
        let kept = |sums: Option<&Vec<u64>>| sums.and_then(|s| s.get(quarters.clone())).map_or(0, |s| s.iter().sum());
        match line {
            HiringLine::Total => kept(Some(&self.total)),
            HiringLine::Area(a) => kept(self.areas.get(a)),
            HiringLine::Region(r) => kept(self.regions.get(r)),
            HiringLine::Cell(r, k) => match (plan.regions.get(r), plan.roles.get(k)) {
                (Some(region), Some(role)) => quarters.map(|q| u64::from(plan.hires(&region.id, &role.id, q))).sum(),
                _ => 0,
            },
            HiringLine::Recruiting => 0,
        }
    }

    /// The notes on the hires of a row in a quarter.
    pub(super) fn notes(&self, line: HiringLine, period: Period) -> &[String] {
        self.notes.get(&(line.place(), period)).map_or(&[], Vec::as_slice)
    }

    /// The findings about the hires of a row in a quarter or year.
    pub(super) fn warnings(&self, line: HiringLine, period: Period) -> &[String] {
        self.warnings.get(&(line.place(), period)).map_or(&[], Vec::as_slice)
    }
}

/// Whether a finding is about the number of hires, rather than about their results.
const fn is_about_hires(kind: FindingKind) -> bool {
    matches!(
        kind,
        FindingKind::BelowEnvelope
            | FindingKind::AboveEnvelope
            | FindingKind::RecruitingCapacity
            | FindingKind::OnboardingSeats
            | FindingKind::OpensTooEarly
            | FindingKind::PastHorizon
    )
}
