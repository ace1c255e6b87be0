//! The hiring grid: areas, regions and roles down, fiscal quarters and years across, coverage beside.
//!
//! What the rows and columns are, where the selection goes and what a typed text means are plain functions here;
//! only `table` draws.

mod layout;
mod table;

use std::collections::BTreeSet;

use egui::{Event, EventFilter, Id, Key, Ui};

use super::action::Action;
use super::document::Document;
use crate::engine::Place;
use crate::plan::{Plan, PlanEdit};
use layout::{Column, Row};

/// The grid's state: what is folded, selected and being typed.
#[derive(Default)]
pub(super) struct Grid {
    folded: BTreeSet<String>,
    selected: Option<Selected>,
    editing: Option<Editing>,
    /// The selection moved: bring it into sight and give it the focus.
    reveal: bool,
}

/// The selected row and quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Selected {
    row: Row,
    quarter: usize,
}

/// A text being typed into a cell.
struct Editing {
    region: usize,
    role: usize,
    quarter: usize,
    text: String,
    started: bool,
}

/// Reads a typed number of hires; nothing typed is none.
fn typed(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() { Some(0) } else { text.parse().ok() }
}

impl Grid {
    /// The grid of a plan as it first appears: every region in sight, the first one unfolded.
    pub(super) fn of(plan: &Plan) -> Self {
        let folded = plan.regions.iter().skip(1).map(|r| r.id.to_string()).collect();
        Self { folded, ..Self::default() }
    }

    /// The place whose chart is shown: the region of the selected row, or the area, or the whole plan.
    pub(super) fn chart_place(&self, plan: &Plan) -> Place {
        match self.selected.map(|s| s.row) {
            Some(Row::Area(a)) if a < plan.areas().len() => Place::Area(a),
            Some(Row::Region(r) | Row::Cell(r, _)) if r < plan.regions.len() => Place::Region(r),
            _ => Place::Plan,
        }
    }

    /// Selects a place, unfolded and in sight.
    pub(super) fn go_to(&mut self, plan: &Plan, place: Place, quarter: Option<usize>) {
        let row = match place {
            Place::Plan => Row::Total,
            Place::Area(a) => Row::Area(a),
            Place::Region(r) => Row::Region(r),
            Place::Cell(r, role) => {
                if let Some(region) = plan.regions.get(r) {
                    self.folded.remove(region.id.as_str());
                }
                Row::Cell(r, role)
            }
        };
        let quarter = quarter.unwrap_or(0).min(plan.calendar.quarters.saturating_sub(1));
        self.editing = None;
        self.select(Selected { row, quarter });
    }

    fn select(&mut self, selected: Selected) {
        self.selected = Some(selected);
        self.reveal = true;
    }

    /// Draws the grid and sends what is typed into it.
    pub(super) fn show(&mut self, ui: &mut Ui, document: &Document, actions: &mut Vec<Action>) {
        let plan = document.plan();
        let rows = layout::rows(plan, &self.folded);
        let columns = layout::columns(&plan.calendar);
        if let Some(selected) = self.selected
            && !rows.contains(&selected.row)
        {
            self.selected = None;
        }
        self.keys(ui, plan, &rows, actions);
        table::show(ui, self, document, &rows, &columns, actions);
    }

