//! Nothing is lost: what others do to a file, what the system refuses, earlier versions, and the program killed at any
//! moment. The window runs without a screen.
#![expect(clippy::print_stdout, reason = "one program tells another how far it is, and how many were killed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::{Window, copy_of_the_world, wait_for, window, window_with_safe};
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use muster::files::{self, Safe};
use muster::plan::Plan;

/// The first cell of the grid, as it is named there.
fn first_cell(plan: &Plan) -> String {
    format!("{}, {}, FY11 Q1", plan.regions[0].name, plan.roles[0].name)
}

fn first_hires(plan: &Plan) -> u32 {
    plan.hires(&plan.regions[0].id, &plan.roles[0].id, 0)
}

/// Types hires into the first cell.
fn type_hires(window: &mut Harness<'static, Window>, hires: u32) {
    let cell = first_cell(window.state().document().plan());
    window.get_by_label(&cell).click();
    window.run();
    window.event(egui::Event::Text(hires.to_string()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(first_hires(window.state().document().plan()), hires);
}

/// A window in whose first cell five more hires were typed than its file states, and what that states.
fn window_with_five_more(path: &Path, safe: &Path) -> (Harness<'static, Window>, u32) {
    let before = first_hires(&files::read(path).unwrap());
    let mut window = window_with_safe(path, safe);
    type_hires(&mut window, before + 5);
    (window, before)
}

fn save(window: &mut Harness<'static, Window>) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run();
}

fn click(window: &mut Harness<'static, Window>, label: &str) {
    window.get_by_label(label).click();
    window.run();
}

/// Another hand: writes other hires into the file.
fn written_by_another(path: &Path, hires: u32) {
    let mut plan = files::read(path).unwrap();
    let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
    plan.hires.entry(region).or_default().entry(role).or_insert(vec![0; 8])[0] = hires;
    files::write(path, &plan).unwrap();
}

#[test]
fn saving_asks_before_it_overwrites_a_file_that_changed() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let mut window = window(&path);
    type_hires(&mut window, 7);
    written_by_another(&path, 4);
    save(&mut window);
    window.get_by_label("The file has changed");
    let cell = first_cell(window.state().document().plan());
    assert!(window.query_all_by_label_contains(&format!("{cell}: hires 4 → 7")).next().is_some());
    click(&mut window, "Cancel");
    assert_eq!(first_hires(&files::read(&path).unwrap()), 4);
    assert!(window.state().document().is_unsaved());
    // Beside it.
    save(&mut window);
    click(&mut window, "Save elsewhere…");
    click(&mut window, "Save");
    let mine = folder.path().join("world-mine.ron");
    assert_eq!((first_hires(&files::read(&path).unwrap()), first_hires(&files::read(&mine).unwrap())), (4, 7));
    assert_eq!(window.state().document().path(), Some(mine.as_path()));
    // Over it.
    type_hires(&mut window, 8);
    written_by_another(&mine, 6);
    save(&mut window);
    click(&mut window, "Overwrite");
    assert_eq!(first_hires(&files::read(&mine).unwrap()), 8);
    // Theirs.
    type_hires(&mut window, 9);
    written_by_another(&mine, 5);
    save(&mut window);
    click(&mut window, "Reload");
    assert_eq!(first_hires(window.state().document().plan()), 5);
    assert!(!window.state().document().is_unsaved());
}

#[test]
fn comments_that_saving_leaves_out_are_told_when_a_plan_opens() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("\n// Agreed in May\n{text}")).unwrap();
    let mut window = window(&path);
    window.get_by_label("The file has 1 comment (in line 2); saving leaves comments out");
    type_hires(&mut window, 7);
    save(&mut window);
    // What is written has none, so there is nothing to tell any more.
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run();
    click(&mut window, "Browse…");
    assert!(window.query_all_by_label_contains("Opened").next().is_some());
    assert!(window.query_all_by_label_contains("comment").next().is_none());
}

#[test]
fn saving_where_the_folder_is_gone_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("shared");
    std::fs::create_dir(&inside).unwrap();
    let path = copy_of_the_world(&inside);
    let mut window = window(&path);
    type_hires(&mut window, 7);
    // The folder has vanished, as that of a network does.
    let away = folder.path().join("away");
    std::fs::rename(&inside, &away).unwrap();
    save(&mut window);
    window.get_by_label("The file is gone");
    click(&mut window, "Save it there again");
    window.get_by_label("The plan is not saved");
    assert!(window.query_all_by_label_contains("cannot write").next().is_some());
    assert!(window.state().document().is_unsaved());
    std::fs::rename(&away, &inside).unwrap();
    click(&mut window, "Try again");
    assert_eq!(first_hires(&files::read(&path).unwrap()), 7);
    assert!(!window.state().document().is_unsaved());
    assert_eq!(std::fs::read_dir(&inside).unwrap().count(), 1, "nothing half-written stays");
}

