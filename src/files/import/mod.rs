//! Tables that come in: CSV and XLSX as rows of cells. What the rows mean is for [`crate::edit::import`] to say.
//!
//! A file is read into memory, so its size is limited, and what a workbook unpacks to as well: a file that would fill
//! the memory is refused at once.

mod csv;
mod hidden;
mod own;
mod table_file;
mod xlsx;

use std::io::Read;
use std::path::Path;

use super::store::open_plain;
use crate::edit::import::{ImportTable, SourceTable};
use table_file::Refusal;
pub use table_file::{TableFile, TableFileError};

/// Most bytes of a file.
const MAX_BYTES: u64 = 64 << 20;

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

/// Reads the table of a file; of a workbook that of a sheet, and where none is named, of the visible one whose headings name
/// most of what tables have.
///
/// # Errors
/// When the file cannot be read, holds no table, or more than is read.
pub fn read_table(path: &Path, sheet: Option<&str>) -> Result<TableFile, TableFileError> {
    table_of(path, &bytes_of(path)?, sheet)
}

/// Reads every table of a file: that of a CSV file, or each visible sheet of a workbook.
///
/// # Errors
/// As [`read_table`].
fn read_tables(path: &Path) -> Result<Vec<TableFile>, TableFileError> {
    let bytes = bytes_of(path)?;
    match Form::of(path) {
        Some(Form::Xlsx) => xlsx::read_all(&bytes).map_err(|refusal| refusal.of(path)),
        _ => Ok(vec![table_of(path, &bytes, None)?]),
    }
}

/// The tables of a file that a plan can begin from: every sheet of a workbook with something in it, by file and sheet.
///
/// # Errors
/// As [`read_table`].
pub fn source_tables(path: &Path) -> Result<Vec<SourceTable>, TableFileError> {
    let file = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let mut sources = Vec::new();
    for table in read_tables(path)? {
        let name = table.sheet.map_or_else(|| file.clone(), |sheet| format!("{file}, {sheet}"));
        // A sheet in which nothing stands is no table.
        let notes = table.notes;
        sources.extend(ImportTable::of(table.rows).ok().map(|table| SourceTable { name, table, notes }));
    }
    Ok(sources)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, TableFileError> {
    Form::of(path).ok_or_else(|| TableFileError::Ending(path.to_owned()))?;
    let system = |source| TableFileError::System { path: path.to_owned(), source };
    let file = open_plain(path).map_err(system)?;
    let too_large = || Refusal::TooLarge(format!("the file has more than {} MB", MAX_BYTES >> 20)).of(path);
    if file.metadata().map_err(system)?.len() > MAX_BYTES {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    // What is no plain file may not say how long it is.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(system)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > MAX_BYTES { Err(too_large()) } else { Ok(bytes) }
}

/// Reads the table that the bytes of a file hold; `path` says by its ending what they are.
///
/// # Errors
/// As [`read_table`], but for those of the system.
pub fn table_of(path: &Path, bytes: &[u8], sheet: Option<&str>) -> Result<TableFile, TableFileError> {
    let form = Form::of(path).ok_or_else(|| TableFileError::Ending(path.to_owned()))?;
    match (form, sheet) {
        (Form::Csv, None) => csv::read(bytes),
        (Form::Csv, Some(_)) => Err(Refusal::Broken("CSV has no sheets; leave the sheet out".to_owned())),
        (Form::Xlsx, sheet) => xlsx::read(bytes, sheet),
    }
    .map_err(|refusal| refusal.of(path))
}
