//! Costs by line and role foot: with total cost, with their parts, and with budgets; sums over several regions are
//! those of the places that they make up.

use std::sync::Arc;

use muster::engine::{Explainer, Inner, Key, Measure, Outcome, Place, PlanCase, What};
use muster::files::Template;
use muster::plan::Kind;
use muster::units::{Exact, Money, Period};

fn bundled() -> Vec<Outcome> {
    let plans =
        ["cloud-expansion-fy11", "us-public-sector-fy11"].map(|n| Template::by_name(n).unwrap().plan().unwrap());
    plans.into_iter().map(|plan| Outcome::of(Arc::new(plan)).unwrap()).collect()
}

fn periods(outcome: &Outcome) -> Vec<Period> {
    let calendar = outcome.plan().calendar;
    (0..calendar.quarters).map(Period::Quarter).chain((0..calendar.years()).map(Period::Year)).collect()
}

fn places(outcome: &Outcome) -> Vec<Place> {
    let plan = outcome.plan();
    let areas = (0..plan.areas().len()).map(Place::Area);
    areas.chain((0..plan.regions.len()).map(Place::Region)).chain([Place::Plan]).collect()
}

#[test]
fn lines_add_up_to_total_cost_everywhere() {
    for outcome in bundled() {
        for (place, period) in places(&outcome).iter().flat_map(|p| periods(&outcome).into_iter().map(|t| (*p, t))) {
            let sums = outcome.rollup(place, period).unwrap();
            let lines: Vec<Money> =
                Measure::cost_lines().map(|line| outcome.cost(line, place, period).unwrap()).collect();
            assert!(sums.total_cost > Money::ZERO);
            assert_eq!(lines.iter().copied().sum::<Money>(), sums.total_cost, "{place:?} {period:?}");
            assert_eq!(lines[..9].iter().copied().sum::<Money>(), sums.people_cost);
            let programme = outcome.cost(Measure::ProgrammeCost, place, period).unwrap();
            assert_eq!(lines[9] + lines[10], programme);
            assert_eq!(outcome.cost(Measure::TotalCost, place, period), Some(sums.total_cost));
        }
    }
}

#[test]
fn roles_add_up_to_people_cost_everywhere() {
    for outcome in bundled() {
        let roles = 0..outcome.plan().roles.len();
        for (place, period) in places(&outcome).iter().flat_map(|p| periods(&outcome).into_iter().map(|t| (*p, t))) {
            let sum: Money = roles.clone().map(|k| outcome.role_cost(k, place, period).unwrap()).sum();
            assert_eq!(sum, outcome.rollup(place, period).unwrap().people_cost);
        }
    }
}

#[test]
fn years_are_their_quarters_and_quarters_their_months() {
    for outcome in bundled() {
        let calendar = outcome.plan().calendar;
        for line in Measure::cost_lines() {
            for year in 0..calendar.years() {
                let quarters = calendar.quarters_of(year).map(Period::Quarter);
                let sum: Option<Money> = quarters.map(|q| outcome.cost(line, Place::Plan, q)).sum();
                assert_eq!(sum, outcome.cost(line, Place::Plan, Period::Year(year)), "{line}");
            }
            let months = (0..3).map(Period::Month);
            let sum: Option<Money> = months.map(|t| outcome.cost(line, Place::Region(0), t)).sum();
            assert_eq!(sum, outcome.cost(line, Place::Region(0), Period::Quarter(0)), "{line}");
        }
    }
}

#[test]
fn cost_is_none_for_other_measures_and_outside_the_plan() {
    let outcome = &bundled()[0];
    let quarters = outcome.plan().calendar.quarters;
    assert_eq!(outcome.cost(Measure::Capacity, Place::Plan, Period::Year(0)), None);
    assert_eq!(outcome.cost(Measure::PartnerIncentives, Place::Cell(0, 0), Period::Year(0)), None);
    assert_eq!(outcome.cost(Measure::BasePay, Place::Plan, Period::Quarter(quarters)), None);
    assert_eq!(outcome.cost(Measure::BasePay, Place::Region(999), Period::Quarter(0)), None);
    assert_eq!(outcome.role_cost(999, Place::Plan, Period::Quarter(0)), None);
}

