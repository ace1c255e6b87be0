//! The next best hires: what one more hire adds in every open cell and quarter, on heat, and the next few placed one after
//! the other.

use crate::desktop::parts::plain_table::Plain;
use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{CentralPanel, Context, Frame, Label, Panel, RichText, Ui};

use super::next_heat::{self, Adds};
use super::optimisation_run::{Fresh, Run};
use super::plan_result::{NOTE, PlanResult, ResultTabs};
use crate::analysis::Progress;
use crate::analysis::optimisation::{NextHire, Objective, OptimiseError, Problem, next_hires, place_next_hires};
use crate::desktop::action::Action;
use crate::desktop::charts::file_name;
use crate::desktop::document::State;
use crate::desktop::editor::EditorLook;
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job, on_own_threads};
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::controls;
use crate::desktop::parts::entry;
use crate::desktop::parts::figures::{self, Figures};
use crate::desktop::parts::grid;
use crate::desktop::parts::heading::heading;
use crate::desktop::parts::scenario_offer::ScenarioOffer;
use crate::desktop::parts::shades::Shades;
use crate::desktop::room::half;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Cell, Column, Sheet, Side};
use crate::engine::Place;
use crate::units::{Money, Period};

/// Most hires that are placed at once.
const MOST: u32 = 100;

/// The hires that were placed, in their order, and the plan with all of them.
struct Placed {
    steps: Vec<NextHire>,
    /// The requested number.
    asked: usize,
    found: PlanResult,
}

/// What the table on heat is made of.
type Of = (State, Problem, Adds, BTreeSet<String>);

/// What is kept between frames.
pub(super) struct NextHires {
    adds: Adds,
    count: u32,
    every: Job<(State, Problem), Result<Vec<NextHire>, OptimiseError>>,
    folded: BTreeSet<String>,
    sheet: Sheet,
    made: Cached<Of, (Figures, Shades)>,
    placing: Run<Placed>,
    /// Whether the hires placed are looked at, rather than the heat.
    looked_at: bool,
    steps: (Sheet, Cached<u64, Plain>),
    offer: ScenarioOffer,
    parts: ResultTabs,
}

impl Default for NextHires {
    fn default() -> Self {
        Self {
            adds: Adds::Covered,
            count: 10,
            every: Job::default(),
            folded: BTreeSet::new(),
            sheet: Sheet::default(),
            made: Cached::default(),
            placing: Run::default(),
            looked_at: false,
            steps: Default::default(),
            offer: ScenarioOffer::of("the next hires"),
            parts: ResultTabs::default(),
        }
    }
}

impl NextHires {
    /// Places the next hires.
    pub(super) fn ask(&mut self, ctx: &Context, scene: &Scene<'_>, problem: Problem) {
        self.offer.close();
        self.looked_at = true;
        let count = usize::try_from(self.count).unwrap_or(usize::MAX);
        self.placing.ask(ctx, scene, "next hires", problem, move |start, problem, progress| {
            let placed = place_next_hires(start, problem, count, progress)?;
            let last = placed.last().map_or_else(|| Arc::clone(start), |(_, outcome)| Arc::new(outcome.clone()));
            let steps = placed.into_iter().map(|(hire, _)| hire).collect();
            Ok(Placed { steps, asked: count, found: PlanResult::new(start, last) })
        });
    }

    /// Follows the work, whatever is shown.
    pub(super) fn follow(&mut self, scene: &Scene<'_>) {
        self.placing.follow(scene);
    }

    /// Another part or view is shown: the heat rests until it is wanted again.
    pub(super) fn rest(&mut self) {
        self.every.stop();
    }

    /// The choice of how many are placed; gives the button's title.
    pub(super) fn count(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> String {
        entry::row(ui, |ui| {
            ui.label("Hires to place");
            let numbers = scene.numbers;
            let look = EditorLook::line("Hires to place", 44.0).right();
            let (_, entered) = entry::field(ui, scene, look, &self.count.to_string(), |typed| {
                let count = numbers.read_count(typed)?;
                if (1..=MOST).contains(&count) {
                    Ok(count)
                } else {
                    Err(format!("From 1 to {MOST} hires are placed at once"))
                }
            });
            self.count = entered.unwrap_or(self.count);
        });
        if self.count == 1 { "Place the next hire".to_owned() } else { format!("Place the next {}", self.count) }
    }

    /// Draws the heat, or the hires that were placed.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, problem: &Problem) {
        if self.placing.asked().is_some() {
            ui.horizontal_wrapped(|ui| {
                let choices = [(false, None, "Every place"), (true, None, "Hires placed")];
                controls::switch(ui, &mut self.looked_at, &choices);
            });
            ui.add_space(4.0);
        }
        if self.looked_at {
            self.placed(ui, scene, problem);
        } else {
            self.heat(ui, scene, problem);
        }
    }

