//! Every field has its cell, every input of an explanation leads to one, and what a cell shows reads back as it is.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use serde_json::json;

use super::shape::InputTable;
use super::table::Inputs;
use super::{Section, locate, tables};
use crate::desktop::fields::Fields;
use crate::desktop::numbers::Numbers;
use crate::desktop::sheet::{At, Model, Typed};
use crate::edit::structure::add_entry;
use crate::edit::{Overrides, apply_all};
use crate::engine::{Explainer, Key, Outcome, PlanCase, Source, What};
use crate::files::Template;
use crate::plan::{CellNote, Plan, PlanEdit, ValueChange, fields};

fn bundled() -> Plan {
    Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap()
}

/// Does something with a table of a plan as the view would show it.
fn with<R>(plan: &Plan, table: &InputTable, act: impl FnOnce(&Inputs<'_>) -> R) -> R {
    let (form, folded) = (serde_json::to_value(plan).unwrap(), BTreeSet::new());
    let shown = Fields { plan, numbers: Numbers::default() };
    let overrides = Overrides::default();
    let (folded, overrides) = (&folded, &overrides);
    act(&Inputs {
        table,
        plan,
        shown,
        form: &form,
        changes: &super::plan_form::ChangesByPath::new(),
        head_width: 100.0,
        folded,
        overrides,
        base: plan,
        back: crate::desktop::back::BackToBase::default(),
    })
}

fn tables_of(plan: &Plan, section: Section) -> Vec<InputTable> {
    tables::tables(section, Fields { plan, numbers: Numbers::default() }, &|_| false)
}

/// What typing a text into the cell of a field does.
fn typed(plan: &Plan, path: &str, text: &str) -> Result<Plan, String> {
    let (section, key, at) = locate(plan, path).unwrap_or_else(|| panic!("{path} has no cell"));
    let table = tables_of(plan, section).into_iter().find(|t| t.key == key).unwrap();
    let edits = with(plan, &table, |inputs| inputs.edit(at, text))?;
    apply_all(plan, &edits).map_err(|e| e.to_string())
}

#[test]
fn every_field_of_the_document_has_a_cell() {
    let mut plan = bundled();
    for _ in 0..2 {
        plan = apply_all(&plan, &add_entry(&plan, ValueChange::ENTRY, None).unwrap().edits).unwrap();
    }
    let date = plan.milestones.first().unwrap().date;
    let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
    let note = |quarter| CellNote {
        region: region.clone(),
        role: role.clone(),
        quarter,
        text: "A note".to_owned(),
        author: "Ada".to_owned(),
        date,
    };
    plan.cell_notes = vec![note(0), note(1)].into();
    for field in fields() {
        // Ids are made from names, notes have a field of many lines; hires, exits and moves have grids of their own, and seats are
        // issued by an export and listed in Positions.
        let has_other_place =
            ["hires[", "exits[", "moves[", "issued["].iter().any(|list| field.pattern.starts_with(list));
        if field.pattern.ends_with("].id") || field.pattern == "notes" || has_other_place {
            continue;
        }
        let role = match field.pattern {
            p if p.contains("Support") => "solution-specialist",
            p if p.contains("PartnerManager") => "partner-manager",
            p if p.contains(".Manager") => "sales-manager",
            _ => "account-executive",
        };
        let mut path = field.pattern.to_owned();
        for key in match field.pattern {
            p if p.starts_with("regions[") => vec!["canada", "1"],
            p if p.starts_with("roles[") => vec![role, "1"],
            p if p.starts_with("pay[") => vec!["canada", role],
            p if p.starts_with("targets[") => vec!["canada", "3"],
            p if p.starts_with("rates[") => vec!["EUR"],
            p if p.starts_with("budgets[") => vec!["2012"],
            _ => vec!["1"],
        } {
            path = path.replacen('*', key, 1);
        }
        assert!(locate(&plan, &path).is_some(), "{path} has no cell");
    }
}

#[test]
fn every_input_that_an_explanation_names_leads_to_a_cell() {
    let plan = bundled();
    let outcome = Outcome::of(Arc::new(plan.clone())).unwrap();
    let explainer = Explainer::new(&outcome);
    let key = |f: crate::engine::Figure| Key {
        case: PlanCase::Plan,
        what: What::Measure(f.measure),
        place: f.place,
        period: f.period,
    };
    let mut open: Vec<Key> = outcome.figures().map(key).collect();
    let (mut seen, mut inputs) = (HashSet::new(), BTreeSet::new());
    while let Some(key) = open.pop() {
        if !seen.insert(key) {
            continue;
        }
        for term in explainer.explain(key).map(|e| e.terms).unwrap_or_default() {
            match term.source {
                Source::Figure(key) => open.push(key),
                Source::Input(path) | Source::Default(path) => _ = inputs.insert(path),
            }
        }
    }
    assert!(inputs.len() > 500, "{}", inputs.len());
    // Hires and moves have grids of their own.
    let is_in_grid = |path: &&String| ["hires[", "moves["].iter().any(|list| path.starts_with(list));
    for path in inputs.iter().filter(|path| !is_in_grid(path)) {
        let Some((section, key, at)) = locate(&plan, path) else { panic!("{path} has no cell") };
        let table = tables_of(&plan, section).into_iter().find(|t| t.key == key).unwrap();
        let expected = if path == "rates[USD]" { "currency" } else { path };
        assert_eq!(table.path(at).as_deref(), Some(expected));
    }
}

#[test]
fn what_every_cell_shows_reads_back_as_it_is() {
    for template in Template::ALL {
        let plan = template.plan().unwrap();
        for section in Section::ALL {
            for table in tables_of(&plan, section) {
                let typed = |inputs: &Inputs<'_>| {
                    let rows = 0..table.rows.len();
                    let cells = rows.flat_map(|row| (0..table.contents.len()).map(move |column| At { row, column }));
                    let typed = cells.filter_map(|at| {
                        let text = inputs.cell(at).entry.text().filter(|text| !text.is_empty())?.to_owned();
                        Some(Typed { at, text })
                    });
                    let typed: Vec<Typed> = typed.collect();
                    inputs.edits(&typed)
                };
                let edits = with(&plan, &table, typed).unwrap();
                let mut after = apply_all(&plan, &edits).unwrap();
                // A region without targets is then one whose targets are all 0, which is the same.
                after.targets.retain(|region, list| {
                    plan.targets.contains_key(region) || list.iter().any(|target| !target.exact().is_zero())
                });
                assert!(after == plan, "{} {}: typing what is there changes it", section.title(), table.key);
            }
        }
    }
}

