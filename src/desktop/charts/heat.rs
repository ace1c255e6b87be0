//! A small table of figures on heat: rows of places, columns of quarters, each figure printed on its colour.

use egui::{Align2, Color32, FontId, Rect, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use super::chart::Chart;
use super::chart_table::ChartTable;
use super::ground::SMALL;
use super::hit::Hit;
use super::look::Swatch;
use super::quantity::Quantity;
use super::series::Series;
use super::tip;
use crate::desktop::style::Style;
use crate::units::Exact;

/// A table of figures on heat.
pub(in crate::desktop) struct Heat<'a> {
    pub(in crate::desktop) title: String,
    pub(in crate::desktop) detail: String,
    /// What the values are: `Coverage`.
    pub(in crate::desktop) measures: String,
    pub(in crate::desktop) quantity: Quantity,
    /// What the columns are: `Fiscal quarter`.
    pub(in crate::desktop) along: String,
    pub(in crate::desktop) labels: Vec<String>,
    /// The rows, from the top down.
    pub(in crate::desktop) rows: Vec<Series>,
    /// The colour behind a figure.
    pub(in crate::desktop) fill: &'a dyn Fn(Exact) -> Color32,
    /// The row that is selected elsewhere in the window.
    pub(in crate::desktop) selected: Option<usize>,
}

/// Smallest and largest height of a row; height of the headings.
const LEAST: f32 = 20.0;
const MOST: f32 = 30.0;
const HEAD: f32 = 20.0;
/// Most width of the row names.
const NAMES: f32 = 170.0;

impl Heat<'_> {
    fn grid(&self, ui: &mut Ui, style: Style, row: f32, keyed: Option<Hit>) -> Option<Hit> {
        let (palette, font) = (style.palette, FontId::proportional(SMALL));
        #[expect(clippy::cast_precision_loss, reason = "numbers of rows and columns")]
        let (rows, columns) = (self.rows.len() as f32, self.labels.len().max(1) as f32);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD + rows * row), Sense::CLICK);
        // The chart's description belongs to the frame around it.
        ui.ctx().accesskit_node_builder(response.id, egui::accesskit::Node::set_hidden);
        let width =
            |text: &str| ui.fonts_mut(|f| f.layout_no_wrap(text.to_owned(), font.clone(), palette.text).size().x);
        let names = self.rows.iter().map(|r| width(&r.name)).fold(0.0, f32::max).min(NAMES) + 10.0;
        let left = rect.min.x + names;
        let wide = (rect.width() - names) / columns;
        let column = |i: usize| {
            #[expect(clippy::cast_precision_loss, reason = "a column's number")]
            let x = left + wide * i as f32;
            x..=x + wide
        };
        let line = |i: usize| {
            #[expect(clippy::cast_precision_loss, reason = "a row's number")]
            let y = rect.min.y + HEAD + row * i as f32;
            y..=y + row
        };
        // A narrow cell has small figures rather than cut ones.
        let figures = FontId::proportional((wide * 0.42).clamp(8.0, SMALL));
        // `Q1` if there is no room for `FY11 Q1`; the tooltip has the whole name.
        let whole = self.labels.iter().map(|l| width(l)).fold(0.0, f32::max) + 6.0 <= wide;
        let painter = ui.painter();
        for (i, label) in self.labels.iter().enumerate() {
            let head = Rect::from_x_y_ranges(column(i), rect.min.y..=rect.min.y + HEAD);
            let inside = painter.with_clip_rect(head.intersect(ui.clip_rect()));
            let text = if whole { label } else { label.rsplit(' ').next().unwrap_or(label) };
            inside.text(head.center(), Align2::CENTER_CENTER, text, font.clone(), palette.faint);
        }
        for (r, series) in self.rows.iter().enumerate() {
            let name = Rect::from_x_y_ranges(rect.min.x..=left - 4.0, line(r));
            if self.selected == Some(r) {
                painter.rect_filled(Rect::from_x_y_ranges(rect.x_range(), line(r)), 2.0, palette.selected);
            }
            let inside = painter.with_clip_rect(name.intersect(ui.clip_rect()));
            let at = pos2(name.min.x + 4.0, name.center().y);
            inside.text(at, Align2::LEFT_CENTER, &series.name, font.clone(), palette.text);
            for i in 0..self.labels.len() {
                let cell = Rect::from_x_y_ranges(column(i), line(r));
                let value = series.values.get(i).copied().flatten();
                if let Some(value) = value {
                    painter.rect_filled(cell.shrink(1.0), 2.0, (self.fill)(value));
                }
                let text = self.quantity.brief(style.numbers, value);
                let inside = painter.with_clip_rect(cell.intersect(ui.clip_rect()));
                inside.text(cell.center(), Align2::CENTER_CENTER, text, figures.clone(), palette.text);
            }
        }
        let (r, i) = if let Some(Hit { x, series }) = keyed {
            (series.unwrap_or(0), Some(x))
        } else {
            let at = response.hover_pos()?;
            let r = (0..self.rows.len()).find(|r| line(*r).contains(&at.y))?;
            (r, (0..self.labels.len()).find(|i| column(*i).contains(&at.x)))
        };
        let clicked = keyed.is_none() && response.clicked();
        if let Some(i) = i {
            let cell = Rect::from_x_y_ranges(column(i), line(r));
            painter.rect_stroke(cell, 2.0, Stroke::new(1.5, palette.accent), egui::StrokeKind::Inside);
            let series = self.rows.get(r)?;
            let value = series.values.get(i).copied().flatten();
            let line = (Swatch::None, self.measures.clone(), self.quantity.value(style.numbers, value));
            let heading = format!("{}, {}", series.name, self.labels.get(i).map_or("", String::as_str));
            let at = keyed.map(|_| cell);
            if let Some(cell) = at {
                ui.scroll_to_rect(cell, None);
            }
            tip::show(&response, &palette, at, &heading, &[line]);
        }
        clicked.then_some(Hit { x: i.unwrap_or(0), series: Some(r) })
    }
}

impl Chart for Heat<'_> {
    fn title(&self) -> &str {
        &self.title
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn axis(&self) -> String {
        format!("{}, {}", self.measures, self.quantity.unit())
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        Vec::new()
    }

    fn table(&self) -> ChartTable {
        let columns = self.rows.iter().map(|s| (s.name.clone(), s.values.clone())).collect();
        ChartTable { corner: self.along.clone(), labels: self.labels.clone(), columns }
    }

    fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    fn draw(&self, ui: &mut Ui, style: Style, name: &str, keyed: Option<Hit>) -> Option<Hit> {
        #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
        let rows = self.rows.len().max(1) as f32;
        let row = ((ui.available_height() - HEAD) / rows).clamp(LEAST, MOST);
        let area = ScrollArea::vertical().id_salt(name).auto_shrink(false);
        area.show(ui, |ui| self.grid(ui, style, row, keyed)).inner
    }
}
