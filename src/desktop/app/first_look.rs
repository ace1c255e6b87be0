//! The place and figure that a new window shows.

use super::super::document::Document;
use super::super::scene::{Focus, figure};
use crate::engine::{Key, Measure, Place};
use crate::units::Period;

/// The whole plan in the envelope's year.
pub(super) fn first_focus(document: &Document) -> Focus {
    let plan = document.plan();
    let year = plan.calendar.year_index(plan.envelope.fiscal_year).unwrap_or(0);
    Focus { place: Place::Plan, period: Period::Year(year) }
}

/// The figure that the inspector explains at first: the coverage of the envelope's year.
pub(super) fn first_figure(document: &Document) -> Key {
    let Focus { place, period } = first_focus(document);
    figure(Measure::CapacityCoverage, place, period)
}
