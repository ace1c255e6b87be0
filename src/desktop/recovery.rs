//! What was not saved when the program last ended: what it is, how it differs from what is saved, and the choice.

use egui::{Context, Id, Label, Modal, RichText, ScrollArea};

use super::action::{Action, FileAction};
use super::dialog::PassphraseField;
use super::fonts::semibold;
use super::numbers::Numbers;
use super::snapshot;
use super::tokens::Palette;
use crate::edit::{difference, summary};
use crate::files::{self, Abandoned, Basis, FileError, Passphrase, Recovery, Safe};
use crate::plan::Plan;

/// So many differences are shown of each plan.
const LINES: usize = 6;

/// A plan that was not saved.
pub(super) struct UnsavedPlan {
    pub(super) entry: Abandoned,
    name: String,
    /// Its file, or that it has none.
    file: String,
    differs: Vec<String>,
    /// What has opened it; none for a plain plan.
    pub(super) passphrase: Option<Passphrase>,
    secret: PassphraseField,
}

/// What was not saved when programs ended.
#[derive(Default)]
pub(super) struct FoundUnsaved {
    /// What can be recovered, the latest first.
    pub(super) plans: Vec<UnsavedPlan>,
    /// Errors of entries that cannot be read.
    pub(super) unreadable: Vec<String>,
}

impl FoundUnsaved {
    /// Reads the journal of a safe. An entry whose file holds the same plan was saved after all, and is removed.
    ///
    /// # Errors
    /// In words, when the safe cannot be read.
    pub(super) fn of(safe: &Safe) -> Result<Self, String> {
        let Recovery { entries, unreadable } = safe.abandoned().map_err(|error| error.to_string())?;
        let mut found = Self { plans: Vec::new(), unreadable: unreadable.iter().map(ToString::to_string).collect() };
        for entry in entries {
            if is_saved(&entry) {
                found.unreadable.extend(entry.discard().err().map(|error| error.to_string()));
            } else {
                found.plans.push(UnsavedPlan::of(entry));
            }
        }
        Ok(found)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.plans.is_empty()
    }
}

/// Whether the file of an entry holds its plan.
fn is_saved(entry: &Abandoned) -> bool {
    let (Ok(plan), Some(path)) = (&entry.plan, &entry.basis.path) else { return false };
    files::read(path).is_ok_and(|saved| saved == *plan)
}

impl UnsavedPlan {
    fn of(entry: Abandoned) -> Self {
        let file = entry.basis.path.as_ref().map_or("It has no file yet".to_owned(), |path| path.display().to_string());
        let mut found = Self {
            entry,
            name: String::new(),
            file,
            differs: Vec::new(),
            passphrase: None,
            secret: PassphraseField::default(),
        };
        found.describe();
        found
    }

    /// Opens a protected plan, and compares it with what is saved.
    pub(super) fn unlock(&mut self, passphrase: Passphrase) {
        self.entry.unlock(&passphrase);
        self.passphrase = Some(passphrase);
        self.secret = PassphraseField::default();
        self.describe();
    }

    fn describe(&mut self) {
        let entry = &self.entry;
        (self.name, self.differs) = match (&entry.plan, &entry.basis.path) {
            (Err(_), _) if entry.is_locked() && self.passphrase.is_none() => {
                ("A plan that a passphrase protects".to_owned(), Vec::new())
            }
            (Err(FileError::Locked { why, .. }), _) if entry.is_locked() => {
                ("A plan that a passphrase protects".to_owned(), vec![why.to_string()])
            }
            (Err(error), _) => ("A plan that cannot be read".to_owned(), vec![error.to_string()]),
            (Ok(plan), path) => {
                let mut lines = path.as_ref().map_or_else(Vec::new, |path| match files::mark(path) {
                    Ok(now) if now != entry.basis.mark => changes_beside(plan, &entry.basis, now.is_none()),
                    _ => match files::open(path, self.passphrase.as_ref()) {
                        Ok(saved) => differences(&saved, plan),
                        Err(error) => vec![format!("What is saved cannot be compared: {error}")],
                    },
                });
                lines.extend(snapshot::texts(plan).map(str::to_owned));
                (plan.name.clone(), lines)
            }
        };
    }
}

