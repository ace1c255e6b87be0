//! The choice of a figure to analyse: its measure, its place, its period.

use egui::Ui;

use crate::analysis::{FigureRef, main_year};
use crate::desktop::parts::controls::list;
use crate::desktop::parts::figures::periods;
use crate::desktop::scene::Scene;
use crate::engine::{Measure, Outcome, Place};
use crate::plan::Plan;
use crate::units::Period;

/// The measures that can be analysed: those of places by quarter and year, and payback.
fn measures() -> impl Iterator<Item = Measure> {
    Measure::rollups().chain([Measure::PaybackMonths])
}

/// The figure that is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chosen {
    measure: Measure,
    place: Place,
    period: Option<Period>,
}

impl Default for Chosen {
    fn default() -> Self {
        Self { measure: Measure::CapacityCoverage, place: Place::Plan, period: None }
    }
}

/// All regions, areas and regions, in the plan's order.
pub(super) fn places(plan: &Plan) -> Vec<(Place, String)> {
    let mut places = vec![(Place::Plan, "All regions".to_owned())];
    for (a, area) in plan.areas().into_iter().enumerate() {
        places.push((Place::Area(a), area.to_owned()));
        let here = plan.regions.iter().enumerate().filter(|(_, r)| r.area == area);
        places.extend(here.map(|(r, region)| (Place::Region(r), format!("    {}", region.name))));
    }
    places
}

impl Chosen {
    pub(super) const fn measure(&self) -> Measure {
        self.measure
    }

    /// Where and when, in a plan: payback is one figure of the whole plan.
    pub(super) fn at(&self, outcome: &Outcome) -> (Place, Period) {
        if self.measure == Measure::PaybackMonths {
            return (Place::Plan, Period::All);
        }
        let plan = outcome.plan();
        let known = |period: &Period| plan.calendar.periods().any(|p| p == *period);
        let period = self.period.filter(known).unwrap_or(Period::Year(main_year(plan)));
        let place = if outcome.rollup(self.place, period).is_some() { self.place } else { Place::Plan };
        (place, period)
    }

    /// The figure's name, whatever the plan.
    pub(super) fn wanted(&self, outcome: &Outcome) -> FigureRef {
        let (place, period) = self.at(outcome);
        FigureRef::at(outcome, self.measure, place, period)
    }

    /// Draws the choice; tells whether another figure was chosen.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &Scene<'_>, who: &str) -> bool {
        let outcome = scene.document.settled();
        let plan = outcome.plan();
        let (mut place, mut period) = self.at(outcome);
        let choices: Vec<(Measure, String)> = measures().map(|m| (m, m.title().to_owned())).collect();
        let mut changed = list(ui, &format!("Figure {who}"), &mut self.measure, &choices);
        if self.measure == Measure::PaybackMonths {
            return changed;
        }
        if list(ui, &format!("Place {who}"), &mut place, &places(plan)) {
            self.place = place;
            changed = true;
        }
        let all = periods(&plan.calendar, true, true);
        let choices: Vec<(Period, String)> = all.into_iter().map(|p| (p, plan.calendar.name(p))).collect();
        if list(ui, &format!("Period {who}"), &mut period, &choices) {
            self.period = Some(period);
            changed = true;
        }
        changed
    }
}
