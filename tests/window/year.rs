//! The Year view through its accessibility tree, with the first reference plan: France in July to September, closed.

use std::path::PathBuf;

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use muster::engine::{Place, YearMeasure};
use muster::files;
use muster::plan::{Plan, PositionStatus};
use muster::units::{Exact, Period};

use crate::harness::{Window, wait_for, window};

const THIRD: &str = "FY11Q1-fr-ae-G003";

struct Desk {
    window: Harness<'static, Window>,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Desk {
    fn new(change: impl FnOnce(&mut Plan)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let reference = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-1.json");
        let mut plan = files::read(&reference).unwrap();
        change(&mut plan);
        let path = folder.path().join("plan.ron");
        files::write(&path, &plan).unwrap();
        let mut desk = Self { window: window(&path), path, _folder: folder };
        desk.keys(Modifiers::COMMAND, Key::T);
        desk
    }

    /// The third position is open, and n3 has none.
    fn open() -> Self {
        Self::new(|plan| {
            let year = plan.year.as_mut().unwrap();
            year.positions.get_mut(THIRD).unwrap().status = PositionStatus::Open;
        })
    }

    fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.window.key_press_modifiers(modifiers, key);
        for _ in 0..3 {
            self.window.run_ok();
        }
    }

    fn click(&mut self, label: &str) {
        self.window.get_by_label(label).click();
        self.window.run_ok();
        self.window.run_ok();
    }

    fn cell(&mut self, label: &str) {
        self.window.get_by_role_and_label(Role::GridCell, label).click();
        self.window.run_ok();
        self.window.run_ok();
    }

    fn text(&mut self, text: &str) {
        self.window.event(Event::Text(text.to_owned()));
        self.window.run_ok();
    }

    fn value(&self, cell: &str) -> String {
        let cell = self.window.get_by_role_and_label(Role::GridCell, cell);
        cell.accesskit_node().value().unwrap_or_default()
    }

    fn plan(&self) -> Plan {
        self.window.state().document().base().as_ref().clone()
    }

    fn status(&self) -> PositionStatus {
        self.plan().year.unwrap().positions[THIRD].status
    }

    /// Capacity of the outlook over the year, as it is shown.
    fn capacity(&self) -> Exact {
        let outlook = self.window.state().document().outlook().unwrap().unwrap().clone();
        outlook.figure(YearMeasure::OutlookCapacity, Place::Plan, Period::Year(0)).unwrap()
    }

    fn shows(&self, words: &str) -> bool {
        self.window.query_all_by_label_contains(words).next().is_some()
    }
}

#[test]
fn a_plan_without_closed_months_says_how_to_begin() {
    let desk = Desk::new(|plan| plan.year = None);
    assert!(desk.shows("No month is closed yet") && desk.shows("Begin: close 2010-07"));
}

