//! The months of a region: capacity, revenue, programme cost, contribution (model sections 5 and 6).

use std::sync::Arc;

use super::at;
use super::results::{CellOutcome, RegionMonth};
use crate::plan::{Kind, Plan};
use crate::units::{Exact, Money};

/// The inputs of a region's months, except its cells.
#[derive(PartialEq, Eq)]
pub(super) struct RevenueInputs {
    renewal_rate: Exact,
    first_year_incentive: Exact,
    renewal_incentive: Exact,
    credits: Exact,
    margin: Exact,
}

impl RevenueInputs {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            renewal_rate: plan.assumptions.renewal_rate.exact(),
            first_year_incentive: plan.partner_programme.first_year_incentive.exact(),
            renewal_incentive: plan.partner_programme.renewal_incentive.exact(),
            credits: plan.sla.expected_credits.exact(),
            margin: plan.assumptions.gross_margin.exact(),
        }
    }
}

/// Capacity, revenue, cost and contribution of every month. The first months are `reused` as they are.
pub(super) fn months(plan: &Plan, cells: &[Arc<CellOutcome>], reused: &[RegionMonth]) -> Vec<RegionMonth> {
    let months = plan.calendar.months();
    let inputs = RevenueInputs::new(plan);
    let renewals: Vec<Exact> = (0..=months / 12).map(|j| inputs.renewal_rate.power(j)).collect();
    let mut all: Vec<RegionMonth> = Vec::with_capacity(months);
    // The monthly revenue of each month's bookings: one list for each number of renewals.
    let mut service: Vec<Vec<Exact>> = renewals.iter().map(|_| Vec::with_capacity(months)).collect();
    for t in 0..months {
        let month = reused.get(t).copied().unwrap_or_else(|| {
            let mut month = sums(plan, cells, t);
            let in_service =
                (1..=t).map(|j| service.get((j - 1) / 12).map_or(Exact::OUT_OF_RANGE, |list| at(list, t - j)));
            month.revenue = Money::new(in_service.sum::<Exact>().round(2));
            let partners = |years: usize| {
                all.get(t - 12 * years).map_or(Exact::OUT_OF_RANGE, |then| then.partner_capacity.exact())
            };
            let renewed = (1..=t / 12).map(|j| at(&renewals, j) * partners(j)).sum::<Exact>();
            let booked = inputs.first_year_incentive * month.partner_capacity.exact();
            month.partner_incentives = Money::new((booked + inputs.renewal_incentive * renewed).round(2));
            month.sla_credits = Money::new(inputs.credits.times_rounded(month.revenue.exact(), 2));
            let margin = Money::new(month.revenue.exact().times_rounded(inputs.margin, 2));
            month.contribution = margin - month.total_cost();
            month
        });
        let monthly = month.capacity.exact() / Exact::from(12_u32);
        service.iter_mut().zip(&renewals).for_each(|(list, renewal)| list.push(monthly * *renewal));
        all.push(month);
    }
    all
}

/// Capacity and people cost of a month: the sums of its cells.
fn sums(plan: &Plan, cells: &[Arc<CellOutcome>], t: usize) -> RegionMonth {
    let mut sums = RegionMonth::default();
    for (role, cell) in plan.roles.iter().zip(cells) {
        let Some(here) = cell.months.get(t) else { continue };
        sums.capacity += here.capacity;
        if matches!(role.kind, Kind::PartnerManager { .. }) {
            sums.partner_capacity += here.capacity;
        }
        sums.people_cost += here.people_cost();
    }
    sums
}
