//! How a plan stands to each kind of limit: the figures, and the one that has least room.

use crate::analysis::optimisation::model::engine_check::{self, Held};
use crate::analysis::optimisation::model::linear_model::Limit;
use crate::analysis::optimisation::model::problem::{Limits, Objective, Problem};
use crate::engine::Outcome;

/// A kind of limit, which a problem has on or off as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LimitKind {
    /// Growth hires of the envelope's fiscal year.
    Envelope,
    /// Total cost of each fiscal year.
    Budgets,
    /// Starts of each region and quarter.
    OnboardingSeats,
    /// Growth starts of each quarter.
    RecruitingCapacity,
    /// Support coverage at the end of each fiscal year.
    SupportCoverage,
    /// Manager coverage at the end of each fiscal year.
    ManagerCoverage,
}

impl LimitKind {
    /// Every kind, in the order of the model.
    pub const ALL: [Self; 6] = [
        Self::Envelope,
        Self::Budgets,
        Self::OnboardingSeats,
        Self::RecruitingCapacity,
        Self::SupportCoverage,
        Self::ManagerCoverage,
    ];

    /// Its name.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Envelope => "Envelope",
            Self::Budgets => "Budgets",
            Self::OnboardingSeats => "Onboarding seats",
            Self::RecruitingCapacity => "Recruiting capacity",
            Self::SupportCoverage => "Support coverage",
            Self::ManagerCoverage => "Manager coverage",
        }
    }

    /// The switch of it.
    pub const fn switch(self, limits: &mut Limits) -> &mut bool {
        match self {
            Self::Envelope => &mut limits.envelope,
            Self::Budgets => &mut limits.budgets,
            Self::OnboardingSeats => &mut limits.onboarding_seats,
            Self::RecruitingCapacity => &mut limits.recruiting_capacity,
            Self::SupportCoverage => &mut limits.support_coverage,
            Self::ManagerCoverage => &mut limits.manager_coverage,
        }
    }

    /// The kind of a limit; none of what an objective asks for.
    #[must_use]
    pub const fn of(limit: Limit) -> Option<Self> {
        Some(match limit {
            Limit::EnvelopeMin | Limit::EnvelopeMax => Self::Envelope,
            Limit::Budget(_) => Self::Budgets,
            Limit::Recruiting(_) => Self::RecruitingCapacity,
            Limit::Seats(..) => Self::OnboardingSeats,
            Limit::Support(..) => Self::SupportCoverage,
            Limit::Manager(..) => Self::ManagerCoverage,
            Limit::Coverage(..) | Limit::Shortfall(..) => return None,
        })
    }
}

/// How a plan stands to the limits of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The kind.
    pub kind: LimitKind,
    /// Every limit of it with its figure, in the order of the model; empty where the plan states none.
    pub held: Vec<Held>,
}

impl Standing {
    /// How many limits the plan breaks.
    #[must_use]
    pub fn broken(&self) -> usize {
        self.held.iter().filter(|held| !held.holds()).count()
    }

    /// The limit with least room for its size, or furthest from being held; of equals the first.
    #[must_use]
    pub fn tightest(&self) -> Option<&Held> {
        let room = |held: &Held| {
            let off = if held.is_most() { held.end - held.figure } else { held.figure - held.end };
            if held.end.is_zero() { off } else { off / held.end }
        };
        self.held.iter().reduce(|least, next| if room(next) < room(least) { next } else { least })
    }
}

/// How a plan stands to every kind of limit, on or off: with the budgets that hold instead of its own.
#[must_use]
pub fn standings(outcome: &Outcome, limits: &Limits) -> Vec<Standing> {
    let mut all = limits.clone();
    for kind in LimitKind::ALL {
        *kind.switch(&mut all) = true;
    }
    let problem = Problem { limits: all, ..Problem::new(outcome.plan(), Objective::Shortfall) };
    let held = engine_check::limits(outcome, &problem);
    let of = |kind| held.iter().filter(|held| LimitKind::of(held.limit) == Some(kind)).cloned().collect();
    LimitKind::ALL.map(|kind| Standing { kind, held: of(kind) }).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Exact;

    #[test]
    fn the_tightest_limit_has_least_room_for_its_size() {
        let held = |limit, figure: u32, end: u32| Held { limit, figure: figure.into(), end: Exact::from(end) };
        let seats =
            vec![held(Limit::Seats(0, 0), 4, 5), held(Limit::Seats(0, 1), 95, 100), held(Limit::Seats(0, 2), 0, 1)];
        let mut standing = Standing { kind: LimitKind::OnboardingSeats, held: seats };
        assert_eq!(standing.tightest().map(|held| held.limit), Some(Limit::Seats(0, 1)));
        assert_eq!(standing.broken(), 0);
        standing.held.push(held(Limit::Manager(0, 0), 0, 1));
        assert_eq!(standing.tightest().map(|held| held.limit), Some(Limit::Manager(0, 0)));
        assert_eq!(standing.broken(), 1);
    }
}
