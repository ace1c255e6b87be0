//! The charts of the brief: columns against a target, and bars of what moves a figure. Each is one drawing with its
//! axes, its units and its legend, and says in words what it shows.

use krilla::geom::PathBuilder;

use super::axis::Axis;
use super::look::{ACCENT, COLUMN, Ink, NOTE, RULE, SECOND, SOFT, TEXT};
use super::many;
use super::pen::{Pen, Side, Style};
use crate::units::Exact;

/// One column, or pair of columns, of a chart.
#[derive(Debug, Clone)]
pub(super) struct Slot {
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
    pub(super) slots: Vec<Slot>,
    /// The names of the columns of each slot.
    pub(super) legend: Vec<String>,
    /// The name of the goal.
    pub(super) goal: String,
    /// The title of the axis across.
    pub(super) across: String,
    /// The currency.
    pub(super) currency: String,
}

/// A place on the page: left, top, width, height.
pub(super) type Area = (f32, f32, f32, f32);

/// The widest that a column gets.
const WIDEST: f32 = 46.0;

const INKS: [Ink; 2] = [COLUMN, SECOND];

impl Columns {
    /// Draws the chart.
    pub(super) fn draw(&self, pen: &mut Pen<'_, '_>, area: Area) {
        pen.drawing(&self.words, area, |pen| self.inside(pen, area));
    }

    fn inside(&self, pen: &mut Pen<'_, '_>, (left, top, width, height): Area) {
        let values = self.slots.iter().flat_map(|s| s.values.iter().chain(&s.goals).copied());
        let axis = Axis::of(values, 4);
        let grouped = self.slots.iter().any(|s| s.group.is_some());
        let (plot_top, plot_bottom) = (top + 17.0, top + height - if grouped { 31.0 } else { 22.0 });
        let gutter = axis.ticks.iter().map(|t| pen.faces.line(Style::note().weight, &t.1).width).fold(0.0, f32::max);
        let (plot_left, plot_right) = (left + gutter * NOTE + 17.0, left + width);
        let y = |value: Exact| plot_bottom - axis.share(value) * (plot_bottom - plot_top);
        for (value, text) in &axis.ticks {
            pen.hair(plot_left, plot_right, y(*value));
            pen.text(plot_left - 4.0, y(*value) + NOTE * 0.36, Side::Right, text, Style::note());
        }
        let middle = f32::midpoint(plot_top, plot_bottom);
        pen.upwards(left + NOTE, middle, &axis.unit.named(&self.currency), Style::note());
        let each = (plot_right - plot_left) / many(self.slots.len().max(1));
        let zero = y(Exact::ZERO);
        for (index, slot) in self.slots.iter().enumerate() {
            let from = plot_left + each * many(index);
            let number = many(slot.values.len().max(1));
            let room = (each * 0.72 / number).min(WIDEST);
            let start = from + (each - room * number) / 2.0;
            for (n, value) in slot.values.iter().enumerate() {
                let x = start + room * many(n);
                let top = y(*value).min(zero);
                let ink = INKS.get(n).copied().unwrap_or(COLUMN);
                pen.ground(x, top, room - 0.8, (y(*value) - zero).abs().max(0.3), ink);
                if each > 26.0 * many(slot.values.len()) {
                    let goal = slot.goals.get(n).or(slot.goals.first()).map_or(zero, |goal| y(*goal));
                    // The figure stands in its column, clear of the goal's line.
                    let clear = if (goal - top).abs() < 9.0 && goal > top { goal + 8.5 } else { top + 8.5 };
                    let inside = zero - clear > 1.0 && *value > Exact::ZERO;
                    let base = if inside { clear } else { top - 2.0 };
                    let ink = if inside && n == 1 { super::look::WHITE } else { TEXT };
                    let text = axis.unit.short(*value, 0);
                    pen.figure(x + room / 2.0, base, Side::Middle, room, &text, Style::new(NOTE).ink(ink));
                }
            }
            let same = slot.goals.windows(2).all(|pair| pair.first() == pair.last());
            let (goals, wide) = if same { (slot.goals.get(..1), room * number) } else { (slot.goals.get(..), room) };
            for (n, goal) in goals.unwrap_or_default().iter().enumerate() {
                let (from, over) = (start + wide * many(n), if same { wide * 0.11 } else { -0.6 });
                pen.rule((from - over, y(*goal)), (from + wide + over, y(*goal)), 1.6, TEXT);
            }
        }
        pen.rule((plot_left, zero), (plot_right, zero), 0.7, SOFT);
        self.names(pen, plot_left, each, plot_bottom);
        pen.text(f32::midpoint(plot_left, plot_right), top + height - 3.0, Side::Middle, &self.across, Style::note());
        self.key(pen, (left, plot_right), top + 7.0);
    }

