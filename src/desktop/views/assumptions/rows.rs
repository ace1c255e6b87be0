//! What can be done with the rows of a table: adding, duplicating, moving and removing them, by buttons over the table
//! and by the menu of a row.

use egui::{Button, Ui};

use crate::desktop::action::Action;
use crate::desktop::draft::{Draft, DraftChange, OpenDraft};
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::icons::Icon;
use crate::desktop::restructure::{self, Restructure};
use crate::desktop::scene::Scene;
use crate::plan::Entry;

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Regions,
    Roles,
    Rates,
    /// The entries of a list of the document.
    Entries(Entry),
}

/// A name being typed for a new row.
pub(super) struct NewRowName {
    list: List,
    like: usize,
    text: String,
    shown: bool,
    draft: OpenDraft,
}

impl NewRowName {
    fn new(list: List, like: usize) -> Self {
        Self { list, like, text: String::new(), shown: false, draft: OpenDraft::default() }
    }
}

/// The selection after a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// To the first cell of a row.
    Row,
    /// To the name of a row.
    Name,
}

/// Something that can be done with a row.
struct RowChange {
    icon: Icon,
    title: &'static str,
    request: Restructure,
}

/// The actions of a row; the app decides whether they are possible.
fn offers(list: List, row: usize) -> Vec<RowChange> {
    let offer = |icon, title, request| RowChange { icon, title, request };
    let (up, down) = (row.saturating_sub(1), row + 1);
    match list {
        List::Regions => vec![
            offer(Icon::Copy, "Duplicate", Restructure::DuplicateRegion(row)),
            offer(Icon::ArrowUp, "Move up", Restructure::MoveRegion { from: row, to: up }),
            offer(Icon::ArrowDown, "Move down", Restructure::MoveRegion { from: row, to: down }),
            offer(Icon::Trash, "Remove…", Restructure::RemoveRegion(row)),
        ],
        List::Roles => vec![
            offer(Icon::Copy, "Duplicate", Restructure::DuplicateRole(row)),
            offer(Icon::ArrowUp, "Move up", Restructure::MoveRole { from: row, to: up }),
            offer(Icon::ArrowDown, "Move down", Restructure::MoveRole { from: row, to: down }),
            offer(Icon::Trash, "Remove…", Restructure::RemoveRole(row)),
        ],
        List::Rates => vec![offer(Icon::Trash, "Remove", Restructure::RemoveRate(row))],
        List::Entries(list) => vec![offer(Icon::Trash, "Remove", Restructure::RemoveEntry { list, index: row })],
    }
}

/// The menu of a row.
pub(super) fn menu(list: List, row: usize) -> Vec<(String, Action)> {
    let mut entries: Vec<(String, Action)> = Vec::new();
    if let List::Entries(list) = list {
        let add = Restructure::AddEntry { list, like: Some(row) };
        entries.push((format!("{} Add", Icon::Plus), Action::Restructure(add)));
    }
    let offers = offers(list, row).into_iter();
    entries.extend(offers.map(|o| (format!("{} {}", o.icon, o.title), Action::Restructure(o.request))));
    entries
}