#[test]
fn an_earlier_version_of_a_saved_file_opens() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let (mut window, before) = window_with_five_more(&path, safe.path());
    save(&mut window);
    let [version] = Safe::at(safe.path().to_owned()).versions(&path).try_into().unwrap();
    click(&mut window, "File");
    window.get_by_label_contains("Earlier versions…").click();
    window.run();
    window
        .get_by_label_contains(&version.saved.unwrap().with_timezone(&chrono::Local).format("%H:%M:%S").to_string())
        .click();
    window.run();
    assert_eq!(first_hires(window.state().document().plan()), before);
    assert_eq!(window.state().document().path(), Some(path.as_path()));
    assert!(window.state().document().is_unsaved());
    assert_eq!(first_hires(&files::read(&path).unwrap()), before + 5);
}

#[test]
fn recovery_offers_unsaved_changes_with_their_differences() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let (mut window, before) = window_with_five_more(&path, safe.path());
    wait_for(&mut window, "Autosaved");
    // The window is gone, without a question.
    drop(window);
    let mut window = window_with_safe(&path, safe.path());
    window.get_by_label("Muster ended before this was saved");
    let cell = first_cell(window.state().document().plan());
    let differs = format!("{cell}: hires {before} → {}", before + 5);
    assert!(window.query_all_by_label_contains(&differs).next().is_some(), "{differs}");
    click(&mut window, "Recover");
    assert_eq!(first_hires(window.state().document().plan()), before + 5);
    assert!(window.state().document().is_unsaved());
    assert_eq!(window.state().document().path(), Some(path.as_path()));
    assert_eq!(first_hires(&files::read(&path).unwrap()), before, "nothing is saved yet");
    // It is in the new journal before it leaves the old one.
    wait_for(&mut window, "Autosaved");
    window.run();
    let entries = || std::fs::read_dir(safe.path().join("journal")).unwrap().flatten();
    let plans = || entries().filter(|e| e.path().extension().is_some_and(|e| e == "ron")).count();
    assert_eq!(plans(), 1);
    save(&mut window);
    window.run();
    assert_eq!(plans(), 0);
    drop(window);
    let window = window_with_safe(&path, safe.path());
    assert!(window.query_all_by_label("Muster ended before this was saved").next().is_none());
}

#[test]
fn recovery_offers_the_rest_at_the_next_start() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let before = first_hires(&files::read(&path).unwrap());
    // Two programs at once, each with a change of its own.
    let windows = [1, 2].map(|more| {
        let mut window = window_with_safe(&path, safe.path());
        if window.query_by_label("Close").is_some() {
            click(&mut window, "Close");
        }
        type_hires(&mut window, before + more);
        wait_for(&mut window, "Autosaved");
        window
    });
    drop(windows);
    let mut window = window_with_safe(&path, safe.path());
    let offered: Vec<_> = window.query_all_by_label("Recover").collect();
    assert_eq!(offered.len(), 2);
    offered[0].click();
    window.run();
    // The later one is in sight, and nothing takes its place.
    assert_eq!(first_hires(window.state().document().plan()), before + 2);
    assert!(window.query_all_by_label("Recover").next().is_none());
    assert!(window.query_all_by_label_contains("1 more is offered at the next start").next().is_some());
    wait_for(&mut window, "Autosaved");
    save(&mut window);
    drop(window);
    let mut window = window_with_safe(&path, safe.path());
    click(&mut window, "Recover");
    assert_eq!(first_hires(window.state().document().plan()), before + 1);
    assert_eq!(first_hires(&files::read(&path).unwrap()), before + 2);
}

#[test]
fn saving_asks_before_it_overwrites_an_unreadable_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let mut window = window(&path);
    type_hires(&mut window, 7);
    std::fs::remove_file(&path).unwrap();
    std::fs::create_dir(&path).unwrap();
    save(&mut window);
    window.get_by_label("The plan is not saved");
    assert!(window.query_all_by_label_contains("cannot read").next().is_some());
    click(&mut window, "Try again");
    window.get_by_label("The plan is not saved");
    assert!(path.is_dir() && window.state().document().is_unsaved());
}

