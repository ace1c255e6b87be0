//! One trial: the shocks of the whole plan, then people, capacity and cost region by region (model sections 4 to 7 and 10,
//! unrounded).

use super::cell_month::Month;
use super::draws::Draws;
use super::followed::{FollowedCell, follow};
use super::people::{CellConditions, CellPeople, HiresMade, LeavingRates};
use super::trial_plan::{Assumed, RegionStated, TrialCell, TrialPlan, TrialRegion, TrialRole, TrialRoleKind};

/// The shocks of a trial, drawn for the whole plan in this order: one normal number each for the plan's attainment, each
/// region's, attrition and each currency, then one uniform number for the ramp slip of each role.
#[derive(Debug, Default)]
struct Shocks {
    /// Added to attainment everywhere.
    plan: f64,
    /// Added to attainment, by region.
    regions: Vec<f64>,
    /// Factor on annual attrition.
    attrition: f64,
    /// Factor on the rate, by currency.
    rates: Vec<f64>,
    /// Months that the ramp slips, by role.
    slips: Vec<u32>,
}

impl Shocks {
    fn draw(&mut self, plan: &TrialPlan, seed: u64, trial: u64) {
        let (draws, spread) = (&mut Draws::new(seed, trial, 0), &plan.shocks);
        self.plan = spread.attainment_plan * draws.normal();
        self.regions.clear();
        self.regions.extend(plan.regions.iter().map(|_| spread.attainment_region * draws.normal()));
        self.attrition = spread.attrition.at(draws.normal());
        self.rates.clear();
        self.rates.extend(plan.currencies.iter().map(|_| spread.rate.at(draws.normal())));
        self.slips.clear();
        let slips = plan.roles.iter().map(|_| u32::try_from(spread.slip.draw(draws)).unwrap_or(u32::MAX));
        self.slips.extend(slips);
    }
}

/// The figures that a trial records of each region and quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RegionFigure {
    /// Closing heads of its last month.
    Heads,
    /// Capacity with judgements.
    Capacity,
    /// Total cost.
    Cost,
}

impl RegionFigure {
    const ALL: usize = 3;
}

/// The column of each figure in a trial's row.
#[derive(Debug, Clone, Copy)]
pub(super) struct TrialLayout {
    regions: usize,
    quarters: usize,
    currencies: usize,
    roles: usize,
}

impl TrialLayout {
    pub(super) fn of(plan: &TrialPlan) -> Self {
        Self {
            regions: plan.regions.len(),
            quarters: plan.quarters,
            currencies: plan.currencies.len(),
            roles: plan.roles.len(),
        }
    }

    pub(super) fn figure(self, region: usize, figure: RegionFigure, quarter: usize) -> usize {
        let row = match figure {
            RegionFigure::Heads => 0,
            RegionFigure::Capacity => 1,
            RegionFigure::Cost => 2,
        };
        (region * RegionFigure::ALL + row) * self.quarters + quarter
    }

    pub(super) fn plan(self) -> usize {
        self.regions * RegionFigure::ALL * self.quarters
    }

    pub(super) fn attrition(self) -> usize {
        self.plan() + 1
    }

    pub(super) fn region(self, region: usize) -> usize {
        self.plan() + 2 + region
    }

    pub(super) fn rate(self, currency: usize) -> usize {
        self.region(self.regions) + currency
    }

    pub(super) fn slip(self, role: usize) -> usize {
        self.rate(self.currencies) + role
    }

    pub(super) fn made(self, region: usize) -> usize {
        self.slip(self.roles) + region
    }

    pub(super) fn late(self, region: usize) -> usize {
        self.made(self.regions) + region
    }

    /// Figures in a row.
    pub(super) fn width(self) -> usize {
        self.late(self.regions)
    }
}

/// Runs trials one after the other, reusing its buffers.
pub(super) struct Trials<'a> {
    plan: &'a TrialPlan,
    seed: u64,
    shocks: Shocks,
    /// By role.
    people: Vec<CellPeople>,
    money: Vec<MonthAmounts>,
    /// By month: the demand on a Support role, and what its cover does to the sellers.
    demand: Vec<f64>,
    cover: Vec<f64>,
    row: Vec<f64>,
}

/// One month of a region in a trial.
#[derive(Debug, Clone, Copy, Default)]
struct MonthAmounts {
    people: f64,
    capacity: f64,
    /// The part of capacity that partners sell.
    partner: f64,
    revenue: f64,
    /// Partner bookings of earlier years that renew.
    renewed: f64,
}

impl<'a> Trials<'a> {
    pub(super) fn new(plan: &'a TrialPlan, seed: u64) -> Self {
        Self {
            plan,
            seed,
            shocks: Shocks::default(),
            people: plan.roles.iter().map(|_| CellPeople::default()).collect(),
            money: Vec::new(),
            demand: Vec::new(),
            cover: Vec::new(),
            row: Vec::new(),
        }
    }

