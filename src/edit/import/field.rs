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
    /// The day on which somebody started, the last time.
    Start,
    /// The day on which somebody started the first time.
    FirstStart,
    /// The day on which somebody came back.
    Rehire,
    /// Whole months since the start, in the plan's first month.
    Tenure,
    /// The last day of work.
    Leaving,
    /// Whether somebody works, is away, has left or comes later.
    Status,
    /// Whether somebody is an employee or works for another company.
    WorkerType,
    /// Full-time equivalents of a row.
    Fte,
    /// The quarter or month of a row.
    Quarter,
    /// The target of a row, plan currency.
    Target,
    /// Target accounts.
    Accounts,
    /// Base pay, annual, local.
    Base,
    /// Variable pay at full payout, annual, local.
    Variable,
    /// Variable pay at full payout as a share of base.
    VariableShare,
    /// The currency of the pay: it has to be the region's.
    Currency,
    /// Growth hires of a row.
    Hires,
    /// The day from which the region and role of a row hold.
    Effective,
    /// The first day on which somebody is gone: the day after the last one.
    GoneFrom,
    /// Why somebody left.
    Reason,
    /// The first day of an absence.
    AwayFrom,
    /// The last day of an absence.
    AwayTo,
    /// Whether base pay goes on in an absence.
    AwayPaid,
    /// The position that somebody fills, or that a row is about.
    Position,
    /// The requisition of a position.
    Requisition,
    /// How far the hire of a position is.
    OpeningStatus,
    /// The day or month in which a position is expected to start.
    Expected,
    /// The version of a row: the latest counts.
    Version,
    /// A note.
    Note,
    /// The month of a row.
    Month,
    /// The day of a row.
    Day,
    /// The person whose bookings a row states.
    Owner,
    /// The opportunity, deal or order of a row.
    Deal,
    /// The owner's share of a deal.
    Split,
    /// How far a deal is: only deals that are won are bookings.
    Stage,
    /// The amount of a row, in the region's currency.
    Amount,
    /// The cost line, or the account that is one.
    CostLine,
    /// Plan currency for one unit of a currency.
    Rate,
    /// The column's own quarter, counted from 0: a table with a column a quarter.
    In(usize),
    /// The column's own month, counted from 0.
    InMonth(usize),
    /// The sum of a fiscal year's columns, counted from 0: it is checked, not taken.
    YearTotal(usize),
    /// The sum of all columns of the row: it is checked, not taken.
    RowTotal,
}

use ImportField::{
    Accounts, Amount, AwayFrom, AwayPaid, AwayTo, Base, CostLine, Currency, Day, Deal, Effective, Employee, Expected,
    FirstStart, Fte, GoneFrom, Heads, Hires, In, InMonth, Leaving, Month, Note, OpeningStatus, Owner, Position,
    Quarter, Rate, Reason, Region, Rehire, Requisition, Role, RowTotal, Split, Stage, Start, Status, Target, Tenure,
    Variable, VariableShare, Version, WorkerType, YearTotal,
};

