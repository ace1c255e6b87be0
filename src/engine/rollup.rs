//! Quarters and years of regions, areas and the whole plan, and the ratios made from their sums (model section 7).

use std::sync::{Arc, LazyLock};

use super::measure::{Measure, RollupFormula};
use super::region_inputs::RegionInputs;
use super::results::RegionOutcome;
use super::rollup_figure::RollupFigure;
use super::sums::{Rollup, Sum, judgements};
use super::unit::Unit;
use crate::plan::Plan;
use crate::units::{Exact, Money, Period, Ratio};

impl Rollup {
    /// Whether every sum, and every measure made from them, is in the range of exact decimals.
    pub(super) fn is_in_range(&self) -> bool {
        Sum::ALL.iter().all(|sum| self.sum(*sum).is_in_range())
            && Measure::rollups().filter_map(|measure| self.figure(measure)).all(Exact::is_in_range)
    }

    /// A measure made from the sums, or one of them; `None` where it is not made from them, or divides by 0.
    #[must_use]
    pub fn figure(&self, figure: impl Into<RollupFigure>) -> Option<Exact> {
        match figure.into().formula()? {
            RollupFormula::Sum(sum) => Some(self.sum(sum)),
            RollupFormula::Difference(first, second) => Some(self.sum(first) - self.sum(second)),
            RollupFormula::Quotient(first, second) if second.unit() == Unit::Heads => {
                quotient_by_heads(self.sum(first), self.sum(second)).map(Ratio::exact)
            }
            RollupFormula::Quotient(first, second) => quotient(self.sum(first), self.sum(second)).map(Ratio::exact),
        }
    }

    /// A measure that is a ratio; `None` as for [`Rollup::figure`].
    #[must_use]
    pub fn ratio(&self, measure: Measure) -> Option<Ratio> {
        self.figure(measure).map(Ratio::new)
    }

    /// target − capacity; negative is a surplus.
    #[must_use]
    pub fn gap(&self) -> Money {
        self.figure(Measure::Gap).map_or(Money::OUT_OF_RANGE, Money::new)
    }
}

/// The quotient, or none where the divisor is 0.
pub(super) fn quotient(dividend: Exact, divisor: Exact) -> Option<Ratio> {
    (!divisor.is_zero()).then(|| Ratio::new(dividend / divisor))
}

/// The quotient by heads, or none where there are none. Fewer than 10⁻⁹ are what is left of a team that has gone, which is a
/// matter of the last digit (model section 7).
pub(super) fn quotient_by_heads(dividend: Exact, heads: Exact) -> Option<Ratio> {
    (!is_negligible(heads)).then(|| Ratio::new(dividend / heads))
}

/// Whether heads are too few to count; a number that is out of range is not, and carries on.
pub(super) fn is_negligible(heads: Exact) -> bool {
    static FEWEST: LazyLock<Exact> = LazyLock::new(|| Exact::ONE / Exact::from(1_000_000_000_u32));
    heads.is_in_range() && heads < *FEWEST
}

/// A quarter's sums; every one is out of range beyond the horizon.
fn quarter_of(quarters: &[Rollup], quarter: usize) -> Rollup {
    quarters.get(quarter).copied().unwrap_or(Rollup::OUT_OF_RANGE)
}

impl RegionOutcome {
    /// Supply ÷ demand of a Support role in a quarter's last month; none without demand.
    pub(super) fn support_coverage(&self, role: usize, quarter: usize) -> Option<Ratio> {
        let month = self.cells.get(role)?.months.get(quarter * 3 + 2)?;
        quotient_by_heads(month.ramped.exact(), month.demand.exact())
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
        inputs: &RegionInputs<'_>,
        outcome: &RegionOutcome,
        known: Option<(&RegionOutcome, &Self)>,
    ) -> Self {
        let plan = inputs.plan;
        let mut quarters = known.map_or_else(Vec::new, |(before, rollups)| {
            rollups.quarters.iter().take(outcome.first_difference(before) / 3).copied().collect()
        });
        let judged = |q| judgements(plan, inputs.region, q);
        let quarter = |q| Rollup::of_quarter(inputs, outcome, q, judged(q));
        quarters.extend((quarters.len()..plan.calendar.quarters).map(quarter));
        Self::new(plan, quarters)
    }

