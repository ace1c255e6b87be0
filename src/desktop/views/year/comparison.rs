//! The plan of record beside what happened: its figures, and the steps between. Both are worked out beside the window.

use std::sync::Arc;

use egui::Ui;

use crate::analysis::Progress;
use crate::desktop::document::State;
use crate::desktop::job::{Ended, Job};
use crate::desktop::scene::Scene;
use crate::engine::{Outcome, Place, Variance};
use crate::plan::Plan;

/// The plan of record with its figures, and the steps from it to what happened.
pub(super) struct RecordComparison {
    pub(super) variance: Variance,
    pub(super) record: Outcome,
}

impl RecordComparison {
    fn of(plan: &Plan) -> Result<Self, String> {
        let variance = Variance::of(plan).map_err(|error| error.to_string())?;
        let record = Outcome::of(Arc::clone(&variance.record)).map_err(|error| error.to_string())?;
        Ok(Self { variance, record })
    }

    /// A place of the plan in the plan of record, which may have others.
    pub(super) fn place(&self, plan: &Plan, place: Place) -> Option<Place> {
        let record = self.record.plan();
        match place {
            Place::Plan => Some(Place::Plan),
            Place::Area(a) => {
                let name = *plan.areas().get(a)?;
                record.areas().iter().position(|area| *area == name).map(Place::Area)
            }
            Place::Region(r) | Place::Cell(r, _) => {
                record.region_index(plan.regions.get(r)?.id.as_str()).map(Place::Region)
            }
        }
    }
}

/// The comparison of the plan that is shown, worked out beside the window.
#[derive(Default)]
pub(super) struct ComparisonJob {
    job: Job<State, Result<RecordComparison, String>>,
    /// The state that the last result is of, and how many there have been.
    shown: Option<State>,
    generation: usize,
}

impl ComparisonJob {
    /// Works the comparison out unless it is there.
    pub(super) fn want(&mut self, ui: &Ui, scene: &Scene<'_>) {
        self.job.want(ui.ctx(), "variance", scene.document.state(), || {
            let plan = Arc::clone(scene.document.plan());
            move |_: &Progress| RecordComparison::of(&plan)
        });
        let state = scene.document.state();
        if self.job.result(&state).is_some() && self.shown.as_ref() != Some(&state) {
            self.shown = Some(state);
            self.generation += 1;
        }
    }

    /// How many results there have been: what is made from one is made anew for the next.
    pub(super) const fn generation(&self) -> usize {
        self.generation
    }

    /// The comparison: of the plan that is shown, or of its state before until that is there. `None` before the first.
    pub(super) fn get(&self) -> Option<&Result<RecordComparison, String>> {
        self.job.last()
    }

    /// The reason why the work came to no result.
    pub(super) fn failure(&self, scene: &Scene<'_>) -> Option<String> {
        match self.job.ended(&scene.document.state())? {
            Ended::Stopped => Some("It was stopped".to_owned()),
            Ended::Failed(why) => Some(why.clone()),
        }
    }
}
