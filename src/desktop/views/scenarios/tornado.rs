//! Sensitivity: each lever and assumption swings down and up alone; bars around the figure, largest first.

use std::sync::Arc;

use egui::{Button, CentralPanel, Frame, Panel, RichText, Ui};

use super::figure_choice::Chosen;
use super::ranges::Ranges;
use crate::analysis::{AnalysisError, Bar, Driver, FigureRef, Progress, Sensitivity, drivers, sensitivity};
use crate::desktop::action::Action;
use crate::desktop::charts::{Ink, Mark, Quantity, Ranks, Series};
use crate::desktop::document::State;
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job};
use crate::desktop::numbers::NONE;
use crate::desktop::parts::chart;
use crate::desktop::parts::controls;
use crate::desktop::parts::entry;
use crate::desktop::parts::figure_text;
use crate::desktop::scene::Scene;
use crate::desktop::tokens::Palette;
use crate::units::Exact;

/// What a sensitivity is worked out for.
#[derive(Debug, Clone, PartialEq)]
struct TornadoRequest {
    state: State,
    wanted: FigureRef,
    drivers: Vec<Driver>,
}

/// So many bars are shown at first.
const FEW: usize = 16;
/// A window wider than this has room for the ranges beside the bars.
const WIDE: f32 = 1500.0;

/// What is kept between frames.
#[derive(Default)]
pub(super) struct Tornado {
    chosen: Chosen,
    ranges: Ranges,
    all: bool,
    /// Whether the ranges stand beside the bars; where there is room for them at first.
    beside: Option<bool>,
    /// The usual drivers of the plan that is shown.
    usual: Option<(State, Vec<Driver>)>,
    job: Job<TornadoRequest, Result<Sensitivity, AnalysisError>>,
}

impl Tornado {
    /// Draws the bars and, beside them, the ranges.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let state = scene.document.state();
        let usual = match self.usual.take() {
            Some((of, usual)) if of == state => usual,
            _ => drivers(scene.plan()),
        };
        let outcome = Arc::clone(scene.document.settled());
        entry::row(ui, |ui| {
            ui.label("What moves");
            self.chosen.show(ui, scene, "of the sensitivity");
            let beside = self.beside.unwrap_or(ui.ctx().content_rect().width() > WIDE);
            if ui.add(Button::selectable(beside, "Ranges").frame_when_inactive(true)).clicked() {
                self.beside = Some(!beside);
            }
            self.work(ui, scene);
        });
        ui.add_space(4.0);
        let of = TornadoRequest {
            state: state.clone(),
            wanted: self.chosen.wanted(&outcome),
            drivers: self.ranges.on(&usual),
        };
        self.job.want(ui.ctx(), "sensitivity", of.clone(), || {
            let (outcome, of) = (outcome, of.clone());
            move |progress: &Progress| sensitivity(&outcome, &of.wanted, &of.drivers, progress)
        });
        if self.beside.unwrap_or(ui.ctx().content_rect().width() > WIDE) {
            Panel::right("ranges").resizable(true).default_size(310.0).size_range(230.0..=460.0).show(ui, |ui| {
                self.ranges.show(ui, scene, &usual);
            });
        }
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| self.bars(ui, scene, &of));
        self.usual = Some((state, usual));
    }

    /// The progress of the work.
    fn work(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        self.job.poll();
        if let Some(progress) = self.job.progress() {
            controls::progress(ui, scene.numbers, progress);
            if ui.button("Cancel").clicked() {
                self.job.cancel();
            }
        }
    }

    fn bars(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, of: &TornadoRequest) {
        if let Some(why) = self.job.ended(of) {
            ui.label(match why {
                Ended::Stopped => "Stopped before the end".to_owned(),
                Ended::Failed(why) => format!("Not worked out: {why}"),
            });
            if ui.button(format!("{} Run again", Icon::Play)).clicked() {
                self.job.again();
            }
            return;
        }
        let found = match self.job.result(of) {
            None => {
                ui.colored_label(
                    scene.palette.faint,
                    format!("{} Varying every lever and assumption…", Icon::Hourglass),
                );
                return;
            }
            Some(Err(error)) => {
                ui.colored_label(scene.palette.warning, format!("{} {error}", Icon::Warning));
                return;
            }
            Some(Ok(found)) => found,
        };
        let moving: Vec<&Bar> = found.bars.iter().filter(|b| b.swing.is_none_or(|s| !s.is_zero())).collect();
        let still = found.bars.len() - moving.len();
        let count = if self.all { moving.len() } else { moving.len().min(FEW) };
        let shown = moving.get(..count).unwrap_or_default();
        let hit = ui
            .scope_builder(egui::UiBuilder::new().max_rect(above(ui, 30.0)), |ui| {
                chart::show(ui, scene, "tornado", &chart(scene, of, found, shown))
            })
            .inner;
        ui.horizontal(|ui| {
            if moving.len() > FEW {
                let (text, many) = (format!("Show all {}", moving.len()), format!("Show the largest {FEW}"));
                if ui.button(if self.all { many } else { text }).clicked() {
                    self.all = !self.all;
                }
            }
            let text = format!("A click on a bar leads to its input; {still} more change nothing here");
            ui.add(egui::Label::new(RichText::new(text).color(scene.palette.faint).size(12.5)).truncate());
        });
        let path = hit.and_then(|hit| shown.get(hit.x)).and_then(|bar| bar.driver.paths.first());
        if let Some(path) = path {
            scene.send(Action::GoToInput(path.to_string()));
        }
    }
}

/// The room that is left above a strip of that height.
fn above(ui: &Ui, height: f32) -> egui::Rect {
    let room = ui.available_rect_before_wrap();
    room.with_max_y((room.max.y - height).max(room.min.y + 60.0))
}

/// The bars around the figure as it is.
fn chart(scene: &Scene<'_>, of: &TornadoRequest, found: &Sensitivity, shown: &[&Bar]) -> Ranks {
    let (plan, numbers) = (scene.plan(), scene.numbers);
    let label = |bar: &&Bar| {
        let side = |to: Exact| figure_text::turned(plan, numbers, &bar.driver, to);
        format!("{}, {} to {}", bar.driver.name, side(bar.low.value), side(bar.high.value))
    };
    let down = shown.iter().map(|b| b.low.figure).collect();
    let up = shown.iter().map(|b| b.high.figure).collect();
    let now = found.figure.map_or(NONE.to_owned(), |_| figure_text::short(numbers, found.figure, found.unit));
    Ranks {
        title: of.wanted.describe(scene.document.settled()),
        detail: format!("now {now}"),
        measures: of.wanted.measure().title().to_owned(),
        quantity: Quantity::of(found.unit, &plan.currency),
        down: "Turned".to_owned(),
        labels: shown.iter().map(label).collect(),
        series: vec![
            Series::new("Turned down", Mark::Bar, Ink::Nth(Palette::SERIES + 2), down),
            Series::new("Turned up", Mark::Bar, Ink::Nth(0), up),
        ],
        colours: Vec::new(),
        steps: Vec::new(),
        base: found.figure.unwrap_or(Exact::ZERO),
        limit: None,
        selected: None,
    }
}
