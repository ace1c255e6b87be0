//! The best plan: its objective before and after, the proof, what binds, and the hires that change.

use std::sync::Arc;

use egui::{Context, Label, RichText, Ui};

use super::contradiction;
use super::optimisation_run::{Fresh, Run};
use super::plan_result::{NOTE, PlanResult, ResultTabs};
use super::question::{Question, wish};
use crate::analysis::optimisation::{
    BestPlan as Optimum, Objective, OptimiseError, Problem, RobustChoice, RobustResult, RobustScore, optimise,
};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::heading::heading;
use crate::desktop::parts::scenario_offer::ScenarioOffer;
use crate::desktop::scene::Scene;
use crate::units::{Exact, Money};

/// The best plan, with what is shown of it.
struct BestPlanResult {
    best: Optimum,
    found: PlanResult,
}

/// What is kept between frames.
pub(super) struct BestPlan {
    run: Run<BestPlanResult>,
    offer: ScenarioOffer,
    parts: ResultTabs,
}

impl Default for BestPlan {
    fn default() -> Self {
        let offer = ScenarioOffer::of("the hires of the best plan");
        Self { run: Run::default(), offer, parts: ResultTabs::default() }
    }
}

impl BestPlan {
    /// Looks for the best plan.
    pub(super) fn ask(&mut self, ctx: &Context, scene: &Scene<'_>, question: &Question, problem: Problem) {
        let effort = question.effort();
        self.offer.close();
        self.run.ask(ctx, scene, "optimisation", problem, move |start, problem, progress| {
            let best = optimise(start, problem, effort, progress)?;
            let found = PlanResult::new(start, Arc::new(best.outcome.clone()));
            Ok(BestPlanResult { best, found })
        });
    }

    /// Follows the work, whatever is shown.
    pub(super) fn follow(&mut self, scene: &Scene<'_>) {
        self.run.follow(scene);
    }

    /// Draws the answer, or what to ask.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, question: &mut Question, problem: &Problem) {
        if self.run.asked().is_none() {
            return nothing(ui, scene);
        }
        if !self.run.show(ui, scene, "Looking for the best plan", true) {
            return;
        }
        let fresh = self.run.fresh(scene);
        let Some((asked, number, given)) = self.run.answer() else { return };
        match given {
            Ok(answer) => {
                let (objective, best) = (asked.problem.objective, &answer.best);
                let standing = Standing::of(scene, answer, fresh);
                say(ui, scene, objective, best);
                standing.say(ui, scene, asked.problem != *problem);
                let label = format!("Optimised: {}", wish(objective).to_lowercase());
                self.offer.show(ui, scene, (&label, NOTE), answer.found.edits(), standing.nothing_to_take(best));
                ui.add_space(6.0);
                let binding = Some((&asked.problem, best.binding.as_slice()));
                self.parts.show(ui, scene, (number, wish(objective)), &answer.found, binding);
            }
            Err(OptimiseError::Infeasible(clashes)) => {
                contradiction::show(ui, scene, asked.start.plan(), clashes, question);
            }
            Err(error) => {
                ui.add(
                    Label::new(RichText::new(format!("{} {error}", Icon::Warning)).color(scene.palette.warning)).wrap(),
                );
            }
        }
    }
}

/// The introduction before the first search.
fn nothing(ui: &mut Ui, scene: &Scene<'_>) {
    heading(ui, "The best plan within the limits");
    let lines = [
        "Muster looks for the growth hires that serve your aim best, and proves how good they are: no plan can be better than \
         the bound it gives.",
        "Choose on the left what to find, where it counts, what may change and which limits to keep. Then press Find the best \
         plan.",
        "Nothing changes until you apply what was found, and undo takes it back.",
    ];
    for line in lines {
        ui.add(Label::new(RichText::new(line).color(scene.palette.faint)).wrap());
    }
}

/// The result compared with the plan as it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Now,
    Applied,
    Outdated,
}

impl Standing {
    fn of(scene: &Scene<'_>, answer: &BestPlanResult, fresh: Fresh) -> Self {
        match fresh {
            Fresh::Now => Self::Now,
            // Applied, the plan states what was found and nothing else.
            Fresh::Outdated if answer.found.is_shown(scene) => Self::Applied,
            Fresh::Outdated => Self::Outdated,
        }
    }

