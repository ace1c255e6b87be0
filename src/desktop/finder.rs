//! The finder: one field that finds a command, view, region, role, assumption, finding, or the reason of a missed target by a
//! few letters of its name.

use std::sync::Arc;

use egui::{Align2, Area, Button, Context, Frame, Id, Key, Modifiers, Order, RichText, ScrollArea, Ui};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::action::Action;
use super::command::{COMMANDS, Command};
use super::editor::{self, EditorLook};
use super::icons::Icon;
use super::scene::{Scene, figure};
use super::section::Section;
use crate::analysis::{finding_sentence, main_year};
use crate::engine::{Measure, Outcome, Place};
use crate::plan::{Role, fields};
use crate::units::{Money, Period};

/// The most lines shown; typing another letter narrows them down.
const MOST: usize = 60;
const WIDTH: f32 = 560.0;
const LINE: f32 = 28.0;

/// What is being looked for.
#[derive(Default)]
pub(super) struct Finder {
    text: String,
    chosen: usize,
    started: bool,
    /// Everything that has a name, with the outcome that it is of.
    all: Option<(Arc<Outcome>, Vec<SearchResult>)>,
}

/// Something that can be found.
struct SearchResult {
    icon: Icon,
    title: String,
    /// What kind of thing it is, or its shortcut.
    detail: String,
    action: Action,
}

/// Draws the finder while it is open; says whether it stays open.
pub(super) fn show(ctx: &Context, finder: &mut Finder, scene: &mut Scene<'_>) -> bool {
    let of = scene.document.outcome();
    let known = finder.all.take().filter(|(known, _)| Arc::ptr_eq(known, of));
    let all = known.unwrap_or_else(|| (Arc::clone(of), everything(ctx, scene)));
    let found = matching(&all.1, &finder.text);
    let (up, down, enter, escape) = ctx.input_mut(|i| {
        let mut pressed = |key| i.consume_key(Modifiers::NONE, key);
        (pressed(Key::ArrowUp), pressed(Key::ArrowDown), pressed(Key::Enter), pressed(Key::Escape))
    });
    let last = found.len().saturating_sub(1);
    if down {
        finder.chosen += 1;
    }
    finder.chosen = finder.chosen.saturating_sub(usize::from(up)).min(last);
    let mut done = escape.then_some(None);
    if enter {
        done = found.get(finder.chosen).map(|f| Some(f.action.clone()));
    }
    let palette = scene.palette;
    let area =
        Area::new(Id::unique("finder")).order(Order::Foreground).anchor(Align2::CENTER_TOP, egui::vec2(0.0, 56.0));
    let response = area.show(ctx, |ui| {
        Frame::popup(ui.style())
            .inner_margin(10.0)
            .show(ui, |ui| {
                ui.set_width(WIDTH.min(ctx.content_rect().width() - 40.0));
                let look = EditorLook::line("Find", f32::INFINITY);
                let look = look.hint("Find a command, view, region, role, assumption or finding");
                let response = editor::live(ui, look, &mut finder.text);
                if !finder.started {
                    finder.started = true;
                    response.request_focus();
                }
                if response.changed() {
                    finder.chosen = 0;
                }
                ui.add_space(4.0);
                if found.is_empty() {
                    ui.colored_label(palette.faint, "Nothing has that name; try fewer letters");
                }
                list(ui, &found, finder.chosen, up || down, scene)
            })
            .inner
    });
    if let Some(action) = response.inner {
        done = Some(Some(action));
    }
    finder.all = Some(all);
    if response.response.clicked_elsewhere() {
        done = done.or(Some(None));
    }
    match done {
        Some(action) => {
            if let Some(action) = action {
                scene.send(action);
            }
            false
        }
        None => true,
    }
}

/// The lines; gives the action of the one that is clicked.
fn list(ui: &mut Ui, found: &[&SearchResult], chosen: usize, follow: bool, scene: &Scene<'_>) -> Option<Action> {
    let mut clicked = None;
    ScrollArea::vertical().max_height((LINE * 12.0).min(ui.ctx().content_rect().height() - 140.0)).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (index, one) in found.iter().enumerate() {
            let button = Button::selectable(index == chosen, format!("{}  {}", one.icon, one.title))
                .right_text(RichText::new(&one.detail).color(scene.palette.faint))
                .truncate()
                .min_size(egui::vec2(ui.available_width(), LINE));
            let response = ui.add(button);
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, index == chosen, &one.title));
            if response.clicked() {
                clicked = Some(one.action.clone());
            }
            if follow && index == chosen {
                response.scroll_to_me(None);
            }
        }
    });
    clicked
}

