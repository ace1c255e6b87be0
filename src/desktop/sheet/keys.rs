//! What a key means to a sheet: while a cell is selected, and while something is being typed. Draws nothing.

use egui::{Event, Key, Modifiers};

use super::fill::Fill;
use super::selection::Step;

/// The request of a key to a sheet, while nothing is being typed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Intent {
    /// A key that may move the selection.
    Move(Key, Modifiers),
    /// To the next cell.
    Step(Step),
    /// Change the cell's own text.
    Edit,
    /// Type over the cell.
    Type(String),
    Clear,
    Copy,
    CopyWithHeadings,
    Cut,
    /// Ask the system for the text of the clipboard, to paste it.
    RequestPaste,
    Paste(String),
    /// Show where the figure comes from.
    Explain,
    Fill(Fill),
    /// Find a text in the table.
    Find,
    /// Show the notes on the cell, to add one.
    Note,
    /// Fold or unfold the row.
    Fold,
    /// Leave the sheet.
    Leave,
}

/// A command of the table with the keyboard, from a menu or the finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum TableCommand {
    Copy,
    CopyWithHeadings,
    Cut,
    Paste,
    FillDown,
    FillRight,
    Explain,
    Find,
}

impl TableCommand {
    /// The same request as that of a key.
    pub(super) const fn intent(self) -> Intent {
        match self {
            Self::Copy => Intent::Copy,
            Self::CopyWithHeadings => Intent::CopyWithHeadings,
            Self::Cut => Intent::Cut,
            Self::Paste => Intent::RequestPaste,
            Self::FillDown => Intent::Fill(Fill::Down),
            Self::FillRight => Intent::Fill(Fill::Right),
            Self::Explain => Intent::Explain,
            Self::Find => Intent::Find,
        }
    }
}

/// The request of an event to a sheet, while nothing is being typed.
pub(super) fn intent(event: &Event) -> Option<Intent> {
    let (key, modifiers) = match event {
        Event::Copy => return Some(Intent::Copy),
        Event::Cut => return Some(Intent::Cut),
        Event::Paste(text) => return Some(Intent::Paste(text.clone())),
        Event::Text(text) if !text.trim().is_empty() => return Some(Intent::Type(text.clone())),
        Event::Key { key, pressed: true, modifiers, .. } => (*key, *modifiers),
        _ => return None,
    };
    let plain = !modifiers.command && !modifiers.alt;
    Some(match key {
        Key::Tab if plain => Intent::Step(if modifiers.shift { Step::Left } else { Step::Right }),
        Key::Enter if plain => Intent::Step(if modifiers.shift { Step::Up } else { Step::Down }),
        Key::F2 if plain && modifiers.shift => Intent::Note,
        Key::F2 if plain => Intent::Edit,
        Key::ArrowDown if modifiers.alt => Intent::Edit,
        Key::Delete | Key::Backspace if plain => Intent::Clear,
        Key::D if modifiers.command && !modifiers.shift => Intent::Fill(Fill::Down),
        Key::R if modifiers.command && !modifiers.shift => Intent::Fill(Fill::Right),
        Key::C if modifiers.command && modifiers.shift => Intent::CopyWithHeadings,
        Key::Space if modifiers.is_none() => Intent::Fold,
        Key::Escape => Intent::Leave,
        key => Intent::Move(key, modifiers),
    })
}

/// The effect of a key while something is being typed. Every other key belongs to the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldKey {
    /// Take the text over and go on.
    Commit(Step),
    /// Take the text over into every selected cell.
    CommitToAll,
    /// Take nothing over.
    Cancel,
    /// From now on the arrows move within the text, or no longer.
    SwitchArrows,
    /// To the next or previous word of the list.
    Choose(Step),
}

/// How the arrows work while something is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Arrows {
    /// They take the text over and go on: typing began by typing.
    GoOn,
    /// They move within the text.
    WithinText,
    /// Up and down go through the list of words.
    ThroughChoices,
}

/// The effect of an event on the field that is typed into.
pub(super) fn field_key(event: &Event, arrows: Arrows) -> Option<FieldKey> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    let back = modifiers.shift;
    match key {
        Key::Enter if modifiers.command => Some(FieldKey::CommitToAll),
        Key::Enter => Some(FieldKey::Commit(if back { Step::Up } else { Step::Down })),
        Key::Tab => Some(FieldKey::Commit(if back { Step::Left } else { Step::Right })),
        Key::Escape => Some(FieldKey::Cancel),
        Key::F2 => Some(FieldKey::SwitchArrows),
        Key::ArrowUp if arrows == Arrows::ThroughChoices => Some(FieldKey::Choose(Step::Up)),
        Key::ArrowDown if arrows == Arrows::ThroughChoices => Some(FieldKey::Choose(Step::Down)),
        _ if arrows != Arrows::GoOn || modifiers.any() => None,
        Key::ArrowUp => Some(FieldKey::Commit(Step::Up)),
        Key::ArrowDown => Some(FieldKey::Commit(Step::Down)),
        Key::ArrowLeft => Some(FieldKey::Commit(Step::Left)),
        Key::ArrowRight => Some(FieldKey::Commit(Step::Right)),
        _ => None,
    }
}

