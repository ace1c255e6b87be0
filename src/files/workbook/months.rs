//! The sheets Months, Without and Payback: each region month by month, the same without growth hires, and when what the
//! expansion adds has paid for itself.

use super::WorkbookError;
use super::capacity::{bare_factor, cell_of, direct, kind_block, lines_of, partner};
use super::cost::{self, Heads};
use super::heads::{cohorts, replaced};
use super::layout::{Back, Block, Layout, back};
use super::lists::cell_label;
use super::looks::NumberFormat;
use super::page::{CellValue, Heading, Label, Page};
use super::steps::{StepValues, float};
use crate::engine::{CostLine, Measure, RegionMonth};
use crate::units::{Exact, Money};

/// Measures of the sheet Months, in the order of its blocks.
const MEASURES: [(Measure, &str, &str); 9] = [
    (Measure::Capacity, "Direct and partner capacity of the region; judgements are added by quarter only", "4"),
    (Measure::PartnerCapacity, "Partner capacity alone, P(t)", "4"),
    (Measure::Revenue, "Σ capacity of earlier months ÷ 12 × renewal_rate to the power of whole years in service", "6"),
    (Measure::PeopleCost, "The nine cost lines of the region's roles", "5"),
    (
        Measure::PartnerIncentives,
        "first_year_incentive × P(t) + renewal_incentive × Σ renewal_rate^j × P(t − 12 j)",
        "5",
    ),
    (Measure::SlaCredits, "expected_credits × revenue", "5"),
    (Measure::ProgrammeCost, "Partner incentives and service credits", "5"),
    (Measure::TotalCost, "People and programme cost", "5"),
    (Measure::Contribution, "Revenue × gross_margin, less total cost", "6"),
];

/// The sum of a range, or nothing where there is none.
fn sum(lines: std::ops::Range<usize>, block: Block, t: usize) -> String {
    if lines.is_empty() { "0".to_owned() } else { format!("SUM({})", block.down(lines, t)) }
}

/// Revenue of a month: what is in service of all earlier bookings.
fn revenue(layout: &Layout<'_>, service: Block, line: usize, t: usize) -> String {
    match t.checked_sub(1) {
        None => "=0".to_owned(),
        Some(last) => format!("=ROUND(ROUND({},8),2)", service.at(line * layout.months + t, last)),
    }
}

/// What partners are paid in a month.
fn incentives(partners: Block, line: usize, t: usize) -> String {
    let renewed: Vec<String> =
        (1..=t / 12).map(|j| format!("renewal_rate^{j}*{}", partners.at(line, t - 12 * j))).collect();
    let renewed = if renewed.is_empty() { "0".to_owned() } else { renewed.join("+") };
    let booked = partners.at(line, t);
    format!("ROUND(ROUND((first_year_incentive*{booked}+renewal_incentive*({renewed})),8),2)")
}

fn region_label(layout: &Layout<'_>, line: usize, measure: &str, unit: &str, key: &str) -> Label {
    let region = layout.region(line);
    Label {
        region: region.map(|r| r.name.clone()).unwrap_or_default(),
        measure: measure.to_owned(),
        unit: unit.to_owned(),
        key: region.map(|r| key.replace("{region}", r.id.as_str())).unwrap_or_default(),
        ..Label::default()
    }
}

fn number(money: Money) -> f64 {
    money.exact().to_f64()
}

/// The sheet Months.
pub(super) fn months(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Months", "Capacity, revenue, cost and contribution of each region, month by month")?;
    page.month_heads(layout)?;
    let unit = layout.plan.currency.to_string();
    for (block, (measure, how, section)) in layout.blocks.months.into_iter().zip(MEASURES) {
        let section = format!("Model section {section}");
        page.heading(block, Heading { title: measure.title(), how, section: &section }, layout.months)?;
        let key = if measure == Measure::PartnerCapacity {
            "partners:{region}".to_owned()
        } else {
            format!("{{region}},,{measure}")
        };
        let label = |line: usize| region_label(layout, line, measure.title(), &unit, &key);
        page.fill(block, layout.months, NumberFormat::Money, label, |line, t| {
            let here = layout.outcome.region(line).map(|r| r.month(t)).unwrap_or_default();
            (month(layout, measure, line, t), month_value(measure, here))
        })?;
    }
    Ok(())
}

