//! Pictures of the window without a graphics card: triangles filled on the processor, and comparing them with stored
//! pictures, letter by letter.

use std::fs;
use std::path::{Path, PathBuf};

use egui::epaint::{ClippedPrimitive, Primitive, Vertex};
use egui::{Color32, ColorImage, Context, FullOutput, Pos2, Rect, pos2};

/// Pictures are compared by the mean colours of squares of so many pixels.
const SQUARE: usize = 8;
/// How far the mean of a square may be off, of 255: how another processor softens an edge is within it, a letter that is
/// missing or another is not.
const SQUARE_OFF: u32 = 8;
/// How far the mean of all squares may be off, in hundredths: another colour of a surface is beyond it.
const ALL_OFF: u32 = 50;
/// Shades of a colour in a stored picture: few, to keep its file small.
const SHADES: u8 = 32;

/// A picture, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

/// The frame drawn last, a pixel to a point.
pub(crate) fn picture(ctx: &Context, output: &FullOutput) -> Picture {
    let size = ctx.content_rect().size();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the size of a window")]
    let (width, height) = (size.x as usize, size.y as usize);
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is not general enough in its lifetime"
    )]
    let atlas = ctx.fonts(|fonts| fonts.image());
    let mut canvas = Canvas { width, pixels: vec![Color32::BLACK; width * height] };
    for primitive in ctx.tessellate(output.shapes.clone(), 1.0) {
        canvas.draw(&primitive, &atlas);
    }
    canvas.picture()
}

/// What triangles are filled into.
struct Canvas {
    width: usize,
    pixels: Vec<Color32>,
}

impl Canvas {
    fn draw(&mut self, primitive: &ClippedPrimitive, atlas: &ColorImage) {
        let Primitive::Mesh(mesh) = &primitive.primitive else { return };
        let clip = primitive.clip_rect;
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |index: usize| mesh.vertices[corners[index] as usize];
            self.fill([corner(0), corner(1), corner(2)], clip, atlas);
        }
    }

    /// Fills a triangle: every pixel whose middle lies within it, coloured between its corners.
    fn fill(&mut self, corners: [Vertex; 3], clip: Rect, atlas: &ColorImage) {
        let [a, b, c] = corners.map(|v| v.pos);
        let area = cross(a, b, c);
        if area == 0.0 {
            return;
        }
        // Surfaces are of one colour: most of a window is filled by the row.
        let [first, ..] = corners;
        let is_flat = corners.iter().all(|v| (v.color, v.uv) == (first.color, first.uv));
        let flat = is_flat.then(|| colour(&corners, [1.0, 0.0, 0.0], atlas));
        let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
        for y in range(bounds.min.y, bounds.max.y, self.pixels.len() / self.width) {
            let middle = middle(y);
            if middle < clip.min.y || middle >= clip.max.y {
                continue;
            }
            let Some((from, to)) = row(&[a, b, c], middle) else { continue };
            let row = y * self.width;
            let xs = range_of_middles(from.max(clip.min.x), to.min(clip.max.x), self.width);
            match flat {
                Some(top) if top[3] >= 1.0 => {
                    self.pixels[row + xs.start..row + xs.end].fill(over(top, Color32::BLACK));
                }
                Some(top) => {
                    for pixel in &mut self.pixels[row + xs.start..row + xs.end] {
                        *pixel = over(top, *pixel);
                    }
                }
                None => {
                    for x in xs {
                        let at = pos2(self::middle(x), middle);
                        let parts = [cross(b, c, at) / area, cross(c, a, at) / area, cross(a, b, at) / area];
                        let pixel = &mut self.pixels[row + x];
                        *pixel = over(colour(&corners, parts, atlas), *pixel);
                    }
                }
            }
        }
    }

    fn picture(&self) -> Picture {
        let few: [u8; 256] = std::array::from_fn(|shade| few(u8::try_from(shade).unwrap()));
        let shades = |pixel: &Color32| {
            let [r, g, b, _] = pixel.to_array();
            [few[usize::from(r)], few[usize::from(g)], few[usize::from(b)]]
        };
        Picture { width: self.width, pixels: self.pixels.iter().map(shades).collect() }
    }
}

