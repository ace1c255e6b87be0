//! `FieldPath`: which field of which entry, such as `regions[uk].accounts`. It prints as the path text that edits, files
//! and explanations carry, and is read from it.

use std::fmt;
use std::str::FromStr;

use super::field::{Field, fields, matches};
use super::{Currency, RegionId, RoleId};
use crate::units::FiscalYear;

/// The key of an entry of a list or map: an id, a code, a year's number, or an index counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    /// An id or a code.
    Name(&'a str),
    /// An index.
    Index(usize),
    /// A fiscal year's number.
    Year(FiscalYear),
}

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Index(index) => write!(f, "{index}"),
            Self::Year(year) => write!(f, "{}", year.0),
        }
    }
}

impl<'a> From<&'a str> for Key<'a> {
    fn from(name: &'a str) -> Self {
        Self::Name(name)
    }
}

impl<'a> From<&'a RegionId> for Key<'a> {
    fn from(id: &'a RegionId) -> Self {
        Self::Name(id.as_str())
    }
}

impl<'a> From<&'a RoleId> for Key<'a> {
    fn from(id: &'a RoleId) -> Self {
        Self::Name(id.as_str())
    }
}

impl<'a> From<&'a Currency> for Key<'a> {
    fn from(code: &'a Currency) -> Self {
        Self::Name(code.as_str())
    }
}

impl From<usize> for Key<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl From<FiscalYear> for Key<'_> {
    fn from(year: FiscalYear) -> Self {
        Self::Year(year)
    }
}

/// A field of the plan: the entry of the register, and the keys of the entries that its path leads through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPath {
    field: &'static Field,
    keys: Vec<String>,
}

/// The text is not the path of a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a field of a plan")]
pub struct FieldPathError(String);

impl FieldPath {
    /// The path without keys.
    #[must_use]
    pub(super) const fn new(field: &'static Field) -> Self {
        Self { field, keys: Vec::new() }
    }

    /// The path of a field with all its keys.
    #[must_use]
    pub fn with_keys(field: &'static Field, keys: &[Key<'_>]) -> Self {
        Self { field, keys: keys.iter().map(ToString::to_string).collect() }
    }

    /// The path with one more key.
    #[must_use]
    pub fn at<'k>(mut self, key: impl Into<Key<'k>>) -> Self {
        self.keys.push(key.into().to_string());
        self
    }

    /// The field.
    #[must_use]
    pub const fn field(&self) -> &'static Field {
        self.field
    }

    /// The keys of the entries, outermost first.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        &self.keys
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_path(f, self.field.pattern, &self.keys)
    }
}

/// A part of the document that holds fields: a struct, or an entry of a list or map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry(pub(super) &'static str);

impl Entry {
    /// The beginning of the patterns of its fields.
    pub(super) const fn fields_start(self) -> &'static str {
        self.0
    }

    /// The path of a struct that is there once; of an entry, the path of its list or map.
    #[must_use]
    pub const fn path(self) -> EntryPath {
        EntryPath { entry: self, keys: Vec::new() }
    }

    /// The path of an entry by its id, key or index; further keys follow by [`EntryPath::at`].
    #[must_use]
    pub fn at<'k>(self, key: impl Into<Key<'k>>) -> EntryPath {
        self.path().at(key)
    }
}

/// The path of a struct, or of an entry of a list or map, such as `regions[uk]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryPath {
    entry: Entry,
    keys: Vec<String>,
}

impl EntryPath {
    /// The path with one more key.
    #[must_use]
    pub fn at<'k>(mut self, key: impl Into<Key<'k>>) -> Self {
        self.keys.push(key.into().to_string());
        self
    }
}

impl fmt::Display for EntryPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A table of fields states the path up to the point before their names.
        write_path(f, self.entry.0.strip_suffix('.').unwrap_or(self.entry.0), &self.keys)
    }
}

impl From<EntryPath> for String {
    fn from(path: EntryPath) -> Self {
        path.to_string()
    }
}

/// Writes a pattern with its keys. Where keys are missing, it ends with the list or map that they would lead into.
fn write_path(f: &mut fmt::Formatter<'_>, pattern: &str, keys: &[String]) -> fmt::Result {
    let mut parts = pattern.split('*').peekable();
    let mut keys = keys.iter();
    while let Some(part) = parts.next() {
        match keys.next() {
            Some(key) if parts.peek().is_some() => write!(f, "{part}{key}")?,
            None if parts.peek().is_some() => return f.write_str(part.strip_suffix('[').unwrap_or(part)),
            _ => f.write_str(part)?,
        }
    }
    Ok(())
}

impl FromStr for FieldPath {
    type Err = FieldPathError;

    fn from_str(text: &str) -> Result<Self, FieldPathError> {
        let field = fields().iter().copied().find(|field| matches(field.pattern, text));
        let field = field.ok_or_else(|| FieldPathError(text.to_owned()))?;
        let mut keys = Vec::new();
        let mut rest = text;
        for part in field.pattern.split('*') {
            if let Some((key, after)) = rest.strip_prefix(part).and_then(|after| after.split_once(']')) {
                keys.push(key.to_owned());
                rest = rest.get(rest.len() - after.len() - 1..).unwrap_or_default();
            }
        }
        Ok(Self { field, keys })
    }
}

impl From<FieldPath> for String {
    fn from(path: FieldPath) -> Self {
        path.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Assumptions, Kind, Pay, Plan, Region, Role};
    use super::*;

    #[test]
    fn a_path_prints_as_its_text_and_is_read_from_it() {
        let region = RegionId::new("us-federal");
        let role = RoleId::new("ae");
        for (path, text) in [
            (Assumptions::SEVERANCE.path(), "assumptions.severance"),
            (Region::ACCOUNTS.at(&region), "regions[us-federal].accounts"),
            (Role::RAMP.at(&role).at(11), "roles[ae].ramp[11]"),
            (Kind::ANNUAL_QUOTA.at(&role), "roles[ae].kind.Seller.annual_quota"),
            (Pay::BASE.at(&region).at(&role), "pay[us-federal][ae].base"),
            (Plan::HIRES.at(&region).at(&role).at(3), "hires[us-federal][ae][3]"),
            (Plan::BUDGETS.at(FiscalYear(2011)), "budgets[2011]"),
        ] {
            assert_eq!(path.to_string(), text);
            assert_eq!(text.parse(), Ok(path), "{text}");
        }
        assert!("regions[uk].nothing".parse::<FieldPath>().is_err());
    }

    #[test]
    fn a_path_with_fewer_keys_is_that_of_the_list_or_map() {
        let (region, role) = (RegionId::new("uk"), RoleId::new("ae"));
        for (path, text) in [
            (Assumptions::SEASONALITY.path().to_string(), "assumptions.seasonality"),
            (Plan::HIRES.at(&region).at(&role).to_string(), "hires[uk][ae]"),
            (Plan::HIRES.at(&region).to_string(), "hires[uk]"),
            (Role::RAMP.at(&role).to_string(), "roles[ae].ramp"),
            (Region::ENTRY.path().to_string(), "regions"),
            (Region::ENTRY.at(&region).to_string(), "regions[uk]"),
            (Kind::ENTRY.at(&role).to_string(), "roles[ae].kind"),
            (Pay::ENTRY.at(&region).at(&role).to_string(), "pay[uk][ae]"),
        ] {
            assert_eq!(path, text);
        }
    }
}
