//! Ramps: the curves of all roles drawn, the selected one's points dragged, and a sheet of them beneath.

use egui::{CentralPanel, Frame, Id, Panel, Role, Sense, Ui, WidgetInfo};
use egui_plot::{AxisHints, GridMark, HLine, HoverPosition, Line, LineStyle, Plot, PlotPoint, Points};

use super::section_frame::{SectionFrame, head_width};
use super::shape::InputTable;
use crate::desktop::action::Action;
use crate::desktop::charts;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::from_percent;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Sheet};
use crate::desktop::tokens::Palette;
use crate::plan::{Plan, PlanEdit, Role as PlanRole};
use crate::units::Ratio;

/// How near to a point a pointer takes hold of it, in points of the screen.
const REACH: f32 = 14.0;

/// What is kept of the curves between frames.
#[derive(Default)]
pub(super) struct Curves {
    dragged: Option<Dragged>,
}

/// A point being dragged: whose, in which month, and where it is, in per cent.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Dragged {
    role: usize,
    month: usize,
    percent: u32,
}

impl Dragged {
    fn edit(self, plan: &Plan) -> Option<PlanEdit> {
        let role = plan.roles.get(self.role)?;
        let share = Ratio::new(from_percent(self.percent));
        let to = serde_json::to_value(share).ok()?;
        Some(PlanEdit::Set { path: PlanRole::RAMP.at(&role.id).at(self.month).to_string(), to })
    }
}

/// Draws the section.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    frame: &mut SectionFrame<'_>,
    curves: &mut Curves,
    table: &InputTable,
) {
    let selected = frame.state.sheets.get(table.key).and_then(Sheet::selection).map_or(0, |s| s.cursor.row);
    let selected = selected.min(scene.plan().roles.len().saturating_sub(1));
    let height = (ui.available_height() * 0.5).clamp(180.0, 420.0);
    Panel::top("ramp curves").resizable(false).exact_size(height).frame(Frame::NONE).show(ui, |ui| {
        if let Some(chosen) = names(ui, scene, selected) {
            let sheet = frame.state.sheets.entry(table.key).or_default();
            sheet.select(At { row: chosen, column: 0 });
        }
        plot(ui, scene, curves, selected);
    });
    CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
        ui.add_space(6.0);
        let head = head_width(ui, table);
        months(ui, scene, selected);
        frame.sheet(ui, scene, table, head);
    });
}

/// The roles by name; gives the one that was chosen.
fn names(ui: &mut Ui, scene: &Scene<'_>, selected: usize) -> Option<usize> {
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (index, role) in scene.plan().roles.iter().enumerate() {
            let chip = ui.selectable_label(index == selected, chip(ui, scene, index, &role.name));
            chip.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, index == selected, &role.name));
            if chip.clicked() {
                chosen = Some(index);
            }
        }
    });
    chosen
}

/// A role's name behind a mark in the colour of its curve.
fn chip(ui: &Ui, scene: &Scene<'_>, index: usize, name: &str) -> egui::text::LayoutJob {
    let mut job = egui::text::LayoutJob::default();
    let format = |color| egui::TextFormat { font_id: egui::FontId::proportional(14.0), color, ..Default::default() };
    let mark = if index < Palette::SERIES { "●  " } else { "○  " };
    job.append(mark, 0.0, format(scene.palette.series(index)));
    job.append(name, 0.0, format(ui.visuals().text_color()));
    job
}

