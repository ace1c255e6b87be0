//! A table on a page: widths, heading rows, rows, and the tags that say which cell heads what.

use std::num::NonZeroU32;

use krilla::tagging::{ArtifactType, Node, TableHeaderScope, Tag, TagGroup, TagKind};

use super::face::Weight;
use super::look::{CELL, PageColour, RULE, SOFT, TEXT};
use super::pen::{Pen, Style, TextAlign};

/// Between the edge of a column and its text.
const GAP: f32 = 3.0;

/// A cell. The first of a row heads it and is text on the left; the others are figures on the right.
#[derive(Debug, Clone)]
pub(super) struct BriefCell {
    pub(super) text: String,
    /// The ground and the ink on it.
    pub(super) shade: Option<(PageColour, PageColour)>,
    pub(super) strong: bool,
    /// How many columns it spans.
    pub(super) span: usize,
    /// Whether it is a text rather than a figure.
    pub(super) words: bool,
    /// Whether it is on the left of its column.
    pub(super) left: bool,
}

impl BriefCell {
    /// A figure.
    pub(super) const fn figure(text: String) -> Self {
        Self { text, shade: None, strong: false, span: 1, words: false, left: false }
    }

    /// A text.
    pub(super) fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), shade: None, strong: false, span: 1, words: true, left: false }
    }

    /// A heading over several columns.
    pub(super) fn over(text: impl Into<String>, span: usize) -> Self {
        Self { span, ..Self::words(text) }
    }
}

/// A row.
#[derive(Debug, Clone)]
pub(super) struct BriefRow {
    pub(super) cells: Vec<BriefCell>,
    /// Whether it is a sum, or a group that the rows below are part of.
    pub(super) strong: bool,
    /// How far its first cell is moved in.
    pub(super) inset: f32,
    /// Whether a rule stands above it.
    pub(super) ruled: bool,
}

impl BriefRow {
    /// A row of a name and its figures.
    pub(super) fn of(name: impl Into<String>, figures: impl IntoIterator<Item = String>) -> Self {
        let first = BriefCell::words(name);
        let cells = std::iter::once(first).chain(figures.into_iter().map(BriefCell::figure)).collect();
        Self { cells, strong: false, inset: 0.0, ruled: false }
    }

    pub(super) fn strong(self) -> Self {
        Self { strong: true, ..self }
    }

    pub(super) fn ruled(self) -> Self {
        Self { ruled: true, ..self }
    }

    pub(super) fn inset(self) -> Self {
        Self { inset: 7.0, ..self }
    }
}

/// A table.
#[derive(Debug, Clone, Default)]
pub(super) struct BriefTable {
    /// A description for a screen reader.
    pub(super) summary: String,
    /// The width of each column, in points.
    pub(super) widths: Vec<f32>,
    pub(super) head: Vec<BriefRow>,
    pub(super) rows: Vec<BriefRow>,
    /// The height of a row; of the usual one where it is 0.
    pub(super) height: f32,
}

/// The usual height of a row.
pub(super) const ROW: f32 = 10.9;

impl BriefTable {
    /// A table whose first column is so wide, and whose others share the rest.
    pub(super) fn spread(summary: &str, first: f32, width: f32, others: usize) -> Self {
        let each = (width - first) / super::look::count_to_f32(others.max(1));
        let widths = std::iter::once(first).chain(std::iter::repeat_n(each, others)).collect();
        Self { summary: summary.to_owned(), widths, ..Self::default() }
    }

    fn row_height(&self) -> f32 {
        if self.height > 0.0 { self.height } else { ROW }
    }

    /// Where each column begins, against the table's left; the last entry is its right.
    pub(super) fn edges(&self) -> Vec<f32> {
        let mut edges = vec![0.0];
        for width in &self.widths {
            edges.push(edges.last().copied().unwrap_or(0.0) + width);
        }
        edges
    }

