//! One trial: the shocks that all share, then region by region its people, capacity and cost (model sections 4 to 7 and
//! 10, unrounded).

use super::draws::Draws;
use super::flat::{Cell, Flat, Kind, Region, Role};
use super::people::{Hired, Leaving, Team, Worth};

/// What a trial draws for the whole plan, in this order: one normal number each for the plan's attainment, each
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
    fn draw(&mut self, flat: &Flat, seed: u64, trial: u64) {
        let (draws, spread) = (&mut Draws::new(seed, trial, 0), &flat.spread);
        self.plan = spread.attainment_plan * draws.normal();
        self.regions.clear();
        self.regions.extend(flat.regions.iter().map(|_| spread.attainment_region * draws.normal()));
        self.attrition = spread.attrition.at(draws.normal());
        self.rates.clear();
        self.rates.extend(flat.currencies.iter().map(|_| spread.rate.at(draws.normal())));
        self.slips.clear();
        let slips = flat.roles.iter().map(|_| u32::try_from(spread.slip.draw(draws)).unwrap_or(u32::MAX));
        self.slips.extend(slips);
    }
}

/// The figures of a region that are kept of each quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Closing heads of its last month.
    Heads,
    /// Capacity with judgements.
    Capacity,
    /// Total cost.
    Cost,
}

impl Kept {
    const ALL: usize = 3;
}

/// Where in a trial's row each figure stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    regions: usize,
    quarters: usize,
    currencies: usize,
    roles: usize,
}

impl Layout {
    pub(super) fn of(flat: &Flat) -> Self {
        Self {
            regions: flat.regions.len(),
            quarters: flat.quarters,
            currencies: flat.currencies.len(),
            roles: flat.roles.len(),
        }
    }

    pub(super) fn figure(self, region: usize, kept: Kept, quarter: usize) -> usize {
        let kept = match kept {
            Kept::Heads => 0,
            Kept::Capacity => 1,
            Kept::Cost => 2,
        };
        (region * Kept::ALL + kept) * self.quarters + quarter
    }

    pub(super) fn plan(self) -> usize {
        self.regions * Kept::ALL * self.quarters
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

/// Runs trials one after the other; keeps its room from one to the next.
pub(super) struct Trials<'a> {
    flat: &'a Flat,
    seed: u64,
    shocks: Shocks,
    /// By role.
    teams: Vec<Team>,
    money: Vec<Money>,
    /// By month: the demand on a Support role, and what its cover does to the sellers.
    demand: Vec<f64>,
    cover: Vec<f64>,
    row: Vec<f64>,
}

/// One month of a region in a trial.
#[derive(Debug, Clone, Copy, Default)]
struct Money {
    people: f64,
    capacity: f64,
    /// Of that, what partners sell.
    partner: f64,
    revenue: f64,
    /// Partner bookings of earlier years that renew.
    renewed: f64,
}

impl<'a> Trials<'a> {
    pub(super) fn new(flat: &'a Flat, seed: u64) -> Self {
        Self {
            flat,
            seed,
            shocks: Shocks::default(),
            teams: flat.roles.iter().map(|_| Team::default()).collect(),
            money: Vec::new(),
            demand: Vec::new(),
            cover: Vec::new(),
            row: Vec::new(),
        }
    }

    /// The row of a trial, in the order of [`Layout`].
    pub(super) fn row(&mut self, trial: u64) -> &[f64] {
        let flat = self.flat;
        self.shocks.draw(flat, self.seed, trial);
        self.row.clear();
        let mut hired = Vec::with_capacity(flat.regions.len());
        for (index, region) in flat.regions.iter().enumerate() {
            hired.push(self.region(trial, index, region));
        }
        self.row.extend([self.shocks.plan, self.shocks.attrition]);
        self.row.extend(&self.shocks.regions);
        self.row.extend(&self.shocks.rates);
        self.row.extend(self.shocks.slips.iter().map(|slip| f64::from(*slip)));
        self.row.extend(hired.iter().map(|h| h.made));
        self.row.extend(hired.iter().map(|h| h.late));
        &self.row
    }

    /// Works out a region and puts its quarters at the end of the row.
    fn region(&mut self, trial: u64, index: usize, region: &Region) -> Hired {
        let flat = self.flat;
        let shock = self.shocks.plan + self.shocks.regions.get(index).copied().unwrap_or_default();
        let attainment = (flat.attainment + shock).max(0.0);
        let payout = if attainment > 1.0 { 1.0 + (attainment - 1.0) * flat.accelerator } else { attainment };
        let factor = region.currency.and_then(|currency| self.shocks.rates.get(currency)).copied().unwrap_or(1.0);
        for team in &mut self.teams {
            team.clear(flat.months);
        }
        self.money.clear();
        self.money.resize(flat.months, Money::default());
        let mut hired = Hired::default();
        for cell in &region.cells {
            let (Some(role), Some(team)) = (flat.roles.get(cell.role), self.teams.get_mut(cell.role)) else { continue };
            let slip = self.shocks.slips.get(cell.role).copied().unwrap_or_default();
            let worth = Worth { role, slip: role.slip.saturating_add(slip), payout };
            let leaving = leaving(flat, role, region.attrition_factor * self.shocks.attrition);
            let part = super::wide(1 + index * flat.roles.len() + cell.role);
            let here = team.follow(flat, cell, leaving, &worth, &mut Draws::new(self.seed, trial, part));
            hired.made += here.made;
            hired.late += here.late;
            cost(flat, cell, team, region.rate * factor, &mut self.money);
        }
        self.support();
        self.capacity(region, attainment);
        self.programme();
        self.close(region);
        hired
    }

