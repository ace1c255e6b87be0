//! Amounts as people write them: signs of currencies, thousands and millions in words, brackets and dashes of accountants;
//! and what stands before the decimals: found from a whole column, said, and never guessed where it could be either.

use super::cell::ImportCell;
use super::currency;
use super::day::Sample;
use super::names::{folded, is_nothing, shortened};
use super::scale::Scale;
use crate::units::Exact;

/// The sign before the decimals of a number; the other sign, blanks and apostrophes may stand between thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalSign {
    /// `1,234.5`.
    Point,
    /// `1.234,5`.
    Comma,
}

/// The quantity that a column counts; it limits the readings of a number such as `1.000`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberKind {
    /// Amounts, which have decimals.
    Amounts,
    /// Things that come whole.
    Whole,
    /// People, who come whole and not by the thousand in one row.
    People,
    /// Shares and full-time equivalents, of which none is a thousand.
    Shares,
}

/// An amount as it stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WrittenAmount {
    negative: bool,
    /// Digits with their separators; empty for an accountant's dash.
    digits: String,
    /// Thousands or millions, and the word that says so.
    pub(super) scale: Option<Scale>,
    /// A currency's sign or code.
    pub(super) currency: Option<String>,
    pub(super) percent: bool,
}

/// Words that say of what time an amount is; those of a year are what is wanted.
const A_YEAR: [&str; 10] =
    ["pa", "yr", "year", "annum", "annual", "annually", "yearly", "peryear", "perannum", "peryr"];
const NO_YEAR: [&str; 24] = [
    "hr", "hour", "hours", "hourly", "h", "perhour", "perhr", "ph", "day", "daily", "perday", "pd", "week", "weekly",
    "wk", "perweek", "pw", "month", "monthly", "mo", "permonth", "pm", "mth", "permo",
];

/// A fault of an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AmountFault {
    /// The text is no number.
    NoNumber,
    /// The text is understood and cannot be taken: why, and what to do, as the rest of a sentence.
    Refused(String),
}

/// Reads an amount, whatever stands before its decimals.
pub(super) fn written(text: &str) -> Result<WrittenAmount, AmountFault> {
    let wrong = || AmountFault::NoNumber;
    let mut amount =
        WrittenAmount { negative: false, digits: String::new(), scale: None, currency: None, percent: false };
    let (mut words, mut word) = (Vec::new(), String::new());
    let (mut brackets, mut dashes, mut ended) = (0_i32, 0_usize, false);
    // Arabic separators are a point and a comma.
    let plain = |c: char| match c {
        '٫' => '.',
        '٬' => ',',
        other => other,
    };
    let mut letters = text.chars().map(plain).peekable();
    while let Some(c) = letters.next() {
        // "T€" and "R$" are one word.
        if c.is_alphabetic() || (!word.is_empty() && (c == '.' || currency::is_symbol(c))) {
            word.push(c);
            continue;
        }
        ended |= !word.is_empty() && !amount.digits.is_empty();
        words.extend(Some(std::mem::take(&mut word)).filter(|w| !w.is_empty()));
        match c {
            '0'..='9' if ended => return Err(wrong()),
            '0'..='9' => amount.digits.push(c),
            '.' | ',' | '\'' | '’' if !amount.digits.is_empty() => {
                // A separator stands between digits; a full stop or comma behind them says nothing.
                match (letters.peek(), ended) {
                    (Some('0'..='9'), false) => amount.digits.push(c),
                    (Some('0'..='9'), true) => return Err(wrong()),
                    _ => {}
                }
            }
            '.' if letters.peek().is_some_and(char::is_ascii_digit) && amount.digits.is_empty() => {
                amount.digits.push_str("0.");
            }
            c if c.is_whitespace() => {
                let digits_follow = letters.peek().is_some_and(char::is_ascii_digit);
                if digits_follow && !amount.digits.is_empty() && !ended {
                    amount.digits.push(' ');
                }
            }
            '(' => brackets += 1,
            ')' => brackets -= 10,
            '-' | '−' | '–' | '—' => dashes += 1,
            '+' if amount.digits.is_empty() => {}
            '%' if !amount.percent => amount.percent = true,
            // "9,00,000/-": so much and nothing more.
            '/' if letters.peek() == Some(&'-') => drop(letters.next()),
            '/' => word.push('/'),
            other => words.push(other.to_string()),
        }
    }
    words.extend(Some(word).filter(|w| !w.is_empty()));
    for word in &words {
        amount.take(word)?;
    }
    let empty = amount.digits.is_empty();
    let in_brackets = brackets == -9;
    match dashes {
        // An accountant's dash is 0.
        1 if empty && brackets == 0 && amount.scale.is_none() => return Ok(amount),
        0 if !empty && brackets == 0 => return Ok(amount),
        _ if empty || !((in_brackets && dashes == 0) || (brackets == 0 && dashes == 1)) => return Err(wrong()),
        _ => {}
    }
    let no_digit = |c: char| !c.is_ascii_digit();
    let between = text.trim_start_matches(no_digit).trim_end_matches(no_digit);
    // "5-7" is no number, "5-" and "-5" are.
    if between.contains(['-', '−', '–', '—', '(', ')']) {
        return Err(wrong());
    }
    amount.negative = true;
    Ok(amount)
}

