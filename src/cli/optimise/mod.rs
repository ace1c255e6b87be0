//! `muster optimise`: the best plan under limits with its proof, the next best hires, the frontier.

mod args;
mod limit_switches;
mod robust;

use std::io::Write;
use std::process::ExitCode;

use serde_json::{Value, json};

pub(super) use args::OptimiseArgs;

use super::failure::{self, Failure};
use super::plan_args::PlanArgs;
use super::table::{self, percent};
use crate::analysis::HireChange;
use crate::analysis::optimisation::{
    BestPlan, Frontier, FrontierPoint, NextHire, Objective, OptimiseError, Problem, frontier, hire_changes, hire_edits,
    model_file, optimise, place_next_hires,
};
use crate::edit::{apply_all, manage};
use crate::engine::Outcome;
use crate::files;
use crate::plan::{Plan, PlanEdit};
use crate::units::{Exact, Money, Period, Ratio};

impl From<OptimiseError> for Failure {
    fn from(error: OptimiseError) -> Self {
        match error {
            OptimiseError::Problem(message) => Self::Usage(message),
            OptimiseError::Analysis(error) => error.into(),
            other => Self::Plan(other.to_string()),
        }
    }
}

/// Optimises the plan and writes the result; exit 1 if no plan meets the limits.
pub(super) fn write(
    source: &PlanArgs,
    args: &OptimiseArgs,
    json: bool,
    out: &mut dyn Write,
) -> Result<ExitCode, Failure> {
    // The clock runs from here: reading the plan counts, too.
    let progress = args.progress();
    let start = source.outcome()?;
    failure::warn_of_year(start.plan());
    let problem = args.problem(start.plan())?;
    if let Some(file) = &args.export_model {
        failure::noted(file, &files::write_bytes(file, model_file(&start, &problem)?.as_bytes())?);
        failure::say(&format!("wrote the relaxation to {}", file.display()));
        return Ok(ExitCode::SUCCESS);
    }
    let edits = if let Some(count) = args.next {
        let placed = place_next_hires(&start, &problem, count, &progress)?;
        next(&start, &placed, json, out)?;
        let last = placed.last().map_or(&start, |(_, outcome)| outcome);
        hire_edits(start.plan(), &hire_changes(start.plan(), last.plan()))
    } else if let Some(steps) = args.frontier {
        let found = frontier(&start, &problem, (args.along(), steps), args.effort(), &progress)?;
        points(&start, &found, json, out)?;
        Vec::new()
    } else {
        let best = optimise(&start, &problem, args.effort(), &progress)?;
        if json {
            table::json(&as_json(&start, &problem, &best), out)?;
        } else {
            words(&start, &problem, &best, out)?;
        }
        best.edits
    };
    keep(source, args, &start, &edits)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the plan with the edits, or with a scenario that has them.
fn keep(source: &PlanArgs, args: &OptimiseArgs, start: &Outcome, edits: &[PlanEdit]) -> Result<(), Failure> {
    let Some(file) = &args.output else { return Ok(()) };
    let plan: Plan = match &args.as_scenario {
        None => apply_all(start.plan(), edits)?,
        Some(name) => {
            let base = source.base()?;
            let made = apply_all(start.plan(), edits)?;
            let edits = crate::edit::difference(&base, &made)?;
            apply_all(&base, &manage::create(&base, name, "Found by optimisation", edits)?)?
        }
    };
    source.secret().write(file, &plan)?;
    failure::say(&format!("wrote {}", file.display()));
    Ok(())
}

/// The objective as one reads it.
fn shown(plan: &Plan, objective: Objective, value: Exact) -> String {
    match objective {
        Objective::Hires => value.grouped(0),
        _ => format!("{} {}", value.grouped(2), plan.currency),
    }
}

fn gap(best: &BestPlan) -> String {
    best.gap().map_or_else(|| "none".to_owned(), |gap| format!("{} %", (gap.exact() * Exact::from(100_u32)).grouped(2)))
}

/// The answer as text for a mail.
fn words(start: &Outcome, problem: &Problem, best: &BestPlan, out: &mut dyn Write) -> Result<(), Failure> {
    let (plan, objective) = (start.plan(), problem.objective);
    let before = shown(plan, objective, best.before);
    let held = if best.feasible_before { "" } else { " (the present plan breaks some of the limits)" };
    writeln!(out, "{}: {before} → {}{held}", objective.title(), shown(plan, objective, best.objective))?;
    writeln!(out, "No plan can beat {}; the gap is {}", shown(plan, objective, best.bound), gap(best))?;
    if let Some(caveat) = best.caveat() {
        writeln!(out, "{caveat}")?;
    }
    if let Some(rescored) = &best.robust {
        robust::words(plan, objective, rescored, out)?;
    }
    if best.changes.is_empty() {
        writeln!(out, "\nNothing to change: the plan is the best that was found")?;
    }
    if !best.binding.is_empty() {
        let header = ["Binding limit", "Figure", "Worth of one more unit"].map(str::to_owned).to_vec();
        let rows = best.binding.iter().map(|b| {
            let worth =
                if objective == Objective::Hires { b.shadow_price.grouped(2) } else { b.shadow_price.grouped(4) };
            vec![b.status.limit.describe(plan, problem), b.status.figure.grouped(2), worth]
        });
        writeln!(out, "\n{}", table::table(header, rows.collect()))?;
    }
    if !best.changes.is_empty() {
        writeln!(out, "\n{}", changed(plan, &best.changes))?;
    }
    Ok(())
}

/// The changed hires: a row a cell, a column a quarter, before → after.
fn changed(plan: &Plan, changes: &[HireChange]) -> String {
    let mut quarters: Vec<usize> = changes.iter().map(|c| c.quarter).collect();
    quarters.sort_unstable();
    quarters.dedup();
    let mut cells: Vec<(usize, usize)> = changes.iter().map(|c| (c.region, c.role)).collect();
    cells.sort_unstable();
    cells.dedup();
    let header = std::iter::once("Growth hires".to_owned());
    let header = header.chain(quarters.iter().map(|q| plan.calendar.name(Period::Quarter(*q)))).collect();
    let rows = cells.into_iter().map(|cell| {
        let at = |q: &usize| {
            let change = changes.iter().find(|c| (c.region, c.role) == cell && c.quarter == *q);
            change.map_or_else(String::new, |c| format!("{} → {}", c.from, c.to))
        };
        std::iter::once(name(plan, cell.0, cell.1)).chain(quarters.iter().map(at)).collect()
    });
    table::table(header, rows.collect()).to_string()
}

fn name(plan: &Plan, region: usize, role: usize) -> String {
    let region = plan.regions.get(region).map_or("", |r| r.name.as_str());
    format!("{region}, {}", plan.roles.get(role).map_or("", |r| r.name.as_str()))
}

fn as_json(start: &Outcome, problem: &Problem, best: &BestPlan) -> Value {
    let plan = start.plan();
    let binding: Vec<Value> = best
        .binding
        .iter()
        .map(|b| {
            json!({"limit": b.status.limit.describe(plan, problem), "figure": b.status.figure.to_string(),
                "end": b.status.bound.to_string(), "worth": b.shadow_price.to_string()})
        })
        .collect();
    json!({
        "objective": problem.objective.name(),
        "before": best.before.to_string(),
        "before_holds_limits": best.feasible_before,
        "after": best.objective.to_string(),
        "bound": best.bound.to_string(),
        "gap": best.gap().map(Ratio::fixed),
        "caveat": best.caveat(),
        "binding": binding,
        "robust": best.robust.as_ref().map(robust::json),
        "edits": best.edits,
    })
}

/// The next hires, step by step.
fn next(start: &Outcome, placed: &[(NextHire, Outcome)], json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    let plan = start.plan();
    if json {
        let rows = placed.iter().map(|(hire, _)| {
            json!({"region": plan.regions.get(hire.open.region).map(|r| r.id.to_string()),
                "role": plan.roles.get(hire.open.role).map(|r| r.id.to_string()), "quarter": hire.open.quarter,
                "capacity": hire.capacity.fixed(), "covered": hire.covered.fixed(), "cost": hire.cost.fixed()})
        });
        return table::json(&rows.collect::<Vec<_>>(), out);
    }
    let header = ["Next hire", "In", "Adds capacity", "Covers target", "Costs"].map(str::to_owned).to_vec();
    let row = |(step, (hire, _)): (usize, &(NextHire, Outcome))| {
        let money = |amount: Money| amount.exact().grouped(2);
        vec![
            format!("{}. {}", step + 1, name(plan, hire.open.region, hire.open.role)),
            plan.calendar.name(Period::Quarter(hire.open.quarter)),
            money(hire.capacity),
            money(hire.covered),
            money(hire.cost),
        ]
    };
    if placed.is_empty() {
        writeln!(out, "No open cell and quarter takes one more hire within the limits")?;
    } else {
        writeln!(out, "{}", table::table(header, placed.iter().enumerate().map(row).collect()))?;
    }
    Ok(())
}

/// The frontier, today's plan first.
fn points(start: &Outcome, found: &Frontier, json: bool, out: &mut dyn Write) -> Result<(), Failure> {
    if json {
        let point = |p: &FrontierPoint| {
            json!({"hires": p.hires, "cost": p.cost.fixed(), "covered": p.covered.fixed(), "target": p.target.fixed(),
                "asked": p.hires_limit, "edits": p.edits})
        };
        let points: Vec<Value> = found.points.iter().map(point).collect();
        let missing = found.missing.iter().map(|m| json!({"hires": m.hires, "reason": m.reason}));
        let missing: Vec<Value> = missing.collect();
        return table::json(&json!({"today": point(&found.today), "points": points, "missing": missing}), out);
    }
    let year = start.plan().envelope.fiscal_year;
    let header =
        [format!("Growth hires of {year}"), "Total cost".to_owned(), "Covered target".to_owned(), "Share".to_owned()];
    let row = |label: String, p: &FrontierPoint| {
        vec![label, p.cost.exact().grouped(2), p.covered.exact().grouped(2), percent(p.share())]
    };
    let today = row(format!("{} (today)", found.today.hires), &found.today);
    let label = |p: &FrontierPoint| {
        if p.hires == p.hires_limit {
            p.hires.to_string()
        } else {
            format!("{} ({} cover no more)", p.hires, p.hires_limit)
        }
    };
    let rows = std::iter::once(today).chain(found.points.iter().map(|p| row(label(p), p))).collect();
    writeln!(out, "{}", table::table(header.to_vec(), rows))?;
    for missing in &found.missing {
        writeln!(out, "\nWith {} growth hires: {}", missing.hires, missing.reason)?;
    }
    Ok(())
}