    /// The row of a trial, in the order of [`TrialLayout`].
    pub(super) fn row(&mut self, trial: u64) -> &[f64] {
        let plan = self.plan;
        self.shocks.draw(plan, self.seed, trial);
        self.row.clear();
        let mut hired = Vec::with_capacity(plan.regions.len());
        let mut followed = self.follow(trial);
        for (index, region) in plan.regions.iter().enumerate() {
            hired.push(self.run_region(trial, index, region, &mut followed));
        }
        self.row.extend([self.shocks.plan, self.shocks.attrition]);
        self.row.extend(&self.shocks.regions);
        self.row.extend(&self.shocks.rates);
        self.row.extend(self.shocks.slips.iter().map(|slip| f64::from(*slip)));
        self.row.extend(hired.iter().map(|h| h.made));
        self.row.extend(hired.iter().map(|h| h.late));
        &self.row
    }

    /// The months of the cells whose people are followed, each with its region and role, in their order.
    fn follow(&self, trial: u64) -> Vec<((usize, usize), Vec<Month>, HiresMade)> {
        let plan = self.plan;
        let is_followed = |cell: &&TrialCell| cell.is_followed;
        let here = |(r, region): (usize, &'a TrialRegion)| {
            region.cells.iter().filter(is_followed).map(move |cell| (r, region, cell))
        };
        let cells: Vec<(usize, &TrialRegion, &TrialCell)> = plan.regions.iter().enumerate().flat_map(here).collect();
        let values: Vec<(Vec<f64>, Vec<LeavingRates>)> =
            cells.iter().map(|(r, region, cell)| (self.payouts(*r), self.leaving(region, cell.role))).collect();
        let mut followed: Vec<FollowedCell<'_>> = Vec::with_capacity(cells.len());
        for ((r, _, cell), (payout, leaving)) in cells.iter().zip(&values) {
            let Some(conditions) = self.conditions(cell.role, payout, leaving) else { continue };
            let draws = self.draws(trial, *r, cell.role);
            followed.push(FollowedCell::new(plan, (*r, cell.role), cell, conditions, draws));
        }
        follow(plan, &mut followed);
        followed.into_iter().map(|cell| (cell.at, cell.people.months, cell.hired)).collect()
    }

    /// The random numbers of a cell.
    fn draws(&self, trial: u64, region: usize, role: usize) -> Draws {
        Draws::new(self.seed, trial, super::floats::count_to_u64(1 + region * self.plan.roles.len() + role))
    }

    /// The attainment of a region in a month.
    fn attainment(&self, region: usize, assumed: &Assumed) -> f64 {
        let shock = self.shocks.plan + self.shocks.regions.get(region).copied().unwrap_or_default();
        (assumed.attainment + shock).max(0.0)
    }

    /// A of a region by month.
    fn payouts(&self, region: usize) -> Vec<f64> {
        let payout = |t: usize| {
            let assumed = self.plan.assumed.at(t);
            let attainment = self.attainment(region, assumed);
            if attainment > 1.0 { 1.0 + (attainment - 1.0) * assumed.accelerator } else { attainment }
        };
        (0..self.plan.months).map(payout).collect()
    }

    /// m(s) of a cell by month; one entry where it does not change.
    fn leaving(&self, region: &TrialRegion, role: usize) -> Vec<LeavingRates> {
        let Some(role) = self.plan.roles.get(role) else { return Vec::new() };
        let months = if role.is_constant() && region.stated.is_constant() { 1 } else { self.plan.months };
        let rates = |t: usize| {
            let factor = region.stated.at(t).attrition_factor * self.shocks.attrition;
            leaving_rates(self.plan, role.at(t), factor)
        };
        (0..months).map(rates).collect()
    }

    fn conditions<'c>(&self, role: usize, payout: &'c [f64], leaving: &'c [LeavingRates]) -> Option<CellConditions<'c>>
    where
        'a: 'c,
    {
        let roles = self.plan.roles.get(role)?;
        let slip = self.shocks.slips.get(role).copied().unwrap_or_default();
        let slip = roles.at(0).slip.saturating_add(slip);
        Some(CellConditions { roles, slip, payout, leaving })
    }

