//! The Assumptions view: everything the plan states but hires, by sections, where it can be seen and typed.

mod calendar;
mod columns;
mod notes;
mod ramp;
mod rows;
mod shape;
mod table;
mod tables;
#[cfg(test)]
mod tests;
mod typing;
mod weights;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{Button, CentralPanel, Frame, Panel, RichText, ScrollArea, Ui};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::desktop::action::Action;
use crate::desktop::fields::Fields;
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::Numbers;
use crate::desktop::parts::controls;
use crate::desktop::parts::grid;
use crate::desktop::scene::Scene;
use crate::desktop::section::Section;
use crate::desktop::sheet::{At, Sheet, heads};
use crate::desktop::tokens::{PAD, ROW};
use crate::engine::Place;
use crate::plan::{Plan, PlanEdit};
use rows::{Naming, Then};
use shape::{Line, Table};
use table::Inputs;

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
    kept: Kept,
}

/// What the view keeps while the window is open.
#[derive(Default)]
struct Kept {
    sheets: BTreeMap<&'static str, Sheet>,
    /// The shown plan's JSON form, made once for each state of it.
    form: Option<(Arc<Plan>, Arc<Value>)>,
    naming: Option<Naming>,
    notes: notes::Draft,
    calendar: Option<calendar::Draft>,
    ramp: ramp::Curves,
    weights: weights::Bars,
}

impl Kept {
    fn form(&mut self, plan: &Arc<Plan>) -> Arc<Value> {
        match &self.form {
            Some((known, form)) if Arc::ptr_eq(known, plan) => Arc::clone(form),
            _ => {
                let form = Arc::new(serde_json::to_value(plan.as_ref()).unwrap_or_default());
                self.form = Some((Arc::clone(plan), Arc::clone(&form)));
                form
            }
        }
    }
}

impl AssumptionsView {
    /// Selects the field at a path, in its section and in sight.
    pub(super) fn go_to_input(&mut self, plan: &Plan, path: &str) {
        let Some((section, key, at)) = locate(plan, path) else { return };
        if let Some(region) = path.strip_prefix("pay[").and_then(|rest| rest.split(']').next()) {
            self.folded.remove(region);
        }
        self.section = section;
        // Rows may have been folded away before: the place is found again now that they are not.
        let at = self.find(plan, section, path).map_or(at, |(_, at)| at);
        self.kept.sheets.entry(key).or_default().select(at);
    }

    /// Brings a section into sight.
    pub(super) fn show_section(&mut self, section: Section) {
        self.section = section;
        self.kept.naming = None;
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
            .show(ui, |ui| self.sections(ui));
        CentralPanel::default().frame(Frame::NONE.inner_margin(egui::Margin { left: 12, ..Default::default() })).show(
            ui,
            |ui| {
                ui.add_space(6.0);
                self.body(ui, scene);
            },
        );
    }

    fn sections(&mut self, ui: &mut Ui) {
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
            self.show_section(section);
        }
    }

    fn body(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let shown = scene.document.outcome().plan();
        let form = self.kept.form(shown);
        let settled = Fields { plan: scene.plan(), numbers: scene.numbers };
        let folded = self.folded.clone();
        let tables = tables::tables(self.section, settled, &|region| folded.contains(region));
        let section = self.section;
        let mut frame = InFrame { kept: &mut self.kept, folded: &mut self.folded, form: &form };
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
            (Section::Ramp, [table]) => ramp::show(ui, scene, &mut frame, table),
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
                            calendar::show(ui, scene, &mut frame.kept.calendar);
                        }
                        if table.key == "recruiting capacity" {
                            no_limit(ui, scene);
                        }
                    }
                    if section == Section::General {
                        frame.kept.notes.show(ui, scene);
                    }
                });
            }
        }
    }
}

/// The field that states what is at a path: the rate of the plan's own currency is 1 because it is the plan's.
fn field_behind<'p>(plan: &Plan, path: &'p str) -> &'p str {
    let code = path.strip_prefix("rates[").and_then(|rest| rest.strip_suffix(']'));
    if code == Some(plan.currency.as_str()) { "currency" } else { path }
}

/// The section, the table and the cell of the field at a path.
fn locate(plan: &Plan, path: &str) -> Option<(Section, &'static str, At)> {
    let fields = Fields { plan, numbers: Numbers::default() };
    let path = field_behind(plan, path);
    Section::ALL.into_iter().find_map(|section| {
        let tables = tables::tables(section, fields, &|_| false);
        tables.iter().find_map(|table| Some((section, table.key, table.find(path)?)))
    })
}

/// What the tables of one frame share.
struct InFrame<'a> {
    kept: &'a mut Kept,
    folded: &'a mut BTreeSet<String>,
    form: &'a Value,
}

