//! Checks, positions and workforce in the window, through its accessibility tree.

use crate::harness::{Window, copy_of_the_world, wait_for, window, window_that_picks};
use egui::{Key, Modifiers, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use muster::analysis::{PlainNumbers, decision_counts, decision_words, finding_sentence};
use muster::edit::{apply_all, freeze};
use muster::engine::{Finding, FindingKind, Measure, Place, Reason, positions};
use muster::files;
use muster::units::Period;
use std::path::Path;

/// The world's plan in a window, showing the view with that number.
fn showing(folder: &tempfile::TempDir, view: Key) -> Harness<'static, Window> {
    let path = copy_of_the_world(folder.path());
    let mut window = window(&path);
    window.key_press_modifiers(Modifiers::COMMAND, view);
    window.run();
    window
}

fn first(window: &Harness<'static, Window>, wanted: impl Fn(&Finding) -> bool) -> Finding {
    window.state().document().findings().iter().copied().find(wanted).unwrap()
}

/// The sentence of a finding in the window.
fn sentence(window: &Harness<'static, Window>, finding: &Finding) -> String {
    finding_sentence(window.state().document().outcome(), finding, &PlainNumbers)
}

/// Types into the field with that name.
fn type_into(window: &mut Harness<'static, Window>, name: &str, text: &str) {
    window.get_by_label(name).click();
    window.run();
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
}

#[test]
fn a_finding_leads_to_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = showing(&folder, Key::Num8);
    let finding = first(&window, |f| matches!(f.place, Place::Cell(..)));
    let words = sentence(&window, &finding).replace([',', ':'], " ");
    type_into(&mut window, "Search findings", &words);
    window.get_by_label(&sentence(&window, &finding)).click();
    window.run();
    // Back in the plan, at its cell.
    assert!(window.query_all_by_label("Search findings").next().is_none());
    let place = window.state().document().outcome().place_name(finding.place);
    assert!(window.query_all_by_label_contains(&place).next().is_some());
}

#[test]
fn a_fix_says_what_it_does_and_is_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = showing(&folder, Key::Num8);
    let before = window.state().document().plan().clone();
    let finding = first(&window, |f| f.kind == FindingKind::OpensTooEarly);
    let words = sentence(&window, &finding).replace([',', ':'], " ");
    type_into(&mut window, "Search findings", &words);
    window.get_by_label(&format!("What to do: {}", sentence(&window, &finding))).click();
    wait_for(&mut window, "Apply");
    // Nothing has changed yet; the words say what would.
    assert_eq!(*window.state().document().plan(), before);
    assert!(window.query_all_by_label_contains("Growth hires that change").next().is_some());
    window.get_by_label_contains("Apply").click();
    window.run();
    assert_ne!(*window.state().document().plan(), before);
    let is = |f: &Finding| f.kind == finding.kind && f.place == finding.place && f.period == finding.period;
    assert!(!window.state().document().findings().iter().any(is));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(*window.state().document().plan(), before);
    assert!(!window.state().document().is_unsaved());
}

#[test]
fn findings_are_accepted_with_a_reason_until_they_get_worse() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = showing(&folder, Key::Num8);
    let before = window.state().document().plan().clone();
    let status = |window: &Harness<'static, Window>| decision_words(window.state().document().finding_groups());
    let (to_decide, none) = decision_counts(window.state().document().finding_groups());
    assert_eq!((none, status(&window)), (0, format!("{to_decide} to decide")));
    // The view's heading and the status line say so.
    assert_eq!(window.query_all_by_label(&status(&window)).count(), 2);
    let finding = first(&window, |f| f.kind == FindingKind::OnboardingSeats);
    let words = sentence(&window, &finding);
    type_into(&mut window, "Search findings", &words.replace([',', ':', ';'], " "));
    window.get_by_label(&format!("Off by: {words}")).click();
    window.run();
    window.get_by_label_contains("Accept…").click();
    window.run();
    window.event(egui::Event::Text("A second class is booked".to_owned()));
    window.run();
    window.get_by_label("Accept").click();
    window.run();
    let plan = window.state().document().plan().clone();
    assert_eq!(plan.accepted[0].reason, "A second class is booked");
    assert_eq!(plan.accepted[0].kind, "onboarding_seats");
    assert_eq!(decision_counts(window.state().document().finding_groups()), (to_decide - 1, 1));
    let said = format!("{} to decide, 1 accepted", to_decide - 1);
    assert_eq!(window.query_all_by_label(&said).count(), 2);
    // It is hidden until it is asked for.
    assert!(window.query_all_by_label(&words).next().is_none());
    window.get_by_label("Accepted (1)").click();
    window.run();
    assert!(window.query_all_by_label(&words).next().is_some());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
    assert_eq!(*window.state().document().plan(), before);
}

