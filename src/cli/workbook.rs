//! `muster workbook`: the whole model as an Excel workbook with live formulas.

use std::path::{Path, PathBuf};

use super::failure::{self, Failure};
use super::plan_args::PlanArgs;
use crate::analysis::Progress;
use crate::files::{self, WorkbookError, WorkbookPay};
use crate::units::counted;

/// Where the workbook goes.
#[derive(Debug, clap::Args)]
pub(super) struct WorkbookArgs {
    /// The file to write, .xlsx; what is there is replaced whole, or not at all
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Leave out pay and what tells it: costs of the whole plan alone, and values instead of formulas
    #[arg(long)]
    without_pay: bool,
}

impl From<WorkbookError> for Failure {
    fn from(error: WorkbookError) -> Self {
        match error {
            WorkbookError::TooLarge { .. } => Self::Plan(error.to_string()),
            WorkbookError::Year(error) => error.into(),
            WorkbookError::Stopped | WorkbookError::NoCell { .. } | WorkbookError::Form(_) => {
                Self::Usage(error.to_string())
            }
        }
    }
}

/// Writes the workbook of the chosen version of the plan.
pub(super) fn write(source: &PlanArgs, args: &WorkbookArgs) -> Result<(), Failure> {
    let file: &Path = &args.output;
    if !file.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx")) {
        let message = format!("{}: a workbook is an Excel file; name it .xlsx", file.display());
        return Err(Failure::Usage(message));
    }
    let outcome = source.outcome()?;
    let pay = if args.without_pay { WorkbookPay::LeftOut } else { WorkbookPay::Told };
    let bytes = files::workbook(&outcome, pay, &Progress::default())?;
    failure::noted(file, &files::write_bytes(file, &bytes)?);
    let plan = outcome.plan();
    let (regions, roles, quarters) = (plan.regions.len(), plan.roles.len(), plan.calendar.quarters);
    failure::say(&format!(
        "wrote the workbook{} of {} by {} over {quarters} quarters to {}",
        if args.without_pay { " without pay" } else { "" },
        counted(regions, "region", "regions"),
        counted(roles, "role", "roles"),
        file.display()
    ));
    Ok(())
}
