//! What helps a new planner: the sheet of shortcuts, and the first steps.

use egui::{
    Area, Button, Context, Frame, Grid, Id, Key, Order, Pos2, Rect, RichText, ScrollArea, Stroke, Ui, Vec2, pos2, vec2,
};

use super::action::Action;
use super::charts;
use super::command::{COMMANDS, Command};
use super::fonts::semibold;
use super::scene::Scene;
use super::sheet;

/// Every key that does something, in two columns.
pub(super) fn shortcuts(ui: &mut Ui) {
    ui.heading("Keyboard shortcuts");
    ScrollArea::vertical().max_height((ui.ctx().content_rect().height() - 180.0).min(520.0)).show(ui, |ui| {
        ui.label(RichText::new("Everywhere").font(semibold(14.0)));
        let commands: Vec<(String, &str)> =
            COMMANDS.iter().filter_map(|e| Some((e.keys(ui.ctx())?, e.title.trim_end_matches('…')))).collect();
        table(ui, "everywhere", commands.iter().map(|(keys, what)| (keys.as_str(), *what)));
        ui.add_space(8.0);
        ui.label(RichText::new("In a table").font(semibold(14.0)));
        table(ui, "in a table", sheet::KEYS.iter().copied());
        ui.add_space(8.0);
        ui.label(RichText::new("In a chart").font(semibold(14.0)));
        table(ui, "in a chart", charts::KEYS.iter().copied());
        ui.add_space(8.0);
        ui.label(RichText::new("Size").font(semibold(14.0)));
        table(ui, "size", [("Ctrl++, Ctrl+−, Ctrl+0", "Larger, smaller, as designed")].into_iter());
    });
}

fn table<'t>(ui: &mut Ui, name: &str, lines: impl Iterator<Item = (&'t str, &'t str)>) {
    Grid::new(name).num_columns(2).min_col_width(180.0).spacing([16.0, 4.0]).show(ui, |ui| {
        for (keys, what) in lines {
            ui.label(RichText::new(keys).font(semibold(13.0)));
            ui.label(what);
            ui.end_row();
        }
    });
}

/// Where the parts of the window are that the first steps point at.
#[derive(Debug, Clone, Copy)]
pub(super) struct WindowParts {
    pub(super) headline: Rect,
    pub(super) view: Rect,
    pub(super) inspector: Option<Rect>,
    pub(super) top: Rect,
}

/// A step: its title, what it says, and the part of the window it is about.
type TourStep = (&'static str, &'static str, fn(&WindowParts) -> Option<Rect>);

const STEPS: [TourStep; 5] = [
    (
        "This plan is an example",
        "Change whatever you like: nothing is written until you save. To begin your own plan, choose New… in the File menu: \
         it starts from your tables (people, pay, targets, accounts or hires, as CSV or Excel) or from a blank plan.",
        |_| None,
    ),
    (
        "The figures that matter stay in sight",
        "Hires against the envelope, coverage, gap, cost and payback follow every key. Click one to see where it comes \
         from.",
        |parts| Some(parts.headline),
    ),
    (
        "Type hires like in a spreadsheet",
        "Select a cell and type. On a region's row, F2 and a number spread it over its roles. Copy and paste work with other \
         spreadsheets, and everything can be undone with Ctrl+Z.",
        |parts| Some(parts.view),
    ),
    (
        "Every figure explains itself",
        "The inspector opens any figure down to the fields of the plan. Click a field to go and change it.",
        |parts| parts.inspector,
    ),
    (
        "Find anything with Ctrl+K",
        "Commands, views, regions, roles, assumptions and findings, by a few letters. Press ? for every shortcut.",
        |parts| Some(parts.top),
    ),
];

/// The width of the text of a step.
const WIDTH: f32 = 256.0;

