//! Capacity against target by quarter, for one place.

use egui::Ui;
use egui_plot::{Bar, BarChart, GridMark, Line, Plot, Points};

use super::scene::Scene;
use crate::engine::Place;
use crate::units::{Exact, Money, Period};

/// A key of the chart: a swatch in its colour, and what it stands for.
pub(super) fn key(ui: &mut Ui, colour: egui::Color32, name: &str) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 12.0), egui::Sense::hover());
    ui.painter().rect_filled(rect.shrink(1.0), 2.0, colour);
    ui.label(name);
}

/// Draws the chart over the space there is.
pub(super) fn capacity(ui: &mut Ui, scene: &Scene<'_>, place: Place) {
    let (outcome, palette, numbers) = (scene.outcome(), scene.palette, scene.numbers);
    let calendar = outcome.plan().calendar;
    let quarters = 0..calendar.quarters;
    let at = |q: usize| f64::from(u32::try_from(q).unwrap_or(u32::MAX));
    let of = |q: usize| outcome.rollup(place, Period::Quarter(q)).copied().unwrap_or_default();
    let bars = quarters
        .clone()
        .map(|q| Bar::new(at(q), of(q).capacity.exact().to_f64()).width(0.6).fill(palette.accent.gamma_multiply(0.7)))
        .collect();
    let targets: Vec<[f64; 2]> = quarters.map(|q| [at(q), of(q).target.exact().to_f64()]).collect();
    let quarter = move |x: f64| {
        let index = (0..calendar.quarters).find(|q| (at(*q) - x).abs() < 0.3)?;
        Some(calendar.name(Period::Quarter(index)))
    };
    let money = move |value: f64| {
        let whole = format!("{value:.0}");
        numbers.short(Money::new(whole.parse::<Exact>().unwrap_or_default()))
    };
    let marks = move |_| (0..calendar.quarters).map(|q| GridMark { value: at(q), step_size: 1.0 }).collect::<Vec<_>>();
    let plot = Plot::new("capacity against target")
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .include_y(0.0)
        .include_x(-0.6)
        .include_x(at(calendar.quarters) - 0.4)
        .x_grid_spacer(marks)
        .x_axis_formatter(move |mark, _| quarter(mark.value).unwrap_or_default())
        .y_axis_formatter(move |mark, _| money(mark.value))
        .show_grid([false, true])
        .show_background(false)
        .set_margin_fraction(egui::vec2(0.0, 0.08))
        .height(ui.available_height());
    let response = plot.show(ui, |plot| {
        plot.bar_chart(BarChart::new("Capacity", bars).color(palette.accent));
        plot.line(Line::new("Target", targets.clone()).color(palette.target).width(2.0));
        plot.points(Points::new("Target", targets).color(palette.target).radius(4.0));
    });
    let name = format!("Capacity against target, {}", outcome.place_name(place));
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &name));
}
