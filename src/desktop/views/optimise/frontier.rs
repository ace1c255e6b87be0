//! The frontier: the cost of the best plans against the target that they cover, as the budget or the number of hires grows;
//! each of them can be looked at and taken.

use crate::desktop::parts::plain_table::Plain;
use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Label, Panel, RichText, Ui};

use super::frontier_chart::{Drawn, chart, hires, name, point, table};
use super::optimisation_run::{Fresh, Run, RunRequest};
use super::plan_result::{NOTE, PlanResult, ResultTabs};
use super::question::Question;
use crate::analysis::optimisation::{Effort, FrontierAxis, FrontierPoint, OptimiseError, Problem, frontier};
use crate::desktop::charts::file_name;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::chart;
use crate::desktop::parts::controls;
use crate::desktop::parts::grid;
use crate::desktop::parts::heading::heading;
use crate::desktop::parts::scenario_offer::ScenarioOffer;
use crate::desktop::room::half;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Sheet};

/// Numbers of steps from the envelope's minimum to its maximum to choose from.
const STEPS: [u32; 4] = [2, 4, 8, 16];

/// What is kept between frames.
pub(super) struct Board {
    steps: u32,
    axis: FrontierAxis,
    run: Run<Drawn>,
    /// The chosen point, counted as the chart counts them, of the run of this number.
    chosen: Option<(u64, usize)>,
    found: Option<((u64, usize), Result<PlanResult, String>)>,
    look: FrontierTab,
    offer: ScenarioOffer,
    parts: ResultTabs,
    sheet: Sheet,
    table: Cached<u64, Plain>,
}

/// The area below the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FrontierTab {
    Points,
    Chosen,
}

impl Default for Board {
    fn default() -> Self {
        Self {
            steps: 8,
            axis: FrontierAxis::Budget,
            run: Run::default(),
            chosen: None,
            found: None,
            look: FrontierTab::Points,
            offer: ScenarioOffer::of("the hires of the chosen plan"),
            parts: ResultTabs::default(),
            sheet: Sheet::default(),
            table: Cached::default(),
        }
    }
}

impl Board {
    /// Draws the frontier of the plan that is shown.
    pub(super) fn ask(&mut self, ctx: &Context, scene: &Scene<'_>, question: &Question, problem: Problem) {
        // Each begins at the one before, and so needs to look less long.
        let usual = question.effort();
        let (steps, effort) = (self.steps, Effort { rounds: usual.rounds.div_ceil(2), ..usual });
        let along = self.axis;
        (self.chosen, self.look) = (None, FrontierTab::Points);
        self.offer.close();
        self.run.ask(ctx, scene, "frontier", problem, move |start, problem, progress| {
            frontier(start, problem, (along, steps), effort, progress).map(Drawn::of)
        });
    }

    /// Follows the work, whatever is shown.
    pub(super) fn follow(&mut self, scene: &Scene<'_>) {
        self.run.follow(scene);
    }

    /// The choice of how many points there are.
    pub(super) fn steps(&mut self, ui: &mut Ui) {
        let choices = STEPS.map(|steps| (steps, format!("{} points", steps + 1)));
        ui.horizontal(|ui| {
            controls::switch(
                ui,
                &mut self.axis,
                &[(FrontierAxis::Budget, None, "Budget"), (FrontierAxis::Hires, None, "Hires")],
            );
            controls::list(ui, "Points", &mut self.steps, &choices);
        });
    }

    /// Draws the chart with what is below it, or what to ask.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, problem: &Problem) {
        if self.run.asked().is_none() {
            return nothing(ui, scene);
        }
        if !self.run.show(ui, scene, "Looking for the best plan at each point", false) {
            return;
        }
        let fresh = self.run.fresh(scene);
        let Some((asked, number, given)) = self.run.answer() else { return };
        let drawn = match given {
            Ok(drawn) if !drawn.found.points.is_empty() => drawn,
            Ok(drawn) => {
                without(ui, scene, None);
                return drawn.say(ui, scene);
            }
            Err(error) => return without(ui, scene, Some(error)),
        };
        let found = &drawn.found;
        let chosen = self.chosen.filter(|(of, _)| *of == number).map(|(_, index)| index);
        if fresh == Fresh::Outdated {
            let text = "Out of date: the plan has changed since. Undo the change, or draw the frontier again";
            ui.add(Label::new(RichText::new(format!("{} {text}", Icon::Warning)).color(scene.palette.warning)).wrap());
        } else if differs(&asked.problem, problem) {
            let text = "This is the result of the question before; draw it again for the present one";
            ui.add(Label::new(RichText::new(format!("{} {text}", Icon::Info)).color(scene.palette.faint)).wrap());
        }
        drawn.say(ui, scene);
        let (mut now, mut look) = (chosen, self.look);
        let sizes = 150.0..=half(ui, 150.0).max(330.0);
        Panel::bottom("below the frontier").resizable(true).default_size(300.0).size_range(sizes).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ui.add_space(4.0);
            let title = chosen.and_then(|index| point(found, index)).map(|point| name(scene, found, point));
            ui.horizontal_wrapped(|ui| {
                let one = title.unwrap_or_else(|| "Chosen point".to_owned());
                controls::switch(
                    ui,
                    &mut look,
                    &[(FrontierTab::Points, None, "All points"), (FrontierTab::Chosen, None, &one)],
                );
                if look == FrontierTab::Points
                    && let Some(table) = self.table.last()
                {
                    controls::table_menu(ui, scene, "frontier", &file_name("Frontier", &scene.plan().name), table);
                }
            });
            ui.add_space(4.0);
            match (look, chosen.and_then(|index| Some((index, point(found, index)?)))) {
                (FrontierTab::Chosen, Some((index, point))) => {
                    let key = (number, index);
                    let made = self.found.take().filter(|(of, _)| *of == key);
                    let (_, made) = self.found.insert(made.unwrap_or_else(|| (key, made_of(asked, point))));
                    let of = (asked, point, fresh);
                    chosen_point(ui, scene, (&mut self.offer, &mut self.parts), of, made, index);
                }
                (FrontierTab::Chosen, None) => {
                    ui.label("Choose a point of the chart, or a row of all points");
                }
                (FrontierTab::Points, _) => {
                    let table = self.table.get(scene, number, || table(ui, scene, found));
                    CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
                        let shown = grid::show(&mut self.sheet, ui, scene, "points of the frontier", table);
                        if let Some(at) = shown.activated {
                            (now, look) = (Some(at.row), FrontierTab::Chosen);
                        } else if let Some(at) = shown.selected {
                            now = Some(at.row);
                        }
                    });
                }
            }
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            if let Some(hit) = chart::show(ui, scene, "frontier", &chart(scene, found, chosen)) {
                (now, look) = (Some(hit.x), FrontierTab::Chosen);
                self.sheet.select(At { row: hit.x, column: 0 });
            }
        });
        if now != chosen {
            self.offer.close();
        }
        self.chosen = now.map(|index| (number, index));
        self.look = look;
    }
}

