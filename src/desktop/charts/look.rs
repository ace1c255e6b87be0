//! How the marks of a chart look: colours with a pattern or a shape to each, so that colour is never the only sign.

use egui::epaint::PathStroke;
use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use crate::desktop::tokens::Palette;

/// What a mark stands for, which gives it its colour and pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum Ink {
    /// The figure that the chart is about.
    Main,
    /// What it is held against: a target, a budget.
    Target,
    /// One of many, by its number: each has a colour and pattern of its own.
    Nth(usize),
    /// Goes up, or is met.
    Good,
    /// Goes down, or is missed.
    Bad,
    /// Stands back.
    Faint,
}

/// Lines over a filled mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pattern {
    Solid,
    Rising,
    Falling,
}

/// The sign of a series: in its legend, its tooltip and its chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::desktop) enum Swatch {
    Bar(Ink),
    Line(Ink),
    Level(Ink),
    /// A step of heat.
    Heat(Color32),
    /// Told in the tooltip only.
    None,
}

impl Ink {
    pub(super) fn colour(self, palette: &Palette) -> Color32 {
        match self {
            Self::Main => palette.accent,
            Self::Target => palette.target,
            Self::Nth(n) => palette.series(n),
            Self::Good => palette.good,
            Self::Bad => palette.error,
            Self::Faint => palette.faint,
        }
    }

    pub(super) const fn pattern(self) -> Pattern {
        match self {
            Self::Nth(n) if n >= 2 * Palette::SERIES => Pattern::Falling,
            Self::Nth(n) if n >= Palette::SERIES => Pattern::Rising,
            Self::Bad => Pattern::Falling,
            _ => Pattern::Solid,
        }
    }
}

/// Draws the lines of a pattern over a filled mark; `over` is the colour behind the chart.
pub(super) fn hatch(painter: &Painter, rect: Rect, pattern: Pattern, over: Color32) {
    let gap = 6.0;
    let (painter, stroke) = (painter.with_clip_rect(rect.intersect(painter.clip_rect())), Stroke::new(1.5, over));
    if pattern == Pattern::Solid || !painter.clip_rect().is_positive() {
        return;
    }
    let (width, height) = (rect.width(), rect.height());
    let mut x = -height;
    while x < width {
        let (from, to) = match pattern {
            Pattern::Falling => (vec2(x, 0.0), vec2(x + height, height)),
            _ => (vec2(x, height), vec2(x + height, 0.0)),
        };
        painter.line_segment([rect.min + from, rect.min + to], stroke);
        x += gap;
    }
}

/// Draws the sign of a series into a square.
pub(super) fn swatch(painter: &Painter, rect: Rect, swatch: Swatch, palette: &Palette, over: Color32) {
    match swatch {
        Swatch::Bar(ink) => {
            let square = rect.shrink(1.0);
            painter.rect_filled(square, 2.0, ink.colour(palette));
            hatch(painter, square, ink.pattern(), over);
        }
        Swatch::Line(ink) => {
            let middle = Stroke::new(2.0, ink.colour(palette));
            painter.hline(rect.x_range(), rect.center().y, middle);
            marker(painter, rect.center(), ink, palette, 3.5);
        }
        Swatch::Level(ink) => {
            let colour = ink.colour(palette);
            painter.hline(rect.x_range(), rect.center().y, Stroke::new(2.5, colour));
            painter.add(diamond(rect.center(), 4.0, colour));
        }
        Swatch::Heat(colour) => {
            painter.rect_filled(rect.shrink(1.0), 2.0, colour);
        }
        Swatch::None => {}
    }
}

/// The mark of a point on a line: a shape of its own for each series.
pub(super) fn marker(painter: &Painter, at: Pos2, ink: Ink, palette: &Palette, r: f32) {
    let colour = ink.colour(palette);
    let polygon = |points: &[(f32, f32)]| {
        let points = points.iter().map(|(x, y)| at + vec2(x * r, y * r)).collect();
        Shape::convex_polygon(points, colour, Stroke::NONE)
    };
    let shape = match ink {
        Ink::Nth(n) => match n % 5 {
            0 => Shape::circle_filled(at, r, colour),
            1 => Shape::rect_filled(Rect::from_center_size(at, egui::Vec2::splat(r * 1.8)), 0.0, colour),
            2 => polygon(&[(0.0, -1.2), (1.2, 0.9), (-1.2, 0.9)]),
            3 => polygon(&[(-1.2, -0.9), (1.2, -0.9), (0.0, 1.2)]),
            _ => diamond(at, r * 1.3, colour),
        },
        Ink::Target => diamond(at, r * 1.3, colour),
        _ => Shape::circle_filled(at, r, colour),
    };
    painter.add(shape);
}

pub(super) fn diamond(at: Pos2, r: f32, colour: Color32) -> Shape {
    let points = vec![pos2(at.x, at.y - r), pos2(at.x + r, at.y), pos2(at.x, at.y + r), pos2(at.x - r, at.y)];
    Shape::Path(egui::epaint::PathShape { points, closed: true, fill: colour, stroke: PathStroke::NONE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_one_colour_differ_in_pattern() {
        for n in 0..Palette::SERIES {
            let looks = [n, n + Palette::SERIES, n + 2 * Palette::SERIES].map(|n| Ink::Nth(n).pattern());
            assert!(looks[0] != looks[1] && looks[1] != looks[2] && looks[0] != looks[2]);
        }
        assert_ne!(Ink::Good.pattern(), Ink::Bad.pattern());
    }
}
