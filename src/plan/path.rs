//! `FieldPath`: which field of which entry, such as `regions[uk].accounts`. It prints as the path text that edits, files
//! and explanations carry; `catalogue` reads it from that text.

use std::fmt;

use super::field::{Entry, Field};
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

impl Field {
    /// The path of a field that is stated once for the whole plan; of one by entries, the path of their list or map.
    #[must_use]
    pub const fn path(&'static self) -> FieldPath {
        FieldPath::new(self)
    }

    /// The path of the field of an entry, by the entry's id, key or index; further keys follow by [`FieldPath::at`].
    #[must_use]
    pub fn at<'k>(&'static self, key: impl Into<Key<'k>>) -> FieldPath {
        self.path().at(key)
    }
}

/// A field of the plan: the entry of the register, and the keys of the entries that its path leads through.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldPath {
    field: &'static Field,
    keys: Vec<String>,
}

impl FieldPath {
    /// The path without keys.
    #[must_use]
    const fn new(field: &'static Field) -> Self {
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

impl Entry {
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
    /// The struct or kind of entry.
    #[must_use]
    pub const fn entry(&self) -> Entry {
        self.entry
    }

    /// The keys of the entries, outermost first.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// The path of an entry with its keys.
    #[must_use]
    pub fn with_keys(entry: Entry, keys: &[Key<'_>]) -> Self {
        Self { entry, keys: keys.iter().map(ToString::to_string).collect() }
    }

    /// The path with one more key.
    #[must_use]
    pub fn at<'k>(mut self, key: impl Into<Key<'k>>) -> Self {
        self.keys.push(key.into().to_string());
        self
    }
}

impl fmt::Display for EntryPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_path(f, self.entry.pattern(), &self.keys)
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

impl From<FieldPath> for String {
    fn from(path: FieldPath) -> Self {
        path.to_string()
    }
}

/// The place in the document that a path leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DocumentPath {
    /// A field; with fewer keys than the field's path has, the list or map of its entries.
    Field(FieldPath),
    /// A struct or an entry; with fewer keys than the entry's path has, the list or map of such entries.
    Entry(EntryPath),
}

impl DocumentPath {
    /// The struct or kind of entry that the place is in.
    #[must_use]
    pub const fn entry(&self) -> Entry {
        match self {
            Self::Field(path) => path.field.entry,
            Self::Entry(path) => path.entry,
        }
    }

    /// The field; `None` for a struct, an entry, or a list of entries.
    #[must_use]
    pub const fn field(&self) -> Option<&'static Field> {
        match self {
            Self::Field(path) => Some(path.field),
            Self::Entry(_) => None,
        }
    }

    /// The keys of the entries, outermost first.
    #[must_use]
    pub fn keys(&self) -> &[String] {
        match self {
            Self::Field(path) => &path.keys,
            Self::Entry(path) => &path.keys,
        }
    }

    /// One of the keys, from 0 for the outermost; empty if there are fewer.
    #[must_use]
    pub fn key(&self, number: usize) -> &str {
        self.keys().get(number).map_or("", String::as_str)
    }

    /// One of the keys as an index; `None` if it is none.
    #[must_use]
    pub fn index(&self, number: usize) -> Option<usize> {
        self.key(number).parse().ok()
    }

    /// The same place under another key.
    #[must_use]
    pub fn with_key<'k>(mut self, number: usize, key: impl Into<Key<'k>>) -> Self {
        let keys = match &mut self {
            Self::Field(path) => &mut path.keys,
            Self::Entry(path) => &mut path.keys,
        };
        if let Some(place) = keys.get_mut(number) {
            *place = key.into().to_string();
        }
        self
    }
}

impl fmt::Display for DocumentPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(path) => path.fmt(f),
            Self::Entry(path) => path.fmt(f),
        }
    }
}
