//! Printing: what a view shows as a PDF, with its figures, in light colours, and nothing of the window in it.

use std::fs;
use std::path::Path;

use egui::{Key, Modifiers, ThemePreference};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use lopdf::Document as Pdf;
use muster::engine::{Measure, Place};
use muster::units::{Exact, Period};

use crate::harness::{Window, copy_of_the_world, wait_for, window_that_picks};
use crate::pdf::pages;

fn press(window: &mut Harness<'static, Window>, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run();
}

/// Prints the view into a file; gives the text of its pages.
fn printed(window: &mut Harness<'static, Window>, file: &Path) -> Vec<String> {
    press(window, Key::P);
    window.run();
    window.get_by_label("Browse…").click();
    window.run();
    wait_for(window, "Wrote ");
    let bytes = fs::read(file).unwrap();
    fs::remove_file(file).unwrap();
    pages(&bytes)
}

#[test]
fn a_view_is_printed_with_its_table_chart_and_plan() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("view.pdf");
    let mut window = window_that_picks(&copy_of_the_world(folder.path()), &file);
    let text = printed(&mut window, &file).join(" ");
    let plan = window.state().document().plan().clone();
    let total = plan.hires_in_year(0).to_string();
    for words in ["Plan", &plan.name, "Base plan", "currency USD", "Capacity against target", &total, "Page 1 of"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    for area in plan.areas() {
        assert!(text.contains(area), "{area}: {text}");
    }
    for chrome in ["Undo", "Assumptions", "Where it comes from", "to decide", "Autosaved"] {
        assert!(!text.contains(chrome), "{chrome}: {text}");
    }
    press(&mut window, Key::Num2);
    let text = printed(&mut window, &file).join(" ");
    let outcome = window.state().document().outcome().clone();
    for (r, region) in plan.regions.iter().enumerate() {
        let share = outcome.figure(Measure::CapacityCoverage, Place::Region(r), Period::Quarter(1));
        let Some(share) = share else { continue };
        let figure = (share * Exact::from(100_u32)).fixed(1);
        assert!(text.contains(&region.name) && text.contains(&figure), "{} {figure}: {text}", region.name);
    }
}

#[test]
fn every_view_is_printed_and_a_long_table_repeats_its_headings() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("view.pdf");
    let mut window = window_that_picks(&copy_of_the_world(folder.path()), &file);
    for (key, view) in [
        (Key::Num1, "Plan"),
        (Key::Num2, "Coverage"),
        (Key::Num3, "Cost"),
        (Key::Num4, "Workforce"),
        (Key::Num5, "Positions"),
        (Key::Num7, "Assumptions"),
        (Key::Num8, "Checks"),
    ] {
        press(&mut window, key);
        let pages = printed(&mut window, &file);
        let count = pages.len();
        assert!(pages[0].starts_with(view) || pages[0].contains(&format!(" {view} ")), "{view}: {}", pages[0]);
        for (index, page) in pages.iter().enumerate() {
            assert!(page.ends_with(&format!("Page {} of {count}", index + 1)), "{view}: {page}");
        }
        if view == "Positions" {
            // The chart stands at the end, on a page of its own.
            let tables = pages.iter().filter(|page| page.contains("Position Title Opens Starts")).count();
            assert!(count > 5 && tables + 1 >= count, "{tables} of {count}: {}", pages[1]);
        }
    }
}

#[test]
fn what_is_printed_of_a_dark_window_is_light() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("view.pdf");
    let mut window = window_that_picks(&copy_of_the_world(folder.path()), &file);
    press(&mut window, Key::Num2);
    let fills = |window: &mut Harness<'static, Window>, theme: ThemePreference| {
        window.ctx.set_theme(theme);
        window.run();
        press(window, Key::P);
        window.run();
        window.get_by_label("Browse…").click();
        window.run();
        wait_for(window, "Wrote ");
        let pdf = Pdf::load(&file).unwrap();
        let of = |page| pdf.get_and_decode_page_content(page).unwrap().operations;
        let all = pdf.get_pages().into_values().flat_map(of);
        all.filter(|o| ["rg", "scn", "sc", "g"].contains(&o.operator.as_str()))
            .map(|o| format!("{o:?}"))
            .collect::<Vec<_>>()
    };
    let light = fills(&mut window, ThemePreference::Light);
    assert!(light.len() > 20);
    assert_eq!(fills(&mut window, ThemePreference::Dark), light);
}
