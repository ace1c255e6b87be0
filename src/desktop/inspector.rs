//! The inspector: where the selected figure comes from, as a tree that opens down to the fields of the plan.

use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

use super::action::Action;
use super::icons::Icon;
use super::numbers::Numbers;
use super::scene::Scene;
use crate::engine::{Explainer, Explanation, Key, Place, Source, Term, Unit};
use crate::units::{Exact, Money, Period, Ratio};

/// Draws the explanation of a figure; says what to do where there is none.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, figure: Option<Key>) {
    let Some(key) = figure else {
        hint(ui, scene, "Click a figure to see where it comes from");
        return;
    };
    let explainer = Explainer::new(scene.outcome());
    let Some(found) = explainer.explain(key) else {
        hint(
            ui,
            scene,
            "This figure does not exist in the plan as it is now: there is nothing to divide by, or nothing to find",
        );
        return;
    };
    head(ui, scene, &found);
    ui.separator();
    ScrollArea::both().auto_shrink(false).show(ui, |ui| {
        body(ui, scene, &explainer, &found, 0);
    });
}

fn hint(ui: &mut Ui, scene: &Scene<'_>, text: &str) {
    ui.add_space(8.0);
    ui.add(egui::Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
}

fn head(ui: &mut Ui, scene: &Scene<'_>, explanation: &Explanation) {
    let palette = scene.palette;
    let value = shown(scene.numbers, explanation.value, explanation.unit);
    ui.add_space(4.0);
    ui.label(RichText::new(&explanation.name).font(super::fonts::semibold(15.0)));
    ui.add(egui::Label::new(RichText::new(place_and_time(scene, explanation.key)).color(palette.faint)).wrap());
    let unit = match explanation.unit {
        Unit::Money => format!(" {}", scene.plan().currency),
        Unit::Heads => " heads".to_owned(),
        Unit::Ratio | Unit::Count => String::new(),
    };
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(format!("{value}{unit}")).font(super::fonts::semibold(20.0)));
    });
}

fn place_and_time(scene: &Scene<'_>, key: Key) -> String {
    let place = match key.place {
        Place::Plan => "All regions".to_owned(),
        other => scene.outcome().place_name(other),
    };
    match key.period {
        Period::All => place,
        period => format!("{place}, {}", scene.plan().calendar.name(period)),
    }
}

/// The formula, then its terms, each of which opens in turn where it is a figure.
fn body(ui: &mut Ui, scene: &mut Scene<'_>, explainer: &Explainer<'_>, explanation: &Explanation, depth: usize) {
    let formula = explanation.formula_text();
    if !formula.is_empty() {
        let text = RichText::new(format!("= {formula}")).color(scene.palette.faint).size(12.5);
        ui.add(egui::Label::new(text).wrap());
    }
    for (index, term) in explanation.terms.iter().enumerate() {
        ui.push_id((depth, index), |ui| one(ui, scene, explainer, term, depth));
    }
}

fn one(ui: &mut Ui, scene: &mut Scene<'_>, explainer: &Explainer<'_>, term: &Term, depth: usize) {
    match &term.source {
        Source::Figure(key) => {
            let title = format!("{}  {}", term.label, shown(scene.numbers, term.value, key.unit()));
            CollapsingHeader::new(title).id_salt(key).show(ui, |ui| {
                if let Some(inner) = explainer.explain(*key) {
                    body(ui, scene, explainer, &inner, depth + 1);
                }
            });
        }
        Source::Input(path) => {
            let value = crate::plan::Field::of(path);
            let text = match value.map(|f| f.holds) {
                Some(crate::plan::Holds::Share) => scene.numbers.share(Ratio::new(term.value)),
                _ => scene.numbers.plain(term.value),
            };
            let title = format!("{} {}  {text}", Icon::PencilSimple, term.label);
            if ui.link(title).on_hover_text(format!("Go to {path}")).clicked() {
                scene.send(Action::GoToInput(path.clone()));
            }
        }
        Source::Default(path) => {
            let title = format!("{}  {} (left out)", term.label, scene.numbers.plain(term.value));
            if ui.link(title).on_hover_text(format!("Go to {path}")).clicked() {
                scene.send(Action::GoToInput(path.clone()));
            }
        }
    }
}

/// A value in its unit, as the inspector writes it.
fn shown(numbers: Numbers, value: Exact, unit: Unit) -> String {
    match unit {
        Unit::Money => numbers.money(Money::new(value)),
        Unit::Heads => numbers.exact(value, 3),
        Unit::Ratio => numbers.exact(value, 6),
        Unit::Count => numbers.exact(value, 0),
    }
}
