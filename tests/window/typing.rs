//! What is typed counts before every command, whatever editor it stands in, and takes effect in the order in which the
//! keys came, however many fall into one frame.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::harness::{Window, window_with_safe};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use muster::files::{self, Template};
use muster::plan::Plan;

/// A window with the bundled plan in a file of its own, and a safe.
struct Desk {
    folder: tempfile::TempDir,
    window: Harness<'static, Window>,
}

/// A kind of editor: how it is reached, what is typed into it, and what the plan then states.
struct Editor {
    name: &'static str,
    /// The file of `src` that it is in.
    file: &'static str,
    open: fn(&mut Desk),
    text: &'static str,
    stated: fn(&Plan) -> String,
    /// What the plan states once the text is in it.
    expected: &'static str,
}

/// Every editor whose text belongs to the plan.
const EDITORS: &[Editor] = &[
    Editor {
        name: "a cell of the hiring grid",
        file: "desktop/sheet/editing.rs",
        open: |desk| {
            let cell = desk.first_cell();
            desk.click_cell(&cell);
        },
        text: "17",
        stated: |plan| hires(plan, 0).to_string(),
        expected: "17",
    },
    Editor {
        name: "a cell of the assumptions",
        file: "desktop/sheet/editing.rs",
        open: |desk| {
            desk.section("Costs");
            desk.click_cell("Recruiting cost");
        },
        text: "5001",
        stated: |plan| plan.assumptions.recruiting_cost.exact().to_string(),
        expected: "5001",
    },
    Editor {
        name: "a cell with words to choose from",
        file: "desktop/sheet/editing.rs",
        open: |desk| {
            desk.section("Selling");
            desk.click_cell("Attrition basis");
        },
        text: "Compound",
        stated: |plan| format!("{:?}", plan.assumptions.attrition_basis),
        expected: "Compound",
    },
    Editor {
        name: "the notes",
        file: "desktop/views/assumptions/notes.rs",
        open: |desk| {
            desk.section("General");
            desk.focus("Notes");
            desk.events([press(Key::A, Modifiers::COMMAND)]);
        },
        text: "half a sen",
        stated: |plan| plan.notes.clone(),
        expected: "half a sen",
    },
    Editor {
        name: "the name of a new region",
        file: "desktop/views/assumptions/rows.rs",
        open: |desk| {
            desk.section("Regions");
            desk.click_contains("Add a region…");
        },
        text: "Mexico",
        stated: |plan| plan.regions.iter().find(|r| r.name == "Mexico").map_or(String::new(), |r| r.name.clone()),
        expected: "Mexico",
    },
    Editor {
        name: "the code of a new currency",
        file: "desktop/views/assumptions/rows.rs",
        open: |desk| {
            desk.section("Currencies");
            desk.click_contains("Add a currency…");
        },
        text: "NOK",
        stated: |plan| plan.rates.keys().map(ToString::to_string).filter(|code| code == "NOK").collect(),
        expected: "NOK",
    },
    Editor {
        name: "a longer calendar",
        file: "desktop/views/assumptions/calendar.rs",
        open: |desk| {
            desk.section("General");
            desk.click_contains("Change the calendar…");
            desk.focus("New number of quarters");
            desk.events([press(Key::A, Modifiers::COMMAND)]);
        },
        text: "12",
        stated: |plan| plan.calendar.quarters.to_string(),
        expected: "12",
    },
    Editor {
        name: "a value of everything that is selected, from a month on",
        file: "desktop/views/assumptions/change_form.rs",
        open: |desk| {
            desk.section("Costs");
            desk.click_cell("Tools");
            desk.focus("New value of what is selected");
        },
        text: "512",
        stated: |plan| plan.changes.last().map_or(String::new(), |c| format!("{} {} {}", c.path, c.from, c.value)),
        expected: "assumptions.tools 2011-07 \"512\"",
    },
    Editor {
        name: "a cell of the grid of exits",
        file: "desktop/sheet/editing.rs",
        open: |desk| {
            desk.click("Exits");
            let cell = desk.first_cell();
            desk.click_cell(&cell);
        },
        text: "6",
        stated: |plan| {
            let (region, role) = first_planned(plan);
            plan.exits(&plan.regions[region].id, &plan.roles[role].id, 0).to_string()
        },
        expected: "6",
    },
    Editor {
        name: "the name of a scenario",
        file: "desktop/views/scenarios/detail.rs",
        open: |desk| {
            desk.scenario();
            desk.focus("Name of the scenario");
            desk.events([press(Key::A, Modifiers::COMMAND)]);
        },
        text: "Renamed",
        stated: |plan| plan.scenarios[0].name.clone(),
        expected: "Renamed",
    },
    Editor {
        name: "the note of a scenario",
        file: "desktop/views/scenarios/detail.rs",
        open: |desk| {
            desk.scenario();
            desk.focus("Note of the scenario");
            desk.events([press(Key::A, Modifiers::COMMAND)]);
        },
        text: "a note",
        stated: |plan| plan.scenarios[0].note.clone(),
        expected: "a note",
    },
    Editor {
        name: "the name of a new scenario",
        file: "desktop/views/scenarios/origin.rs",
        open: |desk| {
            desk.tab("List");
            desk.click_contains("New scenario…");
        },
        text: "Fewer",
        stated: |plan| plan.scenarios.last().map_or(String::new(), |s| s.name.clone()),
        expected: "Fewer",
    },
    Editor {
        name: "the name of a plan of record",
        file: "desktop/views/scenarios/records.rs",
        open: |desk| {
            desk.tab("Change log");
            desk.click_contains("Freeze the base plan…");
        },
        text: "Agreed",
        stated: |plan| plan.frozen.last().map_or(String::new(), |f| f.name.clone()),
        expected: "Agreed",
    },
    Editor {
        name: "the reason of an accepted finding",
        file: "desktop/views/checks/acceptance.rs",
        open: |desk| {
            desk.events([command(Key::Num8)]);
            desk.click_contains("Off by: FY12: total cost");
            desk.click_contains("Accept…");
        },
        text: "Agreed",
        stated: |plan| plan.accepted.last().map_or(String::new(), |accepted| accepted.reason.clone()),
        expected: "Agreed",
    },
    Editor {
        name: "the name of turned levers",
        file: "desktop/views/scenarios/levers.rs",
        open: |desk| {
            desk.tab("Levers");
            desk.click("Attrition doubles");
            desk.click_contains("Keep as scenario…");
            desk.events([press(Key::A, Modifiers::COMMAND)]);
        },
        text: "Doubled",
        stated: |plan| plan.scenarios.last().map_or(String::new(), |s| s.name.clone()),
        expected: "Doubled",
    },
    Editor {
        name: "an uncertainty of the simulation",
        file: "desktop/views/risk/chances.rs",
        open: |desk| {
            desk.click("Risk");
            desk.focus("Attrition spread");
            desk.events([press(Key::A, Modifiers::COMMAND)]);
        },
        text: "12",
        stated: |plan| plan.uncertainty.attrition_cv.exact().to_string(),
        expected: "0.12",
    },
];

