//! How a table is to be read: what its planner may decide.

use super::field::ImportField;
use super::kind::ImportKind;
use super::written::{DateOrder, DecimalSign};

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
