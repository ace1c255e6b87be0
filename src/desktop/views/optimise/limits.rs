//! The limits as switches, each with the plan's figure.

use egui::{Label, RichText, Ui};

use super::question::Question;
use crate::analysis::optimisation::{Limit, LimitGroup, LimitStatus, Limits, limit_groups};
use crate::desktop::editor::EditorLook;
use crate::desktop::icons::Icon;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::entry;
use crate::desktop::scene::Scene;
use crate::engine::{LimitKind, Place};
use crate::plan::Plan;
use crate::units::{Exact, Money, Period, Ratio};

/// Width of a year's cost before its budget.
const NAMES: f32 = 122.0;

/// The plan's figures under the limits, until the plan or the budgets change.
pub(super) type LimitCache = Cached<Limits, Vec<LimitGroup>>;

/// Draws the switches.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, question: &mut Question, kept: &mut LimitCache) {
    let settled = scene.document.settled();
    let groups = kept.get(scene, question.limits.clone(), || limit_groups(settled, &question.limits));
    for group in groups {
        let mut kept = question.limits.are_kept(group.kind);
        if ui.checkbox(&mut kept, group.kind.title()).on_hover_text(group.kind.kept()).changed() {
            question.limits.keep(group.kind, kept);
        }
        ui.indent(group.kind.title(), |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            if group.kind == LimitKind::Budgets {
                budgets(ui, scene, question, group);
            } else {
                let (text, broken) = words(scene, group);
                say(ui, scene, &text, broken);
            }
        });
    }
}

/// A line of small words, with a sign where a limit is broken.
fn say(ui: &mut Ui, scene: &Scene<'_>, text: &str, broken: bool) {
    let (text, colour) = if broken {
        (format!("{} {text}", Icon::Warning), scene.palette.warning)
    } else {
        (text.to_owned(), scene.palette.faint)
    };
    ui.add(Label::new(RichText::new(text).color(colour).size(12.5)).wrap());
}

/// Each year's cost and the budget that holds: the plan's, or what is typed over it for the search.
fn budgets(ui: &mut Ui, scene: &mut Scene<'_>, question: &mut Question, group: &LimitGroup) {
    let (plan, numbers) = (scene.plan(), scene.numbers);
    for year in 0..plan.calendar.years() {
        let (name, fiscal) = (plan.calendar.name(Period::Year(year)), plan.calendar.fiscal_year(year));
        let status = group.statuses.iter().find(|status| status.limit == Limit::Budget(year));
        let sums = scene.document.settled().rollup(Place::Plan, Period::Year(year)).copied().unwrap_or_default();
        entry::row(ui, |ui| {
            let against = if status.is_some() { "of" } else { "no budget" };
            let cost = format!("{name}: {} {against}", numbers.short(sums.total_cost));
            // The fields stand below each other.
            ui.allocate_ui(egui::vec2(NAMES, 20.0), |ui| {
                ui.set_min_width(NAMES);
                say(ui, scene, &cost, status.is_some_and(|status| !status.is_met()));
            });
            let shown = status.map_or(String::new(), |status| numbers.plain(status.bound));
            let place = format!("Budget {name} of the search");
            let look = EditorLook::line(&place, 108.0).right();
            let (response, entered) = entry::field(ui, scene, look, &shown, |typed| match typed.trim() {
                "" => Ok(None),
                _ => match numbers.read(typed)? {
                    amount if amount.is_negative() => Err("A budget is not below 0".to_owned()),
                    amount => Ok(Some(Money::new(amount))),
                },
            });
            let own = plan.budgets.get(&fiscal).map_or("none".to_owned(), |budget| numbers.whole(*budget));
            let about = format!("Holds for the search alone; empty: the plan's own, {own}");
            response.on_hover_text(about);
            match entered {
                Some(None) => drop(question.limits.budget_overrides.remove(&fiscal)),
                Some(Some(amount)) => drop(question.limits.budget_overrides.insert(fiscal, amount)),
                None => {}
            }
        });
    }
}

/// The plan's tightest limit of a kind in words, and whether it breaks any.
fn words(scene: &Scene<'_>, group: &LimitGroup) -> (String, bool) {
    let plan = scene.plan();
    let Some(tightest) = group.tightest() else {
        return ("The plan states no such limit".to_owned(), false);
    };
    let broken = group.broken_count();
    if group.kind == LimitKind::Envelope {
        let (year, envelope) =
            (Period::Year(plan.calendar.year_index(plan.envelope.fiscal_year).unwrap_or(0)), &plan.envelope);
        let name = plan.calendar.name(year);
        let text = format!(
            "{name}: {} of {} to {} growth hires",
            scene.numbers.exact(tightest.figure, 0),
            envelope.min,
            envelope.max
        );
        return (text, broken > 0);
    }
    let which = if tightest.limit.is_upper() { "Fullest" } else { "Lowest" };
    let text = format!("{which}: {}, {}", wher(plan, tightest.limit), of(scene, tightest));
    match broken {
        0 => (text, false),
        n => (format!("{n} of {} broken. {text}", group.statuses.len()), true),
    }
}

/// The figure of a limit and its bound: `14 of 12`.
pub(super) fn of(scene: &Scene<'_>, status: &LimitStatus) -> String {
    let numbers = scene.numbers;
    match status.limit {
        Limit::Support(..) | Limit::Manager(..) => numbers.percent(Some(Ratio::new(status.figure)), 0),
        Limit::Budget(_) | Limit::Coverage(..) | Limit::Shortfall(..) => {
            format!("{} of {}", numbers.short(Money::new(status.figure)), numbers.short(Money::new(status.bound)))
        }
        _ => {
            let places = |value: Exact| u32::from(value.round(0) != value);
            let text = |value: Exact| numbers.exact(value, places(value));
            format!("{} of {}", text(status.figure), text(status.bound))
        }
    }
}

/// Where and when a limit holds.
fn wher(plan: &Plan, limit: Limit) -> String {
    let region = |r: usize| plan.regions.get(r).map_or("", |r| r.name.as_str());
    let role = |k: usize| plan.roles.get(k).map_or("", |k| k.name.as_str());
    let year = |y: usize| plan.calendar.name(Period::Year(y));
    let quarter = |q: usize| plan.calendar.name(Period::Quarter(q));
    match limit {
        Limit::EnvelopeMin | Limit::EnvelopeMax => plan.envelope.fiscal_year.to_string(),
        Limit::Budget(y) => year(y),
        Limit::Recruiting(q) => quarter(q),
        Limit::Seats(r, q) | Limit::Shortfall(r, q) => format!("{}, {}", region(r), quarter(q)),
        Limit::Support(r, k, y) => format!("{}, {}, end of {}", region(r), role(k), year(y)),
        Limit::Manager(r, y) => format!("{}, end of {}", region(r), year(y)),
        Limit::Coverage(r, y) => format!("{}, {}", region(r), year(y)),
    }
}
