//! How figures are shown and read: separators, decimals, per cent, dates, as the planner's locale has it. Computes
//! nothing but the rounding of what it shows.
//!
//! What a locale's separators are, the Unicode locale data says (through `icu`), by a figure and a day written in it.

use chrono::NaiveDate;
use icu_datetime::fieldsets::YMD;
use icu_datetime::input::Date;
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::Locale;

use crate::analysis::FormatNumber;
use crate::units::{Exact, Heads, Money, Month, Ratio};

/// How numbers and days are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbers {
    /// Between groups of digits.
    group: char,
    /// Between whole and fraction.
    decimal: char,
    /// Digits in every group but the last, which has three: two in India, three elsewhere.
    step: u8,
    /// Whether a number of four digits is grouped.
    four: bool,
    /// Between the parts of a day.
    between: char,
    order: Order,
}

/// Which part of a day stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Year,
    Day,
    Month,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { group: ',', decimal: '.', step: 3, four: true, between: '-', order: Order::Year }
    }
}

/// What stands where there is no figure.
pub(super) const NONE: &str = "–";
/// Before a figure below 0.
const MINUS: char = '−';

/// The locales that the settings offer beside the system's own: the language tag, and its name in itself.
pub(super) const LOCALES: &[(&str, &str)] = &[
    ("en-US", "English (United States)"),
    ("en-GB", "English (United Kingdom)"),
    ("en-IN", "English (India)"),
    ("da-DK", "Dansk"),
    ("de-DE", "Deutsch (Deutschland)"),
    ("de-CH", "Deutsch (Schweiz)"),
    ("es-ES", "Español (España)"),
    ("es-MX", "Español (México)"),
    ("fr-FR", "Français (France)"),
    ("it-IT", "Italiano"),
    ("nl-NL", "Nederlands"),
    ("nb-NO", "Norsk bokmål"),
    ("pl-PL", "Polski"),
    ("pt-BR", "Português (Brasil)"),
    ("sv-SE", "Svenska"),
    ("ja-JP", "日本語"),
];

/// A share in per cent, as it is shown and typed: 12.5 for 0.125.
pub(super) fn in_percent(share: Exact) -> Exact {
    share * Exact::from(100_u32)
}

/// A share that is stated in per cent: 0.125 for 12.5.
pub(super) fn from_percent(percent: impl Into<Exact>) -> Exact {
    percent.into() / Exact::from(100_u32)
}

/// An amount in thousands, as a table with little room shows it.
pub(super) fn in_thousands(amount: Exact) -> Exact {
    amount / Exact::from(1_000_u32)
}

impl Numbers {
    /// As people of a locale write them, by its language tag such as `fr-FR` or `fr_FR.UTF-8`; as [`Numbers::default`]
    /// where there is no such locale.
    pub(super) fn of(tag: &str) -> Self {
        let tag = tag.split(['.', '@']).next().unwrap_or(tag).replace('_', "-");
        let Ok(locale) = Locale::try_from_str(&tag) else { return Self::default() };
        if tag == "C" || tag == "POSIX" || tag.is_empty() {
            return Self::default();
        }
        Self::default().with_separators(&locale).with_days(&locale)
    }

    fn with_separators(self, locale: &Locale) -> Self {
        let options = DecimalFormatterOptions::default();
        let Ok(formatter) = DecimalFormatter::try_new(locale.into(), options) else { return self };
        let written =
            |text: &str| text.parse::<Decimal>().map(|d| formatter.format(&d).to_string()).unwrap_or_default();
        // 1 and 2 stand first: what is between them and the rest are the separators.
        let signs: Vec<char> = written("12345678.9").chars().filter(|c| !c.is_numeric()).collect();
        let (Some(group), Some(decimal)) = (signs.first(), signs.last()) else { return self };
        let step = if signs.len() > 3 || written("1234567").chars().nth(2) == Some(*group) { 2 } else { 3 };
        let four = written("1234").chars().any(|c| !c.is_numeric());
        Self { group: *group, decimal: *decimal, step, four, ..self }
    }

    fn with_days(self, locale: &Locale) -> Self {
        let preferences = DateTimeFormatterPreferences::from(locale);
        let formatter = FixedCalendarDateTimeFormatter::try_new(preferences, YMD::short());
        let day = Date::try_new_gregorian(2033, 11, 22);
        let (Ok(formatter), Ok(day)) = (formatter, day) else { return self };
        let written = formatter.format(&day).to_string();
        let place = |part: &str| written.find(part);
        let order = match (place("33"), place("11"), place("22")) {
            (Some(y), Some(m), Some(d)) if y < m && m < d => Order::Year,
            (Some(_), Some(m), Some(d)) if m < d => Order::Month,
            (Some(_), Some(_), Some(_)) => Order::Day,
            _ => return self,
        };
        let between = written.chars().find(|c| !c.is_numeric() && !c.is_whitespace()).unwrap_or('-');
        Self { between, order, ..self }
    }

