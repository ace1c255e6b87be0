//! The catalogue: every field of the document in its order, and the field that a path leads to.

use std::str::FromStr;
use std::sync::LazyLock;

use super::document::Plan;
use super::field::Field;
use super::path::{FieldPath, Key};
use super::register::DocumentPart;

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

/// Whether a path is the pattern with something for each of its stars. An entry's key may hold anything but brackets.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern, path);
    while let Some((before, after)) = pattern.split_once('*') {
        let Some(rest) = path.strip_prefix(before) else { return false };
        let Some(end) = rest.find(']') else { return false };
        pattern = after;
        path = rest.get(end..).unwrap_or_default();
    }
    pattern == path
}

impl Field {
    /// The field that a path such as `regions[uk].accounts` leads to.
    #[must_use]
    pub fn of(path: &str) -> Option<&'static Self> {
        fields().iter().copied().find(|f| matches(f.pattern, path))
    }

    /// The place in the register of the field that a path leads to.
    #[must_use]
    pub fn index(path: &str) -> Option<usize> {
        fields().iter().position(|f| matches(f.pattern, path))
    }

    /// The place in the register of the first field at a path, or below it where it leads to a list or a group.
    #[must_use]
    pub fn first_index(path: &str) -> Option<usize> {
        let below = |f: &&Self| {
            let mut outer = f.pattern;
            while let Some(end) = outer.rfind(['.', '[']) {
                outer = outer.get(..end).unwrap_or_default();
                if matches(outer, path) {
                    return true;
                }
            }
            false
        };
        Self::index(path).or_else(|| fields().iter().position(below))
    }
}

/// The text is not the path of a field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a field of a plan")]
pub struct FieldPathError(String);

impl FromStr for FieldPath {
    type Err = FieldPathError;

    fn from_str(text: &str) -> Result<Self, FieldPathError> {
        let field = fields().iter().copied().find(|field| matches(field.pattern, text));
        let field = field.ok_or_else(|| FieldPathError(text.to_owned()))?;
        let mut keys: Vec<Key<'_>> = Vec::new();
        let mut rest = text;
        for part in field.pattern.split('*') {
            if let Some((key, after)) = rest.strip_prefix(part).and_then(|after| after.split_once(']')) {
                keys.push(Key::Name(key));
                rest = rest.get(rest.len() - after.len() - 1..).unwrap_or_default();
            }
        }
        Ok(Self::with_keys(field, &keys))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Assumptions, Kind, Pay, Region, RegionId, Role, RoleId};
    use super::*;
    use crate::units::FiscalYear;

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
}
