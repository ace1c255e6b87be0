//! The sums of a quarter or fiscal year, each stated once: what adds up over regions, how it goes on over time, and how
//! it is made from a region's months (model section 7). Measures are made from sums in `rollup`.

use super::by_variant::by_variant;
use super::region_inputs::RegionInputs;
use super::results::RegionOutcome;
use super::unit::Unit;
use crate::plan::{Kind, Plan, Region};
use crate::units::{Exact, Heads, Money, Ratio};

/// A field's value over two quarters: a flow adds up, a stock is that of the later one.
macro_rules! over_time {
    (flow, $earlier:expr, $later:expr) => {
        $earlier + $later
    };
    (stock, $earlier:expr, $later:expr) => {
        $later
    };
}

macro_rules! sums {
    ($($variant:ident $field:ident $unit:ident $over_time:ident $title:literal $meaning:literal;)*) => {
        /// What adds up over regions, for one quarter or fiscal year. Heads and accounts are those of its last month.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
        pub struct Rollup {
            $(#[doc = $meaning] pub $field: $unit,)*
        }

        /// One of the sums of a [`Rollup`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Sum { $(#[doc = $meaning] $variant,)* }

        impl Sum {
            /// Every sum.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            by_variant! {
                /// The name in a window or a report.
                title -> &'static str { $($variant => $title,)* }
                /// The part of a region's quarter that adds up, as a sentence without full stop.
                meaning -> &'static str { $($variant => $meaning,)* }
                /// The unit.
                unit -> Unit { $($variant => Unit::$unit,)* }
                /// Whether a year has what its last quarter has, rather than the sum of its quarters.
                is_stock -> bool { $($variant => sums!(@is_stock $over_time),)* }
            }
        }

        impl Rollup {
            /// Sums that do not exist.
            pub(super) const OUT_OF_RANGE: Self = Self { $($field: $unit::OUT_OF_RANGE,)* };

            /// One of the sums.
            #[must_use]
            pub const fn sum(&self, sum: Sum) -> Exact {
                match sum { $(Sum::$variant => self.$field.exact(),)* }
            }

            /// Adds another region of the same period.
            pub(super) fn beside(self, other: &Self) -> Self {
                Self { $($field: self.$field + other.$field,)* }
            }

            /// Adds the next quarter of the same place: flows add up, stocks are the later ones.
            pub(super) fn then(self, later: &Self) -> Self {
                Self { $($field: over_time!($over_time, self.$field, later.$field),)* }
            }
        }
    };
    (@is_stock flow) => { false };
    (@is_stock stock) => { true };
}

sums! {
    // Variant, field, unit, how it goes on over time, title, meaning.
    Target target Money flow "Target" "The target × the target factor, rounded to the cent";
    Capacity capacity Money flow "Capacity" "The sum of the months, and the judgements of the quarter";
    Quota quota Money flow "Quota on the street" "The quota of the region's sellers over the months";
    PeopleCost people_cost Money flow "People cost" "The nine cost lines over the months";
    TotalCost total_cost Money flow "Total cost" "People and programme cost over the months";
    Contribution contribution Money flow "Contribution" "Contribution over the months";
    Closing closing Heads stock "Closing heads" "Closing heads of the last month";
    CoveredAccounts covered_accounts Ratio stock "Covered accounts"
        "Σ closing sellers × accounts per head, at most the region's accounts; last month";
    Accounts accounts Ratio stock "Target accounts" "Target accounts of the region";
    Led led Heads stock "Heads that managers can lead" "Closing managers × span; last month";
    Others others Heads stock "Heads of the other roles" "Closing heads of all but managers; last month";
}

impl Rollup {
    /// One region in one quarter, with what judgements add to its capacity.
    pub(super) fn of_quarter(
        inputs: &RegionInputs<'_>,
        outcome: &RegionOutcome,
        quarter: usize,
        judgements: Money,
    ) -> Self {
        let RegionInputs { plan, region, drivers, .. } = *inputs;
        let in_force = drivers.plan_at(plan, quarter * 3 + 2);
        let mut sums = Self { target: target(plan, region, quarter), ..Self::default() };
        for t in quarter * 3..quarter * 3 + 3 {
            let month = outcome.month(t);
            sums.capacity += month.capacity;
            sums.people_cost += month.people_cost;
            sums.total_cost += month.total_cost();
            sums.contribution += month.contribution;
            sums.quota += outcome.cells.iter().map(|c| c.month(t).quota).sum();
        }
        sums.capacity += judgements;
        let mut reach = Exact::ZERO;
        for (role, cell) in in_force.roles.iter().zip(&outcome.cells) {
            let closing = cell.month(quarter * 3 + 2).closing();
            sums.closing += closing;
            match &role.kind {
                Kind::Manager { span } => sums.led += Heads::new(closing.exact() * span.exact()),
                Kind::Seller { accounts_per_head, .. } => {
                    reach = reach + closing.exact() * accounts_per_head.exact();
                    sums.others += closing;
                }
                Kind::Support { .. } | Kind::PartnerManager { .. } => sums.others += closing,
            }
        }
        let accounts = Exact::from(inputs.in_force(in_force).accounts);
        sums.accounts = Ratio::new(accounts);
        sums.covered_accounts = Ratio::new(accounts.min(reach));
        sums
    }
}

/// What the judgements of a region and quarter add to its capacity, each rounded to the cent (model section 4).
pub(super) fn judgements(plan: &Plan, region: &Region, quarter: usize) -> Money {
    let here = plan.judgements.iter().filter(|j| j.region == region.id && j.quarter == quarter);
    here.map(|j| Money::new(j.amount.exact().round(2))).sum()
}

/// A region's target of a quarter, with the lever (model section 7).
fn target(plan: &Plan, region: &Region, quarter: usize) -> Money {
    Money::new((plan.target(&region.id, quarter).exact() * plan.levers.target_factor.exact()).round(2))
}
