//! A change of the plan's structure before it is made, and what such changes are put together from.

use serde::Serialize;
use serde_json::Value;

use crate::plan::{DocumentPath, Entry, IssuedSeat, Plan, PlanEdit, ValueChange};
use crate::units;

/// A change of the plan's structure, before it is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restructured {
    /// What is done, in a few words, for the history.
    pub label: String,
    /// What else is taken out or changed, each as `19 growth hires`; empty where nothing depends on it.
    pub touches: Vec<String>,
    /// The edits that do it, one step.
    pub edits: Vec<PlanEdit>,
}

impl Restructured {
    /// What else is touched, as the rest of a sentence: `19 growth hires, 8 targets and 2 cohorts`.
    #[must_use]
    pub fn touched(&self) -> String {
        units::listed(&self.touches, "and")
    }
}

/// `1 target`, `8 targets`; `None` for a count of 0.
pub(super) fn counted(count: u64, one: &str, many: &str) -> Option<String> {
    (count > 0).then(|| units::counted(count, one, many))
}

/// A length as a number of things.
pub(super) fn many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

/// A value in the JSON form of the document.
pub(super) fn json(value: &impl Serialize) -> Value {
    // What a plan holds has a JSON form; only keys that are no text would not.
    serde_json::to_value(value).unwrap_or_default()
}

/// The edit that puts a value at a path.
pub(super) fn set(path: impl Into<String>, to: &impl Serialize) -> PlanEdit {
    PlanEdit::Set { path: path.into(), to: json(to) }
}

/// Why a region or role stays that people or amounts of the year name.
pub(super) fn happened(name: &str) -> String {
    format!("{name} has people or amounts of months that have happened; what has happened is not taken out")
}

/// The edit that removes the entry at a path.
pub(super) fn remove(path: impl Into<String>) -> PlanEdit {
    PlanEdit::Remove { path: path.into() }
}

/// Takes entries out of a list, the last first, so that each index holds.
pub(in crate::edit) fn remove_all(list: Entry, indices: &[usize]) -> impl Iterator<Item = PlanEdit> {
    indices.iter().rev().map(move |index| remove(list.at(*index)))
}

/// Adds copies of changes at the end of their list, for another region or role: its id takes the place of one of the keys
/// of each path.
pub(super) fn copied_changes(
    plan: &Plan,
    copied: impl Iterator<Item = usize>,
    key: impl Fn(&DocumentPath) -> usize,
    id: &str,
) -> Vec<PlanEdit> {
    let changes = copied.filter_map(|index| {
        let change = plan.changes.get(index)?;
        let path = change.path.parse::<DocumentPath>().ok()?;
        let key = key(&path);
        Some(ValueChange { path: path.with_key(key, id).to_string(), ..change.clone() })
    });
    let list = ValueChange::ENTRY.path().to_string();
    let insert = |(place, change): (usize, ValueChange)| PlanEdit::Insert {
        list: list.clone(),
        at: plan.changes.len() + place,
        entry: json(&change),
    };
    changes.enumerate().map(insert).collect()
}

/// The issued seats of what is taken out. They stay in the list, so that the next issue withdraws them and their ids are not
/// given to others.
pub(super) fn withdrawn_seats(plan: &Plan, of: impl Fn(&IssuedSeat) -> bool) -> Option<String> {
    let seats = plan.issued.iter().filter(|seat| seat.withdrawn.is_none() && of(seat)).count();
    let seats = counted(many(seats), "issued seat", "issued seats")?;
    Some(format!("{seats} (withdrawn with the next issue)"))
}

/// Where a predicate holds in a list.
pub(super) fn places<T>(list: &[T], of: impl Fn(&T) -> bool) -> Vec<usize> {
    list.iter().enumerate().filter(|(_, entry)| of(entry)).map(|(index, _)| index).collect()
}

/// An id for a name: a lower-case slug that is not taken yet.
pub(in crate::edit) fn slug<'t>(name: &str, what: &str, taken: impl Iterator<Item = &'t str>) -> String {
    let plain = |c: char| match c {
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ø' | 'Ò'..='Ø' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        other => other.to_ascii_lowercase(),
    };
    let spaced: String = name.chars().map(plain).map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let base = if words.is_empty() { what.to_owned() } else { words.join("-") };
    let taken: Vec<&str> = taken.collect();
    let free = |id: &String| !taken.contains(&id.as_str());
    let numbered = (2_usize..).map(|n| format!("{base}-{n}"));
    std::iter::once(base.clone()).chain(numbered).find(free).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_from_the_name_and_is_not_taken() {
        for (name, taken, expected) in [
            ("UK and Ireland", vec![], "uk-and-ireland"),
            ("  Österreich / Süd ", vec![], "osterreich-sud"),
            ("Canada", vec!["canada", "canada-2"], "canada-3"),
            ("日本", vec![], "region"),
        ] {
            assert_eq!(slug(name, "region", taken.into_iter()), expected);
        }
    }

    #[test]
    fn what_is_touched_reads_as_a_list() {
        let of = |touches: &[&str]| {
            let touches = touches.iter().map(|t| (*t).to_owned()).collect();
            Restructured { label: String::new(), touches, edits: Vec::new() }.touched()
        };
        assert_eq!(of(&[]), "");
        assert_eq!(of(&["2 cohorts"]), "2 cohorts");
        assert_eq!(of(&["19 growth hires", "8 targets", "2 cohorts"]), "19 growth hires, 8 targets and 2 cohorts");
    }
}
