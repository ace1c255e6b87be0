//! The people of one cell in one trial: hires, leavers and replacements (model sections 3 and 10).
//!
//! Each person is simulated, but not month by month. Leaving with the probability m(k) at the end of each month is the
//! same as drawing, once, the month at whose end one leaves: with S(j) the chance to be there after j month ends, a
//! uniform number u stands for leaving at the end of the month j with S(j) > u ≥ S(j + 1), whose probability is
//! S(j) − S(j + 1), that is S(j) × m(j). So the numbers that leave are exactly binomial, at one draw a person.
//!
//! Draws are in this order: two for each planned growth hire (made or not, months late), in the order of months; then
//! cohort by cohort, the baseline's entries first and the starts of each month after them, one for each person (when it
//! leaves), followed where it leaves in time to be replaced by one (replaced or not) and, if so, another (months late).

use super::cell_month::Month;
use super::draws::Draws;
use super::trial_plan::{TrialCell, TrialPlan, TrialRole};
use crate::engine::ByMonth;

/// Months of tenure after which attrition is `later`.
pub(super) const FIRST_YEAR: u32 = 12;

/// The planned growth hires of a cell that are made.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct HiresMade {
    pub(super) made: f64,
    /// Sum of their months late; a hire that starts after the horizon counts up to its end.
    pub(super) late: f64,
}

/// m(k) in the first year of tenure and later.
#[derive(Debug, Clone, Copy)]
pub(super) struct LeavingRates {
    pub(super) first_year: f64,
    pub(super) later: f64,
}

/// What holds for the people of a cell in a trial.
pub(super) struct CellConditions<'a> {
    pub(super) roles: &'a ByMonth<TrialRole>,
    /// Months added at the start of the ramp.
    pub(super) slip: u32,
    /// A by month: the payout at the trial's attainment.
    pub(super) payout: &'a [f64],
    /// m(s) by month; one entry where it does not change.
    pub(super) leaving: &'a [LeavingRates],
}

impl CellConditions<'_> {
    /// Whether everything is the same in all months.
    fn are_constant(&self) -> bool {
        let first = self.payout.first();
        // Payouts of one assumption are the same to the last bit.
        let same_payout = self.payout.iter().all(|payout| Some(payout.to_bits()) == first.map(|first| first.to_bits()));
        self.roles.is_constant() && self.leaving.len() == 1 && same_payout
    }

    /// m(s) of a month.
    pub(super) fn leaving(&self, month: usize) -> LeavingRates {
        let here = self.leaving.get(month).or_else(|| self.leaving.first());
        here.copied().unwrap_or(LeavingRates { first_year: 0.0, later: 0.0 })
    }

    /// A of a month.
    pub(super) fn payout(&self, month: usize) -> f64 {
        self.payout.get(month).copied().unwrap_or_default()
    }

    /// Months until a person of this tenure, who came in a month, is no longer ramping.
    fn ramping_months(&self, came: usize, tenure: u32) -> usize {
        let ramp = &self.roles.at(came).ramp;
        if ramp.is_empty() {
            return 0;
        }
        let end = self.slip.saturating_add(u32::try_from(ramp.len()).unwrap_or(u32::MAX));
        usize::try_from(end.saturating_sub(tenure)).unwrap_or(usize::MAX)
    }

    /// p(k) and payout(k) of a person who came in a month, in another month.
    pub(super) fn productivity(&self, came: usize, tenure: u32, month: usize) -> (f64, f64) {
        let payout = self.payout(month);
        if self.ramping_months(came, tenure) == 0 {
            return (1.0, payout);
        }
        let role = self.roles.at(came);
        let place = usize::try_from(tenure.saturating_sub(self.slip)).unwrap_or(usize::MAX);
        let sells = role.ramp.get(place).copied().unwrap_or(1.0);
        (sells, (sells * payout).max(role.guarantee))
    }
}

/// S(j) for people of one tenure from one month on.
#[derive(Debug, Default)]
struct StayChances(Vec<f64>);

impl StayChances {
    fn compute(&mut self, conditions: &CellConditions<'_>, from: usize, tenure: u32, months: usize) {
        self.0.clear();
        self.0.push(1.0);
        let mut stay = 1.0;
        let mut service = tenure;
        for step in 0..months {
            let rates = conditions.leaving(from + step);
            stay *= 1.0 - if service < FIRST_YEAR { rates.first_year } else { rates.later };
            self.0.push(stay);
            service = service.saturating_add(1);
        }
    }
}

/// The people of one role in one region; its buffers are reused from trial to trial.
#[derive(Debug, Default)]
pub(super) struct CellPeople {
    pub(super) months: Vec<Month>,
    /// People who start, by month.
    pub(super) starts: Vec<u32>,
    stay: StayChances,
    /// The shortfall of people of one tenure against ramped ones, by months since they are simulated.
    short: Vec<(f64, f64)>,
    /// Leavers of the present cohort while it is ramping, by months since it is simulated.
    left: Vec<u32>,
}

