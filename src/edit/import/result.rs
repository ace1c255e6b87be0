//! The result of reading a table: the edits, the rows that stay out, and what should be known before agreeing.

use std::collections::{BTreeMap, BTreeSet};

use super::actuals::Actuals;
use super::column::UnusedColumn;
use super::kind::ImportKind;
use super::outcome::ImportLine;
use super::value_map::{NamedValue, UnknownName};
use crate::plan::PlanEdit;
use crate::units::{Exact, counted};

/// The cause for which a row stays out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "their titles say what they are")]
pub enum LeftOutCause {
    UnknownRegion,
    UnknownRole,
    UnknownStatus,
    UnknownWorkerType,
    UnknownReason,
    UnknownOpeningStatus,
    UnknownCostLine,
    UnknownStage,
    UnknownOwner,
    UnknownPosition,
    UnknownCurrency,
    Missing,
    Unreadable,
    OutsidePlan,
    OutOfStep,
    Contradiction,
    NoPay,
    OtherCurrency,
    Twice,
    TooMany,
    LeftBefore,
    HasLeft,
    StartsLater,
    Contingent,
    OtherRow,
    NotWon,
    OpenMonth,
    OtherMonth,
    MappedOut,
    Filtered,
    Hidden,
    Total,
    Note,
    Headings,
}

impl LeftOutCause {
    /// The cause of a row whose value means nothing.
    pub(super) const fn of_unknown(value: NamedValue) -> Self {
        match value {
            NamedValue::Region => Self::UnknownRegion,
            NamedValue::Role => Self::UnknownRole,
            NamedValue::Status => Self::UnknownStatus,
            NamedValue::WorkerType => Self::UnknownWorkerType,
            NamedValue::Reason => Self::UnknownReason,
            NamedValue::OpeningStatus => Self::UnknownOpeningStatus,
            NamedValue::CostLine => Self::UnknownCostLine,
            NamedValue::Stage => Self::UnknownStage,
            NamedValue::Owner => Self::UnknownOwner,
        }
    }

    /// The cause, as the heading of its rows.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::UnknownRegion => "The region is not one of the plan",
            Self::UnknownRole => "The role is not one of the plan",
            Self::UnknownStatus => "The status is not understood",
            Self::UnknownWorkerType => "The worker type is not understood",
            Self::UnknownReason => "The reason for leaving is not understood",
            Self::UnknownOpeningStatus => "The status of the position is not understood",
            Self::UnknownCostLine => "The cost line or account is not known",
            Self::UnknownStage => "The stage of the deal is not understood",
            Self::UnknownOwner => "The owner is nobody of the plan",
            Self::UnknownPosition => "The position is not one of the plan",
            Self::UnknownCurrency => "The currency is not one of the plan",
            Self::Missing => "A cell is empty that is needed",
            Self::Unreadable => "A cell is not understood",
            Self::OutsidePlan => "The period is not one of the plan",
            Self::OutOfStep => "There are more cells than headings",
            Self::Contradiction => "Cells of the row contradict each other",
            Self::NoPay => "The plan has no pay for the role in the region",
            Self::OtherCurrency => "The amount is in another currency",
            Self::Twice => "The same is stated twice",
            Self::TooMany => "The number is more than a plan can hold",
            Self::LeftBefore => "Left before the plan begins",
            Self::HasLeft => "Has left by status",
            Self::StartsLater => "Starts after the plan's first month",
            Self::Contingent => "Works for another company",
            Self::OtherRow => "Another row of the same counts",
            Self::NotWon => "The deal is not won",
            Self::OpenMonth => "The month is still open",
            Self::OtherMonth => "The month is before the plan's first",
            Self::MappedOut => "Left out by what its names are mapped to",
            Self::Filtered => "Left out by a filter",
            Self::Hidden => "Hidden in the sheet",
            Self::Total => "A total",
            Self::Note => "A note",
            Self::Headings => "The headings again",
        }
    }
}

