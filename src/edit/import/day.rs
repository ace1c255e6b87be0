//! Days as people and systems write them, and which part stands first: found from a whole column, said, and never guessed
//! where it could be either.

use chrono::{Datelike, NaiveDate};

use super::cell::ImportCell;
use super::names::shortened;
use super::time_words::{is_weekday, month};

/// The order of day and month in a day such as `03/04/2010`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

/// The years that a table may name, both included.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;
/// From this year on a day stands for "no end".
const NO_END: i32 = 2900;

/// A day as text, as far as it can be read without knowing how the others are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenDay {
    parts: DayParts,
    year: i32,
    /// Whether the year has two digits.
    short: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum DayParts {
    Known {
        month: u32,
        day: u32,
    },
    /// Two small numbers, of which either can be the day.
    Either(u32, u32),
}

impl WrittenDay {
    /// Whether its year has two digits.
    pub(super) const fn is_short(self) -> bool {
        self.short
    }

    /// The year and month, if it is the first day of a month whichever part stands first.
    pub(super) const fn first_of_month(self) -> Option<(i32, u32)> {
        let (DayParts::Known { month, day: 1 } | DayParts::Either(1, month) | DayParts::Either(month, 1)) = self.parts
        else {
            return None;
        };
        if self.is_short() || month == 0 || month > 12 { None } else { Some((self.year, month)) }
    }

    /// The order, as far as the day itself tells: `None` if it has only one reading.
    const fn order(self) -> Option<Result<DateOrder, ()>> {
        match self.parts {
            DayParts::Either(first, second) if first > 12 && second <= 12 => Some(Ok(DateOrder::DayFirst)),
            DayParts::Either(first, second) if first <= 12 && second > 12 => Some(Ok(DateOrder::MonthFirst)),
            DayParts::Either(first, second) if first != second => Some(Err(())),
            _ => None,
        }
    }

    fn day(self, writing: DayWriting) -> Option<NaiveDate> {
        // The hundred years up to the last one that is meant.
        let year = if self.is_short() {
            writing.last_year - (writing.last_year - self.year).rem_euclid(100)
        } else {
            self.year
        };
        let (month, day) = match (self.parts, writing.order) {
            (DayParts::Known { month, day }, _) => (month, day),
            (DayParts::Either(first, second), Some(DateOrder::MonthFirst)) => (first, second),
            (DayParts::Either(first, second), Some(DateOrder::DayFirst)) => (second, first),
            // Where nobody had to say which stands first, both are the same.
            (DayParts::Either(first, second), None) if first == second => (first, second),
            (DayParts::Either(..), None) => return None,
        };
        NaiveDate::from_ymd_opt(year, month, day)
    }
}

/// The writing of a column's days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DayWriting {
    /// The order; `None` where it does not matter.
    pub(super) order: Option<DateOrder>,
    /// The last year that two digits can mean.
    pub(super) last_year: i32,
}

/// Ordinals and the "of" of other languages, which say nothing; what else stands beside a day is not understood.
const SILENT: [&str; 15] = ["st", "nd", "rd", "th", "er", "de", "del", "of", "den", "年", "月", "日", "년", "월", "일"];

/// Reads a text as a day, whatever its language, with or without a time and a zone behind it.
pub(super) fn written(text: &str) -> Option<WrittenDay> {
    let mut words = Vec::new();
    let mut numbers: Vec<&str> = Vec::new();
    // Where a word for the month stands among the numbers.
    let mut named = None;
    for part in parts(without_time(text)) {
        if part.bytes().all(|b| b.is_ascii_digit()) {
            numbers.push(part);
        } else if let (Some(month), None) = (month(part), named) {
            named = Some((month, numbers.len()));
        } else if !is_weekday(part) {
            words.push(part.to_lowercase());
        }
    }
    if words.iter().any(|word| !SILENT.contains(&word.as_str())) {
        return None;
    }
    let small = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let year = |text: &str| Some((text.parse::<i32>().ok().filter(|_| matches!(text.len(), 2 | 4))?, text.len() == 2));
    let known = |y: &str, month: u32, d: &str| Some((DayParts::Known { month, day: small(d)? }, year(y)?));
    let (parts, (year, short)) = match (numbers.as_slice(), named) {
        // 20100701
        ([whole], None) if whole.len() == 8 => known(whole.get(..4)?, small(whole.get(4..6)?)?, whole.get(6..)?)?,
        // 2010-07-01
        ([y, m, d], None) if y.len() == 4 => known(y, small(m)?, d)?,
        // 01/07/2010
        ([first, second, y], None) if y.len() != 3 => (DayParts::Either(small(first)?, small(second)?), year(y)?),
        // 2010-Jul-01
        ([y, d], Some((month, 1))) if y.len() == 4 => known(y, month, d)?,
        // 01-Jul-2010, 1 July 2010, July 1, 2010
        ([d, y], Some((month, _))) => known(y, month, d)?,
        _ => return None,
    };
    Some(WrittenDay { parts, year, short })
}

