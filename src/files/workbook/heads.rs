//! The sheets Starts and Heads: who starts, who is at work, who leaves, by cell and month.

use super::WorkbookError;
use super::layout::{Block, Layout};
use super::lists::cell_label;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::service::cut;
use super::steps::rounded;
use super::structure::role;

/// The sheet Starts.
pub(super) fn starts(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Starts", "How growth hires become starts by month, and which leavers are replaced")?;
    page.month_heads(layout)?;
    let [whole, fraction, planned, growth, backfills, _] = layout.blocks.starts;
    let [_, _, leavers, ..] = layout.blocks.heads;
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
        ("Starts", "starts:{region},{role}", "Growth and backfill starts"),
    ];
    for (what, (block, (title, key, how))) in layout.blocks.starts.into_iter().zip(about).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let label = |line: usize| cell_label(layout, line, title, "heads", key);
        page.fill(block, layout.months, NumberFormat::Heads, label, |line, t| {
            let month = layout.month(line, t);
            match what {
                0 => (format!("=INT(ROUND({},9))", share(layout, line, t)), split(layout, line, t).0),
                1 => (
                    format!("=ROUND(ROUND({},9)-{},9)", share(layout, line, t), whole.at(line, t)),
                    split(layout, line, t).1,
                ),
                2 => (phased(layout, [whole, fraction], line, t), planned_starts(layout, line, t)),
                3 => {
                    let list = planned.across(line, 0..t + 1);
                    let formula = format!("=IF({t}<hire_delay,0,INDEX({list},1,{}-hire_delay)*fill_rate)", t + 1);
                    (formula, month.growth.exact().to_f64())
                }
                4 => (replaced(layout, leavers, line, t), month.backfills.exact().to_f64()),
                _ => (format!("={}+{}", growth.at(line, t), backfills.at(line, t)), month.starts().exact().to_f64()),
            }
        })?;
    }
    Ok(())
}

/// Hires of the quarter × weight of the month ÷ sum of weights.
fn share(layout: &Layout<'_>, line: usize, t: usize) -> String {
    let weight = format!("INDEX(start_phasing,1,{})", t % 3 + 1);
    format!("{}*{weight}/SUM(start_phasing)", layout.blocks.hires.at(line, t / 3))
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

/// The whole part, and one more where fewer months of the quarter come first than there are hires left.
fn phased(layout: &Layout<'_>, [whole, fraction]: [Block; 2], line: usize, t: usize) -> String {
    let first = t / 3 * 3;
    let here = fraction.at(line, t);
    let before = (first..first + 3).filter(|m| *m != t).map(|m| {
        let sign = if m < t { ">=" } else { ">" };
        format!("({}{sign}{here})", fraction.at(line, m))
    });
    let before: Vec<String> = before.collect();
    let left = format!("{}-SUM({})", layout.blocks.hires.at(line, t / 3), whole.across(line, first..first + 3));
    format!("={}+IF({}<{left},1,0)", whole.at(line, t), before.join("+"))
}

/// Backfills of a month out of those who left before it.
pub(super) fn replaced(layout: &Layout<'_>, leavers: Block, line: usize, t: usize) -> String {
    let (_, k) = layout.cell(line);
    if t == 0 {
        return "=0".to_owned();
    }
    let (wait, share) = (layout.blocks.roles.at(k, role::WAIT), layout.blocks.roles.at(k, role::BACKFILL));
    // Only months before this one, so that no formula waits for itself.
    let left = leavers.across(line, 0..t);
    let replaced = cut(&format!("({share}*INDEX({left},1,{t}-{wait}))"));
    format!("=IF({t}-1<{wait},0,{replaced})")
}

/// What is left, by a kernel, of the starts up to a month, beside the baseline.
pub(super) fn cohorts(layout: &Layout<'_>, what: usize, starts: Block, line: usize, t: usize) -> String {
    let kernel = layout.blocks.kernels.get(what).copied().unwrap_or(starts);
    let baseline = layout.blocks.baseline.get(what).copied().unwrap_or(starts);
    let last = layout.months - 1;
    let sum = format!(
        "({}+SUMPRODUCT({},{}))",
        baseline.at(line, t),
        starts.across(line, 0..t + 1),
        kernel.across(line, last - t..last + 1)
    );
    format!("={}", cut(&sum))
}

/// The sheet Heads.
pub(super) fn heads(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Heads", "The headcount of each region and role, month by month")?;
    page.month_heads(layout)?;
    let [_, _, _, _, _, starts] = layout.blocks.starts;
    let [_, active, leavers, ..] = layout.blocks.heads;
    let cohort = "The baseline, and every month's starts × what is left of one head at the tenure they have reached";
    let about = [
        ("Opening heads", "opening", "Active heads less the month's starts"),
        ("Active heads", "active", cohort),
        ("Leavers", "leavers", cohort),
        ("Closing heads", "closing", "Active heads less leavers"),
        ("Ramped heads", "ramped", cohort),
        ("Paid heads: heads × payout", "paid", cohort),
    ];
    for (what, (block, (title, name, how))) in layout.blocks.heads.into_iter().zip(about).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let key = if what == 5 { "paid:{region},{role}".to_owned() } else { format!("{{region}},{{role}},{name}") };
        let label = |line: usize| cell_label(layout, line, title, "heads", &key);
        page.fill(block, layout.months, NumberFormat::Heads, label, |line, t| {
            let month = layout.month(line, t);
            let (formula, value) = match what {
                0 => (format!("={}-{}", active.at(line, t), starts.at(line, t)), month.opening()),
                1 => (cohorts(layout, 0, starts, line, t), month.active),
                2 => (cohorts(layout, 1, starts, line, t), month.leavers),
                3 => (format!("={}-{}", active.at(line, t), leavers.at(line, t)), month.closing()),
                4 => (cohorts(layout, 2, starts, line, t), month.ramped),
                _ => (cohorts(layout, 3, starts, line, t), month.paid),
            };
            (formula, value.exact().to_f64())
        })?;
    }
    Ok(())
}