/// What was changed and not saved, and then somebody else wrote the file: theirs is not shown as this planner's change, and
/// saving what is recovered asks before it replaces theirs.
#[test]
fn recovery_tells_own_changes_from_those_of_others() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let (mut window, before) = window_with_five_more(&path, safe.path());
    wait_for(&mut window, "Autosaved");
    drop(window);
    let mut theirs = files::read(&path).unwrap();
    theirs.name = "Theirs".to_owned();
    files::write(&path, &theirs).unwrap();
    let mut window = window_with_safe(&path, safe.path());
    window.get_by_label("Muster ended before this was saved");
    assert!(window.query_all_by_label_contains("has been written since and is newer than this").next().is_some());
    let changed = window.state().document().log().entries().len();
    assert_eq!(changed, 0);
    // The own change in the words of the change log; the plan's name is not one of them.
    let cell = first_cell(window.state().document().plan());
    assert!(window.query_all_by_label_contains(&format!("•  {cell}")).next().is_some());
    assert!(window.query_all_by_label_contains("Theirs →").next().is_none());
    click(&mut window, "Recover");
    assert_eq!(first_hires(window.state().document().plan()), before + 5);
    save(&mut window);
    window.get_by_label("The file has changed");
    assert_eq!(files::read(&path).unwrap(), theirs);
    click(&mut window, "Overwrite");
    assert_eq!(first_hires(&files::read(&path).unwrap()), before + 5);
    let kept = Safe::at(safe.path().to_owned()).versions(&path);
    assert_eq!(files::read(&kept[0].path).unwrap(), theirs, "what was replaced is an earlier version");
}

#[test]
fn recovery_does_not_offer_what_was_saved_after_all() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let plan = files::read(&path).unwrap();
    let basis = files::Basis { path: Some(path.clone()), mark: None, logged: 0 };
    // The program was ended between the save and the end of the journal's entry.
    let journal = files::Journal::begin(&Safe::at(safe.path().to_owned())).unwrap();
    journal.write(&plan, &basis, None).unwrap();
    drop(journal);
    let window = window_with_safe(&path, safe.path());
    assert!(window.query_all_by_label("Muster ended before this was saved").next().is_none());
    let entries = std::fs::read_dir(safe.path().join("journal")).unwrap().flatten();
    assert_eq!(entries.filter(|e| e.path().extension().is_some_and(|e| e == "ron")).count(), 0);
}

#[test]
fn recovery_names_what_cannot_be_looked_at_and_offers_the_rest() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let mut window = window_with_safe(&path, safe.path());
    type_hires(&mut window, 7);
    wait_for(&mut window, "Autosaved");
    drop(window);
    // Where its lock belongs is something that nobody can lock, as the lock of another user.
    std::fs::write(safe.path().join("journal/theirs.ron"), "").unwrap();
    std::fs::create_dir(safe.path().join("journal/theirs.lock")).unwrap();
    let mut window = window_with_safe(&path, safe.path());
    assert!(window.query_all_by_label_contains("theirs.lock: cannot lock").next().is_some());
    click(&mut window, "Recover");
    assert_eq!(first_hires(window.state().document().plan()), 7);
    save(&mut window);
    drop(window);
    let window = window_with_safe(&path, safe.path());
    assert!(window.query_all_by_label_contains("What was not saved cannot be read").next().is_some());
}

#[test]
fn an_earlier_version_of_a_file_that_is_gone_opens() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let other = folder.path().join("other.ron");
    std::fs::copy(&path, &other).unwrap();
    let (mut window, before) = window_with_five_more(&path, safe.path());
    save(&mut window);
    drop(window);
    std::fs::remove_file(&path).unwrap();
    let mut window = window_with_safe(&other, safe.path());
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run();
    window.get_by_label("Path of the file").type_text(path.to_str().unwrap());
    window.run();
    click(&mut window, "Open");
    window.get_by_label("Earlier versions");
    window.get_by_label_contains("Saved 2").click();
    window.run();
    assert_eq!(window.state().document().path(), Some(path.as_path()));
    assert_eq!(first_hires(window.state().document().plan()), before);
    save(&mut window);
    assert_eq!(first_hires(&files::read(&path).unwrap()), before);
}

