//! Changes of the plan's structure: the plan stays valid, its scenarios too, and undo gives back what was.

use muster::edit::structure::{self, Restructured};
use muster::edit::{History, scenario};
use muster::files::Template;
use muster::plan::{
    Baseline, CellNote, Judgement, Kind, Milestone, Move, Plan, PlanEdit, RegionId, Shared, ValueChange, validate,
};
use muster::units::{Calendar, Naming};

/// A bundled plan, with a note on a cell of each region in each quarter.
fn bundled() -> Plan {
    let mut plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    assert!(!plan.accepted.is_empty());
    let date = plan.milestones[0].date;
    let quarters = 0..plan.calendar.quarters;
    let note = |region: &RegionId, quarter: usize| CellNote {
        region: region.clone(),
        role: plan.roles[quarter % plan.roles.len()].id.clone(),
        quarter,
        text: "To be agreed".to_owned(),
        author: "Ada".to_owned(),
        date,
    };
    let notes = plan.regions.iter().flat_map(|region| quarters.clone().map(|q| note(&region.id, q)));
    let notes: Vec<CellNote> = notes.collect();
    plan.cell_notes = notes.into();
    plan
}

/// Makes a change; the plan and every scenario of it stay sound, and undo gives the plan before.
fn changed(plan: &Plan, change: Restructured) -> Plan {
    let mut history = History::new(plan.clone());
    history.commit(change.label.clone(), change.edits).unwrap();
    let after = history.plan().as_ref().clone();
    assert_eq!(validate(&after), [], "{}", change.label);
    for one in &after.scenarios {
        let made = scenario(&after, &one.name).unwrap();
        assert_eq!(made.lost, [], "{}: {}", change.label, one.name);
        assert_eq!(validate(&made.plan), [], "{}: {}", change.label, one.name);
    }
    if after != *plan {
        assert_eq!(history.undo().map(|c| c.label.clone()), Some(change.label));
    }
    assert_eq!(**history.plan(), *plan);
    after
}

#[test]
fn any_region_can_be_removed_and_what_depends_on_it_is_said() {
    let plan = bundled();
    for (index, region) in plan.regions.iter().enumerate() {
        let change = structure::remove_region(&plan, index).unwrap();
        let hires: u64 = (0..plan.calendar.quarters).map(|q| plan.hires_in_region(&region.id, q)).sum();
        assert!(change.touched().starts_with(&format!("{hires} growth hires, pay for ")), "{}", change.touched());
        let after = changed(&plan, change);
        let left = serde_json::to_string(&after).unwrap();
        assert!(!left.contains(&format!("\"{}\"", region.id)), "{} is still named", region.id);
    }
    let canada = plan.region_index("canada").unwrap();
    let named =
        plan.scenarios.iter().flat_map(|s| &s.edits).filter(|e| format!("{e:?}").contains("\"canada\"")).count();
    let said = structure::remove_region(&plan, canada).unwrap().touched();
    assert!(said.ends_with(&format!("and {named} edits in scenarios")), "{said}");
}

#[test]
fn any_role_can_be_removed_even_one_that_is_served() {
    let plan = bundled();
    for (index, role) in plan.roles.iter().enumerate() {
        let after = changed(&plan, structure::remove_role(&plan, index).unwrap());
        assert!(!serde_json::to_string(&after).unwrap().contains(&format!("\"{}\"", role.id)), "{}", role.id);
    }
}

#[test]
fn the_last_region_and_role_stay() {
    let mut plan = Template::by_name("blank").unwrap().plan().unwrap();
    plan.regions.truncate(1);
    plan.roles.truncate(1);
    assert!(structure::remove_region(&plan, 0).unwrap_err().contains("is the only region"));
    assert!(structure::remove_role(&plan, 0).unwrap_err().contains("is the only role"));
}

#[test]
fn a_region_is_added_beside_its_model_without_people() {
    let plan = bundled();
    let canada = plan.region_index("canada").unwrap();
    let after = changed(&plan, structure::add_region(&plan, canada, "Mexico"));
    let mexico = &after.regions[canada + 1];
    assert_eq!((mexico.id.as_str(), mexico.name.as_str()), ("mexico", "Mexico"));
    assert_eq!(mexico.currency, plan.regions[canada].currency);
    assert_eq!(after.pay[&mexico.id], plan.pay[&plan.regions[canada].id]);
    assert_eq!((after.hires.get(&mexico.id), after.targets.get(&mexico.id)), (None, None));
    let copy = changed(&plan, structure::duplicate_region(&plan, canada, "Canada"));
    let copied = &copy.regions[canada + 1];
    assert_eq!(copied.id.as_str(), "canada-2");
    assert_eq!(copy.targets[&copied.id], plan.targets[&plan.regions[canada].id]);
}

