//! Quarters, months and years as headings and cells name them, and which of the plan's quarters they are.

use chrono::{Datelike, NaiveDate};

use super::cell::ImportCell;
use super::names::shortened;
use super::time_words::month;
use crate::units::{Calendar, Month, Period};

/// The year that quarters such as `Q3 2010` belong to, where they do not say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuarterNames {
    /// The fiscal year.
    Fiscal,
    /// The calendar year: Q3 is July to September.
    Calendar,
}

/// A year as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct YearName {
    /// The year; of two (`FY10/11`) the second.
    year: i32,
    /// Whether two years are written.
    pair: bool,
    /// Whether it says that it is a fiscal (`Some(true)`) or a calendar year.
    fiscal: Option<bool>,
}

/// A period as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PeriodName {
    year: Option<YearName>,
    part: PeriodPart,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PeriodPart {
    Quarter(u32),
    Month(u32),
    Year,
}

/// The place of a period in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum PlanPeriod {
    /// A quarter of the horizon, from 0.
    Quarter(usize),
    /// A month of the horizon, from 0.
    Month(usize),
    /// A fiscal year of the horizon, from 0.
    Year(usize),
}

impl PeriodName {
    /// Reads a text as a period; `None` if there is anything in it that is none.
    pub(super) fn read(text: &str) -> Option<Self> {
        if let Some(day) = super::day::written(text).and_then(super::day::WrittenDay::first_of_month) {
            return Some(Self::of_month(day.0, day.1));
        }
        let mut reading = Reading::default();
        let pieces = pieces(text);
        for (index, piece) in pieces.iter().enumerate() {
            let next = pieces.get(index + 1).map(String::as_str);
            reading.take(piece, next)?;
        }
        reading.finish()
    }

    /// Reads a cell: a day means its month.
    pub(super) fn of_cell(cell: &ImportCell) -> Option<Self> {
        match cell.value() {
            ImportCell::Day(day) => Some(Self::of_month(day.year(), day.month())),
            other => Self::read(&other.shown()),
        }
    }

    const fn of_month(year: i32, month: u32) -> Self {
        Self { year: Some(YearName { year, pair: false, fiscal: Some(false) }), part: PeriodPart::Month(month) }
    }

    /// Whether it lacks its year: `Q1` or `Jul` under a year that stands above.
    pub(super) const fn lacks_year(self) -> bool {
        self.year.is_none()
    }

    /// Whether it is a year and nothing else.
    pub(super) const fn is_year(self) -> bool {
        matches!(self.part, PeriodPart::Year)
    }

    /// The month that it names, wherever it lies; `None` if it names none, or one of a fiscal year.
    pub(super) fn month(self) -> Option<Month> {
        let (PeriodPart::Month(month), Some(year)) = (self.part, self.year.filter(|year| year.fiscal != Some(true)))
        else {
            return None;
        };
        NaiveDate::from_ymd_opt(year.year, month, 1).map(Month::of_date)
    }

    /// Whether it does not say of which year its quarter is, fiscal or calendar.
    pub(super) const fn is_unclear(self) -> bool {
        matches!((self.part, self.year), (PeriodPart::Quarter(_), Some(YearName { fiscal: None, pair: false, .. })))
    }

    /// Its place in a plan; `None` if it lies outside the horizon, or names no whole quarter of it.
    pub(super) fn place(self, calendar: Calendar, names: QuarterNames) -> Option<PlanPeriod> {
        let year = self.year?;
        let fiscal = year.fiscal.unwrap_or(year.pair || names == QuarterNames::Fiscal);
        let start = |month: u32| {
            let first = Month::of_date(NaiveDate::from_ymd_opt(year.year, month, 1)?);
            usize::try_from(calendar.first_month.until(first)).ok()
        };
        let inside = |t: usize| (t < calendar.months()).then_some(t);
        let fiscal_year = || (0..calendar.years()).find(|y| is_named(calendar, *y, year));
        match self.part {
            PeriodPart::Year => fiscal_year().map(PlanPeriod::Year),
            PeriodPart::Quarter(quarter) if fiscal => {
                let at = fiscal_year()? * 4 + usize::try_from(quarter).ok()?.checked_sub(1)?;
                (at < calendar.quarters).then_some(PlanPeriod::Quarter(at))
            }
            PeriodPart::Quarter(quarter) => {
                let t = inside(start(quarter * 3 - 2)?)?;
                (t % 3 == 0).then_some(PlanPeriod::Quarter(t / 3))
            }
            // "FY11 Jul": the July that lies in that fiscal year.
            PeriodPart::Month(month) if year.fiscal == Some(true) => {
                let first = fiscal_year()? * 12;
                let t = (first..first + 12).find(|t| calendar.month(*t).of_year() == month)?;
                inside(t).map(PlanPeriod::Month)
            }
            PeriodPart::Month(month) => inside(start(month)?).map(PlanPeriod::Month),
        }
    }
}

