//! Targets from the top down: a year's total over its quarters.

use crate::plan::{Plan, PlanEdit, RegionId};
use crate::units::{Exact, Money};

/// Spreads a total over the quarters of a fiscal year in their present proportions, or by seasonality where they are all
/// 0. The quarters come to whole units of the plan currency, and add up to the total to the cent.
#[must_use]
pub fn spread_target(plan: &Plan, region: &RegionId, year: usize, total: Money) -> Vec<PlanEdit> {
    let quarters = plan.calendar.quarters_of(year);
    let mut weights: Vec<Exact> = quarters.clone().map(|q| plan.target(region, q).exact()).collect();
    if weights.iter().all(|w| w.is_zero()) {
        let seasonality = &plan.assumptions.seasonality;
        weights = quarters.clone().map(|q| seasonality.get(q % 4).map_or(Exact::ONE, |w| w.exact())).collect();
    }
    if weights.iter().all(|w| w.is_zero()) {
        weights.fill(Exact::ONE);
    }
    let sum: Exact = weights.iter().copied().sum();
    let (mut before, mut spread) = (Exact::ZERO, Exact::ZERO);
    let last = weights.len().saturating_sub(1);
    let part = |(index, (quarter, weight)): (usize, (usize, Exact))| {
        before = before + weight;
        // Rounding what has been spread so far, not each part, keeps the parts' sum at the total.
        let up_to = if index == last { total.exact() } else { (total.exact() * before / sum).round(0) };
        let to = Money::new(up_to - spread);
        spread = up_to;
        PlanEdit::SetTarget { region: region.clone(), quarter, to }
    };
    quarters.zip(weights).enumerate().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply_all;

    #[test]
    fn a_total_is_spread_as_the_quarters_stand_and_adds_up() {
        let mut plan = crate::edit::tests::plan();
        let region = plan.regions.first().unwrap().id.clone();
        let targets = ["100", "200", "300", "400"].map(|t| Money::new(t.parse().unwrap()));
        let all: Vec<Money> = targets.into_iter().cycle().take(plan.calendar.quarters).collect();
        plan.targets.insert(region.clone(), all);
        for (total, expected) in [
            ("2000", ["200", "400", "600", "800"]),
            ("1001.50", ["100", "200", "301", "400.50"]),
            ("0", ["0", "0", "0", "0"]),
        ] {
            let total = Money::new(total.parse().unwrap());
            let after = apply_all(&plan, &spread_target(&plan, &region, 0, total)).unwrap();
            let spread: Vec<Money> = (0..4).map(|q| after.target(&region, q)).collect();
            assert_eq!(spread, expected.map(|t| Money::new(t.parse().unwrap())));
            assert_eq!(after.target(&region, 4), plan.target(&region, 4));
        }
    }
}