impl WrittenAmount {
    /// Takes in a word that stands beside the digits.
    fn take(&mut self, word: &str) -> Result<(), AmountFault> {
        let plain = folded(word);
        let rate = word.starts_with('/');
        let refused = |why: &str| Err(AmountFault::Refused(why.to_owned()));
        if A_YEAR.contains(&plain.as_str()) || matches!(plain.as_str(), "per" | "a") {
            return Ok(());
        }
        if rate || NO_YEAR.contains(&plain.as_str()) {
            return refused("is not for a year; write the amount of a year");
        }
        if let Some(at) = word.find(currency::is_symbol).filter(|at| *at > 0 && currency::sign(word).is_none()) {
            // "k€": thousands and a currency.
            self.currency = word.get(at..).and_then(currency::sign);
        }
        match (Scale::of_word(word), currency::sign(word)) {
            (Err(why), None) => refused(&why),
            (Ok(Some(scale)), _) if self.scale.is_none() && !self.digits.is_empty() => {
                self.scale = Some(scale);
                Ok(())
            }
            (_, Some(sign)) if self.currency.is_none() => {
                self.currency = Some(sign);
                Ok(())
            }
            // "US$": a code's letters and a sign.
            (_, Some(sign)) if self.currency.as_deref() == Some(sign.as_str()) => Ok(()),
            _ => Err(AmountFault::NoNumber),
        }
    }

    /// The sign before the decimals, as far as its separators tell.
    fn says(&self, counts: NumberKind) -> Says {
        let digits = &self.digits;
        let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
        let (sign, other) = match (points, commas) {
            (0, 0) => return Says::Nothing,
            (_, 0) => (DecimalSign::Point, DecimalSign::Comma),
            (0, _) => (DecimalSign::Comma, DecimalSign::Point),
            _ if digits.rfind('.') > digits.rfind(',') => return Says::This(DecimalSign::Point),
            _ => return Says::This(DecimalSign::Comma),
        };
        if points + commas > 1 {
            return Says::This(other);
        }
        let (before, after) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
        // With a word behind it, what stands between are decimals: nobody writes 1,234 thousand.
        let groups = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
        match (groups, counts) {
            (false, _) | (true, NumberKind::Shares) => Says::This(sign),
            // Nobody is a thousandth of a person, and no row has so many thousands of them.
            (true, NumberKind::People) if after == "000" && sign == DecimalSign::Point => Says::This(sign),
            (true, NumberKind::Whole | NumberKind::People) if after != "000" => Says::This(other),
            (true, _) => Says::Either,
        }
    }

    /// Its value where `sign` stands before decimals, with its own scale.
    fn value(&self, sign: Option<DecimalSign>) -> Option<Exact> {
        if self.digits.is_empty() {
            return Some(Exact::ZERO);
        }
        let (decimal, group) = if sign == Some(DecimalSign::Comma) { (',', '.') } else { ('.', ',') };
        let (whole, fraction) =
            self.digits.split_once(decimal).map_or((self.digits.as_str(), None), |(w, f)| (w, Some(f)));
        let separator = |c: char| c == group || matches!(c, ' ' | '\'' | '’');
        let groups: Vec<&str> = whole.split(separator).collect();
        let sound = match groups.as_slice() {
            [] | [_] => true,
            // The last group has three digits, those before it three, or two as in India.
            [first, rest @ ..] => {
                (1..=3).contains(&first.len())
                    && rest.iter().all(|g| matches!(g.len(), 2 | 3))
                    && rest.last().is_some_and(|g| g.len() == 3)
            }
        };
        let joined = groups.concat();
        let plain = fraction.map_or_else(|| joined.clone(), |fraction| format!("{joined}.{fraction}"));
        let number = plain.parse::<Exact>().ok().filter(|_| sound)?;
        let number = self.scale.map_or(number, |scale| number * scale.factor());
        Some(if self.negative { -number } else { number })
    }
}

