//! The simulation: against the engine where nothing is uncertain but who leaves, against distributions that are known
//! exactly, the same on any number of threads, and with plans that are too much for it.

use std::path::Path;
use std::sync::Arc;

use muster::analysis::{AnalysisError, Bin, Progress, Shock, Simulation, Spread};
use muster::engine::{Measure, Outcome, Place};
use muster::files::{self, Template};
use muster::plan::{AttritionBasis, Baseline, Kind, Move, MoveFrom, MoveTo, Plan, RegionId, RoleId, ValueChange};
use muster::units::{Exact, FiscalYear, Money, Period, Ratio};

fn exact(text: &str) -> Exact {
    text.parse().unwrap()
}

pub(super) fn ratio(text: &str) -> Ratio {
    Ratio::new(exact(text))
}

fn money(text: &str) -> Money {
    Money::new(exact(text))
}

fn bundled(name: &str) -> Plan {
    Template::by_name(name).unwrap().plan().unwrap()
}

pub(super) fn simulated(plan: Plan, trials: usize) -> Simulation {
    let outcome = Arc::new(Outcome::of(Arc::new(plan)).unwrap());
    let mut simulation = Simulation::of(&outcome, Simulation::SEED).unwrap();
    simulation.run(trials, &Progress::default()).unwrap();
    simulation
}

/// Nothing is uncertain any more but who leaves.
pub(super) fn without_spread(plan: &mut Plan) {
    for spread in [
        &mut plan.uncertainty.attainment_sd_plan,
        &mut plan.uncertainty.attainment_sd_region,
        &mut plan.uncertainty.attrition_cv,
        &mut plan.uncertainty.start_delay_mean,
        &mut plan.uncertainty.ramp_slip_mean,
        &mut plan.uncertainty.rate_cv,
    ] {
        *spread = ratio("0");
    }
    plan.uncertainty.acceptance = ratio("1");
}

/// Sellers sell as much without support.
pub(super) fn without_support(plan: &mut Plan) {
    for role in &mut plan.roles {
        if let Kind::Support { unsupported_productivity, .. } = &mut role.kind {
            *unsupported_productivity = ratio("1");
        }
    }
}

/// Every mean lies within four standard errors of the engine, and what the engine rounds in a year.
pub(super) fn agrees(plan: Plan, trials: usize) {
    let name = plan.name.clone();
    let outcome = Outcome::of(Arc::new(plan.clone())).unwrap();
    let simulation = simulated(plan, trials);
    let mut compared = 0;
    for place in simulation.places() {
        for period in simulation.periods() {
            for measure in Simulation::MEASURES {
                let Some(found) = simulation.spread(measure, place, period) else {
                    let planned = outcome.figure(measure, place, period);
                    assert_eq!(planned, None, "{name}: {measure} {place:?} {period:?} is not simulated");
                    continue;
                };
                let (planned, mean) = (found.expected.unwrap().to_f64(), found.mean.value.to_f64());
                let rounding = match measure {
                    Measure::Capacity | Measure::TotalCost => 20.0,
                    _ => 0.000_01,
                };
                let most = 4.0 * found.mean.error.unwrap().to_f64() + rounding;
                let apart = (planned - mean).abs();
                assert!(apart <= most, "{name}: {measure} {place:?} {period:?}: {mean}, planned {planned}, {most}");
                compared += 1;
            }
        }
    }
    assert!(compared >= 36, "{name}: {compared}");
}

#[test]
fn means_without_spread_are_those_of_the_engine() {
    let conformance =
        |name: &str| files::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(name)).unwrap();
    for (mut plan, trials) in [
        (bundled("cloud-expansion-fy11"), 400),
        (bundled("us-public-sector-fy11"), 1000),
        (conformance("one-cell.json"), 2000),
        (conformance("world.json"), 100),
    ] {
        without_spread(&mut plan);
        without_support(&mut plan);
        agrees(plan, trials);
    }
}

