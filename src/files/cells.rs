//! Cells of a table that leaves the program as CSV or as a workbook.

use chrono::NaiveDate;

use super::csv::CsvField;
use crate::units::Exact;

/// One cell of an exported table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportCell {
    /// No value.
    Empty,
    /// Words, whatever they look like.
    Text(String),
    /// A number, with the decimals to write.
    Number(Exact, u32),
    /// A day.
    Date(NaiveDate),
}

impl ExportCell {
    /// The cell as text, a day in a `strftime` form or as `YYYY-MM-DD`.
    #[must_use]
    pub fn written(&self, date: Option<&str>) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number, places) => number.fixed(*places),
            Self::Date(day) => date.map_or_else(|| day.to_string(), |form| day.format(form).to_string()),
        }
    }

    /// The cell as a field of CSV, a day in the given `strftime` form.
    #[must_use]
    pub fn csv_field(&self, date: Option<&str>) -> CsvField<'_> {
        match self {
            Self::Empty => CsvField::Empty,
            Self::Text(text) => CsvField::text(text.as_str()),
            Self::Number(..) | Self::Date(_) => CsvField::number(self.written(date)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_their_decimals_and_days_their_form() {
        let number = Exact::ZERO - Exact::from(5_u32) / Exact::from(2_u32);
        assert_eq!(ExportCell::Number(number, 2).csv_field(None), CsvField::number("-2.50"));
        let day = ExportCell::Date(NaiveDate::from_ymd_opt(2010, 7, 1).unwrap());
        assert_eq!(day.csv_field(Some("%d.%m.%Y")), CsvField::number("01.07.2010"));
        assert_eq!(day.csv_field(None), CsvField::number("2010-07-01"));
    }
}
