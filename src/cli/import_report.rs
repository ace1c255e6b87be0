//! What the commands that take tables in say of them: columns, rows that stay out, unknown names, figures before and after.

use std::io::Write;

use super::failure::{self, Failure};
use super::table;
use crate::edit::import::{Choices, ColumnUse, Import, ImportCell, ImportKind, ImportTable, LeftOut, by_cause};
use crate::plan::Plan;
use crate::units::{Exact, counted};

/// Lists the columns that are not taken, and the rows that stay out, by cause; `table` begins each line.
pub(super) fn report_rows(made: &Import, table: &str) {
    for column in made.open_columns() {
        failure::say(&format!("{table}column {} does not fit: it {}", column.name, column.reason));
    }
    let list = |rows: &[LeftOut], one: &str, many: &str| {
        for group in by_cause(rows) {
            let one_row = group.rows.len() == 1;
            if !one_row {
                let people = counted(usize::try_from(group.people).unwrap_or(usize::MAX), "person", "people");
                let people = if group.people > 0 { format!(" ({people})") } else { String::new() };
                failure::say(&format!("{table}{} rows {many}{people}: {}", group.rows.len(), group.cause.title()));
            }
            for row in group.rows.iter().filter_map(|at| rows.get(*at)) {
                let cell = row.cell.as_ref().map_or_else(String::new, |cell| format!(" ({cell})"));
                let words = if one_row { format!(" {one}") } else { String::new() };
                failure::say(&format!("{table}row {}{cell}{words}: {}", row.row, row.reason));
            }
        }
    };
    list(&made.left_out, "is left out", "are left out");
    list(&made.unfit, "does not fit", "do not fit");
}

pub(super) fn report(
    plan: &Plan,
    table: &ImportTable,
    choices: &Choices,
    made: &Import,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let matched = table.headings.iter().zip(&choices.columns).enumerate().map(|(at, (heading, used))| {
        let holds = match used {
            ColumnUse::Unknown => table::NONE.to_owned(),
            ColumnUse::LeftOut => "left out".to_owned(),
            ColumnUse::Holds(field) => field.word(plan.calendar),
        };
        let first = table.rows.iter().map(|row| row.cells.get(at).map(ImportCell::shown).unwrap_or_default());
        let sample = first.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
        vec![heading.clone(), holds, crate::plan::limits::shortened(&sample, 30)]
    });
    writeln!(out, "{}", table::table(["Column", "Holds", "Sample"].map(str::to_owned).to_vec(), matched.collect()))?;
    writeln!(out)?;
    for note in &made.notes {
        writeln!(out, "{note}")?;
    }
    for sentence in made.unused_sentences() {
        writeln!(out, "{sentence}")?;
    }
    unknown_names(made, out)?;
    let whole = if choices.replace { "what they do not name is taken out" } else { "what they do not name stays" };
    writeln!(
        out,
        "{} taken, {} left out, {} not fitting; {whole}",
        counted(made.totals.taken, "row", "rows"),
        made.left_out.len(),
        made.unfit.len()
    )?;
    if choices.kind == ImportKind::Roster {
        let fte = made.totals.fte.map_or_else(String::new, |fte| format!(", {} FTE", fte.plain()));
        let people = counted(usize::try_from(made.totals.people).unwrap_or(usize::MAX), "person", "people");
        writeln!(out, "{} in the table, {people} taken{fte}", counted(made.totals.rows, "row", "rows"))?;
    }
    if made.edits.is_empty() {
        let why = if made.totals.taken == 0 { "no row is taken" } else { "the plan states the same already" };
        writeln!(out, "nothing changes: {why}")?;
        return Ok(());
    }
    let figure = |value: Option<Exact>| match value {
        None => table::NONE.to_owned(),
        // Whole amounts and people need no cents.
        Some(value) => value.grouped(if value.places() == 0 { 0 } else { 2 }),
    };
    let changed = made
        .lines
        .iter()
        .enumerate()
        .filter(|(index, line)| !line.stays() || (*index == 0 && choices.kind != ImportKind::Pay));
    let lines = changed.map(|(_, line)| vec![line.name.clone(), figure(line.before), figure(line.after)]);
    writeln!(out, "\n{}", table::table(["", "Now", "Then"].map(str::to_owned).to_vec(), lines.collect()))?;
    Ok(())
}

/// Lists the names that the plan does not know, with what they may mean.
fn unknown_names(made: &Import, out: &mut dyn Write) -> Result<(), Failure> {
    if made.unknown.is_empty() {
        return Ok(());
    }
    let rows = made.unknown.iter().map(|name| {
        let proposals = if name.proposals.is_empty() { table::NONE.to_owned() } else { name.proposals.join(", ") };
        vec![format!("{}: {}", name.what.word(), name.text), name.people.to_string(), proposals]
    });
    let heads = ["Unknown name", "People", "May mean"].map(str::to_owned).to_vec();
    writeln!(out, "\n{}\n", table::table(heads, rows.collect()))?;
    Ok(())
}