impl ImportField {
    /// The fields that a kind of table can have.
    #[must_use]
    pub fn of(kind: ImportKind, calendar: Calendar) -> Vec<Self> {
        let periods = || {
            let years = (0..calendar.years()).map(YearTotal);
            (0..calendar.quarters).map(In).chain((0..calendar.months()).map(InMonth)).chain(years).chain([RowTotal])
        };
        let months = || (0..calendar.months()).map(InMonth);
        match kind {
            ImportKind::Roster => {
                vec![Employee, Heads, Region, Role, Start, FirstStart, Rehire, Tenure, Leaving, Status, WorkerType, Fte]
            }
            ImportKind::Targets => [Region, Quarter, Target].into_iter().chain(periods()).collect(),
            ImportKind::Accounts => vec![Region, Accounts],
            ImportKind::Pay => vec![Region, Role, Base, Variable, VariableShare, Currency],
            ImportKind::Hires => [Region, Role, Quarter, Hires].into_iter().chain(periods()).collect(),
            ImportKind::People => vec![
                Employee, Region, Role, Start, FirstStart, Rehire, Effective, Leaving, GoneFrom, Reason, Status,
                WorkerType, Position, AwayFrom, AwayTo, AwayPaid,
            ],
            ImportKind::Openings => vec![Position, Requisition, OpeningStatus, Expected, Version, Note],
            ImportKind::Bookings => {
                [Region, Owner, Month, Day, Deal, Split, Stage, Amount, Currency].into_iter().chain(months()).collect()
            }
            ImportKind::Costs => [Region, CostLine, Month, Day, Amount, Currency].into_iter().chain(months()).collect(),
            ImportKind::Rates => [Currency, Month, Day, Rate].into_iter().chain(months()).collect(),
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
            FirstStart => "First start",
            Rehire => "Rehire",
            Tenure => "Tenure",
            Leaving => "Leaving",
            Status => "Status",
            WorkerType => "Worker type",
            Fte => "FTE",
            Quarter => "Quarter",
            Target => "Target",
            Accounts => "Accounts",
            Base => "Base",
            Variable => "Variable",
            VariableShare => "Variable share",
            Currency => "Currency",
            Hires => "Hires",
            Effective => "Effective",
            GoneFrom => "Gone from",
            Reason => "Reason",
            AwayFrom => "Away from",
            AwayTo => "Away until",
            AwayPaid => "Paid absence",
            Position => "Position",
            Requisition => "Requisition",
            OpeningStatus => "Opening status",
            Expected => "Expected start",
            Version => "Version",
            Note => "Note",
            Month => "Month",
            Day => "Day",
            Owner => "Owner",
            Deal => "Deal",
            Split => "Split",
            Stage => "Stage",
            Amount => "Amount",
            CostLine => "Cost line",
            Rate => "Rate",
            In(q) => return calendar.name(Period::Quarter(q)),
            InMonth(t) => return calendar.name(Period::Month(t)),
            YearTotal(y) => return format!("Total {}", calendar.name(Period::Year(y))),
            RowTotal => "Total",
        };
        name.to_owned()
    }

    /// Its name in the middle of a sentence, and behind `--map`.
    #[must_use]
    pub fn word(self, calendar: Calendar) -> String {
        match self {
            In(_) | InMonth(_) | Fte => self.name(calendar),
            YearTotal(y) => format!("total {}", calendar.name(Period::Year(y))),
            other => other.name(calendar).to_lowercase(),
        }
    }

    /// The field of a kind that has that name.
    #[must_use]
    pub fn named(kind: ImportKind, calendar: Calendar, name: &str) -> Option<Self> {
        let name = folded(name);
        Self::of(kind, calendar).into_iter().find(|field| folded(&field.name(calendar)) == name)
    }

    /// Whether its column has the figures of a period.
    pub(super) const fn is_of_period(self) -> bool {
        matches!(self, In(_) | InMonth(_))
    }

    /// Whether it is a sum that is only checked.
    pub(super) const fn is_total(self) -> bool {
        matches!(self, YearTotal(_) | RowTotal)
    }

    /// Whether it holds days.
    pub(super) const fn is_day(self) -> bool {
        matches!(
            self,
            Start | FirstStart | Rehire | Leaving | Effective | GoneFrom | AwayFrom | AwayTo | Expected | Month | Day
        )
    }

    /// Whether it holds a number.
    pub(super) const fn is_number(self) -> bool {
        matches!(
            self,
            Accounts
                | Amount
                | Base
                | Fte
                | Heads
                | Hires
                | Rate
                | Split
                | Target
                | Tenure
                | Variable
                | VariableShare
                | In(_)
                | InMonth(_)
                | YearTotal(_)
                | RowTotal
        )
    }

    /// Whether it holds an amount of money.
    pub(super) const fn is_money(self, kind: ImportKind) -> bool {
        match self {
            Target | Base | Variable | Amount => true,
            In(_) | InMonth(_) | YearTotal(_) | RowTotal => {
                matches!(kind, ImportKind::Targets | ImportKind::Bookings | ImportKind::Costs)
            }
            _ => false,
        }
    }
}
