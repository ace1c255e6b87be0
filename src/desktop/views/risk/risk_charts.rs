//! The charts of the view: the fan over quarters or years, the trials by where they come out, and what drives the spread.

use egui::{Rect, Ui, UiBuilder};

use super::simulation_job::{RiskResult, Spreads, expected_title};
use crate::desktop::action::Action;
use crate::desktop::charts::{Band, Columns, Fan, Hit, Ink, Mark, Quantity, Ranks, Series};
use crate::desktop::parts::chart;
use crate::desktop::parts::figures::periods;
use crate::desktop::scene::Scene;
use crate::engine::{Measure, Outcome, Place};
use crate::units::{Exact, Period};

/// Room between charts.
const GAP: f32 = 14.0;
/// Drivers that are shown.
const DRIVERS: usize = 12;
/// The bands, from the outermost in: their ends in per cent, and how far their colour is from the surface.
const BANDS: [(u32, u32, f32); 3] = [(5, 95, 0.16), (10, 90, 0.28), (25, 75, 0.44)];

/// Draws the charts over the space there is; with `by_year` the fan has years in place of quarters.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, found: &RiskResult, by_year: bool) {
    let area = ui.available_rect_before_wrap();
    let (above, below) = area.split_top_bottom_at_fraction(0.55);
    let (left, right) = below.split_left_right_at_fraction(0.44);
    let inside = |ui: &mut Ui, rect: Rect, draw: &mut dyn FnMut(&mut Ui)| {
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| draw(ui));
    };
    inside(ui, above.with_max_y(above.max.y - GAP), &mut |ui| {
        let over = periods(&scene.plan().calendar, !by_year, by_year);
        let chart = fan(scene, found, &over);
        if let Some(Hit { x, .. }) = chart::show(ui, scene, "fan", &chart)
            && let Some(period) = over.get(x)
        {
            scene.send(Action::Focus { place: scene.focus.place, period: Some(*period) });
        }
    });
    inside(ui, left.with_max_x(left.max.x - GAP), &mut |ui| {
        chart::show(ui, scene, "trials", &trials(scene, found));
    });
    inside(ui, right, &mut |ui| {
        chart::show(ui, scene, "drivers", &drivers(scene, found));
    });
}

fn quantity(scene: &Scene<'_>, found: &RiskResult) -> Quantity {
    Quantity::of(found.asked.measure.unit(), &scene.plan().currency)
}

/// How the figure spreads, period by period.
fn fan(scene: &Scene<'_>, found: &RiskResult, over: &[Period]) -> Fan {
    let (palette, measure, calendar) = (scene.palette, found.asked.measure, scene.plan().calendar);
    let values = |of: &Spreads, percent: u32| -> Vec<Option<Exact>> {
        over.iter().map(|p| of.at(*p).and_then(|spread| spread.quantile(percent))).collect()
    };
    let bands = BANDS.map(|(low, high, share)| Band {
        names: [format!("P{low}"), format!("P{high}")],
        ends: [values(&found.own, low), values(&found.own, high)],
        colour: palette.surface.lerp_to_gamma(palette.accent, share),
    });
    let expected = over.iter().map(|p| found.own.at(*p).and_then(|spread| spread.expected)).collect();
    let mut series = vec![
        Series::new("P50", Mark::Line, Ink::Main, values(&found.own, 50)),
        Series::new(expected_title(scene.plan()), Mark::Line, Ink::Faint, expected),
    ];
    let held: Vec<Option<Exact>> = over.iter().map(|p| held(scene.document.settled(), found, *p)).collect();
    if held.iter().any(Option::is_some) {
        let name = match measure {
            Measure::CapacityCoverage => "Fully covered",
            Measure::TotalCost => "Budget",
            _ => "Target",
        };
        series.push(Series::new(name, Mark::Level, Ink::Target, held));
    }
    if let (Some(other), Some(name)) = (&found.other, &found.of.other) {
        for (percent, mark) in [(50, Mark::Line), (10, Mark::Level), (90, Mark::Level)] {
            let name = format!("P{percent}, {}", name.name());
            series.push(Series::new(name, mark, Ink::Nth(4), values(other, percent)));
        }
    }
    let by_year = matches!(over.first(), Some(Period::Year(_)));
    let over = Columns {
        title: format!("{} by {}", measure.title(), if by_year { "year" } else { "quarter" }),
        detail: scene.place_title(found.asked.place),
        measures: measure.title().to_owned(),
        quantity: quantity(scene, found),
        along: if by_year { "Fiscal year" } else { "Fiscal quarter" }.to_owned(),
        labels: over.iter().map(|p| calendar.name(*p)).collect(),
        series,
        selected: over.iter().position(|p| *p == found.asked.period),
        signs_in_next_chart: false,
        seam: None,
    };
    Fan { bands: bands.to_vec(), over }
}