#[test]
fn means_follow_every_lever_and_basis() {
    let mut plan = bundled("us-public-sector-fy11");
    without_spread(&mut plan);
    without_support(&mut plan);
    plan.assumptions.attrition_basis = AttritionBasis::Compound;
    plan.partner_programme.launch = plan.calendar.first_month.plus(4);
    let levers = &mut plan.levers;
    levers.hire_delay = 2;
    levers.ramp_slip = 1;
    levers.fill_rate = ratio("0.8");
    levers.attrition_factor = ratio("1.7");
    levers.attainment_factor = ratio("1.3");
    levers.pay_factor = ratio("1.1");
    levers.target_factor = ratio("0.9");
    agrees(plan, 1000);
}

#[test]
fn where_nobody_leaves_every_figure_is_that_of_the_engine() {
    for (name, phasing) in [("cloud-expansion-fy11", "1"), ("us-public-sector-fy11", "3")] {
        let mut plan = bundled(name);
        without_spread(&mut plan);
        plan.assumptions.start_phasing[1] = ratio(phasing);
        plan.assumptions.attainment = ratio("1.1");
        plan.levers.attrition_factor = ratio("0");
        plan.levers.ramp_slip = 2;
        for role in &mut plan.roles {
            if let Kind::Support { sellers_per_head, .. } = &mut role.kind {
                *sellers_per_head = ratio("2.5");
            }
        }
        let outcome = Outcome::of(Arc::new(plan.clone())).unwrap();
        let cells = (0..plan.regions.len()).flat_map(|r| &outcome.region(r).unwrap().cells);
        let short = cells.flat_map(|cell| &cell.months).filter(|month| month.support_factor < Exact::ONE).count();
        assert!(short > 20, "support is short somewhere");
        agrees(plan, 2);
    }
}

/// Adds people who move and go, and values that change over time, to the plan of the public sector.
fn with_movement(plan: &mut Plan) {
    let [first, second] = [0, 1].map(|r: usize| plan.regions[r].id.clone());
    let paid = |region: &RegionId| plan.pay[region].keys().cloned().collect::<Vec<_>>();
    let here: Vec<RoleId> = paid(&first).into_iter().filter(|role| paid(&second).contains(role)).collect();
    let [one, other] = [0, 1].map(|k: usize| here[k].clone());
    let moves = |quarter: usize, from: (&RegionId, &RoleId), to: (&RegionId, &RoleId), heads: u32| Move {
        quarter,
        from: MoveFrom { region: from.0.clone(), role: from.1.clone() },
        to: MoveTo { region: to.0.clone(), role: to.1.clone() },
        heads,
        ramp: None,
        reason: String::new(),
    };
    plan.moves =
        vec![moves(1, (&first, &one), (&second, &one), 2), moves(2, (&second, &one), (&first, &other), 1)].into();
    let quarters = plan.calendar.quarters;
    let exits: Vec<u32> = (0..quarters).map(|q| u32::from(q == 3)).collect();
    plan.exits.entry(first.clone()).or_default().insert(one.clone(), exits);
    let month = |t: usize| plan.calendar.month(t);
    let change = |t: usize, path: String, value: &str| ValueChange {
        from: month(t),
        path,
        value: value.into(),
        reason: String::new(),
    };
    plan.changes = vec![
        change(5, "assumptions.attainment".to_owned(), "0.95"),
        change(7, format!("pay[{first}][{one}].base"), "150000"),
        change(4, format!("roles[{one}].attrition.first_year"), "0.4"),
        change(6, format!("roles[{other}].backfill_share"), "0.5"),
        change(9, format!("regions[{second}].productivity"), "1.1"),
        change(9, "sla.expected_credits".to_owned(), "0.02"),
    ]
    .into();
    plan.regions[1].seasonality = Some(["1", "2", "3", "4"].map(ratio).to_vec());
}

