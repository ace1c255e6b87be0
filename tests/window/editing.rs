//! The window through its accessibility tree: open, type, see figures move, undo, save, reopen.

use std::path::Path;

use crate::harness::{Window, copy_of_the_world, window, window_that_picks};
use egui::Key;
use egui_kittest::{Harness, kittest::Queryable};
use muster::desktop::Document;
use muster::engine::{Measure, Outcome, Place};
use muster::files;
use muster::units::Period;

fn coverage(outcome: &Outcome) -> String {
    outcome.figure(Measure::CapacityCoverage, Place::Region(0), Period::Year(0)).unwrap().fixed(6)
}

#[test]
fn a_typed_hire_moves_the_figures_and_can_be_undone_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let before = files::read(&path).unwrap();
    let mut window = window(&path);
    window.run();
    let first = format!("{}, {}, FY11 Q1", before.regions[0].name, before.roles[0].name);
    window.get_by_label(&first).click();
    window.run();
    window.event(egui::Event::Text("7".to_owned()));
    window.run();
    // Every key shows: nothing is entered yet, but the figures are those of the plan with 7 hires.
    let mut expected = before.clone();
    let (region, role) = (before.regions[0].id.clone(), before.roles[0].id.clone());
    expected.hires.entry(region).or_default().entry(role).or_insert(vec![0; 8])[0] = 7;
    let expected = Outcome::of(std::sync::Arc::new(expected)).unwrap();
    assert_eq!(coverage(window.state().document().outcome()), coverage(&expected));
    assert_ne!(coverage(window.state().document().outcome()), coverage(&Outcome::of(before.clone().into()).unwrap()));
    assert!(!window.state().document().is_unsaved());
    window.key_press(Key::Enter);
    window.run();
    assert!(window.state().document().is_unsaved());
    assert_eq!(coverage(window.state().document().outcome()), coverage(&expected));
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(**window.state().document().plan(), before);
    assert!(!window.state().document().is_unsaved());
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Y);
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::S);
    window.run();
    assert!(!window.state().document().is_unsaved());
    let mut saved = files::read(&path).unwrap();
    let log: Vec<String> = saved.log.iter().map(|entry| entry.words.clone()).collect();
    saved.log.clear();
    assert_eq!(saved, **expected.plan());
    let typed = format!("{first}: 7");
    assert_eq!(log, [typed.clone(), format!("Undone: {typed}"), format!("Redone: {typed}")]);
    let again = Document::open(&path).unwrap();
    assert_eq!(coverage(again.outcome()), coverage(&expected));
}

#[test]
fn closing_asks_before_unsaved_changes_are_lost() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let mut window = window(&path);
    window.run();
    let plan = files::read(&path).unwrap();
    let cell = format!("{}, {}, FY11 Q2", plan.regions[0].name, plan.roles[0].name);
    window.get_by_label(&cell).click();
    window.run();
    window.event(egui::Event::Text("9".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    // A new plan is asked for: first which, then whether to save; Cancel keeps everything.
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::N);
    window.run();
    window.get_by_label_contains("blank: ").click();
    window.run();
    window.get_by_label("Cancel").click();
    window.run();
    assert_eq!(window.state().document().plan().name, plan.name);
    assert!(window.state().document().is_unsaved());
    // Saved first, then replaced.
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::N);
    window.run();
    window.get_by_label_contains("blank: ").click();
    window.run();
    window.get_by_label("Save").click();
    window.run();
    assert_eq!(window.state().document().plan().name, "New plan");
    let saved = files::read(&path).unwrap();
    assert_eq!(saved.hires(&plan.regions[0].id, &plan.roles[0].id, 1), 9);
}

#[test]
fn opening_a_broken_plan_says_why_and_keeps_the_open_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let broken = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken/several-at-once.ron");
    let mut window = window_that_picks(&path, &broken);
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::O);
    window.run();
    window.get_by_label("Browse…").click();
    window.run();
    window.get_by_label("The plan cannot be opened");
    window.get_by_label_contains("Account executive in Region 1 has people but no pay");
    window.get_by_label("Close").click();
    window.run();
    assert_eq!(window.state().document().path(), Some(path.as_path()));
}

