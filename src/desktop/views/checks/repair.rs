//! A requested fix: worked out in the background, then shown in words with its effect, to be applied or not.

use std::sync::Arc;

use egui::{Button, Context, Grid, Label, RichText, ScrollArea, Ui};

use crate::analysis::{Fix, HireChange, NoFix, Progress, fix, fix_all};
use crate::desktop::action::Action;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job};
use crate::desktop::parts::controls;
use crate::desktop::parts::figure_text;
use crate::desktop::scene::Scene;
use crate::engine::{Finding, FindingKind, Outcome, Place, Unit};
use crate::plan::Field;
use crate::units::{Exact, Period};

/// The finding that a fix was requested for.
pub(super) enum RepairRequest {
    One(Finding),
    All(FindingKind),
}

/// A fix on its way, or there.
pub(super) struct Repair {
    of: Arc<Outcome>,
    /// The field that states the limit, where the fix is of one finding.
    limit: Option<String>,
    job: Job<(), Result<Fix, NoFix>>,
    /// The button that applies it has had the focus once.
    focused: bool,
}

impl Repair {
    /// Works a fix out beside the window; many evaluations would keep the frame waiting.
    pub(super) fn ask(ctx: &Context, of: &Arc<Outcome>, request: RepairRequest) -> Self {
        let limit = match &request {
            RepairRequest::One(finding) => super::finding_table::limit(of, finding),
            RepairRequest::All(_) => None,
        };
        let (outcome, mut job) = (Arc::clone(of), Job::default());
        job.want(ctx, "fix", (), || {
            move |_: &Progress| match request {
                RepairRequest::One(finding) => fix(&outcome, &finding),
                RepairRequest::All(kind) => fix_all(&outcome, kind),
            }
        });
        Self { of: Arc::clone(of), limit, job, focused: false }
    }

    /// Whether it is of this outcome.
    pub(super) fn is_of(&self, outcome: &Arc<Outcome>) -> bool {
        Arc::ptr_eq(&self.of, outcome)
    }

    /// Draws it; gives false when it is done with.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> bool {
        self.job.poll();
        let result = match (self.job.result(&()), self.job.ended(&())) {
            (Some(result), _) => result.as_ref().map_err(|no| &no.why),
            (None, Some(Ended::Failed(why))) => Err(why),
            (None, Some(Ended::Stopped)) => return false,
            (None, None) => {
                ui.label(format!("{} Working out a fix…", Icon::Hourglass));
                return !(ui.button("Cancel").clicked() || controls::escape(ui));
            }
        };
        let escaped = controls::escape(ui);
        match result {
            Ok(fix) => offer(ui, scene, fix, &mut self.focused) && !escaped,
            Err(why) => {
                ui.label(RichText::new(format!("{} No simple fix", Icon::Info)).font(semibold(14.0)));
                ui.add(Label::new(why).wrap());
                ui.horizontal(|ui| {
                    if let Some(path) = &self.limit
                        && let Some(field) = Field::of(path)
                        && ui.button(format!("Go to {}", field.title.to_lowercase())).clicked()
                    {
                        scene.send(Action::GoToInput(path.clone()));
                    }
                    !ui.button("Close").clicked() && !escaped
                })
                .inner
            }
        }
    }
}

/// The fix in words, its effect, and the buttons; false when one was pressed.
fn offer(ui: &mut Ui, scene: &mut Scene<'_>, fix: &Fix, focused: &mut bool) -> bool {
    let mut stay = true;
    ui.horizontal_wrapped(|ui| {
        let apply = ui.add(Button::new(format!("{} Apply", Icon::Check)));
        if !*focused {
            *focused = true;
            apply.request_focus();
        }
        if apply.on_hover_text("One change, which undo takes back").clicked() {
            scene.commit(fix.label.clone(), fix.edits.clone());
            stay = false;
        }
        if ui.button("Cancel").clicked() {
            stay = false;
        }
        ui.add(Label::new(RichText::new(&fix.label).font(semibold(14.0))).wrap());
    });
    ui.add_space(4.0);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let width = (ui.available_width() - 450.0).max(240.0);
            ui.allocate_ui_with_layout(egui::vec2(width, 0.0), egui::Layout::top_down(egui::Align::Min), |ui| {
                ui.set_width(width);
                changes(ui, scene, fix);
            });
            ui.vertical(|ui| effect(ui, scene, fix));
        });
    });
    stay
}

