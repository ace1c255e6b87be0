//! The Cost view.

use egui::Ui;
use serde::{Deserialize, Serialize};

use crate::desktop::scene::Scene;

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct CostView {}

impl CostView {
    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, _scene: &mut Scene<'_>) {
        ui.heading("Cost");
    }
}