impl InFrame<'_> {
    /// A title, with the menu of the table that it is about.
    fn title(&self, ui: &mut Ui, scene: &mut Scene<'_>, title: RichText, table: Option<&Table>) {
        ui.horizontal(|ui| {
            ui.label(title);
            if let Some(table) = table.filter(|table| !table.lines.is_empty()) {
                let name = if table.title.is_empty() { table.key } else { table.title };
                let inputs = self.inputs(scene, table, 0.0);
                controls::table_menu(ui, scene, name, &name.to_lowercase().replace(' ', "-"), &inputs);
            }
        });
    }

    /// A table with its values.
    fn inputs<'t>(&'t self, scene: &Scene<'t>, table: &'t Table, head_width: f32) -> Inputs<'t> {
        let shown = Fields { plan: scene.outcome().plan(), numbers: scene.numbers };
        let document = scene.document;
        Inputs {
            table,
            back: scene.back(),
            plan: scene.plan(),
            shown,
            form: self.form,
            head_width,
            folded: self.folded,
            overrides: document.overrides(),
            base: document.base(),
        }
    }

    /// The buttons over a table, where its rows can be added and taken out.
    fn buttons(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, table: &Table) {
        let Some(list) = table.list else { return };
        let row = self.kept.sheets.get(table.key).and_then(Sheet::selection).map(|s| s.cursor.row);
        let rows = table.lines.len();
        let row = row.filter(|row| *row < rows);
        if let Some((row, then)) = rows::buttons(ui, scene, list, (row, rows), &mut self.kept.naming) {
            let column = match then {
                Then::Row => 0,
                Then::Name => table.slots.iter().position(|slot| slot.said == columns::NAME).unwrap_or(0),
            };
            self.kept.sheets.entry(table.key).or_default().select(At { row, column });
        }
        if rows == 0 {
            ui.add_space(8.0);
            ui.colored_label(scene.palette.faint, "There is nothing here yet; add the first row with the button above");
        }
    }

    /// A table over the space there is.
    fn sheet(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, table: &Table, head_width: f32) {
        if table.lines.is_empty() {
            return;
        }
        // The sheet is taken out of its place while the table, which reads the same view, is drawn.
        let mut sheet = self.kept.sheets.remove(table.key).unwrap_or_default();
        let inputs = self.inputs(scene, table, head_width);
        let result = ui
            .push_id(table.key, |ui| {
                grid::show_with_menu(&mut sheet, ui, scene, table.key, &inputs, &|at| inputs.menu(at))
            })
            .inner;
        self.kept.sheets.insert(table.key, sheet);
        if let Some(region) = result.selected.and_then(|at| table.lines.get(at.row)?.region) {
            scene.send(Action::Focus { place: Place::Region(region), period: None });
        }
        let fold = result.folded.and_then(|row| table.lines.get(row)?.key.clone());
        if let Some(key) = fold
            && !self.folded.remove(&key)
        {
            self.folded.insert(key);
        }
        match result.fold_all {
            Some(true) => self.folded.extend(table.lines.iter().filter_map(|line| line.key.clone())),
            Some(false) => self.folded.clear(),
            None => {}
        }
    }

    /// A table among others: its title, its buttons, and as much room as its rows need.
    fn block(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, section: Section, (table, head): (&Table, f32)) {
        ui.add_space(4.0);
        self.title(ui, scene, RichText::new(table.title).font(semibold(14.0)), Some(table));
        self.buttons(ui, scene, table);
        let bars = section == Section::Selling && weights::is_weights(table);
        let lines = f32::from(u16::try_from(table.lines.len()).unwrap_or(u16::MAX));
        let height = heads(ui, &table.columns) + lines * ROW + if wide(ui, table, head) { 18.0 } else { 6.0 };
        ui.horizontal_top(|ui| {
            let width = if bars { 300.0 } else { ui.available_width() };
            let layout = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(egui::vec2(width, height), layout, |ui| {
                ui.set_min_size(egui::vec2(width, height));
                self.sheet(ui, scene, table, head);
            });
            if bars {
                weights::show(ui, scene, &mut self.kept.weights, table, height.max(120.0));
            }
        });
        ui.add_space(10.0);
    }
}

/// Takes the limit from recruiting altogether: a list by quarter has a number for every quarter, or none at all.
fn no_limit(ui: &mut Ui, scene: &mut Scene<'_>) {
    let limited = !scene.plan().recruiting_capacity.is_empty();
    let button = ui.add_enabled(limited, Button::new("No limit"));
    if button.on_hover_text("Take the limit from every quarter; a number typed into one then holds for all").clicked() {
        let none = PlanEdit::Set { path: "recruiting_capacity".to_owned(), to: Value::Array(Vec::new()) };
        scene.commit("Recruiting capacity: no limit", vec![none]);
    }
    ui.add_space(8.0);
}

/// Whether a table is wider than the space there is, and so has a bar to scroll it by.
fn wide(ui: &Ui, table: &Table, head: f32) -> bool {
    head + table.columns.iter().map(|c| c.width).sum::<f32>() > ui.available_width()
}

/// Room for the longest row head, within reason.
fn head_width(ui: &Ui, table: &Table) -> f32 {
    let font = egui::FontId::proportional(14.0);
    let width = |line: &Line| {
        let text = line.head.title.clone();
        let text = ui.fonts_mut(|f| f.layout_no_wrap(text, font.clone(), egui::Color32::WHITE));
        text.size().x * 1.05 + 14.0 * f32::from(line.head.depth) + if line.key.is_some() { 14.0 } else { 0.0 }
    };
    (table.lines.iter().map(width).fold(0.0, f32::max) + 2.0 * PAD).clamp(96.0, 270.0)
}