/// The sign before the decimals, as far as a number's separators tell.
enum Says {
    Nothing,
    Either,
    This(DecimalSign),
}

/// Evidence of how the numbers of one column are written, gathered cell by cell.
#[derive(Debug, Clone, Default)]
pub(super) struct AmountEvidence {
    point: Option<Sample>,
    comma: Option<Sample>,
    either: Option<Sample>,
    /// The first amount with a scale of its own, with what it comes to.
    scaled: Option<(Sample, WrittenAmount)>,
}

impl AmountEvidence {
    /// Takes in a cell.
    pub(super) fn add(&mut self, row: usize, cell: &ImportCell, counts: NumberKind) {
        let ImportCell::Text(text) = cell.value() else { return };
        let Ok(amount) = written(text) else { return };
        let sample = || Sample { row, text: shortened(text) };
        if amount.scale.is_some() && self.scaled.is_none() {
            self.scaled = Some((sample(), amount.clone()));
        }
        let place = match amount.says(counts) {
            Says::Nothing => return,
            Says::Either => &mut self.either,
            Says::This(DecimalSign::Point) => &mut self.point,
            Says::This(DecimalSign::Comma) => &mut self.comma,
        };
        if place.is_none() {
            *place = Some(sample());
        }
    }

    /// The sign that the column itself shows, with the cell that shows it.
    ///
    /// # Errors
    /// When two cells contradict each other.
    pub(super) fn sign(&self) -> Result<Option<(DecimalSign, &Sample)>, String> {
        match (&self.point, &self.comma) {
            (Some(point), Some(comma)) => Err(format!(
                "\"{}\" in row {} and \"{}\" in row {} are not written in the same way",
                point.text, point.row, comma.text, comma.row
            )),
            (Some(sample), None) => Ok(Some((DecimalSign::Point, sample))),
            (None, Some(sample)) => Ok(Some((DecimalSign::Comma, sample))),
            (None, None) => Ok(None),
        }
    }

    /// A number that can be read in two ways.
    pub(super) const fn unclear(&self) -> Option<&Sample> {
        self.either.as_ref()
    }

    /// A sample of an amount that says thousands or millions, and what it is read as.
    pub(super) fn scaled(&self, sign: Option<DecimalSign>) -> Option<String> {
        let (sample, amount) = self.scaled.as_ref()?;
        let value = amount.value(sign)?;
        Some(format!("\"{}\" in row {} is read as {}", sample.text, sample.row, value.grouped(value.places())))
    }
}

/// A number, and what stands beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadAmount {
    pub(super) value: Exact,
    /// Whether it says thousands or millions itself.
    pub(super) scaled: bool,
    pub(super) currency: Option<String>,
    pub(super) percent: bool,
}

