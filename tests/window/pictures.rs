//! How every view looks at its real size, in both themes, compared letter by letter with the pictures in
//! `tests/pictures`: with a plan, without figures, and where something is refused. Where a view is meant to look another
//! way, `UPDATE_PICTURES=1 cargo test --test window pictures` stores it anew; look at the pictures before they are
//! committed.

use std::path::PathBuf;

use egui::{Event, Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use muster::files::{self, Template};
use tempfile::TempDir;

use crate::canvas::picture;
use crate::harness::{Window, copy_of_the_world, window};

/// Every view, by the key that shows it.
const VIEWS: [(&str, Key); 11] = [
    ("plan", Key::Num1),
    ("coverage", Key::Num2),
    ("cost", Key::Num3),
    ("workforce", Key::Num4),
    ("positions", Key::Num5),
    ("scenarios", Key::Num6),
    ("assumptions", Key::Num7),
    ("checks", Key::Num8),
    ("risk", Key::Num9),
    ("optimise", Key::M),
    ("year", Key::T),
];

/// Views that are looked at on a large screen too.
const LARGE: [&str; 4] = ["plan", "cost", "risk", "optimise"];

const USUAL: Vec2 = vec2(1280.0, 800.0);

/// What the window that is open shows, in a theme; gives why it is not as it was.
fn difference(window: &mut Harness<'static, Window>, name: &str, theme: Theme) -> Option<String> {
    window.ctx.set_theme(theme);
    window.run_ok();
    reasoned(window);
    let theme = if theme == Theme::Dark { "dark" } else { "light" };
    let width = window.ctx.content_rect().width();
    picture(&window.ctx, window.output()).compare(&format!("{name}-{theme}-{width}")).err()
}

/// The pictures that differ, of views in both themes at a size; their names begin with a state.
fn differing(window: &mut Harness<'static, Window>, state: &str, size: Vec2, views: &[(&str, Key)]) -> Vec<String> {
    window.set_size(size);
    let mut differing = Vec::new();
    for (name, key) in views {
        window.key_press_modifiers(Modifiers::COMMAND, *key);
        window.run();
        if *name == "risk" {
            simulated(window);
        }
        for theme in [Theme::Light, Theme::Dark] {
            differing.extend(difference(window, &format!("{state}{name}"), theme));
        }
    }
    differing
}

/// Waits for the reason of the gap in the inspector, which is worked out beside the window.
fn reasoned(window: &mut Harness<'static, Window>) {
    let mut waits = 0;
    while window.query_all_by_label_contains("Working out the reason").next().is_some() {
        assert!(waits < 3_000, "the reason does not come");
        std::thread::sleep(std::time::Duration::from_millis(10));
        window.run_ok();
        waits += 1;
    }
}

/// Waits for few trials: the same ones, whatever the time they take.
fn simulated(window: &mut Harness<'static, Window>) {
    if let Some(list) = window.query_by_label("Trials: 10,000 trials") {
        list.click();
        window.run();
        window.get_by_label("300 trials").click();
    }
    let mut waits = 0;
    while window.query_by_label("300 trials, seed 1").is_none() {
        assert!(waits < 3_000, "the simulation does not end");
        std::thread::sleep(std::time::Duration::from_millis(20));
        window.run_ok();
        waits += 1;
    }
}

fn none(differing: &[String]) {
    assert!(differing.is_empty(), "UPDATE_PICTURES=1 stores them where that is meant\n{}", differing.join("\n"));
}

#[test]
fn every_view_looks_as_in_its_picture() {
    let folder = tempfile::tempdir().unwrap();
    none(&differing(&mut window(&copy_of_the_world(folder.path())), "", USUAL, &VIEWS));
}

#[test]
fn views_on_a_large_screen_look_as_in_their_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let large: Vec<_> = VIEWS.into_iter().filter(|(name, _)| LARGE.contains(name)).collect();
    none(&differing(&mut window(&copy_of_the_world(folder.path())), "", vec2(1920.0, 1080.0), &large));
}

fn blank(folder: &TempDir) -> PathBuf {
    let path = folder.path().join("blank.ron");
    files::write(&path, &Template::by_name("blank").unwrap().plan().unwrap()).unwrap();
    path
}

#[test]
fn every_view_of_an_empty_plan_looks_as_in_its_picture() {
    let folder = tempfile::tempdir().unwrap();
    let views: Vec<_> = VIEWS.into_iter().filter(|(name, _)| *name != "risk").collect();
    none(&differing(&mut window(&blank(&folder)), "empty-", USUAL, &views));
}

#[test]
fn the_window_without_inspector_and_a_refused_cell_look_as_in_their_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let plan = copy_of_the_world(folder.path());
    let mut differing = Vec::new();
    for (name, reach) in [
        ("without-inspector", (|window| command(window, Key::I)) as fn(&mut Harness<'static, Window>)),
        ("refused-cell", |window| type_into_the_first_cell(window, Event::Text("many".to_owned()))),
    ] {
        let mut window = window(&plan);
        reach(&mut window);
        for theme in [Theme::Light, Theme::Dark] {
            differing.extend(difference(&mut window, name, theme));
        }
    }
    none(&differing);
}

fn command(window: &mut Harness<'static, Window>, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run();
}

fn type_into_the_first_cell(window: &mut Harness<'static, Window>, event: Event) {
    let plan = window.state().document().plan();
    let cell = format!("{}, {}, FY11 Q1", plan.regions[0].name, plan.roles[0].name);
    window.get_by_label(&cell).click();
    window.run();
    window.event(event);
    window.run();
    window.key_press(Key::Enter);
    window.run();
}
