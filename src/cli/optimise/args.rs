//! The options of `muster optimise`, and the problem that they state.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::ValueEnum;

use super::limit_switches::LimitSwitches;
use crate::analysis::optimisation::{Effort, FrontierAxis, Objective, OpenCell, Percentile, Problem, RobustChoice};
use crate::analysis::{Progress, Simulation};
use crate::cli::failure::Failure;
use crate::engine::LimitKind;
use crate::plan::Plan;
use crate::units::{Exact, FiscalYear, Money, Period, Ratio};

/// What is left to do when the search ends, at most, of a plan of the bundled one's size; and with simulation.
const LEFT: Duration = Duration::from_millis(150);
const SIMULATED: Duration = Duration::from_millis(900);

/// What the best plan is best at, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ObjectiveArg {
    /// Most capacity over the chosen quarters
    Capacity,
    /// Least uncovered target over the chosen quarters
    Shortfall,
    /// Least total cost, every chosen region and year covered
    Cost,
    /// Fewest growth hires, every chosen region and year covered
    Hires,
}

/// What a frontier goes along, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum AlongArg {
    Hires,
    Budget,
}

/// The level of `--robust`, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LevelArg {
    /// The outcome that half of the trials reach
    P50,
    /// The outcome that four of five trials reach
    P20,
}

/// The problem, and what to do with the answer.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct OptimiseArgs {
    /// What the best plan is best at
    #[arg(long, value_enum, value_name = "AIM", default_value = "shortfall")]
    objective: ObjectiveArg,
    /// The coverage that cost and hires ask of every chosen region and fiscal year, as a fraction
    #[arg(long, value_name = "LEVEL", default_value = "1")]
    coverage: Exact,
    /// Only these regions count: ids, or area:NAME
    #[arg(long, value_name = "R,…", value_delimiter = ',')]
    regions: Vec<String>,
    /// Only these periods count: quarters ("FY11 Q4") or years (FY12)
    #[arg(long, value_name = "P,…", value_delimiter = ',', alias = "years")]
    quarters: Vec<String>,
    /// Open only these: REGION/ROLE/PERIOD, each an id or *; REGION may be area:NAME. May be given several times
    #[arg(long, value_name = "R/R/P")]
    open: Vec<String>,
    /// Keep these as they are, of what is open: REGION/ROLE/PERIOD. May be given several times
    #[arg(long, value_name = "R/R/P")]
    lock: Vec<String>,
    /// The most growth hires of one open cell and quarter; otherwise twice the region's onboarding seats
    #[arg(long, value_name = "N")]
    most: Option<u32>,
    /// Never fewer hires in an open cell and quarter than the plan has
    #[arg(long)]
    only_add: bool,
    #[command(flatten)]
    limits: LimitSwitches,
    /// Another budget than the plan's, such as FY11=200000000. May be given several times
    #[arg(long, value_name = "FY=AMOUNT", conflicts_with = LimitKind::Budgets.option())]
    budget: Vec<String>,
    /// Rounds of the search: more find better plans
    #[arg(long, value_name = "N", default_value_t = Effort::default().rounds)]
    rounds: u32,
    /// Search for so many seconds instead; the answer then depends on the machine
    #[arg(long, value_name = "SECONDS", conflicts_with_all = ["rounds", "frontier", "next"])]
    time: Option<u64>,
    /// Of the best plans by the expected objective, choose the one whose simulated objective is best at P50 or P20
    #[arg(long, value_enum, value_name = "LEVEL", conflicts_with_all = ["next", "frontier", "export_model"])]
    robust: Option<LevelArg>,
    /// Histories to draw of each of these plans
    #[arg(long, value_name = "N", default_value_t = 1000, requires = "robust", value_parser = clap::value_parser!(u32).range(1..))]
    trials: u32,
    /// The seed of all chance; the same seed gives the same choice everywhere
    #[arg(long, value_name = "N", default_value_t = Simulation::SEED, requires = "robust")]
    seed: u64,
    /// Place the next N hires, one after the other, where each does most within the limits
    #[arg(long, value_name = "N", conflicts_with_all = ["frontier", "export_model"])]
    pub(super) next: Option<usize>,
    /// Cost against covered target at so many steps: of the envelope's hires, or of the budget (--along)
    #[arg(long, value_name = "STEPS", num_args = 0..=1, default_missing_value = "8", conflicts_with = "export_model")]
    pub(super) frontier: Option<u32>,
    /// What the frontier goes along: the growth hires of the envelope, or the budgets from the cheapest plan's cost
    #[arg(long, value_enum, default_value_t = AlongArg::Hires, requires = "frontier")]
    along: AlongArg,
    /// Write the relaxation as an LP file that any solver reads, whole numbers marked, and stop
    #[arg(long, value_name = "FILE.lp")]
    pub(super) export_model: Option<PathBuf>,
    /// Write the plan that was found, .ron or .json
    #[arg(short, long, value_name = "NEW", conflicts_with_all = ["frontier", "export_model"])]
    pub(super) output: Option<PathBuf>,
    /// In NEW, keep the plan as it is and add what was found as a scenario of this name
    #[arg(long, value_name = "NAME", requires = "output")]
    pub(super) as_scenario: Option<String>,
}

