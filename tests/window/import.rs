//! Taking in a table in the window: nothing before it is agreed, one step then, and what was corrected is kept.

use std::fs;
use std::path::Path;

use crate::harness::{Window, copy_of_the_world, window_that_picks};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use muster::plan::Plan;

/// Waits for what is read and reckoned beside the window.
fn wait_for(window: &mut Harness<'static, Window>, label: &str) {
    for _ in 0..600 {
        window.step();
        if window.query_all_by_label_contains(label).next().is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    panic!("{label} has not come");
}

fn click(window: &mut Harness<'static, Window>, label: &str) {
    window.get_by_label(label).click();
    window.run();
}

/// The world's plan in a window where a table has been picked to import.
fn importing(folder: &Path, name: &str, table: &str) -> Harness<'static, Window> {
    let path = folder.join(name);
    fs::write(&path, table).unwrap();
    let mut window = window_that_picks(&copy_of_the_world(folder), &path);
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.run();
    pick(&mut window);
    window
}

fn pick(window: &mut Harness<'static, Window>) {
    click(window, "Browse…");
    window.run();
}

fn plan(window: &Harness<'static, Window>) -> Plan {
    (**window.state().document().plan()).clone()
}

#[test]
fn a_roster_is_shown_before_it_is_taken_and_is_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let roster = "Employee ID,Location,Job Title,Hire Date\n1,Japan,Account executive,15/01/2009\n\
        2,JAPAN,ae,01/07/2010\n3,Atlantis,ae,01/07/2009\n";
    let mut window = importing(folder.path(), "staff.csv", roster);
    wait_for(&mut window, "Import 2 rows");
    let before = plan(&window);
    for label in [
        "Import staff.csv",
        "Column 1, Employee ID: Employee",
        "Column 4, Hire Date: Start",
        "15/01/2009  ·  01/07/2010  ·  01/07/2009",
        "Days are read with the day first, as \"15/01/2009\" in row 2 has it",
        "Japan, Account executive",
        "Row 4 (B4): no region of the plan is called \"Atlantis\"",
    ] {
        assert!(window.query_all_by_label(label).next().is_some(), "{label}");
    }
    assert!(window.query_all_by_label_contains("1 row does not fit and stays out").next().is_some());
    click(&mut window, "Import 2 rows");
    let after = plan(&window);
    let team: Vec<_> = after.baseline.iter().map(|b| (b.region.as_str(), b.role.as_str(), b.heads, b.tenure)).collect();
    assert_eq!(team, [("japan", "ae", 1, 0), ("japan", "ae", 1, 18)]);
    let words = "Roster imported from staff.csv: 2 rows";
    let logged = window.state().document().log().entries().last().map(|entry| entry.words.clone());
    assert_eq!(logged.as_deref(), Some(words));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(plan(&window), before);
    assert!(!window.state().document().is_unsaved());
}

#[test]
fn a_corrected_column_is_kept_for_the_next_table() {
    let folder = tempfile::tempdir().unwrap();
    let table = "Org,Region,Accounts\nuk,x,77\n";
    let mut window = importing(folder.path(), "accounts.csv", table);
    wait_for(&mut window, "Row 2 (B2): no region of the plan is called \"x\"");
    click(&mut window, "Column 1, Org: Undecided");
    // The heading of the other column is a label; what the list offers is not.
    let offered = |node: &egui_kittest::Node<'_>| node.accesskit_node().role() != Role::Label;
    window.query_all_by_label("Region").find(offered).unwrap().click();
    window.run();
    wait_for(&mut window, "Import 1 row");
    window.get_by_label("Column 2, Region: Undecided");
    click(&mut window, "Import 1 row");
    assert_eq!(plan(&window).regions[5].accounts, 77);
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.run();
    pick(&mut window);
    wait_for(&mut window, "Nothing changes");
    window.get_by_label("Column 1, Org: Region");
    window.get_by_label("Column 2, Region: Undecided");
}

