//! The hiring grid cannot be hurt by typing on: keys, pastes and fills go over inputs, and totals change only when that
//! is asked for.

use crate::sheet::Desk;
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use muster::plan::Plan;

impl Desk {
    /// Types texts, each with the key that ends it.
    fn types(&mut self, typed: &[(&str, Key)]) {
        for (text, key) in typed {
            self.text(text);
            self.key(*key);
        }
    }

    /// The first region's hires of a role, by quarter.
    fn row(&self, role: usize) -> [u32; 8] {
        std::array::from_fn(|quarter| self.hires(role, quarter))
    }

    /// The total of the first region in a quarter, as a cell.
    fn region_cell(&self, quarter: usize) -> String {
        format!("{}, FY11 Q{}", self.plan().regions[0].name, quarter + 1)
    }

    /// Other places than the first region.
    fn elsewhere(&self) -> Vec<u64> {
        let plan = self.plan();
        let regions = plan.regions.iter().skip(1);
        regions.flat_map(|r| (0..8).map(|q| plan.hires_in_region(&r.id, q)).collect::<Vec<_>>()).collect()
    }

    /// The name of the cell that the keyboard is on.
    pub(crate) fn cursor(&self) -> String {
        let grid = self.window.get_by_role_and_label(Role::Grid, "hiring grid");
        let cell = grid.accesskit_node().data().active_descendant();
        let cells = self.window.query_all_by_role(Role::GridCell);
        let cell = cells.into_iter().find(|c| Some(c.accesskit_node().locate().0) == cell);
        cell.and_then(|c| c.accesskit_node().label()).unwrap_or_default()
    }
}

/// The row of a role as it was, with some quarters changed.
fn changed(before: [u32; 8], to: &[(usize, u32)]) -> [u32; 8] {
    let mut row = before;
    for (quarter, hires) in to {
        row[*quarter] = *hires;
    }
    row
}

#[test]
fn tab_passes_over_the_total_of_a_year() {
    let mut desk = Desk::new();
    let before = desk.row(0);
    desk.click(&desk.cell(0, 2));
    desk.types(&[("9", Key::Tab), ("8", Key::Tab), ("7", Key::Tab), ("6", Key::Enter)]);
    assert_eq!(desk.row(0), changed(before, &[(2, 9), (3, 8), (4, 7), (5, 6)]));
    // Enter goes on in the column in which the run began, and back again.
    let second = desk.row(1);
    desk.types(&[("5", Key::Tab), ("4", Key::Tab), ("3", Key::Enter)]);
    assert_eq!(desk.row(1), changed(second, &[(2, 5), (3, 4), (4, 3)]));
}

#[test]
fn enter_passes_over_regions_and_what_follows_the_last_input_refuses() {
    let mut desk = Desk::new();
    // The second region unfolded, too: its roles come after its own row.
    let second = desk.plan().regions[1].clone();
    desk.click(&format!("{}, FY11 Q1", second.name));
    desk.key(Key::Space);
    let before = desk.plan();
    desk.click(&desk.cell(5, 0));
    desk.types(&[("5", Key::Enter), ("4", Key::Enter)]);
    let plan = desk.plan();
    let role = |k: usize| &plan.roles[k].id;
    assert_eq!((desk.hires(5, 0), plan.hires(&second.id, role(0), 0)), (5, 4));
    for k in 1..6 {
        assert_eq!(plan.hires(&second.id, role(k), 0), before.hires(&second.id, role(k), 0));
    }
    // Below the last role there are folded regions alone: the total of the next takes nothing.
    let third = plan.regions[2].clone();
    for _ in 0..4 {
        desk.key(Key::Enter);
    }
    desk.types(&[("1", Key::Enter)]);
    let last = desk.plan();
    assert_eq!(desk.cursor(), format!("{}, FY11 Q1", third.name));
    desk.types(&[("9", Key::Enter)]);
    assert_eq!(desk.plan(), last, "a total takes nothing that is typed on");
    desk.window.get_by_label_contains("is a total; F2 or a double click changes it");
}

