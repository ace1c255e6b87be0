//! The sheets Cost and Months: the nine cost lines of each cell, and capacity, revenue, cost and contribution of each
//! region, month by month.

use super::blocks::{COST, MONTHS, has_month};
use super::error::WorkbookError;
use super::layout::Layout;
use super::page::Page;
use super::pay::WorkbookPay;
use super::trees;
use crate::engine::PlanCase;

/// The sheet Cost.
pub(super) fn cost(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Cost", "The nine cost lines of each region and role, month by month, each rounded to the cent")?;
    page.month_heads(layout)?;
    COST.into_iter().try_for_each(|what| trees::write(page, layout, PlanCase::Plan, what))
}

/// The sheet Months.
pub(super) fn months(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let about = match layout.pay {
        WorkbookPay::Told => "Capacity, revenue, cost and contribution of each region, month by month",
        WorkbookPay::LeftOut => "Capacity, revenue and cost of the partner programme of each region, month by month",
    };
    page.title("Months", about)?;
    page.month_heads(layout)?;
    let here = MONTHS.into_iter().filter(|what| has_month(*what, layout.pay));
    here.into_iter().try_for_each(|what| trees::write(page, layout, PlanCase::Plan, what))
}
