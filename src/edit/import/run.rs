//! Reading a table for a plan.

use super::choices::{Choices, NewName};
use super::error::ImportError;
use super::kind::ImportKind;
use super::presets::preset;
use super::reader::RowReader;
use super::result::Import;
use super::table::ImportTable;
use super::value_map::NamedValue;
use super::{column, outcome, roster, stated};
use crate::edit::apply::apply_all;
use crate::edit::structure;
use crate::plan::{Plan, PlanEdit, validate};
use serde_json::json;

/// Reads a table for a plan.
///
/// # Errors
/// When the columns do not say enough, when days or numbers can be read in two ways and nobody has said which, or when
/// the plan could not be evaluated with what the rows state.
pub fn import(given: &Plan, table: &ImportTable, choices: &Choices) -> Result<Import, ImportError> {
    let (new, made_for) = with_new_names(given, &choices.new_names)?;
    let plan = &new;
    if let Some(problem) = column::problem(plan, table, choices) {
        return Err(ImportError::Columns(problem));
    }
    if table.rows.is_empty() {
        return Err(ImportError::NoRows);
    }
    let reader = RowReader::new(plan, table, choices)?;
    let mut made = match choices.kind {
        ImportKind::Roster => roster::import(&reader, choices.replace),
        kind => stated::import(&reader, kind, choices.replace).map_err(ImportError::Shares)?,
    };
    made.totals.rows = table.rows.len();
    made.notes.splice(0..0, reader.notes());
    if let Some(preset) = preset(&table.headings).filter(|_| choices.kind == ImportKind::Roster) {
        let note = format!("The headings are taken for those of {} (as documented: {})", preset.name, preset.source);
        made.notes.insert(0, note);
    }
    made.unused = reader.unused();
    made.names = names(plan, choices);
    made.edits.splice(0..0, made_for);
    let after = apply_all(given, &made.edits).map_err(|e| ImportError::Plan(e.to_string()))?;
    if let Some(problem) = validate(&after).first() {
        return Err(ImportError::Plan(problem.to_string()));
    }
    made.lines = outcome::lines(plan, &after, choices.kind);
    Ok(made)
}

/// The plan with the regions and roles that are made for names in the table, and the edits that make them.
fn with_new_names(plan: &Plan, names: &[NewName]) -> Result<(Plan, Vec<PlanEdit>), ImportError> {
    let (mut changed, mut edits) = (plan.clone(), Vec::new());
    for new in names {
        let (name, like) = (new.name.as_str(), new.like.as_deref());
        let made = match new.what {
            NamedValue::Region => {
                let at = like.and_then(|id| changed.region_index(id)).unwrap_or(0);
                structure::add_region(&changed, at, name)
            }
            NamedValue::Role => {
                let at = like.and_then(|id| changed.role_index(id)).unwrap_or(0);
                structure::duplicate_role(&changed, at, name)
            }
            NamedValue::Status | NamedValue::WorkerType => continue,
        };
        changed = apply_all(&changed, &made.edits).map_err(|e| ImportError::Plan(e.to_string()))?;
        edits.extend(made.edits);
    }
    Ok((changed, edits))
}

/// The path of the names in the document.
const TABLE_NAMES: &str = "table_names";

/// The edit that keeps with the plan what the table's names mean, where that is not known yet.
fn names(plan: &Plan, choices: &Choices) -> Option<PlanEdit> {
    let mut names = plan.table_names.clone();
    for what in NamedValue::ALL {
        let more = what.of(&choices.names).iter().map(|(name, meaning)| (name.clone(), meaning.clone()));
        what.of_mut(&mut names).extend(more);
    }
    (names != plan.table_names).then(|| PlanEdit::Set { path: TABLE_NAMES.to_owned(), to: json!(names) })
}
