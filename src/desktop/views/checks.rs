//! The Checks view: every finding, with a click to its place.

use egui::{RichText, ScrollArea, Ui};
use serde::{Deserialize, Serialize};

use crate::desktop::action::Action;
use crate::desktop::scene::Scene;
use crate::units::Period;

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ChecksView {}

impl ChecksView {
    /// Draws the view.
    #[expect(clippy::unused_self, reason = "filters are to come")]
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let palette = scene.palette;
        let findings = scene.document.findings();
        ui.add_space(8.0);
        ui.heading(match findings.len() {
            0 => "Nothing to report".to_owned(),
            1 => "1 finding".to_owned(),
            n => format!("{n} findings"),
        });
        if findings.is_empty() {
            ui.label("Every limit of the plan holds and every target is covered");
            return;
        }
        ui.colored_label(palette.faint, "Click one to go to its place in the plan");
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, 26.0, findings.len(), |ui, range| {
            for finding in findings.get(range).unwrap_or_default() {
                ui.horizontal(|ui| {
                    ui.set_min_height(26.0);
                    ui.allocate_ui_with_layout(
                        egui::vec2(150.0, 20.0),
                        egui::Layout::left_to_right(egui::Align::Center),
                        |ui| {
                            ui.set_min_width(150.0);
                            let title = RichText::new(finding.kind.title()).color(palette.warning);
                            ui.add(egui::Label::new(title).truncate());
                        },
                    );
                    let text = egui::Button::new(RichText::new(&finding.message)).frame(false).truncate();
                    if ui.add(text).on_hover_text(&finding.message).clicked() {
                        let quarter = match finding.period {
                            Period::Quarter(q) => Some(q),
                            Period::Year(y) => Some(y * 4),
                            Period::Month(t) => Some(t / 3),
                            Period::All => None,
                        };
                        scene.send(Action::GoTo { place: finding.place, quarter });
                    }
                });
            }
        });
    }
}