#[test]
fn means_follow_moves_exits_and_changes() {
    let mut plan = bundled("us-public-sector-fy11");
    without_spread(&mut plan);
    without_support(&mut plan);
    with_movement(&mut plan);
    agrees(plan.clone(), 1000);
    // Where nobody leaves, limits and support are those of the engine too.
    plan.levers.attrition_factor = ratio("0");
    plan.changes.retain(|change| !change.path.contains("attrition"));
    plan.assumptions.accounts_limit = true;
    for region in &mut plan.regions {
        region.accounts /= 2;
        region.partners = Some(3);
    }
    agrees(plan, 2);
}

/// Figures of 40 trials of a plan with moves, exits and changes, which no closed month alters.
const MOVED: &str = "\
capacity 44192253.77 33059694.06 39758746.42 42451092.41 44211675.48 46202515.45 49352129.62 50503221.80
closing 474.575000 438.000000 455.000000 464.000000 468.000000 479.000000 514.000000 528.000000
total_cost 139063890.25 119636781.49 124062571.31 130085955.34 138262551.22 146774166.02 152114276.18 155960092.43
";

#[test]
fn moves_and_exits_of_a_plan_without_a_year_are_drawn_as_ever() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/second-a.json");
    let simulation = simulated(files::read(&path).unwrap(), 40);
    let line = |measure: Measure| {
        let found = simulation.spread(measure, Place::Plan, Period::Year(1)).unwrap();
        let quantiles: Vec<String> =
            found.quantiles.iter().map(|figure| figure.fixed(measure.unit().places())).collect();
        format!("{measure} {} {}\n", found.mean.value.fixed(measure.unit().places()), quantiles.join(" "))
    };
    let lines: String = [Measure::Capacity, Measure::Closing, Measure::TotalCost].into_iter().map(line).collect();
    assert_eq!(lines, MOVED);
}

/// A plan of one region and one seller role: nobody there, nobody planned, nothing uncertain, nothing paid.
fn small() -> Plan {
    let mut plan = bundled("blank");
    plan.roles.truncate(1);
    let role = &mut plan.roles[0];
    role.kind = Kind::Seller { annual_quota: money("1000"), accounts_per_head: ratio("0") };
    role.ramp.clear();
    role.backfill_share = ratio("0");
    role.travel = Money::ZERO;
    plan.regions[0].workplace = muster::units::Local::ZERO;
    for roles in plan.pay.values_mut() {
        roles.retain(|role, _| role.as_str() == "account-executive");
        for pay in roles.values_mut() {
            pay.base = muster::units::Local::ZERO;
            pay.variable = muster::units::Local::ZERO;
        }
    }
    plan.assumptions.attainment = ratio("1");
    plan.assumptions.recruiting_cost = Money::ZERO;
    plan.assumptions.onboarding_cost = Money::ZERO;
    plan.assumptions.tools = Money::ZERO;
    without_spread(&mut plan);
    plan
}

fn region() -> RegionId {
    RegionId::new("region-1")
}

fn there(plan: &mut Plan, heads: u32, tenure: u32) {
    plan.baseline.push(Baseline { region: region(), role: RoleId::new("account-executive"), heads, tenure });
}

fn hire(plan: &mut Plan, quarter: usize, heads: u32) {
    let mut list = vec![0; plan.calendar.quarters];
    list[quarter] = heads;
    plan.hires.entry(region()).or_default().insert(RoleId::new("account-executive"), list);
}

/// Everything is booked in the last month of the fiscal year, and everyone starts in the first month of a quarter.
fn at_once(plan: &mut Plan) {
    let weights = |texts: &[&str]| texts.iter().map(|text| ratio(text)).collect::<Vec<_>>();
    plan.assumptions.seasonality = weights(&["0", "0", "0", "1"]);
    plan.assumptions.month_linearity = weights(&["0", "0", "1"]);
    plan.assumptions.start_phasing = weights(&["1", "0", "0"]);
}

