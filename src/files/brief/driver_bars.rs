//! Bars of what moves a figure, to both sides of none, as one drawing that says in words what it shows.

use super::axis::Axis;
use super::chart::Area;
use super::look::count_to_f32;
use super::look::{COLUMN, NOTE, PageColour, SECOND, SOFT, TEXT};
use super::pen::{Pen, Style, TextAlign};
use crate::units::Exact;

/// A driver with the changes that its swing causes.
#[derive(Debug, Clone)]
pub(super) struct DriverBar {
    pub(super) name: String,
    /// How far it swings.
    pub(super) range: String,
    /// The change when it swings down and up, each with its text.
    pub(super) low: (Exact, String),
    pub(super) high: (Exact, String),
}

/// Room for what a bar says.
const LABEL: f32 = 40.0;

/// How bars are placed: where none stands, the length of the longest, the largest change.
struct Plot {
    none: f32,
    half: f32,
    largest: Exact,
}

/// How large a change is, whichever way.
fn reach(change: Exact) -> Exact {
    change.max(-change)
}

impl Plot {
    fn long(&self, change: Exact) -> f32 {
        let axis = Axis::of([self.largest], 1);
        axis.share(reach(change)) / axis.share(self.largest).max(0.01) * self.half
    }
}

/// Draws bars of changes.
pub(super) fn draw_bars(pen: &mut Pen<'_, '_>, words: &str, draw_bars: &[DriverBar], area: Area) {
    let (left, top, width, height) = area;
    let names = width * 0.44;
    let half = (width - names - LABEL * 2.0) / 2.0;
    let largest = draw_bars.iter().flat_map(|m| [reach(m.low.0), reach(m.high.0)]).max().unwrap_or_default();
    let plot = Plot { none: left + names + LABEL + half, half, largest };
    let row = height / count_to_f32(draw_bars.len().max(1));
    pen.drawing(words, area, |pen| {
        for (index, mover) in draw_bars.iter().enumerate() {
            let y = top + row * count_to_f32(index);
            let base = y + row * 0.5 + NOTE * 0.36;
            if row > 15.0 {
                pen.fitted((left, base - 3.8), names - 6.0, &mover.name, Style::new(7.2));
                pen.fitted((left, base + 3.8), names - 6.0, &mover.range, Style::note());
            } else {
                pen.fitted((left, base), names - 6.0, &mover.name, Style::new(7.2));
            }
            mover.draw(pen, &plot, y, row);
        }
        pen.rule((plot.none, top), (plot.none, top + height), 0.7, SOFT);
    });
}

impl DriverBar {
    /// Draws both bars. Where both go the same way each has half of the row, and the longer says its change.
    fn draw(&self, pen: &mut Pen<'_, '_>, plot: &Plot, y: f32, row: f32) {
        let (low, high) = (self.low.0, self.high.0);
        if low.is_zero() || high.is_zero() || low.is_negative() != high.is_negative() {
            bar(pen, plot, &self.low, COLUMN, (y + 1.5, row - 3.0), true);
            bar(pen, plot, &self.high, SECOND, (y + 1.5, row - 3.0), true);
            return;
        }
        let (part, first) = (row / 2.0 - 1.2, reach(low) >= reach(high));
        bar(pen, plot, &self.low, COLUMN, (y + 1.0, part), first);
        bar(pen, plot, &self.high, SECOND, (y + row / 2.0, part), !first);
    }
}

/// Draws one bar.
fn bar(
    pen: &mut Pen<'_, '_>,
    plot: &Plot,
    (change, text): &(Exact, String),
    ink: PageColour,
    (y, high): (f32, f32),
    says: bool,
) {
    if change.is_zero() {
        return;
    }
    let long = plot.long(*change);
    let (from, at, side) = if change.is_negative() {
        (plot.none - long, plot.none - long - 3.0, TextAlign::Right)
    } else {
        (plot.none, plot.none + long + 3.0, TextAlign::Left)
    };
    pen.ground(from, y, long.max(0.3), high, ink);
    if says {
        let base = y + high / 2.0 + NOTE * 0.36;
        pen.figure(at, base, side, LABEL - 4.0, text, Style::note().ink(TEXT));
    }
}
