//! Capacity against target by quarter, for one place.

use egui::Ui;

use super::chart;
use crate::desktop::action::Action;
use crate::desktop::charts::{Columns, Ink, Mark, Quantity, Seam, Series};
use crate::desktop::scene::{Scene, figure};
use crate::engine::{Measure, Place, Rollup};
use crate::units::{Exact, Period};

/// Draws the chart over the space there is; a click selects the quarter and explains what was clicked.
pub(in crate::desktop) fn capacity(ui: &mut Ui, scene: &mut Scene<'_>, place: Place) {
    let figures = scene.figures();
    let plan = scene.outcome().plan();
    let quarters = 0..plan.calendar.quarters;
    let of = |value: fn(&Rollup) -> Exact| -> Vec<Option<Exact>> {
        quarters.clone().map(|q| figures.rollup(place, Period::Quarter(q)).map(value)).collect()
    };
    let chart = Columns {
        title: if figures.is_outlook() { "Outlook against target" } else { "Capacity against target" }.to_owned(),
        detail: scene.place_title(place),
        measures: "Bookings".to_owned(),
        quantity: Quantity::Money(plan.currency.to_string()),
        along: "Fiscal quarter".to_owned(),
        labels: quarters.clone().map(|q| plan.calendar.name(Period::Quarter(q))).collect(),
        series: vec![
            Series::new("Capacity", Mark::Bar, Ink::Main, of(|r| r.capacity.exact())),
            Series::new("Target", Mark::Level, Ink::Target, of(|r| r.target.exact())),
        ],
        selected: match scene.focus.period {
            Period::Quarter(q) => Some(q),
            _ => None,
        },
        signs_in_next_chart: false,
        seam: Seam::after(figures.closed_months(), 3),
    };
    if let Some(hit) = chart::show(ui, scene, "capacity against target", &chart) {
        let period = Period::Quarter(hit.x);
        let measure = if hit.series == Some(1) { Measure::Target } else { Measure::Capacity };
        scene.send(Action::Focus { place, period: Some(period) });
        if let Some(key) = figures.key(figure(measure, place, period)) {
            scene.send(Action::Explain(key));
        }
    }
}
