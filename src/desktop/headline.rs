//! The headline figures, always in sight: hires on the envelope's gauge, heads, coverage, gap, cost, payback, findings.

use egui::{Align2, FontId, Sense, Ui};

use crate::analysis::{FigureChange, IN_SIGHT};
use crate::desktop::action::Action;
use crate::desktop::figure_source::FigureSource;
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::NONE;
use crate::desktop::parts::{controls, figure_text};
use crate::desktop::room::Room;
use crate::desktop::scene::{Scene, figure};
use crate::engine::{Key, Measure, Place, Unit};
use crate::units::{Exact, Money, Period};

/// Height of the figures, and where there is little of it: they go without what stands under them.
const HIGH: f32 = 62.0;
const LOW: f32 = 42.0;
/// Below this width titles are short.
const WIDE: f32 = 160.0;
/// Width of the choice between plan and outlook.
const BASIS: f32 = 96.0;

struct Card {
    title: String,
    /// The title where there is little room.
    short: String,
    value: String,
    detail: String,
    attention: bool,
    /// The key under which the figure explains itself, if it does.
    explains: Option<Key>,
}

/// Draws the figures in one row.
pub(super) fn headline(ui: &mut Ui, scene: &mut Scene<'_>, room: Room) {
    let gap = if room.low { 0.0 } else { 4.0 };
    ui.add_space(gap);
    let cards = cards(scene);
    let basis = if scene.has_outlook() { BASIS } else { 0.0 };
    let count = f32::from(u8::try_from(cards.len() + 1).unwrap_or(u8::MAX));
    let between = ui.spacing().item_spacing.x;
    let width = ((ui.available_width() - basis - between * (count - 1.0)) / count).floor();
    let size = egui::vec2(width, if room.low { LOW } else { HIGH });
    ui.horizontal(|ui| {
        if basis > 0.0 {
            ui.allocate_ui(egui::vec2(basis - between, size.y), |ui| ui.vertical(|ui| controls::basis(ui, scene)));
        }
        gauge(ui, scene, size);
        for card in &cards {
            draw(ui, scene, card, size);
        }
    });
    ui.add_space(gap);
}

/// One card a measure of [`IN_SIGHT`], of the envelope's fiscal year.
fn cards(scene: &Scene<'_>) -> Vec<Card> {
    IN_SIGHT.iter().map(|measure| card(scene, *measure)).collect()
}

fn card(scene: &Scene<'_>, measure: Measure) -> Card {
    let (outcome, numbers) = (scene.outcome(), scene.numbers);
    let plan = outcome.plan();
    let main = plan.calendar.year_index(plan.envelope.fiscal_year).unwrap_or(0);
    let period = if measure.is_of_plan() { Period::All } else { Period::Year(main) };
    let source = source(scene, measure);
    let value = |period: Period| source.figure(measure, Place::Plan, period);
    let here = value(period);
    let name = if measure.is_of_plan() { String::new() } else { format!(" {}", plan.calendar.name(period)) };
    let written = |value: Option<Exact>| match (value, measure.unit()) {
        (Some(heads), Unit::Heads) => numbers.exact(heads, 0),
        (value, unit) => figure_text::short(numbers, value, unit),
    };
    let unit = if measure.unit() == Unit::Money { format!(", {}", plan.currency) } else { String::new() };
    let card = Card {
        title: format!("{}{name}{unit}{}", measure.title(), basis_title(scene, source)),
        short: format!("{}{name}{}", measure.short_title(), basis_title(scene, source)),
        value: written(here),
        detail: String::new(),
        attention: false,
        explains: source.key(figure(measure, Place::Plan, period)),
    };
    let then = || {
        if source.is_outlook() {
            return format!("as planned {}", written(outcome.figure(measure, Place::Plan, period)));
        }
        let next = Period::Year(main + 1);
        let is_there = main + 1 < plan.calendar.years();
        if is_there { format!("{} {}", plan.calendar.name(next), written(value(next))) } else { String::new() }
    };
    let card = match measure {
        Measure::Closing => Card { detail: then(), ..card },
        Measure::CapacityCoverage => Card {
            title: card.short.clone(),
            detail: then(),
            attention: here.is_some_and(|covered| covered < Exact::ONE),
            ..card
        },
        Measure::Gap => gap(scene, &card, period, here.unwrap_or_default()),
        Measure::TotalCost => {
            let budget = plan.budgets.get(&plan.envelope.fiscal_year);
            Card {
                detail: budget.map_or_else(|| "no budget".to_owned(), |b| format!("budget {}", numbers.short(*b))),
                attention: budget.is_some_and(|budget| here.is_some_and(|cost| cost > budget.exact())),
                ..card
            }
        }
        Measure::PaybackMonths => Card {
            value: here.map_or_else(|| NONE.to_owned(), |months| format!("{} months", months.plain())),
            detail: if here.is_some() { "from the first growth start" } else { "not within the plan" }.to_owned(),
            ..card
        },
        _ => card,
    };
    match change(scene, measure, period) {
        Some(detail) => Card { detail, ..card },
        None => card,
    }
}