    fn heat(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, problem: &Problem) {
        // What is found does not depend on the objective.
        let problem = Problem { objective: Objective::Shortfall, ..problem.clone() };
        let key = (scene.document.state(), problem);
        self.every.want(ui.ctx(), "next best hire", key.clone(), || {
            let (outcome, problem) = (Arc::clone(scene.document.settled()), key.1.clone());
            move |progress: &Progress| on_own_threads("next best hire", 1, || next_hires(&outcome, &problem, progress))
        });
        ui.horizontal_wrapped(|ui| {
            controls::switch(ui, &mut self.adds, &Adds::CHOICES);
            if let Some((figures, _)) = self.made.last() {
                let name = file_name("Next hire", self.adds.title());
                controls::table_menu(ui, scene, "what one more hire adds", &name, figures);
            }
        });
        if !self.working(ui, scene, &key) {
            return;
        }
        let Some(Ok(hires)) = self.every.result(&key) else { return };
        let about =
            format!("What one more hire adds: {}; a click leads to its place in the plan", self.adds.unit(scene));
        ui.add(Label::new(RichText::new(about).color(scene.palette.faint).size(12.5)).wrap());
        let make = || next_heat::make(ui, scene, hires, self.adds, &key.1, &self.folded);
        let key = (key.0, key.1.clone(), self.adds, self.folded.clone());
        let (figures, shades) = self.made.get(scene, key, make);
        ui.horizontal_wrapped(|ui| next_heat::legend(ui, scene, shades));
        ui.add_space(4.0);
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            let shown = grid::show(&mut self.sheet, ui, scene, "next hires", figures);
            let at = shown.activated.and_then(|at| figures.place(at));
            if let Some((Some(place), Period::Quarter(quarter))) = at {
                scene.send(Action::GoTo { place, quarter: Some(quarter) });
            }
            figures::fold(figures, shown, &mut self.folded);
        });
    }

    /// Says how far the heat is; gives whether it is there.
    fn working(&mut self, ui: &mut Ui, scene: &Scene<'_>, key: &(State, Problem)) -> bool {
        if let Some(progress) = self.every.progress() {
            let mut stop = controls::escape(ui);
            ui.horizontal(|ui| {
                ui.label("Trying one more hire in every open cell and quarter");
                controls::progress(ui, scene.numbers, progress);
                stop |= ui.button("Cancel").clicked();
            });
            if stop {
                self.every.cancel();
            }
            return false;
        }
        let why = match (self.every.result(key), self.every.ended(key)) {
            (Some(Ok(_)), _) => return true,
            (Some(Err(error)), _) => error.to_string(),
            (None, Some(Ended::Failed(why))) => why.clone(),
            (None, Some(Ended::Stopped)) => {
                ui.horizontal(|ui| {
                    ui.label("Stopped");
                    if ui.button(format!("{} Go on", Icon::Play)).clicked() {
                        self.every.again();
                    }
                });
                return false;
            }
            (None, None) => return false,
        };
        ui.add(Label::new(RichText::new(format!("{} {why}", Icon::Warning)).color(scene.palette.warning)).wrap());
        false
    }

    fn placed(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, problem: &Problem) {
        if !self.placing.show(ui, scene, "Placing one hire after the other", false) {
            return;
        }
        let fresh = self.placing.fresh(scene);
        let Some((asked, number, given)) = self.placing.answer() else { return };
        let placed = match given {
            Ok(placed) => placed,
            Err(error) => {
                let text = RichText::new(format!("{} {error}", Icon::Warning)).color(scene.palette.warning);
                ui.add(Label::new(text).wrap());
                return;
            }
        };
        let count = placed.steps.len();
        let text = match count {
            0 => "No open cell and quarter takes one more hire within the limits".to_owned(),
            1 => "The next hire".to_owned(),
            n => format!("The next {n} hires, each where it does most after those before it"),
        };
        heading(ui, &text);
        if let Some(first) = placed.steps.first() {
            let about = format!("{}; a limit that is broken already stops no hire", why(&asked.problem, first));
            ui.add(Label::new(RichText::new(about).color(scene.palette.faint)).wrap());
        }
        if count < placed.asked {
            let more = format!("Fewer than the {} requested: no place takes one more within the limits", placed.asked);
            ui.add(Label::new(RichText::new(more).color(scene.palette.faint)).wrap());
        }
        let none = match fresh {
            Fresh::Outdated if placed.found.is_shown(scene) => Some("The plan has these hires already"),
            Fresh::Outdated => Some("Out of date: the plan has changed since; place them again"),
            Fresh::Now => (count == 0).then_some("There is nothing to apply"),
        };
        if let Some(why) = none.filter(|_| fresh == Fresh::Outdated) {
            ui.add(Label::new(RichText::new(format!("{} {why}", Icon::Info)).color(scene.palette.warning)).wrap());
        } else if asked.problem != *problem {
            let text = format!(
                "{} This is the result of the question before; place them again for the present one",
                Icon::Info
            );
            ui.add(Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
        }
        let label = if count == 1 { "Place the next hire".to_owned() } else { format!("Place the next {count} hires") };
        self.offer.show(ui, scene, (&label, NOTE), placed.found.edits(), none);
        ui.add_space(4.0);
        let sizes = 150.0..=half(ui, 150.0).max(330.0);
        Panel::bottom("with the next hires").resizable(true).default_size(250.0).size_range(sizes).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            ui.add_space(4.0);
            self.parts.show(ui, scene, (number, &label), &placed.found, None);
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            let (sheet, kept) = &mut self.steps;
            let made = kept.get(scene, number, || steps(ui, scene, &asked.problem, &placed.steps));
            let shown = grid::show(sheet, ui, scene, "hires placed", made);
            if let Some(hire) = shown.activated.and_then(|at| placed.steps.get(at.row)) {
                let place = Place::Cell(hire.open.region, hire.open.role);
                scene.send(Action::GoTo { place, quarter: Some(hire.open.quarter) });
            }
        });
    }
}

