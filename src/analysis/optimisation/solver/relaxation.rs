//! The relaxation: a linear program that no plan beats.
//!
//! Its columns are the starts of each open cell and month, so that every plan in whole people is a solution of it: each row
//! is exact for whole starts but for rounding to the cent, which every money row allows for, and for what a lack of support
//! takes, which has columns of its own that `losses` hold from below. The lines of the phasing and of the losses, and cuts,
//! are for the parts (`parts`), which take those that a solution breaks. Each holds for every plan, so that what the program
//! reaches is a bound with and without them.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use microlp::{ComparisonOp, LinearExpr, OptimizationDirection, Problem as Program, Variable};

use rayon::prelude::*;

use super::support_loss;
use crate::analysis::optimisation::model::coefficients::Frame;
use crate::analysis::optimisation::model::linear_model::{Limit, Row, Rows, Sum};
use crate::analysis::optimisation::model::problem::{Objective, Open, Problem};
use crate::analysis::progress::Apart;
use crate::units::Exact;

/// What floats may leave open of an objective, as a share of it; the solver meets rows to 1e-7.
const FLOATS: f64 = 1e-8;

/// A column of the program.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) region: usize,
    pub(crate) most: f64,
    /// Whether only whole numbers are meant.
    pub(crate) whole: bool,
    pub(crate) goal: f64,
}

/// A row of the program: at most its end.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) limit: Option<Limit>,
    pub(crate) terms: Vec<(usize, f64)>,
    pub(crate) most: f64,
}

/// A linear program that is made most.
#[derive(Debug, Clone)]
pub(crate) struct Relaxation {
    pub(crate) columns: Vec<Column>,
    pub(crate) lines: Vec<Line>,
    /// Added to the goal.
    pub(crate) base: f64,
    pub(crate) rounding: f64,
    /// Lines of losses, which most solutions meet anyway: added where one does not.
    pub(crate) lazy: Vec<Line>,
    /// Lines of the phasing, likewise.
    phased: Vec<Line>,
    /// What a unit lost for want of each Support role takes at least, the others lacking too.
    shares: Vec<f64>,
    quarters: usize,
    slots: usize,
}

/// A solution of the program.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub(crate) goal: f64,
    pub(crate) values: Vec<f64>,
}

impl Relaxation {
    pub(crate) fn new(frame: &Frame, rows: &Rows, problem: &Problem) -> Self {
        let mut columns = Vec::new();
        for slot in &frame.slots {
            let open = &slot.open;
            let ends = Ends::of(frame, open);
            for (month, (low, high)) in ends.low.iter().zip(ends.high).enumerate() {
                let name = format!("x_{}_{}_{}_{month}", open.region, open.role, open.quarter);
                columns.push(Column { name, region: open.region, most: high - low, whole: true, goal: 0.0 });
            }
        }
        let quarters = frame.plan.calendar.quarters;
        for r in 0..frame.there.len() {
            for q in 0..quarters {
                for support in &frame.supports {
                    let name = format!("l_{r}_{q}_{}", support.role);
                    let most = support_loss::most(frame, r, q, support);
                    columns.push(Column { name, region: r, most, whole: false, goal: 0.0 });
                }
            }
        }
        let mut made = Self {
            columns,
            lines: Vec::new(),
            base: 0.0,
            rounding: 0.0,
            lazy: Vec::new(),
            phased: Vec::new(),
            shares: Vec::new(),
            quarters,
            slots: frame.slots.len(),
        };
        let mut share = 1.0;
        for support in &frame.supports {
            made.shares.push(share);
            share *= support.idle;
        }
        // Made most: each part is what it can be at most.
        let (terms, base) = made.above(frame, &rows.goal, rows.sense);
        for (column, value) in terms {
            made.columns[column].goal += value;
        }
        made.base = base;
        made.rounding = rows.goal.rounding;
        for row in &rows.list {
            made.row(frame, row);
        }
        made.losses(frame, problem);
        made
    }

