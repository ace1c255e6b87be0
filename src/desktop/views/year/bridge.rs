//! The page of the bridge: from the plan of record to what happened, step by step, as a waterfall, and as a table that has the
//! same step's effect on capacity, cost and heads side by side.

use egui::{CentralPanel, Frame, Label, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use super::bridge_words;
use super::comparison::{ComparisonJob, RecordComparison};
use super::region_choices::region_choices;
use super::year_measure::{FIGURES, ToldFigure};
use crate::desktop::charts::{Quantity, Step, Waterfall};
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::plain_table::{self, Plain};
use crate::desktop::parts::{chart, controls, figure_text, grid};
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Band, Cell, Column, RowHead, Sheet, Side, Tone};
use crate::engine::{Measure, Unit, VarianceStep};
use crate::units::Exact;

/// Least height of the chart, with its legend.
const LEAST: f32 = 200.0;

/// What the page keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct BridgePage {
    figure: ToldFigure,
    /// The region, by its place in the plan of record; `None` for all of them.
    #[serde(skip)]
    region: Option<usize>,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    table: Cached<(Option<usize>, usize), Plain>,
}

impl BridgePage {
    /// The controls in the head of the view.
    pub(super) fn controls(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, comparison: &ComparisonJob) {
        controls::switch(ui, &mut self.figure, &FIGURES);
        ui.add_space(6.0);
        let Some(Ok(compared)) = comparison.get() else { return };
        let record = compared.record.plan();
        self.region = self.region.filter(|region| *region < record.regions.len());
        controls::list(ui, "Region of the bridge", &mut self.region, &region_choices(record));
        if let Some(table) = self.table.last() {
            controls::table_menu(ui, scene, "Bridge", "bridge", table);
        }
    }

    /// Draws the page.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, comparison: &mut ComparisonJob) {
        comparison.want(ui, scene);
        if let Some(why) = comparison.failure(scene) {
            controls::wrapped_label(ui, format!("The bridge cannot be made: {why}"), scene.palette.error);
            return;
        }
        let compared = match comparison.get() {
            Some(Ok(compared)) => compared,
            Some(Err(why)) => {
                controls::wrapped_label(ui, format!("The bridge cannot be made: {why}"), scene.palette.error);
                return;
            }
            None => {
                ui.colored_label(scene.palette.faint, "Working out the steps…");
                return;
            }
        };
        let (region, generation) = (self.region, comparison.generation());
        self.table.get(scene, (region, generation), || table(ui, scene, compared, region));
        let frame = Frame::side_top_panel(ui.style()).fill(scene.palette.surface);
        // The chart takes what the table leaves.
        let needed = self.table.last().map_or(0.0, |table| plain_table::height(ui, table));
        let height = (ui.available_height() - needed).max(LEAST);
        let above = Panel::top("bridge chart").resizable(false).exact_size(height).frame(frame);
        above.show(ui, |ui| waterfall(ui, scene, compared, self.figure, region));
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            if let Some(table) = self.table.last() {
                grid::show(&mut self.sheet, ui, scene, "bridge", table);
            }
        });
    }
}

/// A step of a measure; `None` if the measure has no such step, or the region has no bookings or costs.
fn step(compared: &RecordComparison, region: Option<usize>, measure: Measure, step: VarianceStep) -> Option<Exact> {
    let mut rows = compared.variance.rows.iter();
    rows.find(|row| row.region == region && row.measure == measure && row.step == step).map(|row| row.value)
}

/// Whether a step is a level rather than a change.
const fn is_total(step: VarianceStep) -> bool {
    matches!(step, VarianceStep::Record | VarianceStep::Actual)
}

fn place_name(compared: &RecordComparison, region: Option<usize>) -> String {
    let regions = &compared.record.plan().regions;
    let region = region.and_then(|region| regions.get(region));
    region.map_or_else(|| "All regions".to_owned(), |region| region.name.clone())
}

fn waterfall(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    compared: &RecordComparison,
    figure: ToldFigure,
    region: Option<usize>,
) {
    let (measure, currency) = (figure.measure(), &compared.record.plan().currency);
    let steps = VarianceStep::ALL.iter().filter_map(|kind| {
        let value = step(compared, region, measure, *kind)?;
        let moves = is_total(*kind) || !value.is_zero();
        moves.then(|| Step { label: kind.title().to_owned(), value, is_total: is_total(*kind) })
    });
    let steps: Vec<Step> = steps.collect();
    if steps.is_empty() {
        let what = if figure == ToldFigure::Cost { "costs" } else { "bookings" };
        let text = format!("{}: the closed months state no {what} here", place_name(compared, region));
        ui.colored_label(scene.palette.faint, text);
        return;
    }
    let text = "The closed months: each cause on top of those before it, in this order";
    ui.add(Label::new(RichText::new(text).color(scene.palette.faint).size(12.5)).truncate());
    let chart = Waterfall {
        title: format!("{}: from the plan of record to what happened", measure.title()),
        detail: place_name(compared, region),
        measures: measure.title().to_owned(),
        quantity: Quantity::of(measure.unit(), currency),
        steps,
    };
    chart::show(ui, scene, "bridge of the year", &chart);
}

/// The steps with what each did to capacity, cost and heads.
fn table(ui: &Ui, scene: &Scene<'_>, compared: &RecordComparison, region: Option<usize>) -> Plain {
    let currency = &compared.record.plan().currency;
    let columns = vec![
        Column::new(format!("Capacity, {currency}"), 128.0)
            .about("What was booked against the capacity of the plan of record"),
        Column::new(format!("Cost, {currency}"), 128.0)
            .about("What was spent against the total cost of the plan of record"),
        Column::new("Heads", 76.0).about("Closing heads of the last closed month"),
        Column::new("In words", 300.0).words().about("The same cause in cost and in capacity"),
    ];
    let rows = VarianceStep::ALL.iter().map(|kind| {
        let figures = [Measure::Capacity, Measure::TotalCost, Measure::Closing].map(|measure| {
            let value = step(compared, region, measure, *kind);
            (value, measure.unit())
        });
        let band = if is_total(*kind) { Band::Strong } else { Band::None };
        let mut cells: Vec<Cell> = figures.iter().map(|(value, unit)| cell(scene, *value, *unit, *kind)).collect();
        let [(capacity, _), (cost, _), _] = figures;
        let words = if is_total(*kind) { String::new() } else { bridge_words::step(scene.numbers, cost, capacity) };
        cells.push(Cell { text: words, side: Side::Left, ..Cell::default() });
        (RowHead { title: kind.title().to_owned(), band, ..RowHead::default() }, cells)
    });
    Plain::with_heads(ui, "Step", columns, rows.collect())
}

fn cell(scene: &Scene<'_>, value: Option<Exact>, unit: Unit, kind: VarianceStep) -> Cell {
    let text = match value {
        Some(value) if is_total(kind) => figure_text::figure(scene.numbers, Some(value), unit),
        value => figure_text::change(scene.numbers, value, unit),
    };
    let tone = match value {
        None => Tone::Faint,
        Some(value) if value.is_zero() => Tone::Faint,
        Some(_) if is_total(kind) => Tone::Strong,
        Some(_) => Tone::Normal,
    };
    Cell { text, tone, number: value, ..Cell::default() }
}
