//! Columns against a target, as one drawing with its axes, its units and its legend, that says in words what it shows;
//! and the gauge of the envelope.

use krilla::geom::PathBuilder;

use super::axis::Axis;
use super::look::count_to_f32;
use super::look::{ACCENT, COLUMN, NOTE, PageColour, RULE, SECOND, SOFT, TEXT, WHITE};
use super::pen::{Pen, Style, TextAlign};
use crate::units::Exact;

/// One column, or pair of columns, of a chart.
#[derive(Debug, Clone)]
pub(super) struct ChartSlot {
    /// Under it.
    pub(super) name: String,
    /// Under several of them together, where it begins.
    pub(super) group: Option<String>,
    /// Its columns.
    pub(super) values: Vec<Exact>,
    /// What they are to reach: one for all, one for each, or none.
    pub(super) goals: Vec<Exact>,
}

/// A chart of columns.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// What it shows, for who does not see it.
    pub(super) words: String,
    pub(super) slots: Vec<ChartSlot>,
    /// The names of the columns of each slot.
    pub(super) legend: Vec<String>,
    /// The name of the goal.
    pub(super) goal: String,
    /// The title of the axis across.
    pub(super) across: String,
    /// The currency.
    pub(super) currency: String,
}

/// Where values stand on the page.
struct Plot {
    axis: Axis,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl Plot {
    fn y(&self, value: Exact) -> f32 {
        self.bottom - self.axis.share(value) * (self.bottom - self.top)
    }
}

impl ChartSlot {
    /// Draws the columns and their goals in a slot of that width.
    fn draw(&self, pen: &mut Pen<'_, '_>, plot: &Plot, from: f32, each: f32) {
        let number = count_to_f32(self.values.len().max(1));
        let room = (each * 0.72 / number).min(WIDEST);
        let start = from + (each - room * number) / 2.0;
        let zero = plot.y(Exact::ZERO);
        for (n, value) in self.values.iter().enumerate() {
            let (x, end) = (start + room * count_to_f32(n), plot.y(*value));
            let ink = INKS.get(n).copied().unwrap_or(COLUMN);
            pen.ground(x, end.min(zero), room - 0.8, (end - zero).abs().max(0.3), ink);
            if each > 26.0 * number {
                self.label(pen, plot, n, (x, room));
            }
        }
        let same = self.goals.windows(2).all(|pair| pair.first() == pair.last());
        let (goals, wide) = if same { (self.goals.get(..1), room * number) } else { (self.goals.get(..), room) };
        for (n, goal) in goals.unwrap_or_default().iter().enumerate() {
            let (from, over) = (start + wide * count_to_f32(n), if same { wide * 0.11 } else { -0.6 });
            pen.rule((from - over, plot.y(*goal)), (from + wide + over, plot.y(*goal)), 1.6, TEXT);
        }
    }

    /// Draws the figure of a column: inside it, clear of the goal's line, where there is room; else above it.
    fn label(&self, pen: &mut Pen<'_, '_>, plot: &Plot, n: usize, (x, room): (f32, f32)) {
        let value = self.values.get(n).copied().unwrap_or_default();
        let zero = plot.y(Exact::ZERO);
        let top = plot.y(value).min(zero);
        let goal = self.goals.get(n).or(self.goals.first()).map_or(zero, |goal| plot.y(*goal));
        let clear = if (goal - top).abs() < 9.0 && goal > top { goal + 8.5 } else { top + 8.5 };
        let inside = zero - clear > 1.0 && value > Exact::ZERO;
        let base = if inside { clear } else { top - 2.0 };
        let style = Style::new(NOTE).ink(if inside && n == 1 { WHITE } else { TEXT });
        pen.figure(x + room / 2.0, base, TextAlign::Middle, room, &plot.axis.unit.short(value, 0), style);
    }
}

/// A place on the page: left, top, width, height.
pub(super) type Area = (f32, f32, f32, f32);

/// The widest that a column gets.
const WIDEST: f32 = 46.0;

const INKS: [PageColour; 2] = [COLUMN, SECOND];

impl Columns {
    /// Draws the chart.
    pub(super) fn draw(&self, pen: &mut Pen<'_, '_>, area: Area) {
        pen.drawing(&self.words, area, |pen| self.inside(pen, area));
    }

