//! Plans that a passphrase protects: on the command line and in the window, with their journal and earlier versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::harness::{Window, copy_of_the_world, wait_for, window_with_safe};
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use muster::files::{self, FileError, LockedError, Passphrase, Safe, Saving};
use muster::plan::Plan;

const WORDS: &str = "quiet harbour seven lanterns";

fn passphrase(words: &str) -> Passphrase {
    Passphrase::new(words.to_owned()).unwrap()
}

/// A protected copy of the worldwide plan.
fn protected_world(folder: &Path) -> (PathBuf, Plan) {
    let plan = files::read(&copy_of_the_world(folder)).unwrap();
    fs::remove_file(folder.join("world.ron")).unwrap();
    let path = folder.join("world.ron.age");
    files::save(&path, &plan, &Saving { passphrase: Some(&passphrase(WORDS)), ..Saving::default() }).unwrap();
    (path, plan)
}

/// Every file below a folder whose bytes have a text in them.
fn holding(folder: &Path, text: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            found.extend(holding(&entry.path(), text));
        } else if fs::read(entry.path()).unwrap().windows(text.len()).any(|w| w == text.as_bytes()) {
            found.push(entry.path());
        }
    }
    found
}

fn muster(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(args).stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn commands_read_and_write_protected_plans_with_the_passphrase_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plain = copy_of_the_world(folder.path());
    fs::write(at("right"), format!("{WORDS}\r\nand a note\n")).unwrap();
    fs::write(at("wrong"), "quiet harbour").unwrap();
    fs::write(at("empty"), "\n").unwrap();
    let (plain, locked) = (plain.to_str().unwrap(), at("locked.json.age"));
    let done = muster(&["convert", plain, &locked, "--passphrase-file", &at("right")]);
    let stays = "stays, and whoever may read it needs no passphrase; --remove takes it away, with its earlier versions";
    assert_eq!((done.status.code(), said(&done)), (Some(0), format!("{plain} {stays}\n")));
    assert!(fs::read(&locked).unwrap().starts_with(b"age-encryption.org/v1"));
    assert_eq!(holding(folder.path(), "accounts").len(), 1, "only the plain plan can be read");

    // The same figures, from a file that has them and from one that hides them.
    let open = muster(&["report", &locked, "--passphrase-file", &at("right")]);
    assert_eq!(open.stdout, muster(&["report", plain]).stdout);
    let positions = muster(&["positions", &locked, "--passphrase-file", &at("right")]);
    assert!(positions.status.success() && positions.stdout == muster(&["positions", plain]).stdout);
    // What opened a plan also protects what is written from it.
    let again = muster(&["convert", &locked, &at("again.ron.age"), "--passphrase-file", &at("right")]);
    assert_eq!(again.status.code(), Some(0), "{}", said(&again));
    let back = files::open(Path::new(&at("again.ron.age")), Some(&passphrase(WORDS))).unwrap();
    assert_eq!(back, files::read(Path::new(plain)).unwrap());

    let refused = |args: &[&str], why: &str| {
        let output = muster(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty() && said(&output).contains(why), "{args:?}: {}", said(&output));
        assert!(!said(&output).contains("quiet"), "no message says a passphrase");
    };
    refused(&["report", &locked], "name a file that holds it with --passphrase-file");
    refused(&["report", &locked, "--passphrase-file", &at("wrong")], "this passphrase does not open the plan");
    refused(&["report", &locked, "--passphrase-file", &at("empty")], "first line");
    refused(&["report", &locked, "--passphrase-file", &at("none")], "cannot read");
    refused(&["report", &at("missing.ron.age")], "cannot read");
    // Cut short, changed, and named otherwise than it is.
    let bytes = fs::read(&locked).unwrap();
    fs::write(at("cut.json.age"), &bytes[..bytes.len() - 7]).unwrap();
    refused(&["check", &at("cut.json.age"), "--passphrase-file", &at("right")], "changed or cut short");
    let mut changed = bytes.clone();
    changed[bytes.len() / 2] ^= 4;
    fs::write(at("changed.json.age"), changed).unwrap();
    refused(&["check", &at("changed.json.age"), "--passphrase-file", &at("right")], "changed or cut short");
    fs::write(at("bare.json"), &bytes).unwrap();
    refused(&["check", &at("bare.json")], "name it .ron.age or .json.age");
    fs::copy(plain, at("plain.ron.age")).unwrap();
    refused(&["check", &at("plain.ron.age"), "--passphrase-file", &at("right")], "take .age off its name");
    // Without a passphrase nothing is written.
    refused(&["convert", plain, &at("new.ron.age")], "--passphrase-file");
    assert!(!files::exists(Path::new(&at("new.ron.age"))));
}

