//! Each lever and assumption turned down and up, alone: what that does to one figure, largest first.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::{AnalysisError, Driver, Progress, Wanted};
use crate::edit::{apply_all, document};
use crate::engine::{Outcome, Unit};
use crate::units::Exact;

/// What the figure is with a driver turned to one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// The value that was used: of the field, or the factor or amount by which several are turned
    /// ([`Driver::states_values`]).
    pub value: Exact,
    /// Whether the range reached past what a field can hold, so that less was used.
    pub clamped: bool,
    /// The figure; `None` where it is none by the model, such as a payback that is not within the plan.
    pub figure: Option<Exact>,
    /// The figure less that of the plan; `None` where either is none.
    pub change: Option<Exact>,
}

/// A driver and what it does to the figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What is turned.
    pub driver: Driver,
    /// The value in the plan, where the sides state values.
    pub now: Option<Exact>,
    /// Turned down.
    pub low: Side,
    /// Turned up.
    pub high: Side,
    /// From the smallest to the largest of the three figures; `None` where some of them are none and others are not,
    /// which is more than a number can say.
    pub swing: Option<Exact>,
}

/// A tornado: the largest swing first, ties by name. Bars without a number for their swing come before all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitivity {
    /// The unit of the figure.
    pub unit: Unit,
    /// The figure of the plan as it is; `None` where it is none by the model.
    pub figure: Option<Exact>,
    /// One bar a driver.
    pub bars: Vec<Bar>,
}

/// Turns each driver of a list, such as [`super::drivers`], down and up, and evaluates the plan each time.
///
/// # Errors
/// When a driver names a field that the plan does not state, a turned plan cannot be evaluated, the figure is none
/// whatever is turned, or the caller asked to stop.
pub fn sensitivity(
    base: &Outcome,
    wanted: &Wanted,
    drivers: &[Driver],
    progress: &Progress,
) -> Result<Sensitivity, AnalysisError> {
    let plan = base.plan();
    let json = document(plan)?;
    progress.expect(drivers.len() * 2);
    let figure = wanted.figure(base);
    let side = |driver: &Driver, up: bool| {
        if progress.is_cancelled() {
            return Err(AnalysisError::Cancelled);
        }
        let turned = driver.turned(plan, &json, up)?;
        let there = if turned.edits.is_empty() {
            figure
        } else {
            let changed = Arc::new(apply_all(plan, &turned.edits)?);
            let what = || format!("{} turned {}", driver.name, if up { "up" } else { "down" });
            let outcome = base.after(changed).map_err(|error| AnalysisError::Evaluate { what: what(), error })?;
            wanted.figure(&outcome)
        };
        progress.step();
        let change = figure.zip(there).map(|(now, there)| there - now);
        Ok(Side { value: turned.value, clamped: turned.clamped, figure: there, change })
    };
    let bars: Result<Vec<Bar>, AnalysisError> = drivers
        .par_iter()
        .map(|driver| {
            let (low, high) = rayon::join(|| side(driver, false), || side(driver, true));
            let (low, high) = (low?, high?);
            let stated = driver.paths.first().filter(|_| driver.states_values());
            let now = stated.and_then(|path| crate::edit::at(&json, path)).and_then(super::driver::number);
            Ok(Bar { driver: driver.clone(), now, swing: swing([figure, low.figure, high.figure]), low, high })
        })
        .collect();
    let mut bars = bars?;
    if figure.is_none() && bars.iter().all(|b| b.low.figure.is_none() && b.high.figure.is_none()) {
        return Err(AnalysisError::NoFigure(wanted.words(base)));
    }
    bars.sort_by(order);
    Ok(Sensitivity { unit: wanted.measure().unit(), figure, bars })
}

/// From the smallest to the largest; nothing where all are none.
fn swing(figures: [Option<Exact>; 3]) -> Option<Exact> {
    let known: Vec<Exact> = figures.into_iter().flatten().collect();
    let (least, most) = (known.iter().min(), known.iter().max());
    match (least, most, known.len()) {
        (Some(least), Some(most), 3) => Some(*most - *least),
        (_, _, 0) => Some(Exact::ZERO),
        _ => None,
    }
}

fn order(one: &Bar, other: &Bar) -> Ordering {
    let size = match (one.swing, other.swing) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Greater,
        (Some(one), Some(other)) => other.cmp(&one),
    };
    size.then_with(|| one.driver.name.cmp(&other.driver.name))
}