/// The nearest of few shades.
fn few(shade: u8) -> u8 {
    let step = 255.0 / f32::from(SHADES - 1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 255")]
    let nearest = ((f32::from(shade) / step).round() * step) as u8;
    nearest
}

fn cross(a: Pos2, b: Pos2, c: Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// The rows between two edges.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the picture before")]
fn range(from: f32, to: f32, end: usize) -> std::ops::Range<usize> {
    from.floor().max(0.0) as usize..(to.ceil().max(0.0) as usize).min(end)
}

/// The pixels of a row whose middles lie between two edges, the second of them left out.
fn range_of_middles(from: f32, to: f32, end: usize) -> std::ops::Range<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the picture")]
    let pixel = |edge: f32| ((edge - 0.5).ceil().max(0.0) as usize).min(end);
    let (from, to) = (pixel(from), pixel(to));
    from..to.max(from)
}

#[expect(clippy::cast_precision_loss, reason = "a pixel's middle")]
fn middle(pixel: usize) -> f32 {
    pixel as f32 + 0.5
}

/// Where a line across at a height enters a triangle and leaves it.
fn row(corners: &[Pos2; 3], y: f32) -> Option<(f32, f32)> {
    let mut crossed: Option<(f32, f32)> = None;
    for i in 0..3 {
        let (one, other) = (corners[i], corners[(i + 1) % 3]);
        if (one.y <= y) != (other.y <= y) {
            let x = one.x + (y - one.y) / (other.y - one.y) * (other.x - one.x);
            crossed = Some(crossed.map_or((x, x), |(from, to)| (from.min(x), to.max(x))));
        }
    }
    crossed
}

/// The colour at a point of a triangle, with its texture: where the font's glyphs and plain white are.
fn colour(corners: &[Vertex; 3], parts: [f32; 3], atlas: &ColorImage) -> [f32; 4] {
    let (mut colour, mut spot) = ([0.0; 4], egui::Vec2::ZERO);
    for (corner, part) in corners.iter().zip(parts) {
        for (sum, channel) in colour.iter_mut().zip(corner.color.to_array()) {
            *sum += part * f32::from(channel) / 255.0;
        }
        spot += part * corner.uv.to_vec2();
    }
    for (channel, share) in colour.iter_mut().zip(texel(atlas, spot.x, spot.y)) {
        *channel *= share;
    }
    colour
}

/// The texture around a point: the mean of the nearest four.
fn texel(atlas: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = atlas.size;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "cut to the texture"
    )]
    let place = |at: f32, size: usize| {
        let at = (at * size as f32 - 0.5).clamp(0.0, size as f32 - 1.0);
        (at as usize, (at as usize + 1).min(size - 1), at.fract())
    };
    let ((x, right, fx), (y, below, fy)) = (place(u, width), place(v, height));
    // Text lies on whole pixels, and then needs one of the four.
    if fx.min(1.0 - fx) < 0.004 && fy.min(1.0 - fy) < 0.004 {
        let (x, y) = (if fx < 0.5 { x } else { right }, if fy < 0.5 { y } else { below });
        return atlas.pixels[y * width + x].to_array().map(|t| f32::from(t) / 255.0);
    }
    let mut mean = [0.0; 4];
    for (x, y, part) in [
        (x, y, (1.0 - fx) * (1.0 - fy)),
        (right, y, fx * (1.0 - fy)),
        (x, below, (1.0 - fx) * fy),
        (right, below, fx * fy),
    ] {
        let texel = atlas.pixels[y * width + x].to_array();
        mean.iter_mut().zip(texel).for_each(|(m, t)| *m += part * f32::from(t) / 255.0);
    }
    mean
}

/// A colour with its alpha multiplied in over another.
fn over([r, g, b, a]: [f32; 4], under: Color32) -> Color32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 255")]
    let mix = |top: f32, under: u8| (top * 255.0 + f32::from(under) * (1.0 - a)).round().clamp(0.0, 255.0) as u8;
    Color32::from_rgb(mix(r, under.r()), mix(g, under.g()), mix(b, under.b()))
}

