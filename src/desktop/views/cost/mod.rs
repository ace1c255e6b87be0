//! The Cost view: cost by line, role and region against budget, and what the expansion adds, until it has paid for
//! itself.

mod arrangement;
mod cost_charts;
mod cost_rows;
mod cost_value;

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::desktop::action::Action;
use crate::desktop::charts::file_name;
use crate::desktop::numbers::NONE;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::controls;
use crate::desktop::parts::figures::{self, Figures};
use crate::desktop::parts::grid;
use crate::desktop::scene::{Scene, figure};
use crate::desktop::sheet::{Model, Sheet, heads};
use crate::desktop::tokens::ROW;
use crate::engine::{Measure, Place};
use crate::units::Period;
use arrangement::{CostRows, CostTable};

/// Least share of the height that the charts take.
const CHARTS: f32 = 0.33;
/// Least height of the charts, with their legends.
const LEAST: f32 = 200.0;
/// Room for the bar to scroll a table by.
const BAR: f32 = 18.0;

/// What the view keeps between frames.
#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CostView {
    down: CostRows,
    /// Whether amounts are shown in thousands rather than to the cent.
    thousands: bool,
    /// Areas whose rows are folded away.
    folded: BTreeSet<String>,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    table: Cached<CostTable, Figures>,
    #[serde(skip)]
    charts: Cached<(CostRows, Place), cost_charts::Both>,
}

impl Default for CostView {
    fn default() -> Self {
        Self {
            down: CostRows::default(),
            thousands: true,
            folded: BTreeSet::new(),
            sheet: Sheet::default(),
            table: Cached::default(),
            charts: Cached::default(),
        }
    }
}

const ROWS: [(CostRows, Option<crate::desktop::icons::Icon>, &str); 4] = [
    (CostRows::Lines, None, "Lines"),
    (CostRows::Roles, None, "Roles"),
    (CostRows::Regions, None, "Regions"),
    (CostRows::Expansion, None, "Expansion"),
];

impl CostView {
    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let place = match self.down {
            CostRows::Lines | CostRows::Roles => controls::region_of(scene.focus.place),
            CostRows::Regions | CostRows::Expansion => Place::Plan,
        };
        let made = CostTable { down: self.down, place, thousands: self.thousands, folded: self.folded.clone() };
        self.table.get(scene, made.clone(), || cost_rows::make(ui, scene, &made));
        let head = Panel::top("cost head").frame(Frame::NONE).show_separator_line(false);
        head.show(ui, |ui| self.head(ui, scene));
        // The charts take what the table leaves, and their share where it leaves little.
        let room = ui.available_height();
        let height = (room - self.table.last().map_or(0.0, |figures| needed(ui, figures))).max(room * CHARTS);
        let frame = Frame::side_top_panel(ui.style()).fill(scene.palette.surface);
        let below = Panel::bottom("cost charts").resizable(false).exact_size(height.max(LEAST)).frame(frame);
        below.show(ui, |ui| {
            ui.add_space(6.0);
            cost_charts::show(ui, scene, &mut self.charts, self.down, place);
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| self.sheet(ui, scene));
    }

    fn head(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let currency = scene.plan().currency.to_string();
        ui.horizontal_wrapped(|ui| {
            controls::switch(ui, &mut self.down, &ROWS);
            ui.add_space(6.0);
            if matches!(self.down, CostRows::Lines | CostRows::Roles) {
                controls::place(ui, scene);
            }
            let units = [(true, format!("Thousand {currency}")), (false, format!("{currency} to the cent"))];
            controls::list(ui, "Amounts in", &mut self.thousands, &units);
            if scene.figures().is_outlook() && !cost_value::source(scene, self.down).is_outlook() {
                ui.label(RichText::new("As planned: the outlook is by line and region").color(scene.palette.faint));
            }
            if let Some(figures) = self.table.last() {
                let title = ROWS.iter().find(|(d, ..)| *d == self.down).map_or("", |(.., title)| title);
                controls::table_menu(ui, scene, &format!("Cost, {title}"), &file_name("Cost", title), figures);
            }
        });
        if self.down == CostRows::Expansion {
            payback(ui, scene);
        }
        ui.add_space(4.0);
    }

    fn sheet(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let Some(figures) = self.table.last() else { return };
        let shown = grid::show(&mut self.sheet, ui, scene, "cost", figures);
        // Rows of one place keep the place that is looked at; the period follows.
        if let Some((place, period)) = shown.selected.and_then(|at| figures.place(at)) {
            let place = place.unwrap_or(scene.focus.place);
            scene.send(Action::Focus { place, period: Some(period) });
        }
        figures::fold(figures, shown, &mut self.folded);
    }
}

/// Height of a table with all its rows, and the bar to scroll it by.
fn needed(ui: &Ui, figures: &Figures) -> f32 {
    let rows = f32::from(u16::try_from(figures.rows()).unwrap_or(u16::MAX));
    heads(ui, &figures.columns()) + rows * ROW + BAR
}

/// When the expansion has paid for itself, in a line that explains itself.
fn payback(ui: &mut Ui, scene: &mut Scene<'_>) {
    let outcome = scene.outcome();
    let name = |t: Option<usize>| t.map_or(NONE.to_owned(), |t| scene.numbers.month(outcome.plan().calendar.month(t)));
    let first = name(outcome.first_growth_month());
    let text = match outcome.payback_months() {
        Some(months) => {
            let count = scene.numbers.count(months);
            let month = name(outcome.break_even_month());
            format!("Payback: {count} months, from the first growth start in {first} to {month}")
        }
        None => "Payback: not within the plan".to_owned(),
    };
    ui.horizontal_wrapped(|ui| {
        if ui.link(RichText::new(text).strong()).on_hover_text("Where this comes from").clicked() {
            scene.send(Action::Explain(figure(Measure::PaybackMonths, Place::Plan, Period::All)));
        }
        let about = "The plan less the same plan without any growth hire";
        ui.label(RichText::new(about).color(scene.palette.faint).size(12.5));
    });
}