impl OptimiseArgs {
    /// The problem that the options state.
    pub(super) fn problem(&self, plan: &Plan) -> Result<Problem, Failure> {
        let objective = match self.objective {
            ObjectiveArg::Capacity => Objective::Capacity,
            ObjectiveArg::Shortfall => Objective::Shortfall,
            ObjectiveArg::Cost => Objective::Cost,
            ObjectiveArg::Hires => Objective::Hires,
        };
        let mut problem = Problem::new(plan, objective);
        if self.coverage.is_negative() {
            return Err(Failure::Usage(format!("a coverage of {} is below 0", self.coverage)));
        }
        problem.coverage = Ratio::new(self.coverage);
        if !self.regions.is_empty() {
            problem.regions = collected(&self.regions, |name| regions(plan, name))?;
        }
        if !self.quarters.is_empty() {
            problem.quarters = collected(&self.quarters, |name| quarters(plan, name))?;
        }
        let limits = &mut problem.limits;
        self.limits.left_out.iter().for_each(|kind| limits.keep(*kind, false));
        for text in &self.budget {
            let (year, amount) = budget(plan, text)?;
            limits.budget_overrides.insert(year, amount);
        }
        problem.robust = self.robust();
        let opened = places(plan, &self.open)?;
        let locked = places(plan, &self.lock)?;
        let matches = |list: &[PlacePattern], open: &OpenCell| list.iter().any(|places| places.contain(open));
        problem.open.retain(|open| (opened.is_empty() || matches(&opened, open)) && !matches(&locked, open));
        if problem.open.is_empty() {
            return Err(Failure::Usage("no cell with pay is left open; give --open or --lock other places".to_owned()));
        }
        for open in &mut problem.open {
            open.max = self.most.unwrap_or(open.max);
        }
        if self.only_add {
            problem.keep_hires(plan);
        }
        Ok(problem)
    }

    pub(super) fn effort(&self) -> Effort {
        // Under a time limit the clock ends the search.
        let rounds = if self.time.is_some() { u32::MAX } else { self.rounds };
        Effort { rounds, ..Effort::default() }
    }

    pub(super) fn progress(&self) -> Arc<Progress> {
        // What comes after the search: the engine judges, the answer is written, and candidates are simulated.
        let left = LEFT + if self.robust.is_some() { SIMULATED } else { Duration::ZERO };
        self.time.map_or_else(Arc::default, |seconds| timed(seconds, left))
    }

    pub(super) const fn along(&self) -> FrontierAxis {
        match self.along {
            AlongArg::Hires => FrontierAxis::Hires,
            AlongArg::Budget => FrontierAxis::Budget,
        }
    }

    fn robust(&self) -> Option<RobustChoice> {
        let level = match self.robust? {
            LevelArg::P50 => Percentile::P50,
            LevelArg::P20 => Percentile::P20,
        };
        let trials = usize::try_from(self.trials).unwrap_or(usize::MAX);
        Some(RobustChoice { trials, seed: self.seed, ..RobustChoice::at(level) })
    }
}

fn collected<'a>(
    names: &'a [String],
    of: impl Fn(&'a str) -> Result<Vec<usize>, Failure>,
) -> Result<BTreeSet<usize>, Failure> {
    let lists: Result<Vec<Vec<usize>>, Failure> = names.iter().map(|name| of(name)).collect();
    Ok(lists?.into_iter().flatten().collect())
}