/// The text before a time of day or a zone, which say nothing about the day.
fn without_time(text: &str) -> &str {
    let text = text.trim();
    let cut = text.find(':').map_or(text, |colon| {
        let before = text.get(..colon).unwrap_or_default();
        let digits = before.trim_end_matches(|c: char| c.is_ascii_digit());
        digits.strip_suffix(['T', 't', '+', '-', ' ']).unwrap_or(digits).trim_end_matches([',', ' '])
    });
    // "2010-07-01Z": a zone without a time.
    match cut.strip_suffix(['Z', 'z']) {
        Some(day) if day.ends_with(|c: char| c.is_ascii_digit()) => day,
        _ => cut,
    }
}

/// Runs of digits and runs of letters.
fn parts(text: &str) -> Vec<&str> {
    let kind = |c: char| if c.is_ascii_digit() { 1 } else { u8::from(c.is_alphanumeric()) * 2 };
    let mut parts = Vec::new();
    let mut begin = 0;
    let mut last = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let here = kind(c);
        if here != last || at == text.len() {
            if last != 0 {
                parts.extend(text.get(begin..at));
            }
            (begin, last) = (at, here);
        }
    }
    parts
}

/// Whether a text says that there is no day: `0000-00-00`, `-`, `n/a`.
pub(super) fn is_no_day(text: &str) -> bool {
    let zeros = text.contains('0') && text.chars().all(|c| c == '0' || !c.is_alphanumeric());
    zeros || super::names::is_nothing(text)
}

/// The day in a cell; `None` if it is empty, or says that there is none.
///
/// # Errors
/// In a planner's words, when there is something else.
pub(super) fn day(given: &ImportCell, writing: DayWriting) -> Result<Option<NaiveDate>, String> {
    let text = match given {
        ImportCell::Empty => return Ok(None),
        ImportCell::Merged(value) => return day(value, writing),
        ImportCell::Day(day) if day.year() >= NO_END || day.year() < *YEARS.start() => return Ok(None),
        ImportCell::Day(day) => return Ok(Some(*day)),
        ImportCell::Number(number) if number.is_zero() => return Ok(None),
        ImportCell::Number(number) => {
            return Err(format!("{number} is a number, not a day; format the cell as a date"));
        }
        ImportCell::Unreadable(why) => return Err(why.clone()),
        ImportCell::Text(text) => text,
    };
    if is_no_day(text) {
        return Ok(None);
    }
    let found = written(text);
    if found.is_some_and(|found| found.year >= NO_END) {
        return Ok(None);
    }
    let form = match writing.order {
        Some(DateOrder::DayFirst) => "31/07/2010 or 2010-07-31",
        Some(DateOrder::MonthFirst) => "07/31/2010 or 2010-07-31",
        None => "2010-07-31",
    };
    let day = found.and_then(|found| found.day(writing)).filter(|day| YEARS.contains(&day.year()));
    day.map(Some).ok_or_else(|| format!("\"{}\" is no day; write it as {form}", shortened(text)))
}

/// The orders and years that the days of one column show, gathered cell by cell.
#[derive(Debug, Clone, Default)]
pub(super) struct DayEvidence {
    day_first: Option<Sample>,
    month_first: Option<Sample>,
    either: Option<Sample>,
    /// The first day with a year of two digits.
    short_year: Option<(Sample, WrittenDay)>,
    /// True days of a spreadsheet, and how many of them have a day above 12.
    true_days: usize,
    late_days: usize,
    /// Text among them that only fits with the day, or the month, first.
    text_above_12: usize,
}

/// A cell that shows something, by its place and text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sample {
    pub(super) row: usize,
    pub(super) text: String,
}

impl DayEvidence {
    /// Takes in a cell.
    pub(super) fn add(&mut self, row: usize, cell: &ImportCell) {
        match cell.value() {
            ImportCell::Day(day) if YEARS.contains(&day.year()) => {
                self.true_days += 1;
                self.late_days += usize::from(day.day() > 12);
            }
            ImportCell::Text(text) if !is_no_day(text) => {
                let Some(found) = written(text).filter(|found| found.year < NO_END) else { return };
                let sample = || Sample { row, text: shortened(text) };
                if found.is_short() && self.short_year.is_none() {
                    self.short_year = Some((sample(), found));
                }
                let place = match found.order() {
                    Some(Ok(DateOrder::DayFirst)) => &mut self.day_first,
                    Some(Ok(DateOrder::MonthFirst)) => &mut self.month_first,
                    Some(Err(())) => &mut self.either,
                    None => return,
                };
                self.text_above_12 += usize::from(!matches!(found.order(), Some(Err(()))));
                if place.is_none() {
                    *place = Some(sample());
                }
            }
            _ => {}
        }
    }

    /// Whether anything was read as a day.
    pub(super) const fn has_days(&self) -> bool {
        self.true_days > 0
            || self.day_first.is_some()
            || self.month_first.is_some()
            || self.either.is_some()
            || self.short_year.is_some()
    }

