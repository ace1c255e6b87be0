//! Values over time in the assumptions: the series beside a field, a change typed into it, and many values at once.

use crate::sheet::Desk;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use muster::plan::Plan;
use muster::units::Exact;

impl Desk {
    fn section(&mut self, name: &str) {
        self.click("Assumptions");
        self.window.get_by_role_and_label(Role::Button, name).click();
        self.window.run();
    }

    /// The plan's changes as (from, path, value).
    fn changes(&self) -> Vec<(String, String, String)> {
        let plan = self.plan();
        let text = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        plan.changes.iter().map(|c| (c.from.to_string(), c.path.clone(), text(&c.value))).collect()
    }

    fn put(&mut self, cell: &str, text: &str) {
        self.click(cell);
        self.text(text);
        self.key(Key::Enter);
    }

    /// Types into the form for what is selected.
    fn change_selected(&mut self, from: &str, to: &str) {
        self.window.get_by_label("From month or fiscal year").focus();
        self.window.run();
        self.keys(Modifiers::COMMAND, Key::A);
        self.text(from);
        self.window.get_by_label("New value of what is selected").focus();
        self.window.run();
        self.text(to);
        self.click("Change");
    }

    fn undo(&mut self) {
        self.keys(Modifiers::COMMAND, Key::Z);
    }
}

fn change(from: &str, path: &str, value: &str) -> (String, String, String) {
    (from.to_owned(), path.to_owned(), value.to_owned())
}