#[test]
fn a_role_is_added_with_pay_everywhere_and_a_copy_is_served_too() {
    let plan = bundled();
    let after = changed(&plan, structure::add_role(&plan, 0, "Cloud seller"));
    assert!(
        after.pay.values().all(|roles| roles.contains_key("cloud-seller") == roles.contains_key("account-executive"))
    );
    let copy = changed(&plan, structure::duplicate_role(&plan, 0, "Account executive 2"));
    let serves = |plan: &Plan, role: &str| {
        let supports = plan
            .roles
            .iter()
            .filter(|r| matches!(&r.kind, Kind::Support { serves, .. } if serves.iter().any(|s| s.as_str() == role)));
        supports.count()
    };
    assert_eq!(serves(&copy, "account-executive-2"), serves(&plan, "account-executive"));
    assert_eq!(serves(&after, "cloud-seller"), 0);
}

#[test]
fn regions_and_roles_move() {
    let plan = bundled();
    let after = changed(&plan, structure::move_region(&plan, 3, 0));
    assert_eq!(after.regions[0].id, plan.regions[3].id);
    assert_eq!(after.regions[1].id, plan.regions[0].id);
    let after = changed(&plan, structure::move_role(&plan, 0, 99));
    assert_eq!(after.roles.last().unwrap().id, plan.roles[0].id);
}

#[test]
fn any_role_becomes_any_kind_and_keeps_the_rest() {
    let plan = bundled();
    for (index, role) in plan.roles.iter().enumerate() {
        for (key, title) in structure::KINDS {
            let change = structure::change_kind(&plan, index, title).unwrap();
            let after = changed(&plan, change);
            let now = &after.roles[index];
            assert_eq!(structure::kind_name(&now.kind), *key);
            assert_eq!((&now.ramp, &now.attrition, &now.name), (&role.ramp, &role.attrition, &role.name));
        }
    }
    assert!(structure::change_kind(&plan, 0, "seler").unwrap_err().contains("write one of Seller, Support"));
}

#[test]
fn entries_are_added_and_removed_and_scenarios_still_name_the_right_ones() {
    let mut plan = bundled();
    let edit = |path: &str| muster::plan::PlanEdit::Set { path: path.to_owned(), to: serde_json::json!(9) };
    let edits = vec![edit("baseline[0].heads"), edit("baseline[1].heads"), edit("baseline[2].heads")];
    plan.scenarios = vec![muster::plan::Scenario { name: "More".to_owned(), note: String::new(), edits }].into();
    let change = structure::remove_entry(&plan, Baseline::ENTRY, 1).unwrap();
    assert_eq!(change.touched(), "1 edit in scenarios");
    let after = changed(&plan, change);
    assert_eq!(after.baseline[1], plan.baseline[2]);
    let made = scenario(&after, "More").unwrap().plan;
    assert_eq!((made.baseline[0].heads, made.baseline[1].heads), (9, 9));
    for list in [Baseline::ENTRY, Judgement::ENTRY, Milestone::ENTRY] {
        for like in [None, Some(0)] {
            changed(&plan, structure::add_entry(&plan, list, like).unwrap());
        }
    }
    assert!(structure::remove_entry(&plan, Baseline::ENTRY, 10_000).is_err());
}

#[test]
fn the_calendar_grows_and_shrinks_with_everything_that_hangs_on_it() {
    let plan = bundled();
    for quarters in 4..=20 {
        let to = Calendar { quarters, ..plan.calendar };
        let change = structure::change_calendar(&plan, to).unwrap();
        assert_eq!(change.touches.is_empty(), quarters >= plan.calendar.quarters, "{quarters}: {}", change.touched());
        let after = changed(&plan, change);
        let kept = quarters.min(plan.calendar.quarters);
        assert_eq!(after.cell_notes.len(), kept * plan.regions.len());
        for q in 0..kept {
            assert_eq!(after.hires_in_quarter(q), plan.hires_in_quarter(q));
        }
        for q in plan.calendar.quarters..quarters {
            assert_eq!(after.hires_in_quarter(q), 0);
            let region = &plan.regions[0].id;
            assert_eq!(after.target(region, q), plan.target(region, 4 + q % 4));
        }
    }
    assert!(structure::change_calendar(&plan, Calendar { quarters: 3, ..plan.calendar }).is_err());
}

#[test]
fn another_first_month_takes_budgets_and_envelope_along() {
    let plan = bundled();
    let to = Calendar { first_month: "2013-10".parse().unwrap(), named_by: Naming::StartYear, ..plan.calendar };
    let change = structure::change_calendar(&plan, to).unwrap();
    assert_eq!(change.touches, [] as [String; 0]);
    let after = changed(&plan, change);
    assert_eq!(after.envelope.fiscal_year.0, 2013);
    let budgets: Vec<i32> = after.budgets.keys().map(|y| y.0).collect();
    assert_eq!(budgets, [2013, 2014]);
    assert!(structure::calendar_moves(&plan.calendar, &to).unwrap().contains("FY11 Q1"));
}

