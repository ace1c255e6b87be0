//! The sheets Support and Capacity: how specialists hold sellers up, and what sellers and partners can sell.

use super::blocks::Lines;
use super::columns::role;
use super::error::WorkbookError;
use super::labels::line_label;
use super::layout::{FEWEST_HEADS, Layout};
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::{limits, trees};
use crate::engine::{Measure, PlanCase, What};
use crate::plan::Kind;

/// The sheet Support.
pub(super) fn support(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Support", "Whether there are enough specialists for the sellers they serve")?;
    page.month_heads(layout)?;
    support_steps(page, layout, PlanCase::Plan)
}

/// Demand and cover of each Support role, and the factor that it gives its sellers.
pub(super) fn support_steps(page: &mut Page<'_>, layout: &Layout<'_>, case: PlanCase) -> Result<(), WorkbookError> {
    let blocks = layout.blocks.monthly(case);
    let [_, active, _, ramped, _] = blocks.heads;
    let [demand, cover, _] = blocks.support;
    let about = [
        ("Demand", "heads", "demand", "Active heads of the sellers served ÷ sellers_per_head"),
        ("Cover", "share", "cover", "Ramped heads ÷ demand, at most 1; 1 without demand"),
        ("Factor of its sellers", "share", "factor", "u + (1 − u) × cover, u = unsupported_productivity"),
    ];
    for (what, (block, (title, unit, key, how))) in blocks.support.into_iter().zip(about).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 4" }, layout.months)?;
        let format = if what == 0 { NumberFormat::Heads } else { NumberFormat::Share };
        let key = format!("{}{key}:{{region}},{{role}}", prefix(case));
        let label = |line: usize| line_label(layout, (Lines::Supports, line), title, unit, &key);
        page.fill(block, layout.months, format, label, |line, t| {
            let cell = layout.cell_of(Lines::Supports, line);
            let (r, k) = layout.cell(cell);
            let month = layout.month(case, cell, t);
            let (needed, supplied) = (month.demand.exact().to_f64(), month.ramped.exact().to_f64());
            let covered = if needed < FEWEST_HEADS { 1.0 } else { (supplied / needed).min(1.0) };
            let here = demand.at(line, t);
            match what {
                0 => {
                    let place = line % layout.supports.len().max(1);
                    let serves = layout.blocks.serves.fixed(0..layout.plan.roles.len(), place..place + 1);
                    let sellers = active.down(layout.cells_of(r), t);
                    let each = layout.role_input(k, role::SELLERS, t);
                    (format!("=SUMPRODUCT({sellers},{serves})/{each}"), needed)
                }
                1 => {
                    let is_none = layout.is_none();
                    (format!("=IF({here}{is_none},1,MIN(1,{}/{here}))", ramped.at(cell, t)), covered)
                }
                _ => {
                    let idle = layout.role_input(k, role::UNSUPPORTED, t);
                    (format!("={idle}+(1-{idle})*{}", cover.at(line, t)), factor_value(layout, (k, t), covered))
                }
            }
        })?;
    }
    Ok(())
}

const fn prefix(case: PlanCase) -> &'static str {
    match case {
        PlanCase::Plan | PlanCase::Outlook => "",
        PlanCase::WithoutGrowth => "without:",
    }
}

fn factor_value(layout: &Layout<'_>, (k, t): (usize, usize), covered: f64) -> f64 {
    let idle = layout.plan_at(t).roles.get(k).map_or(0.0, |role| match &role.kind {
        Kind::Support { unsupported_productivity, .. } => unsupported_productivity.exact().to_f64(),
        _ => 0.0,
    });
    idle + (1.0 - idle) * covered
}

/// The support factor of each Seller: the product of the factors of those who serve it.
pub(super) fn support_factor(page: &mut Page<'_>, layout: &Layout<'_>, case: PlanCase) -> Result<(), WorkbookError> {
    let blocks = layout.blocks.monthly(case);
    let [_, _, factor] = blocks.support;
    let (block, title) = (blocks.support_factor, "Support factor f(t)");
    let how = "The product of the factors of those who serve it";
    page.heading(block, Heading { title, how, section: "Model section 4" }, layout.months)?;
    let key = format!("{}support_factor:{{region}},{{role}}", prefix(case));
    let label = |line: usize| line_label(layout, (Lines::Sellers, line), title, "share", &key);
    let many = layout.supports.len();
    page.fill(block, layout.months, NumberFormat::Share, label, |line, t| {
        let cell = layout.cell_of(Lines::Sellers, line);
        let (r, k) = layout.cell(cell);
        let serving = (0..many).map(|place| {
            let serves = layout.blocks.serves.input(k, place);
            format!("IF({serves}=1,{},1)", factor.at(r * many + place, t))
        });
        let product = serving.collect::<Vec<_>>().join("*");
        let formula = if product.is_empty() { "=1".to_owned() } else { format!("={product}") };
        (formula, layout.month(case, cell, t).support_factor.to_f64())
    })
}

/// The sheet Capacity.
pub(super) fn capacity(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Capacity", "What sellers and partners can sell, month by month")?;
    page.month_heads(layout)?;
    support_factor(page, layout, PlanCase::Plan)?;
    let measures = [Measure::DirectCapacity, Measure::PartnerCapacity, Measure::Quota].map(What::Measure);
    measures.into_iter().try_for_each(|what| trees::write(page, layout, PlanCase::Plan, what))?;
    limits::write(page, layout, PlanCase::Plan)
}
