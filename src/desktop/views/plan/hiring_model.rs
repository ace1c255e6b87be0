//! The hiring grid as a sheet: areas, regions and roles down, fiscal quarters and years across, coverage beside.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::hiring_rows::{HiringColumn, HiringLayout, HiringLine, Sums};
use super::typed_hires::{self, TypedHires};
use crate::desktop::action::Action;
use crate::desktop::back::BackToBase;
use crate::desktop::icons::Icon;
use crate::desktop::noted_cell::NotedCell;
use crate::desktop::numbers::Numbers;
use crate::desktop::scene::{Scene, figure};
use crate::desktop::sheet::{
    Addend, At, Band, Cell, CellEntry, CellMarks, Column, Model, Refused, RowHead, Tone, Typed,
};
use crate::desktop::tokens::Palette;
use crate::engine::{Key, Measure, Outcome, Place};
use crate::plan::{Plan, PlanEdit};
use crate::units::{Exact, Period};

/// The grid of one frame.
pub(super) struct Hires<'a> {
    plan: &'a Plan,
    base: &'a Plan,
    outcome: &'a Outcome,
    layout: &'a HiringLayout,
    sums: &'a Sums,
    folded: &'a BTreeSet<String>,
    back: BackToBase<'a>,
    numbers: Numbers,
    palette: Palette,
}

impl<'a> Hires<'a> {
    pub(super) fn new(
        scene: &Scene<'a>,
        layout: &'a HiringLayout,
        sums: &'a Sums,
        folded: &'a BTreeSet<String>,
    ) -> Self {
        let (plan, outcome) = (scene.plan(), scene.outcome());
        let base = scene.document.base();
        let (back, numbers, palette) = (scene.back(), scene.numbers, scene.palette);
        Self { plan, base, outcome, layout, sums, folded, back, numbers, palette }
    }

    /// The path of the number that a cell states.
    fn path(&self, at: At) -> Option<String> {
        match (self.line(at.row), self.shows(at.column)?) {
            (HiringLine::Cell(r, k), HiringColumn::Hires(Period::Quarter(q))) => {
                let (region, role) = (self.plan.regions.get(r)?, self.plan.roles.get(k)?);
                Some(Plan::HIRES.at(&region.id).at(&role.id).at(q).to_string())
            }
            (HiringLine::Recruiting, HiringColumn::Hires(Period::Quarter(q))) => {
                Some(Plan::RECRUITING_CAPACITY.at(q).to_string())
            }
            _ => None,
        }
    }

    fn line(&self, row: usize) -> HiringLine {
        self.layout.lines.get(row).copied().unwrap_or(HiringLine::Total)
    }

    fn shows(&self, column: usize) -> Option<HiringColumn> {
        self.layout.shows.get(column).copied()
    }

    /// The quarter or year of a column.
    pub(super) fn period(&self, at: At) -> Option<Period> {
        match self.shows(at.column)? {
            HiringColumn::Hires(period) | HiringColumn::Coverage(period) => Some(period),
        }
    }

    fn title(&self, line: HiringLine) -> String {
        match line {
            HiringLine::Total => "All regions".to_owned(),
            HiringLine::Recruiting => "Recruiting capacity".to_owned(),
            HiringLine::Area(a) => self.layout.areas.get(a).cloned().unwrap_or_default(),
            HiringLine::Region(r) => self.plan.regions.get(r).map(|r| r.name.clone()).unwrap_or_default(),
            HiringLine::Cell(_, k) => self.plan.roles.get(k).map(|r| r.name.clone()).unwrap_or_default(),
        }
    }

    fn hires_cell(&self, line: HiringLine, period: Period) -> Cell {
        let count = self.sums.hires(line, period);
        let entry = self.hires_entry(line, period, count);
        let text = match (count, &entry) {
            (0, CellEntry::Blocked(_)) => String::new(),
            (0, _) => "·".to_owned(),
            (count, _) => self.numbers.count(count),
        };
        Cell {
            text,
            number: Some(Exact::from(count)),
            tone: match (count, &entry) {
                _ if !self.sums.warnings(line, period).is_empty() => Tone::Warning,
                (0, _) => Tone::Faint,
                (_, CellEntry::Total(_)) => Tone::Strong,
                _ => Tone::Normal,
            },
            entry,
            explains: match (line, period) {
                (HiringLine::Total, Period::Year(_)) => Some(figure(Measure::GrowthHires, line.place(), period)),
                _ => None,
            },
            marks: CellMarks {
                overridden: self.layout.is_overridden(line, period),
                noted: !self.sums.notes(line, period).is_empty(),
            },
            ..Cell::default()
        }
    }

