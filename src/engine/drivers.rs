//! The inputs that all cells share: the values in force, linearity, pay level and payout of a month; attrition and ramp of
//! a role (model sections 2a and 3 to 5).

use std::collections::BTreeMap;

use super::arrivals::CellIndex;
use super::by_month::ByMonth;
use super::cohort::Cohort;
use super::starts::{self, GrowthStarts};
use crate::plan::{AttritionBasis, Plan, Region, Role};
use crate::units::{Exact, Ratio};

/// Values for all cells, from the plan's changes, assumptions and levers.
#[derive(Debug)]
pub(super) struct Drivers {
    /// The plans in force after the first month, each with the month from which it is.
    in_force: Vec<(usize, Plan)>,
    /// w(t) by month, where a region has no seasonality of its own.
    pub(super) linearity: Vec<Exact>,
    /// v(t) by month of pay that does not change.
    pub(super) pay_level: Vec<Exact>,
    /// A: the payout at that attainment.
    pub(super) payout: ByMonth<Exact>,
    /// The months in which growth hires start.
    pub(super) starts: GrowthStarts,
    /// The people that take the place of planned ones.
    pub(super) staffing: Staffing,
}

/// Heads by cell that take the place of what a plan states; each kind of them only where it is given. A cell that is left out
/// of a kind has none.
#[derive(Debug, Clone, Default)]
pub(super) struct Staffing {
    /// The cohorts of month 0.
    pub(super) baseline: Option<BTreeMap<CellIndex, Vec<Cohort>>>,
    /// Growth starts by month.
    pub(super) growth: Option<BTreeMap<CellIndex, Vec<Exact>>>,
    /// Backfill starts by month.
    pub(super) backfills: Option<BTreeMap<CellIndex, Vec<Exact>>>,
}

impl Drivers {
    pub(super) fn new(plan: &Plan) -> Self {
        let in_force = plan.in_force();
        Self {
            linearity: linearity_of_months(plan, None),
            pay_level: pay_levels(plan, &[]),
            payout: ByMonth::new(payout(plan), in_force.iter().map(|(from, plan)| (*from, payout(plan)))),
            in_force,
            starts: GrowthStarts::Phased,
            staffing: Staffing::default(),
        }
    }

    /// The same with growth hires that start in other months.
    pub(super) fn with_starts(self, starts: GrowthStarts) -> Self {
        Self { starts, ..self }
    }

    /// The same with other people.
    pub(super) fn with_staffing(self, staffing: Staffing) -> Self {
        Self { staffing, ..self }
    }

    /// Growth starts of a cell by month: those of its growth hires by quarter, unless others take their place.
    pub(super) fn growth_starts(&self, plan: &Plan, cell: CellIndex, hires: &[u32]) -> Vec<Exact> {
        let months = plan.calendar.months();
        match &self.staffing.growth {
            Some(growth) => growth.get(&cell).cloned().unwrap_or_else(|| vec![Exact::ZERO; months]),
            None => starts::growth(&starts::planned_in(self.starts, plan, hires), &plan.levers, months),
        }
    }

    /// Whether a value of the plan changes over time.
    pub(super) fn has_changes(&self) -> bool {
        !self.in_force.is_empty()
    }

    /// A value of the plan by month: `of` gives it from the plan in force.
    pub(super) fn by_month<'a, T: PartialEq>(&'a self, plan: &'a Plan, of: impl Fn(&'a Plan) -> T) -> ByMonth<T> {
        ByMonth::new(of(plan), self.in_force.iter().map(|(from, plan)| (*from, of(plan))))
    }

    /// The plan in force in a month: the values of that month in place of the first ones.
    pub(super) fn plan_at<'a>(&'a self, plan: &'a Plan, month: usize) -> &'a Plan {
        self.in_force.iter().rev().find(|(from, _)| *from <= month).map_or(plan, |(_, plan)| plan)
    }
}

/// A: the payout at the attainment that a plan expects.
fn payout(plan: &Plan) -> Exact {
    let attainment = plan.assumptions.attainment.exact() * plan.levers.attainment_factor.exact();
    if attainment > Exact::ONE {
        Exact::ONE + (attainment - Exact::ONE) * plan.assumptions.accelerator.exact()
    } else {
        attainment
    }
}

/// w(t): the share of a year's bookings that falls into month `t` in a region, or in one without a seasonality of its own
/// (model section 4).
#[must_use]
pub fn linearity(plan: &Plan, region: Option<&Region>, month: usize) -> Ratio {
    let a = &plan.assumptions;
    let seasonality = region.and_then(|region| region.seasonality.as_ref()).unwrap_or(&a.seasonality);
    Ratio::new(share_of(seasonality, month / 3 % 4) * share_of(&a.month_linearity, month % 3))
}

/// w(t) of every month.
pub(super) fn linearity_of_months(plan: &Plan, region: Option<&Region>) -> Vec<Exact> {
    let year = (0..12).map(|t| linearity(plan, region, t).exact());
    year.cycle().take(plan.calendar.months()).collect()
}

