//! What is asked of an optimisation (model section 12): the objective, what is chosen, which limits hold, and which cells
//! and quarters are open.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::optimisation::OptimiseError;
use crate::analysis::optimisation::run::robust::Robust;
use crate::plan::Plan;
use crate::units::{Exact, FiscalYear, Money, Period, Ratio};

/// Most growth hires that a cell and quarter can be opened to.
const MOST: u32 = 1000;

/// What the best plan is best at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objective {
    /// Most capacity of the chosen regions over the chosen quarters.
    Capacity,
    /// Least uncovered target: Σ over chosen regions and quarters of max(0, target − capacity).
    Shortfall,
    /// Least total cost over the horizon, with every chosen region and fiscal year covered to the level.
    Cost,
    /// Fewest growth hires, under the same condition.
    Hires,
}

impl Objective {
    /// All four, in the order of the model.
    pub const ALL: [Self; 4] = [Self::Capacity, Self::Shortfall, Self::Cost, Self::Hires];

    /// The name in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Capacity => "capacity",
            Self::Shortfall => "shortfall",
            Self::Cost => "cost",
            Self::Hires => "hires",
        }
    }

    /// The figure in words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Capacity => "Capacity",
            Self::Shortfall => "Uncovered target",
            Self::Cost => "Total cost",
            Self::Hires => "Growth hires",
        }
    }

    /// Whether more is better.
    #[must_use]
    pub const fn is_most(self) -> bool {
        matches!(self, Self::Capacity)
    }

    /// Whether coverage of the target is a condition instead of the aim.
    #[must_use]
    pub const fn needs_coverage(self) -> bool {
        matches!(self, Self::Cost | Self::Hires)
    }
}

/// The limits, each on or off. A limit that the plan does not state holds nothing back.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a limit of model section 12 that is on or off")]
pub struct Limits {
    /// Growth hires of the envelope's fiscal year between its minimum and maximum.
    pub envelope: bool,
    /// Total cost of each fiscal year within its budget.
    pub budgets: bool,
    /// Budgets that hold instead of the plan's.
    pub other_budgets: BTreeMap<FiscalYear, Money>,
    /// Starts of each region and quarter within its onboarding seats.
    pub onboarding_seats: bool,
    /// Growth starts of each quarter within what recruiting can land.
    pub recruiting_capacity: bool,
    /// Support coverage of at least 1 in the last quarter of each fiscal year.
    pub support_coverage: bool,
    /// Manager coverage of at least 1 in the last quarter of each fiscal year.
    pub manager_coverage: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            envelope: true,
            budgets: true,
            other_budgets: BTreeMap::new(),
            onboarding_seats: true,
            recruiting_capacity: true,
            support_coverage: true,
            manager_coverage: true,
        }
    }
}

impl Limits {
    /// No limit but the ranges.
    #[must_use]
    pub fn none() -> Self {
        Self {
            envelope: false,
            budgets: false,
            other_budgets: BTreeMap::new(),
            onboarding_seats: false,
            recruiting_capacity: false,
            support_coverage: false,
            manager_coverage: false,
        }
    }

    /// The budget of a fiscal year, if one holds.
    #[must_use]
    pub fn budget(&self, plan: &Plan, year: FiscalYear) -> Option<Money> {
        let stated = self.other_budgets.get(&year).or_else(|| plan.budgets.get(&year));
        stated.copied().filter(|_| self.budgets)
    }
}

/// A cell and quarter whose growth hires are open, and the range in which they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Open {
    /// Index of the region.
    pub region: usize,
    /// Index of the role.
    pub role: usize,
    /// The quarter, counted from 0.
    pub quarter: usize,
    /// Fewest growth hires.
    pub least: u32,
    /// Most growth hires.
    pub most: u32,
}

/// An optimisation: everything but the plan it starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What the best plan is best at.
    pub objective: Objective,
    /// Indices of the chosen regions.
    pub regions: BTreeSet<usize>,
    /// The chosen quarters; for [`Objective::Cost`] and [`Objective::Hires`] their fiscal years are chosen.
    pub quarters: BTreeSet<usize>,
    /// The coverage that [`Objective::Cost`] and [`Objective::Hires`] ask of every chosen region and fiscal year.
    pub level: Ratio,
    /// The limits.
    pub limits: Limits,
    /// The open cells and quarters; all others stay as they are.
    pub open: Vec<Open>,
    /// Whether the best plans by the expected objective are scored again by simulation, and how; none: they are not.
    pub robust: Option<Robust>,
}

