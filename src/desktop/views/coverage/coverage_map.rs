//! The map of the view: countries in the colour of their region's figure, with the ranking beside it. Regions that
//! share a country are one place on it, with a figure of their own from the engine.

use std::collections::BTreeMap;

use egui::{FontId, Stroke, Ui};

use super::coverage_charts;
use super::lens::{Lens, Look};
use super::lens_shades::lens_shades;
use super::ranking::ranked;
use crate::desktop::charts::{self, Chart, ChartTable, Hit, Quantity, Swatch};
use crate::desktop::fonts::semibold;
use crate::desktop::map::{self, MapMark, MapStyle};
use crate::desktop::parts::chart;
use crate::desktop::parts::controls;
use crate::desktop::parts::shades::Shades;
use crate::desktop::scene::Scene;
use crate::desktop::style::Style;
use crate::engine::{Measure, Place};
use crate::units::{Exact, Period};

/// Width of the ranking beside the map, the width from which it is there, and its smallest height below.
const RANKING: f32 = 320.0;
const WIDE: f32 = 1000.0;
const LEAST: f32 = 180.0;
/// Height of a map's head, and height to width of the world.
const HEAD: f32 = 48.0;
const WORLD: f32 = 0.48;
const GAP: f32 = 16.0;

/// Draws the map and the ranking over the space there is.
pub(super) fn show(ui: &mut Ui, scene: &mut Scene<'_>, look: Look) {
    let area = ui.available_rect_before_wrap();
    let (map, ranking) = if area.width() >= WIDE {
        let split = area.max.x - RANKING;
        (area.with_max_x(split - GAP), area.with_min_x(split))
    } else {
        let height = (area.width() * WORLD + HEAD).min(area.height() - LEAST).max(0.0);
        let split = area.min.y + height;
        (area.with_max_y(split), area.with_min_y(split + GAP / 2.0))
    };
    let shades = ui.scope_builder(egui::UiBuilder::new().max_rect(map), |ui| world(ui, scene, look)).inner;
    let ranking = egui::UiBuilder::new().max_rect(ranking);
    ui.scope_builder(ranking, |ui| coverage_charts::ranks(ui, scene, look, Some(shades)));
}

/// Draws the map; gives its colours.
fn world(ui: &mut Ui, scene: &mut Scene<'_>, look: Look) -> Shades {
    let chart = WorldMap::of(scene, look);
    let period = chart.period;
    let hit = chart::show(ui, scene, "world", &chart);
    let focus = controls::region_of(scene.focus.place);
    let region = hit.and_then(|hit| chart.groups.get(hit.x)).and_then(|group| next(&group.regions, focus));
    if let Some(region) = region {
        let place = Place::Region(region);
        coverage_charts::point(scene, place, period, look.explains(scene, place, period));
    }
    chart.shades
}

/// The region that a click on a group looks at: the first, or the one after that which is looked at already.
fn next(regions: &[usize], focus: Place) -> Option<usize> {
    let at = regions.iter().position(|r| Place::Region(*r) == focus);
    let next = at.map_or(0, |at| (at + 1) % regions.len());
    regions.get(next).copied()
}

/// Regions that are one place on the map: those that share a country.
struct CountryGroup {
    regions: Vec<usize>,
    name: String,
    /// The country with its label.
    country: String,
    value: Option<Exact>,
}

/// The map as a chart: its figures are those of the regions.
struct WorldMap<'a> {
    look: Look,
    period: Period,
    quantity: Quantity,
    detail: String,
    shades: Shades,
    groups: Vec<CountryGroup>,
    /// The group of each country that belongs to a region.
    countries: BTreeMap<&'a str, usize>,
    table: ChartTable,
    /// Countries of what is selected elsewhere in the window.
    selected: Vec<&'a str>,
    names: Vec<(String, Option<Exact>)>,
}

impl<'a> WorldMap<'a> {
    fn of(scene: &Scene<'a>, look: Look) -> Self {
        let outcome = scene.outcome();
        let plan = outcome.plan();
        let period = look.lens.period(scene.focus.period, &plan.calendar);
        let quantity = look.lens.quantity(plan);
        let names: Vec<(String, Option<Exact>)> = plan
            .regions
            .iter()
            .enumerate()
            .map(|(r, region)| (region.name.clone(), look.value(look.source(scene), Place::Region(r), period)))
            .collect();
        let mut by_country: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (r, region) in plan.regions.iter().enumerate() {
            for country in &region.countries {
                by_country.entry(country.as_str()).or_default().push(r);
            }
        }
        let mut groups: Vec<CountryGroup> = Vec::new();
        let mut countries = BTreeMap::new();
        // In the order in which regions name their countries, so that the first of them has the label.
        for country in plan.regions.iter().flat_map(|r| &r.countries).map(crate::plan::Country::as_str) {
            let Some(regions) = by_country.get(country) else { continue };
            let known = groups.iter().position(|g| g.regions == *regions);
            let group = known.unwrap_or_else(|| {
                let inside: Vec<&str> = regions.iter().filter_map(|r| names.get(*r)).map(|(n, _)| n.as_str()).collect();
                let (name, country) = (together(&inside), country.to_owned());
                let value = look.together(look.source(scene), regions, period);
                groups.push(CountryGroup { regions: regions.clone(), name, country, value });
                groups.len() - 1
            });
            countries.insert(country, group);
        }
        let values: Vec<Exact> = groups.iter().filter_map(|g| g.value).collect();
        let shades = lens_shades(look.lens, &scene.palette, scene.numbers, &values, &quantity);
        let chosen = match controls::region_of(scene.focus.place) {
            Place::Plan => Vec::new(),
            place => outcome.regions_of(place).unwrap_or_default(),
        };
        let selected = chosen.iter().filter_map(|r| plan.regions.get(*r)).flat_map(|r| &r.countries);
        let order = ranked(scene, look, period);
        let labels = order.iter().filter_map(|(r, _)| names.get(*r)).map(|(name, _)| name.clone()).collect();
        let table = ChartTable::one(
            "Region",
            labels,
            look.lens.measure().title(),
            order.iter().map(|(_, value)| *value).collect(),
        );
        let role = look.role.filter(|_| look.lens == Lens(Measure::SupportCoverage)).and_then(|k| plan.roles.get(k));
        let role = role.map_or_else(String::new, |r| format!("{}, ", r.name));
        let detail = format!("{role}{}", plan.calendar.name(period));
        let selected = selected.map(crate::plan::Country::as_str).collect();
        Self { look, period, quantity, detail, shades, groups, countries, table, selected, names }
    }

