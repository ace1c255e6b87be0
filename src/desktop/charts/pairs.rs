//! Two versions of one figure beside each other: pairs of bars with what they are held against, and their difference.

use egui::{Align2, FontId, Painter, Rect, ScrollArea, Shape, Stroke, Ui, pos2};

use super::chart::Chart;
use super::chart_table::ChartTable;
use super::ground::{Ground, Grounded, SMALL, place};
use super::hit::Hit;
use super::label::{label_width, shortened};
use super::look::{self, Ink, Swatch};
use super::quantity::Quantity;
use super::scale::{STEPS, Scale};
use super::tip;
use crate::desktop::style::Style;
use crate::desktop::tokens::Palette;
use crate::units::Exact;

/// One of the two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct PairSide {
    pub(in crate::desktop) name: String,
    /// One for each label; `None` without a figure.
    pub(in crate::desktop) values: Vec<Option<Exact>>,
    /// What the values are held against; empty if nothing.
    pub(in crate::desktop) goals: Vec<Option<Exact>>,
}

/// Pairs of bars, one pair a label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Pairs {
    pub(in crate::desktop) title: String,
    pub(in crate::desktop) detail: String,
    /// What the values are: `Bookings`.
    pub(in crate::desktop) measures: String,
    pub(in crate::desktop) quantity: Quantity,
    /// What the labels are: `Fiscal quarter`.
    pub(in crate::desktop) along: String,
    pub(in crate::desktop) labels: Vec<String>,
    /// Whether the labels stand one below the other, each with its difference on the right.
    pub(in crate::desktop) down: bool,
    pub(in crate::desktop) sides: [PairSide; 2],
    /// The second's values less the first's.
    pub(in crate::desktop) changes: Vec<Option<Exact>>,
    /// The name of what the values are held against.
    pub(in crate::desktop) goal: String,
}

/// The signs of both versions: plain and hatched, so that they differ without colour, too.
const INKS: [Ink; 2] = [Ink::Main, Ink::Nth(Palette::SERIES + 1)];
/// The middle of each bar of a pair, and its width, as shares of the room of a label.
const MIDDLES: [f64; 2] = [-0.19, 0.19];
const BAR: f64 = 0.36;
/// Smallest and largest height of a row.
const LEAST: f32 = 24.0;
const MOST: f32 = 40.0;
/// Most share of the width that names take.
const NAMES: f32 = 0.36;
/// Height of the axis below; room for the differences on the right.
const AXIS: f32 = 20.0;
const CHANGE: f32 = 78.0;

impl Pairs {
    /// The figure of a side at a label: its value, or what that is held against.
    fn at(values: &[Option<Exact>], label: usize) -> Option<f64> {
        values.get(label).copied().flatten().map(Exact::to_f64)
    }

    fn all(&self) -> impl Iterator<Item = f64> {
        self.sides.iter().flat_map(|side| side.values.iter().chain(&side.goals)).flatten().map(|value| value.to_f64())
    }

    /// Whether both versions are held against the same.
    fn has_one_goal(&self) -> bool {
        let [first, second] = &self.sides;
        first.goals == second.goals
    }

    fn paint(&self, painter: &Painter, ground: &Grounded, palette: &Palette) {
        for label in 0..self.labels.len() {
            for ((side, ink), middle) in self.sides.iter().zip(INKS).zip(MIDDLES) {
                let Some(value) = Self::at(&side.values, label) else { continue };
                let bar = ground.bar(place(label) + middle, 0.0, value, BAR);
                painter.rect_filled(bar, 0.0, ink.colour(palette));
                look::hatch(painter, bar, ink.pattern(), palette.surface);
            }
            if self.has_one_goal() {
                let goal = self.sides.first().and_then(|side| Self::at(&side.goals, label));
                level(painter, ground, palette, (place(label), goal), 2.0 * BAR + 0.1);
                continue;
            }
            for (side, middle) in self.sides.iter().zip(MIDDLES) {
                level(painter, ground, palette, (place(label) + middle, Self::at(&side.goals, label)), BAR);
            }
        }
    }

