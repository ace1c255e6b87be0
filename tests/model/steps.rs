//! Whatever is changed, step by step: what follows from a plan's predecessor is what follows from the plan alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use muster::edit::{apply, document, value};
use muster::engine::{EvaluateError, Outcome, findings};
use muster::files::Template;
use muster::plan::{
    AttritionBasis, DocumentPath, Field, Judgement, Kind, Move, MoveFrom, MoveRamp, MoveTo, Plan, PlanEdit, RegionId,
    RoleId, Shared, ValueChange,
};
use muster::units::{Exact, Local, Money, Month, Ratio, Total};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Everything that an outcome holds is the same, and so is all that is read of it.
fn same(stepped: &Outcome, fresh: &Outcome) {
    let plan = fresh.plan();
    for r in 0..plan.regions.len() {
        assert_eq!(stepped.region(r), fresh.region(r), "{}", plan.regions[r].id);
        assert_eq!(stepped.region_without_growth(r), fresh.region_without_growth(r), "{}", plan.regions[r].id);
    }
    assert!(stepped.figures().eq(fresh.figures()));
    assert_eq!(findings(stepped), findings(fresh));
}

fn amount(number: u32, of: u32) -> Exact {
    Exact::from(number) / Exact::from(of)
}

/// A change of the people who move or go.
fn movement(plan: &mut Plan, kind: u32, (r, k, q, n): (usize, usize, usize, u32)) {
    let cells: Vec<(RegionId, RoleId)> =
        plan.pay.iter().flat_map(|(region, roles)| roles.keys().map(|role| (region.clone(), role.clone()))).collect();
    let ((region, role), (to_region, to_role)) =
        (&cells[(r * 7 + k) % cells.len()], &cells[(r + k * 5 + 1) % cells.len()]);
    match kind {
        23 | 24 if (region, role) != (to_region, to_role) => plan.moves.push(Move {
            quarter: q,
            from: MoveFrom { region: region.clone(), role: role.clone() },
            to: MoveTo { region: to_region.clone(), role: to_role.clone() },
            heads: n,
            ramp: [None, Some(MoveRamp::Keep), Some(MoveRamp::Restart)][r % 3],
            reason: String::new(),
        }),
        25 => {
            plan.moves.pop();
        }
        _ => {
            let quarters = plan.calendar.quarters;
            let list = plan.exits.entry(region.clone()).or_default().entry(role.clone()).or_default();
            list.resize(quarters, 0);
            list[q] = n / 4;
        }
    }
}

/// A change of a field from a month on; two of one month would be refused.
fn value_change(plan: &Plan, (r, k): (usize, usize), place: usize, n: u32) -> ValueChange {
    let (region, role) = (&plan.regions[r].id, &plan.roles[k].id);
    let share = |n: u32| json!(amount(n, 40).to_string());
    let kind_field = match plan.roles[k].kind {
        Kind::Seller { .. } => "Seller.annual_quota",
        Kind::Support { .. } => "Support.sellers_per_head",
        Kind::PartnerManager { .. } => "PartnerManager.partners_per_head",
        Kind::Manager { .. } => "Manager.span",
    };
    let paid = plan.pay[region].keys().next().unwrap();
    let (path, value) = match place % 14 {
        0 => (format!("roles[{role}].kind.{kind_field}"), json!((n + 1).to_string())),
        1 => (format!("roles[{role}].ramp"), json!(vec![share(n); k % 5])),
        2 => (format!("roles[{role}].ramp_guarantee"), share(n)),
        3 => (format!("roles[{role}].attrition.first_year"), share(n)),
        4 => (format!("roles[{role}].backfill_share"), share(n)),
        5 => (format!("regions[{region}].attrition_factor"), share(n)),
        6 => (format!("regions[{region}].accounts"), json!(n * 5)),
        7 => (format!("pay[{region}][{paid}].base"), json!((n * 1_000).to_string())),
        8 => (format!("pay[{region}][{paid}].variable"), json!((n * 1_000).to_string())),
        9 => ("assumptions.attainment".to_owned(), share(n + 20)),
        10 => ("assumptions.gross_margin".to_owned(), share(n)),
        11 => ("partner_programme.renewal_incentive".to_owned(), share(n)),
        12 => ("sla.expected_credits".to_owned(), share(n)),
        _ => (format!("regions[{region}].productivity"), share(n)),
    };
    // A month that no other change has.
    let taken = |month: &Month| plan.changes.iter().any(|change| change.from == *month);
    let months = (1..plan.calendar.months()).map(|t| plan.calendar.month((t + place) % plan.calendar.months()));
    let from = months.into_iter().find(|month| *month != plan.calendar.first_month && !taken(month)).unwrap();
    ValueChange { from, path, value, reason: String::new() }
}

