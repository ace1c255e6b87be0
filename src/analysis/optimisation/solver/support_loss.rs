//! What a lack of support takes away at least, as rows of the relaxation.
//!
//! A Support role with supply Z (in sellers it can serve) takes (1 − u) × X × max(0, 1 − Z ÷ Y) from sellers with capacity
//! X and heads Y. That is (1 − u) × κ × max(0, Y − Z) with κ = X ÷ Y, which no line can say. But κ lies between a least
//! and a greatest value that the region can reach in that month with what it may hire, so that no less is lost than
//! (1 − u) × (X − greatest κ × Z), nor than (1 − u) × least κ × (Y − Z): two lines a quarter, role and region.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use crate::analysis::optimisation::model::coefficients::{Effect, Frame, Support};
use crate::analysis::optimisation::model::linear_model::Sum;
use crate::analysis::optimisation::model::problem::Problem;

/// Steps of halving for a ratio.
const HALVINGS: usize = 50;

/// Two sums that what a role's lack takes from a region in a quarter is no less than.
pub(crate) fn least(frame: &Frame, problem: &Problem, region: usize, quarter: usize, support: &Support) -> Vec<Sum> {
    let months = quarter * 3..(quarter * 3 + 3).min(frame.months);
    let ratios: Vec<(usize, f64, f64)> = months
        .map(|t| (t, ratio(frame, problem, region, support, t, false), ratio(frame, problem, region, support, t, true)))
        .collect();
    let weight = 1.0 - support.idle;
    let served = |k: usize| support.serves.contains(&k);
    let supply = |effect: &Effect, k: usize, t: usize| {
        if k == support.role { effect.ramped[t] * support.sellers_per_head } else { 0.0 }
    };
    let mut sums = Vec::new();
    if ratios.iter().all(|(_, _, most)| most.is_finite()) {
        sums.push(crate::analysis::optimisation::model::linear_model::over(frame, &[region], &|effect, k| {
            let of = |(t, _, most): &(usize, f64, f64)| {
                weight * (if served(k) { effect.capacity[*t] } else { 0.0 } - most * supply(effect, k, *t))
            };
            ratios.iter().map(of).sum()
        }));
    }
    sums.push(crate::analysis::optimisation::model::linear_model::over(frame, &[region], &|effect, k| {
        let of = |(t, least, _): &(usize, f64, f64)| {
            weight * least * (if served(k) { effect.active[*t] } else { 0.0 } - supply(effect, k, *t))
        };
        ratios.iter().map(of).sum()
    }));
    sums
}

/// What a role's lack can take from a region in a quarter at most: 1 − u of all that its sellers could sell.
pub(crate) fn most(frame: &Frame, region: usize, quarter: usize, support: &Support) -> f64 {
    let months = quarter * 3..(quarter * 3 + 3).min(frame.months);
    let sells = |effect: &Effect| effect.capacity[months.clone()].iter().sum::<f64>();
    let there = support.serves.iter().map(|k| sells(&frame.there[region][*k])).sum::<f64>();
    let slots = frame.slots.iter().filter(|s| s.open.region == region && support.serves.contains(&s.open.role));
    let hired = slots.map(|slot| f64::from(slot.open.most) * slot.starts.iter().map(sells).fold(0.0, f64::max));
    (1.0 - support.idle) * (there + hired.sum::<f64>())
}

/// The least or the greatest capacity per head of the served sellers that a region can have in a month.
fn ratio(frame: &Frame, problem: &Problem, region: usize, support: &Support, t: usize, greatest: bool) -> f64 {
    let served: Vec<_> =
        frame.slots.iter().filter(|s| s.open.region == region && support.serves.contains(&s.open.role)).collect();
    let there: Vec<&Effect> = support.serves.iter().filter_map(|k| frame.there.get(region)?.get(*k)).collect();
    let (capacity, heads) =
        (there.iter().map(|e| e.capacity[t]).sum::<f64>(), there.iter().map(|e| e.active[t]).sum::<f64>());
    let room: Vec<f64> = (0..=t / 3).map(|q| room(frame, problem, region, q, &served)).collect();
    // The most extreme of capacity − ratio × heads.
    let extreme = |ratio: f64| {
        let hires = room.iter().enumerate().map(|(q, room)| {
            let here = served.iter().filter(|s| s.open.quarter == q).flat_map(|s| &s.starts);
            let adds = here.map(|e| e.capacity[t] - ratio * e.active[t]);
            let best = if greatest { adds.fold(0.0, f64::max) } else { adds.fold(0.0, f64::min) };
            best * room
        });
        capacity - ratio * heads + hires.sum::<f64>()
    };
    let all = served.iter().flat_map(|s| &s.starts).chain(there.iter().copied());
    let top = all.filter(|e| e.active[t] > 0.0).map(|e| e.capacity[t] / e.active[t]).fold(0.0, f64::max) * 1.01;
    if greatest && extreme(top) > 0.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (0.0, top);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        // Both fall as the ratio grows.
        if extreme(middle) > 0.0 { low = middle } else { high = middle }
    }
    if greatest { high } else { low }
}

/// The most hires of the served sellers that a region can take in a quarter.
fn room(
    frame: &Frame,
    problem: &Problem,
    region: usize,
    quarter: usize,
    served: &[&crate::analysis::optimisation::model::coefficients::Slot],
) -> f64 {
    let open = served.iter().filter(|s| s.open.quarter == quarter).map(|s| f64::from(s.open.most)).sum::<f64>();
    let levers = &frame.plan.levers;
    let fill = levers.fill_rate.exact().to_f64();
    // With a delay that splits quarters, starts of a quarter are not its hires.
    if !levers.hire_delay.is_multiple_of(3) || fill <= 0.0 {
        return open;
    }
    let seats = frame.plan.regions[region].onboarding_seats.filter(|_| problem.limits.onboarding_seats);
    let at = quarter + usize::try_from(levers.hire_delay / 3).unwrap_or(usize::MAX / 2);
    let recruiting = frame.plan.recruiting_capacity.get(at).copied().filter(|_| problem.limits.recruiting_capacity);
    [seats, recruiting].into_iter().flatten().fold(open, |most, limit| most.min(f64::from(limit) / fill))
}
