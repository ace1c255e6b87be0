//! The application: its state, its frame, and the one place where actions are carried out.

use std::collections::BTreeMap;
use std::path::PathBuf;

use egui::{CentralPanel, Context, Frame, Panel, Popup, Ui, ViewportCommand};
use serde::{Deserialize, Serialize};

use super::action::Action;
use super::autosave::Autosave;
use super::bars;
use super::command::Command;
use super::dialog::{self, Beginning, BriefRequest, CellNotes, Dialog, Importing, PathField};
use super::document::{Agreed, Document};
use super::draft;
use super::export::{Copying, Writing};
use super::figure_source::FigureBasis;
use super::finder::{self, Finder};
use super::full_screen::FullScreen;
use super::guide::{self, WindowParts};
use super::headline::headline;
use super::help::Help;
use super::inspector::Inspector;
use super::numbers::Numbers;
use super::parts::printing::PrintRequest;
use super::picker::FilePicker;
use super::recovery::{self, FoundUnsaved};
use super::restructure::{self, Restructure, RestructureQuestion};
use super::room::{self, Room};
use super::scene::{Focus, Scene};
use super::sheet::{self, SheetCursor, Summary};
use super::spoken::WithoutIcons;
use super::tokens::{self, Palette};
use super::turns::Turns;
use super::view::View;
use super::views::{self, Views};
use crate::edit::import::KeptColumns;
use crate::engine::Key;
use crate::files::{Hold, Safe, StoredPath, is_protected};
use first_look::{first_figure, first_focus};

/// The window's state. [`App::show`] draws a frame; everything it is asked for goes through one queue of actions.
pub struct App {
    document: Document,
    kept: WindowState,
    focus: Focus,
    explained: Option<Key>,
    /// What was explained before, for the way back.
    trail: Vec<Key>,
    numbers: Numbers,
    /// The locale of the system, by its tag.
    system: String,
    /// Where the cursor was at each change, by the revision that it led to.
    cursors: BTreeMap<u64, SheetCursor>,
    /// Of the selected cells, for the status line.
    summary: Option<Summary>,
    dialog: Option<Dialog>,
    /// The widget that had the keyboard before a dialog or the finder opened.
    keyboard: Option<egui::Id>,
    finder: Option<Finder>,
    inspector: Inspector,
    /// Whether the inspector is shown in a small window and in full screen, where it is hidden until it is asked for.
    inspector_on_demand: bool,
    /// The step that the first steps have come to.
    tour: Option<usize>,
    full_screen: FullScreen,
    print_request: PrintRequest,
    writing: Writing,
    copying: Copying,
    /// Where what must not be lost is kept; none in tests.
    safe: Option<Safe>,
    autosave: Autosave,
    /// That this window has the plan's file open.
    hold: Option<Hold>,
    /// What was not saved when the program last ended.
    found: FoundUnsaved,
    picker: Box<dyn FilePicker>,
    said: String,
    title: String,
    /// Whether the window is to close once everything that was typed has had its turn.
    closing: bool,
    leaving: bool,
}

/// How many explanations the way back holds.
const TRAIL: usize = 50;
/// How many plans the list of recent ones holds.
const RECENT: usize = 8;

/// What comes back with the next start.
#[derive(Serialize, Deserialize)]
#[serde(default)]
struct WindowState {
    view: View,
    views: Views,
    /// The chosen locale; none for the system's own.
    locale: Option<String>,
    inspector: bool,
    basis: FigureBasis,
    /// Plans opened or saved lately, the last one first.
    recent: Vec<StoredPath>,
    toured: bool,
    /// How columns of tables that came in were corrected.
    columns: KeptColumns,
}

impl Default for WindowState {
    fn default() -> Self {
        Self {
            view: View::default(),
            views: Views::default(),
            locale: None,
            inspector: true,
            basis: FigureBasis::default(),
            recent: Vec::new(),
            toured: false,
            columns: KeptColumns::default(),
        }
    }
}

impl App {
    /// Under this key the path of the last plan is remembered.
    pub(super) const LAST_PLAN: &'static str = "last_plan";
    /// Under this key what comes back with the next start is remembered.
    const KEPT: &'static str = "window";

