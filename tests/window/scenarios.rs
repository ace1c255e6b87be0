//! The Scenarios view through the window's accessibility tree: a scenario from its name to its last edit, levers that
//! end with the view, comparing, sensitivity, goal seek, and plans of record.

use crate::harness::{Window, copy_of_the_world, window};
use egui::{Event, Key, Modifiers};
use egui_kittest::{Harness, kittest::NodeT, kittest::Queryable};
use muster::engine::{Measure, Outcome, Place};
use muster::plan::Plan;
use muster::units::{Exact, Period};
use tempfile::TempDir;

/// A window with the test plan, and the folder that its file lives in.
struct Desk {
    window: Harness<'static, Window>,
    _folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let window = window(&copy_of_the_world(folder.path()));
        Self { window, _folder: folder }
    }

    /// The view, at one of its parts.
    fn at(part: &str) -> Self {
        let mut desk = Self::new();
        desk.press(Key::Num6);
        desk.click(part);
        desk
    }

    fn base(&self) -> Plan {
        Plan::clone(self.window.state().document().base())
    }

    fn shown(&self) -> Plan {
        Plan::clone(self.window.state().document().plan())
    }

    fn coverage(&self) -> Option<Exact> {
        coverage(self.window.state().document().outcome())
    }

    fn press(&mut self, key: Key) {
        self.window.key_press_modifiers(Modifiers::COMMAND, key);
        self.window.run_ok();
    }

    fn key(&mut self, key: Key) {
        self.window.key_press(key);
        self.window.run_ok();
    }

    fn type_text(&mut self, text: &str) {
        self.window.event(Event::Text(text.to_owned()));
        self.window.run_ok();
    }

    fn click(&mut self, label: &str) {
        self.window.get_by_label(label).click();
        self.window.run_ok();
    }

    /// A button, whose icon stands before its words.
    fn click_on(&mut self, words: &str) {
        self.window.get_by_label_contains(words).click();
        self.window.run_ok();
    }

    /// Waits for what another thread works out.
    fn wait_for(&mut self, words: &str) {
        for _ in 0..3_000 {
            self.window.run_ok();
            if self.window.query_all_by_label_contains(words).next().is_some() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("there is no \"{words}\"");
    }

    fn new_scenario(&mut self, name: &str) {
        self.click_on("New scenario…");
        self.type_text(name);
        self.key(Key::Enter);
    }
}

fn coverage(outcome: &Outcome) -> Option<Exact> {
    outcome.figure(Measure::CapacityCoverage, Place::Plan, Period::Year(0))
}

#[test]
fn a_scenario_is_made_typed_into_compared_and_taken_back_to_the_plan_as_it_was() {
    let mut desk = Desk::at("List");
    let before = desk.base();
    desk.new_scenario("More in the first region");
    let index = before.scenarios.len();
    assert_eq!(desk.window.state().document().scenario(), Some("More in the first region"));
    assert_eq!(desk.base().scenarios[index].edits, Vec::new());
    assert_eq!(desk.shown().hires, before.hires, "a scenario without edits is the base");

    desk.press(Key::Num1);
    let cell = format!("{}, {}, FY11 Q1", before.regions[0].name, before.roles[0].name);
    desk.click(&cell);
    desk.type_text("7");
    desk.key(Key::Enter);
    assert_eq!(desk.shown().hires(&before.regions[0].id, &before.roles[0].id, 0), 7);
    assert_eq!(desk.base().hires, before.hires, "the base stays as it is");
    assert_eq!(desk.base().scenarios[index].edits.len(), 1);
    let description = desk.window.get_by_label(&cell).accesskit_node().description();
    assert!(description.is_some_and(|d| d.to_lowercase().contains("changed by the scenario")));

    desk.press(Key::Num6);
    desk.click("Compare");
    desk.wait_for("Growth hires FY11, More in the first region, Difference");
    let label = "Growth hires FY11, More in the first region, Difference";
    let difference = desk.window.get_by_label(label).accesskit_node().value();
    let more = 7 - before.hires(&before.regions[0].id, &before.roles[0].id, 0);
    assert_eq!(difference, Some(format!("+{more}")));
    let both = "Base plan: FY11 Q1 ";
    let chart = |desk: &Desk, title: &str| {
        let label = desk.window.get_by_label_contains(title).accesskit_node().label().unwrap_or_default();
        assert!(label.contains(both) && label.contains(". More in the first region: FY11 Q1 "), "{label}");
        label
    };
    let title = "Chart: Capacity against target, All regions, More in the first region beside Base plan";
    assert!(chart(&desk, title).contains(". Target: FY11 Q1 "));
    desk.window.get_by_label_contains("Figure of the chart").click();
    desk.window.run_ok();
    desk.click("Cost by quarter");
    let words = chart(&desk, "Chart: Cost by quarter, All regions");
    let outcomes = [&desk.base(), &desk.shown()].map(|plan| Outcome::of(std::sync::Arc::new(plan.clone())).unwrap());
    let [base, shown] =
        outcomes.map(|outcome| outcome.figure(Measure::TotalCost, Place::Plan, Period::Quarter(0)).unwrap_or_default());
    let more = (shown - base) / Exact::from(1_000_u32);
    assert!(words.contains(&format!(". Difference: FY11 Q1 {} k", more.grouped(1))), "{more:?}: {words}");
    desk.click("Bridge");
    desk.window.get_by_label_contains("Chart: Capacity by cause");

    desk.click("List");
    desk.wait_for("Drop this edit");
    desk.click_on("Drop this edit");
    assert_eq!(desk.base().scenarios[index].edits, Vec::new());
    for _ in 0..3 {
        desk.press(Key::Z);
    }
    assert_eq!(desk.base(), before);
    assert!(!desk.window.state().document().is_unsaved());
    assert_eq!(desk.window.state().document().scenario(), None);
}

