//! The application: its state, its frame, and the one place where actions are carried out.

use std::path::PathBuf;

use egui::{
    Align, CentralPanel, Context, Frame, Layout, MenuBar, Panel, RichText, ThemePreference, Ui, ViewportCommand,
};

use super::action::{Action, Command};
use super::dialog::{self, Dialog, PathField};
use super::document::Document;
use super::grid::Grid;
use super::picker::FilePicker;
use super::tokens::{self, Palette};
use super::views::{self, View};

/// The window's state. [`App::show`] draws a frame; everything it is asked for goes through one queue of actions.
pub struct App {
    document: Document,
    grid: Grid,
    view: View,
    dialog: Option<Dialog>,
    picker: Box<dyn FilePicker>,
    said: String,
    title: String,
    leaving: bool,
}

impl App {
    /// Under this key the path of the last plan is remembered.
    pub(super) const LAST_PLAN: &'static str = "last_plan";

    /// The window with a plan in it; `notice` stands in the status line at first.
    #[must_use]
    pub fn new(ctx: &Context, document: Document, picker: Box<dyn FilePicker>, notice: Option<String>) -> Self {
        tokens::install(ctx);
        Self {
            grid: Grid::of(document.plan()),
            document,
            view: View::default(),
            dialog: None,
            picker,
            said: notice.unwrap_or_default(),
            title: String::new(),
            leaving: false,
        }
    }