#[test]
fn import_asks_for_the_order_of_dates_and_refuses_what_is_no_table() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = importing(folder.path(), "staff.csv", "region,role,start\nuk,ae,03/04/2009\n");
    wait_for(&mut window, "\"03/04/2009\" in row 2 can be two days");
    click(&mut window, "Days: Days as found");
    click(&mut window, "07/31/2010, month first");
    wait_for(&mut window, "Import 1 row");
    click(&mut window, "Import 1 row");
    assert_eq!(plan(&window).baseline.iter().map(|b| b.tenure).collect::<Vec<_>>(), [16]);
    let mut window = importing(folder.path(), "staff.ods", "");
    wait_for(&mut window, "the ending says neither CSV nor XLSX");
    window.key_press(Key::Escape);
    window.run();
    assert!(window.query_all_by_label("Import a table").next().is_none());
}

#[test]
fn the_headings_say_what_a_table_states() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = importing(folder.path(), "hires.csv", "region,role,quarter,hires\nuk,ae,FY11 Q1,44\n");
    wait_for(&mut window, "Import 1 row");
    let kind = window.query_all_by_label("What it states: Growth hires").next();
    assert!(kind.is_some(), "the headings say what it is");
    click(&mut window, "Import 1 row");
    let changed = plan(&window);
    assert_eq!(changed.hires(&changed.regions[5].id, &changed.roles[0].id, 0), 44);
}

#[test]
fn an_import_into_a_scenario_leaves_the_base_and_keeps_the_meanings_of_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let world = muster::files::read(&path).unwrap();
    let one = muster::edit::manage::create(&world, "One", "", Vec::new()).unwrap();
    muster::files::write(&path, &muster::edit::apply_all(&world, &one).unwrap()).unwrap();
    let table = folder.path().join("staff.csv");
    fs::write(&table, "Region,Role,Start\nJapan,Senior Account Executive,2009-01-15\n").unwrap();
    let mut window = window_that_picks(&path, &table);
    click(&mut window, "Scenario: Base plan");
    window.query_all_by_label("One").last().unwrap().click();
    window.run();
    let before = (plan(&window), Plan::clone(window.state().document().base()));
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.run();
    pick(&mut window);
    wait_for(&mut window, "Names, 1 of them unknown");
    click(&mut window, "Accept proposals");
    wait_for(&mut window, "Import 1 row");
    click(&mut window, "Import 1 row");
    let document = window.state().document();
    assert_eq!(document.scenario(), Some("One"), "the scenario stays in sight");
    assert_eq!(document.plan().baseline.iter().map(|b| (b.role.as_str(), b.heads)).collect::<Vec<_>>(), [("ae", 1)]);
    assert_eq!(document.base().baseline, world.baseline);
    assert!(document.lost().is_empty());
    for plan in [document.plan(), document.base()] {
        assert_eq!(plan.table_names.roles.keys().collect::<Vec<_>>(), ["Senior Account Executive"]);
    }
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    let document = window.state().document();
    assert_eq!((plan(&window), Plan::clone(document.base())), before, "one step");
    assert!(!document.is_unsaved());
}

/// A file that is dropped on the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|e| e.to_string())
    }
}

