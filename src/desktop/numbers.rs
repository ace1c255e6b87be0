//! How figures are shown and read: separators, decimals, per cent, dates. Computes nothing but the rounding of what
//! it shows.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::units::{Exact, Heads, Money, Month, Ratio};

/// How numbers and dates are written, as the planner's locale has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Numbers {
    /// Between groups of digits.
    group: char,
    /// Between whole and fraction.
    decimal: char,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { group: ',', decimal: '.' }
    }
}

/// What stands where there is no figure.
pub(super) const NONE: &str = "–";

impl Numbers {
    /// A whole number: `1,234`.
    pub(super) fn count(self, count: u64) -> String {
        self.exact(Exact::from(i64::try_from(count).unwrap_or(i64::MAX)), 0)
    }

    /// A number with so many decimals: `1,234.50`.
    pub(super) fn exact(self, number: Exact, places: u32) -> String {
        let localised = |c: char| match c {
            ',' => self.group,
            '.' => self.decimal,
            '-' => '−',
            other => other,
        };
        number.grouped(places).chars().map(localised).collect()
    }

    /// A number with the decimals it has: `0.85`, `12`.
    pub(super) fn plain(self, number: Exact) -> String {
        let places = number.value().map_or(0, |d| d.normalize().scale());
        self.exact(number, places)
    }

    /// An amount to the cent: `1,234.50`.
    pub(super) fn money(self, amount: Money) -> String {
        self.exact(amount.exact(), 2)
    }

    /// An amount in whole units: `1,235`.
    pub(super) fn whole(self, amount: Money) -> String {
        self.exact(amount.exact(), 0)
    }

    /// An amount in millions from a million up, in thousands from ten thousand up: `118.4 M`, `12.3 k`, `950`.
    pub(super) fn short(self, amount: Money) -> String {
        let amount = amount.exact();
        let size = if amount.is_negative() { -amount } else { amount };
        let (unit, name, places) = if size >= Exact::from(999_950_u32) {
            (1_000_000_u32, " M", 1)
        } else if size >= Exact::from(10_000_u32) {
            (1_000, " k", 1)
        } else {
            (1, "", 0)
        };
        format!("{}{name}", self.exact(amount / Exact::from(unit), places))
    }

    /// Heads with one decimal: `986.2`.
    pub(super) fn heads(self, heads: Heads) -> String {
        self.exact(heads.exact(), 1)
    }

    /// A share in per cent: `97.4 %`; a dash where there is none.
    pub(super) fn percent(self, share: Option<Ratio>, places: u32) -> String {
        let hundred = Exact::from(100_u32);
        share.map_or_else(|| NONE.to_owned(), |share| format!("{} %", self.exact(share.exact() * hundred, places)))
    }

    /// A share in per cent with the decimals it has: `2.8 %`.
    pub(super) fn share(self, share: Ratio) -> String {
        format!("{} %", self.plain(share.exact() * Exact::from(100_u32)))
    }

    /// A day: `2010-07-05`.
    pub(super) fn date(self, day: NaiveDate) -> String {
        day.to_string()
    }

    /// A month: `2010-07`.
    pub(super) fn month(self, month: Month) -> String {
        month.to_string()
    }

    /// Reads a number as people type or paste it: with or without separators, `−5`, `(5)` for a negative one.
    ///
    /// # Errors
    /// In the planner's words, when the text is no number.
    pub(super) fn read(self, text: &str) -> Result<Exact, String> {
        let wrong = || format!("\"{}\" is no number; write it as {}", text.trim(), self.exact(sample(), 1));
        let trimmed = text.trim();
        let (inner, negative) = match trimmed.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
            Some(inner) => (inner.trim(), true),
            None => match trimmed.strip_prefix(['-', '−']) {
                Some(inner) => (inner.trim(), true),
                None => (trimmed, false),
            },
        };
        let plain: String = inner
            .chars()
            .filter(|c| *c != self.group && !c.is_whitespace())
            .map(|c| if c == self.decimal { '.' } else { c })
            .collect();
        let number: Exact = plain.parse().map_err(|_: crate::units::ExactError| wrong())?;
        Ok(if negative { -number } else { number })
    }

    /// Reads a whole number from 0; an empty text is 0.
    ///
    /// # Errors
    /// In the planner's words, when the text is no such number.
    pub(super) fn read_count(self, text: &str) -> Result<u32, String> {
        if text.trim().is_empty() {
            return Ok(0);
        }
        let number = self.read(text)?;
        let whole = number.round(0) == number && !number.is_negative();
        let count = u32::try_from(number.floor_count()).ok().filter(|_| whole);
        count.ok_or_else(|| format!("\"{}\" is no whole number from 0 up", text.trim()))
    }

    /// Reads a share in per cent: `15`, `15 %` and `15%` are all 0.15.
    ///
    /// # Errors
    /// In the planner's words, when the text is no number.
    pub(super) fn read_share(self, text: &str) -> Result<Ratio, String> {
        let number = self.read(text.trim().trim_end_matches('%'))?;
        Ok(Ratio::new(number / Exact::from(100_u32)))
    }
}

fn sample() -> Exact {
    Exact::from(12345_u32) / Exact::from(10_u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        let money = |text: &str| Money::new(text.parse().unwrap_or_default());
        let numbers = Numbers::default();
        for (input, expected) in [
            ("118449999", "118.4 M"),
            ("999950", "1.0 M"),
            ("999949", "999.9 k"),
            ("-12345", "−12.3 k"),
            ("9999.4", "9,999"),
        ] {
            assert_eq!(numbers.short(money(input)), expected);
        }
        assert_eq!(numbers.percent(Some(Ratio::new("0.97449".parse().unwrap_or_default())), 1), "97.4 %");
        assert_eq!(numbers.percent(None, 1), "–");
    }

    #[test]
    fn figures_are_read_as_people_type_and_paste_them() {
        let numbers = Numbers::default();
        for (text, expected) in [("1,234.5", "1234.5"), ("-5", "-5"), ("(5)", "-5"), ("−1 000", "-1000"), (" 7 ", "7")]
        {
            assert_eq!(numbers.read(text).map(|n| n.to_string()).as_deref(), Ok(expected), "{text}");
        }
        for (text, expected) in [
            ("7", Ok(7)),
            ("", Ok(0)),
            ("1,200", Ok(1200)),
            ("3.0", Ok(3)),
            ("-1", Err(())),
            ("1.5", Err(())),
            ("99999999999", Err(())),
        ] {
            assert_eq!(numbers.read_count(text).map_err(|_| ()), expected, "{text}");
        }
        assert_eq!(numbers.read_share("15 %").map(|r| r.exact().to_string()).as_deref(), Ok("0.15"));
    }
}
