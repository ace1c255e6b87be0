//! The sheet Baseline: the people who are there in the first month, followed entry by entry and summed by cell.

use super::columns::{role, team};
use super::error::WorkbookError;
use super::grid::{Block, month_number};
use super::labels::{LineLabel, cell_label, key_part};
use super::layout::Layout;
use super::looks::NumberFormat;
use super::page::{Heading, Page};
use super::steps::{StepValues, among, at};

const TITLES: [(&str, &str); 6] = [
    ("Entries: at work", "The heads of the entry, then what was there × the share that stays"),
    ("Entries: leaving at the month's end", "At work × monthly attrition at that tenure"),
    ("Entries: productivity", "The ramp of the role at that tenure; 1 once it is over"),
    ("Entries: ramped", "At work × productivity"),
    ("Entries: paid", "At work × payout, and not less than the guarantee while ramping"),
    ("Entries: share that stays", "1 − monthly attrition at that tenure"),
];

/// The sheet.
pub(super) fn write(page: &mut Page<'_>, layout: &Layout<'_>, steps: &StepValues) -> Result<(), WorkbookError> {
    page.title(
        "Baseline",
        "What becomes of the people who are there in the first month, without anyone who starts later",
    )?;
    page.month_heads(layout)?;
    for (what, (block, (title, how))) in layout.blocks.entries.into_iter().zip(TITLES).enumerate() {
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let format = if what == 2 || what == 5 { NumberFormat::Share } else { NumberFormat::Heads };
        page.fill(
            block,
            layout.months,
            format,
            |line| label(layout, line, title.trim_start_matches("Entries: ")),
            |line, t| {
                let value = steps.entries.get(line).and_then(|e| e.months.get(what)).map_or(0.0, |list| at(list, t));
                (entry(layout, what, line, t), value)
            },
        )?;
    }
    let titles = [("At work", 0), ("Leaving at the month's end", 1), ("Ramped", 3), ("Paid", 4)];
    for (what, (block, (title, from))) in layout.blocks.baseline.into_iter().zip(titles).enumerate() {
        let how = "The sum of the entries of that region and role";
        page.heading(block, Heading { title, how, section: "Model section 3" }, layout.months)?;
        let values = steps.baseline.get(what).map_or(&[][..], Vec::as_slice);
        let key = format!("{}:{{region}},{{role}}", key_part(title));
        let label = |line: usize| cell_label(layout, line, title, "heads", &key);
        let entries = layout.blocks.entries.get(from).copied().unwrap_or(block);
        page.fill(block, layout.months, NumberFormat::Heads, label, |line, t| {
            let cells = layout.blocks.team.whole(team::CELL);
            let formula = format!("=SUMIF({cells},{},{})", line + 1, entries.down(0..layout.entries, t));
            (formula, among(values, line, t))
        })?;
    }
    Ok(())
}

fn label(layout: &Layout<'_>, line: usize, measure: &str) -> LineLabel {
    let entry = layout.plan.baseline.get(line);
    let region = entry.and_then(|b| layout.plan.region_index(b.region.as_str())).and_then(|r| layout.region(r));
    let role = entry.and_then(|b| layout.plan.role_index(b.role.as_str())).and_then(|k| layout.role(k));
    LineLabel {
        region: region.map(|r| r.name.clone()).unwrap_or_default(),
        role: role.map(|r| r.name.clone()).unwrap_or_default(),
        measure: measure.to_owned(),
        unit: "heads".to_owned(),
        key: format!("{}:baseline[{line}]", key_part(measure)),
    }
}

/// One month of one entry.
fn entry(layout: &Layout<'_>, what: usize, line: usize, t: usize) -> String {
    let [active, _, sells, .., stays] = layout.blocks.entries;
    let input = |place: usize| layout.blocks.team.input(line, place);
    let tenure = format!("({}+{})", input(team::TENURE), month_number(t));
    let (cell, number) = (input(team::CELL), input(team::ROLE_NUMBER));
    let of_role = |block: Block, place: usize| format!("INDEX({},{number})", block.whole(place));
    let there = |formula: String| format!("=IF({cell}=0,0,{formula})");
    // Columns of the sheet Attrition: monthly rates, and shares that stay.
    let rate = |[early, later]: [usize; 2]| {
        let of_cell = |place: usize| format!("INDEX({},{cell})", layout.blocks.attrition.whole(place));
        format!("IF({tenure}<12,{},{})", of_cell(early), of_cell(later))
    };
    match (what, t.checked_sub(1)) {
        (0, None) => there(input(team::HEADS)),
        (0, Some(before)) => format!("={}*{}", active.at(line, before), stays.at(line, before)),
        (1, _) => there(format!("{}*{}", active.at(line, t), rate([2, 3]))),
        (2, _) => {
            let month = format!("MAX({tenure}-ramp_slip,0)");
            let ramp = layout.blocks.ramp.fixed(0..layout.plan.roles.len(), 0..layout.ramp);
            let length = of_role(layout.blocks.roles, role::RAMP);
            there(format!("IF({month}<{length},INDEX({ramp},{number},{month}+1),1)"))
        }
        (3, _) => format!("={}*{}", active.at(line, t), sells.at(line, t)),
        (5, _) => there(rate([4, 5])),
        (_, _) => {
            let earns = format!("{}*payout_level", sells.at(line, t));
            let length = of_role(layout.blocks.roles, role::RAMP);
            let least = of_role(layout.blocks.roles, role::GUARANTEE);
            let payout = format!("IF(AND({length}>0,{tenure}<ramp_slip+{length}),MAX({earns},{least}),{earns})");
            there(format!("{}*{payout}", active.at(line, t)))
        }
    }
}
