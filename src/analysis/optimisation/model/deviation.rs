//! The largest difference between the figures of a cell and the linear ones: moves and exits may take people who are hired,
//! or others in their place.
//!
//! Departures of people who are certain to be in front of all open hires are the same in every plan, and part of the
//! baseline. Of the others at most so many heads are concerned as are planned to go beyond them. Each of these heads adds to
//! every figure of the cell, from the month on, something between nothing and the most that a head can add, with all that
//! replace it: whoever of them goes or stays, figures are no further from those of the baseline.

#![allow(clippy::float_arithmetic, reason = "it proposes, the engine judges")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::effect::Effect;
use super::plans_in_force::PlansInForce;
use super::probe_plan::{PROBE_HIRES, plan_of_largest_figures, plan_of_leavers};
use super::problem::Problem;
use crate::analysis::error::AnalysisError;
use crate::engine::{CostLine, Outcome, UncertainDeparture, uncertain_departures};
use crate::plan::Plan;

/// The cells whose figures are not certain, by region and role.
#[derive(Debug, Default)]
pub(crate) struct Deviations {
    /// The largest difference between their figures and the linear ones, up or down.
    pub(crate) by_cell: BTreeMap<(usize, usize), Effect>,
    /// The cells that these moves and exits leave.
    pub(crate) departed: BTreeSet<(usize, usize)>,
}

/// The deviations of a plan without the open hires of a problem.
pub(super) fn deviations(
    without_open_hires: &Plan,
    plans: &PlansInForce,
    problem: &Problem,
) -> Result<Deviations, AnalysisError> {
    let departures = departures_by_hires(without_open_hires, problem);
    let mut deviations = Deviations::default();
    if departures.is_empty() {
        return Ok(deviations);
    }
    let evaluate = |plan: Plan| {
        let what = "a plan of many people in every cell".to_owned();
        Outcome::of(Arc::new(plan)).map_err(|error| AnalysisError::Evaluate { what, error })
    };
    let (largest, leavers) = (evaluate(plan_of_largest_figures(plans))?, evaluate(plan_of_leavers(plans))?);
    for departure in departures {
        deviations.departed.insert(departure.from);
        let heads = departure.heads.exact().to_f64() / f64::from(PROBE_HIRES);
        for cell in [Some(departure.from), departure.to].into_iter().flatten() {
            let from_then_on = |t| if t < departure.month { 0.0 } else { heads };
            let mut most = Effect::of(plans, &largest, cell, from_then_on);
            most.closing.clone_from(&most.active);
            let severance =
                leavers.region(cell.0).map(|r| r.cell_month(cell.1, departure.month).line(CostLine::Severance));
            if let Some(cost) = most.cost.get_mut(departure.month / 12).filter(|_| departure.to.is_none()) {
                *cost += severance.map_or(0.0, |severance| severance.exact().to_f64() * heads);
            }
            deviations.by_cell.entry(cell).or_default().add(most);
        }
    }
    Ok(deviations)
}

/// The departures that depend on the open hires.
fn departures_by_hires(without_open_hires: &Plan, problem: &Problem) -> Vec<UncertainDeparture> {
    let delay = usize::try_from(without_open_hires.levers.hire_delay).unwrap_or(usize::MAX);
    uncertain_departures(without_open_hires, |region, role| {
        let here = problem.open.iter().filter(|open| (open.region, open.role) == (region, role) && open.max > 0);
        here.map(|open| open.quarter).min().map(|quarter| (quarter * 3).saturating_add(delay))
    })
}
