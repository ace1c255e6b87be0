//! The headings under which HR systems and people keep what is looked for, and the words that they write into columns of few
//! values: `assets/import`. Another company's are corrected once, and remembered.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::field::ImportField;
use super::names::folded;

const HEADINGS: &str = include_str!("../../../assets/import/headings.txt");

/// The fields of the sections of the list of headings.
pub(super) const SECTIONS: [(&str, ImportField); 41] = [
    ("employee", ImportField::Employee),
    ("heads", ImportField::Heads),
    ("region", ImportField::Region),
    ("role", ImportField::Role),
    ("start", ImportField::Start),
    ("first start", ImportField::FirstStart),
    ("rehire", ImportField::Rehire),
    ("tenure", ImportField::Tenure),
    ("leaving", ImportField::Leaving),
    ("status", ImportField::Status),
    ("worker type", ImportField::WorkerType),
    ("fte", ImportField::Fte),
    ("quarter", ImportField::Quarter),
    ("target", ImportField::Target),
    ("accounts", ImportField::Accounts),
    ("base", ImportField::Base),
    ("variable", ImportField::Variable),
    ("variable share", ImportField::VariableShare),
    ("currency", ImportField::Currency),
    ("hires", ImportField::Hires),
    ("effective", ImportField::Effective),
    ("gone from", ImportField::GoneFrom),
    ("reason", ImportField::Reason),
    ("away from", ImportField::AwayFrom),
    ("away until", ImportField::AwayTo),
    ("paid absence", ImportField::AwayPaid),
    ("position", ImportField::Position),
    ("requisition", ImportField::Requisition),
    ("opening status", ImportField::OpeningStatus),
    ("expected start", ImportField::Expected),
    ("version", ImportField::Version),
    ("note", ImportField::Note),
    ("month", ImportField::Month),
    ("day", ImportField::Day),
    ("owner", ImportField::Owner),
    ("deal", ImportField::Deal),
    ("split", ImportField::Split),
    ("stage", ImportField::Stage),
    ("amount", ImportField::Amount),
    ("cost line", ImportField::CostLine),
    ("rate", ImportField::Rate),
];

/// The section of days that only look like leaving dates.
const NOT_LEAVING: &str = "not leaving";

/// The entries of each section of a list: `[section]`, then entries with commas between them; remarks
/// stand above the first section.
pub(super) fn sections(list: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut sections: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    // An entry may go on in the next line, so that each section is split as a whole.
    for part in list.split("\n[").skip(1) {
        let (name, entries) = part.split_once("]\n").unwrap_or((part, ""));
        sections.insert(name, entries.split(',').map(str::trim).filter(|entry| !entry.is_empty()).collect());
    }
    sections
}

/// The fields of each folded heading, with how plain it is for them; none for the days of something else.
static KNOWN: LazyLock<BTreeMap<String, Vec<(ImportField, usize)>>> = LazyLock::new(|| {
    let sections = sections(HEADINGS);
    let mut known: BTreeMap<String, Vec<(ImportField, usize)>> = BTreeMap::new();
    for (name, field) in SECTIONS {
        for (rank, heading) in sections.get(name).into_iter().flatten().enumerate() {
            known.entry(folded(heading)).or_default().push((field, rank));
        }
    }
    for heading in sections.get(NOT_LEAVING).into_iter().flatten() {
        known.entry(folded(heading)).or_default();
    }
    known
});

/// The fields that a heading is known for, with how plain it is for each, 0 the plainest. What stands in brackets is a unit
/// or a remark, mostly. A share (`Bonus %`) is no amount.
pub(super) fn known(heading: &str) -> Vec<(ImportField, usize)> {
    let bare = || folded(heading.split(['(', '[']).next().unwrap_or_default());
    let found = KNOWN.get(&folded(heading)).or_else(|| KNOWN.get(&bare()));
    let found = found.map_or(&[][..], Vec::as_slice);
    if !is_share(heading) {
        return found.to_vec();
    }
    let share = found.iter().filter_map(|(field, rank)| match field {
        ImportField::Variable | ImportField::VariableShare => Some((ImportField::VariableShare, *rank)),
        ImportField::Fte | ImportField::Split => Some((*field, *rank)),
        _ => None,
    });
    share.collect()
}

