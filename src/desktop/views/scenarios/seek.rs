//! Goal seek: which value of one input gives a figure the value that is wanted, found by the engine, or honestly none.

use std::sync::Arc;

use egui::{Button, Label, Popup, PopupCloseBehavior, RichText, ScrollArea, Ui};

use super::figure_choice::Chosen;
use crate::analysis::{AnalysisError, Input, Progress, SeekGoal, SeekResult, SeekValue, inputs, seek};
use crate::desktop::document::State;
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job};
use crate::desktop::numbers::in_percent;
use crate::desktop::parts::entry;
use crate::desktop::parts::figure_text;
use crate::desktop::scene::Scene;
use crate::edit;
use crate::engine::Unit;
use crate::plan::{Assumptions, Field, Holds};
use crate::units::{Exact, Ratio};

/// The most inputs listed; typing another letter narrows them down.
const MOST: usize = 40;

/// What is kept between frames.
pub(super) struct Seek {
    chosen: Chosen,
    path: String,
    goal: Option<Exact>,
    find: String,
    inputs: Job<State, Vec<Input>>,
    /// The request, and the state of the plan that it is about.
    asked: Option<(State, SeekGoal)>,
    job: Job<(State, SeekGoal), Result<SeekResult, AnalysisError>>,
}

impl Default for Seek {
    fn default() -> Self {
        Self {
            chosen: Chosen::default(),
            path: Assumptions::ATTAINMENT.path().to_string(),
            goal: Some(Exact::ONE),
            find: String::new(),
            inputs: Job::default(),
            asked: None,
            job: Job::default(),
        }
    }
}

impl Seek {
    /// Draws the question and the answer.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let state = scene.document.state();
        self.inputs.want(ui.ctx(), "inputs", state.clone(), || {
            let plan = Arc::clone(scene.document.plan());
            move |_: &Progress| inputs(&plan)
        });
        ui.label(RichText::new("What value of this input gives that figure?").font(semibold(14.0)));
        ui.add_space(4.0);
        entry::row(ui, |ui| {
            ui.label("Turn");
            self.input(ui, scene);
        });
        entry::row(ui, |ui| {
            ui.label("until");
            if self.chosen.show(ui, scene, "of the goal") {
                self.goal = None;
            }
            ui.label("is");
            self.goal_field(ui, scene);
            let ready = self.goal.is_some() && Field::of(&self.path).is_some();
            let button = Button::new(format!("{} Seek", Icon::MagnifyingGlass));
            if ui.add_enabled(ready, button).on_disabled_hover_text("Choose an input and type a goal").clicked() {
                self.ask(scene, &state);
            }
        });
        ui.add_space(8.0);
        self.answer(ui, scene, &state);
    }

    /// The goal's value, in per cent where the figure is a share.
    fn goal_field(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let numbers = scene.numbers;
        let unit = self.chosen.measure().unit();
        let share = unit == Unit::Ratio;
        let shown = self.goal.map(|goal| numbers.plain(if share { in_percent(goal) } else { goal }));
        let look = EditorLook::line("Goal", 110.0).right();
        let (_, entered) = entry::field(ui, scene, look, &shown.unwrap_or_default(), |typed| {
            if share { numbers.read_share(typed).map(Ratio::exact) } else { numbers.read(typed) }
        });
        self.goal = entered.or(self.goal);
        ui.label(match unit {
            Unit::Ratio => "%".to_owned(),
            Unit::Money => scene.plan().currency.to_string(),
            Unit::Heads => "heads".to_owned(),
            Unit::Count => "months".to_owned(),
        });
    }

    /// The choice of the input: every number that the plan states, found by a few letters.
    fn input(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let name = edit::place(scene.plan(), &self.path);
        let button = ui.add(Button::new(format!("{name}  {}", Icon::CaretDown)));
        button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Input: {name}")));
        let popup = Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
        popup.show(|ui| {
            ui.set_min_width(360.0);
            let look = EditorLook::line("Find an input", f32::INFINITY).hint("Find an input");
            let response = editor::live(ui, look, &mut self.find);
            if button.clicked() {
                response.request_focus();
            }
            let words: Vec<String> = self.find.to_lowercase().split_whitespace().map(str::to_owned).collect();
            let fits = |input: &&Input| {
                let text = input.words.to_lowercase();
                words.iter().all(|word| text.contains(word))
            };
            let known = self.inputs.last().map(Vec::as_slice).unwrap_or_default();
            let found: Vec<&Input> = known.iter().filter(fits).take(MOST).collect();
            if found.is_empty() {
                ui.colored_label(scene.palette.faint, "No input has that name; try fewer letters");
            }
            let mut chosen = None;
            ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                for input in found {
                    let path = input.path.to_string();
                    if ui.selectable_label(path == self.path, &input.words).clicked() {
                        chosen = Some(path);
                    }
                }
            });
            if let Some(path) = chosen {
                self.path = path;
                ui.close();
            }
        });
    }

    fn ask(&mut self, scene: &Scene<'_>, state: &State) {
        let Some(goal) = self.goal else { return };
        let figure = self.chosen.wanted(scene.document.settled());
        let tolerance = SeekGoal::tolerance(figure.measure().unit());
        let goal = SeekGoal { path: self.path.clone(), figure, target: goal, tolerance, from: None, to: None };
        self.job.again();
        self.asked = Some((state.clone(), goal));
    }

    fn answer(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, state: &State) {
        let Some(asked) = self.asked.clone() else {
            let text = "The whole range of the input is tried; if no value reaches the goal, the nearest one is shown";
            ui.colored_label(scene.palette.faint, text);
            return;
        };
        if asked.0 != *state {
            // The answer was of another plan.
            self.asked = None;
            return;
        }
        self.job.want(ui.ctx(), "goal seek", asked.clone(), || {
            let (outcome, goal) = (Arc::clone(scene.document.settled()), asked.1.clone());
            move |progress: &Progress| seek(&outcome, &goal, progress)
        });
        if self.job.progress().is_some() {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label("Seeking…");
                if ui.button("Cancel").clicked() {
                    self.job.cancel();
                    self.asked = None;
                }
            });
            return;
        }
        match self.job.result(&asked) {
            Some(Ok(sought)) => say(ui, scene, &asked.1, sought),
            Some(Err(error)) => {
                ui.colored_label(scene.palette.warning, format!("{} {error}", Icon::Warning));
            }
            None => {
                if let Some(Ended::Failed(why)) = self.job.ended(&asked) {
                    ui.colored_label(scene.palette.error, format!("{} {why}", Icon::WarningCircle));
                }
            }
        }
    }
}

