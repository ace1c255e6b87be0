//! How every view is laid out, in both themes: compared with small pictures in `tests/pictures`. Where a view is meant
//! to look another way, `UPDATE_PICTURES=1 cargo test --test window pictures` stores it anew.

use crate::canvas::picture;
use crate::harness::{Window, copy_of_the_world, window};
use egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::{Harness, kittest::Queryable};

/// Every view, by the key that shows it.
const VIEWS: [(&str, Key); 10] = [
    ("plan", Key::Num1),
    ("coverage", Key::Num2),
    ("cost", Key::Num3),
    ("workforce", Key::Num4),
    ("positions", Key::Num5),
    ("scenarios", Key::Num6),
    ("assumptions", Key::Num7),
    ("checks", Key::Num8),
    ("risk", Key::Num9),
    ("optimise", Key::Num0),
];

/// Views that are looked at on a large screen too.
const LARGE: [&str; 4] = ["plan", "cost", "risk", "optimise"];

/// The pictures that differ, of views in a theme at a size.
fn differing(window: &mut Harness<'static, Window>, theme: Theme, size: Vec2, views: &[(&str, Key)]) -> Vec<String> {
    window.set_size(size);
    window.ctx.set_theme(theme);
    let theme = if theme == Theme::Dark { "dark" } else { "light" };
    let mut differing = Vec::new();
    for (name, key) in views {
        window.key_press_modifiers(Modifiers::COMMAND, *key);
        window.run();
        if *name == "risk" {
            simulated(window);
        }
        let name = format!("{name}-{theme}-{}", size.x);
        differing.extend(picture(&window.ctx, window.output()).compare(&name).err());
    }
    differing
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

/// Compares every view in a theme; a theme is a test of its own, so that both are drawn at the same time.
fn compare(theme: Theme) {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    let large: Vec<_> = VIEWS.into_iter().filter(|(name, _)| LARGE.contains(name)).collect();
    let mut found = differing(&mut window, theme, vec2(1280.0, 800.0), &VIEWS);
    found.extend(differing(&mut window, theme, vec2(1920.0, 1080.0), &large));
    assert!(found.is_empty(), "UPDATE_PICTURES=1 stores them where that is meant\n{}", found.join("\n"));
}

#[test]
fn every_view_is_laid_out_as_it_was_in_the_light_theme() {
    compare(Theme::Light);
}

#[test]
fn every_view_is_laid_out_as_it_was_in_the_dark_theme() {
    compare(Theme::Dark);
}