/// The number in a cell; `None` if it is empty.
///
/// # Errors
/// In a planner's words, when there is something else.
pub(super) fn amount(given: &ImportCell, sign: Option<DecimalSign>) -> Result<Option<ReadAmount>, String> {
    let text = match given {
        ImportCell::Empty => return Ok(None),
        ImportCell::Merged(_) => {
            return Err("the cell is merged over several; write the figure into each of them".to_owned());
        }
        ImportCell::Number(number) => {
            return Ok(Some(ReadAmount { value: *number, scaled: false, currency: None, percent: false }));
        }
        ImportCell::Day(day) => return Err(format!("{day} is a day, not a number")),
        ImportCell::Unreadable(why) => return Err(why.clone()),
        ImportCell::Text(text) => text,
    };
    let form = if sign == Some(DecimalSign::Comma) { "1.234,5" } else { "1,234.5" };
    let no_number = |text: &str| format!("\"{}\" is no number; write it as {form}", shortened(text));
    // "n/a" is no accountant's zero, as a dash is.
    if is_nothing(text) && text.contains(char::is_alphabetic) {
        return Err(no_number(text));
    }
    let written = written(text).map_err(|fault| match fault {
        AmountFault::NoNumber => no_number(text),
        AmountFault::Refused(why) => format!("\"{}\" {why}", shortened(text)),
    })?;
    let value = written.value(sign).filter(|value| value.is_in_range()).ok_or_else(|| no_number(text))?;
    let WrittenAmount { scale, currency, percent, .. } = written;
    Ok(Some(ReadAmount { value, scaled: scale.is_some(), currency, percent }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use DecimalSign::{Comma, Point};

    fn read(text: &str, sign: DecimalSign) -> Option<String> {
        let number = amount(&ImportCell::text(text), Some(sign)).ok().flatten()?.value.to_string();
        Some(if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.').to_owned() } else { number })
    }

    fn evidence(numbers: &[&str], counts: NumberKind) -> (Result<Option<DecimalSign>, String>, bool) {
        let mut evidence = AmountEvidence::default();
        (2..).zip(numbers).for_each(|(row, text)| evidence.add(row, &ImportCell::text(text), counts));
        (evidence.sign().map(|found| found.map(|(sign, _)| sign)), evidence.unclear().is_some())
    }

    #[test]
    fn the_sign_before_decimals_is_found_from_all_numbers_or_unclear() {
        let different = "\"1.5\" in row 2 and \"2,5\" in row 3 are not written in the same way";
        for (numbers, expected, unclear) in [
            (vec!["1,234.5", "1,234"], Ok(Some(Point)), true),
            (vec!["1.234", "1.234,5"], Ok(Some(Comma)), true),
            (vec!["1,234,567", "1,234"], Ok(Some(Point)), true),
            (vec!["Rs. 9,00,000", "85,000"], Ok(Some(Point)), true),
            (vec!["1.5"], Ok(Some(Point)), false),
            (vec!["0,125"], Ok(Some(Comma)), false),
            (vec!["1234.500"], Ok(Some(Point)), false),
            (vec!["1234", "1 234"], Ok(None), false),
            (vec!["85,000", "90,000"], Ok(None), true),
            (vec!["1.5", "2,5"], Err(different.to_owned()), false),
        ] {
            assert_eq!(evidence(&numbers, NumberKind::Amounts), (expected, unclear), "{numbers:?}");
        }
        assert_eq!(evidence(&["1.234"], NumberKind::Whole), (Ok(Some(Comma)), false));
        assert_eq!(evidence(&["1.000"], NumberKind::Whole), (Ok(None), true));
        assert_eq!(evidence(&["1.000"], NumberKind::People), (Ok(Some(Point)), false));
        assert_eq!(evidence(&["1,000"], NumberKind::People), (Ok(None), true));
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, sign, expected) in [
            ("1,234.5", Point, Some("1234.5")),
            ("1.234,5", Comma, Some("1234.5")),
            ("1.234", Comma, Some("1234")),
            ("1,234", Comma, Some("1.234")),
            ("12,34,567", Point, Some("1234567")),
            ("9,00,000/-", Point, Some("900000")),
            ("Rs. 900000", Point, Some("900000")),
            ("Rs.900000", Point, Some("900000")),
            ("kr. 540000", Point, Some("540000")),
            ("$ 1,200", Point, Some("1200")),
            ("US$ 1,200", Point, Some("1200")),
            ("1.200,00 €", Comma, Some("1200")),
            ("USD 1200", Point, Some("1200")),
            ("1200 p.a.", Point, Some("1200")),
            ("(5)", Point, Some("-5")),
            ("($5)", Point, Some("-5")),
            ("-$5", Point, Some("-5")),
            ("5-", Point, Some("-5")),
            ("$ -   ", Point, Some("0")),
            ("-", Point, Some("0")),
            ("–", Point, Some("0")),
            ("1'234", Point, Some("1234")),
            ("1\u{202f}234,5", Comma, Some("1234.5")),
            ("$90K", Point, Some("90000")),
            ("$1.2M", Point, Some("1200000")),
            ("3.5 million", Point, Some("3500000")),
            ("2.4 Cr", Point, Some("24000000")),
            ("1.2bn", Point, Some("1200000000")),
            ("5 lakh", Point, Some("500000")),
            ("1,2 Mio. €", Comma, Some("1200000")),
            ("3 mille", Comma, Some("3000")),
            ("250 T€", Comma, Some("250000")),
            ("250 TEUR", Comma, Some("250000")),
            ("12万", Point, Some("120000")),
            ("250 T", Comma, None),
            ("$45/hr", Point, None),
            ("45 per hour", Point, None),
            ("150000 pm", Point, None),
            ("1,23,4", Point, None),
            ("1.2.3", Point, None),
            ("1 2", Point, None),
            ("5-7", Point, None),
            ("1e5", Point, None),
            ("12 people", Point, None),
            ("90K 5", Point, None),
            ("n/a", Point, None),
            ("(", Point, None),
            ("K", Point, None),
            ("99999999999999999999999999999999", Point, None),
        ] {
            assert_eq!(read(text, sign).as_deref(), expected, "{text}");
        }
        let share = amount(&ImportCell::text("15 %"), None).unwrap().unwrap();
        assert!(share.percent && share.value == Exact::from(15_u32));
    }
}
