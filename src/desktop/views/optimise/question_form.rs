//! The question, beside the answers: what the best plan is best at, where that counts, what may change, and the limits.

use std::collections::BTreeSet;

use egui::{Button, CollapsingHeader, Label, RichText, ScrollArea, Ui, WidgetInfo};

use super::limits;
use super::question::{LeftOut, Question, wish};
use crate::analysis::optimisation::{Objective, Percentile};
use crate::desktop::editor::EditorLook;
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::in_percent;
use crate::desktop::parts::controls;
use crate::desktop::parts::entry;
use crate::desktop::scene::Scene;
use crate::plan::Plan;
use crate::units::Period;

/// What there is to choose from as the objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aims {
    /// Every objective.
    All,
    /// What the next hires are placed for.
    Next,
    /// It is given.
    Given,
}

/// Draws the question.
pub(super) fn show(
    ui: &mut Ui,
    scene: &mut Scene<'_>,
    question: &mut Question,
    kept: &mut limits::LimitCache,
    aims: Aims,
) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        match aims {
            Aims::All => {
                heading(ui, "What to find");
                for aim in Objective::ALL {
                    ui.radio_value(&mut question.objective, aim, wish(aim));
                }
                if question.objective.needs_coverage() {
                    level(ui, scene, question);
                }
                ui.add_space(4.0);
                robust(ui, scene, question);
                ui.add_space(8.0);
            }
            Aims::Next => {
                heading(ui, "Place the next hires for");
                for aim in [Objective::Shortfall, Objective::Capacity] {
                    ui.radio_value(&mut question.next, aim, wish(aim));
                }
                ui.add_space(8.0);
            }
            Aims::Given => {}
        }
        heading(ui, "Where");
        let plan = scene.plan();
        let counted = format!("Counts: {}", listed(plan, &question.uncounted, false));
        CollapsingHeader::new(counted).id_salt("counts").show(ui, |ui| {
            regions(ui, plan, "Count", &mut question.uncounted.regions);
            quarters(ui, plan, "Count", &mut question.uncounted.quarters);
        });
        let open = format!("May change: {}", listed(plan, &question.locked, true));
        CollapsingHeader::new(open).id_salt("may change").show(ui, |ui| {
            regions(ui, plan, "Open", &mut question.locked.regions);
            let roles: Vec<_> = plan.roles.iter().map(|role| (role.id.clone(), role.name.clone())).collect();
            chips(ui, "Open", "All roles", &roles, &mut question.locked.roles);
            quarters(ui, plan, "Open", &mut question.locked.quarters);
            ranges(ui, scene, question);
        });
        ui.add_space(8.0);
        heading(ui, "Limits to keep");
        limits::show(ui, scene, question, kept);
    });
}

fn heading(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(semibold(14.0)));
}

/// The coverage that is to be reached.
fn level(ui: &mut Ui, scene: &mut Scene<'_>, question: &mut Question) {
    entry::row(ui, |ui| {
        ui.label("Coverage to reach");
        let shown = scene.numbers.plain(in_percent(question.coverage.exact()));
        let numbers = scene.numbers;
        let look = EditorLook::line("Coverage to reach", 56.0).right();
        let (response, entered) = entry::field(ui, scene, look, &shown, |typed| {
            let level = numbers.read_share(typed)?;
            if level.exact().is_negative() { Err("A coverage is not below 0".to_owned()) } else { Ok(level) }
        });
        response.on_hover_text("Capacity over target, in every region and fiscal year that counts");
        ui.label("%");
        question.coverage = entered.unwrap_or(question.coverage);
    });
}

/// At which outcome the plan is to be best.
fn robust(ui: &mut Ui, scene: &Scene<'_>, question: &mut Question) {
    ui.horizontal(|ui| {
        ui.label("Best at");
        let levels = Percentile::ALL.map(|percentile| (Some(percentile), None, percentile.name()));
        let choices: Vec<_> = std::iter::once((None, None, "Expected")).chain(levels).collect();
        controls::switch(ui, &mut question.robust, &choices);
    });
    let about = match question.robust {
        None => return,
        Some(Percentile::P50) => {
            "The best plans found are simulated; the result is the one that is best in half of all outcomes"
        }
        Some(Percentile::P20) => {
            "The best plans found are simulated; the result is the one that is best in four of five outcomes"
        }
    };
    ui.add(Label::new(RichText::new(about).color(scene.palette.faint).size(12.5)).wrap());
}

/// The ranges of what may change.
fn ranges(ui: &mut Ui, scene: &mut Scene<'_>, question: &mut Question) {
    ui.add_space(4.0);
    let about = "Hires are only added; none is removed or moved";
    ui.checkbox(&mut question.only_add, "Never fewer hires than planned").on_hover_text(about);
    entry::row(ui, |ui| {
        ui.label("Most hires a cell and quarter");
        let shown = question.most.map_or(String::new(), |most| most.to_string());
        let numbers = scene.numbers;
        let look = EditorLook::line("Most hires a cell and quarter", 44.0).right();
        let (response, entered) = entry::field(ui, scene, look, &shown, |typed| {
            if typed.trim().is_empty() { Ok(None) } else { numbers.read_count(typed).map(Some) }
        });
        response.on_hover_text("Empty: twice the region's onboarding seats");
        question.most = entered.unwrap_or(question.most);
    });
}

