//! The plan's figures or its outlook: chosen beside the headline figures, for all views that have both.

use std::path::{Path, PathBuf};

use crate::harness::{Window, window};
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::NodeT, kittest::Queryable};

fn show(window: &mut Harness<'static, Window>, view: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, view);
    window.run();
}

fn click(window: &mut Harness<'static, Window>, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

fn year(folder: &Path) -> PathBuf {
    let path = folder.join("year-1.json");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/year-1.json"), &path).unwrap();
    path
}

fn value(window: &Harness<'static, Window>, cell: &str) -> String {
    window.get_by_label(cell).accesskit_node().value().unwrap()
}

/// Ten sellers and three hires are planned; one has left, another has come for him, and a hire is cancelled.
#[test]
fn headline_figures_and_views_show_the_plan_or_its_outlook() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&year(folder.path()));
    let is_there = |window: &Harness<'static, Window>, text: &str| window.query_all_by_label_contains(text).count() > 0;
    assert!(is_there(&window, "Closing heads FY11: 13"));
    show(&mut window, Key::Num2);
    assert_eq!(value(&window, "Capacity coverage, France, FY11 Q1"), "107.5");
    click(&mut window, "Outlook");
    assert!(is_there(&window, "Closing heads FY11, outlook: 12 (as planned 13)"));
    assert!(is_there(&window, "Payback, as planned"));
    // 2,400,000 EUR were booked at 1.25, of 3,000,000 USD.
    assert_eq!(value(&window, "Capacity coverage, outlook, France, FY11 Q1"), "100.0");
    assert!(is_there(&window, "FY11 actual"), "the word stands over the closed quarter");
    click(&mut window, "Charts");
    assert!(is_there(&window, "Chart: Capacity coverage, outlook, All regions"));
    show(&mut window, Key::Num3);
    // In thousands: what was spent on base pay.
    assert_eq!(value(&window, "Base pay, All regions, FY11 Q1").replace(',', ""), "433");
    click(&mut window, "Roles");
    assert!(is_there(&window, "As planned: the outlook is by line and region"));
    show(&mut window, Key::Num4);
    assert_eq!(value(&window, "Leavers, All regions, 2010-07"), "1.0");
    click(&mut window, "As planned");
    assert!(is_there(&window, "Closing heads FY11: 13"));
    assert_eq!(value(&window, "Leavers, All regions, 2010-07"), "·");
}

#[test]
fn a_plan_without_closed_months_has_no_choice() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one-cell.json");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/one-cell.json"), &path).unwrap();
    let window = window(&path);
    assert_eq!(window.query_all_by_label("Outlook").count(), 0);
}
