//! The Coverage view: every coverage of the model by region and quarter, as a table, as charts, and as a map.

mod coverage_charts;
mod coverage_map;
mod coverage_table;
mod lens;
mod lens_shades;
mod ranking;

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::desktop::action::Action;
use crate::desktop::charts::file_name;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::controls;
use crate::desktop::parts::figures::{self, Figures};
use crate::desktop::parts::grid;
use crate::desktop::parts::missing_input::MissingInput;
use crate::desktop::parts::shades::Shades;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Sheet};
use crate::engine::Measure;
use lens::{Lens, Look};

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CoverageView {
    measure: Lens,
    /// The support role looked at, by its number among the plan's roles.
    role: Option<usize>,
    shows: CoverageDisplay,
    /// Areas and region ids whose rows are folded away.
    folded: BTreeSet<String>,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    table: Cached<(Look, BTreeSet<String>), (Figures, Shades)>,
}

/// How the coverages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum CoverageDisplay {
    #[default]
    Table,
    Charts,
    Map,
}

const SHOWS: [(CoverageDisplay, Option<Icon>, &str); 3] = [
    (CoverageDisplay::Table, Some(Icon::Table), "Table"),
    (CoverageDisplay::Charts, Some(Icon::ChartBar), "Charts"),
    (CoverageDisplay::Map, Some(Icon::GlobeHemisphereWest), "Map"),
];

impl CoverageView {
    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let look = self.look(scene);
        if self.shows == CoverageDisplay::Table {
            let key = (look, self.folded.clone());
            self.table.get(scene, key, || coverage_table::make(ui, scene, look, &self.folded));
        }
        Panel::top("coverage head")
            .frame(Frame::NONE)
            .show_separator_line(false)
            .show(ui, |ui| self.head(ui, scene, look));
        let body = CentralPanel::default().frame(Frame::NONE);
        body.show(ui, |ui| match self.shows {
            CoverageDisplay::Table => self.sheet(ui, scene),
            CoverageDisplay::Charts => coverage_charts::show(ui, scene, look),
            CoverageDisplay::Map => coverage_map::show(ui, scene, look),
        });
    }

    /// What is looked at: with the support role, the first where the kept one is none of this plan.
    fn look(&self, scene: &Scene<'_>) -> Look {
        let roles = lens::support_roles(scene.outcome().plan());
        let role = self.role.filter(|k| roles.contains(k)).or_else(|| roles.first().copied());
        Look { lens: self.measure, role }
    }

    fn head(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, look: Look) {
        ui.horizontal_wrapped(|ui| {
            if controls::switch(ui, &mut self.shows, &SHOWS) && self.shows == CoverageDisplay::Table {
                self.reveal(scene);
            }
            ui.add_space(6.0);
            let lenses: Vec<(Lens, String)> = Lens::all().map(|l| (l, l.measure().title().to_owned())).collect();
            controls::list(ui, "Measure", &mut self.measure, &lenses);
            self.roles(ui, scene, look);
            if self.shows == CoverageDisplay::Charts {
                controls::place(ui, scene);
            }
            if self.shows != CoverageDisplay::Table {
                let calendar = scene.plan().calendar;
                let periods = figures::periods(&calendar, self.measure.by_quarter(), self.measure.by_year());
                controls::period(ui, scene, &periods, self.measure.period(scene.focus.period, &calendar));
            } else if let Some((figures, _)) = self.table.last() {
                let title = look.title(scene);
                controls::table_menu(ui, scene, &title, &file_name(&title, ""), figures);
            }
        });
        if self.shows == CoverageDisplay::Table {
            ui.horizontal_wrapped(|ui| {
                if let Some((_, shades)) = self.table.last() {
                    shades.legend(ui);
                }
                let about = RichText::new(self.measure.measure().meaning()).color(scene.palette.faint).size(12.5);
                ui.add(egui::Label::new(about).truncate());
            });
        }
        if let Some(next) = MissingInput::for_coverage(scene.plan()) {
            next.show(ui, scene);
        }
        ui.add_space(4.0);
    }

    /// The choice of a support role, where there are several.
    fn roles(&mut self, ui: &mut Ui, scene: &Scene<'_>, look: Look) {
        let plan = scene.outcome().plan();
        let roles = lens::support_roles(plan);
        if self.measure != Lens(Measure::SupportCoverage) || self.shows == CoverageDisplay::Table || roles.len() < 2 {
            return;
        }
        let name = |k: usize| plan.roles.get(k).map(|r| r.name.clone()).unwrap_or_default();
        let choices: Vec<(Option<usize>, String)> = roles.iter().map(|k| (Some(*k), name(*k))).collect();
        let mut role = look.role;
        if controls::list(ui, "Role", &mut role, &choices) {
            self.role = role;
        }
    }

    fn sheet(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let Some((figures, _)) = self.table.last() else { return };
        let shown = grid::show(&mut self.sheet, ui, scene, "coverage", figures);
        if let Some((Some(place), period)) = shown.selected.and_then(|at| figures.place(at)) {
            scene.send(Action::Focus { place, period: Some(period) });
        }
        figures::fold(figures, shown, &mut self.folded);
    }

    /// Selects the row of what is looked at elsewhere.
    fn reveal(&mut self, scene: &Scene<'_>) {
        let Some((figures, _)) = self.table.last() else { return };
        let period = self.measure.period(scene.focus.period, &scene.plan().calendar);
        let column = figures.periods.iter().position(|p| *p == period).unwrap_or(0);
        if let Some(row) = figures.row_of(controls::region_of(scene.focus.place)) {
            self.sheet.select(At { row, column });
        }
    }
}
