//! A table that comes in: rows of cells, and which of the rows hold the headings.

use super::cell::{ImportCell, ImportRow, column_letters};
use super::error::ImportError;
use super::headings::known;
use super::period::PeriodName;

/// The score of two fields that headings name.
const TWO_FIELDS: usize = 6;

/// Most rows above the headings: titles and notes of a report.
const PREAMBLE: usize = 15;

/// Rows under their headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportTable {
    /// The headings, one a column.
    pub headings: Vec<String>,
    /// The rows in which something stands.
    pub rows: Vec<ImportRow>,
    /// The texts above the headings, one a cell.
    pub above: Vec<String>,
}

impl ImportTable {
    /// Finds the headings among the first rows: the row, or two rows of which the upper one has the years, that names most
    /// of what any kind of table has, the first of equals; what stands above is no part of the table.
    ///
    /// # Errors
    /// When there is no row at all.
    pub fn of(rows: Vec<ImportRow>) -> Result<Self, ImportError> {
        let rows: Vec<ImportRow> = rows.into_iter().filter(|row| !row.is_blank()).collect();
        let head = Head::find(&rows).ok_or(ImportError::Empty)?;
        let above = rows.iter().take(head.at).flat_map(|row| &row.cells).filter(|cell| !cell.is_empty());
        let above = above.map(ImportCell::shown).collect();
        let rows: Vec<ImportRow> = rows.into_iter().skip(head.at + head.height).collect();
        // A column without a heading is one where the row of headings goes as far and something stands in it.
        let widest = rows.iter().map(ImportRow::width).max().unwrap_or(0);
        let width = head.cells.min(widest).max(head.headings.len());
        let mut headings = head.headings;
        headings.resize(width, String::new());
        Ok(Self { headings, rows, above })
    }

    /// The column with a heading, or with a letter as `#C`.
    ///
    /// # Errors
    /// When there is none, or several; in a planner's words.
    pub fn column(&self, heading: &str) -> Result<usize, String> {
        let (table, heading) = (self, heading.trim());
        let width = table.headings.len();
        if let Some(letters) = heading.strip_prefix('#') {
            let at = (0..width).find(|at| column_letters(*at).eq_ignore_ascii_case(letters));
            return at.ok_or_else(|| {
                format!("there is no column {letters}; the last one is {}", column_letters(width.saturating_sub(1)))
            });
        }
        let named: Vec<usize> = (0..width)
            .filter(|at| table.headings.get(*at).is_some_and(|h| h.trim().eq_ignore_ascii_case(heading)))
            .collect();
        match named.as_slice() {
            [only] => Ok(*only),
            [] => Err(format!("there is no column \"{heading}\"; the columns are {}", table.headings.join(", "))),
            several => {
                let letters: Vec<String> = several.iter().map(|at| format!("#{}", column_letters(*at))).collect();
                Err(format!(
                    "several columns have the heading \"{heading}\"; name one of them by its letter: {}",
                    letters.join(", ")
                ))
            }
        }
    }

    /// A score of how many fields the headings name, to find the sheet of a workbook that holds a table.
    #[must_use]
    pub fn score(&self) -> usize {
        score(&self.headings)
    }
}

/// The rows that hold the headings.
struct Head {
    at: usize,
    /// One row, or two.
    height: usize,
    headings: Vec<String>,
    /// The cells of the row, also those in which nothing stands.
    cells: usize,
}

impl Head {
    fn find(rows: &[ImportRow]) -> Option<Self> {
        let mut best: Option<(usize, Self)> = None;
        for (at, row) in rows.iter().enumerate().take(PREAMBLE) {
            let one = Self { at, height: 1, headings: headings(row), cells: row.cells.len() };
            let two = rows.get(at + 1).and_then(|lower| {
                let headings = under_years(row, lower)?;
                Some(Self { at, height: 2, headings, cells: row.cells.len().max(lower.cells.len()) })
            });
            for head in two.into_iter().chain([one]) {
                // A row below the first has to name two fields at least: cells, too, hold words that head columns elsewhere.
                let score = Some(score(&head.headings)).filter(|score| at == 0 || *score >= TWO_FIELDS).unwrap_or(0);
                if best.as_ref().is_none_or(|(most, _)| score > *most) {
                    best = Some((score, head));
                }
            }
        }
        best.map(|(_, head)| head)
    }
}

/// The score of headings: fields count more than periods, which stand in other rows as well.
fn score(headings: &[String]) -> usize {
    let of = |heading: &String| {
        let fields = if known(heading).is_empty() { 0 } else { 3 };
        fields.max(usize::from(PeriodName::read(heading).is_some_and(|period| !period.is_year())))
    };
    headings.iter().map(of).sum()
}

fn headings(row: &ImportRow) -> Vec<String> {
    row.cells.iter().take(row.width()).map(ImportCell::shown).collect()
}

/// The headings of two rows, of which the upper has years and the lower their quarters or months; `None` if that is not so.
fn under_years(upper: &ImportRow, lower: &ImportRow) -> Option<Vec<String>> {
    let mut year = String::new();
    let mut any = false;
    let heading = |column: usize| {
        let (above, below) = (upper.cell(column).shown(), lower.cell(column).shown());
        if !above.is_empty() {
            year = if PeriodName::of_cell(upper.cell(column)).is_some_and(PeriodName::is_year) {
                above.clone()
            } else {
                String::new()
            };
        }
        let part = PeriodName::of_cell(lower.cell(column)).is_some_and(PeriodName::lacks_year);
        if part && !year.is_empty() {
            any = true;
            return format!("{year} {below}");
        }
        match (above.is_empty(), below.is_empty()) {
            (true, _) => below,
            (_, true) => above,
            _ if above == below => above,
            _ => format!("{above} {below}"),
        }
    };
    let headings = (0..upper.width().max(lower.width())).map(heading).collect();
    any.then_some(headings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: usize, cells: &str) -> ImportRow {
        ImportRow { number, hidden: false, cells: cells.split(',').map(ImportCell::text).collect() }
    }

    #[test]
    fn two_rows_of_headings_become_one() {
        let table = ImportTable::of(vec![
            row(1, "Plan of June"),
            row(2, ",,FY11,,FY12,,FY12 Total"),
            row(3, "Region,Role,Q1,Q2,Q1,Q2,"),
            row(4, "Canada,AE,1,2,3,4,7"),
        ])
        .unwrap();
        assert_eq!(table.headings, ["Region", "Role", "FY11 Q1", "FY11 Q2", "FY12 Q1", "FY12 Q2", "FY12 Total"]);
        assert_eq!((table.rows.len(), table.above), (1, vec!["Plan of June".to_owned()]));
    }
}
