//! The headline figures by which a plan is judged, year by year: one list, which the report, the brief, the comparison and
//! the workbook each draw in their own way; and the few of them that are shown where there is little room. How a figure is
//! written follows from its unit. Lists that leave nothing out are made from [`Measure::ALL`].

use crate::engine::{Measure, Outcome, Place, Unit};
use crate::units::{Exact, FiscalYear, Period};

/// The measures by which versions of a plan are compared at a glance, in a row or on a tile each.
pub const GLANCE: [Measure; 5] =
    [Measure::GrowthHires, Measure::CapacityCoverage, Measure::TotalCost, Measure::Gap, Measure::PaybackMonths];

/// The measures that the window keeps in sight, beside the growth hires on their gauge.
pub const IN_SIGHT: [Measure; 5] =
    [Measure::Closing, Measure::CapacityCoverage, Measure::Gap, Measure::TotalCost, Measure::PaybackMonths];

/// A headline figure of the whole plan in a fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadlineFigure {
    /// A measure.
    Measure(Measure),
    /// The budget that the plan states for total cost.
    Budget,
}

impl HeadlineFigure {
    /// Every headline figure, in the order in which tables show them.
    pub const ALL: [Self; 10] = [
        Self::Measure(Measure::GrowthHires),
        Self::Measure(Measure::Closing),
        Self::Measure(Measure::Target),
        Self::Measure(Measure::Capacity),
        Self::Measure(Measure::Gap),
        Self::Measure(Measure::CapacityCoverage),
        Self::Measure(Measure::AccountCoverage),
        Self::Measure(Measure::TotalCost),
        Self::Budget,
        Self::Measure(Measure::CostOfSale),
    ];

    /// The name in files: that of the measure, or `budget`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.name(),
            Self::Budget => "budget",
        }
    }

    /// The name in a window or a report.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.title(),
            Self::Budget => "Budget",
        }
    }

    /// The unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Measure(measure) => measure.unit(),
            Self::Budget => Unit::Money,
        }
    }

    /// The figure of a fiscal year; `None` where the plan does not reach that year, states no budget for it, or the
    /// measure is none by the model.
    #[must_use]
    pub fn value(self, outcome: &Outcome, year: FiscalYear) -> Option<Exact> {
        let plan = outcome.plan();
        match self {
            Self::Measure(measure) => {
                outcome.figure(measure, Place::Plan, Period::Year(plan.calendar.year_index(year)?))
            }
            Self::Budget => plan.budgets.get(&year).map(|budget| budget.exact()),
        }
    }
}

/// A figure before a change and after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureChange {
    /// Before; `None` where it had no value.
    pub before: Option<Exact>,
    /// After; `None` where it has no value.
    pub after: Option<Exact>,
}

impl FigureChange {
    /// A measure's figure in two outcomes; `None` if it is the same in both.
    #[must_use]
    pub fn of(outcomes: [&Outcome; 2], measure: Measure, place: Place, period: Period) -> Option<Self> {
        Self::between(outcomes.map(|outcome| outcome.figure(measure, place, period)))
    }

    /// From one value to another; `None` if they are the same.
    #[must_use]
    pub fn between([before, after]: [Option<Exact>; 2]) -> Option<Self> {
        (before != after).then_some(Self { before, after })
    }

    /// What it rises by; `None` where one of them has no value.
    #[must_use]
    pub fn difference(&self) -> Option<Exact> {
        Some(self.after? - self.before?)
    }
}
