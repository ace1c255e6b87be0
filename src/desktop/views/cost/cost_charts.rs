//! The charts of the view: cost stacked by quarter and, against the budget, by year; what the expansion adds.

use egui::Ui;

use super::arrangement::CostRows;
use super::cost_rows::{cell_cost, cost, inner};
use super::cost_value;
use crate::desktop::action::Action;
use crate::desktop::charts::{Columns, Hit, Ink, Mark, Quantity, Seam, Series};
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::chart;
use crate::desktop::parts::figures::periods;
use crate::desktop::parts::missing_input::MissingInput;
use crate::desktop::scene::{Scene, figure};
use crate::engine::{Explainer, Inner, Key, Measure, Outcome, Place};
use crate::units::Period;

/// A part of the cost: its name, and its key in a period.
type Part<'a> = (String, Box<dyn Fn(Period) -> Key + 'a>);

/// Share of the width that quarters take; years take the rest.
const QUARTERS: f32 = 0.66;
/// Room between charts.
const GAP: f32 = 12.0;

/// The series of both charts, made once for an outcome: by quarter, and by year.
pub(super) type Both = [Vec<Series>; 2];

/// Draws the charts over the space there is.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    kept: &mut Cached<(CostRows, Place), Both>,
    down: CostRows,
    place: Place,
) {
    if let Some(next) = MissingInput::for_people(scene.plan()) {
        next.show(ui, scene);
        ui.take_available_space();
        return;
    }
    let area = ui.available_rect_before_wrap();
    let calendar = scene.plan().calendar;
    let [quarters, years] = [periods(&calendar, true, false), periods(&calendar, false, true)];
    if down == CostRows::Expansion {
        expansion(ui, scene, &quarters);
        return;
    }
    let parts = parts(scene.outcome(), down, place);
    let both = kept.get(scene, (down, place), || [&quarters, &years].map(|p| series(scene, &parts, (down, place), p)));
    let [by_quarter, by_year] = both;
    let (left, right) = area.split_left_right_at_fraction(QUARTERS);
    let left = left.with_max_x(left.max.x - GAP);
    ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
        stacked(ui, scene, &parts, (down, place), &quarters, by_quarter);
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| {
        stacked(ui, scene, &parts, (down, place), &years, by_year);
    });
}

/// What the stack is made of, from the bottom up.
fn parts(outcome: &Outcome, down: CostRows, place: Place) -> Vec<Part<'static>> {
    let plan = outcome.plan();
    let of = |m: Measure, place: Place, name: &str| -> Part<'static> {
        (name.to_owned(), Box::new(move |p| cost(m, place, p)))
    };
    match (down, place) {
        (CostRows::Regions, _) => {
            let areas = plan.areas().into_iter().enumerate();
            areas.map(|(a, area)| of(Measure::TotalCost, Place::Area(a), area)).collect()
        }
        (CostRows::Roles, _) => {
            let role = |(k, role): (usize, &crate::plan::Role)| -> Part<'static> {
                let key: Box<dyn Fn(Period) -> Key> = match place {
                    Place::Region(r) => Box::new(move |p| cell_cost(r, k, p)),
                    _ => Box::new(move |p| inner(Inner::RoleCost(k), place, p)),
                };
                (role.name.clone(), key)
            };
            let roles = plan.roles.iter().enumerate().map(role);
            roles.chain([of(Measure::ProgrammeCost, place, "Programme cost")]).collect()
        }
        _ => Measure::cost_lines().map(|m| of(m, place, m.title())).collect(),
    }
}

