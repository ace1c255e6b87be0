//! Names in a table that the plan does not know, and their meanings: each once, with its people, what it may mean, and a new region
//! or role where there is none like it.

use std::collections::BTreeMap;

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::Numbers;
use crate::desktop::parts::controls;
use crate::desktop::tokens::{Palette, ROW};
use crate::edit::import::{Choices, Import, NamedValue, NewName, UnknownName};
use crate::plan::{NameMeaning, Plan};

const NAME: f32 = 240.0;
const PEOPLE: f32 = 52.0;
const MEANS: f32 = 190.0;

/// The choice for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NameChoice {
    Open,
    /// An entry of the plan's list, or a word.
    Is(usize),
    New,
    LeftOut,
}

/// Adds the names that turned out unknown to those that are listed, so that each stays in its place once it is mapped.
pub(super) fn collect(names: &mut Vec<UnknownName>, import: &Import) {
    let places: BTreeMap<(NamedValue, String), usize> =
        names.iter().enumerate().map(|(at, name)| ((name.what, name.text.clone()), at)).collect();
    for name in &import.unknown {
        let known = places.get(&(name.what, name.text.clone())).and_then(|at| names.get_mut(*at));
        match known {
            Some(known) => *known = name.clone(),
            None => names.push(name.clone()),
        }
    }
}

/// The height of so many names, with their title.
pub(super) fn height(ui: &Ui, names: usize) -> f32 {
    let rows = f32::from(u16::try_from(names.min(60)).unwrap_or(60)) + 1.5;
    rows * (ROW + ui.spacing().item_spacing.y)
}

/// Lists the names, and puts what is chosen into the choices.
pub(super) fn show(
    ui: &mut Ui,
    height: f32,
    names: &[UnknownName],
    choices: &mut Choices,
    plan: &Plan,
    numbers: Numbers,
) {
    ui.horizontal(|ui| {
        let open = names.iter().filter(|name| chosen(name, choices, plan) == NameChoice::Open).count();
        let title = if open == 0 { "Names".to_owned() } else { format!("Names, {open} of them unknown") };
        ui.label(RichText::new(title).font(semibold(14.0)));
        let proposed =
            names.iter().any(|name| chosen(name, choices, plan) == NameChoice::Open && !name.proposals.is_empty());
        if ui.add_enabled(proposed, egui::Button::new("Accept proposals")).clicked() {
            for name in names.iter().filter(|name| chosen(name, choices, plan) == NameChoice::Open).collect::<Vec<_>>()
            {
                if let Some(at) = name.proposals.first().and_then(|id| position(name.what, plan, id)) {
                    choose(name, NameChoice::Is(at), choices, plan);
                }
            }
        }
    });
    let scroll =
        ScrollArea::vertical().id_salt("names").max_height(height).min_scrolled_height(height).auto_shrink(false);
    scroll.show_rows(ui, ROW, names.len(), |ui, range| {
        for name in names.iter().take(range.end).skip(range.start) {
            row(ui, name, choices, plan, numbers);
        }
    });
}

fn row(ui: &mut Ui, name: &UnknownName, choices: &mut Choices, plan: &Plan, numbers: Numbers) {
    let faint = Palette::of(ui.ctx()).faint;
    ui.horizontal(|ui| {
        let full = format!("{}: {}", name.what.word(), name.text);
        cell(ui, NAME, Align::Min, RichText::new(&full));
        cell(ui, PEOPLE, Align::Max, RichText::new(numbers.count(name.people)).color(faint));
        let before = chosen(name, choices, plan);
        let mut choice = before;
        ui.spacing_mut().combo_width = MEANS;
        if controls::list(ui, &format!("Meaning of {full}"), &mut choice, &offered(name, plan)) {
            choose(name, choice, choices, plan);
        }
        if let Some(NameMeaning::LeftOut(reason)) = name.what.of_mut(&mut choices.names).get_mut(&name.text) {
            let look = EditorLook::line("Why it is left out", ui.available_width().max(60.0)).hint("why");
            editor::live(ui, look, reason);
        }
    });
}