/// P(X ≤ k) of a binomial, for k from 0 to n.
fn binomial(n: u32, p: f64) -> Vec<f64> {
    let mut share = (1.0 - p).powi(i32::try_from(n).unwrap());
    let mut sum = 0.0;
    let step = |k: u32| {
        sum += share;
        share *= f64::from(n - k) / f64::from(k + 1) * p / (1.0 - p);
        sum
    };
    (0..=n).map(step).collect()
}

fn whole(value: Exact) -> usize {
    assert_eq!(value.round(0), value, "heads are whole");
    usize::try_from(value.floor_count().unwrap()).unwrap()
}

/// Each quantile is one of the known distribution, as near as this many trials can tell.
fn distributed(found: &Spread, cumulated: &[f64], trials: f64) {
    for percent in Spread::PERCENTS {
        let (k, share) = (whole(found.quantile(percent).unwrap()), f64::from(percent) / 100.0);
        let error = 4.0 * (share * (1.0 - share) / trials).sqrt();
        let below = if k == 0 { 0.0 } else { cumulated[k - 1] };
        assert!(below <= share + error && cumulated[k] >= share - error, "P{percent} is {k}: {below} {}", cumulated[k]);
    }
}

fn chance_is(found: &Spread, expected: f64) {
    let chance = found.chance.unwrap().chance;
    let (value, error) = (chance.value.to_f64(), chance.error.unwrap().to_f64());
    assert!((0.05..0.95).contains(&expected), "{expected} tells something");
    assert!((value - expected).abs() < 4.0 * error, "{value} ± {error}, expected {expected}");
}

#[test]
fn survivors_are_binomial() {
    let mut plan = small();
    at_once(&mut plan);
    plan.roles[0].attrition.later = ratio("0.24");
    there(&mut plan, 20, 30);
    // Sellers at work in month 11 survived eleven month ends; 17 of them sell the target.
    plan.targets.insert(region(), [0, 0, 0, 17_000, 0, 0, 0, 0].map(|n: u32| Money::new(Exact::from(n))).to_vec());
    let trials = 4000;
    let simulation = simulated(plan, trials);
    for (period, months) in [(Period::Quarter(0), 3), (Period::Year(0), 12), (Period::Quarter(7), 24)] {
        let heads = simulation.spread(Measure::Closing, Place::Plan, period).unwrap();
        let stay = 0.98_f64.powi(months);
        distributed(&heads, &binomial(20, stay), 4000.0);
        let deviation = (20.0 * stay * (1.0 - stay)).sqrt();
        assert!((heads.deviation.unwrap().to_f64() / deviation - 1.0).abs() < 0.05);
    }
    let coverage = simulation.spread(Measure::CapacityCoverage, Place::Plan, Period::Year(0)).unwrap();
    chance_is(&coverage, 1.0 - binomial(20, 0.98_f64.powi(11))[16]);
    assert_eq!(coverage.chance.unwrap().limit, Exact::ONE);
    let drawn = simulation.histogram(Measure::CapacityCoverage, Place::Plan, Period::Year(0)).unwrap();
    let share = |of: &dyn Fn(&Bin) -> Exact| drawn.bins.iter().map(of).sum::<Exact>().round(4);
    assert_eq!(share(&|bin| bin.met), coverage.chance.unwrap().chance.value.round(4));
    assert_eq!(share(&|bin| bin.met + bin.missed), Exact::ONE);
    assert!(drawn.bins.windows(2).all(|pair| pair[0].to == pair[1].from) && (8..30).contains(&drawn.bins.len()));
    let heads = simulation.histogram(Measure::Closing, Place::Plan, Period::Year(0)).unwrap();
    assert!(heads.limit.is_none() && heads.bins.iter().all(|bin| bin.missed.is_zero()));
    let one = |k: usize| heads.bins.iter().find(|bin| whole(bin.from) == k).unwrap().met.to_f64();
    let twelve = binomial(20, 0.98_f64.powi(12));
    let error = 4.0 * ((twelve[16] - twelve[15]) / 4000.0).sqrt();
    assert!((one(16) - (twelve[16] - twelve[15])).abs() < error, "16 heads: {}", one(16));
    assert!(simulation.spread(Measure::CapacityCoverage, Place::Plan, Period::Quarter(0)).is_none(), "no target");
}

