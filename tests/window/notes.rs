//! Notes on cells of the hiring grid, from the menu of a cell to the plan and back.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

use crate::sheet::Desk;

impl Desk {
    fn choose(&mut self, cell: &str, entry: &str) {
        self.open_menu(cell);
        self.window.get_by_label_contains(entry).click();
        self.window.run();
    }

    fn described(&self, cell: &str) -> String {
        let cell = self.window.get_by_role_and_label(Role::GridCell, cell);
        cell.accesskit_node().data().description().unwrap_or_default().to_owned()
    }
}

#[test]
fn a_note_on_a_cell_is_signed_marked_and_undone() {
    let mut desk = Desk::new();
    let (cell, before) = (desk.cell(0, 1), desk.plan());
    desk.choose(&cell, "Add a note");
    desk.window.get_by_label(&format!("Notes on {cell}"));
    desk.text("Waits for the office in Lyon");
    desk.click("Done");
    let plan = desk.plan();
    let [note] = plan.cell_notes.as_slice() else { panic!("{:?}", plan.cell_notes) };
    assert_eq!(note.text, "Waits for the office in Lyon");
    assert_eq!((&note.region, &note.role, note.quarter), (&before.regions[0].id, &before.roles[0].id, 1));
    assert!(desk.described(&cell).ends_with("has a note"), "{}", desk.described(&cell));
    assert!(!desk.described(&desk.cell(0, 2)).contains("note"));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan(), before);
}

#[test]
fn notes_of_a_cell_stand_together_and_one_can_be_removed() {
    let mut desk = Desk::new();
    let cell = desk.cell(0, 0);
    for text in ["First", "Second"] {
        desk.choose(&cell, if text == "First" { "Add a note" } else { "Notes…" });
        desk.text(text);
        desk.click("Done");
    }
    desk.choose(&cell, "Notes…");
    desk.window.get_by_label("First");
    desk.window.get_by_label("Second");
    desk.window.get_by_label("Remove the note: Second");
    desk.window.get_by_label("Remove the note: First").click();
    desk.window.run();
    assert_eq!(desk.plan().cell_notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["Second"]);
    // Blanks are no note.
    desk.text("   ");
    desk.click("Done");
    assert_eq!(desk.plan().cell_notes.len(), 1);
}

#[test]
fn a_key_shows_the_notes_on_the_selected_cell() {
    let mut desk = Desk::new();
    let cell = desk.cell(0, 1);
    desk.click(&cell);
    desk.keys(Modifiers::SHIFT, Key::F2);
    desk.window.get_by_label(&format!("Notes on {cell}"));
    desk.text("By key");
    desk.click("Done");
    let plan = desk.plan();
    let notes: Vec<(&str, usize)> = plan.cell_notes.iter().map(|note| (note.text.as_str(), note.quarter)).collect();
    assert_eq!(notes, [("By key", 1)]);
    // A region's row has no hires of its own.
    desk.keys(Modifiers::NONE, Key::ArrowUp);
    desk.keys(Modifiers::SHIFT, Key::F2);
    desk.window.get_by_label_contains("This cell takes no notes");
    assert_eq!(desk.plan(), plan);
}