/// The buttons over a table; gives the selection after a request.
pub(super) fn buttons(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    list: List,
    (row, rows): (Option<usize>, usize),
    naming: &mut Option<NewRowName>,
) -> Option<(usize, Then)> {
    let mut then = None;
    ui.horizontal_wrapped(|ui| {
        if naming.as_ref().is_some_and(|naming| naming.list == list) {
            then = name(ui, scene, naming).map(|row| (row, Then::Row));
            return;
        }
        let (add, about) = match list {
            List::Regions => ("Add a region…", "A new region that starts as the selected one, without people"),
            List::Roles => ("Add a role…", "A new role that starts as the selected one, without people"),
            List::Rates => ("Add a currency…", "A currency that regions can use"),
            List::Entries(_) => ("Add", "A new row after the selected one"),
        };
        if ui.button(format!("{} {add}", Icon::Plus)).on_hover_text(about).clicked() {
            match list {
                List::Entries(list) => {
                    scene.send(Action::Restructure(Restructure::AddEntry { list, like: row }));
                    then = Some((row.map_or(rows, |row| row + 1), Then::Row));
                }
                _ => *naming = Some(NewRowName::new(list, row.unwrap_or(0))),
            }
        }
        if matches!(list, List::Regions | List::Roles) {
            let button = Button::new(format!("{} Rename", Icon::PencilSimple));
            if ui.add_enabled(row.is_some(), button).on_disabled_hover_text("Select a row first").clicked() {
                then = row.map(|row| (row, Then::Name));
            }
        }
        for offer in offers(list, row.unwrap_or(0)) {
            let possible = match &offer.request {
                Restructure::MoveRegion { from, to } | Restructure::MoveRole { from, to } => from != to && *to < rows,
                _ => true,
            };
            let button = Button::new(format!("{} {}", offer.icon, offer.title));
            let response = ui.add_enabled(row.is_some() && possible, button);
            if response.on_disabled_hover_text("Select a row first").clicked() {
                then = match &offer.request {
                    Restructure::MoveRegion { to, .. } | Restructure::MoveRole { to, .. } => Some(*to),
                    Restructure::DuplicateRegion(row) | Restructure::DuplicateRole(row) => Some(row + 1),
                    _ => None,
                }
                .map(|row| (row, Then::Row));
                scene.send(Action::Restructure(offer.request));
            }
        }
    });
    then
}

/// The field for the name of a new row.
fn name(ui: &mut Ui, scene: &mut Scene<'_>, open: &mut Option<NewRowName>) -> Option<usize> {
    let ctx = ui.ctx().clone();
    open.take_if(|naming| naming.draft.is_taken(&ctx));
    let naming = open.as_mut()?;
    let (like, list) = (naming.like, naming.list);
    let plan = scene.plan();
    let (said, hint, model) = match list {
        List::Regions => ("Name of the new region", "Mexico", plan.regions.get(like).map(|r| r.name.as_str())),
        List::Roles => ("Name of the new role", "Industry specialist", plan.roles.get(like).map(|r| r.name.as_str())),
        List::Rates | List::Entries(_) => ("Code of the currency", "CHF", None),
    };
    ui.label(said);
    let id = ui.make_persistent_id("name of a new row");
    let field = editor::live(ui, EditorLook::line(said, 200.0).hint(hint), &mut naming.text);
    if !naming.shown {
        naming.shown = true;
        field.request_focus();
    }
    if let Some(model) = model {
        ui.colored_label(scene.palette.faint, format!("starts as {model}, without people"));
    }
    let entered = editor::entered(ui, &field);
    let left = editor::escaped(ui, &field);
    let name = naming.text.clone();
    let (request, row) = match list {
        List::Regions => (Restructure::AddRegion { like, name }, like + 1),
        List::Roles => (Restructure::AddRole { like, name }, like + 1),
        List::Rates | List::Entries(_) => (Restructure::AddRate(name), 0),
    };
    let typed = !naming.text.trim().is_empty();
    let change = typed.then(|| request.change(&restructure::ground(scene.document)));
    let change = change.map(|change| change.map(|change| DraftChange::plan(change.label, change.edits)));
    let refused = change.as_ref().and_then(|change| change.as_ref().err()).cloned();
    let usable = typed && refused.is_none();
    let text = naming.text.clone();
    naming.draft.set(&ctx, id, change.map(|change| Draft { id, place: said.to_owned(), text, change }));
    let add = ui.add_enabled(usable, Button::new("Add")).clicked() || (entered && usable);
    if entered && !usable {
        // The field stays, with the reason beside it.
        field.request_focus();
    }
    let given_up = ui.button("Cancel").clicked() || left;
    if given_up || add {
        naming.draft.close(&ctx);
        *open = None;
    }
    if let Some(why) = refused {
        ui.colored_label(scene.palette.error, format!("{} {why}", Icon::WarningCircle));
    }
    if !add || given_up {
        return None;
    }
    scene.send(Action::Restructure(request));
    Some(row)
}
