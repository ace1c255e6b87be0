//! The Optimise view in the window, through its accessibility tree: the best plan found, applied, taken back and kept as a
//! scenario; limits that contradict each other; stopping; the frontier; the next hires.

use std::sync::Arc;

use crate::harness::{Window, wait_for, window};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::{Harness, kittest::NodeT, kittest::Queryable};
use muster::analysis::Progress;
use muster::analysis::optimisation::{
    BestPlan, Effort, FrontierAxis, NextHire, Objective, Percentile, Problem, RobustChoice, frontier, optimise,
    place_next_hires,
};
use muster::edit::apply_all;
use muster::engine::Outcome;
use muster::files::{self, Template};
use muster::plan::Plan;
use muster::units::{Exact, Money, Period};
use serde_json::{Value, json};

/// Two regions of a bundled plan, so that a search is short.
fn small() -> Plan {
    let plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    let mut plan = serde_json::to_value(plan.alone()).unwrap();
    let kept = ["federal-civilian", "education"];
    let is_kept = |region: &Value| kept.contains(&region.as_str().unwrap());
    plan["regions"].as_array_mut().unwrap().retain(|region| is_kept(&region["id"]));
    plan["baseline"].as_array_mut().unwrap().retain(|entry| is_kept(&entry["region"]));
    for list in ["pay", "hires", "targets"] {
        plan[list].as_object_mut().unwrap().retain(|region, _| kept.contains(&region.as_str()));
    }
    plan["judgements"] = json!([]);
    plan["budgets"] = json!({});
    plan["envelope"] = json!({"fiscal_year": 2011, "min": 30, "max": 60});
    serde_json::from_value(plan).unwrap()
}

struct Desk {
    window: Harness<'static, Window>,
    _folder: tempfile::TempDir,
}

impl Desk {
    /// The view with a plan.
    fn of(plan: &Plan) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("plan.ron");
        files::write(&path, plan).unwrap();
        let mut window = window(&path);
        window.key_press_modifiers(Modifiers::COMMAND, Key::M);
        window.run_ok();
        Self { window, _folder: folder }
    }

    fn click(&mut self, label: &str) {
        self.window.get_by_label(label).click();
        self.window.run_ok();
    }

    /// Clicks a button by its name, which stands behind an icon.
    fn press(&mut self, label: &str) {
        self.window.get_by_role_and_label(Role::Button, label).click();
        self.window.run_ok();
    }

    fn has(&self, words: &str) -> bool {
        self.window.query_all_by_label_contains(words).next().is_some()
    }

    fn wait_for(&mut self, words: &str) {
        wait_for(&mut self.window, words);
    }

    fn type_into(&mut self, field: &str, text: &str) {
        self.window.get_by_role_and_label(Role::TextInput, field).focus();
        self.window.run_ok();
        self.window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.window.run_ok();
        self.window.event(Event::Text(text.to_owned()));
        self.window.key_press(Key::Enter);
        self.window.run_ok();
    }

    fn cell(&self, name: &str) -> String {
        self.window.get_by_label(name).accesskit_node().value().unwrap()
    }

    fn plan(&self) -> Arc<Plan> {
        Arc::clone(self.window.state().document().plan())
    }
}

/// What the analysis gives for a plan.
fn best(plan: &Plan, objective: Objective) -> BestPlan {
    let start = Outcome::of(Arc::new(plan.clone())).unwrap();
    optimise(&start, &Problem::new(plan, objective), Effort::default(), &Progress::default()).unwrap()
}

fn whole(value: Exact) -> String {
    value.round(0).grouped(0)
}

