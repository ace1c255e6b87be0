//! What the window asks before it goes on: a path, whether to save, which plan to start from, and errors to read.

mod answer;
mod begin;
mod brief;
mod cell_notes;
mod draft;
mod import;
mod passphrase;
mod path_field;
mod saving;
mod settings;

use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;

use egui::{Context, Id, Key, Modal, ScrollArea, Ui};

use super::action::{Action, FileAction};
use super::charts;
use super::command::Command;
use super::document::Document;
use super::draft::Draft;
use super::export::FileOffer;
use super::guide;
use super::help::{self, Help};
use super::numbers::Numbers;
use super::picker::FilePicker;
use super::room;
use super::tokens::Palette;
use crate::files::{Format, Template, Version};
use answer::{DialogAnswer, buttons, close, usual};
pub(super) use begin::Beginning;
pub(super) use brief::BriefRequest;
pub(super) use cell_notes::CellNotes;
use draft::ask_draft;
pub(super) use import::Importing;
pub(super) use passphrase::{Locked, PassphraseField, protected_name};
use passphrase::{NewPassphrase, ask_passphrase, ask_plain};
pub(super) use path_field::PathField;
pub(super) use saving::{NotSaved, Obstacle};
use saving::{ask_saving, ask_version};

/// The question that is open.
pub(super) enum Dialog {
    /// Which file to open.
    Open(PathField),
    /// Where to save; `then` follows once it is saved.
    SaveAs { field: PathField, secret: NewPassphrase, then: Option<Box<Action>> },
    /// What is to become of the plain file of a plan that is kept under a passphrase now; `then` follows.
    Plain { path: PathBuf, then: Option<Box<Action>> },
    /// Which passphrase opens a plan.
    Locked(Locked),
    /// Which bundled plan to start from.
    New,
    /// Which tables to start from.
    Begin(Box<Beginning>),
    /// Whether to save before `then` loses what is unsaved.
    Unsaved { then: Box<Action> },
    /// Which file states a layout of positions.
    Layout(PathField),
    /// Where to write a file that a view offers.
    Export { field: PathField, offer: FileOffer },
    /// What the brief for the board is to show.
    Brief(BriefRequest),
    /// What is to become of a plan that has not been saved.
    NotSaved(NotSaved),
    /// Ask about a draft that cannot be taken in; `then` follows once it is dropped.
    NotTaken { draft: Draft, then: Vec<Action> },
    /// Which earlier version of a plan's file to open.
    Versions { plan: PathBuf, versions: Vec<Version> },
    /// A table to take in.
    Import(Box<Importing>),
    /// How figures are written, the theme, the size.
    Settings,
    /// The guide.
    Help(Box<Help>),
    /// The notes on a cell.
    CellNotes(CellNotes),
    /// Every shortcut.
    Shortcuts,
    /// Whether to do something that touches more than it names; `text` says what.
    Confirm { title: String, text: String, agree: &'static str, then: Box<Action> },
    /// Something that went wrong.
    Error { title: String, text: String },
}

impl Dialog {
    /// Asks where to save a plan: beside its file, or among the user's documents; `then` follows once it is saved.
    pub(super) fn save(document: &Document, then: Option<Box<Action>>) -> Self {
        let new = || crate::files::documents().join(file_name(document));
        Self::save_as(document.path().map_or_else(new, PathBuf::from), then)
    }

