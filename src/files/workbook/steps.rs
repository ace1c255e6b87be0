//! The values of the workbook's own steps, which the engine does not report: shares, ramps by tenure, kernels, and the
//! cohorts of the baseline. In floats, as a spreadsheet has them; they are stored beside the formulas and used for
//! nothing else.

use super::layout::Layout;
use crate::plan::{AttritionBasis, Plan, Role};
use crate::units::Ratio;

/// Rates of a cell in the first year and later: annual, monthly, and the share that stays over a month.
pub(super) type Rates = [f64; 6];

/// An entry of the baseline, month by month.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// The line of its cell, none for an empty one.
    pub(super) line: Option<usize>,
    /// At work, leaving, productivity, ramped, paid, and the share that stays.
    pub(super) months: [Vec<f64>; 6],
}

pub(super) struct StepValues {
    pub(super) season: Vec<f64>,
    pub(super) share: Vec<f64>,
    pub(super) rises: Vec<f64>,
    pub(super) pay: Vec<f64>,
    pub(super) payout: f64,
    pub(super) launch: f64,
    /// p(k) and payout(k), by role and tenure.
    pub(super) by_tenure: [Vec<Vec<f64>>; 2],
    pub(super) rates: Vec<Rates>,
    /// Of one head that starts: at work, leaving, ramped, paid, by cell and tenure.
    pub(super) kernels: [Vec<Vec<f64>>; 4],
    pub(super) entries: Vec<Entry>,
    /// Baseline by cell: at work, leaving, ramped, paid.
    pub(super) baseline: [Vec<Vec<f64>>; 4],
}

/// The number at a place of a list, 0 beyond its end.
pub(super) fn at(list: &[f64], place: usize) -> f64 {
    list.get(place).copied().unwrap_or(0.0)
}

/// A number out of lines of numbers, 0 beyond their ends.
pub(super) fn among(lines: &[Vec<f64>], line: usize, place: usize) -> f64 {
    lines.get(line).map_or(0.0, |list| at(list, place))
}

/// A count as a float.
pub(super) fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// To so many places, as a spreadsheet's ROUND.
pub(super) fn rounded(number: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places);
    (number * scale).round() / scale
}

/// To 14 significant digits.
pub(super) fn digits(number: f64) -> f64 {
    if number == 0.0 {
        return 0.0;
    }
    let whole = number.abs().log10().floor();
    let scale = 10_f64.powf(13.0 - whole);
    (number * scale).round() / scale
}

/// The same, with a tie to the even digit.
fn digits_even(number: f64) -> f64 {
    if number == 0.0 {
        return 0.0;
    }
    let scale = 10_f64.powf(13.0 - number.abs().log10().floor());
    let whole = number * scale;
    let tie = (whole - whole.floor() - 0.5).abs() < 0.03;
    (if tie { 2.0 * (whole / 2.0).round() } else { whole.round() }) / scale
}

fn share_of(weights: &[Ratio], place: usize) -> f64 {
    crate::plan::share_of(weights, place).map_or(0.0, |share| share.exact().to_f64())
}

impl StepValues {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let (plan, months) = (layout.plan, layout.months);
        let a = &plan.assumptions;
        let all = 0..months;
        let attainment = a.attainment.exact().to_f64() * plan.levers.attainment_factor.exact().to_f64();
        let accelerator = a.accelerator.exact().to_f64();
        let payout = if attainment > 1.0 { 1.0 + (attainment - 1.0) * accelerator } else { attainment };
        let rises = |t: &usize| (1..=*t).filter(|m| plan.calendar.month(*m).of_year() == a.merit.month).count();
        let rises: Vec<f64> = all.clone().map(|t| float(rises(&t))).collect();
        let pay = |j: &f64| plan.levers.pay_factor.exact().to_f64() * (1.0 + a.merit.rate.exact().to_f64()).powf(*j);
        let pay = rises.iter().map(pay).collect();
        let sells: Vec<Vec<f64>> =
            plan.roles.iter().map(|role| all.clone().map(|k| sells(plan, role, k)).collect()).collect();
        let paid = |role: &Role, k: usize| {
            let earned = self::sells(plan, role, k) * payout;
            let ramping = k < slip(plan).saturating_add(role.ramp.len());
            if ramping { earned.max(role.ramp_guarantee.exact().to_f64()) } else { earned }
        };
        let payouts = plan.roles.iter().map(|role| all.clone().map(|k| paid(role, k)).collect()).collect();
        let rates: Vec<Rates> = (0..layout.cells()).map(|line| rates(layout, line)).collect();
        let by_tenure = [sells, payouts];
        let kernels = kernels(layout, &rates, &by_tenure);
        let entries: Vec<Entry> = (0..layout.entries).map(|e| entry(layout, e, &rates, paid)).collect();
        let baseline = std::array::from_fn(|what| {
            // Productivity of an entry is a step on the way, not a sum of heads.
            let what = [0, 1, 3, 4].get(what).copied().unwrap_or(0);
            let sum = |line: usize, t: usize| {
                let here = entries.iter().filter(|e| e.line == Some(line));
                here.map(|e| e.months.get(what).map_or(0.0, |list| at(list, t))).sum()
            };
            (0..layout.cells()).map(|line| all.clone().map(|t| sum(line, t)).collect()).collect()
        });
        Self {
            season: all.clone().map(|t| share_of(&a.seasonality, t / 3 % 4)).collect(),
            share: all.map(|t| share_of(&a.month_linearity, t % 3)).collect(),
            rises,
            pay,
            payout,
            launch: f64::from(plan.calendar.first_month.until(plan.partner_programme.launch)),
            by_tenure,
            rates,
            kernels,
            entries,
            baseline,
        }
    }
}

