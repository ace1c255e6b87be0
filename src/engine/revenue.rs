//! The months of a region: capacity, revenue, programme cost, contribution (model sections 5 and 6).

use std::sync::Arc;

use super::actuals::RegionActuals;
use super::by_month::ByMonth;
use super::drivers::Drivers;
use super::list::at;
use super::results::{CellOutcome, RegionMonth};
use crate::plan::{Kind, Plan};
use crate::units::{Exact, Money};

/// The inputs of a region's months, except its cells.
#[derive(PartialEq, Eq)]
pub(super) struct RevenueInputs {
    renewal_rate: Exact,
    rates: ByMonth<RevenueRates>,
}

/// What of bookings and revenue goes out again, and what is left.
#[derive(PartialEq, Eq)]
struct RevenueRates {
    first_year_incentive: Exact,
    renewal_incentive: Exact,
    credits: Exact,
    margin: Exact,
}

impl RevenueInputs {
    pub(super) fn new(plan: &Plan, drivers: &Drivers) -> Self {
        Self { renewal_rate: plan.assumptions.renewal_rate.exact(), rates: drivers.by_month(plan, RevenueRates::new) }
    }
}

impl RevenueRates {
    fn new(plan: &Plan) -> Self {
        Self {
            first_year_incentive: plan.partner_programme.first_year_incentive.exact(),
            renewal_incentive: plan.partner_programme.renewal_incentive.exact(),
            credits: plan.sla.expected_credits.exact(),
            margin: plan.assumptions.gross_margin.exact(),
        }
    }
}

/// Capacity, revenue, cost and contribution of every month, with what was booked and spent in closed ones. The first months
/// are `reused` as they are.
pub(super) fn months(
    plan: &Plan,
    drivers: &Drivers,
    cells: &[Arc<CellOutcome>],
    actuals: Option<&RegionActuals>,
    reused: &[RegionMonth],
) -> Vec<RegionMonth> {
    let months = plan.calendar.months();
    let inputs = RevenueInputs::new(plan, drivers);
    let renewals: Vec<Exact> = (0..=months / 12).map(|j| inputs.renewal_rate.power(j)).collect();
    let mut all: Vec<RegionMonth> = Vec::with_capacity(months);
    // The monthly revenue of each month's bookings: one list for each number of renewals.
    let mut service: Vec<Vec<Exact>> = renewals.iter().map(|_| Vec::with_capacity(months)).collect();
    for t in 0..months {
        let month = reused.get(t).copied().unwrap_or_else(|| {
            let mut month = sums(plan, cells, t);
            if let Some(actuals) = actuals {
                actuals.put_bookings_and_costs(t, cells, &mut month);
            }
            let rates = inputs.rates.at(t);
            let in_service =
                (1..=t).map(|j| service.get((j - 1) / 12).map_or(Exact::OUT_OF_RANGE, |list| at(list, t - j)));
            month.revenue = Money::new(in_service.sum::<Exact>().round(2));
            let partners = |years: usize| {
                all.get(t - 12 * years).map_or(Exact::OUT_OF_RANGE, |then| then.partner_capacity.exact())
            };
            let renewed = (1..=t / 12).map(|j| at(&renewals, j) * partners(j)).sum::<Exact>();
            let booked = rates.first_year_incentive * month.partner_capacity.exact();
            month.partner_incentives = Money::new((booked + rates.renewal_incentive * renewed).round(2));
            month.sla_credits = Money::new(rates.credits.times_rounded(month.revenue.exact(), 2));
            if let Some(actuals) = actuals {
                actuals.put_programme(t, &mut month);
            }
            let margin = Money::new(month.revenue.exact().times_rounded(rates.margin, 2));
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::example::{REGION, check, outcome};
    use crate::engine::{Measure, Place};
    use crate::units::Period;

    #[test]
    fn a_booking_is_in_service_from_the_month_after_it_and_renews_after_a_year() {
        // 1,210,000 a month: a twelfth of it from each month before.
        check(&[], Measure::Revenue, REGION, &["0", "100833.33", "201666.67"]);
        let months = (0..15).map(|t| outcome(&[]).figure(Measure::Revenue, REGION, Period::Month(t)).unwrap().fixed(2));
        // Twelve in full and then those of a year before at a half: 12.5 twelfths, 13 twelfths.
        assert_eq!(months.skip(12).collect::<Vec<_>>(), ["1210000.00", "1260416.67", "1310833.33"]);
    }

    #[test]
    fn partners_are_paid_when_they_book_and_at_each_renewal() {
        // 0.2 × 10,000; after a year also 0.1 × 0.5 × 10,000.
        let expected: Vec<&str> = (0..14).map(|t| if t < 12 { "2000" } else { "2500" }).collect();
        check(&[], Measure::PartnerIncentives, REGION, &expected);
    }

    #[test]
    fn credits_are_a_share_of_revenue_and_contribution_is_what_costs_leave_of_the_margin() {
        check(&[], Measure::SlaCredits, REGION, &["0", "1008.33", "2016.67"]);
        // 17 heads cost 2,000 + 1,000 + 750 + 10 + 20 + 200 each, partners 2,000.
        check(&[], Measure::PeopleCost, REGION, &["67660"]);
        check(&[], Measure::TotalCost, REGION, &["69660", "70668.33"]);
        // 50,416.67 (the half of 100,833.33 is 50,416.665) less 70,668.33.
        check(&[], Measure::Contribution, REGION, &["-69660", "-20251.66"]);
    }

    #[test]
    fn growth_pays_back_in_the_month_in_which_its_contribution_has_made_up_for_its_cost() {
        let hires = [
            ("/hires", json!({"north": {"seller": [1, 0, 0, 0, 0, 0, 0, 0]}})),
            ("/assumptions/start_phasing", json!(["0", "1", "0"])),
            ("/roles/1/kind/Support/unsupported_productivity", json!("1")),
        ];
        let outcome = outcome(&hires);
        // It costs 3,980 a month, 3,400 + 500 at its start. It books 100,000 a month: 8,333.33 more revenue each month, of
        // which a half less a hundredth is left. −7,880, +103.33, +4,186.67, +8,270: made up for in the third month after.
        let added: Vec<_> = (1..5).map(|t| outcome.added(Measure::AddedContribution, t).fixed()).collect();
        assert_eq!(added, ["-7880.00", "103.33", "4186.67", "8270.00"]);
        assert_eq!(outcome.figure(Measure::PaybackMonths, Place::Plan, Period::All).unwrap().fixed(0), "3");
        assert_eq!(outcome.first_growth_month(), Some(1));
    }

    #[test]
    fn growth_that_never_pays_back_has_no_payback() {
        let hires = [("/hires", json!({"north": {"manager": [1, 0, 0, 0, 0, 0, 0, 0]}}))];
        assert_eq!(outcome(&hires).payback_months(), None);
    }
}
