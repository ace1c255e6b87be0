//! The bands of capacity coverage, each with a colour of its own in the window and in the brief.

use crate::units::Exact;

/// A band of coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoverageBand {
    /// Far below the target.
    FarBelow,
    /// Below the target.
    Below,
    /// Just below the target.
    JustBelow,
    /// The target is met.
    Met,
    /// Well above the target.
    Above,
}

impl CoverageBand {
    /// Every band, from the lowest to the highest.
    pub const ALL: [Self; 5] = [Self::FarBelow, Self::Below, Self::JustBelow, Self::Met, Self::Above];

    /// The bounds between the bands, in per cent of the target; a coverage at the last bound belongs to the band below it.
    pub const BOUNDS: [u32; 4] = [80, 95, 100, 115];

    /// The bounds as shares of the target.
    #[must_use]
    pub fn bounds() -> [Exact; 4] {
        Self::BOUNDS.map(|percent| Exact::from(percent) / Exact::from(100_u32))
    }

    /// The band that a coverage is in.
    #[must_use]
    pub fn of(coverage: Exact) -> Self {
        let [below, just_below, met, above] = Self::BOUNDS.map(Exact::from);
        match coverage * Exact::from(100_u32) {
            percent if percent < below => Self::FarBelow,
            percent if percent < just_below => Self::Below,
            percent if percent < met => Self::JustBelow,
            percent if percent <= above => Self::Met,
            _ => Self::Above,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_belongs_to_the_band_above_it_but_the_last() {
        for (coverage, band) in [
            ("0", CoverageBand::FarBelow),
            ("0.7999", CoverageBand::FarBelow),
            ("0.8", CoverageBand::Below),
            ("0.95", CoverageBand::JustBelow),
            ("0.9999", CoverageBand::JustBelow),
            ("1", CoverageBand::Met),
            ("1.15", CoverageBand::Met),
            ("1.1501", CoverageBand::Above),
        ] {
            assert_eq!(CoverageBand::of(coverage.parse().unwrap()), band, "{coverage}");
        }
    }
}
