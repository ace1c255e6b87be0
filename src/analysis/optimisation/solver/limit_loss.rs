//! Bounds of the capacity that a region loses for want of accounts or partners.
//!
//! Accounts and partners go to their best use first. So the capacity of roles k with x heads, of which each wants a and sells c, is
//! the most of Σ c × y with y ≤ x and Σ a × y ≤ A; by duality the loss is the largest of Σ min(c, λ × a) × x − λ × A over
//! the values λ of an account to each role. Each is a linear bound from below. From above, the loss is at most the largest
//! value times max(0, Σ a × x − A), and that at most its chord over the accounts that may be wanted.
//!
//! A lack of support lowers what sellers sell as well. Together they lose at least what a lack of support takes, and what a
//! lack of accounts takes with what a lack of support takes of the rest, which has a column of its own; and at most the sum.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the regions, months or quarters it is indexed by"
)]

use super::program_column::ProgramColumn;
use super::support_loss::loss_upper_bound;
use super::wanted::{wanted, wanted_range};
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::linear_model::{LinearSum, sum_effects};
use crate::analysis::optimisation::model::sales_limits::SalesLimit;

/// The columns of the losses of each region.
#[derive(Debug, Clone, Default)]
pub(super) struct LimitColumns {
    /// By region and month: what sellers lose for want of accounts, with full support.
    pub(super) accounts: Vec<Vec<Option<usize>>>,
    /// By region and quarter: what sellers lose at least for want of support and accounts.
    pub(super) direct: Vec<Vec<Option<usize>>>,
    /// By region and month: what partner managers lose for want of partners.
    pub(super) partners: Vec<Vec<Option<usize>>>,
}

/// A loss with its column.
#[derive(Debug, Clone, Copy)]
pub(super) struct LimitLoss<'a> {
    pub(super) column: usize,
    region: usize,
    month: usize,
    limit: &'a SalesLimit,
    /// The least and the most that may be wanted.
    wanted: (f64, f64),
}

impl LimitColumns {
    /// Adds a column for each loss that a plan can have.
    pub(super) fn add<'a>(
        coefficients: &'a Coefficients,
        columns: &mut Vec<ProgramColumn>,
    ) -> (Self, Vec<LimitLoss<'a>>) {
        let (mut all, mut losses) = (Self::default(), Vec::new());
        for (region, limits) in coefficients.limits.iter().enumerate() {
            let mut add_losses = |name: &str, limits: &'a [Option<SalesLimit>]| -> Vec<Option<usize>> {
                let months = limits.iter().enumerate().map(|(month, limit)| {
                    let loss = LimitLoss::new(coefficients, (region, month), limit.as_ref()?, columns.len())?;
                    columns.push(ProgramColumn {
                        name: format!("{name}_{region}_{month}"),
                        region,
                        upper_bound: loss.largest(),
                        integer: false,
                        objective: 0.0,
                    });
                    losses.push(loss);
                    Some(loss.column)
                });
                months.collect()
            };
            let accounts = add_losses("a", &limits.accounts);
            all.partners.push(add_losses("p", &limits.partners));
            let quarters = accounts.chunks(3).enumerate().map(|(quarter, months)| {
                let months: Vec<usize> = months.iter().flatten().copied().collect();
                let of_support =
                    coefficients.supports.iter().map(|s| loss_upper_bound(coefficients, region, quarter, s));
                let upper_bound = months.iter().map(|column| columns[*column].upper_bound).chain(of_support).sum();
                (!months.is_empty()).then(|| {
                    let name = format!("d_{region}_{quarter}");
                    columns.push(ProgramColumn { name, region, upper_bound, integer: false, objective: 0.0 });
                    columns.len() - 1
                })
            });
            all.direct.push(quarters.collect());
            all.accounts.push(accounts);
        }
        (all, losses)
    }
}

impl<'a> LimitLoss<'a> {
    /// The loss of a region in a month; `None` if no plan can lose anything there.
    fn new(
        coefficients: &Coefficients,
        (region, month): (usize, usize),
        limit: &'a SalesLimit,
        column: usize,
    ) -> Option<Self> {
        let wanted = wanted_range(coefficients, region, month, limit);
        let loss = Self { column, region, month, limit, wanted };
        (loss.largest() > 0.0).then_some(loss)
    }

    /// The most that a role sells with one account or partner.
    fn largest_value(&self) -> f64 {
        self.limit.claims.iter().map(|claim| claim.value).fold(0.0, f64::max)
    }

    /// The largest loss.
    fn largest(&self) -> f64 {
        self.largest_value() * (self.wanted.1 - self.limit.available).max(0.0)
    }

    /// Sums that the loss is never below: one for each value that an account or a partner can have.
    pub(super) fn lower_bounds(&self, coefficients: &Coefficients) -> Vec<LinearSum> {
        let mut values: Vec<f64> = self.limit.claims.iter().map(|claim| claim.value).filter(|v| *v > 0.0).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let bound = |value: f64| {
            // This figure has no deviation of its own: that of the capacity, from which the loss is taken, covers both.
            let mut sum = sum_effects(coefficients, &[self.region], &|effect, k| {
                let per_head = self.limit.wanted_per_head(k);
                if per_head == 0.0 {
                    return 0.0;
                }
                effect.capacity[self.month].min(value * per_head * effect.ramped[self.month])
            });
            sum.constant -= value * self.limit.available;
            sum
        };
        values.into_iter().map(bound).collect()
    }

    /// A sum that the loss is never above: the chord.
    pub(super) fn upper_bound(&self, coefficients: &Coefficients) -> LinearSum {
        let (smallest, largest) = self.wanted;
        let beyond = |wanted: f64| (wanted - self.limit.available).max(0.0);
        let slope = if largest > smallest { (beyond(largest) - beyond(smallest)) / (largest - smallest) } else { 0.0 };
        let value = self.largest_value();
        let mut sum = sum_effects(coefficients, &[self.region], &|effect, k| {
            value * slope * wanted(self.limit, effect, k, self.month)
        });
        sum.constant += value * (beyond(smallest) - slope * smallest);
        sum
    }
}
