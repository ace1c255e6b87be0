//! The shapes that a frame has drawn, as shapes of a page: text stays text, and lines stay sharp at any size.

use egui::emath::Rot2;
use egui::epaint::{ClippedShape as Drawn, ColorMode, Mesh, PathStroke, TextShape};
use egui::{Color32, FontFamily, FullOutput, Pos2, Rect, Shape, Stroke, Vec2};

use super::fonts::SEMIBOLD;
use crate::files::{ClippedShape, PrintedInk, PrintedShape};

/// The corners by which a circle is drawn.
const CORNERS: u16 = 32;

/// The shapes of a frame, but for icons, which the face of the page lacks.
pub(super) fn shapes(output: &FullOutput) -> Vec<ClippedShape> {
    let mut shapes = Vec::new();
    for Drawn { clip_rect, shape, .. } in &output.shapes {
        let mut drawn = Vec::new();
        add(shape, &mut drawn);
        let clip = (!clip_rect.expand(1.0).contains_rect(shape.visual_bounding_rect())).then_some(*clip_rect);
        let clip = clip.map(|rect| [rect.min.x, rect.min.y, rect.width().max(0.0), rect.height().max(0.0)]);
        shapes.extend(drawn.into_iter().map(|shape| ClippedShape { shape, clip }));
    }
    shapes
}

fn add(shape: &Shape, to: &mut Vec<PrintedShape>) {
    match shape {
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, to)),
        Shape::Rect(rect) => outlined(&corners(rect.rect), true, rect.fill, rect.stroke, to),
        Shape::Circle(circle) => {
            outlined(&ring(circle.center, Vec2::splat(circle.radius)), true, circle.fill, circle.stroke, to);
        }
        Shape::Ellipse(ellipse) => {
            outlined(&ring(ellipse.center, ellipse.radius), true, ellipse.fill, ellipse.stroke, to);
        }
        Shape::LineSegment { points, stroke } => outlined(points, false, Color32::TRANSPARENT, *stroke, to),
        Shape::Path(path) => outlined(&path.points, path.closed, path.fill, plain(&path.stroke), to),
        Shape::QuadraticBezier(curve) => {
            outlined(&curve.flatten(None), curve.closed, curve.fill, plain(&curve.stroke), to);
        }
        Shape::CubicBezier(curve) => outlined(&curve.flatten(None), curve.closed, curve.fill, plain(&curve.stroke), to),
        Shape::Mesh(mesh) => triangles(mesh, to),
        Shape::Text(text) => lines(text, to),
        Shape::Noop | Shape::Band(_) | Shape::Callback(_) => {}
    }
}

/// A stroke of one colour.
const fn plain(stroke: &PathStroke) -> Stroke {
    match stroke.color {
        ColorMode::Solid(color) => Stroke { width: stroke.width, color },
        ColorMode::UV(_) => Stroke::NONE,
    }
}

fn outlined(points: &[Pos2], closed: bool, fill: Color32, stroke: Stroke, to: &mut Vec<PrintedShape>) {
    let mut points: Vec<[f32; 2]> = points.iter().map(|point| [point.x, point.y]).collect();
    if fill.a() > 0 {
        to.push(PrintedShape::Area { points: points.clone(), ink: ink(fill) });
    }
    if stroke.width > 0.0 && stroke.color.a() > 0 {
        points.extend(points.first().copied().filter(|_| closed));
        to.push(PrintedShape::Line { points, width: stroke.width, ink: ink(stroke.color) });
    }
}

/// The triangles of a mesh, each in the colour of its first corner.
fn triangles(mesh: &Mesh, to: &mut Vec<PrintedShape>) {
    let corner = |index: &u32| usize::try_from(*index).ok().and_then(|index| mesh.vertices.get(index));
    for corners in mesh.indices.as_chunks::<3>().0 {
        if let [Some(first), Some(second), Some(third)] = corners.each_ref().map(corner)
            && first.color.a() > 0
        {
            let points = [first, second, third].map(|corner| [corner.pos.x, corner.pos.y]).to_vec();
            to.push(PrintedShape::Area { points, ink: ink(first.color) });
        }
    }
}

/// The lines of a text.
fn lines(shape: &TextShape, to: &mut Vec<PrintedShape>) {
    let Some(section) = shape.galley.job.sections.first() else { return };
    let colour = shape.override_text_color.unwrap_or(section.format.color);
    let colour = if colour == Color32::PLACEHOLDER { shape.fallback_color } else { colour };
    if colour.a() == 0 {
        return;
    }
    let font = &section.format.font_id;
    for row in &shape.galley.rows {
        let glyphs = || row.glyphs.iter().filter(|glyph| !is_icon(glyph.chr));
        let Some(first) = glyphs().find(|glyph| !glyph.chr.is_whitespace()) else { continue };
        let at = shape.pos + Rot2::from_angle(shape.angle) * (row.pos.to_vec2() + first.pos.to_vec2());
        to.push(PrintedShape::Text {
            text: glyphs().map(|glyph| glyph.chr).collect::<String>().trim().to_owned(),
            at: [at.x, at.y],
            size: font.size,
            strong: font.family == FontFamily::Name(SEMIBOLD.into()),
            turn: shape.angle.to_degrees(),
            ink: ink(colour),
        });
    }
}

/// Whether a character is an icon of the window's own font.
const fn is_icon(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// A text without the icons of the window's own font.
pub(super) fn without_icons(text: &str) -> String {
    text.chars().filter(|c| !is_icon(*c)).collect::<String>().trim().to_owned()
}

fn ink(colour: Color32) -> PrintedInk {
    colour.to_srgba_unmultiplied()
}

fn corners(rect: Rect) -> [Pos2; 4] {
    [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()]
}

fn ring(centre: Pos2, radius: Vec2) -> Vec<Pos2> {
    let angle = |step: u16| f32::from(step) / f32::from(CORNERS) * std::f32::consts::TAU;
    (0..CORNERS).map(|step| centre + Vec2::angled(angle(step)) * radius).collect()
}
