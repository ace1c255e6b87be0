//! Explanations of quarters and years, of areas and the whole plan, and of what the expansion adds (model sections
//! 6 and 7).

use super::{Explainer, Formula, Inner, Key, PlanCase, Source, Terms, What};
use crate::engine::{Measure, Outcome, Place, RollupFigure, RollupFormula, Sum};
use crate::plan::{Field, Judgement, Kind, Levers, Market, Plan, Region};
use crate::units::{Exact, Period};

impl Explainer<'_> {
    pub(super) fn wide_inner(&self, key: Key, inner: Inner) -> Option<Exact> {
        let outcome = self.outcome;
        if let (Place::Region(r), Period::Month(t)) = (key.place, key.period)
            && let Some(value) = self.region_inner(key, r, t)
        {
            return Some(value);
        }
        if key.case == PlanCase::Outlook {
            return match inner {
                Inner::Sum(sum) => self.outlook?.rollup(key.place, key.period).map(|sums| sums.sum(sum)),
                _ => None,
            };
        }
        if let Some(cost) = self.cost_inner(key, inner) {
            return Some(cost);
        }
        let number = |n: usize| u32::try_from(n).ok().map(Exact::from);
        match (inner, key.period) {
            (Inner::FirstGrowthMonth, _) => return number(outcome.first_growth_month()?),
            (Inner::BreakEvenMonth, _) => {
                let months = usize::try_from(outcome.payback_months()?).ok()?;
                return number(months + outcome.first_growth_month()?);
            }
            (Inner::Hires, Period::Year(y)) => {
                let Place::Region(r) = key.place else { return None };
                let region = &self.region_at(r)?.id;
                let hires = self.plan().calendar.quarters_of(y).map(|q| self.plan().hires_in_region(region, q));
                return u32::try_from(hires.sum::<u64>()).ok().map(Exact::from);
            }
            (Inner::GrowthOfAll, Period::Month(t)) => {
                let cells = (0..self.plan().regions.len()).filter_map(|r| outcome.region(r)).flat_map(|r| &r.cells);
                return Some(cells.map(|c| c.month(t).growth.exact()).sum());
            }
            _ => {}
        }
        match inner {
            Inner::Sum(sum) => outcome.rollup(key.place, key.period).map(|sums| sums.sum(sum)),
            _ => None,
        }
    }

    pub(super) fn wide_formula(&self, key: Key, terms: &mut Terms<'_>) -> Option<Formula> {
        let own = |what: What, terms: &mut Terms| self.figure(terms, what, key, key.place, key.period);
        let own_sum = |sum: Sum, terms: &mut Terms| own(figure_of(sum), terms);
        let own_inner = |inner: Inner, terms: &mut Terms| own(What::Inner(inner), terms);
        let What::Measure(measure) = key.what else { return self.wide_inner_formula(key, terms) };
        match measure.formula() {
            Some(RollupFormula::Difference(first, second)) => {
                return Some(own_sum(first, terms)?.minus(own_sum(second, terms)?));
            }
            Some(RollupFormula::Quotient(first, second)) => {
                return Some(own_sum(first, terms)?.over(own_sum(second, terms)?));
            }
            Some(RollupFormula::Sum(_)) | None => {}
        }
        Some(match measure {
            Measure::SupportCoverage => {
                let (Place::Cell(..), Period::Quarter(q)) = (key.place, key.period) else { return None };
                let last = Period::Month(q * 3 + 2);
                let supply = self.figure(terms, What::Measure(Measure::Ramped), key, key.place, last)?;
                supply.over(self.figure(terms, What::Inner(Inner::Demand), key, key.place, last)?)
            }
            Measure::MarketShare | Measure::MarketLead => self.market_formula(key, measure, terms)?,
            Measure::GrowthHires => {
                let hires = What::Inner(Inner::Hires);
                let regions = 0..self.plan().regions.len();
                let parts = regions.map(|r| self.figure(terms, hires, key, Place::Region(r), key.period));
                Formula::Sum(parts.collect::<Option<Vec<_>>>()?)
            }
            Measure::AddedCapacity | Measure::AddedCost | Measure::AddedContribution => {
                let Period::Quarter(q) = key.period else { return None };
                let what = What::Inner(Inner::Added(measure));
                let months = (q * 3..q * 3 + 3).map(|t| self.figure(terms, what, key, key.place, Period::Month(t)));
                Formula::Sum(months.collect::<Option<Vec<_>>>()?)
            }
            Measure::PaybackMonths => {
                let end = own_inner(Inner::BreakEvenMonth, terms)?;
                end.minus(own_inner(Inner::FirstGrowthMonth, terms)?)
            }
            _ => self.sum_formula(key, terms)?,
        })
    }

    fn wide_inner_formula(&self, key: Key, terms: &mut Terms<'_>) -> Option<Formula> {
        let What::Inner(inner) = key.what else { return None };
        let months = 0..self.plan().calendar.months();
        let each_month = |inner: Inner, terms: &mut Terms| {
            let figure = |t: usize| self.figure(terms, What::Inner(inner), key, Place::Plan, Period::Month(t));
            months.clone().map(figure).collect::<Option<Vec<_>>>()
        };
        Some(match inner {
            Inner::FirstGrowthMonth => Formula::FirstPositive(each_month(Inner::GrowthOfAll, terms)?),
            Inner::BreakEvenMonth => Formula::BreakEven(each_month(Inner::Added(Measure::AddedContribution), terms)?),
            Inner::GrowthOfAll => {
                let growth = What::Measure(Measure::Growth);
                let regions = 0..self.plan().regions.len();
                let cells = regions.flat_map(|r| (0..self.plan().roles.len()).map(move |k| Place::Cell(r, k)));
                let parts = cells.map(|cell| self.figure(terms, growth, key, cell, key.period));
                Formula::Sum(parts.collect::<Option<Vec<_>>>()?)
            }
            Inner::Added(measure) if matches!(key.period, Period::Month(_)) => {
                self.added_formula(key, measure, terms)?
            }
            Inner::Added(_)
            | Inner::AddedSoFar(_)
            | Inner::Cost(_)
            | Inner::RoleCost(_)
            | Inner::HeadMonths
            | Inner::CostPerHead
            | Inner::Budget
            | Inner::BudgetLeft => self.cost_formula(key, inner, terms)?,
            Inner::Hires => self.hires_formula(key, terms)?,
            _ => self.sum_formula(key, terms)?,
        })
    }

    /// Σ regions of the plan less Σ regions of the same plan without growth.
    fn added_formula(&self, key: Key, measure: Measure, terms: &mut Terms<'_>) -> Option<Formula> {
        let what = What::Measure(match measure {
            Measure::AddedCapacity => Measure::Capacity,
            Measure::AddedCost => Measure::TotalCost,
            _ => Measure::Contribution,
        });
        let mut side = |case: PlanCase| {
            let key = Key { case, ..key };
            let regions = 0..self.plan().regions.len();
            let parts = regions.map(|r| self.figure(terms, what, key, Place::Region(r), key.period));
            parts.collect::<Option<Vec<_>>>().map(Formula::Sum)
        };
        let with = side(PlanCase::Plan)?;
        Some(with.minus(side(PlanCase::WithoutGrowth)?))
    }

    fn hires_formula(&self, key: Key, terms: &mut Terms<'_>) -> Option<Formula> {
        let (Place::Region(r), Period::Year(y)) = (key.place, key.period) else { return None };
        let (plan, region) = (self.plan(), &self.region_at(r)?.id);
        let mut parts = Vec::new();
        for (role, list) in plan.hires.get(region).into_iter().flatten() {
            for q in plan.calendar.quarters_of(y) {
                let count = list.get(q).copied().unwrap_or(0);
                if count > 0 {
                    let name = plan.role_index(role.as_str()).and_then(|k| self.role_at(k)).map_or("", |r| &r.name);
                    let label = format!("{name}, {}", plan.calendar.name(Period::Quarter(q)));
                    parts.push(terms.input(label, Plan::HIRES.at(region).at(role).at(q), Exact::from(count)));
                }
            }
        }
        Some(Formula::Sum(parts))
    }

    fn market_formula(&self, key: Key, measure: Measure, terms: &mut Terms<'_>) -> Option<Formula> {
        let (Place::Region(r), Period::Year(y)) = (key.place, key.period) else { return None };
        let region = self.region_at(r)?;
        let market = region.market.get(y)?;
        let path = |field: &'static Field| field.at(&region.id).at(y);
        if measure == Measure::MarketLead {
            let share = self.figure(terms, What::Measure(Measure::MarketShare), key, key.place, key.period)?;
            return Some(share.minus(terms.field(path(Market::RIVAL_SHARE), market.rival_share.exact())));
        }
        let capacity = self.figure(terms, What::Measure(Measure::Capacity), key, key.place, key.period)?;
        Some(capacity.over(terms.field(path(Market::SIZE), market.size.exact())))
    }

    /// What adds up: a year from its quarters (heads from the last), areas and the plan from regions, a region's
    /// quarter from its months or cells.
    pub(super) fn sum_formula(&self, key: Key, terms: &mut Terms<'_>) -> Option<Formula> {
        let plan = self.plan();
        if let Period::Year(y) = key.period {
            let mut quarters = plan.calendar.quarters_of(y);
            if sum_of(key.what).is_some_and(Sum::is_stock) {
                let last = quarters.next_back()?;
                return self.figure(terms, key.what, key, key.place, Period::Quarter(last));
            }
            let parts = quarters.map(|q| self.figure(terms, key.what, key, key.place, Period::Quarter(q)));
            return Some(Formula::Sum(parts.collect::<Option<Vec<_>>>()?));
        }
        let Period::Quarter(q) = key.period else { return None };
        if let Place::Region(r) = key.place {
            return self.quarter_formula(key, r, q, terms);
        }
        let regions = self.outcome.regions_of(key.place)?;
        let parts = regions.into_iter().map(|r| self.figure(terms, key.what, key, Place::Region(r), key.period));
        Some(Formula::Sum(parts.collect::<Option<Vec<_>>>()?))
    }

    fn quarter_formula(&self, key: Key, r: usize, q: usize, terms: &mut Terms<'_>) -> Option<Formula> {
        let Some(sum) = sum_of(key.what) else { return self.region_cost_formula(key, r, q, terms) };
        let (plan, region) = (self.plan(), self.region_at(r)?);
        let months = (q * 3..q * 3 + 3).map(Period::Month);
        let last = Period::Month(q * 3 + 2);
        Some(match sum {
            Sum::Target => {
                let path = Plan::TARGETS.at(&region.id).at(q).to_string();
                let target = plan.target(&region.id, q).exact();
                let stated = plan.targets.contains_key(&region.id);
                let source = if stated { Source::Input(path) } else { Source::Default(path) };
                let target = terms.add("Bookings target", target, source);
                let factor = terms.field(Levers::TARGET_FACTOR.path(), plan.levers.target_factor.exact());
                Formula::Product(vec![target, factor]).rounded(2)
            }
            Sum::Capacity => {
                let months = months.map(|m| self.figure(terms, key.what, key, key.place, m));
                let mut parts = months.collect::<Option<Vec<_>>>()?;
                let judgements = self.judgements(region, q, terms);
                match self.open_months_of(key, region, q) {
                    3 => parts.extend(judgements),
                    _ if judgements.is_empty() => {}
                    open => {
                        let all = vec![Formula::Sum(judgements), Formula::whole(open)];
                        parts.push(Formula::Product(all).over(Formula::whole(3)).rounded(2));
                    }
                }
                Formula::Sum(parts)
            }
            Sum::PeopleCost | Sum::TotalCost | Sum::Contribution => {
                let what = match sum {
                    Sum::Contribution => What::Measure(Measure::Contribution),
                    _ => key.what,
                };
                let months = months.map(|m| self.figure(terms, what, key, key.place, m));
                Formula::Sum(months.collect::<Option<Vec<_>>>()?)
            }
            Sum::Closing => {
                let cells = (0..plan.roles.len()).map(|k| self.figure(terms, key.what, key, Place::Cell(r, k), last));
                Formula::Sum(cells.collect::<Option<Vec<_>>>()?)
            }
            Sum::Quota => {
                let quota = What::Measure(Measure::Quota);
                let sellers = plan.roles.iter().enumerate().filter(|(_, k)| matches!(k.kind, Kind::Seller { .. }));
                let sellers: Vec<usize> = sellers.map(|(k, _)| k).collect();
                let each = months.flat_map(|m| sellers.iter().map(move |k| (m, *k)));
                let parts = each.map(|(m, k)| self.figure(terms, quota, key, Place::Cell(r, k), m));
                Formula::Sum(parts.collect::<Option<Vec<_>>>()?)
            }
            Sum::Accounts => {
                let path = Region::ACCOUNTS.at(&region.id);
                let accounts = self.plan_at(q * 3 + 2).regions.get(r)?.accounts;
                terms.field(path, Exact::from(accounts))
            }
            Sum::CoveredAccounts | Sum::Led | Sum::Others => self.reach_formula(key, r, last, sum, terms)?,
        })
    }

    /// The judgements of a region's quarter, each rounded.
    fn judgements(&self, region: &Region, q: usize, terms: &mut Terms<'_>) -> Vec<Formula> {
        let here = self.plan().judgements.iter().enumerate().filter(|(_, j)| j.region == region.id && j.quarter == q);
        let rounded = here.map(|(i, j)| {
            let label = format!("Judgement: {}", j.reason);
            terms.input(label, Judgement::AMOUNT.at(i), j.amount.exact()).rounded(2)
        });
        rounded.collect()
    }

    /// Closing heads of the roles that count, each times what one of them covers.
    fn reach_formula(&self, key: Key, r: usize, last: Period, sum: Sum, terms: &mut Terms<'_>) -> Option<Formula> {
        let mut parts = Vec::new();
        let Period::Month(month) = last else { return None };
        for (k, role) in self.plan_at(month).roles.iter().enumerate() {
            let factor = match (&role.kind, sum) {
                (Kind::Seller { accounts_per_head, .. }, Sum::CoveredAccounts) => {
                    Some(("Accounts per head", Kind::ACCOUNTS_PER_HEAD, accounts_per_head.exact()))
                }
                (Kind::Manager { span }, Sum::Led) => Some(("Span", Kind::SPAN, span.exact())),
                (Kind::Manager { .. }, _) | (_, Sum::CoveredAccounts | Sum::Led) => continue,
                _ => None,
            };
            let heads = self.figure(terms, What::Measure(Measure::Closing), key, Place::Cell(r, k), last)?;
            parts.push(match factor {
                Some((label, field, value)) => {
                    let path = field.at(&role.id);
                    Formula::Product(vec![heads, terms.input(format!("{label}, {}", role.name), path, value)])
                }
                None => heads,
            });
        }
        let reach = Formula::Sum(parts);
        Some(match sum {
            Sum::CoveredAccounts => {
                self.figure(terms, figure_of(Sum::Accounts), key, key.place, key.period)?.at_most(reach)
            }
            _ => reach,
        })
    }
}