/// Everything that has a name: commands first, then sections, scenarios, places, fields and findings.
fn everything(ctx: &Context, scene: &Scene<'_>) -> Vec<SearchResult> {
    let plan = scene.plan();
    let found =
        |icon, title: String, detail: &str, action| SearchResult { icon, title, detail: detail.to_owned(), action };
    let commands = COMMANDS.iter().filter(|e| e.command != Command::Find).map(|entry| {
        let keys = entry.keys(ctx).unwrap_or_default();
        let (icon, title) = match entry.command {
            Command::Show(view) => (view.icon(), format!("Show {}", entry.title)),
            _ => (entry.icon, entry.title.to_owned()),
        };
        SearchResult { icon, title, detail: keys, action: Action::Command(entry.command) }
    });
    let sections = Section::ALL.into_iter().map(|section| {
        found(
            section.icon(),
            section.title().to_owned(),
            "in Assumptions",
            Action::ShowSection { section, keyboard: true },
        )
    });
    let scenarios = &scene.document.base().scenarios;
    let scenarios = scenarios
        .iter()
        .map(|s| found(Icon::GitBranch, s.name.clone(), "scenario", Action::ShowScenario(Some(s.name.clone()))));
    let base = found(Icon::GitBranch, "Base plan".to_owned(), "instead of a scenario", Action::ShowScenario(None));
    let scenarios = std::iter::once(base).chain(scenarios);
    let areas = plan.areas().into_iter().enumerate().map(|(a, area)| {
        found(Icon::MapTrifold, area.to_owned(), "area", Action::GoTo { place: Place::Area(a), quarter: None })
    });
    let regions = plan.regions.iter().enumerate().map(|(r, region)| {
        found(Icon::MapTrifold, region.name.clone(), "region", Action::GoTo { place: Place::Region(r), quarter: None })
    });
    let reasons = missed(scene).map(|(place, gap)| {
        let period = Period::Year(main_year(plan));
        let place_name = match place {
            Place::Plan => "the plan".to_owned(),
            other => scene.outcome().place_name(other),
        };
        let title = format!("Why {place_name} misses {}", plan.calendar.name(period));
        let action = Action::Explain(figure(Measure::Gap, place, period));
        found(Icon::Info, title, &format!("by {}", scene.numbers.short(gap)), action)
    });
    let roles = plan.roles.iter().map(|role| {
        found(Icon::User, role.name.clone(), "role", Action::GoToInput(Role::NAME.at(&role.id).to_string()))
    });
    let fields = fields().iter().filter(|f| !f.is_by_entry()).map(|field| {
        found(
            Icon::SlidersHorizontal,
            field.title.to_owned(),
            "assumption",
            Action::GoToInput(field.pattern.to_owned()),
        )
    });
    let groups = scene.document.finding_groups().iter().filter(|group| !group.is_accepted());
    let findings = groups.flat_map(|group| &group.findings).map(|ranked| {
        let finding = &ranked.finding;
        let quarter = match finding.period {
            Period::Quarter(q) => Some(q),
            Period::Year(y) => Some(y * 4),
            Period::Month(t) => Some(t / 3),
            Period::All => None,
        };
        let action = Action::GoTo { place: finding.place, quarter };
        let sentence = finding_sentence(scene.outcome(), finding, &scene.numbers);
        found(Icon::Warning, sentence, "finding", action)
    });
    commands
        .chain(sections)
        .chain(scenarios)
        .chain(areas)
        .chain(regions)
        .chain(reasons)
        .chain(roles)
        .chain(fields)
        .chain(findings)
        .collect()
}

/// The plan, its areas and its regions that miss the target of the main fiscal year, with their gaps.
fn missed<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = (Place, Money)> + 'a {
    let (outcome, plan) = (scene.outcome(), scene.plan());
    let period = Period::Year(main_year(plan));
    let areas = (0..plan.areas().len()).map(Place::Area);
    let places = std::iter::once(Place::Plan).chain(areas).chain((0..plan.regions.len()).map(Place::Region));
    let gaps = places.filter_map(move |place| Some((place, outcome.rollup(place, period)?.gap())));
    gaps.filter(|(_, gap)| *gap > Money::ZERO)
}

/// What matches the letters, best first; everything in its own order where none are typed.
fn matching<'a>(all: &'a [SearchResult], text: &str) -> Vec<&'a SearchResult> {
    if text.trim().is_empty() {
        return all.iter().take(MOST).collect();
    }
    let pattern = Pattern::parse(text, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, &SearchResult)> = all
        .iter()
        .filter_map(|f| Some((pattern.score(Utf32Str::new(&f.title, &mut buffer), &mut matcher)?, f)))
        .collect();
    // The sentence of a finding holds many letters: what has a name of its own comes first.
    let is_sentence = |found: &SearchResult| found.icon == Icon::Warning;
    scored.sort_by_key(|(score, found)| (is_sentence(found), std::cmp::Reverse(*score)));
    scored.into_iter().take(MOST).map(|(_, f)| f).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_find_what_is_meant() {
        let titles = [
            "Show Coverage",
            "Save as…",
            "Germany, Austria and Switzerland",
            "Gross margin",
            "Île-de-France",
            "Light theme",
            "A slight lightening in lightly filled Lighting",
        ];
        let found = |title: &&str| SearchResult {
            icon: if title.starts_with("A slight") { Icon::Warning } else { Icon::User },
            title: (*title).to_owned(),
            detail: String::new(),
            action: Action::EndPreview,
        };
        let all: Vec<SearchResult> = titles.iter().map(found).collect();
        for (text, first) in [
            ("covrg", "Show Coverage"),
            ("grm", "Gross margin"),
            ("austria", titles[2]),
            ("ile", "Île-de-France"),
            ("saa", "Save as…"),
            ("light", "Light theme"),
        ] {
            assert_eq!(matching(&all, text).first().map(|f| f.title.as_str()), Some(first), "{text}");
        }
        assert!(matching(&all, "zzz").is_empty());
        assert_eq!(matching(&all, " ").len(), titles.len());
    }
}
