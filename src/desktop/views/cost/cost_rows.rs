//! The rows of the cost table: what each shows, and under which key it explains itself.

use egui::Ui;

use super::arrangement::{CostRows, CostTable};
use super::cost_value;
use crate::desktop::figure_source::FigureSource;
use crate::desktop::numbers::{NONE, in_percent, in_thousands};
use crate::desktop::parts::figures::{FigureRow, Figures, periods};
use crate::desktop::scene::{Scene, figure};
use crate::desktop::sheet::{Band, Cell, RowHead, Tone};
use crate::engine::{Explainer, Inner, Key, Measure, Place, PlanCase, Unit, What};
use crate::units::{Exact, Money, Period, Ratio};

/// Width of a column of thousands, and of one to the cent.
const NARROW: f32 = 74.0;
const WIDE: f32 = 118.0;

/// A figure of the plan on the way to its measures, by name.
pub(super) const fn inner(inner: Inner, place: Place, period: Period) -> Key {
    Key { case: PlanCase::Plan, what: What::Inner(inner), place, period }
}

/// A cost of a place: a measure where there is one, else a sum that explains itself as one.
pub(super) fn cost(measure: Measure, place: Place, period: Period) -> Key {
    match measure {
        Measure::PeopleCost | Measure::TotalCost => figure(measure, place, period),
        other => inner(Inner::Cost(other), place, period),
    }
}

/// Makes the table.
pub(super) fn make(ui: &Ui, scene: &Scene<'_>, made: &CostTable) -> Figures {
    let plan = scene.outcome().plan();
    let periods = periods(&plan.calendar, true, true);
    let source = cost_value::source(scene, made.down);
    let making = CostRowBuilder { scene, source, explainer: Explainer::new(scene.outcome()), made, periods: &periods };
    let lines = match made.down {
        CostRows::Lines => making.by_line(),
        CostRows::Roles => making.by_role(),
        CostRows::Regions => making.by_region(),
        CostRows::Expansion => making.expansion(),
    };
    let what = match made.down {
        CostRows::Lines => "FigureRow",
        CostRows::Roles => "Role",
        CostRows::Regions => "Area, region",
        CostRows::Expansion => "What the expansion adds",
    };
    let unit = if made.thousands { "k " } else { "" };
    let corner = format!("{what}; {unit}{}", plan.currency);
    let width = if made.thousands { NARROW } else { WIDE };
    Figures::new(ui, corner, plan.calendar, periods.clone(), width, lines).with_actuals(source.closed_months())
}

struct CostRowBuilder<'a, 's> {
    scene: &'a Scene<'s>,
    source: FigureSource<'a>,
    explainer: Explainer<'a>,
    made: &'a CostTable,
    periods: &'a [Period],
}

/// The look of a row.
#[derive(Clone, Copy)]
struct AmountStyle {
    depth: u8,
    band: Band,
    /// Whether less than nothing needs attention.
    warns: bool,
}

const PART: AmountStyle = AmountStyle { depth: 1, band: Band::None, warns: false };
const SUM: AmountStyle = AmountStyle { depth: 0, band: Band::Light, warns: false };
const TOTAL: AmountStyle = AmountStyle { depth: 0, band: Band::Strong, warns: false };
const RATIO: AmountStyle = AmountStyle { depth: 0, band: Band::None, warns: false };

impl CostRowBuilder<'_, '_> {
    fn by_line(&self) -> Vec<FigureRow> {
        let place = self.made.place;
        let row = |m: Measure, style: AmountStyle| self.row(m.title(), style, None, |p| cost(m, place, p));
        let mut lines = vec![row(Measure::PeopleCost, SUM)];
        lines.extend(Measure::cost_lines().filter(|m| m.cost_line().is_some()).map(|m| row(m, PART)));
        lines.extend(self.other());
        lines.push(row(Measure::ProgrammeCost, SUM));
        lines.extend(Measure::cost_lines().filter(|m| m.cost_line().is_none()).map(|m| row(m, PART)));
        lines.push(row(Measure::TotalCost, TOTAL));
        lines.extend(self.budget());
        lines.extend(self.ratios());
        lines
    }

    fn by_role(&self) -> Vec<FigureRow> {
        let (place, plan) = (self.made.place, self.scene.outcome().plan());
        let role = |k: usize, name: &str| {
            let key = |p: Period| match place {
                Place::Region(r) => cell_cost(r, k, p),
                _ => inner(Inner::RoleCost(k), place, p),
            };
            self.row(name, PART, None, key)
        };
        let mut lines = vec![self.row("People cost", SUM, None, |p| cost(Measure::PeopleCost, place, p))];
        lines.extend(plan.roles.iter().enumerate().map(|(k, r)| role(k, &r.name)));
        lines.push(self.row("Programme cost", SUM, None, |p| cost(Measure::ProgrammeCost, place, p)));
        lines.push(self.row("Total cost", TOTAL, None, |p| cost(Measure::TotalCost, place, p)));
        lines.extend(self.budget());
        lines.extend(self.ratios());
        lines
    }

    fn by_region(&self) -> Vec<FigureRow> {
        let plan = self.scene.outcome().plan();
        let row = |title: &str, style: AmountStyle, place: Place| {
            self.row(title, style, Some(place), |p| cost(Measure::TotalCost, place, p))
        };
        let mut lines = Vec::new();
        for (a, area) in plan.areas().into_iter().enumerate() {
            let (key, mut line) = (format!("area:{area}"), row(area, SUM, Place::Area(a)));
            let folded = self.made.folded.contains(&key);
            line.head.folded = Some(folded);
            line.key = Some(key);
            lines.push(line);
            let here = plan.regions.iter().enumerate().filter(|(_, r)| r.area == area && !folded);
            lines.extend(here.map(|(r, region)| row(&region.name, PART, Place::Region(r))));
        }
        lines.push(row("Total cost", TOTAL, Place::Plan));
        lines.extend(self.budget());
        lines
    }