fn month(layout: &Layout<'_>, measure: Measure, line: usize, t: usize) -> String {
    let [_, partners, revenues, people, incentive, credits, programme, total, _] = layout.blocks.months;
    let [_, direct, _] = layout.blocks.sellers;
    match measure {
        Measure::PartnerCapacity => {
            format!("={}", sum(lines_of(&layout.partners, line), layout.blocks.partners, t))
        }
        Measure::Capacity => {
            format!("={}+{}", sum(lines_of(&layout.sellers, line), direct, t), partners.at(line, t))
        }
        Measure::Revenue => revenue(layout, layout.blocks.service, line, t),
        Measure::PeopleCost => {
            let each = layout.blocks.cost.map(|block| sum(layout.cells_of(line), block, t));
            format!("={}", each.join("+"))
        }
        Measure::PartnerIncentives => format!("={}", incentives(partners, line, t)),
        Measure::SlaCredits => format!("=ROUND(ROUND(expected_credits*{},8),2)", revenues.at(line, t)),
        Measure::ProgrammeCost => format!("={}+{}", incentive.at(line, t), credits.at(line, t)),
        Measure::TotalCost => format!("={}+{}", people.at(line, t), programme.at(line, t)),
        _ => format!("=ROUND(ROUND({}*gross_margin,8),2)-{}", revenues.at(line, t), total.at(line, t)),
    }
}

fn month_value(measure: Measure, month: RegionMonth) -> f64 {
    let amount = if measure == Measure::PartnerCapacity { Some(month.partner_capacity) } else { month.figure(measure) };
    amount.map_or(0.0, number)
}

/// The sheet Without: heads, capacity, cost and contribution had nobody been hired to grow.
pub(super) fn without(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    page.title("Without", "The same plan with every growth hire taken out: what the expansion adds is the difference")?;
    page.month_heads(layout)?;
    bare_cells(page, layout, steps)?;
    let [_, active, _, ramped, ..] = layout.blocks.bare_cells;
    let unit = layout.plan.currency.to_string();
    let sold = |exact: Exact| exact.to_f64();
    let kind = &layout.sellers;
    let section = "Model section 4, without growth hires";
    let heading = |title| Heading { title, how: "As on the sheet Capacity", section };
    let (factors, block) = (layout.blocks.bare_factor, layout.blocks.bare_direct);
    let about = ["Support factor", "share", "without:{region},{role},support_factor"];
    kind_block(page, layout, (factors, kind), heading("Support factor"), (about, NumberFormat::Share), |line, t| {
        let month = layout.bare_month(cell_of(layout, kind, line), t);
        (bare_factor(layout, [active, ramped], line, t), sold(month.support_factor))
    })?;
    let about = ["Direct capacity", &unit, "without:{region},{role},direct_capacity"];
    kind_block(page, layout, (block, kind), heading("Direct capacity"), (about, NumberFormat::Money), |line, t| {
        let month = layout.bare_month(cell_of(layout, kind, line), t);
        (direct(layout, ramped, factors, line, t), number(month.capacity))
    })?;
    let (block, kind) = (layout.blocks.bare_partners, &layout.partners);
    let about = ["Partner capacity", &unit, "without:{region},{role},partner_capacity"];
    kind_block(page, layout, (block, kind), heading("Partner capacity"), (about, NumberFormat::Money), |line, t| {
        let month = layout.bare_month(cell_of(layout, kind, line), t);
        (partner(layout, ramped, line, t), number(month.capacity))
    })?;
    bare_months(page, layout)
}