/// What the figure is held against in a period.
fn held(outcome: &Outcome, found: &RiskResult, period: Period) -> Option<Exact> {
    match found.asked.measure {
        Measure::Capacity => outcome.figure(Measure::Target, found.asked.place, period).filter(|t| !t.is_zero()),
        _ => found.own.at(period)?.chance.map(|met| met.limit),
    }
}

/// The trials by where they come out.
fn trials(scene: &Scene<'_>, found: &RiskResult) -> Columns {
    let (measure, quantity) = (found.asked.measure, quantity(scene, found));
    let bins = found.histogram.as_ref().map(|drawn| drawn.bins.as_slice()).unwrap_or_default();
    let limited = found.histogram.as_ref().is_some_and(|drawn| drawn.limit.is_some());
    let (met, missed) = match (limited, measure) {
        (false, _) => ("Trials", ""),
        (true, Measure::TotalCost) => ("Within the budget", "Over the budget"),
        (true, _) => ("Target reached", "Target missed"),
    };
    let mut series = vec![Series::new(met, Mark::Bar, Ink::Main, bins.iter().map(|bin| Some(bin.met)).collect())];
    if limited {
        let values = bins.iter().map(|bin| Some(bin.missed)).collect();
        series.push(Series::new(missed, Mark::Bar, Ink::Bad, values));
    }
    Columns {
        title: format!("Trials, {}", scene.plan().calendar.name(found.asked.period)),
        detail: scene.place_title(found.asked.place),
        measures: "Share of trials".to_owned(),
        quantity: Quantity::Share,
        along: format!("{}, from", measure.title()),
        labels: bins.iter().map(|bin| quantity.short(scene.numbers, Some(bin.from))).collect(),
        series,
        selected: None,
        signs_in_next_chart: false,
        seam: None,
    }
}

/// What drives the spread beyond luck, the strongest first.
fn drivers(scene: &Scene<'_>, found: &RiskResult) -> Ranks {
    let shown: Vec<_> = found.drivers.iter().filter(|d| d.beyond_luck).take(DRIVERS).collect();
    let label = |driver: &&crate::analysis::Influence| {
        let way = if driver.correlation.is_negative() { ", lowers" } else { "" };
        format!("{}{way}", driver.name)
    };
    let detail = match found.asked.place {
        Place::Plan => scene.plan().calendar.name(found.asked.period),
        place => format!("{}, {}", scene.plan().calendar.name(found.asked.period), scene.place_title(place)),
    };
    Ranks {
        title: "What drives the spread".to_owned(),
        detail,
        measures: "Squared rank correlation".to_owned(),
        quantity: Quantity::Share,
        down: "Driver".to_owned(),
        labels: shown.iter().map(label).collect(),
        series: vec![Series::new(
            "Share of the spread",
            Mark::Bar,
            Ink::Main,
            shown.iter().map(|driver| Some(driver.squared)).collect(),
        )],
        colours: Vec::new(),
        steps: Vec::new(),
        base: Exact::ZERO,
        limit: None,
        selected: None,
    }
}
