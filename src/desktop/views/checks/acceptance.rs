//! Accepting the chosen findings with a reason, and opening them again.

use egui::{Label, RichText, Ui};

use crate::analysis::{Acceptance, FindingGroup};
use crate::desktop::author::author;
use crate::desktop::document::today;
use crate::desktop::draft::DraftChange;
use crate::desktop::icons::Icon;
use crate::desktop::parts::entry::{self, NameAnswer, NameEntry};
use crate::desktop::scene::Scene;
use crate::engine::Place;
use crate::units::{capitalised, counted};

/// The reason that is being typed, with the findings that it is for.
#[derive(Default)]
pub(super) struct Accepting {
    of: Option<String>,
    reason: NameEntry,
}

impl Accepting {
    /// Draws what is known of the group's acceptance, and the ways to change it.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, group: &FindingGroup) {
        let plan = scene.plan();
        let name = name(scene, group);
        if self.of.as_ref().is_some_and(|of| *of != name) {
            *self = Self::default();
        }
        if let Acceptance::Accepted(index) | Acceptance::Worse(index) = group.acceptance
            && let Some(accepted) = plan.accepted.get(index)
        {
            let by = if accepted.author.is_empty() { String::new() } else { format!(" by {}", accepted.author) };
            let (day, reason) = (scene.numbers.date(accepted.date), &accepted.reason);
            let since = if group.is_accepted() { "" } else { "; it has got worse since" };
            let said = format!("Accepted{by} on {day}: {reason}{since}");
            ui.add(Label::new(RichText::new(said).color(scene.palette.faint)).wrap());
        }
        ui.horizontal_wrapped(|ui| {
            if group.acceptance != Acceptance::Open && ui.button(format!("{} Open again", Icon::ArrowUUpLeft)).clicked()
            {
                scene.commit(format!("Open again: {name}"), group.reopen());
            }
            if group.is_accepted() {
                return;
            }
            if self.of.is_none() {
                let all = counted(group.findings.len(), "finding", "findings");
                let accept = format!("{} Accept\u{2026}", Icon::Check);
                if ui.button(accept).on_hover_text(format!("{name}: {all}, until it gets worse")).clicked() {
                    (self.of, self.reason) = (Some(name), NameEntry::asking("Why it is accepted"));
                }
                return;
            }
            let label = format!("Accept: {name}");
            let change =
                |reason: &str| Ok(DraftChange::plan(label.clone(), group.accept(plan, reason, &author(), today())));
            match self.reason.show(ui, ("Reason", "Accept"), change) {
                Some(NameAnswer::Named(_, change)) => {
                    *self = Self::default();
                    entry::commit(scene, change);
                }
                Some(NameAnswer::Closed) => *self = Self::default(),
                None => {}
            }
        });
    }
}

/// The kind and region of a group: `Onboarding seats, Japan`.
fn name(scene: &Scene<'_>, group: &FindingGroup) -> String {
    let title = group.kind.title();
    let place = group.region.map(|r| scene.outcome().place_name(Place::Region(r)));
    capitalised(&place.map_or_else(|| title.to_owned(), |place| format!("{title}, {place}")))
}
