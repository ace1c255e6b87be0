//! The charts of the view: one place quarter by quarter, every coverage of it, and the regions ranked.

use egui::Ui;

use super::lens::{Lens, Look, support_roles};
use super::lens_shades::lens_shades;
use super::ranking::ranked;
use crate::desktop::action::Action;
use crate::desktop::charts::{Columns, Heat, Hit, Ink, Mark, Quantity, Ranks, Seam, Series};
use crate::desktop::parts::chart;
use crate::desktop::parts::controls;
use crate::desktop::parts::shades::Shades;
use crate::desktop::scene::Scene;
use crate::engine::{Key, Measure, Place};
use crate::units::{Exact, Period};

/// From this width on the ranking is beside the other charts rather than below.
const WIDE: f32 = 980.0;
/// Room between charts.
const GAP: f32 = 16.0;

/// Draws the charts over the space there is.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, look: Look) {
    let area = ui.available_rect_before_wrap();
    let part = |x: f32, y: f32, width: f32, height: f32| {
        let at = area.min + egui::vec2(x * area.width(), y * area.height());
        let size = egui::vec2(width * area.width(), height * area.height());
        egui::Rect::from_min_size(at, size).shrink(GAP / 2.0).intersect(area)
    };
    let [over_time, at_a_glance, ranking] = if area.width() >= WIDE {
        [part(0.0, 0.0, 0.6, 0.55), part(0.0, 0.55, 0.6, 0.45), part(0.6, 0.0, 0.4, 1.0)]
    } else {
        [part(0.0, 0.0, 0.55, 0.46), part(0.55, 0.0, 0.45, 0.46), part(0.0, 0.46, 1.0, 0.54)]
    };
    let inside = |ui: &mut Ui, rect: egui::Rect, draw: &mut dyn FnMut(&mut Ui)| {
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| draw(ui));
    };
    inside(ui, over_time, &mut |ui| by_period(ui, scene, look));
    inside(ui, at_a_glance, &mut |ui| glance(ui, scene));
    inside(ui, ranking, &mut |ui| ranks(ui, scene, look, None));
}

/// The place quarter by quarter: a coverage against 100 %, an amount beside what it is held against.
fn by_period(ui: &mut Ui, scene: &mut Scene<'_>, look: Look) {
    let place = controls::region_of(scene.focus.place);
    let outcome = scene.outcome();
    let plan = outcome.plan();
    let calendar = plan.calendar;
    let periods: Vec<Period> = if look.lens.by_quarter() {
        (0..calendar.quarters).map(Period::Quarter).collect()
    } else {
        (0..calendar.years()).map(Period::Year).collect()
    };
    let of = |look: Look| -> Vec<Option<Exact>> {
        periods.iter().map(|p| look.value(look.source(scene), place, *p)).collect()
    };
    let title = look.title(scene);
    let title = title.as_str();
    let ink = if look.lens == Lens(Measure::Target) { Ink::Target } else { Ink::Main };
    let mut series = vec![Series::new(title, Mark::Bar, ink, of(look))];
    if look.lens.is_coverage() {
        let whole = periods.iter().map(|_| Some(Exact::ONE)).collect();
        series.push(Series::new("Fully covered", Mark::Level, Ink::Target, whole));
    }
    if look.lens == Lens(Measure::Capacity) {
        series.push(Series::new("Target", Mark::Level, Ink::Target, of(Look { lens: Lens(Measure::Target), ..look })));
    }
    let chart = Columns {
        title: title.to_owned(),
        detail: detail(scene, look, place),
        measures: title.to_owned(),
        quantity: look.lens.quantity(plan),
        along: if look.lens.by_quarter() { "Fiscal quarter" } else { "Fiscal year" }.to_owned(),
        labels: periods.iter().map(|p| calendar.name(*p)).collect(),
        series,
        selected: periods.iter().position(|p| *p == scene.focus.period),
        signs_in_next_chart: false,
        seam: Seam::after(look.source(scene).closed_months(), if look.lens.by_quarter() { 3 } else { 12 }),
    };
    if chart.series.iter().all(|s| s.mark != Mark::Bar || s.values.iter().all(Option::is_none)) {
        empty(ui, scene, title, &format!("{title} is a figure of regions: choose one as the place, or in the ranking"));
        return;
    }
    if let Some(Hit { x, series }) = chart::show(ui, scene, "over time", &chart)
        && let Some(period) = periods.get(x)
    {
        let look = if series == Some(1) && look.lens == Lens(Measure::Capacity) {
            Look { lens: Lens(Measure::Target), ..look }
        } else {
            look
        };
        point(scene, place, *period, look.explains(scene, place, *period));
    }
}

