//! Goal seek: the value of one input at which a figure reaches a target, found with the engine on exact decimals.
//!
//! The range is scanned first, so that an input whose effect goes up and down is seen as it is, then each place where
//! the figure passes the goal is narrowed down to neighbouring values. What a scan does not see is a figure that passes
//! the goal and comes back between two neighbouring points of it.

use std::sync::Arc;

use rayon::prelude::*;

use super::driver::{later_values, number, written};
use super::{AnalysisError, FigureRef, Progress};
use crate::edit;
use crate::engine::{EvaluateError, Measure, Outcome, Unit};
use crate::plan::{Field, Holds, PlanEdit};
use crate::units::Exact;

/// Steps of the scan; a whole-number range that is no longer is looked at value by value.
const STEPS: i64 = 24;
/// Decimals of an answer: cents for amounts, and for everything else enough to meet a goal to the cent.
const MONEY_PLACES: u32 = 2;
const PLACES: u32 = 12;

/// The goal: an input, a figure and its target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeekGoal {
    /// The input, by its path, such as `assumptions.attainment`.
    pub path: String,
    /// The figure.
    pub figure: FigureRef,
    /// The target of the figure.
    pub target: Exact,
    /// How far from the target a figure may be; [`SeekGoal::tolerance`] has the default.
    pub tolerance: Exact,
    /// The smallest value to try; `None` for the default: 0, or the smallest that the field can hold.
    pub from: Option<Exact>,
    /// The largest value to try; `None` for the default: four times the present value, at least 1, at least 12 for months
    /// and 20 for counts, and at most what the field can hold.
    pub to: Option<Exact>,
}

impl SeekGoal {
    /// The default tolerance of a unit: one unit of the currency, half of the last digit that is written of a ratio or
    /// of heads, nothing for counts.
    #[must_use]
    pub fn tolerance(unit: Unit) -> Exact {
        match unit {
            Unit::Money => Exact::ONE,
            Unit::Heads | Unit::Ratio => Exact::from(5_u32) / Exact::from(10_000_000_u32),
            Unit::Count => Exact::ZERO,
        }
    }
}

/// A value of the input and the figure it gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeekValue {
    /// The value.
    pub value: Exact,
    /// The figure with it.
    pub figure: Exact,
    /// The edits that set it in the plan; what the field is from later months on changes by the same amount.
    pub edits: Vec<PlanEdit>,
    /// Whether a value of a later month had to stay inside the field's range.
    pub clamped: bool,
    /// The last of the tried values that all reach the target from `value` on; `None` if there is only this one.
    pub until: Option<Exact>,
}

/// Two neighbouring values between which the figure passes the target without reaching it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeekJump {
    /// The lower value.
    pub below: SeekValue,
    /// The next value that the input can have.
    pub above: SeekValue,
}

/// The result of a goal seek.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeekResult {
    /// Values that reach the target within the tolerance, in ascending order; empty if no tried value does.
    pub values: Vec<SeekValue>,
    /// The places where the figure jumps over the target.
    pub jumps: Vec<SeekJump>,
    /// The tried value whose figure is nearest to the target; `None` if no value gives a figure.
    pub nearest: Option<SeekValue>,
    /// The smallest and the largest figure of the tried values; `None` if no value gives a figure.
    pub reach: Option<(Exact, Exact)>,
    /// The range that was searched.
    pub range: (Exact, Exact),
    /// The value in the plan.
    pub now: Exact,
}

/// Finds values of one input at which the figure reaches its target.
///
/// # Errors
/// When the input is not a number that the plan states, no value of the range gives a plan that can be evaluated, or the
/// caller asked to stop.
pub fn seek(base: &Outcome, goal: &SeekGoal, progress: &Progress) -> Result<SeekResult, AnalysisError> {
    let search = GoalSearch::new(base, goal, progress)?;
    let points = search.scan()?;
    let mut result = SeekResult {
        values: Vec::new(),
        jumps: Vec::new(),
        nearest: None,
        reach: None,
        range: (search.value(search.low), search.value(search.high)),
        now: search.now,
    };
    let mut tried = points.clone();
    for pair in points.windows(2) {
        let [one, other] = pair else { continue };
        if !one.hits(goal) && !other.hits(goal) && search.passes(one, other) {
            let (below, above) = search.narrow(*one, *other, &mut tried)?;
            result.jumps.extend(search.jump(&below, &above));
        }
    }
    tried.sort_by_key(|p| p.at);
    tried.dedup_by_key(|p| p.at);
    for run in tried.chunk_by(|a, b| a.hits(goal) && b.hits(goal)) {
        if let Some(first) = run.first().filter(|p| p.hits(goal)) {
            let only = if run.len() == 1 { search.shortest(*first)? } else { *first };
            let until = run.last().filter(|_| run.len() > 1).map(|p| search.value(p.at));
            result.values.extend(search.seek_value(&only).map(|value| SeekValue { until, ..value }));
        }
    }
    let figures: Vec<Exact> = tried.iter().filter_map(|p| p.figure).collect();
    result.reach = figures.iter().min().copied().zip(figures.iter().max().copied());
    let known = tried.iter().filter(|p| p.figure.is_some());
    result.nearest = known.min_by_key(|p| p.distance(goal)).and_then(|p| search.seek_value(p));
    Ok(result)
}

