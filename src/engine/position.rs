//! A position: why it is there, where and when, its pay, and what was issued of it (model section 8).

use chrono::NaiveDate;

use crate::plan::{Pay, Plan, Role};

/// The reason of a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A planned growth hire.
    Growth,
    /// The forecast replacement of a leaver.
    Backfill,
    /// Somebody who moves to another cell.
    Move,
    /// Somebody who goes as planned.
    Exit,
}

impl Reason {
    /// Every reason, in the order of lists.
    pub const ALL: [Self; 4] = [Self::Growth, Self::Backfill, Self::Move, Self::Exit];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Growth => "growth",
            Self::Backfill => "backfill",
            Self::Move => "move",
            Self::Exit => "exit",
        }
    }

    /// The letter in ids.
    #[must_use]
    pub const fn letter(self) -> char {
        match self {
            Self::Growth => 'G',
            Self::Backfill => 'B',
            Self::Move => 'M',
            Self::Exit => 'X',
        }
    }

    /// The reason with this name in files.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// Whether it is a move or an exit: nobody is hired.
    #[must_use]
    pub const fn is_movement(self) -> bool {
        matches!(self, Self::Move | Self::Exit)
    }

    /// Whether it is exported unless the reasons are named: a forecast backfill is no position to fill.
    #[must_use]
    pub const fn is_written_by_default(self) -> bool {
        !matches!(self, Self::Backfill)
    }
}

/// One position that HR fills, or one person who moves or goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// Stable under re-export: `FY11Q1-<region>-<role>-G001`.
    pub id: String,
    /// Index of the region; of a move, that which is left.
    pub region: usize,
    /// Index of the role; of a move, that which is left.
    pub role: usize,
    /// Indices of the region and the role that pay: of a move, those that it leads to.
    pub paid_cell: (usize, usize),
    /// Growth, backfill, move or exit.
    pub reason: Reason,
    /// The quarter under which it is numbered: the planned one of a growth hire, move or exit, that of the start of a
    /// backfill.
    pub quarter: usize,
    /// Month of the start or the exit, counted from the plan's first; a late growth start may lie beyond the horizon.
    pub month: usize,
    /// Day on which the requisition opens; of moves and exits, the day itself.
    pub opens: NaiveDate,
    /// First day of work; of an exit, the last.
    pub starts: NaiveDate,
    /// The move that it comes from, by its place in the plan's list.
    pub planned_move: Option<usize>,
    /// Annual pay of the paid cell as the plan costs it in the month of the start; `None` without pay.
    pub pay: Option<Pay>,
    /// The state of its issue.
    pub issue: Issue,
}

/// The state of a position's issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    /// It was never issued.
    Never,
    /// It was issued with this start.
    At(NaiveDate),
    /// It was issued with this start, and the plan no longer has it.
    Gone(NaiveDate),
}

/// The change of a seat since seats were last issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeatChange {
    /// It was never issued.
    New,
    /// It was issued with another start.
    Moved,
    /// It was issued, and the plan no longer has it.
    Withdrawn,
}

impl SeatChange {
    /// Every change, in the order of lists.
    pub const ALL: [Self; 3] = [Self::New, Self::Moved, Self::Withdrawn];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Moved => "moved",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Position {
    /// The start as it was last issued.
    #[must_use]
    pub const fn issued_start(&self) -> Option<NaiveDate> {
        match self.issue {
            Issue::Never => None,
            Issue::At(start) | Issue::Gone(start) => Some(start),
        }
    }

    /// The change since seats were last issued; `None` if there is none, or if it is no growth position.
    #[must_use]
    pub fn change(&self) -> Option<SeatChange> {
        match self.issue {
            _ if self.reason != Reason::Growth => None,
            Issue::Never => Some(SeatChange::New),
            Issue::At(start) => (start != self.starts).then_some(SeatChange::Moved),
            Issue::Gone(_) => Some(SeatChange::Withdrawn),
        }
    }

    /// Whether its requisition would have to open before the plan begins, by month, as the finding has it.
    #[must_use]
    pub fn is_early(&self, plan: &Plan) -> bool {
        let month = u64::try_from(self.month).unwrap_or(u64::MAX);
        !self.reason.is_movement() && plan.roles.get(self.role).is_some_and(|role| opens_early(role, month))
    }
}

/// Whether the requisition of a start in this month would have to open before the plan's first month.
pub(super) fn opens_early(role: &Role, month: u64) -> bool {
    month < u64::from(role.time_to_fill)
}
