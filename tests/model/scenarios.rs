//! Scenarios as edits of the base: applied, managed, told in words, taken apart, and undone.

use std::sync::Arc;

use muster::edit::{
    self, ChangeLog, History, Overrides, apply_all, apply_known, difference, freeze, label, manage, scale_hires,
    scenario, summary, words,
};
use muster::engine::Outcome;
use muster::files::{Format, Template, decode, encode};
use muster::plan::{Plan, PlanEdit, RegionId, RoleId, validate};
use proptest::prelude::*;

fn bundled(name: &str) -> Plan {
    Template::by_name(name).unwrap().plan().unwrap()
}

fn cloud() -> Plan {
    bundled("cloud-expansion-fy11")
}

fn set(path: &str, to: impl Into<serde_json::Value>) -> PlanEdit {
    PlanEdit::Set { path: path.to_owned(), to: to.into() }
}

fn hires(region: &str, role: &str, quarter: usize, to: u32) -> PlanEdit {
    PlanEdit::SetHires { region: RegionId::new(region), role: RoleId::new(role), quarter, to }
}

/// The plan without a region and all that belongs to it.
fn without_region(plan: &Plan, id: &str) -> Plan {
    let mut plan = plan.clone();
    crate::take_region_out(&mut plan, id);
    assert_eq!(validate(&plan), []);
    plan
}

#[test]
fn the_bundled_scenarios_are_the_base_scaled_to_whole_people() {
    for (file, totals) in [
        ("cloud-expansion-fy11", [("Lean 300", 300), ("Plan 400", 400), ("Full 500", 500)]),
        ("us-public-sector-fy11", [("Lean 90", 90), ("Plan 120", 120), ("Full 150", 150)]),
    ] {
        let plan = bundled(file);
        let names: Vec<&str> = plan.scenarios.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names[3..], ["Hiring slips a quarter", "Attrition doubles", "Partner programme starts late"]);
        for (index, (name, total)) in totals.into_iter().enumerate() {
            assert_eq!(names[index], name);
            assert_eq!(plan.scenarios[index].edits, scale_hires(&plan, 0, total));
            let made = scenario(&plan, name).unwrap();
            assert_eq!(made.plan.hires_in_year(0), u64::from(total));
            assert_eq!(made.plan.hires_in_year(1), plan.hires_in_year(1));
        }
    }
}

#[test]
fn an_edit_whose_place_is_gone_is_named_and_the_others_apply() {
    let mut plan = cloud();
    let edits = vec![
        hires("uk-ireland", "account-executive", 0, 9),
        hires("canada", "account-executive", 1, 9),
        set("regions[canada].accounts", 12),
        set("levers.hire_delay", "two"),
        set("levers.hire_dely", 1),
        set("pay[canada][account-executive].base", "1"),
        set("pay[canada][account-executive].variable", "1"),
        set("scenarios[0].name", "x"),
        set("levers.ramp_slip", 1),
        hires("uk-ireland", "account-executive", 99, 9),
    ];
    plan = apply_all(&plan, &manage::create(&plan, "Mixed", "", edits).unwrap()).unwrap();
    let plan = without_region(&plan, "canada");
    let made = scenario(&plan, "Mixed").unwrap();
    let lost: Vec<String> = made.lost.iter().map(|l| format!("{} {}", l.index, l.reason)).collect();
    assert_eq!(
        lost,
        [
            "1 the plan has no region \"canada\"",
            "2 regions[canada].accounts: there is no \"canada\" here",
            "3 levers.hire_delay: invalid type: string \"two\", expected u32",
            "4 levers.hire_dely: no plan has this field",
            "5 the plan has no region \"canada\"",
            "6 the plan has no region \"canada\"",
            "7 scenarios[0].name: a scenario changes what the plan states, not what it keeps beside it",
            "9 quarter 99 is outside the horizon of 8 quarters",
        ]
    );
    assert_eq!(made.plan.levers.ramp_slip, 1);
    assert_eq!(made.plan.hires(&RegionId::new("uk-ireland"), &RoleId::new("account-executive"), 0), 9);
    assert_eq!(apply_all(&plan, &made.applied).unwrap(), made.plan);
    assert_eq!(validate(&made.plan), []);
    assert!(scenario(&plan, "Nobody").is_err());
}

