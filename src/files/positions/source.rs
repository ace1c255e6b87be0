//! What a column of a layout can hold, and its value for one requisition.

use chrono::NaiveDate;
use serde::Deserialize;

use super::super::cells::ExportCell;
use super::requisition::Requisition;
use super::seat_states::{SeatState, SeatStates};
use crate::engine::{Issue, Position, Reason, SeatChange};
use crate::plan::{Pay, Plan};
use crate::units::{Exact, Period, Ratio};

/// What a column of a layout holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub enum ColumnSource {
    /// Nothing: for a column that the system must have and no plan knows.
    Nothing,
    /// The same words in every row.
    Constant(String),
    /// The requisition: its own id where seats are grouped, the seat's otherwise.
    RequisitionId,
    /// The ids of its seats, with `; ` between them.
    PositionId,
    /// The role's name.
    JobTitle,
    /// The role's job family.
    JobFamily,
    /// The role's job level.
    JobLevel,
    /// The role's job code.
    JobCode,
    /// The department.
    Department,
    /// The cost centre.
    CostCenter,
    /// The region's name.
    Region,
    /// The region's area.
    Area,
    /// The country of a region that has only one, as a code of three letters.
    Country,
    /// Where the people work.
    Location,
    /// Who hires.
    HiringManager,
    /// Who recruits.
    Recruiter,
    /// Full time or the like.
    EmploymentType,
    /// Full-time equivalents of one seat: the plan counts whole people, so 1.
    Fte,
    /// How many seats the requisition has.
    Openings,
    /// The day on which the requisition opens.
    OpenDate,
    /// The first day of work.
    StartDate,
    /// The fiscal quarter of the start.
    FiscalQuarter,
    /// `growth`, `backfill`, `move` or `exit`.
    Reason,
    /// Whether it replaces a leaver: `true` or `false`.
    IsBackfill,
    /// Whom a backfill replaces; a forecast does not know.
    ReplacementFor,
    /// Least base salary a year, by the role's pay range.
    SalaryMin,
    /// Most base salary a year, by the role's pay range.
    SalaryMax,
    /// Base salary a year.
    BaseSalary,
    /// Variable pay a year at full payout.
    VariablePay,
    /// Currency of the pay.
    Currency,
    /// Base and variable pay a year at full payout.
    OnTargetEarnings,
    /// The variable share of on-target earnings, in per cent.
    VariablePercent,
    /// How urgent it is.
    Priority,
    /// How far its approval is.
    ApprovalStatus,
    /// The destination of a move and its reason.
    Justification,
    /// The scenario; nothing for the base plan.
    Scenario,
    /// The plan's name, and that of the plan of record.
    PlanVersion,
    /// What has become of the seat since seats were last issued: `new`, `moved` or `withdrawn`.
    Change,
    /// The first day of work as it was last issued.
    IssuedStart,
    /// What has become of the position: `Filled`, or its status in the year.
    Status,
    /// Who holds the position.
    Person,
    /// The first day of work of who holds it, or the expected one; the earliest where seats are grouped.
    ExpectedStart,
    /// The requisition that the position is hired by.
    Requisition,
}

/// Which state of the plan positions come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stamp {
    /// The scenario; nothing for the base plan.
    pub scenario: String,
    /// The plan of record; nothing for the working plan.
    pub record: String,
}

impl ColumnSource {
    /// Whether it tells what people are paid.
    #[must_use]
    pub const fn is_pay(&self) -> bool {
        matches!(
            self,
            Self::SalaryMin
                | Self::SalaryMax
                | Self::BaseSalary
                | Self::VariablePay
                | Self::Currency
                | Self::OnTargetEarnings
                | Self::VariablePercent
        )
    }

