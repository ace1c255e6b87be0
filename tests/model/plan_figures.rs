//! Worked examples by others, and what must hold for every plan whatever its numbers are.

use std::path::Path;
use std::sync::Arc;

use bigdecimal::BigDecimal;
use muster::edit::{apply_all, scenario};
use muster::engine::{EvaluateError, Measure, Outcome, Place};
use muster::files::{Format, Template, decode, encode, read};
use muster::plan::{Plan, PlanEdit};
use muster::units::{Exact, Heads, Money, Period, Ratio};
use proptest::prelude::*;

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// The blank plan with even linearity, full attainment, nobody leaving, and nobody but account executives.
fn plain() -> Plan {
    let mut plan = Template::by_name("blank").unwrap().plan().unwrap();
    let third = vec![Ratio::new(Exact::ONE); 3];
    plan.assumptions.attainment = Ratio::new(Exact::ONE);
    plan.assumptions.seasonality = vec![Ratio::new(Exact::ONE); 4];
    plan.assumptions.month_linearity.clone_from(&third);
    plan.assumptions.start_phasing = third;
    plan.roles.truncate(1);
    plan.pay.values_mut().for_each(|pay| pay.retain(|role, _| role.as_str() == "account-executive"));
    let role = &mut plan.roles[0];
    role.attrition.first_year = Ratio::default();
    role.attrition.later = Ratio::default();
    role.ramp = ["0", "0.25", "0.5", "0.75"].map(|p| Ratio::new(exact(p))).to_vec();
    plan
}

fn hire(plan: &Plan, quarter: usize, to: u32) -> Plan {
    let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
    apply_all(plan, &[PlanEdit::SetHires { region, role, quarter, to }]).unwrap()
}

fn capacity(plan: Plan) -> Vec<String> {
    let outcome = Outcome::of(Arc::new(plan)).unwrap();
    (0..4).map(|q| outcome.figure(Measure::Capacity, Place::Region(0), Period::Quarter(q)).unwrap().fixed(0)).collect()
}

#[test]
fn three_sellers_of_a_first_month_ramp_as_in_the_published_example() {
    let mut plan = plain();
    plan.assumptions.start_phasing = ["1", "0", "0"].map(|w| Ratio::new(exact(w))).to_vec();
    assert_eq!(capacity(hire(&plan, 0, 3)), ["225000", "825000", "900000", "900000"]);
}

#[test]
fn a_seller_ramps_by_the_month_of_the_start() {
    for (month, expected) in [
        (0, ["75000", "275000", "300000", "300000"]),
        (1, ["25000", "225000", "300000", "300000"]),
        (2, ["0", "150000", "300000", "300000"]),
    ] {
        let mut plan = plain();
        plan.assumptions.start_phasing = (0..3).map(|m| Ratio::new(Exact::from(u32::from(m == month)))).collect();
        assert_eq!(capacity(hire(&plan, 0, 1)), expected, "month {month}");
    }
}

#[test]
fn ramped_heads_are_those_of_the_published_example() {
    let mut plan = plain();
    plan.roles[0].ramp = ["0.25", "0.6", "0.85"].map(|p| Ratio::new(exact(p))).to_vec();
    let entry = |heads: u32, tenure: u32, plan: &Plan| muster::plan::Baseline {
        region: plan.regions[0].id.clone(),
        role: plan.roles[0].id.clone(),
        heads,
        tenure,
    };
    plan.baseline =
        [(5, 0), (3, 1), (2, 2), (15, 3)].map(|(heads, tenure)| entry(heads, tenure, &plan)).into_iter().collect();
    let outcome = Outcome::of(Arc::new(plan)).unwrap();
    assert_eq!(outcome.figure(Measure::Ramped, Place::Cell(0, 0), Period::Month(0)), Some(exact("19.75")));
}

