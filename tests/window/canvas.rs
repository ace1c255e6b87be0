//! Pictures of the window without a graphics card: triangles filled on the processor, and comparing pictures of a
//! layout while letting a pixel of text be another.

use std::fs;
use std::path::{Path, PathBuf};

use egui::epaint::{ClippedPrimitive, Primitive, Vertex};
use egui::{Color32, ColorImage, Context, FullOutput, Pos2, Rect, pos2};

/// Width of a stored picture.
const WIDTH: usize = 320;
/// Each pixel of a picture is the mean of so many, across and down.
const FINE: usize = 2;
/// Pictures are compared by the mean colours of squares of so many pixels.
const SQUARE: usize = 8;
/// How far the mean of a square may be off, of 255: a word of text is within it, a moved edge is not.
const SQUARE_OFF: u32 = 14;
/// How far the mean of all squares may be off, in hundredths: another colour of a surface is beyond it.
const ALL_OFF: u32 = 100;
/// Shades of a colour in a stored picture: few, to keep its file small.
const SHADES: u8 = 16;

/// A picture, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picture {
    width: usize,
    pixels: Vec<[u8; 3]>,
}

/// The frame drawn last, 320 pixels wide.
pub(crate) fn picture(ctx: &Context, output: &FullOutput) -> Picture {
    let size = ctx.content_rect().size();
    #[expect(clippy::cast_precision_loss, reason = "the width of a picture")]
    let scale = (WIDTH * FINE) as f32 / size.x;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the height of a picture")]
    let height = (size.y * scale) as usize / FINE;
    #[expect(
        clippy::redundant_closure_for_method_calls,
        reason = "the method alone is not general enough in its lifetime"
    )]
    let atlas = ctx.fonts(|fonts| fonts.image());
    let mut canvas = Canvas { width: WIDTH * FINE, pixels: vec![Color32::BLACK; WIDTH * FINE * height * FINE], scale };
    for primitive in ctx.tessellate(output.shapes.clone(), scale) {
        canvas.draw(&primitive, &atlas);
    }
    canvas.reduced(height)
}

/// What triangles are filled into.
struct Canvas {
    width: usize,
    pixels: Vec<Color32>,
    /// Pixels in a point.
    scale: f32,
}

impl Canvas {
    fn draw(&mut self, primitive: &ClippedPrimitive, atlas: &ColorImage) {
        let Primitive::Mesh(mesh) = &primitive.primitive else { return };
        let clip = primitive.clip_rect * self.scale;
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |index: usize| mesh.vertices[corners[index] as usize];
            self.fill([corner(0), corner(1), corner(2)], clip, atlas);
        }
    }

    /// Fills a triangle: every pixel whose middle lies within it, coloured between its corners.
    fn fill(&mut self, corners: [Vertex; 3], clip: Rect, atlas: &ColorImage) {
        let [a, b, c] = corners.map(|v| v.pos * self.scale);
        let area = cross(a, b, c);
        if area == 0.0 {
            return;
        }
        let bounds = Rect::from_points(&[a, b, c]).intersect(clip);
        for y in range(bounds.min.y, bounds.max.y, self.pixels.len() / self.width) {
            for x in range(bounds.min.x, bounds.max.x, self.width) {
                #[expect(clippy::cast_precision_loss, reason = "a pixel's middle")]
                let at = pos2(x as f32 + 0.5, y as f32 + 0.5);
                let parts = [cross(b, c, at) / area, cross(c, a, at) / area, cross(a, b, at) / area];
                if clip.contains(at) && parts.iter().all(|part| *part >= 0.0) {
                    let colour = colour(&corners, parts, atlas);
                    let pixel = &mut self.pixels[y * self.width + x];
                    *pixel = over(colour, *pixel);
                }
            }
        }
    }

    fn reduced(&self, height: usize) -> Picture {
        let mean = |x: usize, y: usize| {
            let cells = (0..FINE * FINE).map(|i| (y * FINE + i / FINE) * self.width + x * FINE + i % FINE);
            let sum = cells.map(|i| self.pixels[i].to_array()).fold([0_usize; 3], |mut sum, [r, g, b, _]| {
                [r, g, b].into_iter().zip(&mut sum).for_each(|(c, s)| *s += usize::from(c));
                sum
            });
            sum.map(|s| few(u8::try_from(s / (FINE * FINE)).unwrap()))
        };
        let pixels = (0..WIDTH * height).map(|i| mean(i % WIDTH, i / WIDTH)).collect();
        Picture { width: WIDTH, pixels }
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

/// The pixels between two edges.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut to the picture before")]
fn range(from: f32, to: f32, end: usize) -> std::ops::Range<usize> {
    from.floor().max(0.0) as usize..(to.ceil().max(0.0) as usize).min(end)
}

/// The colour at a point of a triangle, with its texture: where the font's glyphs and plain white are.
fn colour(corners: &[Vertex; 3], parts: [f32; 3], atlas: &ColorImage) -> [f32; 4] {
    let (mut colour, mut u, mut v) = ([0.0; 4], 0.0, 0.0);
    for (corner, part) in corners.iter().zip(parts) {
        let own = corner.color.to_array();
        colour.iter_mut().zip(own).for_each(|(c, own)| *c += part * f32::from(own) / 255.0);
        u += part * corner.uv.x;
        v += part * corner.uv.y;
    }
    let texel = texel(atlas, u, v);
    colour.iter_mut().zip(texel).for_each(|(c, texel)| *c *= texel);
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
fn a_word_is_let_pass_a_moved_edge_and_another_colour_are_not() {
    let plain = |colour: u8| Picture { width: WIDTH, pixels: vec![[colour; 3]; WIDTH * 200] };
    let painted = |x: usize, width: usize, height: usize| {
        let mut picture = plain(30);
        for index in (0..width * height).map(|i| (100 + i / width) * WIDTH + x + i % width) {
            picture.pixels[index] = [200; 3];
        }
        picture
    };
    assert_eq!(painted(100, 3, 1).difference(&plain(30)), None);
    assert!(painted(100, 60, 40).difference(&painted(102, 60, 40)).is_some());
    assert!(plain(30).difference(&plain(36)).is_some());
    assert_eq!(plain(30).difference(&plain(30)), None);
}
