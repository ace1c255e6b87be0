//! Levers: changed on the plan that is shown, with the headline figures following at once, until they are kept as a
//! scenario, applied, or put back.

use std::collections::BTreeMap;

use egui::{Align, Button, CentralPanel, Frame, Label, Layout, Panel, RichText, ScrollArea, Ui};

use super::dials;
use crate::analysis::{ComparedFigure, Comparison, Dial, Version, presets};
use crate::desktop::action::Action;
use crate::desktop::document::State;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::entry::{TextAnswer, TextEntry};
use crate::desktop::parts::figure_text;
use crate::desktop::parts::new_scenario;
use crate::desktop::scene::Scene;
use crate::edit::{self, manage};
use crate::plan::{FieldPath, PlanEdit};
use crate::units::Exact;

/// What is kept of the levers between frames.
#[derive(Default)]
pub(super) struct Levers {
    /// The values of the changed dials, by path.
    set: BTreeMap<FieldPath, Exact>,
    /// The dials of the plan that is shown.
    dials: Option<(State, Vec<Dial>)>,
    naming: Option<TextEntry>,
    figures: Cached<(), Vec<ComparedFigure>>,
    /// The pass in which they were drawn last.
    pass: u64,
}

impl Levers {
    /// Another part is shown: the plan is shown as it is again.
    pub(super) fn leave(&mut self, scene: &mut Scene<'_>) {
        self.naming = None;
        if !self.set.is_empty() {
            scene.send(Action::EndPreview);
        }
    }

    /// Draws the dials and the figures.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let state = scene.document.state();
        let dials = match self.dials.take() {
            Some((of, dials)) if of == state => dials,
            before => {
                // The dials were changed on another plan.
                if before.is_some() {
                    self.set.clear();
                }
                crate::analysis::dials(scene.plan())
            }
        };
        let pass = ui.ctx().cumulative_pass_nr();
        let returned = pass > self.pass + 1;
        self.pass = pass;
        let before = self.set.clone();
        Panel::right("effect of the levers").resizable(true).default_size(410.0).size_range(380.0..=560.0).show(
            ui,
            |ui| {
                self.buttons(ui, scene, &dials);
                ui.add_space(8.0);
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.figures(ui, scene));
            },
        );
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            ready_made(ui, &dials, &mut self.set);
            ScrollArea::both().auto_shrink(false).show(ui, |ui| dials::show(ui, scene, &dials, &mut self.set));
        });
        if self.set != before || (returned && !self.set.is_empty()) {
            let edits = self.edits(&dials);
            scene.send(if edits.is_empty() { Action::EndPreview } else { Action::Preview(edits) });
        }
        self.dials = Some((state, dials));
    }

    fn edits(&self, dials: &[Dial]) -> Vec<PlanEdit> {
        turned_edits(&self.set, dials)
    }

    fn buttons(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, dials: &[Dial]) {
        let turned = !self.set.is_empty();
        let shown = scene.document.scenario().map_or("the base plan".to_owned(), |name| format!("scenario {name}"));
        ui.horizontal_wrapped(|ui| {
            if let Some(naming) = &mut self.naming {
                let answer = naming.show(ui, ("Name of the scenario", "Keep"), |name| {
                    new_scenario::change(scene.document, name, "", &turned_edits(&self.set, dials))
                });
                if answer.is_some() {
                    self.naming = None;
                }
                if let Some(TextAnswer::Entered(name, change)) = answer {
                    new_scenario::keep(scene, name, change);
                }
                return;
            }
            let keep = Button::new(format!("{} Keep as scenario…", Icon::GitBranch));
            if ui.add_enabled(turned, keep).on_disabled_hover_text("Change a lever first").clicked() {
                let name = edit::label(scene.plan(), &self.edits(dials));
                self.naming = Some(TextEntry::new("A name", manage::free_name(scene.document.base(), &name)));
            }
            let apply = ui.add_enabled(turned, Button::new(format!("{} Apply to the plan", Icon::Check)));
            if apply.on_hover_text(format!("The levers become part of {shown}")).clicked() {
                let edits = self.edits(dials);
                scene.commit(edit::label(scene.plan(), &edits), edits);
            }
            if ui.add_enabled(turned, Button::new(format!("{} Reset", Icon::ArrowUUpLeft))).clicked() {
                self.set.clear();
                scene.send(Action::EndPreview);
            }
        });
    }

    /// The headline figures: as the plan is, with the levers, and the difference.
    fn figures(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let (numbers, palette) = (scene.numbers, scene.palette);
        let document = scene.document;
        let rows = self.figures.get(scene, (), || {
            let version = |outcome| Version { name: String::new(), outcome: std::sync::Arc::clone(outcome) };
            let years = 0..document.plan().calendar.years();
            Comparison::glance(vec![version(document.settled()), version(document.outcome())], years)
        });
        let currency = &scene.plan().currency;
        ui.spacing_mut().item_spacing.y = 0.0;
        let heading = |text: &str| RichText::new(text).color(palette.faint).size(12.5);
        line(ui, palette.surface, heading(""), ["Plan", "With levers", "Difference"].map(heading));
        for (index, row) in rows.iter().enumerate() {
            let value = |at: usize| figure_text::short(numbers, row.values.get(at).copied().flatten(), row.unit);
            let change = row.change(1);
            let moved = change.is_some_and(|c| !c.is_zero());
            let difference = RichText::new(figure_text::short_change(numbers, change, row.unit));
            let figures = [
                RichText::new(value(0)),
                RichText::new(value(1)).font(semibold(14.0)),
                difference.color(if moved { palette.accent } else { palette.faint }),
            ];
            let fill = if index % 2 == 0 { palette.band_light } else { palette.surface };
            line(ui, fill, RichText::new(figure_text::title(row, currency)), figures);
        }
    }
}