    /// The keys of the selected cell, while it has the focus and nothing is being typed.
    fn keys(&mut self, ui: &Ui, plan: &Plan, rows: &[Row], actions: &mut Vec<Action>) {
        let Some(selected) = self.selected else { return };
        let id = layout::cell_id(selected.row, selected.quarter);
        if self.editing.is_some() || !ui.memory(|m| m.has_focus(id)) {
            return;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        let last = plan.calendar.quarters.saturating_sub(1);
        for event in ui.input(|i| i.events.clone()) {
            match event {
                Event::Key { key, pressed: true, modifiers, .. } if !modifiers.command => {
                    let moved = layout::moved(selected.row, selected.quarter, key, rows, last);
                    if let Some((row, quarter)) = moved {
                        self.select(Selected { row, quarter });
                        return;
                    }
                    match key {
                        Key::F2 | Key::Enter => self.begin(plan, selected, None, actions),
                        Key::Delete | Key::Backspace => Self::set(plan, selected, 0, actions),
                        Key::Space => self.fold(plan, selected.row),
                        _ => {}
                    }
                }
                Event::Text(text) if text.chars().all(|c| c.is_ascii_digit()) => {
                    self.begin(plan, selected, Some(text), actions);
                }
                _ => {}
            }
        }
    }

    fn fold(&mut self, plan: &Plan, row: Row) {
        let name = match row {
            Row::Region(r) => plan.regions.get(r).map(|r| r.id.to_string()),
            Row::Area(a) => plan.areas().get(a).map(|a| layout::area_key(a)),
            Row::Total | Row::Cell(..) => None,
        };
        if let Some(name) = name
            && !self.folded.remove(&name)
        {
            self.folded.insert(name);
        }
    }

    fn begin(&mut self, plan: &Plan, at: Selected, first: Option<String>, actions: &mut Vec<Action>) {
        let Row::Cell(region, role) = at.row else {
            if first.is_some() {
                actions.push(Action::Say("Totals add up from the roles; type into a role's row".to_owned()));
            }
            return;
        };
        let fresh = first.is_some();
        let text = first.unwrap_or_else(|| hires(plan, region, role, at.quarter).to_string());
        self.editing = Some(Editing { region, role, quarter: at.quarter, text, started: false });
        if fresh {
            self.preview(plan, actions);
        }
    }

    /// The edit that what is being typed makes.
    fn edit(&self, plan: &Plan) -> Option<(String, PlanEdit)> {
        let editing = self.editing.as_ref()?;
        let to = typed(&editing.text)?;
        set_hires(plan, editing.region, editing.role, editing.quarter, to)
    }

    fn preview(&self, plan: &Plan, actions: &mut Vec<Action>) {
        if let Some((_, edit)) = self.edit(plan) {
            actions.push(Action::Preview(vec![edit]));
        } else {
            actions.push(Action::EndPreview);
            actions.push(Action::Say("Write a whole number of hires, such as 7".to_owned()));
        }
    }

    /// Takes over what was typed; keeps the field open where it is no number.
    fn finish(&mut self, plan: &Plan, actions: &mut Vec<Action>) -> bool {
        let Some((label, edit)) = self.edit(plan) else {
            self.preview(plan, actions);
            return false;
        };
        self.editing = None;
        actions.push(Action::EndPreview);
        actions.push(Action::Commit { label, edits: vec![edit] });
        true
    }

    fn cancel(&mut self, actions: &mut Vec<Action>) {
        self.editing = None;
        self.reveal = true;
        actions.push(Action::EndPreview);
    }

    fn set(plan: &Plan, at: Selected, to: u32, actions: &mut Vec<Action>) {
        let Row::Cell(region, role) = at.row else { return };
        if let Some((label, edit)) = set_hires(plan, region, role, at.quarter, to) {
            actions.push(Action::Commit { label, edits: vec![edit] });
        }
    }
}

fn hires(plan: &Plan, region: usize, role: usize, quarter: usize) -> u32 {
    match (plan.regions.get(region), plan.roles.get(role)) {
        (Some(region), Some(role)) => plan.hires(&region.id, &role.id, quarter),
        _ => 0,
    }
}

fn set_hires(plan: &Plan, region: usize, role: usize, quarter: usize, to: u32) -> Option<(String, PlanEdit)> {
    let (region, role) = (plan.regions.get(region)?, plan.roles.get(role)?);
    let period = plan.calendar.name(crate::units::Period::Quarter(quarter));
    let label = format!("{}, {}, {period}: {to} hires", region.name, role.name);
    Some((label, PlanEdit::SetHires { region: region.id.clone(), role: role.id.clone(), quarter, to }))
}

/// The column that a quarter is in.
fn column_of(columns: &[Column], quarter: usize) -> usize {
    columns.iter().position(|c| *c == Column::Hires(quarter)).unwrap_or(0)
}

/// The id under which the grid's table keeps its state.
fn table_id() -> Id {
    Id::unique("hiring grid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_text_is_a_whole_number_or_nothing() {
        for (text, expected) in
            [("7", Some(7)), (" 12 ", Some(12)), ("", Some(0)), ("-1", None), ("1.5", None), ("99999999999", None)]
        {
            assert_eq!(typed(text), expected, "{text:?}");
        }
    }
}
