//! Explanations of a region's month: capacity, revenue, programme cost, contribution (model sections 4 to 6).

use super::{Explainer, Formula, Inner, Key, Terms, What};
use crate::engine::{Measure, Place};
use crate::plan::Kind;
use crate::units::Period;

impl Explainer<'_> {
    pub(super) fn region_formula(&self, key: Key, r: usize, t: usize, terms: &mut Terms) -> Option<Formula> {
        let plan = self.plan();
        let own = |measure: Measure, terms: &mut Terms| {
            self.figure(terms, What::Measure(measure), key, key.place, key.period)
        };
        let programme = &plan.partner_programme;
        Some(match key.what {
            What::Measure(Measure::Capacity) => self.capacity_of_cells(key, r, true, terms)?,
            What::Inner(Inner::PartnerCapacityOfRegion) => self.capacity_of_cells(key, r, false, terms)?,
            What::Measure(Measure::PeopleCost) => {
                let cost = What::Inner(Inner::CellCost);
                let cells = (0..plan.roles.len()).map(|k| self.figure(terms, cost, key, Place::Cell(r, k), key.period));
                Formula::Sum(cells.collect::<Option<Vec<_>>>()?)
            }
            What::Measure(Measure::PartnerIncentives) => {
                let partners = What::Inner(Inner::PartnerCapacityOfRegion);
                let path = "partner_programme.first_year_incentive";
                let first = terms.input("First-year incentive", path, programme.first_year_incentive.exact());
                let booked = self.figure(terms, partners, key, key.place, key.period)?;
                let path = "partner_programme.renewal_incentive";
                let later = terms.input("Renewal incentive", path, programme.renewal_incentive.exact());
                let rate = self.renewal_rate(terms);
                let mut renewed = Vec::new();
                for j in 1..=t / 12 {
                    let then = self.figure(terms, partners, key, key.place, Period::Month(t - 12 * j))?;
                    renewed.push(Formula::Product(vec![rate.clone().to_the(j), then]));
                }
                let renewed = Formula::Product(vec![later, Formula::Sum(renewed)]);
                Formula::Sum(vec![Formula::Product(vec![first, booked]), renewed]).rounded(2)
            }
            What::Measure(Measure::Revenue) => {
                let rate = self.renewal_rate(terms);
                let mut parts = Vec::new();
                for j in 1..=t {
                    let capacity = What::Measure(Measure::Capacity);
                    let booked = self.figure(terms, capacity, key, key.place, Period::Month(t - j))?;
                    let monthly = booked.over(Formula::whole(12));
                    parts.push(Formula::Product(vec![monthly, rate.clone().to_the((j - 1) / 12)]));
                }
                Formula::Sum(parts).rounded(2)
            }
            What::Measure(Measure::SlaCredits) => {
                let credits = plan.sla.expected_credits.exact();
                let share = terms.input("Expected credits", "sla.expected_credits", credits);
                Formula::Product(vec![share, own(Measure::Revenue, terms)?]).rounded(2)
            }
            What::Measure(Measure::ProgrammeCost) => {
                let incentives = own(Measure::PartnerIncentives, terms)?;
                Formula::Sum(vec![incentives, own(Measure::SlaCredits, terms)?])
            }
            What::Measure(Measure::TotalCost) => {
                let people = own(Measure::PeopleCost, terms)?;
                Formula::Sum(vec![people, own(Measure::ProgrammeCost, terms)?])
            }
            What::Measure(Measure::Contribution) => {
                let revenue = own(Measure::Revenue, terms)?;
                let margin = plan.assumptions.gross_margin.exact();
                let margin = terms.input("Gross margin", "assumptions.gross_margin", margin);
                let gross = Formula::Product(vec![revenue, margin]).rounded(2);
                gross.minus(own(Measure::TotalCost, terms)?)
            }
            _ => return None,
        })
    }

    fn renewal_rate(&self, terms: &mut Terms) -> Formula {
        terms.input("Renewal rate", "assumptions.renewal_rate", self.plan().assumptions.renewal_rate.exact())
    }

    /// Σ partner, and with `sellers` also Σ direct, over the region's cells.
    fn capacity_of_cells(&self, key: Key, r: usize, sellers: bool, terms: &mut Terms) -> Option<Formula> {
        let mut parts = Vec::new();
        for (k, role) in self.plan().roles.iter().enumerate() {
            let measure = match role.kind {
                Kind::Seller { .. } if sellers => Measure::DirectCapacity,
                Kind::PartnerManager { .. } => Measure::PartnerCapacity,
                _ => continue,
            };
            parts.push(self.figure(terms, What::Measure(measure), key, Place::Cell(r, k), key.period)?);
        }
        Some(Formula::Sum(parts))
    }
}
