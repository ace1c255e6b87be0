//! What the people of a cell cost in a month: the nine lines (model section 5).

use super::cell::{Cell, CellMonth};
use crate::units::{Exact, Money};

/// What one start costs at a pay level, in plan currency.
#[derive(Default)]
pub(super) struct Prices {
    level: Option<Exact>,
    recruiting: Exact,
}

impl Prices {
    /// Works them out at a pay level, if they are not for that one already.
    pub(super) fn at(&mut self, cell: &Cell<'_>, level: Exact) {
        if self.level != Some(level) {
            let a = &cell.plan.assumptions;
            let agency = a.agency_share.exact() * a.agency_fee.exact() * cell.pay.base.exact() * level * cell.rate;
            *self = Self { level: Some(level), recruiting: agency + a.recruiting_cost.exact() };
        }
    }

    /// The nine lines of a month, each rounded.
    pub(super) fn lines(&self, cell: &Cell<'_>, month: &CellMonth) -> [Money; 9] {
        let a = &cell.plan.assumptions;
        let twelve = Exact::from(12_u32);
        let of_a_year = |amount: Exact| amount / twelve * self.level.unwrap_or_default() * cell.rate;
        let (base, variable) = (cell.pay.base.exact(), cell.pay.variable.exact());
        let (active, starts, leavers) = (month.active.exact(), month.starts().exact(), month.leavers.exact());
        let base_cash = of_a_year(active * base);
        let var_cash = of_a_year(month.paid.exact() * variable);
        let dismissed = leavers * cell.role.attrition.involuntary_share.exact();
        [
            base_cash.round(2),
            var_cash.round(2),
            (base_cash + var_cash).times_rounded(cell.region.burden_rate.exact(), 2),
            active.times_rounded(cell.role.travel.exact(), 2),
            active.times_rounded(a.tools.exact(), 2),
            (active * cell.region.workplace.exact()).times_rounded(cell.rate, 2),
            starts.times_rounded(self.recruiting, 2),
            starts.times_rounded(a.onboarding_cost.exact(), 2),
            of_a_year(dismissed * a.severance.exact() * base).round(2),
        ]
        .map(Money::new)
    }
}
