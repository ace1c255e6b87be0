//! One scenario: its name and note, what can be done with it, and its edits in words, each of which can be dropped and
//! leads to its place.

use egui::{Button, Label, RichText, ScrollArea, Ui};

use super::change;
use super::versions::All;
use crate::analysis::{EvaluatedVersion, VersionName};
use crate::desktop::action::Action;
use crate::desktop::draft::DraftChange;
use crate::desktop::editor::EditorLook;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::entry;
use crate::desktop::parts::new_scenario::why;
use crate::desktop::scene::Scene;
use crate::edit::{self, manage};
use crate::plan::{Plan, Scenario};

/// The area below the list while the base is selected.
pub(super) fn of_the_base(ui: &mut Ui, scene: &Scene<'_>) {
    ui.label(RichText::new("Base plan").font(semibold(16.0)));
    let text = "The plan as its file holds it. Each scenario is a list of edits on it: change the base, and every \
                scenario follows, unless it says otherwise. Select a scenario to see its edits";
    ui.add(Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
}

/// What can be done with a scenario, for the menu of its row.
pub(super) fn menu(base: &Plan, index: usize) -> Vec<(String, Action)> {
    let show = base.scenarios.get(index).map(|s| Action::ShowScenario(Some(s.name.clone())));
    let mut entries: Vec<(String, Action)> = Vec::new();
    entries.extend(show.map(|action| (format!("{} Show in the window", Icon::Eye), action)));
    let offers = change::offers(base, index).into_iter();
    let possible = offers.filter(|o| o.possible);
    entries.extend(possible.map(|o| (format!("{} {}", o.icon, o.title), o.change.action(base, index))));
    entries
}

/// Draws the scenario; gives its new place where it was moved.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    index: usize,
    version: Option<&EvaluatedVersion>,
    all: Option<&All>,
) -> Option<usize> {
    let base = std::sync::Arc::clone(scene.document.base());
    let scenario = base.scenarios.get(index)?;
    let mut moved = None;
    ui.horizontal_wrapped(|ui| {
        ui.push_id(index, |ui| name(ui, scene, &base, index, scenario));
        let shown = scene.document.scenario_index() == Some(index);
        let show = Button::new(format!("{} Show in the window", Icon::Eye));
        if ui.add_enabled(!shown, show).on_disabled_hover_text("The window shows it").clicked() {
            scene.send(Action::ShowScenario(Some(scenario.name.clone())));
        }
        for offer in change::offers(&base, index) {
            let button = Button::new(format!("{} {}", offer.icon, offer.title));
            if ui.add_enabled(offer.possible, button).on_hover_text(offer.about).clicked() {
                moved = offer.change.follows(index);
                scene.send(offer.change.action(&base, index));
            }
        }
    });
    ui.add_space(2.0);
    ui.push_id(index, |ui| note(ui, scene, &base, index, scenario));
    ui.add_space(4.0);
    edits(ui, scene, &base, index, version, all);
    moved
}

/// The note, which is typed over.
fn note(ui: &mut Ui, scene: &mut Scene<'_>, base: &Plan, index: usize, scenario: &Scenario) {
    let look = EditorLook::lines("Note of the scenario", f32::INFINITY, 1);
    let look = look.hint("A note: what this scenario asks");
    entry::plan_field(ui, scene, look, &scenario.note, |text| {
        let edits = manage::set_note(base, index, text.trim()).map_err(|error| why(&error))?;
        Ok(DraftChange::plan(format!("Note of scenario {}", scenario.name), edits))
    });
}

/// The name, which is typed over to rename.
fn name(ui: &mut Ui, scene: &mut Scene<'_>, base: &Plan, index: usize, scenario: &Scenario) {
    entry::plan_field(ui, scene, EditorLook::line("Name of the scenario", 190.0), &scenario.name, |to| {
        let edits = manage::rename(base, index, to).map_err(|error| why(&error))?;
        Ok(DraftChange::plan(format!("Rename scenario {} to {}", scenario.name, to.trim()), edits))
    });
}

/// The edits in words. Those whose place is gone are shown with the reason.
fn edits(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    base: &Plan,
    index: usize,
    version: Option<&EvaluatedVersion>,
    all: Option<&All>,
) {
    let palette = scene.palette;
    let Some(scenario) = base.scenarios.get(index) else { return };
    if scenario.edits.is_empty() {
        let text = "No edits yet: show it in the window, and what you type becomes an edit of it";
        ui.add(Label::new(RichText::new(text).color(palette.faint)).wrap());
        return;
    }
    let wanted = VersionName::Scenario(scenario.name.clone());
    let words = all.and_then(|all| {
        let at = all.versions.iter().position(|v| v.name == wanted)?;
        all.words.get(at)
    });
    let known = version.filter(|v| v.edits == scenario.edits).zip(words);
    let Some((version, words)) = known else {
        ui.colored_label(palette.faint, format!("{} Putting the edits into words…", Icon::Hourglass));
        return;
    };
    let height = 24.0;
    ui.spacing_mut().interact_size.y = height;
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().button_padding.y = 1.0;
    let rows = ScrollArea::vertical().auto_shrink(false).id_salt(("edits", index));
    rows.show_rows(ui, height, words.len(), |ui, range| {
        for number in range {
            let lost = version.lost.iter().find(|l| l.index == number).map(|l| why(&l.reason));
            let said = words.get(number).map_or("", String::as_str);
            ui.horizontal(|ui| one(ui, scene, base, (index, number), said, lost.as_deref()));
        }
    });
}

fn one(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    base: &Plan,
    (index, number): (usize, usize),
    said: &str,
    lost: Option<&str>,
) {
    let Some(scenario) = base.scenarios.get(index) else { return };
    let Some(edit) = scenario.edits.get(number) else { return };
    let small = |ui: &mut Ui, icon: Icon, what: &str, enabled: bool| {
        let response = ui.add_enabled(enabled, Button::new(icon.glyph()).frame_when_inactive(false));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, format!("{what}: {said}")));
        response.on_hover_text(what).clicked()
    };
    if small(ui, Icon::X, "Drop this edit", true)
        && let Ok(edits) = manage::drop_edit(base, index, number)
    {
        scene.commit(format!("Drop an edit of {}: {said}", scenario.name), edits);
    }
    if small(ui, Icon::ArrowSquareOut, "Go to its place", lost.is_none()) {
        scene.send(Action::ShowScenario(Some(scenario.name.clone())));
        scene.send(Action::GoToInput(edit::path(edit)));
    }
    match lost {
        Some(reason) => {
            let said = said.split(" (not applied").next().unwrap_or(said);
            let text = format!("{} {said}: does not fit, {reason}", Icon::Warning);
            let label = Label::new(RichText::new(&text).color(scene.palette.warning)).truncate();
            ui.add(label).on_hover_text(&text);
        }
        None => {
            ui.add(Label::new(said).truncate());
        }
    }
}
