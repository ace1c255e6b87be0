//! What the view shows of every region: one coverage or amount, for which places and periods it exists, and its key.

use serde::{Deserialize, Serialize};

use crate::desktop::charts::Quantity;
use crate::desktop::figure_source::FigureSource;
use crate::desktop::scene::{Scene, figure};
use crate::engine::{Key, Measure, Place};
use crate::plan::{Kind, Plan};
use crate::units::{Calendar, Exact, Period, Ratio};

/// The measure of regions that is shown, stored by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub(super) struct Lens(pub(super) Measure);

impl Default for Lens {
    fn default() -> Self {
        Self(Measure::CapacityCoverage)
    }
}

impl From<String> for Lens {
    fn from(name: String) -> Self {
        Measure::of_regions().find(|measure| measure.name() == name).map_or_else(Self::default, Self)
    }
}

impl From<Lens> for String {
    fn from(lens: Lens) -> Self {
        lens.0.name().to_owned()
    }
}

impl Lens {
    /// In the order in which they are offered.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        Measure::of_regions().map(Self)
    }

    /// The coverages of regions, areas and the whole plan.
    pub(super) fn coverages() -> impl Iterator<Item = Self> {
        Measure::rollups().filter(|measure| measure.is_coverage()).map(Self)
    }

    pub(super) const fn measure(self) -> Measure {
        self.0
    }

    /// Whether 100 % is the mark to reach.
    pub(super) const fn is_coverage(self) -> bool {
        self.0.is_coverage()
    }

    /// Whether more of it is worse, so that the worst is the most.
    pub(super) const fn is_worse_above(self) -> bool {
        self.0.is_worse_above()
    }

    pub(super) const fn by_quarter(self) -> bool {
        self.0.has_quarters()
    }

    pub(super) const fn by_year(self) -> bool {
        self.0.has_years()
    }

    pub(super) fn quantity(self, plan: &Plan) -> Quantity {
        Quantity::of(self.measure().unit(), &plan.currency)
    }

    /// The period of this kind that is nearest to another: a year's last quarter, a quarter's year.
    pub(super) fn period(self, period: Period, calendar: &Calendar) -> Period {
        match period {
            Period::Year(y) if !self.by_year() => {
                Period::Quarter(calendar.quarters_of(y).next_back().unwrap_or_default())
            }
            Period::Quarter(q) if !self.by_quarter() => Period::Year(q / 4),
            Period::Month(_) | Period::All => Period::Year(0),
            other => other,
        }
    }
}

/// A lens on a plan: with the support role that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) lens: Lens,
    pub(super) role: Option<usize>,
}

/// The Support roles of a plan.
pub(super) fn support_roles(plan: &Plan) -> Vec<usize> {
    let support = plan.roles.iter().enumerate().filter(|(_, r)| matches!(r.kind, Kind::Support { .. }));
    support.map(|(k, _)| k).collect()
}

impl Look {
    /// The key of a region's, an area's or the plan's figure.
    pub(super) fn key(self, place: Place, period: Period) -> Key {
        let place = match (self.lens, place, self.role) {
            (Lens(Measure::SupportCoverage), Place::Region(r), Some(k)) => Place::Cell(r, k),
            (_, place, _) => place,
        };
        figure(self.lens.measure(), place, period)
    }

    /// Where its figures are taken from: the outlook where it is shown and has them, otherwise the plan.
    pub(super) fn source<'a>(self, scene: &Scene<'a>) -> FigureSource<'a> {
        let shown = scene.figures();
        if shown.has(self.lens.measure()) { shown } else { FigureSource::Plan(scene.outcome()) }
    }

    /// The key under which the figure explains itself, if it does.
    pub(super) fn explains(self, scene: &Scene<'_>, place: Place, period: Period) -> Option<Key> {
        self.source(scene).key(self.key(place, period))
    }

    /// The title: with the basis where months are closed.
    pub(super) fn title(self, scene: &Scene<'_>) -> String {
        let title = self.lens.measure().title();
        match (scene.figures().is_outlook(), self.source(scene).is_outlook()) {
            (_, true) => format!("{title}, outlook"),
            (true, false) => format!("{title}, as planned"),
            (false, false) => title.to_owned(),
        }
    }

    /// The figure, if there is one.
    pub(super) fn value(self, source: FigureSource<'_>, place: Place, period: Period) -> Option<Exact> {
        let key = self.key(place, period);
        source.figure(self.lens.measure(), key.place, key.period)
    }

    /// The figure of several regions as one place, for a country that they share.
    pub(super) fn together(self, source: FigureSource<'_>, regions: &[usize], period: Period) -> Option<Exact> {
        if let [one] = regions {
            return self.value(source, Place::Region(*one), period);
        }
        let outcome = match source {
            FigureSource::Plan(outcome) => outcome,
            FigureSource::Outlook(outlook) => return outlook.rollup_of(regions, period)?.figure(self.lens.measure()),
        };
        match (self.lens.measure(), period, self.role) {
            (Measure::SupportCoverage, Period::Quarter(q), Some(k)) => {
                outcome.support_coverage_of(regions, k, q).map(Ratio::exact)
            }
            (Measure::MarketShare, Period::Year(y), _) => outcome.market_share_of(regions, y).map(Ratio::exact),
            // Rivals differ from region to region: there is no lead over several.
            (measure, ..) => outcome.rollup_of(regions, period)?.figure(measure),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::engine::Outcome;
    use crate::files::Template;

    #[test]
    fn every_lens_has_figures_and_one_region_is_itself() {
        let plans = Template::ALL.iter().map(|t| t.plan().unwrap()).filter(|p| !p.hires.is_empty());
        let plans: Vec<_> = plans.collect();
        assert!(plans.len() > 1, "{} templates with hires", plans.len());
        for plan in plans {
            let calendar = plan.calendar;
            let role = support_roles(&plan).first().copied();
            let outcome = Outcome::of(Arc::new(plan)).unwrap();
            for lens in Lens::all() {
                let look = Look { lens, role };
                let period = lens.period(Period::Year(0), &calendar);
                let one = look.value(FigureSource::Plan(&outcome), Place::Region(0), period);
                assert!(one.is_some(), "{lens:?}");
                assert_eq!(look.together(FigureSource::Plan(&outcome), &[0], period), one, "{lens:?}");
                let two = look.together(FigureSource::Plan(&outcome), &[0, 1], period);
                assert_eq!(two.is_some(), lens != Lens(Measure::MarketLead), "{lens:?}");
            }
        }
    }

    #[test]
    fn a_period_is_turned_into_one_that_the_lens_knows() {
        let plan = Template::ALL[0].plan().unwrap();
        let calendar = plan.calendar;
        assert_eq!(Lens(Measure::SupportCoverage).period(Period::Year(0), &calendar), Period::Quarter(3));
        assert_eq!(Lens(Measure::MarketShare).period(Period::Quarter(5), &calendar), Period::Year(1));
        assert_eq!(Lens(Measure::Gap).period(Period::Quarter(5), &calendar), Period::Quarter(5));
    }
}