    /// A whole number: `1,234`.
    pub(super) fn count(self, count: u64) -> String {
        self.exact(Exact::from(count), 0)
    }

    /// A number with so many decimals: `1,234.50`.
    pub(super) fn exact(self, number: Exact, places: u32) -> String {
        if !number.is_in_range() {
            return NONE.to_owned();
        }
        let text = number.fixed(places);
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
        let mut out = String::new();
        if !sign.is_empty() {
            out.push(MINUS);
        }
        let grouped = whole.len() > 4 || self.four;
        for (index, digit) in whole.chars().enumerate() {
            let left = whole.len() - index;
            let step = usize::from(self.step);
            if index > 0 && grouped && left >= 3 && (left - 3) % step == 0 {
                out.push(self.group);
            }
            out.push(digit);
        }
        if let Some(fraction) = fraction {
            out.push(self.decimal);
            out.push_str(fraction);
        }
        out
    }

    /// A number with the decimals it has: `0.85`, `12`.
    pub(super) fn plain(self, number: Exact) -> String {
        let places = number.places();
        self.exact(number, places)
    }

    /// A number with the decimals it has and nothing between its digits, as other programs read it: `1234.5`, `-5`.
    pub(super) fn raw(self, number: Exact) -> String {
        number.value().map_or_else(String::new, |d| d.normalize().to_string().replace('.', &self.decimal.to_string()))
    }

    /// An amount to the cent: `1,234.50`.
    pub(super) fn money(self, amount: Money) -> String {
        self.exact(amount.exact(), 2)
    }

    /// An amount in whole units: `1,235`.
    pub(super) fn whole(self, amount: Money) -> String {
        self.exact(amount.exact(), 0)
    }

    /// An amount in millions or thousands: `118.4 M`, `12.3 k`, `950`.
    pub(super) fn short(self, amount: Money) -> String {
        self.format_amount(amount)
    }

    /// Heads with one decimal: `986.2`.
    pub(super) fn heads(self, heads: Heads) -> String {
        self.exact(heads.exact(), 1)
    }

    /// A share in per cent: `97.4 %`; a dash where there is none.
    pub(super) fn percent(self, share: Option<Ratio>, places: u32) -> String {
        let hundred = Exact::from(100_u32);
        share.map_or_else(|| NONE.to_owned(), |share| self.format_percent(share.exact() * hundred, places))
    }

    /// A share in per cent under a heading that says so: `97`; a dash where there is none.
    pub(super) fn points(self, share: Option<Ratio>, places: u32) -> String {
        let hundred = Exact::from(100_u32);
        share.map_or_else(|| NONE.to_owned(), |share| self.exact(share.exact() * hundred, places))
    }

    /// A share in per cent with the decimals it has: `2.8 %`.
    pub(super) fn share(self, share: Ratio) -> String {
        let percent = share.exact() * Exact::from(100_u32);
        self.format_percent(percent, percent.places())
    }

    /// A day: `2010-07-05`, `05.07.2010`, `07/05/2010`.
    pub(super) fn date(self, day: NaiveDate) -> String {
        let b = self.between;
        let pattern = match self.order {
            Order::Year => format!("%Y{b}%m{b}%d"),
            Order::Day => format!("%d{b}%m{b}%Y"),
            Order::Month => format!("%m{b}%d{b}%Y"),
        };
        day.format(&pattern).to_string()
    }

    /// A month: `2010-07`, as the plan writes it.
    #[expect(clippy::unused_self, reason = "how months are written is for this type to say, as for days")]
    pub(super) fn month(self, month: Month) -> String {
        month.to_string()
    }

