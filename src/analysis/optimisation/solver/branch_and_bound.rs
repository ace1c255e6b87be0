//! Branch and bound: the best whole hires of a region at given prices, with a bound that none beats.
//!
//! A branch is on all hires of a quarter, on those of a role over a year, or on those of one variable, whichever lowers the
//! bound most. The starts of a variable whose range is narrowed follow the phasing of that range, so that a variable with
//! whole hires but other starts is branched on as well.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the variables, groups or columns it is indexed by"
)]

use std::sync::Arc;

use super::constraint::Constraint;
use super::region_program::{Phasing, RegionProgram};
use super::simplex::{SolveStatus, Tableau};
use crate::analysis::optimisation::model::coefficients::Coefficients;
use crate::analysis::optimisation::model::floats::nearest_in_range;
use crate::analysis::progress::Progress;

/// How far from whole a number is a fraction; a group's sum may be further from whole, since its branches are weaker.
const FRACTION: f64 = 1e-5;
const GROUP_FRACTION: f64 = 0.02;

/// How often a branching candidate is tried before its average is trusted (reliability branching; Achterberg, Koch and
/// Martin, Operations Research Letters 33, 2005).
const RELIABLE_TRIALS: u32 = 8;

/// A column of the pool: hires of a region, in the order of its variables, with what its program says that they add to the
/// objective and use of each shared row.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RegionColumn {
    pub(crate) hires: Vec<u32>,
    pub(crate) objective: f64,
    pub(crate) usage: Vec<f64>,
}

/// A request for the best whole hires of a region.
#[derive(Debug)]
pub(crate) struct SubproblemRequest {
    /// The index of the region's program.
    pub(crate) program: usize,
    /// Constraints beside its own.
    pub(crate) constraints: Vec<Constraint>,
    /// Whether its own constraints are tightened by their margins.
    pub(crate) tightened: bool,
    /// The objective that a solution has to exceed.
    pub(crate) cutoff: f64,
}

/// The solution of a subproblem.
#[derive(Debug)]
pub(crate) struct SubproblemSolution {
    pub(crate) request: SubproblemRequest,
    /// An upper bound of the objective less the prices paid.
    pub(crate) bound: f64,
    pub(crate) columns: Vec<RegionColumn>,
}

/// When a tree is searched no further: at a gap within the tolerance, or after a number of nodes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NodeLimits {
    pub(crate) tolerance: f64,
    pub(crate) nodes: usize,
}

/// A node of the tree: the program with the branches that lead to it.
#[derive(Debug, Clone)]
struct Node {
    tableau: Tableau,
    ranges: Vec<(u32, u32)>,
    phasing: Vec<Phasing>,
    bound: f64,
    depth: u32,
}

/// What a branching candidate has lowered the bound by for each unit, on one side, and how often it was tried.
#[derive(Debug, Clone, Copy, Default)]
struct PseudoCost {
    sum: f64,
    trials: u32,
}

/// A branching candidate (the index of a group, or after the groups of a variable) and the value that the branches part.
type Candidate = (usize, f64);

/// The tree while it is searched.
struct BranchTree<'a> {
    program: &'a RegionProgram,
    coefficients: &'a Coefficients,
    tolerance: f64,
    /// The highest bound of the nodes that need not be searched further.
    pruned_bound: f64,
    /// The objective of the best solution found, or the cutoff.
    incumbent: Option<f64>,
    columns: Vec<RegionColumn>,
    /// By branching candidate and side.
    pseudo_costs: Vec<[PseudoCost; 2]>,
}

