//! Where a figure comes from (model section 11): its formula in the model's words, its terms, and what each term is,
//! an input of the plan or a figure that explains itself in turn.

mod cell;
mod cohorts;
mod cost;
mod formula;
mod heads;
mod region;
mod rollup;
mod spreadsheet;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

pub use formula::Formula;
pub use spreadsheet::References;

use super::cohorts::{Cohort, Origin};
use super::drivers::Drivers;
use super::region_inputs::RegionInputs;
use super::{CellMonth, Measure, Outcome, Place, RegionOutcome, Sum, Unit, starts};
use crate::plan::{Plan, Region, Role};
use crate::units::{Exact, Period};

/// Which plan a figure is of: the plan, or the same plan without its growth hires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum World {
    /// The plan.
    Plan,
    /// The plan with every growth hire taken out.
    WithoutGrowth,
}

/// A figure that the model names on the way to its measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inner {
    /// starts(t) = G(t) + backfills(t).
    Starts,
    /// g(t), the planned starts of a month.
    PlannedStarts,
    /// m(k): in the first year of tenure, or later.
    MonthlyAttrition {
        /// Whether tenure is under twelve months.
        first_year: bool,
    },
    /// The heads of one cohort at work in a month.
    Cohort(Origin),
    /// The heads of all cohorts that have passed the ramp and the first year.
    Settled,
    /// A: the payout at the expected attainment.
    Payout,
    /// payout(k) at a tenure.
    PayoutShare(u32),
    /// Heads counted by their payout.
    PaidHeads,
    /// v(t).
    PayLevel,
    /// w(t).
    Linearity,
    /// Heads of a Support role that its sellers need.
    Demand,
    /// min(1, supply ÷ demand).
    Cover,
    /// f(t) of a Seller.
    SupportFactor,
    /// Base pay before rounding.
    BaseCash,
    /// Variable pay before rounding.
    VariableCash,
    /// The nine cost lines of a cell.
    CellCost,
    /// Whether partners sell: 1 from the launch of the programme on, 0 before.
    PartnersSell,
    /// P(t), the partner capacity of a region.
    PartnerCapacityOfRegion,
    /// Partner bookings of earlier years that renew in a month: Σ over j ≥ 1 of `renewal_rate`^j × P(t − 12 j).
    RenewedPartnerBookings,
    /// Revenue of a region before rounding.
    InService,
    /// A sum of a quarter or year that is no measure itself.
    Sum(Sum),
    /// What the expansion adds in a month, quarter or year.
    Added(Measure),
    /// What the expansion has added to the end of a quarter or year.
    AddedSoFar(Measure),
    /// A cost of a place in a quarter or year: see [`Outcome::cost`].
    Cost(Measure),
    /// The people cost of a role in a place.
    RoleCost(usize),
    /// Σ heads at work over the months of a quarter or year.
    HeadMonths,
    /// People cost ÷ average heads at work.
    CostPerHead,
    /// The total cost that a year allows.
    Budget,
    /// Budget less total cost.
    BudgetLeft,
    /// Planned growth hires of a region in a year.
    Hires,
    /// t0: index of the first month with a growth start.
    FirstGrowthMonth,
    /// t*: index of the month in which the expansion has paid for itself.
    BreakEvenMonth,
    /// Growth starts of all cells in a month.
    GrowthOfAll,
}

/// What a figure is: a measure, or one on the way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A measure of `evaluate`.
    Measure(Measure),
    /// A figure on the way.
    Inner(Inner),
}

/// The name of one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Of which plan.
    pub world: World,
    /// What.
    pub what: What,
    /// Where.
    pub place: Place,
    /// When.
    pub period: Period,
}

impl Key {
    /// The unit in which the figure is written.
    #[must_use]
    pub fn unit(&self) -> Unit {
        unit(self.what)
    }
}

/// What a term is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A field of the plan, by its path in the document.
    Input(String),
    /// What a field that the plan leaves out stands for; the path is where it would be.
    Default(String),
    /// A figure that explains itself in turn.
    Figure(Key),
}

/// One term of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its name in the formula.
    pub label: String,
    /// Its value, not rounded unless the model rounds it.
    pub value: Exact,
    /// What it is.
    pub source: Source,
}

/// A figure with its formula and terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The figure.
    pub key: Key,
    /// Its name in words.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Its value, as the engine has it.
    pub value: Exact,
    /// How it follows from its terms.
    pub formula: Formula,
    /// What it follows from.
    pub terms: Vec<Term>,
}

