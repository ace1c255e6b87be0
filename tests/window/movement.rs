//! People who move and who go, and values that change over time, in the window: in the headcount walk and on the timeline.

use crate::moves::with_people;
use crate::sheet::Desk;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use muster::edit::apply_all;
use muster::engine::Place;
use muster::plan::{Plan, PlanEdit};
use muster::units::{Exact, Heads, Period};
use serde_json::json;

/// Two heads of the first region's first role move to its second role in the second quarter, and three of the first role go
/// in the third.
fn moves_and_exits(plan: &mut Plan) {
    let region = plan.regions[0].id.clone();
    let (from, to) = (plan.roles[0].id.clone(), plan.roles[1].id.clone());
    let cell = |role: &muster::plan::RoleId| json!({"region": region, "role": role});
    let entry = json!({"quarter": 1, "from": cell(&from), "to": cell(&to), "heads": 2, "reason": ""});
    with_people(plan);
    let moves = PlanEdit::Insert { list: "moves".to_owned(), at: 0, entry };
    let exits = PlanEdit::SetExits { region: region.clone(), role: from.clone(), quarter: 2, to: 3 };
    *plan = apply_all(plan, &[moves, exits]).unwrap();
}

/// The value of a cell as a screen reader has it.
fn value(desk: &Desk, name: &str) -> String {
    let cell = desk.window.get_by_role_and_label(Role::GridCell, name);
    cell.accesskit_node().value().unwrap_or_default()
}

#[test]
fn the_walk_has_lines_of_moves_and_exits_where_the_plan_has_some() {
    let mut plain = Desk::new();
    plain.keys(Modifiers::COMMAND, Key::Num4);
    plain.click("Quarters");
    assert!(plain.window.query_by_label("− Exits").is_none());
    assert!(plain.window.query_by_label("+ Moved in").is_none());

    let mut desk = Desk::with(moves_and_exits);
    desk.keys(Modifiers::COMMAND, Key::Num4);
    desk.click("Quarters");
    for line in ["+ Moved in", "− Moved out", "− Exits"] {
        assert!(desk.window.query_by_label(line).is_some(), "{line}");
    }
    assert_eq!(value(&desk, "Moved in, All regions, FY11 Q2"), "2.0");
    assert_eq!(value(&desk, "Moved out, All regions, FY11 Q2"), "2.0");
    assert_eq!(value(&desk, "Exits, All regions, FY11 Q3"), "3.0");
    assert_eq!(value(&desk, "Exits, All regions, FY11 Q2"), "·");
    // The lines make the closing heads out of the opening ones.
    let outcome = desk.window.state().document().outcome().clone();
    for quarter in 0..4 {
        let walk = outcome.walk(Place::Plan, Period::Quarter(quarter)).unwrap();
        let comes = [walk.growth, walk.backfills, walk.moved_in];
        let goes = [walk.moved_out, walk.leavers, walk.exits];
        let sum = |heads: [Heads; 3]| heads.into_iter().map(Heads::exact).sum::<Exact>();
        let closing = walk.opening.exact() + sum(comes) - sum(goes);
        assert_eq!(closing.round(9), walk.closing.exact().round(9));
    }
}

#[test]
fn the_timeline_marks_the_months_from_which_values_change() {
    let mut desk = Desk::with(|plan| {
        plan.milestones = Vec::new().into();
        let quota = format!("roles[{}].ramp_guarantee", plan.roles[0].id);
        let change = |from: &str, path: &str, value: &str| {
            let entry = json!({"from": from, "path": path, "value": value, "reason": ""});
            PlanEdit::Insert { list: "changes".to_owned(), at: 0, entry }
        };
        let tools = "assumptions.tools";
        let changes =
            [change("2011-07", tools, "450"), change("2011-07", &quota, "0.4"), change("2011-01", tools, "440")];
        *plan = apply_all(plan, &changes).unwrap();
    });
    // Changes alone are reason enough for a timeline.
    let role = desk.plan().roles[0].name.clone();
    let marks = desk.window.query_all_by_label_contains("Values from ");
    let marks: Vec<String> = marks.filter_map(|mark| mark.accesskit_node().label()).collect();
    assert_eq!(
        marks,
        [
            "Values from 2011-01 on: Tools 440".to_owned(),
            format!("Values from 2011-07 on: {role}: ramp guarantee 40 %; Tools 450"),
        ]
    );
    // A mark leads to its quarter.
    desk.window.get_by_label_contains("Values from 2011-01").click();
    desk.window.run();
    assert_eq!(desk.cursor(), "All regions, FY11 Q3");
}
