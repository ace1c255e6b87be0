//! The limits that a plan has to meet, each with its place and period.

use crate::engine::LimitKind;

/// A limit, with the indices of its region, role, quarter or fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Limit {
    /// Growth hires of the envelope's fiscal year: at least its minimum.
    EnvelopeMin,
    /// Growth hires of the envelope's fiscal year: at most its maximum.
    EnvelopeMax,
    /// Total cost of a fiscal year: at most its budget.
    Budget(usize),
    /// Growth starts of a quarter: at most what recruiting can land.
    Recruiting(usize),
    /// Starts of a region in a quarter: at most its onboarding seats.
    Seats(usize, usize),
    /// Support coverage of a region by a role in the last quarter of a fiscal year: at least 1.
    Support(usize, usize, usize),
    /// Manager coverage of a region in the last quarter of a fiscal year: at least 1.
    Manager(usize, usize),
    /// Capacity coverage of a region in a fiscal year: at least the level that the objective requires.
    Coverage(usize, usize),
    /// Target of a region in a quarter: what stays uncovered counts in the objective, and breaks no limit.
    Shortfall(usize, usize),
}

impl Limit {
    /// Whether the limit is an upper bound of its figure; otherwise a lower bound.
    #[must_use]
    pub const fn is_upper(self) -> bool {
        matches!(self, Self::EnvelopeMax | Self::Budget(_) | Self::Recruiting(_) | Self::Seats(..))
    }

    /// Its kind; `None` for what an objective requires.
    #[must_use]
    pub const fn kind(self) -> Option<LimitKind> {
        Some(match self {
            Self::EnvelopeMin | Self::EnvelopeMax => LimitKind::Envelope,
            Self::Budget(_) => LimitKind::Budgets,
            Self::Recruiting(_) => LimitKind::RecruitingCapacity,
            Self::Seats(..) => LimitKind::OnboardingSeats,
            Self::Support(..) => LimitKind::SupportCoverage,
            Self::Manager(..) => LimitKind::ManagerCoverage,
            Self::Coverage(..) | Self::Shortfall(..) => return None,
        })
    }
}
