//! What every cell shares: linearity, pay level, attainment and payout of the month (model sections 3 to 5).

use crate::plan::{AttritionBasis, Plan, Region, Role};
use crate::units::{Exact, Ratio};

/// Values that the plan's assumptions give for all cells.
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

/// v(t) of every month: what pay is multiplied by in it; a level lasts until the next rise (model section 5).
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

/// What m(k) follows from: annual attrition with its factors, at most 1 (model section 3).
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
