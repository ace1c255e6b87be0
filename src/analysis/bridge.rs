//! The bridge from one plan to another, cause by cause: each group of edits is applied on top of those before it.
//!
//! The order is that of [`crate::edit::Cause`], and matters where causes interact: the effect of a later cause is its effect
//! on a plan that has the earlier ones. Steps add up to the whole difference, exactly.

use std::sync::Arc;

use super::{AnalysisError, FigureRef};
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
    /// The cause; several joined by "and" if one alone gives no plan that can be evaluated.
    pub cause: String,
    /// The edits of this step.
    pub edits: Vec<PlanEdit>,
    /// The outcome of the plan with this and every earlier step.
    pub outcome: Arc<Outcome>,
}

/// The steps from one plan to another, each with its outcome, so that any figure can be read along them.
#[derive(Debug, Clone)]
pub struct Bridge {
    /// Where it starts.
    pub from: Arc<Outcome>,
    /// The steps in order; the last one ends at the other plan. Empty if the plans are equal.
    pub steps: Vec<BridgeStep>,
}

/// A figure along a bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waterfall {
    /// The unit.
    pub unit: Unit,
    /// The figure of the plan at the start.
    pub from: Option<Exact>,
    /// The figure of the plan at the end.
    pub to: Option<Exact>,
    /// The change by each step.
    pub steps: Vec<WaterfallStep>,
}

/// The change of a figure by one step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaterfallStep {
    /// The cause.
    pub cause: String,
    /// The figure after the step.
    pub after: Option<Exact>,
    /// The figure after the step less the figure before it; `None` if either has no value.
    pub change: Option<Exact>,
}

impl Bridge {
    /// The bridge between two outcomes.
    ///
    /// # Errors
    /// When the two plans cannot be compared field by field; never for plans that were read from a file.
    pub fn of(from: &Arc<Outcome>, to: &Arc<Outcome>) -> Result<Self, AnalysisError> {
        let edits = difference(from.plan(), to.plan())?;
        let groups = by_cause(from.plan(), to.plan(), &edits);
        let last = groups.len().saturating_sub(1);
        let mut bridge = Self { from: Arc::clone(from), steps: Vec::new() };
        let mut pending: (Vec<String>, Vec<PlanEdit>) = Default::default();
        for (index, (cause, edits)) in groups.into_iter().enumerate() {
            pending.0.push(cause.name());
            pending.1.extend(edits);
            let outcome = if index == last { Some(Arc::clone(to)) } else { bridge.next(&pending.1) };
            if let Some(outcome) = outcome {
                let (causes, edits) = std::mem::take(&mut pending);
                bridge.steps.push(BridgeStep { cause: causes.join(" and "), edits, outcome });
            }
        }
        Ok(bridge)
    }

    /// The outcome after further edits; `None` if that plan cannot be evaluated.
    fn next(&self, edits: &[PlanEdit]) -> Option<Arc<Outcome>> {
        let here = self.end();
        let plan = apply_all(here.plan(), edits).ok()?;
        here.after(Arc::new(plan)).ok().map(Arc::new)
    }

    /// The outcome at the end.
    #[must_use]
    pub fn end(&self) -> &Arc<Outcome> {
        self.steps.last().map_or(&self.from, |step| &step.outcome)
    }

    /// A figure along the bridge. Its changes add up to the whole difference if each plan has the figure.
    #[must_use]
    pub fn waterfall(&self, figure_ref: &FigureRef) -> Waterfall {
        let figure = |outcome: &Outcome| figure_ref.figure(outcome).map(|value| value.round(PLACES));
        let from = figure(&self.from);
        let mut before = from;
        let step = |step: &BridgeStep| {
            let after = figure(&step.outcome);
            let change = before.zip(after).map(|(before, after)| after - before);
            before = after;
            WaterfallStep { cause: step.cause.clone(), after, change }
        };
        let steps = self.steps.iter().map(step).collect();
        Waterfall { unit: figure_ref.measure().unit(), from, to: figure(self.end()), steps }
    }
}