/// Whether a fiscal year of the plan goes by a name: the year it is named by, or both that it lies in.
fn is_named(calendar: Calendar, y: usize, name: YearName) -> bool {
    let own = calendar.fiscal_year(y).0;
    if name.pair {
        // Named by both years, it is the one that ends in the second.
        let ends = calendar.month(y * 12 + 11).year();
        let begins = calendar.month(y * 12).year();
        return begins != ends && ends == name.year;
    }
    i64::from(own) == i64::from(name.year)
}

/// Runs of digits and of letters, in lower case; a slash or dash between two numbers joins them.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = 0;
    for c in text.to_lowercase().chars() {
        let kind = match c {
            '0'..='9' => 1,
            c if c.is_alphanumeric() => 2,
            '/' | '-' | '–' => 3,
            _ => 0,
        };
        match (kind, pieces.last_mut()) {
            (0, _) => {}
            (_, Some(piece)) if kind == last => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        last = kind;
    }
    pieces
}

/// A period while it is being read.
#[derive(Default)]
struct Reading {
    year: Option<YearName>,
    fiscal: Option<bool>,
    quarter: Option<u32>,
    month: Option<u32>,
    /// A `Q` was read whose number comes next, or a number whose `Q` does.
    awaits_number: bool,
    alone: Option<u32>,
    joins: bool,
    /// The month was read behind a year, and can be the next year.
    may_be_pair: bool,
}

const QUARTER: [&str; 12] =
    ["q", "quarter", "qtr", "quartal", "trimestre", "trim", "kvartal", "kwartaal", "kwartał", "kw", "квартал", "季度"];
const FISCAL: [&str; 8] = ["fy", "fiscal", "gj", "fyq", "financial", "ej", "geschäftsjahr", "exercice"];

impl Reading {
    fn take(&mut self, piece: &str, next: Option<&str>) -> Option<()> {
        if piece.starts_with(['/', '-', '–']) {
            self.joins = self.year.is_some();
            return Some(());
        }
        if piece.starts_with(|c: char| c.is_ascii_digit()) {
            self.number(piece, next)?;
            self.joins = false;
            return Some(());
        }
        match piece {
            "fq" => (self.fiscal, self.awaits_number) = (Some(true), true),
            "cq" => (self.fiscal, self.awaits_number) = (Some(false), true),
            "cy" | "calendar" => self.fiscal = Some(false),
            word if FISCAL.contains(&word) => self.fiscal = Some(true),
            word if QUARTER.contains(&word) => match self.alone.take() {
                Some(number) => self.set_quarter(number)?,
                None => self.awaits_number = self.quarter.is_none(),
            },
            "year" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ème" | "of" | "de" | "du" => {}
            // "1Q" and "1. Quartal" have their number before them; "m" and "p" name no month by themselves.
            word => {
                let found = month(word).filter(|_| word.chars().count() >= 3)?;
                if self.month.replace(found).is_some() {
                    return None;
                }
            }
        }
        Some(())
    }

    fn set_quarter(&mut self, number: u32) -> Option<()> {
        if !(1..=4).contains(&number) || self.quarter.replace(number).is_some() {
            return None;
        }
        Some(())
    }