#[test]
fn typing_on_at_the_end_of_a_row_meets_a_total_that_refuses() {
    let mut desk = Desk::new();
    let name = format!("{}, {}, FY12 Q4", desk.plan().regions[0].name, desk.plan().roles[0].name);
    let before = desk.row(0);
    desk.click(&name);
    desk.types(&[("9", Key::Tab), ("8", Key::Tab), ("7", Key::Tab)]);
    assert_eq!(desk.row(0), changed(before, &[(7, 9)]));
}

#[test]
fn a_total_is_changed_by_f2_and_by_its_pencil_and_not_by_typing() {
    let mut desk = Desk::new();
    let before = desk.plan();
    let region = before.regions[0].id.clone();
    desk.click(&desk.region_cell(0));
    desk.text("7");
    desk.key(Key::Delete);
    desk.event(Event::Paste("7".to_owned()));
    assert!(desk.window.query_all_by_label_contains("is a total").next().is_some());
    desk.click("Close");
    assert_eq!(desk.plan(), before);
    desk.key(Key::F2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.types(&[("20", Key::Enter)]);
    assert_eq!(desk.plan().hires_in_region(&region, 0), 20);
    // Its pencil shows where the cursor is.
    let name = desk.region_cell(0);
    desk.click(&desk.region_cell(0));
    let cell = desk.window.get_by_role_and_label(Role::GridCell, &name).rect();
    let pencil = cell.left_center() + egui::vec2(7.0, 0.0);
    for event in [true, false].map(|pressed| Event::PointerButton {
        pos: pencil,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    }) {
        desk.window.event(Event::PointerMoved(pencil));
        desk.window.event(event);
    }
    desk.window.run();
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.types(&[("30", Key::Enter)]);
    assert_eq!(desk.plan().hires_in_region(&region, 0), 30);
}

#[test]
fn eight_quarters_paste_over_two_years_and_a_block_over_regions() {
    let mut desk = Desk::new();
    let elsewhere = desk.elsewhere();
    desk.click(&desk.cell(0, 0));
    desk.event(Event::Paste("1\t2\t3\t4\t5\t6\t7\t8\n0\t0\t0\t0\t0\t0\t0\t0\n".to_owned()));
    assert_eq!((desk.row(0), desk.row(1)), ([1, 2, 3, 4, 5, 6, 7, 8], [0; 8]));
    assert_eq!(desk.elsewhere(), elsewhere);
    // Out of the grid with its totals, and in again a row further down.
    desk.click(&desk.cell(0, 0));
    (0..9).for_each(|_| desk.keys(Modifiers::SHIFT, Key::ArrowRight));
    let copied = desk.copy().unwrap();
    assert_eq!(copied, "1\t2\t3\t4\t10\t5\t6\t7\t8\t26");
    desk.click(&desk.cell(2, 0));
    desk.event(Event::Paste(copied));
    assert_eq!(desk.row(2), [1, 2, 3, 4, 5, 6, 7, 8]);
    // A part of it: its total belongs to no quarter.
    desk.click(&desk.cell(0, 3));
    desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    let copied = desk.copy().unwrap();
    assert_eq!(copied, "4\t10");
    let before = desk.row(3);
    desk.click(&desk.cell(3, 3));
    desk.event(Event::Paste(copied));
    assert_eq!(desk.row(3), changed(before, &[(3, 4)]));
    // With totals that another program has worked out.
    desk.click(&desk.cell(4, 0));
    desk.event(Event::Paste("2\t2\t2\t2\t8\t1".to_owned()));
    assert_eq!(desk.row(4)[..5], [2, 2, 2, 2, 1]);
}

#[test]
fn a_value_fills_the_inputs_of_a_selection_with_totals_in_it() {
    let mut desk = Desk::new();
    let elsewhere = desk.elsewhere();
    desk.click(&desk.region_cell(2));
    (0..3).for_each(|_| desk.keys(Modifiers::SHIFT, Key::ArrowRight));
    (0..2).for_each(|_| desk.keys(Modifiers::SHIFT, Key::ArrowDown));
    // From the region's own row on: three quarters, two roles, and totals.
    let before = desk.row(0);
    desk.key(Key::Delete);
    assert_eq!(desk.row(0), changed(before, &[(2, 0), (3, 0), (4, 0)]));
    desk.click(&desk.cell(0, 2));
    desk.text("6");
    desk.key(Key::Enter);
    desk.click(&desk.cell(0, 2));
    (0..3).for_each(|_| desk.keys(Modifiers::SHIFT, Key::ArrowRight));
    desk.keys(Modifiers::COMMAND, Key::R);
    assert_eq!(desk.row(0), changed(before, &[(2, 6), (3, 6), (4, 6)]));
    // The first role is not filled from the region above it.
    let row = desk.row(0);
    desk.click(&desk.cell(0, 0));
    desk.keys(Modifiers::COMMAND, Key::D);
    assert_eq!(desk.row(0), row);
    assert_eq!(desk.elsewhere(), elsewhere);
}

#[test]
fn a_cell_without_pay_looks_so_says_why_and_is_passed_over() {
    let without = |plan: &mut Plan| {
        let (region, role) = (plan.regions[0].id.clone(), plan.roles[1].id.clone());
        if let Some(pay) = plan.pay.get_mut(&region) {
            pay.remove(&role);
        }
        if let Some(hires) = plan.hires.get_mut(&region) {
            hires.remove(&role);
        }
        plan.baseline.retain(|b| b.region != region || b.role != role);
    };
    let mut desk = Desk::with(without);
    let before = desk.plan();
    desk.click(&desk.cell(1, 0));
    desk.types(&[("7", Key::Enter)]);
    desk.key(Key::F2);
    assert_eq!(desk.plan(), before);
    let why = format!("{} has no pay in {}", before.roles[1].name, before.regions[0].name);
    assert!(desk.window.query_all_by_label_contains(&why).next().is_some());
    let name = desk.cell(1, 0);
    let cell = desk.window.get_by_role_and_label(Role::GridCell, &name);
    assert!(cell.accesskit_node().data().is_read_only());
    assert!(cell.accesskit_node().data().description().is_some_and(|d| d.contains(&why)));
    // Enter passes over it; a paste counts its row, and refuses people in it.
    desk.click(&desk.cell(0, 0));
    desk.types(&[("4", Key::Enter), ("6", Key::Enter)]);
    assert_eq!((desk.hires(0, 0), desk.hires(1, 0), desk.hires(2, 0)), (4, 0, 6));
    desk.click(&desk.cell(0, 1));
    desk.event(Event::Paste("1\n0\n3\n".to_owned()));
    assert_eq!((desk.hires(0, 1), desk.hires(1, 1), desk.hires(2, 1)), (1, 0, 3));
    desk.event(Event::Paste("1\n2\n3\n".to_owned()));
    desk.window.get_by_label("The cells cannot be pasted");
    assert!(desk.window.query_all_by_label_contains(&why).next().is_some());
}

#[test]
fn a_cell_works_out_what_is_typed() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    desk.types(&[("=5+3", Key::Enter)]);
    assert_eq!(desk.hires(0, 0), 8);
    desk.click(&desk.cell(0, 0));
    desk.types(&[("+2", Key::Enter)]);
    assert_eq!(desk.hires(0, 0), 10);
    desk.click(&desk.cell(0, 0));
    desk.types(&[("*1.1", Key::Enter)]);
    assert_eq!(desk.hires(0, 0), 11);
    // Each of a selection from its own number; a total by what it adds up.
    desk.click(&desk.cell(0, 0));
    desk.keys(Modifiers::SHIFT, Key::ArrowDown);
    let second = desk.hires(1, 0);
    desk.text("+1");
    desk.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!((desk.hires(0, 0), desk.hires(1, 0)), (12, second + 1));
    let region = desk.plan().regions[0].id.clone();
    let total = desk.plan().hires_in_region(&region, 0);
    desk.click(&desk.region_cell(0));
    desk.key(Key::F2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.types(&[("*2", Key::Enter)]);
    assert_eq!(desk.plan().hires_in_region(&region, 0), total * 2);
    let before = desk.plan();
    desk.click(&desk.cell(0, 0));
    desk.types(&[("=5+", Key::Enter)]);
    desk.window.get_by_label_contains("=5+ cannot be worked out");
    desk.key(Key::Escape);
    assert_eq!(desk.plan(), before);
}

/// The title of the explained figure's place and period in the inspector.
fn explained(desk: &Desk, what: &str) -> bool {
    desk.window.query_all_by_label(what).next().is_some()
}

#[test]
fn the_status_line_counts_filled_cells_and_shows_percentages_as_such() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    desk.event(Event::Paste("3\t1\t0\t0".to_owned()));
    desk.window.get_by_label("Sum 4   Average 2   Count 2");
    let region = desk.plan().regions[0].name.clone();
    desk.click(&format!("Capacity coverage, {region}, FY11 Q1"));
    desk.keys(Modifiers::SHIFT, Key::ArrowRight);
    desk.window.get_by_label_contains(" %   Count 2");
    assert!(desk.window.query_all_by_label_contains("Sum ").next().is_none());
}

