//! Spreadsheet programs as a second pair of eyes: they recalculate workbooks, and this reads what they found.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use calamine::Data;
use ironcalc::base::Model;
use ironcalc::base::cell::CellValue;
use ironcalc::import::load_from_xlsx_bytes;

use super::book::Book;

/// What recalculates a workbook.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Engine {
    /// A library: always there.
    IronCalc,
    /// A program, which planners have; not on every machine.
    LibreOffice,
}

impl Engine {
    /// Loads every workbook and recalculates it; gives what it then holds, in the same order.
    pub(crate) fn recalculate(self, workbooks: &[(String, Vec<u8>)]) -> Vec<Book> {
        match self {
            Self::IronCalc => workbooks.iter().map(|(name, bytes)| by_ironcalc(name, bytes)).collect(),
            Self::LibreOffice => by_libreoffice(workbooks),
        }
    }
}

fn by_ironcalc(name: &str, bytes: &[u8]) -> Book {
    let workbook = load_from_xlsx_bytes(bytes, name, "en", "UTC").unwrap();
    let mut model = Model::from_workbook(workbook, "en").unwrap();
    model.evaluate();
    let mut sheets: Vec<(String, Vec<Vec<Data>>)> =
        model.workbook.get_worksheet_names().into_iter().map(|name| (name, Vec::new())).collect();
    for cell in model.get_all_cells() {
        let value = match model.get_cell_value_by_index(cell.index, cell.row, cell.column).unwrap() {
            CellValue::None => Data::Empty,
            CellValue::String(text) => Data::String(text),
            CellValue::Number(number) => Data::Float(number),
            CellValue::Boolean(value) => Data::Bool(value),
        };
        let rows = &mut sheets[cell.index as usize].1;
        let place = |from_one: i32| usize::try_from(from_one - 1).unwrap();
        let (row, column) = (place(cell.row), place(cell.column));
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, Data::Empty);
        }
        rows[row][column] = value;
    }
    Book { sheets }
}

/// Recalculate whatever is loaded, whoever wrote it.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

fn by_libreoffice(workbooks: &[(String, Vec<u8>)]) -> Vec<Book> {
    let folder = tempfile::tempdir().unwrap();
    let (profile, out) = (folder.path().join("profile"), folder.path().join("out"));
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS).unwrap();
    let files: Vec<PathBuf> = workbooks
        .iter()
        .map(|(name, bytes)| {
            let file = folder.path().join(format!("{name}.xlsx"));
            fs::write(&file, bytes).unwrap();
            file
        })
        .collect();
    let run = Command::new("soffice")
        .arg("--headless")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--convert-to", "xlsx", "--outdir"])
        .arg(&out)
        .args(&files)
        .output();
    let run = run.expect("LibreOffice recalculates the workbook here; install the package libreoffice-calc-nogui");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read = |(name, _): &(String, Vec<u8>)| Book::read(&fs::read(out.join(format!("{name}.xlsx"))).unwrap());
    workbooks.iter().map(read).collect()
}
