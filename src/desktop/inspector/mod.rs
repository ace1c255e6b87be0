//! The inspector: where the selected figure comes from, as a tree that opens down to the fields of the plan; above it, of a
//! gap, the reason in words.

mod reason;

use std::fmt::Write;

use egui::{Button, Id, Label, Response, RichText, ScrollArea, Ui};

use super::action::Action;
use super::command::Command;
use super::fonts::semibold;
use super::icons::Icon;
use super::numbers::Numbers;
use super::scene::Scene;
use crate::desktop::parts::missing_input::MissingInput;
use crate::engine::{Explainer, Explanation, Key, Measure, Place, PlanCase, Source, Term, Unit, What};
use crate::plan::{Field, Holds};
use crate::units::{Exact, Money, Period, Ratio};
use reason::Reason;

/// Height of a line of the tree, and how far each level stands in.
const LINE: f32 = 22.0;
const STEP: f32 = 12.0;
/// Room for the scroll bar beside the figures.
const BESIDE: f32 = 8.0;
/// Levels that a text copied from the inspector goes down.
const COPIED: usize = 3;

/// What is kept between frames.
#[derive(Default)]
pub(super) struct Inspector {
    reason: Reason,
}

impl Inspector {
    /// Draws the explanation of a figure; says what to do where there is none. `back` says whether another was explained
    /// before it.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, figure: Option<Key>, back: bool) {
        ui.add_space(4.0);
        let Some(key) = figure else {
            hint(ui, scene, "Click a figure to see where it comes from");
            return;
        };
        let explainer = match (key.case, scene.document.outlook()) {
            (PlanCase::Outlook, Ok(Some(outlook))) => Explainer::with_outlook(scene.outcome(), outlook),
            _ => Explainer::new(scene.outcome()),
        };
        let Some(found) = explainer.explain(key) else {
            bar(ui, scene, back, None);
            match MissingInput::for_coverage(scene.plan()) {
                Some(next) => {
                    ui.add_space(4.0);
                    next.show_beside(ui, scene);
                }
                None => hint(ui, scene, missing(key)),
            }
            return;
        };
        bar(ui, scene, back, Some((&explainer, &found)));
        head(ui, scene, &found);
        ui.separator();
        ScrollArea::vertical().id_salt(key).auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(ui.available_width() - BESIDE);
            if let (What::Measure(measure), Some(gap)) = (key.what, reason::gap_of(key)) {
                self.reason.show(ui, scene, measure, gap);
                ui.add_space(4.0);
                ui.separator();
            }
            ui.spacing_mut().item_spacing.y = 2.0;
            body(ui, scene, &explainer, &found, Id::unique(key), 0);
        });
    }
}

/// Why a figure that the window names has no value.
const fn missing(key: Key) -> &'static str {
    match key.what {
        What::Measure(Measure::PaybackMonths) => {
            "The expansion does not pay for itself within the plan: its added contribution, summed up, never gets back to zero"
        }
        _ => "There is no such figure in the plan as it is: what it divides by, or looks for, is not there",
    }
}

fn hint(ui: &mut Ui, scene: &Scene<'_>, text: &str) {
    ui.add_space(4.0);
    ui.add(Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
}

/// What can be done with the explanation: back to the one before, copy it as text.
fn bar(ui: &mut Ui, scene: &mut Scene<'_>, back: bool, found: Option<(&Explainer<'_>, &Explanation)>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Where it comes from").color(scene.palette.faint).size(12.5));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let button = |icon: Icon| Button::new(icon.glyph()).small().frame_when_inactive(false);
            if named(ui.add(button(Icon::X)), "Hide the inspector").clicked() {
                scene.send(Action::Command(Command::ToggleInspector));
            }
            if let Some((explainer, found)) = found
                && named(ui.add(button(Icon::Copy)), "Copy the explanation").clicked()
            {
                ui.ctx().copy_text(text(scene, explainer, found));
                scene.send(Action::Say("The explanation is on the clipboard".to_owned()));
            }
            if named(ui.add_enabled(back, button(Icon::ArrowLeft)), "Back to the figure before").clicked() {
                scene.send(Action::ExplainBack);
            }
        });
    });
}

/// A button that shows an icon alone, with its name for a pointer and a screen reader.
fn named(response: Response, name: &str) -> Response {
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    response.on_hover_text(name)
}

fn head(ui: &mut Ui, scene: &Scene<'_>, explanation: &Explanation) {
    let palette = scene.palette;
    let key = explanation.key;
    ui.add(Label::new(RichText::new(&explanation.name).font(semibold(15.0))).wrap());
    ui.add(Label::new(RichText::new(place_and_time(scene, key)).color(palette.faint)).wrap());
    let unit = match explanation.unit {
        Unit::Money => format!(" {}", scene.plan().currency),
        Unit::Heads => " heads".to_owned(),
        Unit::Ratio | Unit::Count => String::new(),
    };
    let value = shown(scene.numbers, explanation.value, key);
    ui.add(Label::new(RichText::new(format!("{value}{unit}")).font(semibold(20.0))).wrap());
    if is_share(key) {
        let exact = scene.numbers.exact(explanation.value, 6);
        ui.label(RichText::new(exact).color(palette.faint).size(12.5));
    }
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
fn body(ui: &mut Ui, scene: &mut Scene<'_>, explainer: &Explainer<'_>, found: &Explanation, id: Id, depth: u8) {
    let formula = found.formula_text();
    if !formula.is_empty() {
        let text = RichText::new(format!("= {formula}")).color(scene.palette.faint).size(12.5);
        indented(ui, depth, |ui| ui.add(Label::new(text).wrap()));
    }
    for (index, term) in found.terms.iter().enumerate() {
        line(ui, scene, explainer, (found.key, term), id.with(index), depth);
    }
}

fn indented<T>(ui: &mut Ui, depth: u8, content: impl FnOnce(&mut Ui) -> T) -> T {
    let stands_in = STEP * f32::from(depth.min(8));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(stands_in);
        ui.vertical(content).inner
    })
    .inner
}