/// The answer in words.
fn say(ui: &mut Ui, scene: &mut Scene<'_>, goal: &SeekGoal, sought: &SeekResult) {
    let (plan, numbers) = (scene.plan(), scene.numbers);
    let holds = Field::of(&goal.path).map_or(Holds::Number, |f| f.holds);
    let value = |value: Exact| figure_text::value(plan, numbers, value.round(6), holds);
    let unit = goal.figure.measure().unit();
    let figure = |figure: Exact| match unit {
        Unit::Money => format!("{} {}", numbers.whole(crate::units::Money::new(figure)), plan.currency),
        Unit::Ratio => numbers.percent(Some(Ratio::new(figure)), 2),
        Unit::Heads | Unit::Count => figure_text::figure(numbers, Some(figure), unit),
    };
    let what = edit::place(plan, &goal.path);
    let words = goal.figure.describe(scene.document.settled());
    let range = format!("{} to {}", value(sought.range.0), value(sought.range.1));
    let mut lines: Vec<(String, Option<&SeekValue>)> = Vec::new();
    for answer in &sought.values {
        let until = answer.until.map(|until| format!(" to {}", value(until))).unwrap_or_default();
        let text = format!(
            "{what} at {}{until} instead of {} gives {words} of {}{}",
            value(answer.value),
            value(sought.now),
            figure(answer.figure),
            if answer.clamped { "; its later values stay inside their range" } else { "" }
        );
        lines.push((text, Some(answer)));
    }
    for jump in &sought.jumps {
        for side in [&jump.below, &jump.above] {
            let text = format!(
                "{what} at {} gives {}; there is no value between it and the next",
                value(side.value),
                figure(side.figure)
            );
            lines.push((text, Some(side)));
        }
    }
    if sought.values.is_empty() {
        let text = format!("No value of {what} from {range} gives {words} of {}", figure(goal.target));
        ui.label(RichText::new(format!("{} {text}", Icon::Info)).font(semibold(14.0)));
        if let (Some((least, most)), Some(nearest)) = (sought.reach, &sought.nearest) {
            let reach = format!("The figure can be from {} to {}", figure(least), figure(most));
            lines.push((
                format!("{reach}; {} comes nearest, with {}", value(nearest.value), figure(nearest.figure)),
                Some(nearest),
            ));
        }
    }
    for (line, answer) in lines {
        ui.horizontal_wrapped(|ui| {
            if let Some(answer) = answer {
                let name = format!("Put in {}", value(answer.value));
                let button = ui.add(Button::new(format!("{} {name}", Icon::Check)));
                if button.on_hover_text("One change, which undo takes back").clicked() {
                    let edits = answer.edits.clone();
                    scene.commit(edit::label(scene.plan(), &edits), edits);
                }
            }
            ui.add(Label::new(line).wrap());
        });
    }
    ui.add_space(4.0);
    ui.colored_label(scene.palette.faint, format!("Searched from {range}"));
}