    /// What stands under the columns.
    fn names(&self, pen: &mut Pen<'_, '_>, plot_left: f32, each: f32, bottom: f32) {
        for (index, slot) in self.slots.iter().enumerate() {
            let from = plot_left + each * many(index);
            pen.figure(from + each / 2.0, bottom + 9.0, Side::Middle, each - 1.0, &slot.name, Style::note());
            if let Some(group) = &slot.group {
                if index > 0 {
                    pen.rule((from, bottom), (from, bottom + 19.0), 0.5, RULE);
                }
                let size = self.slots.iter().skip(index + 1).take_while(|s| s.group.is_none()).count() + 1;
                let width = each * many(size);
                let style = Style::note().strong();
                pen.figure(from + width / 2.0, bottom + 18.5, Side::Middle, width, group, style);
            }
        }
    }

    /// The legend, in one line that ends on the right.
    fn key(&self, pen: &mut Pen<'_, '_>, (left, right): (f32, f32), y: f32) {
        let mut x = right;
        let room = (right - left) / many(self.legend.len() + 1) - 26.0;
        if self.slots.iter().any(|s| !s.goals.is_empty()) {
            let line = pen.faces.fitted(Style::note().weight, &self.goal, room / NOTE);
            pen.line(x, y, Side::Right, &line, Style::note());
            x -= line.width * NOTE + 4.0;
            pen.rule((x - 12.0, y - 2.4), (x, y - 2.4), 1.6, TEXT);
            x -= 24.0;
        }
        for (index, name) in self.legend.iter().enumerate().rev() {
            let line = pen.faces.fitted(Style::note().weight, name, room / NOTE);
            pen.line(x, y, Side::Right, &line, Style::note());
            x -= line.width * NOTE + 4.0;
            pen.ground(x - 9.0, y - 5.4, 9.0, 6.0, INKS.get(index).copied().unwrap_or(COLUMN));
            x -= 21.0;
        }
    }
}

/// A bar of what moves a figure.
#[derive(Debug, Clone)]
pub(super) struct Mover {
    pub(super) name: String,
    /// How far it is turned.
    pub(super) range: String,
    /// The change when it is turned down and up, and what each says.
    pub(super) low: (Exact, String),
    pub(super) high: (Exact, String),
}

/// Draws bars of changes to both sides of none.
pub(super) fn movers(pen: &mut Pen<'_, '_>, words: &str, movers: &[Mover], area: Area) {
    pen.drawing(words, area, |pen| {
        let (left, top, width, height) = area;
        let names = width * 0.40;
        let labels = 40.0;
        let half = (width - names - labels * 2.0) / 2.0;
        let middle = left + names + labels + half;
        let reach = |value: Exact| value.max(-value);
        let largest = movers.iter().flat_map(|m| [reach(m.low.0), reach(m.high.0)]).max().unwrap_or_default();
        let axis = Axis::of([largest], 1);
        let full = axis.share(largest).max(0.01);
        let row = height / many(movers.len().max(1));
        for (index, mover) in movers.iter().enumerate() {
            let y = top + row * many(index);
            let base = y + row * 0.5 + NOTE * 0.36;
            if row > 17.0 {
                pen.fitted((left, base - 4.0), names - 6.0, &mover.name, Style::new(7.2));
                pen.fitted((left, base + 4.2), names - 6.0, &mover.range, Style::note());
            } else {
                pen.fitted((left, base), names - 6.0, &mover.name, Style::new(7.2));
            }
            for ((value, text), ink) in [(&mover.low, COLUMN), (&mover.high, SECOND)] {
                if value.is_zero() {
                    continue;
                }
                let long = axis.share(reach(*value)) / full * half;
                let (from, at, side) = if value.is_negative() {
                    (middle - long, middle - long - 3.0, Side::Right)
                } else {
                    (middle, middle + long + 3.0, Side::Left)
                };
                // Where both go the same way each has half of the row.
                let same = mover.low.0.is_negative() == mover.high.0.is_negative()
                    && !mover.low.0.is_zero()
                    && !mover.high.0.is_zero();
                let (y, high) = match (same, ink == COLUMN) {
                    (false, _) => (y + 1.5, row - 3.0),
                    (true, true) => (y + 1.0, row / 2.0 - 1.2),
                    (true, false) => (y + row / 2.0, row / 2.0 - 1.2),
                };
                pen.ground(from, y, long.max(0.3), high, ink);
                let larger = if ink == COLUMN {
                    reach(*value) >= reach(mover.high.0)
                } else {
                    reach(*value) > reach(mover.low.0)
                };
                if !same || larger {
                    pen.figure(at, base, side, labels - 4.0, text, Style::note().ink(TEXT));
                }
            }
        }
        pen.rule((middle, top), (middle, top + height), 0.7, SOFT);
    });
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
