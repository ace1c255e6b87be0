//! Points over two axes of values: what one figure costs of another. A line joins some of them, and one that
//! stands apart has a sign and a name of its own.

use egui::{Align2, FontId, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::chart::Chart;
use super::chart_table::ChartTable;
use super::ground::SMALL;
use super::hit::Hit;
use super::look::{self, Ink, Swatch};
use super::quantity::Quantity;
use super::scale::{STEPS, Scale};
use super::tip;
use crate::desktop::style::Style;
use crate::desktop::tokens::Palette;
use crate::units::Exact;

/// A point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Spot {
    pub(in crate::desktop) name: String,
    pub(in crate::desktop) x: Exact,
    pub(in crate::desktop) y: Exact,
    /// More that the tooltip tells: a name, and a value as it is written.
    pub(in crate::desktop) details: Vec<(String, String)>,
}

/// Points over two axes; a hit's `x` is the number of the point, the one apart behind the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::desktop) struct Points {
    pub(in crate::desktop) title: String,
    pub(in crate::desktop) detail: String,
    /// What the axes measure, in the same unit.
    pub(in crate::desktop) along: String,
    pub(in crate::desktop) up: String,
    pub(in crate::desktop) quantity: Quantity,
    /// What the points are by: `Growth hires`.
    pub(in crate::desktop) by: String,
    /// What the line of points is.
    pub(in crate::desktop) name: String,
    pub(in crate::desktop) spots: Vec<Spot>,
    /// The values, along and up, that a line joins in their order.
    pub(in crate::desktop) joined: Vec<(Exact, Exact)>,
    /// Stands apart, with its name beside it.
    pub(in crate::desktop) apart: Option<Spot>,
    /// The point that is chosen.
    pub(in crate::desktop) selected: Option<usize>,
}

/// Radius of a point; how near the pointer has to come.
const RADIUS: f32 = 5.0;
const NEAR: f32 = 22.0;
/// Room of the ticks and the title below.
const BELOW: f32 = 36.0;
/// Room between a tick of the left axis and the plot.
const MARGIN: f32 = 8.0;

/// Where values stand on the screen.
struct Ground {
    inside: Rect,
    x: Scale,
    y: Scale,
}

impl Ground {
    fn at(&self, spot: &Spot) -> Pos2 {
        self.point((spot.x, spot.y))
    }

    fn point(&self, (x, y): (Exact, Exact)) -> Pos2 {
        pos2(self.along(x), self.up(y))
    }

    fn along(&self, value: Exact) -> f32 {
        egui::remap(share(&self.x, value), 0.0..=1.0, self.inside.x_range())
    }

    fn up(&self, value: Exact) -> f32 {
        egui::remap(share(&self.y, value), 0.0..=1.0, self.inside.bottom_up_range())
    }

    /// Draws the grid, what its lines stand for, and what the lower axis measures.
    fn draw(&self, ui: &Ui, palette: &Palette, title: &str) {
        let (painter, font) = (ui.painter(), FontId::proportional(SMALL));
        for tick in &self.x.ticks {
            let x = self.along(tick.value);
            painter.vline(x, self.inside.y_range(), Stroke::new(1.0, palette.line));
            let at = pos2(x, self.inside.max.y + 3.0);
            painter.text(at, Align2::CENTER_TOP, &tick.text, font.clone(), palette.faint);
        }
        for tick in &self.y.ticks {
            let y = self.up(tick.value);
            painter.hline(self.inside.x_range(), y, Stroke::new(1.0, palette.line));
            let at = pos2(self.inside.min.x - MARGIN, y);
            painter.text(at, Align2::RIGHT_CENTER, &tick.text, font.clone(), palette.faint);
        }
        let at = pos2(self.inside.center().x, self.inside.max.y + BELOW);
        painter.text(at, Align2::CENTER_BOTTOM, title, font, palette.faint);
    }
}

#[expect(clippy::cast_possible_truncation, reason = "where a point stands on the screen")]
fn share(scale: &Scale, value: Exact) -> f32 {
    ((value.to_f64() - scale.min) / (scale.max - scale.min)) as f32
}

impl Points {
    fn all(&self) -> impl Iterator<Item = &Spot> {
        self.spots.iter().chain(&self.apart)
    }