    /// Runs a region and appends its quarters to the row.
    fn run_region(
        &mut self,
        trial: u64,
        index: usize,
        region: &TrialRegion,
        followed: &mut [((usize, usize), Vec<Month>, HiresMade)],
    ) -> HiresMade {
        let plan = self.plan;
        let payout = self.payouts(index);
        let factor = region.currency.and_then(|currency| self.shocks.rates.get(currency)).copied().unwrap_or(1.0);
        for people in &mut self.people {
            people.clear(plan.months);
        }
        self.money.clear();
        self.money.resize(plan.months, MonthAmounts::default());
        let mut hired = HiresMade::default();
        for cell in &region.cells {
            let leaving = self.leaving(region, cell.role);
            let Some(conditions) = self.conditions(cell.role, &payout, &leaving) else { continue };
            let mut draws = self.draws(trial, index, cell.role);
            let Some(people) = self.people.get_mut(cell.role) else { continue };
            let place = followed.binary_search_by_key(&(index, cell.role), |(at, ..)| *at);
            let made = match place.ok().and_then(|place| followed.get_mut(place)) {
                Some((_, months, made)) => {
                    std::mem::swap(&mut people.months, months);
                    *made
                }
                None => people.simulate(plan, cell, &conditions, &mut draws),
            };
            hired.made += made.made;
            hired.late += made.late;
            add_cost(plan, region, cell, (people, factor), &mut self.money);
        }
        self.apply_support();
        self.apply_limits(region);
        self.add_capacity(index, region);
        self.add_revenue();
        self.write_quarters(region);
        hired
    }

    /// How support covers the sellers of each month (model section 4).
    fn apply_support(&mut self) {
        for (index, roles) in self.plan.roles.iter().enumerate() {
            let TrialRoleKind::Support { serves, .. } = &roles.at(0).kind else { continue };
            let supply = self.people.get(index).map(|people| people.months.iter().map(|month| month.ramped));
            self.cover.clear();
            self.cover.extend(supply.into_iter().flatten());
            self.demand.clear();
            self.demand.resize(self.plan.months, 0.0);
            for people in serves.iter().filter_map(|seller| self.people.get(*seller)) {
                self.demand.iter_mut().zip(&people.months).for_each(|(demand, month)| *demand += month.active);
            }
            for (t, (cover, active)) in self.cover.iter_mut().zip(&self.demand).enumerate() {
                let TrialRoleKind::Support { sellers_per_head, unsupported, .. } = &roles.at(t).kind else { continue };
                let covered = if *active > 0.0 { (*cover * sellers_per_head / active).min(1.0) } else { 1.0 };
                *cover = unsupported + (1.0 - unsupported) * covered;
            }
            for seller in serves {
                let months = self.people.get_mut(*seller).map(|people| people.months.iter_mut());
                months.into_iter().flatten().zip(&self.cover).for_each(|(month, cover)| month.supported *= cover);
            }
        }
    }

    /// What accounts and partners leave of the sales of each month, the best use first (model section 4).
    fn apply_limits(&mut self, region: &TrialRegion) {
        for t in 0..self.plan.months {
            let RegionStated { accounts, partners, .. } = region.stated.at(t);
            if let Some(accounts) = accounts {
                self.limit(t, *accounts, |kind, supported| match kind {
                    TrialRoleKind::Seller { quota, accounts } => Some((*accounts, quota * supported / accounts)),
                    _ => None,
                });
            }
            if let Some(partners) = partners {
                self.limit(t, *partners, |kind, _| match kind {
                    TrialRoleKind::Partner { partners, bookings } => Some((*partners, *bookings)),
                    _ => None,
                });
            }
        }
    }

    /// Limits the sales of a month to the accounts, or partners, that the region has. They go to the roles in the order of their
    /// sales per account; `wants` gives the accounts of one head of a role, and its sales with each.
    fn limit(&mut self, t: usize, there: f64, wants: impl Fn(&TrialRoleKind, f64) -> Option<(f64, f64)>) {
        let mut order: Vec<(f64, usize, f64)> = Vec::new();
        for (k, (roles, people)) in self.plan.roles.iter().zip(&self.people).enumerate() {
            let Some(month) = people.months.get(t) else { continue };
            if let Some((per_head, worth)) = wants(&roles.at(t).kind, month.supported) {
                // A role that needs no accounts is never limited, so it stands first.
                let worth = if per_head > 0.0 { worth } else { f64::INFINITY };
                order.push((worth, k, per_head * month.ramped));
            }
        }
        order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut left = there;
        for (_, k, wanted) in order {
            let share = if wanted > 0.0 { (left / wanted).min(1.0) } else { 1.0 };
            left = (left - wanted).max(0.0);
            if let Some(month) = self.people.get_mut(k).and_then(|people| people.months.get_mut(t)) {
                month.supported *= share;
            }
        }
    }