/// A tried value, as a count of the input's smallest steps, and its figure.
#[derive(Debug, Clone, Copy)]
struct Point {
    at: i64,
    figure: Option<Exact>,
}

impl Point {
    fn distance(&self, goal: &SeekGoal) -> Option<Exact> {
        self.figure.map(|figure| (figure - goal.target).max(goal.target - figure))
    }

    fn hits(&self, goal: &SeekGoal) -> bool {
        self.distance(goal).is_some_and(|d| d <= goal.tolerance)
    }
}

struct GoalSearch<'a> {
    base: &'a Outcome,
    goal: &'a SeekGoal,
    progress: &'a Progress,
    field: &'static Field,
    now: Exact,
    /// Decimals of the input's smallest step.
    places: u32,
    low: i64,
    high: i64,
}

impl<'a> GoalSearch<'a> {
    fn new(base: &'a Outcome, goal: &'a SeekGoal, progress: &'a Progress) -> Result<Self, AnalysisError> {
        let wrong = |message: &str| AnalysisError::Input { path: goal.path.clone(), message: message.to_owned() };
        let field = Field::of(&goal.path).ok_or_else(|| wrong("no plan has this field"))?;
        if !field.holds.is_number() {
            return Err(wrong("this field holds no number that can be varied"));
        }
        let stated = edit::value(base.plan(), &goal.path).ok_or_else(|| wrong("the plan does not state it"))?;
        let now = number(&stated).ok_or_else(|| wrong("the plan does not state it"))?;
        let (from, to) = range(field, now, goal);
        if from > to {
            return Err(wrong(
                "the range is empty: its start is above its end, or it lies outside the values that the field can hold",
            ));
        }
        let mut search = Self { base, goal, progress, field, now, places: places(field, to), low: 0, high: 0 };
        let ends = search.index(from, true).zip(search.index(to, false)).filter(|(low, high)| low <= high);
        (search.low, search.high) = ends.ok_or_else(|| wrong("there is no value of the field in this range"))?;
        Ok(search)
    }

    /// A value as a count of smallest steps: the first at or above it, or the last at or below it.
    fn index(&self, value: Exact, up: bool) -> Option<i64> {
        let scaled = value * Exact::from(10_u32).power(usize::try_from(self.places).ok()?);
        let whole = scaled.round(0);
        let whole = match up {
            true if whole < scaled => whole + Exact::ONE,
            false if whole > scaled => whole - Exact::ONE,
            _ => whole,
        };
        whole.to_string().parse().ok()
    }

    fn value(&self, at: i64) -> Exact {
        Exact::from(at) / Exact::from(10_u32).power(usize::try_from(self.places).unwrap_or(0))
    }

    /// The edits that set a value, and whether a value of a later month had to stay inside the field's range.
    fn edits(&self, value: Exact) -> (Vec<PlanEdit>, bool) {
        let path = &self.goal.path;
        let first = edit::set(path, &written(self.field, value));
        let (later, clamped) = later_values(self.base.plan(), self.field, path, |stated| stated + (value - self.now));
        (std::iter::once(first).chain(later).collect(), clamped)
    }

    /// The figure with a value; `None` if the model gives it no value. A plan that cannot be evaluated is an error of its
    /// own, which does not end the scan.
    fn figure(&self, at: i64) -> Result<Result<Option<Exact>, EvaluateError>, AnalysisError> {
        self.progress.check_cancelled()?;
        let plan = edit::apply_all(self.base.plan(), &self.edits(self.value(at)).0)?;
        let outcome = self.base.after(Arc::new(plan));
        self.progress.step();
        Ok(outcome.map(|outcome| self.goal.figure.figure(&outcome)))
    }

    fn scan(&self) -> Result<Vec<Point>, AnalysisError> {
        let length = self.high - self.low;
        let mut places: Vec<i64> = if self.field.holds.is_whole() && length <= 8 * STEPS {
            (self.low..=self.high).collect()
        } else {
            // Multiplied first, so that the points are evenly spread; the range is held to what this can take.
            (0..=STEPS).map(|n| self.low + length / STEPS * n + length % STEPS * n / STEPS).collect()
        };
        let here = self.index(self.now, false).filter(|at| (self.low..=self.high).contains(at));
        places.extend(here);
        places.sort_unstable();
        places.dedup();
        self.progress.expect(places.len());
        let tried: Result<Vec<_>, AnalysisError> =
            places.par_iter().map(|at| self.figure(*at).map(|figure| (*at, figure))).collect();
        let tried = tried?;
        if let Some((at, Err(error))) = tried.first().filter(|_| tried.iter().all(|(_, figure)| figure.is_err())) {
            let what = format!("{} = {}", self.goal.path, self.value(*at));
            return Err(AnalysisError::Evaluate { what, error: error.clone() });
        }
        Ok(tried.into_iter().map(|(at, figure)| Point { at, figure: figure.ok().flatten() }).collect())
    }

