//! One month of a cell in a trial.

/// One month of a cell in a trial: people as whole numbers, what they can sell and are paid as sums.
#[derive(Debug, Clone, Copy)]
pub(super) struct Month {
    pub(super) starts: f64,
    pub(super) active: f64,
    pub(super) leavers: f64,
    /// Exits.
    pub(super) exits: f64,
    /// The leavers who were known before: whether severance is due is not drawn.
    pub(super) known_leavers: f64,
    /// Those of them who are dismissed.
    pub(super) dismissed: f64,
    /// People who are away without base pay.
    pub(super) unpaid: f64,
    /// Σ p(k).
    pub(super) ramped: f64,
    /// Σ payout(k).
    pub(super) paid: f64,
    /// What is left of its sales for want of specialists, accounts or partners.
    pub(super) supported: f64,
}

impl Default for Month {
    fn default() -> Self {
        Self {
            starts: 0.0,
            active: 0.0,
            leavers: 0.0,
            exits: 0.0,
            known_leavers: 0.0,
            dismissed: 0.0,
            unpaid: 0.0,
            ramped: 0.0,
            paid: 0.0,
            supported: 1.0,
        }
    }
}
