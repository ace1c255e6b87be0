//! Drawing a chart in a view; requested files go to the app.

use egui::Ui;

use crate::desktop::action::{Action, Export};
use crate::desktop::charts::{self, Chart, ChartExport, Hit};
use crate::desktop::drawn_frame::DrawnFrame;
use crate::desktop::export::FileOffer;
use crate::desktop::parts::printing;
use crate::desktop::scene::Scene;
use crate::files::PrintedPart;

/// Draws a chart over the space there is; gives the mark that was clicked. `id` is the chart's own within the view.
pub(in crate::desktop) fn show(ui: &mut Ui, scene: &mut Scene<'_>, id: &str, chart: &dyn Chart) -> Option<Hit> {
    if scene.is_printing() {
        let printed = charts::printed_chart(chart, scene.numbers, &source(scene));
        scene.print(|| PrintedPart::Picture(printed));
    }
    let (hit, file) = charts::show(ui, scene.style(), id, chart);
    match file {
        Some(ChartExport::CopyPicture) => {
            scene.send(Action::Export(Export::Copy { title: chart.title().to_owned(), frame: picture(scene, chart) }));
        }
        Some(ChartExport::SavePicture { name }) => {
            let frame = picture(scene, chart);
            scene.send(Action::Export(Export::File(FileOffer::picture(name, frame))));
        }
        Some(ChartExport::Table { name, csv }) => scene.send(Action::Export(Export::table(&name, csv))),
        None => {}
    }
    hit
}

/// The chart as a picture that says of which plan it is.
fn picture(scene: &Scene<'_>, chart: &dyn Chart) -> DrawnFrame {
    charts::chart_picture(chart, scene.numbers, &source(scene))
}

/// The line that says of which plan a chart is.
fn source(scene: &Scene<'_>) -> String {
    let plan = scene.document.base().name.clone();
    let parts = [vec![plan], printing::source(scene), vec!["Muster".to_owned()]];
    parts.concat().join(" · ")
}