#[test]
fn a_cell_refuses_text_and_escape_restores_its_value() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let mut window = window(&path);
    window.run();
    let plan = files::read(&path).unwrap();
    let cell = format!("{}, {}, FY11 Q1", plan.regions[0].name, plan.roles[0].name);
    window.get_by_label(&cell).click();
    window.run();
    window.event(egui::Event::Text("7".to_owned()));
    window.run();
    window.event(egui::Event::Text("x".to_owned()));
    window.run();
    window.get_by_label("\"7x\" is no number; write it as 1,234.5");
    window.key_press(Key::Escape);
    window.run();
    assert!(!window.state().document().is_unsaved());
    assert_eq!(coverage(window.state().document().outcome()), coverage(&Outcome::of(plan.into()).unwrap()));
}

#[test]
fn hires_typed_under_a_scenario_stay_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let plan = muster::files::Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    files::write(&path, &plan).unwrap();
    let index = plan.scenarios.iter().position(|s| s.name == "Attrition doubles").unwrap();
    let name = plan.scenarios[index].name.clone();
    let mut window = window(&path);
    let hires = |w: &Harness<'static, Window>| {
        let plan = w.state().document().plan();
        plan.hires(&plan.regions[0].id, &plan.roles[1].id, 0)
    };
    window.get_by_label("Scenario: Base plan").click();
    window.run();
    window.get_by_label(&name).click();
    window.run();
    assert_eq!(window.state().document().scenario(), Some(name.as_str()));
    let shown = muster::edit::scenario(&plan, &name).unwrap().plan;
    assert_eq!(**window.state().document().plan(), shown);
    let cell = format!("{}, {}, FY11 Q1", plan.regions[0].name, plan.roles[1].name);
    window.get_by_label(&cell).click();
    window.run();
    for text in ["3", "3"] {
        window.event(egui::Event::Text(text.to_owned()));
    }
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(hires(&window), 33);
    let base = window.state().document().base();
    assert_eq!(base.hires, plan.hires, "the base stays as it is");
    assert_eq!(base.scenarios[index].edits.len(), plan.scenarios[index].edits.len() + 1);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(**window.state().document().plan(), shown);
    assert_eq!(window.state().document().scenario(), Some(name.as_str()));
}

/// A file that is dropped on the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

#[test]
fn a_file_dropped_on_the_window_opens() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    let other = folder.path().join("other.json");
    let plan = files::Template::by_name("blank").unwrap().plan().unwrap();
    files::write(&other, &plan).unwrap();
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(other.clone())));
    window.run();
    assert_eq!(window.state().document().path(), Some(other.as_path()));
    assert_eq!(window.state().document().plan().name, plan.name);
    // What is no plan is told, and the open one stays.
    let broken = folder.path().join("broken.ron");
    std::fs::write(&broken, "(schema: 1").unwrap();
    window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(broken)));
    window.run();
    assert!(window.query_by_label("The plan cannot be opened").is_some());
    assert_eq!(window.state().document().path(), Some(other.as_path()));
}

#[test]
fn the_finder_searches_what_is_typed_and_its_table_takes_the_next_keys() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let before = files::read(&path).unwrap();
    let mut window = window(&path);
    let press = |window: &mut Harness<'static, Window>, modifiers, key| {
        window.key_press_modifiers(modifiers, key);
        window.run();
    };
    window.get_by_label(&format!("{}, {}, FY11 Q1", before.regions[0].name, before.roles[0].name)).click();
    window.run();
    press(&mut window, egui::Modifiers::COMMAND, Key::K);
    window.event(egui::Event::Text("targets".to_owned()));
    window.run();
    assert_eq!(**window.state().document().plan(), before);
    press(&mut window, egui::Modifiers::NONE, Key::Enter);
    // The section is there, and F6 would do no more: the arrows move in its table.
    assert!(
        window
            .query_by_label("Bookings targets by region and quarter; a year's total spreads over its quarters")
            .is_some()
    );
    press(&mut window, egui::Modifiers::NONE, Key::ArrowDown);
    window.event(egui::Event::Text("5".to_owned()));
    window.run();
    press(&mut window, egui::Modifiers::NONE, Key::Enter);
    let plan = window.state().document().plan();
    assert_eq!(plan.target(&plan.regions[0].id, 0), muster::units::Money::new(5_u32.into()));
}