#[test]
fn the_inspector_comes_by_a_key_and_follows_the_arrows() {
    let mut desk = Desk::new();
    desk.keys(Modifiers::COMMAND, Key::I);
    let region = desk.plan().regions[0].name.clone();
    desk.click(&desk.cell(0, 0));
    let of = |quarter: usize| format!("{region}, FY11 Q{quarter}");
    let inspected = |desk: &Desk, quarter: usize| {
        // Once as a cell of the grid, and once in the inspector.
        desk.window.query_all_by_label(&of(quarter)).count() == 2
    };
    assert!(!explained(&desk, "Where it comes from") && !inspected(&desk, 1));
    desk.keys(Modifiers::COMMAND, Key::E);
    assert!(explained(&desk, "Where it comes from") && inspected(&desk, 1));
    desk.key(Key::ArrowRight);
    assert!(inspected(&desk, 2));
}

#[test]
fn cells_are_copied_with_their_headings() {
    let mut desk = Desk::new();
    let plan = desk.plan();
    desk.click(&desk.cell(0, 0));
    desk.event(Event::Paste("3\t4\n5\t6".to_owned()));
    let (key, modifiers) = (Key::C, Modifiers::COMMAND | Modifiers::SHIFT);
    desk.window.event(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
    desk.window.step();
    let commands = desk.window.output().platform_output.commands.clone();
    let text = |c| if let egui::OutputCommand::CopyText(text) = c { Some(text) } else { None };
    let copied = commands.into_iter().find_map(text);
    let expected = format!(
        "\"Area, region, role\"\tGrowth hires, Q1\tGrowth hires, Q2\n{}\t3\t4\n{}\t5\t6",
        plan.roles[0].name, plan.roles[1].name
    );
    assert_eq!(copied.as_deref(), Some(expected.replace('"', "").as_str()));
}

#[test]
fn undo_puts_the_cursor_where_it_was() {
    let mut desk = Desk::new();
    let (first, other) = (desk.cell(0, 0), desk.cell(3, 2));
    desk.click(&first);
    desk.types(&[("9", Key::Enter)]);
    desk.click(&other);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.cursor(), first);
    desk.click(&other);
    desk.keys(Modifiers::COMMAND, Key::Y);
    assert_eq!(desk.cursor(), first);
    assert_eq!(desk.hires(0, 0), 9);
    // Also where rows have been folded away above it since.
    desk.click(&desk.cell(1, 1));
    desk.types(&[("9", Key::Enter)]);
    let name = desk.cell(1, 1);
    desk.click(&desk.region_cell(0));
    desk.key(Key::Space);
    desk.key(Key::Space);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.cursor(), name);
}

