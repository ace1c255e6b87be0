//! The pictures of the view: the walk of one quarter or year as a waterfall, closing against ramped heads by month.

use egui::{Rect, Ui, UiBuilder};

use super::arrangement;
use crate::desktop::action::Action;
use crate::desktop::charts::{Columns, Ink, Mark, Quantity, Seam, Series, Step, Waterfall};
use crate::desktop::parts::chart;
use crate::desktop::parts::missing_input::MissingInput;
use crate::desktop::scene::{Scene, figure};
use crate::engine::{Measure, Place, Walks};
use crate::units::{Exact, Heads, Period};

/// Half the space between both pictures.
const GAP: f32 = 8.0;
/// The lines by month.
const LINES: [Measure; 2] = [Measure::Closing, Measure::Ramped];

/// Draws both beside each other, of the place and period looked at.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, walks: &Walks) {
    let period = match scene.focus.period {
        Period::All => Period::Year(0),
        other => other,
    };
    if let Some(next) = MissingInput::for_people(scene.plan()) {
        ui.add_space(6.0);
        next.show(ui, scene);
        ui.take_available_space();
        return;
    }
    let place = scene.focus.place;
    let all = 0..scene.outcome().plan().calendar.months();
    let mut heads = all.filter_map(|t| walks.get(place, Period::Month(t)));
    if heads.all(|walk| walk.active.exact().is_zero()) {
        ui.add_space(6.0);
        ui.label(format!("Nobody works in {} in this plan", scene.place_title(place)));
        ui.label("Choose another place, or type hires for it in the Plan view");
        ui.take_available_space();
        return;
    }
    let area = ui.available_rect_before_wrap();
    let (left, right) = area.split_left_right_at_fraction(0.42);
    let mut beside = |ui: &mut Ui, rect: Rect, draw: fn(&mut Ui, &mut Scene<'_>, &Walks, Place, Period)| {
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| draw(ui, scene, walks, place, period));
    };
    beside(ui, left.with_max_x(left.max.x - GAP), waterfall);
    beside(ui, right.with_min_x(right.min.x + GAP), months);
}

fn waterfall(ui: &mut Ui, scene: &mut Scene<'_>, walks: &Walks, place: Place, period: Period) {
    let walk = walks.get(place, period).copied().unwrap_or_default();
    let steps = arrangement::steps(scene);
    let step = |measure: &Measure| {
        let measure = *measure;
        let value = walk.figure(measure).map_or(Exact::ZERO, Heads::exact);
        Step {
            label: short(measure).to_owned(),
            value: if arrangement::leaves(measure) { -value } else { value },
            is_total: matches!(measure, Measure::Opening | Measure::Closing),
        }
    };
    let chart = Waterfall {
        title: format!("Headcount walk {}", scene.plan().calendar.name(period)),
        detail: scene.place_title(place),
        measures: "Headcount".to_owned(),
        quantity: Quantity::Heads,
        steps: steps.iter().map(step).collect(),
    };
    if let Some(hit) = chart::show(ui, scene, "headcount walk", &chart)
        && let Some(measure) = steps.get(hit.x)
        && let Some(key) = scene.figures().key(figure(*measure, place, period))
    {
        scene.send(Action::Explain(key));
    }
}

fn months(ui: &mut Ui, scene: &mut Scene<'_>, walks: &Walks, place: Place, period: Period) {
    let calendar = scene.outcome().plan().calendar;
    let months = 0..calendar.months();
    let of = |measure: Measure| -> Vec<Option<Exact>> {
        let heads = |t: usize| walks.get(place, Period::Month(t))?.figure(measure).map(Heads::exact);
        months.clone().map(heads).collect()
    };
    let chart = Columns {
        title: "Closing and ramped heads".to_owned(),
        detail: scene.place_title(place),
        measures: "Headcount".to_owned(),
        quantity: Quantity::Heads,
        along: "Month".to_owned(),
        labels: months.clone().map(|t| scene.numbers.month(calendar.month(t))).collect(),
        series: vec![
            Series::new("Closing heads", Mark::Line, Ink::Main, of(Measure::Closing)),
            Series::new("Ramped heads", Mark::Line, Ink::Nth(1), of(Measure::Ramped)),
        ],
        selected: match period {
            Period::Month(t) => Some(t),
            _ => None,
        },
        signs_in_next_chart: false,
        seam: Seam::after(scene.figures().closed_months(), 1),
    };
    if let Some(hit) = chart::show(ui, scene, "heads by month", &chart) {
        let measure = hit.series.and_then(|s| LINES.get(s)).copied().unwrap_or(Measure::Closing);
        scene.send(Action::Focus { place, period: Some(Period::Quarter(hit.x / 3)) });
        if let Some(key) = scene.figures().key(figure(measure, place, Period::Month(hit.x))) {
            scene.send(Action::Explain(key));
        }
    }
}

/// A step's name where there is little room.
const fn short(measure: Measure) -> &'static str {
    match measure {
        Measure::Opening => "Opening",
        Measure::Growth => "Growth",
        Measure::Backfills => "Backfills",
        Measure::MovedIn => "Moved in",
        Measure::MovedOut => "Moved out",
        Measure::Leavers => "Leavers",
        Measure::Exits => "Exits",
        _ => "Closing",
    }
}
