//! The list of scenarios, the base first, with the figures by which a plan is judged side by side.

use std::sync::Arc;

use egui::{CentralPanel, Frame, Panel, Ui};

use super::detail;
use super::origin::NewScenario;
use super::versions::{All, Versions};
use crate::analysis::{ComparedFigure, EvaluatedVersion, GLANCE, VersionName, main_year};
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::Numbers;
use crate::desktop::parts::controls;
use crate::desktop::parts::figure_text;
use crate::desktop::parts::grid;
use crate::desktop::room::half;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Band, Cell, Column, Model, RowHead, Sheet, Side, Tone};
use crate::desktop::tokens::Palette;
use crate::engine::{Measure, Unit};
use crate::plan::Plan;
use crate::units::Period;

/// What the list keeps between frames.
#[derive(Default)]
pub(super) struct List {
    sheet: Sheet,
    new: Option<NewScenario>,
}

impl List {
    /// Asks for the name of a new scenario.
    pub(super) fn begin(&mut self) {
        self.new = Some(NewScenario::default());
    }

    /// Draws the list, and the selected scenario below it.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, versions: &mut Versions) {
        let of = versions.want(ui.ctx(), scene);
        let all = versions.now(&of).or_else(|| versions.last());
        let base = Arc::clone(scene.document.base());
        let table = ScenarioTable {
            base: &base,
            all,
            stale: versions.now(&of).is_none(),
            shown: scene.document.scenario_index(),
            numbers: scene.numbers,
            palette: scene.palette,
        };
        ui.horizontal(|ui| {
            if let Some(new) = &mut self.new {
                if !new.show(ui, scene) {
                    self.new = None;
                }
            } else if ui.button(format!("{} New scenario…", Icon::Plus)).clicked() {
                self.begin();
            }
            controls::table_menu(ui, scene, "Scenarios", "scenarios", &table);
            versions.say(ui, scene, &of);
        });
        ui.add_space(4.0);
        let last = base.scenarios.len();
        let row = self.sheet.selection().map_or_else(|| table.shown.map_or(0, |i| i + 1), |s| s.cursor.row).min(last);
        let sizes = 140.0..=half(ui, 140.0);
        Panel::bottom("scenario").resizable(true).default_size(290.0).size_range(sizes).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ui.add_space(6.0);
            let Some(index) = row.checked_sub(1) else { return detail::of_the_base(ui, scene) };
            if let Some(to) = detail::show(ui, scene, index, table.of(row), all) {
                self.sheet.select(At { row: to + 1, column: 0 });
            }
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            let shown = grid::show_with_menu(&mut self.sheet, ui, scene, "scenarios", &table, &|at| table.menu(at));
            if let Some(at) = shown.activated {
                scene.send(Action::ShowScenario(at.row.checked_sub(1).and_then(|i| table.name(i))));
            }
        });
    }
}

/// The scenarios as a table.
struct ScenarioTable<'a> {
    base: &'a Plan,
    all: Option<&'a All>,
    /// Whether the figures are of an earlier state, and stand back.
    stale: bool,
    shown: Option<usize>,
    numbers: Numbers,
    palette: Palette,
}

const EDITS: usize = GLANCE.len();
const WINDOW: usize = EDITS + 1;
const NOTE: usize = EDITS + 2;

impl ScenarioTable<'_> {
    fn name(&self, index: usize) -> Option<String> {
        self.base.scenarios.get(index).map(|s| s.name.clone())
    }

    /// The version of a row, if it is known.
    fn of(&self, row: usize) -> Option<&EvaluatedVersion> {
        let name = match row.checked_sub(1) {
            Some(index) => VersionName::Scenario(self.name(index)?),
            None => VersionName::Base,
        };
        self.all?.get(&name)
    }

    fn figure(&self, at: At) -> Option<(&EvaluatedVersion, &ComparedFigure)> {
        let version = self.of(at.row)?;
        let name = GLANCE.get(at.column)?.name();
        Some((version, version.figures.iter().find(|f| f.name == name)?))
    }

    fn figure_cell(&self, at: At) -> Cell {
        let Some((_, row)) = self.figure(at) else {
            let text = if self.of(at.row).is_some_and(|v| v.outcome.is_err()) { "not valid" } else { "" };
            return Cell { text: text.to_owned(), tone: Tone::Warning, ..Cell::default() };
        };
        let value = row.values.get(1).copied().flatten();
        let fill = value.filter(|_| row.unit == Unit::Ratio && !self.stale);
        Cell {
            text: figure_text::short(self.numbers, value, row.unit),
            exact: value,
            tone: if self.stale { Tone::Faint } else { Tone::Normal },
            fill: fill.map(|v| self.palette.coverage(v)),
            ..Cell::default()
        }
    }

    fn edits_cell(&self, row: usize) -> Cell {
        let Some(scenario) = row.checked_sub(1).and_then(|i| self.base.scenarios.get(i)) else {
            return Cell::default();
        };
        let lost = self.of(row).map_or(0, |v| v.lost.len());
        let count = |n: usize| self.numbers.count(u64::try_from(n).unwrap_or(u64::MAX));
        match lost {
            0 => Cell { text: count(scenario.edits.len()), ..Cell::default() },
            lost => {
                let text = format!(
                    "{} of {} fit",
                    count(scenario.edits.len().saturating_sub(lost)),
                    count(scenario.edits.len())
                );
                Cell { text, tone: Tone::Warning, ..Cell::default() }
            }
        }
    }
}