    fn tip_lines(&self, style: Style, label: usize) -> Vec<tip::TipLine> {
        let value = |values: &[Option<Exact>]| self.quantity.value(style.numbers, values.get(label).copied().flatten());
        let bars = self.sides.iter().zip(INKS);
        let mut lines: Vec<tip::TipLine> =
            bars.map(|(side, ink)| (Swatch::Bar(ink), side.name.clone(), value(&side.values))).collect();
        let change = self.quantity.change(style.numbers, self.changes.get(label).copied().flatten());
        lines.push((Swatch::None, "Difference".to_owned(), change));
        let goals = self.goals().into_iter();
        lines.extend(goals.map(|(name, goals)| (Swatch::Level(Ink::Target), name, value(goals))));
        lines
    }

    /// What the values are held against: one for both versions, or one for each.
    fn goals(&self) -> Vec<(String, &[Option<Exact>])> {
        let stated = self.sides.iter().filter(|side| !side.goals.is_empty());
        let name = |side: &PairSide| {
            if self.has_one_goal() { self.goal.clone() } else { format!("{}, {}", self.goal, side.name) }
        };
        let all = stated.map(|side| (name(side), side.goals.as_slice()));
        all.take(if self.has_one_goal() { 1 } else { 2 }).collect()
    }

    /// Draws the pairs over so much room.
    fn over(&self, ui: &mut Ui, style: Style, name: &str, size: egui::Vec2, keyed: Option<Hit>) -> Option<Hit> {
        let (palette, max_width) = (style.palette, size.x * NAMES);
        let label = |label: &String| if self.down { shortened(ui, label, max_width) } else { label.clone() };
        let labels: Vec<String> = self.labels.iter().map(label).collect();
        let names = labels.iter().map(|label| label_width(ui, label)).fold(0.0, f32::max);
        let is_small = if self.down { size.x - names < 220.0 } else { size.y < 170.0 };
        let scale = Scale::of(self.all(), true, if is_small { 3 } else { STEPS }, &self.quantity, style.numbers);
        let title = &self.along;
        let ground = Ground { name, labels: &labels, title, scale: &scale, across: self.down, size };
        let ground = ground.show(ui, &palette, |_| {});
        self.paint(&ui.painter().with_clip_rect(ui.clip_rect()), &ground, &palette);
        ground.base(ui, 0.0_f64.max(scale.min), &palette);
        if self.down {
            self.changes_beside(ui, &ground, style, size.x);
        }
        let (label, _) = ground.pointed(keyed)?;
        let at = ground.mark(ui, &palette, label, keyed.is_some());
        if let Some(at) = at.filter(|_| self.down) {
            ui.scroll_to_rect(at, None);
        }
        let heading = self.labels.get(label).map_or("", String::as_str);
        tip::show(&ground.response, &palette, at, heading, &self.tip_lines(style, label));
        ground.response.clicked().then_some(Hit { x: label, series: None })
    }

    /// Draws the difference of each label on the right.
    fn changes_beside(&self, ui: &Ui, ground: &Grounded, style: Style, width: f32) {
        let right = ui.min_rect().min.x + width + CHANGE - 4.0;
        for (label, change) in self.changes.iter().enumerate() {
            let at = pos2(right, ground.band(label).center().y);
            let text = self.quantity.change(style.numbers, *change);
            ui.painter().text(at, Align2::RIGHT_CENTER, text, FontId::proportional(SMALL), style.palette.text);
        }
    }
}

/// Draws a level across bars, with a sign of its own.
fn level(painter: &Painter, ground: &Grounded, palette: &Palette, (label, value): (f64, Option<f64>), width: f64) {
    let Some(value) = value else { return };
    let Rect { min, max } = ground.bar(label, value, value, width);
    painter.line_segment([min, max], Stroke::new(2.5, palette.target));
    let sign: Shape = look::diamond(min + (max - min) / 2.0, 4.5, palette.target);
    painter.add(sign);
}

