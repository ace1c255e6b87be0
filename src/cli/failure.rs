//! How a command fails, and with which exit code.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use super::output::shown;
use crate::analysis::{AnalysisError, FigureRefError, YearSummaryError, best_plan_without_outlook};
use crate::edit::{EditError, LostEdit};
use crate::engine::{EvaluateError, OutlookOutOfRange, VarianceError};
use crate::files::{FileError, WriteNote};
use crate::plan::Plan;

/// A command's failure: what to say, and whose fault it is.
#[derive(Debug)]
pub(super) enum Failure {
    /// The plan has errors, or the goal cannot be reached: exit 1.
    Plan(String),
    /// The command or a file is wrong: exit 2.
    Usage(String),
}

impl Failure {
    /// Says it on standard error and gives the exit code.
    pub(super) fn report(&self) -> ExitCode {
        match self {
            Self::Plan(message) => {
                say(message);
                ExitCode::from(1)
            }
            Self::Usage(message) => {
                say(message);
                ExitCode::from(2)
            }
        }
    }
}

/// Says what does not keep a command from its result.
pub(super) fn warn(lines: &[String]) {
    for line in lines {
        say(&format!("warning: {line}"));
    }
}

/// Says what a best plan leaves out of the plan's closed months.
pub(super) fn warn_of_year(plan: &Plan) {
    warn(&best_plan_without_outlook(plan).into_iter().collect::<Vec<_>>());
}

/// Reports the notes about a file that was written.
pub(super) fn noted(path: &Path, notes: &[WriteNote]) {
    warn(&notes.iter().map(|note| format!("{}: {note}", path.display())).collect::<Vec<_>>());
}

/// Says something on standard error, in a line. Where nobody can be told, because it is closed or its disk is full, the
/// exit code still says how it went.
pub(super) fn say(line: &str) {
    let _ = writeln!(std::io::stderr(), "{}", shown(line));
}

/// Says on a terminal how far a command is, over what it said before; nothing clears it.
pub(super) fn progress(line: &str) {
    let _ = write!(std::io::stderr(), "\r\u{1b}[K{line}");
}

/// An edit of a scenario that could not be applied, in a sentence.
pub(super) fn lost(scenario: &str, lost: &LostEdit) -> String {
    format!("scenario \"{scenario}\", edit {}: {}; the edit is left out", lost.index + 1, lost.reason)
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        let message = error.to_string();
        if error.is_in_the_plan() { Self::Plan(message) } else { Self::Usage(message) }
    }
}

impl From<EditError> for Failure {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Unknown { what: "scenario" | "plan of record", .. } => Self::Usage(error.to_string()),
            _ => Self::Plan(error.to_string()),
        }
    }
}

impl From<FigureRefError> for Failure {
    fn from(error: FigureRefError) -> Self {
        Self::Usage(error.to_string())
    }
}

impl From<AnalysisError> for Failure {
    fn from(error: AnalysisError) -> Self {
        match error {
            AnalysisError::Input { .. } => Self::Usage(error.to_string()),
            AnalysisError::Edit(error) => error.into(),
            AnalysisError::Evaluate { what, error: EvaluateError::Invalid(problems) } => {
                let lines: Vec<String> = problems.iter().map(|p| format!("error: {what}: {p}")).collect();
                Self::Plan(lines.join("\n"))
            }
            other => Self::Plan(other.to_string()),
        }
    }
}

impl From<EvaluateError> for Failure {
    fn from(error: EvaluateError) -> Self {
        match &error {
            EvaluateError::Invalid(problems) => {
                let lines: Vec<String> = problems.iter().map(|p| format!("error: {p}")).collect();
                Self::Plan(format!("{}\n{error}", lines.join("\n")))
            }
            EvaluateError::OutOfRange { .. } => Self::Plan(format!("error: {error}")),
        }
    }
}

impl From<VarianceError> for Failure {
    fn from(error: VarianceError) -> Self {
        match error {
            VarianceError::NothingClosed => Self::Plan(format!("error: {error}; state `year` in the plan")),
            VarianceError::Plan(error) => error.into(),
            VarianceError::Record(_) | VarianceError::OutOfRange(_) => Self::Plan(format!("error: {error}")),
        }
    }
}

impl From<YearSummaryError> for Failure {
    fn from(error: YearSummaryError) -> Self {
        match error {
            YearSummaryError::Variance(error) => error.into(),
            YearSummaryError::Outlook(error) => error.into(),
            YearSummaryError::Record(_) => Self::Plan(format!("error: {error}")),
        }
    }
}

impl From<OutlookOutOfRange> for Failure {
    fn from(error: OutlookOutOfRange) -> Self {
        Self::Plan(format!("error: {error}"))
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Usage(format!("cannot write the result: {error}"))
    }
}
