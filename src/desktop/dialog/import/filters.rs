//! Filters of a table's rows: those with one text in a column, those that the sheet hides, those of other companies.

use std::collections::BTreeSet;

use egui::Ui;

use crate::desktop::parts::controls;
use crate::edit::import::{Choices, ColumnUse, ImportCell, ImportField, ImportTable, RowFilter};

/// Most different texts of a column that are offered.
const MOST: usize = 60;
/// Rows that are looked at for them.
const ROWS: usize = 5_000;

/// Draws the choices.
pub(super) fn show(ui: &mut Ui, choices: &mut Choices, table: &ImportTable) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().combo_width = 150.0;
        let mut columns = vec![(None, "All rows".to_owned())];
        let named = table.headings.iter().enumerate().filter(|(_, heading)| !heading.is_empty());
        columns.extend(named.map(|(at, heading)| (Some(at), format!("Rows by {heading}"))));
        let mut column = choices.filters.first().map(|filter| filter.column);
        if controls::list(ui, "Rows", &mut column, &columns) {
            choices.filters =
                column.map(|column| RowFilter { column, texts: BTreeSet::new(), keeps: false }).into_iter().collect();
        }
        if let Some(filter) = choices.filters.first_mut() {
            texts(ui, filter, table);
        }
        if table.rows.iter().any(|row| row.hidden) {
            ui.checkbox(&mut choices.hidden_rows, "Take hidden rows")
                .on_hover_text("Rows that the sheet hides, as a filter does");
        }
        if choices.columns.contains(&ColumnUse::Holds(ImportField::WorkerType)) {
            ui.checkbox(&mut choices.contingent, "Count contingent workers");
        }
    });
}

fn texts(ui: &mut Ui, filter: &mut RowFilter, table: &ImportTable) {
    let cells = table.rows.iter().take(ROWS).filter_map(|row| row.cells.get(filter.column));
    let texts: BTreeSet<String> = cells.map(ImportCell::shown).filter(|text| !text.is_empty()).collect();
    let more = texts.len().saturating_sub(MOST);
    let texts: Vec<String> = texts.into_iter().take(MOST).collect();
    let mut choices = vec![(None, "Any text".to_owned())];
    choices.extend(texts.iter().cloned().enumerate().map(|(at, text)| (Some(at), text)));
    let mut chosen = filter.texts.first().and_then(|text| texts.iter().position(|t| t == text));
    if controls::list(ui, "Only rows with", &mut chosen, &choices) {
        let text = chosen.and_then(|at| texts.get(at));
        // Without a text nothing is kept out.
        (filter.keeps, filter.texts) = (text.is_some(), text.cloned().into_iter().collect());
    }
    if more > 0 {
        ui.weak(format!("and {more} more; muster import --only takes any of them"));
    }
}