#[test]
fn cost_of_several_regions_equals_that_of_the_place_they_make_up() {
    for outcome in bundled() {
        let areas = (0..outcome.plan().areas().len()).map(Place::Area);
        for (place, period) in
            areas.chain([Place::Plan]).flat_map(|p| periods(&outcome).into_iter().map(move |t| (p, t)))
        {
            let regions = outcome.regions_of(place).unwrap();
            let (sum, whole) = (outcome.rollup_of(&regions, period).unwrap(), outcome.rollup(place, period).unwrap());
            assert_eq!((sum.target, sum.capacity, sum.total_cost), (whole.target, whole.capacity, whole.total_cost));
            assert_eq!((sum.closing, sum.accounts, sum.led), (whole.closing, whole.accounts, whole.led));
        }
        let share = outcome.figure(Measure::MarketShare, Place::Region(1), Period::Year(0));
        assert_eq!(outcome.market_share_of(&[1], 0).map(muster::units::Ratio::exact), share);
        let support = outcome.plan().roles.iter().position(|r| matches!(r.kind, Kind::Support { .. })).unwrap();
        let covered = outcome.figure(Measure::SupportCoverage, Place::Cell(1, support), Period::Quarter(2));
        assert_eq!(outcome.support_coverage_of(&[1], support, 2).map(muster::units::Ratio::exact), covered);
        let both = outcome.support_coverage_of(&[0, 1], support, 2).unwrap().exact();
        let other = outcome.figure(Measure::SupportCoverage, Place::Cell(0, support), Period::Quarter(2)).unwrap();
        let covered = covered.unwrap();
        assert!(covered.min(other) <= both && both <= covered.max(other));
        assert_eq!(outcome.support_coverage_of(&[1], 0, 2), None, "not a support role");
        assert_eq!(outcome.rollup_of(&[999], Period::Year(0)), None);
    }
}

#[test]
fn cost_per_head_is_people_cost_over_average_heads() {
    let outcome = &bundled()[0];
    let region = outcome.region(0).unwrap();
    let mut heads = Exact::ZERO;
    for t in 3..6 {
        heads = heads + region.cells.iter().map(|c| c.month(t).active.exact()).sum();
    }
    let cost = outcome.rollup(Place::Region(0), Period::Quarter(1)).unwrap().people_cost;
    let expected = cost.exact() / (heads / Exact::from(3_u32));
    let found = outcome.cost_per_head(Place::Region(0), Period::Quarter(1)).unwrap();
    assert_eq!(found.exact().round(6), expected.round(6));
}

#[test]
fn added_contribution_cumulates_to_the_payback() {
    for outcome in bundled() {
        let calendar = outcome.plan().calendar;
        let mut sum = Money::ZERO;
        for q in 0..calendar.quarters {
            let here = outcome.figure(Measure::AddedContribution, Place::Plan, Period::Quarter(q)).unwrap();
            assert_eq!(outcome.added_in(Measure::AddedContribution, Period::Quarter(q)), Some(Money::new(here)));
            sum += Money::new(here);
            assert_eq!(outcome.added_so_far(Measure::AddedContribution, Period::Quarter(q)), Some(sum));
        }
        let payback = outcome.payback_months();
        let month = outcome.break_even_month();
        assert_eq!(month.is_some(), payback.is_some());
        if let (Some(month), Some(first)) = (month, outcome.first_growth_month()) {
            assert_eq!(u64::try_from(month - first).ok(), payback);
        }
    }
}

#[test]
fn budgets_are_those_of_the_plan_and_what_is_left_of_them() {
    let outcome = &bundled()[0];
    let (budget, cost) = (outcome.budget(0).unwrap(), outcome.rollup(Place::Plan, Period::Year(0)).unwrap().total_cost);
    assert_eq!(outcome.budget_left(0), Some(budget - cost));
    assert_eq!(outcome.budget(outcome.plan().calendar.years()), None);
}

#[test]
fn the_budget_explains_itself_by_its_input() {
    let outcome = &bundled()[0];
    let explainer = Explainer::new(outcome);
    let what = What::Inner(Inner::BudgetLeft);
    let key = Key { case: PlanCase::Plan, what, place: Place::Plan, period: Period::Year(0) };
    let explanation = explainer.explain(key).unwrap();
    assert_eq!(explanation.evaluated(), explanation.value);
    assert_eq!(explanation.formula_text(), "Budget − Total cost");
}
