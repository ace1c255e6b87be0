//! The page that closes the next month.

use egui::Ui;

use crate::desktop::action::Action;
use crate::desktop::command::Command;
use crate::desktop::icons::Icon;
use crate::desktop::parts::controls::wrapped_label;
use crate::desktop::scene::Scene;
use crate::plan::Plan;
use crate::units::Month;

/// How a month is closed, in words.
pub(super) const HOW: &str = "A month is closed when its people, bookings and costs come in. They are lists of other systems: people from \
    HR's, bookings from the sales system's, costs from finance's.";

/// The month that can be closed next; `None` if every month of the plan is closed.
pub(super) fn next_month(plan: &Plan) -> Option<Month> {
    let next = match plan.year.as_deref() {
        Some(year) => year.last_closed(&plan.calendar)? + 1,
        None => 0,
    };
    (next < plan.calendar.months()).then(|| plan.calendar.month(next))
}

/// Draws the page.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>) {
    ui.add_space(8.0);
    ui.scope(|ui| {
        ui.set_max_width(720.0);
        wrapped_label(ui, HOW, scene.palette.text);
        ui.add_space(6.0);
        if ui.button(format!("{} Import…", Icon::DownloadSimple)).clicked() {
            scene.send(Action::Command(Command::Import));
        }
    });
}
