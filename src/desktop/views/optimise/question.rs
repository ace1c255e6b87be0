//! The optimisation problem as the planner states it: the objective, what counts, what may change, and the limits, as the planner has chosen them. Regions and
//! roles are kept by id, and what is left out rather than what is in, so that what the plan gains is in.

use std::collections::BTreeSet;

use crate::analysis::optimisation::{Effort, Limits, Objective, Percentile, Problem, RobustChoice};
use crate::plan::{Plan, RegionId, RoleId};
use crate::units::{Exact, Ratio};

/// Rounds of a thorough search.
const THOROUGH: u32 = 64;

/// Regions, roles and quarters that are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) regions: BTreeSet<RegionId>,
    pub(super) roles: BTreeSet<RoleId>,
    pub(super) quarters: BTreeSet<usize>,
}

/// The problem as chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) objective: Objective,
    /// What the next hires are placed for.
    pub(super) next: Objective,
    /// The coverage that the least cost and the fewest hires are to reach.
    pub(super) coverage: Ratio,
    /// What does not count for the objective.
    pub(super) uncounted: LeftOut,
    /// What stays as it is.
    pub(super) locked: LeftOut,
    /// Most growth hires of an open cell and quarter; none for the usual number.
    pub(super) most: Option<u32>,
    pub(super) only_add: bool,
    pub(super) limits: Limits,
    pub(super) thorough: bool,
    /// At which of the simulated outcomes the plan is to be best; none for the expected one.
    pub(super) robust: Option<Percentile>,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            objective: Objective::Shortfall,
            next: Objective::Shortfall,
            coverage: Ratio::new(Exact::ONE),
            uncounted: LeftOut::default(),
            locked: LeftOut::default(),
            most: None,
            only_add: false,
            limits: Limits::default(),
            thorough: false,
            robust: None,
        }
    }
}

impl Question {
    /// The question as a problem of a plan, for an objective.
    pub(super) fn problem(&self, plan: &Plan, objective: Objective) -> Problem {
        let mut problem = Problem::new(plan, objective);
        let region = |r: usize, left: &LeftOut| plan.regions.get(r).is_some_and(|r| !left.regions.contains(&r.id));
        let role = |k: usize| plan.roles.get(k).is_some_and(|k| !self.locked.roles.contains(&k.id));
        problem.coverage = self.coverage;
        problem.limits = self.limits.clone();
        problem.robust = self.robust.map(RobustChoice::at);
        problem.regions.retain(|r| region(*r, &self.uncounted));
        problem.quarters.retain(|q| !self.uncounted.quarters.contains(q));
        problem.open.retain(|open| {
            region(open.region, &self.locked) && role(open.role) && !self.locked.quarters.contains(&open.quarter)
        });
        if let Some(most) = self.most {
            problem.open.iter_mut().for_each(|open| open.max = most);
        }
        if self.only_add {
            problem.keep_hires(plan);
        }
        problem
    }

    pub(super) fn effort(&self) -> Effort {
        let usual = Effort::default();
        if self.thorough { Effort { rounds: THOROUGH, ..usual } } else { usual }
    }
}

/// Why a problem cannot be optimised; `None` if it can.
pub(super) fn lacks(problem: &Problem) -> Option<&'static str> {
    if problem.regions.is_empty() || problem.quarters.is_empty() {
        return Some("Choose a region and a quarter that count");
    }
    problem.open.is_empty().then_some("Open a cell and quarter that may change; only cells with pay can")
}

/// An objective as a wish.
pub(super) const fn wish(objective: Objective) -> &'static str {
    match objective {
        Objective::Capacity => "Most capacity",
        Objective::Shortfall => "Least uncovered target",
        Objective::Cost => "Least cost for a coverage",
        Objective::Hires => "Fewest hires for a coverage",
    }
}