    fn number(&mut self, piece: &str, next: Option<&str>) -> Option<()> {
        let number = piece.parse::<u32>().ok()?;
        if std::mem::take(&mut self.awaits_number) {
            return self.set_quarter(number);
        }
        match piece.len() {
            1 if self.quarter.is_none() && self.alone.is_none() => {
                self.alone = Some(number);
                Some(())
            }
            6 if self.year.is_none() && self.month.is_none() => {
                self.month = Some(number % 100).filter(|m| (1..=12).contains(m));
                self.set_year(number / 100)
            }
            2 | 4 if self.joins => self.second_year(piece, number),
            // "07/2010": a month, where a year with four digits stands behind it.
            2 if self.year.is_none()
                && next.is_some_and(|n| n.starts_with(['/', '-']))
                && self.quarter.is_none()
                && self.fiscal.is_none()
                && number <= 12
                && self.month.is_none() =>
            {
                self.alone = Some(number);
                Some(())
            }
            2 => self.set_year(2000 + number),
            4 if self.alone.is_some() && self.quarter.is_none() && self.month.is_none() => {
                self.month = self.alone.take();
                self.set_year(number)
            }
            4 => self.set_year(number),
            _ => None,
        }
    }

    /// A number behind a year and a slash or dash: the next year, or a month.
    fn second_year(&mut self, piece: &str, number: u32) -> Option<()> {
        let first = self.year?;
        let follows = u32::try_from(first.year + 1).ok().map(|year| if piece.len() == 2 { year % 100 } else { year });
        let may_be_month = piece.len() == 2 && (1..=12).contains(&number) && self.quarter.is_none();
        if follows == Some(number) && (self.fiscal == Some(true) || self.quarter.is_some() || !may_be_month) {
            self.year = Some(YearName { year: first.year + 1, pair: true, ..first });
            return Some(());
        }
        if may_be_month && self.month.is_none() && self.fiscal.is_none() {
            // With a quarter behind it, it turns out to be a year: "2011/12 Q1".
            self.month = Some(number);
            self.may_be_pair = follows == Some(number);
            return Some(());
        }
        None
    }

    fn set_year(&mut self, year: u32) -> Option<()> {
        let year = i32::try_from(year).ok().filter(|y| (1900..2200).contains(y))?;
        if self.year.is_some() {
            return None;
        }
        self.year = Some(YearName { year, pair: false, fiscal: None });
        Some(())
    }

    fn finish(mut self) -> Option<PeriodName> {
        if let (Some(_), true, Some(first)) = (self.quarter, self.may_be_pair, self.year) {
            self.year = Some(YearName { year: first.year + 1, pair: true, ..first });
            self.month = None;
        }
        if self.awaits_number || (self.fiscal.is_some() && self.year.is_none() && self.quarter.is_none()) {
            return None;
        }
        // A number that found no quarter: "1" alone, or "Jul 1".
        if self.alone.is_some() {
            return None;
        }
        let year = self.year.map(|year| YearName { fiscal: self.fiscal, ..year });
        let part = match (self.quarter, self.month) {
            (Some(quarter), None) => PeriodPart::Quarter(quarter),
            (None, Some(month)) => PeriodPart::Month(month),
            (None, None) => year.map(|_| PeriodPart::Year)?,
            (Some(_), Some(_)) => return None,
        };
        Some(PeriodName { year, part })
    }
}

/// The way in which unclear quarters are read, and a sentence on it where another reading was possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundNames {
    pub(super) names: QuarterNames,
    pub(super) note: Option<String>,
}

