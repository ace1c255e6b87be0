//! The headline figures, always in sight: hires on the envelope's gauge, heads, coverage, gap, cost, payback, findings.

use egui::{Align2, FontId, Sense, Ui};

use crate::desktop::action::Action;
use crate::desktop::fonts::semibold;
use crate::desktop::numbers::NONE;
use crate::desktop::room::Room;
use crate::desktop::scene::{Scene, figure};
use crate::engine::{Key, Measure, Place};
use crate::units::{Money, Period};

/// Height of the figures, and where there is little of it: they go without what stands under them.
const HIGH: f32 = 62.0;
const LOW: f32 = 42.0;
/// Below this width titles are short.
const WIDE: f32 = 160.0;

struct Card {
    title: String,
    /// The title where there is little room.
    short: String,
    value: String,
    detail: String,
    attention: bool,
    explains: Key,
}

/// Draws the figures in one row.
pub(super) fn headline(ui: &mut Ui, scene: &mut Scene<'_>, room: Room) {
    let gap = if room.low { 0.0 } else { 4.0 };
    ui.add_space(gap);
    let cards = cards(scene);
    let count = f32::from(u8::try_from(cards.len() + 1).unwrap_or(u8::MAX));
    let between = ui.spacing().item_spacing.x;
    let width = ((ui.available_width() - between * (count - 1.0)) / count).floor();
    let size = egui::vec2(width, if room.low { LOW } else { HIGH });
    ui.horizontal(|ui| {
        gauge(ui, scene, size);
        for card in &cards {
            draw(ui, scene, card, size);
        }
    });
    ui.add_space(gap);
}

fn cards(scene: &Scene<'_>) -> Vec<Card> {
    let (outcome, numbers) = (scene.outcome(), scene.numbers);
    let plan = outcome.plan();
    let main = plan.calendar.year_index(plan.envelope.fiscal_year).unwrap_or(0);
    let name = plan.calendar.name(Period::Year(main));
    let sums = |y: usize| outcome.rollup(Place::Plan, Period::Year(y)).copied();
    let here = sums(main).unwrap_or_default();
    let next = sums(main + 1);
    let next_name = plan.calendar.name(Period::Year(main + 1));
    let then = |text: Option<String>| text.map_or_else(String::new, |t| format!("{next_name} {t}"));
    let budget = plan.budgets.get(&plan.envelope.fiscal_year);
    let covered = here.ratio(Measure::CapacityCoverage);
    let heads = |h: crate::units::Heads| numbers.exact(h.exact(), 0);
    let surplus = here.gap().exact().is_negative();
    let gap = if surplus { "Surplus" } else { "Gap" };
    let of_year = |measure| figure(measure, Place::Plan, Period::Year(main));
    vec![
        Card {
            title: format!("Heads at the end of {name}"),
            short: format!("Heads {name}"),
            value: heads(here.closing),
            detail: then(next.map(|s| heads(s.closing))),
            attention: false,
            explains: of_year(Measure::Closing),
        },
        Card {
            title: format!("Coverage {name}"),
            short: format!("Coverage {name}"),
            value: numbers.percent(covered, 1),
            detail: then(next.map(|s| numbers.percent(s.ratio(Measure::CapacityCoverage), 1))),
            attention: covered.is_some_and(|c| c.exact() < crate::units::Exact::ONE),
            explains: of_year(Measure::CapacityCoverage),
        },
        Card {
            title: format!("{gap} {name}, {}", plan.currency),
            short: format!("{gap} {name}"),
            value: numbers.short(if surplus { Money::new(-here.gap().exact()) } else { here.gap() }),
            detail: format!("target {}", numbers.short(here.target)),
            attention: !surplus && !here.gap().exact().is_zero(),
            explains: of_year(Measure::Gap),
        },
        Card {
            title: format!("Total cost {name}, {}", plan.currency),
            short: format!("Cost {name}"),
            value: numbers.short(here.total_cost),
            detail: budget.map_or_else(|| "no budget".to_owned(), |b| format!("budget {}", numbers.short(*b))),
            attention: budget.is_some_and(|b| here.total_cost > *b),
            explains: of_year(Measure::TotalCost),
        },
        Card {
            title: "Payback".to_owned(),
            short: "Payback".to_owned(),
            value: outcome.payback_months().map_or_else(|| NONE.to_owned(), |m| format!("{m} months")),
            detail: match outcome.payback_months() {
                Some(_) => "from the first growth start".to_owned(),
                None => "not within the plan".to_owned(),
            },
            attention: false,
            explains: figure(Measure::PaybackMonths, Place::Plan, Period::All),
        },
    ]
}

fn draw(ui: &mut Ui, scene: &mut Scene<'_>, card: &Card, size: egui::Vec2) {
    let palette = scene.palette;
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = format!("{}: {} ({})", card.title, card.value, card.detail);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    focused(ui, &response, palette.accent);
    let colour = if card.attention { palette.warning } else { palette.text };
    let title = if size.x < WIDE { &card.short } else { &card.title };
    text(ui, rect, 0.0, title, 12.0, palette.faint);
    text(ui, rect, 16.0, &card.value, 22.0, colour);
    text(ui, rect, 44.0, &card.detail, 12.0, palette.faint);
    if response.clicked() {
        scene.send(Action::Explain(card.explains));
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
    let name = format!("{title}: {hires} (envelope {min} to {max})");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    focused(ui, &response, palette.accent);
    let short = format!("Hires {of_year}");
    text(ui, rect, 0.0, if size.x < WIDE { &short } else { &title }, 12.0, palette.faint);
    let colour = if inside { palette.text } else { palette.warning };
    text(ui, rect, 16.0, &scene.numbers.count(u64::from(hires)), 22.0, colour);
    let value_width = 58.0;
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
    text(ui, rect, 44.0, &format!("envelope {min}–{max}"), 12.0, palette.faint);
    if response.clicked() {
        scene.send(Action::Explain(figure(Measure::GrowthHires, Place::Plan, Period::Year(year))));
    }
    response.on_hover_text(name);
}