/// Adding a month to the selected role's ramp, and taking the last one out.
fn months(ui: &mut Ui, scene: &mut Scene<'_>, selected: usize) {
    let plan = scene.plan();
    let Some(role) = plan.roles.get(selected) else { return };
    let last = role.ramp.len();
    ui.horizontal_wrapped(|ui| {
        ui.set_row_height(27.0);
        ui.label(egui::RichText::new(&role.name).font(semibold(14.0)));
        let add = ui.button(format!("{} Add a month", Icon::Plus));
        if add.on_hover_text("One more month before full productivity, at 100 % until it is typed or dragged").clicked()
        {
            let edit = PlanEdit::Insert { list: PlanRole::RAMP.at(&role.id).to_string(), at: last, entry: "1".into() };
            scene.commit(format!("{}: month added to the ramp", role.name), vec![edit]);
        }
        let remove = egui::Button::new(format!("{} Remove the last month", Icon::Minus));
        if ui.add_enabled(last > 0, remove).clicked()
            && let Some(month) = last.checked_sub(1)
        {
            let edit = PlanEdit::Remove { path: PlanRole::RAMP.at(&role.id).at(month).to_string() };
            scene.commit(format!("{}: last month of the ramp removed", role.name), vec![edit]);
        }
        let full = format!("fully productive from month {}", scene.numbers.count(last as u64 + 1));
        ui.colored_label(scene.palette.faint, full);
    });
    ui.add_space(4.0);
}

fn at(month: usize) -> f64 {
    f64::from(u32::try_from(month + 1).unwrap_or(u32::MAX))
}

/// A role's curve: its months, then full to the edge of the plot.
fn curve(role: &PlanRole, months: usize) -> Vec<[f64; 2]> {
    (0..months).map(|m| [at(m), role.ramp.get(m).map_or(100.0, |share| share.exact().to_f64() * 100.0)]).collect()
}

fn plot(ui: &mut Ui, scene: &mut Scene<'_>, curves: &mut Curves, selected: usize) {
    let (palette, numbers) = (scene.palette, scene.numbers);
    let plan = scene.outcome().plan();
    let months = plan.roles.iter().map(|r| r.ramp.len()).max().unwrap_or(0) + 2;
    let Some(role) = plan.roles.get(selected) else { return };
    let points: Vec<[f64; 2]> = curve(role, role.ramp.len());
    let held = curves.dragged.filter(|d| d.role == selected);
    let percent = move |y: f64| format!("{} %", numbers.count(nearest(y).into()));
    let whole = move |mark: GridMark, _: &_| numbers.count(nearest(mark.value).into());
    let title = |text: &str| egui::RichText::new(text).size(charts::SMALL).color(palette.faint);
    let small = |hints: AxisHints<'static>| {
        let font = egui::FontId::proportional(charts::SMALL);
        hints.tick_label_font(font).tick_label_color(palette.faint).label_spacing(14.0..=22.0)
    };
    let month_axis = small(AxisHints::new_x().label(title("Month of tenure")).formatter(whole));
    let share_axis = small(AxisHints::new_y().label(title("% of full productivity")).formatter(whole));
    // Of the plan without what is dragged: an axis that grew under the pointer would carry the point away.
    let top = highest(scene.plan(), selected);
    let shown = Plot::new("ramp curves")
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .custom_x_axes(vec![month_axis])
        .custom_y_axes(vec![share_axis])
        .x_grid_spacer(move |_| (0..months).map(|m| GridMark { value: at(m), step_size: 1.0 }).collect())
        .y_grid_spacer(move |_| {
            (0..=top / 25).map(|n| GridMark { value: f64::from(n * 25), step_size: 25.0 }).collect()
        })
        .label_formatter(move |hover| match hover {
            HoverPosition::NearDataPoint { plot_name, position, .. } => {
                let month = numbers.count(nearest(position.x).into());
                Some(format!("{plot_name}, month {month}: {}", percent(position.y)))
            }
            HoverPosition::Elsewhere { .. } => None,
        })
        .show_background(false)
        .show_grid([false, true])
        .grid_color(palette.line)
        .cursor_color(palette.line)
        .sense(Sense::drag())
        .height(ui.available_height())
        .show(ui, |plot| {
            plot.set_plot_bounds_x(0.6..=at(months) - 0.6);
            plot.set_plot_bounds_y(-4.0..=f64::from(top) + 8.0);
            plot.hline(HLine::new("Full productivity", 100.0).color(palette.line).style(LineStyle::dashed_loose()));
            for (index, other) in plan.roles.iter().enumerate().filter(|(index, _)| *index != selected) {
                let line = Line::new(other.name.clone(), curve(other, months)).id(Id::unique(("ramp", index)));
                // Colours repeat after some roles; dashed lines distinguish those.
                let style = if index < Palette::SERIES { LineStyle::Solid } else { LineStyle::dashed_dense() };
                plot.line(line.color(palette.series(index).gamma_multiply(0.7)).width(1.2).style(style));
            }
            let own = palette.series(selected);
            plot.line(Line::new(role.name.clone(), curve(role, months)).color(own).width(3.0).allow_hover(false));
            plot.points(Points::new(role.name.clone(), points.clone()).color(own).radius(5.0));
            if let Some(held) = held {
                let place = vec![[at(held.month), f64::from(held.percent)]];
                plot.points(Points::new("held", place).color(palette.text).radius(7.0).allow_hover(false));
            }
            let pointer = plot.pointer_coordinate();
            let near = plot.ctx().input(|i| i.pointer.press_origin()).and_then(|press| {
                let distance = |p: &[f64; 2]| plot.screen_from_plot(PlotPoint::new(p[0], p[1])).distance(press);
                let found = points.iter().enumerate().min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)));
                found.filter(|(_, p)| distance(p) < REACH).map(|(month, _)| month)
            });
            (pointer, near)
        });
    let (pointer, near) = shown.inner;
    let summary = summary(scene, role);
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &summary));
    drag(scene, curves, &shown.response, selected, pointer.map(|p| nearest(p.y).min(top)), near);
}

