//! Accounts and partners that run out (model section 4): the number in a month, the number that a head of each role
//! wants, and the sales with one. The best use comes first, which is the linear program of the most that can be sold with them.

#![allow(clippy::float_arithmetic, reason = "it proposes, the engine judges")]

use super::plans_in_force::PlansInForce;
use crate::engine::linearity;
use crate::plan::{Kind, Plan, Region};

/// Heads below which a demand counts as 0.
const NOBODY: f64 = 1e-9;

/// A limit on the sales of a region, by month; empty if it never limits them.
#[derive(Debug, Clone, Default)]
pub(crate) struct RegionLimits {
    /// The accounts that sellers have.
    pub(crate) accounts: Vec<Option<SalesLimit>>,
    /// The partners that partner managers have.
    pub(crate) partners: Vec<Option<SalesLimit>>,
}

/// Accounts or partners of a region in a month.
#[derive(Debug, Clone)]
pub(crate) struct SalesLimit {
    pub(crate) available: f64,
    /// The roles that want them.
    pub(crate) claims: Vec<RoleClaim>,
}

/// The accounts or partners that a role wants.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RoleClaim {
    pub(crate) role: usize,
    /// Accounts or partners of a ramped head.
    pub(crate) per_head: f64,
    /// Sales of one account or partner in the month with full support.
    pub(crate) value: f64,
}

impl RegionLimits {
    /// The limits of the region at a place of the plan's list.
    pub(crate) fn new(plans: &PlansInForce, index: usize) -> Self {
        let by_month = |limit: fn(&Plan, &Region, usize) -> Option<SalesLimit>| {
            let months = 0..plans.first().calendar.months();
            let limits: Vec<_> = months
                .map(|t| {
                    let plan = plans.at(t);
                    limit(plan, plan.regions.get(index)?, t)
                })
                .collect();
            if limits.iter().all(Option::is_none) { Vec::new() } else { limits }
        };
        Self { accounts: by_month(SalesLimit::accounts), partners: by_month(SalesLimit::partners) }
    }
}

impl SalesLimit {
    fn accounts(plan: &Plan, region: &Region, month: usize) -> Option<Self> {
        let attainment = (plan.assumptions.attainment.exact() * plan.levers.attainment_factor.exact()).to_f64();
        let is_limited = plan.assumptions.accounts_limit && region.accounts > 0;
        is_limited.then(|| Self {
            available: f64::from(region.accounts),
            claims: claims(plan, region, month, |kind| match kind {
                Kind::Seller { annual_quota, accounts_per_head } => {
                    let per_head = accounts_per_head.exact().to_f64();
                    Some((per_head, annual_quota.exact().to_f64() * attainment / per_head))
                }
                _ => None,
            }),
        })
    }

    fn partners(plan: &Plan, region: &Region, month: usize) -> Option<Self> {
        let is_launched = plan.calendar.month(month) >= plan.partner_programme.launch;
        region.partners.filter(|_| is_launched).map(|partners| Self {
            available: f64::from(partners),
            claims: claims(plan, region, month, |kind| match kind {
                Kind::PartnerManager { partners_per_head, annual_bookings_per_partner } => {
                    Some((partners_per_head.exact().to_f64(), annual_bookings_per_partner.exact().to_f64()))
                }
                _ => None,
            }),
        })
    }

    /// The accounts or partners that a head wants; 0 for a role that wants none.
    pub(crate) fn wanted_per_head(&self, role: usize) -> f64 {
        self.claims.iter().find(|claim| claim.role == role).map_or(0.0, |claim| claim.per_head)
    }

    /// The sales lost for want of accounts or partners, if the best use comes first: `sales` gives the ramped heads of a role
    /// and the share of their sales that a lack of support leaves.
    pub(crate) fn lost(&self, sales: impl Fn(usize) -> (f64, f64)) -> f64 {
        let mut order: Vec<(f64, f64)> = Vec::with_capacity(self.claims.len());
        for claim in &self.claims {
            let (ramped, left) = sales(claim.role);
            order.push((claim.value * left, claim.per_head * ramped));
        }
        order.sort_by(|(one, _), (other, _)| other.total_cmp(one));
        let mut available = self.available;
        let lost = order.into_iter().map(|(value, wanted)| {
            let missing = if wanted < NOBODY { 0.0 } else { (wanted - available).max(0.0) };
            available = (available - wanted).max(0.0);
            value * missing
        });
        lost.sum()
    }
}

/// The roles that want accounts or partners, each with the number that a head wants and its sales of a year with one.
fn claims(plan: &Plan, region: &Region, month: usize, of: impl Fn(&Kind) -> Option<(f64, f64)>) -> Vec<RoleClaim> {
    let share = region.productivity.exact() * linearity(plan, Some(region), month).exact();
    let claim =
        |(role, (per_head, annual)): (usize, (f64, f64))| RoleClaim { role, per_head, value: annual * share.to_f64() };
    let roles = plan.roles.iter().enumerate().filter_map(|(index, role)| Some((index, of(&role.kind)?)));
    roles.filter(|(_, (per_head, _))| *per_head > 0.0).map(claim).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_use_comes_first() {
        let claim = |role, per_head, value| RoleClaim { role, per_head, value };
        let limit = SalesLimit { available: 100.0, claims: vec![claim(0, 10.0, 3.0), claim(1, 5.0, 7.0)] };
        let check = |[one, other]: [(f64, f64); 2], expected: f64| {
            let lost = limit.lost(|role| if role == 0 { one } else { other });
            assert!((lost - expected).abs() < 1e-9, "{lost}");
        };
        check([(5.0, 1.0), (10.0, 1.0)], 0.0);
        // 150 are wanted; the 50 that are not there are those of the first role.
        check([(10.0, 1.0), (10.0, 1.0)], 150.0);
        // Without support the second role sells less with one.
        check([(10.0, 1.0), (10.0, 0.4)], 50.0 * 7.0 * 0.4);
        check([(0.0, 1.0), (30.0, 1.0)], 350.0);
    }
}
