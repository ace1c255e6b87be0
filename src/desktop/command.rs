//! Every command of the window in one table: menus, the palette, shortcuts, tooltips and the sheet of shortcuts all
//! read it.

use egui::{Key, KeyboardShortcut, Modifiers, ThemePreference};

use super::icons::Icon;
use super::sheet::TableCommand;
use super::view::View;

/// A command that works everywhere in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    New,
    Open,
    Save,
    SaveAs,
    Protect,
    Versions,
    ExportPositions,
    ExportWorkbook,
    ExportBrief,
    Print,
    Import,
    Quit,
    Undo,
    Redo,
    Show(View),
    Find,
    /// A command of the table with the keyboard.
    InTable(TableCommand),
    /// A command of the window: zoom, theme.
    Window(WindowCommand),
    FullScreen,
    ToggleInspector,
    ToTable,
    Guide,
    Shortcuts,
    Settings,
    Tour,
}

/// A command of the window: zoom, theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WindowCommand {
    ZoomIn,
    ZoomOut,
    ZoomReset,
    Light,
    Dark,
    SystemTheme,
}

impl WindowCommand {
    /// Carries the command out.
    pub(super) fn carry_out(self, ctx: &egui::Context) {
        match self {
            Self::ZoomIn => egui::gui_zoom::zoom_in(ctx),
            Self::ZoomOut => egui::gui_zoom::zoom_out(ctx),
            Self::ZoomReset => ctx.set_zoom_factor(1.0),
            Self::Light => ctx.set_theme(ThemePreference::Light),
            Self::Dark => ctx.set_theme(ThemePreference::Dark),
            Self::SystemTheme => ctx.set_theme(ThemePreference::System),
        }
    }
}

/// The menu that a command stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Menu {
    File,
    Edit,
    View,
    Help,
}

