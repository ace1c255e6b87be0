//! Comparing, bridging, sensitivity and goal seek: sums that foot, answers that hold, the same on any number of threads.

use std::sync::Arc;

use muster::analysis::{
    AnalysisError, Bridge, Comparison, Driver, FigureRef, Progress, SeekGoal, SeekValue, Swing, Version, drivers, seek,
    sensitivity,
};
use muster::edit::{apply, apply_all, apply_known, manage, scenario, set, value};
use muster::engine::{Measure, Outcome, Place};
use muster::files::Template;
use muster::plan::{FieldPath, Plan, PlanEdit, RegionId, RoleId, ValueChange};
use muster::units::{Exact, Period};
use proptest::prelude::*;

fn bundled(name: &str) -> Plan {
    Template::by_name(name).unwrap().plan().unwrap()
}

fn outcome(plan: Plan) -> Arc<Outcome> {
    Arc::new(Outcome::of(Arc::new(plan)).unwrap())
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

fn wanted(outcome: &Outcome, measure: Measure, period: Period) -> FigureRef {
    FigureRef::at(outcome, measure, Place::Plan, period)
}

fn set_to(path: &str, to: impl Into<serde_json::Value>) -> PlanEdit {
    PlanEdit::Set { path: path.to_owned(), to: to.into() }
}

const ROLLED: [Measure; 9] = [
    Measure::Capacity,
    Measure::TotalCost,
    Measure::Gap,
    Measure::Target,
    Measure::Closing,
    Measure::CapacityCoverage,
    Measure::QuotaCoverage,
    Measure::AccountCoverage,
    Measure::CostOfSale,
];

/// Every step of the bridge, of every measure and place, adds up to the difference.
fn foots(from: &Arc<Outcome>, to: &Arc<Outcome>) {
    let bridge = Bridge::of(from, to).unwrap();
    let calendar = from.plan().calendar;
    let mut footed = 0;
    let places = (0..from.plan().regions.len()).map(Place::Region).chain([Place::Plan, Place::Area(0)]);
    for place in places {
        for period in (0..calendar.years()).map(Period::Year).chain([Period::Quarter(1)]) {
            for measure in ROLLED {
                let figure = FigureRef::at(from, measure, place, period);
                let way = bridge.waterfall(&figure);
                let (Some(before), Some(after)) = (way.from, way.to) else {
                    let stated = figure.figure(from).is_some() && figure.figure(to).is_some();
                    assert!(!stated, "{measure} {place:?} {period:?} has no bridge");
                    continue;
                };
                footed += 1;
                assert_eq!(Some(after), figure.figure(to).map(|f| f.round(18)));
                let changes: Option<Vec<Exact>> = way.steps.iter().map(|s| s.change).collect();
                let sum: Exact = changes.unwrap().into_iter().sum();
                assert_eq!(sum, after - before, "{measure} {place:?} {period:?}");
            }
        }
    }
    assert!(footed > 20, "{footed} figures");
}

#[test]
fn a_bridge_leads_from_the_base_to_every_bundled_scenario() {
    for name in ["cloud-expansion-fy11", "us-public-sector-fy11"] {
        let plan = bundled(name);
        let base = outcome(plan.clone());
        assert!(plan.scenarios.len() > 2, "{name}: {} scenarios", plan.scenarios.len());
        for found in &plan.scenarios {
            foots(&base, &outcome(scenario(&plan, &found.name).unwrap().plan));
        }
        assert!(Bridge::of(&base, &base).unwrap().steps.is_empty());
    }
}

#[test]
fn a_bridge_states_its_causes_in_their_order() {
    let plan = bundled("cloud-expansion-fy11");
    let hires = |region: &str, to| PlanEdit::SetHires {
        region: RegionId::new(region),
        role: RoleId::new("account-executive"),
        quarter: 0,
        to,
    };
    let edits = [
        set_to("levers.ramp_slip", 1),
        set_to("levers.hire_delay", 2),
        set_to("assumptions.attainment", "0.8"),
        set_to("regions[japan].burden_rate", "0.5"),
        set_to("budgets[2011]", "5"),
        hires("japan", 9),
        hires("canada", 7),
    ];
    let bridge = Bridge::of(&outcome(plan.clone()), &outcome(apply_all(&plan, &edits).unwrap())).unwrap();
    let causes: Vec<&str> = bridge.steps.iter().map(|s| s.cause.as_str()).collect();
    let named = [
        "Growth hires, Americas",
        "Growth hires, Asia",
        "Regions: Burden rate",
        "Attainment",
        "Lever: Hire delay",
        "Lever: Ramp slip",
        "Other fields",
    ];
    assert_eq!(causes, named);
}

#[test]
fn a_bridge_crosses_regions_that_come_and_go_and_other_plans_altogether() {
    let plan = bundled("cloud-expansion-fy11");
    let mut other = plan.clone();
    crate::take_region_out(&mut other, "canada");
    other.levers.hire_delay = 1;
    let (one, two) = (outcome(plan), outcome(other));
    foots(&one, &two);
    foots(&two, &one);
    foots(&one, &outcome(bundled("us-public-sector-fy11")));
}

#[test]
fn comparison_foots_and_states_its_differences() {
    let plan = bundled("cloud-expansion-fy11");
    let version = |name: &str, plan: Plan| Version { name: name.to_owned(), outcome: outcome(plan) };
    let comparison = Comparison::of(vec![
        version("base", plan.clone()),
        version("lean", scenario(&plan, "Lean 300").unwrap().plan),
        version("full", scenario(&plan, "Full 500").unwrap().plan),
    ]);
    let hires = &comparison.headline[0];
    assert_eq!(hires.values, [411_u32, 300, 500].map(|n| Some(Exact::from(n))));
    assert_eq!(hires.change(1), Some(exact("-111")));
    assert_eq!(hires.relative(2).map(|r| r.fixed(6)), Some("0.216545".to_owned()));
    for year in ["FY11", "FY12"] {
        let lines: Vec<_> = comparison.cost_lines.iter().filter(|r| r.period == year).collect();
        let (total, lines) = lines.split_last().unwrap();
        assert_eq!((total.name, lines.len()), ("total_cost", 11));
        for version in 0..3 {
            let sum: Exact = lines.iter().map(|r| r.values[version].unwrap()).sum();
            assert_eq!(Some(sum), total.values[version]);
        }
    }
    let rows = comparison.coverage.len();
    assert_eq!(rows, (1 + plan.areas().len() + plan.regions.len()) * (8 + 2));
    assert_eq!(comparison.cost.len(), rows);
    assert!(Comparison::of(Vec::new()).headline.is_empty());
}

#[test]
fn a_sensitivity_is_the_same_on_one_thread_and_on_two() {
    let base = outcome(bundled("us-public-sector-fy11"));
    let mut drivers = drivers(base.plan());
    assert!(drivers.len() > 40, "{}", drivers.len());
    drivers.truncate(20);
    for (measure, period) in [(Measure::CapacityCoverage, Period::Year(0)), (Measure::Gap, Period::Quarter(3))] {
        let asked = wanted(&base, measure, period);
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| sensitivity(&base, &asked, &drivers, &Progress::default()).unwrap())
        };
        let (one, two) = (on(1), on(2));
        assert_eq!(one, two);
        assert_eq!(one.figure, asked.figure(&base));
        let swings: Vec<Exact> = one.bars.iter().filter_map(|b| b.swing).collect();
        assert!(swings.is_sorted_by(|a, b| a >= b) && swings.len() == drivers.len());
    }
}

