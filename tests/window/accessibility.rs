//! What a screen reader meets in every view: whatever takes the keyboard or a click has a name and a role, and a table
//! says its size and heads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::harness::{Window, copy_of_the_world, window, window_that_picks};
use egui::accesskit::{Action, Node, Role};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use muster::files::{self, Template};

/// The keys of every view.
pub(crate) const VIEWS: [Key; 11] =
    [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9, Key::M, Key::T];

/// What is behind another button of a view.
pub(crate) const PARTS: [(usize, &[&str]); 7] = [
    (2, &["Charts", "Map"]),
    (3, &["Roles", "Regions", "Expansion"]),
    (4, &["All places"]),
    (6, &["Levers", "Compare", "Sensitivity", "Goal seek", "Change log"]),
    (9, &["By year", "Table"]),
    (10, &["Counts: everywhere", "May change: every cell", "Fewest hires for a coverage", "Frontier", "Next hires"]),
    (7, &["Regions", "Roles", "Ramp", "Pay", "Targets", "Selling", "Partners", "Milestones"]),
];

fn press(window: &mut Harness<'static, Window>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run();
}

/// What a screen reader can say of a name: icons are letters of a private use area, which nobody can say.
fn spoken(name: &str) -> String {
    name.chars().filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)).collect::<String>().trim().to_owned()
}

/// Whether a planner can do something with a node; text can only be marked, and a scroll bar needs no name.
fn takes_keys_or_clicks(node: &Node) -> bool {
    if node.is_hidden() || matches!(node.role(), Role::Label | Role::ScrollBar) {
        return false;
    }
    let acts = [Action::Click, Action::Focus, Action::SetValue, Action::Increment];
    acts.into_iter().any(|action| node.supports_action(action))
}

/// What has to be said of the window as it is, in words; empty where nothing has.
fn faults(window: &Harness<'static, Window>, wher: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut buttons = BTreeMap::<String, usize>::new();
    for node in window.root().children_recursive().map(|node| node.accesskit_node()) {
        let label = node.label().unwrap_or_default();
        let (name, node) = (spoken(&label), node.data());
        if takes_keys_or_clicks(node) && name.is_empty() {
            faults.push(format!("{wher}: a {:?} at {:?} has no name", node.role(), node.bounds()));
        }
        if takes_keys_or_clicks(node) && matches!(node.role(), Role::Unknown | Role::GenericContainer) {
            faults.push(format!("{wher}: \"{name}\" at {:?} has no role", node.bounds()));
        }
        if !name.is_empty() && label.trim() != name {
            faults.push(format!("{wher}: \"{name}\", a {:?}, has an icon in its name", node.role()));
        }
        if matches!(node.role(), Role::Table | Role::Grid) && (node.row_count(), node.column_count()) == (None, None) {
            faults.push(format!("{wher}: the table \"{name}\" does not say its size"));
        }
        // Over the window, a list may offer what is also behind it.
        if node.role() == Role::Button && wher.starts_with("view") {
            *buttons.entry(name).or_default() += 1;
        }
    }
    let twice = buttons.into_iter().filter(|(name, count)| *count > 1 && !name.is_empty());
    faults.extend(twice.map(|(name, count)| format!("{wher}: {count} buttons are called \"{name}\"")));
    faults
}

/// The faults of every view, and of what opens over it.
fn walked(plan: &Path) -> BTreeSet<String> {
    walked_at(plan, egui::vec2(1280.0, 800.0))
}

/// The same in a window of this size.
fn walked_at(plan: &Path, size: egui::Vec2) -> BTreeSet<String> {
    let mut window = window(plan);
    window.set_size(size);
    window.run();
    let mut found = BTreeSet::new();
    for (number, view) in VIEWS.into_iter().enumerate() {
        press(&mut window, Modifiers::COMMAND, view);
        found.extend(faults(&window, &format!("view {}", number + 1)));
        for part in PARTS.iter().filter(|(view, _)| *view == number + 1).flat_map(|(_, parts)| *parts) {
            window.query_all_by_label(part).next().unwrap().click();
            window.run();
            found.extend(faults(&window, &format!("view {}, {part}", number + 1)));
        }
    }
    press(&mut window, Modifiers::COMMAND, Key::Num1);
    press(&mut window, Modifiers::COMMAND, Key::F);
    found.extend(faults(&window, "view 1, finding in the table"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    for (name, modifiers, key) in [
        ("new", Modifiers::COMMAND, Key::N),
        ("open", Modifiers::COMMAND, Key::O),
        ("save as", Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S),
        ("import", Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O),
        ("settings", Modifiers::COMMAND, Key::Comma),
        ("finder", Modifiers::COMMAND, Key::K),
        ("shortcuts", Modifiers::NONE, Key::Questionmark),
        ("guide", Modifiers::NONE, Key::F1),
    ] {
        press(&mut window, modifiers, key);
        found.extend(faults(&window, name));
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
    found
}

#[test]
fn every_control_has_a_name_and_a_role() {
    let folder = tempfile::tempdir().unwrap();
    let found = walked(&copy_of_the_world(folder.path()));
    assert!(found.is_empty(), "{}", Vec::from_iter(found).join("\n"));
}

#[test]
fn every_control_of_an_empty_plan_has_a_name_and_a_role() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blank.ron");
    files::write(&path, &Template::by_name("blank").unwrap().plan().unwrap()).unwrap();
    let found = walked(&path);
    assert!(found.is_empty(), "{}", Vec::from_iter(found).join("\n"));
}

#[test]
fn every_control_at_twice_the_size_has_a_name_and_a_role() {
    let folder = tempfile::tempdir().unwrap();
    // 1280 by 800 pixels, two to a point.
    let found = walked_at(&copy_of_the_world(folder.path()), egui::vec2(640.0, 400.0));
    assert!(found.is_empty(), "{}", Vec::from_iter(found).join("\n"));
}

#[test]
fn panels_give_way_in_a_small_window_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    let about = "Where it comes from";
    assert!(window.query_by_label(about).is_some());
    window.set_size(egui::vec2(640.0, 400.0));
    window.run();
    assert!(window.query_by_label(about).is_none(), "the inspector leaves its room to the view");
    let grid = window.get_by_role_and_label(Role::Grid, "hiring grid").rect();
    assert!(grid.width() > 520.0 && grid.height() > 100.0, "{grid:?}");
    // What explains brings it, and Ctrl+I takes it away.
    window.get_by_label_contains("Coverage FY11: ").click();
    window.run();
    assert!(window.query_by_label(about).is_some());
    press(&mut window, Modifiers::COMMAND, Key::I);
    assert!(window.query_by_label(about).is_none());
    let (to_decide, _) = muster::analysis::decision_counts(window.state().document().finding_groups());
    assert_eq!(to_decide, 28);
    window.get_by_label("Checks (28)").click();
    window.run();
    window.set_size(egui::vec2(1280.0, 800.0));
    window.run();
    assert!(window.query_by_label(about).is_some());
}

#[test]
fn every_control_of_the_import_has_a_name_and_a_role() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("staff.csv");
    std::fs::write(&table, "Employee,Region,Role,Start,\n1,uk,ae,2010-01-01,x\n2,nowhere,ae,2010-01-01,\n").unwrap();
    let mut window = window_that_picks(&copy_of_the_world(folder.path()), &table);
    press(&mut window, Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    window.get_by_label("Browse…").click();
    for _ in 0..600 {
        window.step();
        if window.query_all_by_label("Import 1 row").next().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(window.query_all_by_label("Import 1 row").next().is_some());
    let found = faults(&window, "import");
    assert!(found.is_empty(), "{}", found.join("\n"));
}
