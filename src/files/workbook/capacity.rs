//! The sheets Support and Capacity: how specialists hold sellers up, and what sellers and partners can sell.

use super::WorkbookError;
use super::layout::{Block, Layout, Time};
use super::lists::cell_label;
use super::looks::NumberFormat;
use super::page::{CellValue, Heading, Label, Page};
use super::structure::{region, role};
use crate::units::Exact;

/// The line of a cell among lines of one kind of role: region by region.
pub(super) fn cell_of(layout: &Layout<'_>, kind: &[usize], line: usize) -> usize {
    let many = kind.len().max(1);
    layout.line(line / many, kind.get(line % many).copied().unwrap_or(0))
}

/// The lines of a region in a block of one kind of role.
pub(super) fn lines_of(kind: &[usize], region: usize) -> std::ops::Range<usize> {
    region * kind.len()..region * kind.len() + kind.len()
}

/// The label of a line in a block of one kind of role.
pub(super) fn kind_label(layout: &Layout<'_>, kind: &[usize], line: usize, about: [&str; 3]) -> Label {
    let [measure, unit, key] = about;
    cell_label(layout, cell_of(layout, kind, line), measure, unit, key)
}

/// Writes a block of one kind of role, month by month: its heading, its labels, and what stands in each cell.
pub(super) fn kind_block<V: Into<CellValue>>(
    page: &mut Page<'_>,
    layout: &Layout<'_>,
    (block, kind): (Block, &[usize]),
    heading: Heading<'_>,
    (about, shown): ([&str; 3], NumberFormat),
    cell: impl Fn(usize, usize) -> (String, V),
) -> Result<(), WorkbookError> {
    page.heading(block, heading, layout.months)?;
    page.fill(block, layout.months, shown, |line| kind_label(layout, kind, line, about), cell)
}

/// Σ active heads of the sellers that a Support role serves.
fn served(layout: &Layout<'_>, active: Block, region: usize, place: usize, t: usize) -> String {
    let serves = layout.blocks.serves.fixed(0..layout.plan.roles.len(), place..place + 1);
    format!("SUMPRODUCT({},{serves})", active.down(layout.cells_of(region), t))
}

/// The factor that a Support role gives its sellers in one month, with heads out of any blocks.
fn factor(layout: &Layout<'_>, heads: [Block; 2], region: usize, place: usize, t: usize) -> String {
    let [active, ramped] = heads;
    let k = layout.supports.get(place).copied().unwrap_or(0);
    let served = served(layout, active, region, place, t);
    let each = layout.blocks.roles.at(k, role::SELLERS);
    let idle = layout.blocks.roles.at(k, role::UNSUPPORTED);
    let supply = ramped.at(layout.line(region, k), t);
    format!("({idle}+(1-{idle})*IF({served}=0,1,MIN(1,{supply}/({served}/{each}))))")
}

/// Π of the factors of those who serve a Seller; each is written by `of`.
fn product(layout: &Layout<'_>, seller: usize, of: impl Fn(usize) -> String) -> String {
    let each = (0..layout.supports.len()).map(|place| {
        let serves = layout.blocks.serves.at(seller, place);
        format!("IF({serves}=1,{},1)", of(place))
    });
    let each: Vec<String> = each.collect();
    if each.is_empty() { "=1".to_owned() } else { format!("={}", each.join("*")) }
}

/// The support factor without the growth hires, where its steps have no lines of their own.
pub(super) fn bare_factor(layout: &Layout<'_>, heads: [Block; 2], line: usize, t: usize) -> String {
    let (r, k) = layout.cell(cell_of(layout, &layout.sellers, line));
    product(layout, k, |place| factor(layout, heads, r, place, t))
}

/// The sheet Support.
pub(super) fn support(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Support", "Whether there are enough specialists for the sellers they serve")?;
    page.month_heads(layout)?;
    let [demand, cover, _] = layout.blocks.support;
    let [_, active, _, _, ramped, _] = layout.blocks.heads;
    let about = [
        ("Demand", "heads", "demand:{region},{role}", "Active heads of the sellers served ÷ sellers_per_head"),
        ("Cover", "share", "cover:{region},{role}", "Ramped heads ÷ demand, at most 1; 1 without demand"),
        (
            "Factor of its sellers",
            "share",
            "factor:{region},{role}",
            "u + (1 − u) × cover, u = unsupported_productivity",
        ),
    ];
    let kind = &layout.supports;
    for (what, (block, (title, unit, key, how))) in layout.blocks.support.into_iter().zip(about).enumerate() {
        let heading = Heading { title, how, section: "Model section 4" };
        let shown = if what == 0 { NumberFormat::Share } else { NumberFormat::Money };
        kind_block(page, layout, (block, kind), heading, ([title, unit, key], shown), |line, t| {
            let cell = cell_of(layout, kind, line);
            let (r, k) = layout.cell(cell);
            let month = layout.month(cell, t);
            let place = line % kind.len().max(1);
            let needed = month.demand.exact().to_f64();
            let supplied = month.ramped.exact().to_f64();
            let covered = if needed == 0.0 { 1.0 } else { (supplied / needed).min(1.0) };
            match what {
                0 => {
                    let each = layout.blocks.roles.at(k, role::SELLERS);
                    (format!("={}/{each}", served(layout, active, r, place, t)), needed)
                }
                1 => {
                    let here = demand.at(line, t);
                    (format!("=IF({here}=0,1,MIN(1,{}/{here}))", ramped.at(cell, t)), covered)
                }
                _ => {
                    let idle = layout.blocks.roles.at(k, role::UNSUPPORTED);
                    (format!("={idle}+(1-{idle})*{}", cover.at(line, t)), factor_value(layout, k, covered))
                }
            }
        })?;
    }
    Ok(())
}