    /// Of a region whose judgements count as `judged` says.
    pub(super) fn judged(inputs: &RegionInputs<'_>, outcome: &RegionOutcome, judged: impl Fn(usize) -> Money) -> Self {
        let quarters = 0..inputs.plan.calendar.quarters;
        Self::new(inputs.plan, quarters.map(|q| Rollup::of_quarter(inputs, outcome, q, judged(q))).collect())
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

#[cfg(test)]
mod sum_tests {
    use super::*;
    use crate::units::Heads;

    fn exact(text: &str) -> Exact {
        text.parse().unwrap_or_default()
    }

    /// Sums of 100 people cost for a capacity of 400 against a target of 500, 3 closing heads led by one manager of a
    /// span of 6, and 8 of 10 accounts covered.
    fn sums() -> Rollup {
        Rollup {
            target: Money::new(exact("500")),
            capacity: Money::new(exact("400")),
            quota: Money::new(exact("650")),
            people_cost: Money::new(exact("100")),
            total_cost: Money::new(exact("120")),
            contribution: Money::new(exact("200")),
            closing: Heads::new(exact("3")),
            covered_accounts: Ratio::new(exact("8")),
            accounts: Ratio::new(exact("10")),
            led: Heads::new(exact("6")),
            others: Heads::new(exact("2")),
        }
    }

    fn check(sums: &Rollup, measure: Measure, expected: Option<&str>) {
        assert_eq!(sums.figure(measure), expected.map(exact), "{measure}");
    }

    #[test]
    fn measures_follow_from_sums() {
        for (measure, expected) in [
            (Measure::Target, "500"),
            (Measure::Capacity, "400"),
            (Measure::Gap, "100"),
            (Measure::CapacityCoverage, "0.8"),
            (Measure::QuotaCoverage, "1.3"),
            (Measure::AccountCoverage, "0.8"),
            (Measure::ManagerCoverage, "3"),
            (Measure::PeopleCost, "100"),
            (Measure::TotalCost, "120"),
            (Measure::CostOfSale, "0.25"),
            (Measure::Closing, "3"),
        ] {
            check(&sums(), measure, Some(expected));
        }
        check(&sums(), Measure::MarketShare, None);
    }

    #[test]
    fn a_ratio_to_nothing_is_none_and_a_difference_is_not() {
        let nothing = Rollup::default();
        for measure in Measure::rollups() {
            let is_ratio = matches!(measure.formula(), Some(RollupFormula::Quotient(..)));
            check(&nothing, measure, (!is_ratio).then_some("0"));
        }
        assert_eq!(nothing.gap(), Money::ZERO);
    }

    #[test]
    fn regions_add_up_and_quarters_keep_the_later_heads() {
        let (beside, then) = (sums().beside(&sums()), sums().then(&sums()));
        for sum in Sum::ALL {
            let (one, two) = (sums().sum(*sum), sums().sum(*sum) + sums().sum(*sum));
            assert_eq!(beside.sum(*sum), two, "{sum:?}");
            assert_eq!(then.sum(*sum), if sum.is_stock() { one } else { two }, "{sum:?}");
        }
    }

    #[test]
    fn heads_out_of_range_are_not_too_few_to_count() {
        assert!(is_negligible(exact("0.0000000009")));
        assert!(!is_negligible(exact("0.000000001")));
        assert!(!is_negligible(Exact::OUT_OF_RANGE));
        let cost = quotient_by_heads(Exact::ONE, Exact::OUT_OF_RANGE).map(Ratio::exact);
        assert!(cost.is_some_and(|cost| !cost.is_in_range()), "{cost:?}");
    }

    #[test]
    fn a_sum_or_ratio_too_large_is_seen() {
        let huge = exact("9999999999999999999999999999");
        assert!(sums().is_in_range());
        let beyond = Rollup { total_cost: Money::new(huge + huge), ..sums() };
        assert!(!beyond.is_in_range());
        let ratio = Rollup { quota: Money::new(huge), target: Money::new(exact("0.01")), ..sums() };
        assert!(!ratio.is_in_range());
    }
}