/// Takes hold of a point, moves it, lets it go: one edit at the end.
fn drag(
    scene: &mut Scene<'_>,
    curves: &mut Curves,
    response: &egui::Response,
    role: usize,
    percent: Option<u32>,
    near: Option<usize>,
) {
    if response.drag_started()
        && let (Some(month), Some(percent)) = (near, percent)
    {
        curves.dragged = Some(Dragged { role, month, percent });
    }
    let Some(mut held) = curves.dragged else { return };
    if let Some(percent) = percent.filter(|p| *p != held.percent) {
        held.percent = percent;
        curves.dragged = Some(held);
        if let Some(edit) = held.edit(scene.plan()) {
            scene.send(Action::Preview(vec![edit]));
        }
    }
    if response.drag_stopped() {
        curves.dragged = None;
        scene.send(Action::EndPreview);
        let plan = scene.plan();
        if let (Some(edit), Some(role)) = (held.edit(plan), plan.roles.get(held.role)) {
            let month = scene.numbers.count(held.month as u64 + 1);
            let to = scene.numbers.count(held.percent.into());
            scene.commit(format!("{}, ramp in month {month}: {to} %", role.name), vec![edit]);
        }
    }
}

/// How far up a role's points can be dragged, in per cent: full, or as far as one is already.
fn highest(plan: &Plan, role: usize) -> u32 {
    let ramp = plan.roles.get(role).map(|role| role.ramp.as_slice()).unwrap_or_default();
    ramp.iter().map(|share| nearest(share.exact().to_f64() * 100.0)).max().unwrap_or(0).clamp(100, 1000)
}

/// The nearest whole number of 0 or more.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place on the screen, within bounds")]
fn nearest(value: f64) -> u32 {
    value.round().clamp(0.0, 1e6) as u32
}

/// The curve in words.
fn summary(scene: &Scene<'_>, role: &PlanRole) -> String {
    if role.ramp.is_empty() {
        return format!("Ramp of {}: fully productive from the first month", role.name);
    }
    let shares: Vec<String> = role.ramp.iter().map(|share| scene.numbers.share(*share)).collect();
    format!("Ramp of {} by month of tenure: {}, then full", role.name, shares.join(", "))
}
