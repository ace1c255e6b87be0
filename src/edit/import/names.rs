//! Names as people write them: regions, roles and quarters, whatever the case, the spaces and the accents.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::units::{Calendar, Period};

/// A name without what people write in different ways: case, accents, and everything but letters and digits.
pub(super) fn folded(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    plain.flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Things of the plan by all the names that they go by.
pub(super) struct NameIndex {
    what: &'static str,
    exact: BTreeMap<String, usize>,
    folded: BTreeMap<String, BTreeSet<usize>>,
}

impl NameIndex {
    /// Of each thing its id, and then every other name; `what` is what they are.
    pub(super) fn new<'n>(what: &'static str, names: impl Iterator<Item = (&'n str, Vec<&'n str>)>) -> Self {
        let mut known = Self { what, exact: BTreeMap::new(), folded: BTreeMap::new() };
        for (index, (id, others)) in names.enumerate() {
            known.exact.insert(id.to_owned(), index);
            for name in std::iter::once(id).chain(others) {
                known.folded.entry(folded(name)).or_default().insert(index);
            }
        }
        known
    }

    /// The one that a text means.
    ///
    /// # Errors
    /// In a planner's words, when none or several go by that name.
    pub(super) fn find(&self, text: &str) -> Result<usize, String> {
        if let Some(index) = self.exact.get(text) {
            return Ok(*index);
        }
        let what = self.what;
        let name = folded(text);
        let found = self.folded.get(&name).filter(|_| !name.is_empty());
        match found.map(|set| set.iter().copied().collect::<Vec<_>>()).as_deref() {
            None | Some([]) => Err(format!("no {what} of the plan is called \"{}\"", shortened(text))),
            Some([only]) => Ok(*only),
            Some(several) => {
                let ids = self.exact.iter().filter(|(_, index)| several.contains(index)).map(|(id, _)| id.as_str());
                let ids: Vec<&str> = ids.collect();
                Err(format!("\"{}\" can be more than one {what}: {}", shortened(text), ids.join(", ")))
            }
        }
    }
}

/// A text for a line of a list.
pub(super) fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = line.chars().take(60).collect();
    if cut.len() < line.len() { format!("{}…", cut.trim_end()) } else { cut }
}

/// The quarter that a text names: `FY11 Q1`, `FY2011Q1`, `Q1 2011`, `2011-Q1`; a quarter of the fiscal year, not of the
/// calendar's.
pub(super) fn quarter(calendar: Calendar, text: &str) -> Option<usize> {
    let name = folded(text).replace("quarter", "q").replace("fy", "");
    let (before, after) = name.split_once('q')?;
    let all_digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let (year, quarter) = if before.is_empty() { (after.get(1..)?, after.get(..1)?) } else { (before, after) };
    if !all_digits(year) || !all_digits(quarter) || !matches!(year.len(), 2 | 4) {
        return None;
    }
    let wanted = format!("FY{} Q{quarter}", year.get(year.len().checked_sub(2)?..)?);
    let found = (0..calendar.quarters).find(|q| calendar.name(Period::Quarter(*q)) == wanted)?;
    // Four digits have to be the year's own.
    let own = calendar.fiscal_year(found / 4).0.to_string();
    (year.len() == 2 || year == own).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Naming;

    #[test]
    fn names_are_found_whatever_their_case_spaces_and_accents() {
        let names = [("uk", vec!["UK and Ireland"]), ("ile", vec!["Île-de-France"]), ("north-2", vec!["North"])];
        let known = NameIndex::new("region", names.into_iter().chain([("north", vec!["North "])]));
        for (text, found) in [
            ("uk", Ok(0)),
            ("UK & Ireland", Err("no region of the plan is called \"UK & Ireland\"")),
            ("uk AND ireland", Ok(0)),
            ("ile de france", Ok(1)),
            ("I\u{302}LE-DE-FRANCE", Ok(1)),
            ("north", Ok(3)),
            ("North", Err("\"North\" can be more than one region: north, north-2")),
            ("", Err("no region of the plan is called \"\"")),
            ("--", Err("no region of the plan is called \"--\"")),
        ] {
            assert_eq!(known.find(text), found.map_err(str::to_owned), "{text}");
        }
    }

    #[test]
    fn quarters_are_found_as_people_write_them() {
        let first_month = "2010-07".parse().unwrap();
        let calendar = Calendar { first_month, quarters: 8, named_by: Naming::EndYear };
        for (text, found) in [
            ("FY11 Q1", Some(0)),
            ("fy11q4", Some(3)),
            ("FY2012 Q2", Some(5)),
            ("Q3 FY12", Some(6)),
            ("Q1 2011", Some(0)),
            ("2012-Q4", Some(7)),
            ("Quarter 1, FY11", Some(0)),
            ("FY13 Q1", None),
            ("FY11", None),
            ("Q5 FY11", None),
            ("1911 Q1", None),
            ("Q", None),
            ("Q1", None),
            ("quota", None),
        ] {
            assert_eq!(quarter(calendar, text), found, "{text}");
        }
    }
}