#[test]
fn a_scenario_is_renamed_moved_duplicated_and_deleted_each_as_one_step() {
    let mut desk = Desk::at("List");
    let before = desk.base().scenarios.len();
    desk.new_scenario("One");
    desk.new_scenario("Two");
    let names =
        |desk: &Desk| -> Vec<String> { desk.base().scenarios.iter().skip(before).map(|s| s.name.clone()).collect() };
    assert_eq!(names(&desk), ["One", "Two"]);
    desk.click_on("Move up");
    assert_eq!(names(&desk), ["Two", "One"]);
    desk.click_on("Duplicate");
    assert_eq!(names(&desk), ["Two", "Two copy", "One"]);
    desk.click_on("Delete");
    assert_eq!(names(&desk), ["Two", "One"]);

    // The scenario that the window shows keeps being shown under its new name, there and back.
    desk.click("Two, Growth hires");
    desk.window.get_by_label("Name of the scenario").focus();
    desk.window.run_ok();
    desk.press(Key::A);
    desk.type_text("Second");
    desk.key(Key::Enter);
    assert_eq!(names(&desk), ["Second", "One"]);
    assert_eq!(desk.window.state().document().scenario(), Some("Second"));
    desk.press(Key::Z);
    assert_eq!(desk.window.state().document().scenario(), Some("Two"));
    // A name that is taken is refused, and the field says why.
    desk.click_on("New scenario…");
    desk.type_text("One");
    desk.key(Key::Enter);
    desk.window.get_by_label_contains("\"One\" is taken");
    assert_eq!(names(&desk).len(), 2);
}

#[test]
fn a_scenario_becomes_the_base_once_the_planner_has_read_what_that_changes() {
    let mut desk = Desk::at("Levers");
    let before = desk.base();
    desk.click("Attrition doubles");
    let doubled = desk.coverage();
    desk.click_on("Keep as scenario…");
    desk.press(Key::A);
    desk.type_text("Doubled");
    desk.key(Key::Enter);
    assert_eq!(desk.window.state().document().scenario(), Some("Doubled"));
    assert_eq!((desk.coverage(), desk.base().levers), (doubled, before.levers.clone()));
    desk.click("List");
    desk.click("Doubled, Growth hires");
    desk.click_on("Make it the base…");
    desk.window.get_by_label("Make Doubled the base plan?");
    assert!(desk.window.query_all_by_label_contains("Attrition factor: 1 → 2\n\nThe other").next().is_some());
    desk.click("Make it the base");
    assert_eq!(desk.window.state().document().scenario(), None);
    assert_eq!(desk.coverage(), doubled);
    assert_ne!(desk.base().levers, before.levers);
    desk.press(Key::Z);
    desk.press(Key::Z);
    assert_eq!(desk.base(), before);
}

