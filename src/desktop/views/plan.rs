//! The Plan view: the hiring grid, and below it capacity against target for what is selected.

use egui::{CentralPanel, Frame, Panel, Ui};

use super::super::action::Action;
use super::super::document::Document;
use super::super::format::{percent, short};
use super::super::grid::Grid;
use super::super::{chart, tokens::Palette};
use crate::engine::Place;
use crate::units::Period;

/// Draws the view.
pub(in super::super) fn plan(ui: &mut Ui, document: &Document, grid: &mut Grid, actions: &mut Vec<Action>) {
    Panel::bottom("capacity chart").resizable(true).default_size(190.0).min_size(120.0).show(ui, |ui| {
        ui.add_space(6.0);
        let place = grid.chart_place(document.plan());
        caption(ui, document, place);
        chart::capacity(ui, document.outcome(), place);
    });
    CentralPanel::default().frame(Frame::NONE).show(ui, |ui| grid.show(ui, document, actions));
}

fn caption(ui: &mut Ui, document: &Document, place: Place) {
    let (outcome, palette) = (document.outcome(), Palette::of(ui.ctx()));
    let plan = outcome.plan();
    ui.horizontal(|ui| {
        let name = outcome.place_name(place);
        ui.strong(if place == Place::Plan { "All regions".to_owned() } else { name });
        ui.add_space(8.0);
        chart::key(ui, palette.accent.gamma_multiply(0.7), "Capacity");
        chart::key(ui, palette.target, "Target");
        ui.add_space(8.0);
        for year in 0..plan.calendar.years() {
            if let Some(sums) = outcome.rollup(place, Period::Year(year)) {
                let text = format!(
                    "{}: {} of {} {}, {}",
                    plan.calendar.name(Period::Year(year)),
                    short(sums.capacity),
                    short(sums.target),
                    plan.currency,
                    percent(sums.capacity_coverage(), 1),
                );
                ui.colored_label(palette.faint, text);
            }
        }
    });
}
