//! The sheets Starts and Heads: who starts, who is at work, who leaves, by cell and month.

use super::blocks::HEADS;
use super::cohort_blocks::CohortBlocks;
use super::columns::role;
use super::error::WorkbookError;
use super::grid::{Block, month_number, month_numbers, quarter_name, quarter_names};
use super::labels::cell_label;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::steps::rounded;
use super::trees;
use crate::engine::{Inner, Measure, PlanCase, What};

/// The sheet Starts.
pub(super) fn starts(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Starts", "How growth hires become starts by month, and which leavers are replaced")?;
    page.month_heads(layout)?;
    let [whole, fraction, planned, ..] = layout.blocks.starts;
    let [_, _, leavers, ..] = layout.blocks.with.heads;
    let about = [
        (
            "Growth hires of the quarter × weight: whole part",
            "whole:{region},{role}",
            "Hires × weight ÷ sum of weights, rounded down",
        ),
        ("The fraction that is left", "fraction:{region},{role}", "What the whole part leaves of it"),
        (
            "Planned growth starts g(t)",
            "planned:{region},{role}",
            "The whole part, and one more where the fraction is among the largest; ties to the earlier month",
        ),
        (
            "Growth starts G(t)",
            "{region},{role},growth",
            "g(t) later by the lever hire_delay, times fill_rate; what moves past the last month is outside the plan",
        ),
        (
            "Backfill starts",
            "{region},{role},backfills",
            "backfill_share × those who left time_to_fill + 1 months before",
        ),
    ];
    for (what, (block, (title, key, how))) in layout.blocks.starts.into_iter().zip(about).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let label = |line: usize| cell_label(layout, line, title, "heads", key);
        page.fill(block, layout.months, NumberFormat::Heads, label, |line, t| {
            let month = layout.month(PlanCase::Plan, line, t);
            match what {
                0 => (format!("=INT(ROUND({},9))", share(layout, line, t)), split(layout, line, t).0),
                1 => (
                    format!("=ROUND(ROUND({},9)-{},9)", share(layout, line, t), whole.at(line, t)),
                    split(layout, line, t).1,
                ),
                2 => {
                    let formula = phased(layout, [whole, fraction], &hires(layout, line, t), (line, t));
                    (formula, planned_starts(layout, line, t))
                }
                3 => (delayed(planned, line, t), month.growth.exact().to_f64()),
                _ => (backfills(layout, leavers, line, t), month.backfills.exact().to_f64()),
            }
        })?;
    }
    trees::write(page, layout, PlanCase::Plan, What::Inner(Inner::Starts))
}

/// The growth hires of a month's quarter.
fn hires(layout: &Layout<'_>, line: usize, t: usize) -> String {
    let quarters = layout.blocks.hires.fixed(line..line + 1, 0..layout.quarters);
    format!("INDEX({quarters},1,INT({}/3)+1)", month_number(t))
}

/// Hires of the quarter × weight of the month ÷ sum of weights.
fn share(layout: &Layout<'_>, line: usize, t: usize) -> String {
    share_of_count(&hires(layout, line, t), t)
}

/// The stated number of a month's quarter × weight of the month ÷ sum of weights.
pub(super) fn share_of_count(count: &str, t: usize) -> String {
    let weight = format!("INDEX(start_phasing,1,MOD({},3)+1)", month_number(t));
    format!("{count}*{weight}/SUM(start_phasing)")
}

/// Whole part and fraction of the same.
fn split(layout: &Layout<'_>, line: usize, t: usize) -> (f64, f64) {
    let (r, k) = layout.cell(line);
    let (Some(region), Some(role)) = (layout.region(r), layout.role(k)) else { return (0.0, 0.0) };
    let hires = f64::from(layout.plan.hires(&region.id, &role.id, t / 3));
    let share = crate::plan::share_of(&layout.plan.assumptions.start_phasing, t % 3);
    let share = rounded(hires * share.map_or(0.0, |s| s.exact().to_f64()), 9);
    (share.floor(), rounded(share - share.floor(), 9))
}

fn planned_starts(layout: &Layout<'_>, line: usize, t: usize) -> f64 {
    let (r, k) = layout.cell(line);
    layout.outcome.planned_starts(r, k).get(t).copied().map_or(0.0, f64::from)
}

/// The whole part, and one more where fewer months of the quarter come first than are left of what the quarter states.
pub(super) fn phased(
    layout: &Layout<'_>,
    [whole, fraction]: [Block; 2],
    count: &str,
    (line, t): (usize, usize),
) -> String {
    let months = layout.months;
    let (quarters, quarter) = (quarter_names(months), quarter_name(t));
    let (fractions, here) = (fraction.whole_line(line, months), fraction.at(line, t));
    let earlier = format!("({}<{})", month_numbers(months), month_number(t));
    let first = format!("SUMPRODUCT(({quarters}={quarter})*(({fractions}>{here})+({fractions}={here})*{earlier}))");
    let left = format!("{count}-SUMIF({quarters},{quarter},{})", whole.whole_line(line, months));
    format!("={}+IF({first}<{left},1,0)", whole.at(line, t))
}

