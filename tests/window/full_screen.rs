//! The window on a projector: larger type, no menus, lists or status line, and a way back.

use egui::{Key, ViewportId};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;

use crate::harness::{Window, copy_of_the_world, window};

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
