//! The tables of a section in one frame, and their state while the window is open.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use egui::{RichText, Ui};

use super::plan_form::PlanForm;
use super::rows::{self, NewRowName, Then};
use super::shape::{InputRow, InputTable};
use super::table::Inputs;
use super::{calendar, columns, weights};
use crate::desktop::action::Action;
use crate::desktop::fields::Fields;
use crate::desktop::fonts::semibold;
use crate::desktop::parts::{controls, grid};
use crate::desktop::scene::Scene;
use crate::desktop::section::Section;
use crate::desktop::sheet::{At, Sheet, heads};
use crate::desktop::tokens::{PAD, ROW};
use crate::engine::Place;
use crate::plan::Plan;

/// The state of the sections while the window is open.
#[derive(Default)]
pub(super) struct SectionState {
    pub(super) sheets: BTreeMap<&'static str, Sheet>,
    /// The table in which a cell was selected last.
    pub(super) current: Option<&'static str>,
    /// The forms of the shown plan, made once for each state of it.
    form: Option<PlanForm>,
    pub(super) naming: Option<NewRowName>,
    pub(super) calendar: Option<calendar::CalendarDraft>,
    pub(super) weights: weights::Bars,
}

impl SectionState {
    /// The table of a section in which a cell was selected last, or its only one.
    pub(super) fn current_table<'t>(&self, tables: &'t [InputTable]) -> Option<&'t InputTable> {
        let last = tables.iter().find(|table| Some(table.key) == self.current);
        last.or_else(|| tables.iter().find(|table| self.sheets.contains_key(table.key)))
    }

    pub(super) fn form(&mut self, plan: &Arc<Plan>) -> PlanForm {
        let known = self.form.take().filter(|form| form.is_of(plan));
        self.form.insert(known.unwrap_or_else(|| PlanForm::new(plan))).clone()
    }
}

/// The surroundings that the tables of a section share in one frame.
pub(super) struct SectionFrame<'a> {
    pub(super) state: &'a mut SectionState,
    pub(super) folded: &'a mut BTreeSet<String>,
    pub(super) form: &'a PlanForm,
}

impl SectionFrame<'_> {
    /// A title, with the menu of the table that it is about.
    pub(super) fn title(&self, ui: &mut Ui, scene: &mut Scene<'_>, title: RichText, table: Option<&InputTable>) {
        ui.horizontal(|ui| {
            ui.label(title);
            if let Some(table) = table.filter(|table| !table.rows.is_empty()) {
                let name = if table.title.is_empty() { table.key } else { table.title };
                let inputs = self.inputs(scene, table, 0.0);
                controls::table_menu(ui, scene, name, &name.to_lowercase().replace(' ', "-"), &inputs);
            }
        });
    }

    /// A table with its values.
    pub(super) fn inputs<'t>(&'t self, scene: &Scene<'t>, table: &'t InputTable, head_width: f32) -> Inputs<'t> {
        let shown = Fields { plan: scene.outcome().plan(), numbers: scene.numbers };
        let document = scene.document;
        Inputs {
            table,
            back: scene.back(),
            plan: scene.plan(),
            shown,
            form: &self.form.json,
            changes: &self.form.changes,
            head_width,
            folded: self.folded,
            overrides: document.overrides(),
            base: document.base(),
        }
    }

    /// The buttons over a table, where its rows can be added and taken out.
    pub(super) fn buttons(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, table: &InputTable) {
        let Some(list) = table.list else { return };
        let row = self.state.sheets.get(table.key).and_then(Sheet::selection).map(|s| s.cursor.row);
        let rows = table.rows.len();
        let row = row.filter(|row| *row < rows);
        if let Some((row, then)) = rows::buttons(ui, scene, list, (row, rows), &mut self.state.naming) {
            let sheet = self.state.sheets.entry(table.key).or_default();
            let name = table.contents.iter().position(|column| column.name == columns::NAME);
            match then {
                Then::Row => sheet.select(At { row, column: 0 }),
                Then::Name => sheet.edit(At { row, column: name.unwrap_or(0) }),
            }
        }
        if rows == 0 {
            ui.add_space(8.0);
            ui.colored_label(scene.palette.faint, "There is nothing here yet; add the first row with the button above");
        }
    }

    /// A table over the space there is.
    pub(super) fn sheet(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, table: &InputTable, head_width: f32) {
        if table.rows.is_empty() {
            return;
        }
        // The sheet is taken out of its place while the table, which reads the same view, is drawn.
        let mut sheet = self.state.sheets.remove(table.key).unwrap_or_default();
        let inputs = self.inputs(scene, table, head_width);
        let result = ui
            .push_id(table.key, |ui| {
                grid::show_with_menu(&mut sheet, ui, scene, table.key, &inputs, &|at| inputs.menu(at))
            })
            .inner;
        self.state.sheets.insert(table.key, sheet);
        if result.selected.is_some() {
            self.state.current = Some(table.key);
        }
        if let Some(region) = result.selected.and_then(|at| table.rows.get(at.row)?.region) {
            scene.send(Action::Focus { place: Place::Region(region), period: None });
        }
        let fold = result.folded.and_then(|row| table.rows.get(row)?.fold.clone());
        if let Some(key) = fold
            && !self.folded.remove(&key)
        {
            self.folded.insert(key);
        }
        match result.fold_all {
            Some(true) => self.folded.extend(table.rows.iter().filter_map(|row| row.fold.clone())),
            Some(false) => self.folded.clear(),
            None => {}
        }
    }

    /// A table among others: its title, its buttons, and as much room as its rows need.
    pub(super) fn block(
        &mut self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        section: Section,
        (table, head): (&InputTable, f32),
    ) {
        ui.add_space(4.0);
        self.title(ui, scene, RichText::new(table.title).font(semibold(14.0)), Some(table));
        self.buttons(ui, scene, table);
        let bars = section == Section::Selling && weights::is_weights(table);
        let lines = f32::from(u16::try_from(table.rows.len()).unwrap_or(u16::MAX));
        let height = heads(ui, &table.columns) + lines * ROW + if wide(ui, table, head) { 18.0 } else { 6.0 };
        ui.horizontal_top(|ui| {
            let width = if bars { 300.0 } else { ui.available_width() };
            let layout = egui::Layout::top_down(egui::Align::Min);
            ui.allocate_ui_with_layout(egui::vec2(width, height), layout, |ui| {
                ui.set_min_size(egui::vec2(width, height));
                self.sheet(ui, scene, table, head);
            });
            if bars {
                weights::show(ui, scene, &mut self.state.weights, table, height.max(120.0));
            }
        });
        ui.add_space(10.0);
    }
}

/// Whether a table is wider than the space there is, and so has a bar to scroll it by.
pub(super) fn wide(ui: &Ui, table: &InputTable, head: f32) -> bool {
    head + table.columns.iter().map(|c| c.width).sum::<f32>() > ui.available_width()
}

/// Room for the longest row head, within reason.
pub(super) fn head_width(ui: &Ui, table: &InputTable) -> f32 {
    let font = egui::FontId::proportional(14.0);
    let width = |row: &InputRow| {
        let text = row.head.title.clone();
        let text = ui.fonts_mut(|f| f.layout_no_wrap(text, font.clone(), egui::Color32::WHITE));
        text.size().x * 1.05 + 14.0 * f32::from(row.head.depth) + if row.fold.is_some() { 14.0 } else { 0.0 }
    };
    (table.rows.iter().map(width).fold(0.0, f32::max) + 2.0 * PAD).clamp(96.0, 270.0)
}