    pub(super) fn save_as(path: PathBuf, then: Option<Box<Action>>) -> Self {
        Self::SaveAs { field: PathField::new(path), secret: NewPassphrase::default(), then }
    }
}

/// Draws the open dialog, if there is one, and sends what it was answered.
pub(super) fn show(
    ctx: &Context,
    dialog: &mut Option<Dialog>,
    document: &Document,
    locale: (Option<&str>, &str, Numbers),
    picker: &dyn FilePicker,
    actions: &mut Vec<Action>,
) {
    let Some(open) = dialog.as_mut() else { return };
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(20.0);
    let response = Modal::new(Id::unique("dialog")).frame(frame).show(ctx, |ui| {
        let room = ctx.content_rect().width() - 60.0;
        let wide = match open {
            Dialog::Import(importing) => importing.width(ctx),
            Dialog::Help(_) => Some(help::width(ctx)),
            Dialog::Begin(_) => Some(760.0),
            _ => None,
        };
        ui.set_width(wide.unwrap_or(560.0).min(room));
        ui.spacing_mut().item_spacing.y = 10.0;
        let content = |ui: &mut Ui| match open {
            Dialog::Open(field) => {
                let about = "Type the path of a .ron or .json file, or browse for it";
                ask_open(ui, field, picker, ("Open a plan", about), |path| Action::AskThen(Action::Read(path).into()))
            }
            Dialog::Layout(field) => {
                let about = "Type the path of a .ron file that states a layout of positions, or browse for it";
                ask_open(ui, field, picker, ("Use a layout of your own", about), |path| {
                    Action::File(FileAction::UseLayout(path))
                })
            }
            Dialog::SaveAs { field, secret, then } => ask_save(ui, (field, secret), then.as_deref(), document, picker),
            Dialog::Plain { path, then } => ask_plain(ui, path, then.as_deref()),
            Dialog::Locked(locked) => ask_passphrase(ui, locked),
            Dialog::New => ask_new(ui),
            Dialog::Begin(beginning) => begin::show(ui, beginning, locale.2, picker),
            Dialog::Unsaved { then } => ask_unsaved(ui, then, document),
            Dialog::Export { field, offer } => ask_export(ui, field, offer, picker),
            Dialog::Brief(asked) => ask_brief(ui, asked, document),
            Dialog::NotSaved(of) => ask_saving(ui, of),
            Dialog::NotTaken { draft, then } => ask_draft(ui, draft, then),
            Dialog::Versions { plan, versions } => ask_version(ui, plan, versions, locale.2),
            Dialog::Import(importing) => import::show(ui, importing, document, locale.2, picker),
            Dialog::Settings => {
                settings::show(ui, locale.0, locale.1, actions);
                close(ui)
            }
            Dialog::Help(help) => {
                if help.show(ui) {
                    DialogAnswer::Close
                } else {
                    DialogAnswer::Stay
                }
            }
            Dialog::CellNotes(notes) => cell_notes::show(ui, notes, document, locale.2, actions),
            Dialog::Shortcuts => {
                guide::shortcuts(ui);
                close(ui)
            }
            Dialog::Confirm { title, text, agree, then } => ask_whether(ui, title, text, agree, then),
            Dialog::Error { title, text } => tell(ui, title, text),
        };
        room::all_of(ui, content)
    });
    let dismissed = response.should_close();
    match response.inner {
        DialogAnswer::Then(more) => {
            actions.extend(more);
            *dialog = None;
        }
        DialogAnswer::Close => *dialog = None,
        DialogAnswer::Stay if dismissed => *dialog = None,
        DialogAnswer::Stay => {}
    }
}

fn asked(action: Action) -> DialogAnswer {
    DialogAnswer::Then(vec![Action::AskThen(Box::new(action))])
}

fn ask_open(
    ui: &mut Ui,
    field: &mut PathField,
    picker: &dyn FilePicker,
    (title, about): (&str, &str),
    then: impl Fn(PathBuf) -> Action,
) -> DialogAnswer {
    ui.heading(title);
    ui.label(about);
    let entered = field.edit(ui, "folder/plan.ron") | field.received();
    let read = |field: &PathField| DialogAnswer::Then(vec![then(field.path())]);
    if entered && !field.text.trim().is_empty() {
        return read(field);
    }
    buttons(ui, |ui| {
        if ui.add_enabled(!field.text.trim().is_empty(), egui::Button::new("Open")).clicked() {
            return read(field);
        }
        if ui.button("Browse…").clicked() {
            let (send, receive) = channel();
            field.answer = Some(receive);
            picker.open(ui.ctx(), send);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

/// The name under which a plan is saved: that of its file, or one after the plan.
fn file_name(document: &Document) -> String {
    let own = document.path().and_then(|path| Some(path.file_name()?.to_str()?.to_owned()));
    let stem = || match charts::file_name(&document.base().name, "") {
        name if name.is_empty() => "plan".to_owned(),
        name => name,
    };
    own.unwrap_or_else(|| format!("{}.ron", stem()))
}

fn ask_save(
    ui: &mut Ui,
    (field, secret): (&mut PathField, &mut NewPassphrase),
    then: Option<&Action>,
    document: &Document,
    picker: &dyn FilePicker,
) -> DialogAnswer {
    let palette = Palette::of(ui.ctx());
    ui.heading("Save the plan as");
    ui.label("Type a path ending in .ron or .json (in .ron.age to protect it with a passphrase), or browse for one");
    let mut entered = field.edit(ui, "folder/plan.ron") | field.received();
    let path = field.path();
    let unknown = !field.text.trim().is_empty() && Format::of(&path).is_none();
    if unknown {
        ui.colored_label(palette.error, "End the name in .ron or .json, or in .ron.age");
    }
    let protected = crate::files::is_protected(&path) && !unknown;
    let kept = document.passphrase().is_some();
    if protected {
        entered = secret.edit(ui, kept);
    } else if kept && !unknown {
        ui.colored_label(palette.warning, "Under this name no passphrase protects the plan any more");
    }
    let taken = crate::files::exists(&path) && document.path() != Some(&path);
    let agreed = !taken || field.replace.as_deref() == Some(&path);
    if taken && !unknown {
        ui.colored_label(palette.warning, "There is such a file already; saving replaces it");
    }
    let locked = protected && secret.passphrase().is_none() && !(kept && secret.is_empty());
    let usable = !field.text.trim().is_empty() && !unknown && !locked;
    let write = || {
        let passphrase = secret.passphrase().filter(|_| protected);
        let write = match passphrase {
            Some(passphrase) => Action::File(FileAction::Protect { path: path.clone(), passphrase }),
            None => Action::Write(path.clone()),
        };
        DialogAnswer::Then(std::iter::once(write).chain(then.cloned()).collect())
    };
    if entered && usable && agreed {
        return write();
    }
    buttons(ui, |ui| {
        if ui.add_enabled(usable, egui::Button::new(if taken { "Replace" } else { "Save" })).clicked() {
            return write();
        }
        if ui.button("Browse…").clicked() {
            let (send, receive) = channel();
            field.answer = Some(receive);
            picker.save(ui.ctx(), &file_name(document), send);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

fn ask_export(ui: &mut Ui, field: &mut PathField, offer: &mut FileOffer, picker: &dyn FilePicker) -> DialogAnswer {
    let palette = Palette::of(ui.ctx());
    ui.heading(format!("Save {}", offer.name));
    ui.label("Type a path, or browse for one");
    let entered = field.edit(ui, "folder/plan.ron") | field.received();
    let path = field.path();
    let empty = field.text.trim().is_empty();
    let unknown = !empty && !offer.endings.is_empty() && !ends_in(&path, offer.endings);
    if unknown {
        ui.colored_label(palette.error, format!("End the name in .{}", offer.endings.join(", .")));
    }
    let taken = !empty && crate::files::exists(&path);
    if taken && !unknown {
        ui.colored_label(palette.warning, "There is such a file already; saving replaces it");
    }
    if let Some(chosen) = offer.leaves_pay_out() {
        let told = "Leave pay out: costs of the whole plan only, as values instead of formulas";
        ui.checkbox(chosen, "Leave pay out").on_hover_text(told);
    }
    let agreed = !taken || field.replace.as_deref() == Some(&path);
    let usable = !empty && !unknown;
    let write = || DialogAnswer::Then(vec![Action::File(FileAction::WriteFile(path.clone(), offer.clone()))]);
    if entered && usable && agreed {
        return write();
    }
    buttons(ui, |ui| {
        if ui.add_enabled(usable, egui::Button::new(if taken { "Replace" } else { "Save" })).clicked() {
            return write();
        }
        if ui.button("Browse…").clicked() {
            let (send, receive) = channel();
            field.answer = Some(receive);
            picker.save(ui.ctx(), &offer.name, send);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

fn ask_brief(ui: &mut Ui, asked: &mut BriefRequest, document: &Document) -> DialogAnswer {
    ui.heading("Brief for the board");
    brief::choices(ui, document, asked);
    buttons(ui, |ui| {
        if usual(ui, "Choose where…") {
            return DialogAnswer::Then(vec![brief::offer(document, asked)]);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

/// Whether a path ends in one of these, in whatever case.
fn ends_in(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    endings.iter().any(|one| one.eq_ignore_ascii_case(ending))
}

fn ask_new(ui: &mut Ui) -> DialogAnswer {
    ui.heading("Start a new plan from");
    let label = "Your own tables: people, pay, targets, accounts or hires, as CSV or Excel";
    if ui.add(egui::Button::new(label).wrap().min_size(egui::vec2(540.0, 32.0))).clicked() {
        return DialogAnswer::Then(vec![Action::BeginFromTables]);
    }
    for template in Template::ALL {
        let label = format!("{}: {}", template.name, template.about);
        if ui.add(egui::Button::new(label).wrap().min_size(egui::vec2(540.0, 32.0))).clicked() {
            return asked(Action::StartFrom(template.name));
        }
    }
    buttons(ui, |ui| if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay })
}

fn ask_unsaved(ui: &mut Ui, then: &Action, document: &Document) -> DialogAnswer {
    ui.heading(format!("Save the changes to {}?", document.plan().name));
    ui.label("They are lost otherwise");
    buttons(ui, |ui| {
        if usual(ui, "Save") {
            return match document.path() {
                Some(path) => DialogAnswer::Then(vec![Action::Write(path.to_owned()), then.clone()]),
                None => DialogAnswer::Then(vec![Action::Command(Command::SaveAs), then.clone()]),
            };
        }
        if ui.button("Don't save").clicked() {
            return DialogAnswer::Then(vec![then.clone()]);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

fn ask_whether(ui: &mut Ui, title: &str, text: &str, agree: &str, then: &Action) -> DialogAnswer {
    ui.heading(title);
    ui.add(egui::Label::new(text).wrap());
    buttons(ui, |ui| {
        if usual(ui, agree) {
            return DialogAnswer::Then(vec![then.clone()]);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

fn tell(ui: &mut Ui, title: &str, text: &str) -> DialogAnswer {
    ui.heading(title);
    ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        ui.add(egui::Label::new(text).wrap().selectable(true));
    });
    let entered = ui.input(|i| i.key_pressed(Key::Enter));
    buttons(ui, |ui| if ui.button("Close").clicked() || entered { DialogAnswer::Close } else { DialogAnswer::Stay })
}
