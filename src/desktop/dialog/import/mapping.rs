//! How a table is read: what it states, which sheet, how days and numbers are written, and what each column holds, beside
//! what stands in its first rows.

use egui::{Align, Label, Layout, RichText, ScrollArea, Ui, vec2};

use crate::desktop::fonts::semibold;
use crate::desktop::parts::controls;
use crate::desktop::tokens::{Palette, ROW};
use crate::edit::import::{
    Choices, ColumnUse, DateOrder, DecimalSign, ImportCell, ImportField, ImportKind, ImportTable, QuarterNames, Scale,
};
use crate::units::Calendar;

/// Most columns that are shown: no table of these kinds has as many.
const MOST: usize = 200;
/// How many of the first rows are shown.
const FIRST_ROWS: usize = 3;
const HEADING: f32 = 150.0;
const HOLDS: f32 = 116.0;

/// The choices for the whole table; says whether another kind was chosen, which wants its columns matched anew.
pub(super) fn options(
    ui: &mut Ui,
    choices: &mut Choices,
    names: &[String],
    shown: Option<&str>,
    sheet: &mut Option<String>,
) -> bool {
    let mut other = false;
    ui.horizontal_wrapped(|ui| {
        let kinds = ImportKind::ALL.map(|kind| (kind, kind.title().to_owned()));
        other = controls::list(ui, "What it states", &mut choices.kind, &kinds);
        sheets(ui, names, shown, sheet);
        ui.spacing_mut().combo_width = 150.0;
        if choices.kind == ImportKind::Roster || choices.kind.is_of_a_month() {
            days(ui, &mut choices.dates);
        }
        decimals(ui, &mut choices.numbers);
        inferred(ui, choices);
        let stays = match choices.kind {
            ImportKind::Roster => "Keep people it does not name",
            ImportKind::Targets => "Keep targets it does not name",
            ImportKind::Accounts => "Keep accounts it does not name",
            ImportKind::Pay => "Keep pay it does not name",
            ImportKind::Hires => "Keep hires it does not name",
            ImportKind::People => "Only who has come and gone since",
            // What has happened stays, whatever a table names.
            ImportKind::Openings | ImportKind::Bookings | ImportKind::Costs | ImportKind::Rates => return,
        };
        let mut keep = !choices.replace;
        ui.checkbox(&mut keep, stays).on_hover_text("Otherwise the table replaces everything of its kind");
        choices.replace = !keep;
        if choices.kind == ImportKind::People {
            ui.checkbox(&mut choices.shrunk, "The list may be shorter")
                .on_hover_text("Takes a list that has more than a tenth fewer people than were there");
        }
    });
    other
}

/// The choice of the order of day and month.
pub(in crate::desktop::dialog) fn days(ui: &mut Ui, dates: &mut Option<DateOrder>) {
    let orders = [
        (None, "Days as found".to_owned()),
        (Some(DateOrder::DayFirst), "31/07/2010, day first".to_owned()),
        (Some(DateOrder::MonthFirst), "07/31/2010, month first".to_owned()),
    ];
    controls::list(ui, "Days", dates, &orders);
}

/// The choice of the sign before decimals.
pub(in crate::desktop::dialog) fn decimals(ui: &mut Ui, sign: &mut Option<DecimalSign>) {
    let signs = [
        (None, "Numbers as found".to_owned()),
        (Some(DecimalSign::Point), "1,234.5".to_owned()),
        (Some(DecimalSign::Comma), "1.234,5".to_owned()),
    ];
    controls::list(ui, "Numbers", sign, &signs);
}

/// The choice of the year of quarters that do not say so.
pub(in crate::desktop::dialog) fn quarters(ui: &mut Ui, names: &mut Option<QuarterNames>) {
    let years = [
        (None, "Quarters as found".to_owned()),
        (Some(QuarterNames::Fiscal), "Fiscal quarters".to_owned()),
        (Some(QuarterNames::Calendar), "Calendar quarters".to_owned()),
    ];
    controls::list(ui, "Year of quarters", names, &years);
}