#[test]
fn hires_are_made_by_chance_and_cost_what_a_start_costs() {
    let mut plan = small();
    at_once(&mut plan);
    hire(&mut plan, 1, 30);
    plan.roles[0].attrition.first_year = ratio("0");
    plan.uncertainty.acceptance = ratio("0.9");
    plan.levers.fill_rate = ratio("0.5");
    plan.assumptions.onboarding_cost = money("1000");
    plan.budgets.insert(FiscalYear(2027), money("14000"));
    let simulation = simulated(plan, 4000);
    let heads = simulation.spread(Measure::Closing, Place::Plan, Period::Year(0)).unwrap();
    distributed(&heads, &binomial(30, 0.45), 4000.0);
    let cost = simulation.spread(Measure::TotalCost, Place::Plan, Period::Year(0)).unwrap();
    chance_is(&cost, binomial(30, 0.45)[14]);
    assert_eq!(cost.chance.unwrap().limit, exact("14000"));
    assert!(simulation.spread(Measure::TotalCost, Place::Plan, Period::Quarter(1)).unwrap().chance.is_none());
    assert!(simulation.spread(Measure::TotalCost, Place::Region(0), Period::Year(0)).unwrap().chance.is_none());
}

/// P(X ≤ k) of a Poisson number with this mean.
fn poisson(mean: f64, k: u32) -> f64 {
    let share = |k: u32| (1..=k).fold((-mean).exp(), |share, j| share * mean / f64::from(j));
    (0..=k).map(share).sum()
}

#[test]
fn starts_are_late_by_poisson_months_and_may_pass_the_horizon() {
    let mut plan = small();
    at_once(&mut plan);
    hire(&mut plan, 0, 30);
    plan.roles[0].attrition.first_year = ratio("0");
    plan.roles[0].attrition.later = ratio("0");
    plan.uncertainty.start_delay_mean = ratio("4");
    plan.levers.hire_delay = 3;
    let simulation = simulated(plan.clone(), 2000);
    let at = |q: usize| simulation.spread(Measure::Closing, Place::Plan, Period::Quarter(q)).unwrap();
    assert_eq!(at(0).quantiles.map(whole), [0; 7]);
    for (quarter, late) in [(1, 2), (2, 5), (3, 8)] {
        distributed(&at(quarter), &binomial(30, poisson(4.0, late)), 2000.0);
    }
    // Two more than the horizon has: nobody starts within it, however early.
    plan.levers.hire_delay = 26;
    let simulation = simulated(plan, 100);
    assert_eq!(simulation.spread(Measure::Closing, Place::Plan, Period::Year(1)).unwrap().quantiles.map(whole), [0; 7]);
}

#[test]
fn leavers_are_replaced_by_chance_after_the_time_to_fill() {
    let mut plan = small();
    at_once(&mut plan);
    // Everyone leaves at the end of the first month and nobody after the first year of tenure; new ones stay.
    plan.assumptions.attrition_basis = AttritionBasis::Compound;
    plan.roles[0].attrition.later = ratio("1");
    plan.roles[0].attrition.first_year = ratio("0");
    plan.roles[0].backfill_share = ratio("0.6");
    plan.roles[0].time_to_fill = 4;
    there(&mut plan, 25, 40);
    let simulation = simulated(plan, 2000);
    let at = |q: usize| simulation.spread(Measure::Closing, Place::Plan, Period::Quarter(q)).unwrap();
    assert_eq!(at(0).quantiles.map(whole), [0; 7]);
    // The first works from month 0 + 1 + 4 on, which is in quarter 1.
    distributed(&at(1), &binomial(25, 0.6), 2000.0);
    distributed(&at(4), &binomial(25, 0.6), 2000.0);
    assert_eq!(at(6).quantiles.map(whole), [0; 7], "they left after a year, and those after them come in month 21");
}

