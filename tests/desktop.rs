//! The window through its accessibility tree: open, type, see figures move, undo, save, reopen.
#![cfg(feature = "desktop")]
#![expect(clippy::unwrap_used, reason = "a test stops where its ground is missing")]

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

use egui::Key;
use egui_kittest::{Harness, kittest::Queryable};
use muster::desktop::{App, Document, FilePicker, Picked};
use muster::engine::{Measure, Outcome, Place};
use muster::files;
use muster::units::Period;

/// Answers every file dialog with one path.
struct Always(PathBuf);

impl FilePicker for Always {
    fn open(&self, _: &egui::Context, answer: Sender<Picked>) {
        answer.send(Some(self.0.clone())).unwrap();
    }
    fn save(&self, _: &egui::Context, _: &str, answer: Sender<Picked>) {
        answer.send(Some(self.0.clone())).unwrap();
    }
}

fn window(plan: &Path) -> Harness<'static, App> {
    let document = Document::open(plan).unwrap();
    let picked = plan.to_owned();
    let ctx = egui::Context::default();
    let app = App::new(&ctx, document, Box::new(Always(picked)), None);
    Harness::builder().with_size([1280.0, 800.0]).build_ui_state(|ui, app: &mut App| app.show(ui), app)
}

fn copy_of_the_world(folder: &Path) -> PathBuf {
    let world = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/world.json");
    let plan = files::read(&world).unwrap();
    let path = folder.join("world.ron");
    files::write(&path, &plan).unwrap();
    path
}

fn coverage(outcome: &Outcome) -> String {
    outcome.figure(Measure::CapacityCoverage, Place::Region(0), Period::Year(0)).unwrap().fixed(6)
}

#[test]
fn a_typed_hire_moves_the_figures_and_can_be_undone_and_saved() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let before = files::read(&path).unwrap();
    let mut window = window(&path);
    window.run();
    let first = format!("{}, {}, FY11 Q1", before.regions[0].name, before.roles[0].name);
    window.get_by_label(&first).click();
    window.run();
    window.event(egui::Event::Text("7".to_owned()));
    window.run();
    // Every key shows: nothing is entered yet, but the figures are those of the plan with 7 hires.
    let mut expected = before.clone();
    let (region, role) = (before.regions[0].id.clone(), before.roles[0].id.clone());
    expected.hires.entry(region).or_default().entry(role).or_insert(vec![0; 8])[0] = 7;
    let expected = Outcome::of(std::sync::Arc::new(expected)).unwrap();
    assert_eq!(coverage(window.state().document().outcome()), coverage(&expected));
    assert_ne!(coverage(window.state().document().outcome()), coverage(&Outcome::of(before.clone().into()).unwrap()));
    assert!(!window.state().document().is_unsaved());
    window.key_press(Key::Enter);
    window.run();
    assert!(window.state().document().is_unsaved());
    assert_eq!(coverage(window.state().document().outcome()), coverage(&expected));
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(**window.state().document().plan(), before);
    assert!(!window.state().document().is_unsaved());
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Y);
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::S);
    window.run();
    assert!(!window.state().document().is_unsaved());
    assert_eq!(files::read(&path).unwrap(), **expected.plan());
    let again = Document::open(&path).unwrap();
    assert_eq!(coverage(again.outcome()), coverage(&expected));
}
