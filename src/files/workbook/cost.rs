//! The sheet Cost: the nine lines of each cell and month.

use super::WorkbookError;
use super::layout::{Block, Layout, Time};
use super::lists::cell_label;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::service::cut;
use super::steps::{StepValues, at, digits};
use super::structure::{region, role};
use crate::engine::{CellMonth, CostLine, Measure};

/// Steps of the cost lines that several lines share or that are cut on the way: title, unit, how. Whatever has no end in
/// decimals is cut to 14 digits where the engine cuts it to 28.
pub(super) const STEPS: [(&str, &str, &str); 7] = [
    ("A month of base pay", "local", "active × base ÷ 12"),
    ("A month of variable pay", "local", "paid heads × variable ÷ 12"),
    ("Base pay before rounding", "plan", "The month's base pay × v(t) × rate"),
    ("Variable pay before rounding", "plan", "The month's variable pay × v(t) × rate"),
    ("Cash pay before rounding", "plan", "Base and variable pay before rounding: what the burden is made from"),
    ("Leavers asked to go", "heads", "leavers × involuntary_share"),
    ("Severance before rounding", "local", "Leavers asked to go × severance × base ÷ 12"),
];

/// The heads that cost follows from, in whichever blocks they lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heads {
    pub(super) active: Block,
    pub(super) paid: Block,
    pub(super) starts: Block,
    pub(super) leavers: Block,
    pub(super) steps: [Block; 7],
}

/// The measure of a cost line.
pub(super) fn measure(line: CostLine) -> Measure {
    Measure::ALL.iter().copied().find(|m| m.cost_line() == Some(line)).unwrap_or(Measure::PeopleCost)
}

/// The formula of a line in the words of the model.
const fn how(line: CostLine) -> &'static str {
    match line {
        CostLine::BasePay => "active × base ÷ 12 × v(t) × rate",
        CostLine::VariablePay => "paid heads × variable ÷ 12 × v(t) × rate",
        CostLine::Burden => "(base and variable pay before rounding) × burden_rate",
        CostLine::Travel => "active × travel",
        CostLine::Tools => "active × tools",
        CostLine::Workplace => "active × workplace × rate",
        CostLine::Recruiting => "starts × (agency_share × agency_fee × base × v(t) × rate + recruiting_cost)",
        CostLine::Onboarding => "starts × onboarding_cost",
        CostLine::Severance => "leavers × involuntary_share × severance × base ÷ 12 × v(t) × rate",
    }
}

/// One of the steps.
pub(super) fn step(layout: &Layout<'_>, which: usize, heads: &Heads, cell: usize, t: usize) -> String {
    let (r, k) = layout.cell(cell);
    let [base, variable, base_cash, variable_cash, _, asked, _] = heads.steps.map(|block| block.at(cell, t));
    let level = format!("{}*{}", layout.time(Time::Pay, t), layout.blocks.regions.at(r, region::RATE));
    let twelfth = |year: &str| format!("{}/12", cut(year));
    let exact = match which {
        0 => twelfth(&format!("{}*{}", heads.active.at(cell, t), layout.blocks.pay.at(cell, 0))),
        1 => twelfth(&format!("{}*{}", heads.paid.at(cell, t), layout.blocks.pay.at(cell, 1))),
        2 => format!("{base}*{level}"),
        3 => format!("{variable}*{level}"),
        4 => format!("({base_cash}+{variable_cash})"),
        5 => format!("{}*{}", heads.leavers.at(cell, t), layout.blocks.roles.at(k, role::INVOLUNTARY)),
        _ => twelfth(&format!("{asked}*severance_months*{}", layout.blocks.pay.at(cell, 0))),
    };
    format!("={}", cut(&exact))
}

