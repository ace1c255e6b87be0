//! The strip of months: which are closed and which are open, what happened in the chosen one, and the last one opened again.

use egui::{Button, RichText, Ui, WidgetInfo};

use super::year_measure::FIGURES;
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::parts::{controls, figure_text};
use crate::desktop::scene::Scene;
use crate::edit::reopen_month;
use crate::engine::Outlook;
use crate::units::Period;

/// The strip with its choice.
#[derive(Debug, Default)]
pub(super) struct MonthStrip {
    /// The chosen month, counted from the plan's first.
    chosen: Option<usize>,
}

impl MonthStrip {
    /// Draws the strip, and the line on the chosen month.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, outlook: &Outlook) {
        let calendar = outlook.plan().calendar;
        let last = outlook.last_closed();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding.x = 5.0;
            for t in 0..calendar.months() {
                let (month, is_closed) = (scene.numbers.month(calendar.month(t)), t <= last);
                let state = if is_closed { "closed" } else { "open" };
                let text = if is_closed { format!("{} {month}", Icon::Check) } else { month.clone() };
                let colour = if is_closed { scene.palette.text } else { scene.palette.faint };
                let text = RichText::new(text).size(12.5).color(colour);
                let is_chosen = self.chosen == Some(t);
                let mut button = Button::selectable(is_chosen, text).frame_when_inactive(is_closed);
                if is_closed && !is_chosen {
                    button = button.fill(scene.palette.band);
                }
                let response = ui.add(button);
                let name = format!("{month}, {state}");
                response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_chosen, &name));
                if response.on_hover_text(&name).clicked() {
                    self.chosen = Some(t).filter(|_| !is_chosen);
                    let period = Some(Period::Quarter(t / 3));
                    scene.send(Action::Focus { place: scene.focus.place, period });
                }
            }
        });
        ui.horizontal_wrapped(|ui| {
            let text = self.line(scene, outlook);
            ui.label(RichText::new(text).color(scene.palette.faint).size(12.5));
            reopen(ui, scene, outlook);
        });
    }

    /// What is to be known of the chosen month, or of all.
    fn line(&self, scene: &Scene<'_>, outlook: &Outlook) -> String {
        let calendar = outlook.plan().calendar;
        let last = outlook.last_closed();
        let through = scene.numbers.month(calendar.month(last));
        let Some(t) = self.chosen.filter(|t| *t < calendar.months()) else {
            return format!("Closed through {through}");
        };
        let month = scene.numbers.month(calendar.month(t));
        if t > last {
            return format!("{month} is open: the outlook expects it");
        }
        let place = controls::region_of(scene.focus.place);
        let figure = |(figure, _, title): &(super::year_measure::ToldFigure, Option<Icon>, &str)| {
            let measure = figure.measure();
            let value = outlook.actual(measure, place, Period::Month(t));
            format!("{} {}", title.to_lowercase(), figure_text::short(scene.numbers, value, measure.unit()))
        };
        let figures: Vec<String> = FIGURES.iter().map(figure).collect();
        format!("{month} in {}: {}", scene.place_title(place), figures.join(", "))
    }
}

/// The button that opens the last closed month again, once the planner has read what that does.
fn reopen(ui: &mut Ui, scene: &mut Scene<'_>, outlook: &Outlook) {
    let month = scene.numbers.month(outlook.plan().calendar.month(outlook.last_closed()));
    let button = Button::new(format!("{} Reopen {month}…", Icon::LockOpen)).small();
    let about = "Take the bookings, costs and rates of the last closed month out, to close it anew";
    if !ui.add(button).on_hover_text(about).clicked() {
        return;
    }
    match reopen_month(scene.document.base()) {
        Ok(edits) => {
            let rest = if outlook.last_closed() == 0 {
                "It is the only closed month: people and positions go, too"
            } else {
                "People and positions stay"
            };
            let text = format!(
                "The bookings, costs and exchange rates of {month} are taken out of the plan, and the outlook expects the month \
                 again. {rest}. Undo brings everything back."
            );
            let then = Box::new(Action::Commit { label: format!("Reopen {month}"), edits });
            scene.send(Action::Confirm { title: format!("Reopen {month}?"), text, agree: "Reopen", then });
        }
        Err(error) => scene.send(Action::Say(error.to_string())),
    }
}
