//! The Optimise view: the best plan within limits with its proof, the frontier of cost against covered target, and the
//! next best hires. What is found is worked out beside the window by `analysis`; nothing changes until it is applied.

mod best_plan;
mod binding;
mod contradiction;
mod effect;
mod frontier;
mod frontier_chart;
mod hires;
mod limits;
mod next_heat;
mod next_hires;
mod optimisation_run;
mod plan_result;
mod question;
mod question_form;

use egui::{CentralPanel, Frame, Panel, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::best_plan_without_outlook;
use crate::analysis::optimisation::{Objective, Problem};
use crate::desktop::document::State;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::controls;
use crate::desktop::scene::Scene;
use crate::units::capitalised;
use best_plan::BestPlan;
use frontier::Board;
use next_hires::NextHires;
use question::{Question, lacks};
use question_form::Aims;

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OptimiseView {
    part: OptimiseTab,
    #[serde(skip)]
    question: Question,
    /// The question as a problem of the plan.
    #[serde(skip)]
    problem: Cached<(State, Objective, Question), Problem>,
    #[serde(skip)]
    limits: limits::LimitCache,
    #[serde(skip)]
    best: BestPlan,
    #[serde(skip)]
    frontier: Board,
    #[serde(skip)]
    next: NextHires,
}

/// A part of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum OptimiseTab {
    #[default]
    Best,
    Frontier,
    Next,
}

const PARTS: [(OptimiseTab, Option<Icon>, &str); 3] = [
    (OptimiseTab::Best, Some(Icon::Lightning), "Best plan"),
    (OptimiseTab::Frontier, Some(Icon::ChartScatter), "Frontier"),
    (OptimiseTab::Next, Some(Icon::UserPlus), "Next hires"),
];

impl OptimiseView {
    /// Another view is shown: a search continues, unless a change of the plan has overtaken it.
    pub(super) fn rest(&mut self, scene: &Scene<'_>) {
        self.next.rest();
        self.follow(scene);
    }

    fn follow(&mut self, scene: &Scene<'_>) {
        self.best.follow(scene);
        self.frontier.follow(scene);
        self.next.follow(scene);
    }

    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        self.follow(scene);
        if self.part != OptimiseTab::Next {
            self.next.rest();
        }
        Panel::top("optimise head").frame(Frame::NONE).show_separator_line(false).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| controls::switch(ui, &mut self.part, &PARTS));
            if let Some(text) = best_plan_without_outlook(scene.plan()) {
                controls::wrapped_label(ui, capitalised(&text), scene.palette.faint);
            }
            ui.add_space(4.0);
        });
        let frame = Frame::side_top_panel(ui.style()).fill(scene.palette.surface);
        let beside = Panel::left("optimise question").resizable(true).default_size(284.0).size_range(220.0..=420.0);
        beside.frame(frame).show(ui, |ui| {
            let below = Panel::bottom("optimise button").frame(Frame::NONE).show_separator_line(false);
            below.show(ui, |ui| {
                ui.add_space(6.0);
                self.go(ui, scene);
            });
            CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
                let aims = match self.part {
                    OptimiseTab::Best => Aims::All,
                    OptimiseTab::Frontier => Aims::Given,
                    OptimiseTab::Next => Aims::Next,
                };
                question_form::show(ui, scene, &mut self.question, &mut self.limits, aims);
            });
        });
        let frame = Frame::NONE.inner_margin(egui::Margin { left: 10, ..egui::Margin::ZERO });
        CentralPanel::default().frame(frame).show(ui, |ui| {
            let problem = problem(&mut self.problem, self.part, &self.question, scene);
            match self.part {
                OptimiseTab::Best => self.best.show(ui, scene, &mut self.question, problem),
                OptimiseTab::Frontier => self.frontier.show(ui, scene, problem),
                OptimiseTab::Next => self.next.show(ui, scene, problem),
            }
        });
    }

    /// The button that starts what the part is for, and how much of it.
    fn go(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let problem = problem(&mut self.problem, self.part, &self.question, scene);
        let (ctx, lacks) = (ui.ctx().clone(), lacks(problem));
        let title = match self.part {
            OptimiseTab::Best => "Find the best plan".to_owned(),
            OptimiseTab::Frontier => {
                self.frontier.steps(ui);
                "Draw the frontier".to_owned()
            }
            OptimiseTab::Next => self.next.count(ui, scene),
        };
        let thorough = Some(&mut self.question.thorough).filter(|_| self.part != OptimiseTab::Next);
        if question_form::go(ui, scene, thorough, &title, lacks) {
            let problem = problem.clone();
            match self.part {
                OptimiseTab::Best => self.best.ask(&ctx, scene, &self.question, problem),
                OptimiseTab::Frontier => self.frontier.ask(&ctx, scene, &self.question, problem),
                OptimiseTab::Next => self.next.ask(&ctx, scene, problem),
            }
        }
    }
}

/// What a part asks of the plan, made anew where the plan or the question has changed: a large plan has many open places.
fn problem<'k>(
    kept: &'k mut Cached<(State, Objective, Question), Problem>,
    part: OptimiseTab,
    question: &Question,
    scene: &Scene<'_>,
) -> &'k Problem {
    let objective = match part {
        OptimiseTab::Best => question.objective,
        OptimiseTab::Frontier => Objective::Shortfall,
        OptimiseTab::Next => question.next,
    };
    let key = (scene.document.state(), objective, question.clone());
    kept.get(scene, key, || question.problem(scene.plan(), objective))
}
