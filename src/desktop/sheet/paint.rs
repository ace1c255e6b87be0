//! The strokes of a sheet: texts cut to their cell, edges, marks. Knows no selection and no model.

use egui::{Align2, Color32, FontId, Pos2, Rect, Stroke, Ui, pos2, vec2};

use super::model::{Column, Order};
use crate::desktop::fonts;
use crate::desktop::icons::Icon;
use crate::desktop::tokens::{PAD, ROW};

/// Size of a cell's text.
pub(super) const TEXT: f32 = 13.0;
/// Size of a heading's text.
pub(super) const HEADING: f32 = 12.0;
/// Space between a text and the edge of its cell.
pub(super) const INSET: f32 = PAD - 1.0;

/// Indent of a row's title for each step of depth.
const INDENT: f32 = 12.0;
/// Width of the mark of a row that folds.
const FOLD: f32 = 16.0;

/// The space before a row's title, with the mark of one that folds.
pub(super) fn before_head(depth: u8, folds: bool) -> f32 {
    INDENT * f32::from(depth) + if folds { FOLD } else { 0.0 }
}

fn font(size: f32, strong: bool) -> FontId {
    if strong { fonts::semibold(size) } else { FontId::proportional(size) }
}

/// The width of a text in one line.
pub(super) fn width(ui: &Ui, text: &str, size: f32, strong: bool) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font(size, strong), Color32::WHITE).size().x
}

/// How a text is written.
#[derive(Clone, Copy)]
pub(super) struct Ink {
    pub(super) size: f32,
    pub(super) colour: Color32,
    pub(super) strong: bool,
    pub(super) right: bool,
}

/// Writes a text into a cell in one line; gives whether it had to be cut. A cut text ends in …, so that no figure is
/// taken for a smaller one; a figure that almost fits is written a little smaller instead.
pub(super) fn write(ui: &Ui, rect: Rect, text: &str, ink: Ink) -> bool {
    if text.is_empty() {
        return false;
    }
    let inner = rect.shrink2(vec2(INSET, 0.0));
    let align = if ink.right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
    let painter = ui.painter();
    let mut galley = painter.layout_no_wrap(text.to_owned(), font(ink.size, ink.strong), ink.colour);
    let room = inner.width() + 1.0;
    let mut cut = false;
    if galley.size().x > room {
        let smaller = ink.size * room / galley.size().x;
        if ink.right && smaller >= ink.size * 0.8 {
            galley = painter.layout_no_wrap(text.to_owned(), font(smaller, ink.strong), ink.colour);
        } else {
            let mut job =
                egui::text::LayoutJob::simple_singleline(text.to_owned(), font(ink.size, ink.strong), ink.colour);
            job.wrap = egui::text::TextWrapping::truncate_at_width(room);
            galley = ui.fonts_mut(|f| f.layout_job(job));
            cut = true;
        }
    }
    let at = align.anchor_size(align.pos_in_rect(&inner), galley.size()).min;
    painter.galley(at, galley, ink.colour);
    cut
}

/// Height of the headings: of two lines, where one is too wide for its column.
pub(super) fn heading_height(ui: &Ui, columns: &[Column]) -> f32 {
    let wide = |column: &Column| width(ui, &column.title, HEADING, false) > column.width - 2.0 * INSET + 1.0;
    if columns.iter().any(|column| column.title.contains(' ') && wide(column)) { ROW + HEADING + 3.0 } else { ROW }
}

/// Writes a heading at the foot of its cell: in two lines where one is too wide. Returns whether it had to be cut.
pub(super) fn write_heading(ui: &Ui, rect: Rect, text: &str, ink: Ink) -> bool {
    let inner = rect.shrink2(vec2(INSET, 0.0));
    let fits = width(ui, text, ink.size, ink.strong) <= inner.width() + 1.0;
    if fits || !text.contains(' ') || rect.height() <= ROW {
        return write(ui, rect.with_min_y(rect.max.y - ROW), text, ink);
    }
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), font(ink.size, ink.strong), ink.colour, 0.0);
    job.wrap = egui::text::TextWrapping { max_width: inner.width() + 1.0, max_rows: 2, ..Default::default() };
    job.halign = if ink.right { egui::Align::RIGHT } else { egui::Align::LEFT };
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let x = if ink.right { inner.max.x } else { inner.min.x };
    let cut = galley.elided;
    ui.painter().galley(pos2(x, inner.max.y - galley.size().y - 3.0), galley, ink.colour);
    cut
}

