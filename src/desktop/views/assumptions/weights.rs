//! Weights as bars with their shares: dragged, or moved by the arrow keys, beside the sheet in which they are typed.

use egui::{Align2, EventFilter, FontId, Key, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::shape::InputTable;
use crate::desktop::action::Action;
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::from_percent;
use crate::desktop::scene::Scene;
use crate::edit::with_share;
use crate::plan::{Assumptions, Field, Group, PlanEdit, share_of};
use crate::units::Ratio;

const WIDTH: f32 = 52.0;
const GAP: f32 = 14.0;
/// Room over a bar for its share, and under it for its name.
const LABEL: f32 = 18.0;
/// The share that reaches to the top.
const TOP: f32 = 0.6;

/// What is kept of the bars between frames: the weight being dragged, and its share in per cent.
#[derive(Default)]
pub(super) struct Bars {
    dragged: Option<(&'static Field, usize, u32)>,
}

/// Whether a table is one of weights.
pub(super) fn is_weights(table: &InputTable) -> bool {
    list(table).is_some()
}

/// The list of weights that a table is about.
fn list(table: &InputTable) -> Option<&'static Field> {
    let field = table.rows.first()?.field?;
    let groups = [Group::BookingsByQuarter, Group::BookingsByMonth, Group::StartsByMonth];
    groups.contains(&field.group).then_some(field)
}

fn edit(scene: &Scene<'_>, list: &'static Field, index: usize, percent: u32) -> PlanEdit {
    let share = Ratio::new(from_percent(percent));
    let to = with_share(weights(&scene.plan().assumptions, list), index, share);
    PlanEdit::Set { path: list.path().to_string(), to: serde_json::to_value(to).unwrap_or_default() }
}

fn weights<'a>(assumptions: &'a Assumptions, list: &'static Field) -> &'a [Ratio] {
    assumptions.weights(list).unwrap_or_default()
}

/// Draws the bars of a table of weights.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, bars: &mut Bars, table: &InputTable, height: f32) {
    let Some(list) = list(table) else { return };
    ui.add_space(16.0);
    let count = f32::from(u8::try_from(table.rows.len()).unwrap_or(u8::MAX));
    let (area, _) = ui.allocate_exact_size(vec2(count * (WIDTH + GAP) + GAP, height), Sense::hover());
    let base = area.max.y - LABEL;
    ui.painter().hline(area.x_range(), base, Stroke::new(1.0, scene.palette.line));
    let mut x = area.min.x + GAP;
    for (index, row) in table.rows.iter().enumerate() {
        let room = Rect::from_min_max(pos2(x, area.min.y), pos2(x + WIDTH, base));
        one(ui, scene, bars, (table, list, index), room, &row.head.title);
        x += WIDTH + GAP;
    }
}

/// One bar: what it shows, and what is done to it.
fn one(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    bars: &mut Bars,
    (table, list, index): (&InputTable, &'static Field, usize),
    room: Rect,
    name: &str,
) {
    let palette = scene.palette;
    let share = share_of(weights(&scene.outcome().plan().assumptions, list), index);
    #[expect(clippy::cast_possible_truncation, reason = "a height on the screen")]
    let part = share.map_or(0.0, |share| share.exact().to_f64() as f32);
    let full = room.height() - LABEL;
    let top = room.max.y - full * (part / TOP).clamp(0.0, 1.0);
    let bar = Rect::from_min_max(pos2(room.min.x, top), room.max);
    let id = ui.scope_id().with(("weight", list.pattern, index));
    let response = ui.interact(room, id, Sense::click_and_drag());
    let held = bars.dragged.is_some_and(|(l, i, _)| l == list && i == index);
    let bright = response.hovered() || response.has_focus() || held;
    let colour = palette.accent.gamma_multiply(if bright { 1.0 } else { 0.75 });
    ui.painter().rect_filled(bar, 3.0, colour);
    if response.has_focus() {
        ui.painter().rect_stroke(bar.expand(2.0), 4.0, Stroke::new(1.5, palette.text), egui::StrokeKind::Outside);
    }
    let text = scene.numbers.percent(share, 1);
    ui.painter().text(pos2(room.center().x, top - 3.0), Align2::CENTER_BOTTOM, &text, semibold(12.5), palette.text);
    let under = pos2(room.center().x, room.max.y + 3.0);
    ui.painter().text(under, Align2::CENTER_TOP, name, FontId::proportional(12.5), palette.faint);
    let said = format!("{}, {name}", table.title);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(egui::accesskit::Role::Slider);
        node.set_label(said.clone());
        node.set_value(text.clone());
    });
    let now = whole(part * 100.0);
    if response.drag_started() || response.clicked() {
        response.request_focus();
    }
    drag(ui, scene, bars, &response, (list, index, now), |y| whole((room.max.y - y) / full * TOP * 100.0));
    if response.has_focus() {
        keys(ui, scene, (list, index, now), id, &said);
    }
    if response.drag_stopped()
        && let Some((list, index, percent)) = bars.dragged.take()
    {
        scene.send(Action::EndPreview);
        let edit = edit(scene, list, index, percent);
        scene.commit(format!("{said}: {} %", scene.numbers.count(percent.into())), vec![edit]);
    }
    response
        .on_hover_text(format!("{said}: {text}. Drag it, or press the arrow keys; the others keep their proportions"));
}

fn drag(
    ui: &Ui,
    scene: &mut Scene<'_>,
    bars: &mut Bars,
    response: &egui::Response,
    (list, index, now): (&'static Field, usize, u32),
    at: impl Fn(f32) -> u32,
) {
    if !response.dragged() {
        return;
    }
    let Some(pointer) = ui.input(|i| i.pointer.latest_pos()) else { return };
    let percent = at(pointer.y).min(100);
    let held = bars.dragged.map(|(_, _, percent)| percent);
    if held != Some(percent) && (held.is_some() || percent != now) {
        bars.dragged = Some((list, index, percent));
        let edit = edit(scene, list, index, percent);
        scene.send(Action::Preview(vec![edit]));
    }
}

/// The arrow keys move a share by one per cent.
fn keys(ui: &Ui, scene: &mut Scene<'_>, (list, index, now): (&'static Field, usize, u32), id: egui::Id, said: &str) {
    ui.memory_mut(|m| m.set_focus_lock_filter(id, EventFilter { vertical_arrows: true, ..EventFilter::default() }));
    let (up, down) = ui.input(|i| (i.key_pressed(Key::ArrowUp), i.key_pressed(Key::ArrowDown)));
    let to = match (up, down) {
        (true, false) => (now + 1).min(100),
        (false, true) => now.saturating_sub(1),
        _ => return,
    };
    let edit = edit(scene, list, index, to);
    scene.commit(format!("{said}: {} %", scene.numbers.count(to.into())), vec![edit]);
}

/// The nearest whole number of 0 or more.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a bar, within bounds")]
fn whole(value: f32) -> u32 {
    value.round().clamp(0.0, 1000.0) as u32
}