/// What is in, in a few words.
fn listed(plan: &Plan, left: &LeftOut, roles: bool) -> String {
    let part = |all: usize, out: usize, many: &str| match all.saturating_sub(out) {
        _ if out == 0 => format!("all {many}"),
        0 => format!("no {many}"),
        n => format!("{n} of {all} {many}"),
    };
    let out = |here: &mut dyn Iterator<Item = bool>| here.filter(|out| *out).count();
    let regions = out(&mut plan.regions.iter().map(|r| left.regions.contains(&r.id)));
    let of_roles = out(&mut plan.roles.iter().map(|k| left.roles.contains(&k.id)));
    let quarters = out(&mut (0..plan.calendar.quarters).map(|q| left.quarters.contains(&q)));
    if regions + of_roles + quarters == 0 {
        return if roles { "every cell".to_owned() } else { "everywhere".to_owned() };
    }
    let mut parts = vec![part(plan.regions.len(), regions, "regions")];
    if roles {
        parts.push(part(plan.roles.len(), of_roles, "roles"));
    }
    parts.push(part(plan.calendar.quarters, quarters, "quarters"));
    parts.join(", ")
}

/// Regions, a line of them for each area.
fn regions(ui: &mut Ui, plan: &Plan, what: &str, left_out: &mut BTreeSet<crate::plan::RegionId>) {
    for area in plan.areas() {
        let here = plan.regions.iter().filter(|region| region.area == area);
        let here: Vec<_> = here.map(|region| (region.id.clone(), region.name.clone())).collect();
        chips(ui, what, area, &here, left_out);
    }
}

/// Quarters, a line of them for each fiscal year.
fn quarters(ui: &mut Ui, plan: &Plan, what: &str, left_out: &mut BTreeSet<usize>) {
    for year in 0..plan.calendar.years() {
        let name = |q: usize| (q, plan.calendar.name(Period::Quarter(q)));
        let here: Vec<(usize, String)> = plan.calendar.quarters_of(year).map(name).collect();
        chips(ui, what, &plan.calendar.name(Period::Year(year)), &here, left_out);
    }
}

/// Switches of a group, with one for all of them before.
fn chips<K: Ord + Clone>(ui: &mut Ui, what: &str, group: &str, items: &[(K, String)], left_out: &mut BTreeSet<K>) {
    let whole = items.iter().all(|(key, _)| !left_out.contains(key));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(3.0, 3.0);
        if chip(ui, whole, RichText::new(group).font(semibold(12.5)), &format!("{what} all of {group}")) {
            for (key, _) in items {
                if whole {
                    left_out.insert(key.clone())
                } else {
                    left_out.remove(key)
                };
            }
        }
        // In the line of a year its quarters need not say it.
        let short = |name: &str| name.strip_prefix(group).map_or(name, str::trim_start).to_owned();
        for (key, name) in items {
            let on = !left_out.contains(key);
            if chip(ui, on, RichText::new(short(name)).size(12.5), &format!("{what} {name}")) {
                if on {
                    left_out.insert(key.clone())
                } else {
                    left_out.remove(key)
                };
            }
        }
    });
    ui.add_space(2.0);
}

fn chip(ui: &mut Ui, on: bool, text: RichText, name: &str) -> bool {
    ui.spacing_mut().button_padding = egui::vec2(6.0, 2.0);
    let button = Button::selectable(on, text).frame_when_inactive(true).wrap_mode(egui::TextWrapMode::Extend);
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::selected(egui::Role::CheckBox, true, on, name));
    response.clicked()
}

/// The effort of the search, and the button that starts it; tells whether it was pressed. `lacks` is why it cannot be.
pub(super) fn go(
    ui: &mut Ui,
    scene: &Scene<'_>,
    thorough: Option<&mut bool>,
    title: &str,
    lacks: Option<&str>,
) -> bool {
    if let Some(thorough) = thorough {
        ui.horizontal(|ui| {
            controls::switch(ui, thorough, &[(false, None, "Quick"), (true, None, "Thorough")]);
            let about = if *thorough { "Looks longer, finds a little more" } else { "Good in seconds" };
            ui.add(Label::new(RichText::new(about).color(scene.palette.faint).size(12.5)).truncate());
        });
    }
    let text = RichText::new(format!("{}  {title}", crate::desktop::icons::Icon::Lightning)).font(semibold(14.0));
    let button = Button::new(text).min_size(egui::vec2(ui.available_width(), 32.0)).selected(lacks.is_none());
    let response = ui.add_enabled(lacks.is_none(), button);
    let response = response.on_disabled_hover_text(lacks.unwrap_or_default());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, lacks.is_none(), title));
    if let Some(why) = lacks {
        ui.add(Label::new(RichText::new(why).color(scene.palette.warning).size(12.5)).wrap());
    }
    response.clicked()
}