    fn nothing_to_take(self, best: &Optimum) -> Option<&'static str> {
        match self {
            Self::Applied => Some("The plan has these hires already"),
            Self::Outdated => Some("The plan has changed since; find the best plan again"),
            Self::Now => best.edits.is_empty().then_some("There is nothing to change"),
        }
    }

    fn say(self, ui: &mut Ui, scene: &Scene<'_>, other_question: bool) {
        let palette = scene.palette;
        let (colour, text) = match self {
            Self::Applied => {
                (palette.good, format!("{} The plan has these hires now; undo takes them back", Icon::Check))
            }
            Self::Outdated => {
                let text = "Out of date: the plan has changed since. Undo the change, or find the best plan again";
                (palette.warning, format!("{} {text}", Icon::Warning))
            }
            Self::Now if other_question => (
                palette.faint,
                format!("{} This is the result of the question before; find again for the present one", Icon::Info),
            ),
            Self::Now => return,
        };
        ui.add(Label::new(RichText::new(text).color(colour)).wrap());
    }
}

/// The objective before and after, and the proof, in words.
fn say(ui: &mut Ui, scene: &Scene<'_>, objective: Objective, best: &Optimum) {
    ui.label(RichText::new(wish(objective)).color(scene.palette.faint));
    let value = |value: Exact| amount(scene, objective, value);
    let result = format!("{} → {}", bare(scene, objective, best.before), value(best.objective));
    ui.add(Label::new(RichText::new(format!("{}: {result}", objective.title())).font(semibold(18.0))).wrap());
    ui.add(Label::new(proof(scene, objective, best)).wrap());
    if let Some(caveat) = best.caveat() {
        ui.add(Label::new(RichText::new(caveat).color(scene.palette.faint)).wrap());
    }
    if let Some(result) = &best.robust {
        ui.add(Label::new(robust(scene, objective, result)).wrap());
    }
    if best.edits.is_empty() {
        ui.label("Nothing to change: no better plan was found than the one there is");
    } else if !best.feasible_before {
        let text = "The present plan breaks some of these limits, so that its figure is not comparable";
        ui.add(Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
    }
}

/// The result of the robust choice in words.
fn robust(scene: &Scene<'_>, objective: Objective, result: &RobustResult) -> String {
    let RobustChoice { percentile, candidates, trials, .. } = result.choice;
    // Of a number of hires what is simulated is their capacity.
    let simulated = if objective == Objective::Hires { Objective::Capacity } else { objective };
    let value = |score: &RobustScore| amount(scene, simulated, score.at(percentile));
    let chosen = value(&result.chosen);
    let (name, trials) =
        (percentile.name(), scene.numbers.exact(Exact::from(u32::try_from(trials).unwrap_or(u32::MAX)), 0));
    let how = format!("the {candidates} best plans found, each simulated in {trials} trials");
    if result.differs {
        let usual = value(&result.best_expected);
        format!("{name} of {how}: {chosen} here, {usual} for the one with the best expected figure")
    } else {
        format!("{name} of {how}: {chosen}, which the best expected plan reaches too")
    }
}

/// The quality of the result in words.
fn proof(scene: &Scene<'_>, objective: Objective, best: &Optimum) -> String {
    let bound = amount(scene, objective, best.bound);
    if best.bound == best.objective {
        return match objective {
            Objective::Capacity => format!("Proven: no plan can have more than {bound}"),
            Objective::Shortfall => format!("Proven: no plan can leave less than {bound} uncovered"),
            Objective::Cost => format!("Proven: no plan that reaches the coverage can cost less than {bound}"),
            Objective::Hires => format!("Proven: no plan can reach the coverage with fewer than {bound}"),
        };
    }
    let within = best.gap().map_or_else(String::new, |gap| {
        format!("; this one is within {} of that", scene.numbers.percent(Some(gap), 2))
    });
    match objective {
        Objective::Capacity => format!("No plan can have more than {bound}{within}"),
        Objective::Shortfall => format!("No plan can leave less than {bound} uncovered{within}"),
        Objective::Cost => format!("No plan that reaches the coverage can cost less than {bound}{within}"),
        Objective::Hires => format!("No plan can reach the coverage with fewer than {bound}{within}"),
    }
}

/// A value of an objective with its unit.
fn amount(scene: &Scene<'_>, objective: Objective, value: Exact) -> String {
    let unit = if objective == Objective::Hires { "hires" } else { scene.plan().currency.as_str() };
    format!("{} {unit}", bare(scene, objective, value))
}

fn bare(scene: &Scene<'_>, objective: Objective, value: Exact) -> String {
    match objective {
        Objective::Hires => scene.numbers.exact(value, u32::from(value.round(0) != value)),
        _ => scene.numbers.whole(Money::new(value)),
    }
}