    /// Capacity of each month (model section 4).
    fn add_capacity(&mut self, index: usize, region: &TrialRegion) {
        let plan = self.plan;
        let launch = usize::try_from(plan.launch).unwrap_or(0);
        for (money, closed) in self.money.iter_mut().zip(&region.closed) {
            (money.capacity, money.partner) = (closed.capacity, closed.partner);
        }
        for t in region.closed.len()..plan.months {
            let (stated, assumed) = (region.stated.at(t), plan.assumed.at(t));
            let attainment = self.attainment(index, assumed);
            let share = region.linearity.get(t).copied().unwrap_or_default();
            let Some(money) = self.money.get_mut(t) else { continue };
            for (roles, people) in plan.roles.iter().zip(&self.people) {
                let Some(month) = people.months.get(t) else { continue };
                match roles.at(t).kind {
                    TrialRoleKind::Seller { quota, .. } => {
                        let worth = quota * stated.productivity * attainment;
                        money.capacity += worth * share * month.ramped * month.supported;
                    }
                    TrialRoleKind::Partner { partners, bookings } if t >= launch => {
                        let worth = partners * bookings * stated.productivity;
                        let booked = worth * share * month.ramped * month.supported;
                        money.capacity += booked;
                        money.partner += booked;
                    }
                    TrialRoleKind::Partner { .. } | TrialRoleKind::Support { .. } | TrialRoleKind::Manager => {}
                }
            }
        }
    }

    /// Revenue, and the partner bookings that renew, of each month (model sections 5 and 6).
    fn add_revenue(&mut self) {
        let renewal = self.plan.renewal_rate;
        for t in 0..self.money.len() {
            let year_ago = t.checked_sub(12).and_then(|t| self.money.get(t)).copied().unwrap_or_default();
            let booked = self.money.get(t.saturating_sub(12)..t).unwrap_or_default();
            let booked: f64 = booked.iter().map(|m| m.capacity).sum();
            if let Some(month) = self.money.get_mut(t) {
                // Each year of bookings, and below it everything that was in service a year ago, once more renewed.
                month.revenue = booked / 12.0 + renewal * year_ago.revenue;
                month.renewed = renewal * (year_ago.partner + year_ago.renewed);
            }
        }
    }

    /// Appends the quarters of the region to the row.
    fn write_quarters(&mut self, region: &TrialRegion) {
        let plan = self.plan;
        let closing = |q: usize| {
            let month =
                |people: &CellPeople| people.months.get(q * 3 + 2).map_or(0.0, |m| m.active - m.leavers - m.exits);
            self.people.iter().map(month).sum::<f64>()
        };
        let total = |(t, m): (usize, &MonthAmounts)| {
            if let Some(closed) = region.closed.get(t) {
                return closed.cost;
            }
            let assumed = plan.assumed.at(t);
            let incentives = assumed.first_year_incentive * m.partner + assumed.renewal_incentive * m.renewed;
            m.people + incentives + assumed.expected_credits * m.revenue
        };
        self.row.extend((0..plan.quarters).map(closing));
        let quarters = self.money.chunks(3);
        let judged = quarters.clone().zip(&region.judgements);
        self.row.extend(judged.map(|(months, judged)| months.iter().map(|m| m.capacity).sum::<f64>() + judged));
        let costs: Vec<f64> = self.money.iter().enumerate().map(total).collect();
        self.row.extend(costs.chunks(3).map(|months| months.iter().sum::<f64>()));
    }
}

/// m(k) of a role with a factor on its annual rates (model section 3).
fn leaving_rates(plan: &TrialPlan, role: &TrialRole, factor: f64) -> LeavingRates {
    let monthly = |annual: f64| {
        let annual = (annual * factor).min(1.0);
        if plan.compound { 1.0 - libm::pow(1.0 - annual, 1.0 / 12.0) } else { annual / 12.0 }
    };
    LeavingRates { first_year: monthly(role.first_year), later: monthly(role.later) }
}

/// The nine cost lines of a cell, added to each month (model section 5).
fn add_cost(
    plan: &TrialPlan,
    region: &TrialRegion,
    cell: &TrialCell,
    (people, factor): (&CellPeople, f64),
    money: &mut [MonthAmounts],
) {
    let [base_levels, variable_levels] =
        cell.pay_levels.as_ref().map_or([&plan.pay_level; 2], |[base, variable]| [base, variable]);
    for (t, (month, money)) in people.months.iter().zip(money).enumerate() {
        let (cost, stated, assumed) = (cell.cost.at(t), region.stated.at(t), plan.assumed.at(t));
        let level = |levels: &[f64]| levels.get(t).copied().unwrap_or_default();
        let pay = (month.active - month.unpaid) * cost.base
            + month.starts * cost.agency
            + (month.leavers - month.known_leavers) * cost.severance
            + (month.exits + month.dismissed) * cost.severance_of_exit;
        let variable = month.paid * cost.variable * level(variable_levels);
        let local = pay * level(base_levels) + variable + month.active * cost.workplace;
        money.people += local * stated.rate * factor + month.active * cost.per_head + month.starts * assumed.per_start;
    }
}
