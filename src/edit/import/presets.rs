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
    /// The field of a heading among those of a kind of table, with how plain it is for that: `Some((None, _))` if nothing is
    /// taken from it.
    pub(super) fn holds(&self, heading: &str, fields: &[ImportField]) -> Option<(Option<ImportField>, usize)> {
        let name = folded(heading);
        let is_of = |wanted: bool| {
            let is_wanted =
                move |field: Option<ImportField>| field.is_some_and(|field| fields.contains(&field)) == wanted;
            self.headings.iter().position(|(known, field)| *known == name && is_wanted(*field))
        };
        let at = is_of(true).or_else(|| is_of(false))?;
        let field = self.headings.get(at)?.1.filter(|field| fields.contains(field));
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
            (
                "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Close Date",
                Some("Salesforce"),
            ),
            ("openingState,identifier,targetStartDate,targetHireDate,openedAt", Some("Ashby")),
            ("opening_id,starts_at,sent_at,resolved_at,version,status", Some("Greenhouse")),
            ("requisitionCode,headcountTotal,headcountHired,status", Some("Lever")),
            ("Employee,Region,Role,Start", None),
        ] {
            assert_eq!(preset(&headings(text)).map(|preset| preset.name), expected, "{text}");
        }
        let personio = preset(&headings("Office,Anstelldatum,Vertragsende,Hire date")).unwrap();
        let fields = [ImportField::Start, ImportField::Leaving];
        assert_eq!(personio.holds("Vertragsende", &fields).map(|(field, _)| field), Some(None));
        assert_eq!(personio.holds("Anstelldatum", &fields).map(|(field, _)| field), Some(Some(ImportField::Start)));
        assert!(PRESETS.iter().all(|preset| preset.source.contains("http") && preset.identifying.len() > ENOUGH));
    }
}
