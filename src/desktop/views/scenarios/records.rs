//! Plans of record: the shown plan frozen under a name and today's date, compared and removed.

use std::sync::Arc;

use egui::{Label, RichText, ScrollArea, Ui};

use crate::desktop::action::Action;
use crate::desktop::document::today;
use crate::desktop::draft::DraftChange;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::entry::{self, TextAnswer, TextEntry};
use crate::desktop::parts::new_scenario::why;
use crate::desktop::scene::Scene;
use crate::edit::{freeze, unfreeze};

/// What is kept between frames: the name that is being typed.
#[derive(Default)]
pub(super) struct Records {
    naming: Option<TextEntry>,
}

impl Records {
    /// Draws the list; gives the one that is to be compared.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) -> Option<String> {
        let palette = scene.palette;
        let base = Arc::clone(scene.document.base());
        ui.label(RichText::new("Plans of record").font(semibold(16.0)));
        let about = "The plan as it was on a day, which cannot be edited; compare any later state with it";
        ui.add(Label::new(RichText::new(about).color(palette.faint)).wrap());
        ui.add_space(4.0);
        self.freezing(ui, scene);
        ui.add_space(6.0);
        if base.frozen.is_empty() {
            ui.colored_label(palette.faint, "None yet: freeze the plan once it is agreed");
        }
        let mut compare = None;
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            for (index, record) in base.frozen.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.label(Icon::Lock.glyph());
                    ui.vertical(|ui| {
                        ui.add(Label::new(RichText::new(&record.name).font(semibold(14.0))).truncate());
                        ui.colored_label(palette.faint, scene.numbers.date(record.date));
                    });
                });
                ui.horizontal(|ui| {
                    let button = |ui: &mut Ui, icon: Icon, what: &str, ends: &str| {
                        let response = ui.button(format!("{icon} {what}{ends}"));
                        let name = format!("{what} {}", record.name);
                        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                        response.clicked()
                    };
                    if button(ui, Icon::GitDiff, "Compare", "") {
                        compare = Some(record.name.clone());
                    }
                    if button(ui, Icon::Trash, "Remove", "…") {
                        remove(scene, &base, index, &record.name);
                    }
                });
                ui.separator();
            }
        });
        compare
    }

    fn freezing(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let Some(naming) = &mut self.naming else {
            let shown = scene.document.scenario().map_or("the base plan".to_owned(), |n| format!("scenario {n}"));
            if ui.button(format!("{} Freeze {shown}…", Icon::Lock)).clicked() {
                self.naming = Some(TextEntry::new("A name", ""));
            }
            return;
        };
        let document = scene.document;
        let change = |name: &str| {
            let edits = freeze(document.base(), document.plan(), name, today()).map_err(|error| why(&error))?;
            Ok(DraftChange::plan(format!("Freeze the plan as {name}"), edits))
        };
        let words = ("Name of the plan of record", "Freeze");
        let answer = ui.horizontal_wrapped(|ui| naming.show(ui, words, change)).inner;
        if answer.is_some() {
            self.naming = None;
        }
        if let Some(TextAnswer::Entered(_, change)) = answer {
            entry::commit(scene, change);
        }
    }
}

/// Asks before a plan of record is removed.
fn remove(scene: &mut Scene<'_>, base: &crate::plan::Plan, index: usize, name: &str) {
    let Ok(edits) = unfreeze(base, index) else { return };
    let then = Action::Commit { label: format!("Remove plan of record {name}"), edits };
    scene.send(Action::Confirm {
        title: format!("Remove the plan of record {name}?"),
        text: "The plan itself stays as it is. Undo brings the plan of record back until the window closes".to_owned(),
        agree: "Remove",
        then: Box::new(then),
    });
}
