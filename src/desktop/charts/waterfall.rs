//! A waterfall: from an opening amount through increases and decreases to the closing one.

use egui::{Align2, FontId, Stroke, Ui};
use egui_plot::{Bar, BarChart};

use super::chart::Chart;
use super::chart_table::ChartTable;
use super::ground::{Ground, Grounded, SMALL, place};
use super::hit::Hit;
use super::look::{self, Ink, Pattern, Swatch};
use super::quantity::Quantity;
use super::scale::{STEPS, Scale};
use super::tip;
use crate::desktop::style::Style;
use crate::units::Exact;

/// A step of a waterfall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Step {
    pub(in crate::desktop) label: String,
    pub(in crate::desktop) value: Exact,
    /// Whether it is a total, such as the opening or the closing amount, rather than a change.
    pub(in crate::desktop) is_total: bool,
}

/// A waterfall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Waterfall {
    pub(in crate::desktop) title: String,
    pub(in crate::desktop) detail: String,
    /// What the values are: `Heads`.
    pub(in crate::desktop) measures: String,
    pub(in crate::desktop) quantity: Quantity,
    pub(in crate::desktop) steps: Vec<Step>,
}

const BAR: f64 = 0.62;
/// Changes below this share of the totals are shown on an axis that does not begin at 0.
const SMALL_CHANGE: f64 = 0.2;
/// A label that is longer is broken into two lines.
const LONG: usize = 12;

/// A label in two lines, broken at the space nearest to its middle.
fn broken(label: &str) -> String {
    let middle = label.len() / 2;
    let space = label.match_indices(' ').map(|(at, _)| at).min_by_key(|at| at.abs_diff(middle));
    match space.filter(|_| label.chars().count() > LONG) {
        Some(at) => format!("{}\n{}", &label[..at], &label[at + 1..]),
        None => label.to_owned(),
    }
}

impl Waterfall {
    /// The start and end of each step's bar; a total starts at the floor.
    fn bars(&self, floor: f64) -> Vec<(f64, f64)> {
        let mut level = 0.0;
        let end = |step: &Step| {
            let from = if step.is_total { 0.0 } else { level };
            level = from + step.value.to_f64();
            (if step.is_total { floor } else { from }, level)
        };
        self.steps.iter().map(end).collect()
    }

    /// The lowest level that is shown, if the changes are too small to be seen beside the totals on an axis from 0.
    fn floor(&self) -> Option<f64> {
        let levels = self.bars(0.0).into_iter().map(|(_, to)| to);
        let (low, high) = levels.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        let small = low > 0.0 && high > low && high - low < high * SMALL_CHANGE;
        small.then(|| (low - (high - low) * 0.4).max(0.0))
    }

    fn ink(step: &Step) -> Ink {
        match (step.is_total, step.value.is_negative()) {
            (true, _) => Ink::Main,
            (false, false) => Ink::Good,
            (false, true) => Ink::Bad,
        }
    }

    /// A step's value as it is written: a change has its sign.
    fn text(&self, style: Style, step: &Step) -> String {
        let text = self.quantity.short(style.numbers, Some(step.value));
        if step.is_total || step.value.is_negative() || step.value.is_zero() { text } else { format!("+{text}") }
    }

    fn paint(&self, ui: &Ui, ground: &Grounded, bars: &[(f64, f64)], style: Style) {
        let (palette, over) = (style.palette, style.palette.surface);
        for (i, (step, (from, to))) in self.steps.iter().zip(bars).enumerate() {
            let rect = ground.bar(place(i), *from, *to, BAR);
            let pattern = Self::ink(step).pattern();
            if pattern != Pattern::Solid {
                look::hatch(ui.painter(), rect, pattern, over);
            }
            if i + 1 < bars.len() {
                // The level that the next step begins at.
                let (here, next) = (ground.at(place(i) + BAR / 2.0, *to), ground.at(place(i + 1) - BAR / 2.0, *to));
                ui.painter().line_segment([here, next], Stroke::new(1.0, palette.faint));
            }
            let at = egui::pos2(rect.center().x, rect.min.y - 3.0);
            let font = FontId::proportional(SMALL);
            ui.painter().text(at, Align2::CENTER_BOTTOM, self.text(style, step), font, palette.text);
        }
    }
}

