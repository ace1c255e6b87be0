//! The Scenarios view: scenarios side by side, levers, comparing, sensitivity and goal seek, and what is kept of the
//! past. Each part is a file or two of its own; figures come from `analysis`.

mod bridge;
mod change;
mod compare;
mod comparison_charts;
mod comparison_table;
mod detail;
mod dials;
mod figure_choice;
mod levers;
mod log;
mod origin;
mod ranges;
mod records;
mod scenario_list;
mod seek;
mod side_by_side;
mod tornado;
mod versions;

use egui::Ui;
use serde::{Deserialize, Serialize};

use crate::desktop::icons::Icon;
use crate::desktop::parts::controls;
use crate::desktop::scene::Scene;
pub(in crate::desktop) use change::question as make_base;
use versions::Versions;

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ScenariosView {
    part: ScenarioTab,
    compare: compare::Compare,
    #[serde(skip)]
    versions: Versions,
    #[serde(skip)]
    list: scenario_list::List,
    #[serde(skip)]
    levers: levers::Levers,
    #[serde(skip)]
    sensitivity: tornado::Tornado,
    #[serde(skip)]
    seek: seek::Seek,
    #[serde(skip)]
    log: log::Log,
}

/// A part of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum ScenarioTab {
    #[default]
    Scenarios,
    Levers,
    Compare,
    Sensitivity,
    Seek,
    Log,
}

const PARTS: [(ScenarioTab, Option<Icon>, &str); 6] = [
    (ScenarioTab::Scenarios, Some(Icon::GitBranch), "List"),
    (ScenarioTab::Levers, Some(Icon::SlidersHorizontal), "Levers"),
    (ScenarioTab::Compare, Some(Icon::GitDiff), "Compare"),
    (ScenarioTab::Sensitivity, Some(Icon::Scales), "Sensitivity"),
    (ScenarioTab::Seek, Some(Icon::Target), "Goal seek"),
    (ScenarioTab::Log, Some(Icon::ClockCounterClockwise), "Change log"),
];

impl ScenariosView {
    /// Brings the list into sight; with a name to be typed for a new scenario, or not.
    pub(super) fn list(&mut self, new: bool) {
        self.part = ScenarioTab::Scenarios;
        if new {
            self.list.begin();
        }
    }

    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let before = self.part;
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| controls::switch(ui, &mut self.part, &PARTS));
        ui.separator();
        if before == ScenarioTab::Levers && self.part != before {
            self.levers.leave(scene);
        }
        match self.part {
            ScenarioTab::Scenarios => self.list.show(ui, scene, &mut self.versions),
            ScenarioTab::Levers => self.levers.show(ui, scene),
            ScenarioTab::Compare => self.compare.show(ui, scene, &mut self.versions),
            ScenarioTab::Sensitivity => self.sensitivity.show(ui, scene),
            ScenarioTab::Seek => self.seek.show(ui, scene),
            ScenarioTab::Log => {
                if let Some(record) = self.log.show(ui, scene) {
                    self.compare.with_record(record);
                    self.part = ScenarioTab::Compare;
                }
            }
        }
    }
}