/// The planned starts of so many months before as the lever says, as far as they arrive.
fn delayed(planned: Block, line: usize, t: usize) -> String {
    let month = month_number(t);
    format!("=IF({month}<hire_delay,0,INDEX({},1,{month}+1-hire_delay)*fill_rate)", planned.until(line, t))
}

/// Backfills of a month out of those who left before it.
pub(super) fn backfills(layout: &Layout<'_>, leavers: Block, line: usize, t: usize) -> String {
    let (_, k) = layout.cell(line);
    let Some(before) = t.checked_sub(1) else { return "=0".to_owned() };
    let (month, roles) = (month_number(t), layout.blocks.roles);
    let wait = roles.input(k, role::WAIT);
    // The share of the month of leaving, where it changes.
    let share = match layout.values.of_role(role::BACKFILL) {
        Some(block) => format!("INDEX({},1,{month}-{wait})", block.until(k, before)),
        None => roles.input(k, role::BACKFILL),
    };
    // Only months before this one, so that no formula waits for itself.
    format!("=IF({month}-1<{wait},0,{share}*INDEX({},1,{month}-{wait}))", leavers.until(line, before))
}

/// The sheet Heads.
pub(super) fn heads(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Heads", "The headcount of each region and role, month by month")?;
    page.month_heads(layout)?;
    cohorts(page, layout, PlanCase::Plan)?;
    let ends = [Measure::Opening, Measure::Closing].map(What::Measure);
    ends.into_iter().try_for_each(|what| trees::write(page, layout, PlanCase::Plan, what))
}

/// Active heads, leavers, ramped and paid heads: the baseline, and what is left of every month's starts.
pub(super) fn cohorts(page: &mut Page<'_>, layout: &Layout<'_>, case: PlanCase) -> Result<(), WorkbookError> {
    let how = match layout.cohort_blocks {
        Some(_) => "The sum over the cohorts of the region and role, on the sheets of cohorts",
        None => "The baseline, and every month's starts × what is left of one head at the tenure they have reached",
    };
    let titles = ["Active heads", "Leavers", "Ramped heads", "Paid heads: heads × payout"];
    let blocks = layout.blocks.monthly(case).heads;
    let [starts, ..] = blocks;
    for (kind, ((block, what), title)) in blocks.into_iter().zip(HEADS).skip(1).zip(titles).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let key = match (case, what) {
            (PlanCase::Plan | PlanCase::Outlook, What::Measure(measure)) => format!("{{region}},{{role}},{measure}"),
            (PlanCase::Plan | PlanCase::Outlook, What::Inner(_)) => "paid:{region},{role}".to_owned(),
            (PlanCase::WithoutGrowth, _) => format!("without:{{region}},{{role}},{kind}"),
        };
        let label = |line: usize| cell_label(layout, line, title, "heads", &key);
        page.fill(block, layout.months, NumberFormat::Heads, label, |line, t| {
            let month = layout.month(case, line, t);
            let heads = [month.active, month.leavers, month.ramped, month.paid];
            let value = heads.get(kind).map_or(0.0, |heads| heads.exact().to_f64());
            let formula = match &layout.cohort_blocks {
                Some(blocks) => over_cohorts(layout, blocks, (case, kind), line, t),
                None => cohort(layout, kind, starts, line, t),
            };
            (formula, value)
        })?;
    }
    Ok(())
}

/// The heads of the cohorts of a cell, each times what it leaves, sells or is paid.
fn over_cohorts(
    layout: &Layout<'_>,
    blocks: &CohortBlocks,
    (case, kind): (PlanCase, usize),
    line: usize,
    t: usize,
) -> String {
    let range = layout.cohorts.of_cell.get(line).cloned().unwrap_or_default();
    let heads = blocks.heads(case).at_work.down(range.clone(), t);
    match kind.checked_sub(1).and_then(|curve| blocks.curves.get(curve)) {
        Some(curve) => format!("=SUMPRODUCT({heads},{})", curve.down(range, t)),
        None => format!("=SUM({heads})"),
    }
}

/// What is left, by a kernel, of the starts up to a month, beside the baseline. Tenures run from right to left, so the
/// kernel begins one column further left each month: of all rows only these are no copies. A range that is looked up
/// (`INDEX(…):…`) would be one, but `LibreOffice` then leaves stale figures in the circle of starts, leavers and backfills.
fn cohort(layout: &Layout<'_>, kind: usize, starts: Block, line: usize, t: usize) -> String {
    let kernel = layout.blocks.kernels.get(kind).copied().unwrap_or(starts);
    let baseline = layout.blocks.baseline.get(kind).copied().unwrap_or(starts);
    let tenures = kernel.since(line, layout.months - 1 - t, layout.months - 1);
    format!("={}+SUMPRODUCT({},{tenures})", baseline.at(line, t), starts.until(line, t))
}