fn slip(plan: &Plan) -> usize {
    usize::try_from(plan.levers.ramp_slip).unwrap_or(usize::MAX)
}

/// p(k): productivity at a tenure, with the lever.
fn sells(plan: &Plan, role: &Role, tenure: usize) -> f64 {
    role.ramp.get(tenure.saturating_sub(slip(plan))).map_or(1.0, |share| share.exact().to_f64())
}

fn rates(layout: &Layout<'_>, line: usize) -> Rates {
    let (r, k) = layout.cell(line);
    let (Some(region), Some(role)) = (layout.region(r), layout.role(k)) else { return Rates::default() };
    let factors = region.attrition_factor.exact().to_f64() * layout.plan.levers.attrition_factor.exact().to_f64();
    let annual = |rate: Ratio| (rate.exact().to_f64() * factors).min(1.0);
    let monthly = |annual: f64| match layout.plan.assumptions.attrition_basis {
        AttritionBasis::Simple => digits(annual / 12.0),
        AttritionBasis::Compound => rounded(1.0 - (1.0 - annual).powf(1.0 / 12.0), 12),
    };
    let (early, later) = (annual(role.attrition.first_year), annual(role.attrition.later));
    let (leave_early, leave_later) = (monthly(early), monthly(later));
    [early, later, leave_early, leave_later, rounded(1.0 - leave_early, 14), rounded(1.0 - leave_later, 14)]
}

/// The monthly rate at a tenure.
fn leaves(rates: Rates, tenure: usize) -> f64 {
    let [_, _, early, later, ..] = rates;
    if tenure < 12 { early } else { later }
}

/// The share that stays over a month at a tenure.
fn stays(rates: Rates, tenure: usize) -> f64 {
    let [.., early, later] = rates;
    if tenure < 12 { early } else { later }
}

fn kernels(layout: &Layout<'_>, rates: &[Rates], [sells, paid]: &[Vec<Vec<f64>>; 2]) -> [Vec<Vec<f64>>; 4] {
    let mut all: [Vec<Vec<f64>>; 4] = Default::default();
    for (line, rates) in rates.iter().enumerate() {
        let (_, role) = layout.cell(line);
        let mut here: [Vec<f64>; 4] = Default::default();
        let mut left = 1.0;
        for k in 0..layout.months {
            let leave = left * leaves(*rates, k);
            let values = [left, leave, left * among(sells, role, k), left * among(paid, role, k)];
            for (list, value) in here.iter_mut().zip(values) {
                list.push(value);
            }
            left = rounded(left * stays(*rates, k), 14);
        }
        for (list, kernel) in all.iter_mut().zip(here) {
            list.push(kernel);
        }
    }
    all
}

fn entry(layout: &Layout<'_>, index: usize, rates: &[Rates], paid: impl Fn(&Role, usize) -> f64) -> Entry {
    let found = layout.plan.baseline.get(index).and_then(|b| {
        let place = (layout.plan.region_index(b.region.as_str())?, layout.plan.role_index(b.role.as_str())?);
        (b.heads > 0).then_some((b, place))
    });
    let Some((b, (r, k))) = found else {
        return Entry { line: None, months: std::array::from_fn(|_| vec![0.0; layout.months]) };
    };
    let line = layout.line(r, k);
    let mut months: [Vec<f64>; 6] = Default::default();
    let mut heads = f64::from(b.heads);
    for t in 0..layout.months {
        let tenure = usize::try_from(b.tenure).unwrap_or(usize::MAX).saturating_add(t);
        let leave = heads * rates.get(line).map_or(0.0, |rates| leaves(*rates, tenure));
        let (sells, paid) =
            layout.role(k).map_or((0.0, 0.0), |role| (sells(layout.plan, role, tenure), paid(role, tenure)));
        let stay = rates.get(line).map_or(0.0, |rates| stays(*rates, tenure));
        let values = [heads, leave, sells, heads * sells, heads * paid, stay];
        for (list, value) in months.iter_mut().zip(values) {
            list.push(value);
        }
        heads = digits_even(heads * stay);
    }
    Entry { line: Some(line), months }
}
