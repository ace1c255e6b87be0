//! Names as people write them: regions, roles and quarters, whatever the case, the spaces and the accents.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::plan::{Plan, Role};

/// A name without what people write in different ways: case, accents, and everything but letters and digits; `&` is "and".
pub(super) fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    let mut folded = String::with_capacity(text.len());
    for c in plain {
        match c {
            '&' => folded.push_str("and"),
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ => {}
        }
    }
    folded
}

/// Whether a text says that there is nothing: a dash, `n/a`, `none`.
pub(super) fn is_nothing(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    matches!(
        text.as_str(),
        "-" | "–" | "—" | "--" | "n/a" | "na" | "n.a." | "null" | "none" | "nil" | "(blank)" | "(none)"
    )
}

/// Things of the plan by all the names that they go by.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    ids: BTreeMap<String, usize>,
    names: BTreeMap<String, BTreeSet<usize>>,
    folded: BTreeMap<String, BTreeSet<usize>>,
}

/// The reason why a text names nothing of the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoName {
    /// Nothing goes by it.
    Unknown,
    /// Several do; their ids.
    Several(Vec<String>),
}

impl NameIndex {
    /// Of each thing its id, and then every other name.
    pub(super) fn new<'n>(names: impl Iterator<Item = (&'n str, Vec<&'n str>)>) -> Self {
        let mut index = Self::default();
        for (at, (id, others)) in names.enumerate() {
            index.ids.insert(id.to_owned(), at);
            for name in std::iter::once(id).chain(others) {
                index.names.entry(line(name)).or_default().insert(at);
                index.folded.entry(folded(name)).or_default().insert(at);
            }
        }
        index
    }

    /// The one that a text means: by its id, by a name as it is written, then whatever the case, the accents and the signs.
    pub(super) fn find(&self, text: &str) -> Result<usize, NoName> {
        if let Some(at) = self.ids.get(text) {
            return Ok(*at);
        }
        let name = folded(text);
        let exact = self.names.get(&line(text)).filter(|all| all.len() == 1);
        let found = exact.or_else(|| self.folded.get(&name).filter(|_| !name.is_empty()));
        match found.map(|set| set.iter().copied().collect::<Vec<_>>()).as_deref() {
            None | Some([]) => Err(NoName::Unknown),
            Some([only]) => Ok(*only),
            Some(several) => {
                let ids = self.ids.iter().filter(|(_, at)| several.contains(at)).map(|(id, _)| id.clone());
                Err(NoName::Several(ids.collect()))
            }
        }
    }
}

/// The regions of a plan by their names.
pub(super) fn region_index(plan: &Plan) -> NameIndex {
    NameIndex::new(plan.regions.iter().map(|r| (r.id.as_str(), vec![r.name.as_str()])))
}

/// The roles of a plan by their names and job codes.
pub(super) fn role_index(plan: &Plan) -> NameIndex {
    let names =
        |role: &'_ Role| -> Vec<String> { std::iter::once(role.name.clone()).chain(role.job_code.clone()).collect() };
    let all: Vec<(&str, Vec<String>)> = plan.roles.iter().map(|r| (r.id.as_str(), names(r))).collect();
    NameIndex::new(all.iter().map(|(id, names)| (*id, names.iter().map(String::as_str).collect())))
}

/// A text with single blanks.
pub(super) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text for a line of a list.
pub(super) fn shortened(text: &str) -> String {
    let line = line(text);
    let cut: String = line.chars().take(60).collect();
    if cut.len() < line.len() { format!("{}…", cut.trim_end()) } else { cut }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_whatever_their_case_spaces_and_accents() {
        let names = vec![
            ("uk", vec!["UK and Ireland"]),
            ("ile", vec!["Île-de-France"]),
            ("north-2", vec!["North"]),
            ("north", vec!["North "]),
            ("plus", vec!["EMEA+"]),
            ("minus", vec!["EMEA-"]),
            ("globe", vec!["🌍"]),
        ];
        let index = NameIndex::new(names.into_iter());
        let both = |ids: [&str; 2]| Err(NoName::Several(ids.map(str::to_owned).to_vec()));
        for (text, found) in [
            ("uk", Ok(0)),
            ("UK & Ireland", Ok(0)),
            ("uk AND ireland", Ok(0)),
            ("ile de france", Ok(1)),
            ("I\u{302}LE-DE-FRANCE", Ok(1)),
            ("north", Ok(3)),
            ("North", both(["north", "north-2"])),
            ("EMEA-", Ok(5)),
            ("emea", both(["minus", "plus"])),
            ("🌍", Ok(6)),
            ("🌎", Err(NoName::Unknown)),
            ("", Err(NoName::Unknown)),
            ("--", Err(NoName::Unknown)),
        ] {
            assert_eq!(index.find(text), found, "{text}");
        }
    }
}
