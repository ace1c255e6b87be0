//! The Assumptions view through the accessibility tree: inputs typed, regions removed, ramps and weights dragged, undone.

use std::path::PathBuf;

use crate::harness::{Window, window};
use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use muster::files::{self, Template};
use muster::plan::Plan;

/// The window with the bundled plan in a section of its assumptions.
fn section(folder: &tempfile::TempDir, name: &str) -> (Harness<'static, Window>, Plan) {
    let path: PathBuf = folder.path().join("plan.ron");
    let plan = Template::by_name("cloud-expansion-fy11").unwrap().plan().unwrap();
    files::write(&path, &plan).unwrap();
    let mut window = window(&path);
    window.get_by_label("Assumptions").click();
    window.run();
    window.get_by_role_and_label(Role::Button, name).click();
    window.run();
    (window, plan)
}

fn plan(window: &Harness<'_, Window>) -> Plan {
    window.state().document().plan().as_ref().clone()
}

fn type_into(window: &mut Harness<'_, Window>, cell: &str, text: &str) {
    window.get_by_role_and_label(Role::GridCell, cell).click();
    window.run();
    window.event(egui::Event::Text(text.to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
}

fn undo(window: &mut Harness<'_, Window>) {
    window.key_press(Key::Escape);
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run();
}

fn drag(window: &mut Harness<'_, Window>, from: Pos2, to: Pos2) {
    let button = |pos, pressed| egui::Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    window.event(egui::Event::PointerMoved(from));
    window.run();
    window.event(button(from, true));
    window.run();
    for step in 1..=4_u8 {
        window.event(egui::Event::PointerMoved(from + (to - from) * (f32::from(step) / 4.0)));
        window.run();
    }
    window.event(button(to, false));
    window.run();
}

#[test]
fn an_input_is_typed_and_undone_and_another_section_is_there_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, before) = section(&folder, "Costs");
    type_into(&mut window, "Recruiting cost", "5,000");
    assert_eq!(plan(&window).assumptions.recruiting_cost.exact(), "5000".parse().unwrap());
    undo(&mut window);
    assert_eq!(plan(&window), before);
    window.get_by_label("Plan").click();
    window.run();
    window.get_by_label("Assumptions").click();
    window.run();
    assert!(window.query_by_role_and_label(Role::GridCell, "Recruiting cost").is_some());
}

#[test]
fn a_region_is_removed_once_what_hangs_on_it_has_been_said() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, before) = section(&folder, "Regions");
    let canada = before.region_index("canada").unwrap();
    window.get_by_label("Canada, Area").click();
    window.run();
    window.get_by_label_contains("Remove…").click();
    window.run();
    assert_eq!(plan(&window), before);
    window.get_by_label_contains("This also removes 19 growth hires, pay for 7 roles, 8 targets");
    window.get_by_label("Cancel").click();
    window.run();
    assert_eq!(plan(&window), before);
    window.get_by_label_contains("Remove…").click();
    window.run();
    window.get_by_label("Remove").click();
    window.run();
    assert!(plan(&window).region_index("canada").is_none());
    undo(&mut window);
    assert_eq!(plan(&window).regions[canada], before.regions[canada]);
    assert_eq!(plan(&window).hires, before.hires);
}

