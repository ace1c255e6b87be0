//! The views of the window, one file or folder each. A view keeps what it needs between frames, reads the finished
//! outcome, and sends actions.

mod assumptions;
mod checks;
mod cost;
mod coverage;
mod optimise;
mod plan;
mod positions;
mod risk;
mod scenarios;
mod workforce;
mod year;

use serde::{Deserialize, Serialize};

use super::scene::{Focus, Scene};
use super::section::Section;
use super::view::View;
use crate::engine::Place;
use crate::files::Layout;
use crate::plan::Plan;
pub(super) use scenarios::make_base;

/// The state of every view. The serialised part is restored with the next start. Each lies on the heap: together they are too
/// large to be handed about on the stack while they are read.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Views {
    plan: Box<plan::PlanView>,
    coverage: Box<coverage::CoverageView>,
    cost: Box<cost::CostView>,
    workforce: Box<workforce::WorkforceView>,
    positions: Box<positions::PositionsView>,
    year: Box<year::YearView>,
    scenarios: Box<scenarios::ScenariosView>,
    risk: Box<risk::RiskView>,
    optimise: Box<optimise::OptimiseView>,
    assumptions: Box<assumptions::AssumptionsView>,
    checks: Box<checks::ChecksView>,
}

impl Views {
    /// Draws a view over the space there is.
    pub(super) fn show(&mut self, view: View, ui: &mut egui::Ui, scene: &mut Scene<'_>) {
        if view != View::Risk {
            self.risk.rest();
        }
        if view != View::Optimise {
            self.optimise.rest(scene);
        }
        match view {
            View::Plan => self.plan.show(ui, scene),
            View::Coverage => self.coverage.show(ui, scene),
            View::Cost => self.cost.show(ui, scene),
            View::Workforce => self.workforce.show(ui, scene),
            View::Positions => self.positions.show(ui, scene),
            View::Year => self.year.show(ui, scene),
            View::Scenarios => self.scenarios.show(ui, scene),
            View::Risk => self.risk.show(ui, scene),
            View::Optimise => self.optimise.show(ui, scene),
            View::Assumptions => self.assumptions.show(ui, scene),
            View::Checks => self.checks.show(ui, scene),
        }
    }

    /// Another plan has been opened: what is folded or selected was of the old one.
    pub(super) fn opened(&mut self, plan: &Plan) {
        *self = Self::default();
        self.plan.opened(plan);
    }

    /// Brings the list of scenarios into sight; with a name to be typed for a new one, or not.
    pub(super) fn scenarios(&mut self, new: bool) {
        self.scenarios.list(new);
    }

    /// Brings the export of positions into sight.
    pub(super) fn export_positions(&mut self) {
        self.positions.export();
    }

    /// Writes positions in this layout.
    pub(super) fn use_layout(&mut self, layout: Layout) {
        self.positions.use_layout(layout);
    }

    /// Brings a section of the assumptions into sight.
    pub(super) fn section(&mut self, section: Section) {
        self.assumptions.show_section(section);
    }

    /// Brings a place into sight in the hiring grid.
    pub(super) fn go_to(&mut self, plan: &Plan, place: Place, quarter: Option<usize>) {
        self.plan.go_to(plan, place, quarter);
    }

    /// The hiring grid comes into sight: it shows what is looked at elsewhere.
    pub(super) fn look_at(&mut self, plan: &Plan, focus: Focus) {
        self.plan.look_at(plan, focus);
    }

    /// Brings the field at a path into sight; gives the view it is in.
    pub(super) fn go_to_input(&mut self, plan: &Plan, path: &str) -> View {
        if self.plan.go_to_input(plan, path) {
            return View::Plan;
        }
        self.assumptions.go_to_input(plan, path);
        View::Assumptions
    }
}
