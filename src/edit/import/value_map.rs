//! Meanings of the names in a table: regions and roles by the plan's own names or as mapped, statuses and worker types by the
//! words that HR systems use; and for an unknown name what it may mean.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::headings::sections;
use super::names::{NameIndex, NoName, folded, line, region_index, role_index, shortened};
use crate::plan::{NameMeaning, Plan, TableNames, Year};
use crate::units::listed;

/// Columns whose values are mapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedValue {
    /// Places.
    Region,
    /// Titles.
    Role,
    /// Statuses of people.
    Status,
    /// Types of workers.
    WorkerType,
    /// Reasons for which people left.
    Reason,
    /// Statuses of positions.
    OpeningStatus,
    /// Cost lines, and accounts that are one.
    CostLine,
    /// How far deals are.
    Stage,
    /// People whose bookings a table states.
    Owner,
}

impl NamedValue {
    /// Every one.
    pub const ALL: [Self; 9] = [
        Self::Region,
        Self::Role,
        Self::Status,
        Self::WorkerType,
        Self::Reason,
        Self::OpeningStatus,
        Self::CostLine,
        Self::Stage,
        Self::Owner,
    ];

    /// Its name in a sentence.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Role => "role",
            Self::Status => "status",
            Self::WorkerType => "worker type",
            Self::Reason => "reason",
            Self::OpeningStatus => "opening status",
            Self::CostLine => "cost line",
            Self::Stage => "stage",
            Self::Owner => "owner",
        }
    }

    /// The words that its values can mean, where they mean nothing of the plan.
    #[must_use]
    pub const fn words(self) -> &'static [&'static str] {
        match self {
            Self::Region | Self::Role | Self::Owner => &[],
            Self::Status => &["active", "leave", "left", "future"],
            Self::WorkerType => &["employee", "contingent"],
            Self::Reason => &["voluntary", "involuntary", "exit", "moved"],
            Self::OpeningStatus => &["planned", "open", "offered", "accepted", "on hold", "cancelled"],
            Self::CostLine => &Year::LINES,
            Self::Stage => &["won", "in play", "lost"],
        }
    }

    /// A sentence on a value that means nothing.
    pub(super) fn unknown_reason(self, text: &str) -> String {
        let (word, text) = (self.word(), shortened(text));
        match self {
            Self::Region | Self::Role => format!("no {word} of the plan is called \"{text}\""),
            Self::Owner => format!("nobody in the list of people is \"{text}\""),
            _ => format!("the {word} \"{text}\" is unknown; map it to {}", listed(self.words(), "or")),
        }
    }

    /// The meanings that were mapped for its values.
    #[must_use]
    pub const fn of(self, names: &TableNames) -> &BTreeMap<String, NameMeaning> {
        match self {
            Self::Region => &names.regions,
            Self::Role => &names.roles,
            Self::Status => &names.statuses,
            Self::WorkerType => &names.worker_types,
            Self::Reason => &names.reasons,
            Self::OpeningStatus => &names.opening_statuses,
            Self::CostLine => &names.cost_lines,
            Self::Stage => &names.stages,
            Self::Owner => &names.owners,
        }
    }

    /// The same, to be changed.
    #[must_use]
    pub const fn of_mut(self, names: &mut TableNames) -> &mut BTreeMap<String, NameMeaning> {
        match self {
            Self::Region => &mut names.regions,
            Self::Role => &mut names.roles,
            Self::Status => &mut names.statuses,
            Self::WorkerType => &mut names.worker_types,
            Self::Reason => &mut names.reasons,
            Self::OpeningStatus => &mut names.opening_statuses,
            Self::CostLine => &mut names.cost_lines,
            Self::Stage => &mut names.stages,
            Self::Owner => &mut names.owners,
        }
    }
}

/// A name that the plan does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    /// The column that it stands in.
    pub what: NamedValue,
    /// The text in the table.
    pub text: String,
    /// Rows that have it and would count.
    pub rows: usize,
    /// The people in these rows.
    pub people: u64,
    /// Ids that it may mean, the likeliest first.
    pub proposals: Vec<String>,
}

/// The meaning of a text in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The region or role at this index of the plan; of other values the index of their word.
    Is(usize),
    /// Nothing of the plan; why.
    LeftOut(String),
    /// No meaning is known.
    Unknown,
    /// Several things of the plan; their ids.
    Several(Vec<String>),
}

