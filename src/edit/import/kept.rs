//! What a planner has corrected in the matching of columns, for the next table with the same headings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::names::folded;
use super::{ImportField, ImportKind, columns};
use crate::units::Calendar;

/// For each kind of table what columns of a heading hold, where that is not what their name says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeptColumns(BTreeMap<ImportKind, BTreeMap<String, String>>);

/// What a column was said to hold.
pub(super) enum Holds {
    /// Nothing that is wanted.
    Nothing,
    /// A field.
    Field(ImportField),
}

impl KeptColumns {
    /// Keeps what each column holds, where its name alone would say otherwise.
    pub fn keep(&mut self, kind: ImportKind, headings: &[String], chosen: &[Option<ImportField>], calendar: Calendar) {
        let plain = columns(kind, headings, calendar, &Self::default());
        let here = self.0.entry(kind).or_default();
        for ((heading, chosen), plain) in headings.iter().zip(chosen).zip(&plain) {
            let name = folded(heading);
            if chosen == plain {
                here.remove(&name);
            } else if !name.is_empty() {
                here.insert(name, chosen.map(|field| field.name(calendar)).unwrap_or_default());
            }
        }
    }

    /// What was kept for a heading.
    pub(super) fn holds(&self, kind: ImportKind, heading: &str, calendar: Calendar) -> Option<Holds> {
        let name = self.0.get(&kind)?.get(&folded(heading))?;
        if name.is_empty() {
            return Some(Holds::Nothing);
        }
        // A quarter of another plan's calendar says nothing here.
        ImportField::named(kind, calendar, name).map(Holds::Field)
    }
}