#[test]
fn months_are_closed_or_open_and_figures_stand_side_by_side() {
    let mut desk = Desk::open();
    for month in ["2010-07, closed", "2010-09, closed", "2010-10, open", "2011-06, open"] {
        desk.window.get_by_label(month);
    }
    desk.click("2010-08, closed");
    assert!(desk.shows("2010-08 in All regions: capacity 968.8 k, cost 147.5 k, heads 11.0"));
    // The first quarter happened; the others are the outlook. The record is the plan, until it is there a dash.
    wait_for(&mut desk.window, "Plan of record of Capacity, France, FY11 Q1");
    for _ in 0..200 {
        desk.window.run_ok();
        if desk.value("Plan of record of Capacity, France, FY11 Q1") != "–" {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let row = |desk: &Desk, title: &str| {
        let cell = |quarter: &str| desk.value(&format!("{title} of Capacity, France, FY11 {quarter}"));
        ["Q1", "Q2"].map(cell)
    };
    assert_eq!(row(&desk, "Plan of record"), ["3,225", "3,825"]);
    assert_eq!(row(&desk, "Actual"), ["3,000", "–"]);
    assert_eq!(desk.value("Outlook of Capacity, France, FY11 Q1"), "3,000");
    assert_eq!(desk.value("Outlook less record of Capacity, All regions, FY11 Q1"), "−225");
    desk.click("Heads");
    assert_eq!(desk.value("Actual of Closing heads, France, FY11 Q1"), "12.0");
}

#[test]
fn the_bridge_tells_one_cause_in_cost_and_in_capacity() {
    let mut desk = Desk::new(|_| {});
    desk.click("Bridge");
    wait_for(&mut desk.window, "Start dates, In words");
    assert_eq!(desk.value("Start dates, In words"), "24.0 k cheaper, 75.0 k unsold");
    assert_eq!(desk.value("Plan of record, Cost, USD"), "468,000");
    assert_eq!(desk.value("Actual, Heads"), "12.0");
}

#[test]
fn the_register_is_typed_into_and_the_outlook_follows() {
    let mut desk = Desk::open();
    desk.click("Register");
    let before = desk.capacity();
    desk.cell(&format!("Status of {THIRD}"));
    desk.text("On hold");
    assert!(desk.capacity() < before, "what is typed is previewed");
    desk.keys(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.status(), PositionStatus::OnHold);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!((desk.status(), desk.capacity()), (PositionStatus::Open, before));
    // A note that stands in its cell is saved, too. The inspector leaves no room for notes.
    desk.click("Hide the inspector");
    desk.cell(&format!("Note of {THIRD}"));
    desk.text("Waits for Lyon");
    desk.keys(Modifiers::COMMAND, Key::S);
    let saved = files::read(&desk.path).unwrap();
    assert_eq!(saved.year.unwrap().positions[THIRD].note, "Waits for Lyon");
    // Who is there started when it did.
    desk.cell("Starts of FY11Q1-fr-ae-G001");
    desk.text("2011-01");
    desk.keys(Modifiers::NONE, Key::Enter);
    assert!(desk.shows("n1 holds FY11Q1-fr-ae-G001"));
}

#[test]
fn a_key_on_the_slider_moves_the_expected_month() {
    let mut desk = Desk::open();
    desk.click("Register");
    desk.cell(&format!("Planned of {THIRD}"));
    let before = desk.capacity();
    desk.window.get_by_label(&format!("Expected start of {THIRD}: 2010-10")).focus();
    desk.window.run_ok();
    desk.keys(Modifiers::NONE, Key::ArrowRight);
    desk.window.run_ok();
    let expected = desk.plan().year.unwrap().positions[THIRD].expected;
    assert_eq!(expected.map(|month| month.to_string()).as_deref(), Some("2010-11"));
    // A month later it has ramped less: of nine months 6.5 are worth a full head, of eight 5.5.
    assert_eq!(before - desk.capacity(), Exact::from(100_000_u32));
}

#[test]
fn proposals_are_accepted_and_taken_back() {
    let mut desk = Desk::open();
    desk.click("Matching");
    assert_eq!(desk.value("n3, Fills"), THIRD);
    let before = desk.plan();
    desk.click("n3, Accept");
    assert_eq!(desk.plan().year.unwrap().people[12].position.as_deref(), Some(THIRD));
    assert!(desk.shows("Nothing to match"));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan(), before);
    desk.window.get_by_label_contains("Accept all").click();
    desk.window.run_ok();
    assert_eq!(desk.plan().year.unwrap().people[12].position.as_deref(), Some(THIRD));
}

#[test]
fn the_last_month_is_opened_again_once_its_consequence_is_read() {
    let mut desk = Desk::new(|_| {});
    let before = desk.plan();
    desk.window.get_by_label_contains("Reopen 2010-09…").click();
    desk.window.run_ok();
    assert!(desk.shows("are taken out of the plan"));
    desk.click("Reopen");
    let year = desk.plan().year.unwrap();
    assert_eq!((year.through.to_string().as_str(), year.people.len()), ("2010-08", 13));
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan(), before);
}