/// An amount to the cent as the document writes it.
fn written(amount: Exact) -> String {
    let text = amount.round(2).to_string();
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

const TOOLS: &str = "assumptions.tools";

fn tools(plan: &Plan) -> Exact {
    plan.assumptions.tools.exact()
}

#[test]
fn the_next_value_is_typed_in_per_cent_or_as_it_is_and_moves_and_goes() {
    let mut desk = Desk::new();
    let before = desk.plan();
    desk.section("Costs");
    desk.click("Tools");
    desk.window.get_by_label("Values over time: Tools");
    // Three per cent more than the first value, from the next fiscal year on.
    desk.put("Tools, Next, Change, %", "3");
    let grown = written(tools(&before) * "1.03".parse().unwrap());
    assert_eq!(desk.changes(), [change("2011-07", TOOLS, &grown)]);
    let later = desk.window.get_by_role_and_label(Role::GridCell, "Tools, Change 1, Change, %");
    assert_eq!(later.accesskit_node().value().as_deref(), Some("3"));
    // Another month, and a value of its own; each is one step.
    desk.put("Tools, Change 1, From", "2011-01");
    assert_eq!(desk.changes(), [change("2011-01", TOOLS, &grown)]);
    let value = format!("Tools, Change 1, Value, {}", before.currency);
    desk.put(&value, "500");
    assert_eq!(desk.changes(), [change("2011-01", TOOLS, "500")]);
    // Arithmetic goes on from the cell's own number, and in the row of the next value from the last one.
    desk.put(&format!("Tools, Next, Value, {}", before.currency), "*1.1");
    assert_eq!(desk.changes(), [change("2011-01", TOOLS, "500"), change("2011-07", TOOLS, "550")]);
    desk.put("Tools, Change 2, Reason", "New contract");
    assert_eq!(desk.plan().changes[1].reason, "New contract");
    desk.click("Tools, Change 1, From");
    desk.window.get_by_label_contains("Remove").click();
    desk.window.run();
    assert_eq!(desk.changes(), [change("2011-07", TOOLS, "550")]);
    for _ in 0..6 {
        desk.undo();
    }
    assert_eq!(desk.plan(), before);
}

#[test]
fn a_month_that_has_a_value_and_one_outside_the_plan_are_refused() {
    let mut desk = Desk::new();
    desk.section("Costs");
    desk.click("Tools");
    desk.put("Tools, Next, Change, %", "3");
    let before = desk.changes();
    desk.put("Tools, Next, From", "2011-07");
    assert_eq!(desk.changes(), before, "the value of that month stays");
    desk.window.get_by_label_contains("on already; change that one");
    desk.key(Key::Escape);
    desk.put("Tools, Next, From", "2030-01");
    desk.window.get_by_label_contains("is outside the months in which a value may change");
    desk.key(Key::Escape);
    assert_eq!(desk.changes(), before);
    desk.put("Tools, Change 1, From", "FY11");
    desk.window.get_by_label_contains("the first month has the values of the plan itself");
    assert_eq!(desk.changes(), before);
}

#[test]
fn cells_of_a_row_that_are_pasted_at_once_are_one_change() {
    let mut desk = Desk::new();
    desk.section("Costs");
    desk.click("Tools");
    desk.click("Tools, Next, From");
    desk.event(Event::Paste("2012-01\t500".to_owned()));
    assert_eq!(desk.changes(), [change("2012-01", TOOLS, "500")]);
    // The value counts, not the share beside it, which is rounded where it is shown.
    desk.click("Tools, Change 1, From");
    desk.event(Event::Paste("2012-02\t333.33\t4.17".to_owned()));
    assert_eq!(desk.changes(), [change("2012-02", TOOLS, "333.33")]);
}

#[test]
fn a_typed_percentage_is_of_what_was_selected_when_typing_began() {
    let mut desk = Desk::new();
    desk.section("Costs");
    desk.click("Tools");
    desk.window.get_by_label("New value of what is selected").focus();
    desk.window.run();
    desk.text("+3 %");
    desk.click("Onboarding cost");
    desk.click("Change");
    let paths: Vec<String> = desk.changes().into_iter().map(|(_, path, _)| path).collect();
    assert_eq!(paths, [TOOLS]);
}

#[test]
fn a_cell_with_later_values_says_so_beside_itself() {
    let mut desk = Desk::new();
    desk.section("Costs");
    desk.click("Tools");
    desk.put(&format!("Tools, Next, Value, {}", desk.plan().currency), "500");
    let cell = desk.window.get_by_role_and_label(Role::GridCell, "Tools");
    let words = cell.accesskit_node().data().description().unwrap_or_default().to_owned();
    assert!(words.ends_with("changes over time"), "{words}");
    let later = desk.window.get_by_role_and_label(Role::GridCell, "Tools, Later values");
    assert_eq!(later.accesskit_node().value().as_deref(), Some("500 from 2011-07"));
}

#[test]
fn all_selected_values_change_from_a_fiscal_year_on_as_one_step() {
    let mut desk = Desk::new();
    let before = desk.plan();
    desk.section("Pay");
    let (region, roles) = (&before.regions[0], &before.roles);
    desk.click(&format!("{}, {}, Base pay", region.name, roles[0].name));
    desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    desk.keys(Modifiers::SHIFT, Key::ArrowDown);
    desk.window.get_by_label("Change 4 values from");
    desk.change_selected("FY12", "+3 %");
    let grown = |role: usize, variable: bool| {
        let pay = before.pay(&region.id, &roles[role].id).unwrap();
        let (part, name) = if variable { (pay.variable, "variable") } else { (pay.base, "base") };
        let path = format!("pay[{}][{}].{name}", region.id, roles[role].id);
        change("2011-07", &path, &written(part.exact() * "1.03".parse().unwrap()))
    };
    assert_eq!(desk.changes(), [grown(0, false), grown(0, true), grown(1, false), grown(1, true)]);
    desk.undo();
    assert_eq!(desk.plan(), before);
    // The step says what it was.
    desk.window.get_by_label_contains("4 values: +3 % from FY12 on");
}

#[test]
fn a_percentage_without_its_sign_of_per_cent_is_refused() {
    let mut desk = Desk::new();
    desk.section("Costs");
    desk.click("Tools");
    desk.window.get_by_label("New value of what is selected").focus();
    desk.window.run();
    desk.event(Event::Text("+3".to_owned()));
    desk.window.get_by_label_contains("write +3 % for a percentage");
    assert_eq!(desk.changes(), []);
}
