//! What a person can ask of the window: commands with their shortcuts, and the actions that views send.

use std::path::PathBuf;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::views::View;
use crate::engine::Place;
use crate::plan::PlanEdit;

/// A command of the menus, the same wherever it is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    New,
    Open,
    Save,
    SaveAs,
    Quit,
    Undo,
    Redo,
}

impl Command {
    pub(super) const FILE: &'static [Self] = &[Self::New, Self::Open, Self::Save, Self::SaveAs, Self::Quit];
    pub(super) const EDIT: &'static [Self] = &[Self::Undo, Self::Redo];

    /// The name in a menu; it ends in … where more is asked first.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::New => "New…",
            Self::Open => "Open…",
            Self::Save => "Save",
            Self::SaveAs => "Save as…",
            Self::Quit => "Quit",
            Self::Undo => "Undo",
            Self::Redo => "Redo",
        }
    }

    pub(super) const fn shortcut(self) -> KeyboardShortcut {
        let (modifiers, key) = match self {
            Self::New => (Modifiers::COMMAND, Key::N),
            Self::Open => (Modifiers::COMMAND, Key::O),
            Self::Save => (Modifiers::COMMAND, Key::S),
            Self::SaveAs => (Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S),
            Self::Quit => (Modifiers::COMMAND, Key::Q),
            Self::Undo => (Modifiers::COMMAND, Key::Z),
            Self::Redo => (Modifiers::COMMAND, Key::Y),
        };
        KeyboardShortcut::new(modifiers, key)
    }

    /// The command whose shortcut was pressed. Undo and redo belong to a text field while it has the focus.
    pub(super) fn pressed(ctx: &egui::Context) -> Option<Self> {
        let typing = ctx.text_edit_focused();
        // Longer shortcuts first: Ctrl+S would match Ctrl+Shift+S.
        let order = [Self::SaveAs, Self::Save, Self::New, Self::Open, Self::Quit, Self::Undo, Self::Redo];
        order
            .into_iter()
            .filter(|c| !(typing && Self::EDIT.contains(c)))
            .find(|c| ctx.input_mut(|i| i.consume_shortcut(&c.shortcut())))
    }
}

/// What a view or a dialog asks the app to do.
#[derive(Debug, Clone)]
pub(super) enum Action {
    /// Carry out a command.
    Command(Command),
    /// Change the plan as one step that can be undone.
    Commit { label: String, edits: Vec<PlanEdit> },
    /// Show what these edits would do, without doing them.
    Preview(Vec<PlanEdit>),
    /// Show the plan as it is again.
    EndPreview,
    /// Show a view.
    Show(View),
    /// Show a place in the grid.
    GoTo { place: Place, quarter: Option<usize> },
    /// Do this, which loses the present plan, once the planner agrees.
    AskThen(Box<Action>),
    /// Start from a bundled plan, whatever becomes of the present one.
    StartFrom(&'static str),
    /// Read a plan, whatever becomes of the present one.
    Read(PathBuf),
    /// Write the plan there.
    Write(PathBuf),
    /// Close the window without a further question.
    Leave,
    /// Say something in the status line.
    Say(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_shortcut() {
        let all: Vec<Command> = Command::FILE.iter().chain(Command::EDIT).copied().collect();
        for (index, one) in all.iter().enumerate() {
            for other in all.iter().skip(index + 1) {
                assert_ne!(one.shortcut(), other.shortcut(), "{one:?} and {other:?}");
            }
        }
    }
}
