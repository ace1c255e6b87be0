//! Sensitivity: each lever and assumption varied down and up, alone, and the change of one figure, largest first.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::{AnalysisError, Driver, FigureRef, Progress};
use crate::edit::{apply_all, document};
use crate::engine::{Outcome, Unit};
use crate::units::Exact;

/// The figure with a driver varied to one side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Side {
    /// The value that was used: of the field, or the factor or amount by which several are varied
    /// ([`Driver::states_values`]).
    pub value: Exact,
    /// Whether the swing went beyond what a field can hold, so that less was used.
    pub clamped: bool,
    /// The figure; `None` if the model gives it no value, such as a payback that is not within the plan.
    pub figure: Option<Exact>,
    /// The figure less that of the plan; `None` if either has no value.
    pub change: Option<Exact>,
}

/// A driver and its effect on the figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The driver.
    pub driver: Driver,
    /// The value in the plan; `None` if the sides state factors or amounts.
    pub now: Option<Exact>,
    /// Varied down.
    pub low: Side,
    /// Varied up.
    pub high: Side,
    /// From the smallest to the largest of the three figures; `None` if only some of them
    /// have a value.
    pub swing: Option<Exact>,
}

/// A tornado: the largest swing first, ties by name. Bars without a number for their swing come before all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sensitivity {
    /// The unit of the figure.
    pub unit: Unit,
    /// The figure of the plan; `None` if the model gives it no value.
    pub figure: Option<Exact>,
    /// One bar for each driver.
    pub bars: Vec<Bar>,
}

/// Varies each driver of a list, such as [`super::drivers`], down and up, and evaluates the plan each time.
///
/// # Errors
/// When a driver names a field that the plan does not state, a varied plan cannot be evaluated, the figure has no
/// value whichever driver is varied, or the caller asked to stop.
pub fn sensitivity(
    base: &Outcome,
    figure_ref: &FigureRef,
    drivers: &[Driver],
    progress: &Progress,
) -> Result<Sensitivity, AnalysisError> {
    let plan = base.plan();
    let json = document(plan)?;
    progress.expect(drivers.len() * 2);
    let figure = figure_ref.figure(base);
    let side = |driver: &Driver, up: bool| -> Result<Side, AnalysisError> {
        progress.check_cancelled()?;
        let turned = driver.end(plan, &json, up)?;
        let there = if turned.edits.is_empty() {
            figure
        } else {
            let changed = Arc::new(apply_all(plan, &turned.edits)?);
            let what = || format!("{} varied {}", driver.name, if up { "up" } else { "down" });
            let outcome = base.after(changed).map_err(|error| AnalysisError::Evaluate { what: what(), error })?;
            figure_ref.figure(&outcome)
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
            let now = stated.and_then(|path| crate::edit::at(&json, &path.to_string())).and_then(super::driver::number);
            Ok(Bar { driver: driver.clone(), now, swing: swing([figure, low.figure, high.figure]), low, high })
        })
        .collect();
    let mut bars = bars?;
    if figure.is_none() && bars.iter().all(|b| b.low.figure.is_none() && b.high.figure.is_none()) {
        return Err(AnalysisError::NoFigure(figure_ref.describe(base)));
    }
    bars.sort_by(order);
    Ok(Sensitivity { unit: figure_ref.measure().unit(), figure, bars })
}

/// From the smallest to the largest; 0 if none has a value.
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
