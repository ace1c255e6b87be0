//! Two versions in one chart: capacity against target and cost by quarter, or coverage by region.

use egui::Ui;
use serde::{Deserialize, Serialize};

use super::figure_choice::places;
use crate::analysis::{ComparedFigure, Comparison, main_year};
use crate::desktop::charts::{PairSide, Pairs, Quantity};
use crate::desktop::parts::chart;
use crate::desktop::parts::controls::list;
use crate::desktop::parts::figures::periods;
use crate::desktop::scene::Scene;
use crate::engine::{Measure, Outcome, Place};
use crate::units::{Exact, Period};

/// What is shown of both versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum PairedFigure {
    #[default]
    Capacity,
    Coverage,
    Cost,
}

impl PairedFigure {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Capacity, "Capacity against target"),
        (Self::Coverage, "Coverage by region"),
        (Self::Cost, "Cost by quarter"),
    ];

    const fn measure(self) -> Measure {
        match self {
            Self::Capacity => Measure::Capacity,
            Self::Coverage => Measure::CapacityCoverage,
            Self::Cost => Measure::TotalCost,
        }
    }

    /// What its values are held against, with its name.
    const fn goal(self) -> Option<(Measure, &'static str)> {
        match self {
            Self::Capacity => Some((Measure::Target, "Target")),
            Self::Coverage | Self::Cost => None,
        }
    }
}

/// The figure that is chosen, and its place or period.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SideBySide {
    figure: PairedFigure,
    #[serde(skip)]
    place: Option<Place>,
    #[serde(skip)]
    period: Option<Period>,
}

impl SideBySide {
    fn place(&self, first: &Outcome) -> Place {
        self.place.filter(|p| first.rollup(*p, Period::Quarter(0)).is_some()).unwrap_or(Place::Plan)
    }

    fn period(&self, first: &Outcome) -> Period {
        let plan = first.plan();
        let is_known = |period: &Period| plan.calendar.periods().any(|p| p == *period);
        self.period.filter(is_known).unwrap_or(Period::Year(main_year(plan)))
    }

    /// The choice of the figure, and of its place or period.
    pub(super) fn controls(&mut self, ui: &mut Ui, comparison: &Comparison) {
        let Some(first) = comparison.versions.first().map(|version| &version.outcome) else { return };
        let plan = first.plan();
        let figures = PairedFigure::ALL.map(|(figure, name)| (figure, name.to_owned()));
        list(ui, "Figure of the chart", &mut self.figure, &figures);
        if self.figure == PairedFigure::Coverage {
            let mut period = self.period(first);
            let all = periods(&plan.calendar, true, true);
            let choices: Vec<(Period, String)> = all.into_iter().map(|p| (p, plan.calendar.name(p))).collect();
            if list(ui, "Period of the chart", &mut period, &choices) {
                self.period = Some(period);
            }
        } else {
            let mut place = self.place(first);
            if list(ui, "Place of the chart", &mut place, &places(plan)) {
                self.place = Some(place);
            }
        }
    }

    /// Draws the first version beside the one of that number.
    pub(super) fn show(&self, ui: &mut Ui, scene: &mut Scene<'_>, comparison: &Comparison, to: usize) {
        let versions = &comparison.versions;
        let (Some(first), Some(second)) = (versions.first(), versions.get(to)) else { return };
        let (outcome, plan) = (&first.outcome, first.outcome.plan());
        let quarters: Vec<Period> = (0..plan.calendar.quarters).map(Period::Quarter).collect();
        let (measure, place, period) = (self.figure.measure(), self.place(outcome), self.period(outcome));
        let down = self.figure == PairedFigure::Coverage;
        let rows: Vec<ComparedFigure> =
            if down { comparison.coverage_of_regions(period) } else { comparison.by_period(measure, place, &quarters) };
        let goal = self.figure.goal();
        let goals = goal.map(|(goal, _)| comparison.by_period(goal, place, &quarters)).unwrap_or_default();
        let values = |rows: &[ComparedFigure], version: usize| -> Vec<Option<Exact>> {
            rows.iter().map(|row| row.values.get(version).copied().flatten()).collect()
        };
        let side = |name: &str, version: usize| PairSide {
            name: name.to_owned(),
            values: values(&rows, version),
            goals: values(&goals, version),
        };
        let where_or_when = match place {
            _ if down => plan.calendar.name(period),
            Place::Plan => "All regions".to_owned(),
            place => outcome.place_name(place),
        };
        let name =
            PairedFigure::ALL.into_iter().find(|(figure, _)| *figure == self.figure).map_or("", |(_, name)| name);
        let chart = Pairs {
            title: name.to_owned(),
            detail: format!("{where_or_when}, {} beside {}", second.name, first.name),
            measures: measure.title().to_owned(),
            quantity: Quantity::of(measure.unit(), &plan.currency),
            along: if down { "Region" } else { "Fiscal quarter" }.to_owned(),
            labels: rows.iter().map(|row| if down { row.place.clone() } else { row.period.clone() }).collect(),
            down,
            sides: [side(&first.name, 0), side(&second.name, to)],
            changes: rows.iter().map(|row| row.change(to)).collect(),
            goal: goal.map_or("", |(_, name)| name).to_owned(),
        };
        chart::show(ui, scene, "side by side", &chart);
    }
}
