//! The values of what is selected over time: those of the cell under the cursor as a table, and a form that changes all
//! selected ones at once.

use egui::{Button, RichText, Ui};
use serde_json::Value;

use super::change_form::ChangeForm;
use super::series_model::Series;
use super::shape::{InputRow, InputTable};
use crate::desktop::action::Action;
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::grid;
use crate::desktop::restructure::Restructure;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::Sheet;
use crate::edit::{at, place, value_series};
use crate::plan::{Currency, FieldPath, Plan, Role, ValueChange};

/// So many selected cells are changed at once.
const CELLS: usize = 20_000;

/// The state of the panel while the window is open.
#[derive(Default)]
pub(super) struct OverTime {
    sheet: Sheet,
    form: ChangeForm,
    /// The field that the table shows.
    shown: Option<String>,
}

/// The selected values that may change over time.
#[derive(Default)]
pub(super) struct Chosen {
    /// Their paths, each once.
    paths: Vec<String>,
    /// That of the cursor, with the currency of its region.
    cursor: Option<(String, Option<Currency>)>,
}

/// The path under which a field changes, if it may: a ramp changes as a whole.
pub(super) fn changing(path: &FieldPath) -> Option<String> {
    let path = match (path.field() == Role::RAMP, path.keys().first()) {
        (true, Some(role)) => Role::RAMP.at(role.as_str()).to_string(),
        _ => path.to_string(),
    };
    ValueChange::field_at(&path).map(|_| path)
}

/// Whether a table has fields that may change over time.
pub(super) fn may_change(table: &InputTable) -> bool {
    let of_row = |row: &InputRow| row.field.is_some_and(|field| field.may_change);
    let of_columns = |row: &InputRow| {
        let paths = table.contents.iter().filter_map(|column| column.content.path(row));
        paths.into_iter().any(|path| path.field().may_change)
    };
    table.rows.iter().take(2).any(of_columns) || table.rows.iter().any(of_row)
}

impl Chosen {
    /// The values that a selection in a table covers.
    pub(super) fn of(table: &InputTable, sheet: &Sheet, plan: &Plan, form: &Value) -> Self {
        let Some(selection) = sheet.selection() else { return Self::default() };
        let path = |cell| {
            let path = changing(&table.field_path(cell)?)?;
            at(form, &path).filter(|value| !value.is_null()).map(|_| path)
        };
        let mut paths: Vec<String> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for path in selection.cells().take(CELLS).filter_map(path) {
            if seen.insert(path.clone()) {
                paths.push(path);
            }
        }
        let region = table.rows.get(selection.cursor.row).and_then(|row| plan.regions.get(row.region?));
        let cursor = path(selection.cursor).map(|path| (path, region.map(|region| region.currency.clone())));
        Self { paths, cursor }
    }
}

impl OverTime {
    /// Draws the panel.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, chosen: &Chosen, form: &Value) {
        ui.add_space(4.0);
        let plan = scene.plan();
        let title = |text: String| RichText::new(text).font(semibold(14.0));
        if chosen.paths.is_empty() {
            ui.label(title("Values over time".to_owned()));
            let hint = "Select a value that may change over time to see its changes by month";
            ui.colored_label(scene.palette.faint, hint);
            ui.take_available_space();
            return;
        }
        let Some((path, local)) = &chosen.cursor else {
            ui.label(title("Values over time".to_owned()));
            ui.horizontal_wrapped(|ui| self.form.show(ui, scene, &chosen.paths));
            ui.take_available_space();
            return;
        };
        if self.shown.as_ref() != Some(path) {
            self.shown = Some(path.clone());
            self.sheet = Sheet::default();
        }
        let steps = value_series(plan, form, path);
        let Some(series) = Series::new(scene, steps, path, local.as_ref()) else { return };
        let row = self.sheet.selection().map(|s| s.cursor.row);
        let change = row.and_then(|row| series.change(row));
        ui.horizontal(|ui| {
            ui.label(title(format!("Values over time: {}", place(plan, path))));
            let remove = ui.add_enabled(change.is_some(), Button::new(format!("{} Remove", Icon::Trash)).small());
            let remove = remove.on_hover_text("Remove the selected change; the value before it continues");
            if remove.on_disabled_hover_text("Select a change first").clicked()
                && let Some(index) = change
            {
                let remove = Restructure::RemoveEntry { list: ValueChange::ENTRY, index };
                scene.send(Action::Restructure(remove));
            }
        });
        ui.horizontal_wrapped(|ui| self.form.show(ui, scene, &chosen.paths));
        let menu = |at| series.menu(at);
        grid::show_with_menu(&mut self.sheet, ui, scene, "values over time", &series, &menu);
    }
}