    fn ground(&self, ui: &mut Ui, style: Style, rect: Rect) -> Ground {
        let scale = |of: &dyn Fn(&Spot) -> Exact, steps: u32| {
            Scale::of(self.all().map(|spot| of(spot).to_f64()), false, steps, &self.quantity, style.numbers)
        };
        let y = scale(&|spot| spot.y, if rect.height() < 170.0 { 3 } else { STEPS });
        let font = FontId::proportional(SMALL);
        let width = |text: &String| {
            ui.fonts_mut(|f| f.layout_no_wrap(text.clone(), font.clone(), style.palette.faint).size().x)
        };
        let left = y.ticks.iter().map(|tick| width(&tick.text)).fold(0.0, f32::max) + MARGIN;
        let inside = Rect::from_min_max(rect.min + vec2(left, 8.0), rect.max - vec2(26.0, BELOW));
        Ground { inside, x: scale(&|spot| spot.x, if inside.width() < 330.0 { 3 } else { STEPS }), y }
    }

    fn marks(&self, ui: &Ui, palette: &Palette, ground: &Ground) {
        let painter = ui.painter();
        let line = self.joined.iter().map(|values| ground.point(*values)).collect();
        painter.line(line, Stroke::new(2.0, palette.accent));
        for spot in &self.spots {
            look::marker(painter, ground.at(spot), Ink::Main, palette, RADIUS);
        }
        if let Some(spot) = &self.apart {
            let at = ground.at(spot);
            look::marker(painter, at, Ink::Target, palette, RADIUS + 1.0);
            // To the side where there is room for it.
            let right = at.x < ground.inside.center().x;
            let (align, off) = if right { (Align2::LEFT_CENTER, 10.0) } else { (Align2::RIGHT_CENTER, -10.0) };
            painter.text(at + vec2(off, 0.0), align, &spot.name, FontId::proportional(SMALL), palette.target);
        }
        if let Some(spot) = self.selected.and_then(|chosen| self.all().nth(chosen)) {
            painter.circle_stroke(ground.at(spot), RADIUS + 4.0, Stroke::new(2.0, palette.text));
        }
    }

    /// The point nearest to the pointer, where one is near.
    fn pointed(&self, ground: &Ground, pointer: Pos2) -> Option<usize> {
        let far = self.all().map(|spot| ground.at(spot).distance(pointer)).enumerate();
        far.min_by(|(_, a), (_, b)| a.total_cmp(b)).filter(|(_, far)| *far <= NEAR).map(|(index, _)| index)
    }
}

impl Chart for Points {
    fn title(&self) -> &str {
        &self.title
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn axis(&self) -> String {
        let reach = self.all().map(|spot| spot.y.to_f64().abs()).fold(0.0, f64::max);
        format!("{}, {}", self.up, self.quantity.axis(reach).name)
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        let apart = self.apart.iter().map(|spot| (Swatch::Level(Ink::Target), spot.name.clone()));
        std::iter::once((Swatch::Line(Ink::Main), self.name.clone())).chain(apart).collect()
    }

    fn table(&self) -> ChartTable {
        let column = |of: &dyn Fn(&Spot) -> Exact| self.all().map(|spot| Some(of(spot))).collect();
        ChartTable {
            corner: self.by.clone(),
            labels: self.all().map(|spot| spot.name.clone()).collect(),
            columns: vec![(self.along.clone(), column(&|s| s.x)), (self.up.clone(), column(&|s| s.y))],
        }
    }

    fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    fn draw(&self, ui: &mut Ui, style: Style, _: &str, keyed: Option<Hit>) -> Option<Hit> {
        let (rect, response) = ui.allocate_exact_size(ui.available_size(), Sense::CLICK);
        // What the chart says in words stands around it.
        ui.ctx().accesskit_node_builder(response.id, egui::accesskit::Node::set_hidden);
        let (palette, ground) = (style.palette, self.ground(ui, style, rect));
        if !ground.inside.is_positive() {
            return None;
        }
        ground.draw(ui, &palette, &format!("{}, {}", self.along, ground.x.unit.name));
        self.marks(ui, &palette, &ground);
        let at = match keyed {
            Some(hit) => hit.x,
            None => self.pointed(&ground, response.hover_pos()?)?,
        };
        let spot = self.all().nth(at)?;
        let place = ground.at(spot);
        ui.painter().circle_stroke(place, RADIUS + 4.0, Stroke::new(1.5, palette.accent));
        let value = |value: Exact| self.quantity.value(style.numbers, Some(value));
        let own = [(self.along.clone(), value(spot.x)), (self.up.clone(), value(spot.y))];
        let lines = own.into_iter().chain(spot.details.iter().cloned());
        let lines: Vec<tip::TipLine> = lines.map(|(name, value)| (Swatch::None, name, value)).collect();
        let anchor = keyed.map(|_| Rect::from_center_size(place, egui::Vec2::splat(2.0 * RADIUS)));
        tip::show(&response, &palette, anchor, &spot.name, &lines);
        (keyed.is_none() && response.clicked()).then_some(Hit { x: at, series: None })
    }
}
