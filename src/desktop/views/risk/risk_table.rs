//! The figures of the charts as a table: mean, quantiles and chances by quarter and year.

use egui::Ui;

use super::simulation_job::{AS_PLANNED, RiskRequest, RiskResult, Spreads, expected_title};
use crate::analysis::Spread;
use crate::desktop::charts::Quantity;
use crate::desktop::numbers::NONE;
use crate::desktop::parts::figures::{FigureRow, Figures, periods};
use crate::desktop::scene::{Scene, figure};
use crate::desktop::sheet::{Band, Cell, RowHead, Tone};
use crate::engine::Unit;
use crate::units::{Exact, Period};

/// Width of a column of amounts, and of other figures.
const AMOUNTS: f32 = 92.0;
const OTHERS: f32 = 62.0;

/// What a row shows of a spread.
type RiskKey = Box<dyn Fn(&Spread) -> Option<Exact>>;

/// Makes the table.
pub(super) fn make(ui: &Ui, scene: &Scene<'_>, found: &RiskResult) -> Figures {
    let calendar = scene.plan().calendar;
    let RiskRequest { measure, place, .. } = found.asked;
    let periods = periods(&calendar, true, true);
    let quantity = Quantity::of(measure.unit(), &scene.plan().currency);
    let whole = scene.place_title(place);
    let row = |of: &Spreads, title: &str, band: Band, quantity: &Quantity, value: &RiskKey| {
        let cell = |period: &Period| {
            let value = of.at(*period).and_then(value);
            let text = value.map_or(NONE.to_owned(), |value| quantity.value(scene.numbers, Some(value)));
            let tone = match (value, band) {
                (None, _) => Tone::Faint,
                (_, Band::None) => Tone::Normal,
                _ => Tone::Strong,
            };
            let explains = (title == AS_PLANNED).then(|| figure(measure, place, *period)).filter(|_| value.is_some());
            Cell { text, number: value, tone, explains, ..Cell::default() }
        };
        let cells: Vec<Cell> = periods.iter().map(cell).collect();
        let head = RowHead { title: title.to_owned(), depth: 0, band, folded: None };
        let name = format!("{}, {title}, {whole}", measure.title());
        FigureRow { head, name, cells, hover_text: vec![String::new(); periods.len()], ..FigureRow::default() }
    };
    let rows = |of: &Spreads, name: &str| {
        let named = |title: &str| if name.is_empty() { title.to_owned() } else { format!("{title}, {name}") };
        let mut lines = Vec::new();
        let mut add = |title: &str, band: Band, quantity: &Quantity, value: RiskKey| {
            lines.push(row(of, &named(title), band, quantity, &value));
        };
        add(expected_title(scene.plan()), Band::None, &quantity, Box::new(|spread| spread.expected));
        add("Mean", Band::Light, &quantity, Box::new(|spread| Some(spread.mean.value)));
        add("Standard error", Band::None, &quantity, Box::new(|spread| spread.mean.error));
        for percent in Spread::PERCENTS.into_iter().rev() {
            let band = if percent == 50 { Band::Light } else { Band::None };
            add(&format!("P{percent}"), band, &quantity, Box::new(move |spread| spread.quantile(percent)));
        }
        add("Chance", Band::Light, &Quantity::Share, Box::new(|spread| Some(spread.chance?.chance.value)));
        add(
            "Standard error of the chance",
            Band::None,
            &Quantity::Share,
            Box::new(|spread| spread.chance?.chance.error),
        );
        lines
    };
    let mut lines = rows(&found.own, "");
    if let (Some(other), Some(name)) = (&found.other, &found.of.other) {
        lines.extend(rows(other, name.name()));
    }
    // What the figure is held against, and so a chance, is not there of every figure.
    lines.retain(|line| line.cells.iter().any(|cell| cell.number.is_some()));
    let width = if measure.unit() == Unit::Money { AMOUNTS } else { OTHERS };
    Figures::new(ui, measure.title().to_owned(), calendar, periods.clone(), width, lines)
}