    /// A role's quarter is an input, where the role has pay; every row above it and every year is a total.
    fn hires_entry(&self, line: HiringLine, period: Period, count: u64) -> CellEntry {
        let (HiringLine::Cell(r, k), Period::Quarter(_)) = (line, period) else {
            return CellEntry::Total(count.to_string());
        };
        match (self.plan.regions.get(r), self.plan.roles.get(k)) {
            (Some(region), Some(role)) if self.plan.pay(&region.id, &role.id).is_none() => CellEntry::Blocked(format!(
                "{} has no pay in {}: nobody can be hired before Assumptions, Pay states it",
                role.name, region.name
            )),
            _ => CellEntry::Input(count.to_string()),
        }
    }

    /// What the base plan has where the scenario has something else.
    fn in_base(&self, line: HiringLine, period: Period) -> Option<String> {
        let (HiringLine::Cell(r, k), Period::Quarter(q)) = (line, period) else { return None };
        let (region, role) = (self.plan.regions.get(r)?, self.plan.roles.get(k)?);
        let hires = self.base.hires(&region.id, &role.id, q);
        let count = self.numbers.count(u64::from(hires));
        self.layout.is_overridden(line, period).then(|| format!("Base plan: {count}"))
    }

    /// What recruiting can land: an input by quarter.
    fn recruiting_cell(&self, period: Period) -> Cell {
        let Period::Quarter(q) = period else { return Cell::default() };
        let Some(most) = self.outcome.plan().recruiting_capacity.get(q) else { return Cell::default() };
        Cell {
            text: self.numbers.count(u64::from(*most)),
            entry: CellEntry::Input(most.to_string()),
            number: Some(Exact::from(*most)),
            tone: Tone::Faint,
            ..Cell::default()
        }
    }

    fn coverage_cell(&self, line: HiringLine, period: Period) -> Cell {
        let coverage = self.outcome.rollup(line.place(), period).map(|sums| sums.ratio(Measure::CapacityCoverage));
        let Some(coverage) = coverage.filter(|_| line != HiringLine::Recruiting) else { return Cell::default() };
        Cell {
            text: self.numbers.points(coverage, 0),
            exact: coverage.map(|c| c.exact().round(6)),
            fill: coverage.map(|c| self.palette.coverage(c.exact())),
            explains: coverage.map(|_| figure(Measure::CapacityCoverage, line.place(), period)),
            ..Cell::default()
        }
    }

    /// The number wanted in a cell, or why it takes none.
    fn wanted(&self, typed: &Typed) -> Result<TypedHires, String> {
        match (self.line(typed.at.row), self.shows(typed.at.column)) {
            (HiringLine::Recruiting, Some(HiringColumn::Hires(Period::Year(_)))) => {
                Err("Recruiting capacity is stated by quarter".to_owned())
            }
            (line, Some(HiringColumn::Hires(period))) => {
                Ok(TypedHires { line, period, to: self.numbers.read_count(&typed.text)? })
            }
            _ => Err("Coverage follows from the plan; type into the growth hires".to_owned()),
        }
    }
}

