//! The optimisation problem (model section 12): the objective, the regions and quarters it counts, the limits that hold,
//! and the open cells and quarters with their ranges.

use std::collections::{BTreeMap, BTreeSet};

use super::robust_choice::RobustChoice;
use crate::analysis::optimisation::error::OptimiseError;
use crate::engine::LimitKind;
use crate::plan::Plan;
use crate::units::{Exact, FiscalYear, Money, Period, Ratio};

/// Largest number of growth hires that a cell and quarter can be opened to.
const MAX_HIRES: u32 = 1000;

/// What the optimisation maximises or minimises.
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

    /// Whether the objective is maximised; otherwise it is minimised.
    #[must_use]
    pub const fn is_maximised(self) -> bool {
        matches!(self, Self::Capacity)
    }

    /// Whether capacity coverage is a limit of the problem.
    #[must_use]
    pub const fn needs_coverage(self) -> bool {
        matches!(self, Self::Cost | Self::Hires)
    }
}

/// The limits that a plan has to meet: all kinds but those that are left out. A limit that the plan does not state does not
/// constrain it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    left_out: BTreeSet<LimitKind>,
    /// Budgets that replace the plan's.
    pub budget_overrides: BTreeMap<FiscalYear, Money>,
}

impl Limits {
    /// No limit except the ranges of the open cells.
    #[must_use]
    pub fn none() -> Self {
        Self { left_out: LimitKind::ALL.into(), budget_overrides: BTreeMap::new() }
    }

    /// The limits of these kinds alone.
    #[must_use]
    pub fn only(kinds: &[LimitKind]) -> Self {
        let mut limits = Self::none();
        for kind in kinds {
            limits.keep(*kind, true);
        }
        limits
    }

    /// Whether limits of a kind are kept.
    #[must_use]
    pub fn are_kept(&self, kind: LimitKind) -> bool {
        !self.left_out.contains(&kind)
    }

    /// Keeps the limits of a kind, or leaves them out.
    pub fn keep(&mut self, kind: LimitKind, kept: bool) {
        if kept {
            self.left_out.remove(&kind);
        } else {
            self.left_out.insert(kind);
        }
    }

    /// The budget of a fiscal year; `None` if the plan states none, or budgets are off.
    #[must_use]
    pub fn budget(&self, plan: &Plan, year: FiscalYear) -> Option<Money> {
        let stated = self.budget_overrides.get(&year).or_else(|| plan.budgets.get(&year));
        stated.copied().filter(|_| self.are_kept(LimitKind::Budgets))
    }
}

/// A cell and quarter whose growth hires the optimisation decides, and their range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenCell {
    /// Index of the region.
    pub region: usize,
    /// Index of the role.
    pub role: usize,
    /// The quarter, counted from 0.
    pub quarter: usize,
    /// Smallest number of growth hires.
    pub min: u32,
    /// Largest number of growth hires.
    pub max: u32,
}

/// An optimisation: everything but the plan it starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is maximised or minimised.
    pub objective: Objective,
    /// Indices of the chosen regions.
    pub regions: BTreeSet<usize>,
    /// The chosen quarters; for [`Objective::Cost`] and [`Objective::Hires`] their fiscal years are chosen.
    pub quarters: BTreeSet<usize>,
    /// The coverage that [`Objective::Cost`] and [`Objective::Hires`] require of every chosen region and fiscal year.
    pub coverage: Ratio,
    /// The limits.
    pub limits: Limits,
    /// The open cells and quarters; all others stay as they are.
    pub open: Vec<OpenCell>,
    /// How the best plans are scored again by simulation; `None` if they are not.
    pub robust: Option<RobustChoice>,
}