#[test]
fn findings_that_the_plan_of_record_does_not_have_are_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let plan = files::read(&path).unwrap();
    let mut recorded = plan.clone();
    recorded.envelope.min = 0;
    let date = recorded.milestones.first().map_or_else(Default::default, |milestone| milestone.date);
    let frozen = freeze(&plan, &recorded, "Agreed", date).unwrap();
    files::write(&path, &apply_all(&plan, &frozen).unwrap()).unwrap();
    let mut window = window(&path);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num8);
    window.run();
    // Below the envelope, which the plan of record does not ask for; no other finding is new.
    type_into(&mut window, "Search findings", "envelope");
    wait_for(&mut window, "All regions, new");
    assert_eq!(window.query_all_by_label_contains(", new").count(), 1);
}

#[test]
fn a_budget_has_no_plain_fix_but_says_what_moves_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = copy_of_the_world(folder.path());
    let mut plan = files::read(&path).unwrap();
    plan.budgets.values_mut().for_each(|budget| *budget = muster::units::Money::new(muster::units::Exact::ONE));
    files::write(&path, &plan).unwrap();
    let mut window = window_that_picks(&path, &path);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num8);
    window.run();
    let finding = first(&window, |f| f.kind == FindingKind::OverBudget);
    window.get_by_label(&format!("What to do: {}", sentence(&window, &finding))).click();
    wait_for(&mut window, "Remedies: fewer or later growth hires");
    window.get_by_label("Go to budget");
}

#[test]
fn positions_are_counted_filtered_and_lead_to_their_hires() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = showing(&folder, Key::Num5);
    let outcome = window.state().document().outcome().clone();
    let all = positions(&outcome).unwrap();
    let some = all.iter().filter(|p| p.role == 0 && p.region == 0);
    let (plan, count) = (outcome.plan(), some.count());
    let counted = |n: usize| muster::units::Exact::from(u32::try_from(n).unwrap()).grouped(0);
    window.get_by_label(&format!("{} positions", counted(all.len())));
    let words = format!("{}-{}-", plan.regions[0].id, plan.roles[0].id);
    type_into(&mut window, "Search positions", &words);
    window.get_by_label(&format!("{} of {} positions", counted(count), counted(all.len())));
    let first = all.iter().find(|p| p.role == 0 && p.region == 0).unwrap();
    window.get_by_label(&format!("Quarter of {}", first.id)).click();
    window.run();
    // In the plan, at the hires behind it.
    let cell =
        format!("{}, {}", outcome.place_name(Place::Cell(0, 0)), plan.calendar.name(Period::Quarter(first.quarter)));
    assert!(window.query_all_by_label(&cell).next().is_some());
}

#[test]
fn moves_and_exits_are_counted_apart_and_lead_to_no_hires() {
    let folder = tempfile::tempdir().unwrap();
    let mut plan = muster::files::Template::ALL[0].plan().unwrap();
    plan.schema = 2;
    let exits: Vec<u32> = (0..plan.calendar.quarters).map(|q| u32::from(q == 1)).collect();
    let (region, role) = (plan.regions[0].id.clone(), plan.roles[0].id.clone());
    let here = [(role, exits)].into_iter().collect::<std::collections::BTreeMap<_, _>>();
    plan.exits = [(region, here.into())].into_iter().collect();
    let path = folder.path().join("plan.ron");
    muster::files::write(&path, &plan).unwrap();
    let mut window = window_that_picks(&path, &path);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    window.run();
    let all = positions(window.state().document().outcome()).unwrap();
    let exit = all.iter().find(|p| p.reason == Reason::Exit).unwrap().id.clone();
    type_into(&mut window, "Search positions", &exit);
    // The chart has a series for them.
    assert!(window.query_all_by_label_contains("Positions by month").next().is_some());
    window.get_by_label(&format!("Quarter of {exit}")).click();
    window.run();
    // The list is still there.
    assert!(window.query_all_by_label(&format!("Quarter of {exit}")).next().is_some());
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    window.run();
    window.get_by_label("Layout: Neutral").click();
    window.run();
    window.get_by_label("Greenhouse").click();
    wait_for(&mut window, "1 move or exit is not written: Greenhouse has no place for them");
}

/// A window with a plan that has an export open, by its key, and picks a file to save it in.
fn window_exporting(key: Key, plan: &Path, file: &Path) -> Harness<'static, Window> {
    let mut window = window_that_picks(plan, file);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, key);
    window.run();
    window
}

