//! What is asked where saving is not plain: the file is not as it was, the system refuses, or an earlier version is
//! wanted.

use std::path::{Path, PathBuf};

use egui::{Button, Label, RichText, ScrollArea, Ui};

use super::answer::{DialogAnswer, buttons, close, usual};
use crate::desktop::action::{Action, FileAction};
use crate::desktop::document::Agreed;
use crate::desktop::numbers::Numbers;
use crate::desktop::tokens::Palette;
use crate::files::Version;

/// A plan that has not been saved, and why.
pub(in crate::desktop) struct NotSaved {
    pub(in crate::desktop) title: &'static str,
    pub(in crate::desktop) path: PathBuf,
    pub(in crate::desktop) why: String,
    /// What saving would change in the file.
    pub(in crate::desktop) differs: Vec<String>,
    pub(in crate::desktop) obstacle: Obstacle,
    /// The obstacles that the planner has already agreed to.
    pub(in crate::desktop) agreed: Agreed,
    /// What was to follow.
    pub(in crate::desktop) then: Option<Box<Action>>,
}

/// What stands in the way of saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum Obstacle {
    /// Somebody else has written the file.
    Changed,
    /// The file is not there any more.
    Gone,
    /// The file belongs to somebody else.
    Owner,
    /// The system refuses.
    System,
}

impl NotSaved {
    /// An action, and what was to follow it.
    fn and_then(&self, first: Action) -> DialogAnswer {
        DialogAnswer::Then(std::iter::once(first).chain(self.then.as_deref().cloned()).collect())
    }
}

/// Asks what is to become of a plan that has not been saved.
pub(super) fn ask_saving(ui: &mut Ui, of: &NotSaved) -> DialogAnswer {
    let palette = Palette::of(ui.ctx());
    ui.heading(of.title);
    ui.add(Label::new(RichText::new(of.path.display().to_string()).color(palette.faint)).wrap());
    ui.add(Label::new(&of.why).wrap().selectable(true));
    ScrollArea::vertical().max_height(240.0).show(ui, |ui| {
        for line in &of.differs {
            ui.add(Label::new(format!("•  {line}")).wrap());
        }
    });
    ui.label("Nothing is lost: the plan stays open here as it is");
    buttons(ui, |ui| {
        let (again, agreed) = match of.obstacle {
            Obstacle::Changed => ("Overwrite", Agreed { over: true, ..of.agreed }),
            Obstacle::Gone => ("Save it there again", Agreed { over: true, ..of.agreed }),
            Obstacle::Owner => ("Make it mine", Agreed { own: true, ..of.agreed }),
            Obstacle::System => ("Try again", of.agreed),
        };
        if usual(ui, "Save elsewhere…") {
            return of.and_then(Action::File(FileAction::SaveElsewhere(beside(&of.path))));
        }
        if ui.button(again).clicked() {
            return of.and_then(Action::File(FileAction::WriteAgreed(of.path.clone(), agreed)));
        }
        if of.obstacle == Obstacle::Changed
            && ui.button("Reload").on_hover_text("Open what the file holds now; the changes here are lost").clicked()
        {
            return DialogAnswer::Then(vec![Action::Read(of.path.clone())]);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

/// A name beside a file that says whose it is.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // The ending of a protected plan has two parts.
    let at = name.find(".ron").or_else(|| name.find(".json")).or_else(|| name.rfind('.'));
    let (stem, ending) = at.and_then(|at| name.split_at_checked(at)).unwrap_or((&name, ".ron"));
    path.with_file_name(format!("{stem}-mine{ending}"))
}

/// Offers the earlier versions of a plan, the latest first.
pub(super) fn ask_version(ui: &mut Ui, plan: &Path, versions: &[Version], numbers: Numbers) -> DialogAnswer {
    ui.heading("Earlier versions");
    ui.add(Label::new(RichText::new(plan.display().to_string()).color(Palette::of(ui.ctx()).faint)).wrap());
    if versions.is_empty() {
        ui.add(Label::new("None yet: each save keeps the version of the file before it").wrap());
        return close(ui);
    }
    ui.label("Versions of the file before the last saves. Opening one changes nothing until you save");
    let chosen = ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        versions.iter().find(|version| {
            let saved = version.saved.map(|saved| saved.with_timezone(&chrono::Local));
            let text = saved.map_or_else(
                || "Saved at an unknown time".to_owned(),
                |saved| format!("Saved {} {}", numbers.date(saved.date_naive()), saved.format("%H:%M:%S")),
            );
            ui.add(Button::new(text).min_size(egui::vec2(540.0, 30.0))).clicked()
        })
    });
    match chosen.inner {
        Some(version) => {
            let open = FileAction::OpenVersion { plan: plan.to_owned(), version: version.path.clone() };
            DialogAnswer::Then(vec![Action::AskThen(Box::new(Action::File(open)))])
        }
        None => close(ui),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_saved_beside_the_one_that_changed() {
        assert_eq!(beside(Path::new("/a/plan.json")), Path::new("/a/plan-mine.json"));
        assert_eq!(beside(Path::new("plan")), Path::new("plan-mine.ron"));
        assert_eq!(beside(Path::new("/a/v1.2 plan.ron.age")), Path::new("/a/v1.2 plan-mine.ron.age"));
    }
}
