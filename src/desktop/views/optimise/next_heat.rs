//! What one more hire adds, as a table on heat: regions and roles down, quarters across, each figure printed on its colour.

use std::collections::{BTreeMap, BTreeSet};

use egui::Ui;

use crate::analysis::optimisation::{NextHire, Problem};
use crate::desktop::icons::Icon;
use crate::desktop::parts::figures::{FigureRow, Figures, periods};
use crate::desktop::parts::shades::Shades;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Band, Cell, RowHead, Tone};
use crate::engine::Place;
use crate::units::{Exact, Money, Period};

/// Width of a column.
const WIDTH: f32 = 66.0;

/// What is shown of one more hire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adds {
    Covered,
    Capacity,
    Cost,
}

impl Adds {
    pub(super) const CHOICES: [(Self, Option<Icon>, &'static str); 3] = [
        (Self::Covered, Some(Icon::Target), "Covered target"),
        (Self::Capacity, Some(Icon::ChartBar), "Capacity"),
        (Self::Cost, Some(Icon::Coins), "Cost"),
    ];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Covered => "Covered target",
            Self::Capacity => "Capacity",
            Self::Cost => "Cost",
        }
    }

    /// What a figure is, with its unit.
    pub(super) fn unit(self, scene: &Scene<'_>) -> String {
        let currency = &scene.plan().currency;
        match self {
            Self::Covered => format!("target that is covered, {currency}"),
            Self::Capacity => format!("capacity, {currency}"),
            Self::Cost => format!("cost over the whole horizon, {currency}"),
        }
    }

    const fn of(self, hire: &NextHire) -> Money {
        match self {
            Self::Covered => hire.covered,
            Self::Capacity => hire.capacity,
            Self::Cost => hire.cost,
        }
    }
}

/// Makes the table, and the colours behind its figures.
pub(super) fn make(
    ui: &Ui,
    scene: &Scene<'_>,
    hires: &[NextHire],
    adds: Adds,
    problem: &Problem,
    folded: &BTreeSet<String>,
) -> (Figures, Shades) {
    let plan = scene.plan();
    let values: Vec<Exact> = hires.iter().map(|hire| adds.of(hire).exact()).collect();
    let shades = Shades::of_amounts(&scene.palette, &values, &|value| scene.numbers.short(Money::new(value)));
    let at: BTreeMap<(usize, usize, usize), &NextHire> =
        hires.iter().map(|hire| ((hire.open.region, hire.open.role, hire.open.quarter), hire)).collect();
    let making = HeatRowBuilder { scene, adds, problem, shades: &shades };
    let quarters = 0..plan.calendar.quarters;
    let mut lines = Vec::new();
    for (r, region) in plan.regions.iter().enumerate() {
        let roles: Vec<usize> =
            (0..plan.roles.len()).filter(|k| quarters.clone().any(|q| at.contains_key(&(r, *k, q)))).collect();
        if roles.is_empty() {
            continue;
        }
        let folded = folded.contains(region.id.as_str());
        let best = quarters.clone().map(|q| making.best(roles.iter().filter_map(|k| at.get(&(r, *k, q)).copied())));
        let head = RowHead { title: region.name.clone(), depth: 0, band: Band::Light, folded: Some(folded) };
        let key = Some(region.id.to_string());
        lines.push(making.line(head, &region.name, Place::Region(r), key, best));
        for k in roles.into_iter().filter(|_| !folded) {
            let title = plan.roles.get(k).map(|role| role.name.clone()).unwrap_or_default();
            let name = format!("{}, {title}", region.name);
            let head = RowHead { title, depth: 1, ..RowHead::default() };
            let cells = quarters.clone().map(|q| at.get(&(r, k, q)).copied());
            lines.push(making.line(head, &name, Place::Cell(r, k), None, cells));
        }
    }
    let periods = periods(&plan.calendar, true, false);
    let corner = format!("Region: its best, role; {}", plan.currency);
    (Figures::new(ui, corner, plan.calendar, periods, WIDTH, lines), shades)
}

struct HeatRowBuilder<'a, 's> {
    scene: &'a Scene<'s>,
    adds: Adds,
    problem: &'a Problem,
    shades: &'a Shades,
}

impl HeatRowBuilder<'_, '_> {
    /// The hire of several that does most for least, of those within the limits.
    fn best<'h>(&self, hires: impl Iterator<Item = &'h NextHire>) -> Option<&'h NextHire> {
        let value = |hire: &NextHire| match self.adds {
            Adds::Cost => -hire.cost.exact(),
            adds => adds.of(hire).exact(),
        };
        let free = hires.filter(|hire| hire.is_allowed());
        free.reduce(|best, next| if value(next) > value(best) { next } else { best })
    }

    fn line<'h>(
        &self,
        head: RowHead,
        name: &str,
        place: Place,
        key: Option<String>,
        hires: impl Iterator<Item = Option<&'h NextHire>>,
    ) -> FigureRow {
        let (cells, hover_text) =
            hires.map(|hire| hire.map(|hire| self.cell(hire, head.band)).unwrap_or_default()).unzip();
        let name = format!("{} of one more, {name}", self.adds.title());
        FigureRow { head, name, place: Some(place), key, cells, hover_text }
    }

    /// A cell, and the text that a pointer on it shows.
    fn cell(&self, hire: &NextHire, band: Band) -> (Cell, String) {
        let (numbers, plan) = (self.scene.numbers, self.scene.plan());
        let value = self.adds.of(hire);
        let tone = match band {
            _ if !hire.is_allowed() => Tone::Faint,
            Band::None => Tone::Normal,
            _ => Tone::Strong,
        };
        let cell = Cell {
            text: numbers.short(value),
            exact: Some(value.exact()),
            tone,
            fill: hire.is_allowed().then(|| self.shades.colour(value.exact())),
            link: true,
            ..Cell::default()
        };
        let role = plan.roles.get(hire.open.role).map_or("", |role| role.name.as_str());
        let when = plan.calendar.name(Period::Quarter(hire.open.quarter));
        let figures = format!(
            "One more {role} in {when} covers {} of the target, adds {} of capacity and costs {} {}",
            numbers.whole(hire.covered),
            numbers.whole(hire.capacity),
            numbers.whole(hire.cost),
            plan.currency
        );
        let breaks: Vec<String> = hire.breaks.iter().map(|limit| limit.describe(plan, self.problem)).collect();
        let hover_text = match (breaks.is_empty(), hire.in_range) {
            (true, true) => figures,
            (true, false) => format!("{figures}\nNot within the most hires a cell and quarter"),
            (false, _) => format!("{figures}\nBreaks: {}", breaks.join("; ")),
        };
        (cell, hover_text)
    }
}

/// What the colours mean, and what has none.
pub(super) fn legend(ui: &mut Ui, scene: &Scene<'_>, shades: &Shades) {
    shades.legend(ui);
    let text = egui::RichText::new("No colour: breaks a limit").size(12.0).color(scene.palette.faint);
    ui.label(text);
}
