//! Bars, lines and levels over quarters or months.

use egui::{Stroke, Ui};
use egui_plot::{Bar, BarChart, Line, PlotUi};

use super::band::Band;
use super::chart::Chart;
use super::chart_table::ChartTable;
use super::ground::{Ground, Grounded, place};
use super::hit::Hit;
use super::look::{self, Pattern, Swatch};
use super::quantity::Quantity;
use super::scale::{STEPS, Scale};
use super::series::{Mark, Series};
use super::tip;
use crate::desktop::style::Style;
use crate::desktop::tokens::Palette;

/// Bars, lines and levels over one axis of labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Columns {
    pub(in crate::desktop) title: String,
    /// Of what: a region's name.
    pub(in crate::desktop) detail: String,
    /// What the values are: `Bookings`.
    pub(in crate::desktop) measures: String,
    pub(in crate::desktop) quantity: Quantity,
    /// What the labels are: `Fiscal quarter`.
    pub(in crate::desktop) along: String,
    pub(in crate::desktop) labels: Vec<String>,
    pub(in crate::desktop) series: Vec<Series>,
    /// The label that is selected elsewhere in the window.
    pub(in crate::desktop) selected: Option<usize>,
    /// Whether the legend of a chart beside this one has the bars.
    pub(in crate::desktop) signs_in_next_chart: bool,
    /// Where what has happened ends, and what is expected begins.
    pub(in crate::desktop) seam: Option<Seam>,
}

/// The end of the closed months in a chart over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) struct Seam {
    /// The closed months, counted from the first label's.
    pub(in crate::desktop) closed: usize,
    /// The months of a label.
    pub(in crate::desktop) per_label: usize,
}

impl Seam {
    /// The seam after so many months; `None` where no month is closed.
    pub(in crate::desktop) fn after(closed: usize, per_label: usize) -> Option<Self> {
        (closed > 0).then_some(Self { closed, per_label })
    }
}

/// Share of a label's room that a bar takes, and a level.
const BAR: f64 = 0.62;
const LEVEL: f64 = 0.82;

/// The start and end of each bar: by series, then by label.
type Stack = Vec<Vec<Option<(f64, f64)>>>;

impl Columns {
    /// Stacks the bars: positive values upwards from 0, negative ones downwards.
    fn stack(&self) -> Stack {
        let (mut up, mut down) = (vec![0.0; self.labels.len()], vec![0.0; self.labels.len()]);
        let bar = |series: &Series, up: &mut [f64], down: &mut [f64]| {
            let ends = up.iter_mut().zip(down).enumerate().map(|(i, (up, down))| {
                let value = series.at(i).filter(|_| series.mark == Mark::Bar)?;
                let from = if value < 0.0 { down } else { up };
                let start = *from;
                *from += value;
                Some((start, *from))
            });
            ends.collect()
        };
        self.series.iter().map(|series| bar(series, &mut up, &mut down)).collect()
    }

    fn scale(&self, stack: &Stack, bands: &[Band], style: Style, height: f32) -> Scale {
        let bars = stack.iter().flatten().flatten().map(|(_, end)| *end);
        let drawn = self.series.iter().filter(|s| matches!(s.mark, Mark::Line | Mark::Level));
        let lines = drawn.flat_map(|s| s.values.iter().flatten().map(|v| v.to_f64()));
        let lines: Vec<f64> = lines.chain(bands.iter().flat_map(Band::ends)).collect();
        // Bars begin at nothing; lines that stay far above it would be flat there.
        let has_bars = self.series.iter().any(|s| s.mark == Mark::Bar);
        let (low, high) = lines.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
        let zero = has_bars || low <= 0.5 * high;
        let steps = if height < 110.0 {
            2
        } else if height < 170.0 {
            3
        } else {
            STEPS
        };
        Scale::of(bars.chain(lines), zero, steps, &self.quantity, style.numbers)
    }

    fn marks(&self, plot: &mut PlotUi<'_>, stack: &Stack, palette: &Palette) {
        for (series, ends) in self.series.iter().zip(stack) {
            let colour = series.ink.colour(palette);
            match series.mark {
                Mark::Bar => {
                    let bar = |(i, ends): (usize, &Option<(f64, f64)>)| {
                        let (from, to) = (*ends)?;
                        Some(Bar::new(place(i), to - from).base_offset(from).width(BAR).fill(colour))
                    };
                    let bars = ends.iter().enumerate().filter_map(bar).collect();
                    plot.bar_chart(BarChart::new(&series.name, bars).color(colour).allow_hover(false));
                }
                Mark::Line => {
                    let points = |i: usize| series.at(i).map(|v| [place(i), v]);
                    let points: Vec<[f64; 2]> = (0..self.labels.len()).filter_map(points).collect();
                    plot.line(Line::new(&series.name, points).color(colour).width(2.0).allow_hover(false));
                }
                Mark::Level | Mark::TooltipOnly => {}
            }
        }
    }

