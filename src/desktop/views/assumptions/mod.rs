//! The Assumptions view: everything the plan states but hires, by sections, where it can be seen and typed.

mod calendar;
mod change_form;
mod columns;
mod notes;
mod over_time;
mod plan_form;
mod ramp;
mod rows;
mod section_frame;
mod series_model;
mod shape;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod typing;
mod weights;

use std::collections::BTreeSet;

use egui::{Button, CentralPanel, Frame, Panel, RichText, ScrollArea, Ui};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::desktop::action::Action;
use crate::desktop::fields::Fields;
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::Numbers;
use crate::desktop::scene::Scene;
use crate::desktop::section::Section;
use crate::desktop::sheet::At;
use crate::plan::{FieldPath, Group, Plan, PlanEdit};
use over_time::{Chosen, OverTime};
use section_frame::{SectionFrame, SectionState, head_width};

/// Width of the list of sections.
const SECTIONS: f32 = 132.0;

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct AssumptionsView {
    section: Section,
    /// Regions whose rows of pay are folded away.
    folded: BTreeSet<String>,
    #[serde(skip)]
    state: SectionState,
    #[serde(skip)]
    ramp: ramp::Curves,
    #[serde(skip)]
    over_time: OverTime,
}

impl AssumptionsView {
    /// Selects the field at a path, in its section and in sight.
    pub(super) fn go_to_input(&mut self, plan: &Plan, path: &str) {
        let Some((section, key, at)) = locate(plan, path) else { return };
        if let Ok(path) = path.parse::<FieldPath>()
            && path.field().group == Group::CellPay
            && let Some(region) = path.keys().first()
        {
            self.folded.remove(region);
        }
        self.section = section;
        self.state.current = Some(key);
        // Rows may have been folded away before: the place is found again now that they are not.
        let at = self.find(plan, section, path).map_or(at, |(_, at)| at);
        self.state.sheets.entry(key).or_default().select(at);
    }

    /// Brings a section into sight.
    pub(super) fn show_section(&mut self, section: Section) {
        self.section = section;
        self.state.naming = None;
    }

    fn find(&self, plan: &Plan, section: Section, path: &str) -> Option<(&'static str, At)> {
        let fields = Fields { plan, numbers: Numbers::default() };
        let tables = tables::tables(section, fields, &|region| self.folded.contains(region));
        tables.iter().find_map(|table| Some((table.key, table.find(path)?)))
    }

    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        Panel::left("sections of assumptions")
            .resizable(false)
            .exact_size(SECTIONS)
            .frame(Frame::NONE)
            .show(ui, |ui| self.sections(ui, scene));
        CentralPanel::default().frame(Frame::NONE.inner_margin(egui::Margin { left: 12, ..Default::default() })).show(
            ui,
            |ui| {
                ui.add_space(6.0);
                self.body(ui, scene);
            },
        );
    }

    fn sections(&self, ui: &mut Ui, scene: &mut Scene<'_>) {
        ui.add_space(6.0);
        let place = |ui: &mut Ui, section: Section| {
            let chosen = self.section == section;
            let button = Button::selectable(chosen, format!("{} {}", section.icon(), section.title()))
                .wrap_mode(egui::TextWrapMode::Extend)
                .min_size(egui::vec2(SECTIONS - 8.0, 26.0));
            let response = ui.add(button).on_hover_text(section.about());
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, section.title()));
            response.clicked().then_some(section)
        };
        let sections = ScrollArea::vertical().show(ui, |ui| Section::ALL.map(|section| place(ui, section)));
        if let Some(section) = sections.inner.into_iter().flatten().next() {
            scene.send(Action::ShowSection { section, keyboard: false });
        }
    }

    fn body(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let shown = scene.document.outcome().plan();
        let form = self.state.form(shown);
        let settled = Fields { plan: scene.plan(), numbers: scene.numbers };
        let folded = self.folded.clone();
        let tables = tables::tables(self.section, settled, &|region| folded.contains(region));
        let section = self.section;
        if tables.iter().any(over_time::may_change) {
            let current = self.state.current_table(&tables);
            let chosen = current.and_then(|table| Some((table, self.state.sheets.get(table.key)?)));
            let chosen =
                chosen.map(|(table, sheet)| Chosen::of(table, sheet, scene.plan(), &form.json)).unwrap_or_default();
            let panel = Panel::bottom("values over time").resizable(true).default_size(176.0).min_size(96.0);
            panel.show(ui, |ui| self.over_time.show(ui, scene, &chosen, &form.json));
        }
        let mut frame = SectionFrame { state: &mut self.state, folded: &mut self.folded, form: &form };
        let title = RichText::new(section.title()).font(semibold(18.0));
        frame.title(
            ui,
            scene,
            title,
            match tables.as_slice() {
                [table] => Some(table),
                _ => None,
            },
        );
        ui.colored_label(scene.palette.faint, section.about());
        ui.add_space(6.0);
        match (section, tables.as_slice()) {
            (Section::Ramp, [table]) => ramp::show(ui, scene, &mut frame, &mut self.ramp, table),
            (_, [table]) => {
                frame.buttons(ui, scene, table);
                let head = head_width(ui, table);
                frame.sheet(ui, scene, table, head);
            }
            (section, tables) => {
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    let head = tables.iter().map(|table| head_width(ui, table)).fold(0.0, f32::max);
                    for table in tables {
                        frame.block(ui, scene, section, (table, head));
                        if table.key == "calendar" {
                            calendar::show(ui, scene, &mut frame.state.calendar);
                        }
                        if table.key == "recruiting capacity" {
                            no_limit(ui, scene);
                        }
                    }
                    if section == Section::General {
                        notes::show(ui, scene);
                    }
                });
            }
        }
    }
}

/// The path at which the value of a path is stated: the rate of the plan's own currency is 1 because it is the plan's.
fn stated_at(plan: &Plan, path: &str) -> String {
    if path == Plan::RATES.at(&plan.currency).to_string() { Plan::CURRENCY.path().to_string() } else { path.to_owned() }
}

/// The section, the table and the cell of the field at a path.
fn locate(plan: &Plan, path: &str) -> Option<(Section, &'static str, At)> {
    let fields = Fields { plan, numbers: Numbers::default() };
    let path = &stated_at(plan, path);
    Section::ALL.into_iter().find_map(|section| {
        let tables = tables::tables(section, fields, &|_| false);
        tables.iter().find_map(|table| Some((section, table.key, table.find(path)?)))
    })
}

/// Takes the limit from recruiting altogether: a list by quarter has a number for every quarter, or none at all.
fn no_limit(ui: &mut Ui, scene: &mut Scene<'_>) {
    let limited = !scene.plan().recruiting_capacity.is_empty();
    let button = ui.add_enabled(limited, Button::new("No limit"));
    if button.on_hover_text("Take the limit from every quarter; a number typed into one then holds for all").clicked() {
        let none = PlanEdit::Set { path: Plan::RECRUITING_CAPACITY.path().to_string(), to: Value::Array(Vec::new()) };
        scene.commit("Recruiting capacity: no limit", vec![none]);
    }
    ui.add_space(8.0);
}
