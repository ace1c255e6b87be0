//! The tables of the view: one figure of the headcount walk for every place, or the whole walk of one place; months
//! across by fiscal quarter, with the quarter and the year behind them.

use std::collections::BTreeSet;

use egui::Ui;

use super::arrangement::{self, TimeSteps, WalkTable};
use crate::desktop::parts::figures::{FigureRow, Figures};
use crate::desktop::scene::{Scene, figure};
use crate::desktop::sheet::{Band, Cell, Column, RowHead, Tone};
use crate::engine::{Measure, Place, Walks};
use crate::plan::Plan;
use crate::units::{Calendar, Exact, Period};

/// Width of a month's column, and of a quarter's or year's.
const WIDTH: f32 = 62.0;
const WIDE: f32 = 70.0;

/// Each quarter's months with the quarter behind them, and each year behind its quarters; months only on request.
pub(super) fn periods(calendar: &Calendar, steps: TimeSteps) -> Vec<Period> {
    let months = |period: &Period| match (steps, period) {
        (TimeSteps::Months, Period::Quarter(q)) => q * 3..q * 3 + 3,
        _ => 0..0,
    };
    let with_months = |period| months(&period).map(Period::Month).chain([period]);
    calendar.quarters_then_year().flat_map(with_months).collect()
}

/// Makes the table.
pub(super) fn make(
    ui: &Ui,
    scene: &Scene<'_>,
    walks: &Walks,
    table: WalkTable,
    steps: TimeSteps,
    place: Place,
    turned: &BTreeSet<String>,
) -> Figures {
    let calendar = scene.outcome().plan().calendar;
    let periods = periods(&calendar, steps);
    let making = WalkRowBuilder { scene, walks, periods: &periods };
    let (corner, lines) = match table {
        WalkTable::Walk => (scene.place_title(place), making.walk(place)),
        WalkTable::Places(measure) => ("Area, region, role".to_owned(), making.places(measure, turned)),
    };
    let heading = |period: &Period| heading(scene, &calendar, steps, *period);
    let columns: Vec<Column> = periods.iter().map(heading).collect();
    Figures::new(ui, corner, calendar, periods.clone(), WIDTH, lines)
        .under(columns)
        .with_actuals(scene.figures().closed_months())
}

/// A month is under its quarter, a quarter under itself or its year.
fn heading(scene: &Scene<'_>, calendar: &Calendar, steps: TimeSteps, period: Period) -> Column {
    let name = calendar.name(period);
    match period {
        Period::Month(t) => {
            let month = scene.numbers.month(calendar.month(t));
            Column::new(month.clone(), WIDTH).group(calendar.name(Period::Quarter(t / 3))).about(month)
        }
        Period::Quarter(q) if steps == TimeSteps::Months => {
            let title = name.rsplit(' ').next().unwrap_or(&name).to_owned();
            Column::new(title, WIDE).group(calendar.name(Period::Quarter(q))).about(name).closing()
        }
        Period::Quarter(q) => {
            let title = name.rsplit(' ').next().unwrap_or(&name).to_owned();
            Column::new(title, WIDE).group(calendar.name(Period::Year(q / 4))).about(name)
        }
        _ => Column::new(name.clone(), WIDE).group(name.clone()).about(name).closing(),
    }
}

/// A line of the walk, with its sign.
pub(super) fn title(measure: Measure) -> String {
    match measure {
        Measure::Growth | Measure::Backfills | Measure::MovedIn => format!("+ {}", measure.title()),
        measure if arrangement::leaves(measure) => format!("− {}", measure.title()),
        Measure::Closing => format!("= {}", measure.title()),
        _ => measure.title().to_owned(),
    }
}

struct WalkRowBuilder<'a, 's> {
    scene: &'a Scene<'s>,
    walks: &'a Walks,
    periods: &'a [Period],
}

impl WalkRowBuilder<'_, '_> {
    /// Opening, increases and decreases, closing; and the ramped heads.
    fn walk(&self, place: Place) -> Vec<FigureRow> {
        let name = self.scene.place_title(place);
        let line = |measure: Measure| {
            let stands = matches!(measure, Measure::Opening | Measure::Closing);
            let band = if stands { Band::Strong } else { Band::None };
            let row = RowHead { title: title(measure), band, ..RowHead::default() };
            self.line(row, format!("{}, {name}", measure.title()), place, measure)
        };
        let steps = arrangement::steps(self.scene);
        steps.into_iter().chain([Measure::Ramped]).map(line).collect()
    }