#[test]
fn a_payback_that_is_not_within_the_plan_has_no_number_for_its_swing() {
    let mut plan = bundled("us-public-sector-fy11");
    plan.assumptions.gross_margin = muster::units::Ratio::new(Exact::ONE);
    plan.levers.attainment_factor = muster::units::Ratio::new(exact("2"));
    let base = outcome(plan);
    let asked = wanted(&base, Measure::PaybackMonths, Period::All);
    assert!(asked.figure(&base).is_some());
    let driver = |name: &str, path: &str, low: &str| Driver {
        name: name.to_owned(),
        paths: vec![path.parse().unwrap()],
        swing: Swing::To(exact(low), exact("1")),
    };
    let list = [driver("b", "assumptions.renewal_rate", "0.9"), driver("a", "assumptions.gross_margin", "0")];
    let turned = sensitivity(&base, &asked, &list, &Progress::default()).unwrap();
    let bars: Vec<_> = turned.bars.iter().map(|b| (b.driver.name.as_str(), b.swing.is_none())).collect();
    assert_eq!(bars, [("a", true), ("b", false)]);
    assert_eq!(turned.bars[0].low.figure, None);
    let never = outcome(bundled("blank"));
    let asked = wanted(&never, Measure::PaybackMonths, Period::All);
    let none = sensitivity(&never, &asked, &list, &Progress::default());
    assert_eq!(none, Err(AnalysisError::NoFigure("Payback, the whole plan".to_owned())));
}

