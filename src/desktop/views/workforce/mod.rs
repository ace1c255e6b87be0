//! The Workforce view: the monthly headcount walk as tables, and as pictures of the place and period looked at.

mod arrangement;
mod workforce_charts;
mod workforce_table;

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, Panel, Ui};
use serde::{Deserialize, Serialize};

use crate::desktop::action::Action;
use crate::desktop::charts::file_name;
use crate::desktop::figure_source::FigureSource;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::controls;
use crate::desktop::parts::figures::Figures;
use crate::desktop::parts::grid;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Sheet};
use crate::engine::{Measure, Place, Walks};
use crate::units::Period;
use arrangement::{TimeSteps, WalkTable};

/// What the view keeps between frames.
#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(super) struct WorkforceView {
    rows: WalkRows,
    /// The figure of the walk in the table of places, by its name in files.
    measure: String,
    steps: TimeSteps,
    /// Areas and region ids whose rows are folded the other way than at first.
    turned: BTreeSet<String>,
    /// One for each table: what is selected in one means nothing in the other.
    #[serde(skip)]
    walk_sheet: Sheet,
    #[serde(skip)]
    places_sheet: Sheet,
    #[serde(skip)]
    walks: Cached<(), Walks>,
    #[serde(skip)]
    figures: Cached<WalkKey, Figures>,
}

impl Default for WorkforceView {
    fn default() -> Self {
        Self {
            rows: WalkRows::default(),
            measure: Measure::Closing.name().to_owned(),
            steps: TimeSteps::default(),
            turned: BTreeSet::new(),
            walk_sheet: Sheet::default(),
            places_sheet: Sheet::default(),
            walks: Cached::default(),
            figures: Cached::default(),
        }
    }
}

/// The rows of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum WalkRows {
    /// The walk of one place.
    #[default]
    Walk,
    /// One figure of every place.
    Places,
}

/// What a table is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
struct WalkKey {
    table: WalkTable,
    steps: TimeSteps,
    /// The place whose walk it is; the whole plan in a table of places.
    place: Place,
    turned: BTreeSet<String>,
}

impl WorkforceView {
    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let walks = self.walks.get(scene, (), || walks_of(scene.figures()));
        let table = match self.rows {
            WalkRows::Walk => WalkTable::Walk,
            WalkRows::Places => WalkTable::Places(measure(&self.measure)),
        };
        let place = if table == WalkTable::Walk { scene.focus.place } else { Place::Plan };
        let look = WalkKey { table, steps: self.steps, place, turned: self.turned.clone() };
        self.figures
            .get(scene, look, || workforce_table::make(ui, scene, walks, table, self.steps, place, &self.turned));
        let frame = Frame::NONE;
        Panel::top("workforce head").frame(frame).show_separator_line(false).show(ui, |ui| self.head(ui, scene));
        let picture = |ui: &mut Ui, scene: &mut Scene<'_>, walks: &Cached<(), Walks>| {
            if let Some(walks) = walks.last() {
                workforce_charts::show(ui, scene, walks);
            }
        };
        if table == WalkTable::Walk {
            // Two headings, every step, the ramped heads, and room to scroll across: the pictures take the rest.
            let steps = arrangement::steps(scene).len();
            let lines = f32::from(u16::try_from(steps).unwrap_or(u16::MAX));
            let height = (lines + 3.7) * crate::desktop::tokens::ROW;
            let panel = Panel::top("walk").frame(frame).exact_size(height).resizable(false).show_separator_line(false);
            panel.show(ui, |ui| self.table(ui, scene));
            CentralPanel::default().show(ui, |ui| picture(ui, scene, &self.walks));
        } else {
            let panel = Panel::bottom("places picture").resizable(true).default_size(230.0).min_size(140.0);
            panel.show(ui, |ui| picture(ui, scene, &self.walks));
            CentralPanel::default().frame(frame).show(ui, |ui| self.table(ui, scene));
        }
    }

    fn head(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        ui.horizontal_wrapped(|ui| {
            let rows = [
                (WalkRows::Walk, Some(Icon::Rows), "Walk of a place"),
                (WalkRows::Places, Some(Icon::Table), "All places"),
            ];
            controls::switch(ui, &mut self.rows, &rows);
            ui.add_space(6.0);
            let steps = [(TimeSteps::Months, None, "Months"), (TimeSteps::Quarters, None, "Quarters")];
            controls::switch(ui, &mut self.steps, &steps);
            if let Some(figures) = self.figures.last() {
                let detail = match self.rows {
                    WalkRows::Walk => scene.place_title(scene.focus.place),
                    WalkRows::Places => measure(&self.measure).title().to_owned(),
                };
                controls::table_menu(ui, scene, "Headcount walk", &file_name("Headcount walk", &detail), figures);
            }
            match self.rows {
                WalkRows::Walk => place(ui, scene),
                WalkRows::Places => {
                    let mut chosen = measure(&self.measure);
                    let choices = crate::engine::Walk::MEASURES.map(|m| (m, m.title().to_owned()));
                    if controls::list(ui, "Figure", &mut chosen, &choices) {
                        chosen.name().clone_into(&mut self.measure);
                    }
                }
            }
        });
        ui.add_space(4.0);
    }

    fn table(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let Some(figures) = self.figures.last() else { return };
        let shown = match self.rows {
            WalkRows::Walk => grid::show(&mut self.walk_sheet, ui, scene, "headcount walk of a place", figures),
            WalkRows::Places => grid::show(&mut self.places_sheet, ui, scene, "heads by place", figures),
        };
        if let Some((place, period)) = shown.selected.and_then(|at| figures.place(at)) {
            // Other views look at quarters and years: a month is shown as its quarter.
            let period = match period {
                Period::Month(t) => Period::Quarter(t / 3),
                other => other,
            };
            scene.send(Action::Focus { place: place.unwrap_or(scene.focus.place), period: Some(period) });
        }
        if let Some(fold) = shown.fold_all {
            self.turned = workforce_table::turned(scene.plan(), fold);
        }
        let turn = |at: At| figures.place(at).and_then(|(place, _)| place);
        let turned = shown.folded.and_then(|row| turn(At { row, column: 0 }));
        if let Some(key) = turned.and_then(|place| workforce_table::key(scene.plan(), place))
            && !self.turned.remove(&key)
        {
            self.turned.insert(key);
        }
    }
}

fn walks_of(figures: FigureSource<'_>) -> Walks {
    match figures {
        FigureSource::Plan(outcome) => Walks::of(outcome),
        FigureSource::Outlook(outlook) => Walks::of_outlook(outlook),
    }
}

/// The choice of a place, and of a role where it is a region.
fn place(ui: &mut Ui, scene: &mut Scene<'_>) {
    controls::place(ui, scene);
    let (region, present) = match scene.focus.place {
        Place::Region(r) => (r, None),
        Place::Cell(r, k) => (r, Some(k)),
        Place::Plan | Place::Area(_) => return,
    };
    let roles = scene.outcome().plan().roles.iter().enumerate().map(|(k, role)| (Some(k), role.name.clone()));
    let choices: Vec<(Option<usize>, String)> = std::iter::once((None, "All roles".to_owned())).chain(roles).collect();
    let mut role = present;
    if controls::list(ui, "Role", &mut role, &choices) {
        let place = role.map_or(Place::Region(region), |k| Place::Cell(region, k));
        scene.send(Action::Focus { place, period: None });
    }
}

/// The figure of that name; closing heads where the walk has none such.
fn measure(name: &str) -> Measure {
    crate::engine::Walk::MEASURES.into_iter().find(|m| m.name() == name).unwrap_or(Measure::Closing)
}
