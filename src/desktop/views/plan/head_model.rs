//! The grid of hires, or of exits, as a sheet: areas, regions and roles down, fiscal quarters and years across, coverage
//! beside.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::head_rows::{self, HeadColumn, HeadLayout, HeadLine};
use super::head_sums::HeadSums;
use super::typed_heads::{self, TypedHeads};
use crate::desktop::back::BackToBase;
use crate::desktop::numbers::Numbers;
use crate::desktop::scene::{Scene, figure};
use crate::desktop::sheet::{
    Addend, At, Band, Cell, CellEntry, CellMarks, Column, Model, Refused, RowHead, Tone, Typed,
};
use crate::desktop::tokens::Palette;
use crate::edit::PlannedHeads;
use crate::engine::{Key, Measure, Outcome, Place};
use crate::plan::{Plan, PlanEdit};
use crate::units::{Exact, Period};

/// The grid of one frame.
pub(super) struct HeadGrid<'a> {
    pub(super) what: PlannedHeads,
    pub(super) plan: &'a Plan,
    base: &'a Plan,
    outcome: &'a Outcome,
    layout: &'a HeadLayout,
    pub(super) sums: &'a HeadSums,
    folded: &'a BTreeSet<String>,
    pub(super) back: BackToBase<'a>,
    numbers: Numbers,
    palette: Palette,
}

impl<'a> HeadGrid<'a> {
    pub(super) fn new(
        scene: &Scene<'a>,
        what: PlannedHeads,
        layout: &'a HeadLayout,
        sums: &'a HeadSums,
        folded: &'a BTreeSet<String>,
    ) -> Self {
        let (plan, outcome) = (scene.plan(), scene.outcome());
        let base = scene.document.base();
        let (back, numbers, palette) = (scene.back(), scene.numbers, scene.palette);
        Self { what, plan, base, outcome, layout, sums, folded, back, numbers, palette }
    }

    /// The path of the number that a cell states.
    pub(super) fn path(&self, at: At) -> Option<String> {
        match (self.line(at.row), self.shows(at.column)?) {
            (HeadLine::Cell(r, k), HeadColumn::Heads(Period::Quarter(q))) => {
                let (region, role) = (self.plan.regions.get(r)?, self.plan.roles.get(k)?);
                Some(self.what.field().at(&region.id).at(&role.id).at(q).to_string())
            }
            (HeadLine::Recruiting, HeadColumn::Heads(Period::Quarter(q))) => {
                Some(Plan::RECRUITING_CAPACITY.at(q).to_string())
            }
            _ => None,
        }
    }

    pub(super) fn line(&self, row: usize) -> HeadLine {
        self.layout.lines.get(row).copied().unwrap_or(HeadLine::Total)
    }

    pub(super) fn shows(&self, column: usize) -> Option<HeadColumn> {
        self.layout.shows.get(column).copied()
    }

    /// The quarter or year of a column.
    pub(super) fn period(&self, at: At) -> Option<Period> {
        match self.shows(at.column)? {
            HeadColumn::Heads(period) | HeadColumn::Coverage(period) => Some(period),
        }
    }

    fn title(&self, line: HeadLine) -> String {
        match line {
            HeadLine::Total => "All regions".to_owned(),
            HeadLine::Recruiting => "Recruiting capacity".to_owned(),
            HeadLine::Area(a) => self.layout.areas.get(a).cloned().unwrap_or_default(),
            HeadLine::Region(r) => self.plan.regions.get(r).map(|r| r.name.clone()).unwrap_or_default(),
            HeadLine::Cell(_, k) => self.plan.roles.get(k).map(|r| r.name.clone()).unwrap_or_default(),
        }
    }

    fn heads_cell(&self, line: HeadLine, period: Period) -> Cell {
        let count = self.sums.heads(line, period);
        let entry = self.heads_entry(line, period, count);
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
                (HeadLine::Total, Period::Year(_)) if self.what == PlannedHeads::Hires => {
                    Some(figure(Measure::GrowthHires, line.place(), period))
                }
                _ => None,
            },
            marks: CellMarks {
                overridden: self.layout.is_overridden(line, period),
                noted: !self.sums.notes(line, period).is_empty(),
                ..CellMarks::default()
            },
            ..Cell::default()
        }
    }

    /// A role's quarter is an input, where the role has pay; every row above it and every year is a total.
    fn heads_entry(&self, line: HeadLine, period: Period, count: u64) -> CellEntry {
        let (HeadLine::Cell(r, k), Period::Quarter(_)) = (line, period) else {
            return CellEntry::Total(count.to_string());
        };
        match (self.plan.regions.get(r), self.plan.roles.get(k)) {
            (Some(region), Some(role)) if self.plan.pay(&region.id, &role.id).is_none() => {
                let nobody = match self.what {
                    PlannedHeads::Hires => "nobody can be hired",
                    PlannedHeads::Exits => "nobody works there who could go",
                };
                CellEntry::Blocked(format!(
                    "{} has no pay in {}: {nobody} before Assumptions, Pay states it",
                    role.name, region.name
                ))
            }
            _ => CellEntry::Input(count.to_string()),
        }
    }

    /// What the base plan has where the scenario has something else.
    fn in_base(&self, line: HeadLine, period: Period) -> Option<String> {
        let (HeadLine::Cell(r, k), Period::Quarter(q)) = (line, period) else { return None };
        let (region, role) = (self.plan.regions.get(r)?, self.plan.roles.get(k)?);
        let heads = self.what.of(self.base, &region.id, &role.id, q);
        let count = self.numbers.count(u64::from(heads));
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

    fn coverage_cell(&self, line: HeadLine, period: Period) -> Cell {
        let coverage = self.outcome.rollup(line.place(), period).map(|sums| sums.ratio(Measure::CapacityCoverage));
        let Some(coverage) = coverage.filter(|_| line != HeadLine::Recruiting) else { return Cell::default() };
        Cell {
            text: self.numbers.points(coverage, 0),
            exact: coverage.map(|c| c.exact().round(6)),
            fill: coverage.map(|c| self.palette.coverage(c.exact())),
            explains: coverage.map(|_| figure(Measure::CapacityCoverage, line.place(), period)),
            ..Cell::default()
        }
    }

    /// The number wanted in a cell, or why it takes none.
    fn wanted(&self, typed: &Typed) -> Result<TypedHeads, String> {
        match (self.line(typed.at.row), self.shows(typed.at.column)) {
            (HeadLine::Recruiting, Some(HeadColumn::Heads(Period::Year(_)))) => {
                Err("Recruiting capacity is stated by quarter".to_owned())
            }
            (line, Some(HeadColumn::Heads(period))) => {
                Ok(TypedHeads { line, period, to: self.numbers.read_count(&typed.text)? })
            }
            _ => Err(format!(
                "Coverage follows from the plan; type into the {}",
                head_rows::title(self.what).to_lowercase()
            )),
        }
    }
}

