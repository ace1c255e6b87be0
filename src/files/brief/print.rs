//! Printing a view: its tables and pictures on landscape pages, each with the plan's name and its number.

use krilla::tagging::ArtifactType;

use super::error::BriefError;
use super::face::Faces;
use super::look::{ACCENT, BODY, MARGIN, PageColour, Paper, RULE, SOFT, TEXT, TITLE};
use super::pages::draw_pages;
use super::pen::{Pen, Style, TextAlign};
use super::printed_layout::{Extent, PlacedPart, STEP, heads, layout, scale_of};
use super::printed_view::{PrintedCell, PrintedColumn, PrintedPart, PrintedRow, PrintedTable, PrintedView};
use super::table::{BriefCell, BriefRow, BriefTable};
use crate::analysis::Progress;
use crate::units::counted;

/// Prints a view as a PDF.
///
/// # Errors
/// When the caller asked to stop, or the document cannot be made.
pub fn print_view(view: &PrintedView, paper: Paper, progress: &Progress) -> Result<Vec<u8>, BriefError> {
    let faces = Faces::read()?;
    let (height, width) = paper.size();
    let pages = layout(view, &faces, (width, height));
    let count = pages.len();
    progress.expect(count);
    let title = format!("{}: {}", view.plan, view.title);
    draw_pages(&faces, &title, ((width, height), count), progress, |pen, index| {
        let page = PrintedPage { view, size: (width, height), number: index + 1, count };
        page.draw(pen, pages.get(index).map_or(&[], Vec::as_slice));
    })
}

/// A page of a printed view.
struct PrintedPage<'a> {
    view: &'a PrintedView,
    size: (f32, f32),
    number: usize,
    count: usize,
}

impl PrintedPage<'_> {
    fn draw(&self, pen: &mut Pen<'_, '_>, parts: &[PlacedPart]) {
        let width = self.size.0 - MARGIN * 2.0;
        if self.number == 1 {
            let style = Style::new(TITLE).strong().ink(ACCENT);
            let id = pen.fitted((MARGIN, 56.0), width, &self.view.title, style);
            pen.head(1, &self.view.title, 56.0 - TITLE, id);
            let about = [std::slice::from_ref(&self.view.plan), &self.view.about].concat().join(" · ");
            pen.paragraph((MARGIN, 70.0), width, 1, &about, Style::new(BODY).ink(SOFT));
        } else {
            let name = format!("{} · {}, continued", self.view.plan, self.view.title);
            pen.artifact(ArtifactType::Header, |pen| {
                pen.fitted((MARGIN, 33.0), width, &name, Style::note());
                pen.rule((MARGIN, 39.0), (self.size.0 - MARGIN, 39.0), 0.5, RULE);
            });
        }
        for placed in parts {
            match (self.view.parts.get(placed.part), &placed.extent) {
                (Some(PrintedPart::Table(table)), Extent::Table { rows, columns, widths, height }) => {
                    let all = (table.rows.get(rows.clone()), table.columns.get(columns.clone()));
                    let (Some(rows), Some(shown)) = all else { continue };
                    let cells = |cells: &[PrintedCell]| cells.get(columns.clone()).unwrap_or_default().to_vec();
                    let part = PrintedTable {
                        corner: table.corner.clone(),
                        columns: shown.to_vec(),
                        rows: rows.iter().map(|row| PrintedRow { cells: cells(&row.cells), ..row.clone() }).collect(),
                    };
                    // All pages of a table have the same headings.
                    let grouped = heads(table) > 1;
                    page_table(&part, grouped, widths, *height).draw(pen, MARGIN, placed.top);
                }
                (Some(PrintedPart::Picture(picture)), Extent::Picture { width, height }) => {
                    pen.picture(picture, (MARGIN, placed.top, *width, *height));
                }
                _ => {}
            }
        }
        self.footer(pen);
    }

    fn footer(&self, pen: &mut Pen<'_, '_>) {
        let boxes =
            if pen.faces.took_boxes() { " · □: letters that the font lacks; they are in the text" } else { "" };
        let made = format!("Made by Muster {}{boxes}", env!("CARGO_PKG_VERSION"));
        let (right, y, style) = (self.size.0 - MARGIN, self.size.1 - 26.0, Style::note());
        pen.artifact(ArtifactType::Footer, |pen| {
            pen.rule((MARGIN, y - 10.0), (right, y - 10.0), 0.5, RULE);
            pen.fitted((MARGIN, y), right - MARGIN - 60.0, &made, style);
            pen.text(right, y, TextAlign::Right, &format!("Page {} of {}", self.number, self.count), style);
        });
    }
}

/// The part of a table that is on a page.
fn page_table(table: &PrintedTable, grouped: bool, widths: &[f32], height: f32) -> BriefTable {
    let row = |cells: Vec<BriefCell>| BriefRow { cells, strong: false, inset: 0.0, ruled: false };
    let title = |column: &PrintedColumn| BriefCell { left: column.words, ..BriefCell::words(&column.title) };
    let titles = std::iter::once(BriefCell::words(&table.corner)).chain(table.columns.iter().map(title));
    let titles = row(titles.collect());
    let head = if grouped { vec![row(groups(&table.columns)).strong(), titles] } else { vec![titles] };
    let cell = |cell: &PrintedCell| BriefCell {
        shade: cell.ground.map(|[red, green, blue]| (PageColour::rgb(red, green, blue), TEXT)),
        words: cell.words,
        left: cell.words,
        ..BriefCell::figure(cell.text.clone())
    };
    let rows = table.rows.iter().map(|printed| BriefRow {
        cells: std::iter::once(BriefCell::words(&printed.title)).chain(printed.cells.iter().map(cell)).collect(),
        strong: printed.strong,
        // As the widths are: in proportion to the size of the text.
        inset: f32::from(printed.depth) * STEP * scale_of(height),
        ruled: true,
    });
    let summary = format!("{} by {}", table.corner, counted(table.columns.len(), "column", "columns"));
    BriefTable { summary, widths: widths.to_vec(), head, rows: rows.collect(), height }
}

/// The headings over groups of columns.
fn groups(columns: &[PrintedColumn]) -> Vec<BriefCell> {
    let groups = columns.chunk_by(|one, other| !one.group.is_empty() && one.group == other.group);
    let heading = |group: &[PrintedColumn]| match group {
        [first, ..] if !first.group.is_empty() => BriefCell::over(&first.group, group.len()),
        _ => BriefCell::words(" "),
    };
    std::iter::once(BriefCell::words(" ")).chain(groups.map(heading)).collect()
}
