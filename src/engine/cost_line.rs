//! The names of the nine cost lines of a cell (model section 5).

/// The nine cost lines of a cell, in the order of model section 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is a line of the table in model section 5, by its name there")]
pub enum CostLine {
    BasePay,
    VariablePay,
    Burden,
    Travel,
    Tools,
    Workplace,
    Recruiting,
    Onboarding,
    Severance,
}

impl CostLine {
    /// All nine in order.
    pub const ALL: [Self; 9] = [
        Self::BasePay,
        Self::VariablePay,
        Self::Burden,
        Self::Travel,
        Self::Tools,
        Self::Workplace,
        Self::Recruiting,
        Self::Onboarding,
        Self::Severance,
    ];
}