/// Its value.
pub(super) fn step_value(
    layout: &Layout<'_>,
    steps: &StepValues,
    which: usize,
    cell: usize,
    t: usize,
    month: &CellMonth,
) -> f64 {
    let (r, k) = layout.cell(cell);
    let (Some(region), Some(role)) = (layout.region(r), layout.role(k)) else { return 0.0 };
    let asked = digits(month.leavers.exact().to_f64() * role.attrition.involuntary_share.exact().to_f64());
    if which == 5 {
        return asked;
    }
    let Some(pay) = layout.plan.pay(&region.id, &role.id) else { return 0.0 };
    let (base, variable) = (pay.base.exact().to_f64(), pay.variable.exact().to_f64());
    let level = layout.plan.rate(&region.currency).map_or(0.0, |rate| rate.exact().to_f64()) * at(&steps.pay, t);
    let twelfth = |year: f64| digits(digits(year) / 12.0);
    let base_month = twelfth(month.active.exact().to_f64() * base);
    let variable_month = twelfth(month.paid.exact().to_f64() * variable);
    let (base_cash, variable_cash) = (digits(base_month * level), digits(variable_month * level));
    match which {
        0 => base_month,
        1 => variable_month,
        2 => base_cash,
        3 => variable_cash,
        4 => digits(base_cash + variable_cash),
        _ => twelfth(asked * layout.plan.assumptions.severance.exact().to_f64() * base),
    }
}

/// The steps of a sheet, below each other.
pub(super) fn write_steps(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    steps: &StepValues,
    heads: &Heads,
    month: impl Fn(usize, usize) -> CellMonth,
) -> Result<(), WorkbookError> {
    let plan = layout.plan.currency.to_string();
    for (which, (block, (title, unit, how))) in heads.steps.into_iter().zip(STEPS).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 5" }, layout.months)?;
        let unit = if unit == "plan" { plan.as_str() } else { unit };
        let label = |cell: usize| cell_label(layout, cell, title, unit, "step:{region},{role}");
        let shown = if unit == "heads" { NumberFormat::Heads } else { NumberFormat::Money };
        page.fill(block, layout.months, shown, label, |cell, t| {
            (step(layout, which, heads, cell, t), step_value(layout, steps, which, cell, t, &month(cell, t)))
        })?;
    }
    Ok(())
}

/// A line of a cell and month, rounded, without the equals sign.
pub(super) fn amount(layout: &Layout<'_>, line: CostLine, heads: &Heads, cell: usize, t: usize) -> String {
    let (r, k) = layout.cell(cell);
    let of_role = |place: usize| layout.blocks.roles.at(k, place);
    let of_region = |place: usize| layout.blocks.regions.at(r, place);
    let base = layout.blocks.pay.at(cell, 0);
    let [_, _, base_cash, variable_cash, cash, _, severance] = heads.steps.map(|block| block.at(cell, t));
    let level = format!("{}*{}", layout.time(Time::Pay, t), of_region(region::RATE));
    let active = heads.active.at(cell, t);
    let starts = heads.starts.at(cell, t);
    let exact = match line {
        CostLine::BasePay => base_cash,
        CostLine::VariablePay => variable_cash,
        CostLine::Burden => cut(&format!("{cash}*{}", of_region(region::BURDEN))),
        CostLine::Travel => cut(&format!("{active}*{}", of_role(role::TRAVEL))),
        CostLine::Tools => cut(&format!("{active}*tools_per_head")),
        CostLine::Workplace => cut(&format!("{active}*{}*{}", of_region(region::WORKPLACE), of_region(region::RATE))),
        CostLine::Recruiting => cut(&format!("{starts}*(agency_share*agency_fee*{base}*{level}+recruiting_cost)")),
        CostLine::Onboarding => cut(&format!("{starts}*onboarding_cost")),
        CostLine::Severance => cut(&format!("{severance}*{level}")),
    };
    format!("ROUND(ROUND({exact},8),2)")
}

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    page.title("Cost", "The nine cost lines of each region and role, month by month, each rounded to the cent")?;
    page.month_heads(layout)?;
    let [_, active, leavers, _, _, paid] = layout.blocks.heads;
    let [.., starts] = layout.blocks.starts;
    let heads = Heads { active, paid, starts, leavers, steps: layout.blocks.steps };
    let unit = layout.plan.currency.to_string();
    write_steps(page, layout, steps, &heads, |cell, t| layout.month(cell, t))?;
    for (block, line) in layout.blocks.cost.into_iter().zip(CostLine::ALL) {
        let measure = measure(line);
        let heading = Heading { title: measure.title(), how: how(line), section: "Model section 5" };
        page.heading(block, heading, layout.months)?;
        let key = format!("{{region}},{{role}},{measure}");
        let label = |cell: usize| cell_label(layout, cell, measure.title(), &unit, &key);
        page.fill(block, layout.months, NumberFormat::Money, label, |cell, t| {
            let value = layout.month(cell, t).line(line).exact().to_f64();
            (format!("={}", amount(layout, line, &heads, cell, t)), value)
        })?;
    }
    Ok(())
}
