//! A chart as a picture of its own: light whatever the theme, at two pixels a point, with title, unit, legend and a line
//! that says where it comes from; nothing of the window is in it.

use egui::{
    Align, Context, FullOutput, Label, Layout, Pos2, RawInput, Rect, RichText, ThemePreference, Ui, UiBuilder, Vec2,
    ViewportId, vec2,
};

use super::chart::Chart;
use super::chart_frame::legend;
use crate::desktop::drawn_frame::DrawnFrame;
use crate::desktop::drawn_shapes::shapes;
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::Numbers;
use crate::desktop::style::Style;
use crate::desktop::tokens::{self, Palette};
use crate::files::PrintedPicture;

/// Width and least height, in points.
const SIZE: Vec2 = vec2(960.0, 560.0);
/// The greatest height, and that of a row of a chart whose labels run down.
const HIGHEST: f32 = 2_000.0;
const ROW: f32 = 26.0;
/// Between the edge and what is drawn.
const MARGIN: f32 = 28.0;
const PIXELS_PER_POINT: f32 = 2.0;
/// Frames until charts have found their place.
const FRAMES: usize = 3;

/// A chart as pixels; `source` says of which plan it is.
pub(in crate::desktop) fn chart_picture(chart: &dyn Chart, numbers: Numbers, source: &str) -> DrawnFrame {
    let (ctx, output) = drawn(chart, numbers, source);
    DrawnFrame::of(&ctx, &output)
}

/// A chart as shapes for a page.
pub(in crate::desktop) fn printed_chart(chart: &dyn Chart, numbers: Numbers, source: &str) -> PrintedPicture {
    let (ctx, output) = drawn(chart, numbers, source);
    let words = format!("{}, {}. {}", chart.title(), chart.detail(), chart.axis());
    PrintedPicture { words, size: ctx.content_rect().size().into(), shapes: shapes(&output) }
}

/// Draws a chart in a window of its own that nobody sees.
fn drawn(chart: &dyn Chart, numbers: Numbers, source: &str) -> (Context, FullOutput) {
    let ctx = Context::default();
    tokens::install(&ctx);
    ctx.set_theme(ThemePreference::Light);
    let mut height = SIZE.y;
    if chart.goes_down() == Some(true) {
        let rows = u16::try_from(chart.table().labels.len()).unwrap_or(u16::MAX);
        height = (f32::from(rows) * ROW + 150.0).clamp(height, HIGHEST);
    }
    let area = Rect::from_min_size(Pos2::ZERO, vec2(SIZE.x, height));
    let mut output = FullOutput::default();
    for _ in 0..FRAMES {
        let mut input = RawInput { screen_rect: Some(area), ..RawInput::default() };
        input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(PIXELS_PER_POINT);
        output = ctx.run_ui(input, |ui| draw(ui, area, chart, numbers, source));
        // No graphics card takes the textures: the frame reads the atlas of the fonts.
        output.textures_delta.clear();
    }
    (ctx, output)
}

fn draw(ui: &mut Ui, area: Rect, chart: &dyn Chart, numbers: Numbers, source: &str) {
    let style = Style { palette: Palette::of(ui.ctx()), numbers };
    ui.painter().rect_filled(area, 0.0, style.palette.surface);
    let inner = area.shrink(MARGIN);
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.add(Label::new(RichText::new(chart.title()).font(semibold(20.0))).truncate());
        let faint = |text: String| Label::new(RichText::new(text).color(style.palette.faint)).truncate();
        if !chart.detail().is_empty() {
            ui.add(faint(chart.detail().to_owned()));
        }
        ui.horizontal_wrapped(|ui| {
            let axis = chart.axis();
            if !axis.is_empty() {
                ui.add(faint(axis));
                ui.add_space(10.0);
            }
            legend(ui, style, chart);
        });
        ui.add_space(6.0);
        ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
            ui.add(faint(source.to_owned()));
            ui.add_space(8.0);
            let rest = ui.available_rect_before_wrap();
            ui.scope_builder(UiBuilder::new().max_rect(rest).layout(Layout::top_down(Align::Min)), |ui| {
                chart.draw(ui, style, "picture", None);
            });
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desktop::charts::{Columns, Ink, Mark, Quantity, Series};
    use crate::units::Exact;

    fn chart() -> Columns {
        let values = |amounts: [u32; 2]| amounts.into_iter().map(|a| Some(Exact::from(a))).collect();
        Columns {
            title: "Capacity against target".to_owned(),
            detail: "All regions".to_owned(),
            measures: "Capacity".to_owned(),
            quantity: Quantity::Money("USD".to_owned()),
            along: "Fiscal quarter".to_owned(),
            labels: vec!["FY11 Q1".to_owned(), "FY11 Q2".to_owned()],
            series: vec![
                Series::new("Capacity", Mark::Bar, Ink::Main, values([82_000_000, 112_000_000])),
                Series::new("Target", Mark::Level, Ink::Target, values([97_000_000, 124_000_000])),
            ],
            selected: None,
            signs_in_next_chart: false,
            seam: None,
        }
    }

    /// The number of pixels between two heights (in points) that are not the ground.
    fn drawn(image: &egui::ColorImage, from: usize, to: usize) -> usize {
        let row = image.width() * 2;
        let ground = image.pixels.first().copied().unwrap_or_default();
        image.pixels[from * row..to * row].iter().filter(|pixel| **pixel != ground).count()
    }

    #[test]
    fn a_picture_is_white_twice_as_fine_and_has_title_chart_and_source() {
        let picture = |source| chart_picture(&chart(), Numbers::default(), source).image();
        let image = picture("Cloud sales expansion FY11 · Base plan · 30 June 2010 · Muster");
        assert_eq!(image.size, [1920, 1120]);
        assert!(image.pixels.iter().all(|pixel| pixel.a() == 255));
        let corners = [0, image.width() - 1, image.pixels.len() - 1].map(|at| image.pixels[at].to_array());
        assert_eq!(corners, [[255; 4]; 3]);
        // The title, the axis with the legend, the chart, and the source above the lower edge.
        for (from, to) in [(28, 54), (54, 110), (150, 480), (510, 534)] {
            assert!(drawn(&image, from, to) > 200, "{from} to {to}: {}", drawn(&image, from, to));
        }
        assert_eq!(drawn(&image, 0, 20) + drawn(&image, 540, 560), 0);
        let accent = Palette::of(&light()).accent;
        assert!(image.pixels.iter().filter(|pixel| **pixel == accent).count() > 10_000, "the columns are there");
        // Another source is another picture, but for its line the same.
        let other = picture("Another plan · Muster");
        assert_eq!(drawn(&image, 0, 500), drawn(&other, 0, 500));
        assert_ne!(drawn(&image, 500, 560), drawn(&other, 500, 560));
    }

    fn light() -> Context {
        let ctx = Context::default();
        ctx.set_theme(ThemePreference::Light);
        ctx
    }
}