#[test]
fn partner_pay_is_that_of_the_published_example() {
    // 1,000 seats at 120 a year through a partner: 18 % in the first year, 6 % at each renewal.
    let mut plan = Template::by_name("blank").unwrap().plan().unwrap();
    plan.assumptions.seasonality = ["1", "0", "0", "0"].map(|w| Ratio::new(exact(w))).to_vec();
    plan.assumptions.month_linearity = ["1", "0", "0"].map(|w| Ratio::new(exact(w))).to_vec();
    plan.assumptions.renewal_rate = Ratio::new(Exact::ONE);
    plan.partner_programme.first_year_incentive = Ratio::new(exact("0.18"));
    let at = plan.roles.iter().position(|r| r.id.as_str() == "partner-manager").unwrap();
    let role = &mut plan.roles[at];
    role.ramp.clear();
    role.attrition.first_year = Ratio::default();
    role.attrition.later = Ratio::default();
    role.kind = muster::plan::Kind::PartnerManager {
        partners_per_head: Ratio::new(Exact::ONE),
        annual_bookings_per_partner: Money::new(exact("120000")),
    };
    let id = role.id.clone();
    plan.baseline =
        vec![muster::plan::Baseline { region: plan.regions[0].id.clone(), role: id, heads: 1, tenure: 0 }].into();
    // The first year's booking alone renews in the second: look at what the renewal adds to that year's own booking.
    let outcome = Outcome::of(Arc::new(plan)).unwrap();
    let paid = |t| outcome.figure(Measure::PartnerIncentives, Place::Region(0), Period::Month(t)).unwrap();
    assert_eq!(paid(0), exact("21600"));
    assert_eq!(paid(12) - paid(0), exact("7200"));
}

#[test]
fn payout_grows_by_the_accelerator_above_full_attainment() {
    for (attainment, expected) in [("0.8", "0.8"), ("1", "1"), ("1.2", "1.3")] {
        let mut plan = plain();
        plan.assumptions.attainment = Ratio::new(exact(attainment));
        plan.assumptions.merit.rate = Ratio::default();
        plan.roles[0].ramp.clear();
        let plan = hire(&plan, 0, 1);
        let yearly = plan.pay[&plan.regions[0].id][&plan.roles[0].id].variable.exact();
        let outcome = Outcome::of(Arc::new(plan)).unwrap();
        let paid = outcome.figure(Measure::VariablePay, Place::Cell(0, 0), Period::Month(0)).unwrap();
        assert_eq!(paid, (yearly * exact(expected) / Exact::from(12_u32)).round(2), "{attainment}");
    }
}

#[test]
fn positions_start_on_the_first_free_weekday() {
    let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    let outcome = Outcome::of(Arc::new(plan)).unwrap();
    let positions = muster::engine::positions(&outcome).unwrap();
    let planned: u64 = (0..2).map(|y| outcome.plan().hires_in_year(y)).sum();
    let growth = positions.iter().filter(|p| p.reason == muster::engine::Reason::Growth).count();
    assert_eq!(u64::try_from(growth).unwrap(), planned);
    // Monday 5 July 2010 is a holiday in the United States; 1 July, a Thursday, is none.
    let of = |id: &str| positions.iter().find(|p| p.id == id).expect(id);
    let first = of("FY11Q1-us-federal-public-sector-executive-G001");
    assert_eq!(first.starts.to_string(), "2010-07-01");
    // Two months earlier is a Saturday: the requisition opens on the Friday before.
    assert_eq!(first.opens.to_string(), "2010-04-30");
    // Friday 1 October is a holiday in China, and so is Monday 4 October.
    let china = of("FY11Q2-greater-china-account-executive-G001");
    assert_eq!(china.starts.to_string(), "2010-10-05");
    assert_eq!(china.opens.to_string(), "2010-08-05");
    let mut ids: Vec<&str> = positions.iter().map(|p| p.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), positions.len(), "every position has its own id");
}

