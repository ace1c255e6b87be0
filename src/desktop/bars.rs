//! What stands around every view: the menus and the plan's name, the list of views, the status line.

use egui::{Align, Button, Label, Layout, MenuBar, RichText, ThemePreference, Ui};

use super::action::{Action, FileAction};
use super::autosave::Autosave;
use super::command::{COMMANDS, Command, Entry, Menu};
use super::export::Writing;
use super::fonts::semibold;
use super::icons::Icon;
use super::numbers::Numbers;
use super::room::Room;
use super::scene::Scene;
use super::sheet::Summary;
use super::view::View;
use crate::analysis::{Progress, decision_counts, decision_words};
use crate::desktop::parts::controls;
use crate::files::StoredPath;
use crate::units::{Exact, Ratio};

/// Width of the list of views, by names and by icons alone.
const NAMES: f32 = 152.0;
const ICONS: f32 = 52.0;
/// Height of the finder's place.
const FIND: f32 = 24.0;
/// Width of the words that say that the plan is an example.
const EXAMPLE: f32 = 190.0;

/// Width of the list of views.
pub(super) const fn navigation_width(room: Room) -> f32 {
    if room.narrow { ICONS } else { NAMES }
}

/// The menus, the plan's name with a mark while it is unsaved, undo and redo, the finder, the theme.
pub(super) fn top(ui: &mut Ui, scene: &mut Scene<'_>, room: Room, recent: &[StoredPath]) {
    MenuBar::new().ui(ui, |ui| {
        // As high as the finder's place, so that all stand on one line.
        ui.set_min_height(FIND);
        for menu in Menu::ALL {
            ui.menu_button(menu.title(), |ui| {
                for entry in COMMANDS.iter().filter(|e| e.menu == menu) {
                    line(ui, scene, entry);
                    if entry.command == Command::Open {
                        ui.menu_button(format!("{} Open recent", Icon::ClockCounterClockwise), |ui| {
                            opened(ui, scene, recent);
                        });
                    }
                }
            });
        }
        ui.separator();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            theme(ui);
            icon(ui, scene, Command::Settings, true);
            find(ui, scene, room);
            let history = scene.document.history();
            let (undo, redo) = (history.can_undo().is_some(), history.can_redo().is_some());
            icon(ui, scene, Command::Redo, redo);
            icon(ui, scene, Command::Undo, undo);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| name(ui, scene));
        });
    });
}

fn name(ui: &mut Ui, scene: &mut Scene<'_>) {
    if scene.document.is_unsaved() {
        let mark = ui.colored_label(scene.palette.warning, "●").on_hover_text("Not saved yet");
        mark.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, "unsaved"));
    }
    scenarios(ui, scene);
    let name = RichText::new(&scene.plan().name).font(semibold(14.0));
    ui.add(Label::new(name).truncate());
    if scene.is_example() {
        let about = "This plan is bundled with Muster. New… begins your own: from your tables, or from a blank plan";
        let is_wide = ui.available_width() >= EXAMPLE;
        let text = if is_wide { "Example: begin your own…" } else { "Example…" };
        let text = RichText::new(text).color(scene.palette.accent);
        if ui.add(Button::new(text).small()).on_hover_text(about).clicked() {
            scene.send(Action::Command(Command::New));
        }
    }
}

/// The switch between the base plan and its scenarios.
fn scenarios(ui: &mut Ui, scene: &mut Scene<'_>) {
    let shown = scene.document.scenario().unwrap_or("Base plan").to_owned();
    let text = RichText::new(format!("{}  {shown}  {}", Icon::GitBranch, Icon::CaretDown));
    let coloured = if scene.document.scenario().is_some() { text.color(scene.palette.accent) } else { text };
    let menu = ui.menu_button(coloured, |ui| {
        let base = scene.document.scenario().is_none();
        if ui.radio(base, "Base plan").clicked() {
            scene.send(Action::ShowScenario(None));
            ui.close();
        }
        for scenario in &scene.document.base().scenarios {
            let present = scene.document.scenario() == Some(scenario.name.as_str());
            if ui.radio(present, &scenario.name).on_hover_text(&scenario.note).clicked() {
                scene.send(Action::ShowScenario(Some(scenario.name.clone())));
                ui.close();
            }
        }
        ui.separator();
        for (icon, title, new) in [(Icon::Plus, "New scenario…", true), (Icon::GitBranch, "Manage scenarios", false)]
        {
            if ui.button(format!("{icon}  {title}")).clicked() {
                scene.send(Action::Scenarios { new });
                ui.close();
            }
        }
    });
    let name = format!("Scenario: {shown}");
    menu.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
}

