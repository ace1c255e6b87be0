//! The result of an import before it is taken: figures before and after, and every row that is left out.

use egui::{Align, Grid, Label, Layout, RichText, ScrollArea, Ui, vec2};

use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::numbers::{NONE, Numbers};
use crate::desktop::parts::controls::wrapped_label;
use crate::desktop::tokens::{Palette, ROW};
use crate::edit::import::{Import, ImportError, ImportKind, ImportLine, by_cause};
use crate::plan::Holds;
use crate::units::{Exact, capitalised, counted};

/// Room for a figure: a thousand millions with their cents.
const FIGURE: f32 = 128.0;
/// Room for a count.
const COUNT: f32 = 64.0;
/// Room between two lines.
const GAP: f32 = 4.0;
/// Room between two columns.
const BETWEEN: f32 = 14.0;

/// The result of a table with the lines that list its rows, worked out once.
pub(super) struct Preview {
    pub(super) import: Import,
    lines: Vec<PreviewLine>,
}

/// A line of the list of rows that stay out.
enum PreviewLine {
    /// The heading of rows with one cause.
    Cause { text: String, unfit: bool },
    /// A row, by its index among those that do not fit, or those that are left out.
    Row { at: usize, unfit: bool },
}

impl Preview {
    pub(super) fn of(import: Import) -> Self {
        let mut lines = Vec::new();
        for (rows, unfit) in [(&import.unfit, true), (&import.left_out, false)] {
            for group in by_cause(rows) {
                let people = if group.people > 1 { format!(", {} people", group.people) } else { String::new() };
                let text = format!("{} ({}{people})", group.cause.title(), group.rows.len());
                lines.push(PreviewLine::Cause { text, unfit });
                lines.extend(group.rows.into_iter().map(|at| PreviewLine::Row { at, unfit }));
            }
        }
        Self { import, lines }
    }
}

/// Draws the result of a table; nothing yet while it is being worked out.
pub(super) fn show(
    ui: &mut Ui,
    height: f32,
    found: Option<&Result<Preview, ImportError>>,
    notes: &[String],
    numbers: Numbers,
    kind: ImportKind,
) {
    ui.spacing_mut().item_spacing.y = GAP;
    let palette = Palette::of(ui.ctx());
    ui.label(RichText::new("Result").font(semibold(14.0)));
    let stay_out = found.and_then(|made| made.as_ref().ok()).map_or(0, |made| made.lines.len());
    // A long list of rows leaves room for the figures above it.
    let below = if stay_out == 0 { 0.0 } else { (height * 0.4).min(rows_height(ui, stay_out)) };
    let scroll = ScrollArea::vertical().id_salt("outcome").auto_shrink(false);
    scroll.max_height(height - below).min_scrolled_height(height - below).show(ui, |ui| {
        for note in notes {
            wrapped_label(ui, format!("{} {note}", Icon::Warning), palette.warning);
        }
        match found {
            None => {
                ui.label("Reading…");
            }
            Some(Err(error)) => {
                wrapped_label(ui, format!("{} {}", Icon::Warning, capitalised(&error.to_string())), palette.error);
            }
            Some(Ok(preview)) => figures(ui, &preview.import, numbers, kind, &palette),
        }
    });
    if let Some(Ok(preview)) = found.filter(|_| stay_out > 0) {
        rows(ui, preview, below, &palette);
    }
}