/// Finds the best whole hires of a region, from its solved program without branches.
pub(crate) fn branch_and_bound(
    program: &RegionProgram,
    coefficients: &Coefficients,
    root: &Tableau,
    request: SubproblemRequest,
    limits: NodeLimits,
    progress: &Progress,
) -> SubproblemSolution {
    let mut root = root.clone();
    root.remove_loose_constraints();
    let tightened = program.margins.iter().filter(|_| request.tightened).map(|(index, margin)| {
        let constraint = &*program.constraints[*index];
        Constraint { upper_bound: constraint.upper_bound - margin, ..constraint.clone() }
    });
    let constraints: Vec<Constraint> = request.constraints.iter().cloned().chain(tightened).collect();
    let is_unchanged = constraints.is_empty();
    for constraint in constraints {
        root.add_constraint(Arc::new(constraint), true);
    }
    if !is_unchanged && program.solve(&mut root, request.cutoff, progress) == SolveStatus::Infeasible {
        return SubproblemSolution { request, bound: f64::NEG_INFINITY, columns: Vec::new() };
    }
    let mut tree = BranchTree {
        program,
        coefficients,
        tolerance: limits.tolerance,
        pruned_bound: f64::NEG_INFINITY,
        incumbent: Some(request.cutoff).filter(|cutoff| cutoff.is_finite()),
        columns: Vec::new(),
        pseudo_costs: vec![[PseudoCost::default(); 2]; program.groups.len() + program.variables.len()],
    };
    let (ranges, phasing, bound) = (program.ranges.clone(), program.phasing.clone(), root.bound());
    let bound = tree.search(Node { tableau: root, ranges, phasing, bound, depth: 0 }, limits.nodes, progress);
    SubproblemSolution { request, bound, columns: tree.columns }
}

/// Takes the deepest of the nodes whose bounds are within the tolerance of the highest: where branches leave the bound
/// where it is, the node nearest to whole hires comes first.
fn take_best_node(open: &mut Vec<Node>, tolerance: f64) -> Option<Node> {
    let highest = open.iter().fold(f64::NEG_INFINITY, |highest, node| highest.max(node.bound)) - tolerance;
    let candidates = (0..open.len()).filter(|at| open[*at].bound >= highest);
    let best = candidates.max_by_key(|at| open[*at].depth)?;
    Some(open.swap_remove(best))
}

