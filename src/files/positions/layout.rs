//! Layouts: how a system wants positions to come, as data. The built-in ones, and how a company's own is read.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::format::{Item, StrftimeItems};
use serde::Deserialize;

use super::super::document::ron_of;
use super::super::store::text_of;
use super::super::{Broken, FileError};
use super::requisition::RowUnit;
use super::source::ColumnSource;
use crate::plan::Problem;

/// The layouts that are built in: file name, and its text.
const BUILT_IN: [(&str, &str); 7] = [
    ("neutral.ron", include_str!("../../../assets/layouts/neutral.ron")),
    ("workday.ron", include_str!("../../../assets/layouts/workday.ron")),
    ("successfactors.ron", include_str!("../../../assets/layouts/successfactors.ron")),
    ("greenhouse.ron", include_str!("../../../assets/layouts/greenhouse.ron")),
    ("lever.ron", include_str!("../../../assets/layouts/lever.ron")),
    ("ashby.ron", include_str!("../../../assets/layouts/ashby.ron")),
    ("charthop.ron", include_str!("../../../assets/layouts/charthop.ron")),
];

/// How a system wants positions to come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// What it is called on the command line.
    pub name: String,
    /// Shown name.
    pub title: String,
    /// What it is for, what is known of it, and what is not.
    #[serde(default)]
    pub note: String,
    /// Where its names and formats are documented: title and address each.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What a row is, unless asked otherwise.
    #[serde(default)]
    pub rows: RowUnit,
    /// Whether moves and exits are written.
    #[serde(default)]
    pub movements: bool,
    /// Whether CSV begins with a byte order mark, unless asked otherwise.
    #[serde(default)]
    pub bom: bool,
    /// What stands between the cells of CSV.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// How days are written in CSV, as `strftime` has it; a column can have its own.
    #[serde(default = "iso")]
    pub date: String,
    /// The columns, in order.
    pub columns: Vec<LayoutColumn>,
    /// The columns that follow them where the plan has closed months.
    #[serde(default)]
    pub year: Vec<LayoutColumn>,
    /// The columns that follow them where only changes are written; without any the layout cannot say what has changed.
    #[serde(default)]
    pub changes: Vec<LayoutColumn>,
}

/// One column of a layout.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutColumn {
    /// Its heading, as the system knows it.
    pub header: String,
    /// What stands in it.
    pub from: ColumnSource,
    /// Whether the system refuses a row without it.
    #[serde(default)]
    pub required: bool,
    /// How its days are written in CSV; the layout's way where absent.
    #[serde(default)]
    pub date: Option<String>,
    /// Decimals of its numbers; those of what stands in it where absent.
    #[serde(default)]
    pub places: Option<u32>,
    /// The system's word for a text that stands in it; a text without an entry stays as it is.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

const fn comma() -> char {
    ','
}

fn iso() -> String {
    "%Y-%m-%d".to_owned()
}

impl Layout {
    /// Every built-in layout, the neutral one first.
    ///
    /// # Errors
    /// Never for a released program: a test reads every layout.
    pub fn built_in() -> Result<Vec<Self>, FileError> {
        let read = |(file, text): (&str, &str)| {
            Self::of(text).map_err(|problems| FileError::Broken { path: file.into(), problems })
        };
        BUILT_IN.into_iter().map(read).collect()
    }

    /// Reads a layout out of a RON file.
    ///
    /// # Errors
    /// When the file cannot be read or states no layout: by line and column, or by the column of the layout.
    pub fn read(path: &Path) -> Result<Self, FileError> {
        Self::of(&text_of(path)?).map_err(|problems| FileError::Broken { path: path.to_owned(), problems })
    }

    /// Reads a layout out of RON.
    ///
    /// # Errors
    /// Every reason why the text is no layout.
    pub fn of(text: &str) -> Result<Self, Vec<Broken>> {
        let layout: Self = ron_of(text, "layout")?;
        let problems = layout.problems();
        if problems.is_empty() { Ok(layout) } else { Err(problems) }
    }

    /// How the days of each column are written in CSV.
    #[must_use]
    pub fn date_of<'a>(&'a self, column: &'a LayoutColumn) -> &'a str {
        column.date.as_deref().unwrap_or(&self.date)
    }

    fn problems(&self) -> Vec<Broken> {
        let mut found = Vec::new();
        let mut say = |path: String, message: String| {
            found.push(Broken { at: None, problem: Problem { path, message } });
        };
        if self.name.trim().is_empty() {
            say("name".to_owned(), "a layout needs a name".to_owned());
        }
        if !matches!(self.delimiter, ',' | ';' | '\t' | '|') {
            say("delimiter".to_owned(), "only ',', ';', '|' or '\\t' can stand between cells".to_owned());
        }
        if self.columns.is_empty() {
            say("columns".to_owned(), "a layout needs a column".to_owned());
        }
        if !is_date_form(&self.date) {
            say("date".to_owned(), not_a_date_form(&self.date));
        }
        let numbered = |name: &'static str, list: &[LayoutColumn]| {
            (0..list.len()).map(move |index| format!("{name}[{index}]")).collect::<Vec<_>>()
        };
        let lists = [("columns", &self.columns), ("year", &self.year), ("changes", &self.changes)];
        let places = lists.map(|(name, list)| numbered(name, list)).concat();
        let all: Vec<&LayoutColumn> = lists.into_iter().flat_map(|(_, list)| list).collect();
        for (index, (column, place)) in all.iter().zip(&places).enumerate() {
            let at = |field: &str| format!("{place}.{field}");
            if column.header.trim().is_empty() {
                say(at("header"), "a column needs a heading".to_owned());
            }
            if all.iter().take(index).any(|other| other.header == column.header) {
                say(at("header"), format!("another column is \"{}\" already", column.header));
            }
            if column.places.is_some_and(|places| places > 9) {
                say(at("places"), "no more than 9 decimals are written".to_owned());
            }
            if let Some(form) = column.date.as_ref().filter(|form| !is_date_form(form)) {
                say(at("date"), not_a_date_form(form));
            }
        }
        found
    }
}

fn not_a_date_form(form: &str) -> String {
    format!("\"{form}\" is no way to write a day; write it such as \"%Y-%m-%d\" or \"%m/%d/%Y\"")
}

/// Whether a day can be written so: it has no time of day, and nothing that is not understood.
fn is_date_form(form: &str) -> bool {
    use std::fmt::Write;
    let understood = StrftimeItems::new(form).all(|item| !matches!(item, Item::Error));
    let day = chrono::NaiveDate::default();
    understood && !form.is_empty() && write!(String::new(), "{}", day.format(form)).is_ok()
}