    /// The window with a plan in it; `notice` stands in the status line at first.
    #[must_use]
    pub fn new(ctx: &Context, document: Document, picker: Box<dyn FilePicker>, notice: Option<String>) -> Self {
        tokens::install(ctx);
        ctx.add_plugin(WithoutIcons);
        ctx.add_plugin(Turns::default());
        let mut kept = WindowState::default();
        kept.views.opened(document.plan());
        Self {
            focus: first_focus(&document),
            explained: Some(first_figure(&document)),
            trail: Vec::new(),
            said: notice.or_else(|| document.left_out()).unwrap_or_default(),
            document,
            kept,
            numbers: Numbers::default(),
            system: "C".to_owned(),
            cursors: BTreeMap::new(),
            summary: None,
            dialog: None,
            keyboard: None,
            finder: None,
            inspector: Inspector::default(),
            inspector_on_demand: false,
            tour: None,
            full_screen: FullScreen::default(),
            print_request: PrintRequest::default(),
            writing: Writing::default(),
            copying: Copying::default(),
            safe: None,
            autosave: Autosave::default(),
            hold: None,
            found: FoundUnsaved::default(),
            picker,
            title: String::new(),
            closing: false,
            leaving: false,
        }
    }

    /// Brings back what the last window kept, and takes the system's locale; a first window begins with the first
    /// steps.
    pub(super) fn restore(&mut self, storage: &dyn eframe::Storage, system: &str) {
        if let Some(kept) = eframe::get_value(storage, Self::KEPT) {
            self.kept = kept;
        }
        system.clone_into(&mut self.system);
        self.set_locale(self.kept.locale.clone());
        self.tour = (!self.kept.toured).then_some(0);
        self.remember();
    }

    fn show_scenario(&mut self, name: Option<String>) {
        let title = name.clone().unwrap_or_else(|| "the base plan".to_owned());
        self.said = match self.document.switch(name) {
            Ok(()) if self.document.lost().is_empty() => format!("Showing {title}"),
            Ok(()) => format!("Showing {title}; {} of its edits no longer fit the plan", self.document.lost().len()),
            Err(why) => format!("{title} cannot be shown: {why}"),
        };
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
        let was_covered = self.is_covered();
        draft::cover(&ctx, was_covered || !self.found.is_empty());
        let has_over = was_covered || Popup::is_any_open(&ctx) || ctx.memory(|m| m.top_modal_layer().is_some());
        let command = if self.dialog.is_none() && self.found.is_empty() { Command::pressed(&ctx) } else { None };
        self.dropped(&ctx, &mut actions);
        self.written();
        self.copied(&ctx);
        self.draw(ui, &mut actions);
        let locale = (self.kept.locale.as_deref(), self.system.as_str(), self.numbers);
        recovery::show(&ctx, &mut self.found, self.numbers, &mut actions);
        dialog::show(&ctx, &mut self.dialog, &self.document, locale, self.picker.as_ref(), &mut actions);
        self.full_screen.follow(&ctx, has_over);
        // Editors come first: what stands in them was typed before the command.
        actions.extend(command.map(Action::Command));
        self.close_requested(&ctx, &mut actions);
        // The table that has the keyboard says its sum anew in every frame.
        let summed = self.summary.take();
        let was_covered_when_drawn = self.is_covered();
        self.carry_out_all(&ctx, actions);
        if let Some(advice) = sheet::drop_untaken(&ctx) {
            advice.clone_into(&mut self.said);
        }
        self.autosave.follow(&ctx, &self.document, &draft::all(&ctx));
        if self.summary != summed {
            ctx.request_repaint();
        }
        if self.is_covered() && !was_covered_when_drawn {
            // The keyboard is the dialog's: what is typed at once is not for a table behind it.
            self.keyboard = ctx.memory(egui::Memory::focused).or(self.keyboard);
            ctx.memory_mut(|m| m.focused().into_iter().for_each(|id| m.surrender_focus(id)));
        } else if self.keyboard.is_some() && !self.is_covered() {
            self.give_keyboard_back(&ctx);
        }
        self.retitle(&ctx);
    }

