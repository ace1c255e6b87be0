//! Thousands and millions in words: beside an amount, in a heading, above a table.

use super::currency;
use super::names::folded;
use crate::units::Exact;

/// A power of ten that amounts are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scale(u32);

impl Scale {
    /// Single units.
    pub const ONE: Self = Self(0);
    /// Thousands.
    pub const THOUSANDS: Self = Self(3);
    /// Millions.
    pub const MILLIONS: Self = Self(6);

    /// The factor of an amount.
    #[must_use]
    pub fn factor(self) -> Exact {
        Exact::from(10_u32).power(usize::try_from(self.0).unwrap_or(0))
    }

    /// Its name: `thousands`.
    #[must_use]
    pub fn name(self) -> String {
        match self.0 {
            0 => "single units".to_owned(),
            3 => "thousands".to_owned(),
            6 => "millions".to_owned(),
            9 => "billions".to_owned(),
            _ => self.factor().grouped(0),
        }
    }

    /// The scale that a word means; `None` if it means none.
    ///
    /// # Errors
    /// When it can mean two, in a planner's words.
    pub(super) fn of_word(word: &str) -> Result<Option<Self>, String> {
        let plain = folded(word);
        if plain == "t" {
            if word.contains(currency::is_symbol) {
                return Ok(Some(Self::THOUSANDS));
            }
            return Err("can be thousands or trillions; write the number".to_owned());
        }
        let known = WORDS.iter().find(|(_, words)| words.split(' ').any(|w| w == plain));
        Ok(known.map(|(power, _)| Self(*power)))
    }

    /// The scale that a heading, or a line above the table, states for the amounts under it: `(in thousands)`, `($000s)`,
    /// `in Mio. €`. A short word counts only where it stands alone in brackets, behind "in", or beside a currency.
    pub(super) fn of_heading(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        parts(&lower).into_iter().find_map(|(part, in_brackets)| Self::of_part(&part, in_brackets))
    }

    fn of_part(part: &str, in_brackets: bool) -> Option<Self> {
        let words: Vec<&str> =
            part.split(|c: char| c.is_whitespace() || matches!(c, '/' | '-' | '–')).filter(|w| !w.is_empty()).collect();
        let money = |word: &&str| currency::sign(word).is_some();
        let beside = in_brackets || words.iter().any(money) || part.contains(currency::is_symbol);
        let in_words = words.iter().enumerate().find_map(|(at, word)| {
            let scale = Self::of_word(word).ok().flatten()?;
            let long = word.chars().count() > 3;
            let said = at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|w| *w == "in");
            let alone = words.iter().all(|other| other == word || *other == "in" || money(other));
            let joined = word.contains(currency::is_symbol);
            (joined || said && (long || alone) || beside && (long || alone) || long && alone).then_some(scale)
        });
        in_words.or_else(|| words.iter().any(|word| is_zeros(word)).then_some(Self::THOUSANDS))
    }
}

/// Whether a word stands for three zeros left out: `000`, `'000`, `$000s`, `usd000`.
fn is_zeros(word: &str) -> bool {
    let letters: String = word.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, ',' | '.')).collect();
    matches!(letters.trim_start_matches(|c: char| c.is_ascii_alphabetic()), "000" | "000s")
}

/// The parts of a heading, each with whether it stands in brackets. A comma ends a part, but for one inside a number.
fn parts(text: &str) -> Vec<(String, bool)> {
    let mut parts = vec![(String::new(), false)];
    let letters: Vec<char> = text.chars().collect();
    for (at, c) in letters.iter().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
        let inside = parts.last().is_some_and(|(_, inside)| *inside);
        match c {
            '(' | '[' => parts.push((String::new(), true)),
            ')' | ']' => parts.push((String::new(), false)),
            ',' if !(digit(at.checked_sub(1)) && digit(Some(at + 1))) => parts.push((String::new(), inside)),
            other => {
                if let Some((part, _)) = parts.last_mut() {
                    part.push(*other);
                }
            }
        }
    }
    parts
}

/// For each power of ten its words, folded.
const WORDS: &[(u32, &str)] = &[
    (
        3,
        "k thousand thousands tsd tausend teur tusd tchf tgbp keur kusd kgbp mille mil mila tys tis тыс tusen tkr tsek 千 ths",
    ),
    (4, "万 萬 만"),
    (5, "lakh lakhs lac lacs"),
    (
        6,
        "m mm mn mln million millions mio millionen millones millon milioni milione milhoes milhao miljoen miljoner millioner milionow milion млн meur musd mgbp mnkr mkr 百万",
    ),
    (7, "cr crore crores"),
    (8, "亿 億 억"),
    (
        9,
        "bn b billion billions mrd milliarden milliarde milliards milliard miliardi miljard miljarder milliarder mld млрд bnusd",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_states_its_scale_or_none() {
        for (text, expected) in [
            ("Target (in thousands)", Some(3)),
            ("Target ($000s)", Some(3)),
            ("Target ('000)", Some(3)),
            ("Target (USD 000)", Some(3)),
            ("Target, k€", Some(3)),
            ("Target (k)", Some(3)),
            ("Target in Mio. €", Some(6)),
            ("Umsatzziel (T€)", Some(3)),
            ("Bookings $M", Some(6)),
            ("FY11/FY12 Bookings targets (USD 000s)", Some(3)),
            ("Amounts in thousands of USD", Some(3)),
            ("All figures in USD millions", Some(6)),
            ("Target (Cr)", Some(7)),
            ("Target", None),
            ("Target (USD)", None),
            ("Region", None),
            ("Milestone M", None),
            ("Total: 12,000,000", None),
            ("Target (>1,000 seats)", None),
            ("Prepared by Smith, M", None),
            ("Plan of 2010, in thousands", Some(3)),
            ("FY11 Q1 (revised)", None),
        ] {
            assert_eq!(Scale::of_heading(text).map(|s| s.0), expected, "{text}");
        }
    }
}