#[test]
fn a_second_window_on_a_file_warns() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let first = window_with_safe(&path, safe.path());
    let second = window_with_safe(&path, safe.path());
    assert!(first.query_all_by_label("Another window has this plan open").next().is_none());
    second.get_by_label("Another window has this plan open");
    // The second one is still there.
    drop(first);
    let third = window_with_safe(&path, safe.path());
    third.get_by_label("Another window has this plan open");
    drop((second, third));
    let third = window_with_safe(&path, safe.path());
    assert!(third.query_all_by_label("Another window has this plan open").next().is_none());
}

#[test]
fn a_crash_is_reported_once() {
    let (folder, safe) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let path = copy_of_the_world(folder.path());
    let report = Safe::at(safe.path().to_owned()).keep_crash("fault").unwrap();
    let mut first = window_with_safe(&path, safe.path());
    first.get_by_label("Muster stopped by a fault of its own");
    assert!(first.query_all_by_label_contains(report.to_str().unwrap()).next().is_some());
    click(&mut first, "Close");
    drop(first);
    let second = window_with_safe(&path, safe.path());
    assert!(second.query_by_label("Muster stopped by a fault of its own").is_none());
}

/// Under this name a program that is to be killed finds its plan and its safe.
const VICTIM: &str = "MUSTER_TEST_VICTIM";

/// Types until it is killed, and prints each number once it is in the plan.
#[test]
#[ignore = "a process that another test starts and kills"]
fn victim() {
    let folder = std::env::var(VICTIM).map(PathBuf::from);
    let folder = folder.unwrap_or_else(|_| panic!("{VICTIM} names no folder; run `killed`, which starts this process"));
    let mut window = window_with_safe(&folder.join("world.ron"), &folder.join("safe"));
    type_hires(&mut window, 999);
    for hires in 1000_u32.. {
        window.key_press(Key::ArrowUp);
        window.step();
        window.event(egui::Event::Text(hires.to_string()));
        window.step();
        window.key_press(Key::Enter);
        window.step();
        assert_eq!(first_hires(window.state().document().plan()), hires);
        println!("typed {hires}");
    }
}

/// Kills the program at a moment, and gives the last number that had stood in the plan for two seconds by then, and the
/// number that is recovered.
fn killed(after: Duration) -> (u32, Option<u32>) {
    use std::io::{BufRead, BufReader};
    let folder = tempfile::tempdir().unwrap();
    copy_of_the_world(folder.path());
    let mut program = Command::new(std::env::current_exe().unwrap())
        .args(["safety::victim", "--exact", "--ignored", "--nocapture"])
        .env(VICTIM, folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let (begun, first) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let number = |line: String| line.split_once("typed ").and_then(|(_, n)| n.trim().parse::<u32>().ok());
        let said = lines.map_while(Result::ok).filter_map(number).inspect(|n| begun.send(*n).unwrap());
        said.map(|n| (Instant::now(), n)).collect::<Vec<_>>()
    });
    // The time runs from the first change: before it there is nothing to lose.
    first.recv().unwrap();
    std::thread::sleep(after);
    let end = Instant::now();
    program.kill().unwrap();
    program.wait().unwrap();
    let typed = reader.join().unwrap();
    let safe = typed.iter().filter(|(when, _)| end.saturating_duration_since(*when) >= Duration::from_secs(2));
    let found = Safe::at(folder.path().join("safe")).abandoned().unwrap().entries;
    let recovered = found.first().map(|entry| first_hires(entry.plan.as_ref().unwrap()));
    // The plan's own file is as it was.
    assert!(first_hires(&files::read(&folder.path().join("world.ron")).unwrap()) < 1000);
    (safe.map(|(_, n)| *n).max().unwrap_or(0), recovered)
}

/// `MUSTER_KILLS=300 cargo test --test window killed` kills more often.
#[test]
fn a_program_that_is_killed_at_any_moment_loses_no_more_than_two_seconds() {
    let kills: u64 = std::env::var("MUSTER_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(4);
    let moments = (0..kills).map(|n| Duration::from_millis((1900 + n * 1_237) % 4_001));
    let mut with_something = 0;
    for moment in moments {
        let (typed, recovered) = killed(moment);
        assert!(recovered.unwrap_or(0) >= typed, "{moment:?}: {typed} stood in the plan, {recovered:?} is recovered");
        with_something += u64::from(typed > 0);
    }
    println!("{kills} kills, {with_something} with changes older than two seconds, none lost");
    assert!(with_something > 0, "no kill came late enough to lose anything");
}
