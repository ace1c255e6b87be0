//! Files that a view offers: a table as CSV, or a part of the window as a picture. Writing them is for `files`.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use egui::{ColorImage, Context, Rect};

/// A file's proposed name, and its bytes.
pub(super) type Named = (String, Arc<[u8]>);

/// A picture of the window that has been asked for, and what is to become of it.
pub(super) struct Picture {
    name: String,
    area: Rect,
    scale: f32,
    image: Receiver<Arc<ColorImage>>,
}

impl Picture {
    /// Asks for a picture of a part of the window, in points.
    pub(super) fn ask(ctx: &Context, name: String, area: Rect) -> Self {
        let (send, image) = channel();
        let again = ctx.clone();
        ctx.request_screenshot(move |picture| {
            // Nobody listens any more where the window was closed meanwhile.
            let _ = send.send(picture);
            again.request_repaint();
        });
        Self { name, area, scale: ctx.pixels_per_point(), image }
    }

    /// The picture as a PNG file once it is there: its name and bytes, or why there is none.
    pub(super) fn ready(&self) -> Option<Result<Named, String>> {
        let image = self.image.try_recv().ok()?;
        let [width, height] = image.size.map(|side| points(side) / self.scale);
        let whole = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
        let area = self.area.intersect(whole);
        if !area.is_positive() {
            return Some(Err("what was to be pictured is not in sight".to_owned()));
        }
        let part = image.region(&area, Some(self.scale));
        Some(png(&part).map(|bytes| (self.name.clone(), bytes.into())))
    }
}

#[expect(clippy::cast_precision_loss, reason = "no picture has sixteen million pixels on a side")]
const fn points(pixels: usize) -> f32 {
    pixels as f32
}

/// An image as PNG.
fn png(image: &ColorImage) -> Result<Vec<u8>, String> {
    let [width, height] = image.size.map(|side| u32::try_from(side).unwrap_or(u32::MAX));
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let failed = |e: png::EncodingError| format!("the picture cannot be made: {e}");
    let mut writer = encoder.write_header().map_err(failed)?;
    let pixels: Vec<u8> = image.pixels.iter().flat_map(egui::Color32::to_srgba_unmultiplied).collect();
    writer.write_image_data(&pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_png_of_its_size_and_colours() {
        let image = ColorImage::new([3, 2], vec![egui::Color32::LIGHT_BLUE; 6]);
        let bytes = png(&image).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (3, 2));
        assert_eq!(pixels[..4], egui::Color32::LIGHT_BLUE.to_array());
    }
}