/// The names of a plan, and what tables were said to mean by others.
pub(super) struct ValueMap<'p> {
    plan: &'p Plan,
    names: &'p TableNames,
    regions: NameIndex,
    roles: NameIndex,
    owners: NameIndex,
}

impl<'p> ValueMap<'p> {
    pub(super) fn new(plan: &'p Plan, names: &'p TableNames) -> Self {
        let owners = NameIndex::new(people(plan).into_iter().map(|who| (who, Vec::new())));
        Self { plan, names, regions: region_index(plan), roles: role_index(plan), owners }
    }

    /// The meaning of a text: as mapped, then by the plan's own names.
    pub(super) fn meaning(&self, what: NamedValue, text: &str) -> Meaning {
        if let Some(meaning) = self.mapped(what, text) {
            return meaning;
        }
        let index = match what {
            NamedValue::Region => &self.regions,
            NamedValue::Role => &self.roles,
            NamedValue::Owner => &self.owners,
            _ => return word_of(what, text).map_or(Meaning::Unknown, Meaning::Is),
        };
        match index.find(text) {
            Ok(at) => Meaning::Is(at),
            Err(NoName::Unknown) => Meaning::Unknown,
            Err(NoName::Several(ids)) => Meaning::Several(ids),
        }
    }

    fn mapped(&self, what: NamedValue, text: &str) -> Option<Meaning> {
        let names = what.of(self.names);
        let text = line(text);
        let alike =
            || names.iter().find(|(name, _)| !folded(name).is_empty() && folded(name) == folded(&text)).map(|(_, m)| m);
        match names.get(&text).or_else(alike)? {
            NameMeaning::LeftOut(reason) => Some(Meaning::LeftOut(reason.clone())),
            // What was mapped to something that the plan has no more is unknown again.
            NameMeaning::Is(id) => match what {
                NamedValue::Region => self.plan.region_index(id).map(Meaning::Is),
                NamedValue::Role => self.plan.role_index(id).map(Meaning::Is),
                NamedValue::Owner => self.owners.find(id).ok().map(Meaning::Is),
                _ => what.words().iter().position(|word| word == id).map(Meaning::Is),
            },
        }
    }

    /// Ids that an unknown name may mean, the likeliest first.
    pub(super) fn proposals(&self, what: NamedValue, text: &str) -> Vec<String> {
        match what {
            NamedValue::Region => {
                let by_place = super::places::regions_of(self.plan, text);
                let near = nearest(text, self.plan.regions.iter().map(|r| (r.id.as_str(), r.name.as_str())));
                // A country that is named says more than a name that sounds alike.
                let mut all = by_place;
                all.extend(near.into_iter().filter(|id| !all.contains(id)).collect::<Vec<_>>());
                all.truncate(MOST_PROPOSALS);
                all
            }
            NamedValue::Role => nearest(text, self.plan.roles.iter().map(|r| (r.id.as_str(), r.name.as_str()))),
            NamedValue::Owner => nearest(text, people(self.plan).into_iter().map(|who| (who, who))),
            _ => nearest(text, what.words().iter().map(|word| (*word, *word))),
        }
    }
}

/// Everybody in the plan's year, each once, in the order of the list of spells.
pub(super) fn people(plan: &Plan) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let spells = plan.year.iter().flat_map(|year| &year.people);
    spells.map(|spell| spell.who.as_str()).filter(|who| seen.insert(*who)).collect()
}

/// The index of the word that each text means, where texts mean words.
static WORDS: LazyLock<BTreeMap<(NamedValue, String), usize>> = LazyLock::new(|| {
    let sections = sections(include_str!("../../../assets/import/values.txt"));
    let mut words = BTreeMap::new();
    for what in NamedValue::ALL {
        for (at, word) in what.words().iter().enumerate() {
            for text in sections.get(word).into_iter().flatten().chain([word]) {
                words.entry((what, folded(text))).or_insert(at);
            }
        }
    }
    words
});

/// The index of the word that a text means.
fn word_of(what: NamedValue, text: &str) -> Option<usize> {
    WORDS.get(&(what, folded(text))).copied()
}

const MOST_PROPOSALS: usize = 4;
/// The likeness, in thousandths, from which a name is proposed.
const ALIKE: usize = 600;

/// Words that titles have beside what somebody does: they say how senior, and make no two titles differ.
const LEVELS: [&str; 16] =
    ["sr", "senior", "jr", "junior", "i", "ii", "iii", "iv", "v", "lead", "principal", "associate", "1", "2", "3", "4"];
