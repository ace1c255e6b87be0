//! The best plan found, with its proof: the bound, the limits that bind and their shadow prices.

use super::robust::RobustResult;
use crate::analysis::HireChange;
use crate::analysis::optimisation::model::engine_check::{LimitStatus, limit_statuses};
use crate::analysis::optimisation::model::floats::exact_from_f64;
use crate::analysis::optimisation::model::limit::Limit;
use crate::analysis::optimisation::model::problem::Problem;
use crate::analysis::optimisation::solver::pricing::Pricing;
use crate::engine::Outcome;
use crate::plan::PlanEdit;
use crate::units::{Exact, Ratio};

/// A limit that binds: the plan leaves no room for one more unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BindingLimit {
    /// The limit with its figure in the best plan, by the engine.
    pub status: LimitStatus,
    /// By how much one more unit of the limit improves the objective, by the linear program: one more hire, seat, start or
    /// unit of currency, or one head less to be supported or led.
    pub shadow_price: Exact,
}

/// The best plan found.
#[derive(Debug, Clone)]
pub struct BestPlan {
    /// The plan's outcome.
    pub outcome: Outcome,
    /// The edits from the plan at the start to this one.
    pub edits: Vec<PlanEdit>,
    /// The same as changes of growth hires, in the order of the open cells.
    pub changes: Vec<HireChange>,
    /// The objective of the plan at the start.
    pub before: Exact,
    /// Whether the plan at the start meets every limit and range; if so the best plan is no worse.
    pub feasible_before: bool,
    /// The objective of the best plan, by the engine.
    pub objective: Exact,
    /// A bound that no plan beats.
    pub bound: Exact,
    /// The cells, by region and role, whose planned moves or exits may take hires, which loosens the bound; empty if every
    /// plan was evaluated.
    pub uncertain_cells: Vec<(usize, usize)>,
    /// The limits that bind, in the order of the model.
    pub binding: Vec<BindingLimit>,
    /// The result of scoring again by simulation; `None` if the problem does not ask for it.
    pub robust: Option<RobustResult>,
}

impl BestPlan {
    /// The gap between objective and bound, as a share of the bound; `None` if the bound is 0.
    #[must_use]
    pub fn gap(&self) -> Option<Ratio> {
        let size = self.bound.max(-self.bound);
        (!size.is_zero()).then(|| {
            let gap = self.bound - self.objective;
            Ratio::new(gap.max(-gap) / size)
        })
    }

    /// The reason of a loose bound, in a sentence without full stop; `None` if the bound is as tight as usual.
    #[must_use]
    pub fn caveat(&self) -> Option<String> {
        let plan = self.outcome.plan();
        let cell =
            |(r, k): &(usize, usize)| Some((plan.regions.get(*r)?.name.as_str(), plan.roles.get(*k)?.name.as_str()));
        let names: Vec<String> =
            self.uncertain_cells.iter().filter_map(cell).map(|(region, role)| format!("{region}, {role}")).collect();
        let more = names.len().saturating_sub(NAMED_CELLS);
        let others = if more > 0 { format!("; and {more} more") } else { String::new() };
        let first = names.get(..NAMED_CELLS).unwrap_or(&names).join("; ");
        (!names.is_empty()).then(|| {
            format!("Moves and exits may take people who are hired ({first}{others}); the bound allows for that")
        })
    }
}

/// Number of cells that a caveat names.
const NAMED_CELLS: usize = 3;

/// The limits without room for one more unit, and their shadow prices for fractions of hires.
pub(super) fn binding_limits(pricing: &Pricing<'_>, outcome: &Outcome, problem: &Problem) -> Vec<BindingLimit> {
    let tight = limit_statuses(outcome, problem).into_iter().filter(|status| status.slack() < unit(status));
    let priced = |status: LimitStatus| {
        let shadow_price = exact_from_f64(pricing.shadow_price(status.limit));
        (shadow_price > Exact::ZERO).then_some(BindingLimit { status, shadow_price })
    };
    tight.filter_map(priced).collect()
}

/// The slack below which a limit binds: one hire or start, a thousandth of an amount, a twentieth of a ratio.
fn unit(status: &LimitStatus) -> Exact {
    match status.limit {
        Limit::Budget(_) | Limit::Coverage(..) | Limit::Shortfall(..) => status.bound / Exact::from(1000_u32),
        Limit::Support(..) | Limit::Manager(..) => Exact::ONE / Exact::from(20_u32),
        _ => Exact::ONE,
    }
}