#[test]
fn edits_that_fit_only_together_are_applied_together() {
    let plan = cloud();
    let cell = plan.pay.values().next().unwrap().keys().next().unwrap();
    let region = plan.pay.keys().next().unwrap();
    let mut bare = plan.clone();
    bare.pay.get_mut(region).unwrap().remove(cell);
    let edits = [
        set(&format!("pay[{region}][{cell}].base"), "10"),
        set("levers.gone", 1),
        set(&format!("pay[{region}][{cell}].variable"), "20"),
    ];
    let made = apply_known(&bare, &edits);
    assert_eq!(made.lost.iter().map(|l| l.index).collect::<Vec<_>>(), [1]);
    assert_eq!(made.plan.pay[region][cell].base.fixed(), "10.00");
}

#[test]
fn scenarios_are_managed_by_edits_of_the_plan() {
    let mut history = History::new(cloud());
    let start = Arc::clone(history.plan());
    let names = |h: &History| h.plan().scenarios.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
    let first = manage::create(history.plan(), " Mine ", "why", Vec::new()).unwrap();
    history.commit("create", first).unwrap();
    assert_eq!(names(&history)[6], "Mine");
    assert!(manage::create(history.plan(), "Mine", "", Vec::new()).is_err(), "the name is taken");
    assert!(manage::create(history.plan(), "  ", "", Vec::new()).is_err(), "there is no name");
    for _ in 0..2 {
        let copy = manage::duplicate(history.plan(), 0).unwrap();
        history.commit("duplicate", copy).unwrap();
    }
    assert_eq!(names(&history)[..3], ["Lean 300", "Lean 300 copy 2", "Lean 300 copy"]);
    assert_eq!(history.plan().scenarios[1].edits, start.scenarios[0].edits);
    let steps = [
        manage::rename(history.plan(), 1, "Leaner").unwrap(),
        manage::set_note(history.plan(), 1, "a note").unwrap(),
        manage::reorder(history.plan(), 1, 0).unwrap(),
    ];
    for step in steps {
        history.commit("step", step).unwrap();
    }
    assert_eq!(names(&history)[..2], ["Leaner", "Lean 300"]);
    assert_eq!(history.plan().scenarios[0].note, "a note");
    assert!(manage::rename(history.plan(), 0, "Lean 300").is_err());
    assert!(manage::rename(history.plan(), 0, "Leaner").is_ok(), "its own name is free to it");
    let gone = manage::delete(history.plan(), 0).unwrap();
    history.commit("delete", gone).unwrap();
    for wrong in [manage::delete(history.plan(), 99), manage::reorder(history.plan(), 0, 99)] {
        assert!(wrong.is_err());
    }
    while history.undo().is_some() {}
    assert_eq!(**history.plan(), *start);
}

#[test]
fn a_later_edit_of_a_place_replaces_the_earlier_one_and_the_base_value_drops_it() {
    let mut plan = cloud();
    let add = |plan: &mut Plan, edits: &[PlanEdit]| {
        let steps = manage::append(plan, 6, edits).unwrap();
        *plan = apply_all(plan, &steps).unwrap();
        plan.scenarios[6].edits.clone()
    };
    plan = apply_all(&plan, &manage::create(&plan, "Mine", "", Vec::new()).unwrap()).unwrap();
    let delay = |n: u32| set("levers.hire_delay", n);
    assert_eq!(add(&mut plan, &[delay(1), set("levers.fill_rate", "0.9")]), [delay(1), set("levers.fill_rate", "0.9")]);
    assert_eq!(add(&mut plan, &[delay(2)]), [delay(2), set("levers.fill_rate", "0.9")]);
    assert_eq!(add(&mut plan, &[set("levers.fill_rate", "1.00")]), [delay(2)]);
    assert_eq!(add(&mut plan, &[hires("uk-ireland", "account-executive", 0, 33)]).len(), 2);
    assert_eq!(add(&mut plan, &[hires("uk-ireland", "account-executive", 0, 34)]).len(), 2);
    let path = "hires[uk-ireland][account-executive][0]";
    assert_eq!(
        manage::back_to_base(&plan, 6, path).unwrap(),
        [PlanEdit::Remove { path: "scenarios[6].edits[1]".into() }]
    );
    let base = plan.hires(&RegionId::new("uk-ireland"), &RoleId::new("account-executive"), 0);
    assert_eq!(add(&mut plan, &[hires("uk-ireland", "account-executive", 0, base)]), [delay(2)]);
    assert_eq!(add(&mut plan, &[delay(0)]), []);
    // A list that is replaced as a whole stands between: the later edit is not moved before it.
    let whole = set("roles[account-executive].ramp", serde_json::json!(["0", "0.5"]));
    let month = |to: &str| set("roles[account-executive].ramp[0]", to);
    assert_eq!(add(&mut plan, &[month("0.1"), whole.clone(), month("0.2")]), [month("0.1"), whole, month("0.2")]);
}