    fn inside(&self, pen: &mut Pen<'_, '_>, (left, top, width, height): Area) {
        let values = self.slots.iter().flat_map(|s| s.values.iter().chain(&s.goals).copied());
        let axis = Axis::of(values, 4);
        let grouped = self.slots.iter().any(|s| s.group.is_some());
        let gutter = axis.ticks.iter().map(|t| pen.faces.line(Style::note().weight, &t.1).width).fold(0.0, f32::max);
        let plot = Plot {
            left: left + gutter * NOTE + 17.0,
            right: left + width,
            top: top + 17.0,
            bottom: top + height - if grouped { 31.0 } else { 22.0 },
            axis,
        };
        for (value, text) in &plot.axis.ticks {
            pen.hair(plot.left, plot.right, plot.y(*value));
            pen.text(plot.left - 4.0, plot.y(*value) + NOTE * 0.36, TextAlign::Right, text, Style::note());
        }
        let unit = plot.axis.unit.named(&self.currency);
        pen.upwards(left + NOTE, f32::midpoint(plot.top, plot.bottom), &unit, Style::note());
        let each = (plot.right - plot.left) / count_to_f32(self.slots.len().max(1));
        for (index, slot) in self.slots.iter().enumerate() {
            slot.draw(pen, &plot, plot.left + each * count_to_f32(index), each);
        }
        pen.rule((plot.left, plot.y(Exact::ZERO)), (plot.right, plot.y(Exact::ZERO)), 0.7, SOFT);
        self.names(pen, plot.left, each, plot.bottom);
        let middle = f32::midpoint(plot.left, plot.right);
        pen.text(middle, top + height - 3.0, TextAlign::Middle, &self.across, Style::note());
        self.key(pen, (left, plot.right), top + 7.0);
    }

    /// What stands under the columns.
    fn names(&self, pen: &mut Pen<'_, '_>, plot_left: f32, each: f32, bottom: f32) {
        for (index, slot) in self.slots.iter().enumerate() {
            let from = plot_left + each * count_to_f32(index);
            pen.figure(from + each / 2.0, bottom + 9.0, TextAlign::Middle, each - 1.0, &slot.name, Style::note());
            if let Some(group) = &slot.group {
                if index > 0 {
                    pen.rule((from, bottom), (from, bottom + 19.0), 0.5, RULE);
                }
                let size = self.slots.iter().skip(index + 1).take_while(|s| s.group.is_none()).count() + 1;
                let width = each * count_to_f32(size);
                let style = Style::note().strong();
                pen.figure(from + width / 2.0, bottom + 18.5, TextAlign::Middle, width, group, style);
            }
        }
    }

    /// The legend, in one line that ends on the right.
    fn key(&self, pen: &mut Pen<'_, '_>, (left, right): (f32, f32), y: f32) {
        let mut x = right;
        let room = (right - left) / count_to_f32(self.legend.len() + 1) - 26.0;
        if self.slots.iter().any(|s| !s.goals.is_empty()) {
            let line = pen.faces.fitted(Style::note().weight, &self.goal, room / NOTE);
            pen.line(x, y, TextAlign::Right, &line, Style::note());
            x -= line.width * NOTE + 4.0;
            pen.rule((x - 12.0, y - 2.4), (x, y - 2.4), 1.6, TEXT);
            x -= 24.0;
        }
        for (index, name) in self.legend.iter().enumerate().rev() {
            let line = pen.faces.fitted(Style::note().weight, name, room / NOTE);
            pen.line(x, y, TextAlign::Right, &line, Style::note());
            x -= line.width * NOTE + 4.0;
            pen.ground(x - 9.0, y - 5.4, 9.0, 6.0, INKS.get(index).copied().unwrap_or(COLUMN));
            x -= 21.0;
        }
    }
}

/// Draws a gauge: where a number stands between the least and the most that are allowed.
pub(super) fn gauge(pen: &mut Pen<'_, '_>, (left, top, width, height): Area, number: Exact, range: (Exact, Exact)) {
    let (least, most) = range;
    let axis = Axis::of([number, most], 4);
    let x = |value: Exact| left + axis.share(value) * width;
    pen.ground(left, top, width, height, RULE);
    pen.ground(x(least), top, (x(most) - x(least)).max(0.5), height, COLUMN);
    let mut mark = PathBuilder::new();
    let at = x(number);
    mark.move_to(at, top - 2.0);
    mark.line_to(at, top + height + 2.0);
    pen.stroke(mark.finish(), 2.0, ACCENT);
}