    fn row(&mut self, frame: &Frame, row: &Row) {
        if row.most.is_finite() {
            // sum <= most: -sum at its most is >= -most.
            let (terms, base) = self.above(frame, &row.sum, -1.0);
            let terms = terms.into_iter().map(|(c, v)| (c, -v)).collect();
            let most = row.most + base + row.sum.rounding;
            self.lines.push(Line { limit: Some(row.limit), terms, most });
        }
        if row.least.is_finite() {
            let (mut terms, base) = self.above(frame, &row.sum, 1.0);
            for term in &mut terms {
                term.1 = -term.1;
            }
            if row.is_goal() {
                let Limit::Shortfall(r, q) = row.limit else { return };
                let column = self.columns.len();
                let name = format!("s_{r}_{q}");
                // No plan leaves more uncovered.
                let short =
                    terms.iter().map(|(c, v)| v.max(0.0) * self.columns[*c].most).sum::<f64>() - base + row.least;
                self.columns.push(Column { name, region: r, most: short.max(0.0), whole: false, goal: -1.0 });
                self.rounding += row.sum.rounding;
                terms.push((column, -1.0));
                self.lines.push(Line { limit: Some(row.limit), terms, most: base - row.least });
            } else {
                let most = base - row.least + row.sum.rounding;
                self.lines.push(Line { limit: Some(row.limit), terms, most });
            }
        }
    }

    /// sign × sum as terms that are no less for any plan, and the constant.
    fn above(&self, frame: &Frame, sum: &Sum, sign: f64) -> (Vec<(usize, f64)>, f64) {
        let mut base = sign * sum.base;
        let mut terms = Vec::with_capacity(sum.starts.len() * 3);
        for (slot, starts) in &sum.starts {
            let signed = starts.map(|s| s * sign);
            let open = &frame.slots[*slot].open;
            base += dot(Ends::of(frame, open).low, signed);
            terms.extend(signed.into_iter().enumerate().filter(|(_, v)| *v != 0.0).map(|(m, v)| (slot * 3 + m, v)));
        }
        for (region, weights) in &sum.lost {
            for q in 0..self.quarters {
                let months = weights.iter().skip(q * 3).take(3).map(|w| w * sign);
                let most = months.fold(f64::NEG_INFINITY, f64::max);
                for (index, share) in self.shares.iter().enumerate().filter(|_| most != 0.0) {
                    // Where a loss hurts it counts for what it takes at least, where it eases a row in full.
                    let most = if most < 0.0 { most * share } else { most };
                    terms.push((self.lost(*region, q, index), most));
                }
            }
        }
        (terms, base)
    }

    /// The column of what a region loses in a quarter for want of a Support role, by its index.
    fn lost(&self, region: usize, quarter: usize, support: usize) -> usize {
        self.slots * 3 + (region * self.quarters + quarter) * self.shares.len() + support
    }

    /// The lines that say what is lost at least.
    fn losses(&mut self, frame: &Frame, problem: &Problem) {
        let places = (0..frame.there.len()).flat_map(|r| (0..self.quarters).map(move |q| (r, q)));
        let places: Vec<_> = places.flat_map(|(r, q)| (0..frame.supports.len()).map(move |s| (r, q, s))).collect();
        let this = &*self;
        let lines = places.par_iter().flat_map_iter(|(r, q, s)| {
            let column = this.lost(*r, *q, *s);
            let sums = support_loss::least(frame, problem, *r, *q, &frame.supports[*s]);
            sums.into_iter().map(move |sum| {
                let (terms, base) = this.above(frame, &sum, -1.0);
                let mut terms: Vec<_> = terms.into_iter().map(|(c, v)| (c, -v)).collect();
                terms.push((column, -1.0));
                Line { limit: None, terms, most: base + 1e-3 }
            })
        });
        let lines: Vec<Line> = lines.collect();
        self.lazy = lines;
        let phased = frame.slots.par_iter().enumerate().flat_map_iter(|(slot, s)| {
            let lines = phasing(frame, &s.open, (s.open.least, s.open.most));
            lines.into_iter().map(move |mut line| {
                line.terms.iter_mut().for_each(|(column, _)| *column += slot * 3);
                line
            })
        });
        self.phased = phased.collect();
    }

    /// The unit of each column: money in units of the most that a start does at once, so that it counts for about one in
    /// any currency.
    pub(crate) fn units(&self) -> Vec<f64> {
        let is_whole = |column: usize| self.columns[column].whole;
        let goals = self.columns.iter().filter(|column| column.whole).map(|column| column.goal.abs());
        let money = self.lines.iter().filter(|line| line.terms.iter().any(|(column, _)| !is_whole(*column)));
        let terms = money.flat_map(|line| &line.terms).filter(|(column, _)| is_whole(*column));
        let most = goals.chain(terms.map(|(_, value)| value.abs())).fold(1.0, f64::max);
        self.columns.iter().map(|column| if column.whole { 1.0 } else { most }).collect()
    }

