//! The grid as a spreadsheet, through the window's accessibility tree: blocks, clipboard, filling, typing, roles.

use crate::harness::{Window, copy_of_the_world, window};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, PointerButton};
use egui_kittest::{Harness, kittest::NodeT, kittest::Queryable};
use muster::files;
use muster::plan::Plan;
use tempfile::TempDir;

/// A window with the test plan, and the folder that its file lives in.
pub(crate) struct Desk {
    pub(crate) window: Harness<'static, Window>,
    _folder: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::with(|_| ())
    }

    /// The test plan, changed before it is opened.
    pub(crate) fn with(change: impl FnOnce(&mut Plan)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = copy_of_the_world(folder.path());
        let mut plan = files::read(&path).unwrap();
        change(&mut plan);
        files::write(&path, &plan).unwrap();
        Self { window: window(&path), _folder: folder }
    }

    pub(crate) fn plan(&self) -> Plan {
        Plan::clone(self.window.state().document().plan())
    }

    /// The name of a cell of the first region's role, by role and quarter.
    pub(crate) fn cell(&self, role: usize, quarter: usize) -> String {
        let plan = self.plan();
        format!("{}, {}, FY11 Q{}", plan.regions[0].name, plan.roles[role].name, quarter + 1)
    }

    pub(crate) fn hires(&self, role: usize, quarter: usize) -> u32 {
        let plan = self.plan();
        plan.hires(&plan.regions[0].id, &plan.roles[role].id, quarter)
    }

    /// Hires of the first two roles in the first two quarters.
    pub(crate) fn corner(&self) -> [u32; 4] {
        [self.hires(0, 0), self.hires(0, 1), self.hires(1, 0), self.hires(1, 1)]
    }

    pub(crate) fn click(&mut self, label: &str) {
        // What the inspector explains may have the name of a cell.
        let cell = self.window.query_by_role_and_label(Role::GridCell, label);
        cell.unwrap_or_else(|| self.window.get_by_label(label)).click();
        self.window.run();
    }

    /// Opens the menu of a cell, as the second mouse button does.
    pub(crate) fn open_menu(&mut self, cell: &str) {
        let place = self.window.get_by_role_and_label(Role::GridCell, cell).rect().center();
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        for pressed in [true, false] {
            self.window.event(Event::PointerMoved(place));
            self.window.event(Event::PointerButton { pos: place, button, pressed, modifiers });
        }
        self.window.run();
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.window.event(event);
        self.window.run();
    }

    pub(crate) fn key(&mut self, key: Key) {
        self.keys(Modifiers::NONE, key);
    }

    pub(crate) fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.window.key_press_modifiers(modifiers, key);
        self.window.run();
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.event(Event::Text(text.to_owned()));
    }

    /// What went to the clipboard when Copy was pressed.
    pub(crate) fn copy(&mut self) -> Option<String> {
        self.window.event(Event::Copy);
        self.window.step();
        let commands = self.window.output().platform_output.commands.clone();
        commands.into_iter().find_map(|c| if let OutputCommand::CopyText(text) = c { Some(text) } else { None })
    }
}

#[test]
fn a_paste_is_one_step_and_what_is_copied_pastes_back() {
    let mut desk = Desk::new();
    let before = desk.plan();
    desk.click(&desk.cell(0, 0));
    desk.event(Event::Paste("3\t\"4\"\r\n5\t6\r\n".to_owned()));
    assert_eq!(desk.corner(), [3, 4, 5, 6]);
    // The block that was pasted is selected.
    assert_eq!(desk.copy().as_deref(), Some("3\t4\n5\t6"));
    desk.window.get_by_label_contains("Sum 18");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan(), before);
}

#[test]
fn one_copied_value_fills_the_selection_and_a_block_tiles() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    desk.keys(Modifiers::SHIFT, Key::ArrowDown);
    desk.event(Event::Paste("8\r\n".to_owned()));
    assert_eq!(desk.corner(), [8, 8, 8, 8]);
    desk.event(Event::Paste("1\t2".to_owned()));
    assert_eq!(desk.corner(), [1, 2, 1, 2]);
}