impl Problem {
    /// The problem with every region and quarter chosen, every cell with pay open in every quarter whose hires start in open
    /// months, all limits on, and a required coverage of 1.
    ///
    /// The range of a cell and quarter is from 0 to [`Problem::default_max`], so that it is finite with every limit off.
    #[must_use]
    pub fn new(plan: &Plan, objective: Objective) -> Self {
        let cells = (0..plan.regions.len()).flat_map(|r| (0..plan.roles.len()).map(move |k| (r, k)));
        let paid = cells.filter(|(r, k)| match (plan.regions.get(*r), plan.roles.get(*k)) {
            (Some(region), Some(role)) => plan.pay(&region.id, &role.id).is_some(),
            _ => false,
        });
        let (first, quarters) = (first_open_quarter(plan), plan.calendar.quarters);
        let open = paid.flat_map(|(region, role)| {
            let max = Self::default_max(plan, region);
            (first..quarters).map(move |quarter| OpenCell { region, role, quarter, min: 0, max })
        });
        Self {
            objective,
            regions: (0..plan.regions.len()).collect(),
            quarters: (0..quarters).collect(),
            coverage: Ratio::new(Exact::ONE),
            limits: Limits::default(),
            open: open.collect(),
            robust: None,
        }
    }

    /// The default maximum of an open cell's growth hires: twice the region's onboarding seats, since that limit can be
    /// off, and no more than the envelope's maximum; at least 1.
    #[must_use]
    pub fn default_max(plan: &Plan, region: usize) -> u32 {
        let seats = plan.regions.get(region).and_then(|r| r.onboarding_seats).unwrap_or(u32::MAX);
        seats.saturating_mul(2).min(plan.envelope.max).clamp(1, MAX_HIRES)
    }

    /// Keeps every hire of the plan: the range of every open cell and quarter begins at its present hires.
    pub fn keep_hires(&mut self, plan: &Plan) {
        for open in &mut self.open {
            if let (Some(region), Some(role)) = (plan.regions.get(open.region), plan.roles.get(open.role)) {
                open.min = plan.hires(&region.id, &role.id, open.quarter);
                open.max = open.max.max(open.min);
            }
        }
    }

    /// An error unless everything that the problem names is in the plan, and each open cell is named once and has pay.
    pub(crate) fn validate(&self, plan: &Plan) -> Result<(), OptimiseError> {
        let invalid = |message: String| Err(OptimiseError::Problem(message));
        let regions = self.regions.iter().all(|r| *r < plan.regions.len());
        if !regions || !self.quarters.iter().all(|q| *q < plan.calendar.quarters) {
            return invalid("a chosen region or quarter is not in the plan".to_owned());
        }
        let first = first_open_quarter(plan);
        let mut seen = BTreeSet::new();
        for open in &self.open {
            let (Some(region), Some(role)) = (plan.regions.get(open.region), plan.roles.get(open.role)) else {
                return invalid("an open cell is not in the plan".to_owned());
            };
            let quarter = plan.calendar.name(Period::Quarter(open.quarter));
            let place = format!("{}, {}, {quarter}", region.name, role.name);
            if open.quarter >= plan.calendar.quarters {
                return invalid(format!("{place} is outside the plan's horizon"));
            }
            if open.quarter < first {
                let through = plan.year.as_deref().map_or_else(String::new, |year| year.through.to_string());
                return invalid(format!(
                    "{place} cannot be open: the plan is closed through {through}; choose a quarter whose hires start later"
                ));
            }
            if open.min > open.max || open.max > MAX_HIRES {
                let (min, max) = (open.min, open.max);
                return invalid(format!(
                    "{place}: the range from {min} to {max} is not valid; give a minimum that is not above the maximum, and \
                     a maximum of {MAX_HIRES} or less"
                ));
            }
            if !seen.insert((open.region, open.role, open.quarter)) {
                return invalid(format!("{place} is opened twice; open it once"));
            }
            if plan.pay(&region.id, &role.id).is_none() {
                return invalid(format!("{place} cannot be open: the plan states no pay there"));
            }
        }
        Ok(())
    }

    /// The indices of the chosen fiscal years.
    pub(crate) fn years(&self) -> BTreeSet<usize> {
        self.quarters.iter().map(|q| q / 4).collect()
    }
}

/// The first quarter whose hires, late by the lever, all start in open months; the number of quarters if there is none.
fn first_open_quarter(plan: &Plan) -> usize {
    let quarters = plan.calendar.quarters;
    let Some(last) = plan.year.as_deref().and_then(|year| year.last_closed(&plan.calendar)) else { return 0 };
    let delay = usize::try_from(plan.levers.hire_delay).unwrap_or(usize::MAX);
    (0..quarters).find(|q| (q * 3).saturating_add(delay) > last).unwrap_or(quarters)
}
