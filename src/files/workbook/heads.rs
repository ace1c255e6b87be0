//! The sheets Starts and Heads: who starts, who is at work, who leaves, by cell and month.

use super::WorkbookError;
use super::frame::{Block, Frame};
use super::known::rounded;
use super::lists::cell_label;
use super::looks::Shown;
use super::page::{Heading, Page};
use super::service::cut;
use super::structure::role;

/// The sheet Starts.
pub(super) fn starts(page: &mut Page<'_>, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    page.title("Starts", "How growth hires become starts by month, and which leavers are replaced")?;
    page.month_heads(frame)?;
    let [whole, fraction, planned, growth, backfills, _] = frame.blocks.starts;
    let [_, _, leavers, ..] = frame.blocks.heads;
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
    for (what, (block, (title, key, how))) in frame.blocks.starts.into_iter().zip(about).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 3" }, frame.months)?;
        let label = |line: usize| cell_label(frame, line, title, "heads", key);
        page.fill(block, frame.months, Shown::Heads, label, |line, t| {
            let month = frame.month(line, t);
            match what {
                0 => (format!("=INT(ROUND({},9))", share(frame, line, t)), split(frame, line, t).0),
                1 => (
                    format!("=ROUND(ROUND({},9)-{},9)", share(frame, line, t), whole.at(line, t)),
                    split(frame, line, t).1,
                ),
                2 => (phased(frame, [whole, fraction], line, t), planned_starts(frame, line, t)),
                3 => {
                    let list = planned.across(line, 0..t + 1);
                    let formula = format!("=IF({t}<hire_delay,0,INDEX({list},1,{}-hire_delay)*fill_rate)", t + 1);
                    (formula, month.growth.exact().to_f64())
                }
                4 => (replaced(frame, leavers, line, t), month.backfills.exact().to_f64()),
                _ => (format!("={}+{}", growth.at(line, t), backfills.at(line, t)), month.starts().exact().to_f64()),
            }
        })?;
    }
    Ok(())
}

/// Hires of the quarter × weight of the month ÷ sum of weights.
fn share(frame: &Frame<'_>, line: usize, t: usize) -> String {
    let weight = format!("INDEX(start_phasing,1,{})", t % 3 + 1);
    format!("{}*{weight}/SUM(start_phasing)", frame.blocks.hires.at(line, t / 3))
}

/// Whole part and fraction of the same.
fn split(frame: &Frame<'_>, line: usize, t: usize) -> (f64, f64) {
    let (r, k) = frame.cell(line);
    let (Some(region), Some(role)) = (frame.region(r), frame.role(k)) else { return (0.0, 0.0) };
    let hires = f64::from(frame.plan.hires(&region.id, &role.id, t / 3));
    let share = crate::plan::share_of(&frame.plan.assumptions.start_phasing, t % 3);
    let share = rounded(hires * share.map_or(0.0, |s| s.exact().to_f64()), 9);
    (share.floor(), rounded(share - share.floor(), 9))
}

fn planned_starts(frame: &Frame<'_>, line: usize, t: usize) -> f64 {
    let (r, k) = frame.cell(line);
    frame.outcome.planned_starts(r, k).get(t).copied().map_or(0.0, f64::from)
}

/// The whole part, and one more where fewer months of the quarter come first than there are hires left.
fn phased(frame: &Frame<'_>, [whole, fraction]: [Block; 2], line: usize, t: usize) -> String {
    let first = t / 3 * 3;
    let here = fraction.at(line, t);
    let before = (first..first + 3).filter(|m| *m != t).map(|m| {
        let sign = if m < t { ">=" } else { ">" };
        format!("({}{sign}{here})", fraction.at(line, m))
    });
    let before: Vec<String> = before.collect();
    let left = format!("{}-SUM({})", frame.blocks.hires.at(line, t / 3), whole.across(line, first..first + 3));
    format!("={}+IF({}<{left},1,0)", whole.at(line, t), before.join("+"))
}

/// Backfills of a month out of those who left before it.
pub(super) fn replaced(frame: &Frame<'_>, leavers: Block, line: usize, t: usize) -> String {
    let (_, k) = frame.cell(line);
    if t == 0 {
        return "=0".to_owned();
    }
    let (wait, share) = (frame.blocks.roles.at(k, role::WAIT), frame.blocks.roles.at(k, role::BACKFILL));
    // Only months before this one, so that no formula waits for itself.
    let left = leavers.across(line, 0..t);
    let replaced = cut(&format!("({share}*INDEX({left},1,{t}-{wait}))"));
    format!("=IF({t}-1<{wait},0,{replaced})")
}

/// What is left, by a kernel, of the starts up to a month, beside the baseline.
pub(super) fn cohorts(frame: &Frame<'_>, what: usize, starts: Block, line: usize, t: usize) -> String {
    let kernel = frame.blocks.kernels.get(what).copied().unwrap_or(starts);
    let baseline = frame.blocks.baseline.get(what).copied().unwrap_or(starts);
    let last = frame.months - 1;
    let sum = format!(
        "({}+SUMPRODUCT({},{}))",
        baseline.at(line, t),
        starts.across(line, 0..t + 1),
        kernel.across(line, last - t..last + 1)
    );
    format!("={}", cut(&sum))
}

/// The sheet Heads.
pub(super) fn heads(page: &mut Page<'_>, frame: &Frame<'_>) -> Result<(), WorkbookError> {
    page.title("Heads", "The headcount of each region and role, month by month")?;
    page.month_heads(frame)?;
    let [_, _, _, _, _, starts] = frame.blocks.starts;
    let [_, active, leavers, ..] = frame.blocks.heads;
    let cohort = "The baseline, and every month's starts × what is left of one head at the tenure they have reached";
    let about = [
        ("Opening heads", "opening", "Active heads less the month's starts"),
        ("Active heads", "active", cohort),
        ("Leavers", "leavers", cohort),
        ("Closing heads", "closing", "Active heads less leavers"),
        ("Ramped heads", "ramped", cohort),
        ("Paid heads: heads × payout", "paid", cohort),
    ];
    for (what, (block, (title, name, how))) in frame.blocks.heads.into_iter().zip(about).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 3" }, frame.months)?;
        let key = if what == 5 { "paid:{region},{role}".to_owned() } else { format!("{{region}},{{role}},{name}") };
        let label = |line: usize| cell_label(frame, line, title, "heads", &key);
        page.fill(block, frame.months, Shown::Heads, label, |line, t| {
            let month = frame.month(line, t);
            let (formula, value) = match what {
                0 => (format!("={}-{}", active.at(line, t), starts.at(line, t)), month.opening()),
                1 => (cohorts(frame, 0, starts, line, t), month.active),
                2 => (cohorts(frame, 1, starts, line, t), month.leavers),
                3 => (format!("={}-{}", active.at(line, t), leavers.at(line, t)), month.closing()),
                4 => (cohorts(frame, 2, starts, line, t), month.ramped),
                _ => (cohorts(frame, 3, starts, line, t), month.paid),
            };
            (formula, value.exact().to_f64())
        })?;
    }
    Ok(())
}
