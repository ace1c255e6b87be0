//! Changes of several cells at once: pasting, filling, clearing. Each is one edit that can be undone, done whole or
//! not at all.

use egui::Ui;

use super::clipboard::{self, Copied};
use super::entry::CellEntry;
use super::event::SheetEvent;
use super::host::SheetHost;
use super::landing::{Landing, Lanes, landing, without_totals};
use super::model::{Model, Typed};
use super::refusal::Refusal;
use super::selection::{At, Selection};
use super::state::Sheet;
use crate::desktop::numbers::Numbers;
use crate::plan::PlanEdit;
use crate::units::{Exact, counted};

/// Cells that refuse a text, or places in the copied text, each with the reason.
type Faults = Vec<(String, String)>;

/// The words for so many cells.
pub(super) fn cells(count: usize) -> String {
    counted(count, "cell", "cells")
}

/// The reason why a cell refuses a text that is typed over it.
pub(super) fn refusal(model: &dyn Model, at: At, text: &str) -> String {
    match model.cell(at).entry {
        CellEntry::Total(_) => {
            format!("{} is a total; F2 or a double click changes it, spread over what it adds up", model.name(at))
        }
        CellEntry::Blocked(why) => why,
        CellEntry::Closed | CellEntry::Input(_) => {
            model.edit(at, text).err().unwrap_or_else(|| "This cell cannot be typed into".to_owned())
        }
    }
}

/// Whether a table has an input beside a cell: in a table of one input there is no run of typing that could end.
pub(super) fn has_other_input(model: &dyn Model, cell: At) -> bool {
    let columns = model.columns().len();
    let cells = (0..model.rows()).flat_map(|row| (0..columns).map(move |column| At { row, column }));
    cells.filter(|at| *at != cell).any(|at| model.cell(at).entry.is_input())
}

/// The reason why a cell at the table's edge is not typed over at once by the next text.
pub(super) fn end_of_table(model: &dyn Model, at: At) -> String {
    format!("The table ends at {}; F2 or a double click changes it", model.name(at))
}

/// Copies a block as text with tabs, under its headings.
pub(super) fn copy_with_headings(ui: &Ui, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection) {
    ui.ctx().copy_text(clipboard::with_headings(host.numbers, model, selection));
    let count = cells(selection.cells().count());
    host.send(SheetEvent::Say(format!("Copied {count} with headings")));
}

impl Sheet {
    /// Copies the block as text with tabs.
    pub(super) fn copy(&mut self, ui: &Ui, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection) {
        let copied = Copied::of(host.numbers, model, selection);
        ui.ctx().copy_text(copied.text().to_owned());
        self.copied = Some(copied);
        host.send(SheetEvent::Say(format!("Copied {}", cells(selection.cells().count()))));
    }

    /// Copies the block and clears its inputs.
    pub(super) fn cut(&mut self, ui: &Ui, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection) {
        let typed = cleared(model, selection);
        let label = format!("Cut {}", named(model, &typed));
        if typed.is_empty() {
            host.send(SheetEvent::Say(refusal(model, selection.cursor, "")));
        } else if self.put(host, model, "The cells cannot be cut", label, &typed) {
            self.copy(ui, host, model, selection);
        }
    }

    /// Clears the inputs of the block.
    pub(super) fn clear(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection) {
        let typed = cleared(model, selection);
        if typed.is_empty() {
            host.send(SheetEvent::Say(refusal(model, selection.cursor, "")));
            return;
        }
        let label = format!("Clear {}", named(model, &typed));
        self.put(host, model, "The cells cannot be cleared", label, &typed);
    }

    /// Pastes text with tabs at the block.
    pub(super) fn paste(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, selection: Selection, text: &str) {
        const REFUSED: &str = "The cells cannot be pasted";
        match self.landed(model, selection, text) {
            Ok((typed, block)) => {
                let label = format!("Paste {}", named(model, &typed));
                if self.put(host, model, REFUSED, label, &typed) {
                    self.selection = Some(block);
                }
            }
            Err(faults) => self.refusal = Some(Refusal::new(REFUSED, faults.into_iter())),
        }
    }

