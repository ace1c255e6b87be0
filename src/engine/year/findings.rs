//! What to look at in a year: positions, starters, budgets and targets against the outlook, and months that were restated
//! (`year.md`, section 13).

use std::collections::BTreeMap;

use super::outlook::Outlook;
use super::people::{Person, signed};
use crate::engine::{Amount, Measure, Place};
use crate::plan::{LogEntry, PlanEdit, PositionStatus, Year};
use crate::units::{Exact, Period, Ratio};

/// A kind of finding about a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum YearFindingKind {
    /// Positions that should have started in closed months, and that nobody holds.
    PositionOverdue,
    /// People who started without a position.
    StarterWithoutPosition,
    /// A position that is open or offered, and that the plan no longer has.
    BeyondPlan,
    /// Outlook cost of a fiscal year is over its budget.
    OutlookOverBudget,
    /// Outlook capacity does not cover the target of a quarter that is not closed.
    OutlookCoverage,
    /// A closed month was restated.
    MonthRestated,
}

impl YearFindingKind {
    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PositionOverdue => "position_overdue",
            Self::StarterWithoutPosition => "starter_without_position",
            Self::BeyondPlan => "beyond_plan",
            Self::OutlookOverBudget => "outlook_over_budget",
            Self::OutlookCoverage => "outlook_coverage",
            Self::MonthRestated => "month_restated",
        }
    }
}

/// One finding about a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearFinding {
    /// The kind.
    pub kind: YearFindingKind,
    /// Where.
    pub place: Place,
    /// When.
    pub period: Period,
    /// The figure.
    pub figure: Amount,
    /// The limit; 0 for what should not be there at all.
    pub limit: Amount,
    /// The position that the plan no longer has.
    pub position: Option<String>,
}

/// The findings about a year: those of the whole plan first, then region by region.
#[must_use]
pub fn year_findings(outlook: &Outlook) -> Vec<YearFinding> {
    let mut search = Search { outlook, findings: Vec::new() };
    search.beyond_plan();
    search.budgets();
    search.restated();
    for r in 0..outlook.plan().regions.len() {
        search.coverage(r);
        for k in 0..outlook.plan().roles.len() {
            search.cell(r, k);
        }
    }
    search.findings
}

struct Search<'a> {
    outlook: &'a Outlook,
    findings: Vec<YearFinding>,
}

impl Search<'_> {
    fn add(&mut self, kind: YearFindingKind, place: Place, period: Period, figure: Amount, limit: Amount) {
        self.findings.push(YearFinding { kind, place, period, figure, limit, position: None });
    }

    /// Adds how many there are of what should not be there.
    fn add_count(&mut self, kind: YearFindingKind, place: Place, period: Period, count: u64) {
        self.add(kind, place, period, Amount::Count(count), Amount::Count(0));
    }

    fn beyond_plan(&mut self) {
        let outlook = self.outlook;
        for (id, state) in outlook.beyond() {
            if state.status == PositionStatus::Open || state.status.is_signed() {
                let (kind, period) = (YearFindingKind::BeyondPlan, Period::Month(self.outlook.last_closed()));
                self.add_count(kind, Place::Plan, period, 1);
                if let Some(finding) = self.findings.last_mut() {
                    finding.position = Some(id.to_owned());
                }
            }
        }
    }

    fn budgets(&mut self) {
        let plan = self.outlook.plan();
        for (year, budget) in &plan.budgets {
            let Some(period) = plan.calendar.year_index(*year).map(Period::Year) else { continue };
            let Some(sums) = self.outlook.rollup(Place::Plan, period) else { continue };
            if sums.total_cost > *budget {
                let (cost, budget) = (Amount::Money(sums.total_cost), Amount::Money(*budget));
                self.add(YearFindingKind::OutlookOverBudget, Place::Plan, period, cost, budget);
            }
        }
    }

    /// Closed months whose amounts an entry of the change log states anew.
    fn restated(&mut self) {
        let plan = self.outlook.plan();
        let mut by_month: BTreeMap<usize, u64> = BTreeMap::new();
        for t in plan.log.iter().flat_map(restated_months).filter(|t| *t <= self.outlook.last_closed()) {
            *by_month.entry(t).or_default() += 1;
        }
        for (t, amounts) in by_month {
            self.add_count(YearFindingKind::MonthRestated, Place::Plan, Period::Month(t), amounts);
        }
    }

    fn coverage(&mut self, r: usize) {
        let place = Place::Region(r);
        let calendar = self.outlook.plan().calendar;
        for q in (0..calendar.quarters).filter(|q| q * 3 + 2 > self.outlook.last_closed()) {
            let Some(sums) = self.outlook.rollup(place, Period::Quarter(q)) else { continue };
            if sums.capacity < sums.target
                && let Some(cover) = sums.figure(Measure::CapacityCoverage)
            {
                let amount = |ratio: Exact| Amount::Ratio(Ratio::new(ratio));
                let (cover, limit) = (amount(cover), amount(Exact::ONE));
                self.add(YearFindingKind::OutlookCoverage, place, Period::Quarter(q), cover, limit);
            }
        }
    }

    fn cell(&mut self, r: usize, k: usize) {
        let people = self.outlook.people();
        let last = people.last_closed;
        let (mut overdue, mut without) = (BTreeMap::<usize, u64>::new(), BTreeMap::<usize, u64>::new());
        let open = people.seats.vacant((r, k)).iter();
        for seat in open.filter(|seat| seat.month <= last && !seat.state.status.is_dropped()) {
            *overdue.entry(seat.quarter).or_default() += 1;
        }
        let is_without = |person: &&Person| !person.follows && !person.holds_seat && !person.replaces;
        for person in people.of((r, k)).iter().filter(is_without).filter(|person| person.begins <= signed(last)) {
            if let Ok(t) = usize::try_from(person.begins) {
                *without.entry(t / 3).or_default() += 1;
            }
        }
        for (kind, counts) in
            [(YearFindingKind::PositionOverdue, overdue), (YearFindingKind::StarterWithoutPosition, without)]
        {
            for (q, count) in counts {
                self.add_count(kind, Place::Cell(r, k), Period::Quarter(q), count);
            }
        }
    }
}

/// The months of which an entry of the log states single amounts anew.
fn restated_months(entry: &LogEntry) -> impl Iterator<Item = usize> {
    let month = |edit: &PlanEdit| {
        let PlanEdit::Set { path, .. } = edit else { return None };
        Year::month_of_amount(path)
    };
    entry.edits.iter().filter_map(month)
}
