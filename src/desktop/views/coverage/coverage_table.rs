//! The table of the view: area, region and, for support, role down; quarters and years across, on heat.

use std::collections::BTreeSet;

use egui::Ui;

use super::lens::{Lens, Look, support_roles};
use super::lens_shades::lens_shades;
use crate::desktop::numbers::{NONE, in_percent};
use crate::desktop::parts::figures::{FigureRow, Figures, periods};
use crate::desktop::parts::shades::Shades;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Band, Cell, RowHead, Tone};
use crate::engine::{Measure, Place, Unit};
use crate::units::{Exact, Period};

/// Width of a column.
const WIDTH: f32 = 56.0;
const WIDE: f32 = 70.0;

/// Makes the table, and the colours behind its figures.
pub(super) fn make(ui: &Ui, scene: &Scene<'_>, look: Look, folded: &BTreeSet<String>) -> (Figures, Shades) {
    let plan = scene.outcome().plan();
    let periods = periods(&plan.calendar, look.lens.by_quarter(), look.lens.by_year());
    let quantity = look.lens.quantity(plan);
    let source = look.source(scene);
    let of_regions = (0..plan.regions.len())
        .flat_map(|r| periods.iter().filter_map(move |p| look.value(source, Place::Region(r), *p)));
    let values: Vec<Exact> = of_regions.collect();
    let shades = lens_shades(look.lens, &scene.palette, scene.numbers, &values, &quantity);
    let table = CoverageRowBuilder { scene, look, shades: &shades, periods: &periods };
    let lines = table.lines(folded);
    let unit = match look.lens.measure().unit() {
        Unit::Money => format!("Area, region; {}", plan.currency),
        _ if look.lens == Lens(Measure::SupportCoverage) => "Area, region, role; %".to_owned(),
        Unit::Ratio => "Area, region; %".to_owned(),
        Unit::Heads => "Area, region; heads".to_owned(),
        Unit::Count => "Area, region".to_owned(),
    };
    let width = if look.lens.measure().unit() == Unit::Money { WIDE } else { WIDTH };
    let figures = Figures::new(ui, unit, plan.calendar, periods.clone(), width, lines);
    let figures = figures.with_actuals(source.closed_months());
    (figures, shades)
}

struct CoverageRowBuilder<'a, 's> {
    scene: &'a Scene<'s>,
    look: Look,
    shades: &'a Shades,
    periods: &'a [Period],
}

impl CoverageRowBuilder<'_, '_> {
    fn lines(&self, folded: &BTreeSet<String>) -> Vec<FigureRow> {
        let plan = self.scene.outcome().plan();
        let is_folded = |key: &str| folded.contains(key);
        let mut lines = vec![self.line(Place::Plan, 0, Band::Strong)];
        for (a, area) in plan.areas().into_iter().enumerate() {
            let key = format!("area:{area}");
            let mut line = self.line(Place::Area(a), 0, Band::Strong);
            line.head.folded = Some(is_folded(&key));
            line.key = Some(key.clone());
            lines.push(line);
            if is_folded(&key) {
                continue;
            }
            for (r, region) in plan.regions.iter().enumerate().filter(|(_, r)| r.area == area) {
                if self.look.lens != Lens(Measure::SupportCoverage) {
                    lines.push(self.line(Place::Region(r), 1, Band::None));
                    continue;
                }
                let folded = is_folded(region.id.as_str());
                let head = RowHead { title: region.name.clone(), depth: 1, band: Band::Light, folded: Some(folded) };
                let key = Some(region.id.to_string());
                let place = Some(Place::Region(r));
                lines.push(FigureRow { head, name: region.name.clone(), place, key, ..FigureRow::default() });
                if !folded {
                    lines.extend(support_roles(plan).into_iter().map(|k| self.line(Place::Cell(r, k), 2, Band::None)));
                }
            }
        }
        lines
    }

    fn line(&self, place: Place, depth: u8, band: Band) -> FigureRow {
        let title = match place {
            Place::Cell(_, k) => self.scene.outcome().plan().roles.get(k).map(|r| r.name.clone()).unwrap_or_default(),
            other => self.scene.place_title(other),
        };
        let whole = match place {
            Place::Cell(..) => self.scene.outcome().place_name(place),
            _ => title.clone(),
        };
        let name = format!("{}, {whole}", self.look.title(self.scene));
        let (cells, hover_text) = self.periods.iter().map(|period| self.cell(place, *period, band)).unzip();
        let head = RowHead { title, depth, band, ..RowHead::default() };
        FigureRow { head, name, place: Some(place), key: None, cells, hover_text }
    }

    /// A cell, and the text that a pointer on it shows.
    fn cell(&self, place: Place, period: Period, band: Band) -> (Cell, String) {
        let (numbers, lens) = (self.scene.numbers, self.look.lens);
        let value = self.look.value(self.look.source(self.scene), place, period);
        let Some(value) = value else {
            // A measure that is none by the model, or is not made for such a place at all.
            let exists = self.look.key(place, period).place == place && self.exists_for(place);
            let text = if exists { NONE.to_owned() } else { String::new() };
            return (Cell { text, tone: Tone::Faint, ..Cell::default() }, String::new());
        };
        // Amounts of a year and of areas are not on the scale of a region's quarter.
        let is_ratio = lens.measure().unit() == Unit::Ratio;
        let on_scale = is_ratio || matches!(place, Place::Region(_));
        let (text, exact) = match lens.measure().unit() {
            Unit::Ratio => {
                let share = Some(crate::units::Ratio::new(value));
                (numbers.exact(in_percent(value), 1), numbers.percent(share, 4))
            }
            Unit::Money => {
                let amount = crate::units::Money::new(value);
                (numbers.short(amount), format!("{} {}", numbers.money(amount), self.scene.plan().currency))
            }
            Unit::Heads | Unit::Count => (numbers.exact(value, 1), numbers.exact(value, 6)),
        };
        let cell = Cell {
            text,
            number: (!is_ratio).then_some(value),
            exact: is_ratio.then_some(value),
            share: is_ratio,
            tone: if band == Band::Strong { Tone::Strong } else { Tone::Normal },
            fill: on_scale.then(|| self.shades.colour(value)),
            explains: self.look.explains(self.scene, place, period),
            ..Cell::default()
        };
        (cell, exact)
    }

    /// Whether figures of this kind are made for such a place.
    const fn exists_for(&self, place: Place) -> bool {
        match self.look.lens {
            Lens(Measure::SupportCoverage) => matches!(place, Place::Cell(..)),
            Lens(Measure::MarketShare | Measure::MarketLead) => matches!(place, Place::Region(_)),
            _ => !matches!(place, Place::Cell(..)),
        }
    }
}