#[test]
fn a_rate_in_use_stays_and_another_plan_currency_restates_the_rates() {
    let plan = bundled();
    let refused = structure::remove_rate(&plan, "EUR").unwrap_err();
    assert!(refused.contains("use EUR"), "{refused}");
    assert!(structure::add_rate(&plan, "eur").is_err());
    assert!(structure::add_rate(&plan, "euro").is_err());
    let with = changed(&plan, structure::add_rate(&plan, "chf").unwrap());
    assert_eq!(changed(&with, structure::remove_rate(&with, "CHF").unwrap()), plan);
    let after = changed(&plan, structure::change_currency(&plan, "EUR").unwrap());
    let euro = plan.rates.get("EUR").unwrap().exact();
    let there_and_back = after.rates.get("USD").unwrap().exact() * euro;
    assert_eq!(there_and_back.round(9), muster::units::Exact::ONE);
    assert!(structure::change_currency(&plan, "CHF").is_err());
    let blank = Template::by_name("blank").unwrap().plan().unwrap();
    let after = changed(&blank, structure::change_currency(&blank, "NOK").unwrap());
    assert!(after.regions.iter().all(|r| r.currency.as_str() == "NOK"));
}

/// The bundled plan with these changes, and a scenario of these edits.
fn with_changes(changes: &[(&str, &str, serde_json::Value)], edits: Vec<PlanEdit>) -> Plan {
    let mut plan = bundled();
    plan.schema = 2;
    let change = |(from, path, value): &(&str, &str, serde_json::Value)| ValueChange {
        from: from.parse().unwrap(),
        path: (*path).to_owned(),
        value: value.clone(),
        reason: format!("{path} {from}"),
    };
    plan.changes = changes.iter().map(change).collect::<Vec<_>>().into();
    plan.scenarios = vec![muster::plan::Scenario { name: "More".to_owned(), note: String::new(), edits }].into();
    plan
}

fn stated(plan: &Plan) -> Vec<(String, String, serde_json::Value)> {
    plan.changes.iter().map(|change| (change.from.to_string(), change.path.clone(), change.value.clone())).collect()
}

#[test]
fn a_new_change_is_of_a_month_that_has_none_and_a_new_move_leads_somewhere() {
    let mut plan = bundled();
    let mut months = Vec::new();
    while let Ok(change) = structure::add_entry(&plan, ValueChange::ENTRY, None) {
        plan = changed(&plan, change);
        months = plan.changes.iter().map(|change| change.from).collect();
        months.sort_unstable();
    }
    let expected: Vec<_> = (12..plan.calendar.months()).map(|t| plan.calendar.month(t)).collect();
    assert_eq!(months, expected);
    let full = structure::add_entry(&plan, ValueChange::ENTRY, None).unwrap_err();
    assert!(full.contains("edit one of these changes instead"), "{full}");

    let mut one_role = Plan::clone(&Template::by_name("blank").unwrap().plan().unwrap());
    while one_role.roles.len() > 1 {
        one_role = changed(&one_role, structure::remove_role(&one_role, 1).unwrap());
    }
    while one_role.regions.len() > 1 {
        one_role = changed(&one_role, structure::remove_region(&one_role, 1).unwrap());
    }
    let alone = structure::add_entry(&one_role, Move::ENTRY, None).unwrap_err();
    assert!(alone.contains("second region or role"), "{alone}");
    let two = changed(&one_role, structure::duplicate_region(&one_role, 0, "South"));
    let after = changed(&two, structure::add_entry(&two, Move::ENTRY, None).unwrap());
    assert_eq!(after.moves[0].to.region, two.regions[1].id);
    assert_eq!(after.moves[0].to.role, two.roles[0].id);
}