#[test]
fn headline_figures_and_the_regions_cost_show_old_and_new_while_something_is_typed() {
    let mut desk = Desk::new();
    desk.click(&desk.cell(0, 0));
    assert!(desk.window.query_all_by_label_contains("→").next().is_none());
    desk.text("9");
    let costs: Vec<String> = desk
        .window
        .query_all_by_label_contains("→")
        .map(|node| node.accesskit_node().label().or(node.accesskit_node().value()).unwrap_or_default())
        .collect();
    assert!(
        costs.iter().any(|c| c.starts_with("Total cost FY11") && c.contains(" → ") && c.contains(", +")),
        "{costs:?}"
    );
    assert!(costs.iter().any(|c| c.starts_with("Growth hires FY11") && c.contains("+6")), "{costs:?}");
    let region = format!("{}, FY11 Q1: total cost", desk.plan().regions[0].name);
    assert!(costs.iter().any(|c| c.starts_with(&region)), "{costs:?}");
    desk.key(Key::Escape);
    assert!(desk.window.query_all_by_label_contains("→").next().is_none());
}

#[test]
fn the_chart_and_the_grid_follow_what_is_looked_at() {
    let mut desk = Desk::new();
    let plan = desk.plan();
    let (first, third) = (plan.regions[0].name.clone(), plan.regions[2].name.clone());
    desk.click(&desk.cell(0, 0));
    // The finder goes to a region: the chart shows it.
    desk.keys(Modifiers::COMMAND, Key::K);
    desk.text(&third);
    desk.key(Key::Enter);
    assert_eq!(desk.cursor(), format!("{third}, FY11 Q1"));
    assert!(desk.window.query_all_by_label_contains(&format!("{third}, FY11 Q1: total cost")).next().is_some());
    // What is selected in Coverage is selected in Plan.
    desk.keys(Modifiers::COMMAND, Key::Num2);
    desk.click(&format!("Capacity coverage, {first}, FY11 Q3"));
    desk.keys(Modifiers::COMMAND, Key::Num1);
    assert_eq!(desk.cursor(), format!("{first}, FY11 Q3"));
}