#[test]
fn a_side_of_a_sensitivity_is_the_plan_with_that_value() {
    let plan = bundled("cloud-expansion-fy11");
    let base = outcome(plan.clone());
    let asked = wanted(&base, Measure::TotalCost, Period::Year(1));
    let asked_of =
        ["Attainment", "Lever: Fill rate", "Lever: Hire delay", "Exchange rate GBP", "Programme launch", "Base pay"];
    let mut drivers = drivers(&plan);
    drivers.retain(|d| asked_of.contains(&d.name.as_str()));
    let turned = sensitivity(&base, &asked, &drivers, &Progress::default()).unwrap();
    let bar = |name: &str| turned.bars.iter().find(|b| b.driver.name == name).unwrap();
    let put = |path: &str, to: serde_json::Value| asked.figure(&outcome(apply(&plan, &set(path, &to)).unwrap()));
    assert_eq!(bar("Attainment").low.value, exact("0.75"));
    assert_eq!(bar("Attainment").low.figure, put("assumptions.attainment", "0.75".into()));
    let fill = bar("Lever: Fill rate");
    assert_eq!((fill.high.value, fill.high.clamped, fill.high.change), (Exact::ONE, true, Some(Exact::ZERO)));
    assert_eq!(bar("Lever: Hire delay").high.figure, put("levers.hire_delay", 2.into()));
    assert_eq!(bar("Exchange rate GBP").high.figure, put("rates[GBP]", "1.6494313".into()));
    assert_eq!(bar("Programme launch").high.figure, put("partner_programme.launch", "2010-11".into()));
    assert!(!bar("Base pay").driver.states_values());
}

#[test]
fn sensitivity_takes_ranges_reports_progress_and_stops() {
    let base = outcome(bundled("us-public-sector-fy11"));
    let asked = wanted(&base, Measure::Capacity, Period::Year(0));
    let driver = |path: &str| Driver {
        name: "Mine".to_owned(),
        paths: vec![path.parse().unwrap()],
        swing: Swing::To(exact("0.5"), exact("7")),
    };
    let progress = Progress::default();
    let one = sensitivity(&base, &asked, &[driver("levers.fill_rate")], &progress).unwrap();
    assert_eq!((one.bars[0].low.value, one.bars[0].high.value), (exact("0.5"), Exact::ONE));
    assert_eq!((progress.done(), progress.total()), (2, 2));
    for path in ["name", "regions[nowhere].accounts"] {
        let wrong = sensitivity(&base, &asked, &[driver(path)], &Progress::default());
        assert!(matches!(wrong, Err(AnalysisError::Input { .. })), "{path}: {wrong:?}");
    }
    progress.cancel();
    let stopped = sensitivity(&base, &asked, &drivers(base.plan()), &progress);
    assert_eq!(stopped, Err(AnalysisError::Cancelled));
}

fn goal(base: &Outcome, path: &str, measure: Measure, period: Period, to: Exact) -> SeekGoal {
    let wanted = wanted(base, measure, period);
    SeekGoal {
        path: path.to_owned(),
        figure: wanted,
        target: to,
        tolerance: SeekGoal::tolerance(measure.unit()),
        from: None,
        to: None,
    }
}

#[test]
fn seek_answer_put_in_gives_the_goal() {
    let plan = bundled("cloud-expansion-fy11");
    let base = outcome(plan.clone());
    for (path, measure, period, to) in [
        ("assumptions.attainment", Measure::CapacityCoverage, Period::Year(1), "1"),
        ("levers.fill_rate", Measure::TotalCost, Period::Year(0), "200000000"),
        ("roles[account-executive].kind.Seller.annual_quota", Measure::Capacity, Period::Year(1), "400000000"),
        ("targets[japan][0]", Measure::CapacityCoverage, Period::Quarter(0), "0.84"),
    ] {
        let asked = goal(&base, path, measure, period, exact(to));
        let sought = seek(&base, &asked, &Progress::default()).unwrap();
        assert!(!sought.values.is_empty(), "{path}: {sought:#?}");
        for answer in &sought.values {
            let put_in = outcome(apply_all(&plan, &answer.edits).unwrap());
            let figure = asked.figure.figure(&put_in).unwrap();
            assert_eq!(figure, answer.figure, "{path}");
            let off = figure - asked.target;
            assert!(off.max(-off) <= asked.tolerance, "{path}: {figure}");
        }
    }
}

