//! One trial: the shocks of the whole plan, then people, capacity and cost region by region (model sections 4 to 7 and 10,
//! unrounded).

use super::draws::Draws;
use super::people::{CellPeople, HiresMade, LeavingRates, Productivity};
use super::trial_plan::{TrialCell, TrialPlan, TrialRegion, TrialRole, TrialRoleKind};

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
        for (index, region) in plan.regions.iter().enumerate() {
            hired.push(self.run_region(trial, index, region));
        }
        self.row.extend([self.shocks.plan, self.shocks.attrition]);
        self.row.extend(&self.shocks.regions);
        self.row.extend(&self.shocks.rates);
        self.row.extend(self.shocks.slips.iter().map(|slip| f64::from(*slip)));
        self.row.extend(hired.iter().map(|h| h.made));
        self.row.extend(hired.iter().map(|h| h.late));
        &self.row
    }

    /// Runs a region and appends its quarters to the row.
    fn run_region(&mut self, trial: u64, index: usize, region: &TrialRegion) -> HiresMade {
        let plan = self.plan;
        let shock = self.shocks.plan + self.shocks.regions.get(index).copied().unwrap_or_default();
        let attainment = (plan.attainment + shock).max(0.0);
        let payout = if attainment > 1.0 { 1.0 + (attainment - 1.0) * plan.accelerator } else { attainment };
        let factor = region.currency.and_then(|currency| self.shocks.rates.get(currency)).copied().unwrap_or(1.0);
        for people in &mut self.people {
            people.clear(plan.months);
        }
        self.money.clear();
        self.money.resize(plan.months, MonthAmounts::default());
        let mut hired = HiresMade::default();
        for cell in &region.cells {
            let (Some(role), Some(people)) = (plan.roles.get(cell.role), self.people.get_mut(cell.role)) else {
                continue;
            };
            let slip = self.shocks.slips.get(cell.role).copied().unwrap_or_default();
            let worth = Productivity { role, slip: role.slip.saturating_add(slip), payout };
            let leaving = leaving_rates(plan, role, region.attrition_factor * self.shocks.attrition);
            let part = super::floats::count_to_u64(1 + index * plan.roles.len() + cell.role);
            let made = people.simulate(plan, cell, leaving, &worth, &mut Draws::new(self.seed, trial, part));
            hired.made += made.made;
            hired.late += made.late;
            add_cost(plan, cell, people, region.rate * factor, &mut self.money);
        }
        self.apply_support();
        self.add_capacity(region, attainment);
        self.add_revenue();
        self.write_quarters(region);
        hired
    }

    /// How support covers the sellers of each month (model section 4).
    fn apply_support(&mut self) {
        for (index, role) in self.plan.roles.iter().enumerate() {
            let TrialRoleKind::Support { serves, sellers_per_head, unsupported } = &role.kind else { continue };
            let supply = self.people.get(index).map(|people| people.months.iter().map(|month| month.ramped));
            self.cover.clear();
            self.cover.extend(supply.into_iter().flatten());
            self.demand.clear();
            self.demand.resize(self.plan.months, 0.0);
            for people in serves.iter().filter_map(|seller| self.people.get(*seller)) {
                self.demand.iter_mut().zip(&people.months).for_each(|(demand, month)| *demand += month.active);
            }
            for (cover, active) in self.cover.iter_mut().zip(&self.demand) {
                let covered = if *active > 0.0 { (*cover * sellers_per_head / active).min(1.0) } else { 1.0 };
                *cover = unsupported + (1.0 - unsupported) * covered;
            }
            for seller in serves {
                let months = self.people.get_mut(*seller).map(|people| people.months.iter_mut());
                months.into_iter().flatten().zip(&self.cover).for_each(|(month, cover)| month.supported *= cover);
            }
        }
    }

    /// Capacity of each month (model section 4).
    fn add_capacity(&mut self, region: &TrialRegion, attainment: f64) {
        let plan = self.plan;
        let launch = usize::try_from(plan.launch).unwrap_or(0);
        for (role, people) in plan.roles.iter().zip(&self.people) {
            let months = self.money.iter_mut().zip(&people.months).zip(&plan.linearity);
            match role.kind {
                TrialRoleKind::Seller { quota } => {
                    let worth = quota * region.productivity * attainment;
                    for ((money, month), share) in months {
                        money.capacity += worth * share * month.ramped * month.supported;
                    }
                }
                TrialRoleKind::Partner { bookings } => {
                    for ((money, month), share) in months.skip(launch) {
                        let booked = bookings * region.productivity * share * month.ramped;
                        money.capacity += booked;
                        money.partner += booked;
                    }
                }
                TrialRoleKind::Support { .. } | TrialRoleKind::Manager => {}
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
            let month = |people: &CellPeople| people.months.get(q * 3 + 2).map_or(0.0, |m| m.active - m.leavers);
            self.people.iter().map(month).sum::<f64>()
        };
        let total = |m: &MonthAmounts| {
            let incentives = plan.first_year_incentive * m.partner + plan.renewal_incentive * m.renewed;
            m.people + incentives + plan.expected_credits * m.revenue
        };
        self.row.extend((0..plan.quarters).map(closing));
        let quarters = self.money.chunks(3);
        let judged = quarters.clone().zip(&region.judgements);
        self.row.extend(judged.map(|(months, judged)| months.iter().map(|m| m.capacity).sum::<f64>() + judged));
        self.row.extend(quarters.map(|months| months.iter().map(total).sum::<f64>()));
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
fn add_cost(plan: &TrialPlan, cell: &TrialCell, people: &CellPeople, rate: f64, money: &mut [MonthAmounts]) {
    let cost = &cell.cost;
    for ((month, level), money) in people.months.iter().zip(&plan.pay_level).zip(money) {
        let pay = month.active * cost.base
            + month.paid * cost.variable
            + month.starts * cost.agency
            + month.leavers * cost.severance;
        let local = pay * level + month.active * cost.workplace;
        money.people += local * rate + month.active * cost.per_head + month.starts * plan.per_start;
    }
}
