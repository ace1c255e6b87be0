//! Where the parts of a printed view stand: which columns and rows of a table are on which page, and how large a picture is.
//! A table that is too wide is set smaller, and from a readable size on its columns are continued on pages of their own.

use std::ops::Range;

use super::face::{Faces, Weight};
use super::look::{CELL, MARGIN, count_to_f32};
use super::printed_view::{PrintedCell, PrintedPart, PrintedPicture, PrintedRow, PrintedTable, PrintedView};

/// The height of a row against the size of its text.
const LEADING: f32 = 1.0 / 0.69;
/// The smallest size of text in a table.
const SMALLEST: f32 = 5.6;
/// The upper bound of a column of texts, and of the names of rows.
const WIDEST: f32 = 190.0;
/// The room around the text of a cell.
const AROUND: f32 = 8.0;
/// The top of the content on the first page.
const FIRST_TOP: f32 = 84.0;
/// The top of the content on later pages.
const TOP: f32 = 52.0;
/// The height that is kept for the footer.
const BELOW: f32 = 42.0;
/// Between two parts.
const GAP: f32 = 14.0;
/// How far a row is moved in for each step of its depth.
pub(super) const STEP: f32 = 7.0;

/// A part of a view on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedPart {
    /// The part's place in the list.
    pub(super) part: usize,
    /// Its upper edge.
    pub(super) top: f32,
    pub(super) extent: Extent,
}

/// How much of a part is on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Extent {
    /// Rows and columns of a table, the width of the names and of each of these columns, and the height of a row.
    Table { rows: Range<usize>, columns: Range<usize>, widths: Vec<f32>, height: f32 },
    /// A whole picture, in its width and height.
    Picture { width: f32, height: f32 },
}

/// The pages of a view, each with its parts; a view without parts has one empty page.
pub(super) fn layout(view: &PrintedView, faces: &Faces, size: (f32, f32)) -> Vec<Vec<PlacedPart>> {
    let room = (size.0 - MARGIN * 2.0, size.1 - BELOW);
    let mut pages = Pages { turned: vec![Vec::new()], y: FIRST_TOP, bottom: room.1 };
    for (index, part) in view.parts.iter().enumerate() {
        match part {
            PrintedPart::Table(table) => pages.table(index, table, faces, room.0),
            PrintedPart::Picture(picture) => pages.picture(index, picture, room.0),
        }
    }
    pages.turned
}

struct Pages {
    turned: Vec<Vec<PlacedPart>>,
    /// Where the next part can begin on the last page.
    y: f32,
    bottom: f32,
}

impl Pages {
    fn turn(&mut self) {
        self.turned.push(Vec::new());
        self.y = TOP;
    }

    /// Whether the last page has nothing on it yet.
    fn is_fresh(&self) -> bool {
        self.turned.last().is_none_or(Vec::is_empty)
    }

    fn place(&mut self, part: usize, extent: Extent, height: f32) {
        let placed = PlacedPart { part, top: self.y, extent };
        if let Some(page) = self.turned.last_mut() {
            page.push(placed);
        }
        self.y += height + GAP;
    }

    fn picture(&mut self, part: usize, picture: &PrintedPicture, room: f32) {
        let [wide, high] = picture.size.map(|side| side.max(1.0));
        let fits = |width: f32, height: f32| (width / wide).min(height / high).min(1.0);
        // A picture that would be much smaller on what is left of the page has one of its own.
        if !self.is_fresh() && fits(room, self.bottom - self.y) < fits(room, self.bottom - TOP) * 0.6 {
            self.turn();
        }
        let scale = fits(room, self.bottom - self.y).max(0.01);
        self.place(part, Extent::Picture { width: wide * scale, height: high * scale }, high * scale);
    }

    fn table(&mut self, part: usize, table: &PrintedTable, faces: &Faces, room: f32) {
        let widths = widths(table, faces);
        let total: f32 = widths.iter().sum();
        let size = (CELL * room / total.max(1.0)).clamp(SMALLEST, CELL);
        let scale = size / CELL;
        let widths: Vec<f32> = widths.iter().map(|width| width * scale).collect();
        let height = size * LEADING;
        let heads = heads(table);
        for columns in columns_by_page(&widths, room) {
            let shown = |index: usize| index == 0 || columns.contains(&(index - 1));
            let here = widths.iter().enumerate().filter(|(index, _)| shown(*index)).map(|(_, width)| *width);
            let here: Vec<f32> = here.collect();
            let mut from = 0;
            while from < table.rows.len() || from == 0 {
                let free = rows_that_fit(self.bottom - self.y, height, heads);
                let left = table.rows.len() - from;
                if !self.is_fresh() && free < left.clamp(1, 4) {
                    self.turn();
                    continue;
                }
                let count = free.max(1).min(left);
                let used = height * count_to_f32(count + heads);
                let rows = from..from + count;
                self.place(part, Extent::Table { rows, columns: columns.clone(), widths: here.clone(), height }, used);
                from += count.max(1);
            }
        }
    }
}

/// The size of a table's text, against the usual one, by the height of its rows.
pub(super) fn scale_of(height: f32) -> f32 {
    height / LEADING / CELL
}

/// The number of rows of headings.
pub(super) fn heads(table: &PrintedTable) -> usize {
    if table.columns.iter().any(|column| !column.group.is_empty()) { 2 } else { 1 }
}