/// The choices for a name, the likeliest first.
fn offered(name: &UnknownName, plan: &Plan) -> Vec<(NameChoice, String)> {
    let all: Vec<(String, String)> = match name.what {
        NamedValue::Region => plan.regions.iter().map(|r| (r.id.to_string(), r.name.clone())).collect(),
        NamedValue::Role => plan.roles.iter().map(|r| (r.id.to_string(), r.name.clone())).collect(),
        what => what.words().iter().map(|word| ((*word).to_owned(), (*word).to_owned())).collect(),
    };
    let mut offered = vec![(NameChoice::Open, "Not decided".to_owned())];
    let proposed = name.proposals.iter().filter_map(|id| all.iter().position(|(known, _)| known == id));
    let proposed: Vec<usize> = proposed.collect();
    let others = (0..all.len()).filter(|at| !proposed.contains(at));
    for at in proposed.iter().copied().chain(others) {
        offered.extend(all.get(at).map(|(_, title)| (NameChoice::Is(at), title.clone())));
    }
    if matches!(name.what, NamedValue::Region | NamedValue::Role) {
        let like = like(name, plan).and_then(|at| all.get(at)).map_or("", |(_, title)| title.as_str());
        offered.push((NameChoice::New, format!("New {}, like {like}", name.what.word())));
    }
    offered.push((NameChoice::LeftOut, "Left out".to_owned()));
    offered
}

/// The region or role that a new one is made like.
fn like(name: &UnknownName, plan: &Plan) -> Option<usize> {
    name.proposals.first().and_then(|id| position(name.what, plan, id)).or(Some(0))
}

fn position(what: NamedValue, plan: &Plan, id: &str) -> Option<usize> {
    match what {
        NamedValue::Region => plan.region_index(id),
        NamedValue::Role => plan.role_index(id),
        what => what.words().iter().position(|word| *word == id),
    }
}

fn id(what: NamedValue, plan: &Plan, at: usize) -> Option<String> {
    match what {
        NamedValue::Region => plan.regions.get(at).map(|r| r.id.to_string()),
        NamedValue::Role => plan.roles.get(at).map(|r| r.id.to_string()),
        what => what.words().get(at).map(|word| (*word).to_owned()),
    }
}

fn chosen(name: &UnknownName, choices: &Choices, plan: &Plan) -> NameChoice {
    if choices.new_names.iter().any(|new| new.what == name.what && new.name == name.text) {
        return NameChoice::New;
    }
    match name.what.of(&choices.names).get(&name.text) {
        Some(NameMeaning::LeftOut(_)) => NameChoice::LeftOut,
        Some(NameMeaning::Is(id)) => position(name.what, plan, id).map_or(NameChoice::Open, NameChoice::Is),
        None => NameChoice::Open,
    }
}

fn choose(name: &UnknownName, choice: NameChoice, choices: &mut Choices, plan: &Plan) {
    choices.new_names.retain(|new| new.what != name.what || new.name != name.text);
    name.what.of_mut(&mut choices.names).remove(&name.text);
    let meaning = match choice {
        NameChoice::Open => None,
        NameChoice::Is(at) => id(name.what, plan, at).map(NameMeaning::Is),
        NameChoice::LeftOut => Some(NameMeaning::LeftOut(String::new())),
        NameChoice::New => {
            let like = like(name, plan).and_then(|at| id(name.what, plan, at));
            choices.new_names.push(NewName { what: name.what, name: name.text.clone(), like });
            None
        }
    };
    if let Some(meaning) = meaning {
        name.what.of_mut(&mut choices.names).insert(name.text.clone(), meaning);
    }
}

/// Text in so much room, cut where it is longer.
fn cell(ui: &mut Ui, width: f32, align: Align, text: RichText) {
    let layout =
        if align == Align::Max { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
    ui.allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
        ui.set_min_width(width);
        let whole = text.text().to_owned();
        ui.add(Label::new(text).truncate()).on_hover_text(whole);
    });
}