/// The stack's series over these periods, the total, and over years the budget.
fn series(scene: &Scene<'_>, parts: &[Part<'_>], (down, place): (CostRows, Place), periods: &[Period]) -> Vec<Series> {
    let (source, explainer) = (cost_value::source(scene, down), Explainer::new(scene.outcome()));
    let value = |key: Key| cost_value::value(source, &explainer, key);
    let values = |key: &dyn Fn(Period) -> Key| periods.iter().map(|p| value(key(*p))).collect::<Vec<_>>();
    let part = |(i, (name, key)): (usize, &Part<'_>)| Series::new(name, Mark::Bar, Ink::Nth(i), values(key));
    let mut all: Vec<Series> = parts.iter().enumerate().map(part).collect();
    let total = values(&|p| figure(Measure::TotalCost, place, p));
    all.push(Series::new("Total cost", Mark::TooltipOnly, Ink::Faint, total));
    let budget = values(&|p| inner(Inner::Budget, place, p));
    if budget.iter().any(Option::is_some) {
        all.push(Series::new("Budget", Mark::Level, Ink::Target, budget));
    }
    all
}

fn stacked(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    parts: &[Part<'_>],
    (down, place): (CostRows, Place),
    periods: &[Period],
    series: &[Series],
) {
    let source = cost_value::source(scene, down);
    let calendar = scene.plan().calendar;
    let by_year = matches!(periods.first(), Some(Period::Year(_)));
    let title = if by_year { "Cost by year" } else { "Cost by quarter" };
    let chart = Columns {
        title: title.to_owned(),
        detail: scene.place_title(place),
        measures: "Cost".to_owned(),
        quantity: Quantity::Money(scene.plan().currency.to_string()),
        along: if by_year { "Fiscal year" } else { "Fiscal quarter" }.to_owned(),
        labels: periods.iter().map(|p| calendar.name(*p)).collect(),
        series: series.to_vec(),
        selected: periods.iter().position(|p| *p == scene.focus.period),
        signs_in_next_chart: by_year,
        seam: Seam::after(source.closed_months(), if by_year { 12 } else { 3 }),
    };
    if let Some(Hit { x, series }) = chart::show(ui, scene, title, &chart)
        && let Some(period) = periods.get(x)
    {
        let key = series.and_then(|s| parts.get(s)).map(|(_, key)| key(*period));
        let budget = series.is_some_and(|s| s > parts.len()).then(|| inner(Inner::Budget, place, *period));
        let total = figure(Measure::TotalCost, place, *period);
        scene.send(Action::Focus { place: scene.focus.place, period: Some(*period) });
        if let Some(key) = source.key(key.or(budget).unwrap_or(total)) {
            scene.send(Action::Explain(key));
        }
    }
}

/// What the expansion adds by quarter, and its contribution cumulated: where the line crosses nothing, it has paid for
/// itself.
fn expansion(ui: &mut Ui, scene: &mut Scene<'_>, quarters: &[Period]) {
    let (outcome, calendar) = (scene.outcome(), scene.plan().calendar);
    let explainer = Explainer::new(outcome);
    let added = |m: Measure| move |p: Period| figure(m, Place::Plan, p);
    let so_far = |p: Period| inner(Inner::AddedSoFar(Measure::AddedContribution), Place::Plan, p);
    let values = |key: &dyn Fn(Period) -> Key| quarters.iter().map(|p| explainer.value(key(*p))).collect();
    let series = vec![
        Series::new("Added contribution", Mark::Bar, Ink::Nth(0), values(&added(Measure::AddedContribution))),
        Series::new("Cumulated", Mark::Line, Ink::Target, values(&so_far)),
        Series::new("Added cost", Mark::Line, Ink::Nth(4), values(&added(Measure::AddedCost))),
        Series::new("Added capacity", Mark::Line, Ink::Nth(1), values(&added(Measure::AddedCapacity))),
    ];
    let chart = Columns {
        title: "What the expansion adds".to_owned(),
        detail: scene.place_title(Place::Plan),
        measures: "Amount".to_owned(),
        quantity: Quantity::Money(scene.plan().currency.to_string()),
        along: "Fiscal quarter".to_owned(),
        labels: quarters.iter().map(|p| calendar.name(*p)).collect(),
        series,
        selected: quarters.iter().position(|p| *p == scene.focus.period),
        signs_in_next_chart: false,
        seam: None,
    };
    if let Some(Hit { x, series }) = chart::show(ui, scene, "what the expansion adds", &chart)
        && let Some(period) = quarters.get(x)
    {
        let key = match series {
            Some(1) => so_far(*period),
            Some(2) => added(Measure::AddedCost)(*period),
            Some(3) => added(Measure::AddedCapacity)(*period),
            _ => added(Measure::AddedContribution)(*period),
        };
        scene.send(Action::Focus { place: scene.focus.place, period: Some(*period) });
        scene.send(Action::Explain(key));
    }
}