/// Where a figure is taken from: the outlook where it is shown and has it, otherwise the plan.
fn source<'a>(scene: &Scene<'a>, measure: Measure) -> FigureSource<'a> {
    let shown = scene.figures();
    if shown.has(measure) { shown } else { FigureSource::Plan(scene.outcome()) }
}

/// What a figure is of, where the outlook is shown.
fn basis_title(scene: &Scene<'_>, source: FigureSource<'_>) -> &'static str {
    match (scene.figures().is_outlook(), source.is_outlook()) {
        (_, true) => ", outlook",
        (true, false) => ", as planned",
        (false, false) => "",
    }
}

/// A figure as it was, as what is being typed, dragged or previewed would make it, and the difference.
fn change(scene: &Scene<'_>, measure: Measure, period: Period) -> Option<String> {
    let is_in_outlook = scene.figures().has(measure);
    let change = if is_in_outlook {
        let sources = [scene.settled_figures(), scene.figures()];
        FigureChange::between(sources.map(|source| source.figure(measure, Place::Plan, period)))?
    } else {
        FigureChange::of([scene.document.settled().as_ref(), scene.outcome()], measure, Place::Plan, period)?
    };
    Some(figure_text::old_to_new(scene.numbers, change, measure.unit()))
}

/// The card of the gap, or of the surplus that a negative one is.
fn gap(scene: &Scene<'_>, card: &Card, period: Period, gap: Exact) -> Card {
    let (plan, numbers) = (scene.outcome().plan(), scene.numbers);
    let (name, basis) = (plan.calendar.name(period), basis_title(scene, scene.figures()));
    let surplus = gap.is_negative();
    let title = if surplus { "Surplus" } else { Measure::Gap.title() };
    let target = scene.outcome().figure(Measure::Target, Place::Plan, period).unwrap_or_default();
    Card {
        title: format!("{title} {name}, {}{basis}", plan.currency),
        short: format!("{title} {name}{basis}"),
        value: numbers.short(Money::new(if surplus { -gap } else { gap })),
        detail: format!("target {}", numbers.short(Money::new(target))),
        attention: !surplus && !gap.is_zero(),
        explains: card.explains,
    }
}

fn draw(ui: &mut Ui, scene: &mut Scene<'_>, card: &Card, size: egui::Vec2) {
    let palette = scene.palette;
    let (sense, role) = match card.explains {
        Some(_) => (Sense::click(), egui::Role::Button),
        None => (Sense::hover(), egui::Role::Label),
    };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let name = format!("{}: {} ({})", card.title, card.value, card.detail);
    response.widget_info(|| egui::WidgetInfo::labeled(role, true, &name));
    focused(ui, &response, palette.accent);
    let colour = if card.attention { palette.warning } else { palette.text };
    let title = if size.x < WIDE { &card.short } else { &card.title };
    text(ui, rect, 0.0, title, 12.0, palette.faint);
    text(ui, rect, 16.0, &card.value, 22.0, colour);
    text(ui, rect, 44.0, &card.detail, 12.0, palette.faint);
    if let Some(key) = card.explains.filter(|_| response.clicked()) {
        scene.send(Action::Explain(key));
    }
    response.on_hover_text(name);
}