impl Chart for Waterfall {
    fn title(&self) -> &str {
        &self.title
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn axis(&self) -> String {
        let reach = self.bars(0.0).into_iter().map(|(_, to)| to.abs()).fold(0.0, f64::max);
        let cut = if self.floor().is_some() { "; the axis does not begin at 0" } else { "" };
        format!("{}, {}{cut}", self.measures, self.quantity.axis(reach).name)
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        vec![
            (Swatch::Bar(Ink::Main), "Total".to_owned()),
            (Swatch::Bar(Ink::Good), "Increase".to_owned()),
            (Swatch::Bar(Ink::Bad), "Decrease".to_owned()),
        ]
    }

    fn table(&self) -> ChartTable {
        let values = self.steps.iter().map(|s| Some(s.value)).collect();
        let labels = self.steps.iter().map(|s| s.label.clone()).collect();
        ChartTable { corner: "Step".to_owned(), labels, columns: vec![(self.measures.clone(), values)] }
    }

    fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    fn draw(&self, ui: &mut Ui, style: Style, name: &str, keyed: Option<Hit>) -> Option<Hit> {
        let (palette, size, floor) = (style.palette, ui.available_size(), self.floor());
        let bars = self.bars(floor.unwrap_or(0.0));
        let top = bars.iter().map(|(a, b)| a.max(*b)).fold(0.0, f64::max);
        // Room for the figures above the bars.
        let room = (top - floor.unwrap_or(0.0)) * 0.06;
        let values = bars.iter().flat_map(|(a, b)| [*a, *b]).chain([top + room]);
        let scale = Scale::of(values, floor.is_none(), STEPS, &self.quantity, style.numbers);
        let (floor, bars) = match floor {
            Some(_) => (scale.min, self.bars(scale.min)),
            None => (0.0, bars),
        };
        let labels: Vec<String> = self.steps.iter().map(|s| broken(&s.label)).collect();
        let ground = Ground { name, labels: &labels, title: "", scale: &scale, across: false, size };
        let ground = ground.show(ui, &palette, |plot| {
            let bar = |(i, (step, (from, to))): (usize, (&Step, &(f64, f64)))| {
                let colour = Self::ink(step).colour(&palette);
                Bar::new(place(i), to - from).base_offset(*from).width(BAR).fill(colour)
            };
            let bars: Vec<Bar> = self.steps.iter().zip(&bars).enumerate().map(bar).collect();
            plot.bar_chart(BarChart::new(&self.measures, bars).allow_hover(false));
        });
        self.paint(ui, &ground, &bars, style);
        ground.base(ui, floor, &palette);
        let (label, _) = ground.pointed(keyed)?;
        let step = self.steps.get(label)?;
        let at = ground.mark(ui, &palette, label, keyed.is_some());
        let value = self.quantity.value(style.numbers, Some(step.value));
        let line = (Swatch::Bar(Self::ink(step)), self.measures.clone(), value);
        tip::show(&ground.response, &palette, at, &step.label, &[line]);
        ground.response.clicked().then_some(Hit { x: label, series: Some(0) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_begin_where_the_step_before_ended() {
        let step =
            |label: &str, value: i64, is_total| Step { label: label.to_owned(), value: Exact::from(value), is_total };
        let chart = Waterfall {
            title: String::new(),
            detail: String::new(),
            measures: "Heads".to_owned(),
            quantity: Quantity::Heads,
            steps: vec![step("Opening", 10, true), step("In", 5, false), step("Out", -3, false), step("End", 12, true)],
        };
        assert_eq!(chart.bars(0.0), [(0.0, 10.0), (10.0, 15.0), (15.0, 12.0), (0.0, 12.0)]);
        assert_eq!(chart.floor(), None, "the changes are seen from 0");
        assert_eq!(Waterfall::ink(&chart.steps[2]), Ink::Bad);
        let small = Waterfall { steps: vec![step("From", 100, true), step("Down", -4, false)], ..chart };
        assert!(small.floor().is_some_and(|floor| floor > 90.0 && floor < 96.0));
        assert!(small.axis().contains("does not begin at 0"));
    }

    #[test]
    fn a_long_label_is_broken_at_a_space() {
        for (label, expected) in [
            ("Growth hires, Americas", "Growth hires,\nAmericas"),
            ("Lean 300", "Lean 300"),
            ("Unbreakablelabel", "Unbreakablelabel"),
        ] {
            assert_eq!(broken(label), expected);
        }
    }
}
