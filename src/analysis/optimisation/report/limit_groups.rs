//! A plan's limits by kind: their figures, and the one with the least slack.

use crate::analysis::optimisation::model::engine_check::{LimitStatus, limit_statuses};
use crate::analysis::optimisation::model::problem::{Limits, Objective, Problem};
use crate::engine::{LimitKind, Outcome};

/// The limits of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitGroup {
    /// The kind.
    pub kind: LimitKind,
    /// Every limit of it, in the order of the model; empty if the plan states none.
    pub statuses: Vec<LimitStatus>,
}

impl LimitGroup {
    /// The number of limits that the plan breaks.
    #[must_use]
    pub fn broken_count(&self) -> usize {
        self.statuses.iter().filter(|status| !status.is_met()).count()
    }

    /// The limit with the least slack relative to its bound, or the one that is broken most; of equals the first.
    #[must_use]
    pub fn tightest(&self) -> Option<&LimitStatus> {
        let relative_slack = |status: &LimitStatus| {
            let slack = status.slack();
            if status.bound.is_zero() { slack } else { slack / status.bound }
        };
        self.statuses
            .iter()
            .reduce(|least, next| if relative_slack(next) < relative_slack(least) { next } else { least })
    }
}

/// A plan's limits of every kind, whether on or off, with the budgets that replace its own.
#[must_use]
pub fn limit_groups(outcome: &Outcome, limits: &Limits) -> Vec<LimitGroup> {
    let mut all = Limits::default();
    all.budget_overrides.clone_from(&limits.budget_overrides);
    let problem = Problem { limits: all, ..Problem::new(outcome.plan(), Objective::Shortfall) };
    let statuses = limit_statuses(outcome, &problem);
    let of_kind = |kind| statuses.iter().filter(|status| status.limit.kind() == Some(kind)).cloned().collect();
    LimitKind::ALL.map(|kind| LimitGroup { kind, statuses: of_kind(kind) }).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::optimisation::model::limit::Limit;
    use crate::units::Exact;

    #[test]
    fn the_tightest_limit_has_the_least_relative_slack() {
        let status = |limit, figure: u32, bound: u32| LimitStatus {
            limit,
            figure: Exact::from(figure),
            bound: Exact::from(bound),
        };
        let seats = vec![
            status(Limit::Seats(0, 0), 4, 5),
            status(Limit::Seats(0, 1), 95, 100),
            status(Limit::Seats(0, 2), 0, 1),
        ];
        let mut group = LimitGroup { kind: LimitKind::OnboardingSeats, statuses: seats };
        assert_eq!(group.tightest().map(|status| status.limit), Some(Limit::Seats(0, 1)));
        assert_eq!(group.broken_count(), 0);
        group.statuses.push(status(Limit::Manager(0, 0), 0, 1));
        assert_eq!(group.tightest().map(|status| status.limit), Some(Limit::Manager(0, 0)));
        assert_eq!(group.broken_count(), 1);
    }
}
