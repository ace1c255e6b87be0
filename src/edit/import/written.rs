//! Days and numbers as people write them, and which way of writing a table has: found from all of it together, said, and
//! never guessed where it could be either.

use chrono::NaiveDate;

use super::names::shortened;
use super::table::ImportCell;
use crate::units::Exact;

/// Which part of a day such as `03/04/2010` stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

/// What stands before the decimals of a number; the other one, blanks and apostrophes may stand between thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalSign {
    /// `1,234.5`.
    Point,
    /// `1.234,5`.
    Comma,
}

/// A day as text.
enum Written {
    Day(NaiveDate),
    /// Two small numbers and a year.
    Either(u32, u32, i32),
}

/// The way of writing that was found, and where: to be said.
pub(super) type Found<T> = (Option<T>, Option<String>);

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn written(text: &str) -> Option<Written> {
    // A time of day behind it says nothing about the day.
    let day = match text.find(':') {
        Some(_) => text.split([' ', 'T']).next().unwrap_or(text),
        None => text,
    };
    let parts: Vec<&str> = day.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let of = |year: &str, month: u32, day: &str| NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.parse().ok()?);
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
    let (first, second, third) = match parts.as_slice() {
        [whole] if whole.len() == 8 && number(whole).is_some() => (whole.get(..4)?, whole.get(4..6)?, whole.get(6..)?),
        [first, second, third] => (*first, *second, *third),
        _ => return None,
    };
    let found = if first.len() == 4 {
        of(first, number(second).or_else(|| month(second))?, third).map(Written::Day)
    } else if third.len() != 4 {
        None
    } else if let Some(month) = month(second) {
        of(third, month, first).map(Written::Day)
    } else if let Some(month) = month(first) {
        of(third, month, second).map(Written::Day)
    } else {
        Some(Written::Either(number(first)?, number(second)?, third.parse().ok()?))
    };
    let year = |day: &NaiveDate| (1900..2200).contains(&chrono::Datelike::year(day));
    found.filter(|found| if let Written::Day(day) = found { year(day) } else { true })
}

/// A month by its English name, of which at least three letters are there.
fn month(name: &str) -> Option<u32> {
    let name = name.to_lowercase();
    let found = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(&name));
    found.and_then(|index| u32::try_from(index + 1).ok())
}

/// The day in a cell; `None` if it is empty.
///
/// # Errors
/// In a planner's words, when there is something else.
pub(super) fn day(given: &ImportCell, order: Option<DateOrder>) -> Result<Option<NaiveDate>, String> {
    let text = match given {
        ImportCell::Empty => return Ok(None),
        ImportCell::Day(day) => return Ok(Some(*day)),
        ImportCell::Number(number) => {
            return Err(format!("{number} is a number, not a day; format the cell as a date"));
        }
        ImportCell::Text(text) => text,
    };
    let day = match (written(text), order) {
        (Some(Written::Day(day)), _) => Some(day),
        (Some(Written::Either(first, second, year)), order) => match order {
            Some(DateOrder::MonthFirst) => NaiveDate::from_ymd_opt(year, first, second),
            Some(DateOrder::DayFirst) => NaiveDate::from_ymd_opt(year, second, first),
            // Where nobody had to say which stands first, both are the same.
            None => NaiveDate::from_ymd_opt(year, second, first).filter(|_| first == second),
        },
        (None, _) => None,
    };
    let form = match order {
        Some(DateOrder::DayFirst) => "31/07/2010 or 2010-07-31",
        Some(DateOrder::MonthFirst) => "07/31/2010 or 2010-07-31",
        None => "2010-07-31",
    };
    day.map(Some).ok_or_else(|| format!("\"{}\" is no day; write it as {form}", shortened(text)))
}

/// Which part of a day stands first in all the days of a table, each with its row.
///
/// # Errors
/// When it could be either, or rows contradict each other, and nobody has chosen.
pub(super) fn date_order<'t>(
    days: impl Iterator<Item = (usize, &'t str)>,
    chosen: Option<DateOrder>,
) -> Result<Found<DateOrder>, String> {
    if chosen.is_some() {
        return Ok((chosen, None));
    }
    let (mut day_first, mut month_first, mut either) = (None, None, None);
    for (row, text) in days {
        let Some(Written::Either(first, second, _)) = written(text) else { continue };
        let place = match (first > 12, second > 12) {
            (true, false) => &mut day_first,
            (false, true) => &mut month_first,
            (false, false) if first != second => &mut either,
            _ => continue,
        };
        place.get_or_insert((row, shortened(text)));
    }
    match (day_first, month_first, either) {
        (Some((row, text)), Some((other, month)), _) => {
            Err(format!("\"{text}\" in row {row} has the day first, \"{month}\" in row {other} the month"))
        }
        (Some((row, text)), None, _) => Ok((
            Some(DateOrder::DayFirst),
            Some(format!("Days are read with the day first, as \"{text}\" in row {row} has it")),
        )),
        (None, Some((row, text)), _) => Ok((
            Some(DateOrder::MonthFirst),
            Some(format!("Days are read with the month first, as \"{text}\" in row {row} has it")),
        )),
        (None, None, Some((row, text))) => Err(format!("\"{text}\" in row {row} can be two days")),
        (None, None, None) => Ok((None, None)),
    }
}

