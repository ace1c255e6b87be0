//! How a robust choice is said: what was scored again, and by how much the choice differs from the usual one.

use std::io::Write;

use serde_json::{Value, json};

use crate::analysis::optimisation::{Objective, RobustResult, RobustScore};
use crate::cli::failure::Failure;
use crate::cli::table;
use crate::plan::Plan;
use crate::units::Exact;

/// The choice as text.
pub(super) fn words(
    plan: &Plan,
    objective: Objective,
    result: &RobustResult,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let choice = &result.choice;
    let trials = Exact::from(u32::try_from(choice.trials).unwrap_or(u32::MAX)).grouped(0);
    let level = choice.percentile.name();
    let candidates = choice.candidates;
    writeln!(
        out,
        "\nChosen for {level} among the {candidates} best plans that were found, each simulated in {trials} trials, seed {}{}",
        choice.seed,
        if result.differs { "" } else { ": the best by the expected objective" }
    )?;
    let simulated = match objective {
        Objective::Hires => "capacity",
        Objective::Capacity | Objective::Shortfall | Objective::Cost => "objective",
    };
    let header = [
        format!("Amounts in {}", plan.currency),
        "Expected objective".to_owned(),
        format!("P50 of simulated {simulated}"),
        format!("P20 of simulated {simulated}"),
    ];
    let row = |name: &str, score: &RobustScore| {
        vec![name.to_owned(), score.expected.grouped(2), score.p50.grouped(2), score.p20.grouped(2)]
    };
    let rows = vec![row("Chosen", &result.chosen), row("Best by the expected objective", &result.best_expected)];
    writeln!(out, "{}", table::table(header.to_vec(), rows))?;
    Ok(())
}

/// The choice for other programs.
pub(super) fn json(result: &RobustResult) -> Value {
    let score = |score: &RobustScore| json!({"expected": score.expected.to_string(), "p50": score.p50.to_string(), "p20": score.p20.to_string()});
    let choice = &result.choice;
    json!({
        "level": choice.percentile.name(),
        "candidates": choice.candidates,
        "trials": choice.trials,
        "seed": choice.seed,
        "differs": result.differs,
        "chosen": score(&result.chosen),
        "best_by_expected": score(&result.best_expected),
    })
}
