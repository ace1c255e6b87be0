//! The Risk view: how the plan's figures spread over many histories of it, how likely targets and budgets are met, what
//! drives that, and how uncertain things are, edited beside the picture. Figures come from `analysis`.

mod chances;
mod risk_charts;
mod risk_table;
mod simulation_job;

use egui::{CentralPanel, Frame, Panel, ProgressBar, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::Simulation;
use crate::desktop::action::Action;
use crate::desktop::charts::file_name;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::controls;
use crate::desktop::parts::figures::{Figures, periods};
use crate::desktop::parts::grid;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::Sheet;
use crate::engine::{Measure, Place};
use simulation_job::{Other, RiskKey, RiskRequest, RiskResult, Stage, Work, period_of};

/// Numbers of trials to choose from.
const TRIALS: [u32; 4] = [300, 2_000, Simulation::TRIALS, 50_000];

/// What the view keeps between frames.
#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(super) struct RiskView {
    /// The name of the measure that is looked at.
    measure: String,
    shown: RiskDisplay,
    trials: u32,
    #[serde(skip)]
    other: Option<Other>,
    #[serde(skip)]
    work: Work,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    table: Cached<(RiskKey, RiskRequest, usize), Figures>,
}

impl Default for RiskView {
    fn default() -> Self {
        Self {
            measure: Measure::CapacityCoverage.name().to_owned(),
            shown: RiskDisplay::default(),
            trials: Simulation::TRIALS,
            other: None,
            work: Work::default(),
            sheet: Sheet::default(),
            table: Cached::default(),
        }
    }
}

/// How it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum RiskDisplay {
    #[default]
    Quarters,
    Years,
    Table,
}

const SHOWN: [(RiskDisplay, Option<Icon>, &str); 3] = [
    (RiskDisplay::Quarters, Some(Icon::ChartLine), "By quarter"),
    (RiskDisplay::Years, Some(Icon::ChartBar), "By year"),
    (RiskDisplay::Table, Some(Icon::Table), "Table"),
];

impl RiskView {
    /// Another view is shown: nothing is simulated until this one is again.
    pub(super) fn rest(&mut self) {
        self.work.rest();
    }