    /// Whether a point is above the target. A payback that is not within the plan is longer than any that is.
    fn above(&self, point: &Point) -> Option<bool> {
        match point.figure {
            Some(figure) => Some(figure > self.goal.target),
            None => (self.goal.figure.measure() == Measure::PaybackMonths).then_some(true),
        }
    }

    fn passes(&self, one: &Point, other: &Point) -> bool {
        self.above(one).zip(self.above(other)).is_some_and(|(a, b)| a != b)
    }

    /// Narrows a stretch in which the figure passes the goal, until a value gives it or two neighbours are left: by the
    /// straight line between its ends, and by halving where that does not make it less than half as long.
    fn narrow(&self, one: Point, other: Point, tried: &mut Vec<Point>) -> Result<(Point, Point), AnalysisError> {
        let (mut low, mut high) = (one, other);
        let mut halve = false;
        while high.at - low.at > 1 {
            let length = high.at - low.at;
            let at = Some(length / 2).filter(|_| halve).or_else(|| self.by_line(&low, &high)).unwrap_or(length / 2);
            self.progress.expect(1);
            let at = low.at + at.clamp(1, length - 1);
            let middle = Point { at, figure: self.figure(at)?.ok().flatten() };
            tried.push(middle);
            if middle.hits(self.goal) {
                return Ok((middle, middle));
            }
            if self.passes(&low, &middle) {
                high = middle;
            } else {
                low = middle;
            }
            halve = high.at - low.at > length / 2;
        }
        Ok((low, high))
    }

    /// How far from its lower end the straight line between a stretch's ends meets the goal.
    fn by_line(&self, low: &Point, high: &Point) -> Option<i64> {
        let (below, above) = (low.figure?, high.figure?);
        let share = (self.goal.target - below) / (above - below);
        (share * Exact::from(high.at - low.at)).round(0).to_string().parse().ok()
    }

    fn jump(&self, below: &Point, above: &Point) -> Option<SeekJump> {
        let apart = below.at != above.at;
        apart.then(|| Some(SeekJump { below: self.seek_value(below)?, above: self.seek_value(above)? })).flatten()
    }

    fn seek_value(&self, point: &Point) -> Option<SeekValue> {
        let value = self.value(point.at);
        let (edits, clamped) = self.edits(value);
        Some(SeekValue { value, figure: point.figure?, edits, clamped, until: None })
    }

    /// The value near an answer that has few decimals and still gives the goal. The more decimals, the nearer the
    /// figure, so their number is found by halving too.
    fn shortest(&self, found: Point) -> Result<Point, AnalysisError> {
        let value = self.value(found.at);
        let (mut short, mut enough, mut best) = (0, self.places, found);
        while short < enough {
            let decimals = u32::midpoint(short, enough);
            let at = self.index(value.round(decimals), false);
            let point = match at.filter(|at| (self.low..=self.high).contains(at)) {
                Some(at) => Some(Point { at, figure: self.figure(at)?.ok().flatten() }),
                None => None,
            };
            match point.filter(|p| p.hits(self.goal)) {
                Some(point) => (enough, best) = (decimals, point),
                None => short = decimals + 1,
            }
        }
        Ok(best)
    }
}

/// The range to search, inside what the field can hold.
fn range(field: &Field, now: Exact, goal: &SeekGoal) -> (Exact, Exact) {
    let range = field.range;
    let least = range.min().unwrap_or(-now.max(-now) * Exact::from(4_u32));
    let usual = match field.holds {
        Holds::Months => Exact::from(12_u32),
        Holds::Count => Exact::from(20_u32),
        _ => Exact::ONE,
    };
    let most = usual.max(now * Exact::from(4_u32));
    let most = range.max().map_or(most, |limit| most.min(limit));
    let from = goal.from.map_or(least, |from| range.min().map_or(from, |l| from.max(l)));
    let to = goal.to.map_or(most, |to| range.max().map_or(to, |m| to.min(m)));
    (from, to)
}

/// Decimals of the input's smallest step, few enough for its values to be counted.
fn places(field: &Field, most: Exact) -> u32 {
    let wanted = match field.holds {
        _ if field.holds.is_whole() => 0,
        Holds::Money | Holds::Local => MONEY_PLACES,
        _ => PLACES,
    };
    let digits = u32::try_from(most.max(-most).fixed(0).len()).unwrap_or(u32::MAX);
    wanted.min(17_u32.saturating_sub(digits))
}