#[test]
fn plans_go_from_ron_to_json_and_back_with_nothing_lost() {
    let world = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/world.json")).unwrap();
    let bundled = Template::ALL.map(|t| t.plan().unwrap());
    for plan in bundled.into_iter().chain([world]) {
        let ron = encode(&plan, Format::Ron).unwrap();
        let json = encode(&decode(&ron, Format::Ron).unwrap(), Format::Json).unwrap();
        let back = decode(&json, Format::Json).unwrap();
        assert_eq!(back, plan);
        assert_eq!(encode(&back, Format::Ron).unwrap(), ron);
    }
}

/// The paths of everything in a document that is not a group of fields, a list or a map.
fn leaves(value: &serde_json::Value, path: &str, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            let keyed = ["rates", "budgets", "pay", "hires", "exits", "targets"].iter().any(|m| path.starts_with(m));
            for (name, value) in fields {
                let step = if !keyed || matches!(name.as_str(), "base" | "variable") {
                    format!(".{name}")
                } else {
                    format!("[{name}]")
                };
                leaves(value, format!("{path}{step}").trim_start_matches('.'), found);
            }
        }
        serde_json::Value::Array(entries) => {
            if entries.is_empty()
                || entries.iter().all(|e| {
                    e.is_string()
                        && !path.contains("ramp")
                        && !path.ends_with("seasonality")
                        && path.contains('[')
                        && !path.starts_with("targets")
                })
            {
                return found.push(path.to_owned());
            }
            for (index, entry) in entries.iter().enumerate() {
                leaves(entry, &format!("{path}[{index}]"), found);
            }
        }
        _ => found.push(path.to_owned()),
    }
}

#[test]
fn every_field_of_the_document_is_in_the_catalogue() {
    let mut plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    plan.scenarios.clear();
    plan.judgements = vec![muster::plan::Judgement {
        region: plan.regions[0].id.clone(),
        quarter: 0,
        amount: Money::ZERO,
        reason: "a test".to_owned(),
    }]
    .into();
    let quarters = plan.calendar.quarters;
    let [first, second] = [0, 1].map(|k: usize| plan.roles[k].id.clone());
    let place = plan.regions[0].id.clone();
    plan.exits.entry(place.clone()).or_default().insert(first.clone(), vec![1; quarters]);
    plan.moves = vec![muster::plan::Move {
        quarter: 0,
        from: muster::plan::MoveFrom { region: place.clone(), role: first },
        to: muster::plan::MoveTo { region: place, role: second },
        heads: 1,
        ramp: Some(muster::plan::MoveRamp::Keep),
        reason: "a test".to_owned(),
    }]
    .into();
    plan.changes = vec![muster::plan::ValueChange {
        from: plan.calendar.month(3),
        path: "assumptions.tools".to_owned(),
        value: "1".into(),
        reason: "a test".to_owned(),
    }]
    .into();
    plan.cell_notes = vec![muster::plan::CellNote {
        region: plan.regions[0].id.clone(),
        role: plan.roles[0].id.clone(),
        quarter: 0,
        text: "a test".to_owned(),
        author: "a tester".to_owned(),
        date: plan.milestones[0].date,
    }]
    .into();
    plan.issued = vec![muster::plan::IssuedSeat {
        id: "FY11Q1-a-test-G001".to_owned(),
        region: plan.regions[0].id.clone(),
        role: plan.roles[0].id.clone(),
        quarter: 0,
        start: plan.milestones[0].date,
        date: plan.milestones[0].date,
        withdrawn: Some(plan.milestones[0].date),
    }]
    .into();
    let words = || Some("a test".to_owned());
    let role = &mut plan.roles[0];
    (role.job_code, role.job_family, role.job_level) = (words(), words(), words());
    (role.department, role.employment_type) = (words(), words());
    role.pay_range = Some(muster::units::Ratio::new("0.1".parse().unwrap()));
    let region = &mut plan.regions[0];
    (region.location, region.cost_center) = (words(), words());
    (region.hiring_manager, region.recruiter) = (words(), words());
    region.partners = Some(1);
    region.seasonality = Some(plan.assumptions.seasonality.clone());
    let mut found = Vec::new();
    leaves(&serde_json::to_value(&plan).unwrap(), "", &mut found);
    let mut known = std::collections::BTreeSet::new();
    for path in found.iter().filter(|p| *p != "schema" && *p != "scenarios") {
        let field = muster::plan::Field::of(path);
        known.insert(field.unwrap_or_else(|| panic!("{path} is in no catalogue")).pattern);
    }
    let unseen: Vec<_> = muster::plan::fields().iter().map(|f| f.pattern).filter(|p| !known.contains(p)).collect();
    assert!(unseen.is_empty(), "no plan has {unseen:?}");
}

