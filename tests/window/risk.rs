//! The Risk view in the window, through its accessibility tree: charts in words, chances, the table, uncertainty typed
//! over, a scenario compared with the plan, and stopping.

use std::path::Path;
use std::sync::Arc;

use crate::harness::{Window, wait_for, window_that_picks};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::{Harness, kittest::NodeT, kittest::Queryable};
use muster::analysis::{Progress, Simulation};
use muster::engine::{Measure, Outcome, Place};
use muster::files::{self, Template};
use muster::units::{Exact, Period};

struct Desk {
    window: Harness<'static, Window>,
    folder: tempfile::TempDir,
}

impl Desk {
    /// The view with a small plan, at the least number of trials.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        files::write(&path, &Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap()).unwrap();
        let window = window_that_picks(&path, &folder.path().join("saved.csv"));
        let mut desk = Self { window, folder };
        desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Num9);
        desk.window.run_ok();
        desk.choose("Trials: 10,000 trials", "300 trials");
        desk.wait_for("300 trials, seed 1");
        desk
    }

    fn click(&mut self, label: &str) {
        self.window.get_by_label(label).click();
        self.window.run_ok();
    }

    fn choose(&mut self, list: &str, choice: &str) {
        self.click(list);
        self.window.get_all_by_label(choice).last().unwrap().click();
        self.window.run_ok();
    }

    fn has(&self, words: &str) -> bool {
        self.window.query_all_by_label_contains(words).next().is_some()
    }

    fn wait_for(&mut self, words: &str) {
        wait_for(&mut self.window, words);
    }

    fn outcome(&self) -> Arc<Outcome> {
        Arc::clone(self.window.state().document().outcome())
    }
}

/// What the analysis gives for a plan.
fn simulated(outcome: &Arc<Outcome>) -> Simulation {
    let mut simulation = Simulation::of(outcome, Simulation::SEED).unwrap();
    simulation.run(300, &Progress::default()).unwrap();
    simulation
}

fn percent(value: Exact) -> String {
    (value * Exact::from(100_u32)).fixed(1)
}

#[test]
fn chances_and_charts_say_what_the_simulation_gives() {
    let mut desk = Desk::new();
    let simulation = simulated(&desk.outcome());
    let of = |measure: Measure, period: Period| simulation.spread(measure, Place::Plan, period).unwrap();
    let year = Period::Year(0);
    for measure in [Measure::CapacityCoverage, Measure::TotalCost] {
        let met = of(measure, year).chance.unwrap().chance;
        assert!(desk.has(&format!("{} % ± {}", percent(met.value), percent(met.error.unwrap()))), "{measure}");
    }
    let first = percent(of(Measure::CapacityCoverage, Period::Quarter(0)).quantile(50).unwrap());
    let words = format!("Chart: Capacity coverage by quarter, All regions. P50: FY11 Q1 {first} %");
    assert!(desk.has(&words), "{words}");
    assert!(desk.has("Chart: Trials, FY11, All regions. Target reached: "));
    let driver = &simulation.influences(Measure::CapacityCoverage, Place::Plan, year).unwrap()[0];
    let words = format!("Share of the spread: {} {} %", driver.name, percent(driver.squared));
    assert!(desk.has(&words), "{words}");

    // Another figure by year, with the budget it is held against.
    desk.choose("Figure: Capacity coverage", "Total cost");
    desk.click("By year");
    desk.wait_for("Chart: Total cost by year, All regions. P50: FY11 ");
    assert!(desk.has("Budget: FY11 ") && desk.has("Within the budget: "));
}

#[test]
fn the_table_has_the_figures_of_the_charts_and_is_saved() {
    let mut desk = Desk::new();
    desk.click("Table");
    let simulation = simulated(&desk.outcome());
    let found = simulation.spread(Measure::CapacityCoverage, Place::Plan, Period::Quarter(2)).unwrap();
    for (row, value) in [("Mean", found.mean.value), ("P5", found.quantiles[0]), ("P95", found.quantiles[6])] {
        let name = format!("Capacity coverage, {row}, All regions, FY11 Q3");
        let cell = desk.window.get_by_label(&name);
        assert_eq!(cell.accesskit_node().value().unwrap(), format!("{} %", percent(value)), "{row}");
    }
    desk.click("Save table: Risk, Capacity coverage");
    desk.window.get_by_label_contains("Save table as CSV…").click();
    let file = desk.folder.path().join("saved.csv");
    desk.window.run_ok();
    desk.click("Browse…");
    for _ in 0..8 {
        if let Some(save) = desk.window.query_by_label("Save") {
            save.click();
        }
        desk.window.run_ok();
    }
    let text = std::fs::read_to_string(Path::new(&file)).unwrap();
    assert!(text.contains(&found.quantiles[6].to_string()) && text.lines().count() >= 13, "{text}");
}