/// Plans opened or saved lately.
fn opened(ui: &mut Ui, scene: &mut Scene<'_>, recent: &[StoredPath]) {
    if recent.is_empty() {
        ui.label("No plan has been opened yet");
    }
    for StoredPath(path) in recent {
        let short = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        if ui.button(&*short).on_hover_text(path.display().to_string()).clicked() {
            scene.send(Action::AskThen(Box::new(Action::Read(path.clone()))));
            ui.close();
        }
    }
}

/// A command as a button with its icon alone.
fn icon(ui: &mut Ui, scene: &mut Scene<'_>, command: Command, enabled: bool) {
    let Some(entry) = command.entry() else { return };
    let keys = entry.keys(ui.ctx()).map(|keys| format!(" ({keys})")).unwrap_or_default();
    let button = Button::new(RichText::new(entry.icon.glyph()).size(15.0)).frame_when_inactive(false);
    let response =
        ui.add_enabled(enabled, button).on_hover_text(format!("{}{keys}", entry.title.trim_end_matches('…')));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, entry.title));
    if response.clicked() {
        scene.send(Action::Command(command));
    }
}

/// The finder's place: looks like a field, opens the finder.
fn find(ui: &mut Ui, scene: &mut Scene<'_>, room: Room) {
    let Some(entry) = Command::Find.entry() else { return };
    let keys = entry.keys(ui.ctx()).filter(|_| !room.small).unwrap_or_default();
    let text = RichText::new(format!("{}  Find", entry.icon)).color(scene.palette.faint);
    let width = if room.small { 72.0 } else { 170.0 };
    let button =
        Button::new(text).right_text(RichText::new(keys).color(scene.palette.faint)).min_size(egui::vec2(width, FIND));
    let response = ui.add(button).on_hover_text(entry.about);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, entry.title));
    if response.clicked() {
        scene.send(Action::Command(Command::Find));
    }
}

/// A command as a line of a menu.
fn line(ui: &mut Ui, scene: &mut Scene<'_>, entry: &Entry) {
    let history = scene.document.history();
    let (enabled, what) = match entry.command {
        Command::Undo => (history.can_undo().is_some(), history.can_undo()),
        Command::Redo => (history.can_redo().is_some(), history.can_redo()),
        _ => (true, None),
    };
    let text = what.map_or_else(|| entry.title.to_owned(), |what| format!("{} {what}", entry.title));
    let mut button = Button::new(format!("{}  {text}", entry.icon));
    if let Some(keys) = entry.keys(ui.ctx()) {
        button = button.shortcut_text(keys);
    }
    if ui.add_enabled(enabled, button).on_hover_text(entry.about).clicked() {
        scene.send(Action::Command(entry.command));
        ui.close();
    }
}

/// Light, dark, or as the system has it.
fn theme(ui: &mut Ui) {
    let dark = ui.ctx().theme() == egui::Theme::Dark;
    let (icon, name, other) = if dark {
        (Icon::Sun, "Light theme", ThemePreference::Light)
    } else {
        (Icon::Moon, "Dark theme", ThemePreference::Dark)
    };
    let button = Button::new(RichText::new(icon.glyph()).size(15.0)).frame_when_inactive(false);
    let response = ui.add(button).on_hover_text(name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    if response.clicked() {
        ui.ctx().set_theme(other);
    }
}

/// The list of views.
pub(super) fn navigation(ui: &mut Ui, scene: &mut Scene<'_>, present: View, room: Room) {
    ui.add_space(8.0);
    egui::ScrollArea::vertical()
        .show(ui, |ui| View::ALL.into_iter().for_each(|view| place(ui, scene, view, present, room)));
}

/// A view in the list.
fn place(ui: &mut Ui, scene: &mut Scene<'_>, view: View, present: View, room: Room) {
    let count = match view {
        View::Checks => decision_counts(scene.document.finding_groups()).0,
        _ => 0,
    };
    let title = match view {
        _ if room.narrow => view.icon().to_string(),
        _ if count > 0 => format!("{} {} ({count})", view.icon(), view.title()),
        _ => format!("{} {}", view.icon(), view.title()),
    };
    let button = Button::selectable(present == view, title)
        .wrap_mode(egui::TextWrapMode::Extend)
        .min_size(egui::vec2(navigation_width(room) - 16.0, 30.0));
    let mut about = view.about().to_owned();
    if room.narrow {
        about = format!("{}: {about}", view.title());
    }
    if let Some(keys) = Command::Show(view).entry().and_then(|entry| entry.keys(ui.ctx())) {
        about = format!("{about} ({keys})");
    }
    let response = ui.add(button).on_hover_text(about);
    let label = if count > 0 { format!("{} ({count})", view.title()) } else { view.title().to_owned() };
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, present == view, &label));
    if response.clicked() {
        scene.send(Action::Show(view));
    }
}