    /// What is painted over the plot: patterns, gaps between bars, points, levels.
    fn paint(&self, ui: &Ui, ground: &Grounded, stack: &Stack, palette: &Palette) {
        let painter = ui.painter().with_clip_rect(ground.inside().expand(6.0).intersect(ui.clip_rect()));
        let over = palette.surface;
        let stacked = self.series.iter().filter(|s| s.mark == Mark::Bar).count() > 1;
        let crowded = self.labels.len() > 26;
        for (series, ends) in self.series.iter().zip(stack) {
            for (i, ends) in ends.iter().enumerate() {
                let Some((from, to)) = *ends else { continue };
                let rect = ground.bar(place(i), from, to, BAR);
                if series.ink.pattern() != Pattern::Solid {
                    look::hatch(&painter, rect, series.ink.pattern(), over);
                }
                if stacked && rect.height() > 3.0 {
                    painter.hline(rect.x_range(), rect.min.y, Stroke::new(1.0, over));
                }
            }
            for i in 0..self.labels.len() {
                let Some(value) = series.at(i) else { continue };
                let at = ground.at(place(i), value);
                let colour = series.ink.colour(palette);
                match series.mark {
                    Mark::Line if !crowded => look::marker(&painter, at, series.ink, palette, 3.0),
                    Mark::Level => {
                        let across = ground.bar(place(i), value, value, LEVEL);
                        painter.hline(across.x_range(), at.y, Stroke::new(2.5, colour));
                        if !crowded {
                            painter.add(look::diamond(at, 4.5, colour));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// The series whose mark stands at a value over a label: a bar that holds it, else the nearest line or level.
    fn series_at(&self, stack: &Stack, label: usize, value: f64, near: f64) -> Option<usize> {
        let distance = |s: &Series| s.at(label).map_or(f64::INFINITY, |v| (v - value).abs());
        let lines = self.series.iter().enumerate().filter(|(_, s)| matches!(s.mark, Mark::Line | Mark::Level));
        let nearest = lines.min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
        if let Some((index, _)) = nearest.filter(|(_, s)| distance(s) <= near) {
            return Some(index);
        }
        let holds = |ends: &Vec<Option<(f64, f64)>>| {
            ends.get(label).copied().flatten().is_some_and(|(a, b)| (a.min(b)..=a.max(b)).contains(&value))
        };
        stack.iter().position(holds)
    }

    fn tip_lines(&self, style: Style, label: usize) -> Vec<tip::TipLine> {
        // Stacked bars are listed from the top down, as they are drawn.
        let bars = self.series.iter().filter(|s| s.mark == Mark::Bar).rev();
        let order = bars.chain(self.series.iter().filter(|s| s.mark != Mark::Bar));
        let line = |s: &Series| {
            let value = s.values.get(label).copied().flatten();
            (s.swatch(), s.name.clone(), self.quantity.value(style.numbers, value))
        };
        order.map(line).collect()
    }

    /// Draws the chart over bands, from the outermost in.
    pub(super) fn over(
        &self,
        ui: &mut Ui,
        style: Style,
        name: &str,
        keyed: Option<Hit>,
        bands: &[Band],
    ) -> Option<Hit> {
        let (palette, size, stack) = (style.palette, ui.available_size(), self.stack());
        let scale = self.scale(&stack, bands, style, size.y);
        let behind = ui.painter().add(egui::Shape::Noop);
        let under: Vec<_> = bands.iter().map(|_| ui.painter().add(egui::Shape::Noop)).collect();
        let ground = Ground { name, labels: &self.labels, title: &self.along, scale: &scale, across: false, size };
        let ground = ground.show(ui, &palette, |plot| self.marks(plot, &stack, &palette));
        if let Some(selected) = self.selected.filter(|s| *s < self.labels.len()) {
            let band = egui::Shape::rect_filled(ground.band(selected), 0.0, palette.band_light);
            ui.painter().set(behind, band);
        }
        for (band, place) in bands.iter().zip(under) {
            ui.painter().set(place, band.shape(&ground));
        }
        self.paint(ui, &ground, &stack, &palette);
        ground.base(ui, 0.0_f64.max(scale.min), &palette);
        self.draw_seam(ui, &ground, &palette);
        let (label, value) = ground.pointed(keyed)?;
        let at = ground.mark(ui, &palette, label, keyed.is_some());
        let heading = self.labels.get(label).map_or("", String::as_str);
        let mut lines = self.tip_lines(style, label);
        lines.extend(bands.iter().map(|band| band.tip_line(label, &self.quantity, style.numbers)));
        tip::show(&ground.response, &palette, at, heading, &lines);
        let near = (scale.max - scale.min) * 0.03;
        let clicked = ground.response.clicked();
        clicked.then(|| Hit { x: label, series: self.series_at(&stack, label, value, near) })
    }
}

impl Columns {
    /// Draws the seam as a line of dashes with a word on either side.
    fn draw_seam(&self, ui: &Ui, ground: &Grounded, palette: &Palette) {
        let Some(Seam { closed, per_label }) = self.seam else { return };
        let (label, months) = (closed / per_label.max(1), closed % per_label.max(1));
        let band = ground.band(label);
        #[expect(clippy::cast_precision_loss, reason = "a share of a label's room")]
        let share = months as f32 / per_label.max(1) as f32;
        let x = band.min.x + band.width() * share;
        let (top, bottom) = (egui::pos2(x, band.min.y), egui::pos2(x, band.max.y));
        let painter = ui.painter();
        painter.extend(egui::Shape::dashed_line(&[top, bottom], Stroke::new(1.0, palette.faint), 4.0, 3.0));
        let font = egui::FontId::proportional(11.0);
        let words = [("actual ", egui::Align2::RIGHT_TOP), (" outlook", egui::Align2::LEFT_TOP)];
        for (word, side) in words.iter().take(if label < self.labels.len() { 2 } else { 1 }) {
            painter.text(top, *side, word, font.clone(), palette.faint);
        }
    }
}

impl Chart for Columns {
    fn title(&self) -> &str {
        &self.title
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn axis(&self) -> String {
        let values = self.series.iter().filter(|s| s.mark != Mark::TooltipOnly).flat_map(|s| s.values.iter().flatten());
        let stacked = self.stack().into_iter().flatten().flatten().map(|(_, end)| end.abs());
        let reach = values.map(|v| v.to_f64().abs()).chain(stacked).fold(0.0, f64::max);
        format!("{}, {}", self.measures, self.quantity.axis(reach).name)
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let is_in_legend =
            |s: &&Series| s.mark != Mark::TooltipOnly && !(self.signs_in_next_chart && s.mark == Mark::Bar);
        let drawn = self.series.iter().filter(is_in_legend);
        drawn.map(|s| (s.swatch(), s.name.clone())).collect()
    }

    fn table(&self) -> ChartTable {
        let columns = self.series.iter().map(|s| (s.name.clone(), s.values.clone())).collect();
        ChartTable { corner: self.along.clone(), labels: self.labels.clone(), columns }
    }

    fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    fn draw(&self, ui: &mut Ui, style: Style, name: &str, keyed: Option<Hit>) -> Option<Hit> {
        self.over(ui, style, name, keyed, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::super::look::Ink;
    use super::*;
    use crate::units::Exact;

    fn values(values: &[i64]) -> Vec<Option<Exact>> {
        values.iter().map(|v| Some(Exact::from(*v))).collect()
    }

    fn chart() -> Columns {
        Columns {
            title: "Cost".to_owned(),
            detail: String::new(),
            measures: "Cost".to_owned(),
            quantity: Quantity::Heads,
            along: "Quarter".to_owned(),
            labels: vec!["Q1".to_owned(), "Q2".to_owned()],
            series: vec![
                Series::new("Base", Mark::Bar, Ink::Nth(0), values(&[10, 20])),
                Series::new("Travel", Mark::Bar, Ink::Nth(1), values(&[5, -5])),
                Series::new("Budget", Mark::Level, Ink::Target, values(&[40, 40])),
                Series::new("Total", Mark::TooltipOnly, Ink::Faint, values(&[15, 15])),
            ],
            selected: None,
            signs_in_next_chart: false,
            seam: None,
        }
    }

    #[test]
    fn bars_stand_on_each_other_and_negative_ones_below_nothing() {
        let stack = chart().stack();
        assert_eq!(stack[0], [Some((0.0, 10.0)), Some((0.0, 20.0))]);
        assert_eq!(stack[1], [Some((10.0, 15.0)), Some((0.0, -5.0))]);
        assert_eq!(stack[2], [None, None]);
    }

    #[test]
    fn a_click_finds_the_bar_that_holds_it_or_the_level_near_it() {
        let (chart, stack) = (chart(), chart().stack());
        assert_eq!(chart.series_at(&stack, 0, 4.0, 1.0), Some(0));
        assert_eq!(chart.series_at(&stack, 0, 12.0, 1.0), Some(1));
        assert_eq!(chart.series_at(&stack, 1, -2.0, 1.0), Some(1));
        assert_eq!(chart.series_at(&stack, 1, 39.5, 1.0), Some(2));
        assert_eq!(chart.series_at(&stack, 0, 30.0, 1.0), None);
    }

    #[test]
    fn what_is_only_in_the_tooltip_is_in_the_file_and_not_in_the_legend() {
        let chart = chart();
        assert_eq!(chart.legend().len(), 3);
        assert_eq!(chart.table().columns.len(), 4);
    }
}