    /// Its value for a requisition.
    pub(super) fn value(
        &self,
        (plan, states): (&Plan, &SeatStates),
        requisition: &Requisition<'_>,
        stamp: &Stamp,
    ) -> ExportCell {
        let seat = requisition.first;
        let role = plan.roles.get(seat.role);
        let region = plan.regions.get(seat.region);
        let (paid_region, paid_role) = seat.paid_cell;
        match self {
            Self::Constant(words) => text(words),
            Self::RequisitionId => text(&requisition.id),
            Self::PositionId => text(&requisition.seats.join("; ")),
            Self::JobTitle => of(role, |r| &r.name),
            Self::Region => of(region, |r| &r.name),
            Self::Area => of(region, |r| &r.area),
            Self::Country => match region.map(|r| r.countries.as_slice()) {
                Some([only]) => text(only.as_str()),
                _ => ExportCell::Empty,
            },
            Self::Fte => ExportCell::Number(Exact::ONE, 0),
            Self::JobFamily => stated(role.and_then(|r| r.job_family.as_ref())),
            Self::JobLevel => stated(role.and_then(|r| r.job_level.as_ref())),
            Self::JobCode => stated(role.and_then(|r| r.job_code.as_ref())),
            Self::Department => stated(role.and_then(|r| r.department.as_ref())),
            Self::EmploymentType => stated(role.and_then(|r| r.employment_type.as_ref())),
            Self::CostCenter => stated(region.and_then(|r| r.cost_center.as_ref())),
            Self::Location => stated(region.and_then(|r| r.location.as_ref())),
            Self::HiringManager => stated(region.and_then(|r| r.hiring_manager.as_ref())),
            Self::Recruiter => stated(region.and_then(|r| r.recruiter.as_ref())),
            Self::SalaryMin | Self::SalaryMax => {
                let range = plan.roles.get(paid_role).and_then(|r| r.pay_range).map(Ratio::exact);
                let factor = range.map(|r| if *self == Self::SalaryMin { Exact::ONE - r } else { Exact::ONE + r });
                let pay = seat.pay;
                pay.zip(factor)
                    .map_or(ExportCell::Empty, |(pay, factor)| ExportCell::Number(pay.base.exact() * factor, 2))
            }
            Self::Openings => {
                ExportCell::Number(Exact::from(u32::try_from(requisition.seats.len()).unwrap_or(u32::MAX)), 0)
            }
            // A seat that is withdrawn neither opens nor starts.
            Self::OpenDate | Self::StartDate if matches!(seat.issue, Issue::Gone(_)) => ExportCell::Empty,
            Self::OpenDate => day(seat.opens),
            Self::StartDate => day(seat.starts),
            Self::FiscalQuarter => text(&fiscal_quarter(plan, seat)),
            Self::Reason => text(seat.reason.name()),
            Self::IsBackfill => text(if seat.reason == Reason::Backfill { "true" } else { "false" }),
            Self::Currency => of(plan.regions.get(paid_region), |r| r.currency.as_str()),
            Self::BaseSalary => amount(seat.pay, |p| p.base.exact()),
            Self::VariablePay => amount(seat.pay, |p| p.variable.exact()),
            Self::OnTargetEarnings => amount(seat.pay, |p| p.on_target().exact()),
            Self::VariablePercent => {
                let share = seat.pay.and_then(|p| p.base_share());
                share.map_or(ExportCell::Empty, |s| {
                    ExportCell::Number((Exact::ONE - s.exact()) * Exact::from(100_u32), 2)
                })
            }
            Self::Scenario => text(&stamp.scenario),
            Self::PlanVersion if stamp.record.is_empty() => text(&plan.name),
            Self::PlanVersion => text(&format!("{}, {}", plan.name, stamp.record)),
            Self::Justification => text(&justification(plan, seat)),
            Self::Change => text(seat.change().map_or("", SeatChange::name)),
            Self::IssuedStart => seat.issued_start().map_or(ExportCell::Empty, day),
            Self::Status | Self::Person | Self::ExpectedStart | Self::Requisition => {
                self.in_year(states.of_seats(&requisition.seats))
            }
            // The plan has no field for these.
            Self::Nothing | Self::ReplacementFor | Self::Priority | Self::ApprovalStatus => ExportCell::Empty,
        }
    }
}

impl ColumnSource {
    /// What has become of these seats; several texts with `; ` between them.
    fn in_year<'s>(&self, states: impl Iterator<Item = &'s SeatState>) -> ExportCell {
        if *self == Self::ExpectedStart {
            return states.filter_map(|state| state.expected).min().map_or(ExportCell::Empty, day);
        }
        let mut words: Vec<&str> = Vec::new();
        for state in states {
            let word = match self {
                Self::Status => state.status,
                Self::Person => &state.person,
                _ => &state.requisition,
            };
            if !word.is_empty() && !words.contains(&word) {
                words.push(word);
            }
        }
        text(&words.join("; "))
    }
}

fn text(words: &str) -> ExportCell {
    if words.is_empty() { ExportCell::Empty } else { ExportCell::Text(words.to_owned()) }
}

fn stated(words: Option<&String>) -> ExportCell {
    words.map_or(ExportCell::Empty, |words| text(words))
}

fn of<T>(of: Option<&T>, words: impl Fn(&T) -> &str) -> ExportCell {
    of.map_or(ExportCell::Empty, |it| text(words(it)))
}

const fn day(day: NaiveDate) -> ExportCell {
    ExportCell::Date(day)
}

/// The fiscal quarter of the start, also beyond the horizon.
pub(super) fn fiscal_quarter(plan: &Plan, seat: &Position) -> String {
    plan.calendar.name(Period::Quarter(seat.month / 3))
}

/// The destination of a move and its reason: `To Canada, Account executive: promotion`. Nothing for other seats.
pub(super) fn justification(plan: &Plan, seat: &Position) -> String {
    let Some(planned) = seat.planned_move.and_then(|index| plan.moves.get(index)) else { return String::new() };
    let region = plan.region_index(planned.to.region.as_str()).and_then(|r| plan.regions.get(r));
    let role = plan.role_index(planned.to.role.as_str()).and_then(|k| plan.roles.get(k));
    let to = format!("To {}, {}", region.map_or("", |r| &r.name), role.map_or("", |r| &r.name));
    if planned.reason.is_empty() { to } else { format!("{to}: {}", planned.reason) }
}

fn amount(pay: Option<Pay>, of: impl Fn(&Pay) -> Exact) -> ExportCell {
    pay.map_or(ExportCell::Empty, |pay| ExportCell::Number(of(&pay), 2))
}