/// One change of each kind that is worked out in part, and of some that are not.
fn change(plan: &mut Plan, (kind, place, other, n): (u32, usize, usize, u32)) {
    let (r, k, q) = (place % plan.regions.len(), other % plan.roles.len(), other % plan.calendar.quarters);
    let (region, role) = (plan.regions[r].id.clone(), plan.roles[k].id.clone());
    match kind {
        0..=5 if plan.pay(&region, &role).is_some() => {
            let quarters = plan.calendar.quarters;
            let list = plan.hires.entry(region).or_default().entry(role).or_insert_with(|| vec![0; quarters]);
            list[(place + other) % quarters] = n;
        }
        6 => {
            let quarters = plan.calendar.quarters;
            let list = plan.targets.entry(region).or_insert_with(|| vec![Money::ZERO; quarters]);
            list[q] = Money::new(Exact::from(n * 100_000));
        }
        7 => {
            if let Some(pay) = plan.pay.get_mut(&region).and_then(|roles| roles.get_mut(&role)) {
                pay.base = Local::new(amount(n * 1_000_001, 100));
            }
        }
        8 => plan.regions[r].accounts = n * 7,
        9 => plan.regions[r].productivity = Ratio::new(amount(n, 30)),
        10 => {
            if let Some(entry) = plan.baseline.get_mut(place) {
                entry.heads = n;
            }
        }
        11 => {
            plan.baseline.pop();
        }
        12 => {
            let amount = Money::new(-Exact::from(n * 1_000));
            plan.judgements.push(Judgement { region, quarter: q, amount, reason: String::new() });
        }
        13 => {
            plan.judgements.pop();
        }
        14 => {
            if let Some(rate) = plan.rates.values_mut().nth(place % 4) {
                *rate = Ratio::new(amount(n + 1, 25));
            }
        }
        15 => plan.levers.hire_delay = n % 5 + 1,
        16 => plan.assumptions.attainment = Ratio::new(amount(n, 40)),
        17 => plan.roles[k].time_to_fill = n % 6,
        18 => plan.regions.swap(r, 0),
        19 => {
            let area = plan.regions[0].area.clone();
            plan.regions[r].area = area;
        }
        20 => plan.regions[r].area = format!("Area {n}"),
        21 => plan.roles[k].ramp.truncate(1),
        22 => plan.levers.ramp_slip = n,
        23..=26 => movement(plan, kind, (r, k, q, n)),
        27 => plan.regions[r].partners = (n > 5).then_some(n * 3),
        28 => plan.assumptions.accounts_limit = n % 4 > 0,
        29 => {
            let weights = (1..=4).map(|w| Ratio::new(Exact::from(n % w + 1))).collect();
            plan.regions[r].seasonality = (n > 3).then_some(weights);
        }
        30..=32 => {
            let change = value_change(plan, (r, k), place, n);
            plan.changes.push(change);
        }
        33 => {
            plan.changes.pop();
        }
        _ => plan.levers.fill_rate = Ratio::new(amount(n, 40)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn outcome_after_random_edits_equals_a_fresh_one(
        changes in prop::collection::vec((0_u32..36, 0_usize..200, 0_usize..200, 0_u32..40), 1..16),
    ) {
        let mut plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
        let mut outcome = Outcome::of(Arc::new(plan.clone())).unwrap();
        for here in changes {
            change(&mut plan, here);
            outcome = outcome.after(Arc::new(plan.clone())).unwrap();
            same(&outcome, &Outcome::of(Arc::new(plan.clone())).unwrap());
        }
    }
}

#[test]
fn outcome_after_every_kind_of_change_equals_a_fresh_one() {
    let mut plan = crate::first_schema("cloud-expansion-fy11");
    let mut outcome = Outcome::of(Arc::new(plan.clone())).unwrap();
    for kind in 0..35 {
        let before = plan.clone();
        change(&mut plan, (kind, 7, 12, kind + 5));
        assert!(plan != before, "{kind}");
        outcome = outcome.after(Arc::new(plan.clone())).unwrap();
        same(&outcome, &Outcome::of(Arc::new(plan.clone())).unwrap());
    }
}

/// The paths of every value in a document.
fn paths(json: &Value, path: &str, all: &mut Vec<String>) {
    let entry = |name: &str| format!("{path}[{name}]");
    match json {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            let dotted = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            // A name stands in brackets where the map is one of ids.
            let of_kind = || DocumentPath::nearest(&dotted).is_some_and(|place| place.entry() == Kind::ENTRY);
            let is_field = path.is_empty() || dotted.parse::<DocumentPath>().is_ok() || of_kind();
            paths(value, &if is_field { dotted } else { entry(name) }, all);
        }),
        Value::Array(list) => list.iter().enumerate().for_each(|(index, value)| {
            paths(value, &entry(value["id"].as_str().unwrap_or(&index.to_string())), all);
        }),
        Value::Null => {}
        _ => all.push(path.to_owned()),
    }
}

