//! A sheet for assistive technology: a table with row and column heads, each cell with its place, name and value; and the
//! requests of assistive technology.

use egui::accesskit::{self, Role};
use egui::{Id, Rect, Sense, Ui, UiBuilder};

use super::Drawing;
use crate::desktop::sheet::entry::CellEntry;
use crate::desktop::sheet::model::{Cell, Heading, RowHead};
use crate::desktop::sheet::paint;
use crate::desktop::sheet::selection::At;

impl Drawing<'_, '_> {
    /// Describes the whole table: its size, and the cell that the keyboard is on.
    pub(super) fn describe_table(&self, ui: &Ui) {
        let (rows, columns) = (self.model.rows(), self.columns.len());
        let cursor = self.sheet.selection.map(|s| s.cursor).filter(|_| self.cursor_drawn);
        let rect = ui.min_rect().intersect(ui.max_rect());
        ui.ctx().accesskit_node_builder(self.id, |node| {
            node.set_bounds(bounds(rect));
            node.set_row_count(rows);
            node.set_column_count(columns + 1);
            if let Some(at) = cursor {
                node.set_active_descendant(cell_id(self.id, at).accesskit_id());
            }
        });
    }

    /// Describes a heading, and carries out requests to click it.
    pub(super) fn describe_heading(&mut self, ui: &Ui, first: usize, last: usize, top: bool) {
        let (id, rect) = (ui.unique_id(), ui.max_rect());
        let Some(column) = self.columns.get(first) else { return };
        let title = if top { column.group.clone() } else { column.full() };
        let about = column.about.clone();
        let order = if top { None } else { self.model.order(Heading::Column(first)) };
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::ColumnHeader);
            node.set_label(title);
            if !top && !about.is_empty() {
                node.set_description(about);
            }
            node.set_column_index(first + 1);
            node.set_column_span(last + 1 - first);
            node.set_bounds(bounds(rect));
            paint::describe_order(node, order);
        });
        if order.is_some() && self.is_clicked(ui, id) {
            self.shown.heading = Some(Heading::Column(first));
        }
    }

    /// Whether assistive technology clicks on something.
    fn is_clicked(&self, ui: &Ui, id: Id) -> bool {
        self.has_requests && ui.input(|i| i.has_accesskit_action_request(id, accesskit::Action::Click))
    }

    /// Describes a row's head, and carries out requests to fold it.
    pub(super) fn describe_head(&mut self, ui: &mut Ui, row: usize, head: &RowHead, rect: Rect) {
        let parent = self.rows.get(&row).copied().unwrap_or(self.id);
        let id = self.id.with(("head", row));
        let builder = UiBuilder::new().scope_id(id).max_rect(rect).accessibility_parent(parent);
        ui.new_child(builder.accessibility_role(Role::RowHeader));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_label(head.title.clone());
            node.set_row_index(row);
            node.set_column_index(0);
            node.set_level(usize::from(head.depth) + 1);
            node.set_bounds(bounds(rect));
            if let Some(folded) = head.folded {
                node.set_expanded(!folded);
                if cfg!(target_os = "linux") {
                    node.set_description(if folded { "folded" } else { "unfolded" });
                }
                node.add_action(accesskit::Action::Click);
            }
        });
        if self.is_clicked(ui, id) && head.folded.is_some() {
            self.shown.folded = Some(row);
        }
    }

    /// Describes a cell, and carries out requests to click it or to set its value.
    pub(super) fn describe(&mut self, ui: &Ui, rect: Rect, at: At, cell: &Cell) {
        let id = cell_id(self.id, at);
        let (name, value) = (self.model.name(at), cell.text.clone());
        let description = description(cell);
        self.cursor_drawn |= self.sheet.selection.is_some_and(|s| s.cursor == at);
        let selected = self.sheet.selection.is_some_and(|s| s.contains(at));
        ui.interact(rect, id, Sense::hover());
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::GridCell);
            node.set_label(name);
            node.set_value(value);
            node.set_row_index(at.row);
            node.set_column_index(at.column + 1);
            node.set_selected(selected);
            node.set_bounds(bounds(rect));
            node.add_action(accesskit::Action::Click);
            if cell.entry.is_input() {
                node.add_action(accesskit::Action::SetValue);
            } else {
                node.set_read_only();
            }
            if let Some(words) = &description {
                node.set_description(words.clone());
            }
        });
        if !self.has_requests {
            return;
        }
        if self.is_clicked(ui, id) {
            self.sheet.select(at);
            if cell.link {
                self.shown.activated = Some(at);
            }
        }
        let set = ui.input(|i| {
            let mut requests = i.accesskit_action_requests(id, accesskit::Action::SetValue);
            requests.next().and_then(|r| match &r.data {
                Some(accesskit::ActionData::Value(text)) => Some(text.to_string()),
                _ => None,
            })
        });
        if let Some(text) = set {
            self.sheet.begin(self.host, self.model, at, Some(text));
            self.sheet.finish(ui.ctx(), self.host, self.model);
        }
    }
}

/// The description of a cell after its name. On Linux the value of a cell has no other way to a screen reader.
fn description(cell: &Cell) -> Option<String> {
    let value = cfg!(target_os = "linux").then(|| if cell.text == "·" { "0" } else { &cell.text });
    let changed = cell.marks.overridden.then_some("changed by the scenario");
    let entry = match &cell.entry {
        CellEntry::Total(_) => Some("total"),
        CellEntry::Blocked(why) => Some(why.as_str()),
        CellEntry::Closed | CellEntry::Input(_) => None,
    };
    let noted = cell.marks.noted.then_some("has a note");
    let over_time = cell.marks.changes.then_some("changes over time");
    let all = value.into_iter().chain(entry).chain(changed).chain(noted).chain(over_time);
    let words: Vec<&str> = all.filter(|w| !w.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// The id of a cell in the accessibility tree.
fn cell_id(sheet: Id, at: At) -> Id {
    sheet.with(("cell", at))
}

fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect { x0: rect.min.x.into(), y0: rect.min.y.into(), x1: rect.max.x.into(), y1: rect.max.y.into() }
}
