//! The window on a projector: larger type, no menus, lists or status line, and a way back.

use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use muster::analysis::{PlainNumbers, finding_sentence};
use muster::engine::{Finding, FindingKind};

use crate::harness::{Window, copy_of_the_world, wait_for, window};

/// Whether the menus, the list of views, the inspector and the status line are there.
fn chrome(window: &Harness<'static, Window>) -> [bool; 4] {
    [
        window.query_by_label("File").is_some(),
        window.query_by_label("Workforce").is_some(),
        window.query_by_label("Where it comes from").is_some(),
        window.query_by_label_contains("to decide").is_some(),
    ]
}

fn key(window: &mut Harness<'static, Window>, key: Key) {
    window.key_press(key);
    window.run();
}

#[test]
fn full_screen_shows_the_view_alone_and_gives_everything_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    window.ctx.set_zoom_factor(1.1);
    window.run();
    assert_eq!(chrome(&window), [true; 4]);
    for leave in [Key::F11, Key::Escape] {
        key(&mut window, Key::F11);
        assert_eq!(chrome(&window), [false; 4]);
        assert!(window.query_all_by_label_contains("Capacity coverage").next().is_some(), "headline figures stay");
        assert!(window.query_all_by_label_contains("US Federal").next().is_some(), "the view stays");
        assert!(window.ctx.zoom_factor() > 1.3, "{}", window.ctx.zoom_factor());
        // Views change by their keys.
        window.key_press_modifiers(egui::Modifiers::COMMAND, Key::Num2);
        window.run();
        assert_eq!(chrome(&window), [false; 4]);
        key(&mut window, leave);
        assert_eq!((chrome(&window), window.ctx.zoom_factor()), ([true; 4], 1.1));
    }
}

#[test]
fn escape_leaves_what_lies_over_the_full_screen_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    key(&mut window, Key::F11);
    window.key_press_modifiers(egui::Modifiers::COMMAND, Key::K);
    window.run();
    key(&mut window, Key::Escape);
    assert_eq!(chrome(&window), [false; 4]);
    key(&mut window, Key::Escape);
    assert!(window.query_by_label("File").is_some());
}

#[test]
fn full_screen_shows_a_reason_and_a_message_where_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    key(&mut window, Key::F11);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run();
    let hide = |window: &mut Harness<'static, Window>| {
        window.get_by_label("Hide the inspector").click();
        window.run();
        assert_eq!(chrome(window), [false; 4]);
    };
    window.get_by_role_and_label(Role::GridCell, "Capacity coverage, US Federal, FY11 Q1").click();
    window.run();
    assert_eq!(chrome(&window), [false, false, true, false], "a click on a figure explains it");
    hide(&mut window);
    key(&mut window, Key::F6);
    key(&mut window, Key::ArrowRight);
    assert_eq!(chrome(&window), [false; 4], "moving on asks for nothing");
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    window.run();
    assert_eq!(chrome(&window), [false, false, true, false], "so do its keys");
    hide(&mut window);
    key(&mut window, Key::F6);
    window.event(egui::Event::Text("7".to_owned()));
    window.run();
    assert_eq!(chrome(&window), [false, false, false, true], "the status line, for it says why nothing is typed");
    key(&mut window, Key::Escape);
    assert_eq!(chrome(&window), [true; 4], "the inspector is as it was before");
}

#[test]
fn escape_is_for_what_is_open_in_the_view_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    key(&mut window, Key::F11);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num8);
    window.run();
    let full = |window: &Harness<'static, Window>| window.query_by_label("File").is_none();
    let seats = |f: &&Finding| f.kind == FindingKind::OpensTooEarly;
    let document = window.state().document();
    let finding = *document.findings().iter().find(seats).unwrap();
    let says = finding_sentence(document.outcome(), &finding, &PlainNumbers);
    window.get_by_label("Search findings").focus();
    window.run();
    window.event(egui::Event::Text(says.replace([',', ':'], " ")));
    window.run();
    // A text that is typed.
    key(&mut window, Key::Escape);
    assert!(full(&window));
    // A fix.
    window.get_by_label(&format!("What to do: {says}")).click();
    wait_for(&mut window, "Growth hires that change");
    key(&mut window, Key::Escape);
    assert!(full(&window) && window.query_by_label("Growth hires that change").is_none());
    // A refused paste.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num7);
    window.run();
    window.get_by_role_and_label(Role::GridCell, "Envelope minimum").click();
    window.run();
    window.event(egui::Event::Paste("900\r\n800\r\n".to_owned()));
    window.run();
    let refused = "Nothing was changed, because of one cell:";
    window.get_by_label(refused);
    key(&mut window, Key::Escape);
    assert!(full(&window) && window.query_by_label(refused).is_none());
    // A cell that is typed into, and a block of cells.
    window.event(egui::Event::Text("4".to_owned()));
    window.run();
    key(&mut window, Key::Escape);
    window.key_press_modifiers(egui::Modifiers::SHIFT, Key::ArrowDown);
    window.run();
    key(&mut window, Key::Escape);
    assert!(full(&window));
    key(&mut window, Key::Escape);
    assert!(!full(&window), "nothing else has the key now");
}

#[test]
fn a_system_that_leaves_the_full_screen_gives_the_window_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    key(&mut window, Key::F11);
    // The screen is filled some frames after it was asked for.
    for (is_full, shown) in [(false, false), (true, false), (false, true)] {
        window.input_mut().viewports.entry(ViewportId::ROOT).or_default().fullscreen = Some(is_full);
        window.run();
        assert_eq!(window.query_by_label("File").is_some(), shown, "{is_full}");
    }
    assert!((window.ctx.zoom_factor() - 1.0).abs() < 0.001);
}