fn bare_cells(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    let [starts, active, leavers, _, paid, _] = layout.blocks.bare_cells;
    let unit = layout.plan.currency.to_string();
    let cohort = "As on the sheet Heads, with the backfills as the only starts";
    let about = [
        ("Backfill starts", "backfills", "As on the sheet Starts"),
        ("Active heads", "active", cohort),
        ("Leavers", "leavers", cohort),
        ("Ramped heads", "ramped", cohort),
        ("Paid heads", "paid", cohort),
        ("People cost", "people_cost", "The nine lines, as on the sheet Cost, each rounded to the cent"),
    ];
    let heads = Heads { active, paid, starts, leavers, steps: layout.blocks.bare_steps };
    cost::write_steps(page, layout, steps, &heads, |cell, t| layout.bare_month(cell, t))?;
    for (what, (block, (title, name, how))) in layout.blocks.bare_cells.into_iter().zip(about).enumerate() {
        let section = "Model sections 3, 5 and 6, without growth hires";
        page.heading(block, Heading { title, how, section }, layout.months)?;
        let key = format!("without:{{region}},{{role}},{name}");
        let unit = if what == 5 { &unit } else { "heads" };
        let label = |line: usize| cell_label(layout, line, title, unit, &key);
        let shown = if what == 5 { NumberFormat::Money } else { NumberFormat::Heads };
        page.fill(block, layout.months, shown, label, |line, t| {
            let month = layout.bare_month(line, t);
            match what {
                0 => (replaced(layout, leavers, line, t), month.backfills.exact().to_f64()),
                1 => (cohorts(layout, 0, starts, line, t), month.active.exact().to_f64()),
                2 => (cohorts(layout, 1, starts, line, t), month.leavers.exact().to_f64()),
                3 => (cohorts(layout, 2, starts, line, t), month.ramped.exact().to_f64()),
                4 => (cohorts(layout, 3, starts, line, t), month.paid.exact().to_f64()),
                _ => {
                    let lines = CostLine::ALL.map(|cost| cost::amount(layout, cost, &heads, line, t));
                    (format!("={}", lines.join("+")), number(month.people_cost()))
                }
            }
        })?;
    }
    Ok(())
}

fn bare_months(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    let [_, partners, revenues, total, _] = layout.blocks.bare_months;
    let [.., people] = layout.blocks.bare_cells;
    let unit = layout.plan.currency.to_string();
    let measures =
        [Measure::Capacity, Measure::PartnerCapacity, Measure::Revenue, Measure::TotalCost, Measure::Contribution];
    for (block, measure) in layout.blocks.bare_months.into_iter().zip(measures) {
        let (how, section) = ("As on the sheet Months", "Model sections 4 to 6, without growth hires");
        page.heading(block, Heading { title: measure.title(), how, section }, layout.months)?;
        let key = format!("without:{{region}},,{measure}");
        let label = |line: usize| region_label(layout, line, measure.title(), &unit, &key);
        page.fill(block, layout.months, NumberFormat::Money, label, |line, t| {
            let formula = match measure {
                Measure::Capacity => {
                    let direct = sum(lines_of(&layout.sellers, line), layout.blocks.bare_direct, t);
                    format!("={direct}+{}", partners.at(line, t))
                }
                Measure::PartnerCapacity => {
                    format!("={}", sum(lines_of(&layout.partners, line), layout.blocks.bare_partners, t))
                }
                Measure::Revenue => revenue(layout, layout.blocks.bare_service, line, t),
                Measure::TotalCost => {
                    let credits = format!("ROUND(ROUND(expected_credits*{},8),2)", revenues.at(line, t));
                    let people = sum(layout.cells_of(line), people, t);
                    format!("={people}+{}+{credits}", incentives(partners, line, t))
                }
                _ => format!("=ROUND(ROUND({}*gross_margin,8),2)-{}", revenues.at(line, t), total.at(line, t)),
            };
            let here = layout.outcome.region_without_growth(line).map(|r| r.month(t)).unwrap_or_default();
            (formula, month_value(measure, here))
        })?;
    }
    Ok(())
}