#[test]
fn positions_are_exported_in_a_layout_as_the_command_line_does() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, file) = (copy_of_the_world(folder.path()), folder.path().join("hires.csv"));
    let mut window = window_exporting(Key::E, &plan, &file);
    let all = positions(window.state().document().outcome()).unwrap();
    let place = window.state().document().outcome().plan().regions[1].clone();
    window.get_by_label("Region: All regions").click();
    window.run();
    window.get_by_label(&place.name).click();
    window.run();
    window.get_by_label("Layout: Neutral").click();
    window.run();
    window.get_by_label("Workday").click();
    window.run();
    window.get_by_label("Leave pay and currency out").click();
    window.run();
    window.get_by_label("One requisition").click();
    // Forecast backfills are not asked for.
    let seats = all.iter().filter(|p| p.region == 1 && p.reason == Reason::Growth).count();
    wait_for(&mut window, &format!("requisitions with {seats} openings"));
    window.get_by_label_contains("Save…").click();
    window.run();
    // The picker of the tests answers with the path.
    window.get_by_label("Browse…").click();
    wait_for(&mut window, "Wrote ");
    let said = format!("requisitions with {seats} openings to {}", file.display());
    assert!(window.query_all_by_label_contains(&said).next().is_some(), "{said}");
    let told = std::process::Command::new(env!("CARGO_BIN_EXE_muster"))
        .args(["positions", "--layout", "workday", "--group", "--without-pay", "--region", place.id.as_str()])
        .arg(&plan)
        .output()
        .unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), told.stdout);
    // The folder is shown on request; where the system has nothing to show it with, it says so.
    window.get_by_label_contains("Open folder").click();
    window.run();
    let words = format!("No file manager shows {}", folder.path().display());
    assert!(window.query_all_by_label_contains(&words).next().is_some());
}

#[test]
fn a_layout_of_ones_own_and_chosen_columns_make_the_workbook() {
    let folder = tempfile::tempdir().unwrap();
    let layout = folder.path().join("own.ron");
    let text = "(name: \"own\", title: \"Our system\", columns: [(header: \"Who\", from: PositionId), \
                (header: \"When\", from: StartDate, required: true), (header: \"Boss\", from: HiringManager, required: true)])";
    std::fs::write(&layout, text).unwrap();
    let plan = copy_of_the_world(folder.path());
    let mut window = window_that_picks(&plan, &layout);
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num5);
    window.run();
    window.get_by_label_contains("Export…").click();
    window.run();
    window.get_by_label_contains("Your own…").click();
    window.run();
    window.get_by_label("Browse…").click();
    window.run();
    let words = "Our system requires \"Boss\", which is empty in every row; the plan does not know it";
    wait_for(&mut window, words);
    window.get_by_label("XLSX").click();
    window.run();
    window.get_by_role_and_label(Role::CheckBox, "Boss").click();
    window.run();
    window.get_by_label("Write forecast backfills, too").click();
    window.run();
    // The rows are made anew beside the window; then they are counted over the preview as over the list.
    let all = positions(window.state().document().outcome()).unwrap();
    let many = format!("{} positions", all.len());
    let counted = |window: &Harness<'static, Window>| window.query_all_by_label(&many).count();
    for _ in 0..600 {
        window.step();
        if counted(&window) == 2 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(counted(&window), 2);
    assert!(window.query_all_by_label_contains(words).next().is_none());
    let words = "Our system requires \"Boss\", which is left out";
    assert!(window.query_all_by_label_contains(words).next().is_some());
    window.get_by_label_contains("Save…").click();
    window.run();
    // The name that is proposed lies beside the plan, and its ending says the form.
    window.get_by_label("Save").click();
    window.run();
    wait_for(&mut window, "Wrote ");
    let name = window.state().document().plan().name.to_lowercase();
    let name = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
    let file = folder.path().join(format!("{name}-positions-own.xlsx"));
    let mut book = calamine::open_workbook_auto(&file).unwrap();
    let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    assert_eq!(sheet.get_size(), (all.len() + 1, 2));
    assert_eq!(sheet.get_value((1, 0)), Some(&calamine::Data::String(all[0].id.clone())));
    // What is wrong with a layout is told, and the layout in use stays.
    std::fs::write(&layout, "(name: \"own\", title: \"Ours\", columns: [(header: \"X\", from: Moon)])").unwrap();
    window.get_by_label_contains("Your own…").click();
    window.run();
    window.get_by_label("Browse…").click();
    window.run();
    assert!(window.query_all_by_label_contains("The layout cannot be used").next().is_some());
}

#[test]
fn the_workbook_of_what_is_shown_is_written_as_the_command_line_does() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, file, told) =
        (copy_of_the_world(folder.path()), folder.path().join("model.xlsx"), folder.path().join("told.xlsx"));
    for (pay, words) in [(None, "the workbook"), (Some("--without-pay"), "the workbook without pay")] {
        let mut window = window_exporting(Key::W, &plan, &file);
        if pay.is_some() {
            window.get_by_label("Leave pay out").click();
            window.run();
        }
        window.get_by_label("Browse…").click();
        wait_for(&mut window, &format!("Wrote {words} to {}", file.display()));
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_muster"))
            .args(["workbook".as_ref(), plan.as_os_str(), "-o".as_ref(), told.as_os_str()])
            .args(pay)
            .output()
            .unwrap();
        assert!(run.status.success());
        assert_eq!(std::fs::read(&file).unwrap(), std::fs::read(&told).unwrap());
    }
}

