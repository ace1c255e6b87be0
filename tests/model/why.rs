//! Why a target is missed: causes that add up to the gap, against an independent implementation and against evaluations of
//! plans that are changed from outside; and hires that close it.

use std::path::Path;
use std::sync::Arc;

use muster::analysis::{GapBreakdown, GapCause, Progress, close_gap, gap_breakdown};
use muster::edit::apply_all;
use muster::engine::{Measure, Outcome, Place, findings};
use muster::files::Template;
use muster::plan::{Judgement, Kind, Plan};
use muster::units::{Exact, Money, Period, Ratio};
use proptest::prelude::*;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

fn outcome(plan: Plan) -> Outcome {
    Outcome::of(Arc::new(plan)).unwrap()
}

fn template(name: &str) -> Plan {
    Template::by_name(name).unwrap().plan().unwrap()
}

fn breakdown(outcome: &Outcome, place: Place, period: Period) -> GapBreakdown {
    gap_breakdown(outcome, place, period, &Progress::default()).unwrap().unwrap()
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

/// Every place and period that has a gap.
fn gaps(plan: &Plan) -> Vec<(Place, Period)> {
    let areas = (0..plan.areas().len()).map(Place::Area);
    let regions = (0..plan.regions.len()).map(Place::Region);
    let places: Vec<Place> = [Place::Plan].into_iter().chain(areas).chain(regions).collect();
    let periods = plan.calendar.quarters_then_year();
    periods.flat_map(|period| places.iter().map(move |place| (*place, period)).collect::<Vec<_>>()).collect()
}

#[test]
fn causes_agree_with_an_independent_implementation_to_the_cent() {
    let outcome = outcome(muster::files::read(&folder().join("world.json")).unwrap());
    let rows = std::fs::read_to_string(folder().join("world.why.csv")).unwrap();
    let mut checked = 0;
    for row in rows.lines().skip(1) {
        let [region, period, cause, value] = row.split(',').collect::<Vec<_>>().try_into().unwrap();
        let place = outcome.place((!region.is_empty()).then_some(region), None).unwrap();
        let breakdown = breakdown(&outcome, place, outcome.plan().calendar.period(period).unwrap());
        let found = GapCause::ALL.into_iter().find(|known| known.name() == cause);
        let found = found.map_or_else(|| breakdown.gap(), |cause| breakdown.part(cause));
        assert_eq!(found.fixed(), value, "{row}");
        checked += 1;
    }
    assert_eq!(checked, 54);
}

/// A plan with something of every cause.
fn changed(levers: (u32, u32, u32), attainment: u32, judgement: i64) -> Plan {
    let mut plan = template("us-public-sector-fy11");
    plan.levers.hire_delay = levers.0;
    plan.levers.ramp_slip = levers.1;
    plan.levers.fill_rate = Ratio::new(Exact::from(levers.2) / Exact::from(10_u32));
    plan.assumptions.attainment = Ratio::new(Exact::from(attainment) / Exact::from(100_u32));
    let region = plan.regions.first().unwrap().id.clone();
    let amount = Money::new(Exact::from(judgement) / Exact::from(3_u32));
    plan.judgements.push(Judgement { region, quarter: 2, amount, reason: String::new() });
    plan
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn parts_add_up_to_the_gap_in_any_plan_place_and_period(
        levers in (0_u32..4, 0_u32..3, 5_u32..=10), attainment in 60_u32..120, judgement in -9_000_000_i64..9_000_000
    ) {
        let outcome = outcome(changed(levers, attainment, judgement));
        for (place, period) in gaps(outcome.plan()) {
            let breakdown = breakdown(&outcome, place, period);
            let sum: Money = breakdown.parts.iter().map(|part| part.amount).sum();
            prop_assert_eq!(sum, breakdown.gap());
            prop_assert_eq!(Some(sum.exact()), outcome.figure(Measure::Gap, place, period));
            prop_assert_eq!(breakdown.parts.len(), GapCause::ALL.len());
            prop_assert!(attainment < 100 || breakdown.part(GapCause::Attainment) == Money::ZERO);
        }
    }
}

/// The first year's causes from evaluations of plans that are changed by hand: hires in the first quarter, of which all start
/// in the first month.
#[test]
fn causes_of_the_first_year_are_differences_of_plans_changed_from_outside() {
    let mut plan = changed((2, 1, 9), 85, 1_000_001);
    let start = outcome(plan.clone());
    let mut steps = vec![start.clone()];
    let mut next = |plan: &Plan| steps.push(outcome(plan.clone()));
    plan.judgements.clear();
    next(&plan);
    for list in plan.hires.values_mut().flat_map(|roles| roles.values_mut()) {
        let all = list[..4].iter().sum();
        list[..4].copy_from_slice(&[all, 0, 0, 0]);
    }
    plan.assumptions.start_phasing = ["1", "0", "0"].map(|weight| Ratio::new(exact(weight))).to_vec();
    (plan.levers.hire_delay, plan.levers.fill_rate) = (0, Ratio::new(Exact::ONE));
    next(&plan);
    plan.roles.iter_mut().for_each(|role| role.ramp.clear());
    next(&plan);
    for role in &mut plan.roles {
        if let Kind::Support { unsupported_productivity, .. } = &mut role.kind {
            *unsupported_productivity = Ratio::new(Exact::ONE);
        }
    }
    next(&plan);
    plan.levers.attrition_factor = Ratio::ZERO;
    next(&plan);
    plan.assumptions.attainment = Ratio::new(Exact::ONE);
    next(&plan);
    let causes = [
        GapCause::Judgement,
        GapCause::StartTiming,
        GapCause::Ramp,
        GapCause::Support,
        GapCause::Attrition,
        GapCause::Attainment,
    ];
    let mut seen = 0;
    for (place, period) in gaps(start.plan()) {
        if !matches!(period, Period::Quarter(0..=3) | Period::Year(0)) {
            continue;
        }
        let breakdown = breakdown(&start, place, period);
        for (cause, pair) in causes.into_iter().zip(steps.windows(2)) {
            let [before, after] = [&pair[0], &pair[1]].map(|step| step.rollup(place, period).unwrap().capacity);
            assert_eq!(breakdown.part(cause), after - before, "{cause:?}, {place:?}, {period:?}");
            seen += usize::from(after != before);
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn a_cause_that_a_plan_does_not_have_makes_no_part_of_its_gap() {
    let year = Period::Year(0);
    let parts = |change: &dyn Fn(&mut Plan)| {
        let mut plan = template("cloud-expansion-fy11");
        change(&mut plan);
        breakdown(&outcome(plan), Place::Plan, year)
    };
    let zero = |cause: GapCause, change: &dyn Fn(&mut Plan)| {
        assert_ne!(parts(&|_| ()).part(cause), Money::ZERO, "{cause:?} is in the bundled plan");
        assert_eq!(parts(change).part(cause), Money::ZERO, "{cause:?}");
    };
    assert_eq!(parts(&|plan| plan.judgements.clear()).part(GapCause::Judgement), Money::ZERO);
    zero(GapCause::StartTiming, &|plan| plan.hires.clear());
    zero(GapCause::Ramp, &|plan| plan.roles.iter_mut().for_each(|role| role.ramp.clear()));
    zero(GapCause::Support, &|plan| {
        for role in &mut plan.roles {
            if let Kind::Support { serves, .. } = &mut role.kind {
                serves.clear();
            }
        }
    });
    zero(GapCause::Attrition, &|plan| plan.levers.attrition_factor = Ratio::ZERO);
    zero(GapCause::Attainment, &|plan| plan.levers.attainment_factor = Ratio::new(exact("2")));
}

#[test]
fn the_guide_states_the_causes_and_those_of_the_example_plan() {
    let pages = muster::guide::PAGES;
    let model = pages.iter().find(|page| page.name == "model").unwrap().text();
    let plan = muster::files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/guide/example.json")).unwrap();
    let (place, period) =
        (Place::Region(plan.region_index("france").unwrap()), plan.calendar.period("FY11 Q1").unwrap());
    let breakdown = breakdown(&outcome(plan), place, period);
    let rows = breakdown.parts.iter().map(|part| format!("> {},{}\n", part.cause.name(), part.amount.fixed()));
    let example = format!("> gap,{}\n{}", breakdown.gap().fixed(), rows.collect::<String>());
    assert!(model.contains(&example), "{example}");
    for cause in GapCause::ALL {
        assert!(model.contains(&format!("| `{}` |", cause.name())), "{cause:?}");
    }
}

#[test]
fn a_month_and_a_role_have_no_gap() {
    let outcome = outcome(template("us-public-sector-fy11"));
    for (place, period) in
        [(Place::Plan, Period::Month(0)), (Place::Plan, Period::All), (Place::Cell(0, 0), Period::Year(0))]
    {
        assert_eq!(gap_breakdown(&outcome, place, period, &Progress::default()).unwrap(), None);
        assert_eq!(close_gap(&outcome, place, period, &Progress::default()), Ok(None));
    }
}

#[test]
fn hires_that_close_a_gap_close_it_when_they_are_applied() {
    let (mut closed, mut moved) = (0, 0);
    for name in ["us-public-sector-fy11", "cloud-expansion-fy11"] {
        let before = outcome(template(name));
        let total = |outcome: &Outcome| -> Money {
            let years = 0..outcome.plan().calendar.years();
            years.map(|y| outcome.rollup(Place::Plan, Period::Year(y)).unwrap().total_cost).sum()
        };
        let stranded = |outcome: &Outcome| {
            let kinds = ["opens_too_early", "past_horizon"];
            findings(outcome).iter().filter(|f| kinds.contains(&f.kind.name())).count()
        };
        let year_or_quarter = |(place, period): &(Place, Period)| {
            matches!(place, Place::Plan | Place::Region(0..=3))
                && matches!(period, Period::Year(_) | Period::Quarter(2))
        };
        for (place, period) in gaps(before.plan()).into_iter().filter(year_or_quarter) {
            let gap = before.rollup(place, period).unwrap().gap();
            let Some(closure) = close_gap(&before, place, period, &Progress::default()).unwrap() else {
                assert!(gap <= Money::ZERO, "{place:?}, {period:?}: {gap:?}");
                continue;
            };
            let after = outcome(apply_all(before.plan(), &closure.edits).unwrap());
            assert_eq!(after.rollup(place, period).unwrap().gap(), closure.gap);
            assert!(closure.gap < gap, "{place:?}, {period:?}");
            assert_eq!(total(&after) - total(&before), closure.cost);
            assert!(stranded(&after) <= stranded(&before));
            let added: u64 = closure.moves.iter().filter(|m| m.from.is_none()).map(|m| u64::from(m.count)).sum();
            let hires = |outcome: &Outcome| -> u64 {
                (0..outcome.plan().calendar.quarters).map(|q| outcome.plan().hires_in_quarter(q)).sum()
            };
            assert_eq!(hires(&after) - hires(&before), added);
            assert!(closure.moves.iter().all(|m| m.from.is_none_or(|from| from > m.to)));
            closed += usize::from(closure.closes());
            moved += usize::from(closure.moves.iter().any(|m| m.from.is_some()));
        }
    }
    assert!(closed > 5 && moved > 5, "{closed} closed, {moved} with moves");
}