/// The sheet Payback.
pub(super) fn payback(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Payback", "What the expansion adds, month by month, and when that has paid for itself")?;
    page.month_heads(layout)?;
    let block = layout.blocks.payback;
    let how = "Payback: from the first month with a growth start to the first whose added contribution, summed from the \
        first month of the plan, is no longer negative after having been so";
    let heading = Heading { title: "What the expansion adds", how, section: "Model section 6" };
    page.heading(block, heading, layout.months)?;
    let lines = [
        (Back::Growth, "Growth starts", "heads", NumberFormat::Heads),
        (Back::Begun, "Growth has begun (1: yes)", "", NumberFormat::Name),
        (Back::Capacity, "Added capacity", "", NumberFormat::Money),
        (Back::Cost, "Added cost", "", NumberFormat::Money),
        (Back::Contribution, "Added contribution", "", NumberFormat::Money),
        (Back::Sum, "Added contribution so far", "", NumberFormat::Money),
        (Back::Negative, "Has been negative (1: yes)", "", NumberFormat::Name),
        (Back::Repaid, "Has paid for itself (1: yes)", "", NumberFormat::Name),
    ];
    let values = back_values(layout);
    let looks = page.looks;
    for ((line, title, unit, shown), values) in lines.into_iter().zip(values) {
        let row = block.row(back(line));
        let unit = if shown == NumberFormat::Money { layout.plan.currency.to_string() } else { unit.to_owned() };
        page.label(row, &Label { region: title.to_owned(), unit, ..Label::default() })?;
        for (t, value) in (0..layout.months).zip(values) {
            page.formula(row, super::layout::column(t), &moment(layout, line, t), value, looks.calc(shown))?;
        }
    }
    Ok(())
}

/// One line of the payback sheet in one month.
fn moment(layout: &Layout<'_>, line: Back, t: usize) -> String {
    let block = layout.blocks.payback;
    let here = |line: Back| block.at(back(line), t);
    let before = |line: Back| t.checked_sub(1).map_or_else(|| "0".to_owned(), |b| block.at(back(line), b));
    let regions = 0..layout.plan.regions.len();
    let added = |with: Block, without: Block| {
        format!("=ROUND(SUM({})-SUM({}),2)", with.down(regions.clone(), t), without.down(regions.clone(), t))
    };
    let [capacity, _, _, _, _, _, _, total, contribution] = layout.blocks.months;
    let [bare_capacity, _, _, bare_total, bare_contribution] = layout.blocks.bare_months;
    let [_, _, _, growth, ..] = layout.blocks.starts;
    match line {
        Back::Growth => format!("=SUM({})", growth.down(0..layout.cells(), t)),
        Back::Begun => format!("=IF(OR({}=1,{}>0),1,0)", before(Back::Begun), here(Back::Growth)),
        Back::Capacity => added(capacity, bare_capacity),
        Back::Cost => added(total, bare_total),
        Back::Contribution => added(contribution, bare_contribution),
        Back::Sum => format!("=ROUND({}+{},2)", before(Back::Sum), here(Back::Contribution)),
        Back::Negative => format!("=IF(OR({}=1,{}<0),1,0)", before(Back::Negative), here(Back::Sum)),
        Back::Repaid => {
            format!("=IF(OR({}=1,AND({}=1,{}>=0)),1,0)", before(Back::Repaid), before(Back::Negative), here(Back::Sum))
        }
    }
}

fn back_values(layout: &Layout<'_>) -> [Vec<f64>; 8] {
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let mut all: [Vec<f64>; 8] = Default::default();
    let (mut sum, mut begun, mut negative, mut repaid) = (Money::ZERO, false, false, false);
    for t in 0..layout.months {
        let growth: Exact = (0..layout.cells()).map(|line| layout.month(line, t).growth.exact()).sum();
        let added = |measure| layout.outcome.added(measure, t);
        sum += added(Measure::AddedContribution);
        begun |= !growth.is_zero();
        let is_negative = sum.exact().is_negative();
        repaid |= negative && !is_negative;
        negative |= is_negative;
        let values = [
            growth.to_f64(),
            flag(begun),
            number(added(Measure::AddedCapacity)),
            number(added(Measure::AddedCost)),
            number(added(Measure::AddedContribution)),
            number(sum),
            flag(negative),
            flag(repaid),
        ];
        for (list, value) in all.iter_mut().zip(values) {
            list.push(value);
        }
    }
    all
}

/// The payback in months; empty where there is none within the plan.
pub(super) fn payback_months(layout: &Layout<'_>) -> (String, CellValue) {
    let block = layout.blocks.payback;
    let line = |line: Back| format!("SUM({})", block.across(back(line), 0..layout.months));
    let (begun, repaid) = (line(Back::Begun), line(Back::Repaid));
    let months = layout.outcome.payback_months().and_then(|m| usize::try_from(m).ok()).map(float);
    // Both lines are 1 from their month on, so the difference of their sums is the time between.
    (format!("=IF(OR({begun}=0,{repaid}=0),\"\",MAX(0,{begun}-{repaid}))"), months.into())
}
