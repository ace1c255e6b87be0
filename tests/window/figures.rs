//! Coverage and cost in the window, through its accessibility tree: figures, explanations, charts in words, files.

use std::path::Path;

use crate::harness::{Window, copy_of_the_world, wait_for, window, window_that_picks};
use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::NodeT, kittest::Queryable};
use muster::engine::{Measure, Outcome, Place};
use muster::files;
use muster::units::{Exact, Period};

const MEASURES: [&str; 14] = [
    "Capacity coverage",
    "Quota coverage",
    "Account coverage",
    "Support coverage",
    "Manager coverage",
    "Gap",
    "Target",
    "Capacity",
    "People cost",
    "Total cost",
    "Cost of sale",
    "Closing heads",
    "Market share",
    "Market lead",
];

fn show(window: &mut Harness<'static, Window>, view: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, view);
    window.run();
}

fn click(window: &mut Harness<'static, Window>, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

/// The rows of a CSV file.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).unwrap();
    reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn exact(text: &str) -> Exact {
    text.parse().unwrap_or_else(|error| panic!("\"{text}\" is no figure: {error}"))
}

#[test]
fn a_coverage_in_the_table_is_the_engines_and_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    show(&mut window, Key::Num2);
    let (name, value) = {
        let outcome: &Outcome = window.state().document().outcome();
        let value = |r| outcome.figure(Measure::CapacityCoverage, Place::Region(r), Period::Quarter(1));
        let region = (0..outcome.plan().regions.len()).find(|r| value(*r).is_some_and(|v| !v.is_zero())).unwrap();
        (outcome.plan().regions[region].name.clone(), value(region).unwrap())
    };
    let cell = format!("Capacity coverage, {name}, FY11 Q2");
    let shown = window.get_by_label(&cell).accesskit_node().value().unwrap();
    assert_eq!(exact(&shown), (value * Exact::from(100_u32)).round(1));
    click(&mut window, &cell);
    assert!(window.query_all_by_label_contains(&format!("{name}, FY11 Q2")).count() >= 1);
    assert!(window.query_all_by_label_contains("Capacity ÷ Target").count() >= 1);
}

#[test]
fn every_measure_has_a_table_charts_and_a_map() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    show(&mut window, Key::Num2);
    let mut before = "Capacity coverage";
    for shown in ["Table", "Charts", "Map"] {
        click(&mut window, shown);
        for measure in MEASURES {
            click(&mut window, &format!("Measure: {before}"));
            window.get_all_by_label(measure).last().unwrap().scroll_to_me();
            window.run();
            window.get_all_by_label(measure).last().unwrap().click();
            window.run();
            before = measure;
            let found = match shown {
                "Table" => window.query_all_by_label_contains(&format!("{measure}, ")).count(),
                _ => window.query_all_by_label_contains("Chart: Regions").count(),
            };
            assert!(found > 0, "{shown}, {measure}");
            if shown == "Map" {
                let chart = format!("Chart: {measure}, ");
                assert!(window.query_all_by_label_contains(&chart).count() > 0, "{measure}");
            }
        }
    }
}

#[test]
fn a_chart_is_told_with_its_figures() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    show(&mut window, Key::Num2);
    click(&mut window, "Charts");
    let first = {
        let outcome: &Outcome = window.state().document().outcome();
        let value = outcome.figure(Measure::CapacityCoverage, Place::Plan, Period::Quarter(0)).unwrap();
        (value * Exact::from(100_u32)).fixed(1)
    };
    let words = format!("Chart: Capacity coverage, All regions. Capacity coverage: FY11 Q1 {first} %");
    assert!(window.query_all_by_label_contains(&words).count() == 1, "{words}");
    // Another place: the chart follows.
    let area = window.state().document().plan().areas()[0].to_owned();
    click(&mut window, "Place: All regions");
    click(&mut window, &area);
    assert!(window.query_all_by_label_contains(&format!("Chart: Capacity coverage, {area}. ")).count() == 1);
}

#[test]
fn the_coverage_table_is_saved_with_raw_figures() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("coverage.csv");
    let mut window = window_that_picks(&copy_of_the_world(folder.path()), &file);
    show(&mut window, Key::Num2);
    click(&mut window, "Save table: Capacity coverage");
    window.get_by_label_contains("Save table as CSV…").click();
    save(&mut window, &file);
    let rows = rows(&file);
    let outcome: &Outcome = window.state().document().outcome();
    let (plan, first) = (outcome.plan(), &rows[0]);
    assert_eq!(rows.len(), 2 + plan.areas().len() + plan.regions.len());
    assert_eq!(first[1], "FY11, Q1");
    let whole = outcome.figure(Measure::CapacityCoverage, Place::Plan, Period::Quarter(0)).unwrap();
    assert_eq!((rows[1][0].as_str(), exact(&rows[1][1])), ("All regions", whole));
}

#[test]
fn a_chart_is_saved_as_a_light_picture_without_the_window_and_copied() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("coverage.png");
    let mut window = window_that_picks(&copy_of_the_world(folder.path()), &file);
    window.ctx.set_theme(egui::ThemePreference::Dark);
    window.run();
    click(&mut window, "Save chart: Capacity against target");
    window.get_by_label_contains("Save as picture…").click();
    save(&mut window, &file);
    let decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(&file).unwrap()));
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!((info.width, pixels[..4].to_vec()), (1920, vec![255; 4]));
    click(&mut window, "Save chart: Capacity against target");
    window.get_by_label_contains("Copy as picture").click();
    wait_for(&mut window, "Copied the picture of Capacity against target");
}

