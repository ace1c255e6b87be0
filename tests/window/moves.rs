//! The grids of moves and of exits beside that of hires: typing, pastes, totals, removal, undo.

use crate::sheet::Desk;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use muster::edit::apply_all;
use muster::plan::{MoveRamp, Plan, PlanEdit};
use serde_json::json;

impl Desk {
    fn exits(&self, role: usize) -> [u32; 8] {
        let plan = self.plan();
        std::array::from_fn(|quarter| plan.exits(&plan.regions[0].id, &plan.roles[role].id, quarter))
    }

    /// The plan's moves as (quarter, heads).
    fn moves(&self) -> Vec<(usize, u32)> {
        self.plan().moves.iter().map(|entry| (entry.quarter, entry.heads)).collect()
    }

    fn type_over(&mut self, text: &str) {
        self.text(text);
        self.key(Key::Enter);
    }

    /// The name of the pair that is proposed first: the first region's first role to its second.
    fn pair(&self) -> String {
        let plan = self.plan();
        format!("{}: {} to {}", plan.regions[0].name, plan.roles[0].name, plan.roles[1].name)
    }

    /// A pair of moves in the grid of moves.
    fn with_pair(&mut self) -> String {
        self.click("Moves");
        self.window.get_by_label_contains("Add a pair").click();
        self.window.run();
        self.pair()
    }

    fn button(&mut self, label: &str) {
        let button =
            self.window.query_all_by_label_contains(label).find(|node| node.accesskit_node().role() == Role::Button);
        button.unwrap().click();
        self.window.run();
    }
}

/// Two hundred people of four years in the first region's first role.
pub(crate) fn with_people(plan: &mut Plan) {
    let entry = json!({"region": plan.regions[0].id, "role": plan.roles[0].id, "heads": 200, "tenure": 48});
    let people = PlanEdit::Insert { list: "baseline".to_owned(), at: 0, entry };
    *plan = apply_all(plan, &[people]).unwrap();
}

#[test]
fn exits_have_a_grid_with_the_habits_of_hires() {
    let mut desk = Desk::new();
    let before = desk.plan();
    desk.click("Exits");
    assert!(desk.window.query_by_role_and_label(Role::Grid, "exits grid").is_some());
    assert!(desk.window.query_by_role_and_label(Role::Grid, "hiring grid").is_none());
    desk.click(&desk.cell(0, 2));
    desk.text("4");
    desk.key(Key::Tab);
    desk.type_over("=1+2");
    assert_eq!(desk.exits(0), [0, 0, 4, 3, 0, 0, 0, 0]);
    assert_eq!(desk.plan().hires, before.hires);
    // Enter came back to the column in which the run began; undo puts the cursor back.
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.exits(0), [0, 0, 4, 0, 0, 0, 0, 0]);
    let sheet = desk.window.get_by_role_and_label(Role::Grid, "exits grid");
    let active = sheet.accesskit_node().data().active_descendant();
    let cells = desk.window.query_all_by_role(Role::GridCell);
    let cursor = cells.into_iter().find(|cell| Some(cell.accesskit_node().locate().0) == active);
    assert_eq!(cursor.and_then(|cell| cell.accesskit_node().label()), Some(desk.cell(0, 3)));
    // Eight quarters pass over the totals of the years.
    desk.click(&desk.cell(1, 0));
    desk.event(Event::Paste("1\t2\t3\t4\t5\t6\t7\t8".to_owned()));
    assert_eq!(desk.exits(1), [1, 2, 3, 4, 5, 6, 7, 8]);
    // A total is spread over what it adds up.
    let year = format!("{}, {}, FY11", before.regions[0].name, before.roles[1].name);
    desk.click(&year);
    desk.key(Key::F2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.type_over("20");
    assert_eq!(desk.exits(1), [2, 4, 6, 8, 5, 6, 7, 8]);
}

#[test]
fn a_cell_without_pay_takes_no_exits_and_says_why() {
    let mut desk = Desk::with(|plan| {
        let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
        plan.hires.clear();
        plan.baseline =
            plan.baseline.iter().filter(|b| b.region != region || b.role != role).cloned().collect::<Vec<_>>().into();
        plan.pay.get_mut(&region).unwrap().remove(&role);
    });
    desk.click("Exits");
    desk.click(&desk.cell(0, 0));
    desk.type_over("4");
    assert_eq!(desk.exits(0), [0; 8]);
    desk.window.get_by_label_contains("nobody works there who could go before Assumptions, Pay states it");
    // No pair leads from it either.
    desk.click("Moves");
    let role = desk.plan().roles[1].name.clone();
    desk.click(&format!("From role: {role}"));
    let name = desk.plan().roles[0].name.clone();
    desk.window.query_all_by_label(&name).last().unwrap().click();
    desk.window.run();
    let add = desk.window.get_by_label_contains("Add a pair");
    assert!(add.accesskit_node().is_disabled());
    desk.window.get_by_label_contains("nobody works there who could move before Assumptions, Pay states it");
}

