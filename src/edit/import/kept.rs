//! What a planner has corrected in the matching of columns, for the next table with the same headings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::field::ImportField;
use super::kind::ImportKind;
use super::names::folded;
use crate::units::Calendar;

/// For each kind of table what columns of a heading hold, where that is not what their name says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeptColumns(BTreeMap<ImportKind, BTreeMap<String, String>>);

/// What a planner has said that a column holds.
pub(super) enum KeptField {
    /// Nothing that is wanted.
    Nothing,
    /// A field.
    Field(ImportField),
}

impl KeptColumns {
    /// Keeps what the columns of a heading hold; `None` forgets it.
    pub(super) fn put(&mut self, kind: ImportKind, heading: &str, holds: Option<&KeptField>, calendar: Calendar) {
        let here = self.0.entry(kind).or_default();
        let name = folded(heading);
        match holds {
            None => drop(here.remove(&name)),
            Some(_) if name.is_empty() => {}
            Some(KeptField::Nothing) => drop(here.insert(name, String::new())),
            Some(KeptField::Field(field)) => drop(here.insert(name, field.name(calendar))),
        }
    }

    /// What was kept for a heading.
    pub(super) fn holds(&self, kind: ImportKind, heading: &str, calendar: Calendar) -> Option<KeptField> {
        let name = self.0.get(&kind)?.get(&folded(heading))?;
        if name.is_empty() {
            return Some(KeptField::Nothing);
        }
        // A quarter of another plan's calendar says nothing here.
        ImportField::named(kind, calendar, name).map(KeptField::Field)
    }
}