fn factor_value(layout: &Layout<'_>, k: usize, covered: f64) -> f64 {
    let idle = layout.role(k).map_or(0.0, |role| match &role.kind {
        crate::plan::Kind::Support { unsupported_productivity, .. } => unsupported_productivity.exact().to_f64(),
        _ => 0.0,
    });
    idle + (1.0 - idle) * covered
}

/// What a seller cell can sell in a month: rounded, with heads and factor out of any blocks.
pub(super) fn direct(layout: &Layout<'_>, ramped: Block, factor: Block, line: usize, t: usize) -> String {
    let cell = cell_of(layout, &layout.sellers, line);
    let attained = "attainment*attainment_factor";
    let quota = on_street(layout, ramped, cell, t);
    format!("=ROUND(ROUND({quota}*{attained}*{},8),2)", factor.at(line, t))
}

fn on_street(layout: &Layout<'_>, ramped: Block, cell: usize, t: usize) -> String {
    let (r, k) = layout.cell(cell);
    format!(
        "{}*{}*{}*{}",
        layout.blocks.roles.at(k, role::QUOTA),
        layout.blocks.regions.at(r, region::PRODUCTIVITY),
        layout.time(Time::Linearity, t),
        ramped.at(cell, t)
    )
}

/// What the partners of a cell can sell in a month.
pub(super) fn partner(layout: &Layout<'_>, ramped: Block, line: usize, t: usize) -> String {
    let cell = cell_of(layout, &layout.partners, line);
    let (r, k) = layout.cell(cell);
    let of_role = |place: usize| layout.blocks.roles.at(k, place);
    format!(
        "=ROUND(ROUND({}*{}*{}*{}*{}*{},8),2)",
        of_role(role::PARTNERS),
        of_role(role::BOOKINGS),
        layout.blocks.regions.at(r, region::PRODUCTIVITY),
        layout.time(Time::Linearity, t),
        ramped.at(cell, t),
        layout.time(Time::Partners, t)
    )
}

/// The sheet Capacity.
pub(super) fn capacity(page: &mut Page<'_>, layout: &Layout<'_>) -> Result<(), WorkbookError> {
    page.title("Capacity", "What sellers and partners can sell, month by month")?;
    page.month_heads(layout)?;
    let [factor, ..] = layout.blocks.sellers;
    let [_, _, support] = layout.blocks.support;
    let [_, _, _, _, ramped, _] = layout.blocks.heads;
    let unit = layout.plan.currency.to_string();
    let about = [
        (
            "Support factor f(t)",
            "share",
            "support_factor:{region},{role}",
            "The product of the factors of those who serve it",
        ),
        (
            "Direct capacity",
            &unit,
            "{region},{role},direct_capacity",
            "annual_quota × productivity × attainment × attainment_factor × w(t) × ramped × f(t)",
        ),
        ("Quota on the street", &unit, "{region},{role},quota", "annual_quota × productivity × w(t) × ramped"),
    ];
    let kind = &layout.sellers;
    let number = |exact: Exact| exact.to_f64();
    for (what, (block, (title, unit, key, how))) in layout.blocks.sellers.into_iter().zip(about).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 4" }, layout.months)?;
        let shown = if what == 0 { NumberFormat::Share } else { NumberFormat::Money };
        let label = |line: usize| kind_label(layout, kind, line, [title, unit, key]);
        page.fill(block, layout.months, shown, label, |line, t| {
            let cell = cell_of(layout, kind, line);
            let (r, k) = layout.cell(cell);
            let month = layout.month(cell, t);
            match what {
                0 => {
                    let many = layout.supports.len();
                    (product(layout, k, |place| support.at(r * many + place, t)), number(month.support_factor))
                }
                1 => (direct(layout, ramped, factor, line, t), number(month.capacity.exact())),
                _ => {
                    let formula = format!("=ROUND(ROUND({},8),2)", on_street(layout, ramped, cell, t));
                    (formula, number(month.quota.exact()))
                }
            }
        })?;
    }
    let (block, kind) = (layout.blocks.partners, &layout.partners);
    let how = "partners_per_head × annual_bookings_per_partner × productivity × w(t) × ramped, once partners sell";
    let heading = Heading { title: "Partner capacity", how, section: "Model section 4" };
    let about = ["Partner capacity", &unit, "{region},{role},partner_capacity"];
    kind_block(page, layout, (block, kind), heading, (about, NumberFormat::Money), |line, t| {
        let month = layout.month(cell_of(layout, kind, line), t);
        (partner(layout, ramped, line, t), number(month.capacity.exact()))
    })
}
