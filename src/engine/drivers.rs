//! The inputs that all cells share: linearity, pay level and payout of a month; attrition and ramp of a role (model
//! sections 3 to 5).

use crate::plan::{AttritionBasis, Plan, Region, Role};
use crate::units::{Exact, Ratio};

/// Values for all cells, from the plan's assumptions and levers.
#[derive(Debug)]
pub(super) struct Drivers {
    /// w(t) by month.
    pub(super) linearity: Vec<Exact>,
    /// v(t) by month.
    pub(super) pay_level: Vec<Exact>,
    /// A: the payout at that attainment.
    pub(super) payout: Exact,
}

impl Drivers {
    pub(super) fn new(plan: &Plan) -> Self {
        let a = &plan.assumptions;
        let attainment = a.attainment.exact() * plan.levers.attainment_factor.exact();
        Self {
            linearity: (0..12).map(|t| linearity(plan, t).exact()).cycle().take(plan.calendar.months()).collect(),
            pay_level: pay_levels(plan),
            payout: if attainment > Exact::ONE {
                Exact::ONE + (attainment - Exact::ONE) * a.accelerator.exact()
            } else {
                attainment
            },
        }
    }
}

/// w(t): the share of a year's bookings that falls into month `t` (model section 4).
#[must_use]
pub fn linearity(plan: &Plan, month: usize) -> Ratio {
    let a = &plan.assumptions;
    Ratio::new(share_of(&a.seasonality, month / 3 % 4) * share_of(&a.month_linearity, month % 3))
}

/// v(t) of every month, the factor of its pay; a level lasts until the next rise (model section 5).
#[must_use]
pub fn pay_levels(plan: &Plan) -> Vec<Exact> {
    let rise = Exact::ONE + plan.assumptions.merit.rate.exact();
    let (mut rises, mut level) = (Exact::ONE, plan.levers.pay_factor.exact());
    let of_month = |t: usize| {
        if t > 0 && plan.calendar.month(t).of_year() == plan.assumptions.merit.month {
            rises = rises * rise;
            level = plan.levers.pay_factor.exact() * rises;
        }
        level
    };
    (0..plan.calendar.months()).map(of_month).collect()
}

/// The share of one weight: it ÷ the sum of all.
fn share_of(weights: &[Ratio], index: usize) -> Exact {
    let weight = weights.get(index).map_or(Exact::OUT_OF_RANGE, |weight| weight.exact());
    weight / weights.iter().map(|w| w.exact()).sum()
}

/// j: how many of the months 1 … t have the calendar month of the pay rise.
pub(super) fn rises(plan: &Plan, month: usize) -> usize {
    (1..=month).filter(|t| plan.calendar.month(*t).of_year() == plan.assumptions.merit.month).count()
}

/// The annual attrition of a cell with its factors, at most 1 (model section 3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attrition {
    first_year: Exact,
    later: Exact,
    basis: AttritionBasis,
}

impl Attrition {
    pub(super) fn new(plan: &Plan, region: &Region, role: &Role) -> Self {
        let factors = region.attrition_factor.exact() * plan.levers.attrition_factor.exact();
        let annual = |rate: Ratio| Exact::ONE.min(rate.exact() * factors);
        Self {
            first_year: annual(role.attrition.first_year),
            later: annual(role.attrition.later),
            basis: plan.assumptions.attrition_basis,
        }
    }

    /// m(k) in the first year of tenure and later.
    pub(super) fn monthly(self) -> (Exact, Exact) {
        let monthly = |annual: Exact| match self.basis {
            AttritionBasis::Simple => annual / Exact::from(12_u32),
            AttritionBasis::Compound => annual.compound_month(),
        };
        (monthly(self.first_year), monthly(self.later))
    }
}

/// p(k) and payout(k) of a role at one tenure (model sections 3 and 5).
#[derive(Debug, Clone, Copy)]
pub(super) struct Productivity {
    pub(super) sells: Exact,
    pub(super) paid: Exact,
}

/// The ramp of a role, slipped as the levers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ramp<'a> {
    shares: &'a [Ratio],
    guarantee: Exact,
    slip: u32,
    payout: Exact,
}

