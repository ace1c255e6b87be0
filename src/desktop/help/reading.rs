//! Draws a section of the guide.

use egui::accesskit::Role;
use egui::{Frame, Label, Response, Ui, UiBuilder, vec2};

use super::columns;
use super::page::{GuideBlock, GuideSection, Link, Span};
use super::search::{Spot, Words};
use super::text::TextPen;

/// Widest line of running text: longer ones are hard to follow.
const WIDEST: f32 = 720.0;
const TITLE: f32 = 22.0;
const HEADING: f32 = 16.0;

/// Draws a section, and gives the link that was followed. The place `wanted` is scrolled into sight.
pub(super) fn section(ui: &mut Ui, pen: TextPen<'_>, section: &GuideSection, wanted: Option<Spot>) -> Option<Link> {
    ui.spacing_mut().item_spacing.y = 8.0;
    heading(ui, pen, &[Span { text: section.title.clone(), ..Span::default() }], (TITLE, 1));
    let mut followed = None;
    for (index, block) in section.blocks.iter().enumerate() {
        let spot = wanted.filter(|(at, _)| *at == index);
        let top = ui.cursor().min;
        followed = self::block(ui, pen, block, spot.and_then(|(_, row)| row)).or(followed);
        if let Some((_, None)) = spot {
            let rect = egui::Rect::from_min_max(top, ui.min_rect().max).expand2(vec2(0.0, 40.0));
            ui.scroll_to_rect(rect, Some(egui::Align::Center));
        }
    }
    followed
}

fn blocks(ui: &mut Ui, pen: TextPen<'_>, blocks: &[GuideBlock]) -> Option<Link> {
    blocks.iter().fold(None, |followed, block| self::block(ui, pen, block, None).or(followed))
}

fn block(ui: &mut Ui, pen: TextPen<'_>, block: &GuideBlock, row: Option<usize>) -> Option<Link> {
    match block {
        GuideBlock::Heading(text) => {
            ui.add_space(8.0);
            heading(ui, pen, text, (HEADING, 2));
            None
        }
        GuideBlock::Paragraph(text) => paragraph(ui, pen, text),
        GuideBlock::List(numbered, items) => list(ui, pen, *numbered, items),
        GuideBlock::Table(heads, rows) => {
            columns::table(ui, pen, heads, rows, row);
            ui.add_space(4.0);
            None
        }
        GuideBlock::Code(text) => {
            let frame = Frame::new().fill(pen.palette.band_light).corner_radius(4.0).inner_margin(vec2(12.0, 8.0));
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.set_width(ui.available_width());
                columns::code(ui, pen, text);
            });
            None
        }
        GuideBlock::Quote(inner) => quote(ui, pen, inner),
    }
}

fn heading(ui: &mut Ui, pen: TextPen<'_>, text: &[Span], (size, level): (f32, usize)) {
    let response = ui.add(Label::new(pen.heading(text, size)).wrap());
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Heading);
        node.set_label(super::page::plain(text));
        node.clear_value();
        node.set_level(level);
    });
}

/// Running text. Where it has links, it is drawn piece by piece.
fn paragraph(ui: &mut Ui, pen: TextPen<'_>, text: &[Span]) -> Option<Link> {
    if text.iter().all(|span| span.link.is_none()) {
        // What is emphasised from end to end is a remark: that something is not in this version yet.
        let is_note = text.iter().all(|span| span.emphasis);
        ui.scope(|ui| {
            ui.set_max_width(ui.available_width().min(WIDEST));
            ui.add(Label::new(if is_note { pen.note(text) } else { pen.body(text) }).wrap())
        });
        return None;
    }
    let mut followed = None;
    ui.scope(|ui| {
        ui.set_max_width(ui.available_width().min(WIDEST));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            for pieces in text.chunk_by(|one, other| one.link.is_none() && other.link.is_none()) {
                match pieces {
                    [Span { link: Some(link), .. }] => {
                        if link_to(ui, pen, pieces, link).clicked() {
                            followed = Some(link.clone());
                        }
                    }
                    _ => drop(ui.add(Label::new(pen.body(pieces)).wrap())),
                }
            }
        });
    });
    followed
}

fn link_to(ui: &mut Ui, pen: TextPen<'_>, pieces: &[Span], link: &Link) -> Response {
    let text = super::page::plain(pieces);
    if let Link::Web(address) = link {
        // The program opens no address by itself: it is there to be read and copied.
        return ui.add(Label::new(pen.body(pieces)).wrap()).on_hover_text(address);
    }
    // In one piece: the parts of a link that is broken over two lines would be links without a name.
    let response = ui.add(Label::new(pen.body(pieces)).extend().sense(egui::Sense::click()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &text));
    if response.has_focus() {
        let ring = egui::Stroke::new(1.5, pen.palette.accent);
        ui.painter().rect_stroke(response.rect.expand(2.0), 3.0, ring, egui::StrokeKind::Outside);
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn list(ui: &mut Ui, pen: TextPen<'_>, numbered: bool, items: &[Vec<GuideBlock>]) -> Option<Link> {
    let mut followed = None;
    for (index, item) in items.iter().enumerate() {
        let mark = if numbered { format!("{}.", index + 1) } else { "•".to_owned() };
        let top = ui.cursor().min;
        let room = ui.available_width() - 24.0;
        let left = ui.cursor().min.x + 24.0;
        let rect = egui::Rect::from_min_size(egui::pos2(left, top.y), vec2(room.min(WIDEST - 24.0), 0.0));
        let unmarked = TextPen { palette: pen.palette, words: &Words::default() };
        let galley = super::text::laid_out(ui, unmarked.plain(&mark, false), f32::INFINITY);
        ui.painter().galley(egui::pos2(left - galley.size().x - 8.0, top.y), galley, pen.palette.text);
        let builder = UiBuilder::new().max_rect(rect).accessibility_role(Role::ListItem);
        followed = ui.scope_builder(builder, |ui| blocks(ui, pen, item)).inner.or(followed);
    }
    followed
}

/// An example: set off by a line at its left.
fn quote(ui: &mut Ui, pen: TextPen<'_>, inner: &[GuideBlock]) -> Option<Link> {
    let margin = egui::Margin { left: 16, right: 8, top: 2, bottom: 2 };
    let shown = Frame::new().inner_margin(margin).show(ui, |ui| blocks(ui, pen, inner));
    let rect = shown.response.rect;
    let bar = egui::Rect::from_min_max(rect.min, egui::pos2(rect.left() + 3.0, rect.bottom()));
    ui.painter().rect_filled(bar, 1.5, pen.palette.accent);
    shown.inner
}