/// Draws a step; gives the next one, or `None` once the tour is over. Only an example has the first step, which says so.
pub(super) fn tour(ctx: &Context, scene: &mut Scene<'_>, step: usize, parts: &WindowParts) -> Option<usize> {
    let first = usize::from(!scene.is_example());
    let step = step.max(first);
    let (title, text, part) = STEPS.get(step)?;
    let (about, palette) = (part(parts), scene.palette);
    if let Some(rect) = about {
        let painter = ctx.layer_painter(egui::LayerId::new(Order::Foreground, Id::unique("tour mark")));
        painter.rect_stroke(rect.shrink(2.0), 6.0, Stroke::new(3.0, palette.accent), egui::StrokeKind::Inside);
    }
    let mut next = Some(step);
    let id = Id::unique("tour");
    let size = ctx.memory(|m| m.area_rect(id)).map_or(vec2(WIDTH + 34.0, 190.0), |rect| rect.size());
    let area = Area::new(id).order(Order::Tooltip).fixed_pos(beside(ctx.content_rect(), size, about));
    area.show(ctx, |ui| {
        Frame::popup(ui.style()).inner_margin(16.0).show(ui, |ui| {
            ui.set_width(WIDTH);
            ui.label(RichText::new(*title).font(semibold(17.0)));
            ui.add(egui::Label::new(*text).wrap());
            ui.add_space(6.0);
            if step == 0 && ui.button("Begin your own…").clicked() {
                scene.send(Action::Command(Command::New));
                next = None;
            }
            ui.horizontal(|ui| {
                let last = step + 1 == STEPS.len();
                let name = if last { "Start planning" } else { "Next" };
                let button = ui.add(Button::new(RichText::new(name).font(semibold(14.0))));
                if ui.memory(|m| m.focused().is_none()) {
                    button.request_focus();
                }
                if button.clicked() {
                    next = (!last).then_some(step + 1);
                }
                if step > first && ui.button("Back").clicked() {
                    next = Some(step - 1);
                }
                if !last && ui.button("Skip").clicked() {
                    next = None;
                }
                let number = format!("{} of {}", step + 1 - first, STEPS.len() - first);
                ui.label(RichText::new(number).color(palette.faint));
            });
        });
    });
    if ctx.input(|i| i.key_pressed(Key::Escape)) { None } else { next }
}

/// The place of a box of that size on the screen: the one that covers least of the part that it is about.
fn beside(screen: Rect, size: Vec2, about: Option<Rect>) -> Pos2 {
    let room = Rect::from_min_max(screen.min + vec2(4.0, 4.0), screen.max - vec2(4.0, 34.0));
    let (left, right) = (room.min.x, room.max.x - size.x);
    let (middle, bottom) = (f32::midpoint(left, right), room.max.y - size.y);
    let covered = |at: &Pos2| {
        let both = about.map_or(Rect::NOTHING, |about| Rect::from_min_size(*at, size).intersect(about));
        if both.is_positive() { both.area() } else { 0.0 }
    };
    let places = [pos2(middle, bottom), pos2(right, bottom), pos2(left, bottom), pos2(middle, room.min.y)];
    places.into_iter().min_by(|a, b| covered(a).total_cmp(&covered(b))).unwrap_or(room.min)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_covers_nothing_of_the_part_that_it_is_about() {
        let size = vec2(WIDTH + 34.0, 190.0);
        for (width, height) in [(1000.0, 700.0), (1280.0, 800.0), (2560.0, 1440.0)] {
            let screen = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
            let part = |from: (f32, f32), to: (f32, f32)| Rect::from_min_max(from.into(), to.into());
            let inspector = part((width - 300.0, 110.0), (width, height - 26.0));
            for about in [
                part((0.0, 0.0), (width, 30.0)),
                part((0.0, 30.0), (width, 110.0)),
                part((152.0, 110.0), (width - 300.0, height - 26.0)),
                inspector,
            ] {
                let shown = Rect::from_min_size(beside(screen, size, Some(about)), size);
                assert!(!shown.intersect(about).is_positive(), "{shown:?} {about:?}");
                assert!(screen.contains_rect(shown));
            }
        }
    }
}