    /// The texts of a paste, each with its cell, and the block that they are pasted over.
    ///
    /// # Errors
    /// The places of the texts that cannot be pasted, each with the reason.
    fn landed(&self, model: &dyn Model, selection: Selection, text: &str) -> Result<(Vec<Typed>, Selection), Faults> {
        let rows = clipboard::read(text);
        let width = clipboard::width(&rows).map_err(|why| vec![("The rows are not equally long".to_owned(), why)])?;
        let start_is_input = model.cell(selection.first()).entry.is_of_inputs();
        let lies = landing(selection, &Lanes::all(selection, self.size), rows.len(), width);
        let as_it_lies = texts(&lies, &rows);
        let passes_over = as_it_lies.iter().any(|one| !model.cell(one.at).entry.is_of_inputs());
        if lies.beyond.is_empty()
            && passes_over
            && let Some(inputs) = without_totals(model, &as_it_lies, start_is_input)
        {
            return Ok((inputs, lies.block));
        }
        if !passes_over || !start_is_input {
            return if lies.beyond.is_empty() { Ok((as_it_lies, lies.block)) } else { Err(beyond(&lies, &rows)) };
        }
        let own = self.copied.as_ref().and_then(|copied| copied.inputs_of(text));
        let rows = own.unwrap_or(&rows);
        let lanes = Lanes::of_inputs(model, selection, self.size, rows.len());
        let landing = landing(selection, &lanes, rows.len(), rows.first().map_or(0, Vec::len));
        if landing.beyond.is_empty() { Ok((texts(&landing, rows), landing.block)) } else { Err(beyond(&landing, rows)) }
    }

    /// Fills cells, each with the text of another; `true` if that was done.
    pub(super) fn fill(&mut self, host: &mut SheetHost<'_>, model: &dyn Model, from: &[(At, At)], what: &str) -> bool {
        let numbers = host.numbers;
        let text = |at: At| {
            let cell = model.cell(at);
            cell.entry.text().map_or_else(|| clipboard::copied(numbers, &cell), str::to_owned)
        };
        let inputs = from.iter().filter(|(at, _)| model.cell(*at).entry.is_input());
        let typed: Vec<Typed> = inputs.map(|(at, from)| Typed { at: *at, text: text(*from) }).collect();
        if typed.is_empty() {
            return false;
        }
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
        let made = edits(host.numbers, model, typed).and_then(|edits| match host.document.evaluate(&edits) {
            Ok(_) => Ok(edits),
            Err(why) => Err(blamed(host, model, typed, why)),
        });
        match made {
            Ok(edits) => {
                host.commit(label, edits, self.cursor(model));
                true
            }
            Err(faults) => {
                self.refusal = Some(Refusal::new(refused, faults.into_iter()));
                false
            }
        }
    }
}

/// The texts of a paste, each with its cell.
fn texts(landing: &Landing, rows: &[Vec<String>]) -> Vec<Typed> {
    landing.cells.iter().map(|(at, from)| Typed { at: *at, text: text_at(rows, *from) }).collect()
}

fn text_at(rows: &[Vec<String>], at: At) -> String {
    rows.get(at.row).and_then(|row| row.get(at.column)).cloned().unwrap_or_default()
}

/// The texts of a paste that would lie beyond the sheet.
fn beyond(landing: &Landing, rows: &[Vec<String>]) -> Faults {
    let fault = |at: &At| {
        let place = format!("Line {}, cell {} of what was copied", at.row + 1, at.column + 1);
        (place, format!("\"{}\" would lie beyond the table's edge", text_at(rows, *at)))
    };
    landing.beyond.iter().map(fault).collect()
}

/// The texts that clear the inputs of a block.
fn cleared(model: &dyn Model, selection: Selection) -> Vec<Typed> {
    let inputs = selection.cells().filter(|at| model.cell(*at).entry.is_input());
    inputs.map(|at| Typed { at, text: String::new() }).collect()
}

/// The edits that put texts into cells. An empty text, or 0, for a blocked cell changes nothing.
///
/// # Errors
/// Every cell that refuses its text, by name, with the reason: read-only cells first.
fn edits(numbers: Numbers, model: &dyn Model, typed: &[Typed]) -> Result<Vec<PlanEdit>, Faults> {
    let is_nothing = |text: &str| text.trim().is_empty() || numbers.read(text).is_ok_and(|n| n == Exact::ZERO);
    let (mut taken, mut faults) = (Vec::new(), Vec::new());
    for one in typed {
        match model.cell(one.at).entry {
            CellEntry::Input(_) => taken.push(one.clone()),
            CellEntry::Blocked(_) if is_nothing(&one.text) => {}
            _ => faults.push((model.name(one.at), refusal(model, one.at, &one.text))),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    model.edits(&taken).map_err(|refused| refused.into_iter().map(|r| (model.name(r.at), r.why)).collect())
}

/// The cells that the plan refuses each for itself, and why; all of them where only together they are refused.
fn blamed(host: &SheetHost<'_>, model: &dyn Model, typed: &[Typed], why: String) -> Faults {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::sheet::counted_model::CountedModel;

    #[test]
    fn a_table_of_one_input_has_no_other() {
        for (rows, columns, has) in [(1, 1, false), (2, 1, true), (1, 2, true)] {
            let last = At { row: rows - 1, column: columns - 1 };
            assert_eq!(has_other_input(&CountedModel::new(rows, columns), last), has, "{rows} by {columns}");
        }
    }
}
