//! Countries in the text of a place, by ISO 3166-1: `IE - Dublin`, `DEU`, `Sweden`, `DACH`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::names::folded;
use crate::plan::Plan;

/// Names of countries that the standard does not have.
const ALSO: [(&str, &str); 14] = [
    ("UK", "GBR"),
    ("Great Britain", "GBR"),
    ("England", "GBR"),
    ("USA", "USA"),
    ("United States", "USA"),
    ("United Kingdom", "GBR"),
    ("South Korea", "KOR"),
    ("Korea", "KOR"),
    ("Russia", "RUS"),
    ("Vietnam", "VNM"),
    ("Czech Republic", "CZE"),
    ("Turkey", "TUR"),
    ("Taiwan", "TWN"),
    ("The Netherlands", "NLD"),
];

/// Groups of countries that sales organisations speak of.
const GROUPS: [(&str, &[&str]); 8] = [
    ("DACH", &["DEU", "AUT", "CHE"]),
    ("Benelux", &["BEL", "NLD", "LUX"]),
    ("Nordics", &["SWE", "NOR", "DNK", "FIN", "ISL"]),
    ("Nordic", &["SWE", "NOR", "DNK", "FIN", "ISL"]),
    ("Iberia", &["ESP", "PRT"]),
    ("ANZ", &["AUS", "NZL"]),
    ("UKI", &["GBR", "IRL"]),
    ("Baltics", &["EST", "LVA", "LTU"]),
];

/// Folded names of countries with their codes.
static NAMES: LazyLock<Vec<(String, &'static str)>> = LazyLock::new(|| {
    let standard = rust_iso3166::ALL.iter().map(|country| (country.name, country.alpha3));
    standard.chain(ALSO).map(|(name, code)| (folded(name), code)).collect()
});

/// The ISO 3166-1 alpha-3 codes of the countries that a text names.
fn countries(text: &str) -> BTreeSet<&'static str> {
    let whole = folded(text);
    let mut found: BTreeSet<&str> = BTreeSet::new();
    found.extend(GROUPS.iter().filter(|(name, _)| folded(name) == whole).flat_map(|(_, codes)| codes.iter().copied()));
    let parts =
        text.split(['-', '–', ',', '/', '|', '(', ')', ';', ':', '_']).map(str::trim).filter(|part| !part.is_empty());
    for part in parts {
        let name = folded(part);
        found.extend(NAMES.iter().filter(|(known, _)| *known == name).map(|(_, code)| *code));
        // A code is written in capitals; the first of two letters is a country, a later one may be a state: "US - Redmond, WA".
        let code = part.chars().all(|c| c.is_ascii_uppercase());
        if code && found.is_empty() {
            let standard = match part.len() {
                2 => rust_iso3166::from_alpha2(part),
                3 => rust_iso3166::from_alpha3(part),
                _ => None,
            };
            found.extend(standard.map(|country| country.alpha3));
        }
    }
    found
}

/// The ids of the regions that have a country which the text names, those with fewer countries first.
pub(super) fn regions_of(plan: &Plan, text: &str) -> Vec<String> {
    let named = countries(text);
    let mut found: Vec<(usize, &str)> = plan
        .regions
        .iter()
        .filter(|region| region.countries.iter().any(|country| named.contains(country.as_str())))
        .map(|region| (region.countries.len(), region.id.as_str()))
        .collect();
    found.sort_by_key(|(countries, _)| *countries);
    found.into_iter().map(|(_, id)| id.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_in_places() {
        for (text, expected) in [
            ("IE - Dublin", vec!["IRL"]),
            ("UK - London", vec!["GBR"]),
            ("US - Redmond, WA", vec!["USA"]),
            ("Paris, France", vec!["FRA"]),
            ("DACH", vec!["AUT", "CHE", "DEU"]),
            ("DEU", vec!["DEU"]),
            ("Atlantis", vec![]),
            ("in", vec![]),
        ] {
            assert_eq!(countries(text).into_iter().collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