/// Whether two problems give other frontiers: neither what is aimed at nor where it is best matters.
fn differs(one: &Problem, other: &Problem) -> bool {
    let plain = |problem: &Problem| Problem {
        objective: one.objective,
        coverage: one.coverage,
        robust: None,
        ..problem.clone()
    };
    plain(one) != plain(other)
}

/// The introduction before the first search.
fn nothing(ui: &mut Ui, scene: &Scene<'_>) {
    heading(ui, "What coverage costs");
    let envelope = &scene.plan().envelope;
    let hires = format!("{} to {} hires of {}", envelope.min, envelope.max, envelope.fiscal_year);
    let lines = [
        format!(
            "Muster looks for the plan that covers most of the target as the budget grows from the cheapest plan's cost, or at \
         each number of hires, from {hires}, and draws what each costs against what it covers, with today's plan among them."
        ),
        "Choose on the left where it counts, what may change and which limits to keep. Then press Draw the frontier."
            .to_owned(),
        "Each point is a plan that can be looked at, applied, or kept as a scenario.".to_owned(),
    ];
    for line in lines {
        ui.add(Label::new(RichText::new(line).color(scene.palette.faint)).wrap());
    }
}

/// Why there is no frontier.
fn without(ui: &mut Ui, scene: &Scene<'_>, error: Option<&OptimiseError>) {
    let why = error.map_or_else(
        || {
            "No plan at any point meets the other limits; leave one out, or let more cells and quarters change. \
             Find the best plan says which limits contradict each other"
                .to_owned()
        },
        ToString::to_string,
    );
    ui.add(Label::new(RichText::new(format!("{} {why}", Icon::Warning)).color(scene.palette.warning)).wrap());
}

/// The plan of a point.
fn made_of(asked: &RunRequest, point: &FrontierPoint) -> Result<PlanResult, String> {
    let plan = crate::edit::apply_all(asked.start.plan(), &point.edits).map_err(|error| error.to_string())?;
    let outcome = asked.start.after(Arc::new(plan)).map_err(|error| error.to_string())?;
    Ok(PlanResult::new(&asked.start, Arc::new(outcome)))
}

/// The chosen point: its figures, and the buttons that take it over.
fn chosen_point(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    (offer, parts): (&mut ScenarioOffer, &mut ResultTabs),
    (asked, point, fresh): (&RunRequest, &FrontierPoint, Fresh),
    made: &Result<PlanResult, String>,
    index: usize,
) {
    let found = match made {
        Ok(found) => found,
        Err(why) => {
            ui.colored_label(scene.palette.error, format!("{} {why}", Icon::WarningCircle));
            return;
        }
    };
    let (numbers, currency) = (scene.numbers, &scene.plan().currency);
    let share = numbers.percent(point.share(), 2);
    let text =
        format!("{} cover {share} of the target for {} {currency}", hires(scene, point), numbers.short(point.cost));
    ui.add(Label::new(RichText::new(text).font(semibold(14.0))).wrap());
    let none = match fresh {
        Fresh::Outdated if found.is_shown(scene) => Some("The plan has these hires already"),
        Fresh::Outdated => Some("The plan has changed since; draw the frontier again"),
        Fresh::Now => point.edits.is_empty().then_some("This is the plan as it is"),
    };
    let label = format!("Optimised: {} of {}", hires(scene, point), asked.start.plan().envelope.fiscal_year);
    offer.show(ui, scene, (&label, NOTE), found.edits(), none);
    ui.add_space(2.0);
    let number = u64::try_from(index).unwrap_or(u64::MAX);
    parts.show(ui, scene, (number, &label), found, None);
}