#[test]
fn entries_are_added_moved_and_taken_out_by_their_path() {
    let plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    let ids = |p: &Plan| p.regions.iter().map(|r| r.id.to_string()).collect::<Vec<_>>();
    let first = ids(&plan)[0].clone();
    let path = format!("regions[{first}]");
    let moved = apply_all(&plan, &[PlanEdit::Move { path: path.clone(), to: 1 }]).unwrap();
    assert_eq!(ids(&moved)[1], first);
    let entry = serde_json::to_value(&plan.regions[0]).unwrap();
    let edits = [
        PlanEdit::Remove { path },
        PlanEdit::Insert { list: "regions".to_owned(), at: 0, entry },
        PlanEdit::Set { path: "pay[nowhere][account-executive].base".to_owned(), to: "1".into() },
    ];
    assert_eq!(apply_all(&plan, &edits[..2]).unwrap(), plan);
    let error = apply_all(&plan, &edits).unwrap_err().to_string();
    assert_eq!(error, "pay[nowhere][account-executive].base: missing field `variable`");
    let edit = PlanEdit::Set { path: "levers.hire_dely".to_owned(), to: 1.into() };
    assert_eq!(apply_all(&plan, &[edit]).unwrap_err().to_string(), "levers.hire_dely: no plan has this field");
}

#[test]
fn evaluate_reports_legal_but_extreme_numbers() {
    use muster::engine::{EvaluateError, FindingKind, findings};
    let found = |plan: &Plan, kind: FindingKind| {
        let outcome = Outcome::of(Arc::new(plan.clone())).unwrap();
        let mut found = findings(&outcome).into_iter().filter(|f| f.kind == kind).map(|f| f.figure.exact().to_string());
        (found.next(), found.next())
    };
    // As many hires as the file can state; none of them is made into a position to be counted.
    let crowd = hire(&plain(), 0, u32::MAX);
    let all = Some(u32::MAX.to_string());
    let mut slow = crowd.clone();
    slow.roles[0].time_to_fill = u32::MAX;
    assert_eq!(found(&slow, FindingKind::OpensTooEarly), (all.clone(), None));
    let mut late = crowd;
    late.levers.hire_delay = u32::MAX;
    assert_eq!(found(&late, FindingKind::PastHorizon), (all, None));
    // A figure that no exact decimal holds is named, wherever it stands.
    let mut vast = hire(&plain(), 0, 1);
    vast.regions[0].market[0].size = Money::new(exact("0.0000000000000000000000000001"));
    let error = Outcome::of(Arc::new(vast)).unwrap_err();
    assert!(matches!(error, EvaluateError::OutOfRange { measure: Measure::MarketLead, .. }), "{error:?}");
    let mut heavy = plain();
    heavy.assumptions.start_phasing[0] = Ratio::new(exact("9999999999999999999999999999"));
    let problems = muster::plan::validate(&heavy);
    assert_eq!(problems.iter().map(|p| p.path.as_str()).collect::<Vec<_>>(), ["assumptions.start_phasing"]);
}

#[test]
fn every_bundled_scenario_can_be_evaluated() {
    for template in Template::ALL {
        let plan = template.plan().unwrap();
        let base = Outcome::of(Arc::new(plan.clone())).unwrap();
        for found in &plan.scenarios {
            let made = scenario(&plan, &found.name).unwrap();
            assert!(made.lost.is_empty(), "{}: {:?}", found.name, made.lost);
            let changed = made.plan;
            assert_ne!(changed, plan, "{}", found.name);
            let fresh = Outcome::of(Arc::new(changed.clone())).unwrap();
            let stepped = base.after(Arc::new(changed)).unwrap();
            assert!(fresh.figures().eq(stepped.figures()), "{}", found.name);
        }
    }
}