/// Whether a heading says that its column has shares.
pub(super) fn is_share(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    lower.contains('%')
        || ["percent", "pct", "prozent", "pourcent", "por ciento", "procent"].iter().any(|w| lower.contains(w))
}

/// Words that say that somebody leaves, in headings that nobody has listed.
const LEAVING: [&str; 17] = [
    "terminat",
    "leaving",
    "separat",
    "lastwork",
    "lastday",
    "offboard",
    "resignat",
    "endofemploy",
    "employmentend",
    "exitdate",
    "austritt",
    "datedesortie",
    "findecontrat",
    "fechadebaja",
    "fechadesalida",
    "datacessaz",
    "datadesaida",
];

/// Whether a heading that is not listed looks like that of a leaving date.
pub(super) fn looks_like_leaving(heading: &str) -> bool {
    let name = folded(heading);
    !KNOWN.contains_key(&name) && LEAVING.iter().any(|word| name.contains(word))
}

/// Words that stand for a sum over rows or columns.
const TOTALS: [&str; 22] = [
    "total",
    "totals",
    "sum",
    "subtotal",
    "grandtotal",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "zwischensumme",
    "somme",
    "totale",
    "totali",
    "suma",
    "totaal",
    "summa",
    "razem",
    "ogołem",
    "всего",
    "итого",
    "合計",
    "合计",
];

/// Whether a text is the word for a sum and nothing else: `Total`, `Grand total`.
pub(super) fn is_total_word(text: &str) -> bool {
    TOTALS.contains(&folded(text).as_str())
}

/// Whether a text says that it is a sum: `Total`, `Grand total`, `Total EMEA`, `Canada total`. Names that only begin like it
/// (`TotalEnergies`) are none.
pub(super) fn is_total(text: &str) -> bool {
    let is_word = is_total_word;
    let words: Vec<&str> = text.split_whitespace().collect();
    is_word(text)
        || words.first().is_some_and(|w| is_word(w))
        || words.last().is_some_and(|w| is_word(w))
        || matches!(words.as_slice(), [first, word, ..] if is_word(word) && folded(first) == "grand")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_whatever_their_spelling() {
        for (heading, expected) in [
            ("DateofTermination", Some(ImportField::Leaving)),
            ("Termination_Date", Some(ImportField::Leaving)),
            ("Last Working Day", Some(ImportField::Leaving)),
            ("Contract End", Some(ImportField::Leaving)),
            ("Austrittsdatum", Some(ImportField::Leaving)),
            ("Leave Date", None),
            ("Return Date", None),
            ("Original Hire Date", Some(ImportField::FirstStart)),
            ("Hire Date", Some(ImportField::Start)),
            ("Target Bonus %", Some(ImportField::VariableShare)),
            ("Target Bonus", Some(ImportField::Variable)),
            ("Base Pay (annual)", Some(ImportField::Base)),
            ("Base %", None),
            ("Worker Status", Some(ImportField::Status)),
            ("Notes", Some(ImportField::Note)),
            ("Termination Reason", Some(ImportField::Reason)),
            ("Split (%)", Some(ImportField::Split)),
            ("Employee #", Some(ImportField::Employee)),
            ("Personalnummer", Some(ImportField::Employee)),
            ("Shoe size", None),
        ] {
            assert_eq!(known(heading).first().map(|(field, _)| *field), expected, "{heading}");
        }
        assert!(looks_like_leaving("Date terminated (system)"));
    }

    #[test]
    fn sums_are_told_from_names() {
        for text in ["Total", "Grand Total", "Total EMEA", "Canada total", "Gesamt", "TOTAL:"] {
            assert!(is_total(text), "{text}");
        }
        for text in ["TotalEnergies", "Canada", "Totally new", ""] {
            assert!(!is_total(text), "{text}");
        }
    }
}
