//! `muster check`: what is wrong with a plan, and what to look at.

use std::io::Write;
use std::process::ExitCode;

use serde::Serialize;

use super::failure::{self, Failure};
use super::plan_args::PlanArgs;
use crate::analysis::{
    FindingLevel, PlainNumbers, decision_words, finding_groups, finding_sentence, hired_departure_sentence,
    stray_remarks, year_finding_sentence,
};
use crate::edit;
use crate::engine::{EvaluateError, Outcome, Outlook, Place, YearFinding, findings, hired_departures, year_findings};
use crate::plan::Year;
use crate::units::counted;

/// One finding as JSON.
#[derive(Debug, Serialize)]
struct FindingRow {
    severity: &'static str,
    kind: &'static str,
    place: String,
    figure: Option<String>,
    limit: Option<String>,
    level: Option<&'static str>,
    accepted: Option<bool>,
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
    let (mut lines, counts) = match Outcome::of(plan.into()) {
        Ok(outcome) => warnings(&outcome),
        Err(EvaluateError::Invalid(problems)) => {
            (problems.into_iter().map(|p| error(p.path, p.message)).collect(), String::new())
        }
        Err(other) => (vec![error(String::new(), other.to_string())], String::new()),
    };
    lines.extend(lost.into_iter().map(left_out));
    let count = |severity: &str| lines.iter().filter(|line| line.severity == severity).count();
    let (errors, warnings) = (count("error"), count("warning"));
    if json {
        serde_json::to_writer_pretty(&mut *out, &lines).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        for line in &lines {
            // A finding says its place itself.
            let place = if line.figure.is_none() && !line.place.is_empty() {
                format!("{}: ", line.place)
            } else {
                String::new()
            };
            writeln!(out, "{}: {place}{}", line.severity, line.message)?;
        }
        writeln!(out, "{}, {}{counts}", counted(errors, "error", "errors"), counted(warnings, "warning", "warnings"))?;
    }
    Ok(ExitCode::from(u8::from(errors > 0)))
}

fn plain(severity: &'static str, kind: &'static str, place: String, message: String) -> FindingRow {
    FindingRow { severity, kind, place, figure: None, limit: None, level: None, accepted: None, message }
}

fn error(place: String, message: String) -> FindingRow {
    plain("error", "plan", place, message)
}

fn left_out(message: String) -> FindingRow {
    plain("warning", "scenario_edit", String::new(), message)
}

/// The findings about closed months and the outlook, if the plan has closed months.
fn of_year(outcome: &Outcome) -> Vec<FindingRow> {
    let outlook = match Outlook::of(outcome.plan()) {
        Ok(Some(outlook)) => outlook,
        Ok(None) => return Vec::new(),
        Err(error_of_outlook) => return vec![error(Year::ENTRY.pattern().to_owned(), error_of_outlook.to_string())],
    };
    let row = |finding: &YearFinding| FindingRow {
        figure: Some(finding.figure.exact().round(6).to_string()),
        limit: Some(finding.limit.exact().to_string()),
        ..plain(
            "warning",
            finding.kind.name(),
            outcome.place_name(finding.place),
            year_finding_sentence(outcome, finding, &PlainNumbers),
        )
    };
    year_findings(&outlook).iter().map(row).collect()
}

/// The findings of a plan, what else is worth knowing, and how many groups of findings are to be decided.
fn warnings(outcome: &Outcome) -> (Vec<FindingRow>, String) {
    let (plan, findings) = (outcome.plan(), findings(outcome));
    let groups = finding_groups(outcome, &findings);
    let mut is_accepted = vec![false; findings.len()];
    for ranked in groups.iter().filter(|group| group.is_accepted()).flat_map(|group| &group.findings) {
        if let Some(accepted) = is_accepted.get_mut(ranked.index) {
            *accepted = true;
        }
    }
    let row = |(finding, accepted): (&crate::engine::Finding, bool)| FindingRow {
        figure: Some(finding.figure.exact().round(6).to_string()),
        limit: Some(finding.limit.exact().to_string()),
        level: Some(FindingLevel::of(plan, finding).name()),
        accepted: Some(accepted),
        ..plain(
            "warning",
            finding.kind.name(),
            outcome.place_name(finding.place),
            finding_sentence(outcome, finding, &PlainNumbers),
        )
    };
    let mut rows: Vec<FindingRow> = findings.iter().zip(is_accepted).map(row).collect();
    rows.extend(stray_remarks(plan).into_iter().map(|stray| plain("warning", "remark", stray.path, stray.message)));
    rows.extend(of_year(outcome));
    rows.extend(hired_departures(outcome).iter().map(|departure| FindingRow {
        figure: Some(departure.heads.exact().round(6).to_string()),
        limit: Some(departure.planned.to_string()),
        ..plain(
            "info",
            if departure.moves { "moves_reach_hires" } else { "exits_reach_hires" },
            outcome.place_name(Place::Cell(departure.region, departure.role)),
            hired_departure_sentence(outcome, departure, &PlainNumbers),
        )
    }));
    (rows, if groups.is_empty() { String::new() } else { format!("; {}", decision_words(&groups)) })
}