/// The keys of a sheet and what they do, for the list of shortcuts.
pub(in crate::desktop) const KEYS: &[(&str, &str)] = &[
    ("Arrows", "Move; with Ctrl to the edge of the filled cells"),
    ("Shift+arrows", "Draw out the selection"),
    (
        "Tab, Enter",
        "Next input, past totals and figures; with Shift the one before; within a selection round and round",
    ),
    ("Home, End", "First and last column; with Ctrl first and last cell"),
    ("Page up, Page down", "A page up or down"),
    ("Ctrl+A", "Select everything"),
    ("Shift+Space, Ctrl+Space", "Select the row, the column"),
    ("Any character", "Type over the cell"),
    ("=5+3, +2, *1.1", "Work out a number; +, * and / go on from the cell's own"),
    ("F2", "Change the cell's text, or a total; again, to let the arrows move within it or on"),
    ("Shift+F2", "Show the notes on the cell, and add one"),
    ("Ctrl+Enter", "While typing: fill the inputs of the selection with the text"),
    ("Esc", "Take back what is typed; leave the table"),
    ("Delete", "Clear"),
    ("Ctrl+C, Ctrl+X, Ctrl+V", "Copy, cut, paste, also from and to other spreadsheets"),
    ("Ctrl+Shift+C", "Copy with the headings of rows and columns"),
    ("Ctrl+F", "Find in the table; Enter goes to the next place, with Shift to the one before"),
    ("Ctrl+E", "Explain the figure; the inspector then follows the cursor"),
    ("Ctrl+D, Ctrl+R", "Fill down, fill to the right"),
    ("Space", "Fold or unfold the row"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: Key, modifiers: Modifiers) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
    }

    #[test]
    fn keys_of_a_selected_cell() {
        let (none, shift, ctrl) = (Modifiers::NONE, Modifiers::SHIFT, Modifiers::COMMAND);
        for (event, expected) in [
            (press(Key::Tab, none), Intent::Step(Step::Right)),
            (press(Key::Tab, shift), Intent::Step(Step::Left)),
            (press(Key::Enter, none), Intent::Step(Step::Down)),
            (press(Key::Enter, shift), Intent::Step(Step::Up)),
            (press(Key::F2, none), Intent::Edit),
            (press(Key::F2, shift), Intent::Note),
            (press(Key::ArrowDown, Modifiers::ALT), Intent::Edit),
            (press(Key::ArrowDown, ctrl), Intent::Move(Key::ArrowDown, ctrl)),
            (press(Key::Delete, none), Intent::Clear),
            (press(Key::D, ctrl), Intent::Fill(Fill::Down)),
            (press(Key::R, ctrl), Intent::Fill(Fill::Right)),
            (press(Key::Space, none), Intent::Fold),
            (press(Key::Space, shift), Intent::Move(Key::Space, shift)),
            (press(Key::Escape, none), Intent::Leave),
            (Event::Text("7".to_owned()), Intent::Type("7".to_owned())),
            (Event::Paste("7".to_owned()), Intent::Paste("7".to_owned())),
        ] {
            assert_eq!(intent(&event), Some(expected), "{event:?}");
        }
        assert_eq!(intent(&Event::Text(" ".to_owned())), None);
    }

    #[test]
    fn arrows_go_on_only_where_typing_began_by_typing() {
        let (none, shift) = (Modifiers::NONE, Modifiers::SHIFT);
        for (key, modifiers, arrows, expected) in [
            (Key::ArrowRight, none, Arrows::GoOn, Some(FieldKey::Commit(Step::Right))),
            (Key::ArrowRight, none, Arrows::WithinText, None),
            (Key::ArrowRight, shift, Arrows::GoOn, None),
            (Key::ArrowDown, none, Arrows::ThroughChoices, Some(FieldKey::Choose(Step::Down))),
            (Key::ArrowLeft, none, Arrows::ThroughChoices, None),
            (Key::Enter, none, Arrows::WithinText, Some(FieldKey::Commit(Step::Down))),
            (Key::Enter, shift, Arrows::GoOn, Some(FieldKey::Commit(Step::Up))),
            (Key::Enter, Modifiers::COMMAND, Arrows::GoOn, Some(FieldKey::CommitToAll)),
            (Key::Tab, shift, Arrows::GoOn, Some(FieldKey::Commit(Step::Left))),
            (Key::Escape, none, Arrows::GoOn, Some(FieldKey::Cancel)),
            (Key::F2, none, Arrows::GoOn, Some(FieldKey::SwitchArrows)),
            (Key::Home, none, Arrows::GoOn, None),
        ] {
            assert_eq!(field_key(&press(key, modifiers), arrows), expected, "{key:?} {arrows:?}");
        }
    }
}
