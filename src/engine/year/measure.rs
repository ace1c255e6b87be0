//! The measures of a year, each stated once: what was in closed months, and the outlook (`year.md`, section 13).

use crate::engine::Unit;
use crate::engine::by_variant::by_variant;

macro_rules! year_measures {
    ($($variant:ident $name:literal $title:literal $unit:ident $meaning:literal;)*) => {
        /// A measure of a plan with closed months.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum YearMeasure { $(#[doc = $meaning] $variant,)* }

        impl YearMeasure {
            /// Every measure.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The measure of that name.
            #[must_use]
            pub fn by_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|measure| measure.name() == name)
            }

            by_variant! {
                /// The name in files and on the command line.
                name -> &'static str { $($variant => $name,)* }
                /// The name in a window or a report.
                title -> &'static str { $($variant => $title,)* }
                /// The meaning, as a sentence without full stop.
                meaning -> &'static str { $($variant => $meaning,)* }
                /// The unit.
                unit -> Unit { $($variant => Unit::$unit,)* }
            }
        }
    };
}

year_measures! {
    // Variant, name, title, unit, meaning.
    ActualActive "actual_active" "Actual heads" Heads "People who were there in the closed month";
    ActualStarts "actual_starts" "Actual starts" Heads "People who started in the closed month";
    ActualLeavers "actual_leavers" "Actual leavers" Heads
        "People who left at the end of the closed month, dismissed ones included";
    ActualClosing "actual_closing" "Actual closing heads" Heads "People after the closed month's leavers and exits";
    ActualRamped "actual_ramped" "Actual ramped heads" Heads
        "People who were there and not away, counted by what they can sell in their ramp";
    Bookings "bookings" "Bookings" Money "What was booked in the closed month, at the exchange rates of the month";
    ActualCost "actual_cost" "Actual cost" Money
        "What was spent in the closed month, at the exchange rates of the month; the model's amount for lines that are not stated";
    OutlookCapacity "outlook_capacity" "Outlook capacity" Money
        "Bookings of closed months and capacity of open ones";
    OutlookGap "outlook_gap" "Outlook gap" Money "Target less outlook capacity; negative is a surplus";
    OutlookCoverage "outlook_coverage" "Outlook coverage" Ratio "Outlook capacity ÷ target";
    OutlookCost "outlook_cost" "Outlook cost" Money "Cost of closed months and total cost of open ones";
    OutlookClosing "outlook_closing" "Outlook closing heads" Heads
        "Heads at the end of the period: the people who are there, and those whom the model expects";
}
