//! The sheets of inputs of this program's own workbook (`files::workbook`) as tables: each is a block of lines under its own
//! heads, with a key beside each line, among titles, sums and further blocks.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::edit::import::{ImportCell, ImportRow};

/// The sheets of inputs that come in again.
pub(super) const SHEETS: [&str; 5] = ["Regions", "Pay", "Hires", "Team", "Targets"];

/// The comment among the properties of the workbooks that this program writes.
const MADE_BY: &[u8] = b"Made by Muster";

/// Whether a workbook is one that this program has written.
pub(super) fn is_own(bytes: &[u8]) -> bool {
    let read = || {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut properties = Vec::new();
        archive.by_name("docProps/core.xml").ok()?.read_to_end(&mut properties).ok()?;
        Some(properties.windows(MADE_BY.len()).any(|window| window == MADE_BY))
    };
    read().unwrap_or(false)
}

/// The column of the keys, from 0.
const KEY: usize = 4;

/// The first block of a sheet of this program's workbook, with sentences on what else stands there; `None` if it is no such
/// sheet.
pub(super) fn first_block(sheet: &str, rows: &[ImportRow]) -> Option<(Vec<ImportRow>, Vec<String>)> {
    SHEETS.contains(&sheet).then_some(())?;
    let text = |row: &ImportRow, column: usize| row.cells.get(column).map(ImportCell::shown).unwrap_or_default();
    let at = rows.iter().position(|row| matches!(text(row, KEY).as_str(), "Key" | "Id") && text(row, 0) == "Region")?;
    let (head, title) = (rows.get(at)?, rows.get(at + 1)?);
    if text(title, 0).is_empty() || !text(title, KEY).is_empty() {
        return None;
    }
    // The heads of the figures stand beside the block's title, and else above it, as quarters do.
    let own = title.cells.iter().skip(KEY).any(|cell| *cell != ImportCell::Empty);
    let figures = if own { title } else { head };
    let width = head.cells.len().max(title.cells.len());
    let is_again = |column: usize| (KEY + 1..width).any(|other| text(figures, other) == text(head, column));
    let cells = (0..width).map(|column| match column {
        // The lines of the team have the ids of region and role as inputs; the names beside them follow from these.
        0..KEY if is_again(column) => ImportCell::Empty,
        0..=KEY => ImportCell::text(&text(head, column)),
        _ => ImportCell::text(&text(figures, column)),
    });
    let mut block = vec![ImportRow { number: title.number, hidden: false, cells: cells.collect() }];
    let mut others = Vec::new();
    let mut inside = true;
    for row in rows.iter().skip(at + 2) {
        let (name, key) = (text(row, 0), text(row, KEY));
        if key.is_empty() {
            inside = false;
            others.extend(Some(name).filter(|name| !name.is_empty()));
        } else if inside && states(row, figures) {
            block.push(without(row, &block));
        }
    }
    let notes = if others.is_empty() {
        Vec::new()
    } else {
        vec![format!("Of the sheet \"{sheet}\" the first block is read, and not: {}", others.join(", "))]
    };
    Some((block, notes))
}

/// Heads of figures that follow from the inputs of their line.
const COMPUTED: [&str; 5] = ["On target", "All", "Cell number", "Role number", "Area number"];

/// Whether a line has inputs: lines for more people, and cells without pay, have formulas alone.
fn states(row: &ImportRow, heads: &ImportRow) -> bool {
    let inputs = row.cells.iter().zip(heads.cells.iter()).skip(KEY + 1);
    inputs.into_iter().any(|(cell, head)| *cell != ImportCell::Empty && !COMPUTED.contains(&head.shown().as_str()))
}

/// A line without what stands under no heading.
fn without(row: &ImportRow, block: &[ImportRow]) -> ImportRow {
    let heads = block.first().map_or(&[][..], |head| head.cells.as_slice());
    let cells = row
        .cells
        .iter()
        .zip(heads)
        .map(|(cell, head)| if *head == ImportCell::Empty { ImportCell::Empty } else { cell.clone() });
    ImportRow { cells: cells.collect(), ..row.clone() }
}