#[test]
fn another_currency_restates_the_rates_of_every_month_each_with_its_reason() {
    let insert = |path: &str| PlanEdit::Insert {
        list: "changes".to_owned(),
        at: 3,
        entry: serde_json::json!({"from": "2011-06", "path": path, "value": "1.5", "reason": ""}),
    };
    let set = |path: &str| PlanEdit::Set { path: path.to_owned(), to: serde_json::json!("0.5") };
    let edits = vec![
        set("changes[1].value"),
        set("changes[2].value"),
        set("rates[GBP]"),
        insert("rates[GBP]"),
        insert("assumptions.attainment"),
    ];
    let value = |text: &str| serde_json::json!(text);
    let changes = [
        ("2011-01", "rates[EUR]", value("2")),
        ("2011-02", "assumptions.attainment", value("0.7")),
        ("2011-03", "rates[GBP]", value("3")),
    ];
    let plan = with_changes(&changes, edits);
    let change = structure::change_currency(&plan, "EUR").unwrap();
    assert!(change.touched().contains("3 edits in scenarios"), "{}", change.touched());
    let after = changed(&plan, change);
    let now = |from: &str, path: &str| {
        let all = after.changes.iter();
        let mut found = all.filter(|change| change.from.to_string() == from && change.path == path);
        (found.next().map(|change| (change.value.clone(), change.reason.clone())), found.next())
    };
    assert_eq!(now("2011-01", "rates[USD]").0, Some((value("0.5"), "rates[EUR] 2011-01".to_owned())));
    assert_eq!(now("2011-03", "rates[GBP]"), (Some((value("1.5"), "rates[GBP] 2011-03".to_owned())), None));
    assert!(after.changes.iter().all(|change| change.path != "rates[EUR]"));
    let made = scenario(&after, "More").unwrap();
    assert_eq!(made.lost, []);
    let attainment: Vec<_> =
        stated(&made.plan).into_iter().filter(|(_, path, _)| path.contains("attainment")).collect();
    let path = "assumptions.attainment".to_owned();
    assert_eq!(
        attainment,
        [("2011-02".to_owned(), path.clone(), value("0.5")), ("2011-06".to_owned(), path, value("1.5"))]
    );
}

#[test]
fn another_first_month_keeps_the_values_in_force_and_drops_what_scenarios_add_outside() {
    let attainment = "assumptions.attainment";
    let insert = |from: &str, value: &str| PlanEdit::Insert {
        list: "changes".to_owned(),
        at: 0,
        entry: serde_json::json!({"from": from, "path": attainment, "value": value, "reason": ""}),
    };
    let value = |text: &str| serde_json::json!(text);
    let changes = [
        ("2010-12", attainment, value("0.7")),
        ("2010-10", attainment, value("0.6")),
        ("2011-06", attainment, value("0.9")),
    ];
    let plan = with_changes(&changes, vec![insert("2010-11", "0.1"), insert("2011-09", "0.2")]);
    let to = Calendar { first_month: "2011-01".parse().unwrap(), ..plan.calendar };
    let change = structure::change_calendar(&plan, to).unwrap();
    assert!(change.touched().contains("2 changes over time, made first values"), "{}", change.touched());
    let after = changed(&plan, change);
    assert_eq!(after.assumptions.attainment.exact(), "0.7".parse().unwrap());
    let later = |from: &str, text: &str| (from.to_owned(), attainment.to_owned(), value(text));
    assert_eq!(stated(&after), [later("2011-06", "0.9")]);
    let made = scenario(&after, "More").unwrap();
    assert_eq!(made.lost, []);
    assert_eq!(stated(&made.plan), [later("2011-09", "0.2"), later("2011-06", "0.9")]);
}

/// Made while a scenario is shown, a change becomes edits of the scenario, which then makes the same plan.
#[test]
fn every_change_can_be_made_in_a_scenario() {
    let scenario_of = |edits| muster::plan::Scenario { name: "What if".to_owned(), note: String::new(), edits };
    let mut plan = bundled();
    plan.scenarios.clear();
    let longer = Calendar { quarters: 12, ..plan.calendar };
    let shorter = Calendar { quarters: 6, ..plan.calendar };
    for change in [
        structure::add_region(&plan, 3, "Mexico"),
        structure::duplicate_region(&plan, 3, "Canada copy"),
        structure::move_region(&plan, 3, 0),
        structure::remove_region(&plan, 3).unwrap(),
        structure::add_role(&plan, 0, "Cloud seller"),
        structure::remove_role(&plan, 0).unwrap(),
        structure::change_kind(&plan, 0, "Manager").unwrap(),
        structure::add_rate(&plan, "CHF").unwrap(),
        structure::change_currency(&plan, "EUR").unwrap(),
        structure::change_calendar(&plan, longer).unwrap(),
        structure::change_calendar(&plan, shorter).unwrap(),
        structure::add_entry(&plan, Baseline::ENTRY, Some(0)).unwrap(),
        structure::remove_entry(&plan, Judgement::ENTRY, 0).unwrap(),
    ] {
        let expected = muster::edit::apply_all(&plan, &change.edits).unwrap();
        let mut base = plan.clone();
        base.scenarios.push(scenario_of(Vec::new()));
        let edits = muster::edit::manage::append(&base, 0, &change.edits).unwrap();
        let base = muster::edit::apply_all(&base, &edits).unwrap();
        let made = scenario(&base, "What if").unwrap();
        assert_eq!(made.lost, [], "{}", change.label);
        let made = Plan { scenarios: Shared::default(), ..made.plan };
        assert!(made == expected, "{}: the scenario makes another plan", change.label);
        assert_eq!(Plan { scenarios: Shared::default(), ..base }, plan, "{}: the base changed", change.label);
    }
}
