//! The page of the outlook: record, actual and outlook by place and quarter, as a table and a chart.

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, Panel, Ui};
use serde::{Deserialize, Serialize};

use super::comparison::ComparisonJob;
use super::year_measure::{FIGURES, ToldFigure};
use super::{outlook_chart, outlook_rows};
use crate::desktop::action::Action;
use crate::desktop::charts::file_name;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::controls;
use crate::desktop::parts::figures::{self, Figures};
use crate::desktop::parts::grid;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::Sheet;
use crate::engine::Outlook;

/// What a table is made from, beside the outcome: the figure, the folded places, and the comparison with the
/// plan of record.
type TableKey = (ToldFigure, BTreeSet<String>, usize);

/// What the page keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct OutlookPage {
    figure: ToldFigure,
    /// Places whose rows are folded away.
    folded: BTreeSet<String>,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    table: Cached<TableKey, Figures>,
}

impl OutlookPage {
    /// The controls in the head of the view.
    pub(super) fn controls(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        controls::switch(ui, &mut self.figure, &FIGURES);
        ui.add_space(6.0);
        controls::place(ui, scene);
        if let Some(figures) = self.table.last() {
            let title = self.figure.measure().title();
            controls::table_menu(ui, scene, &format!("Outlook, {title}"), &file_name("Outlook", title), figures);
        }
    }

    /// Draws the page.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        outlook: &Outlook,
        comparison: &mut ComparisonJob,
    ) {
        comparison.want(ui, scene);
        let record = comparison.get().and_then(|compared| compared.as_ref().ok());
        let (figure, folded) = (self.figure, self.folded.clone());
        let generation = comparison.generation();
        self.table.get(scene, (figure, folded.clone(), generation), || {
            outlook_rows::make(ui, scene, outlook, record, figure, &folded)
        });
        let frame = Frame::side_top_panel(ui.style()).fill(scene.palette.surface);
        let height = (ui.available_height() * 0.42).clamp(180.0, 420.0);
        let below = Panel::bottom("outlook chart").resizable(true).default_size(height).min_size(150.0).frame(frame);
        below.show(ui, |ui| {
            ui.add_space(4.0);
            let place = controls::region_of(scene.focus.place);
            outlook_chart::show(ui, scene, outlook, record, figure, place);
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            let Some(figures) = self.table.last() else { return };
            let shown = grid::show(&mut self.sheet, ui, scene, "outlook", figures);
            if let Some((place, period)) = shown.selected.and_then(|at| figures.place(at)) {
                let place = place.unwrap_or(scene.focus.place);
                scene.send(Action::Focus { place, period: Some(period) });
            }
            figures::fold(figures, shown, &mut self.folded);
        });
    }
}