#[test]
fn a_paste_is_refused_whole_with_every_cell_at_fault() {
    let mut desk = Desk::new();
    let before = desk.plan();
    let (good, bad) = (desk.cell(0, 0), desk.cell(0, 1));
    desk.click(&good);
    desk.event(Event::Paste("3\tmany\n5\t-6".to_owned()));
    desk.window.get_by_label("The cells cannot be pasted");
    desk.window.get_by_label_contains("because of 2 cells");
    desk.window.get_by_label_contains("\"many\" is no number");
    desk.window.get_by_label_contains("\"-6\" is not a whole number");
    // In the dialog, beside the cell itself.
    assert_eq!(desk.window.query_all_by_label(&bad).count(), 2);
    assert_eq!(desk.plan(), before);
    desk.click("Close");
    desk.event(Event::Paste("1\t2\n3".to_owned()));
    desk.window.get_by_label("line 2 has 1 cell, the first line has 2 cells");
    desk.key(Key::Escape);
    // Into what follows from the plan.
    let coverage = format!("Capacity coverage, {}, FY11 Q1", before.regions[0].name);
    desk.click(&coverage);
    desk.event(Event::Paste("7".to_owned()));
    desk.window.get_by_label_contains("Coverage follows from the plan");
    desk.click("Close");
    // Beyond the last row.
    desk.click(&good);
    desk.event(Event::Paste("1\n".repeat(500)));
    let beyond = desk.window.query_all_by_label_contains("would lie beyond the table's edge").count();
    assert!(beyond > 20, "{beyond} lines");
    assert_eq!(desk.plan(), before);
}

#[test]
fn arrows_take_over_what_was_typed_but_move_within_a_text_that_is_changed() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    desk.text("1");
    desk.text("2");
    desk.key(Key::ArrowRight);
    assert_eq!(desk.hires(0, 0), 12);
    desk.text("4");
    desk.key(Key::ArrowDown);
    assert_eq!(desk.corner()[1], 4);
    // Back to the 12: with F2 the caret moves, and what is typed goes in before the 2.
    desk.key(Key::ArrowUp);
    desk.key(Key::ArrowLeft);
    desk.key(Key::F2);
    desk.key(Key::ArrowLeft);
    desk.text("0");
    desk.key(Key::Enter);
    assert_eq!(desk.hires(0, 0), 102);
}

#[test]
fn tab_and_enter_fill_row_after_row_from_the_same_column() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    for (text, key) in [("3", Key::Tab), ("4", Key::Enter), ("5", Key::Tab), ("6", Key::Enter)] {
        desk.text(text);
        desk.key(key);
    }
    assert_eq!(desk.corner(), [3, 4, 5, 6]);
}

#[test]
fn escape_lets_tab_lead_out_and_enter_back_in() {
    let mut desk = Desk::new();
    let grid_has_focus = |desk: &Desk| {
        let cells = desk.window.query_all_by_role(Role::GridCell);
        cells.into_iter().any(|cell| cell.accesskit_node().is_focused())
    };
    desk.click(&desk.cell(0, 0));
    desk.key(Key::Tab);
    assert!(grid_has_focus(&desk));
    desk.key(Key::Escape);
    desk.key(Key::Tab);
    assert!(!grid_has_focus(&desk));
    desk.keys(Modifiers::SHIFT, Key::Tab);
    assert!(grid_has_focus(&desk));
    // Where it was left: the second quarter.
    desk.text("9");
    desk.key(Key::Enter);
    assert_eq!(desk.hires(0, 1), 9);
}

#[test]
fn quick_typing_in_one_frame_is_understood_in_its_order() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    let press = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    let text = |text: &str| Event::Text(text.to_owned());
    for event in [text("1"), text("7"), press(Key::Tab), text("9"), press(Key::Enter), text("2"), press(Key::Enter)] {
        desk.window.event(event);
    }
    desk.window.run();
    assert_eq!(desk.corner()[..3], [17, 9, 2]);
}

