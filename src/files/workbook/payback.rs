//! The sheet Payback: what the expansion adds month by month, and when that has paid for itself (model section 6).

use super::blocks::{Back, payback_line};
use super::error::WorkbookError;
use super::grid::{Block, column};
use super::labels::LineLabel;
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{CellValue, Heading, Page};
use super::steps::float;
use crate::engine::{Measure, PlanCase, What};
use crate::units::{Exact, Money};

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
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
    let values = values(layout);
    let looks = page.looks;
    for ((line, title, unit, format), values) in lines.into_iter().zip(values) {
        let row = block.row(payback_line(line));
        let unit = if format == NumberFormat::Money { layout.plan.currency.to_string() } else { unit.to_owned() };
        page.label(row, &LineLabel { region: title.to_owned(), unit, ..LineLabel::default() })?;
        for (t, value) in (0..layout.months).zip(values) {
            page.formula(row, column(t), &formula(layout, line, t), value, looks.calc(format))?;
        }
    }
    Ok(())
}

/// One line in one month.
fn formula(layout: &Layout<'_>, line: Back, t: usize) -> String {
    let block = layout.blocks.payback;
    let here = |line: Back| block.at(payback_line(line), t);
    let before = |line: Back| t.checked_sub(1).map_or_else(|| "0".to_owned(), |b| block.at(payback_line(line), b));
    let [_, _, _, growth, _] = layout.blocks.starts;
    match line {
        Back::Growth => format!("=SUM({})", growth.down(0..layout.cells(), t)),
        Back::Begun => format!("=IF(OR({}=1,{}>0),1,0)", before(Back::Begun), here(Back::Growth)),
        Back::Capacity => added(layout, Measure::Capacity, t),
        Back::Cost => added(layout, Measure::TotalCost, t),
        Back::Contribution => added(layout, Measure::Contribution, t),
        Back::Sum => format!("=ROUND({}+{},2)", before(Back::Sum), here(Back::Contribution)),
        Back::Negative => format!("=IF(OR({}=1,{}<0),1,0)", before(Back::Negative), here(Back::Sum)),
        Back::Repaid => {
            format!("=IF(OR({}=1,AND({}=1,{}>=0)),1,0)", before(Back::Repaid), before(Back::Negative), here(Back::Sum))
        }
    }
}

/// The regions of the plan less the regions without growth.
fn added(layout: &Layout<'_>, measure: Measure, t: usize) -> String {
    let sum = |case: PlanCase| {
        let block = layout.blocks.of(case, What::Measure(measure)).map(|(block, _)| block);
        let down = |block: Block| format!("SUM({})", block.down(0..layout.plan.regions.len(), t));
        block.map_or_else(String::new, down)
    };
    format!("=ROUND({}-{},2)", sum(PlanCase::Plan), sum(PlanCase::WithoutGrowth))
}

fn values(layout: &Layout<'_>) -> [Vec<f64>; 8] {
    let number = |money: Money| money.exact().to_f64();
    let flag = |yes: bool| if yes { 1.0 } else { 0.0 };
    let mut all: [Vec<f64>; 8] = Default::default();
    let (mut sum, mut begun, mut negative, mut repaid) = (Money::ZERO, false, false, false);
    for t in 0..layout.months {
        let growth: Exact = (0..layout.cells()).map(|line| layout.month(PlanCase::Plan, line, t).growth.exact()).sum();
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
    let line = |line: Back| format!("SUM({})", block.across(payback_line(line), 0..layout.months));
    let (begun, repaid) = (line(Back::Begun), line(Back::Repaid));
    let months = layout.outcome.payback_months().and_then(|m| usize::try_from(m).ok()).map(float);
    // Both lines are 1 from their month on, so the difference of their sums is the time between.
    (format!("=IF(OR({begun}=0,{repaid}=0),\"\",MAX(0,{begun}-{repaid}))"), months.into())
}
