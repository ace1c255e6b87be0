//! Tables that come in: CSV and XLSX as rows of cells. What the rows mean is for [`crate::edit::import`] to say.
//!
//! A file is read into memory, so its size is limited, and what a workbook unpacks to as well: a file that would fill
//! the memory is refused at once.

mod csv;
mod xlsx;

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::edit::import::{ImportCell, ImportRow};

/// Most bytes of a file.
const MAX_BYTES: u64 = 64 << 20;
/// Most rows of a table: more people than any sales force has.
const MAX_ROWS: usize = 200_000;
/// Most cells of a table, those counted in that are empty before a later one.
const MAX_CELLS: usize = 4_000_000;

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
    /// What should be known of how it was read, a sentence without full stop.
    pub note: Option<String>,
}

/// What a file fails for, before its path is known.
enum Refusal {
    TooLarge(String),
    Broken(String),
    Sheet { sheet: String, known: Vec<String> },
}

impl Refusal {
    fn of(self, path: &Path) -> TableFileError {
        let path = path.to_owned();
        match self {
            Self::TooLarge(what) => TableFileError::TooLarge { path, what },
            Self::Broken(reason) => TableFileError::Broken { path, reason },
            Self::Sheet { sheet, known } => TableFileError::Sheet { path, sheet, known: known.join(", ") },
        }
    }
}

enum Form {
    Csv,
    Xlsx,
}

impl Form {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "tab" | "txt" => Some(Self::Csv),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// Whether a file's ending says that it holds a table.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    Form::of(path).is_some()
}

/// Reads the table of a file; of a workbook that of a sheet, the first visible one where none is named.
///
/// # Errors
/// When the file cannot be read, holds no table, or more than is read.
pub fn read_table(path: &Path, sheet: Option<&str>) -> Result<TableFile, TableFileError> {
    Form::of(path).ok_or_else(|| TableFileError::Ending(path.to_owned()))?;
    let system = |source| TableFileError::System { path: path.to_owned(), source };
    let file = File::open(path).map_err(system)?;
    let too_large = || Refusal::TooLarge(format!("the file has more than {} MB", MAX_BYTES >> 20)).of(path);
    if file.metadata().map_err(system)?.len() > MAX_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // What is no plain file may not say how long it is.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(system)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES {
        return Err(too_large());
    }
    table_of(path, bytes, sheet)
}

/// Reads the table that the bytes of a file hold; `path` says by its ending what they are.
///
/// # Errors
/// As [`read_table`], but for those of the system.
pub fn table_of(path: &Path, bytes: Vec<u8>, sheet: Option<&str>) -> Result<TableFile, TableFileError> {
    let form = Form::of(path).ok_or_else(|| TableFileError::Ending(path.to_owned()))?;
    match (form, sheet) {
        (Form::Csv, None) => csv::read(&bytes),
        (Form::Csv, Some(_)) => Err(Refusal::Broken("CSV has no sheets; leave the sheet out".to_owned())),
        (Form::Xlsx, sheet) => xlsx::read(bytes, sheet),
    }
    .map_err(|refusal| refusal.of(path))
}

/// Rows as they grow, held to what is read at most.
#[derive(Default)]
struct Growing {
    rows: Vec<ImportRow>,
    cells: usize,
}

impl Growing {
    /// Adds a row, unless nothing stands in it.
    fn push(&mut self, number: usize, cells: Vec<ImportCell>) -> Result<(), Refusal> {
        if cells.iter().all(|cell| *cell == ImportCell::Empty) {
            return Ok(());
        }
        self.cells += cells.len();
        self.rows.push(ImportRow { number, cells });
        check_size(self.rows.len(), self.cells)
    }
}

fn check_size(rows: usize, cells: usize) -> Result<(), Refusal> {
    let most = |what: &str| Err(Refusal::TooLarge(format!("the table has more than {what}")));
    match (rows > MAX_ROWS, cells > MAX_CELLS) {
        (true, _) => most("200,000 rows"),
        (_, true) => most("4 million cells"),
        _ => Ok(()),
    }
}