    fn expansion(&self) -> Vec<FigureRow> {
        let row = |m: Measure, style: AmountStyle| {
            let key = move |p: Period| match p {
                Period::Quarter(_) => figure(m, Place::Plan, p),
                _ => inner(Inner::Added(m), Place::Plan, p),
            };
            self.row(m.title(), style, None, key)
        };
        let so_far = |m: Measure, style: AmountStyle| {
            let title = format!("{}, cumulated", m.title());
            self.row(&title, style, None, move |p| inner(Inner::AddedSoFar(m), Place::Plan, p))
        };
        vec![
            row(Measure::AddedCapacity, RATIO),
            row(Measure::AddedCost, RATIO),
            row(Measure::AddedContribution, SUM),
            so_far(Measure::AddedCapacity, RATIO),
            so_far(Measure::AddedCost, RATIO),
            so_far(Measure::AddedContribution, AmountStyle { warns: true, ..TOTAL }),
        ]
    }

    /// The whole plan is held against its budgets.
    fn budget(&self) -> Vec<FigureRow> {
        if self.made.place != Place::Plan {
            return Vec::new();
        }
        let row = |title: &str, what: Inner, warns: bool| {
            self.row(title, AmountStyle { warns, ..RATIO }, None, |p| inner(what, Place::Plan, p))
        };
        vec![row("Budget", Inner::Budget, false), row("Left of the budget", Inner::BudgetLeft, true)]
    }

    fn ratios(&self) -> Vec<FigureRow> {
        let place = self.made.place;
        let mut rows = vec![self.row("Cost of sale, %", RATIO, None, |p| figure(Measure::CostOfSale, place, p))];
        if !self.source.is_outlook() {
            rows.push(self.row("Loaded cost per head", RATIO, None, |p| inner(Inner::CostPerHead, place, p)));
        }
        rows
    }

    /// What was spent in closed months on what is none of the lines, if anything was.
    fn other(&self) -> Option<FigureRow> {
        let FigureSource::Outlook(outlook) = self.source else { return None };
        let value = |p: &Period| outlook.other_cost(self.made.place, *p).unwrap_or(Money::ZERO);
        self.periods.iter().any(|p| !value(p).exact().is_zero()).then(|| {
            let amounts = self.periods.iter().map(|p| self.amount(PART, value(p).exact()));
            let (cells, hover_text) = amounts.unzip();
            let head = RowHead { title: "Other".to_owned(), depth: PART.depth, band: PART.band, folded: None };
            let name = format!("Other, {}", self.scene.place_title(self.made.place));
            FigureRow { head, name, place: None, key: None, cells, hover_text }
        })
    }

    /// A cell of an amount, and the text that a pointer on it shows.
    fn amount(&self, style: AmountStyle, value: Exact) -> (Cell, String) {
        let (numbers, amount) = (self.scene.numbers, Money::new(value));
        let hover_text = format!("{} {}", numbers.money(amount), self.scene.plan().currency);
        let text = if self.made.thousands { numbers.exact(in_thousands(value), 0) } else { numbers.money(amount) };
        let tone = match style {
            AmountStyle { warns: true, .. } if value.is_negative() => Tone::Warning,
            AmountStyle { band: Band::Strong | Band::Light, .. } => Tone::Strong,
            _ => Tone::Normal,
        };
        (Cell { text, number: Some(value), tone, ..Cell::default() }, hover_text)
    }

    fn row(&self, title: &str, style: AmountStyle, place: Option<Place>, key: impl Fn(Period) -> Key) -> FigureRow {
        let cells = self.periods.iter().map(|period| self.cell(style, key(*period)));
        let (cells, hover_text) = cells.unzip();
        let head = RowHead { title: title.to_owned(), depth: style.depth, band: style.band, folded: None };
        let whole = self.scene.place_title(place.unwrap_or(self.made.place));
        let name = if place.is_some() { format!("Total cost, {whole}") } else { format!("{title}, {whole}") };
        FigureRow { head, name, place, key: None, cells, hover_text }
    }

    /// A cell, and the text that a pointer on it shows.
    fn cell(&self, style: AmountStyle, key: Key) -> (Cell, String) {
        let numbers = self.scene.numbers;
        let Some(value) = cost_value::value(self.source, &self.explainer, key) else {
            // Budgets are of years; a ratio may have nothing to divide by.
            let of_years = matches!(key.what, What::Inner(Inner::Budget | Inner::BudgetLeft));
            let empty = of_years && matches!(key.period, Period::Quarter(_));
            let text = if empty { String::new() } else { NONE.to_owned() };
            return (Cell { text, tone: Tone::Faint, ..Cell::default() }, String::new());
        };
        let (mut cell, mut hover_text) = self.amount(style, value);
        if key.unit() == Unit::Ratio {
            hover_text = numbers.percent(Some(Ratio::new(value)), 4);
            cell.text = numbers.exact(in_percent(value), 1);
        }
        cell.explains = self.source.key(key);
        (cell, hover_text)
    }
}

/// People cost of a role in a region.
pub(super) const fn cell_cost(region: usize, role: usize, period: Period) -> Key {
    inner(Inner::Cost(Measure::PeopleCost), Place::Cell(region, role), period)
}
