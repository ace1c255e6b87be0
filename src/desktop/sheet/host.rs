//! What a sheet works with in one frame: the open plan, which judges edits, the style, and the events it leaves.

use super::cursor::SheetCursor;
use super::event::SheetEvent;
use super::selection::At;
use crate::desktop::document::Document;
use crate::desktop::numbers::Numbers;
use crate::desktop::style::Style;
use crate::desktop::tokens::Palette;
use crate::plan::PlanEdit;

/// The surroundings of a sheet in one frame.
pub(in crate::desktop) struct SheetHost<'a> {
    pub(super) document: &'a Document,
    pub(super) palette: Palette,
    pub(super) numbers: Numbers,
    /// The titles of what can be done with a cell's row, for the menu.
    pub(super) menu: &'a dyn Fn(At) -> Vec<String>,
    events: Vec<SheetEvent>,
}

impl<'a> SheetHost<'a> {
    /// A host without events; `menu` gives the titles of what can be done with a cell's row.
    pub(in crate::desktop) const fn new(
        document: &'a Document,
        style: Style,
        menu: &'a dyn Fn(At) -> Vec<String>,
    ) -> Self {
        Self { document, palette: style.palette, numbers: style.numbers, menu, events: Vec::new() }
    }

    /// The events of the frame, in their order.
    pub(in crate::desktop) fn into_events(self) -> Vec<SheetEvent> {
        self.events
    }

    /// Leaves an event.
    pub(super) fn send(&mut self, event: SheetEvent) {
        self.events.push(event);
    }

    /// Asks for a change of the plan as one step.
    pub(super) fn commit(&mut self, label: String, edits: Vec<PlanEdit>, cursor: Option<SheetCursor>) {
        self.send(SheetEvent::Commit { label, edits, cursor });
    }
}
