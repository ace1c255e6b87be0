//! The nine cost lines of a cell in a month (model section 5).

use std::borrow::Cow;

use super::by_month::ByMonth;
use super::drivers::{Drivers, months_stated, pay_levels};
use super::list::at;
use super::results::CellMonth;
use crate::plan::{Field, Pay, Plan, Region, Role};
use crate::units::{Exact, Heads, Local, Money, Ratio};

/// The inputs of the cost lines of one cell, except its heads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CostInputs<'a> {
    /// v(t) by month, for base and for variable pay.
    levels: PayLevels<'a>,
    rates: ByMonth<CostRates>,
}

/// v(t) of the base and the variable pay of a cell, by month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PayLevels<'a> {
    base: Cow<'a, [Exact]>,
    variable: Cow<'a, [Exact]>,
}

impl<'a> PayLevels<'a> {
    pub(super) fn new(plan: &Plan, region: &Region, role: &Role, drivers: &'a Drivers) -> Self {
        let levels = |field: &'static Field| {
            if plan.changes.is_empty() {
                return Cow::Borrowed(drivers.pay_level.as_slice());
            }
            let stated = months_stated(plan, &field.at(&region.id).at(&role.id).to_string());
            if stated.is_empty() {
                Cow::Borrowed(drivers.pay_level.as_slice())
            } else {
                Cow::Owned(pay_levels(plan, &stated))
            }
        };
        Self { base: levels(Pay::BASE), variable: levels(Pay::VARIABLE) }
    }

    /// v(t) of base or of variable pay.
    pub(super) fn at(&self, variable: bool, t: usize) -> Exact {
        at(if variable { &self.variable } else { &self.base }, t)
    }
}

/// What a head of a cell costs, in plan currency but for pay and the workplace.
#[derive(Debug, Clone, PartialEq, Eq)]
struct CostRates {
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
    /// The inputs of a role in a region, each with its index in the plan's list.
    pub(super) fn new(plan: &'a Plan, drivers: &'a Drivers, region: (usize, &Region), role: (usize, &Role)) -> Self {
        let rates = |plan: &Plan| {
            let (of_region, of_role) = (plan.regions.get(region.0), plan.roles.get(role.0));
            CostRates::new(plan, of_region.unwrap_or(region.1), of_role.unwrap_or(role.1))
        };
        Self { levels: PayLevels::new(plan, region.1, role.1, drivers), rates: drivers.by_month(plan, rates) }
    }
}

impl CostRates {
    /// The rates of a role in a region, by the plan in force.
    fn new(plan: &Plan, region: &Region, role: &Role) -> Self {
        let a = &plan.assumptions;
        Self {
            rate: plan.rate(&region.currency).map_or(Exact::OUT_OF_RANGE, Ratio::exact),
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

/// The heads of a month that base pay and severance are paid to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PaidHeads {
    /// The heads on base pay.
    pub(super) base: Exact,
    /// Expected leavers, of whom a share is dismissed.
    pub(super) leavers: Exact,
    /// Heads that are known to be dismissed, and planned exits.
    pub(super) dismissed: Exact,
}

impl PaidHeads {
    /// Those of a planned month: everybody at work is paid.
    pub(super) fn of(month: &CellMonth) -> Self {
        let [base, leavers, dismissed] = [month.active, month.leavers, month.exits].map(Heads::exact);
        Self { base, leavers, dismissed }
    }
}

/// Costs a cell month by month. The cost of a start is kept while the pay level and the rates stay the same.
pub(super) struct MonthlyCosts<'a> {
    inputs: &'a CostInputs<'a>,
    /// The pay level of the last month, and the place of its rates.
    level: Option<(Exact, usize)>,
    cost_of_start: Exact,
}

impl<'a> MonthlyCosts<'a> {
    pub(super) const fn new(inputs: &'a CostInputs<'a>) -> Self {
        Self { inputs, level: None, cost_of_start: Exact::ZERO }
    }

    /// The level of base pay in a month. Works out the cost of a start at it, unless the month before had the same.
    fn level(&mut self, t: usize) -> Exact {
        let (level, place) = (at(&self.inputs.levels.base, t), self.inputs.rates.place(t));
        if self.level != Some((level, place)) {
            let c = self.inputs.rates.at(t);
            let agency = c.agency_share * c.agency_fee * c.pay.base.exact() * level * c.rate;
            (self.level, self.cost_of_start) = (Some((level, place)), agency + c.recruiting);
        }
        level
    }