    /// The order that the column itself shows, with the cell that shows it.
    ///
    /// # Errors
    /// When two cells contradict each other.
    pub(super) fn order(&self) -> Result<Option<(DateOrder, &Sample)>, String> {
        match (&self.day_first, &self.month_first) {
            (Some(day), Some(month)) => Err(format!(
                "\"{}\" in row {} has the day first, \"{}\" in row {} the month",
                day.text, day.row, month.text, month.row
            )),
            (Some(sample), None) => Ok(Some((DateOrder::DayFirst, sample))),
            (None, Some(sample)) => Ok(Some((DateOrder::MonthFirst, sample))),
            (None, None) => Ok(None),
        }
    }

    /// A day that can be read in two ways.
    pub(super) const fn unclear(&self) -> Option<&Sample> {
        self.either.as_ref()
    }

    /// The reading of its years of two digits, with a sample; `None` if it has none.
    pub(super) fn century(&self, writing: DayWriting) -> Option<String> {
        let (sample, found) = self.short_year.as_ref()?;
        let year = found.day(DayWriting { order: writing.order.or(Some(DateOrder::DayFirst)), ..writing })?.year();
        let (first, last) = (writing.last_year - 99, writing.last_year);
        Some(format!(
            "Years of two digits are read as {first} to {last}: \"{}\" in row {} is in {year}",
            sample.text, sample.row
        ))
    }

    /// A warning where a spreadsheet seems to have swapped day and month of those days that it could read: all its true days
    /// could be swapped, and what it left as text could not.
    pub(super) fn swapped(&self) -> Option<String> {
        let doubtful = self.true_days > 0 && self.late_days == 0 && self.text_above_12 > 0;
        doubtful.then(|| {
            format!(
                "No true date has a day above 12 ({} of them), and what stands there as text has: a spreadsheet may have \
                 swapped day and month; check them in the source",
                self.true_days
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_and_systems_write_them() {
        use DateOrder::{DayFirst, MonthFirst};
        for (text, order, expected) in [
            ("2010-07-01", None, Some("2010-07-01")),
            ("2010-07-01T00:00:00", None, Some("2010-07-01")),
            ("2010-07-01T00:00:00.000+02:00", None, Some("2010-07-01")),
            ("2010-07-01 08:30:00", None, Some("2010-07-01")),
            ("2009-07-01-07:00", None, Some("2009-07-01")),
            ("2009-07-01+05:30", None, Some("2009-07-01")),
            ("2009-07-01Z", None, Some("2009-07-01")),
            ("20100701", None, Some("2010-07-01")),
            ("1 July 2010", None, Some("2010-07-01")),
            ("01-Jul-2010", None, Some("2010-07-01")),
            ("01-OCT-2009 00:00:00", None, Some("2009-10-01")),
            ("Jul 1, 2009 12:00:00 AM", None, Some("2009-07-01")),
            ("13-Okt-2009", None, Some("2009-10-13")),
            ("13 août 2009", None, Some("2009-08-13")),
            ("1er juillet 2009", None, Some("2009-07-01")),
            ("13 de agosto de 2009", None, Some("2009-08-13")),
            ("Mittwoch, 1. Juli 2009", None, Some("2009-07-01")),
            ("2009年7月1日", None, Some("2009-07-01")),
            ("Jul 1, 2010", None, Some("2010-07-01")),
            ("July 1st, 2010", None, Some("2010-07-01")),
            ("13-Jul-09", None, Some("2009-07-13")),
            ("04/04/2010", None, Some("2010-04-04")),
            ("03/04/2010", Some(DayFirst), Some("2010-04-03")),
            ("3.4.2010", Some(DayFirst), Some("2010-04-03")),
            ("03/04/2010", Some(MonthFirst), Some("2010-03-04")),
            ("7/13/09", Some(MonthFirst), Some("2009-07-13")),
            ("7/13/31", Some(MonthFirst), Some("1931-07-13")),
            ("31/04/2010", Some(DayFirst), None),
            ("13/14/2010", Some(MonthFirst), None),
            ("2010-02-30", None, None),
            ("1 Ju 2010", None, None),
            ("0001-01-01", None, None),
            ("平成21年7月1日", None, None),
            ("H21/7/1", None, None),
            ("soon", None, None),
            ("10:30", None, None),
            ("٣/٤/2010", Some(DayFirst), None),
        ] {
            let read = day(&ImportCell::text(text), DayWriting { order, last_year: 2030 }).ok().flatten();
            assert_eq!(read.map(|d| d.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn what_stands_for_no_day_is_none() {
        let writing = DayWriting { order: None, last_year: 2030 };
        for text in ["", "9999-12-31", "31.12.9999", "0000-00-00", "00.00.0000", "-", "–", "n/a", "NULL"] {
            assert_eq!(day(&ImportCell::text(text), writing), Ok(None), "{text}");
        }
    }
}
