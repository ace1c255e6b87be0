//! A table as it is read from a file, how large it may be, and why a file gives none.

use std::path::{Path, PathBuf};

use crate::edit::import::{ImportCell, ImportRow};

/// Most rows of a table: more people than any sales force has.
const MAX_ROWS: usize = 200_000;
/// Rows of headings, and of what stands above them, that do not count.
const HEAD_ROWS: usize = 20;
/// Most cells of a table, those counted in that are empty before a later one.
pub(super) const MAX_CELLS: usize = 4_000_000;

/// Why a file gives no table.
#[derive(Debug, thiserror::Error)]
pub enum TableFileError {
    /// The ending names no form that is read.
    #[error("{}: the ending says neither CSV nor XLSX; save the table as .csv or .xlsx first", .0.display())]
    Ending(PathBuf),
    /// There is more in it than is read.
    #[error("{}: {what}; leave out what is not needed and try again", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// What there is too much of.
        what: String,
    },
    /// It is not what its ending says, or damaged.
    #[error("{}: {reason}", path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// The workbook has no such sheet.
    #[error("{}: there is no sheet \"{sheet}\"; the sheets are {known}", path.display())]
    Sheet {
        /// The file.
        path: PathBuf,
        /// The requested sheet.
        sheet: String,
        /// The sheets there are.
        known: String,
    },
    /// The system refused.
    #[error("{}: cannot read: {source}", path.display())]
    System {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// A table as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// The sheets of a workbook, in order; none in CSV.
    pub sheets: Vec<String>,
    /// The sheet that was read; none in CSV.
    pub sheet: Option<String>,
    /// The rows in which something stands.
    pub rows: Vec<ImportRow>,
    /// What should be known of how it was read, sentences without full stop.
    pub notes: Vec<String>,
}

/// What a file fails for, before its path is known.
pub(super) enum Refusal {
    TooLarge(String),
    Broken(String),
    Sheet { sheet: String, known: Vec<String> },
}

impl Refusal {
    pub(super) fn of(self, path: &Path) -> TableFileError {
        let path = path.to_owned();
        match self {
            Self::TooLarge(what) => TableFileError::TooLarge { path, what },
            Self::Broken(reason) => TableFileError::Broken { path, reason },
            Self::Sheet { sheet, known } => TableFileError::Sheet { path, sheet, known: known.join(", ") },
        }
    }
}

/// Rows as they grow, held to what is read at most.
#[derive(Default)]
pub(super) struct Growing {
    pub(super) rows: Vec<ImportRow>,
    pub(super) cells: usize,
}

impl Growing {
    /// Adds a row, unless nothing stands in it.
    pub(super) fn push(&mut self, row: ImportRow) -> Result<(), Refusal> {
        if row.cells.iter().all(|cell| *cell == ImportCell::Empty) {
            return Ok(());
        }
        self.cells += row.cells.len();
        self.rows.push(row);
        check_size(self.rows.len(), self.cells)
    }
}

/// An error if there are more rows or cells than are read.
pub(super) fn check_size(rows: usize, cells: usize) -> Result<(), Refusal> {
    let most = |what: &str| Err(Refusal::TooLarge(format!("the table has more than {what}")));
    match (rows > MAX_ROWS + HEAD_ROWS, cells > MAX_CELLS) {
        (true, _) => most("200,000 rows"),
        (_, true) => most("4 million cells"),
        _ => Ok(()),
    }
}