#[test]
fn words_describe_every_edit() {
    let plan = cloud();
    let name = |r: usize| plan.regions[r].name.clone();
    let region = plan.regions[0].id.to_string();
    let entry = serde_json::to_value(&plan.regions[0]).unwrap();
    let role = plan.roles[0].name.clone();
    let role_id = plan.roles[0].id.to_string();
    let now = plan.hires(&plan.regions[0].id, &plan.roles[0].id, 1);
    let edits = [
        hires(&region, &role_id, 1, 70),
        set("levers.hire_delay", 2),
        set("levers.hire_delay", 1),
        set("assumptions.attainment", "0.75"),
        set("rates[GBP]", "1.5"),
        set("budgets[2011]", "1000000"),
        set(&format!("regions[{region}].market[1].size"), "5.5"),
        PlanEdit::Move { path: format!("regions[{region}]"), to: 1 },
        PlanEdit::Remove { path: format!("regions[{region}]") },
        PlanEdit::Insert { list: "regions".to_owned(), at: 0, entry },
        PlanEdit::Remove { path: "scenarios[1]".to_owned() },
        set("scenarios[0].name", "Less"),
        PlanEdit::Insert {
            list: "scenarios[0].edits".to_owned(),
            at: 0,
            entry: serde_json::to_value(set("levers.ramp_slip", 2)).unwrap(),
        },
        set("nonsense[", "1"),
    ];
    assert_eq!(
        words(&plan, &edits),
        [
            format!("{}, {role}, FY11 Q2: hires {now} → 70", name(0)),
            "Hire delay: 0 → 2 months".to_owned(),
            "Hire delay: 2 → 1 month".to_owned(),
            "Attainment: 85 % → 75 %".to_owned(),
            "GBP: rate 1.499483 → 1.5".to_owned(),
            "FY11: budget 218,000,000 → 1,000,000".to_owned(),
            format!("{}, FY12: market size 731,500,000 → 5.5", name(0)),
            format!("Region {} moved to place 2", name(0)),
            format!("Region {} removed", name(0)),
            format!("Region {} added", name(0)),
            "Scenario Plan 400 removed".to_owned(),
            "Scenario Lean 300: name Lean 300 → Less".to_owned(),
            "Scenario Less: Ramp slip: 0 → 2 months".to_owned(),
            "Nonsense: none → 1 (not applied: nonsense[: write names joined by points, and entries in brackets)"
                .to_owned(),
        ]
    );
    let lean = &plan.scenarios[0].edits;
    assert_eq!(summary(&plan, lean), [format!("{} edits to growth hires: 411 → 300 in FY11", lean.len())]);
    assert_eq!(label(&plan, &[set("levers.ramp_slip", 2)]), "Ramp slip: 0 → 2 months");
    assert_eq!(label(&plan, &[]), "Nothing changed");
}

#[test]
fn overrides_name_what_a_scenario_changes() {
    let plan = cloud();
    let edits = [
        hires("uk-ireland", "account-executive", 2, 99),
        set("levers.hire_delay", 2),
        set("regions[uk-ireland].accounts", 3),
    ];
    let changed = apply_all(&plan, &edits).unwrap();
    let overrides = Overrides::between(&plan, &changed).unwrap();
    let (uk, role) = (RegionId::new("uk-ireland"), RoleId::new("account-executive"));
    let marked: Vec<bool> = (0..4).map(|q| overrides.hires(&uk, &role, q)).collect();
    assert_eq!(marked, [false, false, true, false]);
    assert!(!overrides.target(&uk, 2));
    assert!(overrides.field("levers.hire_delay") && !overrides.field("levers.ramp_slip"));
    assert_eq!(overrides.fields().collect::<Vec<_>>(), ["levers.hire_delay", "regions[uk-ireland].accounts"]);
    assert!(Overrides::between(&plan, &plan).unwrap().is_empty());
}

#[test]
fn the_log_is_whole_kept_with_the_plan_and_survives_undo() {
    let plan = cloud();
    let before = encode(&plan, Format::Ron).unwrap();
    assert!(!before.contains("log:") && !before.contains("frozen:"));
    let mut log = ChangeLog::default();
    let when = chrono::DateTime::parse_from_rfc3339("2010-07-01T09:30:00+02:00").unwrap();
    for n in 0..1_505 {
        log.add(when, format!("Step {n}"), vec![set("levers.hire_delay", 1)]);
    }
    assert_eq!(log.entries().len(), 1_505);
    assert_eq!(log.search("step 1504").count(), 1);
    assert!(log.search("STEP").next().unwrap().words.ends_with("1504"), "newest first");
    for format in [Format::Ron, Format::Json] {
        let kept = log.keep(&plan);
        let mut back = decode(&encode(&kept, format).unwrap(), format).unwrap();
        assert_eq!(back, kept);
        assert_eq!(ChangeLog::open(&mut back), log);
        assert_eq!(back, plan);
        assert_eq!(encode(&back, Format::Ron).unwrap(), before);
    }
}