#[test]
fn filling_clearing_and_one_text_for_all() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    desk.text("7");
    desk.key(Key::Enter);
    desk.click(&desk.cell(0, 0));
    desk.keys(Modifiers::SHIFT, Key::ArrowDown);
    desk.keys(Modifiers::COMMAND, Key::D);
    assert_eq!(desk.hires(1, 0), 7);
    desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    desk.keys(Modifiers::COMMAND, Key::R);
    assert_eq!(desk.corner(), [7, 7, 7, 7]);
    desk.text("5");
    desk.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(desk.corner(), [5, 5, 5, 5]);
    desk.key(Key::Delete);
    assert_eq!(desk.corner(), [0, 0, 0, 0]);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.corner(), [5, 5, 5, 5]);
}

#[test]
fn a_number_on_a_regions_row_is_spread_over_its_roles() {
    let mut desk = Desk::new();
    let before = desk.plan();
    let region = &before.regions[0];
    desk.click(&format!("{}, FY11 Q1", region.name));
    desk.key(Key::F2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.text("40");
    desk.key(Key::Enter);
    assert_eq!(desk.plan().hires_in_region(&region.id, 0), 40);
    assert_eq!(desk.plan().hires_in_region(&region.id, 1), before.hires_in_region(&region.id, 1));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan(), before);
}

#[test]
fn the_mouse_selects_a_block_and_its_handle_fills() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    desk.text("6");
    desk.key(Key::Enter);
    let drag = |desk: &mut Desk, from: egui::Pos2, to: egui::Pos2| {
        let button = |pos, pressed| Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        for event in [Event::PointerMoved(from), button(from, true), Event::PointerMoved(to), button(to, false)] {
            desk.event(event);
        }
    };
    let (first, last) = (desk.cell(0, 0), desk.cell(1, 1));
    let place = |desk: &Desk, label: &str| desk.window.get_by_label(label).rect();
    let (from, to) = (place(&desk, &first), place(&desk, &last));
    drag(&mut desk, from.center(), to.center());
    // Two of the four hold hires.
    desk.window.get_by_label_contains("Count 2");
    desk.click(&first);
    drag(&mut desk, from.max - egui::vec2(1.0, 1.0), to.center());
    // In one direction only: the cell lies as far down as to the right, so down.
    assert_eq!((desk.hires(0, 0), desk.hires(1, 0)), (6, 6));
}

#[test]
fn the_grid_is_a_table_to_who_does_not_see_it() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 1));
    let plan = desk.plan();
    let grid = desk.window.get_by_role_and_label(Role::Grid, "hiring grid");
    let grid = grid.accesskit_node();
    assert_eq!(grid.data().column_count(), Some(plan.calendar.quarters * 2 + plan.calendar.years() * 2 + 1));
    assert!(grid.data().row_count().is_some_and(|rows| rows > plan.roles.len()));
    let name = desk.cell(0, 1);
    let cell = desk.window.get_by_role_and_label(Role::GridCell, &name);
    let cell = cell.accesskit_node();
    assert_eq!(cell.data().is_selected(), Some(true));
    assert_eq!(cell.data().column_index(), Some(2));
    assert!(!cell.data().is_read_only());
    assert_eq!(grid.data().active_descendant(), Some(cell.locate().0));
    let coverage = format!("Capacity coverage, {}, FY11 Q1", plan.regions[0].name);
    let coverage = desk.window.get_by_role_and_label(Role::GridCell, &coverage);
    assert!(coverage.accesskit_node().data().is_read_only());
    let head = desk.window.get_by_role_and_label(Role::RowHeader, &plan.regions[0].name);
    assert_eq!(head.accesskit_node().data().is_expanded(), Some(true));
    assert!(desk.window.query_by_role_and_label(Role::ColumnHeader, "Growth hires").is_some());
}

#[test]
fn no_key_is_lost_however_quickly_one_types() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    // All within one frame: the field is not yet drawn when the later ones come.
    for event in ["1", "2", "3"].map(|text| Event::Text(text.to_owned())) {
        desk.window.input_mut().events.push(event);
    }
    desk.window.run();
    desk.text("4");
    desk.key(Key::Enter);
    assert_eq!(desk.hires(0, 0), 1234);
}