/// The number of rows that a height takes below the headings.
fn rows_that_fit(room: f32, height: f32, heads: usize) -> usize {
    (1..=u16::MAX.into()).take_while(|rows| height * count_to_f32(rows + heads) <= room).count()
}

/// The natural width of the names and of each column, at the usual size.
fn widths(table: &PrintedTable, faces: &Faces) -> Vec<f32> {
    let measured = |weight: Weight, text: &str| faces.line(weight, text).width * CELL + AROUND;
    let name = |row: &PrintedRow| {
        let weight = if row.strong { Weight::Strong } else { Weight::Regular };
        measured(weight, &row.title) + f32::from(row.depth) * STEP
    };
    let names = table.rows.iter().map(name).fold(measured(Weight::Strong, &table.corner), f32::max);
    let columns = table.columns.iter().enumerate().map(|(index, column)| {
        let cells = table.rows.iter().filter_map(|row| row.cells.get(index).map(|cell| (row.strong, cell)));
        let width = |(strong, cell): (bool, &PrintedCell)| {
            let width = measured(if strong { Weight::Strong } else { Weight::Regular }, &cell.text);
            if cell.words { width.min(WIDEST) } else { width }
        };
        cells.map(width).fold(measured(Weight::Regular, &column.title).min(WIDEST), f32::max)
    });
    std::iter::once(names.min(WIDEST)).chain(columns).collect()
}

/// The columns of each page, after the names of rows.
fn columns_by_page(widths: &[f32], room: f32) -> Vec<Range<usize>> {
    let names = widths.first().copied().unwrap_or_default();
    let (mut pages, mut from, mut used) = (Vec::new(), 0, names);
    for (index, width) in widths.iter().skip(1).enumerate() {
        // A hundredth of a point is what sums of widths are off.
        if index > from && used + width > room + 0.01 {
            pages.push(from..index);
            (from, used) = (index, names);
        }
        used += width;
    }
    pages.push(from..widths.len().saturating_sub(1));
    pages
}

#[cfg(test)]
mod tests {
    use super::super::printed_view::PrintedColumn;
    use super::*;

    const PAGE: (f32, f32) = (841.89, 595.276);

    fn table(rows: usize, columns: usize) -> PrintedPart {
        let row = |row: usize| PrintedRow {
            title: format!("Row {row}"),
            cells: vec![PrintedCell { text: "123,456.78".to_owned(), ..PrintedCell::default() }; columns],
            ..PrintedRow::default()
        };
        let column = PrintedColumn { title: "Q1".to_owned(), ..PrintedColumn::default() };
        PrintedPart::Table(PrintedTable {
            corner: "Region".to_owned(),
            columns: vec![column; columns],
            rows: (0..rows).map(row).collect(),
        })
    }

    fn pages(parts: Vec<PrintedPart>) -> Vec<Vec<PlacedPart>> {
        layout(&PrintedView { parts, ..PrintedView::default() }, &Faces::read().unwrap(), PAGE)
    }

    /// Every cell of a table is on exactly one page, and no page is wider or higher than the paper.
    #[test]
    fn every_cell_is_on_one_page_within_the_paper() {
        for (rows, columns) in [(0, 3), (1, 1), (45, 10), (46, 11), (300, 20), (7, 60), (130, 45)] {
            let mut seen = vec![0; rows * columns];
            for placed in pages(vec![table(rows, columns)]).concat() {
                let Extent::Table { rows, columns: here, widths, height } = placed.extent else { panic!("a table") };
                assert!(widths.iter().sum::<f32>() <= PAGE.0 - MARGIN * 2.0 + 0.1, "{rows:?} {here:?}");
                let bottom = placed.top + height * count_to_f32(rows.len() + 1);
                assert!(bottom <= PAGE.1 - BELOW + 0.1, "{bottom}");
                assert!(height >= SMALLEST * LEADING - 0.01 && widths.len() == here.len() + 1);
                for row in rows {
                    here.clone().for_each(|column| seen[row * columns + column] += 1);
                }
            }
            assert!(seen.iter().all(|count| *count == 1), "{rows} by {columns}");
        }
    }

    #[test]
    fn a_table_that_is_too_wide_is_set_smaller_before_its_columns_are_continued() {
        let of = |columns: usize| {
            let all = pages(vec![table(3, columns)]).concat();
            let Extent::Table { height, .. } = all[0].extent else { panic!("a table") };
            (all.len(), height < CELL * LEADING - 0.01)
        };
        assert_eq!((of(5), of(17)), ((1, false), (1, true)));
        assert!(of(40).0 > 1);
    }

    #[test]
    fn a_picture_keeps_its_shape_and_stands_below_a_table_that_leaves_it_room() {
        let picture = || PrintedPart::Picture(PrintedPicture { size: [960.0, 560.0], ..PrintedPicture::default() });
        for (rows, expected) in [(3, 1), (38, 2)] {
            let pages = pages(vec![table(rows, 4), picture()]);
            assert_eq!(pages.len(), expected, "{rows}");
            let Extent::Picture { width, height } = pages[expected - 1].last().unwrap().extent else {
                panic!("a picture")
            };
            assert!((width / height - 960.0 / 560.0).abs() < 0.001 && width <= PAGE.0 - MARGIN * 2.0);
            assert!(pages[expected - 1].last().unwrap().top + height <= PAGE.1 - BELOW + 0.1);
        }
    }
}