/// Shows which figure has the keyboard.
fn focused(ui: &Ui, response: &egui::Response, colour: egui::Color32) {
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, colour);
        ui.painter().rect_stroke(response.rect.expand(2.0), 4.0, ring, egui::StrokeKind::Inside);
    }
}

fn text(ui: &Ui, rect: egui::Rect, y: f32, words: &str, size: f32, colour: egui::Color32) {
    let at = rect.min + egui::vec2(2.0, y);
    ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).text(
        at,
        Align2::LEFT_TOP,
        words,
        if size > 20.0 { semibold(size) } else { FontId::proportional(size) },
        colour,
    );
}

/// Growth hires of the envelope's year on a scale from nothing to a little above the envelope.
fn gauge(ui: &mut Ui, scene: &mut Scene<'_>, size: egui::Vec2) {
    let palette = scene.palette;
    let plan = scene.outcome().plan();
    let year = plan.calendar.year_index(plan.envelope.fiscal_year).unwrap_or(0);
    let hires = u32::try_from(plan.hires_in_year(year)).unwrap_or(u32::MAX);
    let (min, max) = (plan.envelope.min, plan.envelope.max);
    let inside = (min..=max).contains(&hires);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let of_year = plan.calendar.name(Period::Year(year));
    let title = format!("Growth hires {of_year}");
    let changed = change(scene, Measure::GrowthHires, Period::Year(year));
    let name = match &changed {
        Some(change) => format!("{title}: {hires} ({change}; envelope {min} to {max})"),
        None => format!("{title}: {hires} (envelope {min} to {max})"),
    };
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    focused(ui, &response, palette.accent);
    let short = format!("Hires {of_year}");
    text(ui, rect, 0.0, if size.x < WIDE { &short } else { &title }, 12.0, palette.faint);
    let colour = if inside { palette.text } else { palette.warning };
    let value = scene.numbers.count(u64::from(hires));
    text(ui, rect, 16.0, &value, 22.0, colour);
    // Beside the number, however long it is.
    let value_width = ui.painter().layout_no_wrap(value, semibold(22.0), colour).size().x.max(46.0) + 12.0;
    let bar = egui::Rect::from_min_size(
        rect.min + egui::vec2(value_width, 26.0),
        egui::vec2((size.x - value_width - 12.0).max(20.0), 8.0),
    );
    let top = f64::from(max.max(hires)) * 1.15 + 1.0;
    let x = |n: u32| egui::remap_clamp(f64::from(n), 0.0..=top, 0.0..=1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a share of a bar in pixels")]
    let at = |n: u32| bar.min.x + bar.width() * x(n) as f32;
    let painter = ui.painter();
    painter.rect_filled(bar, 4.0, palette.band);
    let envelope = egui::Rect::from_x_y_ranges(at(min)..=at(max), bar.y_range());
    painter.rect_filled(envelope, 4.0, palette.accent.gamma_multiply(0.45));
    painter.vline(at(hires), (bar.min.y - 4.0)..=(bar.max.y + 4.0), egui::Stroke::new(3.0, colour));
    let detail = changed.unwrap_or_else(|| format!("envelope {min}–{max}"));
    text(ui, rect, 44.0, &detail, 12.0, palette.faint);
    if response.clicked() {
        scene.send(Action::Explain(figure(Measure::GrowthHires, Place::Plan, Period::Year(year))));
    }
    response.on_hover_text(name);
}
