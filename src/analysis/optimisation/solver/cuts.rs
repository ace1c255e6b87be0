//! Cuts: rows that every plan in whole people meets and the relaxation does not, made by mixed-integer rounding of one
//! row at a time (Marchand and Wolsey, Operations Research 49, 2001). They bring the bound nearer to the best plan:
//! starts are whole people, so that seats that backfills leave half free take nobody.

#![allow(
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "it proposes, the engine judges; every list is as long as the slots, rows, roles or months it is indexed by"
)]

use super::relaxation::Line;

/// How far from whole a right side has to be for a cut to be sound in floats.
const SAFE: f64 = 0.005;
/// By how much a cut has to be broken to be worth a row, relative to its size.
const WORTH: f64 = 1e-3;
/// Scales tried for a row.
const SCALES: usize = 8;

/// The cut of this row that the values break most; none where they break none.
pub(crate) fn cut(line: &Line, whole: &[bool], ends: &[f64], values: &[f64]) -> Option<Line> {
    // A column near its upper end is counted from there.
    let flipped = |column: usize| whole[column] && values[column] > ends[column] / 2.0;
    let most = line.terms.iter().filter(|(c, _)| flipped(*c)).fold(line.most, |most, (c, v)| most - v * ends[*c]);
    let mut scales: Vec<f64> = line
        .terms
        .iter()
        .filter(|(c, v)| whole[*c] && v.abs() > 1e-9 && values[*c] > 1e-6 && values[*c] < ends[*c] - 1e-6)
        .map(|(_, v)| v.abs())
        .collect();
    scales.sort_by(f64::total_cmp);
    scales.dedup_by(|a, b| (*a - *b).abs() <= 1e-6 * b.abs());
    let step = scales.len().div_ceil(SCALES).max(1);
    let tries = scales.iter().rev().step_by(step).flat_map(|scale| [*scale, scale / 2.0]);
    let cuts = tries.filter_map(|scale| rounded(line, (whole, ends), most, scale, &flipped));
    let broken = |cut: &Line| {
        let size = cut.terms.iter().map(|(_, v)| v * v).sum::<f64>().sqrt();
        let sum: f64 = cut.terms.iter().map(|(c, v)| v * values[*c]).sum();
        (sum - cut.most) / size.max(1e-12)
    };
    let worth = cuts.map(|cut| (broken(&cut), cut)).filter(|(by, _)| *by > WORTH);
    worth.max_by(|(a, _), (b, _)| a.total_cmp(b)).map(|(_, cut)| cut)
}

/// The row divided by a scale and rounded.
fn rounded(
    line: &Line,
    (whole, ends): (&[bool], &[f64]),
    most: f64,
    scale: f64,
    flipped: &dyn Fn(usize) -> bool,
) -> Option<Line> {
    let side = most / scale;
    let rest = side - side.floor();
    if !(SAFE..=1.0 - SAFE).contains(&rest) || side.abs() > 1e6 {
        return None;
    }
    let mut cut = Line { limit: None, terms: Vec::with_capacity(line.terms.len()), most: side.floor() + 1e-9 };
    for (column, value) in &line.terms {
        let value = value / scale;
        if !whole[*column] {
            // Of what is not whole only what eases the row counts.
            if value < 0.0 {
                cut.terms.push((*column, value / (1.0 - rest)));
            }
            continue;
        }
        let flip = flipped(*column);
        let signed = if flip { -value } else { value };
        let floor = signed.floor();
        let kept = floor + (signed - floor - rest).max(0.0) / (1.0 - rest);
        if kept != 0.0 {
            if flip {
                cut.most -= kept * ends[*column];
                cut.terms.push((*column, -kept));
            } else {
                cut.terms.push((*column, kept));
            }
        }
    }
    Some(cut)
}
