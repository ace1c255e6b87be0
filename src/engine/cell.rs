//! One cell, month by month: cohorts, heads, leavers, ramp, and the nine cost lines (model sections 3 and 5).

use super::at;
use super::drivers::{Drivers, Ramp, monthly_attrition};
use crate::plan::{Baseline, Pay, Plan, Region, Role};
use crate::units::{Exact, Heads, Money, Total};

/// The nine cost lines of a cell, in the order of model section 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each is a line of the table in model section 5, by its name there")]
pub enum CostLine {
    BasePay,
    VariablePay,
    Burden,
    Travel,
    Tools,
    Workplace,
    Recruiting,
    Onboarding,
    Severance,
}

impl CostLine {
    /// All nine in order.
    pub const ALL: [Self; 9] = [
        Self::BasePay,
        Self::VariablePay,
        Self::Burden,
        Self::Travel,
        Self::Tools,
        Self::Workplace,
        Self::Recruiting,
        Self::Onboarding,
        Self::Severance,
    ];
}

/// One month of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellMonth {
    /// Growth starts G(t).
    pub growth: Heads,
    /// Backfill starts.
    pub backfills: Heads,
    /// Heads at work in the month.
    pub active: Heads,
    /// Heads that leave at its end.
    pub leavers: Heads,
    /// Heads counted by what they can sell.
    pub ramped: Heads,
    /// Heads counted by their payout share: Σ cohorts n × payout(k).
    pub paid: Heads,
    /// The nine cost lines, in the order of [`CostLine::ALL`].
    pub lines: [Money; 9],
    /// Capacity: `direct_capacity` of a Seller, `partner_capacity` of a `PartnerManager`.
    pub capacity: Money,
    /// Quota on the street of a Seller.
    pub quota: Money,
    /// The support factor f(t) of a Seller.
    pub support_factor: Exact,
    /// What a Support role's sellers demand of it, in heads.
    pub demand: Heads,
}

impl CellMonth {
    /// growth + backfills.
    #[must_use]
    pub fn starts(&self) -> Heads {
        self.growth + self.backfills
    }

    /// Heads before the month's starts.
    #[must_use]
    pub fn opening(&self) -> Heads {
        self.active - self.starts()
    }

    /// Heads after the month's leavers.
    #[must_use]
    pub fn closing(&self) -> Heads {
        self.active - self.leavers
    }

    /// One cost line.
    #[must_use]
    pub fn line(&self, line: CostLine) -> Money {
        CostLine::ALL.iter().zip(self.lines).find(|(l, _)| **l == line).map_or(Money::ZERO, |(_, amount)| amount)
    }

    /// The sum of the nine lines.
    #[must_use]
    pub fn people_cost(&self) -> Money {
        self.lines.into_iter().sum()
    }
}

/// A cell over the horizon.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CellOutcome {
    /// One entry a month.
    pub months: Vec<CellMonth>,
}

impl CellOutcome {
    /// Month `t`, all zero beyond the horizon.
    #[must_use]
    pub fn month(&self, t: usize) -> CellMonth {
        at(&self.months, t)
    }
}

/// Where a cohort comes from: the plan's baseline (index of its entry) or the starts of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// An entry of the baseline.
    Baseline(usize),
    /// The starts of a month.
    Starts(usize),
}

/// Heads that started together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cohort {
    pub(super) origin: Origin,
    pub(super) tenure: u32,
    pub(super) heads: Exact,
}

/// Everything that one cell's heads and pay follow from.
pub(super) struct Cell<'a> {
    pub(super) plan: &'a Plan,
    pub(super) region: &'a Region,
    pub(super) role: &'a Role,
    pub(super) drivers: &'a Drivers,
    pub(super) rate: Exact,
    pub(super) pay: Pay,
}

/// Months of tenure after which attrition is `later`.
pub(super) const FIRST_YEAR: u32 = 12;