    /// The open plan.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// Draws one frame and carries out what was asked for in it.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut actions = Vec::new();
        if self.dialog.is_none()
            && let Some(command) = Command::pressed(&ctx)
        {
            actions.push(Action::Command(command));
        }
        self.close_requested(&ctx);
        self.top(ui, &mut actions);
        self.status(ui, &mut actions);
        self.navigation(ui, &mut actions);
        CentralPanel::default().show(ui, |ui| match self.view {
            View::Plan => views::plan(ui, &self.document, &mut self.grid, &mut actions),
            View::Checks => views::checks(ui, &self.document, &mut actions),
        });
        dialog::show(&ctx, &mut self.dialog, &self.document, self.picker.as_ref(), &mut actions);
        let mut queue = actions.into_iter();
        while let Some(action) = queue.next() {
            self.carry_out(&ctx, action, &mut queue);
        }
        self.retitle(&ctx);
    }

    fn top(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        Panel::top("top").show(ui, |ui| {
            MenuBar::new().ui(ui, |ui| {
                self.menus(ui, actions);
                Self::theme_menu(ui);
                ui.add_space(16.0);
                let mark = if self.document.is_unsaved() { "  (unsaved)" } else { "" };
                let name = RichText::new(format!("{}{mark}", self.document.plan().name)).strong();
                ui.add(egui::Label::new(name).truncate());
            });
        });
        Panel::top("headline").show(ui, |ui| views::headline(ui, &self.document, actions));
    }

    fn menus(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let history = self.document.history();
        for (title, commands) in [("File", Command::FILE), ("Edit", Command::EDIT)] {
            ui.menu_button(title, |ui| {
                for command in commands {
                    let (enabled, what) = match command {
                        Command::Undo => (history.can_undo().is_some(), history.can_undo()),
                        Command::Redo => (history.can_redo().is_some(), history.can_redo()),
                        _ => (true, None),
                    };
                    let text = match what {
                        Some(what) => format!("{} {what}", command.title()),
                        None => command.title().to_owned(),
                    };
                    let shortcut = ui.ctx().format_shortcut(&command.shortcut());
                    let button = egui::Button::new(text).shortcut_text(shortcut);
                    if ui.add_enabled(enabled, button).clicked() {
                        actions.push(Action::Command(*command));
                        ui.close();
                    }
                }
            });
        }
    }

    /// Light, dark, or as the system has it.
    fn theme_menu(ui: &mut Ui) {
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

    fn navigation(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        Panel::left("views").resizable(false).exact_size(124.0).show(ui, |ui| {
            ui.add_space(8.0);
            for view in View::ALL {
                let count = self.document.findings().len();
                let text = match view {
                    View::Checks if count > 0 => format!("{} ({count})", view.title()),
                    _ => view.title().to_owned(),
                };
                let button = egui::Button::selectable(self.view == view, text)
                    .wrap_mode(egui::TextWrapMode::Extend)
                    .min_size(egui::vec2(108.0, 30.0));
                if ui.add(button).clicked() {
                    actions.push(Action::Show(view));
                }
            }
        });
    }

    fn status(&self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let palette = Palette::of(ui.ctx());
        Panel::bottom("status").show(ui, |ui| {
            ui.horizontal(|ui| {
                let count = self.document.findings().len();
                let (colour, text) = match count {
                    0 => (palette.good, "no findings".to_owned()),
                    1 => (palette.warning, "1 finding".to_owned()),
                    n => (palette.warning, format!("{n} findings")),
                };
                if ui.add(egui::Button::new(RichText::new(text).color(colour)).frame(false)).clicked() {
                    actions.push(Action::Show(View::Checks));
                }
                ui.separator();
                ui.add(egui::Label::new(self.said.lines().next().unwrap_or_default()).truncate())
                    .on_hover_text(&self.said);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let file = self.document.path().map_or("no file yet".to_owned(), |p| p.display().to_string());
                    ui.add(egui::Label::new(RichText::new(file).color(palette.faint)).truncate());
                });
            });
        });
    }

    /// The system asks the window to close: not before what is unsaved has been asked about.
    fn close_requested(&mut self, ctx: &Context) {
        if !self.leaving && ctx.input(|i| i.viewport().close_requested()) && self.document.is_unsaved() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.dialog = Some(Dialog::Unsaved { then: Box::new(Action::Leave) });
        }
    }

    fn carry_out(&mut self, ctx: &Context, action: Action, rest: &mut dyn Iterator<Item = Action>) {
        match action {
            Action::Command(command) => self.command(ctx, command, rest),
            Action::Commit { label, edits } => match self.document.commit(label.clone(), edits) {
                Ok(()) => self.said = label,
                Err(message) => {
                    self.document.end_preview();
                    self.said = message;
                }
            },
            Action::Preview(edits) => {
                if let Err(message) = self.document.preview(&edits) {
                    self.document.end_preview();
                    self.said = message;
                }
            }
            Action::EndPreview => self.document.end_preview(),
            Action::Show(view) => self.view = view,
            Action::GoTo { place, quarter } => {
                self.view = View::Plan;
                self.grid.go_to(self.document.plan(), place, quarter);
            }
            Action::StartFrom(name) => self.replace(Document::from_template(name)),
            Action::Read(path) => self.replace(Document::open(&path)),
            Action::AskThen(action) => self.lose_or(ctx, *action),
            Action::Write(path) => match self.document.write(&path) {
                Ok(()) => self.said = format!("Saved {}", path.display()),
                Err(error) => {
                    self.error("The plan is not saved", error.to_string());
                    // What was to follow would lose the plan.
                    rest.for_each(drop);
                }
            },
            Action::Leave => {
                self.leaving = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Action::Say(text) => self.said = text,
        }
    }

    fn command(&mut self, ctx: &Context, command: Command, rest: &mut dyn Iterator<Item = Action>) {
        match command {
            Command::New => self.dialog = Some(Dialog::New),
            Command::Open => self.dialog = Some(Dialog::Open(PathField::default())),
            Command::Save => match self.document.path().map(PathBuf::from) {
                Some(path) => self.carry_out(ctx, Action::Write(path), rest),
                None => self.command(ctx, Command::SaveAs, rest),
            },
            Command::SaveAs => {
                let path = self.document.path().map(|p| p.display().to_string()).unwrap_or_default();
                let then = rest.next().map(Box::new);
                self.dialog = Some(Dialog::SaveAs { field: PathField::new(path), then });
            }
            Command::Quit => self.lose_or(ctx, Action::Leave),
            Command::Undo => {
                self.said = self.document.undo().map_or(String::new(), |label| format!("Undone: {label}"));
            }
            Command::Redo => {
                self.said = self.document.redo().map_or(String::new(), |label| format!("Redone: {label}"));
            }
        }
    }

    /// Carries out what loses the plan, or asks first.
    fn lose_or(&mut self, ctx: &Context, action: Action) {
        if self.document.is_unsaved() {
            self.dialog = Some(Dialog::Unsaved { then: Box::new(action) });
        } else {
            self.carry_out(ctx, action, &mut std::iter::empty());
        }
    }

    fn replace(&mut self, document: Result<Document, String>) {
        match document {
            Ok(document) => {
                self.said = format!("Opened {}", document.plan().name);
                self.grid = Grid::of(document.plan());
                self.document = document;
                self.view = View::Plan;
            }
            Err(text) => self.error("The plan cannot be opened", text),
        }
    }

    fn error(&mut self, title: &str, text: String) {
        self.dialog = Some(Dialog::Error { title: title.to_owned(), text });
    }

    fn retitle(&mut self, ctx: &Context) {
        let mark = if self.document.is_unsaved() { "• " } else { "" };
        let title = format!("{mark}{} – Muster", self.document.plan().name);
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Frame::NONE.show(ui, |ui| self.show(ui));
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        match self.document.path().and_then(|p| std::path::absolute(p).ok()) {
            Some(path) => storage.set_string(Self::LAST_PLAN, path.display().to_string()),
            None => storage.remove_string(Self::LAST_PLAN),
        }
    }
}
