//! Explanations of the outlook where it is not the model's: bookings and costs of closed months, judgements of open ones, and
//! the names of its figures (`year.md`, section 13).

use super::{Explainer, Explanation, Formula, Inner, Key, PlanCase, Source, Terms, What};
use crate::engine::year::{YearMeasure, closed_months};
use crate::engine::{Measure, Place};
use crate::plan::{Region, Year};
use crate::units::{Exact, Local, Money, Period};

impl Explainer<'_> {
    /// Explains a measure of a year; `None` where it does not exist there, or without an outlook.
    #[must_use]
    pub fn year_measure(&self, measure: YearMeasure, place: Place, period: Period) -> Option<Explanation> {
        self.outlook?.figure(measure, place, period)?;
        self.explain(Key::of_year(measure, place, period))
    }

    /// A measure in the outlook.
    pub(super) fn outlook_value(&self, measure: Measure, place: Place, period: Period) -> Option<Exact> {
        let outlook = self.outlook?;
        match (place, period) {
            (Place::Cell(r, k), Period::Month(t)) => {
                let region = outlook.region(r)?;
                let month = region.cells.get(k)?.months.get(t)?;
                match measure {
                    Measure::MovedIn => Some(month.moved_in.exact()),
                    Measure::MovedOut => Some(month.moved_out.exact()),
                    Measure::Exits => Some(month.exits.exact()),
                    _ => self.outcome.cell_figure_in((r, region), measure, k, t),
                }
            }
            (Place::Region(r), Period::Month(t)) => outlook.region(r)?.months.get(t)?.figure(measure).map(Money::exact),
            _ => outlook.rollup(place, period)?.figure(measure),
        }
    }

    /// The name of a figure of the outlook, where it is a measure of the year or a person.
    pub(super) fn outlook_name(&self, key: Key) -> Option<String> {
        if let What::Inner(Inner::Cohort(crate::engine::Origin::Baseline(spell))) = key.what {
            return self.person_name(spell);
        }
        let outlook = self.outlook?;
        let is_here = |measure: &&YearMeasure| {
            What::of_year(**measure) == key.what && outlook.figure(**measure, key.place, key.period).is_some()
        };
        YearMeasure::ALL.iter().find(is_here).map(|measure| measure.title().to_owned())
    }

    /// The months of a quarter for which judgements count: in the outlook of a region with bookings, the open ones of a
    /// quarter that is partly closed.
    pub(super) fn open_months_of(&self, key: Key, region: &Region, quarter: usize) -> u32 {
        let is_booked = self.plan().year.as_deref().is_some_and(|year| year.bookings.contains_key(&region.id));
        match (key.case, self.outlook) {
            (PlanCase::Outlook, Some(outlook)) if is_booked => 3 - closed_months(outlook.last_closed(), quarter),
            _ => 3,
        }
    }

    /// What the year states for a region in a closed month; `None` for what it leaves to the model.
    pub(super) fn closed_month_formula(&self, key: Key, r: usize, t: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        let (outlook, year) = (self.outlook?, self.plan().year.as_deref()?);
        if key.case != PlanCase::Outlook || t > outlook.last_closed() {
            return None;
        }
        let region = self.region_at(r)?;
        let costs = year.costs.get(&region.id);
        let line = |name: &'static str| Some((costs?.get(name)?, Year::costs_path(&region.id, name)));
        match key.what {
            What::Measure(Measure::Capacity) => {
                let list = year.bookings.get(&region.id)?;
                self.converted(region, t, ("Booked", list, Year::bookings_path(&region.id)), terms)
            }
            What::Measure(measure @ (Measure::PartnerIncentives | Measure::SlaCredits)) => {
                let (list, path) = line(measure.name())?;
                self.converted(region, t, ("Spent", list, path), terms)
            }
            What::Measure(Measure::PeopleCost) => {
                costs?;
                let lines = Measure::cost_lines().filter(|measure| measure.cost_line().is_some()).map(Inner::Cost);
                let other = line(Year::OTHER).map(|_| Inner::OtherCost);
                let parts = lines.chain(other);
                let parts = parts.map(|inner| self.figure(terms, What::Inner(inner), key, key.place, key.period));
                parts.collect::<Option<Vec<_>>>().map(Formula::Sum)
            }
            What::Inner(Inner::OtherCost) => {
                let (list, path) = line(Year::OTHER)?;
                self.converted(region, t, ("Spent", list, path), terms)
            }
            What::Inner(Inner::Cost(measure)) => {
                if let Some((list, path)) = line(measure.name()) {
                    return self.converted(region, t, ("Spent", list, path), terms);
                }
                let cells = (0..self.plan().roles.len()).map(|k| Place::Cell(r, k));
                let parts = cells.map(|cell| self.figure(terms, What::Measure(measure), key, cell, key.period));
                parts.collect::<Option<Vec<_>>>().map(Formula::Sum)
            }
            _ => None,
        }
    }

    /// A local amount of a closed month at the exchange rate of the month, rounded.
    fn converted(
        &self,
        region: &Region,
        t: usize,
        (label, list, path): (&'static str, &Vec<Local>, String),
        terms: &mut Terms<'_>,
    ) -> Option<Formula> {
        let amount = list.get(t)?.exact();
        let label = format!("{label}, {}", region.currency);
        let amount = terms.add(label, amount, Source::Input(format!("{path}[{t}]")));
        let real = self.plan().year.as_deref().and_then(|year| year.rates.get(&region.currency)?.get(t));
        let rate = match real {
            Some(rate) => {
                let path = format!("{}[{t}]", Year::rates_path(&region.currency));
                terms.add("Exchange rate of the month", rate.exact(), Source::Input(path))
            }
            None => self.rate_in_force(region, t, terms)?,
        };
        Some(Formula::Product(vec![amount, rate]).rounded(2))
    }
}
