//! The change log, newest first, and the plans of record beside it.

use egui::{CentralPanel, Frame, Label, Panel, RichText, ScrollArea, Ui};

use super::records::Records;
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fonts::semibold;
use crate::desktop::parts::entry;
use crate::desktop::scene::Scene;

/// What is kept between frames.
#[derive(Default)]
pub(super) struct Log {
    find: String,
    records: Records,
}

/// Width of the time.
const WHEN: f32 = 130.0;

impl Log {
    /// Draws both; gives the plan of record that is to be compared.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Option<String> {
        let mut compare = None;
        Panel::right("plans of record").resizable(true).default_size(330.0).size_range(260.0..=520.0).show(ui, |ui| {
            compare = self.records.show(ui, scene);
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| self.entries(ui, scene));
        compare
    }

    fn entries(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let (palette, numbers) = (scene.palette, scene.numbers);
        entry::row(ui, |ui| {
            ui.label(RichText::new("Change log").font(semibold(16.0)));
            let look = EditorLook::line("Find a change", 220.0).hint("Find a change");
            editor::live(ui, look, &mut self.find);
        });
        ui.add_space(4.0);
        let log = scene.document.log();
        let found: Vec<_> = log.search(&self.find).collect();
        if found.is_empty() {
            let empty = log.entries().is_empty();
            let text = if empty {
                "Nothing has been changed yet; every change is written here, and kept with the plan"
            } else {
                "No change has these words; try fewer letters"
            };
            ui.add(Label::new(RichText::new(text).color(palette.faint)).wrap());
            return;
        }
        let height = 22.0;
        ui.spacing_mut().interact_size.y = height;
        ui.spacing_mut().item_spacing.y = 2.0;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, found.len(), |ui, range| {
            for entry in found.get(range).unwrap_or_default() {
                ui.horizontal(|ui| {
                    let when = format!("{} {}", numbers.date(entry.when.date_naive()), entry.when.format("%H:%M"));
                    ui.allocate_ui(egui::vec2(WHEN, height), |ui| {
                        ui.set_min_width(WHEN);
                        ui.label(RichText::new(when).color(palette.faint)).on_hover_text(entry.when.to_rfc3339());
                    });
                    ui.add(Label::new(&entry.words).truncate());
                });
            }
        });
    }
}
