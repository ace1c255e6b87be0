//! The units in which measures are written, and how many decimals each has.

/// The unit in which a measure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Plan currency, 2 decimals.
    Money,
    /// Heads, 6 decimals.
    Heads,
    /// A ratio, 6 decimals; people read a measure of this unit as a share, in per cent.
    Ratio,
    /// Hires or months, no decimals.
    Count,
}

impl Unit {
    /// Decimals with which figures of this unit are written out.
    #[must_use]
    pub const fn places(self) -> u32 {
        match self {
            Self::Money => 2,
            Self::Heads | Self::Ratio => 6,
            Self::Count => 0,
        }
    }
}