impl Picture {
    /// The mean colour of every square.
    fn squares(&self) -> Vec<[u32; 3]> {
        let (across, height) = (self.width.div_ceil(SQUARE), self.pixels.len() / self.width);
        let mut sums = vec![([0_u32; 3], 0_u32); across * height.div_ceil(SQUARE)];
        for (index, pixel) in self.pixels.iter().enumerate() {
            let (sum, count) = &mut sums[index / self.width / SQUARE * across + index % self.width / SQUARE];
            sum.iter_mut().zip(pixel).for_each(|(s, c)| *s += u32::from(*c));
            *count += 1;
        }
        sums.into_iter().map(|(sum, count)| sum.map(|s| s / count)).collect()
    }

    /// Where this picture is another than that one, in words.
    fn difference(&self, other: &Self) -> Option<String> {
        if (self.width, self.pixels.len()) != (other.width, other.pixels.len()) {
            return Some("the pictures have different sizes".to_owned());
        }
        let (own, others) = (self.squares(), other.squares());
        let off = |one: &[u32; 3], two: &[u32; 3]| (0..3).map(|i| one[i].abs_diff(two[i])).max().unwrap_or(0);
        let offs: Vec<u32> = own.iter().zip(&others).map(|(one, two)| off(one, two)).collect();
        let across = self.width.div_ceil(SQUARE);
        let place = |index: usize| (index % across * SQUARE, index / across * SQUARE);
        let moved: Vec<_> =
            offs.iter().enumerate().filter(|(_, off)| **off > SQUARE_OFF).map(|(i, _)| place(i)).collect();
        let mean = offs.iter().sum::<u32>() * 100 / u32::try_from(offs.len()).unwrap().max(1);
        match moved.first() {
            Some((x, y)) => Some(format!("{} squares differ, the first at {x}, {y}", moved.len())),
            None if mean > ALL_OFF => Some(format!("the colours differ by {mean} hundredths of 255 on average")),
            None => None,
        }
    }

    fn read(path: &Path) -> Option<Self> {
        let decoder = png::Decoder::new(std::io::BufReader::new(fs::File::open(path).ok()?));
        let mut reader = decoder.read_info().unwrap();
        let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut bytes).unwrap();
        let pixels = bytes[..info.buffer_size()].chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect();
        Some(Self { width: usize::try_from(info.width).unwrap(), pixels })
    }

    fn write(&self, path: &Path) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let height = self.pixels.len() / self.width;
        let file = fs::File::create(path).unwrap();
        let mut encoder = png::Encoder::new(file, u32::try_from(self.width).unwrap(), u32::try_from(height).unwrap());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_compression(png::Compression::High);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(self.pixels.as_flattened()).unwrap();
    }

    /// Compares with the stored picture of that name; with `UPDATE_PICTURES=1` stores this one.
    ///
    /// # Errors
    /// Where it is another: what differs, and where the new picture is.
    pub(crate) fn compare(&self, name: &str) -> Result<(), String> {
        let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(format!("{name}.png"));
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            if Self::read(&stored).is_none_or(|old| self.difference(&old).is_some()) {
                self.write(&stored);
            }
            return Ok(());
        }
        let why = match Self::read(&stored) {
            Some(old) => self.difference(&old),
            None => Some("there is no picture of it yet".to_owned()),
        };
        why.map_or(Ok(()), |why| {
            let new = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pictures").join(format!("{name}.png"));
            self.write(&new);
            Err(format!("{name}: {why}; see {} beside {}", new.display(), stored.display()))
        })
    }
}

#[test]
fn a_missing_letter_a_moved_edge_and_another_colour_are_differences() {
    const WIDTH: usize = 320;
    let plain = |colour: u8| Picture { width: WIDTH, pixels: vec![[colour; 3]; WIDTH * 200] };
    let painted = |x: usize, width: usize, height: usize| {
        let mut picture = plain(30);
        for index in (0..width * height).map(|i| (100 + i / width) * WIDTH + x + i % width) {
            picture.pixels[index] = [200; 3];
        }
        picture
    };
    // A dot of three pixels may come or go; the stem of a letter, and an edge that moves by a pixel, may not.
    assert_eq!(painted(100, 3, 1).difference(&plain(30)), None);
    assert!(painted(100, 1, 8).difference(&plain(30)).is_some());
    assert!(painted(100, 60, 40).difference(&painted(101, 60, 40)).is_some());
    assert!(plain(30).difference(&plain(36)).is_some());
    assert_eq!(plain(30).difference(&plain(30)), None);
}