    fn marks(&self, style: Style) -> Vec<MapMark<'_>> {
        let mark = |group| {
            let CountryGroup { country, name, value, .. }: &CountryGroup = group;
            MapMark { country, name: name.clone(), figure: self.quantity.short(style.numbers, *value) }
        };
        self.groups.iter().map(mark).collect()
    }

    /// The tooltip of a country: its regions and, if there are several, their common figure.
    fn tip_lines(&self, style: Style, group: &CountryGroup) -> Vec<charts::TipLine> {
        let line = |name: &str, value: Option<Exact>| {
            let swatch = value.map_or(Swatch::None, |v| Swatch::Heat(self.shades.colour(v)));
            (swatch, name.to_owned(), self.quantity.value(style.numbers, value))
        };
        let regions = group.regions.iter().filter_map(|r| self.names.get(*r));
        let mut lines: Vec<charts::TipLine> = regions.map(|(name, value)| line(name, *value)).collect();
        if group.regions.len() > 1 && group.value.is_some() {
            lines.push(line("Together", group.value));
        }
        lines
    }
}

/// The name of several regions: what their names begin with, and how many they are.
fn together(names: &[&str]) -> String {
    let [first, others @ ..] = names else { return String::new() };
    if others.is_empty() {
        return (*first).to_owned();
    }
    let words = first.split(' ').enumerate();
    let shared = words.take_while(|(i, word)| others.iter().all(|name| name.split(' ').nth(*i) == Some(word)));
    let shared: Vec<&str> = shared.map(|(_, word)| word).collect();
    let count = names.len();
    if shared.is_empty() { format!("{count} regions") } else { format!("{}, {count} regions", shared.join(" ")) }
}

impl Chart for WorldMap<'_> {
    fn title(&self) -> &str {
        self.look.lens.measure().title()
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn axis(&self) -> String {
        match &self.quantity {
            Quantity::Money(currency) => currency.clone(),
            _ => String::new(),
        }
    }

    fn legend(&self) -> Vec<(Swatch, String)> {
        self.shades.steps().map(|(colour, text)| (Swatch::Heat(colour), text.to_owned())).collect()
    }

    fn table(&self) -> ChartTable {
        self.table.clone()
    }

    fn quantity(&self) -> &Quantity {
        &self.quantity
    }

    fn goes_down(&self) -> Option<bool> {
        // The ranking beside it shows the same regions.
        None
    }

    fn draw(&self, ui: &mut Ui, style: Style, name: &str, _: Option<Hit>) -> Option<Hit> {
        let (palette, behind) = (style.palette, style.palette.surface);
        let colours = MapStyle {
            land: palette.band,
            border: Stroke::new(0.7, behind),
            selected: Stroke::new(2.0, palette.accent),
            hovered: Stroke::new(1.5, palette.text),
            hovered_tint: palette.accent.gamma_multiply(0.18),
            text: palette.text,
            label: behind.gamma_multiply(0.85),
            name_font: FontId::proportional(11.5),
            figure_font: semibold(12.0),
        };
        let group = |code: &str| self.countries.get(code).and_then(|g| self.groups.get(*g));
        let fill = |code: &str| {
            let group = group(code)?;
            Some(group.value.map_or(palette.line, |v| self.shades.colour(v)))
        };
        let selected = |code: &str| self.selected.contains(&code);
        let name = format!("{}, {name}", self.look.lens.measure().title());
        let marks = self.marks(style);
        let shown = map::show(ui, "world", &name, &fill, &marks, &selected, &colours);
        if let Some(group) = shown.hovered.and_then(group) {
            let several = group.regions.len() > 1;
            let heading =
                if several { format!("{}, a click looks at the next", group.name) } else { group.name.clone() };
            charts::tip(&shown.response, &palette, None, &heading, &self.tip_lines(style, group));
        }
        let clicked = shown.clicked.and_then(|code| self.countries.get(code))?;
        Some(Hit { x: *clicked, series: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_of_a_country_are_named_by_what_they_share() {
        assert_eq!(together(&["US Federal", "US State, local and education", "US Commercial"]), "US, 3 regions");
        assert_eq!(together(&["North", "South"]), "2 regions");
        assert_eq!(together(&["Japan"]), "Japan");
    }

    #[test]
    fn clicks_on_a_country_go_through_its_regions() {
        let regions = [4, 7, 9];
        assert_eq!(next(&regions, Place::Plan), Some(4));
        assert_eq!(next(&regions, Place::Region(4)), Some(7));
        assert_eq!(next(&regions, Place::Region(9)), Some(4));
        assert_eq!(next(&[], Place::Plan), None);
    }
}