impl Model for Hires<'_> {
    fn columns(&self) -> Arc<[Column]> {
        Arc::clone(&self.layout.columns)
    }

    fn corner(&self) -> String {
        "Area, region, role".to_owned()
    }

    fn head_width(&self) -> f32 {
        self.layout.head_width
    }

    fn rows(&self) -> usize {
        self.layout.lines.len()
    }

    fn row(&self, row: usize) -> RowHead {
        let line = self.line(row);
        let (depth, band) = match line {
            HiringLine::Total | HiringLine::Area(_) => (0, Band::Strong),
            HiringLine::Recruiting => (0, Band::None),
            HiringLine::Region(_) => (1, Band::Light),
            HiringLine::Cell(..) => (2, Band::None),
        };
        let folded = match line {
            HiringLine::Area(a) => {
                self.layout.areas.get(a).map(|area| self.folded.contains(&super::hiring_rows::area_key(area)))
            }
            HiringLine::Region(r) => self.plan.regions.get(r).map(|r| self.folded.contains(r.id.as_str())),
            _ => None,
        };
        RowHead { title: self.title(line), depth, band, folded }
    }

    fn cell(&self, at: At) -> Cell {
        let line = self.line(at.row);
        match (line, self.shows(at.column)) {
            (HiringLine::Recruiting, Some(HiringColumn::Hires(period))) => self.recruiting_cell(period),
            (_, Some(HiringColumn::Hires(period))) => self.hires_cell(line, period),
            (_, Some(HiringColumn::Coverage(period))) => self.coverage_cell(line, period),
            (_, None) => Cell::default(),
        }
    }

    fn addend(&self, at: At) -> Option<Addend> {
        match (self.line(at.row), self.shows(at.column)?) {
            (line, HiringColumn::Coverage(period)) => self.coverage_cell(line, period).exact.map(Addend::Share),
            (HiringLine::Recruiting, HiringColumn::Hires(period)) => {
                self.recruiting_cell(period).number.map(Addend::Number)
            }
            // A cell without hires is not filled.
            (line, HiringColumn::Hires(period)) => {
                let hires = self.sums.hires(line, period);
                (hires > 0).then(|| Addend::Number(Exact::from(hires)))
            }
        }
    }

    /// Beside hires, the coverage that they are for.
    fn explains(&self, at: At) -> Option<Key> {
        let (line, period) = (self.line(at.row), self.period(at)?);
        let place = match line.place() {
            Place::Cell(r, _) => Place::Region(r),
            place => place,
        };
        match self.cell(at).explains {
            None if line == HiringLine::Recruiting => None,
            None => Some(figure(Measure::CapacityCoverage, place, period)),
            shown => shown,
        }
    }

    fn name(&self, at: At) -> String {
        let line = self.line(at.row);
        let place = match line {
            HiringLine::Cell(..) => self.outcome.place_name(line.place()),
            other => self.title(other),
        };
        let period = self.period(at).map(|p| self.plan.calendar.name(p)).unwrap_or_default();
        match self.shows(at.column) {
            Some(HiringColumn::Coverage(_)) => format!("Capacity coverage, {place}, {period}"),
            _ => format!("{place}, {period}"),
        }
    }

    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        let typed = Typed { at, text: text.to_owned() };
        self.edits(std::slice::from_ref(&typed)).map_err(|refused| refused.into_iter().map(|r| r.why).collect())
    }

    fn edits(&self, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<Refused>> {
        let (mut hires, mut from, mut edits, mut refused) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for typed in typed {
            match self.wanted(typed) {
                Ok(TypedHires { line: HiringLine::Recruiting, period: Period::Quarter(q), to }) => {
                    let path = Plan::RECRUITING_CAPACITY.at(q).to_string();
                    edits.push(PlanEdit::Set { path, to: to.into() });
                }
                Ok(wanted) => {
                    hires.push(wanted);
                    from.push(typed.at);
                }
                Err(why) => refused.push(Refused { at: typed.at, why }),
            }
        }
        match typed_hires::edits(self.plan, &hires) {
            Ok(more) => edits.extend(more),
            Err(faults) => refused
                .extend(faults.into_iter().filter_map(|(index, why)| Some(Refused { at: *from.get(index)?, why }))),
        }
        if refused.is_empty() { Ok(edits) } else { Err(refused) }
    }

    fn folds(&self) -> bool {
        true
    }

    fn places(&self, _: At) -> u32 {
        0
    }

    fn hover(&self, at: At) -> Vec<String> {
        let line = self.line(at.row);
        match self.shows(at.column) {
            Some(HiringColumn::Hires(period)) => {
                let base = self.in_base(line, period).into_iter();
                let warnings = self.sums.warnings(line, period).iter();
                base.chain(warnings.chain(self.sums.notes(line, period)).cloned()).collect()
            }
            Some(HiringColumn::Coverage(period)) if line != HiringLine::Recruiting => {
                let Some(sums) = self.outcome.rollup(line.place(), period) else { return Vec::new() };
                let (numbers, currency) = (self.numbers, &self.plan.currency);
                vec![
                    self.name(at),
                    format!("Capacity {} {currency}", numbers.money(sums.capacity)),
                    format!("Target {} {currency}", numbers.money(sums.target)),
                    format!("Coverage {}", numbers.percent(sums.ratio(Measure::CapacityCoverage), 2)),
                ]
            }
            _ => Vec::new(),
        }
    }
}

impl Hires<'_> {
    /// The entry of the menu that shows the notes on a cell.
    fn notes(&self, line: HiringLine, period: Period) -> Option<(String, Action)> {
        let (HiringLine::Cell(r, k), Period::Quarter(quarter)) = (line, period) else { return None };
        let (region, role) = (self.plan.regions.get(r)?.id.clone(), self.plan.roles.get(k)?.id.clone());
        let title = if self.sums.notes(line, period).is_empty() { "Add a note…" } else { "Notes…" };
        Some((format!("{} {title}", Icon::Note), Action::ShowNotes(NotedCell { region, role, quarter })))
    }

    /// What can be done with a cell's row: titles and actions, for the menu.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        let (line, Some(period)) = (self.line(at.row), self.period(at)) else { return Vec::new() };
        match line {
            HiringLine::Cell(..) | HiringLine::Recruiting => {
                let back = self.path(at).and_then(|path| self.back.entry(&path));
                back.into_iter().chain(self.notes(line, period)).collect()
            }
            _ if matches!(self.shows(at.column), Some(HiringColumn::Coverage(_))) => {
                let quarter = super::hiring_rows::quarters(&self.plan.calendar, period).start;
                vec![("Show hires".to_owned(), Action::GoTo { place: line.place(), quarter: Some(quarter) })]
            }
            _ => Vec::new(),
        }
    }
}
