//! A plan estimated in floats: its objective, the violation of each constraint, and in a microsecond what another number of
//! hires would change (delta evaluation).
//!
//! With whole starts by month, the support factor, and accounts and partners that run out it is the planning model; it
//! differs from the engine by the rounding of amounts alone, and where moves and exits take people who are hired.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, rows, roles or months it is indexed by"
)]

use super::effect::Effect;
use super::incidence::Incidence;
use super::linear_model::RangeConstraint;
use super::sales_limits::SalesLimit;

/// Heads and capacity of a region that losses depend on, by role and month.
#[derive(Debug, Clone)]
struct RegionFigures {
    capacity: Vec<Vec<f64>>,
    active: Vec<Vec<f64>>,
    ramped: Vec<Vec<f64>>,
    lost: LostCapacity,
}

/// The capacity that a region loses, by month.
#[derive(Debug, Clone, Default)]
struct LostCapacity {
    /// Of its sellers, for want of support or accounts.
    direct: Vec<f64>,
    /// Of its partner managers, for want of partners; empty if these do not limit.
    partners: Vec<f64>,
}

impl RegionFigures {
    fn new(cells: &[Effect]) -> Self {
        Self {
            capacity: cells.iter().map(|c| c.capacity.clone()).collect(),
            active: cells.iter().map(|c| c.active.clone()).collect(),
            ramped: cells.iter().map(|c| c.ramped.clone()).collect(),
            lost: LostCapacity::default(),
        }
    }
}

/// A change of one variable: its index and its new number of hires.
pub(crate) type Move = (usize, u32);

/// A plan that is changed move by move.
#[derive(Debug, Clone)]
pub(crate) struct EstimatedPlan<'a> {
    incidence: &'a Incidence<'a>,
    /// By variable.
    pub(crate) hires: Vec<u32>,
    /// By row: the value of each constraint's sum, the objective last.
    pub(crate) sums: Vec<f64>,
    regions: Vec<RegionFigures>,
    /// By constraint: the penalty of a unit of violation, now and at first.
    penalties: Vec<f64>,
    base_penalties: Vec<f64>,
    /// What the moves under evaluation change: sums, the rows that are touched, and the lost capacity of regions.
    deltas: Vec<f64>,
    is_touched: Vec<bool>,
    touched: Vec<usize>,
    new_losses: Vec<(usize, LostCapacity)>,
}

impl<'a> EstimatedPlan<'a> {
    /// The plan with these hires, by variable.
    pub(crate) fn new(incidence: &'a Incidence<'a>, hires: &[u32]) -> Self {
        let (coefficients, model) = (incidence.coefficients, incidence.model);
        let constants = model.constraints.iter().map(|constraint| constraint.sum.constant);
        let sums: Vec<f64> = constants.chain([model.objective.constant]).collect();
        let rows = sums.len();
        let mut plan = Self {
            incidence,
            hires: vec![0; coefficients.variables.len()],
            sums,
            regions: coefficients.baseline.iter().map(|cells| RegionFigures::new(cells)).collect(),
            penalties: vec![1.0; rows - 1],
            base_penalties: vec![1.0; rows - 1],
            deltas: vec![0.0; rows],
            is_touched: vec![false; rows],
            touched: Vec::new(),
            new_losses: Vec::new(),
        };
        for region in 0..plan.regions.len() {
            let lost = plan.lost_capacity(region, &[]);
            for (row, weights) in &incidence.rows_of_losses[region] {
                plan.sums[*row] += dot(weights, &lost.direct);
            }
            for (row, weights) in &incidence.rows_of_partner_losses[region] {
                plan.sums[*row] += dot(weights, &lost.partners);
            }
            plan.regions[region].lost = lost;
        }
        for (variable, to) in hires.iter().enumerate().filter(|(_, to)| **to > 0) {
            plan.apply(&[(variable, *to)]);
        }
        plan
    }

