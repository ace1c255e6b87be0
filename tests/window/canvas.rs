//! Pictures of the window without a graphics card, and comparing them with stored pictures, letter by letter.

use std::fs;
use std::path::{Path, PathBuf};

use egui::{Color32, Context, FullOutput};
use muster::desktop::DrawnFrame;

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
    let image = DrawnFrame::of(ctx, output).image();
    let few: [u8; 256] = std::array::from_fn(|shade| few(u8::try_from(shade).unwrap()));
    let shades = |pixel: &Color32| {
        let [r, g, b, _] = pixel.to_array();
        [few[usize::from(r)], few[usize::from(g)], few[usize::from(b)]]
    };
    Picture { width: image.width(), pixels: image.pixels.iter().map(shades).collect() }
}

/// The nearest of few shades.
fn few(shade: u8) -> u8 {
    let step = 255.0 / f32::from(SHADES - 1);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 255")]
    let nearest = ((f32::from(shade) / step).round() * step) as u8;
    nearest
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
