//! Beside the charts: the chances that targets and budgets are met, and the plan's uncertainties, which can be edited.

use egui::{Grid, Label, RichText, ScrollArea, Ui};

use super::simulation_job::{RiskResult, Spreads};
use crate::analysis::Chance;
use crate::desktop::draft::DraftChange;
use crate::desktop::editor::EditorLook;
use crate::desktop::fields::Fields;
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::{NONE, Numbers};
use crate::desktop::parts::entry;
use crate::desktop::scene::Scene;
use crate::edit;
use crate::plan::{Group, fields as register};
use crate::units::{Period, Ratio};

/// Width of the names of the chances, and of what is uncertain.
const CHANCES: f32 = 92.0;
const NAMES: f32 = 172.0;

/// Draws the panel.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, found: Option<&RiskResult>) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.label(RichText::new("Chances").font(semibold(14.0)));
        if let Some(found) = found {
            let place = scene.place_title(found.asked.place);
            ui.label(RichText::new(place).color(scene.palette.faint).size(12.5));
            chances(ui, scene, found);
        }
        ui.add_space(12.0);
        ui.label(RichText::new("Uncertainty").font(semibold(14.0)));
        let about = "Part of the plan, saved with it";
        ui.label(RichText::new(about).color(scene.palette.faint).size(12.5));
        uncertainty(ui, scene);
    });
}

/// A line of the chances: its name, and its chances by fiscal year.
type Line = (&'static str, fn(&Spreads) -> &Vec<Option<Chance>>);

const LINES: [Line; 2] = [("target", |spreads| &spreads.targets), ("budget", |spreads| &spreads.budgets)];

fn chances(ui: &mut Ui, scene: &Scene<'_>, found: &RiskResult) {
    let calendar = scene.plan().calendar;
    let plans = std::iter::once(&found.own).chain(&found.other);
    let name = |ui: &mut Ui, text: String| {
        ui.allocate_ui(egui::vec2(CHANCES, 20.0), |ui| {
            ui.set_min_width(CHANCES);
            ui.add(Label::new(text.as_str()).truncate());
        });
    };
    let mut any = false;
    Grid::new("chances").spacing([8.0, 4.0]).show(ui, |ui| {
        if let Some(other) = &found.of.other {
            let faint = |text: &str| Label::new(RichText::new(text).color(scene.palette.faint).size(12.5)).truncate();
            name(ui, String::new());
            ui.add(faint("Shown"));
            ui.add(faint(other.name()));
            ui.end_row();
        }
        for (what, of) in LINES {
            for year in 0..calendar.years() {
                let met: Vec<Option<Chance>> = plans.clone().map(|p| of(p).get(year).copied().flatten()).collect();
                if met.iter().all(Option::is_none) {
                    continue;
                }
                any = true;
                name(ui, format!("{} {what}", calendar.name(Period::Year(year))));
                for met in met {
                    ui.label(RichText::new(written(scene.numbers, met)).font(semibold(14.0)));
                }
                ui.end_row();
            }
        }
    });
    if !any {
        ui.label("No target and no budget here");
    }
}

/// A chance with its standard error: `5.5 % ± 0.2`.
fn written(numbers: Numbers, met: Option<Chance>) -> String {
    let Some(met) = met.map(|met| met.chance) else { return NONE.to_owned() };
    let error = met.error.map_or(String::new(), |error| format!(" ± {}", numbers.points(Some(Ratio::new(error)), 1)));
    format!("{}{error}", numbers.percent(Some(Ratio::new(met.value)), 1))
}

fn uncertainty(ui: &mut Ui, scene: &mut Scene<'_>) {
    let plan = scene.plan();
    let fields = Fields { plan, numbers: scene.numbers };
    Grid::new("uncertainty").num_columns(3).spacing([8.0, 4.0]).show(ui, |ui| {
        for field in register().iter().filter(|field| field.group == Group::Spread) {
            ui.allocate_ui(egui::vec2(NAMES, 22.0), |ui| {
                ui.set_min_width(NAMES);
                ui.add(Label::new(field.title).truncate()).on_hover_text(field.meaning);
            });
            let shown = edit::value(plan, field.pattern).map(|value| fields.text(field, &value)).unwrap_or_default();
            let look = EditorLook::line(field.title, 44.0).right();
            let response = entry::plan_field(ui, scene, look, &shown, |typed| {
                let stated = fields.read(field, typed).and_then(|to| edit::state(plan, field.pattern, to));
                let edits = edit::in_order(vec![stated.map_err(|why| format!("{}: {why}", field.title))?]);
                Ok(DraftChange::plan(edit::label(plan, &edits), edits))
            });
            response.on_hover_text(field.meaning);
            ui.label(RichText::new(fields.unit(field, None)).color(scene.palette.faint).size(12.5));
            ui.end_row();
        }
    });
}