    /// Reads a number as people type or paste it: with or without separators, `−5` or `(5)` for a negative one, with a
    /// currency before or behind it.
    ///
    /// # Errors
    /// In the planner's words, when the text is no number, or its separators are not where this locale has them: a
    /// point that elsewhere stands before cents must not make a hundred times as much.
    pub(super) fn read(self, text: &str) -> Result<Exact, String> {
        let sample = self.exact(Exact::from(12345_u32) / Exact::from(10_u32), 1);
        let wrong = || format!("\"{}\" is no number; write it as {sample}", text.trim());
        let trimmed = without_currency(text.trim());
        let inner = trimmed.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
        let signed = inner.or_else(|| trimmed.strip_prefix(['-', MINUS]));
        let size = without_currency(signed.unwrap_or(trimmed).trim());
        let (whole, fraction) = size.split_once(self.decimal).map_or((size, None), |(w, f)| (w, Some(f)));
        let digits = self.ungrouped(whole).ok_or_else(wrong)?;
        let plain = fraction.map_or_else(|| digits.clone(), |fraction| format!("{digits}.{fraction}"));
        let number: Exact = plain.parse().ok().ok_or_else(wrong)?;
        Ok(if signed.is_some() { -number } else { number })
    }

    /// The digits of a whole number without its separators, if these are where they belong.
    fn ungrouped(self, whole: &str) -> Option<String> {
        let space = |c: char| c.is_whitespace();
        let apostrophe = |c: char| matches!(c, '\'' | '’');
        let separates = |c: char| c == self.group || space(c) || (apostrophe(self.group) && apostrophe(c));
        let parts: Vec<&str> = whole.split(separates).collect();
        let [first, rest @ ..] = parts.as_slice() else { return None };
        if rest.is_empty() {
            return Some((*first).to_owned());
        }
        let (last, middle) = rest.split_last()?;
        let usual = |part: &&str, digits: usize| part.len() == digits;
        let sound = usual(last, 3)
            && middle.iter().all(|part| usual(part, 3) || usual(part, usize::from(self.step)))
            && (1..=3).contains(&first.len());
        sound.then(|| parts.concat())
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
        let count = number.floor_count().and_then(|count| u32::try_from(count).ok()).filter(|_| whole);
        count.ok_or_else(|| format!("\"{}\" is not a whole number of 0 or more", text.trim()))
    }

    /// Reads a share in per cent: `15`, `15 %` and `15%` are all 0.15.
    ///
    /// # Errors
    /// In the planner's words, when the text is no number.
    pub(super) fn read_share(self, text: &str) -> Result<Ratio, String> {
        let number = self.read(text.trim().trim_end_matches('%'))?;
        Ok(Ratio::new(number / Exact::from(100_u32)))
    }

    /// The parts of a list of shares, such as `0; 50; 100 %`, also those that are empty. Without a semicolon, commas separate
    /// them where they are not the decimal sign, else blanks.
    pub(super) fn parts(self, text: &str) -> Vec<&str> {
        let separator = [';', ','].into_iter().find(|sign| text.contains(*sign) && *sign != self.decimal);
        match separator {
            Some(sign) => text.split(sign).map(|part| part.trim().trim_end_matches('%').trim_end()).collect(),
            None => text.split(|c: char| c == '%' || c.is_whitespace()).filter(|part| !part.is_empty()).collect(),
        }
    }

    /// Reads a day, as this locale writes it or as `2010-07-05`.
    ///
    /// # Errors
    /// In the planner's words, when the text is no day.
    pub(super) fn read_date(self, text: &str) -> Result<NaiveDate, String> {
        let text = text.trim();
        let parts: Vec<&str> = text.split(self.between).map(str::trim).collect();
        let day = match (parts.as_slice(), self.order) {
            ([y, m, d], Order::Year) | ([d, m, y], Order::Day) | ([m, d, y], Order::Month) => {
                let (y, m, d) = (y.parse().ok(), m.parse().ok(), d.parse().ok());
                y.zip(m).zip(d).and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d))
            }
            _ => None,
        };
        let day = day.filter(|d| (1000..10_000).contains(&chrono::Datelike::year(d)));
        let sample = NaiveDate::from_ymd_opt(2010, 7, 31).map(|d| self.date(d)).unwrap_or_default();
        day.or_else(|| text.parse().ok()).ok_or_else(|| format!("\"{text}\" is no day; write it as {sample}"))
    }

    /// Reads a month, as [`Self::month`] writes it.
    ///
    /// # Errors
    /// In the planner's words, when the text is no month.
    #[expect(clippy::unused_self, reason = "months are read beside everything else that is")]
    pub(super) fn read_month(self, text: &str) -> Result<Month, String> {
        text.trim().parse().map_err(|error: crate::units::MonthError| error.to_string())
    }
}

impl FormatNumber for Numbers {
    fn format_number(&self, number: Exact, places: u32) -> String {
        self.exact(number, places)
    }
}

/// Numbers in text that wraps: a figure and its unit stay in one line.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnbrokenNumbers(pub(super) Numbers);

impl FormatNumber for UnbrokenNumbers {
    fn format_number(&self, number: Exact, places: u32) -> String {
        self.0.exact(number, places)
    }

