//! The page of matching: proposals to accept one by one or all, and what stays without its counterpart.

use egui::{CentralPanel, Frame, Panel, RichText, Ui};

use super::leftover_rows;
use crate::analysis::{MatchRule, Matching, SeatMatch, match_edits};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::grid;
use crate::desktop::parts::plain_table::Plain;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Cell, Column, RowHead, Sheet, Side, Tone};
use crate::engine::Outlook;
use crate::plan::Spell;
use crate::units::counted;

/// What the page keeps between frames.
#[derive(Default)]
pub(super) struct MatchingPage {
    made: Cached<(), MadeMatching>,
    proposals: Sheet,
    leftovers: Sheet,
}

/// The matching with its tables.
struct MadeMatching {
    matching: Matching,
    proposals: Plain,
    leftovers: Plain,
}

/// The place of the column whose cells accept a proposal.
const ACCEPT: usize = 0;

impl MatchingPage {
    /// Draws the page.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, outlook: &Outlook) {
        let made = self.made.get(scene, (), || {
            let matching = Matching::of(scene.outcome(), outlook, &[]);
            let proposals = proposals(ui, scene, outlook, &matching);
            let leftovers = leftover_rows::make(ui, scene, outlook, &matching);
            MadeMatching { matching, proposals, leftovers }
        });
        let matches = &made.matching.matches;
        let frame = Frame::side_top_panel(ui.style()).fill(scene.palette.surface);
        if matches.is_empty() {
            ui.label(
                RichText::new("Nothing to match: everybody who started has a position, or none is left")
                    .font(semibold(14.0)),
            );
            ui.add_space(4.0);
        } else {
            let height = (ui.available_height() * 0.45).clamp(140.0, 420.0);
            let above = Panel::top("proposals").resizable(true).default_size(height).min_size(120.0).frame(frame);
            above.show(ui, |ui| accept(ui, scene, &mut self.proposals, outlook, made));
        }
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            ui.add_space(4.0);
            ui.label(RichText::new("What stays").font(semibold(14.0)));
            let about = "Cost and capacity to the end of the plan, by the averages of the region and role";
            ui.label(RichText::new(about).color(scene.palette.faint).size(12.5));
            grid::show(&mut self.leftovers, ui, scene, "what stays", &made.leftovers);
        });
    }
}

/// The proposals: accepted all, or one by one.
fn accept(ui: &mut Ui, scene: &mut Scene<'_>, sheet: &mut Sheet, outlook: &Outlook, made: &MadeMatching) {
    let matches = &made.matching.matches;
    let number = u64::try_from(matches.len()).unwrap_or(u64::MAX);
    ui.horizontal(|ui| {
        let title = counted(number, "proposal", "proposals");
        ui.label(RichText::new(title).font(semibold(14.0)));
        let all = format!("{} Accept all", Icon::Check);
        if ui.button(all).on_hover_text("Everybody here fills the position beside, as one step").clicked() {
            let people = counted(number, "person", "people");
            take(scene, format!("Match {people} to positions"), matches);
        }
    });
    let shown = grid::show(sheet, ui, scene, "proposals", &made.proposals);
    let accepted = shown.activated.filter(|at| at.column == ACCEPT).and_then(|at| matches.get(at.row));
    if let Some(one) = accepted {
        let who = spell(outlook, one.spell).map_or("", |spell| spell.who.as_str());
        take(scene, format!("{who} fills {}", one.position), std::slice::from_ref(one));
    }
}

/// Takes proposals in as one step.
fn take(scene: &mut Scene<'_>, label: String, matches: &[SeatMatch]) {
    scene.commit(label, match_edits(matches));
}

fn spell(outlook: &Outlook, index: usize) -> Option<&Spell> {
    outlook.plan().year.as_deref().and_then(|year| year.people.get(index))
}

/// Why a position is proposed.
const fn reason(rule: MatchRule) -> &'static str {
    match rule {
        MatchRule::SameId => "same position or requisition",
        MatchRule::AsBefore => "filled it before",
        MatchRule::Earliest => "earliest that nobody holds",
    }
}

fn proposals(ui: &Ui, scene: &Scene<'_>, outlook: &Outlook, matching: &Matching) -> Plain {
    let plan = outlook.plan();
    let columns = vec![
        Column::new("Accept", 80.0).words().about("A click or Enter takes the proposal in"),
        Column::new("Started", 92.0).words(),
        Column::new("Fills", 190.0).words().about("The position that is proposed"),
        Column::new("Region", 150.0).words(),
        Column::new("Role", 150.0).words(),
        Column::new("Why", 190.0).words().about("The rule by which the position is proposed"),
    ];
    let words = |text: String| Cell { text, side: Side::Left, ..Cell::default() };
    let rows = matching.matches.iter().filter_map(|one| {
        let spell = spell(outlook, one.spell)?;
        let region = plan.region_index(spell.region.as_str()).and_then(|r| plan.regions.get(r));
        let role = plan.role_index(spell.role.as_str()).and_then(|k| plan.roles.get(k));
        let cells = vec![
            Cell { tone: Tone::Link, link: true, ..words(format!("{} Accept", Icon::Check)) },
            words(scene.numbers.date(spell.start)),
            words(one.position.clone()),
            words(region.map(|region| region.name.clone()).unwrap_or_default()),
            words(role.map(|role| role.name.clone()).unwrap_or_default()),
            words(reason(one.rule).to_owned()),
        ];
        Some((RowHead { title: spell.who.clone(), ..RowHead::default() }, cells))
    });
    Plain::with_heads(ui, "Person", columns, rows.collect())
}