#[test]
fn seek_varies_later_values_by_the_same_amount_and_says_where_they_stay_inside() {
    let mut plan = bundled("cloud-expansion-fy11");
    plan.schema = 2;
    let change = ValueChange {
        from: plan.calendar.month(6),
        path: "assumptions.attainment".to_owned(),
        value: "0.9".into(),
        reason: String::new(),
    };
    plan.changes = vec![change].into();
    let base = outcome(plan.clone());
    let later = |values: &[SeekValue]| {
        let [answer] = values else { panic!("{values:?}") };
        let after = apply_all(&plan, &answer.edits).unwrap();
        (after.assumptions.attainment.exact(), exact(after.changes[0].value.as_str().unwrap()), answer.clamped)
    };
    let now = plan.assumptions.attainment.exact();
    let asked = goal(&base, "assumptions.attainment", Measure::CapacityCoverage, Period::Quarter(0), exact("0.9"));
    let (first, second, clamped) = later(&seek(&base, &asked, &Progress::default()).unwrap().values);
    assert_ne!(first, now);
    assert_eq!((second, clamped), (exact("0.9") + (first - now), false));
    let high = SeekGoal { from: Some(exact("3.9")), to: Some(exact("4")), target: exact("1000"), ..asked };
    let nearest = seek(&base, &high, &Progress::default()).unwrap().nearest.unwrap();
    let (_, second, clamped) = later(&[nearest]);
    assert_eq!((second, clamped), (exact("4"), true));
}

#[test]
fn seek_answers_whole_numbers_with_whole_numbers_or_their_neighbours() {
    let plan = bundled("cloud-expansion-fy11");
    let base = outcome(plan.clone());
    let path = "hires[japan][account-executive][0]";
    let now = plan.hires(&RegionId::new("japan"), &RoleId::new("account-executive"), 0);
    let asked = goal(&base, path, Measure::GrowthHires, Period::Year(0), exact("415"));
    let sought = seek(&base, &asked, &Progress::default()).unwrap();
    assert_eq!(sought.values.len(), 1);
    assert_eq!(sought.values[0].value, Exact::from(now + 4));
    let delay = goal(&base, "levers.hire_delay", Measure::CapacityCoverage, Period::Year(0), exact("0.9"));
    let sought = seek(&base, &delay, &Progress::default()).unwrap();
    assert!(sought.values.is_empty());
    let between = &sought.jumps[0];
    assert_eq!(between.above.value - between.below.value, Exact::ONE);
    assert!(between.below.figure > delay.target && between.above.figure < delay.target);
}

#[test]
fn seek_says_that_no_value_reaches_the_goal() {
    let base = outcome(bundled("cloud-expansion-fy11"));
    let asked = goal(&base, "levers.fill_rate", Measure::CapacityCoverage, Period::Year(0), exact("9"));
    let sought = seek(&base, &asked, &Progress::default()).unwrap();
    assert!(sought.values.is_empty() && sought.jumps.is_empty());
    let (least, most) = sought.reach.unwrap();
    assert!(least < most && most < exact("9"));
    assert_eq!(sought.nearest.unwrap().figure, most);
    let flat = goal(&base, "assumptions.tools", Measure::Capacity, Period::Year(0), exact("1"));
    let sought = seek(&base, &flat, &Progress::default()).unwrap();
    let (least, most) = sought.reach.unwrap();
    assert_eq!(least, most);
    let payback = goal(&base, "levers.pay_factor", Measure::PaybackMonths, Period::All, exact("1000"));
    assert!(seek(&base, &payback, &Progress::default()).unwrap().values.is_empty());
    let wrong = |path: &str| seek(&base, &SeekGoal { path: path.to_owned(), ..asked.clone() }, &Progress::default());
    for path in ["name", "levers.nothing", "regions[x].accounts", "currency", "levers", "", "hires[japan][x][0]"] {
        assert!(matches!(wrong(path), Err(AnalysisError::Input { .. })), "{path}");
    }
    let empty = SeekGoal { from: Some(exact("5")), ..asked.clone() };
    assert!(matches!(seek(&base, &empty, &Progress::default()), Err(AnalysisError::Input { .. })));
    let progress = Progress::default();
    progress.cancel();
    assert_eq!(seek(&base, &asked, &progress), Err(AnalysisError::Cancelled));
}