/// Lines along the edges of a cell, inside it: top, bottom, left, right.
pub(super) fn edges(ui: &Ui, rect: Rect, [top, bottom, left, right]: [bool; 4], width: f32, colour: Color32) {
    let painter = ui.painter();
    let line = |min: Pos2, max: Pos2| painter.rect_filled(Rect::from_min_max(min, max), 0.0, colour);
    if top {
        line(rect.min, pos2(rect.max.x, rect.min.y + width));
    }
    if bottom {
        line(pos2(rect.min.x, rect.max.y - width), rect.max);
    }
    if left {
        line(rect.min, pos2(rect.min.x + width, rect.max.y));
    }
    if right {
        line(pos2(rect.max.x - width, rect.min.y), rect.max);
    }
}

/// As [`edges`], dashed.
pub(super) fn dashes(ui: &Ui, rect: Rect, [top, bottom, left, right]: [bool; 4], colour: Color32) {
    let r = rect.shrink(0.75);
    let stroke = Stroke::new(1.5, colour);
    for (drawn, from, to) in [
        (top, r.left_top(), r.right_top()),
        (bottom, r.left_bottom(), r.right_bottom()),
        (left, r.left_top(), r.left_bottom()),
        (right, r.right_top(), r.right_bottom()),
    ] {
        if drawn {
            ui.painter().extend(egui::Shape::dashed_line(&[from, to], stroke, 4.0, 3.0));
        }
    }
}

/// The mark of a row that folds: to the right when folded, else down.
pub(super) fn fold(ui: &Ui, centre: Pos2, folded: bool, colour: Color32) {
    let r = 3.5;
    let points = if folded {
        vec![centre + vec2(-r * 0.6, -r), centre + vec2(r, 0.0), centre + vec2(-r * 0.6, r)]
    } else {
        vec![centre + vec2(-r, -r * 0.6), centre + vec2(r, -r * 0.6), centre + vec2(0.0, r)]
    };
    ui.painter().add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}

/// Behind a cell that takes nothing: thin lines across it.
pub(super) fn hatch(ui: &Ui, rect: Rect, colour: Color32) {
    let inner = rect.shrink2(vec2(1.0, 2.0));
    let painter = ui.painter().with_clip_rect(inner.intersect(ui.clip_rect()));
    let (height, stroke) = (inner.height(), Stroke::new(1.0, colour));
    let mut x = inner.min.x - height;
    while x < inner.max.x {
        painter.line_segment([pos2(x, inner.max.y), pos2(x + height, inner.min.y)], stroke);
        x += 6.0;
    }
}

/// The mark of a cell that the scenario changes: a small corner.
pub(super) fn corner(ui: &Ui, rect: Rect, colour: Color32) {
    let at = rect.left_top() + vec2(1.0, 1.0);
    let points = vec![at, at + vec2(7.0, 0.0), at + vec2(0.0, 7.0)];
    ui.painter().add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}

/// The mark of a cell with a note, in its upper right corner.
pub(super) fn right_corner(ui: &Ui, rect: Rect, colour: Color32) {
    let at = rect.right_top() + vec2(-1.0, 1.0);
    let points = vec![at, at + vec2(0.0, 7.0), at - vec2(7.0, 0.0)];
    ui.painter().add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}

/// The mark of a cell whose value changes over time, in its lower left corner.
pub(super) fn lower_corner(ui: &Ui, rect: Rect, colour: Color32) {
    let at = rect.left_bottom() + vec2(1.0, -1.0);
    let points = vec![at, at - vec2(0.0, 7.0), at + vec2(7.0, 0.0)];
    ui.painter().add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
}

/// Whether rows are sorted by a heading.
pub(super) fn is_sorted(order: Option<Order>) -> bool {
    order.is_some_and(|order| order != Order::Unsorted)
}

/// A heading with the sign of how rows are sorted by it.
pub(super) fn sorted(title: &str, order: Option<Order>) -> String {
    match order {
        Some(Order::Rising) => format!("{title} {}", Icon::ArrowUp),
        Some(Order::Falling) => format!("{title} {}", Icon::ArrowDown),
        Some(Order::Unsorted) | None => title.to_owned(),
    }
}

/// Describes a heading that sorts for screen readers.
pub(super) fn describe_order(node: &mut egui::accesskit::Node, order: Option<Order>) {
    use egui::accesskit::{Action, SortDirection};
    let Some(order) = order else { return };
    node.add_action(Action::Click);
    match order {
        Order::Unsorted => {}
        Order::Rising => node.set_sort_direction(SortDirection::Ascending),
        Order::Falling => node.set_sort_direction(SortDirection::Descending),
    }
}

/// Height of all headings over these columns.
pub(in crate::desktop) fn heads(ui: &Ui, columns: &[Column]) -> f32 {
    let groups = if columns.iter().any(|c| !c.group.is_empty()) { ROW } else { 0.0 };
    groups + heading_height(ui, columns)
}
