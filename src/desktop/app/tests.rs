//! What comes back with the next start, without a window.

use std::collections::BTreeMap;

use eframe::{App as _, Storage};

use std::path::Path;

use super::*;
use crate::edit::import::{Choices, ColumnUse, ImportField, ImportKind, ImportTable, KeptColumns};
use crate::engine::Place;
use crate::plan::{Plan, PlanEdit};

/// Answers no question for a file.
struct Never;

impl FilePicker for Never {
    fn open(&self, _: &Context, _: std::sync::mpsc::Sender<super::super::Picked>) {}
    fn table(&self, _: &Context, _: std::sync::mpsc::Sender<super::super::Picked>) {}
    fn save(&self, _: &Context, _: &str, _: std::sync::mpsc::Sender<super::super::Picked>) {}
    fn show_folder(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }
}

/// What is kept, by its key.
#[derive(Default)]
struct Store(BTreeMap<String, String>);

impl Storage for Store {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }
    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }
    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }
    fn flush(&mut self) {}
}

fn app(document: Document) -> App {
    App::new(&Context::default(), document, Box::new(Never), None)
}

fn bundled() -> Document {
    Document::from_template("cloud-expansion-fy11").unwrap_or_else(|why| unreachable!("{why}"))
}

#[test]
fn the_view_its_folds_the_locale_and_recent_plans_come_back() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("saves/cloud-expansion-fy11.ron");
    let mut first = app(Document::open(&path).unwrap_or_else(|why| unreachable!("{why}")));
    first.remember();
    first.set_locale(Some("de-DE".to_owned()));
    first.kept.view = View::Cost;
    first.kept.inspector = false;
    first.kept.toured = true;
    let table = ImportTable { headings: vec!["Org".to_owned()], rows: Vec::new(), above: Vec::new() };
    let plan = first.document.plan();
    let mut choices = Choices::found(plan, &table, ImportKind::Roster, &KeptColumns::default());
    choices.columns = vec![ColumnUse::Holds(ImportField::Region)];
    first.kept.columns.keep(plan, &table, &choices);
    first.kept.views.go_to(first.document.plan(), Place::Cell(3, 0), None);
    let mut store = Store::default();
    first.save(&mut store);

    let mut second = app(bundled());
    second.restore(&store, "en-GB");
    let written = |app: &App| ron::to_string(&app.kept).unwrap_or_default();
    assert_eq!(written(&second), written(&first));
    assert_ne!(written(&second), written(&app(bundled())));
    assert_eq!(second.kept.recent, [StoredPath(path.clone())]);
    assert_eq!(second.tour, None);
    assert_eq!(eframe::get_value(&store, App::LAST_PLAN), Some(StoredPath(path)));
}

#[test]
fn of_a_protected_plan_nothing_is_kept() {
    let mut app = app(bundled());
    let (region, path) = (app.document.plan().regions[3].id.to_string(), PathBuf::from("/plans/hidden-plan.ron.age"));
    let kept = |app: &mut App| {
        let mut store = Store::default();
        app.save(&mut store);
        store.0.into_values().collect::<String>()
    };
    assert!(kept(&mut app).contains(&region), "a plain plan's view comes back");
    let basis = crate::files::Basis { path: Some(path.clone()), ..Default::default() };
    let passphrase = crate::files::Passphrase::new("seven lanterns".to_owned());
    app.replace(Document::unsaved((**app.document.base()).clone(), basis, passphrase));
    assert_eq!(app.document.path(), Some(path.as_path()));
    let hidden = kept(&mut app);
    for word in [region.as_str(), "hidden-plan", &app.document.plan().name, &app.document.plan().scenarios[0].name] {
        assert!(!hidden.contains(word), "{word}: {hidden}");
    }
    // The window itself goes on as it was.
    assert_eq!(app.kept.recent, [StoredPath(path)]);
    // Once a plain plan is open, still nothing.
    app.replace(Ok(bundled()));
    assert!(!kept(&mut app).contains("hidden-plan"));
}

#[test]
fn what_cannot_be_read_is_begun_anew() {
    for broken in ["", "(", "(view: Moon)", "(view: Cost, views: 7)", "\u{0}"] {
        let mut store = Store::default();
        store.set_string(App::KEPT, broken.to_owned());
        let mut app = app(bundled());
        app.restore(&store, "en-GB");
        assert_eq!(app.kept.view, View::Plan, "{broken:?}");
        assert!(app.kept.inspector, "{broken:?}");
    }
}

#[test]
fn what_an_older_window_did_not_keep_is_as_at_first() {
    let mut store = Store::default();
    store.set_string(App::KEPT, "(view: Cost)".to_owned());
    let mut app = app(bundled());
    app.restore(&store, "en-GB");
    assert_eq!(app.kept.view, View::Cost);
    assert!(app.kept.inspector);
    assert_eq!(app.tour, Some(0));
}

/// A month is closed for all scenarios, whichever is shown; its other edits are the scenario's.
#[test]
fn what_happened_is_the_bases_under_a_scenario() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-1.json");
    let mut document = Document::open(&path).unwrap_or_else(|why| unreachable!("{why}"));
    let set = |path: &str, to: serde_json::Value| PlanEdit::Set { path: path.to_owned(), to };
    let done = |result: Result<(), String>| result.unwrap_or_else(|why| unreachable!("{why}"));
    let scenario = serde_json::json!({"name": "late", "note": "", "edits": []});
    let scenario = PlanEdit::Insert { list: "scenarios".to_owned(), at: 0, entry: scenario };
    done(document.commit("Add".to_owned(), vec![scenario]));
    done(document.switch(Some("late".to_owned())));
    let position = "year.positions[FY11Q1-fr-ae-G003]";
    let offered = serde_json::json!({"status": "Offered", "expected": "2011-01"});
    done(
        document
            .commit("Restate".to_owned(), vec![set("year.bookings[fr][1]", "800000".into()), set(position, offered)]),
    );
    let base = document.base().clone();
    let of = |plan: &Plan| plan.year.as_deref().map(|year| (format!("{:?}", year.bookings), year.positions.clone()));
    let (Some((base_bookings, base_seats)), Some((bookings, seats))) = (of(&base), of(document.plan())) else {
        unreachable!("both have a year");
    };
    assert!(base_bookings.contains("800000"), "{base_bookings}");
    assert_eq!(base_bookings, bookings);
    assert_ne!(base_seats, seats);
    assert_eq!(base.scenarios.iter().map(|s| s.edits.len()).sum::<usize>(), 1, "the position alone is the scenario's");
    done(document.commit("Reopen".to_owned(), vec![set("year.through", "2010-09".into())]));
    assert_eq!(document.base().scenarios, base.scenarios);
}
