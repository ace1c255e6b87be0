//! The reason of a gap in the window: reached from the views that show gaps, in words, with the hires that would close it.

use crate::harness::{Window, copy_of_the_world, wait_for, window};
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable};
use muster::analysis::{GapBreakdown, GapCause, PlainNumbers, Progress, finding_sentence, gap_breakdown};
use muster::engine::{Finding, FindingKind, Place};
use muster::units::{Money, Period};

fn show(window: &mut Harness<'static, Window>, view: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, view);
    window.run();
}

fn count(window: &Harness<'static, Window>, text: &str) -> usize {
    window.query_all_by_label_contains(text).count()
}

/// A sentence as the window shows it: a figure and its unit stay in one line.
fn sentence(text: &str) -> String {
    text.replace(" %", "\u{a0}%").replace(" M", "\u{a0}M")
}

fn wait(window: &mut Harness<'static, Window>, text: &str) {
    wait_for(window, &sentence(text));
}

/// Scrolls to what has this label in the inspector, and clicks it.
fn click(window: &mut Harness<'static, Window>, label: &str) {
    let found = window.query_all_by_label_contains(label).last();
    found.unwrap_or_else(|| panic!("{label} is not there")).scroll_to_me();
    window.run();
    window.query_all_by_label_contains(label).last().unwrap().click();
    window.run();
}

fn breakdown(window: &Harness<'static, Window>, region: &str, period: Period) -> (Place, GapBreakdown) {
    let outcome = window.state().document().outcome();
    let place = Place::Region(outcome.plan().region_index(region).unwrap());
    (place, gap_breakdown(outcome, place, period, &Progress::default()).unwrap().unwrap())
}

/// An amount as the window writes it.
fn millions(amount: Money) -> String {
    let amount = amount.exact() / muster::units::Exact::from(1_000_000_u32);
    format!("{} M", amount.grouped(1).replace('-', "−"))
}

#[test]
fn a_cell_of_the_coverage_table_gives_its_reason_and_the_hires_that_close_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    show(&mut window, Key::Num2);
    let year = Period::Year(0);
    let (place, us) = breakdown(&window, "us-fed", year);
    window.get_by_label("Capacity coverage, US Federal, FY11").click();
    wait(&mut window, "US Federal misses FY11 by 14.6 M (62.4 %)");
    let said = format!("{} because sellers reach 83 % of quota", millions(us.part(GapCause::Attainment)));
    assert_eq!(count(&window, &sentence(&said)), 1, "{said}");
    for (cause, change) in us.losses() {
        assert_eq!(count(&window, &format!("{}: {}", cause.title(), millions(change))), 1, "{cause:?}");
    }
    assert_eq!(count(&window, &format!("Target: {}", millions(us.target))), 1);
    wait(&mut window, "would close it, for");
    let hires = |window: &Harness<'static, Window>| window.state().document().plan().hires.clone();
    let before = hires(&window);
    click(&mut window, "Apply the hires that close the gap");
    wait(&mut window, "US Federal covers FY11 with");
    let outcome = window.state().document().outcome();
    assert!(outcome.rollup(place, year).unwrap().gap() <= Money::ZERO);
    assert_ne!(hires(&window), before);
    assert_eq!(count(&window, "would close it, for"), 0, "there is no gap any more");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    wait(&mut window, "US Federal misses FY11 by 14.6 M");
    assert_eq!(hires(&window), before);
}

#[test]
fn the_inspector_names_the_regions_that_miss_most_and_leads_to_their_reasons() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    wait(&mut window, "The plan misses FY11 by 94.3 M (83.1 %)");
    assert_eq!(count(&window, "the people planned would be enough otherwise"), 1);
    let outcome = window.state().document().outcome();
    let gap = |r: usize| outcome.rollup(Place::Region(r), Period::Year(0)).unwrap().gap();
    let worst = (0..outcome.plan().regions.len()).max_by_key(|r| gap(*r)).unwrap();
    let (name, missed) = (outcome.place_name(Place::Region(worst)), millions(gap(worst)));
    assert_eq!(count(&window, "would close it, for"), 0, "of many regions only once it is asked for");
    window.get_by_label(&format!("Why {name} misses by {missed}")).click();
    wait(&mut window, &format!("{name} misses FY11 by {missed}"));
    window.get_by_label("Back to the figure before").click();
    wait(&mut window, "The plan misses FY11 by 94.3 M");
    click(&mut window, "Find hires that close it");
    wait(&mut window, "would close it, for");
}

#[test]
fn a_finding_and_the_finder_lead_to_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run();
    window.event(egui::Event::Text("why us fed".to_owned()));
    window.run();
    window.get_by_label("Why US Federal misses FY11").click();
    wait(&mut window, "US Federal misses FY11 by 14.6 M");
    show(&mut window, Key::Num8);
    let (place, quarter) = breakdown(&window, "us-fed", Period::Quarter(0));
    let is_it = |f: &&Finding| (f.kind, f.place, f.period) == (FindingKind::CapacityCoverage, place, quarter.period);
    let finding = *window.state().document().findings().iter().find(is_it).unwrap();
    let said = finding_sentence(window.state().document().outcome(), &finding, &PlainNumbers);
    window.get_by_label("Search findings").focus();
    window.run();
    window.event(egui::Event::Text(said.replace([',', ':', ';'], " ")));
    window.run();
    window.get_by_label(&format!("What to do: {said}")).click();
    wait(&mut window, &format!("US Federal misses FY11 Q1 by {}", millions(quarter.gap())));
}

#[test]
fn names_in_the_tree_are_never_cut() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    show(&mut window, Key::Num2);
    window.get_by_label("Capacity coverage, US Federal, FY11 Q1").click();
    window.run();
    // What comes later would move the lines.
    wait(&mut window, "Hires alone cannot close it");
    for label in ["Capacity: 2,855,433.27", "2010-07: ", "Account executive: ", "Support factor: "] {
        click(&mut window, label);
    }
    let height = |label: &str| window.query_all_by_label_contains(label).last().unwrap().rect().height();
    let (short, long) = (height("Linearity: "), height("Unsupported productivity, Technical specialist: "));
    assert!(long > short + 10.0, "a long name goes on in the next line: {long} and {short}");
}

#[test]
fn another_plan_has_a_reason_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    wait(&mut window, "The plan misses FY11 by 94.3 M");
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run();
    window.get_by_label_contains("us-public-sector-fy11").click();
    window.run();
    assert_eq!(count(&window, &sentence("by 94.3 M")), 0);
    let outcome = window.state().document().outcome().clone();
    let gap = outcome.rollup(Place::Plan, Period::Year(0)).unwrap().gap();
    wait(&mut window, &format!("The plan misses FY11 by {}", millions(gap)));
}
