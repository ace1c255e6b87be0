//! The figures of a found plan beside those of the one that it started from: hires, coverage, cost and gap by year,
//! payback.

use crate::desktop::parts::plain_table::Plain;
use std::sync::Arc;

use egui::Ui;

use crate::analysis::{ComparedFigure, Comparison, Version};
use crate::desktop::parts::figure_text;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Cell, Column, Tone};
use crate::engine::Outcome;

/// The figures of both plans.
pub(super) fn rows(from: &Arc<Outcome>, to: &Arc<Outcome>) -> Vec<ComparedFigure> {
    let version = |outcome: &Arc<Outcome>| Version { name: String::new(), outcome: Arc::clone(outcome) };
    Comparison::glance(vec![version(from), version(to)], 0..from.plan().calendar.years())
}

/// The table of them, with their differences.
pub(super) fn make(ui: &Ui, scene: &Scene<'_>, rows: &[ComparedFigure]) -> Plain {
    let numbers = scene.numbers;
    let line = |row: &ComparedFigure| {
        let figure = |at: usize, tone: Tone| {
            let value = row.values.get(at).copied().flatten();
            Cell { text: figure_text::figure(numbers, value, row.unit), exact: value, tone, ..Cell::default() }
        };
        let change = row.change(1);
        let moved = change.is_some_and(|change| !change.is_zero());
        let difference = Cell {
            text: figure_text::short_change(numbers, change, row.unit),
            exact: change,
            tone: if moved { Tone::Normal } else { Tone::Faint },
            ..Cell::default()
        };
        let cells = vec![figure(0, Tone::Normal), figure(1, Tone::Strong), difference];
        (figure_text::title(row, &scene.plan().currency), cells)
    };
    let columns = vec![
        Column::new("Before", 108.0).about("The plan that was started from"),
        Column::new("After", 108.0).about("The plan that was found"),
        Column::new("Difference", 90.0),
    ];
    Plain::new(ui, "Whole plan", columns, rows.iter().map(line).collect())
}