    /// Solves the program with the lines of the limits; none where it has no solution. It cannot be stopped: see
    /// [`Relaxation::solved`].
    pub(crate) fn solve(&self) -> Result<Option<Solution>, microlp::Error> {
        let mut program = Program::new(OptimizationDirection::Maximize);
        let largest = |list: &mut dyn Iterator<Item = f64>| list.fold(0.0, |a: f64, b| a.max(b.abs()));
        let unit = self.units();
        let scale = largest(&mut self.columns.iter().zip(&unit).map(|(c, u)| c.goal * u)).max(f64::MIN_POSITIVE);
        let variables: Vec<Variable> = self
            .columns
            .iter()
            .zip(&unit)
            .map(|(column, unit)| program.add_var(column.goal * unit / scale, (0.0, column.most / unit)))
            .collect();
        for line in &self.lines {
            let size = largest(&mut line.terms.iter().map(|(c, v)| v * unit[*c]));
            if size == 0.0 {
                if line.most < -1e-7 {
                    return Ok(None);
                }
                continue;
            }
            let mut terms = LinearExpr::empty();
            for (column, value) in &line.terms {
                if (value * unit[*column] / size).abs() > 1e-9 {
                    terms.add(variables[*column], value * unit[*column] / size);
                }
            }
            program.add_constraint(terms, ComparisonOp::Le, line.most / size);
        }
        Ok(answered(program.solve())?.map(|solution| {
            let value = |(variable, unit): (&Variable, &f64)| solution.var_value(*variable) * unit;
            let values = variables.iter().zip(&unit).map(value).collect();
            Solution { goal: solution.objective() * scale + self.base, values }
        }))
    }

    /// The solution, worked out on a thread of its own, so that the caller can stop it from being waited for.
    pub(crate) fn solved(self: &Arc<Self>) -> Apart<Result<Option<Solution>, microlp::Error>> {
        let this = Arc::clone(self);
        Apart::start(move || this.solve())
    }

    /// The objective that no plan beats, from a goal that none does in floats: rounding to the cent and what floats leave
    /// open allowed for.
    pub(crate) fn bound(&self, goal: f64, problem: &Problem) -> Exact {
        let best = goal + self.rounding + goal.abs() * FLOATS;
        match problem.objective {
            Objective::Capacity => written((best * 100.0).ceil() / 100.0),
            Objective::Shortfall => written(((-best).max(0.0) * 100.0).floor() / 100.0),
            Objective::Cost => written((-best * 100.0).floor() / 100.0),
            // Hires are whole people.
            Objective::Hires => written((-best - 1e-6).ceil()),
        }
    }

    /// The limits that the program has lines for.
    pub(crate) fn limits(&self) -> BTreeSet<Limit> {
        self.lines.iter().filter_map(|line| line.limit).filter(|l| !matches!(l, Limit::Shortfall(..))).collect()
    }

    /// The program with the lines of these limits only.
    pub(crate) fn with_only(&self, limits: &BTreeSet<Limit>) -> Self {
        let mut made = self.clone();
        made.lines.retain(|line| line.limit.is_none_or(|limit| limits.contains(&limit)));
        made
    }

    /// A solution's hires of each slot, rounded to whole people inside its range.
    pub(crate) fn rounded(frame: &Frame, solution: &Solution) -> Vec<u32> {
        let hires = |(index, slot): (usize, &crate::analysis::optimisation::model::coefficients::Slot)| {
            let low: f64 = Ends::of(frame, &slot.open).low.iter().sum();
            let starts: f64 = solution.values.iter().skip(index * 3).take(3).sum();
            nearest(low + starts, (slot.open.least, slot.open.most))
        };
        frame.slots.iter().enumerate().map(hires).collect()
    }

