//! Quarters and years of regions, areas and the whole plan, and the ratios made from their sums (model section 7).

use std::sync::Arc;

use super::results::RegionOutcome;
use crate::plan::{Kind, Plan, Region};
use crate::units::{Exact, Heads, Money, Period, Ratio};

/// What adds up over regions, for one quarter or fiscal year. Heads and accounts are those of its last month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rollup {
    /// Bookings target with the lever.
    pub target: Money,
    /// Capacity with the judgements.
    pub capacity: Money,
    /// Quota on the street.
    pub quota: Money,
    /// The nine cell lines.
    pub people_cost: Money,
    /// People and programme cost.
    pub total_cost: Money,
    /// Contribution.
    pub contribution: Money,
    /// Closing heads.
    pub closing: Heads,
    /// min(accounts, Σ closing sellers × accounts per head).
    pub covered_accounts: Ratio,
    /// Target accounts.
    pub accounts: Ratio,
    /// Σ closing managers × span: heads that managers can lead.
    pub led: Heads,
    /// Closing heads of the other roles.
    pub others: Heads,
}

impl Rollup {
    /// Sums that do not exist.
    const OUT_OF_RANGE: Self = Self {
        target: Money::OUT_OF_RANGE,
        capacity: Money::OUT_OF_RANGE,
        quota: Money::OUT_OF_RANGE,
        people_cost: Money::OUT_OF_RANGE,
        total_cost: Money::OUT_OF_RANGE,
        contribution: Money::OUT_OF_RANGE,
        closing: Heads::OUT_OF_RANGE,
        covered_accounts: Ratio::OUT_OF_RANGE,
        accounts: Ratio::OUT_OF_RANGE,
        led: Heads::OUT_OF_RANGE,
        others: Heads::OUT_OF_RANGE,
    };

    /// One region in one quarter.
    pub(super) fn of_quarter(plan: &Plan, region: &Region, outcome: &RegionOutcome, quarter: usize) -> Self {
        let mut sums = Self { target: target(plan, region, quarter), ..Self::default() };
        for t in quarter * 3..quarter * 3 + 3 {
            let month = outcome.month(t);
            sums.capacity += month.capacity;
            sums.people_cost += month.people_cost;
            sums.total_cost += month.total_cost();
            sums.contribution += month.contribution;
            sums.quota += outcome.cells.iter().map(|c| c.month(t).quota).sum();
        }
        let judgements = plan.judgements.iter().filter(|j| j.region == region.id && j.quarter == quarter);
        sums.capacity += judgements.map(|j| Money::new(j.amount.exact().round(2))).sum();
        let mut reach = Exact::ZERO;
        for (role, cell) in plan.roles.iter().zip(&outcome.cells) {
            let closing = cell.month(quarter * 3 + 2).closing();
            sums.closing += closing;
            match &role.kind {
                Kind::Manager { span } => sums.led += Heads::new(closing.exact() * span.exact()),
                Kind::Seller { accounts_per_head, .. } => {
                    reach = reach + closing.exact() * accounts_per_head.exact();
                    sums.others += closing;
                }
                Kind::Support { .. } | Kind::PartnerManager { .. } => sums.others += closing,
            }
        }
        let accounts = Exact::from(region.accounts);
        sums.accounts = Ratio::new(accounts);
        sums.covered_accounts = Ratio::new(accounts.min(reach));
        sums
    }

    /// Adds another region of the same period.
    pub(super) fn beside(self, other: &Self) -> Self {
        Self {
            closing: self.closing + other.closing,
            covered_accounts: self.covered_accounts + other.covered_accounts,
            accounts: self.accounts + other.accounts,
            led: self.led + other.led,
            others: self.others + other.others,
            ..self.then(other)
        }
    }

    /// Adds the next quarter of the same place: flows add up, heads and accounts are the later ones.
    pub(super) fn then(self, later: &Self) -> Self {
        Self {
            target: self.target + later.target,
            capacity: self.capacity + later.capacity,
            quota: self.quota + later.quota,
            people_cost: self.people_cost + later.people_cost,
            total_cost: self.total_cost + later.total_cost,
            contribution: self.contribution + later.contribution,
            ..*later
        }
    }

    /// Whether every sum, and every ratio made from them, is in the range of exact decimals.
    pub(super) fn is_in_range(&self) -> bool {
        let money = [self.target, self.capacity, self.quota, self.people_cost, self.total_cost, self.contribution];
        let heads = [self.closing, self.led, self.others];
        let ratios = [
            Some(self.covered_accounts),
            self.capacity_coverage(),
            self.quota_coverage(),
            self.account_coverage(),
            self.manager_coverage(),
            self.cost_of_sale(),
        ];
        money.iter().all(|m| m.exact().is_in_range())
            && heads.iter().all(|h| h.exact().is_in_range())
            && ratios.iter().flatten().all(|r| r.exact().is_in_range())
    }

