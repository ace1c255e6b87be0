//! Names that tables from elsewhere have for the regions and roles of a plan, as its planners have mapped them: the next
//! table with the same names comes in without a question. No figure depends on it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::register::DocumentPart;
use super::unique;

/// The meaning of a name in a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum NameMeaning {
    /// The region or role with this id; of other names a person or one of the words of [`TableNames`].
    Is(String),
    /// Nothing of the plan; why.
    LeftOut(String),
}

/// For each name that tables have what it stands for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TableNames {
    /// Places, by the text in the table.
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub regions: BTreeMap<String, NameMeaning>,
    /// Titles.
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub roles: BTreeMap<String, NameMeaning>,
    /// Statuses of people: `active`, `leave`, `left` or `future`.
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub statuses: BTreeMap<String, NameMeaning>,
    /// Types of workers: `employee` or `contingent`.
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub worker_types: BTreeMap<String, NameMeaning>,
    /// Reasons for which people left: `voluntary`, `involuntary`, `exit` or `moved`.
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub reasons: BTreeMap<String, NameMeaning>,
    /// Statuses of positions: `planned`, `open`, `offered`, `accepted`, `on hold` or `cancelled`.
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub opening_statuses: BTreeMap<String, NameMeaning>,
    /// Cost lines, and accounts that are one: a line of [`super::Year::LINES`].
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub cost_lines: BTreeMap<String, NameMeaning>,
    /// Stages of deals: `won`, `in play` or `lost`.
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub stages: BTreeMap<String, NameMeaning>,
    /// Owners of bookings: the `who` of a person.
    #[serde(deserialize_with = "unique::map", skip_serializing_if = "BTreeMap::is_empty")]
    pub owners: BTreeMap<String, NameMeaning>,
}

impl TableNames {
    /// Whether nothing is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl DocumentPart for TableNames {}