    /// The measure that is looked at: one that is simulated.
    fn measure(&self) -> Measure {
        let chosen = Simulation::MEASURES.into_iter().find(|measure| measure.name() == self.measure);
        chosen.unwrap_or(Measure::CapacityCoverage)
    }

    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let asked = RiskRequest {
            measure: self.measure(),
            place: controls::region_of(scene.focus.place),
            period: period_of(scene.plan(), scene.focus.period),
        };
        let state = scene.document.state();
        let trials = usize::try_from(self.trials).unwrap_or(usize::MAX);
        let of = RiskKey { state, other: self.other.clone().filter(|other| there_is(scene, other)), trials };
        self.work.want(ui.ctx(), scene, &of, asked);
        let head = Panel::top("risk head").frame(Frame::NONE).show_separator_line(false);
        head.show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                self.head(ui, scene, asked);
                self.progress(ui, scene, &of);
            });
        });
        let frame = Frame::side_top_panel(ui.style()).fill(scene.palette.surface);
        let beside = Panel::right("risk beside").resizable(true).default_size(300.0).size_range(240.0..=420.0);
        beside.frame(frame).show(ui, |ui| chances::show(ui, scene, self.work.found()));
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            ui.add_space(4.0);
            match self.work.found() {
                Some(found) if self.shown == RiskDisplay::Table => {
                    let key = (found.of.clone(), found.asked, found.trials);
                    let figures = self.table.get(scene, key, || risk_table::make(ui, scene, found));
                    grid::show(&mut self.sheet, ui, scene, "risk", figures);
                }
                Some(found) if is_drawn(found) => risk_charts::show(ui, scene, found, self.shown == RiskDisplay::Years),
                Some(found) => nothing(ui, scene, found),
                None => {
                    ui.colored_label(scene.palette.faint, format!("{} Drawing the first trials…", Icon::Hourglass));
                }
            }
        });
    }

    fn head(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, asked: RiskRequest) {
        controls::switch(ui, &mut self.shown, &SHOWN);
        ui.add_space(6.0);
        let measures = Simulation::MEASURES.map(|measure| (measure, measure.title().to_owned()));
        let mut measure = asked.measure;
        if controls::list(ui, "Figure", &mut measure, &measures) {
            measure.name().clone_into(&mut self.measure);
        }
        controls::place(ui, scene);
        let calendar = scene.plan().calendar;
        controls::period(ui, scene, &periods(&calendar, true, true), asked.period);
        self.compared_with(ui, scene);
        let trials = TRIALS.map(|n| (n, format!("{} trials", scene.numbers.count(n.into()))));
        controls::list(ui, "Trials", &mut self.trials, &trials);
        if self.shown == RiskDisplay::Table
            && let Some(figures) = self.table.last()
        {
            let (measure, place) = (asked.measure.title(), scene.place_title(asked.place));
            let name = file_name("Risk", &format!("{measure} {place}"));
            controls::table_menu(ui, scene, &format!("Risk, {measure}"), &name, figures);
        }
    }

    /// The choice of a plan that is compared with the shown one.
    fn compared_with(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let names = scene.document.base().scenarios.iter().map(|s| Other::Scenario(s.name.clone()));
        let others: Vec<Other> = std::iter::once(Other::Base).chain(names).filter(|o| there_is(scene, o)).collect();
        let mut choices = vec![(None, "no comparison".to_owned())];
        choices.extend(others.iter().enumerate().map(|(i, other)| (Some(i), format!("with {}", other.name()))));
        let mut chosen = self.other.as_ref().and_then(|other| others.iter().position(|o| o == other));
        if controls::list(ui, "Comparison", &mut chosen, &choices) {
            self.other = chosen.and_then(|index| others.get(index)).cloned();
        }
    }

    /// How far the simulation is, and what to do about it.
    fn progress(&mut self, ui: &mut Ui, scene: &Scene<'_>, of: &RiskKey) {
        let numbers = scene.numbers;
        let count = |n: usize| numbers.count(u64::try_from(n).unwrap_or(u64::MAX));
        let there = self.work.found().filter(|found| found.of == *of).map_or(0, |found| found.trials);
        let (mut stop, mut again) = (false, false);
        match self.work.stage(of) {
            Stage::Running(progress) => {
                let (done, total) = (progress.done(), progress.total().max(1));
                #[expect(clippy::cast_precision_loss, reason = "the length of a bar on the screen")]
                let share = done as f32 / total as f32;
                let text = format!("{} of {} more trials", count(done), count(total));
                let bar = ui.add(ProgressBar::new(share).desired_width(210.0).text(&text));
                bar.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, format!("Progress: {text}"))
                });
                stop = ui.button("Stop").clicked();
                ui.ctx().request_repaint_after(std::time::Duration::from_millis(50));
            }
            Stage::Stopped => {
                ui.label(format!("Stopped after {} trials", count(there)));
                again = ui.button(format!("{} Go on", Icon::Play)).clicked();
            }
            Stage::Failed(why) => {
                ui.colored_label(scene.palette.warning, format!("{} {why}", Icon::Warning));
            }
            Stage::Done if there == 0 => {
                ui.label(RichText::new("Working out the figures").color(scene.palette.faint));
            }
            Stage::Done => {
                let text = format!("{} trials, seed {}", count(there), Simulation::SEED);
                ui.label(RichText::new(text).color(scene.palette.faint));
            }
        }
        if stop {
            self.work.stop();
        }
        if again {
            self.work.again();
        }
    }
}

/// Whether a plan can be compared with the shown one: it exists, and is another one.
fn there_is(scene: &Scene<'_>, other: &Other) -> bool {
    match other {
        Other::Base => scene.document.scenario().is_some(),
        Other::Scenario(name) => {
            scene.document.scenario() != Some(name) && scene.document.base().scenarios.iter().any(|s| s.name == *name)
        }
    }
}

/// Whether the figure is there in any period.
fn is_drawn(found: &RiskResult) -> bool {
    found.own.by_period.iter().any(|(_, spread)| spread.is_some())
}

/// Says why there is nothing to draw, and what there is.
fn nothing(ui: &mut Ui, scene: &mut Scene<'_>, found: &RiskResult) {
    let place = scene.place_title(found.asked.place);
    ui.label(format!("{}: no figures, since {place} has no target", found.asked.measure.title()));
    if found.asked.place != Place::Plan && ui.button("Show all regions").clicked() {
        scene.send(Action::Focus { place: Place::Plan, period: None });
    }
}