impl Cell<'_> {
    /// The cohorts of the baseline in month 0.
    pub(super) fn baseline(&self) -> Vec<Cohort> {
        let here = |b: &Baseline| b.region == self.region.id && b.role == self.role.id && b.heads > 0;
        let entries = self.plan.baseline.iter().enumerate().filter(|(_, b)| here(b));
        let cohort = |(index, b): (usize, &Baseline)| Cohort {
            origin: Origin::Baseline(index),
            tenure: b.tenure,
            heads: Exact::from(b.heads),
        };
        entries.map(cohort).collect()
    }

    /// Walks the cohorts through the horizon and costs them.
    pub(super) fn walk(&self, growth: &[Exact]) -> CellOutcome {
        self.walk_seen(growth, |_, _| {})
    }

    /// From this tenure on nothing about a cohort changes with its age, so all such are kept as one.
    pub(super) fn settled(&self) -> u32 {
        FIRST_YEAR.max(Ramp::new(self.plan, self.role, self.drivers).end())
    }

    /// As [`Cell::walk`]; `see` is shown the settled heads and the other cohorts at work in each month.
    pub(super) fn walk_seen(&self, growth: &[Exact], mut see: impl FnMut(Exact, &[Cohort])) -> CellOutcome {
        let ramp = Ramp::new(self.plan, self.role, self.drivers);
        let (early, later) = monthly_attrition(self.plan, self.region, self.role);
        let (stay_early, stay_later) = (Exact::ONE - early, Exact::ONE - later);
        let settled = self.settled();
        let curve: Vec<_> = (0..settled.min(FIRST_YEAR.max(120))).map(|k| ramp.at(k)).collect();
        let productivity =
            |k: u32| usize::try_from(k).ok().and_then(|k| curve.get(k)).copied().unwrap_or_else(|| ramp.at(k));
        let grown = productivity(settled);
        let wait = usize::try_from(self.role.time_to_fill).unwrap_or(usize::MAX);
        let backfill_share = self.role.backfill_share.exact();

        let (mut old, mut cohorts) = (Exact::ZERO, Vec::new());
        for cohort in self.baseline() {
            if cohort.tenure >= settled {
                old = old + cohort.heads;
            } else {
                cohorts.push(cohort);
            }
        }
        let mut months: Vec<CellMonth> = Vec::with_capacity(growth.len());
        for (t, growth) in growth.iter().enumerate() {
            let source = t.checked_sub(1).and_then(|t| t.checked_sub(wait));
            let left = source.and_then(|s| months.get(s)).map_or(Exact::ZERO, |m| m.leavers.exact());
            let backfills = if left.is_zero() { Exact::ZERO } else { backfill_share * left };
            let starts = *growth + backfills;
            if !starts.is_zero() {
                cohorts.push(Cohort { origin: Origin::Starts(t), tenure: 0, heads: starts });
            }
            see(old, &cohorts);
            let [mut active, mut ramped, mut paid, mut leavers] = [Total::ZERO; 4];
            active.add(old);
            ramped.add(old);
            paid.add_product(old, grown.paid);
            leavers.add_product(old, later);
            old = old * stay_later;
            for cohort in &mut cohorts {
                let worth = productivity(cohort.tenure);
                let (leave, stay) = if cohort.tenure < FIRST_YEAR { (early, stay_early) } else { (later, stay_later) };
                active.add(cohort.heads);
                ramped.add_product(cohort.heads, worth.sells);
                paid.add_product(cohort.heads, worth.paid);
                leavers.add_product(cohort.heads, leave);
                cohort.heads = cohort.heads * stay;
                cohort.tenure = cohort.tenure.saturating_add(1);
            }
            let [active, ramped, paid, leavers] = [active, ramped, paid, leavers].map(Total::settled);
            cohorts.retain(|cohort| {
                let keep = cohort.tenure < settled;
                if !keep {
                    old = old + cohort.heads;
                }
                keep
            });
            let mut month = CellMonth {
                growth: Heads::new(*growth),
                backfills: Heads::new(backfills),
                active: Heads::new(active),
                leavers: Heads::new(leavers),
                ramped: Heads::new(ramped),
                paid: Heads::new(paid),
                ..CellMonth::default()
            };
            if !active.is_zero() {
                month.lines = self.lines(t, &month);
            }
            months.push(month);
        }
        CellOutcome { months }
    }

    /// The nine cost lines of a month (model section 5).
    fn lines(&self, t: usize, month: &CellMonth) -> [Money; 9] {
        let a = &self.plan.assumptions;
        let twelve = Exact::from(12_u32);
        let money = |amount: Exact| Money::new(amount.round(2));
        let level = |amount: Exact| amount * at(&self.drivers.pay_level, t) * self.rate;
        let (base, variable) = (self.pay.base.exact(), self.pay.variable.exact());
        let (active, starts, leavers) = (month.active.exact(), month.starts().exact(), month.leavers.exact());
        let base_cash = level(active * base / twelve);
        let var_cash = level(month.paid.exact() * variable / twelve);
        let agency = level(a.agency_share.exact() * a.agency_fee.exact() * base);
        let dismissed = leavers * self.role.attrition.involuntary_share.exact();
        [
            money(base_cash),
            money(var_cash),
            money((base_cash + var_cash) * self.region.burden_rate.exact()),
            money(active * self.role.travel.exact()),
            money(active * a.tools.exact()),
            money(active * self.region.workplace.exact() * self.rate),
            money(starts * (agency + a.recruiting_cost.exact())),
            money(starts * a.onboarding_cost.exact()),
            money(level(dismissed * a.severance.exact() * base / twelve)),
        ]
    }
}
