//! Positions as an Excel workbook: one sheet with real days and numbers, and text that is never a formula.

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatBorder, Workbook, XlsxError};

use crate::files::ExportCell;

/// No column is drawn wider than this many pixels; the cell still holds all of its text.
const WIDEST: u32 = 320;

/// The workbook's bytes; the same headings and rows give the same bytes.
pub(super) fn write(headings: &[String], rows: &[Vec<ExportCell>]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // No clock: what is exported again is the same file.
    let properties = DocProperties::new().set_title("Positions");
    workbook.set_properties(&properties.set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let sheet = workbook.add_worksheet().set_name("Positions")?;
    let head =
        Format::new().set_bold().set_background_color(Color::RGB(0x00E6_ECF2)).set_border_bottom(FormatBorder::Thin);
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (column, header) in (0_u16..).zip(headings) {
        sheet.write_string_with_format(0, column, header, &head)?;
    }
    let numbers: Vec<Format> = (0..=9_usize).map(|places| Format::new().set_num_format(decimals(places))).collect();
    for (row, cells) in (1_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                ExportCell::Empty => {}
                ExportCell::Text(text) => {
                    sheet.write_string(row, column, text)?;
                }
                ExportCell::Number(number, places) => {
                    let format = usize::try_from(*places).ok().and_then(|p| numbers.get(p));
                    let value = number.round(*places).to_f64();
                    match format {
                        Some(format) => sheet.write_number_with_format(row, column, value, format)?,
                        None => sheet.write_number(row, column, value)?,
                    };
                }
                ExportCell::Date(date) => {
                    sheet.write_datetime_with_format(row, column, date, &day)?;
                }
            }
        }
    }
    let last_row = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let last_column = u16::try_from(headings.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.set_freeze_panes(1, 0)?.autofilter(0, 0, last_row, last_column)?;
    sheet.set_repeat_rows(0, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_autofit_max_width(WIDEST).autofit();
    workbook.save_to_buffer()
}

fn decimals(places: usize) -> String {
    if places == 0 { "0".to_owned() } else { format!("#,##0.{}", "0".repeat(places)) }
}
