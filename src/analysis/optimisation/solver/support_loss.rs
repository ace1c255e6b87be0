//! Bounds of the capacity that a region loses for want of support.
//!
//! A Support role with supply Z (in sellers that it can serve) takes (1 − u) × X × max(0, 1 − Z ÷ Y) from sellers with
//! capacity X and heads Y. That is (1 − u) × κ × max(0, Y − Z) with κ = X ÷ Y, which is not linear. But κ lies between a
//! smallest and a largest value that the region can reach in that month with the hires it may take, so that the loss is at
//! least (1 − u) × (X − largest κ × Z), and at least (1 − u) × smallest κ × (Y − Z): two linear bounds for each quarter,
//! Support role and region.
//!
//! If accounts run out, and the sellers that the role serves come before all others however badly they are supported, X is
//! what accounts leave these. It is then at least all accounts at their smallest value, which gives a smallest κ for the most
//! heads that there can be.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, rows, roles or months it is indexed by"
)]

use super::wanted::wanted_range;
use crate::analysis::optimisation::model::coefficients::{Coefficients, HireVariable, SupportRole};
use crate::analysis::optimisation::model::effect::Effect;
use crate::analysis::optimisation::model::linear_model::{LinearSum, sum_effects};
use crate::analysis::optimisation::model::problem::Problem;
use crate::analysis::optimisation::model::sales_limits::{RoleClaim, SalesLimit};
use crate::engine::LimitKind;

/// Bisections for a ratio.
const BISECTIONS: usize = 50;

/// Whether a ratio is the smallest or the largest that can be reached.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Extreme {
    Smallest,
    Largest,
}

/// The months of a quarter inside the horizon.
fn months_of(coefficients: &Coefficients, quarter: usize) -> std::ops::Range<usize> {
    quarter * 3..(quarter * 3 + 3).min(coefficients.months)
}

/// A lower bound of the capacity lost in a region and quarter for want of a Support role.
#[derive(Debug)]
pub(crate) struct LossBound {
    pub(crate) sum: LinearSum,
    /// The shares of what a lack of accounts takes in months of the quarter, by which the sum is too high.
    pub(crate) less_accounts: Vec<(usize, f64)>,
}

/// Whether the loss for want of a Support role in a region and quarter is of what accounts leave: those it serves have them
/// before all others, however badly they are supported.
pub(crate) fn is_of_what_accounts_leave(
    coefficients: &Coefficients,
    region: usize,
    quarter: usize,
    support: &SupportRole,
) -> bool {
    let is_served = |claim: &&RoleClaim| support.serves.contains(&claim.role);
    months_of(coefficients, quarter).all(|t| {
        let Some(Some(limit)) = coefficients.limits[region].accounts.get(t) else { return true };
        let unsupported = |claim: &RoleClaim| {
            let supports = coefficients.supports.iter().filter(|s| s.serves.contains(&claim.role));
            supports.map(|s| s.unsupported[t]).product::<f64>()
        };
        let (served, others): (Vec<&RoleClaim>, Vec<&RoleClaim>) = limit.claims.iter().partition(is_served);
        let least = served.iter().map(|claim| claim.value * unsupported(claim)).fold(f64::INFINITY, f64::min);
        others.iter().all(|claim| claim.value <= least)
    })
}

/// The accounts in a month, as those whom a Support role serves may want more; `None` if they have what they want.
fn short_accounts(coefficients: &Coefficients, region: usize, support: &SupportRole, t: usize) -> Option<SalesLimit> {
    let limit = coefficients.limits[region].accounts.get(t)?.as_ref()?;
    let claims = limit.claims.iter().filter(|claim| support.serves.contains(&claim.role)).copied().collect();
    let limit = SalesLimit { available: limit.available, claims };
    (wanted_range(coefficients, region, t, &limit).1 > limit.available).then_some(limit)
}