#[test]
fn a_slipping_ramp_sells_what_the_engine_gives_for_each_slip() {
    let mut plan = small();
    hire(&mut plan, 0, 10);
    plan.roles[0].attrition.first_year = ratio("0");
    plan.roles[0].ramp = ["0", "0.25", "0.5", "0.75"].map(ratio).to_vec();
    let capacity = |slip: u32| {
        let mut plan = plan.clone();
        plan.levers.ramp_slip = slip;
        let outcome = Outcome::of(Arc::new(plan)).unwrap();
        outcome.figure(Measure::Capacity, Place::Plan, Period::Year(0)).unwrap().to_f64()
    };
    let share = |slip: u32| poisson(1.5, slip) - if slip == 0 { 0.0 } else { poisson(1.5, slip - 1) };
    let expected: f64 = (0..12).map(|slip| share(slip) * capacity(slip)).sum();
    plan.uncertainty.ramp_slip_mean = ratio("1.5");
    let found = simulated(plan.clone(), 2000).spread(Measure::Capacity, Place::Plan, Period::Year(0)).unwrap();
    let error = found.mean.error.unwrap().to_f64();
    assert!(error > 1.0 && (found.mean.value.to_f64() - expected).abs() < 4.0 * error, "{expected} {found:?}");
}

#[test]
fn attainment_and_rates_spread_as_they_are_stated() {
    let mut plan = small();
    there(&mut plan, 10, 30);
    plan.roles[0].attrition.later = ratio("0");
    plan.currency = muster::plan::Currency::new("EUR");
    plan.rates.insert(muster::plan::Currency::new("USD"), ratio("0.8"));
    plan.regions[0].workplace = muster::units::Local::new(exact("1000"));
    plan.uncertainty.attainment_sd_plan = ratio("0.06");
    plan.uncertainty.attainment_sd_region = ratio("0.08");
    plan.uncertainty.rate_cv = ratio("0.2");
    let simulation = simulated(plan, 4000);
    for (measure, variation) in [(Measure::Capacity, 0.1), (Measure::TotalCost, 0.2), (Measure::Closing, 0.0)] {
        let found = simulation.spread(measure, Place::Plan, Period::Year(0)).unwrap();
        let (mean, planned) = (found.mean.value.to_f64(), found.expected.unwrap().to_f64());
        assert!(
            (mean - planned).abs() <= 4.0 * found.mean.error.unwrap().to_f64() + 0.1,
            "{measure}: {mean} {planned}"
        );
        assert!((found.deviation.unwrap().to_f64() / mean - variation).abs() < 0.05 * variation + 1e-9, "{measure}");
    }
    let drivers = simulation.influences(Measure::Capacity, Place::Plan, Period::Year(0)).unwrap();
    let of = |shock: &Shock| drivers.iter().find(|d| d.shock == *shock).unwrap().squared.to_f64();
    // Pearson's are 0.36 and 0.64; by rank a normal correlation r is 6 ÷ π × asin(r ÷ 2).
    let ranked = |r: f64| (6.0 / std::f64::consts::PI * (r / 2.0).asin()).powi(2);
    assert!((of(&Shock::Attainment) - ranked(0.6)).abs() < 0.03, "{drivers:?}");
    assert!((of(&Shock::RegionAttainment(0)) - ranked(0.8)).abs() < 0.03, "{drivers:?}");
    assert!(of(&Shock::Rate("USD".to_owned())) < 0.01);
    let sure: Vec<&str> = drivers.iter().filter(|d| d.beyond_luck).map(|d| d.name.as_str()).collect();
    assert_eq!(sure, ["Attainment, Region 1", "Attainment, whole plan"]);
    let cost = simulation.influences(Measure::TotalCost, Place::Plan, Period::Year(0)).unwrap();
    assert_eq!((cost[0].shock.clone(), cost[0].squared), (Shock::Rate("USD".to_owned()), Exact::ONE));
}

