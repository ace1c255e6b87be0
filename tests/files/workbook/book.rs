//! A workbook as the tests read it: its cells, its figures by key, and the same file with other inputs.

use std::collections::HashMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use calamine::{Data, DataType, Reader, Xlsx};

/// A workbook's cells by sheet, from A1.
pub(crate) struct Book {
    pub(crate) sheets: Vec<(String, Vec<Vec<Data>>)>,
}

/// The column of keys, E, and the first of figures, F.
const KEY: usize = 4;
const FIRST: usize = 5;

impl Book {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
        let names = book.sheet_names();
        let grid = |book: &mut Xlsx<Cursor<&[u8]>>, name: &str| {
            let range = book.worksheet_range(name).unwrap();
            let Some((rows, columns)) = range.end() else { return Vec::new() };
            let at = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
            (0..=rows).map(|row| (0..=columns).map(|column| at(row, column)).collect()).collect()
        };
        Self { sheets: names.into_iter().map(|name| (name.clone(), grid(&mut book, &name))).collect() }
    }

    /// Every figure by its key and the head of its column: the nearest text above it.
    pub(crate) fn figures(&self) -> HashMap<(String, String), Data> {
        let mut found = HashMap::new();
        for (_, rows) in self.sheets.iter().filter(|(name, _)| name != "Summary" && name != "Checks") {
            let mut heads: HashMap<usize, String> = HashMap::new();
            for row in rows {
                let key = row.get(KEY).map(Data::to_string).unwrap_or_default();
                for (column, cell) in row.iter().enumerate().skip(FIRST) {
                    if key.is_empty() || key == "Key" || key == "Id" {
                        if let Data::String(text) = cell {
                            heads.insert(column, text.clone());
                        }
                    } else if let Some(head) = heads.get(&column) {
                        found.insert((key.clone(), head.clone()), cell.clone());
                    }
                }
            }
        }
        found
    }

    /// The first figure of the line with that key.
    pub(crate) fn first(&self, key: &str) -> Data {
        let (sheet, row, column) = self.place(key, "");
        self.sheets[sheet].1[row].get(column).cloned().unwrap_or(Data::Empty)
    }

    /// Sheet number, row and column (from 0) of the line with that key and the column under that head, of
    /// that number, or the first.
    fn place(&self, key: &str, head: &str) -> (usize, usize, usize) {
        for (number, (_, rows)) in self.sheets.iter().enumerate() {
            for (row, cells) in rows.iter().enumerate() {
                if cells.get(KEY).map(Data::to_string).as_deref() != Some(key) {
                    continue;
                }
                if head.is_empty() {
                    return (number, row, FIRST);
                }
                if let Ok(place) = head.parse::<usize>() {
                    return (number, row, FIRST + place - 1);
                }
                let column = rows[..row].iter().rev().find_map(|above| {
                    above
                        .iter()
                        .skip(FIRST)
                        .position(|cell| cell.as_string().as_deref() == Some(head))
                        .map(|at| at + FIRST)
                });
                if let Some(column) = column {
                    return (number, row, column);
                }
            }
        }
        panic!("the workbook has no input \"{key}\" under \"{head}\"");
    }
}

/// Types values over inputs in the file itself; every stored result stays as it was.
pub(crate) fn typed_over(bytes: &[u8], inputs: &[(String, String, String)]) -> Vec<u8> {
    let book = Book::read(bytes);
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts: Vec<(String, Vec<u8>)> = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        part.read_to_end(&mut content).unwrap();
        let name = part.name().unwrap().into_owned();
        parts.push((name, content));
    }
    for (key, head, value) in inputs {
        let (sheet, row, column) = book.place(key, head);
        let name = format!("xl/worksheets/sheet{}.xml", sheet + 1);
        let part = parts.iter_mut().find(|(part, _)| *part == name).unwrap();
        let text = String::from_utf8(std::mem::take(&mut part.1)).unwrap();
        let cell = cell_name(row, column);
        part.1 = patched(&text, &cell, value).into_bytes();
    }
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The sheet with another value in a cell, which keeps its style.
fn patched(xml: &str, cell: &str, value: &str) -> String {
    let start = xml.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell}"));
    let rest = &xml[start..];
    let tag_end = rest.find('>').unwrap();
    let tag = &rest[..tag_end];
    assert!(!rest[..rest.find("</c>").unwrap_or(tag_end).max(tag_end)].starts_with("<f>"));
    let end = if tag.ends_with('/') { tag_end + 1 } else { rest.find("</c>").unwrap() + 4 };
    assert!(!rest[..end].contains("<f>"), "{cell} is a formula, not an input");
    let style = tag.split(" s=\"").nth(1).and_then(|s| s.split('"').next()).unwrap();
    let new = if value.is_empty() {
        format!("<c r=\"{cell}\" s=\"{style}\"/>")
    } else if value.parse::<f64>().is_ok() {
        format!("<c r=\"{cell}\" s=\"{style}\"><v>{value}</v></c>")
    } else {
        format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
    };
    format!("{}{new}{}", &xml[..start], &rest[end..])
}

/// Where two books differ: the values of the first are said to be stored, those of the second recalculated.
pub(crate) fn differences(stored: &Book, found: &Book) -> Vec<String> {
    let mut all = Vec::new();
    for ((name, ours), (_, theirs)) in stored.sheets.iter().zip(&found.sheets) {
        for (row, cells) in ours.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let other = theirs.get(row).and_then(|r| r.get(column)).unwrap_or(&Data::Empty);
                if !same(cell, other) {
                    let at = format!("{name}!{}", cell_name(row, column));
                    all.push(format!("{at}: stored {cell:?}, recalculated {other:?}"));
                }
            }
        }
    }
    all
}

fn cell_name(row: usize, column: usize) -> String {
    rust_xlsxwriter::utility::row_col_to_cell(row.try_into().unwrap(), column.try_into().unwrap())
}

fn same(one: &Data, other: &Data) -> bool {
    match (one, other) {
        (Data::Float(a), Data::Float(b)) => close(*a, *b),
        (Data::Empty, Data::String(text)) | (Data::String(text), Data::Empty) => text.is_empty(),
        (a, b) => a == b,
    }
}

/// Equal but for what binary arithmetic cannot keep.
pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// The file of a conformance plan.
pub(crate) fn conformance(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(name)
}