#[test]
fn the_best_plan_is_found_applied_taken_back_and_kept_as_a_scenario() {
    let plan = small();
    let best = best(&plan, Objective::Shortfall);
    assert!(!best.edits.is_empty() && best.objective < best.before);
    let mut desk = Desk::of(&plan);
    assert!(desk.has("The best plan within the limits"), "it says what it does");
    desk.click("Find the best plan");
    desk.wait_for(&format!("Uncovered target: {} → {} USD", whole(best.before), whole(best.objective)));
    assert!(desk.has(&format!("No plan can leave less than {} USD uncovered", whole(best.bound))));
    assert_eq!(desk.plan().hires, plan.hires, "nothing changes until it is applied");

    // What it changes, cell by cell.
    desk.click(&format!("Changed hires ({})", best.changes.len()));
    let change = best.changes.first().unwrap();
    let (region, role) = (&plan.regions[change.region].name, &plan.roles[change.role].name);
    let when = plan.calendar.name(Period::Quarter(change.quarter));
    let name = format!("Growth hires, {region}, {role}, {when}");
    assert_eq!(desk.cell(&name), format!("{} → {}", change.from, change.to));
    desk.click(&format!("Binding limits ({})", best.binding.len()));
    let binding = best.binding.first().unwrap();
    let words = binding.status.limit.describe(&plan, &Problem::new(&plan, Objective::Shortfall));
    assert!(desk.has(words.rsplit_once(": ").unwrap().0), "{words}");

    desk.press("Apply the hires of the best plan");
    assert_eq!(desk.plan().hires, apply_all(&plan, &best.edits).unwrap().hires);
    assert!(desk.has("The plan has these hires now"));
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.window.run_ok();
    assert_eq!(desk.plan().hires, plan.hires, "one step");
    assert!(!desk.has("Out of date") && !desk.has("The plan has these hires now"));

    // Another question leaves the answer what it was; a change of the plan makes it outdated.
    desk.click("Envelope");
    assert!(desk.has("This is the result of the question before"));
    desk.click("Envelope");
    assert!(!desk.has("This is the result of the question before"));
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Num9);
    desk.window.run_ok();
    desk.type_into("Acceptance", "50");
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::M);
    desk.window.run_ok();
    assert!(desk.has("Out of date: the plan has changed since"));
    desk.press("Apply the hires of the best plan");
    assert_eq!(desk.plan().hires, plan.hires, "what is out of date is not applied");
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.window.run_ok();
    assert!(!desk.has("Out of date"));

    desk.press("Keep the hires of the best plan as a scenario…");
    desk.type_into("Name of the scenario", "Optimum");
    let document = desk.window.state().document();
    assert_eq!((document.scenario(), document.base().hires.clone()), (Some("Optimum"), plan.hires.clone()));
    assert_eq!(desk.plan().hires, apply_all(&plan, &best.edits).unwrap().hires);
    assert_eq!(document.base().scenarios[0].edits.len(), best.edits.len());
}

#[test]
fn a_robust_plan_is_chosen_by_what_is_simulated() {
    let plan = small();
    let start = Outcome::of(Arc::new(plan.clone())).unwrap();
    let problem =
        Problem { robust: Some(RobustChoice::at(Percentile::P20)), ..Problem::new(&plan, Objective::Shortfall) };
    let best = optimise(&start, &problem, Effort::default(), &Progress::default()).unwrap();
    let robust = best.robust.unwrap();
    let mut desk = Desk::of(&plan);
    desk.click("P20");
    desk.click("Find the best plan");
    desk.wait_for(&format!("P20 of the {} best plans found", robust.choice.candidates));
    assert!(desk.has(&format!("simulated in 1,000 trials: {} USD", whole(robust.chosen.p20))));
    desk.press("Apply the hires of the best plan");
    assert_eq!(desk.plan().hires, apply_all(&plan, &best.edits).unwrap().hires);
}

#[test]
fn limits_that_contradict_each_other_are_said_with_what_to_change() {
    let mut desk = Desk::of(&small());
    desk.type_into("Budget FY11 of the search", "1");
    desk.click("Find the best plan");
    desk.wait_for("No plan meets all of these limits at once");
    let words = "Budget, FY11: at most 1 USD";
    assert!(desk.has(words) && desk.has("Raise the budget"));
    desk.click(&format!("Leave out: {words}"));
    let switch = desk.window.get_by_role_and_label(Role::CheckBox, "Budgets");
    assert_eq!(switch.accesskit_node().toggled(), Some(egui::accesskit::Toggled::False));
}

#[test]
fn a_search_is_stopped_by_its_button_and_by_escape() {
    let mut desk = Desk::of(&small());
    desk.click("Thorough");
    desk.click("Find the best plan");
    desk.wait_for("Progress: ");
    desk.click("Cancel");
    assert!(desk.has("Stopped before the end; nothing was changed"));
    desk.click("Find the best plan");
    desk.wait_for("Progress: ");
    desk.window.key_press(Key::Escape);
    desk.window.run_ok();
    assert!(desk.has("Stopped before the end; nothing was changed"));
    // What is found so far can be taken instead.
    desk.click("Find the best plan");
    desk.wait_for("Take the best so far");
    desk.click("Take the best so far");
    desk.wait_for("No plan can leave less than");
}

#[test]
fn locked_cells_keep_their_hires() {
    let plan = small();
    let mut desk = Desk::of(&plan);
    desk.click("May change: every cell");
    desk.click("Open all of All roles");
    assert!(desk.has("Open a cell and quarter that may change"));
    desk.click(&format!("Open {}", plan.roles[0].name));
    desk.click("Open all of FY12");
    desk.click("Find the best plan");
    desk.wait_for("Uncovered target: ");
    desk.press("Apply the hires of the best plan");
    let after = desk.plan();
    for region in &plan.regions {
        for (k, role) in plan.roles.iter().enumerate() {
            for q in 0..plan.calendar.quarters {
                let hires = |plan: &Plan| plan.hires(&region.id, &role.id, q);
                assert!((k == 0 && q < 4) || hires(&plan) == hires(&after), "{} {} {q}", region.id, role.id);
            }
        }
    }
}

/// What one more hire adds, by the engine, and the next few.
fn placed(plan: &Plan, count: usize) -> Vec<(NextHire, Outcome)> {
    let start = Outcome::of(Arc::new(plan.clone())).unwrap();
    place_next_hires(&start, &Problem::new(plan, Objective::Shortfall), count, &Progress::default()).unwrap()
}

