//! The Scenarios view: scenarios side by side, levers, comparing, sensitivity and goal seek, and what is kept of the
//! past. Each part is a file or two of its own; figures come from `analysis`.

mod bridge;
mod change;
mod compare;
mod detail;
mod dials;
mod figure;
mod levers;
mod list;
mod log;
mod origin;
mod ranges;
mod records;
mod seek;
mod table;
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
    part: Part,
    compare: compare::Compare,
    #[serde(skip)]
    versions: Versions,
    #[serde(skip)]
    list: list::List,
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
enum Part {
    #[default]
    Scenarios,
    Levers,
    Compare,
    Sensitivity,
    Seek,
    Log,
}

const PARTS: [(Part, Option<Icon>, &str); 6] = [
    (Part::Scenarios, Some(Icon::GitBranch), "List"),
    (Part::Levers, Some(Icon::SlidersHorizontal), "Levers"),
    (Part::Compare, Some(Icon::GitDiff), "Compare"),
    (Part::Sensitivity, Some(Icon::Scales), "Sensitivity"),
    (Part::Seek, Some(Icon::Target), "Goal seek"),
    (Part::Log, Some(Icon::ClockCounterClockwise), "Change log"),
];

impl ScenariosView {
    /// Brings the list into sight; with a name to be typed for a new scenario, or not.
    pub(super) fn list(&mut self, new: bool) {
        self.part = Part::Scenarios;
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
        if before == Part::Levers && self.part != before {
            self.levers.leave(scene);
        }
        match self.part {
            Part::Scenarios => self.list.show(ui, scene, &mut self.versions),
            Part::Levers => self.levers.show(ui, scene),
            Part::Compare => self.compare.show(ui, scene, &mut self.versions),
            Part::Sensitivity => self.sensitivity.show(ui, scene),
            Part::Seek => self.seek.show(ui, scene),
            Part::Log => {
                if let Some(record) = self.log.show(ui, scene) {
                    self.compare.with_record(record);
                    self.part = Part::Compare;
                }
            }
        }
    }
}