/// A term on a line: its name, and at the right its value. A figure opens; a field of the plan is gone to.
fn line(ui: &mut Ui, scene: &mut Scene<'_>, explainer: &Explainer<'_>, (of, term): (Key, &Term), id: Id, depth: u8) {
    match &term.source {
        Source::Figure(key) => {
            let mut open: bool = ui.data(|d| d.get_temp(id)).unwrap_or(false);
            let icon = if open { Icon::CaretDown } else { Icon::CaretRight };
            let value = shown(scene.numbers, term.value, *key);
            let response = entry(ui, scene, icon, &told_apart(scene, of, *key, &term.label), &value, depth);
            response.context_menu(|ui| {
                if ui.button("Explain this figure alone").clicked() {
                    scene.send(Action::Explain(*key));
                    ui.close();
                }
            });
            if response.clicked() {
                open = !open;
                ui.data_mut(|d| d.insert_temp(id, open));
            }
            if open && let Some(inner) = explainer.explain(*key) {
                body(ui, scene, explainer, &inner, id, depth.saturating_add(1));
            }
        }
        Source::Input(path) => input(ui, scene, term, path, "", depth),
        Source::Default(path) => input(ui, scene, term, path, " (left out)", depth),
    }
}

/// A part of a sum by what tells it from the others: its place or its period, where it is of the same measure.
fn told_apart(scene: &Scene<'_>, of: Key, part: Key, label: &str) -> String {
    if part.what != of.what || part.case != of.case {
        return label.to_owned();
    }
    match (part.place == of.place, part.place) {
        (true, _) => scene.plan().calendar.name(part.period),
        (false, Place::Cell(_, role)) if matches!(of.place, Place::Region(_)) => {
            scene.plan().roles.get(role).map_or_else(|| label.to_owned(), |r| r.name.clone())
        }
        (false, place) => scene.outcome().place_name(place),
    }
}

fn input(ui: &mut Ui, scene: &mut Scene<'_>, term: &Term, path: &str, remark: &str, depth: u8) {
    let value = match Field::of(path).map(|f| f.holds) {
        Some(Holds::Share) => scene.numbers.share(Ratio::new(term.value)),
        _ => scene.numbers.plain(term.value),
    };
    let label = format!("{}{remark}", term.label);
    let response = entry(ui, scene, Icon::PencilSimple, &label, &value, depth);
    let about = Field::of(path).map_or(String::new(), |f| format!("{}\n", f.meaning));
    if response.on_hover_text(format!("{about}Go to {path}")).clicked() {
        scene.send(Action::GoToInput(path.to_owned()));
    }
}

fn entry(ui: &mut Ui, scene: &Scene<'_>, icon: Icon, label: &str, value: &str, depth: u8) -> Response {
    let colour = if icon == Icon::PencilSimple { scene.palette.accent } else { scene.palette.text };
    indented(ui, depth, |ui| {
        ui.spacing_mut().button_padding = egui::vec2(4.0, 2.0);
        let button = Button::new(RichText::new(format!("{icon} {label}")).color(colour))
            .right_text(RichText::new(value))
            .frame_when_inactive(false)
            // A name is never cut: it goes on in the next line.
            .wrap()
            .min_size(egui::vec2(ui.available_width(), LINE));
        let response = ui.add(button);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{label}: {value}")));
        response
    })
}

/// Whether people read a figure in per cent: a measure that is a ratio, not a step on the way such as a monthly rate.
fn is_share(key: Key) -> bool {
    matches!(key.what, What::Measure(_)) && key.unit() == Unit::Ratio
}

/// A value in its unit, as the inspector writes it.
fn shown(numbers: Numbers, value: Exact, key: Key) -> String {
    match key.unit() {
        Unit::Money => numbers.money(Money::new(value)),
        Unit::Heads => numbers.exact(value, 3),
        Unit::Ratio if is_share(key) => numbers.percent(Some(Ratio::new(value)), 2),
        Unit::Ratio => numbers.exact(value, 6),
        Unit::Count => numbers.exact(value, 0),
    }
}

/// The explanation as text, to paste into a mail.
fn text(scene: &Scene<'_>, explainer: &Explainer<'_>, found: &Explanation) -> String {
    let value = shown(scene.numbers, found.value, found.key);
    let mut out = format!("{}, {}: {value}\n", found.name, place_and_time(scene, found.key));
    write_terms(scene, explainer, found, 1, &mut out);
    out
}

fn write_terms(scene: &Scene<'_>, explainer: &Explainer<'_>, found: &Explanation, level: usize, out: &mut String) {
    let indent = "  ".repeat(level);
    // Writing into a text cannot fail.
    let _ = writeln!(out, "{indent}= {}", found.formula_text());
    for term in &found.terms {
        let (value, inner) = match &term.source {
            Source::Figure(key) => (shown(scene.numbers, term.value, *key), explainer.explain(*key)),
            Source::Input(path) => (format!("{}  [{path}]", scene.numbers.plain(term.value)), None),
            Source::Default(path) => (format!("{}  [{path}, left out]", scene.numbers.plain(term.value)), None),
        };
        let _ = writeln!(out, "{indent}{}  {value}", term.label);
        if let Some(inner) = inner.filter(|_| level < COPIED) {
            write_terms(scene, explainer, &inner, level + 1, out);
        }
    }
}
