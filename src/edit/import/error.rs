//! Why a table cannot be read, in the planner's words.

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
    /// Shares can be read in two ways.
    #[error("{0}; write 15 % with its sign, or 0.15")]
    Shares(String),
    /// A list of people is much shorter than the people who were there.
    #[error("the list of people shrank by more than a tenth: {0}; check whether it has everybody, then accept it")]
    Shrunk(String),
    /// Nothing has happened in the plan yet.
    #[error("no month of the plan is closed yet; close its first month with the table")]
    NoClosedMonth,
    /// The plan could not be evaluated any more.
    #[error("the plan could not be evaluated any more: {0}")]
    Plan(String),
}
