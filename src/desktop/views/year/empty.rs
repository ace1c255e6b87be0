//! The view of a plan without a closed month: what it is for, and how to begin.

use egui::{RichText, Ui};

use super::close;
use crate::desktop::fonts::semibold;
use crate::desktop::parts::controls::wrapped_label;
use crate::desktop::scene::Scene;

/// What the view shows once a month is closed: title and what it says.
const PARTS: [(&str, &str); 4] = [
    (
        "Outlook",
        "Plan of record, actual and outlook side by side: what was promised, what happened, what is still to come",
    ),
    (
        "Bridge",
        "Why they differ, step by step, in bookings, cost and heads: what came late is cheaper, and sells nothing",
    ),
    ("Register", "Every position with its status, its person and its expected start; what is late or overdue"),
    ("Matching", "Who fills which position, proposed; and what stays without its counterpart"),
];

/// Draws it.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) {
    let palette = scene.palette;
    let first = scene.numbers.month(scene.plan().calendar.first_month);
    ui.add_space(8.0);
    ui.heading("No month is closed yet");
    ui.add_space(2.0);
    ui.scope(|ui| {
        ui.set_max_width(720.0);
        let text = "Here the plan lives through its year. Each month, the people, bookings and costs of the month come in beside the \
                    plan, which stays as it was promised.";
        wrapped_label(ui, text, palette.text);
        ui.add_space(8.0);
        for (title, about) in PARTS {
            ui.label(RichText::new(title).font(semibold(14.0)));
            wrapped_label(ui, about, palette.faint);
            ui.add_space(4.0);
        }
        ui.add_space(6.0);
        ui.label(RichText::new(format!("Begin: close {first}")).font(semibold(14.0)));
        close::how(ui, scene);
    });
}
