//! Explaining the figures of an outcome: names and values here; the formulas of a cell, a region and wider places in
//! files of their own.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::explanation::Explanation;
use super::formula::Formula;
use super::key::{Inner, Key, PlanCase, What};
use super::term::{Source, Terms};
use crate::engine::cell::CohortMonth;
use crate::engine::cohort::{Arrival, Origin};
use crate::engine::drivers::Drivers;
use crate::engine::measure::Measure;
use crate::engine::outcome::{Outcome, Place};
use crate::engine::region_inputs::RegionInputs;
use crate::engine::results::{CellMonth, RegionOutcome};
use crate::engine::year::{Outlook, YearTrace};
use crate::plan::{Plan, Region, Role};
use crate::units::{Exact, Period};

/// The cohorts of a cell, month by month.
type Trace = Vec<CohortMonth>;

/// Explains the figures of one outcome.
pub struct Explainer<'a> {
    pub(super) outcome: &'a Outcome,
    pub(super) drivers: &'a Drivers,
    pub(super) outlook: Option<&'a Outlook>,
    year_trace: OnceCell<YearTrace>,
    pub(super) traces: RefCell<HashMap<(PlanCase, usize, usize), Rc<Trace>>>,
}

impl<'a> Explainer<'a> {
    /// Explains figures of this outcome.
    #[must_use]
    pub fn new(outcome: &'a Outcome) -> Self {
        let drivers = &outcome.drivers;
        Self { outcome, drivers, outlook: None, year_trace: OnceCell::new(), traces: RefCell::default() }
    }

    /// Explains figures of this outcome and of the outlook of the same plan.
    #[must_use]
    pub fn with_outlook(outcome: &'a Outcome, outlook: &'a Outlook) -> Self {
        Self { outlook: Some(outlook), ..Self::new(outcome) }
    }

    /// Explains a measure; `None` where it does not exist there, or is "none" by the model.
    #[must_use]
    pub fn measure(&self, measure: Measure, place: Place, period: Period) -> Option<Explanation> {
        self.explain(Key { case: PlanCase::Plan, what: What::Measure(measure), place, period })
    }

    /// Explains any figure, such as the term of another explanation.
    #[must_use]
    pub fn explain(&self, key: Key) -> Option<Explanation> {
        let value = self.value(key)?;
        let mut terms = Terms::new(self.plan(), key.period);
        let formula = match (key.place, key.period) {
            _ if self.walk_value(key).is_some() => self.walk_formula(key, &mut terms)?,
            (Place::Cell(r, k), Period::Month(t)) => self.cell_formula(key, r, k, t, &mut terms)?,
            (Place::Region(r), Period::Month(t)) => self.region_formula(key, r, t, &mut terms)?,
            _ => self.wide_formula(key, &mut terms)?,
        };
        Some(Explanation { key, name: self.name(key), unit: key.unit(), value, formula, terms: terms.list })
    }

    /// The value of a figure, as the engine has it.
    #[must_use]
    pub fn value(&self, key: Key) -> Option<Exact> {
        match (key.what, key.place, key.period) {
            (What::Measure(measure), place, period) if key.case == PlanCase::Plan => {
                self.outcome.figure(measure, place, period).or_else(|| self.walk_value(key))
            }
            (What::Measure(measure), place, period) if key.case == PlanCase::Outlook => {
                self.outlook_value(measure, place, period)
            }
            (What::Measure(measure), Place::Cell(r, k), Period::Month(t)) => {
                self.outcome.cell_figure_in((r, self.region_outcome(key.case, r)?), measure, k, t)
            }
            (What::Measure(measure), Place::Region(r), Period::Month(t)) => {
                Outcome::region_figure_in(self.region_outcome(key.case, r)?, measure, t)
            }
            (What::Measure(_), ..) => None,
            (What::Inner(inner), Place::Cell(r, k), Period::Month(t)) => self.cell_inner(key.case, inner, r, k, t),
            (What::Inner(Inner::Starts), ..) => self.walk_value(key),
            (What::Inner(inner), ..) => self.wide_inner(key, inner),
        }
    }

