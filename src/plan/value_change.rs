//! Changes: what is stated anew from a month on (model section 2a).

use serde_json::Value;

use super::register::fields;
use super::{DocumentPath, Field, Role};
use crate::units::Month;

fields! {
    /// The value of a field from a month on.
    pub struct ValueChange in "changes[*]." {
        from: Month => FROM "From" "The first month in which the value is in force"
            { group: Changes };
        path: String => PATH "Field" "The field that is stated anew, by its path in the document"
            { group: Changes };
        value: Value => VALUE "Value" "What the field is from that month on"
            { group: Changes };
        reason: String => REASON "Reason" "Why"
            { group: Changes, when_empty: Blank };
    }
}

impl ValueChange {
    /// The field that is stated anew, with the keys of its entry; `None` if the path leads to no field that may change.
    #[must_use]
    pub fn field(&self) -> Option<(&'static Field, Vec<String>)> {
        Self::field_at(&self.path)
    }

    /// The field at a path, with the keys of its entry; `None` if it may not change.
    #[must_use]
    pub fn field_at(path: &str) -> Option<(&'static Field, Vec<String>)> {
        let DocumentPath::Field(path) = path.parse().ok()? else { return None };
        // A ramp is stated as a whole.
        let stars = if path.field() == Role::RAMP { 1 } else { path.field().pattern.matches('*').count() };
        (path.field().may_change && path.keys().len() == stars).then(|| (path.field(), path.keys().to_vec()))
    }
}