/// What a fixed seed gives: means and quantiles of the plan's first year, and the strongest driver.
fn fixed(simulation: &Simulation) -> String {
    let line = |measure: &Measure| {
        let found = simulation.spread(*measure, Place::Plan, Period::Year(0)).unwrap();
        let quantiles: Vec<String> = found.quantiles.iter().map(ToString::to_string).collect();
        format!("{measure} {} {}\n", found.mean.value, quantiles.join(" "))
    };
    let lines: String = Simulation::MEASURES.iter().map(line).collect();
    let drivers = simulation.influences(Measure::Capacity, Place::Plan, Period::Year(0)).unwrap();
    lines + &format!("{} {}\n", drivers[0].name, drivers[0].squared)
}

const FIXED: &str = "\
capacity_coverage 0.875744 0.774710 0.800145 0.837357 0.874817 0.914037 0.954079 0.968958
capacity 92172040.61 81538183.88 84215213.28 88131803.44 92074484.22 96202361.19 100416814.29 101982781.72
closing 204.678788 197.000000 198.000000 202.000000 205.000000 208.000000 210.000000 212.000000
total_cost 48443848.72 46752305.85 47118325.84 47797015.58 48354561.95 49152754.17 49732816.35 50242414.49
Attainment, whole plan 0.472844
";

#[test]
fn a_seed_gives_the_same_figures_on_any_number_of_threads() {
    let plan = Arc::new(bundled("us-public-sector-fy11"));
    let outcome = Arc::new(Outcome::of(plan).unwrap());
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let mut simulation = Simulation::of(&outcome, 42).unwrap();
        pool.install(|| simulation.run(330, &Progress::default())).unwrap();
        assert_eq!(fixed(&simulation), FIXED, "{threads} threads");
    }
    // The same trials, some at once and others added to them.
    let mut simulation = Simulation::of(&outcome, 42).unwrap();
    for trials in [7, 120, 100, 330] {
        simulation.run(trials, &Progress::default()).unwrap();
    }
    assert_eq!((fixed(&simulation), simulation.trials()), (FIXED.to_owned(), 330));
    let mut other = Simulation::of(&outcome, 43).unwrap();
    other.run(330, &Progress::default()).unwrap();
    assert_ne!(fixed(&other), FIXED);
}

#[test]
fn one_more_hire_changes_no_draw_elsewhere() {
    let mut plan = bundled("us-public-sector-fy11");
    let before = simulated(plan.clone(), 50);
    let region = plan.regions[0].id.clone();
    let hires = plan.hires.get_mut(&region).unwrap().values_mut().next().unwrap();
    hires[0] += 1;
    let after = simulated(plan, 50);
    let same = |place: Place| {
        let of = |s: &Simulation| s.spread(Measure::TotalCost, place, Period::Year(1)).unwrap();
        of(&before) == of(&after)
    };
    assert!(!same(Place::Region(0)) && (1..before.outcome().plan().regions.len()).all(|r| same(Place::Region(r))));
}

