//! Coming in: what others keep in tables (a staff roster, targets, accounts, pay, growth hires) as edits of a plan.
//!
//! A table is rows of cells under headings; where it comes from is not this folder's business. Its columns are matched
//! with what is looked for by their names, and can be matched otherwise by whoever looks at them. What comes of it is
//! edits, before → after, and every row that does not fit, with its reason: nothing is changed here.

mod column;
mod headings;
mod kept;
mod names;
mod outcome;
mod reader;
mod roster;
mod stated;
mod table;
mod written;

pub use column::{ImportField, columns};
pub use kept::KeptColumns;
pub use outcome::ImportLine;
pub use table::{ImportCell, ImportRow, ImportTable};
pub use written::{DateOrder, DecimalSign};

use serde::{Deserialize, Serialize};

use super::apply_all;
use crate::plan::{Plan, PlanEdit, validate};
use crate::units::counted;
use reader::RowReader;

/// What a table states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ImportKind {
    /// The people who are there: they become the baseline, with their tenures (model section 3).
    Roster,
    /// Bookings targets by region and quarter.
    Targets,
    /// Target accounts by region.
    Accounts,
    /// Base and variable pay by region and role.
    Pay,
    /// Growth hires by region, role and quarter.
    Hires,
}

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Roster, Self::Targets, Self::Accounts, Self::Pay, Self::Hires];

    /// Its name in a sentence's first place.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Roster => "Roster",
            Self::Targets => "Targets",
            Self::Accounts => "Accounts",
            Self::Pay => "Pay",
            Self::Hires => "Growth hires",
        }
    }

    /// Whether a table of this kind stands for everything of the kind, unless something else is said: a roster is
    /// everybody, the others are what their rows name.
    #[must_use]
    pub const fn replaces(self) -> bool {
        matches!(self, Self::Roster)
    }

    /// The kind for which the headings say enough, and else the one that they say most of; a roster where they say
    /// nothing.
    #[must_use]
    pub fn of(plan: &Plan, headings: &[String]) -> Self {
        let none = KeptColumns::default();
        let found = |kind: Self| columns(kind, headings, plan.calendar, &none);
        // What asks for most comes first: a table of growth hires has what one of targets has, and more.
        let order = [Self::Roster, Self::Pay, Self::Hires, Self::Targets, Self::Accounts];
        let complete = |kind: &Self| column::problem(*kind, headings, &found(*kind), plan.calendar).is_none();
        let most = |kind: &Self| found(*kind).iter().flatten().count();
        // Of equals the last: without a role, quarters are those of targets.
        let or_most =
            || [Self::Accounts, Self::Pay, Self::Hires, Self::Targets, Self::Roster].into_iter().max_by_key(most);
        order.into_iter().find(complete).or_else(or_most).unwrap_or(Self::Roster)
    }
}

/// How a table is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// What it states.
    pub kind: ImportKind,
    /// For each column what it holds; `None` if it is left out.
    pub columns: Vec<Option<ImportField>>,
    /// Which of day and month stands first; found from the table where absent.
    pub dates: Option<DateOrder>,
    /// What stands before the decimals; found from the table where absent.
    pub numbers: Option<DecimalSign>,
    /// Whether what the rows do not name is taken out of the plan, as if the table were everything of its kind.
    pub replace: bool,
}

/// Why a table cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// There is nothing in it.
    #[error("there is nothing in it; it needs a row of headings and rows under it")]
    Empty,
    /// There are headings and nothing else.
    #[error("there are headings but no rows under them")]
    NoRows,
    /// A column is missing, is matched twice, or contradicts another.
    #[error("{0}")]
    Columns(String),
    /// Days can be read in two ways.
    #[error("{0}; say whether the day or the month stands first")]
    Dates(String),
    /// Numbers can be read in two ways.
    #[error("{0}; say whether a point or a comma stands before the decimals")]
    Numbers(String),
    /// The plan could not be evaluated any more.
    #[error("the plan could not be evaluated any more: {0}")]
    Plan(String),
}

/// A row, and why it stays out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// The row as a spreadsheet counts it, from 1.
    pub row: usize,
    /// Why, in a planner's words.
    pub reason: String,
}

/// What comes of a table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Import {
    /// The edits that take it in, one step; `None` if the plan states the same already.
    pub edits: Vec<PlanEdit>,
    /// Rows that are taken.
    pub rows: usize,
    /// Rows that do not fit.
    pub unfit: Vec<LeftOut>,
    /// Rows that rightly stay out, such as people who have left.
    pub left_out: Vec<LeftOut>,
    /// What should be known before agreeing, a sentence each without full stop.
    pub notes: Vec<String>,
    /// What the plan states before and after, the whole first.
    pub lines: Vec<ImportLine>,
}

impl Import {
    /// What is done, for the history and the change log: `Roster imported from staff.csv: 612 rows`.
    #[must_use]
    pub fn label(&self, kind: ImportKind, source: &str) -> String {
        format!("{} imported from {source}: {}", kind.title(), counted(self.rows, "row", "rows"))
    }
}

/// Reads a table for a plan.
///
/// # Errors
/// When the columns do not say enough, when days or numbers can be read in two ways and nobody has said which, or when
/// the plan could not be evaluated with what the rows state.
pub fn import(plan: &Plan, table: &ImportTable, choices: &Choices) -> Result<Import, ImportError> {
    if let Some(problem) = column::problem(choices.kind, &table.headings, &choices.columns, plan.calendar) {
        return Err(ImportError::Columns(problem));
    }
    if table.rows.is_empty() {
        return Err(ImportError::NoRows);
    }
    let reader = RowReader::new(plan, table, choices)?;
    let mut made = match choices.kind {
        ImportKind::Roster => roster::import(&reader, choices.replace),
        kind => stated::import(&reader, kind, choices.replace),
    };
    made.notes.splice(0..0, reader.notes());
    let after = apply_all(plan, &made.edits).map_err(|e| ImportError::Plan(e.to_string()))?;
    if let Some(problem) = validate(&after).first() {
        return Err(ImportError::Plan(problem.to_string()));
    }
    made.lines = outcome::lines(plan, &after, choices.kind);
    Ok(made)
}