    /// The program with every line that can be added to it but cuts, as an LP file, whole numbers marked.
    pub(crate) fn text(&self) -> String {
        use std::fmt::Write;
        let mut text = String::from("maximize\n obj:");
        for c in self.columns.iter().filter(|c| c.goal != 0.0) {
            let _ = write!(text, "\n {:+} {}", c.goal, c.name);
        }
        let _ = write!(text, "\n {:+} one\nsubject to\n", self.base);
        for (index, line) in self.lines.iter().chain(&self.lazy).chain(&self.phased).enumerate() {
            if line.terms.is_empty() {
                continue;
            }
            let _ = write!(text, " r{index}:");
            for (column, value) in line.terms.iter().filter(|t| t.1 != 0.0) {
                let _ = write!(text, "\n {:+} {}", value, self.columns[*column].name);
            }
            let _ = writeln!(text, "\n <= {}", line.most);
        }
        text.push_str("bounds\n one = 1\n");
        for c in &self.columns {
            if c.most.is_finite() {
                let _ = writeln!(text, " 0 <= {} <= {}", c.name, c.most);
            }
        }
        text.push_str("general\n");
        for c in self.columns.iter().filter(|c| c.whole) {
            let _ = writeln!(text, " {}", c.name);
        }
        text.push_str("end\n");
        text
    }
}

fn answered(
    outcome: Result<microlp::SolveOutcome, microlp::Error>,
) -> Result<Option<microlp::Solution>, microlp::Error> {
    match outcome {
        Ok(outcome) => Ok(outcome.into_solution().ok()),
        Err(microlp::Error::Infeasible) => Ok(None),
        Err(error) => Err(error),
    }
}

impl Line {
    /// What the values leave of the line's end, relative to its size.
    pub(crate) fn room(&self, values: &[f64]) -> f64 {
        let sum: f64 = self.terms.iter().map(|(c, v)| v * values[*c]).sum();
        (self.most - sum) / self.terms.iter().fold(1e-12, |most: f64, (_, v)| most.max(v.abs()))
    }
}

/// The whole number of a range that is nearest.
pub(crate) fn nearest(value: f64, (least, most): (u32, u32)) -> u32 {
    (least..most).find(|n| f64::from(*n) + 0.5 > value).unwrap_or(most)
}

/// A float as a decimal, as it is written; zero where it is no number.
pub(crate) fn written(value: f64) -> Exact {
    format!("{value:.4}").parse().unwrap_or_default()
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The fewest and the most starts of each month of a quarter over an open cell's range.
struct Ends {
    low: [f64; 3],
    high: [f64; 3],
}

impl Ends {
    fn of(frame: &Frame, open: &Open) -> Self {
        let mut ends = Self { low: frame.split(open.least), high: frame.split(open.least) };
        for hires in open.least + 1..=open.most {
            for (month, starts) in frame.split(hires).into_iter().enumerate() {
                ends.low[month] = ends.low[month].min(starts);
                ends.high[month] = ends.high[month].max(starts);
            }
        }
        ends
    }
}

/// The fewest starts of each month over an open cell's range, from which its columns count.
pub(crate) fn lowest(frame: &Frame, open: &Open) -> [f64; 3] {
    Ends::of(frame, open).low
}

/// Lines that the starts by month of whole hires in a range meet: they follow the phasing, give or take a person. The
/// columns are the months, counted from the fewest starts of the open cell's own range.
pub(crate) fn phasing(frame: &Frame, open: &Open, (least, most): (u32, u32)) -> Vec<Line> {
    let low = lowest(frame, open);
    let splits: Vec<[f64; 3]> = (least..=most)
        .map(|hires| {
            let split = frame.split(hires);
            [split[0] - low[0], split[1] - low[1], split[2] - low[2]]
        })
        .collect();
    let shares = frame.shares();
    let mut directions = vec![[1.0, 1.0, 1.0], [-1.0, -1.0, -1.0]];
    for month in 0..3 {
        for other in (0..3).filter(|other| *other != month) {
            let mut direction = [0.0; 3];
            direction[month] = 1.0;
            direction[other] = -1.0;
            directions.push(direction);
        }
        let mut direction = shares.map(|_| -shares[month]);
        direction[month] += 1.0;
        directions.push(direction);
        directions.push(direction.map(|d| -d));
        for sign in [1.0, -1.0] {
            let mut direction = [0.0; 3];
            direction[month] = sign;
            directions.push(direction);
        }
    }
    let line = |direction: [f64; 3]| {
        let most = splits.iter().map(|split| dot(*split, direction)).fold(f64::NEG_INFINITY, f64::max);
        let terms = direction.into_iter().enumerate().filter(|(_, value)| *value != 0.0).collect();
        Line { limit: None, terms, most: most + 1e-9 }
    };
    directions.into_iter().map(line).collect()
}