/// Lower bounds, at most two, of the capacity lost in a region and quarter for want of a Support role.
pub(crate) fn loss_lower_bounds(
    coefficients: &Coefficients,
    problem: &Problem,
    region: usize,
    quarter: usize,
    support: &SupportRole,
) -> Vec<LossBound> {
    let months = || months_of(coefficients, quarter);
    let is_served = |k: usize| support.serves.contains(&k);
    if months().any(|t| !ServedTeam::new(coefficients, region, support, t).is_certain()) {
        return Vec::new();
    }
    let is_limited = is_of_what_accounts_leave(coefficients, region, quarter, support);
    let limit = |t: usize| short_accounts(coefficients, region, support, t).filter(|_| is_limited);
    let ratio = |t, extreme| capacity_per_head(coefficients, problem, region, support, t, extreme);
    let smallest = |t: usize| {
        let of_accounts = limit(t).map(|limit| {
            let value = limit.claims.iter().map(|claim| claim.value).fold(f64::INFINITY, f64::min);
            value * limit.available / most_heads(coefficients, problem, region, support, t)
        });
        ratio(t, Extreme::Smallest).min(of_accounts.unwrap_or(f64::INFINITY))
    };
    let ratios: Vec<(usize, f64, f64)> = months().map(|t| (t, smallest(t), ratio(t, Extreme::Largest))).collect();
    let lost_share = |t: usize| 1.0 - support.unsupported[t];
    let supply = |effect: &Effect, k: usize, t: usize| {
        if k == support.role { effect.ramped[t] * support.sellers_per_head[t] } else { 0.0 }
    };
    let mut bounds = Vec::new();
    if ratios.iter().all(|(_, _, largest)| largest.is_finite()) {
        let sum = sum_effects(coefficients, &[region], &|effect, k| {
            let month = |(t, _, largest): &(usize, f64, f64)| {
                let capacity = if is_served(k) { effect.capacity[*t] } else { 0.0 };
                lost_share(*t) * (capacity - largest * supply(effect, k, *t))
            };
            ratios.iter().map(month).sum()
        });
        let less_accounts = months().filter(|t| limit(*t).is_some()).map(|t| (t, lost_share(t))).collect();
        bounds.push(LossBound { sum, less_accounts });
    }
    let sum = sum_effects(coefficients, &[region], &|effect, k| {
        let month = |(t, smallest, _): &(usize, f64, f64)| {
            let sellers = if is_served(k) { effect.active[*t] } else { 0.0 };
            lost_share(*t) * smallest * (sellers - supply(effect, k, *t))
        };
        ratios.iter().map(month).sum()
    });
    bounds.push(LossBound { sum, less_accounts: Vec::new() });
    bounds
}

/// The capacity and heads of the sellers that a Support role serves in a region and month, without open hires, and how far
/// they may be from that.
struct ServedTeam {
    capacity: f64,
    heads: f64,
    capacity_deviation: f64,
    heads_deviation: f64,
}

impl ServedTeam {
    fn new(coefficients: &Coefficients, region: usize, support: &SupportRole, t: usize) -> Self {
        let baseline = support.serves.iter().filter_map(|k| coefficients.baseline.get(region)?.get(*k));
        let deviations = support.serves.iter().filter_map(|k| coefficients.deviations.by_cell.get(&(region, *k)));
        Self {
            capacity: baseline.clone().map(|effect| effect.capacity[t]).sum(),
            heads: baseline.map(|effect| effect.active[t]).sum(),
            capacity_deviation: deviations.clone().map(|effect| effect.capacity[t]).sum(),
            heads_deviation: deviations.map(|effect| effect.active[t]).sum(),
        }
    }

    /// Whether somebody is there for certain, so that capacity per head has bounds.
    fn is_certain(&self) -> bool {
        self.heads_deviation <= 0.0 || self.heads_deviation < self.heads
    }
}

/// The most heads of served sellers that a region can have in a month.
fn most_heads(coefficients: &Coefficients, problem: &Problem, region: usize, support: &SupportRole, t: usize) -> f64 {
    let team = ServedTeam::new(coefficients, region, support, t);
    let served: Vec<_> = served_variables(coefficients, region, support).collect();
    let hires = (0..=t / 3).map(|q| {
        let starts = served.iter().filter(|v| v.open.quarter == q).flat_map(|v| &v.starts);
        let most = starts.map(|effect| effect.active[t]).fold(0.0, f64::max);
        most * max_hires(coefficients, problem, region, q, &served)
    });
    team.heads + team.heads_deviation + hires.sum::<f64>()
}

