//! The state of a sheet between frames: the selection, the text being typed, what is being dragged.

use std::sync::Weak;

use super::cell_menu::CellMenu;
use super::clipboard::Copied;
use super::drag::Drag;
use super::editing::Editing;
use super::find::TableFind;
use super::model::Model;
use super::refusal::Refusal;
use super::selection::{At, Selection, Size, Step};
use super::summary::Summary;
use super::widths::ColumnWidths;
use crate::engine::Outcome;

/// A sheet's state.
#[derive(Default)]
pub(in crate::desktop) struct Sheet {
    pub(super) selection: Option<Selection>,
    /// The cursor as the view knows it.
    pub(super) reported: Option<At>,
    /// The id under which the sheet is drawn.
    pub(super) id: Option<egui::Id>,
    pub(super) editing: Option<Editing>,
    /// Open this cell for typing when the sheet is drawn.
    pub(super) opens: Option<At>,
    /// Bring this cell into sight.
    pub(super) reveal: Option<At>,
    /// Give the sheet the keyboard.
    pub(super) focus: bool,
    /// Esc has been pressed: Tab leads out of the sheet, Enter back into it.
    pub(super) resting: bool,
    /// The column from which Tab has been going right: Enter returns to it, a row further down.
    pub(super) tab_from: Option<usize>,
    /// The cell that took a text at the table's edge, so that the cursor could not go on: typing on is refused there.
    pub(super) filled_at_edge: Option<At>,
    pub(super) size: Size,
    /// The drag of the pointer, while its button is down.
    pub(super) drag: Option<Drag>,
    /// The open menu of the selected cells.
    pub(super) menu: Option<CellMenu>,
    /// The search, while its field is open.
    pub(super) find: Option<TableFind>,
    pub(super) widths: ColumnWidths,
    /// The cells that were copied last.
    pub(super) copied: Option<Copied>,
    /// Why the last paste or fill was refused, until it is read.
    pub(super) refusal: Option<Refusal>,
    /// The pass in which the sheet was drawn last.
    pub(super) pass: u64,
    pub(super) summed: Option<Summed>,
}

/// A summary with the selection and the outcome that it is of.
pub(super) struct Summed {
    pub(super) selection: Selection,
    pub(super) outcome: Weak<Outcome>,
    pub(super) summary: Option<Summary>,
}

impl Sheet {
    /// The selected block.
    pub(in crate::desktop) const fn selection(&self) -> Option<Selection> {
        self.selection
    }

    /// Selects a cell, brings it into sight and gives the sheet the keyboard.
    pub(in crate::desktop) fn select(&mut self, at: At) {
        self.editing = None;
        self.end_run();
        self.move_to(Selection::one(at));
    }

    /// Ends a run of typing with Tab or Enter: the cursor goes elsewhere by itself.
    pub(super) const fn end_run(&mut self) {
        self.tab_from = None;
        self.filled_at_edge = None;
    }

    /// Selects a cell and opens it for typing.
    pub(in crate::desktop) fn edit(&mut self, at: At) {
        self.select(at);
        self.opens = Some(at);
    }

    /// Selects a cell and brings it into sight; the keyboard stays where it is.
    pub(in crate::desktop) fn mark(&mut self, at: At) {
        if self.editing.is_none() {
            self.selection = Some(Selection::one(at));
            self.reveal = Some(at);
            self.end_run();
        }
    }

    /// Rows were folded or unfolded: the cursor's row is this one now. Nothing is scrolled.
    pub(in crate::desktop) fn follow(&mut self, row: usize) {
        if let Some(selection) = self.selection.filter(|s| s.cursor.row != row) {
            self.selection = Some(Selection::one(At { row, ..selection.cursor }));
        }
    }

    /// Selects a block, brings it into sight and gives the sheet the keyboard.
    pub(super) fn move_to(&mut self, selection: Selection) {
        // A block is drawn out at its end; within a block the cursor moves.
        let same_block = self.selection.is_some_and(|s| s.anchor == selection.anchor && s.end == selection.end);
        self.reveal = Some(if same_block { selection.cursor } else { selection.end });
        self.selection = Some(selection);
        self.focus = true;
        self.resting = false;
    }

    /// To the next input; `false` if the table ends at the cursor. Enter after a run of Tab returns to the column where the
    /// run began, as in every spreadsheet.
    pub(super) fn step(&mut self, model: &dyn Model, step: Step) -> bool {
        let Some(mut from) = self.selection else { return false };
        match (step, self.tab_from) {
            _ if from.is_block() => {}
            (Step::Right | Step::Left, None) => self.tab_from = Some(from.cursor.column),
            (Step::Down, Some(column)) => {
                from = Selection::one(At { row: from.cursor.row, column });
                self.tab_from = None;
            }
            (Step::Up, _) => self.tab_from = None,
            _ => {}
        }
        let takes = |at: At| model.cell(at).entry.is_input();
        let moved = from.step(step, self.size, &takes).filter(|moved| from.is_block() || moved.cursor != from.cursor);
        let Some(moved) = moved else {
            self.reveal = self.selection.map(|s| s.cursor);
            self.focus = true;
            self.resting = false;
            return false;
        };
        self.filled_at_edge = None;
        self.move_to(moved);
        true
    }
}
