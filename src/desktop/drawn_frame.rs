//! A drawn frame, filled into pixels on the processor: pictures of charts, and those that tests compare, need no graphics
//! card and no screen.

use egui::epaint::{ClippedPrimitive, Primitive, Vertex};
use egui::{Color32, ColorImage, Context, FullOutput, Pos2, Rect, Vec2, pos2};

/// The triangles of a frame, and their texture.
#[derive(Debug, Clone)]
pub struct DrawnFrame {
    primitives: Vec<ClippedPrimitive>,
    atlas: ColorImage,
    /// Width and height, in points.
    size: Vec2,
    pixels_per_point: f32,
}

impl DrawnFrame {
    /// The frame that was drawn last in a context.
    #[must_use]
    pub fn of(ctx: &Context, output: &FullOutput) -> Self {
        let pixels_per_point = output.pixels_per_point;
        let primitives = ctx.tessellate(output.shapes.clone(), pixels_per_point);
        #[expect(
            clippy::redundant_closure_for_method_calls,
            reason = "the method alone is not general enough in its lifetime"
        )]
        let atlas = ctx.fonts(|fonts| fonts.image());
        Self { primitives, atlas, size: ctx.content_rect().size(), pixels_per_point }
    }

    /// The frame as an image over transparent ground.
    #[must_use]
    pub fn image(&self) -> ColorImage {
        let [width, height] = [self.size.x, self.size.y].map(|side| whole(side * self.pixels_per_point));
        let mut canvas = Canvas { width, pixels: vec![Color32::TRANSPARENT; width * height], atlas: &self.atlas };
        for ClippedPrimitive { clip_rect, primitive } in &self.primitives {
            let Primitive::Mesh(mesh) = primitive else { continue };
            let corner = |index: &u32| usize::try_from(*index).ok().and_then(|index| mesh.vertices.get(index)).copied();
            for corners in mesh.indices.as_chunks::<3>().0 {
                if let [Some(a), Some(b), Some(c)] = corners.each_ref().map(corner) {
                    let scaled = |vertex: Vertex| Vertex { pos: self.scaled(vertex.pos), ..vertex };
                    let clip = Rect::from_min_max(self.scaled(clip_rect.min), self.scaled(clip_rect.max));
                    canvas.fill([a, b, c].map(scaled), clip);
                }
            }
        }
        ColorImage::new([width, height], canvas.pixels)
    }

    fn scaled(&self, at: Pos2) -> Pos2 {
        (at.to_vec2() * self.pixels_per_point).to_pos2()
    }
}

/// The pixels that triangles are filled into.
struct Canvas<'a> {
    width: usize,
    pixels: Vec<Color32>,
    atlas: &'a ColorImage,
}

