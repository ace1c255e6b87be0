//! Bounds of the capacity that a region loses for want of support.
//!
//! A Support role with supply Z (in sellers that it can serve) takes (1 − u) × X × max(0, 1 − Z ÷ Y) from sellers with
//! capacity X and heads Y. That is (1 − u) × κ × max(0, Y − Z) with κ = X ÷ Y, which is not linear. But κ lies between a
//! smallest and a largest value that the region can reach in that month with the hires it may take, so that the loss is at
//! least (1 − u) × (X − largest κ × Z), and at least (1 − u) × smallest κ × (Y − Z): two linear bounds for each quarter,
//! Support role and region.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, rows, roles or months it is indexed by"
)]

use crate::analysis::optimisation::model::coefficients::{Coefficients, Effect, HireVariable, SupportRole};
use crate::analysis::optimisation::model::linear_model::{LinearSum, sum_effects};
use crate::analysis::optimisation::model::problem::Problem;
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

/// One or two sums that the capacity lost in a region and quarter for want of a Support role is never below.
pub(crate) fn loss_lower_bounds(
    coefficients: &Coefficients,
    problem: &Problem,
    region: usize,
    quarter: usize,
    support: &SupportRole,
) -> Vec<LinearSum> {
    let ratio = |t, extreme| capacity_per_head(coefficients, problem, region, support, t, extreme);
    let ratios: Vec<(usize, f64, f64)> = months_of(coefficients, quarter)
        .map(|t| (t, ratio(t, Extreme::Smallest), ratio(t, Extreme::Largest)))
        .collect();
    let lost_share = 1.0 - support.unsupported;
    let is_served = |k: usize| support.serves.contains(&k);
    let supply = |effect: &Effect, k: usize, t: usize| {
        if k == support.role { effect.ramped[t] * support.sellers_per_head } else { 0.0 }
    };
    let mut sums = Vec::new();
    if ratios.iter().all(|(_, _, largest)| largest.is_finite()) {
        sums.push(sum_effects(coefficients, &[region], &|effect, k| {
            let month = |(t, _, largest): &(usize, f64, f64)| {
                let capacity = if is_served(k) { effect.capacity[*t] } else { 0.0 };
                lost_share * (capacity - largest * supply(effect, k, *t))
            };
            ratios.iter().map(month).sum()
        }));
    }
    sums.push(sum_effects(coefficients, &[region], &|effect, k| {
        let month = |(t, smallest, _): &(usize, f64, f64)| {
            let sellers = if is_served(k) { effect.active[*t] } else { 0.0 };
            lost_share * smallest * (sellers - supply(effect, k, *t))
        };
        ratios.iter().map(month).sum()
    }));
    sums
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
    let sells = |effect: &Effect| effect.capacity[months.clone()].iter().sum::<f64>();
    let baseline = support.serves.iter().map(|k| sells(&coefficients.baseline[region][*k])).sum::<f64>();
    let sellers = served_variables(coefficients, region, support);
    let hired = sellers.map(|v| f64::from(v.open.max) * v.starts.iter().map(sells).fold(0.0, f64::max));
    (1.0 - support.unsupported) * (baseline + hired.sum::<f64>())
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
    let (capacity, heads) =
        (baseline.iter().map(|e| e.capacity[t]).sum::<f64>(), baseline.iter().map(|e| e.active[t]).sum::<f64>());
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
