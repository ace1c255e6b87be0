//! The page that says how the next month is closed.

use egui::{RichText, Ui};

use crate::desktop::action::Action;
use crate::desktop::command::Command;
use crate::desktop::icons::Icon;
use crate::desktop::parts::controls::wrapped_label;
use crate::desktop::scene::Scene;

/// How a month is closed, in words.
const HOW: &str = "A month is closed in one step, from the lists of other systems: people from HR's, bookings from the sales system's, \
    costs from finance's. The command close takes them in, in any order, and says first what does not foot:";
/// The command.
const COMMAND: &str = "muster close plan.ron --people people.csv --bookings bookings.csv --costs costs.csv -o plan.ron";

/// Says how a month is closed.
pub(super) fn how(ui: &mut Ui, scene: &Scene<'_>) {
    wrapped_label(ui, HOW, scene.palette.text);
    ui.add_space(4.0);
    ui.add(egui::Label::new(RichText::new(COMMAND).monospace()).wrap());
}

/// Draws the page.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.add_space(8.0);
    ui.scope(|ui| {
        ui.set_max_width(720.0);
        how(ui, scene);
        ui.add_space(12.0);
        wrapped_label(
            ui,
            "What comes later for closed months is imported here; it is shown and logged.",
            scene.palette.text,
        );
        ui.add_space(6.0);
        if ui.button(format!("{} Import…", Icon::DownloadSimple)).clicked() {
            scene.send(Action::Command(Command::Import));
        }
    });
}