impl BranchTree<'_> {
    /// Searches the tree from its root until it is done, or so many nodes were searched; returns the bound.
    fn search(&mut self, root: Node, max_nodes: usize, progress: &Progress) -> f64 {
        let mut open = Vec::new();
        let mut next = Some(root);
        let mut searched = 0;
        while let Some(node) = next.take().or_else(|| take_best_node(&mut open, self.tolerance)) {
            if searched >= max_nodes || progress.is_over() {
                open.push(node);
                break;
            }
            if node.bound <= self.cutoff() {
                self.pruned_bound = self.pruned_bound.max(node.bound);
                continue;
            }
            searched += 1;
            let mut children = self.expand(&node, progress);
            // The better child at once, the others in their turn.
            children.sort_by(|a, b| a.bound.total_cmp(&b.bound));
            next = children.pop();
            open.extend(children);
        }
        open.iter().fold(self.pruned_bound, |highest, node| highest.max(node.bound))
    }

    /// The bound that a node has to exceed to be searched.
    fn cutoff(&self) -> f64 {
        self.incumbent.map_or(f64::NEG_INFINITY, |incumbent| incumbent + self.tolerance)
    }

    /// The children of a node that are worth a search; a node of whole hires has none and becomes a column.
    fn expand(&mut self, node: &Node, progress: &Progress) -> Vec<Node> {
        let values = node.tableau.values();
        let Some(candidate) = self.choose_branching(node, &values, progress) else {
            self.pruned_bound = self.pruned_bound.max(node.bound);
            self.record_solution(node, &values);
            return Vec::new();
        };
        let mut children = Vec::new();
        for mut child in self.branches(node, candidate) {
            let status = self.program.solve_with(&mut child.tableau, &child.phasing, self.cutoff(), progress);
            if status == SolveStatus::Infeasible {
                continue;
            }
            child.bound = child.tableau.bound().min(node.bound);
            child.depth = node.depth + 1;
            if child.bound <= self.cutoff() {
                self.pruned_bound = self.pruned_bound.max(child.bound);
            } else {
                child.tableau.remove_loose_constraints();
                children.push(child);
            }
        }
        children
    }

    /// The branching candidate that lowers the bound most; `None` if everything is whole.
    fn choose_branching(&mut self, node: &Node, values: &[f64], progress: &Progress) -> Option<Candidate> {
        let mut best: Option<(f64, Candidate)> = None;
        for candidate in self.fractional_candidates(node, values) {
            let score = self.score(node, candidate, progress);
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    /// How far a candidate lowers the bound on both sides: by trial at first, then by the average of the trials.
    fn score(&mut self, node: &Node, (candidate, total): Candidate, progress: &Progress) -> f64 {
        let distances = [total - total.floor(), total.ceil() - total];
        let is_unreliable = self.pseudo_costs[candidate].iter().any(|cost| cost.trials < RELIABLE_TRIALS);
        if is_unreliable && !progress.is_over() {
            for (side, mut child) in self.branches(node, (candidate, total)).into_iter().enumerate() {
                let status = self.program.solve_with(&mut child.tableau, &child.phasing, self.cutoff(), progress);
                let bound = if status == SolveStatus::Infeasible { self.cutoff() } else { child.tableau.bound() };
                let cost = &mut self.pseudo_costs[candidate][side];
                cost.sum += (node.bound - bound).clamp(0.0, 1.0) / distances[side];
                cost.trials += 1;
            }
        }
        let sides = self.pseudo_costs[candidate].iter().zip(distances);
        sides.map(|(cost, distance)| (cost.sum / f64::from(cost.trials.max(1)) * distance).max(1e-7)).product()
    }

    /// The two branches of a node, not yet solved: a sum of hires at most the whole number below a value, and at least the
    /// one above.
    fn branches(&self, node: &Node, (candidate, total): Candidate) -> [Node; 2] {
        if let Some(variable) = candidate.checked_sub(self.program.groups.len()) {
            let (min, max) = node.ranges[variable];
            let below = nearest_in_range(total.floor(), (min, max)).min(max.saturating_sub(1)).max(min);
            return [(min, below), (below + 1, max)].map(|range| self.narrow(node, variable, range));
        }
        self.program.group_branches(&self.program.groups[candidate], total).map(|constraint| {
            let mut node = node.clone();
            node.tableau.add_constraint(Arc::new(constraint), true);
            node
        })
    }

    fn narrow(&self, node: &Node, variable: usize, range: (u32, u32)) -> Node {
        let mut node = node.clone();
        node.ranges[variable] = range;
        node.phasing[variable] = self.program.narrowed_phasing(self.coefficients, variable, range);
        node
    }

    /// Sums of hires that are not whole, and variables whose people do not start as whole hires do, each with a value
    /// between the whole numbers that the branches part.
    fn fractional_candidates(&self, node: &Node, values: &[f64]) -> Vec<Candidate> {
        let program = self.program;
        let hires: Vec<f64> = (0..program.variables.len()).map(|v| program.hires(values, v)).collect();
        let is_fraction = |total: f64, distance: f64| (total - total.round()).abs() > distance;
        let groups = program.groups.iter().map(|group| group.iter().map(|v| hires[*v]).sum::<f64>()).enumerate();
        let mut candidates: Vec<Candidate> = groups.filter(|(_, sum)| is_fraction(*sum, GROUP_FRACTION)).collect();
        for (variable, total) in hires.iter().enumerate().filter(|(v, _)| node.ranges[*v].0 < node.ranges[*v].1) {
            let range = node.ranges[variable];
            if is_fraction(*total, FRACTION) {
                candidates.push((program.groups.len() + variable, *total));
                continue;
            }
            // Inside a range a whole number of hires may start in other months; at an end of it, not.
            let near = nearest_in_range(*total, range);
            let (lower, starts) = (program.lower_starts[variable], self.coefficients.starts(near));
            let off: f64 = (0..3).map(|m| (values[variable * 3 + m] + lower[m] - starts[m]).abs()).sum();
            if off > FRACTION {
                candidates.push((program.groups.len() + variable, f64::from(near.max(range.0 + 1)) - 0.5));
            }
        }
        candidates
    }

    /// Records a node of whole hires as a column, and as the incumbent if it is the best so far.
    fn record_solution(&mut self, node: &Node, values: &[f64]) {
        let ranges = node.ranges.iter().enumerate();
        let hires = ranges.map(|(v, range)| nearest_in_range(self.program.hires(values, v), *range)).collect();
        let (objective, usage) = self.program.objective_and_usage(values);
        let priced = node.tableau.objective_value();
        if self.incumbent.is_none_or(|incumbent| priced > incumbent) {
            self.incumbent = Some(priced);
        }
        self.columns.push(RegionColumn { hires, objective, usage });
    }
}
