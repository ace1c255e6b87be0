//! The map of the view.

use egui::Ui;

use super::lens::Look;
use super::picture;
use crate::desktop::scene::Scene;

/// Draws the map over the space there is.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, look: Look) {
    picture::ranks(ui, scene, look);
}
