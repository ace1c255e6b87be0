//! Reading a table for a plan.

use super::choices::Choices;
use super::error::ImportError;
use super::kind::ImportKind;
use super::reader::RowReader;
use super::result::Import;
use super::table::ImportTable;
use super::{column, outcome, roster, stated};
use crate::edit::apply::apply_all;
use crate::plan::{Plan, validate};

/// Reads a table for a plan.
///
/// # Errors
/// When the columns do not say enough, when days or numbers can be read in two ways and nobody has said which, or when
/// the plan could not be evaluated with what the rows state.
pub fn import(plan: &Plan, table: &ImportTable, choices: &Choices) -> Result<Import, ImportError> {
    if let Some(problem) = column::problem(choices.kind, &table.headings, &choices.columns, plan.calendar) {
        return Err(ImportError::Columns(problem));
    }
    if table.rows.is_empty() {
        return Err(ImportError::NoRows);
    }
    let reader = RowReader::new(plan, table, choices)?;
    let mut made = match choices.kind {
        ImportKind::Roster => roster::import(&reader, choices.replace),
        kind => stated::import(&reader, kind, choices.replace),
    };
    made.notes.splice(0..0, reader.notes());
    let after = apply_all(plan, &made.edits).map_err(|e| ImportError::Plan(e.to_string()))?;
    if let Some(problem) = validate(&after).first() {
        return Err(ImportError::Plan(problem.to_string()));
    }
    made.lines = outcome::lines(plan, &after, choices.kind);
    Ok(made)
}