    /// The nine lines of a month, each rounded; all zero without heads at work.
    pub(super) fn lines(&mut self, t: usize, month: &CellMonth, heads: PaidHeads) -> [Money; 9] {
        if month.active.exact().is_zero() {
            return [Money::ZERO; 9];
        }
        let level = self.level(t);
        let c = self.inputs.rates.at(t);
        let twelve = Exact::from(12_u32);
        let monthly = |amount: Exact, level: Exact| amount / twelve * level * c.rate;
        let (base, variable) = (c.pay.base.exact(), c.pay.variable.exact());
        let (active, starts) = (month.active.exact(), month.starts().exact());
        let base_cash = monthly(heads.base * base, level);
        let var_cash = monthly(month.paid.exact() * variable, at(&self.inputs.levels.variable, t));
        let dismissed = heads.leavers * c.involuntary;
        let dismissed = if heads.dismissed.is_zero() { dismissed } else { dismissed + heads.dismissed };
        [
            base_cash.round(2),
            var_cash.round(2),
            (base_cash + var_cash).times_rounded(c.burden, 2),
            active.times_rounded(c.travel, 2),
            active.times_rounded(c.tools, 2),
            (active * c.workplace).times_rounded(c.rate, 2),
            starts.times_rounded(self.cost_of_start, 2),
            starts.times_rounded(c.onboarding, 2),
            monthly(dismissed * c.severance * base, level).round(2),
        ]
        .map(Money::new)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::engine::Measure;
    use crate::engine::example::{SELLER, check};

    #[test]
    fn each_line_is_its_heads_at_its_rate() {
        // Twelve heads at 1,000 + 500 euros a month, 2 dollars each.
        for (measure, expected) in [
            (Measure::BasePay, "24000"),
            (Measure::VariablePay, "12000"),
            (Measure::Burden, "9000"),
            (Measure::Travel, "120"),
            (Measure::Tools, "240"),
            (Measure::Workplace, "2400"),
            (Measure::Recruiting, "0"),
            (Measure::Onboarding, "0"),
            (Measure::Severance, "0"),
        ] {
            check(&[], measure, SELLER, &[expected, expected]);
        }
    }

    #[test]
    fn a_start_costs_its_share_of_the_agency_fee_recruiting_and_onboarding() {
        let hires = [
            ("/hires", json!({"north": {"seller": [3, 0, 0, 0, 0, 0, 0, 0]}})),
            ("/assumptions/start_phasing", json!(["1", "0", "0"])),
        ];
        // 0.5 × 0.2 × 12,000 × 2 + 1,000 each.
        check(&hires, Measure::Recruiting, SELLER, &["10200", "0"]);
        check(&hires, Measure::Onboarding, SELLER, &["1500", "0"]);
    }

    #[test]
    fn severance_is_paid_to_involuntary_leavers() {
        // 0.12 × 0.5 leavers × 2 months × 1,000 euros.
        check(&[("/roles/0/attrition/later", json!("0.12"))], Measure::Severance, SELLER, &["240", "237.60"]);
    }

    #[test]
    fn pay_follows_its_level_and_variable_pay_the_payout() {
        let rise = [("/assumptions/merit", json!({"month": 2, "rate": "0.1"}))];
        check(&rise, Measure::BasePay, SELLER, &["24000", "26400"]);
        let above = [("/assumptions/attainment", json!("1.2")), ("/assumptions/accelerator", json!("2"))];
        check(&above, Measure::VariablePay, SELLER, &["16800"]);
    }

    #[test]
    fn half_a_cent_goes_up_whichever_way_it_is_worked_out() {
        // 12 × 0.0025 ÷ 12 × 2 = 0.005; a twelfth of it has no end in decimals.
        let pay = |base: &str| [("/pay/north/seller/base", json!(base))];
        check(&pay("0.0025"), Measure::BasePay, SELLER, &["0.01"]);
        check(&pay("0.0024"), Measure::BasePay, SELLER, &["0.00"]);
        let seven = [("/baseline/0/heads", json!(7)), ("/pay/north/seller/base", json!("0.03"))];
        // 7 × 0.03 ÷ 12 × 2 = 0.035.
        check(&seven, Measure::BasePay, SELLER, &["0.04"]);
    }
}
