//! A sheet of an Excel workbook as rows of cells: numbers and days are such, not text; a merged cell's value stands in each
//! cell that it covers; a formula without a stored value is a cell that cannot be read.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx};
use rust_decimal::Decimal;
use zip::ZipArchive;

use super::hidden::{Hidden, hidden};
use super::own;
use super::table_file::{Growing, MAX_CELLS, Refusal, TableFile, check_size};
use crate::edit::import::{ImportCell, ImportRow, ImportTable};
use crate::files::safe::faults::guarded;
use crate::units::Exact;

/// Most bytes that a workbook may unpack to.
const MAX_UNPACKED: u64 = 256 << 20;
/// Rows of each sheet that are read to find the one with a table.
const HEAD_ROWS: usize = 20;

type Book<'b> = Xlsx<Cursor<&'b [u8]>>;

/// The visible sheet whose first rows name most of what tables have; the first of equals.
fn best_sheet(book: &mut Book<'_>, visible: &[String]) -> Result<Option<String>, Refusal> {
    let mut best: Option<(usize, &String)> = None;
    for name in visible {
        let rows = rows(cells(book, name, HEAD_ROWS)?, &Hidden::default())?;
        let score = ImportTable::of(rows).map_or(0, |table| table.score());
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, name));
        }
    }
    Ok(best.map(|(_, name)| name.clone()))
}

/// The visible sheets, and then the hidden ones.
fn sheets(book: &Book<'_>) -> (Vec<String>, Vec<String>) {
    let all = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    let (visible, hidden): (Vec<_>, Vec<_>) = all.partition(|s| s.visible == SheetVisible::Visible);
    let names = |sheets: Vec<&calamine::Sheet>| sheets.into_iter().map(|s| s.name.clone()).collect();
    (names(visible), names(hidden))
}

fn rows(cells: BTreeMap<u32, Vec<ImportCell>>, hidden: &Hidden) -> Result<Vec<ImportRow>, Refusal> {
    let mut growing = Growing::default();
    for (row, cells) in cells {
        let number = usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1);
        growing.push(ImportRow { number, hidden: hidden.rows.contains(&row), cells })?;
    }
    Ok(growing.rows)
}

/// Reads a sheet, the first visible one where none is named.
pub(super) fn read(bytes: &[u8], sheet: Option<&str>) -> Result<TableFile, Refusal> {
    unpacks(bytes, MAX_UNPACKED)?;
    // The reader counts rows without a limit: a damaged number can break it off, but not the program.
    guarded(|| read_sheet(bytes, sheet)).unwrap_or_else(|| Err(broken(&"it is damaged")))
}

/// Reads every visible sheet; of this program's own workbook the inputs, since the other sheets follow from them.
pub(super) fn read_all(bytes: &[u8]) -> Result<Vec<TableFile>, Refusal> {
    unpacks(bytes, MAX_UNPACKED)?;
    let all = || {
        let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
        let (visible, invisible) = sheets(&book);
        let is_own = own::is_own(bytes);
        let (mut tables, mut cells) = (Vec::new(), 0_usize);
        for sheet in visible.iter().filter(|sheet| !is_own || own::SHEETS.contains(&sheet.as_str())) {
            let table = table_of_sheet(bytes, &mut book, sheet, &visible)?;
            cells += table.rows.iter().map(|row| row.cells.len()).sum::<usize>();
            check_size(0, cells)?;
            tables.push(table);
        }
        if let (Some(first), false) = (tables.first_mut(), invisible.is_empty()) {
            first.notes.push(format!("Hidden sheets are not read: {}", invisible.join(", ")));
        }
        Ok(tables)
    };
    guarded(all).unwrap_or_else(|| Err(broken(&"it is damaged")))
}

fn read_sheet(bytes: &[u8], sheet: Option<&str>) -> Result<TableFile, Refusal> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let (visible, invisible) = sheets(&book);
    let best = if sheet.is_none() && visible.len() > 1 { best_sheet(&mut book, &visible)? } else { None };
    let sheets: Vec<String> = visible.into_iter().chain(invisible).collect();
    let by_name = |name: &str| {
        sheets.iter().find(|s| s.as_str() == name).or_else(|| sheets.iter().find(|s| s.eq_ignore_ascii_case(name)))
    };
    let no_sheet = || Refusal::Broken("there is no sheet in this workbook".to_owned());
    let unknown = |name: &str| Refusal::Sheet { sheet: name.to_owned(), known: sheets.clone() };
    let chosen = sheet.map_or_else(
        || best.as_ref().or(sheets.first()).ok_or_else(no_sheet),
        |name| by_name(name).ok_or_else(|| unknown(name)),
    )?;
    let mut table = table_of_sheet(bytes, &mut book, chosen, &sheets)?;
    if let Some(name) = best {
        let note = format!("The sheet \"{name}\" is read; its headings say most of the {} sheets", sheets.len());
        table.notes.insert(0, note);
    }
    Ok(table)
}

