//! Whether what a view says can be read: in every view and part of it, with a plan, without figures and in dialogs, no
//! word is cut, painted over or shortened for good.

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use muster::files::{self, Template};

use crate::accessibility::{PARTS, VIEWS};
use crate::harness::{Window, copy_of_the_world, window};
use crate::words::faults;

fn press(window: &mut Harness<'static, Window>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_ok();
}

/// The faults of every view and its parts.
fn walked(window: &mut Harness<'static, Window>) -> Vec<String> {
    let mut found = Vec::new();
    for (number, view) in VIEWS.into_iter().enumerate() {
        press(window, Modifiers::COMMAND, view);
        let of = |what: &str, faults: Vec<String>| {
            faults.into_iter().map(move |f| format!("{what}: {f}")).collect::<Vec<_>>()
        };
        found.extend(of(&format!("view {}", number + 1), faults(window)));
        for part in PARTS.iter().filter(|(view, _)| *view == number + 1).flat_map(|(_, parts)| *parts) {
            window.query_all_by_label(part).next().unwrap().click();
            window.run_ok();
            found.extend(of(&format!("view {}, {part}", number + 1), faults(window)));
        }
    }
    found
}

#[test]
fn every_word_of_a_view_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let found = walked(&mut window(&copy_of_the_world(folder.path())));
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_word_of_an_empty_plan_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blank.ron");
    files::write(&path, &Template::by_name("blank").unwrap().plan().unwrap()).unwrap();
    let found = walked(&mut window(&path));
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}

#[test]
fn every_word_of_a_dialog_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    let mut found = Vec::new();
    for (name, modifiers, key) in [
        ("new", Modifiers::COMMAND, Key::N),
        ("open", Modifiers::COMMAND, Key::O),
        ("save as", Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S),
        ("import", Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O),
        ("settings", Modifiers::COMMAND, Key::Comma),
        ("finder", Modifiers::COMMAND, Key::K),
        ("shortcuts", Modifiers::NONE, Key::Questionmark),
    ] {
        press(&mut window, modifiers, key);
        // The finder is a list that lies over the window, and hides parts of words there.
        let faults = faults(&mut window).into_iter().filter(|f| name != "finder" || !f.ends_with(" is painted over"));
        found.extend(faults.map(|fault| format!("{name}: {fault}")));
        press(&mut window, Modifiers::NONE, Key::Escape);
    }
    assert!(found.is_empty(), "{} faults\n{}", found.len(), found.join("\n"));
}