impl Model for HeadGrid<'_> {
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
            HeadLine::Total | HeadLine::Area(_) => (0, Band::Strong),
            HeadLine::Recruiting => (0, Band::None),
            HeadLine::Region(_) => (1, Band::Light),
            HeadLine::Cell(..) => (2, Band::None),
        };
        let folded = match line {
            HeadLine::Area(a) => self.layout.areas.get(a).map(|area| self.folded.contains(&head_rows::area_key(area))),
            HeadLine::Region(r) => self.plan.regions.get(r).map(|r| self.folded.contains(r.id.as_str())),
            _ => None,
        };
        RowHead { title: self.title(line), depth, band, folded }
    }

    fn cell(&self, at: At) -> Cell {
        let line = self.line(at.row);
        match (line, self.shows(at.column)) {
            (HeadLine::Recruiting, Some(HeadColumn::Heads(period))) => self.recruiting_cell(period),
            (_, Some(HeadColumn::Heads(period))) => self.heads_cell(line, period),
            (_, Some(HeadColumn::Coverage(period))) => self.coverage_cell(line, period),
            (_, None) => Cell::default(),
        }
    }

    fn addend(&self, at: At) -> Option<Addend> {
        match (self.line(at.row), self.shows(at.column)?) {
            (line, HeadColumn::Coverage(period)) => self.coverage_cell(line, period).exact.map(Addend::Share),
            (HeadLine::Recruiting, HeadColumn::Heads(period)) => {
                self.recruiting_cell(period).number.map(Addend::Number)
            }
            // A cell without heads is not filled.
            (line, HeadColumn::Heads(period)) => {
                let heads = self.sums.heads(line, period);
                (heads > 0).then(|| Addend::Number(Exact::from(heads)))
            }
        }
    }

    /// Beside heads, the coverage that they are for.
    fn explains(&self, at: At) -> Option<Key> {
        let (line, period) = (self.line(at.row), self.period(at)?);
        let place = match line.place() {
            Place::Cell(r, _) => Place::Region(r),
            place => place,
        };
        match self.cell(at).explains {
            None if line == HeadLine::Recruiting => None,
            None => Some(figure(Measure::CapacityCoverage, place, period)),
            shown => shown,
        }
    }

    fn name(&self, at: At) -> String {
        let line = self.line(at.row);
        let place = match line {
            HeadLine::Cell(..) => self.outcome.place_name(line.place()),
            other => self.title(other),
        };
        let period = self.period(at).map(|p| self.plan.calendar.name(p)).unwrap_or_default();
        match self.shows(at.column) {
            Some(HeadColumn::Coverage(_)) => format!("Capacity coverage, {place}, {period}"),
            _ => format!("{place}, {period}"),
        }
    }

    fn edit(&self, at: At, text: &str) -> Result<Vec<PlanEdit>, String> {
        let typed = Typed { at, text: text.to_owned() };
        self.edits(std::slice::from_ref(&typed)).map_err(|refused| refused.into_iter().map(|r| r.why).collect())
    }

    fn edits(&self, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<Refused>> {
        let (mut heads, mut from, mut edits, mut refused) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for typed in typed {
            match self.wanted(typed) {
                Ok(TypedHeads { line: HeadLine::Recruiting, period: Period::Quarter(q), to }) => {
                    let path = Plan::RECRUITING_CAPACITY.at(q).to_string();
                    edits.push(PlanEdit::Set { path, to: to.into() });
                }
                Ok(wanted) => {
                    heads.push(wanted);
                    from.push(typed.at);
                }
                Err(why) => refused.push(Refused { at: typed.at, why }),
            }
        }
        match typed_heads::edits(self.plan, self.what, &heads) {
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

    fn takes_notes(&self, at: At) -> bool {
        self.noted_cell(at).is_some()
    }

    fn hover(&self, at: At) -> Vec<String> {
        let line = self.line(at.row);
        match self.shows(at.column) {
            Some(HeadColumn::Heads(period)) => {
                let base = self.in_base(line, period).into_iter();
                let warnings = self.sums.warnings(line, period).iter();
                base.chain(warnings.chain(self.sums.notes(line, period)).cloned()).collect()
            }
            Some(HeadColumn::Coverage(period)) if line != HeadLine::Recruiting => {
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
