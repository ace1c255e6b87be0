//! The choice of findings that are shown: filters, grouping and sorting.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::analysis::{finding_sentence, region_of};
use crate::desktop::numbers::Numbers;
use crate::desktop::sheet::Order;
use crate::engine::{Finding, Outcome};

/// The common property of the lines below one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) enum Grouping {
    #[default]
    Level,
    Kind,
    Region,
    None,
}

impl Grouping {
    pub(super) const ALL: [Self; 4] = [Self::Level, Self::Kind, Self::Region, Self::None];

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Level => "Level",
            Self::Kind => "Kind",
            Self::Region => "Region",
            Self::None => "Nothing",
        }
    }
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FindingColumn {
    Kind,
    When,
    Figure,
    Limit,
    Off,
    ToDo,
}

impl FindingColumn {
    /// The columns in order; grouped by kind, the heading has the kind already.
    pub(super) const fn of(grouping: Grouping) -> &'static [Self] {
        match grouping {
            Grouping::Kind => &[Self::When, Self::Figure, Self::Limit, Self::Off, Self::ToDo],
            Grouping::Level | Grouping::Region | Grouping::None => {
                &[Self::Kind, Self::When, Self::Figure, Self::Limit, Self::Off, Self::ToDo]
            }
        }
    }
}

/// The sort key of rows: a column, or the row heads, which are places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Place,
    Column(FindingColumn),
}

/// The choice of findings that are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Filter {
    /// Kinds that are left out, by their names in files.
    pub(super) hidden: BTreeSet<String>,
    /// Whether those that are accepted are shown, too.
    pub(super) accepted: bool,
    /// Only those of one region.
    pub(super) region: Option<usize>,
    /// Only those whose sentence or kind has these words.
    pub(super) search: String,
    pub(super) grouping: Grouping,
    /// Largest first unless another order is chosen.
    pub(super) sort: Option<(By, Order)>,
    /// Groups that are folded away, by their keys.
    pub(super) folded: BTreeSet<String>,
    /// Lines whose other findings are shown, by [`line_key`].
    pub(super) opened: BTreeSet<String>,
}

impl Filter {
    /// Whether a finding passes the filter of region and text.
    pub(super) fn passes(&self, outcome: &Outcome, finding: &Finding, numbers: Numbers) -> bool {
        let has_words = || {
            let sentence = finding_sentence(outcome, finding, &numbers);
            let text = format!("{} {sentence}", finding.kind.title()).to_lowercase();
            self.search.to_lowercase().split_whitespace().all(|word| text.contains(word))
        };
        self.region.is_none_or(|r| region_of(finding.place) == Some(r)) && (self.search.is_empty() || has_words())
    }
}