/// What was changed in a plan whose file is not any more what it goes back to: in the words of its change log, since a
/// comparison would show what somebody else has written since.
fn changes_beside(plan: &Plan, basis: &Basis, is_gone: bool) -> Vec<String> {
    let what = if is_gone {
        "The file was moved or deleted since"
    } else {
        "The file has been written since and is newer than this; saving asks before it replaces that"
    };
    let changes = plan.log.get(basis.logged..).unwrap_or_default().iter().map(|entry| entry.words.clone());
    let changes = changes.filter(|words| !snapshot::is_text(words));
    std::iter::once(what.to_owned()).chain(first_lines(changes.collect())).collect()
}

/// The first lines, and how many more there are.
fn first_lines(mut lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(LINES);
    lines.truncate(LINES);
    lines.extend((more > 0).then(|| format!("and {more} more")));
    lines
}

/// What a plan states otherwise than what is saved, a line each, and how many more there are.
pub(super) fn differences(saved: &Plan, plan: &Plan) -> Vec<String> {
    let edits = match difference(saved, plan) {
        Ok(edits) => edits,
        Err(error) => return vec![error.to_string()],
    };
    let mut shown = first_lines(summary(saved, &edits));
    if shown.is_empty() {
        shown.push("Only scenarios, plans of record or the change log differ".to_owned());
    }
    shown
}

/// Asks what is to become of each plan that was not saved.
pub(super) fn show(ctx: &Context, found: &mut FoundUnsaved, numbers: Numbers, actions: &mut Vec<Action>) {
    if found.is_empty() {
        return;
    }
    let palette = Palette::of(ctx);
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(20.0);
    Modal::new(Id::unique("recovery")).frame(frame).show(ctx, |ui| {
        ui.set_width(560.0);
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.heading("Muster ended before this was saved");
        ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
            for (index, one) in found.plans.iter_mut().enumerate() {
                ui.add_space(4.0);
                ui.label(RichText::new(&one.name).font(semibold(14.0)));
                let changed = one.entry.changed.map(|changed| changed.with_timezone(&chrono::Local));
                let when = changed.map_or_else(
                    || "at an unknown time".to_owned(),
                    |changed| format!("{} {}", numbers.date(changed.date_naive()), changed.format("%H:%M")),
                );
                let text = format!("Last changed {when}. {}", one.file);
                ui.add(Label::new(RichText::new(text).color(palette.faint).size(12.5)).wrap());
                for line in &one.differs {
                    ui.add(Label::new(format!("•  {line}")).wrap());
                }
                if one.entry.is_locked() {
                    let entered = one.secret.edit(ui, &format!("Passphrase of plan {}", index + 1), true);
                    let passphrase = one.secret.passphrase();
                    let open = ui.add_enabled(passphrase.is_some(), egui::Button::new("Unlock"));
                    let asked = open.on_hover_text("Open it to see what differs").clicked() || entered;
                    if let Some(passphrase) = passphrase.filter(|_| asked) {
                        actions.push(Action::File(FileAction::UnlockFound(index, passphrase)));
                    }
                }
                ui.horizontal(|ui| {
                    let usable = one.entry.plan.is_ok();
                    let open = ui.add_enabled(usable, egui::Button::new("Recover"));
                    if open.on_hover_text("Open it with these changes; nothing is saved yet").clicked() {
                        actions.push(Action::File(FileAction::Recover(index)));
                    }
                    if ui.button("Discard").on_hover_text("These changes are lost").clicked() {
                        actions.push(Action::File(FileAction::Discard(index)));
                    }
                });
                ui.separator();
            }
            for why in &found.unreadable {
                let text = RichText::new(format!("Cannot be offered: {why}")).color(palette.warning);
                ui.add(Label::new(text).wrap().selectable(true));
            }
        });
        if ui.button("Decide later").on_hover_text("Ask again at the next start").clicked() {
            actions.push(Action::File(FileAction::DecideLater));
        }
    });
}
