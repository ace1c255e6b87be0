//! How much processor time one frame of the window takes with the bundled plan: layout, painting and tessellation.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

use std::sync::mpsc::Sender;

use divan::Bencher;
use muster::desktop::{App, Document, FilePicker, Picked};
use muster::files::Template;

fn main() {
    divan::main();
}

struct Nobody;

impl FilePicker for Nobody {
    fn open(&self, _: &egui::Context, _: Sender<Picked>) {}
    fn save(&self, _: &egui::Context, _: &str, _: Sender<Picked>) {}
}

#[divan::bench(args = [(1280.0, 800.0), (1920.0, 1080.0)])]
fn of_the_plan_view(bencher: Bencher<'_, '_>, (width, height): (f32, f32)) {
    let ctx = egui::Context::default();
    let document = Document::from_template(Template::ALL[0].name).expect("the bundled plan is sound");
    let mut app = App::new(&ctx, document, Box::new(Nobody), None);
    let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
    let input = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
    bencher.bench_local(|| {
        let output = ctx.run_ui(input.clone(), |ui| app.show(ui));
        ctx.tessellate(output.shapes, output.pixels_per_point)
    });
}
