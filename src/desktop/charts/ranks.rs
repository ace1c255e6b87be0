//! Horizontal bars from a base: a ranking of places against a limit, or values below and above the base.

use egui::{Align2, FontId, ScrollArea, Stroke, Ui};
use egui_plot::{Bar, BarChart};

use super::chart::Chart;
use super::chart_table::ChartTable;
use super::ground::{Ground, Grounded, SMALL, place};
use super::hit::Hit;
use super::label::{label_width, shortened};
use super::look::{self, Ink, Pattern, Swatch};
use super::quantity::Quantity;
use super::scale::{STEPS, Scale};
use super::series::Series;
use super::tip;
use crate::desktop::style::Style;
use crate::units::Exact;

/// Horizontal bars, one row a label; series lie over each other, as the two sides of a swing do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Ranks {
    pub(in crate::desktop) title: String,
    pub(in crate::desktop) detail: String,
    /// What the values are: `Coverage`.
    pub(in crate::desktop) measures: String,
    pub(in crate::desktop) quantity: Quantity,
    /// What the labels are: `Region`.
    pub(in crate::desktop) down: String,
    /// From the top down.
    pub(in crate::desktop) labels: Vec<String>,
    /// Their marks are bars.
    pub(in crate::desktop) series: Vec<Series>,
    /// The colour of each label's bar, where it is on heat; empty for the colours of the series.
    pub(in crate::desktop) colours: Vec<egui::Color32>,
    /// What the colours of heat mean, step by step.
    pub(in crate::desktop) steps: Vec<(egui::Color32, String)>,
    /// Where the bars begin: 0, or the outcome from which inputs swing up and down.
    pub(in crate::desktop) base: Exact,
    /// What the bars are held against, with its name.
    pub(in crate::desktop) limit: Option<(String, Exact)>,
    /// The label that is selected elsewhere in the window.
    pub(in crate::desktop) selected: Option<usize>,
}

/// Share of a row that a bar takes.
const BAR: f64 = 0.66;
/// Smallest and largest height of a row.
const LEAST: f32 = 16.0;
const MOST: f32 = 34.0;
/// Most share of the width that names take.
const NAMES: f32 = 0.42;
/// Height of the axis below.
const AXIS: f32 = 20.0;
/// Room for half of the last tick's text.
const END: f32 = 14.0;

impl Ranks {
    fn values(&self) -> impl Iterator<Item = Exact> {
        self.series.iter().flat_map(|s| s.values.iter().flatten().copied())
    }

