//! The message when a paste or a fill is refused: which cells refuse their text, and why.

use egui::{Frame, Id, Modal, RichText, ScrollArea, Ui};

use super::super::fonts::semibold;

/// Lines that are listed; the rest is counted.
const LISTED: usize = 100;

/// A refused change: nothing of it was done.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    title: String,
    /// The place of each cell at fault, and why.
    faults: Vec<(String, String)>,
    /// Cells at fault that are not listed.
    more: usize,
    /// Whether its button has been given the keyboard.
    ready: bool,
}

impl Refusal {
    pub(super) fn new(title: impl Into<String>, faults: impl Iterator<Item = (String, String)>) -> Self {
        let mut faults = faults;
        let listed: Vec<_> = faults.by_ref().take(LISTED).collect();
        Self { title: title.into(), faults: listed, more: faults.count(), ready: false }
    }
}

/// Shows the refusal until it is closed; `true` when it is.
pub(super) fn show(ui: &Ui, refusal: &mut Option<Refusal>) -> bool {
    let Some(shown) = refusal else { return false };
    let frame = Frame::popup(ui.style()).inner_margin(20.0);
    let response = Modal::new(Id::unique("refused cells")).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(520.0);
        ui.label(RichText::new(&shown.title).font(semibold(17.0)));
        ui.add_space(2.0);
        let count = shown.faults.len() + shown.more;
        ui.label(match count {
            1 => "Nothing was changed, because of one cell:".to_owned(),
            n => format!("Nothing was changed, because of {n} cells:"),
        });
        ui.add_space(4.0);
        ScrollArea::vertical().max_height(280.0).auto_shrink([false, true]).show(ui, |ui| {
            for (place, why) in &shown.faults {
                ui.label(RichText::new(place).font(semibold(14.0)));
                ui.indent(("fault", place), |ui| ui.label(why));
            }
            if shown.more > 0 {
                ui.label(format!("and {} more", shown.more));
            }
        });
        ui.add_space(8.0);
        let close = ui.button("Close");
        if !std::mem::replace(&mut shown.ready, true) {
            close.request_focus();
        }
        if close.clicked() {
            ui.close();
        }
    });
    let closed = response.should_close();
    if closed {
        *refusal = None;
    }
    closed
}