#[test]
fn seek_finds_all_of_several_values() {
    // Cost of sale falls with attainment while capacity grows, and rises again where pay above full attainment does.
    let mut plan = bundled("cloud-expansion-fy11");
    plan.assumptions.accelerator = muster::units::Ratio::new(exact("9"));
    let base = outcome(plan);
    let path = "levers.attainment_factor";
    let asked = goal(&base, path, Measure::CostOfSale, Period::Year(0), Exact::ZERO);
    let at = |value: &str| {
        let turned = outcome(apply(base.plan(), &set(path, &value.into())).unwrap());
        asked.figure.figure(&turned).unwrap()
    };
    let (low, bottom, high) = (at("0.6"), at("1.17"), at("2.5"));
    assert!(bottom < low && bottom < high);
    let asked = SeekGoal { target: (bottom + low.min(high)) / Exact::from(2_u32), ..asked };
    let sought = seek(&base, &asked, &Progress::default()).unwrap();
    assert_eq!(sought.values.len(), 2, "{sought:#?}");
}

#[test]
fn every_number_that_is_visited_is_the_value_at_its_path() {
    for template in Template::ALL {
        let plan = template.plan().unwrap();
        let mut count = 0;
        plan.visit_numbers(|field, keys, number| {
            let path = FieldPath::with_keys(field, keys).to_string();
            let stated = value(&plan, &path).unwrap_or_else(|| panic!("{path} leads nowhere"));
            let stated = stated.as_str().map_or_else(|| stated.to_string(), str::to_owned);
            assert_eq!(exact(&stated), number, "{path}");
            count += 1;
        });
        assert!(count > 100, "{count} numbers");
    }
}

/// Scenarios of several kinds of edits that all give a sound plan.
fn edits() -> impl Strategy<Value = Vec<PlanEdit>> {
    let region = prop::sample::select(vec!["federal-civilian", "federal-defence", "education"]);
    let cell = (region, 0_usize..8, 0_u32..30).prop_map(|(region, quarter, to)| PlanEdit::SetHires {
        region: RegionId::new(region),
        role: RoleId::new("public-sector-executive"),
        quarter,
        to,
    });
    let target = (0_usize..8, 0_u32..9_000_000).prop_map(|(quarter, to)| PlanEdit::SetTarget {
        region: RegionId::new("education"),
        quarter,
        to: muster::units::Money::new(to.into()),
    });
    let fields = vec![
        set_to("levers.hire_delay", 2),
        set_to("levers.fill_rate", "0.9"),
        set_to("levers.ramp_slip", 1),
        set_to("assumptions.attainment", "0.7"),
        set_to("assumptions.tools", "123.45"),
        set_to("regions[education].burden_rate", "0.4"),
        set_to("roles[public-sector-executive].attrition.first_year", "0.5"),
        set_to("pay[education][public-sector-executive].base", "123456.78"),
        set_to("partner_programme.launch", "2011-01"),
        PlanEdit::Move { path: "regions[education]".to_owned(), to: 0 },
        PlanEdit::Remove { path: "milestones[0]".to_owned() },
    ];
    prop::collection::vec(prop_oneof![cell, target, prop::sample::select(fields)], 0..10)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn empty_scenario_equals_the_base_and_make_base_gives_the_scenarios_figures(edits in edits()) {
        let plan = bundled("us-public-sector-fy11");
        let kept = apply_all(&plan, &manage::create(&plan, "Empty", "", Vec::new()).unwrap()).unwrap();
        let kept = apply_all(&kept, &manage::create(&kept, "Mine", "", edits).unwrap()).unwrap();
        let empty = scenario(&kept, "Empty").unwrap();
        prop_assert_eq!(&empty.plan, &kept);
        prop_assert!(outcome(kept.clone()).figures().eq(outcome(empty.plan).figures()));
        let mine = scenario(&kept, "Mine").unwrap();
        prop_assert!(mine.lost.is_empty());
        let based = apply_all(&kept, &manage::make_base(&kept, 7).unwrap().edits).unwrap();
        prop_assert!(outcome(based.clone()).figures().eq(outcome(mine.plan).figures()));
        let again = scenario(&based, "Mine").unwrap();
        prop_assert_eq!(again.plan, based);
    }

    #[test]
    fn a_bridge_foots_between_any_two_scenarios(one in edits(), other in edits()) {
        let plan = bundled("us-public-sector-fy11");
        foots(&outcome(apply_known(&plan, &one).plan), &outcome(apply_known(&plan, &other).plan));
    }
}