#[test]
fn keys_of_the_window_do_what_they_say() {
    let mut desk = Desk::new();
    let before = desk.plan();
    desk.click(&desk.cell(0, 0));
    for event in [
        Event::Key {
            key: Key::Questionmark,
            physical_key: Some(Key::Slash),
            pressed: true,
            repeat: false,
            modifiers: Modifiers::SHIFT,
        },
        Event::Text("?".to_owned()),
    ] {
        desk.window.event(event);
    }
    desk.window.run();
    assert!(desk.window.query_all_by_label("Keyboard shortcuts").next().is_some());
    desk.key(Key::Escape);
    assert!(desk.window.query_by_label_contains("is no number").is_none());
    // The grid has the keyboard again.
    desk.types(&[("7", Key::Enter)]);
    assert_eq!(desk.hires(0, 0), 7);
    desk.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(desk.plan(), before);
    desk.window.ctx.set_zoom_factor(1.5);
    desk.window.run();
    desk.keys(Modifiers::COMMAND, Key::Num0);
    assert!((desk.window.ctx.zoom_factor() - 1.0).abs() < 0.001);
    // The finder knows themes, zoom and the clipboard by their names, before any finding.
    let find = |desk: &mut Desk, text: &str| {
        desk.keys(Modifiers::COMMAND, Key::K);
        desk.text(text);
        desk.key(Key::Enter);
    };
    find(&mut desk, "dark");
    assert_eq!(desk.window.ctx.theme(), egui::Theme::Dark);
    find(&mut desk, "light");
    assert_eq!(desk.window.ctx.theme(), egui::Theme::Light);
    find(&mut desk, "zoom");
    assert!(desk.window.ctx.zoom_factor() > 1.0);
    desk.click(&desk.cell(0, 0));
    find(&mut desk, "copy");
    desk.window.get_by_label("Copied 1 cell");
}

