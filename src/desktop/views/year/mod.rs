//! The Year view: closed and open months; record, actual and outlook side by side; the bridge from the plan of record to what
//! happened; the register of positions; and the matching of people to them.

mod bridge;
mod bridge_words;
mod close;
mod comparison;
mod empty;
mod leftover_rows;
mod matching;
mod months;
mod outlook;
mod outlook_chart;
mod outlook_rows;
mod region_choices;
mod seat_filter;
mod seat_month;
mod seat_table;
mod seats;
mod year_measure;

use std::sync::Arc;

use egui::{CentralPanel, Frame, Panel, Ui};
use serde::{Deserialize, Serialize};

use crate::desktop::parts::controls;
use crate::desktop::scene::Scene;
use crate::edit::import::next_month;
use crate::engine::Outlook;

/// A page of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum YearPage {
    #[default]
    Outlook,
    Bridge,
    Register,
    Matching,
    Close,
}

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct YearView {
    page: YearPage,
    outlook: outlook::OutlookPage,
    bridge: bridge::BridgePage,
    #[serde(skip)]
    seats: seats::SeatsPage,
    #[serde(skip)]
    matching: matching::MatchingPage,
    #[serde(skip)]
    comparison: comparison::ComparisonJob,
    #[serde(skip)]
    months: months::MonthStrip,
}

impl YearView {
    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let outlook = match scene.document.outlook() {
            Ok(outlook) => outlook.map(Arc::clone),
            Err(error) => {
                ui.add_space(8.0);
                ui.heading("The outlook cannot be shown");
                ui.label(error.to_string());
                return;
            }
        };
        let Some(outlook) = outlook else {
            empty::show(ui, scene);
            return;
        };
        let head = Panel::top("year head").frame(Frame::NONE).show_separator_line(false);
        head.show(ui, |ui| self.head(ui, scene, &outlook));
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| match self.page {
            YearPage::Outlook => self.outlook.show(ui, scene, &outlook, &mut self.comparison),
            YearPage::Bridge => self.bridge.show(ui, scene, &mut self.comparison),
            YearPage::Register => self.seats.show(ui, scene, &outlook),
            YearPage::Matching => self.matching.show(ui, scene, &outlook),
            YearPage::Close => close::show(ui, scene),
        });
    }

    fn head(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, outlook: &Outlook) {
        self.months.show(ui, scene, outlook);
        ui.add_space(4.0);
        let close = next_month(outlook.plan()).map(|month| format!("Close {}", scene.numbers.month(month)));
        if close.is_none() && self.page == YearPage::Close {
            self.page = YearPage::Outlook;
        }
        let mut pages = vec![
            (YearPage::Outlook, None, "Outlook"),
            (YearPage::Bridge, None, "Bridge"),
            (YearPage::Register, None, "Register"),
            (YearPage::Matching, None, "Matching"),
        ];
        if let Some(close) = &close {
            pages.push((YearPage::Close, None, close.as_str()));
        }
        ui.horizontal_wrapped(|ui| {
            controls::switch(ui, &mut self.page, &pages);
            ui.add_space(6.0);
            match self.page {
                YearPage::Outlook => self.outlook.controls(ui, scene),
                YearPage::Bridge => self.bridge.controls(ui, scene, &self.comparison),
                YearPage::Register => self.seats.controls(ui, scene),
                YearPage::Matching | YearPage::Close => {}
            }
        });
        ui.add_space(4.0);
    }
}