#[test]
fn moves_are_typed_by_pair_and_quarter_and_a_move_of_nobody_disappears() {
    let mut desk = Desk::with(with_people);
    let pair = desk.with_pair();
    assert_eq!(desk.moves(), []);
    // The new row has the keyboard.
    desk.key(Key::ArrowRight);
    desk.text("3");
    desk.key(Key::Tab);
    desk.type_over("5");
    assert_eq!(desk.moves(), [(1, 3), (2, 5)]);
    let outcome = desk.window.state().document().outcome().clone();
    let place = muster::engine::Place::Cell(0, 0);
    let moved = outcome.walk(place, muster::units::Period::Quarter(2)).unwrap().moved_out;
    assert_eq!(moved.exact().round(6), "5".parse().unwrap());
    // The year is the total, spread over its quarters when it is typed over.
    desk.click(&format!("{pair}, FY11"));
    desk.key(Key::F2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.type_over("16");
    assert_eq!(desk.moves(), [(1, 6), (2, 10)]);
    desk.click(&format!("{pair}, FY11 Q2"));
    desk.type_over("0");
    assert_eq!(desk.moves(), [(2, 10)]);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.moves(), [(1, 6), (2, 10)]);
}

#[test]
fn a_block_pastes_into_moves_and_is_copied_with_its_year_totals() {
    let mut desk = Desk::new();
    let pair = desk.with_pair();
    desk.click(&format!("{pair}, FY11 Q1"));
    desk.event(Event::Paste("1\t2\t3\t4\t5".to_owned()));
    assert_eq!(desk.moves(), [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)]);
    let copied = desk.copy().unwrap();
    assert!(copied.starts_with("1\t2\t3\t4\t10\t5"), "{copied}");
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.moves(), []);
}

#[test]
fn ramp_and_reason_are_those_of_all_moves_of_a_pair() {
    let mut desk = Desk::new();
    let pair = desk.with_pair();
    desk.click(&format!("{pair}, Ramp"));
    desk.type_over("Keep");
    desk.window.get_by_label_contains("the pair has no move yet");
    desk.key(Key::Home);
    desk.event(Event::Paste("1\t2".to_owned()));
    desk.key(Key::End);
    desk.type_over("Promoted");
    desk.key(Key::End);
    desk.key(Key::ArrowLeft);
    desk.type_over("Keep");
    let moves = desk.plan().moves.clone();
    assert!(moves.iter().all(|entry| entry.ramp == Some(MoveRamp::Keep) && entry.reason == "Promoted"));
    // A new quarter takes them over.
    desk.key(Key::Home);
    desk.event(Event::Paste("1\t2\t0\t0\t7".to_owned()));
    let last = desk.plan().moves.last().cloned().unwrap();
    assert_eq!((last.heads, last.ramp, last.reason.as_str()), (7, Some(MoveRamp::Keep), "Promoted"));
    // Cleared, the ramp is as usual between two roles.
    desk.key(Key::End);
    desk.key(Key::ArrowLeft);
    desk.key(Key::Delete);
    assert!(desk.plan().moves.iter().all(|entry| entry.ramp.is_none()));
}

#[test]
fn a_row_pasted_with_its_reason_gives_it_to_new_moves_too() {
    let mut desk = Desk::with(with_people);
    let pair = desk.with_pair();
    desk.type_over("1");
    desk.click(&format!("{pair}, FY11 Q1"));
    desk.key(Key::End);
    desk.type_over("career");
    desk.key(Key::Home);
    let reasons = |desk: &Desk| -> Vec<(usize, u32, String)> {
        desk.plan().moves.iter().map(|m| (m.quarter, m.heads, m.reason.clone())).collect()
    };
    desk.click(&format!("{pair}, FY11 Q1"));
    desk.event(Event::Paste("1\t2\t0\t0\t0\t0\t0\t0\t\tneed".to_owned()));
    assert_eq!(reasons(&desk), [(0, 1, "need".to_owned()), (1, 2, "need".to_owned())]);
}

#[test]
fn reasons_that_differ_stay_when_their_row_is_pasted_onto_itself() {
    let mut desk = Desk::with(|plan| {
        with_people(plan);
        let place = |role: usize| json!({"region": plan.regions[0].id, "role": plan.roles[role].id});
        let entry = |quarter: usize, reason: &str| json!({"quarter": quarter, "from": place(0), "to": place(1), "heads": 1, "reason": reason});
        let moves = json!([entry(0, "career"), entry(1, "need")]);
        plan.schema = 2;
        *plan = apply_all(plan, &[PlanEdit::Set { path: "moves".to_owned(), to: moves }]).unwrap();
    });
    desk.click("Moves");
    let pair = desk.pair();
    let before = desk.plan();
    desk.click(&format!("{pair}, FY11 Q1"));
    desk.key(Key::End);
    desk.event(Event::Paste("differs".to_owned()));
    assert_eq!(desk.plan(), before);
    desk.event(Event::Paste("promoted".to_owned()));
    assert!(desk.plan().moves.iter().all(|entry| entry.reason == "promoted"));
}

#[test]
fn a_pair_is_removed_as_one_step() {
    let mut desk = Desk::new();
    let pair = desk.with_pair();
    desk.click(&format!("{pair}, FY11 Q1"));
    desk.event(Event::Paste("1\t2\t3".to_owned()));
    let with = desk.plan();
    desk.button("Remove");
    assert_eq!(desk.moves(), []);
    assert!(desk.window.query_by_role_and_label(Role::GridCell, &format!("{pair}, FY11 Q1")).is_none());
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan(), with);
    desk.open_menu(&format!("{pair}, FY11 Q2"));
    desk.button("Remove these moves");
    assert_eq!(desk.moves(), []);
}