#[test]
fn the_locale_is_read_as_it_is_written() {
    let plan = bundled();
    let after = typed(&plan, "regions[canada].workplace", "1,234.5").unwrap();
    assert_eq!(after.regions[3].workplace.exact(), "1234.5".parse().unwrap());
}

#[test]
fn a_cell_takes_what_its_field_holds_and_says_what_else_it_wants() {
    let plan = bundled();
    let number = typed(&plan, "regions[canada].productivity", "15x").unwrap_err();
    assert!(number.starts_with("\"15x\" is no number; write it as"), "{number}");
    for (path, text, part) in [
        ("regions[canada].currency", "CHF", "has no rate yet"),
        ("regions[canada].currency", "dollar", "three letters"),
        ("regions[canada].accounts", "-1", "not a whole number"),
        ("regions[canada].holidays", "2010-13-01", "is no day"),
        ("regions[canada].name", "", "cannot be empty"),
        ("roles[sales-manager].kind.Manager.span", "-2", "cannot be below 0"),
        ("roles[solution-specialist].kind.Support.serves", "Sales manager", "is no Seller"),
        ("roles[account-executive].backfill_share", "120", "0 to 100 %"),
        ("assumptions.attrition_basis", "Complex", "one of Simple, Compound"),
        ("assumptions.merit.month", "13", "1 to 12"),
        ("judgements[0].quarter", "FY13 Q1", "FY11 Q1 to FY12 Q4"),
        ("rates[EUR]", "0", "above 0"),
        ("rates[EUR]", "", "use EUR"),
        ("calendar.quarters", "4", "this drops 16 growth hires"),
        ("targets[canada][2]", "-5", "cannot be below 0"),
        ("recruiting_capacity[2]", "", "No limit"),
    ] {
        let why = typed(&plan, path, text).unwrap_err();
        assert!(why.contains(part), "{path}: {why}");
    }
}

#[test]
fn typing_brings_along_what_a_field_needs() {
    let plan = bundled();
    let canada = &plan.regions[3];
    let role = |name: &str| plan.roles.iter().find(|r| r.id.as_str() == name).unwrap();
    // A cell without pay gets both parts.
    let after = typed(&plan, "pay[us-federal][account-executive].base", "90,000").unwrap();
    let pay = after.pay(&plan.regions[0].id, &role("account-executive").id).unwrap();
    assert_eq!((pay.base.exact(), pay.variable.exact()), ("90000".parse().unwrap(), "0".parse().unwrap()));
    // A month behind the last makes the ramp longer, an empty one shorter.
    let longer = typed(&plan, "roles[account-executive].ramp[8]", "95").unwrap();
    assert_eq!(longer.roles[0].ramp.len(), 9);
    let shorter = typed(&plan, "roles[account-executive].ramp[7]", "").unwrap();
    assert_eq!(shorter.roles[0].ramp.len(), 7);
    // Words as people write them.
    let moved = typed(&plan, "baseline[0].region", "canada").unwrap();
    assert_eq!(moved.baseline[0].region, canada.id);
    let later = typed(&plan, "judgements[0].quarter", "fy12 q1").unwrap();
    assert_eq!(later.judgements[0].quarter, 4);
    let free = typed(&plan, "regions[canada].onboarding_seats", "").unwrap();
    assert_eq!(free.regions[3].onboarding_seats, None);
    let default = typed(&plan, "uncertainty.acceptance", "").unwrap();
    assert_eq!(default.uncertainty, plan.uncertainty);
    let kind = typed(&plan, "roles[sales-manager].kind", "partner manager").unwrap();
    assert!(matches!(kind.roles[6].kind, crate::plan::Kind::PartnerManager { .. }));
}

