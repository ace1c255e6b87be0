//! Which constraints each hire variable touches, and the other way round.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, rows, roles or months it is indexed by"
)]

use std::collections::BTreeSet;

use super::coefficients::Coefficients;
use super::floats::count_to_f64;
use super::linear_model::{LinearModel, RangeConstraint};
use super::problem::OpenCell;
use super::sales_limits::RegionLimits;

/// The linear model indexed by variable and by region. A row is the index of a constraint; the last row is the objective.
#[derive(Debug)]
pub(crate) struct Incidence<'a> {
    pub(crate) coefficients: &'a Coefficients,
    pub(crate) model: &'a LinearModel,
    /// By variable: the rows it adds to, with the coefficients of its starts.
    pub(super) rows_of_variable: Vec<Vec<(usize, [f64; 3])>>,
    /// By constraint of a limit: the variables that change it, and by how much a hire does.
    pub(super) variables_of_row: Vec<Vec<(usize, f64)>>,
    /// By region: the rows that the lost capacity of its sellers adds to, with the coefficients by month, and those of its
    /// partner managers.
    pub(super) rows_of_losses: Vec<Vec<(usize, Vec<f64>)>>,
    pub(super) rows_of_partner_losses: Vec<Vec<(usize, Vec<f64>)>>,
    /// By role: whether its heads change the capacity that is lost for want of support, accounts or partners.
    pub(super) affects_losses: Vec<bool>,
}

impl<'a> Incidence<'a> {
    pub(crate) fn new(coefficients: &'a Coefficients, model: &'a LinearModel) -> Self {
        let mut rows_of_variable = vec![Vec::new(); coefficients.variables.len()];
        let mut rows_of_losses = vec![Vec::new(); coefficients.baseline.len()];
        let mut rows_of_partner_losses = rows_of_losses.clone();
        let is_limited = |limits: &RegionLimits| !limits.accounts.is_empty();
        let have_losses = !coefficients.supports.is_empty() || coefficients.limits.iter().any(is_limited);
        let sums = model.constraints.iter().map(|constraint| &constraint.sum).chain([&model.objective]);
        for (row, sum) in sums.enumerate() {
            for (variable, starts) in &sum.starts {
                rows_of_variable[*variable].push((row, *starts));
            }
            if have_losses {
                for (region, weights) in &sum.losses {
                    rows_of_losses[*region].push((row, weights.clone()));
                }
            }
            for (region, weights) in &sum.partner_losses {
                rows_of_partner_losses[*region].push((row, weights.clone()));
            }
        }
        let variables_of_row = model.constraints.iter().map(|row| variables_of_row(coefficients, row)).collect();
        let in_support = |k: usize| coefficients.supports.iter().any(|s| s.role == k || s.serves.contains(&k));
        let is_limited = |k: usize| {
            let limits = coefficients.limits.iter().flat_map(|limits| limits.accounts.iter().chain(&limits.partners));
            limits.flatten().any(|limit| limit.claims.iter().any(|claim| claim.role == k))
        };
        let affects_losses = (0..coefficients.plan.roles.len()).map(|k| in_support(k) || is_limited(k)).collect();
        Self {
            coefficients,
            model,
            rows_of_variable,
            variables_of_row,
            rows_of_losses,
            rows_of_partner_losses,
            affects_losses,
        }
    }
}

/// The variables that change a limit's sum, and by about how much a hire of each does.
fn variables_of_row(coefficients: &Coefficients, constraint: &RangeConstraint) -> Vec<(usize, f64)> {
    if constraint.is_objective() {
        return Vec::new();
    }
    let shares = coefficients.month_shares();
    let per_hire = |starts: &[f64; 3]| starts.iter().zip(shares).map(|(adds, share)| adds * share).sum::<f64>();
    let starts = constraint.sum.starts.iter().map(|(variable, starts)| (*variable, per_hire(starts)));
    let mut variables: Vec<(usize, f64)> = starts.filter(|(_, adds)| *adds != 0.0).collect();
    // Support gives back lost capacity: how much depends on the plan, so that an average hire stands for it.
    let average = variables.iter().map(|(_, adds)| adds.abs()).sum::<f64>() / count_to_f64(variables.len().max(1));
    let direct: BTreeSet<usize> = variables.iter().map(|(variable, _)| *variable).collect();
    for (region, weights) in &constraint.sum.losses {
        let sign = -weights.iter().sum::<f64>().signum();
        let supports =
            |open: &OpenCell| open.region == *region && coefficients.supports.iter().any(|s| s.role == open.role);
        let indirect = coefficients.variables.iter().enumerate();
        let indirect = indirect.filter(|(index, v)| supports(&v.open) && !direct.contains(index));
        variables.extend(indirect.map(|(index, _)| (index, sign * average)));
    }
    variables
}