/// Words that titles use for the same.
const SAME: [(&str, &str); 14] = [
    ("rep", "seller"),
    ("representative", "seller"),
    ("salesperson", "seller"),
    ("mgr", "manager"),
    ("exec", "executive"),
    ("engineer", "specialist"),
    ("consultant", "specialist"),
    ("solutions", "solution"),
    ("channel", "partner"),
    ("alliance", "partner"),
    ("government", "public"),
    ("gov", "public"),
    ("acct", "account"),
    ("ae", "account"),
];

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let all =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !LEVELS.contains(w) && *w != "and");
    all.map(|word| {
        SAME.iter().find(|(w, _)| *w == word).map_or_else(|| word.to_owned(), |(_, same)| (*same).to_owned())
    })
    .collect()
}

/// The ids of the most similar names, best first.
fn nearest<'n>(text: &str, all: impl Iterator<Item = (&'n str, &'n str)>) -> Vec<String> {
    let (plain, wanted) = (folded(text), words(text));
    let mut scored: Vec<(usize, &str)> = all
        .map(|(id, name)| (if is_initials(text, name) { 950 } else { likeness(&plain, &wanted, name) }, id))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().take(MOST_PROPOSALS).map(|(_, id)| id.to_owned()).collect()
}

/// The likeness of a name to a folded text and its words, in thousandths: by the words that both have, or by its letters.
fn likeness(plain: &str, wanted: &[String], name: &str) -> usize {
    let own = words(name);
    let shared = wanted.iter().filter(|word| own.contains(word)).count();
    let by_words = (2_000 * shared).checked_div(own.len() + wanted.len()).unwrap_or(0);
    let name = folded(name);
    let length = plain.chars().count().max(name.chars().count());
    let apart = 1_000 * strsim::damerau_levenshtein(plain, &name);
    by_words.max(1_000_usize.saturating_sub(apart.checked_div(length).unwrap_or(1_000)))
}

/// Whether a short text is made of the beginnings of a name's words: `ANZ`, `LATAM`, `UKI`.
fn is_initials(text: &str, name: &str) -> bool {
    let text = folded(text);
    if text.len() > 8 || text.is_empty() {
        return false;
    }
    let words: Vec<String> =
        name.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|w| !w.is_empty() && w != "and").collect();
    words.len() > 1 && begins(&text, &words)
}

/// Whether a text can be cut into beginnings of the words, one each.
fn begins(text: &str, words: &[String]) -> bool {
    let Some((word, rest)) = words.split_first() else { return text.is_empty() };
    let most = text.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    (1..=most).any(|length| text.get(length..).is_some_and(|text| begins(text, rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_proposed() {
        let roles = [
            ("ae", "Account executive"),
            ("public", "Public-sector executive"),
            ("inside", "Inside seller"),
            ("ss", "Solution specialist"),
            ("partner", "Partner manager"),
            ("mgr", "Sales manager"),
        ];
        for (text, expected) in [
            ("Sr. Account Executive", Some("ae")),
            ("Account Executive II", Some("ae")),
            ("Inside Sales Rep", Some("inside")),
            ("Regional Sales Manager", Some("mgr")),
            ("Solutions Engineer", Some("ss")),
            ("Public Sector Account Executive", Some("public")),
            ("Channel Account Manager", Some("partner")),
            ("Chef", None),
        ] {
            let found = nearest(text, roles.into_iter());
            assert_eq!(found.first().map(String::as_str), expected, "{text}");
        }
        for (text, name) in
            [("ANZ", "Australia and New Zealand"), ("LATAM", "Latin America"), ("UKI", "UK and Ireland")]
        {
            assert!(is_initials(text, name), "{text}");
        }
        assert!(!is_initials("DACH", "Germany, Austria and Switzerland"));
    }

    #[test]
    fn statuses_and_types_are_known_by_the_words_of_hr_systems() {
        let word = |what: NamedValue, text: &str| what.words().get(word_of(what, text)?).copied();
        for (text, expected) in [
            ("Active", Some("active")),
            ("Voluntarily Terminated", Some("left")),
            ("Inactive", Some("left")),
            ("On Leave", Some("leave")),
            ("Pre-Hire", Some("future")),
            ("Beurlaubt", Some("leave")),
            ("whatever", None),
        ] {
            assert_eq!(word(NamedValue::Status, text), expected, "{text}");
        }
        assert_eq!(word(NamedValue::WorkerType, "Contingent Worker"), Some("contingent"));
        assert_eq!(word(NamedValue::WorkerType, "Employee"), Some("employee"));
    }
}
