//! Presets: the columns of an HR system's export, by the headings in its public documentation. A preset applies where
//! a table has headings that identify its system; what it was made from is said.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::field::ImportField;
use super::headings::SECTIONS;
use super::names::folded;

/// The meanings of one system's headings.
#[derive(Debug)]
pub(super) struct Preset {
    /// The system.
    pub(super) name: &'static str,
    /// The public pages that it was made from.
    pub(super) source: &'static str,
    /// Headings that identify the system.
    identifying: BTreeSet<String>,
    /// Folded headings with their field, `None` for what is not taken; the plainest first.
    headings: Vec<(String, Option<ImportField>)>,
}

/// The number of headings that identify a system: one or two are anybody's.
const ENOUGH: usize = 3;

impl Preset {
    /// The field of a heading, with how plain it is for that: `Some((None, _))` if nothing is taken from it.
    pub(super) fn holds(&self, heading: &str) -> Option<(Option<ImportField>, usize)> {
        let name = folded(heading);
        let at = self.headings.iter().position(|(known, _)| *known == name)?;
        let field = self.headings.get(at)?.1;
        let plainer = self.headings.iter().take(at).filter(|(_, other)| *other == field).count();
        Some((field, plainer))
    }

    fn matching_headings(&self, headings: &[String]) -> usize {
        headings.iter().filter(|heading| self.identifying.contains(&folded(heading))).count()
    }
}

/// The preset of the system that a table comes from; `None` if its headings identify none, or two equally.
pub(super) fn preset(headings: &[String]) -> Option<&'static Preset> {
    let matching = |preset: &&Preset| preset.matching_headings(headings);
    let best = PRESETS.iter().max_by_key(matching)?;
    let others = PRESETS.iter().filter(|other| other.name != best.name).map(|other| other.matching_headings(headings));
    let alone = others.max().is_none_or(|next| next < best.matching_headings(headings));
    (alone && best.matching_headings(headings) >= ENOUGH).then_some(best)
}

static PRESETS: LazyLock<Vec<Preset>> = LazyLock::new(|| {
    let text: &'static str = include_str!("../../../assets/import/presets.txt");
    text.split("\n[").skip(1).map(read).collect()
});

fn read(part: &'static str) -> Preset {
    let (name, lines) = part.split_once("]\n").unwrap_or((part, ""));
    let mut preset = Preset { name, source: "", identifying: BTreeSet::new(), headings: Vec::new() };
    for (key, value) in lines.lines().filter_map(|line| line.split_once(": ")) {
        let headings = value.split(',').map(folded).filter(|heading| !heading.is_empty());
        match (key, SECTIONS.iter().find(|(section, _)| *section == key)) {
            ("made from", _) => preset.source = value,
            ("tells", _) => preset.identifying = headings.collect(),
            ("nothing", _) => preset.headings.extend(headings.map(|heading| (heading, None))),
            (_, Some((_, field))) => preset.headings.extend(headings.map(|heading| (heading, Some(*field)))),
            (_, None) => {}
        }
    }
    preset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headings(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn a_system_is_identified_by_its_headings() {
        for (text, expected) in [
            (
                "Employee ID,Worker Status,Business Title,Job Profile,Hire Date,Original Hire Date,Worker Type",
                Some("Workday"),
            ),
            (
                "personIdExternal,jobTitle,hireDate,lastDateWorked,emplStatus,isContingentWorker",
                Some("SAP SuccessFactors"),
            ),
            ("Name,Position,Standort,Anstelldatum,Vertragsende,Beschäftigungsart", Some("Personio")),
            ("Display name,Job title,Site,Start date,Lifecycle status", Some("HiBob")),
            ("Employee #,Job Title,Location,Hire Date,Employment Status,originalHireDate,Status", Some("BambooHR")),
            ("Employee,Region,Role,Start", None),
        ] {
            assert_eq!(preset(&headings(text)).map(|preset| preset.name), expected, "{text}");
        }
        let personio = preset(&headings("Office,Anstelldatum,Vertragsende,Hire date")).unwrap();
        assert_eq!(personio.holds("Vertragsende").map(|(field, _)| field), Some(None));
        assert_eq!(personio.holds("Anstelldatum").map(|(field, _)| field), Some(Some(ImportField::Start)));
        assert!(PRESETS.iter().all(|preset| preset.source.contains("http") && preset.identifying.len() > ENOUGH));
    }
}
