//! The names of months and weekdays in the languages in which tables come, as the C library's locales have them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::names::folded;

/// The names of one language: months in full and short, weekdays in full and short.
type Names = [&'static [&'static str]; 4];

macro_rules! names_of {
    ($($locale:ident),* $(,)?) => {
        [$({
            use pure_rust_locales::$locale::LC_TIME;
            [LC_TIME::MON, LC_TIME::ABMON, LC_TIME::DAY, LC_TIME::ABDAY]
        }),*]
    };
}

/// English stands first: its names go before those of other languages that mean another month.
const LANGUAGES: &[Names] = &names_of![
    en_US, de_DE, de_AT, fr_FR, es_ES, it_IT, pt_PT, nl_NL, sv_SE, da_DK, nb_NO, fi_FI, pl_PL, cs_CZ, sk_SK, hu_HU,
    ro_RO, tr_TR, ru_RU, uk_UA, el_GR, id_ID
];

/// Short names in use that the locales do not have.
const MORE_MONTHS: [(&str, u32); 4] = [("mrz", 3), ("maerz", 3), ("mrt", 3), ("sept", 9)];

struct TimeWords {
    english: BTreeMap<String, u32>,
    months: BTreeMap<String, BTreeSet<u32>>,
    weekdays: BTreeSet<String>,
}

static WORDS: LazyLock<TimeWords> = LazyLock::new(|| {
    let mut words = TimeWords { english: BTreeMap::new(), months: BTreeMap::new(), weekdays: BTreeSet::new() };
    for (index, [full, short, days, short_days]) in LANGUAGES.iter().enumerate() {
        let months = (1..).zip(full.iter()).chain((1..).zip(short.iter()));
        for (month, name) in months.map(|(month, name)| (month, folded(name))).filter(|(_, name)| name.len() > 1) {
            if index == 0 {
                words.english.insert(name.clone(), month);
            }
            words.months.entry(name).or_default().insert(month);
        }
        let days = days.iter().chain(short_days.iter()).map(|name| folded(name));
        words.weekdays.extend(days.filter(|name| name.len() > 1));
    }
    for (name, month) in MORE_MONTHS {
        words.months.entry(name.to_owned()).or_default().insert(month);
    }
    words
});

/// The month that a name means: an English name, or one that means the same month in every language that has it; also their
/// beginnings, of three letters or more.
pub(super) fn month(name: &str) -> Option<u32> {
    let name = folded(name);
    if name.chars().count() < 2 {
        return None;
    }
    let longer = |names: &BTreeMap<String, u32>| {
        let all = names.range(name.clone()..).take_while(|(known, _)| known.starts_with(&name));
        only(all.map(|(_, month)| *month))
    };
    let begins = name.chars().count() >= 3;
    WORDS.english.get(&name).copied().or_else(|| begins.then(|| longer(&WORDS.english)).flatten()).or_else(|| {
        if let Some(months) = WORDS.months.get(&name) {
            return only(months.iter().copied());
        }
        let all = WORDS.months.range(name.clone()..).take_while(|(known, _)| known.starts_with(&name));
        begins.then(|| only(all.flat_map(|(_, months)| months.iter().copied()))).flatten()
    })
}

/// Whether a word is the name of a weekday.
pub(super) fn is_weekday(name: &str) -> bool {
    WORDS.weekdays.contains(&folded(name))
}

/// The value that all have, if they have one.
fn only(mut all: impl Iterator<Item = u32>) -> Option<u32> {
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_in_many_languages() {
        for (name, expected) in [
            ("Jul", Some(7)),
            ("sept", Some(9)),
            ("Okt", Some(10)),
            ("Mrz", Some(3)),
            ("März", Some(3)),
            ("août", Some(8)),
            ("févr.", Some(2)),
            ("juil.", Some(7)),
            ("jui", None),
            ("décembre", Some(12)),
            ("enero", Some(1)),
            ("dicembre", Some(12)),
            ("fevereiro", Some(2)),
            ("augusti", Some(8)),
            ("MAR", Some(3)),
            ("Mai", Some(5)),
            ("ju", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(month(name), expected, "{name}");
        }
        assert!(is_weekday("Wed") && is_weekday("mercredi") && is_weekday("Mittwoch") && !is_weekday("July"));
    }
}
