//! The Optimise view: the best plan within limits with its proof, the frontier of cost against covered target, and the
//! next best hires. What is found is worked out beside the window by `analysis`; nothing changes until it is applied.

mod ask;
mod best;
mod binding;
mod contradiction;
mod effect;
mod found;
mod hires;
mod limits;
mod offer;
mod plain;
mod question;
mod run;

use egui::{CentralPanel, Frame, Label, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::optimisation::Objective;
use crate::desktop::fonts::semibold;
use crate::desktop::scene::Scene;
use best::BestPlan;
use question::{Question, lacks};

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OptimiseView {
    #[serde(skip)]
    question: Question,
    #[serde(skip)]
    limits: limits::Kept,
    #[serde(skip)]
    best: BestPlan,
}

impl OptimiseView {
    /// Another view is shown: what was asked for goes on, unless a change of the plan has overtaken it.
    pub(super) fn rest(&mut self, scene: &Scene<'_>) {
        self.best.follow(scene);
    }

    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        self.rest(scene);
        let frame = Frame::side_top_panel(ui.style()).fill(scene.palette.surface);
        let beside = Panel::left("optimise question").resizable(true).default_size(284.0).size_range(220.0..=420.0);
        beside.frame(frame).show(ui, |ui| {
            let below = Panel::bottom("optimise button").frame(Frame::NONE).show_separator_line(false);
            below.show(ui, |ui| {
                ui.add_space(6.0);
                let problem = self.question.problem(scene.plan());
                let thorough = Some(&mut self.question.thorough);
                if ask::go(ui, scene, thorough, "Find the best plan", lacks(&problem)) {
                    self.best.ask(ui.ctx(), scene, &self.question, problem);
                }
            });
            CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
                ask::show(ui, scene, &mut self.question, &mut self.limits, &Objective::ALL);
            });
        });
        let frame = Frame::NONE.inner_margin(egui::Margin { left: 10, ..egui::Margin::ZERO });
        CentralPanel::default().frame(frame).show(ui, |ui| {
            let problem = self.question.problem(scene.plan());
            self.best.show(ui, scene, &mut self.question, &problem);
        });
    }
}

/// The heading of a part.
fn heading(ui: &mut Ui, text: &str) {
    ui.add(Label::new(RichText::new(text).font(semibold(16.0))).wrap());
}
