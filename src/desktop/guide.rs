//! What helps a new planner: the sheet of shortcuts, and the first steps.

use egui::{Align2, Area, Button, Context, Frame, Grid, Id, Key, Order, Rect, RichText, ScrollArea, Stroke, Ui};

use super::charts;
use super::command::COMMANDS;
use super::fonts::semibold;
use super::sheet;
use super::tokens::Palette;

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

const STEPS: [TourStep; 4] = [
    (
        "The figures that matter stay in sight",
        "Hires against the envelope, coverage, gap, cost and payback follow every key. Click one to see where it comes \
         from.",
        |parts| Some(parts.headline),
    ),
    (
        "Type hires like in a spreadsheet",
        "Select a cell and type. On a region's row a number spreads over its roles. Copy and paste work with other \
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

/// Draws the first step, or the one it has come to; gives the next one, or none once it is over.
pub(super) fn tour(ctx: &Context, palette: &Palette, step: usize, parts: &WindowParts) -> Option<usize> {
    let (title, text, place) = STEPS.get(step)?;
    if let Some(rect) = place(parts) {
        let painter = ctx.layer_painter(egui::LayerId::new(Order::Foreground, Id::unique("tour mark")));
        painter.rect_stroke(rect.shrink(2.0), 6.0, Stroke::new(3.0, palette.accent), egui::StrokeKind::Inside);
    }
    let mut next = Some(step);
    let area =
        Area::new(Id::unique("tour")).order(Order::Tooltip).anchor(Align2::CENTER_BOTTOM, egui::vec2(0.0, -64.0));
    area.show(ctx, |ui| {
        Frame::popup(ui.style()).inner_margin(16.0).show(ui, |ui| {
            ui.set_width(440.0);
            ui.label(RichText::new(*title).font(semibold(17.0)));
            ui.add(egui::Label::new(*text).wrap());
            ui.add_space(6.0);
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
                if !last && ui.button("Skip").clicked() {
                    next = None;
                }
                ui.label(RichText::new(format!("{} of {}", step + 1, STEPS.len())).color(palette.faint));
            });
        });
    });
    if ctx.input(|i| i.key_pressed(Key::Escape)) { None } else { next }
}
