//! What the people of a cell cost in a month: the nine lines (model section 5).

use super::at;
use super::cell::CellMonth;
use super::drivers::Drivers;
use crate::plan::{Pay, Plan, Region, Role};
use crate::units::{Exact, Local, Money};

/// Everything that the lines of one cell follow from, but its heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Costs<'a> {
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

impl<'a> Costs<'a> {
    /// Of a role in a region, whose currency has this rate.
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

/// The costs of a cell, month by month, and what one start costs at the pay level of the month at hand.
pub(super) struct Prices<'a> {
    costs: &'a Costs<'a>,
    level: Option<Exact>,
    start: Exact,
}

impl<'a> Prices<'a> {
    pub(super) const fn new(costs: &'a Costs<'a>) -> Self {
        Self { costs, level: None, start: Exact::ZERO }
    }

    /// The pay level of a month; works out what a start costs at it, unless it is that of the month before.
    fn level(&mut self, t: usize) -> Exact {
        let (c, level) = (self.costs, at(self.costs.levels, t));
        if self.level != Some(level) {
            let agency = c.agency_share * c.agency_fee * c.pay.base.exact() * level * c.rate;
            (self.level, self.start) = (Some(level), agency + c.recruiting);
        }
        level
    }

    /// The nine lines of a month, each rounded; all zero without heads at work.
    pub(super) fn lines(&mut self, t: usize, month: &CellMonth) -> [Money; 9] {
        if month.active.exact().is_zero() {
            return [Money::ZERO; 9];
        }
        let level = self.level(t);
        let c = self.costs;
        let twelve = Exact::from(12_u32);
        let of_a_year = |amount: Exact| amount / twelve * level * c.rate;
        let (base, variable) = (c.pay.base.exact(), c.pay.variable.exact());
        let (active, starts, leavers) = (month.active.exact(), month.starts().exact(), month.leavers.exact());
        let base_cash = of_a_year(active * base);
        let var_cash = of_a_year(month.paid.exact() * variable);
        let dismissed = leavers * c.involuntary;
        [
            base_cash.round(2),
            var_cash.round(2),
            (base_cash + var_cash).times_rounded(c.burden, 2),
            active.times_rounded(c.travel, 2),
            active.times_rounded(c.tools, 2),
            (active * c.workplace).times_rounded(c.rate, 2),
            starts.times_rounded(self.start, 2),
            starts.times_rounded(c.onboarding, 2),
            of_a_year(dismissed * c.severance * base).round(2),
        ]
        .map(Money::new)
    }
}
