//! A field of the plan as the register states it: its path, type, title, unit, meaning, range, default, usual swing,
//! group, and whether it may change over time (model section 2).
//!
//! The entries themselves are in the tables that declare the document's structs (`fields!`), one beside each field;
//! `catalogue` lists them.

use std::cmp::Ordering;

use crate::units::Exact;

/// The type of a field's value, and so how it is shown and read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text.
    Text,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// Yes or no.
    Flag,
    /// The value of another field, as it stands in the JSON form of the document.
    Value,
    /// A month, `YYYY-MM`.
    Month,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// An ISO 4217 code.
    Currency,
    /// A region's id.
    Region,
    /// A role's id.
    Role,
    /// A quarter of the horizon, counted from 0.
    Quarter,
    /// A fiscal year's number.
    Year,
    /// A whole number, such as heads or accounts.
    Count,
    /// A whole number of months.
    Months,
    /// A fraction that people read in per cent.
    Share,
    /// A decimal: a factor, a weight, heads per head.
    Number,
    /// An amount in plan currency.
    Money,
    /// An amount in the region's currency.
    Local,
    /// A list of ISO 3166-1 alpha-3 codes, which is one value.
    Countries,
    /// A list of days, which is one value.
    Dates,
    /// A list of role ids, which is one value.
    Roles,
}

/// The values that a number may have. Validation reports what is outside, the window refuses it, and analyses stay inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// Any number, or no number at all.
    Any,
    /// 0 or more.
    AtLeastZero,
    /// More than 0: other numbers are divided by it.
    AboveZero,
    /// A share: 0 to 1.
    ZeroToOne,
    /// A rate as a fraction, 0 to a bound that no such rate reaches: a number above it is meant in per cent.
    RateUpTo(u32),
    /// Whole numbers between two bounds, both included.
    Between(u32, u32),
}

/// A number in hundredths, so that tables of constants can state fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hundredths(pub u32);

/// What an empty text does to a field that has no default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenEmpty {
    /// A number becomes 0, a list empty; everything else refuses it.
    Zero,
    /// A text becomes empty.
    Blank,
    /// Its entry leaves the list or map.
    Removes,
}

/// How far a field usually swings from what the plan states: what a planner would call a bad and a good year for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UsualSwing {
    /// By how much.
    pub extent: Extent,
    /// What swings, where the field's title does not say it. Fields of the same name swing together.
    pub name: Option<&'static str>,
    /// Whether each role or currency swings alone, and not all together.
    pub each: bool,
}

/// The extent of a usual swing, down and up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Subtracts the first, adds the second.
    By(Hundredths, Hundredths),
    /// Multiplies by the first, or by the second.
    Times(Hundredths, Hundredths),
}

/// The values of a dial: from the least one, by equal steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DialSteps {
    /// The least value.
    pub min: Hundredths,
    /// From one value to the next.
    pub step: Hundredths,
    /// The number of steps.
    pub steps: u32,
}

/// Fields that are shown together, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "their titles say what they are")]
pub enum Group {
    Name,
    Calendar,
    PlanCurrency,
    Rates,
    Envelope,
    Budgets,
    RecruitingCapacity,
    Threshold,
    RegionPlace,
    RegionCost,
    RegionFactors,
    RegionRoom,
    RegionSeason,
    Market,
    RegionDetails,
    RegionHiring,
    RoleName,
    RoleKind,
    Ramp,
    Leaving,
    Filling,
    RoleCost,
    RoleHiring,
    CellPay,
    Baseline,
    Hires,
    Exits,
    Moves,
    Changes,
    Targets,
    Judgements,
    Selling,
    BookingsByQuarter,
    BookingsByMonth,
    StartsByMonth,
    CostOfStarts,
    RunningCosts,
    Programme,
    ServiceLevel,
    Lever,
    Spread,
    Milestones,
    CellNotes,
    Accepted,
    Issued,
}

/// A part of the document that holds fields: a struct, or an entry of a list or map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry(pub(super) &'static str);