    fn draw(&mut self, ui: &mut Ui, actions: &mut Vec<Action>) {
        let summary = self.summary;
        let said = bars::Said { text: &self.said, writing: &self.writing, autosave: &self.autosave };
        let palette = Palette::of(ui.ctx());
        let mut scene = Scene::new(&self.document, self.numbers, palette, self.focus, self.kept.basis, actions);
        let room = Room::of(ui.ctx());
        let in_window = !self.full_screen.is_on();
        let top =
            in_window.then(|| Panel::top("top").show(ui, |ui| bars::top(ui, &mut scene, room, &self.kept.recent)));
        let figures = Panel::top("headline").show(ui, |ui| headline(ui, &mut scene, room));
        if in_window || !self.said.is_empty() || self.writing.running().is_some() {
            Panel::bottom("status").show(ui, |ui| bars::status(ui, &mut scene, &said, summary));
        }
        if in_window {
            Panel::left("views")
                .resizable(false)
                .exact_size(bars::navigation_width(room))
                .show(ui, |ui| bars::navigation(ui, &mut scene, self.kept.view, room));
        }
        let on_demand = room.small || !in_window;
        let inspected = if on_demand { self.inspector_on_demand } else { self.kept.inspector };
        let inspected = inspected.then(|| {
            Panel::right("inspector")
                .default_size(290.0)
                .size_range(220.0..=520.0)
                .show(ui, |ui| self.inspector.show(ui, &mut scene, self.explained, !self.trail.is_empty()))
        });
        let view = self.kept.view;
        let surface = Frame::central_panel(ui.style()).fill(palette.surface);
        let shown = CentralPanel::default().frame(surface).show(ui, |ui| {
            let show = |scene: &mut Scene<'_>| room::scrolled(ui, |ui| self.kept.views.show(view, ui, scene));
            self.print_request.answer(&mut scene, view, show);
        });
        if let Some(mut finder) = self.finder.take()
            && finder::show(ui.ctx(), &mut finder, &mut scene)
        {
            self.finder = Some(finder);
        }
        // A question has the keyboard to itself.
        if let (Some(step), Some(top)) = (self.tour.filter(|_| self.dialog.is_none()), top) {
            let parts = WindowParts {
                top: top.response.rect,
                headline: figures.response.rect,
                view: shown.response.rect,
                inspector: inspected.map(|i| i.response.rect),
            };
            self.tour = guide::tour(ui.ctx(), &mut scene, step, &parts);
            self.kept.toured = true;
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
            Action::CommitAt { label, edits, cursor } => {
                let before = self.document.history().revision();
                self.carry_out(ctx, Action::Commit { label, edits }, rest);
                let revision = self.document.history().revision();
                if revision != before {
                    self.cursors.insert(revision, cursor);
                }
            }
            Action::CommitBase { label, edits } => match self.document.commit_base(label.clone(), edits) {
                Ok(()) => self.said = label,
                Err(message) => self.said = message,
            },
            Action::MakeBase(index) => match views::make_base(self.document.base(), index) {
                Ok(question) => self.carry_out(ctx, question, rest),
                Err(why) => self.said = why,
            },
            Action::Confirm { title, text, agree, then } => {
                self.dialog = Some(Dialog::Confirm { title, text, agree, then });
            }
            Action::Scenarios { new } => {
                self.show_view(View::Scenarios);
                self.kept.views.scenarios(new);
            }
            Action::Restructure(asked) => self.restructure(ctx, &asked, rest),
            Action::Preview(edits) => {
                if let Err(message) = self.document.preview(&edits) {
                    self.document.end_preview();
                    self.said = message;
                }
            }
            Action::PreviewOutcome(outcome) => self.document.foresee(outcome),
            Action::EndPreview => self.document.end_preview(),
            Action::Summed(summary) => self.summary = summary,
            Action::Show(view) => self.show_view(view),
            Action::ShowNotes(cell) => self.dialog = Some(Dialog::CellNotes(CellNotes::of(cell))),
            Action::ShowSection { section, keyboard } => {
                self.show_view(View::Assumptions);
                self.kept.views.section(section);
                if keyboard {
                    sheet::ask_first_table(ctx);
                }
            }
            Action::Focus { place, period } => {
                self.focus = Focus { place, period: period.unwrap_or(self.focus.period) };
            }
            Action::ShowFigures(basis) => self.kept.basis = basis,
            Action::GoTo { place, quarter } => {
                self.show_view(View::Plan);
                self.kept.views.go_to(self.document.plan(), place, quarter);
            }
            Action::Explain(key) => {
                let before = self.explained.replace(key).filter(|before| *before != key);
                self.trail.extend(before);
                let surplus = self.trail.len().saturating_sub(TRAIL);
                self.trail.drain(..surplus);
                *self.shows_inspector(ctx) = true;
            }
            Action::Follow(key) if *self.shows_inspector(ctx) => self.explained = Some(key),
            Action::ExplainBack => self.explained = self.trail.pop().or(self.explained),
            Action::GoToInput(path) => {
                let view = self.kept.views.go_to_input(self.document.plan(), &path);
                self.show_view(view);
            }
            Action::ShowScenario(name) => self.show_scenario(name),
            Action::SetLocale(locale) => self.set_locale(locale),
            Action::Export(export) => self.export(ctx, export),
            Action::File(asked) => self.with_file(ctx, asked, rest),
            Action::Import(path) => {
                let importing = Importing::new(path, self.kept.columns.clone());
                self.dialog = Some(Dialog::Import(Box::new(importing)));
            }
            // What tables for a protected plan look like is not remembered outside of it.
            Action::KeepColumns(columns) if !self.document.is_protected() => self.kept.columns = columns,
            Action::KeepColumns(_) | Action::Follow(_) => {}
            Action::StartFrom(name) => self.replace(Document::from_template(name)),
            Action::BeginFromTables => {
                let today = chrono::Local::now().date_naive();
                self.dialog = Some(Dialog::Begin(Box::new(Beginning::new(today))));
            }
            Action::Begin(plan) => self.replace(Document::begun(*plan)),
            Action::Read(path) => self.read(path),
            Action::AskThen(action) => self.lose_or(ctx, *action),
            Action::Write(path) => self.write(path, Agreed::default(), rest),
            Action::Leave => {
                self.autosave.close();
                self.full_screen.leave(ctx);
                self.leaving = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Action::DropDraft(id) => self.drop_draft(ctx, id),
            Action::Say(text) => self.said = text,
        }
    }

    /// Changes the plan's structure, or asks first where more hangs on it.
    fn restructure(&mut self, ctx: &Context, asked: &Restructure, rest: &mut dyn Iterator<Item = Action>) {
        let plan = restructure::ground(&self.document);
        match asked.change(&plan) {
            Ok(change) => {
                let question = asked.question(&plan, &change);
                let commit = Action::Commit { label: change.label, edits: change.edits };
                match question {
                    Some(RestructureQuestion { title, text, agree }) => {
                        self.dialog = Some(Dialog::Confirm { title, text, agree, then: Box::new(commit) });
                    }
                    None => self.carry_out(ctx, commit, rest),
                }
            }
            Err(why) => self.said = why,
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
                self.dialog = Some(Dialog::save(&self.document, rest.next().map(Box::new)));
            }
            Command::Protect => self.ask_protection(),
            Command::Versions => self.ask_version(),
            Command::Import => self.carry_out(ctx, Action::Import(None), rest),
            Command::Quit => self.lose_or(ctx, Action::Leave),
            Command::Undo => {
                let undone = self.document.history().revision();
                self.said = self.document.undo().map_or(String::new(), |label| format!("Undone: {label}"));
                self.bring_cursor_back(ctx, undone);
            }
            Command::Redo => {
                self.said = self.document.redo().map_or(String::new(), |label| format!("Redone: {label}"));
                self.bring_cursor_back(ctx, self.document.history().revision());
            }
            Command::Show(view) => self.show_view(view),
            Command::ExportWorkbook => self.export_workbook(),
            Command::ExportBrief => self.dialog = Some(Dialog::Brief(BriefRequest::default())),
            Command::ExportPositions => {
                self.show_view(View::Positions);
                self.kept.views.export_positions();
            }
            Command::ToggleInspector => {
                let shown = self.shows_inspector(ctx);
                *shown = !*shown;
            }
            Command::Print => {
                self.print_request.make(ctx);
            }
            Command::ToTable => sheet::ask_for_keyboard(ctx),
            Command::InTable(command) => sheet::ask_table(ctx, command),
            Command::Window(command) => command.carry_out(ctx),
            Command::FullScreen => {
                self.full_screen.toggle(ctx);
                if self.full_screen.is_on() {
                    self.inspector_on_demand = false;
                    self.said.clear();
                }
            }
            Command::Find => self.finder = Some(Finder::default()),
            Command::Guide => self.dialog = Some(Dialog::Help(Box::new(Help::open(ctx)))),
            Command::Shortcuts => self.dialog = Some(Dialog::Shortcuts),
            Command::Settings => self.dialog = Some(Dialog::Settings),
            Command::Tour => {
                self.full_screen.leave(ctx);
                *self.shows_inspector(ctx) = true;
                self.tour = Some(0);
            }
        }
    }
}

mod drafts;
mod files;
mod first_look;
mod protection;
mod shown;
#[cfg(test)]
mod tests;

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        Frame::NONE.show(ui, |ui| self.show(ui));
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        let protected = self.document.is_protected();
        match self.document.path().filter(|_| !protected).and_then(|p| std::path::absolute(p).ok()) {
            Some(path) => eframe::set_value(storage, Self::LAST_PLAN, &StoredPath(path)),
            None => storage.remove_string(Self::LAST_PLAN),
        }
        // Of a protected plan nothing is kept outside of its file: neither where it is nor what is in it.
        let recent = self.kept.recent.clone();
        self.kept.recent.retain(|path| !is_protected(&path.0));
        let views = protected.then(|| std::mem::take(&mut self.kept.views));
        eframe::set_value(storage, Self::KEPT, &self.kept);
        self.kept.recent = recent;
        if let Some(views) = views {
            self.kept.views = views;
        }
    }
}
