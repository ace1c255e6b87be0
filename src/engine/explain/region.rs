//! Explanations of a region's month: capacity, revenue, programme cost, contribution (model sections 4 to 6).

use super::{Explainer, Formula, Inner, Key, Terms, What};
use crate::engine::{Measure, Place};
use crate::plan::{Assumptions, Kind, PartnerProgramme, Sla};
use crate::units::{Exact, Period};

/// Months after which a subscription renews.
const YEAR: usize = 12;

impl Explainer<'_> {
    pub(super) fn region_formula(&self, key: Key, r: usize, t: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        if let Some(stated) = self.closed_month_formula(key, r, t, terms) {
            return Some(stated);
        }
        let plan = self.plan_at(t);
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
                let path = PartnerProgramme::FIRST_YEAR_INCENTIVE.path();
                let first = terms.field(path, programme.first_year_incentive.exact());
                let booked = self.figure(terms, partners, key, key.place, key.period)?;
                let path = PartnerProgramme::RENEWAL_INCENTIVE.path();
                let later = terms.field(path, programme.renewal_incentive.exact());
                let renewed = What::Inner(Inner::RenewedPartnerBookings);
                let renewed = self.figure(terms, renewed, key, key.place, key.period)?;
                let renewed = Formula::Product(vec![later, renewed]);
                Formula::Sum(vec![Formula::Product(vec![first, booked]), renewed]).rounded(2)
            }
            What::Inner(Inner::RenewedPartnerBookings) => self.renewed_formula(key, t, terms)?,
            What::Inner(Inner::InService) => self.service_formula(key, t, terms)?,
            What::Measure(Measure::Revenue) => {
                self.figure(terms, What::Inner(Inner::InService), key, key.place, key.period)?.rounded(2)
            }
            What::Measure(Measure::SlaCredits) => {
                let credits = plan.sla.expected_credits.exact();
                let share = terms.field(Sla::EXPECTED_CREDITS.path(), credits);
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
                let margin = terms.field(Assumptions::GROSS_MARGIN.path(), margin);
                let gross = Formula::Product(vec![revenue, margin]).rounded(2);
                gross.minus(own(Measure::TotalCost, terms)?)
            }
            _ => return None,
        })
    }

    /// What partners booked a year before, and what of theirs had renewed by then, as far as it renews once more.
    fn renewed_formula(&self, key: Key, t: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        let Some(before) = t.checked_sub(YEAR).map(Period::Month) else { return Some(Formula::zero()) };
        let rate = self.renewal_rate(terms);
        let booked = self.figure(terms, What::Inner(Inner::PartnerCapacityOfRegion), key, key.place, before)?;
        let renewed = self.figure(terms, What::Inner(Inner::RenewedPartnerBookings), key, key.place, before)?;
        Some(Formula::Product(vec![rate, Formula::Sum(vec![booked, renewed])]))
    }

    /// A twelfth of the bookings of the last twelve months, and what was in service a year before as far as it renewed.
    fn service_formula(&self, key: Key, t: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        let booked = What::Measure(Measure::Capacity);
        let months = t.saturating_sub(YEAR)..t;
        let parts = months.map(|month| self.figure(terms, booked, key, key.place, Period::Month(month)));
        let monthly = Formula::Sum(parts.collect::<Option<Vec<_>>>()?).over(Formula::whole(12));
        let Some(before) = t.checked_sub(YEAR).map(Period::Month) else {
            return Some(if t == 0 { Formula::zero() } else { monthly });
        };
        let rate = self.renewal_rate(terms);
        let renewed = self.figure(terms, What::Inner(Inner::InService), key, key.place, before)?;
        Some(Formula::Sum(vec![monthly, Formula::Product(vec![rate, renewed])]))
    }

    /// The value of a step on the way to a region's month.
    pub(super) fn region_inner(&self, key: Key, r: usize, t: usize) -> Option<Exact> {
        match key.what {
            What::Inner(Inner::PartnerCapacityOfRegion) => {
                Some(self.region_outcome(key.case, r)?.months.get(t)?.partner_capacity.exact())
            }
            What::Inner(Inner::RenewedPartnerBookings | Inner::InService | Inner::Cost(_) | Inner::OtherCost) => {
                self.region_outcome(key.case, r)?.months.get(t)?;
                let mut terms = Terms::new(self.plan(), key.period);
                let formula = self.region_formula(key, r, t, &mut terms)?;
                Some(formula.evaluate(&terms.values()))
            }
            _ => None,
        }
    }

    fn renewal_rate(&self, terms: &mut Terms<'_>) -> Formula {
        terms.field(Assumptions::RENEWAL_RATE.path(), self.plan().assumptions.renewal_rate.exact())
    }

    /// Σ partner, and with `sellers` also Σ direct, over the region's cells.
    fn capacity_of_cells(&self, key: Key, r: usize, sellers: bool, terms: &mut Terms<'_>) -> Option<Formula> {
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
