//! Issuing seats with an export, and what has changed since seats were last issued.

use std::sync::Arc;

use egui::{Checkbox, Label, RichText, ScrollArea, Ui};

use crate::analysis::{Count, changes_in_words, issue, issue_label};
use crate::desktop::document::today;
use crate::desktop::export::FollowingEdit;
use crate::desktop::fonts::semibold;
use crate::desktop::scene::Scene;
use crate::engine::{Position, SeatChange};
use crate::files::PositionsError;

/// Room for the list of changes.
const LIST: f32 = 110.0;

/// The positions that the filter leaves.
pub(in crate::desktop::views::positions) struct ChosenSeats<'a> {
    /// By their places in the list of all positions.
    pub(in crate::desktop::views::positions) positions: &'a Arc<[usize]>,
    /// The seats that have changed since seats were last issued.
    pub(in crate::desktop::views::positions) changes: &'a Arc<[Position]>,
    /// Whether these are all changes of the plan.
    pub(in crate::desktop::views::positions) count: Count,
}

/// The options of the next export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct IssueChoice {
    /// Whether only changes are written.
    pub(super) only_changes: bool,
    /// Whether the seats are issued once they are written.
    issue: bool,
}

impl IssueChoice {
    /// Draws the choices.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, seats: &ChosenSeats<'_>, is_calendar: bool) {
        ui.add_space(8.0);
        ui.label(RichText::new("Issued seats").font(semibold(13.0)));
        let only_changes = Checkbox::new(&mut self.only_changes, "Write only what has changed");
        ui.add_enabled(!is_calendar, only_changes)
            .on_disabled_hover_text(PositionsError::ChangesInCalendar.to_string());
        let is_base = scene.document.scenario().is_none();
        let response = ui.add_enabled(is_base, Checkbox::new(&mut self.issue, "Issue these seats when saved"));
        let about = if is_base {
            "The plan keeps which growth seats HR has been given: they hold their ids and months while hires come and go"
        } else {
            "Seats are issued from the base plan, not from a scenario"
        };
        response.on_hover_text(about).on_disabled_hover_text(about);
        let text = RichText::new(changes_in_words(&seats.changes.iter().collect::<Vec<_>>(), seats.count));
        ui.add(Label::new(text.color(scene.palette.faint).size(12.5)).wrap());
    }

    /// The change of the plan that issues the seats once they are written, if that is chosen.
    /// Seats that are withdrawn wait for a file of changes: no other says so.
    pub(super) fn following(self, scene: &Scene<'_>, changes: &[Position], are_written: bool) -> Option<FollowingEdit> {
        let is_told = |seat: &&Position| are_written || seat.change() != Some(SeatChange::Withdrawn);
        let changes: Vec<&Position> = changes.iter().filter(is_told).collect();
        let is_wanted = self.issue && scene.document.scenario().is_none() && !changes.is_empty();
        is_wanted.then(|| FollowingEdit {
            label: issue_label(&changes),
            edits: issue(scene.plan(), &changes, today()),
            state: scene.document.state(),
        })
    }
}

/// The list of what has changed; nothing before seats are issued for the first time.
pub(super) fn list(ui: &mut Ui, scene: &Scene<'_>, changes: &[Position]) {
    if scene.plan().issued.is_empty() || changes.is_empty() {
        return;
    }
    ui.add_space(4.0);
    let height = ui.text_style_height(&egui::TextStyle::Body);
    let area = ScrollArea::vertical().id_salt("changed seats").max_height(LIST).auto_shrink([false, true]);
    area.show_rows(ui, height, changes.len(), |ui, rows| {
        for seat in changes.get(rows).unwrap_or_default() {
            ui.add(Label::new(sentence(scene, seat)).truncate());
        }
    });
}

fn sentence(scene: &Scene<'_>, seat: &Position) -> String {
    let start = scene.numbers.date(seat.starts);
    match (seat.change(), seat.issued_start()) {
        (Some(SeatChange::Moved), Some(issued)) => {
            format!("{}: moved from {} to {start}", seat.id, scene.numbers.date(issued))
        }
        (Some(SeatChange::Withdrawn), _) => format!("{}: withdrawn, was to start on {start}", seat.id),
        _ => format!("{}: new, starts on {start}", seat.id),
    }
}