    /// target − capacity; negative is a surplus.
    #[must_use]
    pub fn gap(&self) -> Money {
        self.target - self.capacity
    }

    /// capacity ÷ target; none where the target is 0.
    #[must_use]
    pub fn capacity_coverage(&self) -> Option<Ratio> {
        quotient(self.capacity.exact(), self.target.exact())
    }

    /// quota on the street ÷ target; none where the target is 0.
    #[must_use]
    pub fn quota_coverage(&self) -> Option<Ratio> {
        quotient(self.quota.exact(), self.target.exact())
    }

    /// covered accounts ÷ accounts; none without accounts.
    #[must_use]
    pub fn account_coverage(&self) -> Option<Ratio> {
        quotient(self.covered_accounts.exact(), self.accounts.exact())
    }

    /// heads that managers can lead ÷ heads of the other roles; none without others.
    #[must_use]
    pub fn manager_coverage(&self) -> Option<Ratio> {
        quotient(self.led.exact(), self.others.exact())
    }

    /// people cost ÷ capacity; none where the capacity is 0.
    #[must_use]
    pub fn cost_of_sale(&self) -> Option<Ratio> {
        quotient(self.people_cost.exact(), self.capacity.exact())
    }
}

/// A region's target of a quarter, with the lever (model section 7).
fn target(plan: &Plan, region: &Region, quarter: usize) -> Money {
    Money::new((plan.target(&region.id, quarter).exact() * plan.levers.target_factor.exact()).round(2))
}

/// The quotient, or none where the divisor is 0.
pub(super) fn quotient(dividend: Exact, divisor: Exact) -> Option<Ratio> {
    (!divisor.is_zero()).then(|| Ratio::new(dividend / divisor))
}

/// A quarter's sums; every one is out of range beyond the horizon.
fn quarter_of(quarters: &[Rollup], quarter: usize) -> Rollup {
    quarters.get(quarter).copied().unwrap_or(Rollup::OUT_OF_RANGE)
}

impl RegionOutcome {
    /// Supply ÷ demand of a Support role in a quarter's last month; none without demand.
    pub(super) fn support_coverage(&self, role: usize, quarter: usize) -> Option<Ratio> {
        let month = self.cells.get(role)?.months.get(quarter * 3 + 2)?;
        quotient(month.ramped.exact(), month.demand.exact())
    }
}

/// The rollups of one place: quarters, then years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Rollups {
    quarters: Vec<Rollup>,
    years: Vec<Rollup>,
    /// Whether every figure of them is in the range of exact decimals.
    pub(super) in_range: bool,
}

impl Rollups {
    fn new(plan: &Plan, quarters: Vec<Rollup>) -> Self {
        let years: Vec<Rollup> = (0..plan.calendar.years())
            .map(|y| {
                let here = plan.calendar.quarters_of(y);
                here.fold(Rollup::default(), |sums, q| sums.then(&quarter_of(&quarters, q)))
            })
            .collect();
        let in_range = years.iter().all(Rollup::is_in_range);
        Self { quarters, years, in_range }
    }

    /// Of a region; the first quarters are those of a similar outcome where nothing of them has changed.
    pub(super) fn of_region(
        plan: &Plan,
        region: &Region,
        outcome: &RegionOutcome,
        known: Option<(&RegionOutcome, &Self)>,
    ) -> Self {
        let mut quarters = known.map_or_else(Vec::new, |(before, rollups)| {
            rollups.quarters.iter().take(outcome.first_difference(before) / 3).copied().collect()
        });
        quarters.extend((quarters.len()..plan.calendar.quarters).map(|q| Rollup::of_quarter(plan, region, outcome, q)));
        Self::new(plan, quarters)
    }