#[test]
fn the_value_of_a_change_is_typed_as_that_of_its_field() {
    let mut plan = bundled();
    plan.changes.clear();
    let change = add_entry(&plan, ValueChange::ENTRY, None).unwrap();
    plan = apply_all(&plan, &change.edits).unwrap();
    let value = |plan: &Plan| plan.changes[0].value.clone();
    let shown = |plan: &Plan| {
        let (section, key, at) = locate(plan, "changes[0].value").unwrap();
        let table = tables_of(plan, section).into_iter().find(|t| t.key == key).unwrap();
        with(plan, &table, |inputs| inputs.cell(at).text)
    };
    for (text, expected) in [("72.5", json!("0.725")), ("80 %", json!("0.8")), ("81%", json!("0.81"))] {
        assert_eq!(value(&typed(&plan, "changes[0].value", text).unwrap()), expected, "{text}");
    }
    for (text, part) in [("", "cannot be empty"), ("high", "is no number"), ("500", "at most 400 %")] {
        let why = typed(&plan, "changes[0].value", text).unwrap_err();
        assert!(why.contains(part), "{text}: {why}");
    }
    // With another field comes the value that it has.
    let ramp = typed(&plan, "changes[0].path", "roles[inside-seller].ramp").unwrap();
    assert_eq!(value(&ramp), json!(plan.roles.iter().find(|r| r.id.as_str() == "inside-seller").unwrap().ramp));
    for text in ["0; 50; 75.5", "0, 50, 75.5", "0 % 50 % 75.5 %", "0 50 75.5"] {
        let after = typed(&ramp, "changes[0].value", text).unwrap();
        assert_eq!((value(&after), shown(&after)), (json!(["0", "0.5", "0.755"]), "0 %; 50 %; 75.5 %".to_owned()));
    }
    let accounts = typed(&ramp, "changes[0].path", "regions[canada].accounts").unwrap();
    let fewer = typed(&accounts, "changes[0].value", "1,120").unwrap();
    assert_eq!((value(&fewer), shown(&fewer)), (json!(1120), "1,120".to_owned()));
    assert!(typed(&accounts, "changes[0].value", "1.5").unwrap_err().contains("not a whole number"));
}

#[test]
fn a_change_pasted_with_its_field_is_read_as_that_field() {
    let mut plan = bundled();
    plan = apply_all(&plan, &add_entry(&plan, ValueChange::ENTRY, None).unwrap().edits).unwrap();
    let (section, key, path) = locate(&plan, "changes[0].path").unwrap();
    let value = locate(&plan, "changes[0].value").unwrap().2;
    let table = tables_of(&plan, section).into_iter().find(|t| t.key == key).unwrap();
    let typed = [(path, "rates[EUR]"), (value, "1.25")].map(|(at, text)| Typed { at, text: text.to_owned() });
    let edits = with(&plan, &table, |inputs| inputs.edits(&typed)).unwrap();
    let after = apply_all(&plan, &edits).unwrap();
    assert_eq!((after.changes[0].path.as_str(), &after.changes[0].value), ("rates[EUR]", &json!("1.25")));
}

#[test]
fn clearing_the_end_of_a_ramp_takes_its_months_out_whatever_their_order() {
    let plan = bundled();
    let (section, key, at) = locate(&plan, "roles[account-executive].ramp[5]").unwrap();
    let table = tables_of(&plan, section).into_iter().find(|t| t.key == key).unwrap();
    let typed: Vec<Typed> =
        (at.column..at.column + 3).map(|column| Typed { at: At { column, ..at }, text: String::new() }).collect();
    let edits = with(&plan, &table, |inputs| inputs.edits(&typed)).unwrap();
    assert_eq!(apply_all(&plan, &edits).unwrap().roles[0].ramp, plan.roles[0].ramp[..5]);
}

#[test]
fn a_year_total_spreads_and_a_total_row_refuses() {
    let plan = bundled();
    let table = tables_of(&plan, Section::Targets).remove(0);
    let year = table.contents.iter().position(|column| column.name == "FY11").unwrap();
    let edits = with(&plan, &table, |inputs| inputs.edit(At { row: 1, column: year }, "95,100,000")).unwrap();
    assert_eq!(edits.len(), 4);
    assert!(edits.iter().all(|edit| matches!(edit, PlanEdit::SetTarget { .. })));
    let after = apply_all(&plan, &edits).unwrap();
    assert_eq!(after.target_in_year(&plan.regions[0].id, 0).exact(), "95100000".parse().unwrap());
    let refused = with(&plan, &table, |inputs| inputs.edit(At { row: 0, column: year }, "1")).unwrap_err();
    assert!(refused.starts_with("Totals add up"), "{refused}");
}
