//! A cost by its key: of the plan, or of its outlook where that is shown.

use super::arrangement::CostRows;
use crate::desktop::figure_source::FigureSource;
use crate::desktop::scene::Scene;
use crate::engine::{Explainer, Inner, Key, Measure, What};
use crate::units::{Exact, Money, Period};

/// Where costs are taken from: roles and what the expansion adds are the plan's alone.
pub(super) fn source<'a>(scene: &Scene<'a>, rows: CostRows) -> FigureSource<'a> {
    match rows {
        CostRows::Lines | CostRows::Regions => scene.figures(),
        CostRows::Roles | CostRows::Expansion => FigureSource::Plan(scene.outcome()),
    }
}

/// The value of a key, if it has one.
pub(super) fn value(source: FigureSource<'_>, explainer: &Explainer<'_>, key: Key) -> Option<Exact> {
    let FigureSource::Outlook(outlook) = source else { return explainer.value(key) };
    match (key.what, key.period) {
        (What::Measure(cost @ (Measure::PeopleCost | Measure::TotalCost)) | What::Inner(Inner::Cost(cost)), _) => {
            outlook.cost(cost, key.place, key.period).map(Money::exact)
        }
        (What::Inner(Inner::Budget), _) => explainer.value(key),
        (What::Inner(Inner::BudgetLeft), Period::Year(year)) => outlook.budget_left(year).map(Money::exact),
        (What::Measure(measure), _) => source.figure(measure, key.place, key.period),
        (What::Inner(_), _) => None,
    }
}