/// The largest capacity that a region can lose in a quarter for want of a Support role: 1 − u of all that its sellers could
/// sell.
pub(crate) fn loss_upper_bound(
    coefficients: &Coefficients,
    region: usize,
    quarter: usize,
    support: &SupportRole,
) -> f64 {
    let months = months_of(coefficients, quarter);
    let sells = |effect: &Effect| {
        let month = |t: usize| (1.0 - support.unsupported[t]) * effect.capacity[t];
        months.clone().map(month).sum::<f64>()
    };
    let served = support.serves.iter().map(|k| (region, *k));
    let deviations = served.filter_map(|cell| coefficients.deviations.by_cell.get(&cell)).map(sells).sum::<f64>();
    let baseline = support.serves.iter().map(|k| sells(&coefficients.baseline[region][*k])).sum::<f64>();
    let sellers = served_variables(coefficients, region, support);
    let hired = sellers.map(|v| f64::from(v.open.max) * v.starts.iter().map(sells).fold(0.0, f64::max));
    baseline + deviations + hired.sum::<f64>()
}

/// The variables of a region's sellers that a Support role serves.
fn served_variables<'a>(
    coefficients: &'a Coefficients,
    region: usize,
    support: &'a SupportRole,
) -> impl Iterator<Item = &'a HireVariable> {
    let variables = coefficients.variables.iter();
    variables.filter(move |v| v.open.region == region && support.serves.contains(&v.open.role))
}

/// The smallest or the largest capacity per head of the served sellers that a region can have in a month.
fn capacity_per_head(
    coefficients: &Coefficients,
    problem: &Problem,
    region: usize,
    support: &SupportRole,
    t: usize,
    extreme: Extreme,
) -> f64 {
    let served: Vec<_> = served_variables(coefficients, region, support).collect();
    let baseline: Vec<&Effect> =
        support.serves.iter().filter_map(|k| coefficients.baseline.get(region)?.get(*k)).collect();
    let team = ServedTeam::new(coefficients, region, support, t);
    let (capacity, heads) = match extreme {
        Extreme::Largest => (team.capacity + team.capacity_deviation, team.heads - team.heads_deviation),
        Extreme::Smallest => (team.capacity - team.capacity_deviation, team.heads + team.heads_deviation),
    };
    let max_hires: Vec<f64> = (0..=t / 3).map(|q| max_hires(coefficients, problem, region, q, &served)).collect();
    // The extreme value of capacity − ratio × heads.
    let surplus = |ratio: f64| {
        let hires = max_hires.iter().enumerate().map(|(q, max_hires)| {
            let starts = served.iter().filter(|v| v.open.quarter == q).flat_map(|v| &v.starts);
            let adds = starts.map(|e| e.capacity[t] - ratio * e.active[t]);
            let best = match extreme {
                Extreme::Largest => adds.fold(0.0, f64::max),
                Extreme::Smallest => adds.fold(0.0, f64::min),
            };
            best * max_hires
        });
        capacity - ratio * heads + hires.sum::<f64>()
    };
    let all = served.iter().flat_map(|v| &v.starts).chain(baseline.iter().copied());
    let top = all.filter(|e| e.active[t] > 0.0).map(|e| e.capacity[t] / e.active[t]).fold(0.0, f64::max) * 1.01;
    if extreme == Extreme::Largest && surplus(top) > 0.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0, top);
    for _ in 0..BISECTIONS {
        let middle = f64::midpoint(low, high);
        // The surplus falls as the ratio grows.
        if surplus(middle) > 0.0 { low = middle } else { high = middle }
    }
    match extreme {
        Extreme::Largest => high,
        Extreme::Smallest => low,
    }
}

/// The largest number of served sellers that a region can hire in a quarter.
fn max_hires(
    coefficients: &Coefficients,
    problem: &Problem,
    region: usize,
    quarter: usize,
    served: &[&HireVariable],
) -> f64 {
    let in_quarter = served.iter().filter(|v| v.open.quarter == quarter);
    let open = in_quarter.map(|v| f64::from(v.open.max)).sum::<f64>();
    let plan = &coefficients.plan;
    let fill_rate = plan.levers.fill_rate.exact().to_f64();
    // With a delay that splits quarters, the starts of a quarter are not its hires.
    if !plan.levers.hire_delay.is_multiple_of(3) || fill_rate <= 0.0 {
        return open;
    }
    let seats = plan.regions[region].onboarding_seats.filter(|_| problem.limits.are_kept(LimitKind::OnboardingSeats));
    let start_quarter = quarter + usize::try_from(plan.levers.hire_delay / 3).unwrap_or(usize::MAX / 2);
    let recruiting = plan
        .recruiting_capacity
        .get(start_quarter)
        .copied()
        .filter(|_| problem.limits.are_kept(LimitKind::RecruitingCapacity));
    [seats, recruiting].into_iter().flatten().fold(open, |hires, starts| hires.min(f64::from(starts) / fill_rate))
}
