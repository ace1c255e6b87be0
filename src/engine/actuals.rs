//! What a region booked and spent in closed months: it takes the place of the model's capacity and cost lines (`year.md`,
//! section 13).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::cost_line::CostLine;
use super::results::{CellOutcome, RegionMonth};
use crate::units::Money;

/// The amounts of a region by closed month, in plan currency. What is absent is the model's.
#[derive(Debug, Clone, Default)]
pub(super) struct RegionActuals {
    pub(super) bookings: Option<Vec<Money>>,
    /// Costs of the people.
    pub(super) lines: BTreeMap<CostLine, Vec<Money>>,
    pub(super) partner_incentives: Option<Vec<Money>>,
    pub(super) sla_credits: Option<Vec<Money>>,
    /// Costs that are none of the model's lines.
    pub(super) other: Option<Vec<Money>>,
}

/// The amount of a month; `None` in an open month, and where none are stated.
fn amount(list: Option<&Vec<Money>>, t: usize) -> Option<Money> {
    list.and_then(|list| list.get(t)).copied()
}

impl RegionActuals {
    /// What was spent on a line in a closed month, if it is stated.
    pub(super) fn line(&self, line: CostLine, t: usize) -> Option<Money> {
        amount(self.lines.get(&line), t)
    }

    /// What was spent in a closed month on what is none of the model's lines, if it is stated.
    pub(super) fn other(&self, t: usize) -> Option<Money> {
        amount(self.other.as_ref(), t)
    }

    /// Puts bookings and people cost in the place of the model's, before revenue is worked out.
    pub(super) fn put_bookings_and_costs(&self, t: usize, cells: &[Arc<CellOutcome>], month: &mut RegionMonth) {
        if let Some(bookings) = amount(self.bookings.as_ref(), t) {
            month.capacity = bookings;
        }
        for (line, spent) in &self.lines {
            if let Some(spent) = amount(Some(spent), t) {
                let modelled: Money = cells.iter().filter_map(|c| c.months.get(t)).map(|m| m.line(*line)).sum();
                month.people_cost = month.people_cost - modelled + spent;
            }
        }
        month.people_cost += self.other(t).unwrap_or(Money::ZERO);
    }

    /// Puts programme cost in the place of the model's, which follows from revenue.
    pub(super) fn put_programme(&self, t: usize, month: &mut RegionMonth) {
        if let Some(paid) = amount(self.partner_incentives.as_ref(), t) {
            month.partner_incentives = paid;
        }
        if let Some(returned) = amount(self.sla_credits.as_ref(), t) {
            month.sla_credits = returned;
        }
    }
}
