//! The timeline: the plan's quarters from left to right, its milestones where their days are, and a mark on each month from
//! which values change.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use egui::{FontId, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::desktop::fields::Fields;
use crate::desktop::icons::Icon;
use crate::desktop::parts::changed_value;
use crate::desktop::scene::Scene;
use crate::plan::ValueChange;
use crate::units::{Calendar, Month, Period};

/// Height of the milestones' line and of the quarters' line.
const FLAGS: f32 = 20.0;
const QUARTERS: f32 = 15.0;
const SMALL: f32 = 11.5;
/// Half the width and height of the mark of a month in which values change.
const MARK: f32 = 4.0;
/// So many changes of a month are named.
const NAMED: usize = 8;

/// The place of a day in the plan: its quarter, and how far along the horizon, from 0 to 1. `None` outside it.
fn place(calendar: &Calendar, day: NaiveDate) -> Option<(usize, f32)> {
    let month = usize::try_from(calendar.first_month.until(Month::of_date(day))).ok()?;
    if month >= calendar.months() {
        return None;
    }
    let last = Month::of_date(day).day_or_last(31).map_or(31, |d| d.day());
    let within = ratio(day.day0(), last);
    let months = u32::try_from(calendar.months()).ok()?;
    Some((month / 3, (ratio(u32::try_from(month).ok()?, 1) + within) / ratio(months, 1)))
}

/// A quotient for drawing.
#[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
fn ratio(part: u32, whole: u32) -> f32 {
    (f64::from(part) / f64::from(whole.max(1))) as f32
}

/// Draws the timeline where the plan has milestones or values that change; gives the quarter that was chosen on it.
pub(super) fn show(ui: &mut Ui, scene: &Scene<'_>) -> Option<usize> {
    let plan = scene.plan();
    let flags = if plan.milestones.is_empty() { 0.0 } else { FLAGS };
    if plan.milestones.is_empty() && plan.changes.is_empty() {
        return None;
    }
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), flags + QUARTERS), Sense::CLICK | Sense::HOVER);
    let line = rect.with_min_y(rect.min.y + flags);
    let chosen = quarters(ui, scene, line, &response);
    let changed = changes(ui, scene, line);
    milestones(ui, scene, rect).or(changed).or(chosen)
}

/// The milestones over the line of quarters. Gives the quarter of the one that was clicked.
fn milestones(ui: &Ui, scene: &Scene<'_>, rect: Rect) -> Option<usize> {
    let calendar = &scene.plan().calendar;
    let x = |along: f32| rect.min.x + rect.width() * along;
    let mut stops: Vec<(usize, f32, NaiveDate, &str)> = Vec::new();
    for milestone in &scene.plan().milestones {
        if let Some((quarter, along)) = place(calendar, milestone.date) {
            stops.push((quarter, x(along), milestone.date, &milestone.name));
        }
    }
    stops.sort_by_key(|stop| stop.2);
    let mut clicked = None;
    for (index, (quarter, x, date, name)) in stops.iter().enumerate() {
        let end = stops.get(index + 1).map_or(rect.max.x, |next| next.1 - 2.0).max(x + 14.0);
        let place = Rect::from_min_max(pos2(*x, rect.min.y), pos2(end, rect.min.y + FLAGS));
        let id = ui.scope_id().with(("milestone", index));
        if flag(ui, scene, place, id, &format!("{name}, {}", scene.numbers.date(*date)), name) {
            clicked = Some(*quarter);
        }
    }
    clicked
}

/// The marks on the months from which values change. Gives the quarter of the one that was clicked.
fn changes(ui: &Ui, scene: &Scene<'_>, line: Rect) -> Option<usize> {
    let (plan, palette) = (scene.plan(), scene.palette);
    let fields = Fields { plan, numbers: scene.numbers };
    let mut months: BTreeMap<usize, Vec<&ValueChange>> = BTreeMap::new();
    for change in &plan.changes {
        if let Some(month) = plan.month_of(change) {
            months.entry(month).or_default().push(change);
        }
    }
    let count = u32::try_from(plan.calendar.months()).unwrap_or(u32::MAX);
    let mut clicked = None;
    for (month, here) in months {
        let along = ratio(u32::try_from(month).unwrap_or(u32::MAX), count);
        // Beside the line between two quarters, not on it.
        let centre = pos2(line.min.x + line.width() * along + MARK + 3.0, line.center().y);
        let place = Rect::from_center_size(centre, vec2(2.0 * MARK + 4.0, line.height()));
        let response = ui.interact(place, ui.scope_id().with(("values change", month)), Sense::click());
        let title = format!("Values from {} on", scene.numbers.month(plan.calendar.month(month)));
        let more = here.len().saturating_sub(NAMED);
        let named = here.into_iter().take(NAMED).map(|change| changed_value::words(fields, change));
        let lines: Vec<String> = named.chain((more > 0).then(|| format!("and {more} more"))).collect();
        let whole = format!("{title}: {}", lines.join("; "));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, whole.clone()));
        let looked_at = response.hovered() || response.has_focus();
        let colour = if looked_at { palette.text } else { palette.accent };
        let corners = [vec2(0.0, -MARK), vec2(MARK, 0.0), vec2(0.0, MARK), vec2(-MARK, 0.0)];
        let diamond = corners.map(|corner| centre + corner).to_vec();
        ui.painter().add(egui::Shape::convex_polygon(diamond, colour, Stroke::NONE));
        if response.has_focus() {
            ui.painter().rect_stroke(place, 2.0, Stroke::new(1.5, palette.accent), egui::StrokeKind::Inside);
        }
        if response.clicked() {
            clicked = Some(month / 3);
        }
        response.on_hover_ui(|ui| {
            ui.strong(title);
            for line in lines {
                ui.label(line);
            }
        });
    }
    clicked
}