/// Some values that a field could have instead.
fn others(now: &Value) -> Vec<Value> {
    match now {
        Value::String(text) => match (text.parse::<Exact>(), text.parse::<Month>()) {
            (Ok(number), _) => [number * amount(1, 2), number + amount(1, 2)].map(|n| json!(n.to_string())).to_vec(),
            (_, Ok(month)) => vec![json!(month.plus(2).to_string())],
            _ => Vec::new(),
        },
        Value::Number(number) => number.as_i64().into_iter().flat_map(|n| [json!(n + 1), json!(n - 1)]).collect(),
        _ => Vec::new(),
    }
}

/// From the outcome of a plan to that of another one, and back.
fn there_and_back(base: &Outcome, fresh: &Outcome) -> Result<(), EvaluateError> {
    same(&base.after(Arc::clone(fresh.plan()))?, fresh);
    same(&fresh.after(Arc::clone(base.plan()))?, base);
    Ok(())
}

#[test]
fn outcome_after_a_change_of_every_field_equals_a_fresh_one() {
    let plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    let base = Outcome::of(Arc::new(plan.clone())).unwrap();
    let mut all = Vec::new();
    paths(&document(&plan).unwrap(), "", &mut all);
    let mut turned: BTreeMap<&str, usize> = BTreeMap::new();
    for path in all {
        let Some(field) = Field::of(&path) else { continue };
        // A few of each are enough: where it is one of many, the first and two that follow.
        if turned.get(field.pattern).is_some_and(|count| *count == 3) {
            continue;
        }
        // The first of the values that the field can have.
        let mut values = value(&plan, &path).iter().flat_map(others).collect::<Vec<_>>().into_iter();
        let fresh = values.find_map(|to| {
            let other = apply(&plan, &PlanEdit::Set { path: path.clone(), to }).ok()?;
            Outcome::of(Arc::new(other)).ok()
        });
        if let Some(fresh) = fresh {
            assert_eq!(there_and_back(&base, &fresh), Ok(()), "{path}");
            *turned.entry(field.pattern).or_default() += 1;
        }
    }
    assert!(turned.len() >= 70, "{} fields were turned: {turned:?}", turned.len());
}

#[test]
fn outcome_after_roles_and_regions_change_equals_a_fresh_one() {
    let plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    let base = Outcome::of(Arc::new(plan.clone())).unwrap();
    let find = |is: fn(&Kind) -> bool| plan.roles.iter().position(|role| is(&role.kind)).unwrap();
    let (seller, partner) =
        (find(|k| matches!(k, Kind::Seller { .. })), find(|k| matches!(k, Kind::PartnerManager { .. })));
    let support = find(|k| matches!(k, Kind::Support { .. }));
    let without = |plan: &mut Plan, id: &RoleId| {
        plan.roles.retain(|role| role.id != *id);
        plan.pay.values_mut().for_each(|roles| roles.retain(|role, _| role != id));
        plan.hires.values_mut().for_each(|roles| roles.retain(|role, _| role != id));
        plan.baseline.retain(|entry| entry.role != *id);
        plan.moves.retain(|one| one.from.role != *id && one.to.role != *id);
        plan.changes.retain(|change| !change.path.contains(&format!("[{id}]")));
    };
    let last = plan.roles.len() - 1;
    let changes: [&dyn Fn(&mut Plan); 9] = [
        &|plan| plan.roles.swap(seller, partner),
        &|plan| plan.regions.swap(0, 1),
        &|plan| {
            let id = plan.regions[1].id.clone();
            crate::take_region_out(plan, id.as_str());
        },
        &|plan| without(plan, &plan.roles[support].id.clone()),
        &|plan| without(plan, &plan.roles[partner].id.clone()),
        &|plan| without(plan, &plan.roles[last].id.clone()),
        &|plan| plan.roles[partner].kind = Kind::Manager { span: Ratio::new(Exact::from(7_u32)) },
        &|plan| plan.roles[support].kind = plan.roles[partner].kind.clone(),
        &|plan| {
            plan.assumptions.attrition_basis = match plan.assumptions.attrition_basis {
                AttritionBasis::Simple => AttritionBasis::Compound,
                AttritionBasis::Compound => AttritionBasis::Simple,
            }
        },
    ];
    for (index, change) in changes.into_iter().enumerate() {
        let mut other = plan.clone();
        change(&mut other);
        assert!(other != plan, "{index}");
        let fresh = Outcome::of(Arc::new(other)).unwrap();
        assert_eq!(there_and_back(&base, &fresh), Ok(()), "{index}");
    }
}