    /// How support covers the sellers of each month (model section 4).
    fn support(&mut self) {
        for (index, role) in self.flat.roles.iter().enumerate() {
            let Kind::Support { serves, sellers_per_head, unsupported } = &role.kind else { continue };
            let supply = self.teams.get(index).map(|team| team.months.iter().map(|month| month.ramped));
            self.cover.clear();
            self.cover.extend(supply.into_iter().flatten());
            self.demand.clear();
            self.demand.resize(self.flat.months, 0.0);
            for team in serves.iter().filter_map(|seller| self.teams.get(*seller)) {
                self.demand.iter_mut().zip(&team.months).for_each(|(demand, month)| *demand += month.active);
            }
            for (cover, active) in self.cover.iter_mut().zip(&self.demand) {
                let covered = if *active > 0.0 { (*cover * sellers_per_head / active).min(1.0) } else { 1.0 };
                *cover = unsupported + (1.0 - unsupported) * covered;
            }
            for seller in serves {
                let months = self.teams.get_mut(*seller).map(|team| team.months.iter_mut());
                months.into_iter().flatten().zip(&self.cover).for_each(|(month, cover)| month.supported *= cover);
            }
        }
    }

    /// Capacity of each month (model section 4).
    fn capacity(&mut self, region: &Region, attainment: f64) {
        let flat = self.flat;
        let launch = usize::try_from(flat.launch).unwrap_or(0);
        for (role, team) in flat.roles.iter().zip(&self.teams) {
            let months = self.money.iter_mut().zip(&team.months).zip(&flat.linearity);
            match role.kind {
                Kind::Seller { quota } => {
                    let worth = quota * region.productivity * attainment;
                    for ((money, month), share) in months {
                        money.capacity += worth * share * month.ramped * month.supported;
                    }
                }
                Kind::Partner { bookings } => {
                    for ((money, month), share) in months.skip(launch) {
                        let booked = bookings * region.productivity * share * month.ramped;
                        money.capacity += booked;
                        money.partner += booked;
                    }
                }
                Kind::Support { .. } | Kind::Manager => {}
            }
        }
    }

    /// Revenue, and the partner bookings that renew, of each month (model sections 5 and 6).
    fn programme(&mut self) {
        let renewal = self.flat.renewal_rate;
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

    /// Puts the quarters of the region at the end of the row.
    fn close(&mut self, region: &Region) {
        let flat = self.flat;
        let closing = |q: usize| {
            let month = |team: &Team| team.months.get(q * 3 + 2).map_or(0.0, |m| m.active - m.leavers);
            self.teams.iter().map(month).sum::<f64>()
        };
        let total = |m: &Money| {
            let incentives = flat.first_year_incentive * m.partner + flat.renewal_incentive * m.renewed;
            m.people + incentives + flat.expected_credits * m.revenue
        };
        self.row.extend((0..flat.quarters).map(closing));
        let quarters = self.money.chunks(3);
        let judged = quarters.clone().zip(&region.judgements);
        self.row.extend(judged.map(|(months, judged)| months.iter().map(|m| m.capacity).sum::<f64>() + judged));
        self.row.extend(quarters.map(|months| months.iter().map(total).sum::<f64>()));
    }
}

/// m(k) of a role with a factor on its annual rates (model section 3).
fn leaving(flat: &Flat, role: &Role, factor: f64) -> Leaving {
    let monthly = |annual: f64| {
        let annual = (annual * factor).min(1.0);
        if flat.compound { 1.0 - libm::pow(1.0 - annual, 1.0 / 12.0) } else { annual / 12.0 }
    };
    Leaving { first_year: monthly(role.first_year), later: monthly(role.later) }
}

/// The nine cost lines of a cell, added to each month (model section 5).
fn cost(flat: &Flat, cell: &Cell, team: &Team, rate: f64, money: &mut [Money]) {
    let cost = &cell.cost;
    for ((month, level), money) in team.months.iter().zip(&flat.pay_level).zip(money) {
        let pay = month.active * cost.base
            + month.paid * cost.variable
            + month.starts * cost.agency
            + month.leavers * cost.severance;
        let local = pay * level + month.active * cost.workplace;
        money.people += local * rate + month.active * cost.per_head + month.starts * flat.per_start;
    }
}