impl Problem {
    /// Every region and quarter chosen, every cell with pay open in every quarter, all limits on, a level of 1.
    ///
    /// The range of a cell and quarter is from nothing to the most that the region's onboarding seats and the envelope
    /// let start at once, so that there is an end even where a limit is off; see [`Problem::usual_most`].
    #[must_use]
    pub fn new(plan: &Plan, objective: Objective) -> Self {
        let cells = (0..plan.regions.len()).flat_map(|r| (0..plan.roles.len()).map(move |k| (r, k)));
        let paid = cells.filter(|(r, k)| match (plan.regions.get(*r), plan.roles.get(*k)) {
            (Some(region), Some(role)) => plan.pay(&region.id, &role.id).is_some(),
            _ => false,
        });
        let quarters = plan.calendar.quarters;
        let open = paid.flat_map(|(region, role)| {
            let most = Self::usual_most(plan, region);
            (0..quarters).map(move |quarter| Open { region, role, quarter, least: 0, most })
        });
        Self {
            objective,
            regions: (0..plan.regions.len()).collect(),
            quarters: (0..quarters).collect(),
            level: Ratio::new(Exact::ONE),
            limits: Limits::default(),
            open: open.collect(),
            robust: None,
        }
    }

    /// The most growth hires of a cell and quarter where nobody says otherwise: twice the region's onboarding seats, since
    /// that limit can be off, and no more than the envelope's maximum; at least 1.
    #[must_use]
    pub fn usual_most(plan: &Plan, region: usize) -> u32 {
        let seats = plan.regions.get(region).and_then(|r| r.onboarding_seats).unwrap_or(u32::MAX);
        seats.saturating_mul(2).min(plan.envelope.max).clamp(1, MOST)
    }

    /// Takes out no hire that the plan has: the range of every open cell and quarter begins at its hires.
    pub fn only_add(&mut self, plan: &Plan) {
        for open in &mut self.open {
            if let (Some(region), Some(role)) = (plan.regions.get(open.region), plan.roles.get(open.role)) {
                open.least = plan.hires(&region.id, &role.id, open.quarter);
                open.most = open.most.max(open.least);
            }
        }
    }

    /// Whether everything that the problem names is in the plan, each open cell once, with pay.
    pub(crate) fn check(&self, plan: &Plan) -> Result<(), OptimiseError> {
        let wrong = |message: String| Err(OptimiseError::Problem(message));
        let regions = self.regions.iter().all(|r| *r < plan.regions.len());
        if !regions || !self.quarters.iter().all(|q| *q < plan.calendar.quarters) {
            return wrong("a chosen region or quarter is not in the plan".to_owned());
        }
        let mut seen = BTreeSet::new();
        for open in &self.open {
            let (Some(region), Some(role)) = (plan.regions.get(open.region), plan.roles.get(open.role)) else {
                return wrong("an open cell is not in the plan".to_owned());
            };
            let when = plan.calendar.name(Period::Quarter(open.quarter));
            let place = format!("{}, {}, {when}", region.name, role.name);
            if open.quarter >= plan.calendar.quarters {
                return wrong(format!("{place} is outside the plan"));
            }
            if open.least > open.most || open.most > MOST {
                let (least, most) = (open.least, open.most);
                return wrong(format!("{place}: a range from {least} to {most}; it goes up, and to {MOST} at most"));
            }
            if !seen.insert((open.region, open.role, open.quarter)) {
                return wrong(format!("{place} is opened twice"));
            }
            if plan.pay(&region.id, &role.id).is_none() {
                return wrong(format!("{place} cannot be open: the plan gives no pay there"));
            }
        }
        Ok(())
    }

    /// The indices of the chosen fiscal years.
    pub(crate) fn years(&self) -> BTreeSet<usize> {
        self.quarters.iter().map(|q| q / 4).collect()
    }
}