#[test]
fn outcome_after_an_invalid_edit_reports_the_problems_of_a_fresh_one() {
    let sound = Template::ALL[0].plan().unwrap();
    let outcome = Outcome::of(Arc::new(sound.clone())).unwrap();
    let region = sound.regions.iter().find(|r| sound.pay[&r.id].len() < sound.roles.len()).unwrap().id.clone();
    let mut unpaid = sound.clone();
    let role = unpaid.roles.iter().find(|role| sound.pay(&region, &role.id).is_none()).unwrap().id.clone();
    unpaid.hires.get_mut(&region).unwrap().insert(role, vec![1; sound.calendar.quarters]);
    let mut short = sound.clone();
    short.hires.get_mut(&region).unwrap().values_mut().next().unwrap().pop();
    let mut unknown = sound.clone();
    unknown.hires.insert(RegionId::new("nowhere"), BTreeMap::from([(sound.roles[0].id.clone(), vec![0; 8])]).into());
    for (plan, path) in [(unpaid, "pay["), (short, "hires["), (unknown, "hires[nowhere]")] {
        let plan = Arc::new(plan);
        let Err(EvaluateError::Invalid(problems)) = outcome.after(Arc::clone(&plan)) else { panic!("{path}") };
        assert!(problems[0].path.starts_with(path), "{problems:?}");
        assert_eq!(Some(EvaluateError::Invalid(problems)), Outcome::of(plan).err());
    }
}

/// Numbers as a plan's steps have them: short ones, and some with all their digits.
fn numbers() -> impl Strategy<Value = Exact> {
    let short =
        (0_u32..2_000_000, 0_u32..9).prop_map(|(n, k)| (0..k).fold(Exact::from(n), |n, _| n / Exact::from(10_u32)));
    prop_oneof![
        short.clone(),
        (short.clone(), 1_u32..100).prop_map(|(n, by)| n / Exact::from(by)),
        (short.clone(), 1_u32..100).prop_map(|(n, by)| -(n / Exact::from(by))),
        (short, 1_u32..1_000).prop_map(|(n, by)| n / Exact::from(1_000_000_u32) / Exact::from(by)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn outcome_after_two_edits_at_once_equals_one_after_the_other(a in numbers(), b in numbers(), places in 0_u32..8) {
        prop_assert_eq!(a.times_rounded(b, places), (a * b).round(places));
        // They could differ only where the product is about half a unit, or as much below it as the first step brings up.
        prop_assume!(!b.is_zero());
        let half = (Exact::from(places) + amount(5, 10)) / Exact::from(100_u32);
        for limit in [half, half - amount(5, 1_000_000_000)] {
            let near = limit / b;
            prop_assert_eq!(near.times_rounded(b, 2), (near * b).round(2));
        }
    }

    #[test]
    fn a_total_times_a_number_is_the_total_of_the_products(
        parts in prop::collection::vec(numbers(), 0..12),
        by in numbers(),
    ) {
        let (mut sum, mut products) = (Total::ZERO, Total::ZERO);
        for part in parts.iter().copied() {
            let part = part.max(-part);
            sum.add(part);
            products.add_product(part, by.max(-by));
        }
        prop_assert_eq!(sum.times(by.max(-by)).sum(), products.sum());
        let mut both = Total::ZERO;
        parts.iter().chain(&parts).for_each(|part| both.add((*part).max(-*part)));
        prop_assert_eq!(sum.plus(sum).sum(), both.sum());
    }
}

/// Whether two plans hold a part in common, and not each one of its own.
fn in_common<T>(one: &Shared<T>, other: &Shared<T>) -> bool {
    std::ptr::eq(&raw const **one, &raw const **other)
}

#[test]
fn an_edit_copies_what_it_changes_and_nothing_else() {
    let plan = Template::ALL[0].plan().unwrap();
    let [first, second] = [0, 1].map(|r: usize| &plan.regions[r].id);
    let hires = PlanEdit::SetHires { region: first.clone(), role: plan.roles[0].id.clone(), quarter: 0, to: 41 };
    let changed = apply(&plan, &hires).unwrap();
    assert!(!in_common(&plan.hires[first], &changed.hires[first]));
    assert_ne!(plan.hires[first], changed.hires[first]);
    assert!(in_common(&plan.hires[second], &changed.hires[second]));
    assert!(in_common(&plan.regions, &changed.regions));
    let accounts = |to: u32| PlanEdit::Set { path: format!("regions[{first}].accounts"), to: to.into() };
    let changed = apply(&plan, &accounts(7)).unwrap();
    assert_ne!(plan.regions[0].accounts, 7);
    assert_eq!(changed.regions[0].accounts, 7);
    assert!(in_common(&plan.hires[first], &changed.hires[first]));
    assert!(in_common(&plan.scenarios, &changed.scenarios));
    assert_eq!(apply(&changed, &accounts(plan.regions[0].accounts)).as_ref(), Ok(&plan));
}
