//! From one plan to another, cause by cause: each group of edits applied on top of those before it.
//!
//! The order is that of [`crate::edit::Cause`], and matters where causes act on each other: what a later cause does is
//! what it does to a plan that has the earlier ones. Steps add up to the whole difference, exactly.

use std::sync::Arc;

use super::{AnalysisError, Wanted};
use crate::edit::{apply_all, by_cause, difference};
use crate::engine::{Outcome, Unit};
use crate::plan::PlanEdit;
use crate::units::Exact;

/// Decimals to which a figure is taken before it is subtracted: more than any report shows, and few enough that
/// differences of ratios are exact and so add up.
const PLACES: u32 = 18;

/// One step of a bridge: a cause, and the plan with it.
#[derive(Debug, Clone)]
pub struct BridgeStep {
    /// What caused it; several causes joined by "and" where one alone gives no plan that can be evaluated.
    pub cause: String,
    /// The edits of this step.
    pub edits: Vec<PlanEdit>,
    /// What follows from the plan with this and every earlier step.
    pub outcome: Arc<Outcome>,
}

/// The way from one plan to another. Holds every plan on the way, so that any figure of it can be asked for.
#[derive(Debug, Clone)]
pub struct Bridge {
    /// Where it starts.
    pub from: Arc<Outcome>,
    /// The steps in order; the last one ends at the other plan. None where the plans state the same.
    pub steps: Vec<BridgeStep>,
}

/// A figure on the way over a bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waterfall {
    /// The unit.
    pub unit: Unit,
    /// The figure of the plan at the start.
    pub from: Option<Exact>,
    /// The figure of the plan at the end.
    pub to: Option<Exact>,
    /// What each step does to it.
    pub steps: Vec<WaterfallStep>,
}

/// What one step does to a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaterfallStep {
    /// What caused it.
    pub cause: String,
    /// The figure after the step.
    pub after: Option<Exact>,
    /// The figure after the step less the figure before it; `None` where either is none.
    pub change: Option<Exact>,
}

impl Bridge {
    /// The bridge between two outcomes.
    ///
    /// # Errors
    /// When the two plans cannot be told apart field by field; not for plans that were read.
    pub fn of(from: &Arc<Outcome>, to: &Arc<Outcome>) -> Result<Self, AnalysisError> {
        let edits = difference(from.plan(), to.plan())?;
        let groups = by_cause(from.plan(), to.plan(), &edits);
        let last = groups.len().saturating_sub(1);
        let mut bridge = Self { from: Arc::clone(from), steps: Vec::new() };
        let mut waiting: (Vec<String>, Vec<PlanEdit>) = Default::default();
        for (index, (cause, edits)) in groups.into_iter().enumerate() {
            waiting.0.push(cause.name());
            waiting.1.extend(edits);
            let outcome = if index == last { Some(Arc::clone(to)) } else { bridge.next(&waiting.1) };
            if let Some(outcome) = outcome {
                let (causes, edits) = std::mem::take(&mut waiting);
                bridge.steps.push(BridgeStep { cause: causes.join(" and "), edits, outcome });
            }
        }
        Ok(bridge)
    }

    /// The outcome after further edits, if they give a plan that can be evaluated.
    fn next(&self, edits: &[PlanEdit]) -> Option<Arc<Outcome>> {
        let here = self.end();
        let plan = apply_all(here.plan(), edits).ok()?;
        here.after(Arc::new(plan)).ok().map(Arc::new)
    }

    /// Where the bridge ends.
    #[must_use]
    pub fn end(&self) -> &Arc<Outcome> {
        self.steps.last().map_or(&self.from, |step| &step.outcome)
    }

    /// A figure on the way. Its changes add up to the whole difference wherever each plan on the way has the figure.
    #[must_use]
    pub fn waterfall(&self, wanted: &Wanted) -> Waterfall {
        let figure = |outcome: &Outcome| wanted.figure(outcome).map(|value| value.round(PLACES));
        let from = figure(&self.from);
        let mut before = from;
        let step = |step: &BridgeStep| {
            let after = figure(&step.outcome);
            let change = before.zip(after).map(|(before, after)| after - before);
            before = after;
            WaterfallStep { cause: step.cause.clone(), after, change }
        };
        let steps = self.steps.iter().map(step).collect();
        Waterfall { unit: wanted.measure().unit(), from, to: figure(self.end()), steps }
    }
}