    /// Draws the table with its top at `top`; gives its bottom.
    pub(super) fn draw(&self, pen: &mut Pen<'_, '_>, left: f32, top: f32) -> f32 {
        let (edges, height) = (self.edges(), self.row_height());
        let right = left + edges.last().copied().unwrap_or(0.0);
        let mut y = top;
        let mut head = Vec::new();
        for row in &self.head {
            head.push(self.row(pen, row, true, left, y, &edges));
            y += height;
        }
        if !self.head.is_empty() {
            pen.rule((left, y), (right, y), 0.7, SOFT);
        }
        let mut body = Vec::new();
        for row in &self.rows {
            if row.ruled && !body.is_empty() {
                pen.rule((left, y), (right, y), 0.5, RULE);
            }
            body.push(self.row(pen, row, false, left, y, &edges));
            y += height;
        }
        let mut parts = Vec::new();
        for (tag, rows) in [(TagKind::from(Tag::THead), head), (TagKind::from(Tag::TBody), body)] {
            if !rows.is_empty() {
                parts.push(TagGroup::with_children(tag, rows).into());
            }
        }
        pen.push(Tag::Table.with_summary(Some(self.summary.clone())), parts);
        y
    }

    fn row(&self, pen: &mut Pen<'_, '_>, row: &BriefRow, head: bool, left: f32, y: f32, edges: &[f32]) -> Node {
        let height = self.row_height();
        let size = CELL.min(height * 0.69).max(height * 0.55);
        let base = y + height * 0.5 + size * 0.36;
        let mut column = 0;
        let mut cells = Vec::new();
        for (index, cell) in row.cells.iter().enumerate() {
            let edge = |c: usize| left + edges.get(c).or(edges.last()).copied().unwrap_or(0.0);
            let (from, to) = (edge(column), edge(column + cell.span));
            if let Some((ground, _)) = cell.shade {
                pen.artifact(ArtifactType::Layout, |pen| {
                    pen.ground(from + 0.5, y + 0.5, to - from - 1.0, height - 1.0, ground);
                });
            }
            let ink = cell.shade.map_or(if head { SOFT } else { TEXT }, |(_, ink)| ink);
            let weight = if row.strong || cell.strong { Weight::Strong } else { Weight::Regular };
            let style = Style { size: if head { size - 0.4 } else { size }, weight, ink };
            let inset = if index == 0 { row.inset } else { GAP };
            let room = to - from - inset - GAP;
            if cell.span > 1 {
                pen.hair(from + GAP, to - GAP, y + height);
            }
            let id = if cell.span > 1 {
                let line = pen.faces.fitted(weight, &cell.text, room / style.size);
                pen.line(f32::midpoint(from, to), base, TextAlign::Middle, &line, style)
            } else if cell.words && (index == 0 || cell.left) {
                pen.fitted((from + inset, base), room, &cell.text, style)
            } else if cell.words {
                let line = pen.faces.fitted(weight, &cell.text, room / style.size);
                pen.line(to - GAP, base, TextAlign::Right, &line, style)
            } else {
                pen.figure(to - GAP, base, TextAlign::Right, room, &cell.text, style)
            };
            cells.push(TagGroup::with_children(tag(head, index, cell.span), id.map(Node::from).into_iter().collect()));
            column += cell.span;
        }
        TagGroup::with_children(Tag::TR, cells.into_iter().map(Node::from).collect()).into()
    }
}

/// The accessibility tag of a cell.
fn tag(head: bool, index: usize, span: usize) -> TagKind {
    let span = u32::try_from(span).ok().and_then(NonZeroU32::new).filter(|span| span.get() > 1);
    match (head, index) {
        (true, _) => Tag::TH(TableHeaderScope::Column).with_col_span(span).into(),
        (false, 0) => Tag::TH(TableHeaderScope::Row).with_col_span(span).into(),
        (false, _) => Tag::TD.with_col_span(span).into(),
    }
}