#[test]
fn a_slider_moves_the_figures_and_leaving_the_view_shows_the_plan_as_it_is() {
    let mut desk = Desk::at("Levers");
    let (before, plan) = (desk.coverage(), desk.base());
    desk.window.get_by_label_contains("Hire delay: 0 months").focus();
    desk.window.run_ok();
    desk.key(Key::ArrowRight);
    desk.key(Key::ArrowRight);
    let mut slipped = plan.clone();
    slipped.levers.hire_delay = 2;
    let expected = coverage(&Outcome::of(slipped.into()).unwrap());
    assert_eq!(desk.coverage(), expected);
    assert_ne!(desk.coverage(), before);
    assert_eq!(desk.base(), plan, "nothing is changed by looking");
    desk.press(Key::Num1);
    assert_eq!(desk.coverage(), before, "another view shows the plan as it is");
    desk.press(Key::Num6);
    assert_eq!(desk.coverage(), expected, "the levers are as they were left");
    desk.click("Compare");
    assert_eq!(desk.coverage(), before, "another part shows the plan as it is");
    desk.click("Levers");
    desk.click_on("Apply to the plan");
    assert_eq!(desk.base().levers.hire_delay, 2);
    assert_eq!(desk.coverage(), expected);
    desk.press(Key::Z);
    assert_eq!((desk.base(), desk.coverage()), (plan, before));
}

#[test]
fn a_goal_is_sought_and_its_answer_put_in_gives_the_outcome() {
    let mut desk = Desk::at("Goal seek");
    desk.window.get_by_label("Goal").focus();
    desk.window.run_ok();
    desk.press(Key::A);
    desk.type_text("90");
    desk.key(Key::Enter);
    desk.click_on("Seek");
    desk.wait_for("Put in");
    desk.click_on("Put in");
    let found = desk.coverage().unwrap();
    let goal: Exact = "0.9".parse().unwrap();
    assert!((found - goal).max(goal - found) <= "0.0000005".parse().unwrap(), "{found}");
    desk.press(Key::Z);
    assert_ne!(desk.coverage(), Some(found), "it is one step");
}

#[test]
fn every_lever_and_assumption_is_turned_beside_the_window() {
    let mut desk = Desk::at("Sensitivity");
    desk.wait_for("Chart: Capacity coverage, the whole plan, FY11");
    let now = desk.coverage().unwrap() * Exact::from(100_u32);
    desk.window.get_by_label(&format!("now {} %", now.fixed(1)));
    desk.click("Ranges");
    desk.window.get_by_label("Attainment, down").focus();
    desk.window.run_ok();
    desk.press(Key::A);
    desk.type_text("0");
    desk.key(Key::Enter);
    desk.wait_for("Progress:");
    desk.wait_for("Chart: Capacity coverage, the whole plan, FY11");
}

#[test]
fn a_plan_is_frozen_under_a_name_and_compared_with_what_comes_later() {
    let mut desk = Desk::at("Change log");
    let before = desk.base();
    desk.click_on("Freeze the base plan…");
    desk.type_text("Agreed");
    desk.key(Key::Enter);
    assert_eq!(*desk.base().frozen[0].plan, before.alone());
    let said = desk.window.query_all_by_label("Freeze the plan as Agreed").count();
    assert_eq!(said, 2, "the status line says it, and the log keeps it");
    desk.press(Key::Num1);
    desk.click(&format!("{}, {}, FY11 Q1", before.regions[0].name, before.roles[0].name));
    desk.type_text("9");
    desk.key(Key::Enter);
    desk.press(Key::Num6);
    desk.click("Compare Agreed");
    desk.wait_for("Growth hires FY11, Base plan, Difference");
    let difference = desk.window.get_by_label("Growth hires FY11, Base plan, Difference").accesskit_node().value();
    let more = 9 - before.hires(&before.regions[0].id, &before.roles[0].id, 0);
    assert_eq!(difference, Some(format!("+{more}")));
    desk.click("Change log");
    desk.click("Remove Agreed");
    desk.click("Remove");
    assert!(desk.base().frozen.is_empty());
}