/// What a number's separators say about which of them stands before the decimals.
enum Says {
    Nothing,
    Either,
    This(DecimalSign),
}

/// The digits and separators of a number, and whether it is below 0.
fn bare(text: &str) -> (bool, String) {
    let sign_or_code = |c: char| c.is_alphabetic() || "$€£¥₹₩".contains(c) || c.is_whitespace();
    let text = text.trim_matches(sign_or_code);
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let signed = inner.or_else(|| text.strip_prefix(['-', '−']));
    let size = signed.unwrap_or(text).trim_matches(sign_or_code);
    let digits: String = size.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’')).collect();
    (signed.is_some(), digits)
}

fn says(text: &str, whole: bool) -> Says {
    let (_, digits) = bare(text);
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
    let (before, after) = digits.split_once(['.', ',']).unwrap_or((&digits, ""));
    let groups = after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    match (groups, whole) {
        (false, _) => Says::This(sign),
        // People come whole, so this is no third of a thousandth.
        (true, true) => Says::This(other),
        (true, false) => Says::Either,
    }
}

/// What stands before the decimals in all the numbers of a table, each with its row and whether it has to be whole.
///
/// # Errors
/// When it could be either, or rows contradict each other, and nobody has chosen.
pub(super) fn decimal_sign<'t>(
    numbers: impl Iterator<Item = (usize, &'t str, bool)>,
    chosen: Option<DecimalSign>,
) -> Result<Found<DecimalSign>, String> {
    if chosen.is_some() {
        return Ok((chosen, None));
    }
    let (mut point, mut comma, mut either) = (None, None, None);
    for (row, text, whole) in numbers {
        let place = match says(text, whole) {
            Says::Nothing => continue,
            Says::Either => &mut either,
            Says::This(DecimalSign::Point) => &mut point,
            Says::This(DecimalSign::Comma) => &mut comma,
        };
        place.get_or_insert((row, shortened(text)));
    }
    match (point, comma, either) {
        (Some((row, point)), Some((other, comma)), _) => {
            Err(format!("\"{point}\" in row {row} and \"{comma}\" in row {other} are not written in the same way"))
        }
        (Some((row, text)), None, _) => Ok((
            Some(DecimalSign::Point),
            Some(format!("Numbers are read with a point before the decimals, as \"{text}\" in row {row} has it")),
        )),
        (None, Some((row, text)), _) => Ok((
            Some(DecimalSign::Comma),
            Some(format!("Numbers are read with a comma before the decimals, as \"{text}\" in row {row} has it")),
        )),
        (None, None, Some((row, text))) => Err(format!("\"{text}\" in row {row} can be two numbers")),
        (None, None, None) => Ok((None, None)),
    }
}

