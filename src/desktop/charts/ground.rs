//! The ground of a chart: its axes, grid and scale as `egui_plot` lays them out, fixed in place: nothing drags or
//! zooms.

use egui::{FontId, Rect, Response, Sense, Stroke, Ui, pos2};
use egui_plot::{AxisHints, GridMark, Plot, PlotTransform, PlotUi};

use super::hit::Hit;
use super::scale::Scale;
use crate::desktop::tokens::Palette;

/// Size of the text on axes.
pub(in crate::desktop) const SMALL: f32 = 12.0;
/// Room around a label on the axis of values.
const MARGIN: f32 = 10.0;

/// The axes of a chart: labels along one, values along the other.
pub(super) struct Ground<'a> {
    pub(super) name: &'a str,
    pub(super) labels: &'a [String],
    /// What the labels are: `Fiscal quarter`.
    pub(super) title: &'a str,
    pub(super) scale: &'a Scale,
    /// Whether the labels stand along the left side, the first on top, rather than below.
    pub(super) across: bool,
    pub(super) size: egui::Vec2,
}

/// Where a chart's marks are on the screen.
pub(super) struct Grounded {
    pub(super) response: Response,
    transform: PlotTransform,
    across: bool,
    count: usize,
}

/// The number of a label as its place on the axis.
pub(super) fn place(index: usize) -> f64 {
    f64::from(u32::try_from(index).unwrap_or(u32::MAX))
}

/// The label at a place on the axis, if there is one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be a place of a label")]
pub(super) fn index(place: f64, count: usize) -> Option<usize> {
    let near = place.round();
    (near >= 0.0 && near < self::place(count)).then_some(near as usize)
}

/// How many labels share a mark, so that the widest does not touch the next.
pub(super) fn every(count: usize, widest: f32, room: f32) -> usize {
    let fits = |n: &usize| {
        #[expect(clippy::cast_precision_loss, reason = "a number of labels")]
        let each = room / count.max(1) as f32 * *n as f32;
        each >= widest + 8.0
    };
    [1, 2, 3, 4, 6, 12, 24].into_iter().find(fits).unwrap_or(count.max(1))
}

/// The labels with a mark, each `every` from the next: from the first that does not cover the values' own, to the last
/// that does not reach beyond the chart.
fn marked(count: usize, every: usize, widest: f32, room: f32) -> Vec<usize> {
    #[expect(clippy::cast_precision_loss, reason = "a number of labels")]
    let middle = |index: usize| (index as f32 + 0.5) * room / count.max(1) as f32;
    let begins = |index: &usize| middle(*index) + 6.0 >= widest / 2.0;
    let ends = |index: &usize| middle(*index) + widest / 2.0 <= room + 6.0;
    let first = (0..every.min(count)).find(begins).unwrap_or(0);
    (first..count).step_by(every).filter(|index| *index == first || ends(index)).collect()
}

impl Ground<'_> {
    /// Lays out the axes and draws marks between them.
    pub(super) fn show(self, ui: &mut Ui, palette: &Palette, draw: impl FnOnce(&mut PlotUi<'_>)) -> Grounded {
        let font = FontId::proportional(SMALL);
        let width = |ui: &Ui, text: &str| {
            ui.fonts_mut(|f| f.layout_no_wrap(text.to_owned(), font.clone(), palette.faint).size().x)
        };
        let widest = |ui: &Ui, texts: &mut dyn Iterator<Item = &str>| texts.map(|t| width(ui, t)).fold(0.0, f32::max);
        let label = widest(ui, &mut self.labels.iter().map(String::as_str));
        let value = widest(ui, &mut self.scale.ticks.iter().map(|t| t.text.as_str()));
        let side = (if self.across { label } else { value }) + MARGIN;
        let count = self.labels.len();
        let every = if self.across { 1 } else { every(count, label, self.size.x - side) };
        let (low, high) = (-0.5, place(count) - 0.5);

        let marked = if self.across { (0..count).collect() } else { marked(count, every, label, self.size.x - side) };
        let mark_labels = move |_| marked.iter().map(|i| mark(place(*i), place(every))).collect();
        let (ticks, step) = (self.scale.ticks.clone(), self.scale.step);
        let mark_values = move |_| ticks.iter().map(|t| mark(t.value.to_f64(), step)).collect::<Vec<_>>();
        let labels = self.labels.to_vec();
        let write_label = move |m: GridMark, _: &_| index(m.value, count).and_then(|i| labels.get(i).cloned());
        let (ticks, near) = (self.scale.ticks.clone(), step * 0.01);
        let write_value = move |m: GridMark, _: &_| {
            let tick = ticks.iter().find(|t| (t.value.to_f64() - m.value).abs() < near);
            tick.map(|t| t.text.clone()).unwrap_or_default()
        };
        let write_label = move |m: GridMark, range: &_| write_label(m, range).unwrap_or_default();
        let hints = |hints: AxisHints<'static>| {
            hints.label_spacing(0.0..=1.0).tick_label_color(palette.faint).tick_label_font(font.clone())
        };
        let bottom = hints(AxisHints::new_x()).min_thickness(18.0);
        let left = hints(AxisHints::new_y()).min_thickness(side);
        let title = egui::RichText::new(self.title).size(SMALL).color(palette.faint);
        let (bottom, left) = if self.across {
            (bottom.formatter(write_value), left.formatter(write_label))
        } else {
            (bottom.formatter(write_label).label(title), left.formatter(write_value))
        };
        let two = !self.title.is_empty() || self.labels.iter().any(|l| l.contains('\n'));
        let bottom = if self.across || !two { bottom } else { bottom.min_thickness(36.0) };

        let plot = Plot::new(self.name)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_double_click_reset(false)
            .show_crosshair(false)
            .show_x(false)
            .show_y(false)
            .label_formatter(|_| None)
            .show_background(false)
            .show_grid([self.across, !self.across])
            .grid_color(palette.line)
            .grid_fade(0.0)
            .grid_spacing(1.0..=2.0)
            .invert_y(self.across)
            .custom_x_axes(vec![bottom])
            .custom_y_axes(vec![left])
            // Its frame takes the keyboard.
            .sense(Sense::CLICK)
            .width(self.size.x)
            .height(self.size.y);
        let plot = if self.across {
            plot.x_grid_spacer(mark_values).y_grid_spacer(mark_labels)
        } else {
            plot.x_grid_spacer(mark_labels).y_grid_spacer(mark_values)
        };
        let (across, min, max) = (self.across, self.scale.min, self.scale.max);
        let shown = plot.show(ui, |plot| {
            let (x, y) = if across { (min..=max, low..=high) } else { (low..=high, min..=max) };
            plot.set_plot_bounds_x(x);
            plot.set_plot_bounds_y(y);
            draw(plot);
        });
        // What the chart says in words stands around it.
        ui.ctx().accesskit_node_builder(shown.response.id, egui::accesskit::Node::set_hidden);
        Grounded { response: shown.response, transform: shown.transform, across, count }
    }
}

