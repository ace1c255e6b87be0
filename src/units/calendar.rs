//! Whole calendar months, and the fiscal calendar that names quarters and years (model section 1).

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar month, written `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

/// The text is not a month.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a month; write it as \"YYYY-MM\", such as \"2010-07\"")]
pub struct MonthError(String);

impl Month {
    /// The month `count` months later.
    #[must_use]
    pub fn plus(self, count: usize) -> Self {
        Self(self.0.saturating_add(i32::try_from(count).unwrap_or(i32::MAX)))
    }

    /// Whole months from `self` to `later`; negative when `later` is earlier.
    #[must_use]
    pub const fn until(self, later: Self) -> i32 {
        later.0.saturating_sub(self.0)
    }

    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// The month of the calendar year, 1 to 12.
    #[must_use]
    pub const fn of_year(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// The month a date lies in.
    #[must_use]
    pub fn of_date(date: NaiveDate) -> Self {
        Self(date.year() * 12 + i32::try_from(date.month0()).unwrap_or(0))
    }

    /// The day of this month with the given number, or the last day where the month is shorter.
    #[must_use]
    pub fn day_or_last(self, day: u32) -> Option<NaiveDate> {
        (1..=day.min(31)).rev().find_map(|d| NaiveDate::from_ymd_opt(self.year(), self.of_year(), d))
    }

    /// The month `count` months earlier.
    #[must_use]
    pub fn minus(self, count: usize) -> Self {
        Self(self.0.saturating_sub(i32::try_from(count).unwrap_or(i32::MAX)))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.of_year())
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let wrong = || MonthError(text.to_owned());
        let (year, month) = text.split_once('-').ok_or_else(wrong)?;
        let shaped = year.len() == 4 && month.len() == 2 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let (Ok(year), Ok(month)) = (year.parse::<i32>(), month.parse::<i32>()) else { return Err(wrong()) };
        if !shaped || !(1..=12).contains(&month) {
            return Err(wrong());
        }
        Ok(Self(year * 12 + month - 1))
    }
}

impl Serialize for Month {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// A fiscal year as the calendar names it: 2011 is written FY11.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FiscalYear(pub i32);

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FY{:02}", self.0.rem_euclid(100))
    }
}

/// How a fiscal year gets its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Naming {
    /// By the calendar year in which it ends.
    EndYear,
    /// By the calendar year in which it starts.
    StartYear,
}

/// A stretch of the plan: one month, one fiscal quarter, one fiscal year, or all of it. Indices count from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Month `t`.
    Month(usize),
    /// Fiscal quarter `q`.
    Quarter(usize),
    /// Fiscal year `y`.
    Year(usize),
    /// The whole plan; its name is empty.
    All,
}

/// The text names no period of this calendar.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no period of this plan; write a month ({month}), a quarter ({quarter}) or a year ({year})")]
pub struct PeriodError {
    text: String,
    month: String,
    quarter: String,
    year: String,
}

/// The plan's months, quarters and years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// First month of the first fiscal quarter.
    pub first_month: Month,
    /// Quarters in the horizon, 4 to 20.
    pub quarters: usize,
    /// How fiscal years are numbered.
    pub named_by: Naming,
}

impl Calendar {
    /// Months in the horizon, T.
    #[must_use]
    pub const fn months(&self) -> usize {
        self.quarters * 3
    }

    /// Fiscal years that the horizon touches; the last may be short.
    #[must_use]
    pub const fn years(&self) -> usize {
        self.quarters.div_ceil(4)
    }

    /// The quarters of fiscal year `y` that are inside the horizon.
    #[must_use]
    pub fn quarters_of(&self, year: usize) -> std::ops::Range<usize> {
        (year * 4).min(self.quarters)..(year * 4 + 4).min(self.quarters)
    }

    /// The calendar month of month `t`.
    #[must_use]
    pub fn month(&self, t: usize) -> Month {
        self.first_month.plus(t)
    }

    /// The place of a month among those after the first; `None` for the first and outside the horizon.
    #[must_use]
    pub fn month_after_first(&self, month: Month) -> Option<usize> {
        let place = usize::try_from(self.first_month.until(month)).ok()?;
        (place > 0 && place < self.months()).then_some(place)
    }

    /// The number of fiscal year `y`.
    #[must_use]
    pub fn fiscal_year(&self, year: usize) -> FiscalYear {
        let start = self.first_month.plus(year * 12);
        FiscalYear(match self.named_by {
            Naming::StartYear => start.year(),
            Naming::EndYear => start.plus(11).year(),
        })
    }

    /// The index of a fiscal year, if the horizon touches it.
    #[must_use]
    pub fn year_index(&self, year: FiscalYear) -> Option<usize> {
        (0..self.years()).find(|y| self.fiscal_year(*y) == year)
    }

    /// A period as it is written: `2010-07`, `FY11 Q1`, `FY11`, or nothing for the whole plan.
    #[must_use]
    pub fn name(&self, period: Period) -> String {
        match period {
            Period::Month(t) => self.month(t).to_string(),
            Period::Quarter(q) => format!("{} Q{}", self.fiscal_year(q / 4), q % 4 + 1),
            Period::Year(y) => self.fiscal_year(y).to_string(),
            Period::All => String::new(),
        }
    }

    /// Every period of the plan: months, quarters, years, all.
    pub fn periods(&self) -> impl Iterator<Item = Period> + use<> {
        let (months, quarters, years) = (self.months(), self.quarters, self.years());
        (0..months)
            .map(Period::Month)
            .chain((0..quarters).map(Period::Quarter))
            .chain((0..years).map(Period::Year))
            .chain(std::iter::once(Period::All))
    }

    /// Every quarter in order, and after the last quarter of each fiscal year that year: the columns of a table with
    /// year totals.
    pub fn quarters_then_year(&self) -> impl Iterator<Item = Period> + use<> {
        let calendar = *self;
        let year = move |y: usize| calendar.quarters_of(y).map(Period::Quarter).chain([Period::Year(y)]);
        (0..self.years()).flat_map(year)
    }

    /// Reads a period's name.
    ///
    /// # Errors
    /// When no period of this plan has that name.
    pub fn period(&self, text: &str) -> Result<Period, PeriodError> {
        self.periods().find(|p| self.name(*p).eq_ignore_ascii_case(text)).ok_or_else(|| PeriodError {
            text: text.to_owned(),
            month: self.name(Period::Month(0)),
            quarter: self.name(Period::Quarter(0)),
            year: self.name(Period::Year(0)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fiscal_years_are_named_by_either_end() -> Result<(), MonthError> {
        for (first, naming, expected) in [
            ("2010-07", Naming::EndYear, "FY11 Q4"),
            ("2010-07", Naming::StartYear, "FY10 Q4"),
            ("2011-01", Naming::EndYear, "FY11 Q4"),
            ("2011-01", Naming::StartYear, "FY11 Q4"),
            ("1999-10", Naming::EndYear, "FY00 Q4"),
        ] {
            let calendar = Calendar { first_month: first.parse()?, quarters: 5, named_by: naming };
            assert_eq!(calendar.name(Period::Quarter(3)), expected);
            assert_eq!(calendar.years(), 2);
            assert_eq!(calendar.quarters_of(1), 4..5);
            let columns: Vec<Period> = calendar.quarters_then_year().skip(3).collect();
            assert_eq!(columns, [Period::Quarter(3), Period::Year(0), Period::Quarter(4), Period::Year(1)]);
            for period in calendar.periods() {
                assert_eq!(calendar.period(&calendar.name(period)), Ok(period));
            }
        }
        Ok(())
    }

    #[test]
    fn months_are_read_strictly() {
        for text in ["2010-7", "2010-13", "2010-00", "201007", "+010-07", "2010-07-01", "", "-"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
        let february: Month = Month(2011 * 12 + 1);
        assert_eq!(february.to_string(), "2011-02");
        assert_eq!(february.day_or_last(31).map(|d| d.to_string()), Some("2011-02-28".to_owned()));
    }
}