/// One field of the document, or one kind of entry of a list or map.
#[derive(Debug)]
pub struct Field {
    /// Its path, with `*` for the id, key or index of an entry: `regions[*].accounts`.
    pub pattern: &'static str,
    /// The struct or entry that it is a field of.
    pub entry: Entry,
    /// Its name in a window or a report.
    pub title: &'static str,
    /// Its meaning, in a sentence without full stop.
    pub meaning: &'static str,
    /// The type of its value.
    pub holds: Holds,
    /// The unit of its value, where the type does not say it.
    pub unit: &'static str,
    /// Whether it can be left out (empty is then not 0).
    pub optional: bool,
    /// The values that it may have.
    pub range: Range,
    /// The number that it is where the document leaves it out, if it can be left out so.
    pub default: Option<Hundredths>,
    /// What stands for it in a table where it is left out; empty for nothing in particular.
    pub absent: &'static str,
    /// What an empty text does to it, where it has no default.
    pub when_empty: WhenEmpty,
    /// How far it usually swings, if it does.
    pub swing: Option<UsualSwing>,
    /// The range and steps of its dial, if it is a lever.
    pub dial: Option<DialSteps>,
    /// The fields with which it is shown.
    pub group: Group,
    /// The section of the model that uses it.
    pub section: u8,
    /// Whether it may change over time (model section 2a).
    pub may_change: bool,
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern
    }
}

impl Eq for Field {}

impl PartialOrd for Field {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Field {
    fn cmp(&self, other: &Self) -> Ordering {
        self.pattern.cmp(other.pattern)
    }
}

impl Entry {
    /// The beginning of the patterns of its fields.
    pub(super) const fn fields_start(self) -> &'static str {
        self.0
    }

    /// Its path, with `*` for the id, key or index of an entry: `regions[*]`.
    #[must_use]
    pub fn pattern(self) -> &'static str {
        self.0.strip_suffix('.').unwrap_or(self.0)
    }

    /// The field of the document that it is in: `regions` of `regions[*].market[*]`.
    #[must_use]
    pub fn root(self) -> &'static str {
        self.0.split(['.', '[']).next().unwrap_or_default()
    }
}

impl Hundredths {
    /// The number.
    #[must_use]
    pub fn exact(self) -> Exact {
        Exact::from(self.0) / Exact::from(100_u32)
    }
}

impl Holds {
    /// Whether the value is a number that can be more or less.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Months | Self::Share | Self::Number | Self::Money | Self::Local)
    }

    /// Whether the value is a whole number.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::Count | Self::Months | Self::Quarter | Self::Year)
    }

    /// Whether the value is a list of texts.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self, Self::Countries | Self::Dates | Self::Roles)
    }
}

impl Range {
    /// The least value, if there is one; [`Range::AboveZero`] leaves out 0 itself.
    #[must_use]
    pub fn min(self) -> Option<Exact> {
        match self {
            Self::Any => None,
            Self::AtLeastZero | Self::AboveZero | Self::ZeroToOne | Self::RateUpTo(_) => Some(Exact::ZERO),
            Self::Between(min, _) => Some(Exact::from(min)),
        }
    }

    /// The greatest value, if there is one.
    #[must_use]
    pub fn max(self) -> Option<Exact> {
        match self {
            Self::Any | Self::AtLeastZero | Self::AboveZero => None,
            Self::ZeroToOne => Some(Exact::ONE),
            Self::RateUpTo(max) | Self::Between(_, max) => Some(Exact::from(max)),
        }
    }

    /// Whether the number is inside.
    #[must_use]
    pub fn contains(self, number: Exact) -> bool {
        self.min().is_none_or(|min| number >= min)
            && self.max().is_none_or(|max| number <= max)
            && !(self == Self::AboveZero && number.is_zero())
    }

    /// What is wrong with a number outside, in a planner's words; `None` where nothing is.
    #[must_use]
    pub fn problem(self, number: Exact) -> Option<String> {
        let wrong = || match self {
            Self::Any | Self::AtLeastZero => format!("{number} is below 0"),
            Self::AboveZero => format!("{number} has to be above 0"),
            Self::ZeroToOne => format!("{number} is outside 0 to 1; write a fraction, such as 0.15 for 15 %"),
            Self::RateUpTo(_) if number.is_negative() => format!("{number} is below 0"),
            Self::RateUpTo(_) => {
                let fraction = (number / Exact::from(100_u32)).plain();
                format!(
                    "{number} would be {} %; did you mean {number} %? write {fraction}",
                    (number * Exact::from(100_u32)).plain()
                )
            }
            Self::Between(min, max) => format!("{number} is outside {min} to {max}"),
        };
        (!self.contains(number)).then(wrong)
    }
}

