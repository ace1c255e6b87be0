//! Accepting the chosen findings with a reason, and opening them again.

use egui::{Label, RichText, Ui};

use crate::analysis::{Acceptance, FindingGroup};
use crate::desktop::author::author;
use crate::desktop::document::today;
use crate::desktop::draft::DraftChange;
use crate::desktop::icons::Icon;
use crate::desktop::parts::entry::{self, TextAnswer, TextEntry};
use crate::desktop::scene::Scene;
use crate::engine::Place;
use crate::units::{capitalised, counted};

/// The reason that is being typed, with the findings that it is for.
#[derive(Default)]
pub(super) struct Accepting {
    open: Option<(String, TextEntry)>,
}

impl Accepting {
    /// Draws the buttons that accept a group and open it again.
    pub(super) fn controls(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, group: &FindingGroup) {
        let plan = scene.plan();
        let name = name(scene, group);
        self.open.take_if(|(of, _)| *of != name);
        if group.acceptance != Acceptance::Open && ui.button(format!("{} Open again", Icon::ArrowUUpLeft)).clicked() {
            scene.commit(format!("Open again: {name}"), group.reopen(plan));
        }
        if group.is_accepted() {
            return;
        }
        let Some((_, reason)) = &mut self.open else {
            let all = counted(group.findings.len(), "finding", "findings");
            let about = format!("{name}: {all}, until they get worse");
            if ui.button(format!("{} Accept…", Icon::Check)).on_hover_text(about).clicked() {
                self.open = Some((name, TextEntry::new("Why it is accepted", "")));
            }
            return;
        };
        let label = format!("Accept: {name}");
        let change =
            |reason: &str| Ok(DraftChange::plan(label.clone(), group.accept(plan, reason, &author(), today())));
        match reason.show(ui, ("Reason", "Accept"), change) {
            Some(TextAnswer::Entered(_, change)) => {
                self.open = None;
                entry::commit(scene, change);
            }
            Some(TextAnswer::Closed) => self.open = None,
            None => {}
        }
    }
}

/// Draws who accepted a group, when and why.
pub(super) fn accepted(ui: &mut Ui, scene: &Scene<'_>, group: &FindingGroup) {
    let (Acceptance::Accepted(index) | Acceptance::Worse(index)) = group.acceptance else { return };
    let Some(accepted) = scene.plan().accepted.get(index) else { return };
    let by = if accepted.author.is_empty() { String::new() } else { format!(" by {}", accepted.author) };
    let since = if group.is_accepted() { "" } else { "; it has got worse since" };
    let said = format!("Accepted{by} on {}: {}{since}", scene.numbers.date(accepted.date), accepted.reason);
    ui.add(Label::new(RichText::new(said).color(scene.palette.faint)).wrap());
}

/// The kind and region of a group: `Onboarding seats, Japan`.
fn name(scene: &Scene<'_>, group: &FindingGroup) -> String {
    let title = group.kind.title();
    let place = group.region.map(|r| scene.outcome().place_name(Place::Region(r)));
    capitalised(&place.map_or_else(|| title.to_owned(), |place| format!("{title}, {place}")))
}