impl Menu {
    pub(super) const ALL: [Self; 4] = [Self::File, Self::Edit, Self::View, Self::Help];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// A command with its place in the menus, its words and its keys.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) command: Command,
    pub(super) menu: Menu,
    pub(super) icon: Icon,
    /// Sentence case; ends in … where more is asked first.
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    keys: Option<(Modifiers, Key)>,
    /// Whether the table that has the keyboard, or egui, takes these keys itself.
    taken_elsewhere: bool,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn entry(
    command: Command,
    menu: Menu,
    icon: Icon,
    title: &'static str,
    about: &'static str,
    keys: Option<(Modifiers, Key)>,
) -> Entry {
    Entry { command, menu, icon, title, about, keys, taken_elsewhere: false }
}

/// A command whose keys the table that has the keyboard, or egui, takes itself.
const fn elsewhere(entry: Entry) -> Entry {
    Entry { taken_elsewhere: true, ..entry }
}

/// A command of the table with the keyboard.
const fn in_table(
    command: TableCommand,
    icon: Icon,
    title: &'static str,
    about: &'static str,
    keys: (Modifiers, Key),
) -> Entry {
    elsewhere(entry(Command::InTable(command), Menu::Edit, icon, title, about, Some(keys)))
}

/// A command of the window.
const fn window(
    command: WindowCommand,
    icon: Icon,
    title: &'static str,
    about: &'static str,
    keys: Option<(Modifiers, Key)>,
) -> Entry {
    entry(Command::Window(command), Menu::View, icon, title, about, keys)
}

/// Every command, in the order of the menus.
pub(super) const COMMANDS: &[Entry] = &[
    entry(Command::New, Menu::File, Icon::FilePlus, "New…", "Start from a bundled plan", Some((CTRL, Key::N))),
    entry(Command::Open, Menu::File, Icon::FolderOpen, "Open…", "Open a plan file", Some((CTRL, Key::O))),
    entry(Command::Save, Menu::File, Icon::FloppyDisk, "Save", "Write the plan to its file", Some((CTRL, Key::S))),
    entry(
        Command::SaveAs,
        Menu::File,
        Icon::FloppyDisk,
        "Save as…",
        "Write the plan to another file",
        Some((CTRL_SHIFT, Key::S)),
    ),
    entry(
        Command::Protect,
        Menu::File,
        Icon::Lock,
        "Save with a passphrase…",
        "Write the plan to a file that only a passphrase opens",
        None,
    ),
    entry(
        Command::Versions,
        Menu::File,
        Icon::ClockCounterClockwise,
        "Earlier versions…",
        "Open an earlier version of the plan's file",
        None,
    ),
    entry(
        Command::ExportPositions,
        Menu::File,
        Icon::Export,
        "Export positions…",
        "Write the hiring plan for HR's own system, as CSV, XLSX or calendar",
        Some((CTRL_SHIFT, Key::E)),
    ),
    entry(
        Command::ExportWorkbook,
        Menu::File,
        Icon::FileXls,
        "Export the workbook…",
        "Write the whole model as an Excel workbook with live formulas",
        Some((CTRL_SHIFT, Key::W)),
    ),
    entry(
        Command::ExportBrief,
        Menu::File,
        Icon::FilePdf,
        "Export the brief…",
        "Write two pages for the board, as PDF",
        Some((CTRL_SHIFT, Key::B)),
    ),
    entry(
        Command::Print,
        Menu::File,
        Icon::Printer,
        "Print the view…",
        "Write the tables and charts of this view as a PDF, light and without the window, to print or pass on",
        Some((CTRL, Key::P)),
    ),
    entry(
        Command::Import,
        Menu::File,
        Icon::DownloadSimple,
        "Import…",
        "Take in a roster, targets, accounts, pay or hires from a CSV or Excel file",
        Some((CTRL_SHIFT, Key::O)),
    ),
    entry(Command::Settings, Menu::File, Icon::Gear, "Settings…", "Numbers, theme and size", Some((CTRL, Key::Comma))),
    entry(Command::Quit, Menu::File, Icon::X, "Quit", "Close the window", Some((CTRL, Key::Q))),
    entry(Command::Undo, Menu::Edit, Icon::ArrowUUpLeft, "Undo", "Take the last change back", Some((CTRL, Key::Z))),
    entry(
        Command::Redo,
        Menu::Edit,
        Icon::ArrowUUpRight,
        "Redo",
        "Do the change again that was taken back",
        Some((CTRL, Key::Y)),
    ),
    in_table(
        TableCommand::Cut,
        Icon::Scissors,
        "Cut",
        "Copy the selected cells and clear their inputs",
        (CTRL, Key::X),
    ),
    in_table(TableCommand::Copy, Icon::Copy, "Copy", "Copy the selected cells", (CTRL, Key::C)),
    in_table(
        TableCommand::CopyWithHeadings,
        Icon::Copy,
        "Copy with headings",
        "Copy the selected cells with the headings of their rows and columns",
        (CTRL_SHIFT, Key::C),
    ),
    in_table(
        TableCommand::Paste,
        Icon::Clipboard,
        "Paste",
        "Paste over the inputs from the selected cell on",
        (CTRL, Key::V),
    ),
    in_table(
        TableCommand::FillDown,
        Icon::ArrowDown,
        "Fill down",
        "Fill the selected inputs from the first row",
        (CTRL, Key::D),
    ),
    in_table(
        TableCommand::FillRight,
        Icon::ArrowRight,
        "Fill to the right",
        "Fill the selected inputs from the first column",
        (CTRL, Key::R),
    ),
    entry(
        Command::InTable(TableCommand::Find),
        Menu::Edit,
        Icon::MagnifyingGlass,
        "Find in the table…",
        "Find a row by its name, or a cell by what it shows",
        Some((CTRL, Key::F)),
    ),
    entry(
        Command::InTable(TableCommand::Explain),
        Menu::Edit,
        Icon::TreeStructure,
        "Explain the figure",
        "Show how the figure of the selected cell is made",
        Some((CTRL, Key::E)),
    ),
    entry(
        Command::Show(View::Plan),
        Menu::View,
        View::Plan.icon(),
        "Plan",
        View::Plan.about(),
        Some((CTRL, Key::Num1)),
    ),
    entry(
        Command::Show(View::Coverage),
        Menu::View,
        View::Coverage.icon(),
        "Coverage",
        View::Coverage.about(),
        Some((CTRL, Key::Num2)),
    ),
    entry(
        Command::Show(View::Cost),
        Menu::View,
        View::Cost.icon(),
        "Cost",
        View::Cost.about(),
        Some((CTRL, Key::Num3)),
    ),
    entry(
        Command::Show(View::Workforce),
        Menu::View,
        View::Workforce.icon(),
        "Workforce",
        View::Workforce.about(),
        Some((CTRL, Key::Num4)),
    ),
    entry(
        Command::Show(View::Positions),
        Menu::View,
        View::Positions.icon(),
        "Positions",
        View::Positions.about(),
        Some((CTRL, Key::Num5)),
    ),
    entry(Command::Show(View::Year), Menu::View, View::Year.icon(), "Year", View::Year.about(), Some((CTRL, Key::T))),
    entry(
        Command::Show(View::Scenarios),
        Menu::View,
        View::Scenarios.icon(),
        "Scenarios",
        View::Scenarios.about(),
        Some((CTRL, Key::Num6)),
    ),
    entry(
        Command::Show(View::Risk),
        Menu::View,
        View::Risk.icon(),
        "Risk",
        View::Risk.about(),
        Some((CTRL, Key::Num9)),
    ),
    entry(
        Command::Show(View::Optimise),
        Menu::View,
        View::Optimise.icon(),
        "Optimise",
        View::Optimise.about(),
        Some((CTRL, Key::M)),
    ),
    entry(
        Command::Show(View::Assumptions),
        Menu::View,
        View::Assumptions.icon(),
        "Assumptions",
        View::Assumptions.about(),
        Some((CTRL, Key::Num7)),
    ),
    entry(
        Command::Show(View::Checks),
        Menu::View,
        View::Checks.icon(),
        "Checks",
        View::Checks.about(),
        Some((CTRL, Key::Num8)),
    ),
    entry(
        Command::ToggleInspector,
        Menu::View,
        Icon::TreeStructure,
        "Inspector",
        "Show or hide how the selected figure is made",
        Some((CTRL, Key::I)),
    ),
    entry(
        Command::ToTable,
        Menu::View,
        Icon::Keyboard,
        "Into the table",
        "Give the keyboard to the table that had it last, or to the first of the view; Esc and Tab lead out of it",
        Some((Modifiers::NONE, Key::F6)),
    ),
    entry(
        Command::Find,
        Menu::Edit,
        Icon::MagnifyingGlass,
        "Find a command…",
        "Find a command, view, region, role or finding by its name",
        Some((CTRL, Key::K)),
    ),
    elsewhere(window(WindowCommand::ZoomIn, Icon::Plus, "Zoom in", "Show everything larger", Some((CTRL, Key::Plus)))),
    elsewhere(window(
        WindowCommand::ZoomOut,
        Icon::Minus,
        "Zoom out",
        "Show everything smaller",
        Some((CTRL, Key::Minus)),
    )),
    elsewhere(window(
        WindowCommand::ZoomReset,
        Icon::MagnifyingGlass,
        "Reset zoom",
        "Show everything in its usual size",
        Some((CTRL, Key::Num0)),
    )),
    entry(
        Command::FullScreen,
        Menu::View,
        Icon::GridFour,
        "Full screen",
        "Fill the screen with the view and the headline figures in larger type, as for a projector; Escape leaves it",
        Some((Modifiers::NONE, Key::F11)),
    ),
    window(WindowCommand::Light, Icon::Sun, "Light theme", "Dark text on a light background", None),
    window(WindowCommand::Dark, Icon::Moon, "Dark theme", "Light text on a dark background", None),
    window(WindowCommand::SystemTheme, Icon::Gear, "System theme", "Light or dark, as the system has it", None),
    entry(
        Command::Guide,
        Menu::Help,
        Icon::Question,
        "Guide",
        "How Muster is used, what every figure means, and a glossary, with a search",
        Some((Modifiers::NONE, Key::F1)),
    ),
    entry(
        Command::Shortcuts,
        Menu::Help,
        Icon::Keyboard,
        "Keyboard shortcuts",
        "Every key that does something",
        Some((Modifiers::NONE, Key::Questionmark)),
    ),
    entry(Command::Tour, Menu::Help, Icon::Flag, "First steps", "What is where, in four steps", None),
];

impl Command {
    /// Its line in the table.
    pub(super) fn entry(self) -> Option<&'static Entry> {
        COMMANDS.iter().find(|e| e.command == self)
    }

