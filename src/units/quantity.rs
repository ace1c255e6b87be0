//! Results with their unit: money in plan currency, heads, ratios. Only like adds to like.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub};

use serde::{Deserialize, Serialize};

use super::Exact;

macro_rules! quantity {
    ($(#[$doc:meta])* $name:ident, $places:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Exact);

        impl $name {
            /// Nothing.
            pub const ZERO: Self = Self(Exact::ZERO);
            /// No figure: one that does not exist, or has too many digits.
            pub const OUT_OF_RANGE: Self = Self(Exact::OUT_OF_RANGE);
            /// Decimals with which this unit is written out (product, `evaluate`).
            pub const PLACES: u32 = $places;

            /// Gives a bare number this unit.
            #[must_use]
            pub const fn new(amount: Exact) -> Self {
                Self(amount)
            }

            /// The number without its unit, for a formula.
            #[must_use]
            pub const fn exact(self) -> Exact {
                self.0
            }

            /// Written out with this unit's decimals.
            #[must_use]
            pub fn fixed(self) -> String {
                self.0.fixed($places)
            }
        }

        impl Add for $name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self(self.0 + other.0)
            }
        }

        impl AddAssign for $name {
            fn add_assign(&mut self, other: Self) {
                self.0 = self.0 + other.0;
            }
        }

        impl Sub for $name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self(self.0 - other.0)
            }
        }

        impl Sum for $name {
            fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
                Self(iter.map(Self::exact).sum())
            }
        }
    };
}

quantity! {
    /// An amount in the plan's currency. Costs and capacities are already rounded to the cent.
    Money, 2
}
quantity! {
    /// An amount in a region's own currency; times the region's rate it becomes [`Money`].
    Local, 2
}
quantity! {
    /// Expected heads: fractions appear once people leave.
    Heads, 6
}
quantity! {
    /// A share or a quotient: 0.15 is fifteen per cent.
    Ratio, 6
}
