//! A change of a value over time in words, as views show it.

use crate::desktop::fields::Fields;
use crate::edit::place;
use crate::plan::ValueChange;

/// The field that changes, by its place and name, and its value from then on: `Account executive: annual quota 1,350,000`.
pub(in crate::desktop) fn words(fields: Fields<'_>, change: &ValueChange) -> String {
    let value = change.field().map(|(field, _)| fields.changed_text(field, &change.value)).unwrap_or_default();
    format!("{} {value}", place(fields.plan, &change.path))
}