/// Whether two sums of heads are the same but for the 24 digits that each step of either carries.
fn close(one: Heads, other: Heads) -> bool {
    let difference = (one - other).exact();
    difference.max(-difference) < exact("0.000000000000000001")
}

/// The figure as it is written out, of which reports and tables are made.
fn written(outcome: &Outcome, measure: Measure, place: Place, period: Period) -> Exact {
    outcome.figure(measure, place, period).unwrap().fixed(measure.unit().places()).parse().unwrap()
}

#[test]
fn a_gap_is_the_written_target_less_the_written_capacity_whatever_decimals_a_judgement_has() {
    let mut plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    let amounts = ["0.125", "-0.335", "1000.005", "-0.005", "2.6749", "0.015"];
    let judgement = |(n, amount): (usize, &&str)| muster::plan::Judgement {
        region: plan.regions[n % plan.regions.len()].id.clone(),
        quarter: n % 3,
        amount: Money::new(amount.parse().unwrap()),
        reason: "a test".to_owned(),
    };
    plan.judgements = amounts.iter().cycle().take(40).enumerate().map(judgement).collect::<Vec<_>>().into();
    let outcome = Outcome::of(Arc::new(plan)).unwrap();
    let (plan, calendar) = (outcome.plan(), outcome.plan().calendar);
    let areas = (0..plan.areas().len()).map(Place::Area);
    let places = areas.chain((0..plan.regions.len()).map(Place::Region)).chain([Place::Plan]);
    for place in places {
        for period in calendar.periods().filter(|p| matches!(p, Period::Quarter(_) | Period::Year(_))) {
            let of = |measure| written(&outcome, measure, place, period);
            let difference = of(Measure::Target) - of(Measure::Capacity);
            assert_eq!(of(Measure::Gap), difference, "{place:?} {period:?}");
        }
    }
}

#[test]
fn sums_of_as_many_digits_as_a_number_holds_are_right_or_an_error() {
    let mut plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
    (plan.baseline, plan.hires, plan.targets) = Default::default();
    let ids: Vec<_> = plan.regions.iter().map(|region| region.id.clone()).collect();
    let many = |digits: usize, first: char, rest: &str| format!("{first}{}{rest}", "7".repeat(digits - 1));
    let (mut right, mut errors) = (0, 0);
    let lengths = || (24..=28).flat_map(|digits| ["", ".5", ".55"].map(|cents| (digits, cents)));
    let length = |(digits, cents): (usize, &str)| digits + cents.trim_start_matches('.').len();
    for one in lengths().filter(|one| length(*one) <= 28) {
        for other in lengths().filter(|other| length(*other) <= 28) {
            let texts = [many(one.0, '8', one.1), many(other.0, '1', other.1)];
            let quarters = |text: &String| {
                let amount = |q| Money::new(if q == 0 { text.parse().unwrap() } else { Exact::ZERO });
                (0..plan.calendar.quarters).map(amount).collect::<Vec<_>>()
            };
            for (id, text) in ids.iter().zip(&texts) {
                plan.targets.insert(id.clone(), quarters(text));
            }
            match Outcome::of(Arc::new(plan.clone())) {
                Ok(outcome) => {
                    let sum: BigDecimal = texts.iter().map(|text| text.parse::<BigDecimal>().unwrap()).sum();
                    for period in [Period::Quarter(0), Period::Year(0)] {
                        let found = outcome.figure(Measure::Target, Place::Plan, period).unwrap();
                        assert_eq!(found.to_string().parse::<BigDecimal>().unwrap(), sum, "{texts:?}");
                    }
                    right += 1;
                }
                Err(EvaluateError::OutOfRange { .. }) => errors += 1,
                Err(other) => panic!("{texts:?}: {other}"),
            }
        }
    }
    assert!(right > 40 && errors > 20, "{right} {errors}");
}

