//! The chart of the outlook by quarter: what happened, what is expected, what was promised, and the seam between closed and
//! open months.

use egui::Ui;

use super::comparison::RecordComparison;
use super::year_measure::ToldFigure;
use crate::analysis::FigureChange;
use crate::desktop::action::Action;
use crate::desktop::charts::{Columns, Ink, Mark, Quantity, Seam, Series};
use crate::desktop::parts::chart;
use crate::desktop::scene::Scene;
use crate::engine::{Measure, Outlook, Place};
use crate::units::{Exact, Period};

/// Draws the chart; a click looks at the quarter.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    outlook: &Outlook,
    record: Option<&RecordComparison>,
    figure: ToldFigure,
    place: Place,
) {
    let plan = outlook.plan();
    let measure = figure.measure();
    let quarters = 0..plan.calendar.quarters;
    let values = |of: &dyn Fn(Period) -> Option<Exact>| -> Vec<Option<Exact>> {
        quarters.clone().map(|q| of(Period::Quarter(q))).collect()
    };
    let last = outlook.last_closed();
    let expected = |period| outlook.figure(figure.outlook(), place, period);
    let actual = |period| outlook.actual(measure, place, period);
    let is_closed = |period| matches!(period, Period::Quarter(q) if q * 3 + 2 <= last);
    // Of a quarter that is partly closed, bookings and cost are stacked; heads are those at its end.
    let is_flow = figure != ToldFigure::Heads;
    let happened = values(&|period| actual(period).filter(|_| is_flow || is_closed(period)));
    let open = values(&|period| match (actual(period), is_closed(period)) {
        (_, true) => None,
        (Some(happened), false) if is_flow => {
            FigureChange { before: Some(happened), after: expected(period) }.difference()
        }
        _ => expected(period),
    });
    let promised = values(&|period| {
        let compared = record?;
        compared.record.figure(measure, compared.place(plan, place)?, period)
    });
    let mut series = vec![
        Series::new("Actual", Mark::Bar, Ink::Main, happened),
        Series::new("Outlook of open months", Mark::Bar, Ink::Nth(6), open),
        Series::new("Plan of record", Mark::Level, Ink::Target, promised),
        Series::new("Outlook", Mark::TooltipOnly, Ink::Faint, values(&expected)),
    ];
    if figure == ToldFigure::Capacity {
        let target = |period| outlook.rollup(place, period)?.figure(Measure::Target);
        series.push(Series::new("Target", Mark::Line, Ink::Nth(2), values(&target)));
    }
    let title = match figure {
        ToldFigure::Capacity => "Bookings and capacity",
        ToldFigure::Cost => "Cost",
        ToldFigure::Heads => "Heads at the end of the quarter",
    };
    let chart = Columns {
        title: title.to_owned(),
        detail: scene.place_title(place),
        measures: measure.title().to_owned(),
        quantity: Quantity::of(measure.unit(), &plan.currency),
        along: "Fiscal quarter".to_owned(),
        labels: quarters.clone().map(|q| plan.calendar.name(Period::Quarter(q))).collect(),
        series,
        selected: match scene.focus.period {
            Period::Quarter(q) => Some(q),
            _ => None,
        },
        signs_in_next_chart: false,
        seam: Seam::after(last + 1, 3),
    };
    if let Some(hit) = chart::show(ui, scene, "outlook by quarter", &chart) {
        scene.send(Action::Focus { place: scene.focus.place, period: Some(Period::Quarter(hit.x)) });
    }
}