    /// The constraints that its sums belong to.
    pub(crate) const fn constraints(&self) -> &'a [RangeConstraint] {
        self.incidence.model.constraints.as_slice()
    }

    /// The objective as a figure that is maximised.
    pub(crate) fn objective(&self) -> f64 {
        let constraints = self.constraints();
        let in_objective = constraints.iter().zip(&self.sums).filter(|(c, _)| c.is_objective());
        let shortfall: f64 = in_objective.map(|(constraint, sum)| constraint.violation(*sum)).sum();
        self.incidence.model.sign * self.sums[constraints.len()] - shortfall
    }

    /// Whether every limit is met.
    pub(crate) fn is_feasible(&self) -> bool {
        let mut rows = self.constraints().iter().zip(&self.sums);
        rows.all(|(constraint, sum)| constraint.is_objective() || constraint.violation(*sum) == 0.0)
    }

    /// The first broken limit, from a row on and round; `None` if every limit is met.
    pub(crate) fn next_broken_limit(&self, first: usize) -> Option<usize> {
        let rows = self.constraints();
        let is_broken = |row: &usize| !rows[*row].is_objective() && rows[*row].violation(self.sums[*row]) > 0.0;
        (first..rows.len()).chain(0..first).find(is_broken)
    }

    /// The variables that change a broken limit's sum, each with about what a hire adds, and the change that the sum needs.
    pub(crate) fn repair_of(&self, row: usize) -> (&'a [(usize, f64)], f64) {
        let (constraint, sum) = (&self.constraints()[row], self.sums[row]);
        let violation = constraint.violation(sum);
        let change = if sum > constraint.upper_bound { -violation } else { violation };
        (&self.incidence.variables_of_row[row], change)
    }

    /// The penalty of all broken limits.
    pub(crate) fn penalty(&self) -> f64 {
        let rows = self.constraints().iter().zip(&self.sums).zip(&self.penalties);
        let limits = rows.filter(|((constraint, _), _)| !constraint.is_objective());
        limits.map(|((constraint, sum), penalty)| constraint.violation(*sum) * penalty).sum()
    }

    /// What moves would change: the gain in the objective, and the increase of the penalty. At most one move a variable.
    pub(crate) fn evaluate(&mut self, moves: &[Move]) -> (f64, f64) {
        self.compute_deltas(moves);
        let constraints = self.constraints();
        let (mut gain, mut penalty) = (0.0, 0.0);
        for row in &self.touched {
            let delta = self.deltas[*row];
            if let Some(constraint) = constraints.get(*row) {
                let sum = self.sums[*row];
                let increase = constraint.violation(sum + delta) - constraint.violation(sum);
                if constraint.is_objective() {
                    gain -= increase;
                } else {
                    penalty += increase * self.penalties[*row];
                }
            } else {
                gain += self.incidence.model.sign * delta;
            }
        }
        (gain, penalty)
    }

    /// Sets the penalties so that breaking a limit by one hire costs more than it can gain. Returns the largest change of
    /// the objective by one hire.
    pub(crate) fn set_penalties(&mut self) -> f64 {
        let constraints = self.constraints();
        let mut gain: f64 = 0.0;
        let mut largest = vec![0.0_f64; self.penalties.len()];
        for variable in 0..self.hires.len() {
            for (row, starts) in &self.incidence.rows_of_variable[variable] {
                let start = starts.iter().fold(0.0_f64, |largest, s| largest.max(s.abs()));
                match constraints.get(*row) {
                    Some(constraint) if constraint.is_objective() => gain = gain.max(start),
                    Some(_) => largest[*row] = largest[*row].max(start),
                    None => gain = gain.max(start),
                }
            }
        }
        // Support has no coefficient in a row, but gives back lost capacity.
        for variable in 0..self.hires.len() {
            let (open, hires) = (&self.incidence.coefficients.variables[variable].open, self.hires[variable]);
            let to = if hires < open.max { hires + 1 } else { open.min };
            gain = gain.max(self.evaluate(&[(variable, to)]).0.abs());
        }
        let gain = if gain > 0.0 { gain } else { 1.0 };
        for (penalty, start) in self.base_penalties.iter_mut().zip(largest) {
            *penalty = if start > 0.0 { gain * 2.0 / start } else { gain };
        }
        self.penalties.clone_from(&self.base_penalties);
        gain
    }

    /// Raises the penalty of every broken limit by its first penalty.
    pub(crate) fn raise_penalties(&mut self) {
        let rows = self.constraints().iter().zip(&self.sums);
        for ((constraint, sum), (penalty, base)) in rows.zip(self.penalties.iter_mut().zip(&self.base_penalties)) {
            if !constraint.is_objective() && constraint.violation(*sum) > 0.0 {
                *penalty += base;
            }
        }
    }

    /// Sets every penalty to what it was at first.
    pub(crate) fn reset_penalties(&mut self) {
        self.penalties.clone_from(&self.base_penalties);
    }

    /// Evaluates moves and makes them.
    pub(crate) fn apply(&mut self, moves: &[Move]) {
        self.compute_deltas(moves);
        self.commit(moves);
    }

    /// Makes the moves that were evaluated last.
    pub(crate) fn commit(&mut self, moves: &[Move]) {
        for row in &self.touched {
            self.sums[*row] += self.deltas[*row];
        }
        let coefficients = self.incidence.coefficients;
        for (index, to) in moves {
            let variable = &coefficients.variables[*index];
            let change = coefficients.starts_change(self.hires[*index], *to);
            let (region, role) = (&mut self.regions[variable.open.region], variable.open.role);
            for (effect, starts) in variable.starts.iter().zip(change).filter(|(_, starts)| *starts != 0.0) {
                add_multiple(&mut region.capacity[role], &effect.capacity, starts);
                add_multiple(&mut region.active[role], &effect.active, starts);
                add_multiple(&mut region.ramped[role], &effect.ramped, starts);
            }
            self.hires[*index] = *to;
        }
        for (region, lost) in self.new_losses.drain(..) {
            self.regions[region].lost = lost;
        }
    }

    fn compute_deltas(&mut self, moves: &[Move]) {
        for row in self.touched.drain(..) {
            self.deltas[row] = 0.0;
            self.is_touched[row] = false;
        }
        self.new_losses.clear();
        let incidence = self.incidence;
        for (variable, to) in moves {
            let [a, b, c] = incidence.coefficients.starts_change(self.hires[*variable], *to);
            for (row, [x, y, z]) in &incidence.rows_of_variable[*variable] {
                self.add_delta(*row, a * x + b * y + c * z);
            }
        }
        for (variable, _) in moves {
            let open = &incidence.coefficients.variables[*variable].open;
            let region = open.region;
            if !incidence.affects_losses[open.role] || self.new_losses.iter().any(|(r, _)| *r == region) {
                continue;
            }
            let lost = self.lost_capacity(region, moves);
            let before = &self.regions[region].lost;
            let direct = difference(&lost.direct, &before.direct);
            let partners = difference(&lost.partners, &before.partners);
            self.add_losses(&incidence.rows_of_losses[region], &direct);
            self.add_losses(&incidence.rows_of_partner_losses[region], &partners);
            self.new_losses.push((region, lost));
        }
    }

    fn add_losses(&mut self, rows: &[(usize, Vec<f64>)], change: &[f64]) {
        if change.iter().any(|c| *c != 0.0) {
            for (row, weights) in rows {
                self.add_delta(*row, dot(weights, change));
            }
        }
    }

    fn add_delta(&mut self, row: usize, delta: f64) {
        if !self.is_touched[row] {
            self.is_touched[row] = true;
            self.touched.push(row);
        }
        self.deltas[row] += delta;
    }

    /// The capacity that a region loses after moves, by month (model section 4).
    fn lost_capacity(&self, region: usize, moves: &[Move]) -> LostCapacity {
        let (coefficients, figures) = (self.incidence.coefficients, &self.regions[region]);
        let changes: Vec<_> = moves
            .iter()
            .map(|(v, to)| (&coefficients.variables[*v], coefficients.starts_change(self.hires[*v], *to)))
            .filter(|(variable, _)| variable.open.region == region)
            .collect();
        let limits = &coefficients.limits[region];
        let mut lost = LostCapacity { direct: vec![0.0; coefficients.months], partners: Vec::new() };
        let mut factors = vec![1.0; figures.capacity.len()];
        // A role's figure of a month, after the moves.
        let at = |role: usize, t: usize, list: &[Vec<f64>], figure: fn(&Effect) -> &Vec<f64>| {
            let changes = changes.iter().filter(|(variable, _)| variable.open.role == role);
            changes.fold(list[role][t], |value, (variable, change)| {
                let starts = variable.starts.iter().zip(change).filter(|(_, starts)| **starts != 0.0);
                starts.fold(value, |value, (effect, starts)| value + figure(effect)[t] * starts)
            })
        };
        let ramped = |role: usize, t: usize| at(role, t, &figures.ramped, |e| &e.ramped);
        for (t, lost) in lost.direct.iter_mut().enumerate() {
            let mut is_short = false;
            for support in &coefficients.supports {
                let sellers: f64 = support.serves.iter().map(|s| at(*s, t, &figures.active, |e| &e.active)).sum();
                let supply = ramped(support.role, t) * support.sellers_per_head[t];
                if sellers > 0.0 && supply < sellers {
                    if !is_short {
                        factors.fill(1.0);
                        is_short = true;
                    }
                    let unsupported = support.unsupported[t];
                    let factor = unsupported + (1.0 - unsupported) * supply / sellers;
                    for seller in &support.serves {
                        factors[*seller] *= factor;
                    }
                }
            }
            if is_short {
                for (role, factor) in factors.iter().enumerate().filter(|(_, factor)| **factor < 1.0) {
                    *lost += at(role, t, &figures.capacity, |e| &e.capacity) * (1.0 - factor);
                }
            }
            if let Some(Some(limit)) = limits.accounts.get(t) {
                *lost += limit.lost(|role| (ramped(role, t), if is_short { factors[role] } else { 1.0 }));
            }
        }
        let of_partners = |(t, limit): (usize, &Option<SalesLimit>)| {
            limit.as_ref().map_or(0.0, |limit| limit.lost(|role| (ramped(role, t), 1.0)))
        };
        lost.partners = limits.partners.iter().enumerate().map(of_partners).collect();
        lost
    }
}

fn difference(new: &[f64], old: &[f64]) -> Vec<f64> {
    new.iter().zip(old).map(|(new, old)| new - old).collect()
}

/// Adds a multiple of a list to another.
fn add_multiple(list: &mut [f64], other: &[f64], factor: f64) {
    for (value, other) in list.iter_mut().zip(other) {
        *value += other * factor;
    }
}

fn dot(list: &[f64], other: &[f64]) -> f64 {
    list.iter().zip(other).map(|(a, b)| a * b).sum()
}
