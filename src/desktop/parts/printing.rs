//! Printing the view that is shown: its tables and charts are collected while it is drawn, and become a PDF beside the window.

use egui::Context;

use crate::desktop::action::{Action, Export};
use crate::desktop::charts::file_name;
use crate::desktop::document;
use crate::desktop::drawn_shapes::without_icons;
use crate::desktop::export::{FileContent, FileOffer};
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Band, Model, Side};
use crate::desktop::tokens::Palette;
use crate::desktop::view::View;
use crate::files::{self, Paper, PrintedCell, PrintedColumn, PrintedPart, PrintedRow, PrintedTable, PrintedView};

/// A table as it is shown, in light colours.
pub(in crate::desktop) fn table(model: &dyn Model) -> PrintedPart {
    let columns = model.columns();
    let cell = |row: usize, column: usize| {
        let cell = model.cell(At { row, column });
        PrintedCell {
            text: without_icons(&cell.text),
            ground: cell
                .fill
                .map(|fill| Palette::light_of(fill).to_array())
                .map(|[red, green, blue, _]| [red, green, blue]),
            words: cell.side == Side::Left,
        }
    };
    let row = |row: usize| {
        let head = model.row(row);
        PrintedRow {
            title: without_icons(&head.title),
            depth: head.depth,
            strong: head.band == Band::Strong,
            cells: (0..columns.len()).map(|column| cell(row, column)).collect(),
        }
    };
    let heading = |text: &str| without_icons(text);
    PrintedPart::Table(PrintedTable {
        corner: heading(&model.corner()),
        columns: columns
            .iter()
            .map(|c| PrintedColumn { group: heading(&c.group), title: heading(&c.title), words: c.side == Side::Left })
            .collect(),
        rows: (0..model.rows()).map(row).collect(),
    })
}

/// Of which state of the plan something is: the scenario, the day, and the latest plan of record.
pub(in crate::desktop) fn source(scene: &Scene<'_>) -> Vec<String> {
    let document = scene.document;
    let record = document.base().latest_record();
    let record =
        record.map(|record| format!("last plan of record: {}, {}", record.name, scene.numbers.date(record.date)));
    let state = document.scenario().map_or("Base plan".to_owned(), |name| format!("Scenario {name}"));
    [Some(state), Some(scene.numbers.date(document::today())), record].into_iter().flatten().collect()
}

/// The request to print the view, until that is drawn again.
#[derive(Debug, Default)]
pub(in crate::desktop) struct PrintRequest {
    waits: bool,
}

impl PrintRequest {
    /// Asks for the view to be printed.
    pub(in crate::desktop) fn make(&mut self, ctx: &Context) {
        self.waits = true;
        ctx.request_repaint();
    }

    /// Draws a view, and offers it as a PDF if that was asked for.
    pub(in crate::desktop) fn answer(&mut self, scene: &mut Scene<'_>, view: View, show: impl FnOnce(&mut Scene<'_>)) {
        if std::mem::take(&mut self.waits) {
            scene.begin_printing();
        }
        show(scene);
        if let Some(parts) = scene.end_printing() {
            offer(scene, view, parts);
        }
    }
}

/// Offers what was collected of a view as a PDF: its tables first.
fn offer(scene: &mut Scene<'_>, view: View, mut parts: Vec<PrintedPart>) {
    parts.sort_by_key(|part| matches!(part, PrintedPart::Picture(_)));
    if parts.is_empty() {
        scene.send(Action::Say(format!("{} shows no table and no chart to print", view.title())));
        return;
    }
    let currency = format!("currency {}", scene.plan().currency);
    let plan = scene.document.base().name.clone();
    let name = format!(
        "{}.pdf",
        file_name(&plan, &format!("{} {}", scene.document.scenario().unwrap_or_default(), view.title()))
    );
    let about = source(scene).into_iter().chain([currency]).collect();
    let printed = PrintedView { title: view.title().to_owned(), plan, about, parts };
    scene.send(Action::Export(Export::File(FileOffer::new(name, &["pdf"], move |_, progress| {
        let bytes = files::print_view(&printed, Paper::A4, progress).map_err(|error| error.to_string())?;
        Ok(FileContent { bytes, what: format!("the view {}", printed.title) })
    }))));
}