/// The table of one sheet.
fn table_of_sheet(bytes: &[u8], book: &mut Book<'_>, sheet: &str, sheets: &[String]) -> Result<TableFile, Refusal> {
    let mut cells = cells(book, sheet, usize::MAX)?;
    spread(&mut cells, &book.merge_cells_by_sheet_name(sheet).map_err(|e| broken(&e))?)?;
    let hidden = hidden(bytes, sheet);
    let all = rows(cells, &hidden)?;
    let block = if own::SHEETS.contains(&sheet) && own::is_own(bytes) { own::first_block(sheet, &all) } else { None };
    let (rows, more) = block.unwrap_or((all, Vec::new()));
    let notes = hidden.columns_note().into_iter().chain(more).collect();
    Ok(TableFile { sheets: sheets.to_vec(), sheet: Some(sheet.to_owned()), rows, notes })
}

/// Puts the value of each merged cell into every cell that it covers.
fn spread(rows: &mut BTreeMap<u32, Vec<ImportCell>>, merged: &[Dimensions]) -> Result<(), Refusal> {
    let index = |column: u32| usize::try_from(column).unwrap_or(usize::MAX);
    let mut covered = 0_usize;
    for area in merged {
        let Some(value) = rows.get(&area.start.0).and_then(|row| row.get(index(area.start.1))).cloned() else {
            continue;
        };
        if value == ImportCell::Empty {
            continue;
        }
        let (height, width) = (area.end.0.saturating_sub(area.start.0), area.end.1.saturating_sub(area.start.1));
        covered =
            covered.saturating_add(index(height.saturating_add(1)).saturating_mul(index(width.saturating_add(1))));
        check_size(0, covered)?;
        for row in area.start.0..=area.end.0 {
            let row = rows.entry(row).or_default();
            let end = index(area.end.1).saturating_add(1);
            if row.len() < end {
                row.resize(end, ImportCell::Empty);
            }
            row.iter_mut()
                .take(end)
                .skip(index(area.start.1))
                .for_each(|cell| *cell = ImportCell::Merged(Box::new(value.clone())));
        }
    }
    Ok(())
}

/// Refuses what would unpack to more than is read, whatever the file says of its own size.
fn unpacks(bytes: &[u8], most: u64) -> Result<(), Refusal> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let reason = "this workbook is of the old form (.xls) or has a password; save it as .xlsx without one";
        return Err(Refusal::Broken(reason.to_owned()));
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
    let mut left = most;
    let mut part = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|e| broken(&e))?;
        part.clear();
        entry.take(left + 1).read_to_end(&mut part).map_err(|e| broken(&e))?;
        let read = u64::try_from(part.len()).unwrap_or(u64::MAX);
        left = left
            .checked_sub(read)
            .ok_or_else(|| Refusal::TooLarge(format!("the workbook unpacks to more than {} MB", most >> 20)))?;
        if claims_too_much(&part) {
            return Err(Refusal::TooLarge("the workbook says that it has more texts than are read".to_owned()));
        }
    }
    Ok(())
}

/// Whether a part says that it has more texts than fit: the reader makes room for as many as are said, not as there
/// are. Text of two bytes a letter, in which that cannot be seen, is in no workbook of a known program.
fn claims_too_much(part: &[u8]) -> bool {
    const NAME: &[u8] = b"uniqueCount";
    let said = part.windows(NAME.len()).enumerate().filter(|(_, window)| *window == NAME).map(|(at, _)| {
        let after = part.get(at + NAME.len()..).unwrap_or_default().iter();
        after
            .skip_while(|b| !b.is_ascii_digit())
            .take_while(|b| b.is_ascii_digit())
            .fold(0_usize, |number, digit| number.saturating_mul(10).saturating_add(usize::from(*digit - b'0')))
    });
    part.starts_with(b"\xff\xfe") || part.starts_with(b"\xfe\xff") || said.into_iter().any(|count| count > MAX_CELLS)
}

fn broken(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::Broken(format!("this is no workbook that can be read: {error}"))
}

