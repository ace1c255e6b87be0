//! What changes several cells at once: pasting, filling, clearing. Each is one edit that can be undone, done whole or
//! not at all.

use egui::Ui;

use super::clipboard;
use super::event::SheetEvent;
use super::host::SheetHost;
use super::model::{Model, Typed};
use super::refusal::Refusal;
use super::selection::{At, Selection};
use super::state::Sheet;
use crate::plan::PlanEdit;
use crate::units::counted;

/// The words for so many cells.
pub(super) fn cells(count: usize) -> String {
    counted(count, "cell", "cells")
}

/// Copies the block as text with tabs.
pub(super) fn copy(ui: &Ui, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection) {
    let numbers = host.numbers;
    let row = |row: usize| {
        selection.columns().map(|column| clipboard::copied(numbers, &model.cell(At { row, column }))).collect()
    };
    let rows: Vec<Vec<String>> = selection.rows().map(row).collect();
    ui.ctx().copy_text(clipboard::write(&rows));
    host.send(SheetEvent::Say(format!("Copied {}", cells(selection.cells().count()))));
}

impl Sheet {
    /// Copies the block and clears it, where all of it can be cleared.
    pub(super) fn cut(&mut self, ui: &Ui, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection) {
        let typed: Vec<Typed> = selection.cells().map(|at| Typed { at, text: String::new() }).collect();
        let label = format!("Cut {}", named(model, &typed));
        if self.put(host, model, "The cells cannot be cut", label, &typed) {
            copy(ui, host, model, selection);
        }
    }

    /// Clears what can be cleared of the block.
    pub(super) fn clear(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection) {
        let can = |at: &At| model.cell(*at).input.is_some();
        let typed: Vec<Typed> = selection.cells().filter(can).map(|at| Typed { at, text: String::new() }).collect();
        if typed.is_empty() {
            // The model gives the reason.
            if let Err(why) = model.edit(selection.cursor, "") {
                host.send(SheetEvent::Say(why));
            }
            return;
        }
        let label = format!("Clear {}", named(model, &typed));
        self.put(host, model, "The cells cannot be cleared", label, &typed);
    }

    /// Pastes text with tabs at the block.
    pub(super) fn paste(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection, text: &str) {
        const REFUSED: &str = "The cells cannot be pasted";
        let rows = clipboard::read(text);
        let width = match clipboard::width(&rows) {
            Ok(width) => width,
            Err(why) => {
                let fault = ("The rows are not equally long".to_owned(), why);
                self.refusal = Some(Refusal::new(REFUSED, std::iter::once(fault)));
                return;
            }
        };
        let text_at = |at: At| rows.get(at.row).and_then(|row| row.get(at.column)).cloned().unwrap_or_default();
        let landing = clipboard::landing(selection, rows.len(), width, self.size);
        if !landing.beyond.is_empty() {
            let fault = |at: &At| {
                let place = format!("Line {}, cell {} of what was copied", at.row + 1, at.column + 1);
                (place, format!("\"{}\" would lie beyond the table's edge", text_at(*at)))
            };
            self.refusal = Some(Refusal::new(REFUSED, landing.beyond.iter().map(fault)));
            return;
        }
        let typed: Vec<Typed> =
            landing.cells.iter().map(|(at, from)| Typed { at: *at, text: text_at(*from) }).collect();
        let label = format!("Paste {}", named(model, &typed));
        if self.put(host, model, REFUSED, label, &typed) {
            self.selection = Some(landing.block);
        }
    }

    /// Fills cells, each with the text of another; `true` if that was done.
    pub(super) fn fill(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, from: &[(At, At)], what: &str) -> bool {
        if from.is_empty() {
            return false;
        }
        let numbers = host.numbers;
        let text = |at: At| {
            let cell = model.cell(at);
            cell.input.clone().unwrap_or_else(|| clipboard::copied(numbers, &cell))
        };
        let typed: Vec<Typed> = from.iter().map(|(at, from)| Typed { at: *at, text: text(*from) }).collect();
        let label = format!("{what}: {}", named(model, &typed));
        self.put(host, model, "The cells cannot be filled", label, &typed)
    }

    /// Puts texts into cells as one edit. If a cell refuses its text, nothing is changed and the message names the cells.
    pub(super) fn put(
        &mut self,
        host: &mut SheetHost<'_>,
        model: &dyn Model,
        refused: &str,
        label: String,
        typed: &[Typed],
    ) -> bool {
        let made = edits(model, typed).and_then(|edits| match host.document.evaluate(&edits) {
            Ok(_) => Ok(edits),
            Err(why) => Err(blamed(host, model, typed, why)),
        });
        match made {
            Ok(edits) => {
                host.commit(label, edits);
                true
            }
            Err(faults) => {
                self.refusal = Some(Refusal::new(refused, faults.into_iter()));
                false
            }
        }
    }
}

/// The edits that put texts into cells.
///
/// # Errors
/// Every cell that refuses its text, by name, with the reason: read-only cells first.
fn edits(model: &dyn Model, typed: &[Typed]) -> Result<Vec<PlanEdit>, Vec<(String, String)>> {
    let closed = |typed: &&Typed| model.cell(typed.at).input.is_none();
    let why = |typed: &Typed| {
        let refused = model.edit(typed.at, &typed.text).err();
        (model.name(typed.at), refused.unwrap_or_else(|| "This cell cannot be typed into".to_owned()))
    };
    let faults: Vec<_> = typed.iter().filter(closed).map(why).collect();
    if !faults.is_empty() {
        return Err(faults);
    }
    model.edits(typed).map_err(|refused| refused.into_iter().map(|r| (model.name(r.at), r.why)).collect())
}

/// The cells that the plan refuses each for itself, and why; all of them where only together they are refused.
fn blamed(host: &SheetHost<'_>, model: &dyn Model, typed: &[Typed], why: String) -> Vec<(String, String)> {
    /// So many cells are tried.
    const TRIED: usize = 100;
    let alone = |one: &Typed| {
        let edits = model.edit(one.at, &one.text).ok()?;
        host.document.refuses(&edits).map(|why| (model.name(one.at), why))
    };
    let refusals: Vec<_> = typed.iter().take(TRIED).filter_map(alone).collect();
    if refusals.is_empty() { vec![(named(model, typed), why)] } else { refusals }
}

/// The cells of a change in a few words: their number, and where they begin.
fn named(model: &dyn Model, typed: &[Typed]) -> String {
    match typed {
        [] => cells(0),
        [one] => model.name(one.at),
        [first, ..] => format!("{} at {}", cells(typed.len()), model.name(first.at)),
    }
}