fn mark(value: f64, step_size: f64) -> GridMark {
    GridMark { value, step_size }
}

impl Grounded {
    /// Where a label's value stands.
    pub(super) fn at(&self, label: f64, value: f64) -> egui::Pos2 {
        let (x, y) = if self.across { (value, label) } else { (label, value) };
        pos2(self.transform.position_from_point_x(x), self.transform.position_from_point_y(y))
    }

    /// A bar from one value to another, so wide as a share of the room of its label.
    pub(super) fn bar(&self, label: f64, from: f64, to: f64, width: f64) -> Rect {
        Rect::from_two_pos(self.at(label - width / 2.0, from), self.at(label + width / 2.0, to))
    }

    /// All the room of a label.
    pub(super) fn band(&self, index: usize) -> Rect {
        let (from, to) = (self.at(place(index) - 0.5, 0.0), self.at(place(index) + 0.5, 0.0));
        let frame = *self.transform.frame();
        if self.across {
            Rect::from_x_y_ranges(frame.x_range(), from.y.min(to.y)..=from.y.max(to.y))
        } else {
            Rect::from_x_y_ranges(from.x.min(to.x)..=from.x.max(to.x), frame.y_range())
        }
    }

    /// The label under the pointer, and the value at its height.
    fn under_pointer(&self) -> Option<(usize, f64)> {
        let pointer = self.response.hover_pos()?;
        let at = self.transform.value_from_position(pointer);
        let (label, value) = if self.across { (at.y, at.x) } else { (at.x, at.y) };
        index(label, self.count).map(|label| (label, value))
    }

    /// The label and value that the tooltip is about: those that the keyboard is on, else those under the pointer.
    pub(super) fn pointed(&self, keyed: Option<Hit>) -> Option<(usize, f64)> {
        match keyed {
            Some(hit) => Some((hit.x, f64::NAN)),
            None => self.under_pointer(),
        }
    }

    /// Marks the room of a label; gives it where the keyboard is on it.
    pub(super) fn mark(&self, ui: &Ui, palette: &Palette, label: usize, keyed: bool) -> Option<Rect> {
        let band = self.band(label);
        ui.painter().rect_filled(band, 0.0, palette.accent.gamma_multiply(0.08));
        if keyed {
            ui.painter().rect_stroke(band, 2.0, Stroke::new(1.5, palette.accent), egui::StrokeKind::Inside);
        }
        keyed.then_some(band)
    }

    /// Draws the line from which values are counted.
    pub(super) fn base(&self, ui: &Ui, base: f64, palette: &Palette) {
        let (from, to) = (self.at(-0.5, base), self.at(place(self.count) - 0.5, base));
        ui.painter().line_segment([from, to], Stroke::new(1.0, palette.faint));
    }

    /// How far a value's step is on the screen.
    pub(super) fn inside(&self) -> Rect {
        *self.transform.frame()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_left_out_evenly_where_they_do_not_fit() {
        assert_eq!(every(8, 48.0, 700.0), 1);
        assert_eq!(every(24, 48.0, 700.0), 2);
        assert_eq!(every(24, 48.0, 300.0), 6);
        assert_eq!(every(0, 48.0, 300.0), 1);
    }

    #[test]
    fn labels_at_both_ends_stay_within_the_chart() {
        assert_eq!(marked(8, 1, 48.0, 700.0), (0..8).collect::<Vec<_>>());
        assert_eq!(marked(24, 2, 48.0, 700.0), (1..22).step_by(2).collect::<Vec<_>>());
        assert_eq!(marked(24, 1, 48.0, 300.0)[..2], [0, 1]);
        assert_eq!(marked(1, 1, 400.0, 300.0), [0], "a lone label stays");
        assert_eq!(marked(0, 1, 48.0, 300.0), [0; 0]);
    }

    #[test]
    fn a_place_between_two_labels_is_the_nearer_ones() {
        for (at, expected) in [(-0.6, None), (-0.4, Some(0)), (1.4, Some(1)), (1.6, Some(2)), (2.6, None)] {
            assert_eq!(index(at, 3), expected, "{at}");
        }
    }
}