/// The regions that a name stands for: an id, an area, or all.
fn regions(plan: &Plan, name: &str) -> Result<Vec<usize>, Failure> {
    let area = name.strip_prefix("area:");
    let here = |(_, region): &(usize, &crate::plan::Region)| {
        name == "*" || area.map_or_else(|| region.id.as_str() == name, |area| region.area == area)
    };
    let found: Vec<usize> = plan.regions.iter().enumerate().filter(here).map(|(r, _)| r).collect();
    let areas = plan.areas();
    let known = plan.regions.iter().map(|r| r.id.to_string()).chain(areas.iter().map(|a| format!("area:{a}")));
    if found.is_empty() { Err(unknown("region", name, known)) } else { Ok(found) }
}

fn roles(plan: &Plan, name: &str) -> Result<Vec<usize>, Failure> {
    let here = |(_, role): &(usize, &crate::plan::Role)| name == "*" || role.id.as_str() == name;
    let found: Vec<usize> = plan.roles.iter().enumerate().filter(here).map(|(k, _)| k).collect();
    if found.is_empty() { Err(unknown("role", name, plan.roles.iter().map(|k| k.id.to_string()))) } else { Ok(found) }
}

/// The quarters that a name stands for: a quarter, a year, or all.
fn quarters(plan: &Plan, name: &str) -> Result<Vec<usize>, Failure> {
    if name == "*" {
        return Ok((0..plan.calendar.quarters).collect());
    }
    match plan.calendar.period(name) {
        Ok(Period::Quarter(q)) => Ok(vec![q]),
        Ok(Period::Year(y)) => Ok(plan.calendar.quarters_of(y).collect()),
        _ => {
            let years = (0..plan.calendar.years()).map(Period::Year);
            let all = (0..plan.calendar.quarters).map(Period::Quarter).chain(years);
            Err(unknown("quarter or year", name, all.map(|period| plan.calendar.name(period))))
        }
    }
}

fn unknown(what: &str, name: &str, known: impl Iterator<Item = String>) -> Failure {
    let known: Vec<String> = known.collect();
    Failure::Usage(format!("the plan has no {what} \"{name}\"; it has {}", known.join(", ")))
}

/// Regions, roles and quarters that were named together.
struct PlacePattern([Vec<usize>; 3]);

impl PlacePattern {
    fn contain(&self, open: &OpenCell) -> bool {
        self.0.iter().zip([open.region, open.role, open.quarter]).all(|(list, at)| list.contains(&at))
    }
}

fn places(plan: &Plan, texts: &[String]) -> Result<Vec<PlacePattern>, Failure> {
    let one = |text: &String| {
        let parts: Vec<&str> = text.split('/').collect();
        let [region, role, period] = parts.as_slice() else {
            let message = format!("\"{text}\" is no place; write REGION/ROLE/PERIOD, such as uk-ireland/*/FY11");
            return Err(Failure::Usage(message));
        };
        Ok(PlacePattern([regions(plan, region)?, roles(plan, role)?, quarters(plan, period)?]))
    };
    texts.iter().map(one).collect()
}

fn budget(plan: &Plan, text: &str) -> Result<(FiscalYear, Money), Failure> {
    let wrong = || {
        let year = plan.calendar.name(Period::Year(0));
        Failure::Usage(format!("\"{text}\" is no budget of this plan; write {year}=200000000"))
    };
    let (year, amount) = text.split_once('=').ok_or_else(wrong)?;
    let Ok(Period::Year(year)) = plan.calendar.period(year) else { return Err(wrong()) };
    let amount: Exact = amount.parse().ok().filter(|a: &Exact| !a.is_negative()).ok_or_else(wrong)?;
    Ok((plan.calendar.fiscal_year(year), Money::new(amount)))
}

/// A progress that says it is enough after so many seconds, less what is left to do by then.
fn timed(seconds: u64, left: Duration) -> Arc<Progress> {
    let progress = Arc::new(Progress::default());
    let watched = Arc::clone(&progress);
    let whole = Duration::from_secs(seconds);
    std::thread::spawn(move || {
        // Where that is more than half of the time, half of it is searched.
        std::thread::sleep(whole.saturating_sub(left).max(whole / 2));
        watched.enough();
    });
    progress
}