    /// The axis over so much width, with room for the figures beside the bars.
    fn scale(&self, ui: &Ui, style: Style, width: f32) -> Scale {
        let bounds = self.values().chain(self.limit.as_ref().map(|(_, v)| *v)).chain([self.base]);
        let bounds: Vec<f64> = bounds.map(Exact::to_f64).collect();
        let (low, high) = bounds.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(*v), h.max(*v)));
        let figure = |v: Exact| label_width(ui, &self.quantity.short(style.numbers, Some(v)));
        let widest = self.values().map(figure).fold(0.0, f32::max) + 10.0;
        let base = self.base.to_f64();
        let sides = if low < base && high > base { 2.0 } else { 1.0 };
        let room = (high - low) * f64::from(widest / (width - sides * widest).max(widest));
        let more = [if high > base { high + room } else { high }, if low < base { low - room } else { low }];
        let steps = if width < 220.0 { 3 } else { STEPS };
        let bounds = bounds.into_iter().chain(more);
        Scale::of(bounds, false, steps, &self.quantity, style.numbers)
    }

    fn bars(&self, plot: &mut egui_plot::PlotUi<'_>, style: Style) {
        let base = self.base.to_f64();
        for series in &self.series {
            let bar = |(i, value): (usize, &Option<Exact>)| {
                let value = (*value)?;
                let colour = self.colours.get(i).copied().unwrap_or(series.ink.colour(&style.palette));
                Some(Bar::new(place(i), value.to_f64() - base).base_offset(base).width(BAR).fill(colour))
            };
            let bars: Vec<Bar> = series.values.iter().enumerate().filter_map(bar).collect();
            plot.bar_chart(BarChart::new(&series.name, bars).horizontal().allow_hover(false));
        }
    }

    fn paint(&self, ui: &Ui, ground: &Grounded, style: Style) {
        let (palette, base) = (style.palette, self.base.to_f64());
        let over = style.palette.surface;
        let limit = self.limit.as_ref().map(|(_, limit)| ground.at(0.0, limit.to_f64()).x);
        for series in &self.series {
            for (i, value) in series.values.iter().enumerate() {
                let end = value.map_or(base, Exact::to_f64);
                let bar = ground.bar(place(i), base, end, BAR);
                if series.ink.pattern() != Pattern::Solid {
                    look::hatch(ui.painter(), bar, series.ink.pattern(), over);
                }
                if !self.colours.is_empty() && value.is_some() {
                    // Heat is pale: an outline keeps the bar's end plain.
                    let stroke = Stroke::new(1.0, palette.faint.gamma_multiply(0.6));
                    ui.painter().rect_stroke(bar, 0.0, stroke, egui::StrokeKind::Inside);
                }
                let (align, gap) = if end < base { (Align2::RIGHT_CENTER, -6.0) } else { (Align2::LEFT_CENTER, 6.0) };
                let at = ground.at(place(i), end) + egui::vec2(gap, 0.0);
                let text = self.quantity.short(style.numbers, *value);
                let rect = align.anchor_size(at, egui::vec2(1.0, 1.0));
                let font = FontId::proportional(SMALL);
                let galley = ui.painter().layout_no_wrap(text, font, palette.text);
                let place = align.anchor_size(rect.min, galley.size());
                // The limit's line does not run through a figure.
                if limit.is_some_and(|x| place.x_range().contains(x)) {
                    let behind = if self.selected == Some(i) { palette.selected } else { over };
                    ui.painter().rect_filled(place.expand2(egui::vec2(2.0, 0.0)), 0.0, behind);
                }
                ui.painter().galley(place.min, galley, palette.text);
            }
        }
    }

    fn limit_line(&self, ui: &Ui, ground: &Grounded, style: Style) {
        let Some((_, limit)) = &self.limit else { return };
        let (x, frame) = (ground.at(0.0, limit.to_f64()).x, ground.inside());
        let line = [egui::pos2(x, frame.min.y), egui::pos2(x, frame.max.y)];
        let stroke = Stroke::new(1.5, style.palette.target);
        ui.painter().extend(egui::Shape::dashed_line(&line, stroke, 6.0, 4.0));
    }

    fn rows(&self, ui: &mut Ui, style: Style, name: &str, size: egui::Vec2, keyed: Option<Hit>) -> Option<Hit> {
        let max_width = size.x * NAMES;
        let labels: Vec<String> = self.labels.iter().map(|label| shortened(ui, label, max_width)).collect();
        let names = labels.iter().map(|label| label_width(ui, label)).fold(0.0, f32::max);
        let (palette, scale) = (style.palette, self.scale(ui, style, size.x - names));
        let behind = ui.painter().add(egui::Shape::Noop);
        let ground = Ground { name, labels: &labels, title: &self.down, scale: &scale, across: true, size };
        let ground = ground.show(ui, &palette, |plot| self.bars(plot, style));
        if let Some(selected) = self.selected.filter(|s| *s < self.labels.len()) {
            let band = ground.band(selected).with_min_x(ui.min_rect().min.x);
            ui.painter().set(behind, egui::Shape::rect_filled(band, 3.0, palette.selected));
        }
        self.limit_line(ui, &ground, style);
        self.paint(ui, &ground, style);
        ground.base(ui, self.base.to_f64(), &palette);
        let (label, value) = ground.pointed(keyed)?;
        let at = ground.mark(ui, &palette, label, keyed.is_some());
        if let Some(at) = at {
            ui.scroll_to_rect(at, None);
        }
        let line = |s: &Series| {
            let value = s.values.get(label).copied().flatten();
            let sign = if self.colours.is_empty() { Swatch::Bar(s.ink) } else { Swatch::None };
            (sign, s.name.clone(), self.quantity.value(style.numbers, value))
        };
        let mut lines: Vec<tip::TipLine> = self.series.iter().map(line).collect();
        lines.extend(self.limit.iter().map(|(name, limit)| {
            (Swatch::Level(Ink::Target), name.clone(), self.quantity.value(style.numbers, Some(*limit)))
        }));
        tip::show(&ground.response, &palette, at, self.labels.get(label).map_or("", String::as_str), &lines);
        let base = self.base.to_f64();
        let holds = |s: &Series| {
            let end = s.values.get(label).copied().flatten().map_or(base, Exact::to_f64);
            (end.min(base)..=end.max(base)).contains(&value)
        };
        ground.response.clicked().then(|| Hit { x: label, series: self.series.iter().position(holds) })
    }
}

impl Chart for Ranks {
    fn title(&self) -> &str {
        &self.title
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn axis(&self) -> String {
        let reach = self.values().map(|v| v.to_f64().abs()).fold(0.0, f64::max);
        format!("{}, {}", self.measures, self.quantity.axis(reach).name)
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let series = self.series.iter().filter(|_| self.colours.is_empty());
        let limit = self.limit.iter().map(|(name, _)| (Swatch::Level(Ink::Target), name.clone()));
        let steps = self.steps.iter().map(|(colour, text)| (Swatch::Heat(*colour), text.clone()));
        series.map(|s| (Swatch::Bar(s.ink), s.name.clone())).chain(steps).chain(limit).collect()
    }

    fn table(&self) -> ChartTable {
        let columns = self.series.iter().map(|s| (s.name.clone(), s.values.clone())).collect();
        ChartTable { corner: self.down.clone(), labels: self.labels.clone(), columns }
    }

    fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    fn goes_down(&self) -> Option<bool> {
        Some(true)
    }

    fn draw(&self, ui: &mut Ui, style: Style, name: &str, keyed: Option<Hit>) -> Option<Hit> {
        let room = ui.available_size();
        #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
        let rows = self.labels.len().max(1) as f32;
        let height = ((room.y - AXIS) / rows).clamp(LEAST, MOST) * rows + AXIS;
        if height <= room.y {
            return self.rows(ui, style, name, egui::vec2(room.x - END, height), keyed);
        }
        let rows = ScrollArea::vertical().id_salt(name).auto_shrink(false);
        rows.show(ui, |ui| self.rows(ui, style, name, egui::vec2(ui.available_width() - END, height), keyed)).inner
    }
}
