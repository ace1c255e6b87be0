//! Which figures of a plan with closed months views show: those of the plan, or of its outlook.

use serde::{Deserialize, Serialize};

use crate::engine::{Key, Measure, Outcome, Outlook, Place, PlanCase, Rollup, What};
use crate::units::{Exact, Period};

/// The figures that the planner has chosen to see, where months are closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum FigureBasis {
    /// The plan, as if no month were closed.
    #[default]
    Plan,
    /// What has happened, and what is then expected.
    Outlook,
}

/// The measures of an outlook that explain themselves.
const OF_YEAR: [Measure; 5] =
    [Measure::Capacity, Measure::Gap, Measure::CapacityCoverage, Measure::TotalCost, Measure::Closing];

/// Where figures are taken from.
#[derive(Debug, Clone, Copy)]
pub(super) enum FigureSource<'a> {
    Plan(&'a Outcome),
    Outlook(&'a Outlook),
}

impl<'a> FigureSource<'a> {
    /// Whether there are figures of a measure for regions, areas and the plan; an outlook has those that are made of sums.
    pub(super) fn has(self, measure: Measure) -> bool {
        matches!(self, Self::Plan(_)) || measure.formula().is_some()
    }

    /// A figure, if there is one.
    pub(super) fn figure(self, measure: Measure, place: Place, period: Period) -> Option<Exact> {
        match self {
            Self::Plan(outcome) => outcome.figure(measure, place, period),
            Self::Outlook(outlook) => outlook.rollup(place, period)?.figure(measure),
        }
    }

    /// The sums of a place in a quarter or year.
    pub(super) fn rollup(self, place: Place, period: Period) -> Option<&'a Rollup> {
        match self {
            Self::Plan(outcome) => outcome.rollup(place, period),
            Self::Outlook(outlook) => outlook.rollup(place, period),
        }
    }

    /// The closed months that figures are of as they happened; 0 where they are the plan's.
    pub(super) fn closed_months(self) -> usize {
        match self {
            Self::Plan(_) => 0,
            Self::Outlook(outlook) => outlook.last_closed() + 1,
        }
    }

    /// The key under which a figure explains itself, if it does: of an outlook, the measures of a year.
    pub(super) fn key(self, key: Key) -> Option<Key> {
        let is_explained = |measure: Measure| OF_YEAR.contains(&measure) && !matches!(key.place, Place::Cell(..));
        match (self, key.what, key.period) {
            (Self::Plan(_), ..) => Some(key),
            (Self::Outlook(_), What::Measure(measure), Period::Quarter(_) | Period::Year(_)) => {
                is_explained(measure).then_some(Key { case: PlanCase::Outlook, ..key })
            }
            (Self::Outlook(_), ..) => None,
        }
    }

    /// Whether figures are of the outlook.
    pub(super) const fn is_outlook(self) -> bool {
        matches!(self, Self::Outlook(_))
    }
}
