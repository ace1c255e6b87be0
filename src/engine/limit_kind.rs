//! The kinds of limits that a plan states, each once: findings report what breaks them (model section 9), the optimisation
//! keeps them (section 12), and the command line and the window switch them off by their names.

use super::by_variant::by_variant;

macro_rules! limit_kinds {
    ($($variant:ident $name:literal $title:literal $option:literal $kept:literal;)*) => {
        /// A kind of limit.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum LimitKind { $(#[doc = $kept] $variant,)* }

        impl LimitKind {
            /// Every kind, in the order of the model.
            pub const ALL: [Self; [$(Self::$variant),*].len()] = [$(Self::$variant,)*];

            by_variant! {
                /// The name in files.
                name -> &'static str { $($variant => $name,)* }
                /// The name in a window or a report.
                title -> &'static str { $($variant => $title,)* }
                /// The switch of a command that leaves it out, without its dashes.
                option -> &'static str { $($variant => $option,)* }
                /// What an optimisation keeps, in a sentence without full stop.
                kept -> &'static str { $($variant => $kept,)* }
            }
        }
    };
}

limit_kinds! {
    // Variant, name, title, switch that leaves it out, what is kept.
    Envelope "envelope" "Envelope" "no-envelope"
        "Growth hires of the envelope's fiscal year between its minimum and maximum";
    Budgets "budgets" "Budgets" "no-budgets"
        "Total cost of each fiscal year within its budget";
    OnboardingSeats "onboarding_seats" "Onboarding seats" "no-seats"
        "Starts of each region and quarter within its onboarding seats";
    RecruitingCapacity "recruiting_capacity" "Recruiting capacity" "no-recruiting"
        "Growth starts of each quarter within what recruiting can land";
    SupportCoverage "support_coverage" "Support coverage" "no-support"
        "Support coverage of at least 1 in each fiscal year's last quarter";
    ManagerCoverage "manager_coverage" "Manager coverage" "no-managers"
        "Manager coverage of at least 1 in each fiscal year's last quarter";
}