impl Explanation {
    /// The formula in words.
    #[must_use]
    pub fn formula_text(&self) -> String {
        let labels: Vec<String> = self.terms.iter().map(|t| t.label.clone()).collect();
        self.formula.text(&labels)
    }

    /// The formula as a spreadsheet writes it, without the equals sign; `None` where it takes more than one cell.
    #[must_use]
    pub fn spreadsheet(&self, references: &impl References) -> Option<String> {
        self.formula.spreadsheet(&self.terms, references)
    }

    /// The formula evaluated on the terms' values.
    #[must_use]
    pub fn evaluated(&self) -> Exact {
        let values: Vec<Exact> = self.terms.iter().map(|t| t.value).collect();
        self.formula.evaluate(&values)
    }
}

/// The settled heads and the other cohorts of a cell, month by month.
type Trace = Vec<(Exact, Vec<Cohort>)>;

/// Explains the figures of one outcome.
pub struct Explainer<'a> {
    outcome: &'a Outcome,
    drivers: Drivers,
    traces: RefCell<HashMap<(World, usize, usize), Rc<Trace>>>,
}

/// The terms of a formula while it is being written.
#[derive(Default)]
struct Terms(Vec<Term>);

impl Terms {
    fn add(&mut self, label: impl Into<String>, value: Exact, source: Source) -> Formula {
        self.0.push(Term { label: label.into(), value, source });
        Formula::Term(self.0.len() - 1)
    }

    fn input(&mut self, label: impl Into<String>, path: impl Into<String>, value: Exact) -> Formula {
        self.add(label, value, Source::Input(path.into()))
    }
}

impl<'a> Explainer<'a> {
    /// Explains figures of this outcome.
    #[must_use]
    pub fn new(outcome: &'a Outcome) -> Self {
        Self { outcome, drivers: Drivers::new(outcome.plan()), traces: RefCell::default() }
    }

    /// Explains a measure; `None` where it does not exist there, or is "none" by the model.
    #[must_use]
    pub fn measure(&self, measure: Measure, place: Place, period: Period) -> Option<Explanation> {
        self.explain(Key { world: World::Plan, what: What::Measure(measure), place, period })
    }

    /// Explains any figure, such as the term of another explanation.
    #[must_use]
    pub fn explain(&self, key: Key) -> Option<Explanation> {
        let value = self.value(key)?;
        let mut terms = Terms::default();
        let formula = match (key.place, key.period) {
            _ if self.walk_value(key).is_some() => self.walk_formula(key, &mut terms)?,
            (Place::Cell(r, k), Period::Month(t)) => self.cell_formula(key, r, k, t, &mut terms)?,
            (Place::Region(r), Period::Month(t)) => self.region_formula(key, r, t, &mut terms)?,
            _ => self.wide_formula(key, &mut terms)?,
        };
        Some(Explanation { key, name: self.name(key), unit: unit(key.what), value, formula, terms: terms.0 })
    }

    /// The value of a figure, as the engine has it.
    #[must_use]
    pub fn value(&self, key: Key) -> Option<Exact> {
        match (key.what, key.place, key.period) {
            (What::Measure(measure), place, period) if key.world == World::Plan => {
                self.outcome.figure(measure, place, period).or_else(|| self.walk_value(key))
            }
            (What::Measure(measure), Place::Cell(r, k), Period::Month(t)) => {
                self.outcome.cell_figure_in(self.region_outcome(key.world, r)?, measure, k, t)
            }
            (What::Measure(measure), Place::Region(r), Period::Month(t)) => {
                Outcome::region_figure_in(self.region_outcome(key.world, r)?, measure, t)
            }
            (What::Measure(_), ..) => None,
            (What::Inner(inner), Place::Cell(r, k), Period::Month(t)) => self.cell_inner(key.world, inner, r, k, t),
            (What::Inner(Inner::Starts), ..) => self.walk_value(key),
            (What::Inner(inner), ..) => self.wide_inner(key, inner),
        }
    }