/// v(t) of every month, the factor of pay that is stated anew in these months, in order; a level lasts until the next rise,
/// and pay that is stated anew has had none (model section 5).
#[must_use]
pub fn pay_levels(plan: &Plan, stated: &[usize]) -> Vec<Exact> {
    let rise = Exact::ONE + plan.assumptions.merit.rate.exact();
    let (mut rises, mut level) = (Exact::ONE, plan.levers.pay_factor.exact());
    let of_month = |t: usize| {
        if stated.contains(&t) {
            (rises, level) = (Exact::ONE, plan.levers.pay_factor.exact());
        } else if t > 0 && plan.calendar.month(t).of_year() == plan.assumptions.merit.month {
            rises = rises * rise;
            level = plan.levers.pay_factor.exact() * rises;
        }
        level
    };
    (0..plan.calendar.months()).map(of_month).collect()
}

/// The months in which a field is stated anew.
#[must_use]
pub fn months_stated(plan: &Plan, path: &str) -> Vec<usize> {
    let here = plan.changes.iter().filter(|change| change.path == path);
    let mut months: Vec<usize> = here.filter_map(|change| plan.month_of(change)).collect();
    months.sort_unstable();
    months
}

/// The share of one weight: it ÷ the sum of all.
fn share_of(weights: &[Ratio], index: usize) -> Exact {
    let weight = weights.get(index).map_or(Exact::OUT_OF_RANGE, |weight| weight.exact());
    weight / weights.iter().map(|w| w.exact()).sum()
}

/// j: how many of the months after `from` up to `month` have the calendar month of the pay rise.
#[must_use]
pub fn rises(plan: &Plan, from: usize, month: usize) -> usize {
    (from + 1..=month).filter(|t| plan.calendar.month(*t).of_year() == plan.assumptions.merit.month).count()
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
}

impl<'a> Ramp<'a> {
    pub(super) fn new(plan: &Plan, role: &'a Role) -> Self {
        let (shares, guarantee) = (role.ramp.as_slice(), role.ramp_guarantee.exact());
        Self { shares, guarantee, slip: plan.levers.ramp_slip }
    }

    /// First tenure at which nothing of the ramp is left; without a ramp, nobody is ramping.
    pub(super) fn end(&self) -> u32 {
        if self.shares.is_empty() {
            return 0;
        }
        self.slip.saturating_add(u32::try_from(self.shares.len()).unwrap_or(u32::MAX))
    }

    pub(super) fn sells(&self, tenure: u32) -> Exact {
        let place = usize::try_from(tenure.saturating_sub(self.slip)).unwrap_or(usize::MAX);
        self.shares.get(place).map_or(Exact::ONE, |share| share.exact())
    }

    /// payout(k) where full productivity is paid with A.
    pub(super) fn paid(&self, tenure: u32, payout: Exact) -> Exact {
        let earned = self.sells(tenure) * payout;
        if tenure < self.end() { earned.max(self.guarantee) } else { earned }
    }

    pub(super) fn at(&self, tenure: u32, payout: Exact) -> Productivity {
        Productivity { sells: self.sells(tenure), paid: self.paid(tenure, payout) }
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
            assert_eq!(linearity(&plan, None, month).exact(), exact(expected), "month {month}");
        }
        let year: Exact = (0..12).map(|t| linearity(&plan, None, t).exact()).sum();
        assert_eq!(year, Exact::ONE);
    }

    #[test]
    fn pay_rises_in_its_month_but_not_in_the_first() {
        let rise = ("/assumptions/merit", json!({"month": 1, "rate": "0.1"}));
        let levels = pay_levels(&plan(&[rise, ("/levers/pay_factor", json!("2"))]), &[]);
        assert_eq!(levels.first().copied(), Some(exact("2")));
        assert_eq!(levels.get(11..13), Some(&[exact("2"), exact("2.2")][..]));
        let rise = ("/assumptions/merit", json!({"month": 3, "rate": "0.1"}));
        let levels = pay_levels(&plan(&[rise]), &[]);
        assert_eq!(levels.get(1..3), Some(&[exact("1"), exact("1.1")][..]));
        assert_eq!(levels.get(14).copied(), Some(exact("1.21")));
    }

    #[test]
    fn pay_that_is_stated_anew_has_had_no_rise() {
        let rise = ("/assumptions/merit", json!({"month": 3, "rate": "0.1"}));
        let levels = pay_levels(&plan(&[rise]), &[4, 14]);
        for (month, expected) in [(2, "1.1"), (3, "1.1"), (4, "1"), (13, "1"), (14, "1")] {
            assert_eq!(levels.get(month).copied(), Some(exact(expected)), "month {month}");
        }
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
            assert_eq!(*drivers.payout.at(0), exact(expected), "{attainment} × {factor}");
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
        let ramp = Ramp::new(&plan, plan.roles.first().unwrap());
        let payout = *drivers.payout.at(0);
        for (tenure, sells, paid) in [(0, "0", "0.3"), (1, "0", "0.3"), (2, "0.5", "0.3"), (3, "1", "0.2")] {
            assert_eq!((ramp.sells(tenure), ramp.paid(tenure, payout)), (exact(sells), exact(paid)), "tenure {tenure}");
        }
        assert_eq!(ramp.end(), 3);
    }
}
