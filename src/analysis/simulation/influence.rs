//! The drivers of the spread: for each shock, the rank correlation with a figure over the trials.
//!
//! The square of Spearman's rank correlation is the share of the figure's spread, by rank, that goes with the driver.
//! Ties get the mean of their ranks. A driver that does not vary explains nothing: 0.

use super::floats::{count_to_f64, rounded};
use super::run::Simulation;
use crate::engine::{Measure, Place, Unit};
use crate::units::{Exact, Period};

/// The square of three standard errors, times the trials.
const LUCK: f64 = 9.0;

/// A shock that is drawn in a trial (model section 10).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shock {
    /// The shock on attainment that all regions share.
    Attainment,
    /// The shock on the attainment of one region, by its index.
    RegionAttainment(usize),
    /// The factor on attrition.
    Attrition,
    /// The number of planned growth hires of the place that are made.
    HiresMade,
    /// Their mean delay.
    Lateness,
    /// The ramp slip: the mean over the roles, weighted by the place's planned growth hires, alike without any.
    RampSlip,
    /// The factor on the rate of a currency, by its code.
    Rate(String),
}

/// A driver of the spread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Influence {
    /// The shock.
    pub shock: Shock,
    /// Its name.
    pub name: String,
    /// Spearman's rank correlation with the figure, −1 to 1.
    pub correlation: Exact,
    /// Its square, 0 to 1.
    pub squared: Exact,
    /// Whether it is significant: further from 0 than three standard errors, 1 ÷ √trials each.
    pub beyond_luck: bool,
}

/// The drivers of a figure's spread, the strongest first, ties in the order of [`Shock`].
pub type Influences = Vec<Influence>;

impl Simulation {
    /// The drivers of a figure's spread; `None` if [`Simulation::spread`] is.
    #[must_use]
    pub fn influences(&self, measure: Measure, place: Place, period: Period) -> Option<Influences> {
        let figures = Ranks::of(&self.figures(measure, place, period)?);
        let found = self.shocks(place).into_iter().map(|(shock, drawn)| {
            let correlation = figures.correlation(&Ranks::of(&drawn));
            let places = Unit::Ratio.places();
            Some(Influence {
                name: self.name(&shock),
                shock,
                correlation: rounded(correlation, places)?,
                squared: rounded(correlation * correlation, places)?,
                beyond_luck: correlation * correlation * count_to_f64(self.trials()) > LUCK,
            })
        });
        let mut found = found.collect::<Option<Influences>>().filter(|_| self.trials() > 0)?;
        found.sort_by(|one, other| other.squared.cmp(&one.squared).then_with(|| one.shock.cmp(&other.shock)));
        Some(found)
    }

    /// The shocks of each trial that concern a place.
    fn shocks(&self, place: Place) -> Vec<(Shock, Vec<f64>)> {
        let (layout, here) = (self.layout, self.regions(place));
        let columns = |column: &dyn Fn(usize) -> usize| here.iter().map(|r| column(*r)).collect::<Vec<_>>();
        let made = self.sum_columns(&columns(&|r| layout.made(r)));
        let late = self.sum_columns(&columns(&|r| layout.late(r)));
        let late = late.iter().zip(&made).map(|(late, made)| if *made > 0.0 { late / made } else { 0.0 }).collect();
        let mut shocks = vec![
            (Shock::Attainment, self.sum_columns(&[layout.plan()])),
            (Shock::Attrition, self.sum_columns(&[layout.attrition()])),
            (Shock::RampSlip, self.slips(&here)),
            (Shock::HiresMade, made),
            (Shock::Lateness, late),
        ];
        shocks.extend(here.iter().map(|r| (Shock::RegionAttainment(*r), self.sum_columns(&[layout.region(*r)]))));
        let currencies = self.trial_plan.currencies.iter().enumerate().filter(|(c, _)| {
            let paid = |r: &usize| self.trial_plan.regions.get(*r).is_some_and(|region| region.currency == Some(*c));
            here.iter().any(paid)
        });
        shocks.extend(currencies.map(|(c, code)| (Shock::Rate(code.to_string()), self.sum_columns(&[layout.rate(c)]))));
        shocks
    }