/// Decides what quarters that do not say so are quarters of: of the reading under which more of them lie in the plan; where
/// both do, of the fiscal year.
pub(super) fn quarter_names<'t>(
    calendar: Calendar,
    periods: impl Iterator<Item = (&'t str, PeriodName)>,
    chosen: Option<QuarterNames>,
) -> FoundNames {
    let unclear: Vec<(&str, PeriodName)> = periods.filter(|(_, period)| period.is_unclear()).collect();
    let count = |names| unclear.iter().filter(|(_, period)| period.place(calendar, names).is_some()).count();
    let (fiscal, by_calendar) = (count(QuarterNames::Fiscal), count(QuarterNames::Calendar));
    let found = if by_calendar > fiscal { QuarterNames::Calendar } else { QuarterNames::Fiscal };
    let names = chosen.unwrap_or(found);
    let differs = |(_, period): &&(&str, PeriodName)| {
        period.place(calendar, QuarterNames::Fiscal) != period.place(calendar, QuarterNames::Calendar)
    };
    let sample = unclear.iter().filter(differs).find_map(|(text, period)| {
        let PlanPeriod::Quarter(at) = period.place(calendar, names)? else { return None };
        Some((*text, calendar.name(Period::Quarter(at))))
    });
    let note = sample.map(|(text, name)| {
        let of = if names == QuarterNames::Fiscal { "fiscal" } else { "calendar" };
        format!("Quarters are read as those of the {of} year: \"{}\" is {name}", shortened(text))
    });
    FoundNames { names, note }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Naming;

    const CALENDAR: fn() -> Calendar =
        || Calendar { first_month: "2010-07".parse().unwrap(), quarters: 8, named_by: Naming::EndYear };

    fn place(text: &str, names: QuarterNames) -> Option<PlanPeriod> {
        PeriodName::read(text)?.place(CALENDAR(), names)
    }

    #[test]
    fn periods_are_read_as_people_write_them() {
        use PlanPeriod::{Month, Quarter, Year};
        for (text, expected) in [
            ("FY11 Q1", Some(Quarter(0))),
            ("fy11q4", Some(Quarter(3))),
            ("FY2012 Q2", Some(Quarter(5))),
            ("Q3 FY12", Some(Quarter(6))),
            ("Q1 2011", Some(Quarter(0))),
            ("2012-Q4", Some(Quarter(7))),
            ("Quarter 1, FY11", Some(Quarter(0))),
            ("FY10/11 Q1", Some(Quarter(0))),
            ("FY2010-11 Q2", Some(Quarter(1))),
            ("2011/12 Q1", Some(Quarter(4))),
            ("1Q11", Some(Quarter(0))),
            ("Q1'11", Some(Quarter(0))),
            ("FQ1 2011", Some(Quarter(0))),
            ("1. Quartal 2011", Some(Quarter(0))),
            ("1er trimestre 2011", Some(Quarter(0))),
            ("CY10 Q3", Some(Quarter(0))),
            ("Jul-10", Some(Month(0))),
            ("2010-07", Some(Month(0))),
            ("201008", Some(Month(1))),
            ("07/2010", Some(Month(0))),
            ("7/2010", Some(Month(0))),
            ("Juli 2011", Some(Month(12))),
            ("2010-07-01", Some(Month(0))),
            ("01.08.2010", Some(Month(1))),
            ("FY11 Jul", Some(Month(0))),
            ("FY11", Some(Year(0))),
            ("2012", Some(Year(1))),
            ("FY11/12", Some(Year(1))),
            ("FY13 Q1", None),
            ("Q5 FY11", None),
            ("1911 Q1", None),
            ("Q", None),
            ("Q1", None),
            ("quota", None),
            ("FY11 Q2 (revised)", None),
            ("FY11 Q3 plan", None),
            ("H1 2011", None),
            ("Jul 1", None),
            ("1", None),
            ("", None),
        ] {
            assert_eq!(place(text, QuarterNames::Fiscal), expected, "{text}");
        }
        assert_eq!(place("Q3 2010", QuarterNames::Calendar), Some(Quarter(0)));
        assert!(PeriodName::read("Q1").is_some_and(PeriodName::lacks_year));
        assert!(PeriodName::read("FY13 Q1").is_some());
    }

    #[test]
    fn unclear_quarters_are_read_as_more_of_them_fit() {
        let names = |texts: &[&str]| {
            let periods = texts.iter().filter_map(|text| Some((*text, PeriodName::read(text)?)));
            quarter_names(CALENDAR(), periods, None)
        };
        let calendar = names(&["Q3 2010", "Q4 2010", "Q1 2011", "Q2 2011"]);
        assert_eq!(calendar.names, QuarterNames::Calendar);
        assert_eq!(
            calendar.note.as_deref(),
            Some("Quarters are read as those of the calendar year: \"Q3 2010\" is FY11 Q1")
        );
        assert_eq!(names(&["Q1 2011", "Q2 2011"]).names, QuarterNames::Fiscal);
        assert!(names(&["Q1 2011"]).note.is_some() && names(&["FY11 Q1"]).note.is_none());
    }
}