#[test]
fn a_plan_of_record_is_kept_whole_and_edited_by_nobody() {
    let plan = cloud();
    let date = chrono::NaiveDate::from_ymd_opt(2010, 6, 15).unwrap();
    let mut history = History::new(plan.clone());
    history.commit("freeze", freeze(&plan, &plan, "Board", date).unwrap()).unwrap();
    let lean = scenario(&plan, "Lean 300").unwrap().plan;
    assert!(freeze(history.plan(), &lean, "Board", date).is_err(), "the name is taken");
    let second = freeze(history.plan(), &lean, "Lean", date).unwrap();
    history.commit("freeze", second).unwrap();
    let now = history.plan();
    assert_eq!(*edit::record(now, "Board").unwrap().plan, plan.alone());
    assert_eq!(edit::record(now, "Lean").unwrap().plan.hires_in_year(0), 300);
    assert_eq!(validate(now), []);
    for format in [Format::Ron, Format::Json] {
        assert_eq!(decode(&encode(now, format).unwrap(), format).unwrap(), **now);
    }
    let error = apply_all(now, &[set("frozen[0].plan.levers.hire_delay", 3)]).unwrap_err();
    assert_eq!(error.to_string(), "frozen[0].plan.levers.hire_delay: a plan of record is not edited");
    let text = encode(now, Format::Json).unwrap().replace("\"hire_delay\"", "\"hire_dely\"");
    assert!(decode(&text, Format::Json).is_err(), "fields that no plan has are errors in there too");
    let after = apply_all(now, &edit::unfreeze(now, 0).unwrap()).unwrap();
    assert_eq!(after.frozen.len(), 1);
    history.undo();
    history.undo();
    assert_eq!(**history.plan(), plan);
}