/// A row, and why it stays out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The row as a spreadsheet counts it, from 1.
    pub row: usize,
    /// The cell that it is about: `C7`.
    pub cell: Option<String>,
    /// The cause.
    pub cause: LeftOutCause,
    /// The reason, in a planner's words.
    pub reason: String,
    /// The people of the row; 1 where it does not say.
    pub people: u32,
}

/// Rows that stay out for one cause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseGroup {
    /// The cause.
    pub cause: LeftOutCause,
    /// The rows by their index in the list, in its order.
    pub rows: Vec<usize>,
    /// The people in them.
    pub people: u64,
}

/// Rows grouped by cause, the largest group first.
#[must_use]
pub fn by_cause(rows: &[LeftOut]) -> Vec<CauseGroup> {
    let mut groups: BTreeMap<LeftOutCause, CauseGroup> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let group = groups.entry(row.cause).or_insert(CauseGroup { cause: row.cause, rows: Vec::new(), people: 0 });
        group.people += u64::from(row.people);
        group.rows.push(at);
    }
    let mut groups: Vec<CauseGroup> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.rows.len()));
    groups
}

/// The totals of a table, to be compared with its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ControlTotals {
    /// Rows under the headings.
    pub rows: usize,
    /// Rows that are taken.
    pub taken: usize,
    /// People in the rows that are taken; 0 for what is no roster.
    pub people: u64,
    /// Their full-time equivalents, where the table has them.
    pub fte: Option<Exact>,
}

/// A place of the plan that a table states: a region, a role and a quarter by their index, as far as the kind has them.
pub(super) type StatedPlace = (usize, Option<usize>, Option<usize>);

/// The result of reading a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// The edits that take it in, one step; none if the plan states the same already.
    pub edits: Vec<PlanEdit>,
    /// The edit that keeps with the plan what names in the table mean; `None` if it is known already.
    pub names: Option<PlanEdit>,
    /// The totals of the table.
    pub totals: ControlTotals,
    /// The places that it states: region, role and quarter, by their index.
    pub(super) places: BTreeSet<StatedPlace>,
    /// What the table says of the months: of a kind that closes one.
    pub actuals: Actuals,
    /// Rows that do not fit.
    pub unfit: Vec<LeftOut>,
    /// Rows that rightly stay out, such as people who have left.
    pub left_out: Vec<LeftOut>,
    /// Columns that nothing is taken from, and of which nobody has said so.
    pub unused: Vec<UnusedColumn>,
    /// Names that the plan does not know, each once, with the number of people and what it may mean.
    pub unknown: Vec<UnknownName>,
    /// Sentences on what was inferred or is doubtful, without full stop.
    pub notes: Vec<String>,
    /// The plan's figures before and after, the whole first.
    pub lines: Vec<ImportLine>,
}

impl Import {
    /// The label of the step in the history and the change log: `Roster imported from staff.csv: 612 rows`.
    #[must_use]
    pub fn label(&self, kind: ImportKind, source: &str) -> String {
        format!("{} imported from {source}: {}", kind.title(), counted(self.totals.taken, "row", "rows"))
    }

    /// The columns whose headings belong to the table, and which nobody has left out.
    pub fn open_columns(&self) -> impl Iterator<Item = &UnusedColumn> {
        self.unused.iter().filter(|column| column.belongs)
    }

    /// Sentences on the other columns that nothing is taken from, one a reason.
    #[must_use]
    pub fn unused_sentences(&self) -> Vec<String> {
        let mut by_reason: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for column in self.unused.iter().filter(|column| !column.belongs) {
            by_reason.entry(&column.reason).or_default().push(&column.name);
        }
        let sentence = |(reason, columns): (&str, Vec<&str>)| {
            let each = if columns.len() == 1 { "it" } else { "each" };
            format!("Nothing is taken from {}: {each} {reason}", columns.join(", "))
        };
        by_reason.into_iter().map(sentence).collect()
    }

    /// Whether everything in the table is taken, or rightly stays out.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.unfit.is_empty() && self.open_columns().next().is_none()
    }
}
