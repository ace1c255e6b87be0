//! The values of the workbook's own steps, which the engine does not report: shares of weights, ramps by tenure, what is
//! left of one head, and the entries of the baseline month by month. In floats, as a spreadsheet has them; they are stored
//! beside the formulas and used for nothing else. What the engine has is asked of it.

use super::layout::Layout;
use crate::engine::{Inner, Place, What, pay_levels, rises};
use crate::plan::{Plan, Role};
use crate::units::{Exact, Ratio};

/// Rates of a cell in the first year and later: annual, monthly, and the share that stays over a month.
pub(super) type Rates = [f64; 6];

/// An entry of the baseline, month by month.
#[derive(Debug, Clone, Default)]
pub(super) struct BaselineEntry {
    /// The line of its cell; `None` for an empty one.
    line: Option<usize>,
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
    pub(super) entries: Vec<BaselineEntry>,
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

fn share_of(weights: &[Ratio], place: usize) -> f64 {
    crate::plan::share_of(weights, place).map_or(0.0, |share| share.exact().to_f64())
}

impl StepValues {
    pub(super) fn new(layout: &Layout<'_>) -> Self {
        let (plan, months) = (layout.plan, layout.months);
        let a = &plan.assumptions;
        let all = 0..months;
        // What holds for every region and role is asked of the first.
        let anywhere = |inner: Inner, t: usize| inner_value(layout, inner, 0, 0, t);
        let by_role = |of: &dyn Fn(usize, &Role, usize) -> f64| -> Vec<Vec<f64>> {
            (0..).zip(&plan.roles).map(|(k, role)| all.clone().map(|tenure| of(k, role, tenure)).collect()).collect()
        };
        let sells = by_role(&|_, role, tenure| sells(plan, role, tenure));
        let payouts = by_role(&|k, _, tenure| payout(layout, k, tenure));
        let rates: Vec<Rates> = (0..layout.cells()).map(|line| rates(layout, line)).collect();
        let by_tenure = [sells, payouts];
        let kernels = kernels(layout, &rates, &by_tenure);
        let entries: Vec<BaselineEntry> = (0..layout.entries).map(|e| entry(layout, e, &rates)).collect();
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
            share: all.clone().map(|t| share_of(&a.month_linearity, t % 3)).collect(),
            rises: all.clone().map(|t| float(rises(plan, 0, t))).collect(),
            pay: pay_levels(plan, &[]).into_iter().map(Exact::to_f64).collect(),
            payout: anywhere(Inner::Payout, 0),
            launch: f64::from(plan.calendar.first_month.until(plan.partner_programme.launch)),
            by_tenure,
            rates,
            kernels,
            entries,
            baseline,
        }
    }
}

/// A figure of a cell as the engine has it.
fn inner_value(layout: &Layout<'_>, inner: Inner, r: usize, k: usize, t: usize) -> f64 {
    layout.value(What::Inner(inner), Place::Cell(r, k), t).map_or(0.0, Exact::to_f64)
}

/// payout(k) of a role at a tenure.
fn payout(layout: &Layout<'_>, k: usize, tenure: usize) -> f64 {
    inner_value(layout, Inner::PayoutShare { ramp: 0, tenure: u32::try_from(tenure).unwrap_or(u32::MAX) }, 0, k, 0)
}

/// p(k): productivity at a tenure, with the lever.
fn sells(plan: &Plan, role: &Role, tenure: usize) -> f64 {
    let slip = usize::try_from(plan.levers.ramp_slip).unwrap_or(usize::MAX);
    role.ramp.get(tenure.saturating_sub(slip)).map_or(1.0, |share| share.exact().to_f64())
}

fn rates(layout: &Layout<'_>, line: usize) -> Rates {
    let (r, k) = layout.cell(line);
    let (Some(region), Some(role)) = (layout.region(r), layout.role(k)) else { return Rates::default() };
    let factors = region.attrition_factor.exact() * layout.plan.levers.attrition_factor.exact();
    let annual = |rate: Ratio| (rate.exact() * factors).min(Exact::ONE).to_f64();
    let monthly = |first_year: bool| inner_value(layout, Inner::MonthlyAttrition { first_year }, r, k, 0);
    let (early, later) = (monthly(true), monthly(false));
    [annual(role.attrition.first_year), annual(role.attrition.later), early, later, 1.0 - early, 1.0 - later]
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
            let values = [left, left * leaves(*rates, k), left * among(sells, role, k), left * among(paid, role, k)];
            for (list, value) in here.iter_mut().zip(values) {
                list.push(value);
            }
            left *= stays(*rates, k);
        }
        for (list, kernel) in all.iter_mut().zip(here) {
            list.push(kernel);
        }
    }
    all
}

fn entry(layout: &Layout<'_>, index: usize, rates: &[Rates]) -> BaselineEntry {
    let stated = layout.plan.baseline.get(index).and_then(|b| {
        let place = (layout.plan.region_index(b.region.as_str())?, layout.plan.role_index(b.role.as_str())?);
        (b.heads > 0).then_some((b, place))
    });
    let Some((b, (r, k))) = stated else {
        return BaselineEntry { line: None, months: std::array::from_fn(|_| vec![0.0; layout.months]) };
    };
    let line = layout.line(r, k);
    let rates = rates.get(line).copied().unwrap_or_default();
    let mut months: [Vec<f64>; 6] = Default::default();
    let mut heads = f64::from(b.heads);
    for t in 0..layout.months {
        let tenure = usize::try_from(b.tenure).unwrap_or(usize::MAX).saturating_add(t);
        let sells = layout.role(k).map_or(0.0, |role| sells(layout.plan, role, tenure));
        let (leave, stay, paid) = (leaves(rates, tenure), stays(rates, tenure), payout(layout, k, tenure));
        for (list, value) in months.iter_mut().zip([heads, heads * leave, sells, heads * sells, heads * paid, stay]) {
            list.push(value);
        }
        heads *= stay;
    }
    BaselineEntry { line: Some(line), months }
}