/// The hires that were placed, each with what it adds and the reason for its place.
fn steps(ui: &Ui, scene: &Scene<'_>, problem: &Problem, steps: &[NextHire]) -> Plain {
    let (numbers, plan) = (scene.numbers, scene.plan());
    let row = |(step, hire): (usize, &NextHire)| {
        let name = |list: Option<&String>| list.cloned().unwrap_or_default();
        let region = name(plan.regions.get(hire.open.region).map(|r| &r.name));
        let role = name(plan.roles.get(hire.open.role).map(|r| &r.name));
        let words = |text: String| Cell { text, side: Side::Left, ..Cell::default() };
        let money =
            |amount: Money| Cell { text: numbers.short(amount), number: Some(amount.exact()), ..Cell::default() };
        let when = Cell { link: true, ..words(plan.calendar.name(Period::Quarter(hire.open.quarter))) };
        let cells = vec![
            when,
            money(hire.covered),
            money(hire.cost),
            money(hire.capacity),
            words(why(problem, hire).to_owned()),
        ];
        (format!("{}. {region}, {role}", step + 1), cells)
    };
    let columns = vec![
        Column::new("In", 70.0).words().about("A click leads to its place in the plan"),
        Column::new("Covers", 62.0).about("Covered target of what counts, more than before"),
        Column::new("Costs", 62.0).about("Over the whole horizon"),
        Column::new("Adds", 62.0).about("Capacity of what counts, more than before"),
        Column::new("Why here", 420.0).words(),
    ];
    Plain::new(ui, &format!("Hire; {}", plan.currency), columns, steps.iter().enumerate().map(row).collect())
}

/// The reason for a hire's place.
fn why(problem: &Problem, hire: &NextHire) -> &'static str {
    let covers = matches!(problem.objective, Objective::Shortfall | Objective::Hires);
    match (covers, hire.covered.exact().is_zero()) {
        (true, true) => "Nothing left to cover that a hire reaches: most capacity instead",
        (true, false) => "Covers most target of all places within the limits",
        (false, _) => "Adds most capacity of all places within the limits",
    }
}
