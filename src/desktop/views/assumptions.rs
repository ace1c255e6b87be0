//! The Assumptions view: everything the plan states but hires, where it can be typed.

use egui::Ui;
use serde::{Deserialize, Serialize};

use crate::desktop::scene::Scene;
use crate::plan::Plan;

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AssumptionsView {}

impl AssumptionsView {
    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, _scene: &mut Scene<'_>) {
        ui.heading("Assumptions");
    }

    /// Brings the field at a path into sight.
    pub(super) fn go_to_input(&mut self, _plan: &Plan, _path: &str) {}
}