    /// One figure for every place, down to the cells of the regions that are unfolded.
    fn places(&self, measure: Measure, turned: &BTreeSet<String>) -> Vec<FigureRow> {
        let plan = self.scene.outcome().plan();
        let line = |place: Place, depth: u8, band: Band, folded: Option<bool>| {
            let title = match place {
                Place::Cell(_, k) => plan.roles.get(k).map(|r| r.name.clone()).unwrap_or_default(),
                other => self.scene.place_title(other),
            };
            let name = format!("{}, {}", measure.title(), self.scene.place_title(place));
            self.line(RowHead { title, depth, band, folded }, name, place, measure)
        };
        let mut lines = vec![line(Place::Plan, 0, Band::Strong, None)];
        for (a, area) in plan.areas().into_iter().enumerate() {
            let folded = is_folded(plan, Place::Area(a), turned);
            lines.push(line(Place::Area(a), 0, Band::Strong, Some(folded)));
            if folded {
                continue;
            }
            for (r, _) in plan.regions.iter().enumerate().filter(|(_, r)| r.area == area) {
                let folded = is_folded(plan, Place::Region(r), turned);
                lines.push(line(Place::Region(r), 1, Band::Light, Some(folded)));
                if !folded {
                    lines.extend((0..plan.roles.len()).map(|k| line(Place::Cell(r, k), 2, Band::None, None)));
                }
            }
        }
        lines
    }

    fn line(&self, head: RowHead, name: String, place: Place, measure: Measure) -> FigureRow {
        let band = head.band;
        let cells = self.periods.iter().map(|period| self.cell(place, *period, measure, band)).collect();
        FigureRow { head, name, place: Some(place), key: None, cells, hover_text: Vec::new() }
    }

    fn cell(&self, place: Place, period: Period, measure: Measure, band: Band) -> Cell {
        let Some(heads) = self.walks.get(place, period).and_then(|walk| walk.figure(measure)) else {
            return Cell::default();
        };
        let tone = match (heads.exact().is_zero(), band, period) {
            (true, ..) => Tone::Faint,
            (_, Band::Strong, _) | (.., Period::Quarter(_) | Period::Year(_)) => Tone::Strong,
            _ => Tone::Normal,
        };
        let text = if heads.exact() == Exact::ZERO { "·".to_owned() } else { self.scene.numbers.heads(heads) };
        Cell {
            text,
            tone,
            number: Some(heads.exact()),
            explains: self.scene.figures().key(figure(measure, place, period)),
            ..Cell::default()
        }
    }
}

/// Under which name a place is folded or unfolded.
pub(super) fn key(plan: &Plan, place: Place) -> Option<String> {
    match place {
        Place::Area(a) => plan.areas().get(a).map(|area| format!("area:{area}")),
        Place::Region(r) => plan.regions.get(r).map(|r| r.id.to_string()),
        Place::Plan | Place::Cell(..) => None,
    }
}

/// Areas begin unfolded and regions folded.
fn is_folded(plan: &Plan, place: Place, turned: &BTreeSet<String>) -> bool {
    let is_turned = key(plan, place).is_some_and(|key| turned.contains(&key));
    matches!(place, Place::Region(_)) != is_turned
}

/// The rows to fold or unfold so that all are folded, or none.
pub(super) fn turned(plan: &Plan, fold: bool) -> BTreeSet<String> {
    let areas = (0..plan.areas().len()).map(Place::Area);
    let places: Vec<Place> = if fold { areas.collect() } else { (0..plan.regions.len()).map(Place::Region).collect() };
    places.into_iter().filter_map(|place| key(plan, place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Template;

    #[test]
    fn every_month_stands_before_its_quarter_and_every_quarter_before_its_year() {
        let plan = Template::by_name("us-public-sector-fy11").and_then(|t| t.plan().ok()).unwrap();
        let months = periods(&plan.calendar, TimeSteps::Months);
        assert_eq!(months.len(), 24 + 8 + 2);
        assert_eq!(months[3..5], [Period::Quarter(0), Period::Month(3)]);
        assert_eq!(months[16], Period::Year(0));
        assert_eq!(periods(&plan.calendar, TimeSteps::Quarters).len(), 8 + 2);
    }

    #[test]
    fn regions_stand_folded_until_they_are_turned() {
        let plan = Template::by_name("us-public-sector-fy11").and_then(|t| t.plan().ok()).unwrap();
        let turned: BTreeSet<String> =
            key(&plan, Place::Region(0)).into_iter().chain(key(&plan, Place::Area(0))).collect();
        let folded = |place| (is_folded(&plan, place, &BTreeSet::new()), is_folded(&plan, place, &turned));
        assert_eq!(folded(Place::Region(0)), (true, false));
        assert_eq!(folded(Place::Area(0)), (false, true));
        for fold in [true, false] {
            let turned = super::turned(&plan, fold);
            assert_eq!(is_folded(&plan, Place::Area(0), &turned), fold);
            assert_eq!(is_folded(&plan, Place::Region(1), &turned), fold);
        }
    }
}
