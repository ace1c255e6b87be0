//! The Plan view: the hiring grid, and below it capacity against target for what is selected.

mod hires;

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, Panel, Ui};
use serde::{Deserialize, Serialize};

use crate::desktop::action::Action;
use crate::desktop::charts;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Sheet};
use crate::engine::Place;
use crate::plan::Plan;
use hires::{Hires, Line};

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PlanView {
    /// Region ids, and areas as `area:NAME`, whose rows are folded away.
    folded: BTreeSet<String>,
    #[serde(skip)]
    sheet: Sheet,
}

impl PlanView {
    /// Every region in sight, the first one unfolded.
    pub(super) fn opened(&mut self, plan: &Plan) {
        self.folded = plan.regions.iter().skip(1).map(|r| r.id.to_string()).collect();
    }

    /// Selects a place, unfolded and in sight.
    pub(super) fn go_to(&mut self, plan: &Plan, place: Place, quarter: Option<usize>) {
        if let Place::Cell(r, _) | Place::Region(r) = place
            && let Some(region) = plan.regions.get(r)
        {
            self.folded.remove(&hires::area_key(&region.area));
            if matches!(place, Place::Cell(..)) {
                self.folded.remove(region.id.as_str());
            }
        }
        let lines = hires::lines(plan, &self.folded);
        let row = lines.iter().position(|line| line.place() == place).unwrap_or(0);
        let quarter = quarter.unwrap_or(0).min(plan.calendar.quarters.saturating_sub(1));
        self.sheet.select(At { row, column: hires::column_of(&plan.calendar, quarter) });
    }

    /// Selects a growth-hires field such as `hires[uk][seller][2]`, if the path leads to one.
    pub(super) fn go_to_input(&mut self, plan: &Plan, path: &str) -> bool {
        let Some(rest) = path.strip_prefix("hires[").and_then(|p| p.strip_suffix(']')) else { return false };
        let mut keys = rest.split("][");
        let (region, role, quarter) = (keys.next(), keys.next(), keys.next());
        let region = region.and_then(|id| plan.region_index(id));
        let role = role.and_then(|id| plan.role_index(id));
        let (Some(region), Some(role)) = (region, role) else { return false };
        self.go_to(plan, Place::Cell(region, role), quarter.and_then(|q| q.parse().ok()));
        true
    }

    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let lines = hires::lines(scene.plan(), &self.folded);
        let place = match scene.focus.place {
            Place::Cell(r, _) => Place::Region(r),
            other => other,
        };
        Panel::bottom("capacity chart").resizable(true).default_size(190.0).min_size(120.0).show(ui, |ui| {
            ui.add_space(6.0);
            charts::capacity(ui, scene, place);
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| self.grid(ui, scene, &lines));
    }

    fn grid(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, lines: &[Line]) {
        let model = Hires::new(ui, scene, lines, &self.folded);
        let shown = self.sheet.show(ui, scene, "hiring grid", &model);
        if let Some(at) = shown.selected
            && let Some(line) = lines.get(at.row)
        {
            scene.send(Action::Focus { place: line.place(), period: model.period(at) });
        }
        let fold = shown.folded.and_then(|row| lines.get(row)).and_then(|line| line.key(scene.plan()));
        if let Some(key) = fold
            && !self.folded.remove(&key)
        {
            self.folded.insert(key);
        }
    }
}
