//! The table of the outlook: for each place the outlook, with the plan of record, the actual and the difference below it.

use std::collections::BTreeSet;

use egui::Ui;

use super::comparison::RecordComparison;
use super::year_measure::ToldFigure;
use crate::analysis::FigureChange;
use crate::desktop::numbers::{NONE, in_thousands};
use crate::desktop::parts::figure_text;
use crate::desktop::parts::figures::{FigureRow, Figures, periods};
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Band, Cell, Column, RowHead, Tone};
use crate::engine::{Key, Outlook, Place, PlanCase, Unit, What};
use crate::units::{Exact, Period};

/// Width of a column.
const WIDTH: f32 = 78.0;

/// Makes the table.
pub(super) fn make(
    ui: &Ui,
    scene: &Scene<'_>,
    outlook: &Outlook,
    record: Option<&RecordComparison>,
    figure: ToldFigure,
    folded: &BTreeSet<String>,
) -> Figures {
    let plan = outlook.plan();
    let periods = periods(&plan.calendar, true, true);
    let table = OutlookTable { scene, outlook, record, figure, folded, periods: &periods };
    let mut lines = table.place("plan".to_owned(), Place::Plan, 0, Band::Strong);
    for (a, area) in plan.areas().into_iter().enumerate() {
        lines.extend(table.place(format!("area:{area}"), Place::Area(a), 0, Band::Light));
        let regions = plan.regions.iter().enumerate().filter(|(_, region)| region.area == area);
        lines.extend(
            regions
                .flat_map(|(r, region)| table.place(format!("region:{}", region.id), Place::Region(r), 1, Band::None)),
        );
    }
    let unit = match figure.measure().unit() {
        Unit::Money => format!("; k {}", plan.currency),
        _ => String::new(),
    };
    let corner = format!("{}{unit}", figure.measure().title());
    let columns = columns(plan.calendar.months(), outlook, &periods);
    Figures::new(ui, corner, plan.calendar, periods.clone(), WIDTH, lines).under(columns)
}

/// The columns: quarters say how many of their months are closed, and a line closes the last one that has any.
fn columns(months: usize, outlook: &Outlook, periods: &[Period]) -> Vec<Column> {
    let last = outlook.last_closed();
    let calendar = outlook.plan().calendar;
    let column = |period: &Period| {
        let name = calendar.name(*period);
        let (year, quarter) = name.split_once(' ').unwrap_or((&name, &name));
        let closed = match period {
            Period::Quarter(q) => (q * 3..q * 3 + 3).filter(|t| *t <= last).count(),
            _ => 0,
        };
        let (title, about) = match closed {
            0 => (quarter.to_owned(), name.clone()),
            3 => (format!("{quarter} closed"), format!("{name}: closed, so the outlook is what happened")),
            some => (format!("{quarter}, {some} of 3"), format!("{name}: {some} of 3 months closed")),
        };
        let column = Column::new(title, WIDTH).group(year).about(about);
        let is_seam = *period == Period::Quarter(last / 3) && last + 1 < months;
        if matches!(period, Period::Year(_)) || is_seam { column.closing() } else { column }
    };
    periods.iter().map(column).collect()
}

struct OutlookTable<'a, 's> {
    scene: &'a Scene<'s>,
    outlook: &'a Outlook,
    record: Option<&'a RecordComparison>,
    figure: ToldFigure,
    folded: &'a BTreeSet<String>,
    periods: &'a [Period],
}

impl OutlookTable<'_, '_> {
    /// The rows of a place.
    fn place(&self, key: String, place: Place, depth: u8, band: Band) -> Vec<FigureRow> {
        let is_folded = self.folded.contains(&key);
        let name = self.scene.place_title(place);
        let mut outlook = self.row(&name, "Outlook", place, depth, |period| self.outlook_figure(place, period));
        outlook.head = RowHead { title: format!("{name}: outlook"), depth, band, folded: Some(is_folded) };
        outlook.key = Some(key);
        for (cell, period) in outlook.cells.iter_mut().zip(self.periods) {
            let what = What::Measure(self.figure.measure());
            cell.explains = Some(Key { case: PlanCase::Outlook, what, place, period: *period });
        }
        let mut lines = vec![outlook];
        if is_folded {
            return lines;
        }
        let below = depth + 1;
        let record = self.row(&name, "Plan of record", place, below, |period| self.record_figure(place, period));
        let measure = self.figure.measure();
        let actual = self.row(&name, "Actual", place, below, |period| self.outlook.actual(measure, place, period));
        let mut difference =
            self.row(&name, "Outlook less record", place, below, |period| self.difference(place, period));
        for cell in &mut difference.cells {
            if cell.number.is_some_and(Exact::is_negative) && self.figure == ToldFigure::Capacity {
                cell.tone = Tone::Warning;
            }
        }
        lines.extend([record, actual, difference]);
        lines
    }

    fn outlook_figure(&self, place: Place, period: Period) -> Option<Exact> {
        self.outlook.figure(self.figure.outlook(), place, period)
    }

    fn record_figure(&self, place: Place, period: Period) -> Option<Exact> {
        let compared = self.record?;
        compared.record.figure(self.figure.measure(), compared.place(self.outlook.plan(), place)?, period)
    }

    fn difference(&self, place: Place, period: Period) -> Option<Exact> {
        let (before, after) = (self.record_figure(place, period), self.outlook_figure(place, period));
        FigureChange { before, after }.difference()
    }

    fn row(
        &self,
        place_name: &str,
        title: &str,
        place: Place,
        depth: u8,
        value: impl Fn(Period) -> Option<Exact>,
    ) -> FigureRow {
        let unit = self.figure.measure().unit();
        let numbers = self.scene.numbers;
        let written = |value: Exact| match unit {
            Unit::Money => numbers.exact(in_thousands(value), 0),
            _ => numbers.exact(value, 1),
        };
        let (cells, hover_text) = self
            .periods
            .iter()
            .map(|period| match value(*period) {
                Some(value) => {
                    let text = figure_text::figure(numbers, Some(value), unit);
                    (Cell { text: written(value), number: Some(value), ..Cell::default() }, text)
                }
                None => (Cell { text: NONE.to_owned(), tone: Tone::Faint, ..Cell::default() }, String::new()),
            })
            .unzip();
        let head = RowHead { title: title.to_owned(), depth, band: Band::None, folded: None };
        let name = format!("{title} of {}, {place_name}", self.figure.measure().title());
        FigureRow { head, name, place: Some(place), key: None, cells, hover_text }
    }
}
