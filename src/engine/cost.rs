//! The nine cost lines of a cell in a month (model section 5).

use super::at;
use super::drivers::Drivers;
use super::results::CellMonth;
use crate::plan::{Pay, Plan, Region, Role};
use crate::units::{Exact, Local, Money};

/// The inputs of the cost lines of one cell, except its heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CostInputs<'a> {
    /// v(t) by month.
    levels: &'a [Exact],
    rate: Exact,
    pay: Pay,
    agency_share: Exact,
    agency_fee: Exact,
    recruiting: Exact,
    onboarding: Exact,
    tools: Exact,
    severance: Exact,
    burden: Exact,
    workplace: Exact,
    travel: Exact,
    involuntary: Exact,
}

impl<'a> CostInputs<'a> {
    /// The inputs of a role in a region, whose currency has this rate.
    pub(super) fn new(plan: &Plan, region: &Region, role: &Role, drivers: &'a Drivers, rate: Exact) -> Self {
        let a = &plan.assumptions;
        Self {
            levels: &drivers.pay_level,
            rate,
            pay: plan
                .pay(&region.id, &role.id)
                .unwrap_or(Pay { base: Local::OUT_OF_RANGE, variable: Local::OUT_OF_RANGE }),
            agency_share: a.agency_share.exact(),
            agency_fee: a.agency_fee.exact(),
            recruiting: a.recruiting_cost.exact(),
            onboarding: a.onboarding_cost.exact(),
            tools: a.tools.exact(),
            severance: a.severance.exact(),
            burden: region.burden_rate.exact(),
            workplace: region.workplace.exact(),
            travel: role.travel.exact(),
            involuntary: role.attrition.involuntary_share.exact(),
        }
    }
}

/// Costs a cell month by month. The cost of a start is kept while the pay level stays the same.
pub(super) struct MonthlyCosts<'a> {
    inputs: &'a CostInputs<'a>,
    level: Option<Exact>,
    cost_of_start: Exact,
}

impl<'a> MonthlyCosts<'a> {
    pub(super) const fn new(inputs: &'a CostInputs<'a>) -> Self {
        Self { inputs, level: None, cost_of_start: Exact::ZERO }
    }

    /// The pay level of a month. Works out the cost of a start at it, unless the month before had the same.
    fn level(&mut self, t: usize) -> Exact {
        let (c, level) = (self.inputs, at(self.inputs.levels, t));
        if self.level != Some(level) {
            let agency = c.agency_share * c.agency_fee * c.pay.base.exact() * level * c.rate;
            (self.level, self.cost_of_start) = (Some(level), agency + c.recruiting);
        }
        level
    }

    /// The nine lines of a month, each rounded; all zero without heads at work.
    pub(super) fn lines(&mut self, t: usize, month: &CellMonth) -> [Money; 9] {
        if month.active.exact().is_zero() {
            return [Money::ZERO; 9];
        }
        let level = self.level(t);
        let c = self.inputs;
        let twelve = Exact::from(12_u32);
        let monthly = |amount: Exact| amount / twelve * level * c.rate;
        let (base, variable) = (c.pay.base.exact(), c.pay.variable.exact());
        let (active, starts, leavers) = (month.active.exact(), month.starts().exact(), month.leavers.exact());
        let base_cash = monthly(active * base);
        let var_cash = monthly(month.paid.exact() * variable);
        let dismissed = leavers * c.involuntary;
        [
            base_cash.round(2),
            var_cash.round(2),
            (base_cash + var_cash).times_rounded(c.burden, 2),
            active.times_rounded(c.travel, 2),
            active.times_rounded(c.tools, 2),
            (active * c.workplace).times_rounded(c.rate, 2),
            starts.times_rounded(self.cost_of_start, 2),
            starts.times_rounded(c.onboarding, 2),
            monthly(dismissed * c.severance * base).round(2),
        ]
        .map(Money::new)
    }
}
