//! `muster check`: what is wrong with a plan, and what to look at.

use std::io::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::failure::{self, Failure};
use super::plan_args::PlanArgs;
use crate::analysis::{PlainNumbers, finding_sentence};
use crate::edit;
use crate::engine::{EvaluateError, Outcome, findings};
use crate::units::counted;

/// One finding as JSON.
#[derive(Debug, Serialize)]
struct FindingRow {
    severity: &'static str,
    kind: &'static str,
    place: String,
    figure: Option<String>,
    limit: Option<String>,
    message: String,
}

/// Writes every finding, and the scenario edits that do not fit (of all scenarios without `--scenario`); exit 1 if there
/// is an error.
pub(super) fn write(source: &PlanArgs, json: bool, out: &mut dyn Write) -> Result<ExitCode, Failure> {
    let (plan, mut lost) = source.read()?;
    if source.scenario.is_none() {
        for scenario in &plan.scenarios {
            let made = edit::apply_known(&plan, &scenario.edits);
            lost.extend(made.lost.iter().map(|l| failure::lost(&scenario.name, l)));
        }
    }
    let mut lines = match Outcome::of(plan.into()) {
        Ok(outcome) => warnings(&outcome),
        Err(EvaluateError::Invalid(problems)) => problems.into_iter().map(|p| error(p.path, p.message)).collect(),
        Err(other) => vec![error(String::new(), other.to_string())],
    };
    lines.extend(lost.into_iter().map(left_out));
    let errors = lines.iter().filter(|l| l.severity == "error").count();
    if json {
        serde_json::to_writer_pretty(&mut *out, &lines).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        for line in &lines {
            let place = if line.severity == "error" && !line.place.is_empty() {
                format!("{}: ", line.place)
            } else {
                String::new()
            };
            writeln!(out, "{}: {place}{}", line.severity, line.message)?;
        }
        writeln!(
            out,
            "{}, {}",
            counted(errors, "error", "errors"),
            counted(lines.len() - errors, "warning", "warnings")
        )?;
    }
    Ok(ExitCode::from(u8::from(errors > 0)))
}

fn error(place: String, message: String) -> FindingRow {
    FindingRow { severity: "error", kind: "plan", place, figure: None, limit: None, message }
}

fn left_out(message: String) -> FindingRow {
    FindingRow { severity: "warning", kind: "scenario_edit", place: String::new(), figure: None, limit: None, message }
}

fn warnings(outcome: &Outcome) -> Vec<FindingRow> {
    let line = |f: crate::engine::Finding| FindingRow {
        severity: "warning",
        kind: f.kind.name(),
        place: outcome.place_name(f.place),
        figure: Some(f.figure.exact().round(6).to_string()),
        limit: Some(f.limit.exact().to_string()),
        message: finding_sentence(outcome, &f, &PlainNumbers),
    };
    findings(outcome).into_iter().map(line).collect()
}
