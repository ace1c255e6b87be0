//! How the parts of the window give way where there is little room: on a small screen, or where everything is large.

use egui::{Context, Rect, ScrollArea, Ui, UiBuilder, Vec2, vec2};

/// Below this width views are listed by their icons alone; below the second the inspector shows only when asked for.
const NARROW: f32 = 1100.0;
const SMALL: f32 = 800.0;
/// Below this height the headline figures take a line less.
const LOW: f32 = 600.0;
/// What a view needs; in less it is scrolled as a whole.
const LEAST: Vec2 = vec2(540.0, 410.0);

/// How much room the window has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Room {
    pub(super) narrow: bool,
    pub(super) small: bool,
    pub(super) low: bool,
}

impl Room {
    pub(super) fn of(ctx: &Context) -> Self {
        let size = ctx.content_rect().size();
        Self { narrow: size.x < NARROW, small: size.x < SMALL, low: size.y < LOW }
    }
}

/// The most that a panel below a table takes: it leaves the table half.
pub(super) fn half(ui: &Ui, least: f32) -> f32 {
    (ui.available_height() * 0.5).max(least)
}

/// Draws a dialog, which is scrolled where the window is too low to hold it.
pub(super) fn all_of<T>(ui: &mut Ui, dialog: impl FnOnce(&mut Ui) -> T) -> T {
    if !Room::of(ui.ctx()).low {
        return dialog(ui);
    }
    let height = ui.ctx().content_rect().height() - 60.0;
    ScrollArea::vertical().max_height(height).show(ui, dialog).inner
}

/// Draws a view over the space there is, or over what it needs, scrolled.
pub(super) fn scrolled(ui: &mut Ui, view: impl FnOnce(&mut Ui)) {
    let room = ui.available_size();
    if room.x >= LEAST.x && room.y >= LEAST.y {
        view(ui);
        return;
    }
    let area = ScrollArea::both().id_salt("view").auto_shrink(false);
    area.show(ui, |ui| {
        let rect = Rect::from_min_size(ui.next_widget_position(), room.max(LEAST));
        ui.allocate_rect(rect, egui::Sense::hover());
        ui.scope_builder(UiBuilder::new().max_rect(rect), view);
    });
}
