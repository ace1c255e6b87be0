//! Drawing a chart in a view; requested files go to the app.

use egui::Ui;

use crate::desktop::action::{Action, Export};
use crate::desktop::charts::{self, Chart, ChartExport, Hit};
use crate::desktop::scene::Scene;

/// Draws a chart over the space there is; gives the mark that was clicked. `id` is the chart's own within the view.
pub(in crate::desktop) fn show(ui: &mut Ui, scene: &mut Scene<'_>, id: &str, chart: &dyn Chart) -> Option<Hit> {
    let (hit, file) = charts::show(ui, scene.style(), id, chart);
    match file {
        Some(ChartExport::Picture { name, area }) => scene.send(Action::Export(Export::Picture { name, area })),
        Some(ChartExport::Table { name, csv }) => scene.send(Action::Export(Export::table(&name, csv))),
        None => {}
    }
    hit
}
