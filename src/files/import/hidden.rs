//! The rows and columns of a sheet that its readers do not see: hidden by hand, or by a filter.
//!
//! The crate that reads the cells does not say which these are, so they are read from the sheet itself.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

/// Hidden rows and columns, each counted from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Hidden {
    pub(super) rows: BTreeSet<u32>,
    columns: BTreeSet<u32>,
}

/// Most columns that a sheet can have: what a damaged file claims beyond them is ignored.
const MAX_COLUMNS: u32 = 16_384;

impl Hidden {
    /// A sentence on the hidden columns, which are read like any other; `None` if there are none.
    pub(super) fn columns_note(&self) -> Option<String> {
        let names: Vec<String> = self
            .columns
            .iter()
            .map(|c| crate::edit::import::column_letters(usize::try_from(*c).unwrap_or(0)))
            .collect();
        match names.as_slice() {
            [] => None,
            [one] => Some(format!("Column {one} is hidden in the sheet and is read like any other")),
            [first, .., last] => Some(format!(
                "{} columns ({first} to {last}) are hidden in the sheet and are read like any other",
                names.len()
            )),
        }
    }
}

/// The hidden rows and columns of a sheet of a workbook; none where its parts do not stand where they usually do.
pub(super) fn hidden(bytes: &[u8], sheet: &str) -> Hidden {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Hidden::default() };
    let path = part(&mut archive, "xl/workbook.xml")
        .zip(part(&mut archive, "xl/_rels/workbook.xml.rels"))
        .and_then(|(book, relations)| sheet_path(&book, &relations, sheet));
    let xml = path.and_then(|path| part(&mut archive, &path));
    // Most sheets hide nothing, and need no second reading.
    xml.filter(|xml| xml.contains("hidden=")).map_or_else(Hidden::default, |xml| of_sheet(&xml))
}

fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = Vec::new();
    archive.by_name(name).ok()?.read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// The value of an attribute, whatever its prefix.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|a| a.key.local_name().as_ref() == name)?;
    Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Calls `visit` with each element, until it returns a value.
fn elements<T>(xml: &str, mut visit: impl FnMut(&str, &BytesStart<'_>) -> Option<T>) -> Option<T> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return None,
            Event::Start(element) | Event::Empty(element) => {
                let name = element.local_name().as_ref().to_owned();
                if let Some(value) = visit(&name, &element) {
                    return Some(value);
                }
            }
            _ => {}
        }
    }
}

/// The path of a sheet's part in the archive.
fn sheet_path(book: &str, relations: &str, sheet: &str) -> Option<String> {
    let id = elements(book, |name, element| {
        let here = name == "sheet" && attribute(element, "name").as_deref() == Some(sheet);
        here.then(|| attribute(element, "id")).flatten()
    })?;
    let target = elements(relations, |name, element| {
        let here = name == "Relationship" && attribute(element, "Id").as_deref() == Some(id.as_str());
        here.then(|| attribute(element, "Target")).flatten()
    })?;
    Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
}

fn of_sheet(xml: &str) -> Hidden {
    let mut found = Hidden::default();
    let mut next_row = 0;
    elements(xml, |name, element| {
        let hidden = || matches!(attribute(element, "hidden").as_deref(), Some("1" | "true"));
        let number = |name: &str| attribute(element, name).and_then(|n| n.parse::<u32>().ok());
        match name {
            "row" => {
                let row = number("r").map_or(next_row, |r| r.saturating_sub(1));
                next_row = row.saturating_add(1);
                if hidden() {
                    found.rows.insert(row);
                }
            }
            "col" if hidden() => {
                let (first, last) = (number("min").unwrap_or(1), number("max").unwrap_or(1));
                found.columns.extend((first..=last.min(MAX_COLUMNS)).map(|c| c.saturating_sub(1)));
            }
            // Nothing behind the cells is of interest.
            "mergeCells" | "pageMargins" => return Some(()),
            _ => {}
        }
        None
    });
    found
}