    fn plan(&self) -> &'a Plan {
        self.outcome.plan()
    }

    fn region_at(&self, index: usize) -> Option<&'a Region> {
        self.plan().regions.get(index)
    }

    fn role_at(&self, index: usize) -> Option<&'a Role> {
        self.plan().roles.get(index)
    }

    fn region_outcome(&self, world: World, index: usize) -> Option<&'a RegionOutcome> {
        match world {
            World::Plan => self.outcome.region(index),
            World::WithoutGrowth => self.outcome.region_without_growth(index),
        }
    }

    fn cell_month(&self, world: World, region: usize, role: usize, t: usize) -> Option<&'a CellMonth> {
        self.region_outcome(world, region)?.cells.get(role)?.months.get(t)
    }

    /// The cohorts of a cell in a month.
    fn cohorts(&self, world: World, region: usize, role: usize) -> Option<Rc<Trace>> {
        let key = (world, region, role);
        if let Some(trace) = self.traces.borrow().get(&key) {
            return Some(Rc::clone(trace));
        }
        let plan = self.plan();
        let (here, what) = (self.region_at(region)?, self.role_at(role)?);
        let cell = RegionInputs::new(plan, here, &self.drivers).cell(what);
        let planned = match world {
            World::Plan => self.outcome.planned_starts(region, role),
            World::WithoutGrowth => vec![0; plan.calendar.months()],
        };
        let mut trace = Trace::new();
        let growth = starts::growth(&planned, &plan.levers, plan.calendar.months());
        cell.walk_traced(&growth, &[], |old, cohorts| trace.push((old, cohorts.to_vec())));
        let trace = Rc::new(trace);
        self.traces.borrow_mut().insert(key, Rc::clone(&trace));
        Some(trace)
    }

    /// A term that is a figure.
    fn figure(&self, terms: &mut Terms, what: What, key: Key, place: Place, period: Period) -> Option<Formula> {
        let here = Key { world: key.world, what, place, period };
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
    fn name(&self, key: Key) -> String {
        let what = match key.what {
            What::Measure(measure) => measure.title().to_owned(),
            What::Inner(inner) => self.inner_name(inner),
        };
        match key.world {
            World::WithoutGrowth if depends_on_hires(key.what) => format!("{what} without growth"),
            World::Plan | World::WithoutGrowth => what,
        }
    }

    fn inner_name(&self, inner: Inner) -> String {
        let calendar = self.plan().calendar;
        match inner {
            Inner::Starts => "Starts".to_owned(),
            Inner::PlannedStarts => "Planned starts".to_owned(),
            Inner::MonthlyAttrition { first_year: true } => "Monthly attrition, first year".to_owned(),
            Inner::MonthlyAttrition { first_year: false } => "Monthly attrition, later".to_owned(),
            Inner::Cohort(Origin::Baseline(index)) => format!("Baseline cohort {}", index + 1),
            Inner::Cohort(Origin::Starts(t)) => format!("Cohort of {}", calendar.month(t)),
            Inner::Settled => "Heads past ramp and first year".to_owned(),
            Inner::Payout => "Payout at the expected attainment".to_owned(),
            Inner::PayoutShare(tenure) => format!("Payout share at tenure {tenure}"),
            Inner::PaidHeads => "Heads by payout".to_owned(),
            Inner::PayLevel => "Pay level".to_owned(),
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
        }
    }
}

/// Whether a figure may be another one without growth hires.
const fn depends_on_hires(what: What) -> bool {
    !matches!(
        what,
        What::Inner(
            Inner::MonthlyAttrition { .. }
                | Inner::Payout
                | Inner::PayoutShare(_)
                | Inner::PayLevel
                | Inner::Linearity
                | Inner::PartnersSell
        )
    )
}

fn unit(what: What) -> Unit {
    match what {
        What::Measure(measure) => measure.unit(),
        What::Inner(inner) => match inner {
            Inner::Sum(sum) => sum.unit(),
            Inner::Starts
            | Inner::Cohort(_)
            | Inner::Settled
            | Inner::PaidHeads
            | Inner::Demand
            | Inner::GrowthOfAll
            | Inner::HeadMonths => Unit::Heads,
            Inner::MonthlyAttrition { .. }
            | Inner::Payout
            | Inner::PayoutShare(_)
            | Inner::PayLevel
            | Inner::Linearity
            | Inner::Cover
            | Inner::SupportFactor
            | Inner::PartnersSell => Unit::Ratio,
            Inner::BaseCash
            | Inner::VariableCash
            | Inner::CellCost
            | Inner::PartnerCapacityOfRegion
            | Inner::RenewedPartnerBookings
            | Inner::InService
            | Inner::Added(_)
            | Inner::AddedSoFar(_)
            | Inner::Cost(_)
            | Inner::RoleCost(_)
            | Inner::CostPerHead
            | Inner::Budget
            | Inner::BudgetLeft => Unit::Money,
            Inner::PlannedStarts | Inner::Hires | Inner::FirstGrowthMonth | Inner::BreakEvenMonth => Unit::Count,
        },
    }
}
