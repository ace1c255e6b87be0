//! The capacity of regions alone, without cost rollups and the plan without growth: for analyses that evaluate a plan under
//! other conditions, and look at nothing else.

use rayon::prelude::*;

use super::drivers::Drivers;
use super::moves::Moves;
use super::region;
use super::region_inputs::{GrowthHires, RegionInputs, RegionJoining};
use super::starts::GrowthStarts;
use crate::plan::Plan;
use crate::units::Money;

/// Capacity of these regions together by month (model section 4), with growth hires that start in the months given by
/// `starts`. Judgements are no part of it. The plan has to be sound; an amount that is too large is out of range.
#[must_use]
pub fn capacity_by_month(plan: &Plan, regions: &[usize], starts: GrowthStarts) -> Vec<Money> {
    let drivers = Drivers::new(plan).with_starts(starts);
    let arrivals = Moves::new(plan, &drivers).with;
    let of_region = |index: &usize| {
        let inputs = RegionInputs::new(plan, *index, &drivers)?;
        let hires = GrowthHires::of_region(plan, inputs.region);
        let outcome = region::evaluate(&inputs, RegionJoining { hires, arrivals: &arrivals }, &[]);
        Some(outcome.months.iter().map(|month| month.capacity).collect())
    };
    let regions: Vec<Vec<Money>> = regions.par_iter().filter_map(of_region).collect();
    let in_month = |t: usize| regions.iter().map(|months| months.get(t).copied().unwrap_or(Money::OUT_OF_RANGE)).sum();
    (0..plan.calendar.months()).map(in_month).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::engine::example::{exact, plan};

    /// Ten sellers of the baseline sell 1 M a month; each further one 0.1 M where specialists are not needed.
    fn capacity(starts: GrowthStarts) -> Vec<Money> {
        let plan = plan(&[
            ("/hires", json!({"north": {"seller": [3, 0, 0, 2, 3, 0, 0, 2]}})),
            ("/roles/1/kind/Support/unsupported_productivity", json!("1")),
        ]);
        capacity_by_month(&plan, &[0], starts)
    }

    #[test]
    fn hires_of_a_year_can_all_start_in_its_first_month() {
        let more = |months: &[Money]| -> Vec<String> {
            let base = months.first().copied().unwrap_or_default();
            months.iter().map(|month| ((*month - base).exact() / exact("100000")).fixed(0)).collect()
        };
        let phased = more(&capacity(GrowthStarts::Phased));
        assert_eq!(phased.get(..12).unwrap(), ["0", "1", "2", "2", "2", "2", "2", "2", "2", "3", "4", "4"]);
        let second = more(&capacity(GrowthStarts::FirstMonthOf(1)));
        assert_eq!(second.get(..12), phased.get(..12), "other years start as they are phased");
        assert_eq!(second.get(12..).unwrap(), ["9"; 12]);
    }
}