/// The cells of a sheet by row, from 0, of so many rows at most. A sheet is read cell by cell: two cells at its far ends
/// make it no larger.
fn cells(book: &mut Book<'_>, sheet: &str, most: usize) -> Result<BTreeMap<u32, Vec<ImportCell>>, Refusal> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|e| broken(&e))?;
    let (mut rows, mut room) = (BTreeMap::<u32, Vec<ImportCell>>::new(), 0_usize);
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|e| broken(&e))? {
        let given = match (given(&cell.value), cell.formula) {
            (ImportCell::Empty, None) => continue,
            (ImportCell::Empty, Some(_)) => ImportCell::Unreadable(
                "a formula without a stored value; open the workbook in a spreadsheet and save it, or write the value"
                    .to_owned(),
            ),
            (value, _) => value,
        };
        let (row, column) = cell.pos;
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if !rows.contains_key(&row) && rows.len() == most {
            break;
        }
        let here = rows.entry(row).or_default();
        room += column.saturating_add(1).saturating_sub(here.len());
        check_size(0, room)?;
        if here.len() <= column {
            here.resize(column + 1, ImportCell::Empty);
        }
        if let Some(place) = here.get_mut(column) {
            *place = given;
        }
        check_size(rows.len(), room)?;
    }
    Ok(rows)
}

fn given(value: &DataRef<'_>) -> ImportCell {
    match value {
        DataRef::Empty => ImportCell::Empty,
        DataRef::Int(number) => ImportCell::Number(Exact::from(*number)),
        DataRef::Float(number) => {
            exact(*number).map_or_else(|| ImportCell::text(&number.to_string()), ImportCell::Number)
        }
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => ImportCell::text(text),
        DataRef::SharedString(text) => ImportCell::text(text),
        DataRef::Bool(yes) => ImportCell::text(if *yes { "TRUE" } else { "FALSE" }),
        DataRef::Error(error) => ImportCell::text(&error.to_string()),
        DataRef::DateTime(when) => match when.as_datetime() {
            Some(day) if when.is_datetime() => ImportCell::Day(day.date()),
            _ => exact(when.as_f64()).map_or(ImportCell::Empty, ImportCell::Number),
        },
    }
}

/// A number with the 15 digits that a spreadsheet shows: what lies beyond them is how it computes, not what it states.
fn exact(number: f64) -> Option<Exact> {
    let digits = Decimal::from_scientific(&format!("{number:.14e}")).ok()?;
    Some(Exact::from(digits.normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_the_digits_that_a_spreadsheet_shows() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (85_000.0, "85000"),
            (-1234.5, "-1234.5"),
            (1_234_567.89, "1234567.89"),
            (1e15, "1000000000000000"),
            (0.0, "0"),
        ] {
            assert_eq!(exact(number).map(|n| n.to_string()).as_deref(), Some(text));
        }
        assert_eq!(exact(1e300), None);
        assert_eq!(exact(f64::NAN), None);
    }

    fn refusal(parts: &[(&str, &[u8])], most: u64) -> String {
        use std::io::Write;
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            archive.write_all(content).unwrap();
        }
        match unpacks(&archive.finish().unwrap().into_inner(), most) {
            Ok(()) => String::new(),
            Err(Refusal::TooLarge(what) | Refusal::Broken(what)) => what,
            Err(Refusal::Sheet { .. }) => "sheet".to_owned(),
        }
    }

    #[test]
    fn what_unpacks_to_more_than_is_read_is_refused() {
        let zeros = vec![0; 2 << 20];
        assert_eq!(refusal(&[("a", &zeros)], 1 << 20), "the workbook unpacks to more than 1 MB");
        assert_eq!(
            refusal(&[("a", &zeros[1 << 20..]), ("b", b"x")], 1 << 20),
            "the workbook unpacks to more than 1 MB"
        );
        assert_eq!(refusal(&[("a", &zeros)], 2 << 20), "");
        let claim = "the workbook says that it has more texts than are read";
        assert_eq!(refusal(&[("s", b"<sst count='1' uniqueCount = \"99999999999999999999\">")], 1 << 20), claim);
        assert_eq!(refusal(&[("s", b"<sst uniqueCount=\"12\">")], 1 << 20), "");
        let old = unpacks(b"\xd0\xcf\x11\xe0\xa1\xb1", 1);
        assert!(matches!(old, Err(Refusal::Broken(why)) if why.contains("save it as .xlsx")));
    }
}