impl Model for ScenarioTable<'_> {
    fn columns(&self) -> Arc<[Column]> {
        let year = self.base.calendar.name(Period::Year(main_year(self.base)));
        let last_of_year = GLANCE.iter().rposition(|measure| !measure.is_of_plan());
        let figure = |(index, measure): (usize, &Measure)| {
            let unit = figure_text::unit_of(measure.name(), measure.unit(), &self.base.currency);
            let title = measure.short_title();
            let title = unit.map_or_else(|| title.to_owned(), |unit| format!("{title}, {unit}"));
            // As wide as their titles and figures need, so that every column is seen beside the inspector.
            let width = match measure {
                Measure::CapacityCoverage => 80.0,
                Measure::Gap => 84.0,
                Measure::TotalCost => 86.0,
                Measure::PaybackMonths => 112.0,
                _ => 92.0,
            };
            let column = Column::new(title, width).about(measure.meaning());
            let column = if measure.is_of_plan() { column } else { column.group(&year) };
            if Some(index) == last_of_year { column.closing() } else { column }
        };
        let mut columns: Vec<Column> = GLANCE.iter().enumerate().map(figure).collect();
        columns.extend([
            Column::new("Edits", 74.0).about("Edits that make the scenario out of the base plan"),
            Column::new("Window", 76.0).words().about("What the window shows"),
            Column::new("Note", 420.0).words(),
        ]);
        columns.into()
    }

    fn corner(&self) -> String {
        "Scenario".to_owned()
    }

    fn head_width(&self) -> f32 {
        200.0
    }

    fn rows(&self) -> usize {
        self.base.scenarios.len() + 1
    }

    fn row(&self, row: usize) -> RowHead {
        match row.checked_sub(1) {
            Some(index) => RowHead { title: self.name(index).unwrap_or_default(), ..RowHead::default() },
            None => RowHead { title: "Base plan".to_owned(), band: Band::Strong, ..RowHead::default() },
        }
    }

    fn cell(&self, at: At) -> Cell {
        let index = at.row.checked_sub(1);
        match at.column {
            EDITS => self.edits_cell(at.row),
            WINDOW if self.shown == index => {
                Cell { text: format!("{} Shown", Icon::Check), tone: Tone::Good, side: Side::Left, ..Cell::default() }
            }
            WINDOW => {
                Cell { text: "Show".to_owned(), tone: Tone::Link, side: Side::Left, link: true, ..Cell::default() }
            }
            NOTE => {
                let note = index.and_then(|i| self.base.scenarios.get(i)).map(|s| s.note.clone());
                Cell { text: note.unwrap_or_default(), tone: Tone::Faint, side: Side::Left, ..Cell::default() }
            }
            _ => self.figure_cell(at),
        }
    }

    fn name(&self, at: At) -> String {
        let column = self.columns().get(at.column).map(|c| c.title.clone()).unwrap_or_default();
        format!("{}, {column}", self.row(at.row).title)
    }

    fn edit(&self, _: At, _: &str) -> Result<Vec<crate::plan::PlanEdit>, String> {
        Err("Figures follow from the plan; name and note are typed below".to_owned())
    }

    fn hover(&self, at: At) -> Vec<String> {
        let Some((_, row)) = self.figure(at) else { return Vec::new() };
        let (value, currency) = (row.values.get(1).copied().flatten(), &self.base.currency);
        let now =
            format!("{}: {}", figure_text::title(row, currency), figure_text::figure(self.numbers, value, row.unit));
        let change = format!("Against the base plan: {}", figure_text::change(self.numbers, row.change(1), row.unit));
        if at.row == 0 { vec![now] } else { vec![now, change] }
    }
}

impl ScenarioTable<'_> {
    /// What can be done with a cell's row: titles and actions, for the menu.
    pub(super) fn menu(&self, at: At) -> Vec<(String, Action)> {
        match at.row.checked_sub(1) {
            Some(index) => detail::menu(self.base, index),
            None => vec![(format!("{} Show in the window", Icon::Eye), Action::ShowScenario(None))],
        }
    }
}
