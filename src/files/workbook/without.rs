//! The sheet Without: the same plan with every growth hire taken out, by the same formulas.

use super::blocks::{COST, MONTHS};
use super::error::WorkbookError;
use super::heads::backfills;
use super::labels::cell_label;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::{capacity, heads, limits, trees};
use crate::engine::{Measure, PlanCase, What};

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let case = PlanCase::WithoutGrowth;
    page.title("Without", "The same plan with every growth hire taken out: what the expansion adds is the difference")?;
    page.month_heads(layout)?;
    starts(page, layout)?;
    heads::cohorts(page, layout, case)?;
    capacity::support_steps(page, layout, case)?;
    capacity::support_factor(page, layout, case)?;
    let capacity = [Measure::DirectCapacity, Measure::PartnerCapacity].map(What::Measure);
    let all = capacity.into_iter().chain(COST).chain(MONTHS);
    all.into_iter().try_for_each(|what| trees::write(page, layout, case, what))?;
    limits::write(page, layout, case)
}

/// Backfills are the only starts.
fn starts(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let [block, _, leavers, ..] = layout.blocks.without.heads;
    let title = "Starts without growth";
    let how = "Backfills as on the sheet Starts; nobody else starts";
    page.heading(block, Heading { title, how, section: "Model sections 3 and 6" }, layout.months)?;
    let label = |line: usize| cell_label(layout, line, title, "heads", "without:{region},{role},starts");
    page.fill(block, layout.months, NumberFormat::Heads, label, |line, t| {
        let value = layout.month(PlanCase::WithoutGrowth, line, t).backfills;
        (backfills(layout, leavers, line, t), value.exact().to_f64())
    })
}