#[test]
fn plans_without_people_or_targets_have_figures_where_they_can() {
    let blank = simulated(bundled("blank"), 20);
    let heads = blank.spread(Measure::Closing, Place::Plan, Period::Year(1)).unwrap();
    assert_eq!(
        (heads.mean.value, heads.mean.error, heads.deviation),
        (Exact::ZERO, Some(Exact::ZERO), Some(Exact::ZERO))
    );
    assert!(blank.spread(Measure::CapacityCoverage, Place::Plan, Period::Year(1)).is_none());
    let drivers = blank.influences(Measure::Closing, Place::Plan, Period::Year(1)).unwrap();
    assert!(!drivers.is_empty() && drivers.iter().all(|d| d.squared.is_zero()), "nothing to explain");
    let none = simulated(bundled("blank"), 0);
    assert!(none.spread(Measure::Closing, Place::Plan, Period::Year(1)).is_none());
    assert!(none.influences(Measure::Closing, Place::Plan, Period::Year(1)).is_none());
    let one = simulated(bundled("blank"), 1);
    assert_eq!(one.spread(Measure::Closing, Place::Plan, Period::Year(1)).unwrap().mean.error, None);
    for period in [Period::Month(3), Period::All, Period::Quarter(8), Period::Year(2)] {
        assert!(one.spread(Measure::Closing, Place::Plan, period).is_none());
    }
    for place in [Place::Area(7), Place::Region(7), Place::Cell(0, 0)] {
        assert!(one.spread(Measure::Closing, place, Period::Year(0)).is_none());
    }
    let mut long = bundled("blank");
    long.calendar.quarters = 20;
    long.regions[0].market = vec![long.regions[0].market[0].clone(); 5];
    there(&mut long, 3, u32::MAX);
    long.levers.ramp_slip = u32::MAX;
    let heads = simulated(long, 20).spread(Measure::Closing, Place::Plan, Period::Quarter(19)).unwrap();
    assert!(heads.mean.value > Exact::ZERO);
}

fn refused(plan: Plan) -> String {
    let outcome = Arc::new(Outcome::of(Arc::new(plan)).unwrap());
    Simulation::of(&outcome, 1).unwrap_err().to_string()
}

#[test]
fn simulation_refuses_what_is_too_large() {
    let mut plan = small();
    hire(&mut plan, 0, u32::MAX);
    assert_eq!(
        refused(plan),
        "4,294,967,295 people in the baseline and planned: a trial follows each person, and at most 1,000,000"
    );
    let mut plan = small();
    plan.uncertainty.start_delay_mean = ratio("1000000000000");
    let words = "uncertainty.start_delay_mean: 1000000000000 months: a simulation draws delays of at most 120 months on average";
    assert_eq!(refused(plan), words);
    let mut simulation = simulated(small(), 10);
    let error = simulation.run(usize::MAX, &Progress::default()).unwrap_err();
    assert!(error.to_string().contains("trials: of a plan of this size at most"), "{error}");
    assert_eq!(simulation.trials(), 10);
    // As far as it goes: ten years late on average, and factors that no float can square.
    let mut plan = bundled("us-public-sector-fy11");
    plan.uncertainty.start_delay_mean = ratio("120");
    plan.uncertainty.ramp_slip_mean = ratio("120");
    plan.uncertainty.attrition_cv = ratio("1000000000000000000000");
    plan.uncertainty.rate_cv = ratio("1000000000000000000000");
    plan.uncertainty.attainment_sd_plan = ratio("1000000");
    assert!(simulated(plan, 20).spread(Measure::Closing, Place::Plan, Period::Year(1)).is_some());
}

#[test]
fn a_simulation_stops_when_asked_and_keeps_what_it_has() {
    let outcome = Arc::new(Outcome::of(Arc::new(bundled("us-public-sector-fy11"))).unwrap());
    let mut simulation = Simulation::of(&outcome, 1).unwrap();
    let progress = Progress::default();
    simulation.run(60, &progress).unwrap();
    assert_eq!((progress.done(), progress.total()), (60, 60));
    let before = fixed(&simulation);
    progress.cancel();
    assert_eq!(simulation.run(100_000, &progress), Err(AnalysisError::Cancelled));
    assert_eq!((simulation.trials(), fixed(&simulation)), (60, before));
    assert!(progress.done() < 100, "at the next trial, not at the end");
}