    /// Whether a key is the shortcut of a command.
    pub(super) fn has_keys(key: Key, modifiers: Modifiers) -> bool {
        COMMANDS.iter().filter_map(|e| e.keys).any(|(with, own)| own == key && modifiers.matches_logically(with))
    }

    /// The command whose shortcut was pressed. What a text field understands itself belongs to it while it has the
    /// focus: undo, redo, and keys without Ctrl.
    pub(super) fn pressed(ctx: &egui::Context) -> Option<Self> {
        let typing = ctx.text_edit_focused();
        let mut order: Vec<&Entry> = COMMANDS.iter().filter(|e| e.keys.is_some()).collect();
        // Longer shortcuts first: Ctrl+S would match Ctrl+Shift+S.
        order.sort_by_key(|e| e.keys.is_some_and(|(modifiers, _)| !modifiers.shift));
        let free = |e: &&Entry| {
            let plain = e.keys.is_some_and(|(modifiers, _)| !modifiers.command);
            !e.taken_elsewhere && !(typing && (plain || matches!(e.command, Self::Undo | Self::Redo)))
        };
        let found = order
            .into_iter()
            .filter(free)
            .find(|e| e.shortcut().is_some_and(|shortcut| ctx.input_mut(|i| i.consume_shortcut(&shortcut))));
        found.map(|e| e.command)
    }
}

impl Entry {
    /// Its shortcut, if it has one.
    pub(super) fn shortcut(&self) -> Option<KeyboardShortcut> {
        self.keys.map(|(modifiers, key)| KeyboardShortcut::new(modifiers, key))
    }

    /// Its shortcut as it stands on the keys: `Ctrl+,`, not `Ctrl+Comma`.
    pub(super) fn keys(&self, ctx: &egui::Context) -> Option<String> {
        let words = ctx.format_shortcut(&self.shortcut()?);
        Some(words.replace("Comma", ",").replace("Questionmark", "?").replace("Plus", "+").replace("Minus", "-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_commands_share_a_shortcut_or_a_title() {
        for (index, one) in COMMANDS.iter().enumerate() {
            for other in COMMANDS.iter().skip(index + 1) {
                assert_ne!(one.title, other.title);
                assert_ne!(one.command, other.command);
                assert!(one.keys.is_none() || one.keys != other.keys, "{} and {}", one.title, other.title);
            }
        }
    }

    #[test]
    fn every_view_has_a_command() {
        for view in View::ALL {
            let entry = Command::Show(view).entry();
            assert_eq!(entry.map(|e| e.title), Some(view.title()));
        }
    }
}
