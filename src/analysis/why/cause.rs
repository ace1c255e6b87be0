//! The causes of a gap, and a plan without one of them.

use crate::engine::GrowthStarts;
use crate::plan::{Assumptions, Field, Kind, Plan, Role};
use crate::units::{Exact, Ratio};

/// A cause of a gap between target and capacity. Each is evaluated on top of those before it, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GapCause {
    /// The judgements of the period.
    Judgement,
    /// Growth hires of the fiscal year that start after its first month, or not at all.
    StartTiming,
    /// Months in which people ramp.
    Ramp,
    /// A shortage of specialists.
    Support,
    /// People who leave.
    Attrition,
    /// Attainment below 1.
    Attainment,
    /// Accounts and partners that run out.
    Limits,
    /// The rest: the people planned are too few, or if negative more than enough.
    TooFewPeople,
}

impl GapCause {
    /// Every cause, in the order in which they are taken away.
    pub const ALL: [Self; 8] = [
        Self::Judgement,
        Self::StartTiming,
        Self::Ramp,
        Self::Support,
        Self::Attrition,
        Self::Attainment,
        Self::Limits,
        Self::TooFewPeople,
    ];

    /// The name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.words().0
    }

    /// The title in tables and charts.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.words().1
    }

    /// What is taken away to measure the cause.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        self.words().2
    }

    /// Name, title and meaning.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Judgement => ("judgement", "Judgement", "Judgements of the period"),
            Self::StartTiming => (
                "start_timing",
                "Start timing",
                "Hires of the fiscal year that start after its first month; late and missing hires of all years",
            ),
            Self::Ramp => ("ramp", "Ramp", "Months in which people are not fully productive yet"),
            Self::Support => ("support", "Support", "Too few specialists for the sellers they serve"),
            Self::Attrition => ("attrition", "Attrition", "People who leave, but for planned exits, in the whole plan"),
            Self::Attainment => ("attainment", "Attainment", "Attainment below 100 % of quota"),
            Self::Limits => ("limits", "Limits", "Accounts and partners that run out"),
            Self::TooFewPeople => (
                "too_few_people",
                "Too few people",
                "What is left without all of these; below 0 the people are more than enough",
            ),
        }
    }
}

/// A plan without the first causes of a gap.
pub(super) struct PlanWithout {
    pub(super) plan: Plan,
    pub(super) starts: GrowthStarts,
    /// The fiscal year of the gap.
    year: usize,
}

impl PlanWithout {
    pub(super) fn new(plan: Plan, year: usize) -> Self {
        Self { plan, starts: GrowthStarts::Phased, year }
    }

    /// Takes one more cause away.
    pub(super) fn remove(&mut self, cause: GapCause) {
        let plan = &mut self.plan;
        match cause {
            // Judgements are no part of the capacity by month, and the last cause is what is left.
            GapCause::Judgement | GapCause::TooFewPeople => {}
            GapCause::Limits => {
                plan.assumptions.accounts_limit = false;
                plan.regions.iter_mut().for_each(|region| region.partners = None);
            }
            GapCause::StartTiming => {
                self.starts = GrowthStarts::FirstMonthOf(self.year);
                (plan.levers.hire_delay, plan.levers.fill_rate) = (0, Ratio::new(Exact::ONE));
            }
            GapCause::Ramp => {
                plan.roles.iter_mut().for_each(|role| role.ramp.clear());
                keep_first(plan, Role::RAMP);
            }
            GapCause::Support => {
                keep_first(plan, Kind::UNSUPPORTED_PRODUCTIVITY);
                for role in &mut plan.roles {
                    if let Kind::Support { unsupported_productivity, .. } = &mut role.kind {
                        *unsupported_productivity = Ratio::new(Exact::ONE);
                    }
                }
            }
            GapCause::Attrition => plan.levers.attrition_factor = Ratio::ZERO,
            GapCause::Attainment => attain_all(plan),
        }
    }
}

/// Leaves a field as it is in the first month.
fn keep_first(plan: &mut Plan, field: &Field) {
    plan.changes.retain(|change| change.field().is_none_or(|(changed, _)| changed != field));
}

/// Raises every attainment below 1 to 1, the lever included.
fn attain_all(plan: &mut Plan) {
    let full = Ratio::new(Exact::ONE);
    let factor = std::mem::replace(&mut plan.levers.attainment_factor, full).exact();
    let raised = |attainment: Ratio| Ratio::new((attainment.exact() * factor).max(Exact::ONE));
    plan.assumptions.attainment = raised(plan.assumptions.attainment);
    for change in &mut plan.changes {
        let changed = change.field().filter(|(field, _)| *field == Assumptions::ATTAINMENT);
        let stated = changed.and_then(|_| serde_json::from_value::<Ratio>(change.value.clone()).ok());
        if let Some(value) = stated.and_then(|stated| serde_json::to_value(raised(stated)).ok()) {
            change.value = value;
        }
    }
}
