//! Requests of a sheet to the window: changes of the plan, previews, explanations, messages. The window turns each into
//! an action.

use std::sync::Arc;

use super::cursor::SheetCursor;
use super::summary::Summary;
use crate::engine::{Key, Outcome};
use crate::plan::PlanEdit;

/// Something that a sheet asks of the window.
#[derive(Debug, Clone)]
pub(in crate::desktop) enum SheetEvent {
    /// Change the plan as one step that can be undone.
    Commit { label: String, edits: Vec<PlanEdit>, cursor: Option<SheetCursor> },
    /// Show this outcome: of the plan with the text being typed.
    Preview(Arc<Outcome>),
    /// Show the plan as it is again.
    EndPreview,
    /// Show where a figure comes from.
    Explain(Key),
    /// Explain the figure under the cursor, if the inspector is in sight.
    Follow(Key),
    /// The sum of the selected cells is now this.
    Summed(Option<Summary>),
    /// Write a message in the status line.
    Say(String),
}