#[test]
fn every_column_of_the_cost_tables_foots_to_the_cent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cost.csv");
    let mut window = window_that_picks(&copy_of_the_world(folder.path()), &file);
    show(&mut window, Key::Num3);
    for down in ["Lines", "Roles", "Regions"] {
        click(&mut window, down);
        click(&mut window, &format!("Save table: Cost, {down}"));
        window.get_by_label_contains("Save table as CSV…").click();
        save(&mut window, &file);
        let rows = rows(&file);
        std::fs::remove_file(&file).unwrap();
        let total = rows.iter().find(|r| r[0] == "Total cost").unwrap();
        let sums = ["People cost", "Programme cost"];
        let areas = window.state().document().plan().areas().iter().map(|a| (*a).to_owned()).collect::<Vec<_>>();
        let end = rows.iter().position(|r| r[0] == "Total cost").unwrap();
        for column in 1..total.len() {
            let all = |keep: &dyn Fn(&str) -> bool| -> Exact {
                rows[1..end].iter().filter(|r| keep(&r[0])).map(|r| exact(&r[column])).sum()
            };
            let is_sum =
                |name: &str| if down == "Regions" { areas.iter().any(|a| a == name) } else { sums.contains(&name) };
            assert!(exact(&total[column]) > Exact::ZERO);
            assert_eq!(all(&|name| is_sum(name)), exact(&total[column]), "{down}, column {column}");
            // Roles leave programme cost whole; lines and regions have parts below every sum.
            let parts = all(&|name| !is_sum(name) || (down == "Roles" && name == "Programme cost"));
            assert_eq!(parts, exact(&total[column]), "{down}, column {column}");
        }
    }
}

#[test]
fn cost_explains_itself_down_to_the_months_of_a_cell() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    show(&mut window, Key::Num3);
    click(&mut window, "Base pay, All regions, FY11");
    assert!(window.query_all_by_label_contains("Base pay FY11 Q1").count() > 0);
    click(&mut window, "Expansion");
    assert!(window.query_all_by_label_contains("Payback: ").count() > 0);
    let chart = window.query_all_by_label_contains("Chart: What the expansion adds, All regions. ").count();
    assert_eq!(chart, 1);
}

#[test]
fn a_plan_without_targets_or_hires_shows_every_tab() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("blank.ron");
    files::write(&path, &files::Template::by_name("blank").unwrap().plan().unwrap()).unwrap();
    let mut window = window(&path);
    show(&mut window, Key::Num2);
    for tab in ["Charts", "Map", "Table"] {
        click(&mut window, tab);
    }
    show(&mut window, Key::Num3);
    for tab in ["Roles", "Regions", "Expansion", "Lines"] {
        click(&mut window, tab);
    }
    assert!(window.query_all_by_label_contains("Total cost, All regions, ").count() > 0);
}

/// Has the file dialog answer, and the file written.
fn save(window: &mut Harness<'static, Window>, file: &Path) {
    window.run();
    click(window, "Browse…");
    wait_for(window, "Wrote ");
    assert!(file.exists(), "nothing has been written");
}

#[test]
fn a_chart_is_read_and_used_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(&copy_of_the_world(folder.path()));
    let chart = "Chart: Capacity against target, All regions. ";
    let focus = |window: &mut Harness<'static, Window>, chart: &str| {
        window.query_all_by_label_contains(chart).next().unwrap().focus();
        window.run();
    };
    let press = |window: &mut Harness<'static, Window>, keys: &[Key]| {
        for key in keys {
            window.key_press(*key);
            window.run();
        }
    };
    focus(&mut window, chart);
    let hint = "Arrow keys go from value to value, Enter opens one";
    assert!(window.query_by_label(hint).is_some());
    press(&mut window, &[Key::ArrowRight, Key::ArrowRight, Key::ArrowDown]);
    let outcome = std::sync::Arc::clone(window.state().document().outcome());
    let target = outcome.figure(Measure::Target, Place::Plan, Period::Quarter(1)).unwrap();
    let told = window.query_by_label_contains("FY11 Q2, Target: ").unwrap().accesskit_node().label().unwrap();
    let written: String = told.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    assert!(written.contains(&target.fixed(0)), "{told}");
    assert!(told.contains(" USD. Chart: "), "{told}");
    // Enter explains it, as a click does.
    press(&mut window, &[Key::Enter]);
    assert!(window.query_all_by_label("All regions, FY11 Q2").count() > 0);
    // Tab leaves the chart.
    press(&mut window, &[Key::Tab]);
    assert!(window.query_by_label(hint).is_none());
    // Of what lies down, down is the next; Enter looks at the region.
    show(&mut window, Key::Num2);
    click(&mut window, "Charts");
    focus(&mut window, "Chart: Regions, ");
    press(&mut window, &[Key::ArrowDown, Key::ArrowDown, Key::Enter]);
    let told = window.query_by_label_contains(". Chart: Regions, ").unwrap().accesskit_node().label().unwrap();
    let region = told.split(',').next().unwrap().to_owned();
    let place = window.state().document().plan().regions.iter().position(|r| r.name == region);
    assert!(place.is_some(), "{told}");
    assert!(window.query_all_by_label(&format!("{region}, FY11 Q2")).count() > 0, "{told}");
}