#[test]
fn a_region_is_added_by_name_and_selected() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, before) = section(&folder, "Regions");
    window.get_by_label("Canada, Area").click();
    window.run();
    window.get_by_label_contains("Add a region…").click();
    window.run();
    window.event(egui::Event::Text("Mexico".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    let after = plan(&window);
    let mexico = after.region_index("mexico").unwrap();
    assert_eq!(mexico, before.region_index("canada").unwrap() + 1);
    assert!(window.query_by_label("Mexico, Area").is_some());
    undo(&mut window);
    assert_eq!(plan(&window), before);
}

#[test]
fn a_weight_moves_by_keys_and_by_the_mouse_and_the_others_follow() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, before) = section(&folder, "Selling");
    let share =
        |plan: &Plan, index: usize| muster::plan::share_of(&plan.assumptions.seasonality, index).unwrap().exact();
    let bar = window.get_by_label("Bookings by quarter, Q1").rect();
    window.get_by_label("Bookings by quarter, Q1").click();
    window.run();
    window.key_press(Key::ArrowUp);
    window.run();
    assert_eq!(share(&plan(&window), 0), "0.24".parse().unwrap());
    undo(&mut window);
    assert_eq!(plan(&window), before);
    let from = bar.center();
    drag(&mut window, from, from - vec2(0.0, 20.0));
    let after = plan(&window);
    assert!(share(&after, 0) > share(&before, 0), "{:?}", share(&after, 0));
    let ratio = |plan: &Plan| (share(plan, 1) / share(plan, 2)).round(2);
    assert_eq!(ratio(&after), ratio(&before));
    undo(&mut window);
    assert_eq!(plan(&window), before);
}

#[test]
fn a_point_of_a_ramp_is_dragged_as_one_change() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, before) = section(&folder, "Ramp");
    let plot = window.get_by_label_contains("Ramp of Account executive by month of tenure").rect();
    // The plot ends with the axis names: the points are found by dragging up from each height of the fourth month.
    let x = plot.left() + plot.width() * (0.4 + 3.0) / (0.4 + 9.0);
    for step in 1..40_u8 {
        let from = egui::pos2(x, plot.bottom() - f32::from(step) * plot.height() / 40.0);
        drag(&mut window, from, from - vec2(0.0, 25.0));
        if plan(&window) != before {
            break;
        }
    }
    let after = plan(&window);
    let changed: Vec<usize> =
        (0..8).filter(|month| after.roles[0].ramp[*month] != before.roles[0].ramp[*month]).collect();
    assert_eq!(changed, [3], "only the month that was taken hold of");
    assert!(after.roles[0].ramp[3] > before.roles[0].ramp[3]);
    let percent = after.roles[0].ramp[3].exact() * muster::units::Exact::from(100_u32);
    assert_eq!(percent.round(0), percent, "whole per cent");
    undo(&mut window);
    assert_eq!(plan(&window), before);
}

#[test]
fn a_shorter_calendar_says_first_what_it_drops() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, before) = section(&folder, "General");
    window.get_by_label("Change the calendar…").click();
    window.run();
    window.get_by_label("New number of quarters").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(egui::Event::Text("4".to_owned()));
    window.run();
    window.get_by_label_contains("This drops 16 growth hires");
    window.get_by_label("Change").click();
    window.run();
    assert_eq!(plan(&window), before);
    window.get_by_label("Change the calendar?");
    window.get_by_label("Change").click();
    window.run();
    assert_eq!(plan(&window).calendar.quarters, 4);
}

#[test]
fn validation_of_the_whole_plan_is_shown_at_the_cell() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, before) = section(&folder, "General");
    let why = "envelope: min 900 is above max 500";
    type_into(&mut window, "Envelope minimum", "900");
    // The field stays, with the reason under it, and takes a better number.
    window.get_by_label(why);
    assert_eq!(plan(&window), before);
    window.key_press(Key::Escape);
    window.run();
    assert!(window.query_by_label(why).is_none());
    type_into(&mut window, "Envelope minimum", "350");
    assert_eq!(plan(&window).envelope.min, 350);
    // A block is refused whole, with the cells at fault.
    window.get_by_role_and_label(Role::GridCell, "Envelope minimum").click();
    window.run();
    window.event(egui::Event::Paste("900\r\n800\r\n".to_owned()));
    window.run();
    window.get_by_label("Nothing was changed, because of one cell:");
    window.get_by_label(why);
    window.key_press(Key::Enter);
    window.run();
    assert_eq!((plan(&window).envelope.min, plan(&window).envelope.max), (350, 500));
    // What fits only together is taken together.
    window.event(egui::Event::Paste("600\r\n800\r\n".to_owned()));
    window.run();
    assert_eq!((plan(&window).envelope.min, plan(&window).envelope.max), (600, 800));
}

