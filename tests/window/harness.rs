//! The window for tests: opened without a screen, read and used through its accessibility tree.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use egui_kittest::{Harness, kittest::Queryable};
use muster::desktop::{App, Document, FilePicker, Picked};
use muster::files;

/// Answers every file dialog with one path.
struct Always(PathBuf);

impl FilePicker for Always {
    fn open(&self, _: &egui::Context, answer: Sender<Picked>) {
        answer.send(Some(self.0.clone())).unwrap();
    }
    fn table(&self, _: &egui::Context, answer: Sender<Picked>) {
        answer.send(Some(self.0.clone())).unwrap();
    }
    fn save(&self, _: &egui::Context, _: &str, answer: Sender<Picked>) {
        answer.send(Some(self.0.clone())).unwrap();
    }
    fn show_folder(&self, folder: &Path) -> Result<(), String> {
        Err(format!("No file manager shows {}: this is a test", folder.display()))
    }
}

/// The window, once there is one: it wants the harness's own context, which comes first.
pub(crate) struct Window(Option<App>);

impl Deref for Window {
    type Target = App;
    fn deref(&self) -> &App {
        self.0.as_ref().unwrap()
    }
}

/// The window with a plan of a file, 1280 by 800.
pub(crate) fn window(plan: &Path) -> Harness<'static, Window> {
    window_that_picks(plan, plan)
}

/// The same, where every file dialog answers with a path.
pub(crate) fn window_that_picks(plan: &Path, picked: &Path) -> Harness<'static, Window> {
    opened(plan, picked, |app| app)
}

/// The same, with a safe in which what must not be lost is kept.
pub(crate) fn window_with_safe(plan: &Path, safe: &Path) -> Harness<'static, Window> {
    opened(plan, plan, |app| app.with_safe(Ok(files::Safe::at(safe.to_owned()))))
}

fn opened(plan: &Path, picked: &Path, more: impl FnOnce(App) -> App) -> Harness<'static, Window> {
    let document = Document::open(plan).unwrap();
    let draw = |ui: &mut egui::Ui, window: &mut Window| {
        if let Some(app) = &mut window.0 {
            app.show(ui);
        }
    };
    let mut harness =
        Harness::builder().with_size([1280.0, 800.0]).with_max_steps(16).build_ui_state(draw, Window(None));
    let app = App::new(&harness.ctx, document, Box::new(Always(picked.to_owned())), None);
    harness.state_mut().0 = Some(more(app));
    harness.run();
    harness
}

/// The worldwide plan of the conformance tests in a file of its own.
pub(crate) fn copy_of_the_world(folder: &Path) -> PathBuf {
    let world = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/world.json");
    let plan = files::read(&world).unwrap();
    let path = folder.join("world.ron");
    files::write(&path, &plan).unwrap();
    path
}

/// Waits for what is worked out beside the window.
pub(crate) fn wait_for(window: &mut Harness<'static, Window>, label: &str) {
    for _ in 0..1_000 {
        window.run_ok();
        if window.query_all_by_label_contains(label).next().is_some() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(window.query_all_by_label_contains(label).next().is_some(), "{label} has not come");
}
