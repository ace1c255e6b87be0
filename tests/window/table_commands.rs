//! Commands of the menus and the finder in a view of several tables, the search over a table, and the end of a table.

use crate::sheet::Desk;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

impl Desk {
    /// The test plan in a section of its assumptions.
    fn in_section(name: &str) -> Self {
        let mut desk = Self::new();
        desk.keys(Modifiers::COMMAND, Key::Num7);
        desk.window.get_by_role_and_label(Role::Button, name).click();
        desk.window.run();
        desk
    }

    /// A command by its name, from the finder.
    fn command(&mut self, name: &str) {
        self.keys(Modifiers::COMMAND, Key::K);
        self.text(name);
        self.key(Key::Enter);
    }

    fn enter(&mut self, text: &str) {
        self.text(text);
        self.key(Key::Enter);
    }

    /// The first role's job code, of the upper table, and the first region's cost centre, of the lower one.
    fn upper_and_lower(&self) -> [Option<String>; 2] {
        let plan = self.plan();
        [plan.roles[0].job_code.clone(), plan.regions[0].cost_center.clone()]
    }

    /// The place of the search that the cursor is on: 3 of `3 of 12`.
    fn found_place(&self) -> Option<usize> {
        let labels = self.window.query_all_by_role(Role::Label);
        labels.into_iter().find_map(|label| {
            let words = label.accesskit_node().value()?;
            let (place, count) = words.split_once(" of ")?;
            count.parse::<usize>().ok()?;
            place.parse().ok()
        })
    }

    fn has_keyboard(&self, label: &str) -> bool {
        self.window.get_by_label(label).accesskit_node().is_focused()
    }
}

fn texts(upper: &str, lower: Option<&str>) -> [Option<String>; 2] {
    [Some(upper.to_owned()), lower.map(str::to_owned)]
}

#[test]
fn a_command_goes_to_the_table_that_had_the_keyboard_last() {
    let mut desk = Desk::in_section("Hiring details");
    let plan = desk.plan();
    let upper = format!("{}, Job code", plan.roles[0].name);
    let lower = format!("{}, Cost centre", plan.regions[0].name);
    desk.click(&upper);
    desk.enter("first");
    desk.click(&upper);
    desk.click(&lower);
    desk.enter("second");
    desk.click(&lower);
    assert_eq!(desk.upper_and_lower(), texts("first", Some("second")));
    desk.command("cut");
    assert_eq!(desk.upper_and_lower(), texts("first", None));
    desk.command("paste");
    desk.event(Event::Paste("third".to_owned()));
    assert_eq!(desk.upper_and_lower(), texts("first", Some("third")));
    desk.command("find in the table");
    let field = desk.window.get_by_role_and_label(Role::TextInput, "Find in the table").rect();
    let upper_cell = desk.window.get_by_role_and_label(Role::GridCell, &upper).rect();
    assert!(field.top() > upper_cell.bottom(), "the search is over the lower table");
    desk.key(Key::Escape);
    // F6 leads back to it, also from outside of every table.
    desk.key(Key::Escape);
    desk.key(Key::Tab);
    desk.key(Key::F6);
    desk.enter("fourth");
    assert_eq!(desk.upper_and_lower(), texts("first", Some("fourth")));
    // The other table has the commands as soon as it has the keyboard.
    desk.click(&upper);
    desk.command("cut");
    assert_eq!(desk.upper_and_lower(), [None, Some("fourth".to_owned())]);
}

#[test]
fn a_command_that_no_table_takes_says_what_to_do_first() {
    let mut desk = Desk::in_section("Hiring details");
    let before = desk.plan();
    desk.command("cut");
    desk.window.get_by_label("Select a cell in a table first");
    assert_eq!(desk.plan(), before);
}

#[test]
fn the_search_over_a_table_works_by_keys_alone() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    desk.keys(Modifiers::COMMAND, Key::F);
    assert!(desk.has_keyboard("Find in the table"));
    // The cursor's own row is a place, and others are.
    assert!(desk.plan().roles[0].name.contains('e'));
    desk.text("e");
    let place = desk.found_place();
    assert!(place.is_some());
    for button in ["Previous", "Next"] {
        desk.key(Key::Tab);
        assert!(desk.has_keyboard(button), "{button}");
    }
    desk.key(Key::Enter);
    assert_eq!(desk.found_place(), place.map(|place| place + 1));
    desk.keys(Modifiers::COMMAND, Key::F);
    desk.keys(Modifiers::SHIFT, Key::Enter);
    assert_eq!(desk.found_place(), place);
    for _ in 0..3 {
        desk.key(Key::Tab);
    }
    assert!(desk.has_keyboard("Close"));
    desk.key(Key::Enter);
    assert!(desk.window.query_by_label("Find in the table").is_none());
    // The table has the keyboard again, on the place that was found.
    desk.enter("31");
    assert_eq!(desk.hires(0, 0), 31);
}

#[test]
fn a_table_of_one_input_can_be_typed_over_again_and_again() {
    let mut desk = Desk::in_section("General");
    desk.window.set_size(egui::vec2(1280.0, 1400.0));
    desk.window.run();
    desk.click("Coverage threshold");
    for (text, threshold) in [("95", "0.95"), ("90", "0.9")] {
        desk.enter(text);
        assert_eq!(desk.plan().coverage_threshold.map(|share| share.exact().to_string()).as_deref(), Some(threshold));
    }
}

#[test]
fn typing_on_at_the_end_of_a_table_keeps_what_was_typed() {
    let mut desk = Desk::in_section("Hiring details");
    let name = desk.plan().roles.last().unwrap().name.clone();
    let last = |desk: &Desk| {
        let role = desk.plan().roles.last().unwrap().clone();
        [role.job_code, role.job_family].map(Option::unwrap_or_default)
    };
    desk.click(&format!("{name}, Job code"));
    desk.text("one");
    desk.key(Key::Tab);
    desk.enter("two");
    assert_eq!(last(&desk), ["one", "two"]);
    // There is no further row for what is typed on.
    desk.enter("three");
    assert_eq!(last(&desk), ["one", "two"]);
    desk.window.get_by_label_contains("The table ends at ");
    // It is changed on purpose, and typed over once the cursor came back to it.
    desk.key(Key::F2);
    desk.enter("four");
    assert_eq!(last(&desk)[1], "twofour");
    desk.key(Key::ArrowUp);
    desk.key(Key::ArrowDown);
    desk.enter("five");
    assert_eq!(last(&desk), ["one", "five"]);
}