/// What changes, a line for each cell.
fn changes(ui: &mut Ui, scene: &Scene<'_>, fix: &Fix) {
    ui.label(RichText::new("Growth hires that change").color(scene.palette.faint).size(12.5));
    let mut rest: &[HireChange] = &fix.changes;
    while let Some(first) = rest.first() {
        let same = rest.iter().take_while(|c| (c.region, c.role) == (first.region, first.role)).count();
        let (here, after) = rest.split_at(same);
        rest = after;
        let calendar = scene.plan().calendar;
        let part = |c: &HireChange| {
            let count = |n: u32| scene.numbers.count(u64::from(n));
            format!("{} {} → {}", calendar.name(Period::Quarter(c.quarter)), count(c.from), count(c.to))
        };
        let parts: Vec<String> = here.iter().map(part).collect();
        let place = scene.outcome().place_name(Place::Cell(first.region, first.role));
        ui.add(Label::new(format!("{place}: {}", parts.join(", "))).wrap());
    }
    if !fix.unresolved.is_empty() {
        ui.add_space(4.0);
        let stay = format!("{} {} remain: there is no simple fix for them", Icon::Info, fix.unresolved.len());
        ui.label(RichText::new(stay).color(scene.palette.faint).size(12.5));
        for reason in &fix.unresolved {
            ui.add(Label::new(&reason.why).wrap());
        }
    }
}

/// The findings and the headline figures, before and after, with their differences.
fn effect(ui: &mut Ui, scene: &Scene<'_>, fix: &Fix) {
    let (numbers, palette, plan) = (scene.numbers, scene.palette, scene.plan());
    let (before, after) = (&fix.before, &fix.after);
    let mut rows: Vec<[String; 4]> = Vec::new();
    let mut findings = |title: String, from: usize, to: usize| {
        let [from, to] = [from, to].map(|number| Some(Exact::from(number)));
        let change = from.zip(to).map(|(from, to)| to - from);
        let text = |value| figure_text::figure(numbers, value, Unit::Count);
        rows.push([title, text(from), text(to), figure_text::change(numbers, change, Unit::Count)]);
    };
    findings("Findings".to_owned(), before.count(), after.count());
    for kind in FindingKind::ALL {
        let (from, to) = (before.of_kind(kind), after.of_kind(kind));
        if from != to {
            findings(format!("   {}", kind.title()), from, to);
        }
    }
    rows.extend(fix.figures.iter().map(|row| {
        let value = |version: usize| figure_text::short(numbers, row.values.get(version).copied().flatten(), row.unit);
        let change = figure_text::short_change(numbers, row.change(1), row.unit);
        [figure_text::title(row, &plan.currency), value(0), value(1), change]
    }));
    Grid::new("effect").num_columns(4).spacing([14.0, 3.0]).show(ui, |ui| {
        let heading = |text: &str| RichText::new(text).color(palette.faint).size(12.5);
        ui.label(heading("Effect"));
        for title in ["Before", "After", "Difference"] {
            right(ui, heading(title));
        }
        ui.end_row();
        for [title, from, to, change] in rows {
            ui.label(title);
            right(ui, RichText::new(from));
            right(ui, RichText::new(to).strong());
            right(ui, RichText::new(change));
            ui.end_row();
        }
    });
}

fn right(ui: &mut Ui, text: RichText) {
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| ui.label(text));
}