/// Other things that were inferred about the table, and can be turned.
fn inferred(ui: &mut Ui, choices: &mut Choices) {
    if matches!(choices.kind, ImportKind::Targets | ImportKind::Pay | ImportKind::Bookings | ImportKind::Costs) {
        let mut scales = vec![(None, "Amounts as headings say".to_owned())];
        let known = [Scale::ONE, Scale::THOUSANDS, Scale::MILLIONS];
        scales.extend(known.map(|scale| (Some(scale), format!("Amounts in {}", scale.name()))));
        controls::list(ui, "Amounts", &mut choices.scale, &scales);
    }
    if matches!(choices.kind, ImportKind::Targets | ImportKind::Hires) {
        quarters(ui, &mut choices.quarters);
    }
    if choices.kind == ImportKind::Roster {
        let mut years = vec![(None, "Two-digit years: automatic".to_owned())];
        years.extend(
            (0..6).map(|decade| 1999 + decade * 10).map(|year| (Some(year), format!("Two-digit years: up to {year}"))),
        );
        controls::list(ui, "Years of two digits", &mut choices.last_year, &years);
    }
}

/// The choice of a sheet, where a workbook has several.
pub(super) fn sheets(ui: &mut Ui, names: &[String], shown: Option<&str>, sheet: &mut Option<String>) {
    if names.len() < 2 {
        return;
    }
    let choices: Vec<(usize, String)> = names.iter().cloned().enumerate().collect();
    let mut chosen = names.iter().position(|name| Some(name.as_str()) == shown).unwrap_or(0);
    if controls::list(ui, "Sheet", &mut chosen, &choices) {
        *sheet = names.get(chosen).cloned();
    }
}

/// What each column holds, as it was matched or corrected.
pub(super) fn columns(ui: &mut Ui, height: f32, choices: &mut Choices, table: &ImportTable, calendar: Calendar) {
    ui.spacing_mut().item_spacing.y = 4.0;
    let faint = Palette::of(ui.ctx()).faint;
    ui.label(RichText::new("Columns").font(semibold(14.0)));
    let mut fields = vec![(ColumnUse::Unknown, "Undecided".to_owned()), (ColumnUse::LeftOut, "Left out".to_owned())];
    let known = ImportField::of(choices.kind, calendar).into_iter();
    fields.extend(known.map(|field| (ColumnUse::Holds(field), field.name(calendar))));
    ScrollArea::vertical().id_salt("columns").max_height(height).min_scrolled_height(height).auto_shrink(false).show(
        ui,
        |ui| {
            for (column, heading) in table.headings.iter().enumerate().take(MOST) {
                let named = if heading.is_empty() { format!("Column {}", column + 1) } else { heading.clone() };
                let mut holds = choices.columns.get(column).copied().unwrap_or_default();
                ui.horizontal(|ui| {
                    part(ui, HEADING, RichText::new(&named));
                    ui.spacing_mut().combo_width = HOLDS;
                    let name = format!("Column {}, {named}", column + 1);
                    if controls::list(ui, &name, &mut holds, &fields) {
                        take(choices, column, holds);
                    }
                    let cells =
                        table.rows.iter().take(FIRST_ROWS).map(|row| row.cells.get(column).map(ImportCell::shown));
                    let first: Vec<String> =
                        cells.map(|cell| cell.filter(|t| !t.is_empty()).unwrap_or("–".into())).collect();
                    let left = ui.available_width();
                    part(ui, left, RichText::new(first.join("  ·  ")).color(faint));
                });
            }
            if table.headings.len() > MOST {
                ui.colored_label(faint, format!("and {} columns more", table.headings.len() - MOST));
            }
        },
    );
}

/// Gives a field to a column: no other has it then.
fn take(choices: &mut Choices, column: usize, holds: ColumnUse) {
    for (index, place) in choices.columns.iter_mut().enumerate() {
        if index == column {
            *place = holds;
        } else if holds.field().is_some() && *place == holds {
            *place = ColumnUse::Unknown;
        }
    }
}

/// Text in so much room, cut where it is longer.
fn part(ui: &mut Ui, width: f32, text: RichText) {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(width, ROW), layout, |ui| {
        ui.set_min_width(width);
        let whole = text.text().to_owned();
        ui.add(Label::new(text).truncate()).on_hover_text(whole);
    });
}
