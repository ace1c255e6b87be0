//! What stands around every view: the menus and the plan's name, the list of views, the status line.

use egui::{Align, Button, Label, Layout, MenuBar, RichText, ThemePreference, Ui};

use super::action::Action;
use super::command::{COMMANDS, Command, Entry, Menu};
use super::fonts::semibold;
use super::scene::Scene;
use super::views::View;

/// Width of the list of views.
pub(super) const NAVIGATION: f32 = 140.0;

/// The menus, the theme, and the plan's name with a mark while it is unsaved.
pub(super) fn top(ui: &mut Ui, scene: &mut Scene<'_>) {
    MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.title(), |ui| {
                for entry in COMMANDS.iter().filter(|e| e.menu == menu) {
                    line(ui, scene, entry);
                }
            });
        }
        theme(ui);
        ui.add_space(16.0);
        let mark = if scene.document.is_unsaved() { "  (unsaved)" } else { "" };
        let name = RichText::new(format!("{}{mark}", scene.plan().name)).font(semibold(14.0));
        ui.add(Label::new(name).truncate());
    });
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
    let mut button = Button::new(text);
    if let Some(shortcut) = entry.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    if ui.add_enabled(enabled, button).on_hover_text(entry.about).clicked() {
        scene.send(Action::Command(entry.command));
        ui.close();
    }
}

/// Light, dark, or as the system has it.
fn theme(ui: &mut Ui) {
    ui.menu_button("Theme", |ui| {
        let present = ui.ctx().options(|o| o.theme_preference);
        for (preference, title) in [
            (ThemePreference::System, "As the system"),
            (ThemePreference::Light, "Light"),
            (ThemePreference::Dark, "Dark"),
        ] {
            if ui.radio(present == preference, title).clicked() {
                ui.ctx().set_theme(preference);
                ui.close();
            }
        }
    });
}

/// The list of views.
pub(super) fn navigation(ui: &mut Ui, scene: &mut Scene<'_>, present: View) {
    ui.add_space(8.0);
    for view in View::ALL {
        let count = scene.document.findings().len();
        let title = match view {
            View::Checks if count > 0 => format!("{} {} ({count})", view.icon(), view.title()),
            _ => format!("{} {}", view.icon(), view.title()),
        };
        let button = Button::selectable(present == view, title)
            .wrap_mode(egui::TextWrapMode::Extend)
            .min_size(egui::vec2(NAVIGATION - 16.0, 30.0));
        let mut about = view.about().to_owned();
        if let Some(shortcut) = Command::Show(view).entry().and_then(Entry::shortcut) {
            about = format!("{about} ({})", ui.ctx().format_shortcut(&shortcut));
        }
        let response = ui.add(button).on_hover_text(about);
        let label = if view == View::Checks && count > 0 {
            format!("{} ({count})", view.title())
        } else {
            view.title().to_owned()
        };
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, present == view, &label));
        if response.clicked() {
            scene.send(Action::Show(view));
        }
    }
}

/// The status line: findings, what was last said, the file.
pub(super) fn status(ui: &mut Ui, scene: &mut Scene<'_>, said: &str) {
    let palette = scene.palette;
    ui.horizontal(|ui| {
        let count = scene.document.findings().len();
        let (colour, text) = match count {
            0 => (palette.good, "no findings".to_owned()),
            1 => (palette.warning, "1 finding".to_owned()),
            n => (palette.warning, format!("{n} findings")),
        };
        if ui.add(Button::new(RichText::new(text).color(colour)).frame(false)).clicked() {
            scene.send(Action::Show(View::Checks));
        }
        ui.separator();
        ui.add(Label::new(said.lines().next().unwrap_or_default()).truncate()).on_hover_text(said);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let file = scene.document.path().map_or("no file yet".to_owned(), |p| p.display().to_string());
            ui.add(Label::new(RichText::new(file).color(palette.faint)).truncate());
        });
    });
}