/// The number in a cell; `None` if it is empty.
///
/// # Errors
/// In a planner's words, when there is something else.
pub(super) fn number(given: &ImportCell, sign: Option<DecimalSign>) -> Result<Option<Exact>, String> {
    let text = match given {
        ImportCell::Empty => return Ok(None),
        ImportCell::Number(number) => return Ok(Some(*number)),
        ImportCell::Day(day) => return Err(format!("{day} is a day, not a number")),
        ImportCell::Text(text) => text,
    };
    let (negative, digits) = bare(text);
    let (decimal, group) = if sign == Some(DecimalSign::Comma) { (',', '.') } else { ('.', ',') };
    let (whole, fraction) = digits.split_once(decimal).map_or((digits.as_str(), None), |(w, f)| (w, Some(f)));
    let groups: Vec<&str> = whole.split(group).collect();
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
    let read = plain.parse::<Exact>().ok().filter(|_| sound);
    let form = if sign == Some(DecimalSign::Comma) { "1.234,5" } else { "1,234.5" };
    let read = read.ok_or_else(|| format!("\"{}\" is no number; write it as {form}", shortened(text)))?;
    Ok(Some(if negative { -read } else { read }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(days: &[&str]) -> Result<Option<DateOrder>, String> {
        date_order((2..).zip(days.iter().copied()), None).map(|(order, _)| order)
    }

    fn sign(numbers: &[&str]) -> Result<Option<DecimalSign>, String> {
        decimal_sign((2..).zip(numbers).map(|(row, text)| (row, *text, false)), None).map(|(sign, _)| sign)
    }

    #[test]
    fn the_order_of_a_day_is_found_from_all_of_them_or_asked() {
        assert_eq!(order(&["03/04/2010", "31/12/2009"]), Ok(Some(DateOrder::DayFirst)));
        assert_eq!(order(&["03/04/2010", "12/31/2009"]), Ok(Some(DateOrder::MonthFirst)));
        assert_eq!(order(&["2010-04-03", "04/04/2010", "3 Apr 2010"]), Ok(None));
        assert_eq!(order(&["2010-04-03", "03/04/2010"]), Err("\"03/04/2010\" in row 3 can be two days".to_owned()));
        let both = "\"31/12/2009\" in row 3 has the day first, \"12/31/2009\" in row 2 the month";
        assert_eq!(order(&["12/31/2009", "31/12/2009"]), Err(both.to_owned()));
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, order, expected) in [
            ("2010-07-01", None, Some("2010-07-01")),
            ("2010-07-01T00:00:00", None, Some("2010-07-01")),
            ("2010-07-01 08:30:00", None, Some("2010-07-01")),
            ("20100701", None, Some("2010-07-01")),
            ("1 July 2010", None, Some("2010-07-01")),
            ("01-Jul-2010", None, Some("2010-07-01")),
            ("Jul 1, 2010", None, Some("2010-07-01")),
            ("04/04/2010", None, Some("2010-04-04")),
            ("03/04/2010", Some(DateOrder::DayFirst), Some("2010-04-03")),
            ("3.4.2010", Some(DateOrder::DayFirst), Some("2010-04-03")),
            ("03/04/2010", Some(DateOrder::MonthFirst), Some("2010-03-04")),
            ("31/04/2010", Some(DateOrder::DayFirst), None),
            ("13/14/2010", Some(DateOrder::MonthFirst), None),
            ("03/04/10", Some(DateOrder::DayFirst), None),
            ("2010-02-30", None, None),
            ("1 Ju 2010", None, None),
            ("0001-01-01", None, None),
            ("soon", None, None),
            ("٣/٤/2010", Some(DateOrder::DayFirst), None),
        ] {
            let read = day(&ImportCell::text(text), order).ok().flatten().map(|d| d.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
        assert_eq!(day(&ImportCell::Empty, None), Ok(None));
    }

    #[test]
    fn the_sign_before_decimals_is_found_from_all_numbers_or_asked() {
        for (numbers, expected) in [
            (vec!["1,234.5", "1,234"], Ok(Some(DecimalSign::Point))),
            (vec!["1.234", "1.234,5"], Ok(Some(DecimalSign::Comma))),
            (vec!["1,234,567", "1,234"], Ok(Some(DecimalSign::Point))),
            (vec!["1.5"], Ok(Some(DecimalSign::Point))),
            (vec!["0,125"], Ok(Some(DecimalSign::Comma))),
            (vec!["1234.500"], Ok(Some(DecimalSign::Point))),
            (vec!["1234", "1 234"], Ok(None)),
            (vec!["85,000", "90,000"], Err("\"85,000\" in row 2 can be two numbers")),
            (vec!["1.5", "2,5"], Err("\"1.5\" in row 2 and \"2,5\" in row 3 are not written in the same way")),
        ] {
            assert_eq!(sign(&numbers), expected.map_err(str::to_owned), "{numbers:?}");
        }
        let whole = decimal_sign([(2, "1.234", true)].into_iter(), None).map(|(sign, _)| sign);
        assert_eq!(whole, Ok(Some(DecimalSign::Comma)));
    }

    #[test]
    fn numbers_are_read_in_the_chosen_way() {
        use DecimalSign::{Comma, Point};
        for (text, sign, expected) in [
            ("1,234.5", Point, Some("1234.5")),
            ("1.234,5", Comma, Some("1234.5")),
            ("1.234", Comma, Some("1234")),
            ("1,234", Comma, Some("1.234")),
            ("12,34,567", Point, Some("1234567")),
            ("$ 1,200", Point, Some("1200")),
            ("1.200,00 €", Comma, Some("1200.00")),
            ("USD 1200", Point, Some("1200")),
            ("(5)", Point, Some("-5")),
            ("-$5", Point, Some("-5")),
            ("1'234", Point, Some("1234")),
            ("1\u{202f}234,5", Comma, Some("1234.5")),
            ("1,23,4", Point, None),
            ("1.2.3", Point, None),
            ("1e5", Point, None),
            ("n/a", Point, None),
            ("99999999999999999999999999999999", Point, None),
        ] {
            let read = number(&ImportCell::text(text), Some(sign)).ok().flatten().map(|n| n.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }
}