#[test]
fn a_region_is_renamed_by_its_button() {
    let mut desk = Desk::new();
    desk.keys(Modifiers::COMMAND, Key::Num7);
    desk.click("Regions");
    let plan = desk.plan();
    let cell = format!("{}, Area", plan.regions[1].name);
    desk.click(&cell);
    desk.window.get_by_label_contains("Rename").click();
    desk.window.run();
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.types(&[("New name", Key::Enter)]);
    assert_eq!(desk.plan().regions[1].name, "New name");
}

#[test]
fn a_text_is_found_in_the_table() {
    let mut desk = Desk::new();
    let plan = desk.plan();
    desk.click(&desk.cell(0, 0));
    desk.keys(Modifiers::COMMAND, Key::F);
    let (japan, china) = (&plan.regions[9].name, &plan.regions[10].name);
    desk.text(japan);
    assert_eq!(desk.cursor(), format!("{japan}, FY11 Q1"));
    desk.window.get_by_label("1 of 1");
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.text(&plan.roles[1].name);
    desk.key(Key::Enter);
    assert_eq!(desk.cursor(), desk.cell(1, 0));
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.text("no such thing");
    desk.window.get_by_label("Not in this table");
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.text(china);
    // Back in the table where it was found; what is typed is for the table again.
    desk.key(Key::Escape);
    desk.key(Key::F2);
    desk.keys(Modifiers::COMMAND, Key::A);
    desk.types(&[("31", Key::Enter)]);
    assert_eq!(desk.plan().hires_in_region(&plan.regions[10].id, 0), 31);
}

#[test]
fn columns_are_made_wider_by_the_mouse() {
    let mut desk = Desk::new();
    let heading = |desk: &Desk| {
        let headings = desk.window.query_all_by_role_and_label(Role::ColumnHeader, "Growth hires, Q1");
        headings.into_iter().next().unwrap().rect()
    };
    let before = heading(&desk);
    let edge = before.right_center();
    let button = |pressed| Event::PointerButton {
        pos: edge + egui::vec2(if pressed { 0.0 } else { 30.0 }, 0.0),
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    desk.event(Event::PointerMoved(edge));
    desk.event(button(true));
    desk.event(Event::PointerMoved(edge + egui::vec2(30.0, 0.0)));
    desk.event(button(false));
    assert!((heading(&desk).width() - before.width() - 30.0).abs() < 2.0, "{:?} {before:?}", heading(&desk));
    // No column was selected by that.
    assert!(desk.window.query_all_by_label_contains("Count ").next().is_none());
}

#[test]
fn the_menu_of_a_cell_offers_what_works_there_and_nothing_else() {
    let mut desk = Desk::new();
    let region = desk.plan().regions[0].name.clone();
    let mut menu = |cell: &str| -> Vec<&'static str> {
        desk.open_menu(cell);
        let offered =
            ["Copy with headings", "Cut", "Paste", "Change this total", "Fill down", "Clear", "Explain", "Show hires"];
        let is_there = |title: &&str| {
            let entries = desk.window.query_all_by_role(Role::Button);
            entries.into_iter().any(|n| n.accesskit_node().label().is_some_and(|l| l.contains(title)))
        };
        let found = offered.into_iter().filter(is_there).collect();
        desk.window.key_press(Key::Escape);
        desk.window.run();
        found
    };
    let input = format!("{region}, Inside seller, FY11 Q2");
    assert_eq!(menu(&input), ["Copy with headings", "Cut", "Paste", "Fill down", "Clear", "Explain"]);
    assert_eq!(menu(&format!("{region}, FY11 Q2")), ["Copy with headings", "Change this total", "Explain"]);
    let coverage = format!("Capacity coverage, {region}, FY11 Q2");
    assert_eq!(menu(&coverage), ["Copy with headings", "Explain", "Show hires"]);
}
