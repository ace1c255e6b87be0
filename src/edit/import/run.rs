//! Reading a table for a plan.

use super::choices::{Choices, NewName};
use super::error::ImportError;
use super::kind::ImportKind;
use super::month_edits::{MissingAmounts, month_edits};
use super::reader::RowReader;
use super::result::Import;
use super::spells::{MergeChoices, gone_remarks, merge};
use super::table::ImportTable;
use super::value_map::NamedValue;
use super::{amounts_by_month, column, openings, outcome, people, roster, stated};
use crate::edit::EditError;
use crate::edit::apply::apply_all;
use crate::edit::structure;
use crate::edit::year::MonthActuals;
use crate::plan::{Plan, PlanEdit, validate};
use serde_json::json;

/// Reads a table for a plan.
///
/// # Errors
/// When the columns do not say enough, when days or numbers can be read in two ways and nobody has said which, or when
/// the plan could not be evaluated with what the rows state.
pub fn import(given: &Plan, table: &ImportTable, choices: &Choices) -> Result<Import, ImportError> {
    let (mut made, made_for) = read(given, table, choices)?;
    made.edits.splice(0..0, made_for);
    if choices.kind.is_of_a_month() {
        take_actuals(given, choices, &mut made)?;
    }
    let after = apply_all(given, &made.edits).map_err(|e| ImportError::Plan(e.to_string()))?;
    if let Some(problem) = validate(&after).first() {
        return Err(ImportError::Plan(problem.to_string()));
    }
    made.lines = outcome::lines(given, &after, choices.kind);
    Ok(made)
}

/// The edits of what a table says of closed months and of people.
fn take_actuals(given: &Plan, choices: &Choices, made: &mut Import) -> Result<(), ImportError> {
    let Some(through) = given.year.as_deref().map(|year| year.through) else {
        return Err(ImportError::NoClosedMonth);
    };
    let wrong = |error: EditError| ImportError::Plan(error.to_string());
    let plan = apply_all(given, &made.edits).map_err(wrong)?;
    let mut people = None;
    if let Some(rows) = &made.actuals.people {
        // What has no day of its own happens in the open month.
        let month = choices.month.unwrap_or(through.plus(1));
        let merged = merge(&plan, rows, MergeChoices { month, later_starts: choices.later_starts, gone: None });
        if let Some(shrunk) = merged.shrunk.filter(|_| !choices.shrunk) {
            return Err(ImportError::Shrunk(shrunk));
        }
        made.totals.taken -= merged.faults.len() + merged.repeated.len();
        made.unfit.extend(merged.faults.into_iter().map(|(_, row, out)| out.left_out(row, 1)));
        made.left_out.extend(merged.repeated.into_iter().map(|(_, row, out)| out.left_out(row, 1)));
        made.notes.extend(merged.notes);
        made.notes.extend(gone_remarks(&merged.gone, None, month));
        people = Some(merged.people);
    }
    let amounts = (&made.actuals, people);
    let edits = month_edits(&plan, through, amounts, &MonthActuals::default(), &MissingAmounts::default());
    let edits = edits.map_err(wrong)?;
    made.notes.extend(edits.remarks);
    made.edits.extend(edits.edits);
    Ok(())
}

/// Reads a table for a plan, without the edits of what has happened; and the edits that make regions and roles for names.
pub(super) fn read(
    given: &Plan,
    table: &ImportTable,
    choices: &Choices,
) -> Result<(Import, Vec<PlanEdit>), ImportError> {
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
        ImportKind::People => people::read(&reader, choices.replace),
        ImportKind::Openings => openings::read(&reader),
        kind if kind.is_of_a_month() => amounts_by_month::read(&reader, kind).map_err(ImportError::Shares)?,
        kind => stated::import(&reader, kind, choices.replace).map_err(ImportError::Shares)?,
    };
    made.totals.rows = table.rows.len();
    made.notes.splice(0..0, reader.notes());
    if let Some(preset) = column::preset_of(table, choices.kind) {
        let note = format!("The headings are taken for those of {} (as documented: {})", preset.name, preset.source);
        made.notes.insert(0, note);
    }
    made.unused = reader.unused();
    made.names = names(plan, choices);
    Ok((made, made_for))
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
            _ => continue,
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
