//! The limits that a plan has to meet, each with its place and period, and their kinds.

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
}

/// A kind of limit, which a problem switches on or off as a whole.
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

    /// The kind's name.
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

    /// The kind of a limit; `None` for what an objective requires.
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
