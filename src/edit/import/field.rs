//! What a column of a table can hold.

use super::kind::ImportKind;
use super::names::folded;
use crate::units::{Calendar, Period};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ImportField {
    /// Who somebody is: no person counts twice.
    Employee,
    /// How many people a row stands for.
    Heads,
    /// The region, by id or name.
    Region,
    /// The role, by id, name or job code.
    Role,
    /// The day on which somebody started.
    Start,
    /// Whole months since the start, in the plan's first month.
    Tenure,
    /// The last day of work.
    Leaving,
    /// The quarter of a row.
    Quarter,
    /// The target of a row, plan currency.
    Target,
    /// Target accounts.
    Accounts,
    /// Base pay, annual, local.
    Base,
    /// Variable pay at full payout, annual, local.
    Variable,
    /// The currency of the pay: it has to be the region's.
    Currency,
    /// Growth hires of a row.
    Hires,
    /// The column's own quarter, counted from 0: a table with a column a quarter.
    In(usize),
}

use ImportField::{
    Accounts, Base, Currency, Employee, Heads, Hires, In, Leaving, Quarter, Region, Role, Start, Target, Tenure,
    Variable,
};

impl ImportField {
    /// The fields that a kind of table can have.
    #[must_use]
    pub fn of(kind: ImportKind, calendar: Calendar) -> Vec<Self> {
        let quarters = (0..calendar.quarters).map(In);
        match kind {
            ImportKind::Roster => vec![Employee, Heads, Region, Role, Start, Tenure, Leaving],
            ImportKind::Targets => [Region, Quarter, Target].into_iter().chain(quarters).collect(),
            ImportKind::Accounts => vec![Region, Accounts],
            ImportKind::Pay => vec![Region, Role, Base, Variable, Currency],
            ImportKind::Hires => [Region, Role, Quarter, Hires].into_iter().chain(quarters).collect(),
        }
    }

    /// Its name: as it is shown, and in lower case as it is written in a command.
    #[must_use]
    pub fn name(self, calendar: Calendar) -> String {
        let name = match self {
            Employee => "Employee",
            Heads => "Heads",
            Region => "Region",
            Role => "Role",
            Start => "Start",
            Tenure => "Tenure",
            Leaving => "Leaving",
            Quarter => "Quarter",
            Target => "Target",
            Accounts => "Accounts",
            Base => "Base",
            Variable => "Variable",
            Currency => "Currency",
            Hires => "Hires",
            In(q) => return calendar.name(Period::Quarter(q)),
        };
        name.to_owned()
    }

    /// The field of a kind that has that name.
    #[must_use]
    pub fn named(kind: ImportKind, calendar: Calendar, name: &str) -> Option<Self> {
        let name = folded(name);
        Self::of(kind, calendar).into_iter().find(|field| folded(&field.name(calendar)) == name)
    }
}