#[test]
fn a_table_dropped_on_the_window_comes_in_and_into_the_scenario_that_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let world = muster::files::read(&path).unwrap();
    let edit = |path: &str| muster::plan::PlanEdit::Set { path: path.to_owned(), to: 5.into() };
    let one = muster::edit::manage::create(&world, "One", "", Vec::new()).unwrap();
    let world = muster::edit::apply_all(&world, &one).unwrap();
    let other = muster::edit::manage::create(&world, "Other", "", vec![edit("baseline[0].heads")]).unwrap();
    muster::files::write(&path, &muster::edit::apply_all(&world, &other).unwrap()).unwrap();
    let table = folder.path().join("staff.csv");
    fs::write(&table, "region,role,tenure\nuk,ae,3\n").unwrap();
    let mut window = window_that_picks(&path, &table);
    click(&mut window, "Scenario: Base plan");
    window.query_all_by_label("One").last().unwrap().click();
    window.run();
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(table)));
    window.step();
    wait_for(&mut window, "Import 1 row");
    assert!(window.query_all_by_label_contains("dropped").next().is_none(), "the other scenario keeps its edit");
    click(&mut window, "Import 1 row");
    let document = window.state().document();
    assert_eq!(document.plan().baseline.iter().map(|b| (b.heads, b.tenure)).collect::<Vec<_>>(), [(1, 3)]);
    assert_eq!(document.base().baseline, world.baseline);
    assert_eq!(document.base().scenarios[1].edits, [edit("baseline[0].heads")]);
}

#[test]
fn a_new_plan_begins_from_a_roster() {
    let folder = tempfile::tempdir().unwrap();
    let roster = folder.path().join("staff.csv");
    let text = "Employee,Location,Job Title,Hire Date\n1,Canada,Account Executive,2025-01-15\n\
        2,France,Inside Sales Rep,2025-02-15\n3,France,Account Executive,2025-02-15\n";
    fs::write(&roster, text).unwrap();
    let mut window = window_that_picks(&copy_of_the_world(folder.path()), &roster);
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run();
    window.query_all_by_label_contains("Your own tables").next().unwrap().click();
    window.run();
    // What is wrong is said before there is a file.
    for (field, wrong, right, why) in [
        ("Plan currency", "XX", "USD", "The currency is a code of three letters, such as USD"),
        ("First month", "July", "2025-07", "\"July\" is not a month"),
    ] {
        for text in [wrong, right] {
            window.get_by_role_and_label(Role::TextInput, field).focus();
            window.run();
            window.key_press_modifiers(Modifiers::COMMAND, Key::A);
            window.run();
            window.event(egui::Event::Text(text.to_owned()));
            window.run();
            assert_eq!(window.query_all_by_label_contains(why).next().is_some(), text == wrong, "{text}");
        }
    }
    click(&mut window, "Browse…");
    window.run();
    click(&mut window, "Add file");
    wait_for(&mut window, "2 regions, 2 roles, 3 people");
    assert!(window.query_all_by_label_contains("targets of Canada, France").next().is_some());
    click(&mut window, "Create plan");
    wait_for(&mut window, "France");
    let made = plan(&window);
    assert_eq!(made.regions.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["Canada", "France"]);
    assert_eq!(made.baseline.iter().map(|b| b.heads).sum::<u32>(), 3);
    assert!(window.state().document().is_unsaved());
}

#[test]
fn unknown_names_are_mapped_in_the_window_and_kept_with_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    let roster =
        "Employee,Region,Role,Start\n1,Japan,Senior Account Executive,2009-01-15\n2,Japan,Juggler,2009-01-15\n";
    let mut window = importing(folder.path(), "staff.csv", roster);
    wait_for(&mut window, "Names, 2 of them unknown");
    click(&mut window, "Accept proposals");
    wait_for(&mut window, "Names, 1 of them unknown");
    click(&mut window, "Meaning of role: Juggler: Not decided");
    window.query_all_by_label("Left out").last().unwrap().click();
    window.run();
    wait_for(&mut window, "Import 1 row");
    click(&mut window, "Import 1 row");
    let made = plan(&window);
    let names: Vec<&str> = made.table_names.roles.keys().map(String::as_str).collect();
    assert_eq!(names, ["Juggler", "Senior Account Executive"]);
    assert_eq!(made.baseline.iter().map(|b| (b.role.as_str(), b.heads)).collect::<Vec<_>>(), [("ae", 1)]);
    window.key_press_modifiers(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.run();
    pick(&mut window);
    wait_for(&mut window, "Nothing changes");
    assert!(window.query_all_by_label_contains("of them unknown").next().is_none());
}