impl Field {
    /// An entry of the register with what follows from the type of the field.
    pub(super) const fn new(entry: Entry, pattern: &'static str, holds: Holds, optional: bool) -> Self {
        Self {
            pattern,
            entry,
            title: "",
            meaning: "",
            holds,
            unit: "",
            optional,
            range: if holds.is_number() { Range::AtLeastZero } else { Range::Any },
            default: None,
            absent: "",
            when_empty: WhenEmpty::Zero,
            swing: None,
            dial: None,
            group: Group::Name,
            section: 2,
            may_change: false,
        }
    }

    /// The field of the document that it is in: `regions` of `regions[*].accounts`.
    #[must_use]
    pub fn root(&self) -> &'static str {
        self.pattern.split(['.', '[']).next().unwrap_or_default()
    }

    /// Whether there is one such field for each entry of a list or map.
    #[must_use]
    pub fn is_by_entry(&self) -> bool {
        self.pattern.contains('*')
    }

    /// The number that the field is where the document leaves it out; 0 where it cannot be left out so.
    pub(super) fn default_number(&self) -> Exact {
        self.default.map_or(Exact::ZERO, Hundredths::exact)
    }
}

/// The words of the tables that declare fields.
#[allow(clippy::enum_glob_use, clippy::unnecessary_wraps, reason = "tables name groups and state optional properties")]
pub(super) mod words {
    pub(in crate::plan) use super::Group::*;
    pub(in crate::plan) use super::Holds::{Count, Months, Number, Text};
    pub(in crate::plan) use super::Range::{AboveZero, Any, Between, RateUpTo, ZeroToOne};
    pub(in crate::plan) use super::WhenEmpty::{Blank, Removes};
    use super::{DialSteps, Extent, Hundredths, UsualSwing};

    /// A usual swing by so many hundredths down and up.
    pub(in crate::plan) const fn by(down: u32, up: u32) -> Option<UsualSwing> {
        Some(UsualSwing { extent: Extent::By(Hundredths(down), Hundredths(up)), name: None, each: false })
    }

    /// A usual swing to so many hundredths of the value.
    pub(in crate::plan) const fn times(low: u32, high: u32) -> Option<UsualSwing> {
        Some(UsualSwing { extent: Extent::Times(Hundredths(low), Hundredths(high)), name: None, each: false })
    }

    /// A swing under a name of its own.
    pub(in crate::plan) const fn named(name: &'static str, swing: Option<UsualSwing>) -> Option<UsualSwing> {
        match swing {
            Some(swing) => Some(UsualSwing { name: Some(name), ..swing }),
            None => None,
        }
    }

    /// A swing of each role or currency alone.
    pub(in crate::plan) const fn each(swing: Option<UsualSwing>) -> Option<UsualSwing> {
        match swing {
            Some(swing) => Some(UsualSwing { each: true, ..swing }),
            None => None,
        }
    }

    /// A dial from so many hundredths, by so many hundredths, with so many steps.
    pub(in crate::plan) const fn steps(min: u32, step: u32, steps: u32) -> Option<DialSteps> {
        Some(DialSteps { min: Hundredths(min), step: Hundredths(step), steps })
    }

    /// A default in hundredths.
    pub(in crate::plan) const fn hundredths(number: u32) -> Option<Hundredths> {
        Some(Hundredths(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_takes_its_bounds_and_refuses_what_is_beyond() {
        let n = |text: &str| text.parse::<Exact>().unwrap();
        for (range, inside, outside) in [
            (Range::AtLeastZero, ["0", "7"].as_slice(), ["-0.01"].as_slice()),
            (Range::AboveZero, &["0.01", "9"], &["0", "-1"]),
            (Range::ZeroToOne, &["0", "1"], &["-1", "1.01"]),
            (Range::RateUpTo(4), &["0", "1.5", "4"], &["-0.1", "15"]),
            (Range::Between(4, 20), &["4", "20"], &["3", "21"]),
            (Range::Any, &["-5", "5"], &[]),
        ] {
            assert!(inside.iter().all(|text| range.problem(n(text)).is_none()), "{range:?}");
            assert!(outside.iter().all(|text| range.problem(n(text)).is_some()), "{range:?}");
        }
    }
}