/// Every coverage of the place by quarter, on heat.
fn glance(ui: &mut Ui, scene: &mut Scene<'_>) {
    let place = controls::region_of(scene.focus.place);
    let outcome = scene.outcome();
    let plan = outcome.plan();
    let quarters: Vec<Period> = (0..plan.calendar.quarters).map(Period::Quarter).collect();
    let mut looks: Vec<(Look, String)> =
        Lens::coverages().map(|lens| (Look { lens, role: None }, lens.measure().title().to_owned())).collect();
    if matches!(place, Place::Region(_)) {
        let name = |k: usize| plan.roles.get(k).map(|r| r.name.clone()).unwrap_or_default();
        let roles = support_roles(plan).into_iter();
        looks.extend(
            roles.map(|k| {
                (Look { lens: Lens(Measure::SupportCoverage), role: Some(k) }, format!("Support, {}", name(k)))
            }),
        );
    }
    let row = |(look, name): &(Look, String)| {
        let values = quarters.iter().map(|q| look.value(look.source(scene), place, *q)).collect();
        Series::new(name, Mark::Bar, Ink::Main, values)
    };
    let shades = lens_shades(Lens(Measure::CapacityCoverage), &scene.palette, scene.numbers, &[], &Quantity::Share);
    let fill = |value: Exact| shades.colour(value);
    let chart = Heat {
        title: "Every coverage".to_owned(),
        detail: scene.place_title(place),
        measures: "Coverage".to_owned(),
        quantity: Quantity::Share,
        along: "Fiscal quarter".to_owned(),
        labels: quarters.iter().map(|q| plan.calendar.name(*q)).collect(),
        rows: looks.iter().map(row).collect(),
        fill: &fill,
        selected: None,
    };
    if let Some(Hit { x, series: Some(row) }) = chart::show(ui, scene, "every coverage", &chart)
        && let (Some(period), Some((look, _))) = (quarters.get(x), looks.get(row))
    {
        point(scene, place, *period, look.explains(scene, place, *period));
    }
}

/// The regions by their figure in the period, the worst first; a click looks at one.
///
/// The colours are those of `shades` where something beside it tells what they mean.
pub(super) fn ranks(ui: &mut Ui, scene: &mut Scene<'_>, look: Look, shades: Option<Shades>) {
    let outcome = scene.outcome();
    let plan = outcome.plan();
    let period = look.lens.period(scene.focus.period, &plan.calendar);
    let all = ranked(scene, look, period);
    let name = |r: usize| plan.regions.get(r).map(|r| r.name.clone()).unwrap_or_default();
    let title = look.title(scene);
    let title = title.as_str();
    let values: Vec<Option<Exact>> = all.iter().map(|(_, value)| *value).collect();
    let quantity = look.lens.quantity(plan);
    let known: Vec<Exact> = values.iter().flatten().copied().collect();
    let with_steps = shades.is_none();
    let own = || lens_shades(look.lens, &scene.palette, scene.numbers, &known, &quantity);
    let shades = shades.unwrap_or_else(own);
    let colours = values.iter().map(|v| v.map_or(egui::Color32::TRANSPARENT, |v| shades.colour(v))).collect();
    let focus = controls::region_of(scene.focus.place);
    let order = if look.lens.is_worse_above() { "most first" } else { "least first" };
    let role = look.role.filter(|_| look.lens == Lens(Measure::SupportCoverage)).and_then(|k| plan.roles.get(k));
    let role = role.map_or_else(String::new, |r| format!("{}, ", r.name));
    let chart = Ranks {
        title: "Regions".to_owned(),
        detail: format!("{role}{}, {order}", plan.calendar.name(period)),
        measures: title.to_owned(),
        quantity,
        colours,
        steps: shades.steps().filter(|_| with_steps).map(|(c, t)| (c, t.to_owned())).collect(),
        down: "Region".to_owned(),
        labels: all.iter().map(|(r, _)| name(*r)).collect(),
        series: vec![Series::new(title, Mark::Bar, Ink::Main, values)],
        base: Exact::ZERO,
        limit: look.lens.is_coverage().then(|| ("Fully covered".to_owned(), Exact::ONE)),
        selected: all.iter().position(|(r, _)| Place::Region(*r) == focus),
    };
    if let Some(hit) = chart::show(ui, scene, "regions", &chart)
        && let Some((r, _)) = all.get(hit.x)
    {
        let place = Place::Region(*r);
        point(scene, place, period, look.explains(scene, place, period));
    }
}

/// Looks at a place and period, and explains the figure there.
pub(super) fn point(scene: &mut Scene<'_>, place: Place, period: Period, key: Option<Key>) {
    scene.send(Action::Focus { place, period: Some(period) });
    if let Some(key) = key {
        scene.send(Action::Explain(key));
    }
}

fn detail(scene: &Scene<'_>, look: Look, place: Place) -> String {
    let title = scene.place_title(place);
    let role = look.role.filter(|_| look.lens.measure() == Measure::SupportCoverage);
    match role.and_then(|k| scene.outcome().plan().roles.get(k)) {
        Some(role) => format!("{title}, {}", role.name),
        None => title,
    }
}

fn empty(ui: &mut Ui, scene: &Scene<'_>, title: &str, what: &str) {
    ui.label(egui::RichText::new(title).font(crate::desktop::fonts::semibold(14.0)));
    ui.add(egui::Label::new(egui::RichText::new(what).color(scene.palette.faint)).wrap());
}