    /// The mean slip over the roles.
    fn slips(&self, regions: &[usize]) -> Vec<f64> {
        let planned = |role: usize| {
            let cells = regions.iter().filter_map(|r| self.trial_plan.regions.get(*r)).flat_map(|region| &region.cells);
            let hires = cells.filter(|cell| cell.role == role).flat_map(|cell| &cell.hires);
            hires.map(|(_, count)| f64::from(*count)).sum::<f64>()
        };
        let mut weights: Vec<f64> = (0..self.trial_plan.roles.len()).map(planned).collect();
        let mut sum: f64 = weights.iter().sum();
        if sum <= 0.0 {
            weights.fill(1.0);
            sum = count_to_f64(weights.len());
        }
        let mut mean = vec![0.0; self.trials()];
        for (role, weight) in weights.iter().enumerate() {
            let slips = self.sum_columns(&[self.layout.slip(role)]);
            mean.iter_mut().zip(slips).for_each(|(mean, slip)| *mean += slip * weight / sum);
        }
        mean
    }

    fn name(&self, shock: &Shock) -> String {
        let plan = self.outcome().plan();
        match shock {
            Shock::Attainment => "Attainment, whole plan".to_owned(),
            Shock::RegionAttainment(r) => {
                format!("Attainment, {}", plan.regions.get(*r).map_or("", |region| region.name.as_str()))
            }
            Shock::Attrition => "Attrition".to_owned(),
            Shock::HiresMade => "Hires made".to_owned(),
            Shock::Lateness => "Lateness of starts".to_owned(),
            Shock::RampSlip => "Ramp slip".to_owned(),
            Shock::Rate(code) => format!("Rate of {code}"),
        }
    }
}

/// Ranks less their mean.
struct Ranks(Vec<f64>);

impl Ranks {
    fn of(figures: &[f64]) -> Self {
        let mut order: Vec<(f64, usize)> = figures.iter().copied().zip(0..).collect();
        order.sort_unstable_by(|one, other| one.0.total_cmp(&other.0));
        let middle = (count_to_f64(figures.len()) - 1.0) / 2.0;
        let (mut ranks, mut before) = (vec![0.0; figures.len()], 0);
        for ties in order.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
            let rank = count_to_f64(before) + (count_to_f64(ties.len()) - 1.0) / 2.0 - middle;
            for (_, index) in ties {
                if let Some(place) = ranks.get_mut(*index) {
                    *place = rank;
                }
            }
            before += ties.len();
        }
        Self(ranks)
    }

    fn correlation(&self, other: &Self) -> f64 {
        let sum = |a: &Self, b: &Self| a.0.iter().zip(&b.0).map(|(a, b)| a * b).sum::<f64>();
        let both = libm::sqrt(sum(self, self) * sum(other, other));
        if both > 0.0 { sum(self, other) / both } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn correlation(one: &[f64], other: &[f64]) -> f64 {
        Ranks::of(one).correlation(&Ranks::of(other))
    }

    #[test]
    fn ranks_go_together_whatever_the_distances() {
        assert!((correlation(&[1.0, 2.0, 3.0], &[1.0, 10.0, 1000.0]) - 1.0).abs() < 1e-12);
        assert!((correlation(&[1.0, 2.0, 3.0], &[9.0, 8.0, -7.0]) + 1.0).abs() < 1e-12);
        // By hand: ranks 1.5 1.5 3 4 and 1 3 2 4 less their mean 2.5; 3 ÷ √(4.5 × 5).
        let tied = correlation(&[5.0, 5.0, 6.0, 7.0], &[1.0, 3.0, 2.0, 4.0]);
        assert!((tied - 3.0 / 22.5_f64.sqrt()).abs() < 1e-12, "{tied}");
        assert!(correlation(&[1.0, 1.0, 1.0], &[1.0, 2.0, 3.0]).abs() < 1e-12);
        assert!(correlation(&[], &[]).abs() < 1e-12);
    }
}