    fn unit_space(&self) -> char {
        '\u{a0}'
    }
}

/// A text without a currency sign or a code of three capital letters before or behind it.
fn without_currency(text: &str) -> &str {
    let signs = ['$', '€', '£', '¥', '₹', '₩', 'R', 'k', 'r'];
    let bare = text.trim_matches(|c: char| signs[..6].contains(&c)).trim();
    let code = |code: &str| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
    let before = bare.get(..3).filter(|c| code(c)).and_then(|_| bare.get(3..));
    let behind = || bare.len().checked_sub(3).and_then(|at| bare.get(at..).filter(|c| code(c)).and(bare.get(..at)));
    before.or_else(behind).unwrap_or(bare).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        let money = |text: &str| Money::new(text.parse().unwrap());
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
        assert_eq!(numbers.percent(Some(Ratio::new("0.97449".parse().unwrap())), 1), "97.4 %");
        assert_eq!(numbers.percent(None, 1), "–");
        // In text that wraps a figure keeps its unit.
        let numbers = UnbrokenNumbers(numbers);
        assert_eq!(numbers.format_amount(money("118449999")), "118.4\u{a0}M");
        assert_eq!(numbers.format_amount(money("-12345")), "−12.3\u{a0}k");
        assert_eq!(numbers.format_amount(money("9999.4")), "9,999");
        assert_eq!(numbers.format_percent("97.449".parse().unwrap(), 1), "97.4\u{a0}%");
    }

    #[test]
    fn every_locale_has_its_own_way_and_reads_what_it_writes() {
        let number = "-1234567.5".parse::<Exact>().unwrap();
        let day = NaiveDate::from_ymd_opt(2010, 7, 5).unwrap();
        for (tag, figure, written) in [
            ("en-US", "−1,234,567.50", "07/05/2010"),
            ("en-GB", "−1,234,567.50", "05/07/2010"),
            ("en-IN", "−12,34,567.50", "05/07/2010"),
            ("de_DE.UTF-8", "−1.234.567,50", "05.07.2010"),
            ("de-CH", "−1'234'567.50", "05.07.2010"),
            ("fr-FR", "−1\u{202f}234\u{202f}567,50", "05/07/2010"),
            ("pl-PL", "−1\u{a0}234\u{a0}567,50", "05.07.2010"),
            ("sv-SE", "−1\u{a0}234\u{a0}567,50", "2010-07-05"),
            ("C", "−1,234,567.50", "2010-07-05"),
            ("nonsense-locale-xx", "−1,234,567.50", "2010-07-05"),
        ] {
            let numbers = Numbers::of(tag);
            assert_eq!(numbers.exact(number, 2), figure, "{tag}");
            assert_eq!(numbers.date(day), written, "{tag}");
        }
        for (tag, _) in LOCALES {
            let numbers = Numbers::of(tag);
            for text in ["0", "7.25", "-999", "1234", "-1234.5", "12345678.901"] {
                let number = text.parse::<Exact>().unwrap();
                assert_eq!(numbers.read(&numbers.plain(number)), Ok(number), "{tag} {text}");
            }
            assert_eq!(numbers.read_date(&numbers.date(day)), Ok(day), "{tag}");
        }
    }

    #[test]
    fn figures_are_read_as_people_type_and_paste_them() {
        let numbers = Numbers::default();
        for (text, expected) in [
            ("1,234.5", "1234.5"),
            ("-5", "-5"),
            ("(5)", "-5"),
            ("−1 000", "-1000"),
            (" 7 ", "7"),
            ("$1,200", "1200"),
            ("-$5", "-5"),
            ("USD 1,200", "1200"),
            ("1200 €", "1200"),
        ] {
            assert_eq!(numbers.read(text).map(|n| n.to_string()).as_deref(), Ok(expected), "{text}");
        }
        for text in ["1,5", "1,23,4", ",5", "1.2.3", "", "-", "12a", "1,2345", "1e5"] {
            assert!(numbers.read(text).is_err(), "{text}");
        }
        assert!(Numbers::of("de-DE").read("1.5").is_err(), "a point of another locale is no thousands separator");
        for (text, expected) in [
            ("7", Some(7)),
            ("", Some(0)),
            ("1,200", Some(1200)),
            ("3.0", Some(3)),
            ("-1", None),
            ("1.5", None),
            ("99999999999", None),
        ] {
            assert_eq!(numbers.read_count(text).ok(), expected, "{text}");
        }
        assert_eq!(numbers.read_share("15 %").map(|r| r.exact().to_string()).as_deref(), Ok("0.15"));
    }
}
