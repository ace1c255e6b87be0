//! Drawing a picture of a printed view: its shapes as lines, areas and text of the page, sharp at any size.

use krilla::geom::{Path, PathBuilder, Rect, Transform};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule, Stroke};

use super::face::Weight;
use super::look::PageColour;
use super::pen::{Pen, Style, TextAlign};
use super::printed_view::{ClippedShape, PrintedInk, PrintedPicture, PrintedShape};

impl Pen<'_, '_> {
    /// Draws a picture into a place: its left, top, width and height.
    pub(super) fn picture(&mut self, picture: &PrintedPicture, place: (f32, f32, f32, f32)) {
        let (left, top, width, _) = place;
        let scale = width / picture.size[0].max(1.0);
        self.drawing(&picture.words, place, |pen| {
            pen.surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, left, top));
            for ClippedShape { shape, clip } in &picture.shapes {
                let clip = clip.and_then(|[left, top, width, height]| rectangle(left, top, width, height));
                if let Some(clip) = &clip {
                    pen.surface.push_clip_path(clip, &FillRule::default());
                }
                pen.shape(shape);
                if clip.is_some() {
                    pen.surface.pop();
                }
            }
            pen.surface.pop();
        });
    }

    fn shape(&mut self, shape: &PrintedShape) {
        match shape {
            PrintedShape::Area { points, ink } => self.paint(path(points, true), Some(fill(*ink)), None),
            PrintedShape::Line { points, width, ink } => {
                let Fill { paint, opacity, .. } = fill(*ink);
                let stroke = Stroke { paint, opacity, width: *width, ..Stroke::default() };
                self.paint(path(points, false), None, Some(stroke));
            }
            PrintedShape::Text { text, at: [x, y], size, strong, turn, ink } => {
                let [red, green, blue] = on_paper(*ink);
                let weight = if *strong { Weight::Strong } else { Weight::Regular };
                let style = Style { size: *size, weight, ink: PageColour::rgb(red, green, blue) };
                self.surface.push_transform(&Transform::from_rotate_at(*turn, *x, *y));
                self.text(*x, *y, TextAlign::Left, text, style);
                self.surface.pop();
            }
        }
    }

    fn paint(&mut self, path: Option<Path>, fill: Option<Fill>, stroke: Option<Stroke>) {
        let Some(path) = path else { return };
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
    }
}

/// The colour that ink has on white paper.
fn on_paper([red, green, blue, alpha]: PrintedInk) -> [u8; 3] {
    [red, green, blue].map(|part| {
        let mixed = (u16::from(part) * u16::from(alpha) + 255 * (255 - u16::from(alpha))) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    })
}

fn fill([red, green, blue, alpha]: PrintedInk) -> Fill {
    let opacity = NormalizedF32::new(f32::from(alpha) / 255.0).unwrap_or(NormalizedF32::ONE);
    Fill { paint: PageColour::rgb(red, green, blue).colour().into(), opacity, ..Fill::default() }
}

fn rectangle(left: f32, top: f32, width: f32, height: f32) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(Rect::from_xywh(left, top, width, height)?);
    path.finish()
}

/// The path through points; `None` for fewer than two.
fn path(points: &[[f32; 2]], is_closed: bool) -> Option<Path> {
    let [[x, y], rest @ ..] = points else { return None };
    if rest.is_empty() {
        return None;
    }
    let mut path = PathBuilder::new();
    path.move_to(*x, *y);
    for [x, y] in rest {
        path.line_to(*x, *y);
    }
    if is_closed {
        path.close();
    }
    path.finish()
}