impl<'a> Ramp<'a> {
    pub(super) fn new(plan: &Plan, role: &'a Role, drivers: &Drivers) -> Self {
        let (shares, guarantee) = (role.ramp.as_slice(), role.ramp_guarantee.exact());
        Self { shares, guarantee, slip: plan.levers.ramp_slip, payout: drivers.payout }
    }

    /// First tenure at which nothing of the ramp is left.
    pub(super) fn end(&self) -> u32 {
        self.slip.saturating_add(u32::try_from(self.shares.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn sells(&self, tenure: u32) -> Exact {
        let place = usize::try_from(tenure.saturating_sub(self.slip)).unwrap_or(usize::MAX);
        self.shares.get(place).map_or(Exact::ONE, |share| share.exact())
    }

    pub(super) fn paid(&self, tenure: u32) -> Exact {
        let earned = self.sells(tenure) * self.payout;
        if tenure < self.end() { earned.max(self.guarantee) } else { earned }
    }

    pub(super) fn at(&self, tenure: u32) -> Productivity {
        Productivity { sells: self.sells(tenure), paid: self.paid(tenure) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::example::{exact, plan};

    #[test]
    fn linearity_is_the_share_of_the_quarter_times_that_of_the_month() {
        let plan = plan(&[
            ("/assumptions/seasonality", json!(["1", "1", "2", "4"])),
            ("/assumptions/month_linearity", json!(["1", "2", "1"])),
        ]);
        for (month, expected) in [(0, "0.03125"), (1, "0.0625"), (7, "0.125"), (11, "0.125"), (12, "0.03125")] {
            assert_eq!(linearity(&plan, month).exact(), exact(expected), "month {month}");
        }
        let year: Exact = (0..12).map(|t| linearity(&plan, t).exact()).sum();
        assert_eq!(year, Exact::ONE);
    }

    #[test]
    fn pay_rises_in_its_month_but_not_in_the_first() {
        let rise = ("/assumptions/merit", json!({"month": 1, "rate": "0.1"}));
        let levels = pay_levels(&plan(&[rise, ("/levers/pay_factor", json!("2"))]));
        assert_eq!(levels.first().copied(), Some(exact("2")));
        assert_eq!(levels.get(11..13), Some(&[exact("2"), exact("2.2")][..]));
        let rise = ("/assumptions/merit", json!({"month": 3, "rate": "0.1"}));
        let levels = pay_levels(&plan(&[rise]));
        assert_eq!(levels.get(1..3), Some(&[exact("1"), exact("1.1")][..]));
        assert_eq!(levels.get(14).copied(), Some(exact("1.21")));
    }

    #[test]
    fn the_accelerator_pays_for_attainment_above_one() {
        for (attainment, factor, accelerator, expected) in
            [("0.8", "1", "2", "0.8"), ("1", "1", "2", "1"), ("1.2", "1", "2", "1.4"), ("1", "1.5", "3", "2.5")]
        {
            let drivers = Drivers::new(&plan(&[
                ("/assumptions/attainment", json!(attainment)),
                ("/assumptions/accelerator", json!(accelerator)),
                ("/levers/attainment_factor", json!(factor)),
            ]));
            assert_eq!(drivers.payout, exact(expected), "{attainment} × {factor}");
        }
    }

    #[test]
    fn the_guarantee_holds_while_ramping_and_not_after_it() {
        let plan = plan(&[
            ("/roles/0/ramp", json!(["0", "0.5"])),
            ("/roles/0/ramp_guarantee", json!("0.3")),
            ("/levers/ramp_slip", json!(1)),
            ("/assumptions/attainment", json!("0.2")),
        ]);
        let drivers = Drivers::new(&plan);
        let ramp = Ramp::new(&plan, plan.roles.first().unwrap(), &drivers);
        for (tenure, sells, paid) in [(0, "0", "0.3"), (1, "0", "0.3"), (2, "0.5", "0.3"), (3, "1", "0.2")] {
            assert_eq!((ramp.sells(tenure), ramp.paid(tenure)), (exact(sells), exact(paid)), "tenure {tenure}");
        }
        assert_eq!(ramp.end(), 3);
    }
}