/// The first region and role with hires in the first quarter.
fn first_planned(plan: &Plan) -> (usize, usize) {
    let cells = (0..plan.regions.len()).flat_map(|r| (0..plan.roles.len()).map(move |k| (r, k)));
    let hires = |(r, k): (usize, usize)| plan.hires(&plan.regions[r].id, &plan.roles[k].id, 0);
    cells.into_iter().find(|cell| hires(*cell) > 0).unwrap()
}

/// The hires of a quarter in the first cell that has some in the first quarter.
fn hires(plan: &Plan, quarter: usize) -> u32 {
    let (region, role) = first_planned(plan);
    plan.hires(&plan.regions[region].id, &plan.roles[role].id, quarter)
}

fn press(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

fn key(key: Key) -> Event {
    press(key, Modifiers::NONE)
}

fn command(key: Key) -> Event {
    press(key, Modifiers::COMMAND)
}

fn text(text: &str) -> Event {
    Event::Text(text.to_owned())
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
        files::write(&folder.path().join("plan.ron"), &plan).unwrap();
        let window = Self::open(&folder);
        Self { folder, window }
    }

    fn open(folder: &tempfile::TempDir) -> Harness<'static, Window> {
        window_with_safe(&folder.path().join("plan.ron"), &folder.path().join("safe"))
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("plan.ron")
    }

    fn saved(&self) -> Plan {
        files::read(&self.path()).unwrap()
    }

    fn plan(&self) -> Plan {
        self.window.state().document().base().as_ref().clone()
    }

    /// The window's program ends, without a question, and starts again.
    fn killed(self) -> Self {
        let Self { folder, window } = self;
        drop(window);
        let window = Self::open(&folder);
        Self { folder, window }
    }

    fn settle(&mut self) {
        for _ in 0..3 {
            self.window.run_ok();
        }
    }

    /// Events that all fall into one frame.
    fn events(&mut self, events: impl IntoIterator<Item = Event>) {
        self.window.input_mut().events.extend(events);
        self.settle();
    }

    fn click(&mut self, label: &str) {
        self.window.get_by_label(label).click();
        self.settle();
    }

    fn click_contains(&mut self, label: &str) {
        self.window.get_by_label_contains(label).click();
        self.settle();
    }

    fn click_cell(&mut self, label: &str) {
        self.window.get_by_role_and_label(Role::GridCell, label).click();
        self.settle();
    }

    fn focus(&mut self, label: &str) {
        let fields = self.window.query_all_by_label(label);
        let field = fields.into_iter().find(|n| n.accesskit_node().is_text_input()).unwrap();
        field.focus();
        self.settle();
    }

    fn section(&mut self, name: &str) {
        self.click("Assumptions");
        self.window.get_by_role_and_label(Role::Button, name).click();
        self.settle();
    }

    fn tab(&mut self, name: &str) {
        self.click("Scenarios");
        self.click(name);
    }

    fn scenario(&mut self) {
        self.tab("List");
        let name = self.plan().scenarios[0].name.clone();
        self.click_cell(&format!("{name}, Growth hires"));
    }

    /// The first cell of the grid that has hires, by name.
    fn first_cell(&self) -> String {
        let plan = self.plan();
        let (region, role) = first_planned(&plan);
        format!("{}, {}, FY11 Q1", plan.regions[region].name, plan.roles[role].name)
    }

    fn shows(&self, words: &str) -> bool {
        self.window.query_all_by_label_contains(words).next().is_some()
    }

    fn asks_to_close(&self) -> bool {
        let commands = self.window.output().viewport_output.values().flat_map(|v| &v.commands);
        commands.into_iter().any(|c| *c == egui::ViewportCommand::Close)
    }

    fn wait_for_journal(&mut self) {
        for _ in 0..500 {
            self.window.run_ok();
            if self.shows("Autosaved") {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("the journal has nothing");
    }
}

/// Types into every editor, and does something.
fn in_every_editor(act: impl Fn(Desk, &Editor)) {
    for editor in EDITORS {
        let mut desk = Desk::new();
        (editor.open)(&mut desk);
        assert_ne!((editor.stated)(&desk.plan()), editor.expected, "{}", editor.name);
        act(desk, editor);
    }
}

/// Where the plan is typed into beside [`EDITORS`]: the fields themselves, and the name of hires that a search has found,
/// which is the same field as that of turned levers.
const OTHERS: [&str; 4] =
    ["desktop/draft.rs", "desktop/parts/entry.rs", "desktop/parts/scenario_offer.rs", "desktop/sheet/typing.rs"];

/// The source files below a folder, by their path below `src`, with their texts.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all = Vec::new();
    for path in entries {
        if path.is_dir() {
            all.extend(sources(&path));
        } else {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            all.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    all
}

#[test]
fn every_editor_of_the_plan_is_tried() {
    let all = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/desktop"));
    let typed = |text: &str| ["plan_field(", "TextEntry", "OpenDraft"].iter().any(|word| text.contains(word));
    let found: BTreeSet<&str> = all.iter().filter(|(_, text)| typed(text)).map(|(name, _)| name.as_str()).collect();
    let tried = EDITORS.iter().map(|editor| editor.file).chain(OTHERS);
    assert_eq!(found, tried.collect::<BTreeSet<_>>(), "an editor that is not tried, or no editor any more");
}

#[test]
fn saving_takes_in_what_stands_in_every_editor() {
    in_every_editor(|mut desk, editor| {
        desk.events([text(editor.text), command(Key::S)]);
        assert_eq!((editor.stated)(&desk.saved()), editor.expected, "{}", editor.name);
        assert!(!desk.window.state().document().is_unsaved(), "{}", editor.name);
    });
}

#[test]
fn quitting_takes_in_what_stands_in_every_editor_and_asks() {
    in_every_editor(|mut desk, editor| {
        desk.events([text(editor.text), command(Key::Q)]);
        assert!(!desk.asks_to_close(), "{}", editor.name);
        assert!(desk.shows("Save the changes to"), "{}", editor.name);
        desk.click("Save");
        assert_eq!((editor.stated)(&desk.saved()), editor.expected, "{}", editor.name);
    });
}

#[test]
fn another_view_takes_in_what_stands_in_every_editor() {
    in_every_editor(|mut desk, editor| {
        desk.events([text(editor.text), command(Key::Num3)]);
        assert_eq!((editor.stated)(&desk.plan()), editor.expected, "{}", editor.name);
        // And back: the editor is closed, and the next save has nothing to take in.
        desk.events([command(Key::Num7), command(Key::S)]);
        assert_eq!((editor.stated)(&desk.saved()), editor.expected, "{}", editor.name);
    });
}

#[test]
fn the_journal_holds_what_stands_in_every_editor() {
    in_every_editor(|mut desk, editor| {
        desk.events([text(editor.text)]);
        desk.wait_for_journal();
        let mut desk = desk.killed();
        assert!(desk.shows("Muster ended before this was saved"), "{}", editor.name);
        desk.click("Recover");
        assert_eq!((editor.stated)(&desk.plan()), editor.expected, "{}", editor.name);
    });
}

#[test]
fn escape_gives_up_what_stands_in_an_editor() {
    in_every_editor(|mut desk, editor| {
        // Escape leaves a text of many lines, which is taken in.
        if ["the notes", "the note of a scenario"].contains(&editor.name) || editor.name == "a longer calendar" {
            return;
        }
        let before = (editor.stated)(&desk.plan());
        desk.events([text(editor.text), key(Key::Escape), command(Key::S)]);
        assert_eq!((editor.stated)(&desk.saved()), before, "{}", editor.name);
    });
}

#[test]
fn keys_of_one_frame_take_effect_in_their_order() {
    let mut desk = Desk::new();
    let cell = desk.first_cell();
    desk.click_cell(&cell);
    desk.events([
        text("9"),
        key(Key::Tab),
        text("8"),
        key(Key::Tab),
        text("1"),
        key(Key::Backspace),
        text("7"),
        command(Key::S),
        text("5"),
    ]);
    assert_eq!([0, 1, 2].map(|quarter| hires(&desk.saved(), quarter)), [9, 8, 7]);
    // What came after the command is typed after it.
    desk.events([key(Key::Enter)]);
    assert_eq!([0, 1, 2].map(|quarter| hires(&desk.plan(), quarter)), [9, 8, 5]);
}

#[test]
fn return_and_a_command_of_one_frame_lose_nothing() {
    for close in [Key::S, Key::Q] {
        let mut desk = Desk::new();
        let cell = desk.first_cell();
        desk.click_cell(&cell);
        desk.events([text("9"), key(Key::Enter), command(close)]);
        assert_eq!((EDITORS[0].stated)(&desk.plan()), "9");
        if close == Key::Q {
            assert!(desk.shows("Save the changes to"));
            desk.click("Save");
        }
        assert_eq!((EDITORS[0].stated)(&desk.saved()), "9");
    }
}

#[test]
fn the_system_closing_the_window_takes_in_what_is_typed_and_asks() {
    let mut desk = Desk::new();
    let cell = desk.first_cell();
    desk.click_cell(&cell);
    let input = desk.window.input_mut();
    input.events.extend([text("9"), key(Key::Tab), text("8")]);
    input.viewports.entry(egui::ViewportId::ROOT).or_default().events.push(egui::ViewportEvent::Close);
    desk.settle();
    assert!(desk.shows("Save the changes to"));
    desk.click("Save");
    assert_eq!([0, 1].map(|quarter| hires(&desk.saved(), quarter)), [9, 8]);
}

#[test]
fn undo_as_a_command_takes_in_what_is_typed_and_redo_brings_it_back() {
    let mut desk = Desk::new();
    let (cell, before) = (desk.first_cell(), (EDITORS[0].stated)(&desk.plan()));
    desk.click_cell(&cell);
    desk.events([text("9"), key(Key::Enter), key(Key::ArrowUp), text("19")]);
    // The button: Ctrl+Z is the text field's own.
    desk.window.get_by_label("Undo").click_accesskit();
    desk.settle();
    assert_eq!((EDITORS[0].stated)(&desk.plan()), "9");
    desk.click("Redo");
    assert_eq!((EDITORS[0].stated)(&desk.plan()), "19");
    desk.click("Undo");
    desk.click("Undo");
    assert_eq!((EDITORS[0].stated)(&desk.plan()), before);
}

#[test]
fn a_text_that_cannot_be_taken_in_stops_every_command_with_what_and_where() {
    for refused in [Key::S, Key::Q, Key::Num3] {
        let mut desk = Desk::new();
        let (cell, before) = (desk.first_cell(), (EDITORS[0].stated)(&desk.plan()));
        desk.click_cell(&cell);
        desk.events([text("abc"), command(refused)]);
        assert!(desk.shows("Your entry cannot be accepted") && desk.shows("“abc”") && desk.shows(&cell));
        assert!(!desk.asks_to_close());
        // Back to it: it stands as it was typed, with the keyboard.
        desk.click("Back to it");
        assert!(desk.shows("\"abc\" is no number"));
        desk.events([press(Key::A, Modifiers::COMMAND), text("9"), command(Key::S)]);
        assert_eq!((EDITORS[0].stated)(&desk.saved()), "9");
        // Or dropped, and the command goes on.
        desk.click_cell(&cell);
        desk.events([text("abc"), command(refused)]);
        desk.click("Drop it and go on");
        assert!(!desk.shows("is no number") && !desk.shows("What you typed"));
        assert_eq!((EDITORS[0].stated)(&desk.plan()), "9");
        assert_ne!(before, "9");
    }
}

#[test]
fn a_text_that_cannot_be_taken_in_stays_when_something_else_is_clicked() {
    let mut desk = Desk::new();
    let cell = desk.first_cell();
    desk.click_cell(&cell);
    desk.events([text("abc")]);
    desk.click("Cost");
    assert!(desk.shows("Your entry cannot be accepted"));
    desk.click("Back to it");
    desk.click("Find a command…");
    assert!(desk.shows("Your entry cannot be accepted"));
    desk.click("Back to it");
    assert!(desk.shows("\"abc\" is no number"));
}

#[test]
fn a_text_that_cannot_be_taken_in_is_offered_after_a_kill() {
    let mut desk = Desk::new();
    let cell = desk.first_cell();
    desk.click_cell(&cell);
    desk.events([text("9 or ten")]);
    desk.wait_for_journal();
    let mut desk = desk.killed();
    assert!(desk.shows(&format!("{cell}: “9 or ten”")));
    desk.click("Recover");
    let words = &desk.window.state().document().log().entries().last().unwrap().words;
    assert!(words.contains("“9 or ten”"), "{words}");
}

#[test]
fn a_question_of_a_view_takes_its_text_at_a_command() {
    let mut desk = Desk::new();
    desk.tab("Goal seek");
    desk.focus("Goal");
    desk.events([press(Key::A, Modifiers::COMMAND), text("95"), command(Key::Num3), command(Key::Num6)]);
    let goal = desk.window.query_all_by_label("Goal").find_map(|n| n.value());
    assert_eq!(goal.as_deref(), Some("95"));
    assert!(!desk.window.state().document().is_unsaved());
}