impl CellPeople {
    /// Nobody.
    pub(super) fn clear(&mut self, months: usize) {
        self.months.resize(months, Month::default());
        self.months.fill(Month::default());
        self.starts.resize(months, 0);
        self.starts.fill(0);
    }

    /// Simulates a cell's people over the horizon: starts, sales, leavers and replacements. The buffers have to be clear.
    pub(super) fn simulate(
        &mut self,
        plan: &TrialPlan,
        cell: &TrialCell,
        conditions: &CellConditions<'_>,
        draws: &mut Draws,
    ) -> HiresMade {
        let hired = self.draw_hires(plan, cell, draws);
        let constant = conditions.are_constant();
        let mut computed = None;
        for (heads, tenure) in &cell.baseline {
            // From the end of the first year on, all tenures are alike.
            let alike = Some((*tenure).min(FIRST_YEAR));
            if computed != alike {
                self.stay.compute(conditions, 0, *tenure, plan.months);
                computed = alike;
            }
            self.compute_shortfall(conditions, 0, *tenure, plan.months);
            self.simulate_cohort(plan, conditions, 0, *heads, draws);
        }
        let baseline: f64 = cell.baseline.iter().map(|(heads, _)| f64::from(*heads)).sum();
        self.stay.compute(conditions, 0, 0, plan.months);
        self.compute_shortfall(conditions, 0, 0, plan.months);
        for first in 0..plan.months {
            let heads = self.starts.get(first).copied().unwrap_or_default();
            if heads > 0 {
                if !constant {
                    self.stay.compute(conditions, first, 0, plan.months);
                    self.compute_shortfall(conditions, first, 0, plan.months);
                }
                self.simulate_cohort(plan, conditions, first, heads, draws);
            }
        }
        let mut closing = baseline;
        for ((t, month), starts) in self.months.iter_mut().enumerate().zip(&self.starts) {
            month.starts = f64::from(*starts);
            month.active = closing + month.starts;
            closing = month.active - month.leavers;
            month.ramped += month.active;
            month.paid += month.active * conditions.payout(t);
        }
        hired
    }

    /// Computes the shortfall against ramped people of cohorts of a tenure that come in a month.
    fn compute_shortfall(&mut self, conditions: &CellConditions<'_>, came: usize, tenure: u32, months: usize) {
        let ramping = 0..conditions.ramping_months(came, tenure).min(months);
        self.short.clear();
        self.short.extend(ramping.map(|step| {
            let tenure = tenure.saturating_add(u32::try_from(step).unwrap_or(u32::MAX));
            let (sells, paid) = conditions.productivity(came, tenure, came + step);
            (sells - 1.0, paid - conditions.payout(came + step))
        }));
        self.left.resize(self.short.len(), 0);
    }

    /// Draws the planned growth hires: who is made, and in which month; gives the starts by month to `starts`.
    pub(super) fn draw_hires(&mut self, plan: &TrialPlan, cell: &TrialCell, draws: &mut Draws) -> HiresMade {
        let mut hired = HiresMade::default();
        for (month, planned) in &cell.hires {
            for _ in 0..*planned {
                let made = draws.uniform() < plan.shocks.made;
                let late = plan.shocks.late.draw(draws);
                if made {
                    hired.made += 1.0;
                    hired.late += super::floats::count_to_f64(late.min(plan.months));
                    add_start(&mut self.starts, month.saturating_add(late));
                }
            }
        }
        hired
    }

    /// Simulates a cohort from its first month on: leavers, their replacements, and the shortfall while it is ramping.
    /// `stay` and `short` have to be those of its tenure.
    fn simulate_cohort(
        &mut self,
        plan: &TrialPlan,
        conditions: &CellConditions<'_>,
        first: usize,
        heads: u32,
        draws: &mut Draws,
    ) {
        let Self { months, starts, stay: StayChances(stay), short, left } = self;
        let months = months.get_mut(first..).unwrap_or_default();
        left.fill(0);
        let stays = stay.get(months.len()).copied().unwrap_or_default();
        for _ in 0..heads {
            let uniform = draws.uniform();
            if uniform < stays {
                continue;
            }
            let gone = stay.partition_point(|stay| uniform < *stay).saturating_sub(1);
            if let Some(month) = months.get_mut(gone) {
                month.leavers += 1.0;
            }
            if let Some(left) = left.get_mut(gone) {
                *left = left.saturating_add(1);
            }
            let role = conditions.roles.at(first + gone);
            let again = (first + gone + 1).saturating_add(role.time_to_fill);
            if again < plan.months && draws.uniform() < role.backfill_share {
                let late = plan.shocks.late.draw(draws);
                add_start(starts, again.saturating_add(late));
            }
        }
        let mut active = heads;
        for ((month, left), (sells, paid)) in months.iter_mut().zip(left).zip(short) {
            month.ramped += f64::from(active) * *sells;
            month.paid += f64::from(active) * *paid;
            active = active.saturating_sub(*left);
        }
    }
}

/// Adds a start; one after the horizon is outside the plan.
pub(super) fn add_start(starts: &mut [u32], month: usize) {
    if let Some(starts) = starts.get_mut(month) {
        *starts = starts.saturating_add(1);
    }
}