impl Canvas<'_> {
    /// Fills a triangle: every pixel whose middle lies within it, coloured between its corners.
    fn fill(&mut self, corners: [Vertex; 3], clip: Rect) {
        let [a, b, c] = corners.map(|v| v.pos);
        let area = cross(a, b, c);
        if area == 0.0 || self.width == 0 {
            return;
        }
        // Surfaces are of one colour: most of a frame is filled by the row.
        let [first, ..] = corners;
        let is_flat = corners.iter().all(|v| (v.color, v.uv) == (first.color, first.uv));
        let flat = is_flat.then(|| self.colour(&corners, [1.0, 0.0, 0.0]));
        let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
        for y in rows(bounds.min.y, bounds.max.y, self.pixels.len() / self.width) {
            let middle_of_row = middle(y);
            if middle_of_row < clip.min.y || middle_of_row >= clip.max.y {
                continue;
            }
            let Some((from, to)) = crossed([a, b, c], middle_of_row) else { continue };
            let columns = range_of_middles(from.max(clip.min.x), to.min(clip.max.x), self.width);
            for x in columns {
                let top = flat.unwrap_or_else(|| {
                    let at = pos2(middle(x), middle_of_row);
                    self.colour(&corners, [cross(b, c, at) / area, cross(c, a, at) / area, cross(a, b, at) / area])
                });
                if let Some(pixel) = self.pixels.get_mut(y * self.width + x) {
                    *pixel = over(top, *pixel);
                }
            }
        }
    }

    /// The colour at a point of a triangle, with its texture: where the font's glyphs and plain white are.
    fn colour(&self, corners: &[Vertex; 3], parts: [f32; 3]) -> [f32; 4] {
        let (mut colour, mut spot) = ([0.0; 4], Vec2::ZERO);
        for (corner, part) in corners.iter().zip(parts) {
            for (sum, channel) in colour.iter_mut().zip(corner.color.to_array()) {
                *sum += part * f32::from(channel) / 255.0;
            }
            spot += part * corner.uv.to_vec2();
        }
        for (channel, share) in colour.iter_mut().zip(self.texel(spot)) {
            *channel *= share;
        }
        colour
    }

    /// The texture around a point: the mean of the nearest four.
    fn texel(&self, spot: Vec2) -> [f32; 4] {
        let [width, height] = self.atlas.size;
        let ((x, right, fx), (y, below, fy)) = (place(spot.x, width), place(spot.y, height));
        let texel = |x: usize, y: usize| {
            let texel = self.atlas.pixels.get(y * width + x).copied().unwrap_or_default();
            texel.to_array().map(|channel| f32::from(channel) / 255.0)
        };
        // Text lies on whole pixels, and then needs one of the four.
        if fx.min(1.0 - fx) < 0.004 && fy.min(1.0 - fy) < 0.004 {
            return texel(if fx < 0.5 { x } else { right }, if fy < 0.5 { y } else { below });
        }
        let mut mean = [0.0; 4];
        for (x, y, part) in [
            (x, y, (1.0 - fx) * (1.0 - fy)),
            (right, y, fx * (1.0 - fy)),
            (x, below, (1.0 - fx) * fy),
            (right, below, fx * fy),
        ] {
            mean.iter_mut().zip(texel(x, y)).for_each(|(sum, channel)| *sum += part * channel);
        }
        mean
    }
}

fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size or place in pixels, not negative")]
const fn whole(length: f32) -> usize {
    length.max(0.0) as usize
}

#[expect(clippy::cast_precision_loss, reason = "no picture has sixteen million pixels on a side")]
const fn length(pixels: usize) -> f32 {
    pixels as f32
}

/// A pixel's middle.
const fn middle(pixel: usize) -> f32 {
    length(pixel) + 0.5
}

/// The rows between two edges.
fn rows(from: f32, to: f32, end: usize) -> std::ops::Range<usize> {
    whole(from.floor())..whole(to.ceil()).min(end)
}

/// The pixels of a row whose middles lie between two edges, the second of them left out.
fn range_of_middles(from: f32, to: f32, end: usize) -> std::ops::Range<usize> {
    let pixel = |edge: f32| whole((edge - 0.5).ceil()).min(end);
    let (from, to) = (pixel(from), pixel(to));
    from..to.max(from)
}

/// The two places at which a horizontal line crosses the edges of a triangle; `None` if it misses the triangle.
fn crossed(corners: [Pos2; 3], y: f32) -> Option<(f32, f32)> {
    let mut crossed: Option<(f32, f32)> = None;
    let next = corners.into_iter().cycle().skip(1);
    for (one, other) in corners.into_iter().zip(next) {
        if (one.y <= y) != (other.y <= y) {
            let x = one.x + (y - one.y) / (other.y - one.y) * (other.x - one.x);
            crossed = Some(crossed.map_or((x, x), |(from, to)| (from.min(x), to.max(x))));
        }
    }
    crossed
}

/// The two texels around a place of the texture, and how far the place is from the first to the second.
fn place(at: f32, size: usize) -> (usize, usize, f32) {
    let at = (at * length(size) - 0.5).clamp(0.0, (length(size) - 1.0).max(0.0));
    let first = whole(at);
    (first, (first + 1).min(size.saturating_sub(1)), at.fract())
}

/// A colour with its alpha multiplied in over another.
fn over(top: [f32; 4], under: Color32) -> Color32 {
    let [.., alpha] = top;
    let mut mixed = under;
    for (channel, (top, below)) in top.into_iter().zip(under.to_array()).enumerate() {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 255")]
        let shade = (top * 255.0 + f32::from(below) * (1.0 - alpha)).round().clamp(0.0, 255.0) as u8;
        mixed[channel] = shade;
    }
    mixed
}