/// Changes of the bundled public-sector plan that reach every part of the engine.
fn varied() -> impl Strategy<Value = Plan> {
    let cells = proptest::collection::vec((0_usize..5, 0_usize..5, 0_usize..8, 0_u32..40), 0..12);
    let levers = (0_u32..30, 0_u32..4, 0_u32..=100, 0_u32..=300, any::<bool>(), 0_u32..=150);
    (cells, levers).prop_map(|(cells, (delay, slip, fill, attrition, compound, attainment))| {
        let mut plan = Template::by_name("us-public-sector-fy11").unwrap().plan().unwrap();
        let per_cent = |n: u32| Ratio::new(Exact::from(n) / Exact::from(100_u32));
        for (r, k, quarter, to) in cells {
            let (region, role) = (plan.regions[r].id.clone(), plan.roles[k].id.clone());
            if plan.pay(&region, &role).is_some() {
                plan = apply_all(&plan, &[PlanEdit::SetHires { region, role, quarter, to }]).unwrap();
            }
        }
        plan.levers.hire_delay = delay;
        plan.levers.ramp_slip = slip;
        plan.levers.fill_rate = per_cent(fill);
        plan.levers.attrition_factor = per_cent(attrition);
        plan.assumptions.attainment = per_cent(attainment);
        if compound {
            plan.assumptions.attrition_basis = muster::plan::AttritionBasis::Compound;
        }
        plan
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn heads_balance_and_totals_foot(plan in varied()) {
        let outcome = Outcome::of(Arc::new(plan)).unwrap();
        let plan = outcome.plan();
        let months = plan.calendar.months();
        for r in 0..plan.regions.len() {
            let region = outcome.region(r).unwrap();
            for cell in &region.cells {
                for (t, month) in cell.months.iter().enumerate() {
                    let balance = month.opening() + month.moved_in - month.moved_out + month.starts() - month.leavers - month.exits;
                    prop_assert!(close(balance, month.closing()), "{r} {t}: {balance:?}");
                    if t + 1 < months {
                        let next = cell.month(t + 1).opening();
                        prop_assert!(close(next, month.closing()), "{r} {t}: {next:?}");
                    }
                }
            }
            for t in 0..months {
                let cells: Money = region.cells.iter().map(|c| c.month(t).people_cost()).sum();
                prop_assert_eq!(cells, region.month(t).people_cost);
            }
        }
        for y in 0..plan.calendar.years() {
            let whole = outcome.rollup(Place::Plan, Period::Year(y)).unwrap();
            let areas = (0..plan.areas().len()).map(|a| outcome.rollup(Place::Area(a), Period::Year(y)).unwrap());
            let mut cost = Money::ZERO;
            let mut heads = Heads::ZERO;
            for sums in areas {
                cost += sums.total_cost;
                heads += sums.closing;
            }
            prop_assert_eq!(cost, whole.total_cost);
            prop_assert!(close(heads, whole.closing), "{y}: {heads:?}");
            let months = plan.calendar.quarters_of(y).flat_map(|q| q * 3..q * 3 + 3);
            let monthly: Money = months
                .flat_map(|t| (0..plan.regions.len()).map(move |r| (r, t)))
                .map(|(r, t)| outcome.region(r).unwrap().month(t).total_cost())
                .sum();
            prop_assert_eq!(monthly, whole.total_cost);
        }
    }

    #[test]
    fn outcome_after_another_plan_equals_a_fresh_one(one in varied(), other in varied()) {
        let fresh = Outcome::of(Arc::new(other.clone())).unwrap();
        let mut near = other.clone();
        near.levers = one.levers.clone();
        near.assumptions = one.assumptions.clone();
        let stepped = Outcome::of(Arc::new(one)).unwrap().after(Arc::new(near)).unwrap().after(Arc::new(other)).unwrap();
        prop_assert!(fresh.figures().eq(stepped.figures()));
    }
}