    /// Of several regions; what is known are the sums of as many, of which only some have changed.
    pub(super) fn of_many(
        plan: &Plan,
        parts: &[&Arc<Self>],
        known: Option<(&Arc<Self>, Vec<&Arc<Self>>)>,
    ) -> Arc<Self> {
        let changed = known.map(|(sums, before)| {
            let pairs = parts.iter().copied().zip(before);
            (sums, pairs.filter(|(now, before)| !Arc::ptr_eq(now, before)).collect::<Vec<_>>())
        });
        if let Some((sums, _)) = changed.as_ref().filter(|(_, changed)| changed.is_empty()) {
            return Arc::clone(sums);
        }
        let quarter = |q: usize| {
            let same = changed
                .as_ref()
                .filter(|(_, pairs)| pairs.iter().all(|(now, before)| now.quarters.get(q) == before.quarters.get(q)));
            match same {
                Some((sums, _)) => quarter_of(&sums.quarters, q),
                None => parts.iter().fold(Rollup::default(), |sums, part| sums.beside(&quarter_of(&part.quarters, q))),
            }
        };
        Arc::new(Self::new(plan, (0..plan.calendar.quarters).map(quarter).collect()))
    }

    pub(super) fn get(&self, period: Period) -> Option<&Rollup> {
        match period {
            Period::Quarter(q) => self.quarters.get(q),
            Period::Year(y) => self.years.get(y),
            Period::Month(_) | Period::All => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::engine::example::{REGION, SPECIALIST, check_in};
    use crate::engine::{Measure, Place};
    use crate::units::Period;

    const QUARTER: Period = Period::Quarter(0);

    fn targets(first: &str) -> (&'static str, Value) {
        ("/targets", json!({"north": [first, "0", "0", "0", "0", "0", "0", "0"]}))
    }

    #[test]
    fn capacity_of_a_quarter_is_that_of_its_months_and_its_judgements_to_the_cent() {
        check_in(&[], Measure::Capacity, (REGION, QUARTER), Some("3630000"));
        let judgement = json!({"region": "north", "quarter": 0, "amount": "0.005", "reason": "A half"});
        let judgements = [("/judgements", json!([judgement, judgement]))];
        check_in(&judgements, Measure::Capacity, (REGION, QUARTER), Some("3630000.02"));
        check_in(&judgements, Measure::Capacity, (Place::Plan, Period::Year(0)), Some("14520000.02"));
        check_in(&judgements, Measure::Capacity, (REGION, Period::Month(0)), Some("1210000"));
    }

    #[test]
    fn coverages_compare_capacity_and_quota_with_the_target() {
        let place = (REGION, QUARTER);
        check_in(&[targets("4840000")], Measure::CapacityCoverage, place, Some("0.75"));
        check_in(&[targets("4840000")], Measure::Gap, place, Some("1210000"));
        check_in(&[targets("4840000")], Measure::QuotaCoverage, place, Some("0.743802"));
        let halved = [targets("4840000"), ("/levers/target_factor", json!("0.5"))];
        check_in(&halved, Measure::Target, place, Some("2420000"));
        check_in(&halved, Measure::Gap, place, Some("-1210000"));
        check_in(&[targets("0")], Measure::CapacityCoverage, place, None);
        check_in(&[targets("0")], Measure::QuotaCoverage, place, None);
    }

    #[test]
    fn accounts_are_covered_by_sellers_up_to_all_of_them() {
        for (accounts, expected) in [(240, Some("0.5")), (120, Some("1")), (100, Some("1")), (0, None)] {
            let accounts = [("/regions/0/accounts", json!(accounts))];
            check_in(&accounts, Measure::AccountCoverage, (REGION, QUARTER), expected);
            check_in(&accounts, Measure::AccountCoverage, (Place::Area(0), Period::Year(1)), expected);
        }
    }

    #[test]
    fn support_and_managers_cover_those_they_work_for() {
        let specialists = [("/baseline/1/heads", json!(2))];
        check_in(&specialists, Measure::SupportCoverage, (SPECIALIST, QUARTER), Some("0.666667"));
        let no_sellers = [("/baseline/0/heads", json!(0))];
        check_in(&no_sellers, Measure::SupportCoverage, (SPECIALIST, QUARTER), None);
        // One manager leads 10 of 16.
        check_in(&[], Measure::ManagerCoverage, (REGION, QUARTER), Some("0.625"));
        check_in(&[("/baseline", json!([]))], Measure::ManagerCoverage, (REGION, QUARTER), None);
    }

    #[test]
    fn cost_of_sale_and_market_share_are_shares_of_capacity_and_market() {
        // 17 heads at 3,980 a month.
        check_in(&[], Measure::CostOfSale, (REGION, QUARTER), Some("0.055917"));
        check_in(&[("/baseline", json!([]))], Measure::CostOfSale, (REGION, QUARTER), None);
        check_in(&[], Measure::MarketShare, (REGION, Period::Year(0)), Some("0.1"));
        check_in(&[], Measure::MarketLead, (REGION, Period::Year(0)), Some("-0.15"));
        check_in(&[], Measure::MarketShare, (REGION, Period::Year(1)), None);
    }
}