/// The edits that turned dials stand for.
fn turned_edits(set: &BTreeMap<FieldPath, Exact>, dials: &[Dial]) -> Vec<PlanEdit> {
    dials.iter().filter_map(|dial| set.get(&dial.path).map(|value| dial.edit(*value))).collect()
}

/// A line of the figures: its title, then three figures to the right.
fn line(ui: &mut Ui, fill: egui::Color32, title: RichText, figures: [RichText; 3]) {
    const FIGURE: f32 = 72.0;
    const HEIGHT: f32 = 25.0;
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(egui::vec2(width, HEIGHT), egui::Sense::hover());
    ui.painter().rect_filled(rect, 0.0, fill);
    let mut right = rect.max.x;
    let place = |ui: &mut Ui, rect: egui::Rect, layout: Layout, text: RichText| {
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).layout(layout));
        child.add(Label::new(text).truncate());
    };
    for text in figures.into_iter().rev() {
        let area = egui::Rect::from_x_y_ranges(right - FIGURE..=right - 4.0, rect.y_range());
        place(ui, area, Layout::right_to_left(Align::Center), text);
        right -= FIGURE;
    }
    let area = egui::Rect::from_x_y_ranges(rect.min.x + 4.0..=right, rect.y_range());
    place(ui, area, Layout::left_to_right(Align::Center), title);
}

/// The presets.
fn ready_made(ui: &mut Ui, dials: &[Dial], set: &mut BTreeMap<FieldPath, Exact>) {
    ui.horizontal_wrapped(|ui| {
        for preset in presets() {
            let Some(dial) = dials.iter().find(|d| d.path.field() == preset.field) else { continue };
            let value = preset.value(dial);
            let on = set.get(&dial.path) == Some(&value);
            if ui.add(Button::selectable(on, preset.name).frame_when_inactive(true)).clicked() {
                if on || value == dial.now {
                    set.remove(&dial.path);
                } else {
                    set.insert(dial.path.clone(), value);
                }
            }
        }
    });
    ui.add_space(4.0);
}