#[test]
fn next_hires_state_what_each_adds_and_are_placed() {
    let plan = small();
    let placed = placed(&plan, 2);
    let mut desk = Desk::of(&plan);
    desk.click("Next hires");
    let (first, _) = placed.first().unwrap();
    let (region, role) = (&plan.regions[first.open.region].name, &plan.roles[first.open.role].name);
    let when = plan.calendar.name(Period::Quarter(first.open.quarter));
    let name = format!("Covered target of one more, {region}, {role}, {when}");
    desk.wait_for(&name);
    let short = |amount: Money| {
        let millions = amount.exact() / Exact::from(1_000_000_u32);
        if millions >= Exact::ONE {
            return format!("{} M", millions.round(1).grouped(1));
        }
        format!("{} k", (amount.exact() / Exact::from(1_000_u32)).round(1).grouped(1))
    };
    assert_eq!(desk.cell(&name), short(first.covered));
    desk.window.get_by_role_and_label(Role::RadioButton, "Cost").click();
    desk.wait_for("Cost of one more");
    assert_eq!(desk.cell(&format!("Cost of one more, {region}, {role}, {when}")), short(first.cost));

    // A figure leads to its place.
    desk.click(&format!("Cost of one more, {region}, {role}, {when}"));
    assert!(desk.has("hiring grid"));
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::M);
    desk.window.run_ok();

    desk.type_into("Hires to place", "2");
    desk.click("Place the next 2");
    desk.wait_for("The next 2 hires, each where it does most");
    for (step, (hire, _)) in placed.iter().enumerate() {
        let (region, role) = (&plan.regions[hire.open.region].name, &plan.roles[hire.open.role].name);
        let name = format!("{}. {region}, {role}, Covers", step + 1);
        assert_eq!(desk.cell(&name), short(hire.covered), "{name}");
    }
    desk.press("Apply the next hires");
    assert_eq!(desk.plan().hires, placed.last().unwrap().1.plan().hires);
    assert!(desk.has("The plan has these hires already"));
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.window.run_ok();
    assert_eq!(desk.plan().hires, plan.hires, "one step");
}

#[test]
fn the_frontier_is_drawn_and_a_point_of_it_is_applied() {
    let plan = small();
    let mut desk = Desk::of(&plan);
    desk.click("Frontier");
    desk.click("Points: 9 points");
    desk.click("3 points");
    desk.click("Hires");
    desk.click("Draw the frontier");
    desk.wait_for("Chart: Covered target against cost");
    let today = format!("As it is, {} hires", plan.hires_in_year(0));
    assert!(desk.has("Total cost: 30 hires ") && desk.has(&today), "today's plan stands among them");

    // A row is chosen with the keyboard, and the chart's value too.
    desk.click("30 hires, Plan");
    desk.wait_for("30 hires cover ");
    desk.click("All points");
    let cost = desk.cell("60 hires, Cost, USD");
    desk.window.get_by_label_contains("Chart: Covered target against cost").focus();
    desk.window.run_ok();
    desk.window.key_press(Key::ArrowRight);
    for _ in 0..2 {
        desk.window.key_press(Key::ArrowRight);
    }
    desk.window.run_ok();
    assert!(desk.has(&format!("60 hires, Total cost: {cost} USD")));
    desk.window.key_press(Key::Enter);
    desk.window.run_ok();
    desk.wait_for("60 hires cover ");
    desk.press("Apply the hires of the chosen plan");
    assert_eq!(desk.plan().hires_in_year(0), 60);
    assert!(desk.has("Out of date: the plan has changed since"));
    desk.window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    desk.window.run_ok();
    assert_eq!(desk.plan().hires, plan.hires, "one step");
}

#[test]
fn the_frontier_along_the_budget_begins_at_the_cheapest_plan() {
    let plan = small();
    let start = Outcome::of(Arc::new(plan.clone())).unwrap();
    let found = frontier(
        &start,
        &Problem::new(&plan, Objective::Shortfall),
        (FrontierAxis::Budget, 2),
        Effort { rounds: Effort::default().rounds.div_ceil(2), ..Effort::default() },
        &Progress::default(),
    )
    .unwrap();
    let mut desk = Desk::of(&plan);
    desk.click("Frontier");
    desk.click("Points: 9 points");
    desk.click("3 points");
    desk.click("Draw the frontier");
    desk.wait_for("Chart: Covered target against cost");
    let whole = |money: Money| whole(money.exact());
    for point in &found.points {
        let many = found.points.iter().filter(|other| other.hires == point.hires).count();
        let name = format!("{} hires", point.hires);
        let cells = desk.window.query_all_by_label_contains(", Cost, USD");
        let cells = cells.filter(|cell| cell.accesskit_node().label().is_some_and(|label| label.starts_with(&name)));
        let values: Vec<String> = cells.filter_map(|cell| cell.accesskit_node().value()).collect();
        assert_eq!(values.len(), many);
        assert!(values.contains(&whole(point.cost)), "{values:?}");
    }
}