/// Any edit that the window can make, and some that it cannot.
fn any_edit() -> impl Strategy<Value = PlanEdit> {
    let region = prop::sample::select(vec!["federal-civilian", "education", "gone"]);
    let role = prop::sample::select(vec!["public-sector-executive", "inside-seller", "sales-manager"]);
    let cell = (region.clone(), role, 0_usize..9, 0_u32..30).prop_map(|(r, k, q, to)| hires(r, k, q, to));
    let target = (region.clone(), 0_usize..9, 0_u32..1000).prop_map(|(r, quarter, to)| PlanEdit::SetTarget {
        region: RegionId::new(r),
        quarter,
        to: muster::units::Money::new(to.into()),
    });
    let fields = vec![
        set("levers.hire_delay", 2),
        set("levers.fill_rate", "0.9"),
        set("assumptions.attainment", "0.7"),
        set("assumptions.seasonality[1]", "3"),
        set("regions[education].accounts", 7),
        set("regions[education].onboarding_seats", serde_json::Value::Null),
        set("regions[education].onboarding_seats", 5),
        set("roles[inside-seller].ramp", serde_json::json!(["0.1"])),
        set("name", "a [hostile] name. \u{202e}\"'"),
        set("rates[EUR]", "1.2"),
        set("budgets[2012]", "5"),
        set("regions[education].countries", serde_json::json!(["USA", "CAN"])),
        set("levers.nothing", 1),
        set("levers.hire_delay", serde_json::json!({"a": []})),
        set("regions[education]]", 1),
        set("", 1),
    ];
    let other = vec![
        PlanEdit::Remove { path: "milestones[0]".to_owned() },
        PlanEdit::Remove { path: "baseline[0]".to_owned() },
        PlanEdit::Remove { path: "budgets[2011]".to_owned() },
        PlanEdit::Remove { path: "regions[gone]".to_owned() },
        PlanEdit::Remove { path: "scenarios[2]".to_owned() },
        PlanEdit::Move { path: "regions[education]".to_owned(), to: 0 },
        PlanEdit::Move { path: "roles[inside-seller]".to_owned(), to: 3 },
        PlanEdit::Insert {
            list: "milestones".to_owned(),
            at: 0,
            entry: serde_json::json!({"date": "2011-02-03", "name": "Fair"}),
        },
        PlanEdit::Insert {
            list: "baseline".to_owned(),
            at: 1,
            entry: serde_json::json!({"region": "education", "role": "inside-seller", "heads": 4, "tenure": 2}),
        },
        PlanEdit::Insert { list: "roles".to_owned(), at: 0, entry: serde_json::json!({"id": "x"}) },
    ];
    prop_oneof![cell, target, prop::sample::select(fields), prop::sample::select(other)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_after_any_edits_restores_the_document(steps in prop::collection::vec(prop::collection::vec(any_edit(), 0..4), 1..6)) {
        let plan = bundled("us-public-sector-fy11");
        let text = encode(&plan, Format::Ron).unwrap();
        let mut history = History::new(plan);
        for edits in steps {
            let before = Arc::clone(history.plan());
            if history.commit("step", edits).is_err() {
                prop_assert_eq!(&before, history.plan());
            }
        }
        let last = Arc::clone(history.plan());
        while history.undo().is_some() {}
        prop_assert_eq!(encode(history.plan(), Format::Ron).unwrap(), text);
        while history.redo().is_some() {}
        prop_assert_eq!(history.plan(), &last);
    }

    #[test]
    fn a_scenario_of_any_edits_is_what_its_edits_make_and_says_what_it_lost(edits in prop::collection::vec(any_edit(), 0..8)) {
        let plan = bundled("us-public-sector-fy11");
        let made = apply_known(&plan, &edits);
        prop_assert_eq!(made.applied.len() + made.lost.len(), edits.len());
        prop_assert_eq!(&apply_all(&plan, &made.applied).unwrap(), &made.plan);
        prop_assert_eq!(words(&plan, &edits).len(), edits.len());
        // As the base, they give the same plan, and the scenario is then empty but for what was lost.
        let kept = apply_all(&plan, &manage::create(&plan, "Mine", "", edits).unwrap()).unwrap();
        let based = apply_all(&kept, &manage::make_base(&kept, 6).unwrap().edits).unwrap();
        prop_assert_eq!(based.alone(), made.plan.alone());
        prop_assert_eq!(based.scenarios[6].edits.len(), made.lost.len());
        prop_assert_eq!(&based.scenarios[..6], &plan.scenarios[..]);
    }

    #[test]
    fn edits_merged_into_a_scenario_do_what_they_do_in_turn(edits in prop::collection::vec(any_edit(), 0..10)) {
        let plan = bundled("us-public-sector-fy11");
        let fitting = apply_known(&plan, &edits);
        let mut kept = apply_all(&plan, &manage::create(&plan, "Mine", "", Vec::new()).unwrap()).unwrap();
        for edit in &fitting.applied {
            let steps = manage::append(&kept, 6, std::slice::from_ref(edit)).unwrap();
            kept = apply_all(&kept, &steps).unwrap();
        }
        let merged = scenario(&kept, "Mine").unwrap();
        prop_assert!(merged.lost.is_empty(), "{:?}", merged.lost);
        prop_assert!(difference(&merged.plan, &fitting.plan).unwrap().is_empty());
        let at_once = manage::append(&plan, 5, &fitting.applied).unwrap();
        prop_assert!(apply_all(&plan, &at_once).is_ok());
    }

    #[test]
    fn a_difference_makes_one_plan_out_of_another(one in prop::collection::vec(any_edit(), 0..8), other in prop::collection::vec(any_edit(), 0..8)) {
        let plan = bundled("us-public-sector-fy11");
        let (from, to) = (apply_known(&plan, &one).plan, apply_known(&plan, &other).plan);
        let edits = difference(&from, &to).unwrap();
        let made = apply_all(&from, &edits).unwrap();
        prop_assert!(difference(&made, &to).unwrap().is_empty());
        let grouped: usize = edit::by_cause(&from, &to, &edits).iter().map(|(_, list)| list.len()).sum();
        prop_assert_eq!(grouped, edits.len());
        if validate(&to).is_empty() {
            let figures = |plan: &Plan| Outcome::of(Arc::new(plan.clone())).unwrap().figures().collect::<Vec<_>>();
            prop_assert!(figures(&made) == figures(&to));
        }
    }
}

#[test]
fn a_difference_reaches_regions_that_come_and_go_and_another_horizon() {
    let plan = cloud();
    let mut other = without_region(&plan, "canada");
    other.regions.swap(0, 3);
    for (one, two) in [(&plan, &other), (&other, &plan)] {
        let made = apply_all(one, &difference(one, two).unwrap()).unwrap();
        assert_eq!(made.alone(), two.alone());
    }
    let blank = bundled("blank");
    for (one, two) in [(&plan, &blank), (&blank, &plan)] {
        let made = apply_all(one, &difference(one, two).unwrap()).unwrap();
        assert_eq!(made.alone(), two.alone());
    }
}