#[test]
fn a_long_export_shows_its_progress_and_is_cancelled_without_a_trace() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, file) = (copy_of_the_world(folder.path()), folder.path().join("board.pdf"));
    let mut window = window_exporting(Key::B, &plan, &file);
    window.get_by_label("Letter").click();
    window.run();
    window.get_by_label("Choose where…").click();
    window.run();
    window.get_by_label("Browse…").click();
    wait_for(&mut window, "Writing board.pdf");
    assert!(window.query_all_by_label_contains("Progress: ").next().is_some());
    // Another one waits for its turn, in words.
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::B);
    // A dialog is in its place once its size is known.
    window.step();
    window.step();
    window.get_by_label("Choose where…").click();
    for _ in 0..4 {
        window.step();
    }
    window.get_by_label("Save").click();
    wait_for(&mut window, "board.pdf is still being written; wait for it, or cancel it");
    window.get_by_label("Close").click();
    window.step();
    window.step();
    window.get_by_label("Cancel").click();
    wait_for(&mut window, "Cancelled; nothing was written");
    assert!(!file.exists());
}

#[test]
fn every_figure_of_the_walk_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = showing(&folder, Key::Num4);
    let outcome = window.state().document().outcome().clone();
    window.get_by_label("Growth starts, All regions, 2010-07").click();
    window.run();
    let walk = outcome.walk(Place::Plan, Period::Month(0)).unwrap();
    let value = walk.figure(Measure::Growth).unwrap().exact().grouped(3);
    window.get_by_label(&format!("{value} heads"));
    let first = outcome.place_name(Place::Region(0));
    assert!(window.query_all_by_label_contains(&format!("Growth starts of {first}")).next().is_some());
}

#[test]
fn a_click_within_one_frame_follows_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = showing(&folder, Key::Num5);
    let first = positions(window.state().document().outcome()).unwrap().first().unwrap().id.clone();
    let pos = window.get_by_label(&format!("Quarter of {first}")).rect().center();
    window.event(egui::Event::PointerMoved(pos));
    window.run();
    let button = |pressed| egui::Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.input_mut().events.extend([button(true), button(false)]);
    window.step();
    window.run();
    assert!(window.query_all_by_label("Search positions").next().is_none());
}

#[test]
fn seats_are_issued_with_an_export_and_changes_are_listed_before_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let (plan, file) = (copy_of_the_world(folder.path()), folder.path().join("hires.csv"));
    let mut window = window_exporting(Key::E, &plan, &file);
    let all = positions(window.state().document().outcome()).unwrap();
    let growth: Vec<_> = all.iter().filter(|p| p.reason == Reason::Growth).cloned().collect();
    wait_for(&mut window, &format!("{} new since seats were last issued", growth.len()));
    // The choice is below what is in sight.
    window.get_by_label("Issue these seats when saved").scroll_to_me();
    window.run();
    window.get_by_label("Issue these seats when saved").click();
    window.run();
    window.get_by_label_contains("Save…").click();
    window.run();
    window.get_by_label("Browse…").click();
    wait_for(&mut window, "nothing has changed since seats were last issued");
    assert_eq!(window.state().document().base().issued.len(), growth.len());
    // A hire is taken: its seat is listed as withdrawn before the next export.
    let seat = growth.last().unwrap();
    let base = window.state().document().base().clone();
    let (region, role) = (base.regions[seat.region].id.clone(), base.roles[seat.role].id.clone());
    let many = base.hires(&region, &role, seat.quarter);
    let mut changed = (*base).clone();
    changed = muster::edit::apply_all(
        &changed,
        &[muster::plan::PlanEdit::SetHires { region, role, quarter: seat.quarter, to: many - 1 }],
    )
    .unwrap();
    let other = folder.path().join("taken.ron");
    muster::files::write(&other, &changed).unwrap();
    let mut window = window_that_picks(&other, &file);
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    window.run();
    wait_for(&mut window, &format!("{}: withdrawn, was to start on", seat.id));
    // Only what has changed is written, in a layout that can say so.
    window.get_by_label("Write only what has changed").click();
    window.run();
    assert!(window.query_all_by_label_contains("1 withdrawn since seats were last issued").next().is_some());
    window.get_by_label("Layout: Neutral").click();
    window.run();
    window.get_by_label("Greenhouse").click();
    wait_for(&mut window, "Greenhouse cannot say what has changed");
}