impl Chart for Pairs {
    fn title(&self) -> &str {
        &self.title
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn axis(&self) -> String {
        let reach = self.all().map(f64::abs).fold(0.0, f64::max);
        format!("{}, {}", self.measures, self.quantity.axis(reach).name)
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let bars = self.sides.iter().zip(INKS).map(|(side, ink)| (Swatch::Bar(ink), side.name.clone()));
        let goal = (!self.goals().is_empty()).then(|| (Swatch::Level(Ink::Target), self.goal.clone()));
        bars.chain(goal).collect()
    }

    fn table(&self) -> ChartTable {
        let sides = self.sides.iter().map(|side| (side.name.clone(), side.values.clone()));
        let goals = self.goals().into_iter().map(|(name, goals)| (name, goals.to_vec()));
        let change = if self.quantity == Quantity::Share { "Difference in points" } else { "Difference" };
        let columns = sides.chain([(change.to_owned(), self.changes.clone())]).chain(goals).collect();
        ChartTable { corner: self.along.clone(), labels: self.labels.clone(), columns }
    }

    fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    fn goes_down(&self) -> Option<bool> {
        Some(self.down)
    }

    fn draw(&self, ui: &mut Ui, style: Style, name: &str, keyed: Option<Hit>) -> Option<Hit> {
        let room = ui.available_size();
        if !self.down {
            return self.over(ui, style, name, room, keyed);
        }
        #[expect(clippy::cast_precision_loss, reason = "a number of rows")]
        let rows = self.labels.len().max(1) as f32;
        let height = ((room.y - AXIS) / rows).clamp(LEAST, MOST) * rows + AXIS;
        if height <= room.y {
            return self.over(ui, style, name, egui::vec2(room.x - CHANGE, height), keyed);
        }
        let rows = ScrollArea::vertical().id_salt(name).auto_shrink(false);
        rows.show(ui, |ui| self.over(ui, style, name, egui::vec2(ui.available_width() - CHANGE, height), keyed)).inner
    }
}

#[cfg(test)]
mod tests {
    use super::super::look::Pattern;
    use super::*;

    fn chart(goals: [&[i64]; 2]) -> Pairs {
        let values = |values: &[i64]| -> Vec<Option<Exact>> { values.iter().map(|v| Some(Exact::from(*v))).collect() };
        let side = |name: &str, of: &[i64], goals: &[i64]| PairSide {
            name: name.to_owned(),
            values: values(of),
            goals: values(goals),
        };
        Pairs {
            title: "Capacity".to_owned(),
            detail: String::new(),
            measures: "Bookings".to_owned(),
            quantity: Quantity::Heads,
            along: "Quarter".to_owned(),
            labels: vec!["Q1".to_owned(), "Q2".to_owned()],
            down: false,
            sides: [side("Base plan", &[10, 20], goals[0]), side("Lean", &[8, 25], goals[1])],
            changes: values(&[-2, 5]),
            goal: "Target".to_owned(),
        }
    }

    #[test]
    fn the_legend_names_both_versions_and_their_bars_differ_without_colour() {
        let names = |chart: &Pairs| chart.legend().into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(&chart([&[12, 12], &[12, 12]])), ["Base plan", "Lean", "Target"]);
        assert_eq!(names(&chart([&[], &[]])), ["Base plan", "Lean"]);
        let [first, second] = INKS.map(Ink::pattern);
        assert!(first == Pattern::Solid && second != Pattern::Solid);
    }

    #[test]
    fn the_table_has_both_versions_their_difference_and_each_target_once() {
        let names = |chart: &Pairs| chart.table().columns.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert_eq!(names(&chart([&[12, 12], &[12, 12]])), ["Base plan", "Lean", "Difference", "Target"]);
        let own = ["Base plan", "Lean", "Difference", "Target, Base plan", "Target, Lean"];
        assert_eq!(names(&chart([&[12, 12], &[12, 30]])), own);
        assert_eq!(chart([&[], &[]]).table().columns[2].1, [Some(Exact::from(-2_i64)), Some(Exact::from(5_i64))]);
    }
}
