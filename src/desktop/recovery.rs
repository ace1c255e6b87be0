//! What was not saved when the program last ended: what it is, how it differs from what is saved, and the choice.

use egui::{Context, Id, Label, Modal, RichText, ScrollArea};

use super::action::{Action, FileAction};
use super::dialog::PassphraseField;
use super::fonts::semibold;
use super::numbers::Numbers;
use super::tokens::Palette;
use crate::edit::{difference, summary};
use crate::files::{self, Abandoned, FileError, Passphrase, Safe};
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

/// What can be recovered, the latest first.
///
/// # Errors
/// In words, when the safe cannot be read.
pub(super) fn found(safe: &Safe) -> Result<Vec<UnsavedPlan>, String> {
    let entries = safe.abandoned().map_err(|error| error.to_string())?;
    Ok(entries.into_iter().map(UnsavedPlan::of).collect())
}

impl UnsavedPlan {
    fn of(entry: Abandoned) -> Self {
        let file = entry.path.as_ref().map_or("It has no file yet".to_owned(), |path| path.display().to_string());
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
        (self.name, self.differs) = match (&entry.plan, &entry.path) {
            (Err(_), _) if entry.is_locked() && self.passphrase.is_none() => {
                ("A plan that a passphrase protects".to_owned(), Vec::new())
            }
            (Err(FileError::Locked { why, .. }), _) if entry.is_locked() => {
                ("A plan that a passphrase protects".to_owned(), vec![why.to_string()])
            }
            (Err(error), _) => ("A plan that cannot be read".to_owned(), vec![error.to_string()]),
            (Ok(plan), None) => (plan.name.clone(), Vec::new()),
            (Ok(plan), Some(path)) => (
                plan.name.clone(),
                match files::open(path, self.passphrase.as_ref()) {
                    Ok(saved) => differences(&saved, plan),
                    Err(error) => vec![format!("What is saved cannot be compared: {error}")],
                },
            ),
        };
    }
}

/// What a plan states otherwise than what is saved, a line each, and how many more there are.
pub(super) fn differences(saved: &Plan, plan: &Plan) -> Vec<String> {
    let edits = match difference(saved, plan) {
        Ok(edits) => edits,
        Err(error) => return vec![error.to_string()],
    };
    let lines = summary(saved, &edits);
    let more = lines.len().saturating_sub(LINES);
    let mut shown: Vec<String> = lines.into_iter().take(LINES).collect();
    if more > 0 {
        shown.push(format!("and {more} more"));
    }
    if shown.is_empty() {
        shown.push("Only scenarios, plans of record or the change log differ".to_owned());
    }
    shown
}

/// Asks what is to become of each plan that was not saved.
pub(super) fn show(ctx: &Context, found: &mut [UnsavedPlan], numbers: Numbers, actions: &mut Vec<Action>) {
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
            for (index, one) in found.iter_mut().enumerate() {
                ui.add_space(4.0);
                ui.label(RichText::new(&one.name).font(semibold(14.0)));
                let changed = one.entry.changed.with_timezone(&chrono::Local);
                let when = format!("{} {}", numbers.date(changed.date_naive()), changed.format("%H:%M"));
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
        });
        if ui.button("Decide later").on_hover_text("Ask again at the next start").clicked() {
            actions.push(Action::File(FileAction::DecideLater));
        }
    });
}