impl From<RollupFigure> for What {
    fn from(figure: RollupFigure) -> Self {
        match figure {
            RollupFigure::Measure(measure) => Self::Measure(measure),
            RollupFigure::Sum(sum) => Self::Inner(Inner::Sum(sum)),
        }
    }
}

/// The figure that a sum is: the measure of that sum, or a step on the way to measures.
fn figure_of(sum: Sum) -> What {
    RollupFigure::from(sum).into()
}

/// The sum of a quarter or year that a figure is, if it is one.
const fn sum_of(what: What) -> Option<Sum> {
    match what {
        What::Inner(Inner::Sum(sum)) => Some(sum),
        What::Measure(measure) => match measure.formula() {
            Some(RollupFormula::Sum(sum)) => Some(sum),
            _ => None,
        },
        What::Inner(_) => None,
    }
}

impl Outcome {
    /// The place that a name on the command line means: a region's id, `area:NAME`, a role in a region, or nothing
    /// for the whole plan.
    #[must_use]
    pub fn place(&self, region: Option<&str>, role: Option<&str>) -> Option<Place> {
        let plan = self.plan();
        match (region, role) {
            (None, None) => Some(Place::Plan),
            (Some(region), None) => match region.strip_prefix("area:") {
                Some(name) => plan.areas().iter().position(|a| *a == name).map(Place::Area),
                None => plan.region_index(region).map(Place::Region),
            },
            (Some(region), Some(role)) => Some(Place::Cell(plan.region_index(region)?, plan.role_index(role)?)),
            (None, Some(_)) => None,
        }
    }
}