#[test]
fn an_empty_plan_says_in_every_view_what_to_do_next_and_goes_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blank.ron");
    files::write(&path, &Template::by_name("blank").unwrap().plan().unwrap()).unwrap();
    let mut window = window(&path);
    let (targets, hires) = ("State targets", "Type hires");
    let next: [(&str, &[&str]); 5] = [
        ("Plan", &[hires, targets]),
        ("Coverage", &[targets]),
        ("Cost", &[hires]),
        ("Workforce", &[hires]),
        ("Checks", &[targets]),
    ];
    // The inspector, too, says what its coverage waits for.
    assert!(window.query_by_label("Go there").is_some());
    for (view, buttons) in next {
        window.get_by_role_and_label(Role::Button, view).click();
        window.run();
        for button in buttons {
            assert!(window.query_by_label(button).is_some(), "{view}: {button}");
        }
        assert!(window.query_by_label_contains("0.5").is_none(), "{view}: an axis of nothing");
    }
    window.get_by_label("Go there").click();
    window.run();
    window.event(egui::Event::Text("1000".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(plan(&window).targets_in_quarter(0), muster::units::Money::new(1000_u32.into()));
    window.get_by_role_and_label(Role::Button, "Workforce").click();
    window.run();
    window.get_by_label(hires).click();
    window.run();
    window.event(egui::Event::Text("3".to_owned()));
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(plan(&window).hires_in_quarter(0), 3);
    assert!(window.query_by_label(hires).is_none() && window.query_by_label(targets).is_none());
}

#[test]
fn a_currency_that_cannot_be_added_is_told_beside_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, before) = section(&folder, "Currencies");
    window.get_by_label_contains("Add a currency…").click();
    window.run();
    for (text, why) in [("EU", "is no currency code"), ("R", "EUR has a rate already")] {
        window.event(egui::Event::Text(text.to_owned()));
        window.run();
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(plan(&window), before);
        assert!(window.query_by_label_contains(why).is_some(), "{text}");
    }
    window.key_press(Key::Escape);
    window.run();
    assert!(window.query_by_label("Code of the currency").is_none());
}

/// What `LibreOffice` 7.4 puts on the clipboard as text for cells of a sheet: thousands and per cent as they are formatted,
/// quotes as they stand, one line for a row, and a blank for a tab or a new line within a cell.
fn copied(name: &str) -> egui::Event {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/libreoffice").join(name);
    egui::Event::Paste(std::fs::read_to_string(path).unwrap())
}

/// Pastes at a cell of a section of the bundled plan.
fn pasted(section_name: &str, cell: &str, from: &str) -> Plan {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = section(&folder, section_name);
    window.get_by_role_and_label(Role::GridCell, cell).click();
    window.run();
    window.event(copied(from));
    window.run();
    plan(&window)
}

#[test]
fn cells_copied_in_libreoffice_are_pasted() {
    let money = |text: &str| muster::units::Money::new(text.parse().unwrap());
    let targets = pasted("Targets", "US Federal, FY11 Q1", "targets.tsv");
    let of = |region: usize, quarter: usize| targets.target(&targets.regions[region].id, quarter);
    assert_eq!([of(0, 0), of(0, 1)], [money("18500000"), money("12000000.50")]);
    assert_eq!([of(1, 0), of(1, 1)], [money("1234567"), money("0")]);
    let shares = pasted("Regions", "US Federal, Burden rate", "shares.tsv");
    let rates: Vec<String> = shares.regions.iter().take(2).map(|r| r.burden_rate.exact().fixed(3)).collect();
    assert_eq!(rates, ["0.270", "0.255"]);
    let names = pasted("Hiring details", "Account executive, Job code", "names.tsv");
    let of = |role: usize| (names.roles[role].job_code.as_deref(), names.roles[role].job_family.as_deref());
    assert_eq!(of(0), (Some("The \"federal\" desk"), Some("Two lines")));
    assert_eq!(of(1), (Some("a b"), Some("plain")));
}