fn figures(ui: &mut Ui, import: &Import, numbers: Numbers, kind: ImportKind, palette: &Palette) {
    for column in import.open_columns() {
        wrapped_label(ui, format!("{} Column {} {}", Icon::Warning, column.name, column.reason), palette.warning);
    }
    for note in &import.notes {
        wrapped_label(ui, note, palette.faint);
    }
    for sentence in import.unused_sentences() {
        wrapped_label(ui, sentence, palette.faint);
    }
    if kind == ImportKind::Roster && import.totals.taken > 0 {
        ui.label(control_totals(import, numbers));
    }
    if import.edits.is_empty() {
        let same = import.totals.taken > 0;
        let why = if same { "the plan states the same already" } else { "no row is taken" };
        ui.label(format!("Nothing changes: {why}"));
        return;
    }
    let (stay, change): (Vec<&ImportLine>, Vec<&ImportLine>) = import.lines.iter().partition(|line| line.stays());
    let unit = match kind {
        ImportKind::Roster => "People",
        kind => kind.title(),
    };
    let counts = import.lines.iter().all(|line| matches!(line.holds, Holds::Count));
    let room = if counts { COUNT } else { FIGURE };
    let names = (ui.available_width() - 2.0 * (room + BETWEEN) - 8.0).max(80.0);
    Grid::new("now and then").num_columns(3).spacing([BETWEEN, 3.0]).show(ui, |ui| {
        let heading = |text: &str| RichText::new(text).color(palette.faint).size(12.5);
        ui.label(heading(unit));
        right(ui, room, heading("Now"));
        right(ui, room, heading("Then"));
        ui.end_row();
        for line in change {
            let size = vec2(names, ui.text_style_height(&egui::TextStyle::Body));
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.set_max_width(names);
                ui.add(Label::new(&line.name).truncate()).on_hover_text(&line.name);
            });
            right(ui, room, RichText::new(figure(numbers, line.before, line.holds)));
            right(ui, room, RichText::new(figure(numbers, line.after, line.holds)).strong());
            ui.end_row();
        }
    });
    if !stay.is_empty() {
        let verb = if stay.len() == 1 { "figure stays as it is" } else { "figures stay as they are" };
        ui.colored_label(palette.faint, format!("{} {verb}", stay.len()));
    }
}

/// The totals of a roster, to be compared with its source.
fn control_totals(import: &Import, numbers: Numbers) -> String {
    let totals = &import.totals;
    let count = |n: usize| numbers.count(u64::try_from(n).unwrap_or(u64::MAX));
    let fte = totals.fte.map_or_else(String::new, |fte| format!(", {} FTE", numbers.exact(fte, fte.places().min(2))));
    let people = if totals.people == 1 { "person" } else { "people" };
    format!(
        "{} of {} rows taken: {} {people}{fte}",
        count(totals.taken),
        count(totals.rows),
        numbers.count(totals.people)
    )
}

fn figure(numbers: Numbers, value: Option<Exact>, holds: Holds) -> String {
    let cents = |value: Exact| !matches!(holds, Holds::Count) && value.places() > 0;
    let places = |value: Exact| if cents(value) { 2 } else { 0 };
    value.map_or_else(|| NONE.to_owned(), |value| numbers.exact(value, places(value)))
}

/// A figure at the right of so much room: the last of a grid's columns would else take all that is left.
fn right(ui: &mut Ui, width: f32, text: RichText) {
    let room = vec2(width, ui.text_style_height(&egui::TextStyle::Body));
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(width);
        ui.label(text);
    });
}

fn rows_height(ui: &Ui, rows: usize) -> f32 {
    // A few headings, and the rows under them; no more than fill the window.
    let lines = f32::from(u16::try_from(rows.min(60)).unwrap_or(60)) + 4.5;
    lines * (ROW + ui.spacing().item_spacing.y)
}

/// The rows that stay out, each with its reason.
fn rows(ui: &mut Ui, preview: &Preview, height: f32, palette: &Palette) {
    let Preview { import, lines } = preview;
    let many = |n: usize, one: &str, more: &str| counted(n, &format!("row {one}"), &format!("rows {more}"));
    let mut said = Vec::new();
    if !import.unfit.is_empty() {
        said.push(many(import.unfit.len(), "does not fit and stays out", "do not fit and stay out"));
    }
    if !import.left_out.is_empty() {
        said.push(many(import.left_out.len(), "is left out", "are left out"));
    }
    ui.label(RichText::new(format!("{} {}", Icon::Warning, said.join(", "))).color(palette.warning));
    let scroll = ScrollArea::vertical().id_salt("rows").auto_shrink(false).max_height(height - ROW);
    scroll.show_rows(ui, ROW, lines.len(), |ui, range| {
        for line in lines.get(range).unwrap_or_default() {
            let (text, unfit) = match line {
                PreviewLine::Cause { text, unfit } => (RichText::new(text).font(semibold(13.0)), *unfit),
                PreviewLine::Row { at, unfit } => {
                    let Some(row) = (if *unfit { &import.unfit } else { &import.left_out }).get(*at) else { continue };
                    let cell = row.cell.as_ref().map_or_else(String::new, |cell| format!(" ({cell})"));
                    (RichText::new(format!("Row {}{cell}: {}", row.row, row.reason)), *unfit)
                }
            };
            let text = if unfit { text } else { text.color(palette.faint) };
            ui.horizontal(|ui| {
                ui.set_height(ROW);
                let whole = text.text().to_owned();
                ui.add(Label::new(text).truncate()).on_hover_text(whole);
            });
        }
    });
}