/// The line of quarters, the focused one emphasised. Gives the one that was clicked.
fn quarters(ui: &Ui, scene: &Scene<'_>, rect: Rect, response: &egui::Response) -> Option<usize> {
    let (calendar, palette) = (&scene.plan().calendar, scene.palette);
    let count = u32::try_from(calendar.quarters).unwrap_or(1);
    let line = rect.min.y;
    let mut clicked = None;
    for (quarter, q) in (0..count).enumerate() {
        let x = |n: u32| rect.min.x + rect.width() * ratio(n, count);
        let cell = Rect::from_min_max(pos2(x(q), line), pos2(x(q + 1), rect.max.y));
        let focused = match scene.focus.period {
            Period::Quarter(f) => f == quarter,
            Period::Year(y) => calendar.quarters_of(y).contains(&quarter),
            Period::Month(_) | Period::All => false,
        };
        let painter = ui.painter();
        painter.rect_filled(cell, 0.0, if focused { palette.selected } else { palette.band_light });
        painter.vline(cell.min.x, cell.y_range(), Stroke::new(1.0, palette.line));
        let colour = if focused { palette.text } else { palette.faint };
        let name = calendar.name(Period::Quarter(quarter));
        // Narrow quarters go by their number alone: the years stand over the grid.
        let short = name.rsplit(' ').next().unwrap_or_default();
        for text in [name.as_str(), short] {
            let galley = painter.layout_no_wrap(text.to_owned(), FontId::proportional(SMALL - 0.5), colour);
            if galley.size().x + 4.0 <= cell.width() {
                painter.galley(cell.center() - galley.size() / 2.0, galley, colour);
                break;
            }
        }
        if response.clicked() && response.interact_pointer_pos().is_some_and(|p| cell.contains(p)) {
            clicked = Some(quarter);
        }
    }
    ui.painter().hline(rect.x_range(), line, Stroke::new(1.0, palette.line));
    clicked
}

/// A milestone: a flag on its day, and as much of its name as there is room for.
fn flag(ui: &Ui, scene: &Scene<'_>, place: Rect, id: egui::Id, whole: &str, name: &str) -> bool {
    let palette = scene.palette;
    let response = ui.interact(place, id, Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Milestone: {whole}")));
    let colour = if response.hovered() || response.has_focus() { palette.text } else { palette.faint };
    let painter = ui.painter();
    painter.vline(place.min.x + 0.5, place.min.y + 3.0..=place.max.y, Stroke::new(1.5, palette.target));
    let narrow = place.width() < 60.0;
    let words = if narrow { Icon::Flag.to_string() } else { format!("{} {name}", Icon::Flag) };
    let font = FontId::proportional(SMALL);
    let mut job = egui::text::LayoutJob::simple_singleline(words, font, colour);
    if !narrow {
        job.wrap = egui::text::TextWrapping::truncate_at_width(place.width() - 6.0);
    }
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    painter.galley(pos2(place.min.x + 4.0, place.center().y - galley.size().y / 2.0), galley, colour);
    if response.has_focus() {
        painter.rect_stroke(place, 2.0, Stroke::new(1.5, palette.accent), egui::StrokeKind::Inside);
    }
    let clicked = response.clicked();
    response.on_hover_text(whole);
    clicked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Naming;

    #[test]
    fn a_day_stands_in_its_quarter_and_nowhere_outside_the_plan() {
        let calendar = Calendar { first_month: "2010-07".parse().unwrap(), quarters: 4, named_by: Naming::EndYear };
        let at = |day: &str| place(&calendar, day.parse().unwrap());
        assert_eq!(at("2010-07-01"), Some((0, 0.0)));
        assert_eq!(at("2011-01-01"), Some((2, 0.5)));
        assert_eq!(at("2011-06-30").map(|(quarter, _)| quarter), Some(3));
        assert!(at("2011-06-30").is_some_and(|(_, along)| along < 1.0));
        assert_eq!(at("2010-06-30"), None);
        assert_eq!(at("2011-07-01"), None);
    }
}
