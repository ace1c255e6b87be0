//! The catalogue: every field of the document in its order, and the field that a path leads to.

use std::str::FromStr;
use std::sync::LazyLock;

use super::document::{LogEntry, Plan, Record, Scenario};
use super::field::{Entry, Field};
use super::path::{DocumentPath, EntryPath, FieldPath, Key};
use super::register::DocumentPart;
use super::year::Year;

/// Every field that a planner states, in the order of the document. Levers and uncertainty are among them.
#[must_use]
pub fn fields() -> &'static [&'static Field] {
    static FIELDS: LazyLock<Vec<&'static Field>> = LazyLock::new(|| {
        let mut all = Vec::new();
        Plan::register(&mut all);
        all
    });
    &FIELDS
}

/// Every struct of the document and every kind of entry of its lists and maps, outer ones before those inside.
fn entries() -> &'static [Entry] {
    static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
        let mut all: Vec<Entry> = vec![Scenario::ENTRY, Scenario::EDITS, Record::ENTRY, LogEntry::ENTRY, Year::ENTRY];
        for field in fields() {
            if field.entry != Plan::ENTRY && !all.contains(&field.entry) {
                all.push(field.entry);
            }
        }
        all
    });
    &ENTRIES
}

/// The keys in a path that is a pattern with something for each of its stars; `None` if it is not. An entry's key may
/// hold anything but brackets.
fn keys<'p>(pattern: &str, path: &'p str) -> Option<Vec<Key<'p>>> {
    let (mut pattern, mut path, mut keys) = (pattern, path, Vec::new());
    while let Some((before, after)) = pattern.split_once('*') {
        let rest = path.strip_prefix(before)?;
        let end = rest.find(']')?;
        keys.push(Key::Name(rest.get(..end)?));
        pattern = after;
        path = rest.get(end..)?;
    }
    (pattern == path).then_some(keys)
}

/// The patterns of the lists and maps that a pattern leads through, after as many stars as are left out.
fn outer_patterns(pattern: &str, skip: usize) -> impl Iterator<Item = &str> {
    pattern.match_indices("[*").skip(skip).filter_map(|(at, _)| pattern.get(..at))
}

impl Field {
    /// The field that a path such as `regions[uk].accounts` leads to.
    #[must_use]
    pub fn of(path: &str) -> Option<&'static Self> {
        fields().iter().copied().find(|f| keys(f.pattern, path).is_some())
    }

    /// Its place in the catalogue.
    #[must_use]
    pub fn index(&self) -> usize {
        fields().iter().position(|field| *field == self).unwrap_or(usize::MAX)
    }
}

/// The text is not the path of a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a field of a plan")]
pub struct FieldPathError(String);

impl FromStr for FieldPath {
    type Err = FieldPathError;

    fn from_str(text: &str) -> Result<Self, FieldPathError> {
        let field = |field: &&'static Field| Some(Self::with_keys(field, &keys(field.pattern, text)?));
        fields().iter().find_map(field).ok_or_else(|| FieldPathError(text.to_owned()))
    }
}

impl FromStr for DocumentPath {
    type Err = FieldPathError;

    fn from_str(text: &str) -> Result<Self, FieldPathError> {
        if let Ok(path) = text.parse() {
            return Ok(Self::Field(path));
        }
        let is_entry = |entry: &Entry| Some(EntryPath::with_keys(*entry, &keys(entry.pattern(), text)?));
        let is_list_of_entries = |entry: &Entry| {
            let keys = outer_patterns(entry.pattern(), 0).find_map(|outer| keys(outer, text))?;
            Some(EntryPath::with_keys(*entry, &keys))
        };
        let is_list = |field: &&'static Field| {
            let skip = field.entry.pattern().matches('*').count();
            let keys = outer_patterns(field.pattern, skip).find_map(|outer| keys(outer, text))?;
            Some(Self::Field(FieldPath::with_keys(field, &keys)))
        };
        let entry = || entries().iter().find_map(is_entry).or_else(|| entries().iter().find_map(is_list_of_entries));
        let place = entry().map(Self::Entry).or_else(|| fields().iter().find_map(is_list));
        place.ok_or_else(|| FieldPathError(text.to_owned()))
    }
}

impl DocumentPath {
    /// The place that a path leads to or, where the document has none there, the innermost one around it.
    #[must_use]
    pub fn nearest(path: &str) -> Option<Self> {
        let mut ends = std::iter::once(path.len()).chain(path.rmatch_indices(['.', '[']).map(|(at, _)| at));
        ends.find_map(|end| path.get(..end)?.parse().ok())
    }

    /// The field, or the first one of the struct or entry, by its place in the catalogue.
    #[must_use]
    pub fn first_index(&self) -> usize {
        let is_inside = |field: &&&'static Field| match self.field() {
            Some(own) => own == **field,
            None => field.pattern.starts_with(self.entry().fields_start()),
        };
        fields().iter().position(|field| is_inside(&field)).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Assumptions, Kind, Market, Pay, Region, RegionId, Role, RoleId};
    use super::*;
    use crate::units::{Calendar, FiscalYear};

    #[test]
    fn of_finds_the_field_of_a_path() {
        for (path, title) in [
            ("regions[us-federal].accounts", "Accounts"),
            ("roles[ae].ramp[11]", "Ramp"),
            ("pay[uk][ae].base", "Base pay"),
            ("rates[EUR]", "Rate"),
            ("hires[uk][ae][3]", "Growth hires"),
            ("levers.hire_delay", "Hire delay"),
        ] {
            assert_eq!(Field::of(path).map(|f| f.title), Some(title), "{path}");
        }
        for path in ["regions", "regions[uk]", "regions[uk].market[0]", "levers.hire", "pay[uk].base", ""] {
            assert_eq!(Field::of(path), None, "{path}");
        }
    }

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

    #[test]
    fn a_path_leads_to_a_field_an_entry_or_a_list() {
        for (text, field, entry, keys) in [
            ("regions[uk].accounts", Some(Region::ACCOUNTS), Region::ENTRY, ["uk"].as_slice()),
            ("regions[uk]", None, Region::ENTRY, &["uk"]),
            ("regions", None, Region::ENTRY, &[]),
            ("regions[uk].market", None, Market::ENTRY, &["uk"]),
            ("regions[uk].market[1].size", Some(Market::SIZE), Market::ENTRY, &["uk", "1"]),
            ("roles[ae].kind", None, Kind::ENTRY, &["ae"]),
            ("roles[ae].ramp", Some(Role::RAMP), Role::ENTRY, &["ae"]),
            ("pay[uk]", None, Pay::ENTRY, &["uk"]),
            ("hires[uk][ae]", Some(Plan::HIRES), Plan::ENTRY, &["uk", "ae"]),
            ("hires", Some(Plan::HIRES), Plan::ENTRY, &[]),
            ("calendar", None, Calendar::ENTRY, &[]),
            ("scenarios[2].edits", None, Scenario::EDITS, &["2"]),
            ("frozen[0]", None, Record::ENTRY, &["0"]),
        ] {
            let path: DocumentPath = text.parse().unwrap();
            assert_eq!((path.field(), path.entry()), (field, entry), "{text}");
            assert_eq!(path.keys(), keys, "{text}");
            assert_eq!(path.to_string(), text);
        }
        assert!("regions[uk].nothing".parse::<DocumentPath>().is_err());
        let nearest = DocumentPath::nearest("regions[uk].nothing[3]").map(|path| path.to_string());
        assert_eq!(nearest.as_deref(), Some("regions[uk]"));
        assert_eq!(DocumentPath::nearest("nothing[3]"), None);
    }
}
