//! Every number of the document against its range in the register, and what the ranges cannot say (model section 2).

use super::Check;
use crate::plan::{Assumptions, FieldPath, Plan, Region};
use crate::units::{Exact, Ratio};

/// The upper bound on the sum of weights: a number of hires times a weight has to stay exact.
const MAX_WEIGHT: i64 = 1_000_000_000_000;

impl Check<'_> {
    /// Checks every number.
    pub(super) fn numbers(&mut self) {
        let plan = self.plan;
        plan.visit_numbers(|field, keys, number| {
            if let Some(problem) = field.range.problem(number) {
                self.wrong(FieldPath::with_keys(field, keys), problem);
            }
        });
        self.rates();
        let a = &plan.assumptions;
        let (quarter, month) = ((4, "a quarter of the fiscal year"), (3, "a month of the quarter"));
        self.weights(&Assumptions::SEASONALITY.path(), &a.seasonality, quarter);
        self.weights(&Assumptions::MONTH_LINEARITY.path(), &a.month_linearity, month);
        self.weights(&Assumptions::START_PHASING.path(), &a.start_phasing, month);
        for region in &plan.regions {
            if let Some(weights) = &region.seasonality {
                self.weights(&Region::SEASONALITY.at(&region.id), weights, quarter);
            }
        }
    }

    fn rates(&mut self) {
        let plan = self.plan;
        for code in plan.rates.keys() {
            self.currency(Plan::RATES.at(code), code);
        }
        match plan.rates.get(&plan.currency) {
            Some(rate) if rate.exact() != Exact::ONE => {
                let message = format!("{} is the plan currency, whose rate is 1; remove the entry", plan.currency);
                self.wrong(Plan::RATES.at(&plan.currency), message);
            }
            _ => {}
        }
    }

    fn weights(&mut self, path: &FieldPath, weights: &[Ratio], (count, each): (usize, &str)) {
        self.length(|| path, weights.len(), count, each);
        if weights.iter().all(|w| w.exact().is_zero()) && !weights.is_empty() {
            self.wrong(path, "the weights are all 0; at least one has to be above 0");
        }
        let sum: Exact = weights.iter().map(|w| w.exact()).sum();
        if !sum.is_in_range() || sum > Exact::from(MAX_WEIGHT) {
            let message = format!("the weights add up to more than {MAX_WEIGHT}; divide them all by the same number");
            self.wrong(path, message);
        }
    }
}