/// Sum, average and count of the selected cells.
fn sums(numbers: Numbers, summary: Summary) -> String {
    let mean = |average: Exact| {
        if summary.of_shares { numbers.percent(Some(Ratio::new(average)), 1) } else { numbers.plain(average.round(2)) }
    };
    let sum = summary.sum.map(|sum| format!("Sum {}", numbers.plain(sum)));
    let average = summary.average.map(|average| format!("Average {}", mean(average)));
    let count = format!("Count {}", numbers.count(u64::from(summary.count)));
    sum.into_iter().chain(average).chain([count]).collect::<Vec<_>>().join("   ")
}

/// What the status line says.
pub(super) struct Said<'a> {
    /// What was last said.
    pub(super) text: &'a str,
    pub(super) writing: &'a Writing,
    pub(super) autosave: &'a Autosave,
}

/// The status line: findings, what was last said, autosave, the file.
pub(super) fn status(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    Said { text: said, writing, autosave }: &Said<'_>,
    summary: Option<Summary>,
) {
    let palette = scene.palette;
    ui.horizontal(|ui| {
        let groups = scene.document.finding_groups();
        let text = decision_words(groups);
        let colour = if decision_counts(groups).0 == 0 { palette.good } else { palette.warning };
        let findings = ui.add(Button::new(RichText::new(text).color(colour)).frame(false));
        if findings.has_focus() {
            let ring = egui::Stroke::new(1.5, palette.accent);
            ui.painter().rect_stroke(findings.rect.expand(2.0), 4.0, ring, egui::StrokeKind::Inside);
        }
        if findings.clicked() {
            scene.send(Action::Show(View::Checks));
        }
        ui.separator();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let file = scene.document.path().map_or("no file yet".to_owned(), |p| p.display().to_string());
            let name = file.rsplit(['/', '\\']).next().unwrap_or(&file).to_owned();
            ui.add(Label::new(RichText::new(name).color(palette.faint))).on_hover_text(file);
            let (state, about, attention) = autosave.words();
            if !state.is_empty() {
                let colour = if attention { palette.warning } else { palette.faint };
                ui.separator();
                ui.add(Label::new(RichText::new(state).color(colour))).on_hover_text(about);
            }
            if let Some(summary) = summary {
                ui.separator();
                ui.add(Label::new(sums(scene.numbers, summary)));
            }
            if let Some(folder) = writing.folder(said)
                && ui.add(Button::new(format!("{} Open folder", Icon::FolderOpen)).small()).clicked()
            {
                scene.send(Action::File(FileAction::OpenFolder(folder.to_owned())));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| match writing.running() {
                Some((name, progress)) => running(ui, scene, &name, progress),
                None => {
                    drop(ui.add(Label::new(said.lines().next().unwrap_or_default()).truncate()).on_hover_text(*said));
                }
            });
        });
    });
}

/// The file that is being made, how far it is, and a way to stop it.
fn running(ui: &mut Ui, scene: &mut Scene<'_>, name: &str, progress: &Progress) {
    controls::progress(ui, scene.numbers, progress);
    if ui.add(Button::new("Cancel").small()).clicked() {
        scene.send(Action::File(FileAction::CancelWriting));
    }
    ui.add(Label::new(format!("Writing {name}")).truncate());
}
