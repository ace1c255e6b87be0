//! The charts under a comparison: both versions side by side, or the bridge from one to the other; and what differs, in
//! words, beside them.

use egui::{CentralPanel, Frame, Label, Panel, RichText, ScrollArea, Ui};
use serde::{Deserialize, Serialize};

use super::bridge::{self, BridgeChoice, Bridged};
use super::side_by_side::SideBySide;
use crate::analysis::Comparison;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::controls;
use crate::desktop::scene::Scene;

/// How two versions are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum ComparisonChart {
    #[default]
    SideBySide,
    Bridge,
}

impl ComparisonChart {
    const CHOICES: [(Self, Option<Icon>, &'static str); 2] =
        [(Self::SideBySide, None, "Side by side"), (Self::Bridge, None, "Bridge")];
}

/// Which chart is shown, and of which versions.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ComparisonCharts {
    chart: ComparisonChart,
    bridge: BridgeChoice,
    pair: SideBySide,
    /// The version beside the first, or to which the bridge leads.
    to: usize,
}

impl Default for ComparisonCharts {
    fn default() -> Self {
        let (chart, bridge, pair) = (ComparisonChart::default(), BridgeChoice::default(), SideBySide::default());
        Self { chart, bridge, pair, to: 1 }
    }
}

impl ComparisonCharts {
    /// Shows the second version beside the first.
    pub(super) const fn show_second(&mut self) {
        self.to = 1;
    }

    /// Draws the chart, and what differs in words beside it.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, comparison: &Comparison, bridges: &[Bridged]) {
        self.to = self.to.clamp(1, bridges.len().max(1));
        let first = comparison.versions.first().map_or("", |v| v.name.as_str());
        let Some(shown) = bridges.get(self.to.saturating_sub(1)) else { return };
        Panel::right("what differs").resizable(true).default_size(320.0).size_range(180.0..=560.0).show(ui, |ui| {
            differences(ui, scene, shown);
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                controls::switch(ui, &mut self.chart, &ComparisonChart::CHOICES);
                if bridges.len() > 1 {
                    let choices = bridges.iter().enumerate().map(|(i, b)| (i + 1, format!("to {}", b.name)));
                    controls::list(ui, "Version of the chart", &mut self.to, &choices.collect::<Vec<_>>());
                }
                match self.chart {
                    ComparisonChart::SideBySide => self.pair.controls(ui, comparison),
                    ComparisonChart::Bridge => bridge::controls(ui, scene, &mut self.bridge, &shown.bridge),
                }
            });
            match self.chart {
                ComparisonChart::SideBySide => self.pair.show(ui, scene, comparison, self.to),
                ComparisonChart::Bridge => bridge::show(ui, scene, &self.bridge, first, shown),
            }
        });
    }
}

/// What differs from the first version, a line each.
fn differences(ui: &mut Ui, scene: &Scene<'_>, bridged: &Bridged) {
    let title = format!("What differs in {}", bridged.name);
    ui.add(Label::new(RichText::new(title).font(semibold(14.0))).truncate());
    if bridged.words.is_empty() {
        ui.colored_label(scene.palette.faint, "Nothing: both state the same");
    }
    let height = ui.text_style_height(&egui::TextStyle::Body);
    ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, bridged.words.len(), |ui, range| {
        for line in bridged.words.get(range).unwrap_or_default() {
            ui.add(Label::new(line).truncate()).on_hover_text(line);
        }
    });
}