#[test]
fn uncertainty_is_typed_beside_the_picture_as_one_edit() {
    let mut desk = Desk::new();
    let before = simulated(&desk.outcome());
    desk.window.get_by_role_and_label(Role::TextInput, "Acceptance").focus();
    desk.window.run_ok();
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    desk.window.run_ok();
    desk.window.event(Event::Text("50".to_owned()));
    desk.window.key_press(Key::Enter);
    desk.window.run_ok();
    assert_eq!(desk.window.state().document().base().uncertainty.acceptance.fixed(), "0.500000");
    let after = simulated(&desk.outcome());
    let p50 = |s: &Simulation| {
        let found = s.spread(Measure::CapacityCoverage, Place::Plan, Period::Quarter(0)).unwrap();
        percent(found.quantile(50).unwrap())
    };
    assert_ne!(p50(&before), p50(&after));
    desk.wait_for(&format!("All regions. P50: FY11 Q1 {} %", p50(&after)));
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.wait_for(&format!("All regions. P50: FY11 Q1 {} %", p50(&before)));

    desk.window.get_by_role_and_label(Role::TextInput, "Acceptance").focus();
    desk.window.run_ok();
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    desk.window.run_ok();
    desk.window.event(Event::Text("150".to_owned()));
    desk.window.key_press(Key::Enter);
    desk.window.run_ok();
    assert_eq!(desk.window.state().document().base().uncertainty.acceptance.fixed(), "0.920000");
    assert!(desk.has("Acceptance: "), "why not is said");
}

#[test]
fn a_scenario_is_compared_with_the_plan() {
    let mut desk = Desk::new();
    desk.choose("Comparison: no comparison", "with Lean 90");
    desk.wait_for("P50, Lean 90: FY11 Q1 ");
    let plan = muster::edit::scenario(desk.window.state().document().base(), "Lean 90").unwrap().plan;
    let lean = simulated(&Arc::new(Outcome::of(Arc::new(plan)).unwrap()));
    let met = lean.spread(Measure::TotalCost, Place::Plan, Period::Year(1)).unwrap().chance.unwrap().chance;
    desk.wait_for(&format!("{} % ± {}", percent(met.value), percent(met.error.unwrap())));
    desk.click("Table");
    desk.wait_for("Capacity coverage, P90, Lean 90, All regions, FY11 Q1");
}

#[test]
fn a_simulation_is_stopped_and_goes_on() {
    let mut desk = Desk::new();
    desk.choose("Trials: 300 trials", "50,000 trials");
    desk.wait_for("Progress: ");
    // The first trials are there long before the last.
    desk.wait_for("Chart: Capacity coverage by quarter");
    desk.click("Stop");
    desk.wait_for("Stopped after ");
    assert!(!desk.has("Progress: "));
    desk.window.get_by_label_contains("Go on").click();
    desk.window.run_ok();
    desk.wait_for("Progress: ");
    desk.choose("Trials: 50,000 trials", "300 trials");
    desk.wait_for("300 trials, seed 1");
}

#[test]
fn a_plan_without_targets_says_so_and_shows_what_it_can() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blank.ron");
    files::write(&path, &Template::by_name("blank").unwrap().plan().unwrap()).unwrap();
    let mut desk = Desk { window: window_that_picks(&path, &path), folder };
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Num9);
    desk.wait_for("Capacity coverage: no figures, since All regions has no target");
    assert!(desk.has("No target and no budget here"));
    desk.choose("Figure: Capacity coverage", "Closing heads");
    desk.wait_for("Chart: Closing heads by quarter, All regions");
}

#[test]
fn the_simulation_rests_while_another_view_is_shown_and_then_goes_on() {
    let mut desk = Desk::new();
    desk.choose("Trials: 300 trials", "50,000 trials");
    desk.wait_for("Chart: Capacity coverage by quarter");
    desk.wait_for("Progress: ");
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    desk.window.run_ok();
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Num9);
    desk.wait_for("Progress: ");
    assert!(!desk.has("Stopped after "));
    desk.choose("Trials: 50,000 trials", "300 trials");
    desk.wait_for("300 trials, seed 1");
}