fn click(window: &mut Harness<'static, Window>, label: &str) {
    window.get_by_label(label).click();
    window.run();
}

/// Types into the field of a name.
fn enter(window: &mut Harness<'static, Window>, field: &str, text: &str) {
    window.get_by_role_and_label(egui::accesskit::Role::PasswordInput, field).focus();
    window.run();
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
}

fn type_hires(window: &mut Harness<'static, Window>, hires: u32) {
    let plan = window.state().document().plan();
    let cell = format!("{}, {}, FY11 Q1", plan.regions[0].name, plan.roles[0].name);
    click(window, &cell);
    window.event(egui::Event::Text(hires.to_string()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
}

fn first_hires(plan: &Plan) -> u32 {
    plan.hires(&plan.regions[0].id, &plan.roles[0].id, 0)
}

fn menu(window: &mut Harness<'static, Window>, entry: &str) {
    click(window, "File");
    window.get_by_label_contains(entry).click();
    window.run();
}

#[test]
fn a_plan_is_put_under_a_passphrase_with_its_journal_and_versions_and_opened_again() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let plain = copy_of_the_world(folder.path());
    let region = files::read(&plain).unwrap().regions[0].id.to_string();
    let mut window = window_with_safe(&plain, safe.path());
    type_hires(&mut window, 7);
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
    assert_eq!(holding(safe.path(), &region).len(), 1, "the earlier version");

    menu(&mut window, "Save with a passphrase…");
    enter(&mut window, "Passphrase", WORDS);
    enter(&mut window, "The same once more", "quiet harbor");
    assert!(window.query_by_label("The two differ").is_some());
    enter(&mut window, "The same once more", "");
    window.get_by_role_and_label(egui::accesskit::Role::PasswordInput, "The same once more").focus();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run();
    window.event(egui::Event::Text(WORDS.to_owned()));
    window.run();
    click(&mut window, "Save");
    let locked = folder.path().join("world.ron.age");
    assert_eq!(window.state().document().path(), Some(locked.as_path()));
    click(&mut window, "Remove it");
    assert!(!files::exists(&plain));
    assert_eq!(holding(safe.path(), &region), Vec::<PathBuf>::new(), "no version is left that can be read");

    // From now on the journal and what a save replaces are protected too.
    type_hires(&mut window, 8);
    wait_for(&mut window, "Autosaved");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
    type_hires(&mut window, 9);
    wait_for(&mut window, "Autosaved");
    drop(window);
    assert_eq!(holding(safe.path(), &region), Vec::<PathBuf>::new());
    assert_eq!(holding(safe.path(), WORDS).len() + holding(folder.path(), WORDS).len(), 0);
    assert_eq!(Safe::at(safe.path().to_owned()).versions(&locked).len(), 1);

    // What was not saved is offered under its passphrase, and shows what differs once it is open.
    let other = copy_of_the_world(folder.path());
    let mut window = window_with_safe(&other, safe.path());
    window.get_by_label("A plan that a passphrase protects");
    enter(&mut window, "Passphrase of plan 1", "quiet harbour");
    click(&mut window, "Unlock");
    assert!(window.query_all_by_label_contains("does not open the plan").next().is_some());
    enter(&mut window, "Passphrase of plan 1", WORDS);
    click(&mut window, "Unlock");
    assert!(window.query_all_by_label_contains("hires 8 → 9").next().is_some());
    click(&mut window, "Recover");
    assert_eq!(first_hires(window.state().document().plan()), 9);
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
    let saved = files::open(&locked, Some(&passphrase(WORDS))).unwrap();
    assert_eq!(first_hires(&saved), 9);
}

#[test]
fn a_protected_plan_asks_for_its_passphrase_until_it_fits() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (locked, plan) = protected_world(folder.path());
    let other = copy_of_the_world(folder.path());
    assert!(matches!(files::read(&locked), Err(FileError::Locked { why: LockedError::Missing, .. })));
    let mut window = window_with_safe(&other, safe.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run();
    window.get_by_label("Path of the file").type_text(locked.to_str().unwrap());
    window.run();
    click(&mut window, "Open");
    window.get_by_label("A passphrase protects this plan");
    enter(&mut window, "Passphrase", "quiet");
    click(&mut window, "Open");
    assert!(window.query_all_by_label_contains("does not open the plan").next().is_some());
    assert_eq!(window.state().document().path(), Some(other.as_path()), "the open plan stays");
    enter(&mut window, "Passphrase", WORDS);
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().document().path(), Some(locked.as_path()));
    assert_eq!(**window.state().document().base(), plan);
}