    pub(super) fn plan(&self) -> &'a Plan {
        self.outcome.plan()
    }

    /// The plan in force in a month.
    pub(super) fn plan_at(&self, month: usize) -> &'a Plan {
        self.drivers.plan_at(self.plan(), month)
    }

    pub(super) fn region_at(&self, index: usize) -> Option<&'a Region> {
        self.plan().regions.get(index)
    }

    pub(super) fn role_at(&self, index: usize) -> Option<&'a Role> {
        self.plan().roles.get(index)
    }

    pub(super) fn region_outcome(&self, case: PlanCase, index: usize) -> Option<&'a RegionOutcome> {
        match case {
            PlanCase::Plan => self.outcome.region(index),
            PlanCase::WithoutGrowth => self.outcome.region_without_growth(index),
            PlanCase::Outlook => self.outlook?.region(index),
        }
    }

    pub(super) fn cell_month(&self, case: PlanCase, region: usize, role: usize, t: usize) -> Option<&'a CellMonth> {
        self.region_outcome(case, region)?.cells.get(role)?.months.get(t)
    }

    /// Those who arrive in a cell by planned moves.
    pub(super) fn arrivals(&self, case: PlanCase, region: usize, role: usize) -> &[Arrival] {
        let all = match case {
            PlanCase::Plan => &self.outcome.moves.with,
            PlanCase::WithoutGrowth => &self.outcome.moves.without,
            PlanCase::Outlook => match self.year_trace() {
                Some(trace) => &trace.arrivals,
                None => return &[],
            },
        };
        all.of(region, role)
    }

    /// What the heads of the outlook are made of.
    pub(super) fn year_trace(&self) -> Option<&YearTrace> {
        let outlook = self.outlook?;
        Some(self.year_trace.get_or_init(|| outlook.trace(self.drivers)))
    }

    /// The cohorts of a cell, month by month.
    pub(super) fn cohorts(&self, case: PlanCase, region: usize, role: usize) -> Option<Rc<Trace>> {
        let key = (case, region, role);
        if let Some(trace) = self.traces.borrow().get(&key) {
            return Some(Rc::clone(trace));
        }
        let trace = if case == PlanCase::Outlook {
            self.year_trace()?.cells.get(&(region, role))?.cohorts.clone()
        } else {
            let cell = RegionInputs::new(self.plan(), region, self.drivers)?.cell(role, self.role_at(role)?);
            let months = &self.region_outcome(case, region)?.cells.get(role)?.months;
            cell.trace(months, self.arrivals(case, region, role))
        };
        let trace = Rc::new(trace);
        self.traces.borrow_mut().insert(key, Rc::clone(&trace));
        Some(trace)
    }

    /// A term that is a figure.
    pub(super) fn figure(
        &self,
        terms: &mut Terms<'_>,
        what: What,
        key: Key,
        place: Place,
        period: Period,
    ) -> Option<Formula> {
        let here = Key { case: key.case, what, place, period };
        let mut label = self.name(here);
        if place != key.place {
            label = format!("{label} of {}", self.outcome.place_name(place));
        }
        if period != key.period {
            label = format!("{label} {}", self.plan().calendar.name(period));
        }
        Some(terms.add(label, self.value(here)?, Source::Figure(here)))
    }

    /// A figure's name in words.
    pub(super) fn name(&self, key: Key) -> String {
        let what = match key.what {
            What::Measure(measure) => measure.title().to_owned(),
            What::Inner(inner) => self.inner_name(inner),
        };
        match key.case {
            PlanCase::WithoutGrowth if key.what.depends_on_hires() => format!("{what} without growth"),
            PlanCase::Outlook => self.outlook_name(key).unwrap_or(what),
            PlanCase::Plan | PlanCase::WithoutGrowth => what,
        }
    }

    pub(super) fn inner_name(&self, inner: Inner) -> String {
        let calendar = self.plan().calendar;
        match inner {
            Inner::Starts => "Starts".to_owned(),
            Inner::PlannedStarts => "Planned starts".to_owned(),
            Inner::MonthlyAttrition { first_year: true } => "Monthly attrition, first year".to_owned(),
            Inner::MonthlyAttrition { first_year: false } => "Monthly attrition, later".to_owned(),
            Inner::Cohort(Origin::Baseline(index)) => format!("Baseline cohort {}", index + 1),
            Inner::Cohort(Origin::Starts(t)) => format!("Cohort of {}", calendar.month(t)),
            Inner::Cohort(Origin::Moved(number)) => format!("Arrivals {}", number + 1),
            Inner::CohortOpening(origin) => format!("{} before moves", self.inner_name(Inner::Cohort(origin))),
            Inner::CohortMoves { by, cohort } => {
                format!("Move {} out of {}", by + 1, self.inner_name(Inner::Cohort(cohort)))
            }
            Inner::PlannedMove(by) => format!("Planned move {}", by + 1),
            Inner::CohortExits(origin) => format!("Exits out of {}", self.inner_name(Inner::Cohort(origin))),
            Inner::PlannedExits => "Planned exits".to_owned(),
            Inner::Settled => "Heads past ramp and first year".to_owned(),
            Inner::Payout => "Payout at the expected attainment".to_owned(),
            Inner::PayoutShare { tenure, .. } => format!("Payout share at tenure {tenure}"),
            Inner::PaidHeads => "Heads by payout".to_owned(),
            Inner::PayLevel { variable: false } => "Pay level".to_owned(),
            Inner::PayLevel { variable: true } => "Level of variable pay".to_owned(),
            Inner::Wanted => "Accounts or partners wanted".to_owned(),
            Inner::Left => "Accounts or partners left".to_owned(),
            Inner::LimitShare => "Share with accounts or partners".to_owned(),
            Inner::Linearity => "Linearity".to_owned(),
            Inner::Demand => "Demand".to_owned(),
            Inner::Cover => "Cover".to_owned(),
            Inner::SupportFactor => "Support factor".to_owned(),
            Inner::BaseCash => "Base cash".to_owned(),
            Inner::VariableCash => "Variable cash".to_owned(),
            Inner::CellCost => "Cost of the cell".to_owned(),
            Inner::PartnersSell => format!("Partners sell (1 from {} on)", self.plan().partner_programme.launch),
            Inner::PartnerCapacityOfRegion => "Partner capacity of the region".to_owned(),
            Inner::RenewedPartnerBookings => "Renewed partner bookings".to_owned(),
            Inner::InService => "Subscriptions in service".to_owned(),
            Inner::Sum(sum) => sum.title().to_owned(),
            Inner::Added(measure) | Inner::Cost(measure) => measure.title().to_owned(),
            Inner::AddedSoFar(measure) => format!("{}, cumulated", measure.title()),
            Inner::RoleCost(role) => {
                format!("People cost of {}", self.role_at(role).map_or("", |r| r.name.as_str()))
            }
            Inner::HeadMonths => "Head-months at work".to_owned(),
            Inner::CostPerHead => "Loaded cost per head".to_owned(),
            Inner::Budget => "Budget".to_owned(),
            Inner::BudgetLeft => "Left of the budget".to_owned(),
            Inner::Hires => "Planned growth hires".to_owned(),
            Inner::FirstGrowthMonth => "First month with a growth start".to_owned(),
            Inner::BreakEvenMonth => "Month of the break-even".to_owned(),
            Inner::GrowthOfAll => "Growth starts".to_owned(),
            Inner::ExpectedGrowth => "Expected growth starts".to_owned(),
            Inner::ExpectedBackfills => "Expected backfill starts".to_owned(),
            Inner::ExpectedStarts => "Expected starts".to_owned(),
            Inner::ExpectedLeavers => "Expected leavers".to_owned(),
            Inner::BackfillsDue => "Backfills due so far".to_owned(),
            Inner::BackfillsStarted => "Expected backfills so far".to_owned(),
            Inner::OtherStarts => "Known starts without a growth position".to_owned(),
            Inner::HeadsOnBasePay => "Heads on base pay".to_owned(),
            Inner::OtherCost => "Other costs".to_owned(),
        }
    }
}
