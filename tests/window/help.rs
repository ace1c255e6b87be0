//! The guide in the window's Help: pages and sections, the search, links, by keyboard alone.

use std::path::Path;

use crate::harness::{Window, copy_of_the_world, window};
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

fn with_help(folder: &Path) -> Harness<'static, Window> {
    let mut window = window(&copy_of_the_world(folder));
    window.key_press(Key::F1);
    window.run();
    window
}

fn heading(window: &Harness<'static, Window>) -> String {
    let mut nodes = window.root().children_recursive();
    let first =
        nodes.find(|node| node.accesskit_node().role() == Role::Heading && node.accesskit_node().level() == Some(1));
    let node = first.unwrap().accesskit_node();
    node.label().unwrap_or_default()
}

#[test]
fn the_guide_opens_by_a_key_and_arrows_go_through_its_sections() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = with_help(folder.path());
    assert_eq!(heading(&window), "Using Muster");
    window.key_press(Key::ArrowDown);
    window.run();
    assert_eq!(heading(&window), "The window");
    window.get_by_label("4. Capacity").click();
    window.run();
    assert_eq!(heading(&window), "4. Capacity");
    window.get_by_label_contains("direct = 1,200,000 × 1 × 0.9 × 1 × 1/12 × 10 × 0.9 = 810,000.00");
    window.key_press(Key::Escape);
    window.run();
    assert!(window.query_by_label("4. Capacity").is_none());
    // It opens again where it was closed.
    window.key_press(Key::F1);
    window.run();
    assert_eq!(heading(&window), "4. Capacity");
}

#[test]
fn a_search_goes_over_all_pages_and_leads_to_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = with_help(folder.path());
    window.event(egui::Event::Text("ramp guarantee".to_owned()));
    window.run();
    // The glossary's own line comes first, and its section is shown.
    window.get_by_label("Ramp guarantee, Glossary: Terms");
    assert_eq!(heading(&window), "Terms");
    for _ in 0..30 {
        if heading(&window).starts_with("2. ") {
            break;
        }
        window.key_press(Key::ArrowDown);
        window.run();
    }
    assert_eq!(heading(&window), "2. The plan document");
    let found = window.get_all_by_role(Role::Table).count();
    assert!(found >= 8, "{found} tables");
    window.event(egui::Event::Text(" nowhere".to_owned()));
    window.run();
    window.get_by_label("Nothing found. Try fewer or shorter words");
}

#[test]
fn a_link_leads_to_its_page_and_the_ends_of_a_section_to_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = with_help(folder.path());
    let links: Vec<_> = window.get_all_by_label("the planning model").collect();
    links.first().unwrap().click();
    window.run();
    assert_eq!(heading(&window), "The planning model");
    window.get_by_label("1. Conventions →").click();
    window.run();
    assert_eq!(heading(&window), "1. Conventions");
    window.get_by_label("← The planning model").click_accesskit();
    window.run();
    assert_eq!(heading(&window), "The planning model");
}
