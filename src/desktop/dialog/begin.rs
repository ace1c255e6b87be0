//! A new plan from tables: its name, first month, currency and length, the files that it begins from, and what came of each.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;

use egui::{RichText, ScrollArea, Ui};

use super::answer::{DialogAnswer, buttons};
use super::import::mapping;
use super::path_field::PathField;
use crate::desktop::action::Action;
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job};
use crate::desktop::numbers::Numbers;
use crate::desktop::parts::controls::{self, wrapped_label};
use crate::desktop::picker::FilePicker;
use crate::desktop::tokens::Palette;
use crate::edit::import::{
    BegunPlan, DateOrder, DecimalSign, NewPlan, QuarterNames, SourceTable, TakenTable, begin, by_cause,
};
use crate::files::{self, Template};
use crate::plan::Plan;
use crate::units::{Month, counted};

/// The tables of the chosen files, or why one cannot be read.
type Tables = Result<Arc<Vec<SourceTable>>, String>;

/// A plan that is being made from tables.
pub(in crate::desktop) struct Beginning {
    name: String,
    first_month: String,
    currency: String,
    quarters: usize,
    field: PathField,
    files: Vec<PathBuf>,
    dates: Option<DateOrder>,
    decimals: Option<DecimalSign>,
    quarter_names: Option<QuarterNames>,
    /// Whether rows and columns that do not fit may stay out.
    skips_unfit: bool,
    read: Job<Vec<PathBuf>, Tables>,
    made: Job<(NewPlan, Vec<PathBuf>), Result<BegunPlan, String>>,
}

impl Beginning {
    /// Begins with the fiscal year that comes next in July, as a proposal.
    pub(in crate::desktop) fn new(today: chrono::NaiveDate) -> Self {
        use chrono::Datelike;
        let year = if today.month() > 7 { today.year() + 1 } else { today.year() };
        Self {
            name: "New plan".to_owned(),
            first_month: format!("{year}-07"),
            currency: "USD".to_owned(),
            quarters: 8,
            field: PathField::default(),
            files: Vec::new(),
            dates: None,
            decimals: None,
            quarter_names: None,
            skips_unfit: false,
            read: Job::default(),
            made: Job::default(),
        }
    }

    /// The plan that is asked for, but for its name, or why that cannot be understood.
    fn request(&self) -> Result<NewPlan, String> {
        let first_month: Month = self.first_month.trim().parse().map_err(|e| format!("{e}"))?;
        let currency = self.currency.trim().to_uppercase();
        if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_uppercase()) {
            return Err("The currency is a code of three letters, such as USD".to_owned());
        }
        let Self { quarters, dates, decimals: numbers, quarter_names, .. } = *self;
        Ok(NewPlan { name: String::new(), first_month, quarters, currency, dates, numbers, quarter_names })
    }
}

fn read(paths: &[PathBuf]) -> Tables {
    let mut tables = Vec::new();
    for path in paths {
        tables.extend(files::source_tables(path).map_err(|e| e.to_string())?);
    }
    Ok(Arc::new(tables))
}

fn make(new: &NewPlan, tables: &[SourceTable]) -> Result<BegunPlan, String> {
    let [model, ..] = Template::ALL;
    let model =
        model.plan().map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    begin(&model, new, tables).map_err(|e| e.to_string())
}

/// Draws the dialog.
pub(super) fn show(ui: &mut Ui, beginning: &mut Beginning, numbers: Numbers, picker: &dyn FilePicker) -> DialogAnswer {
    let palette = Palette::of(ui.ctx());
    ui.heading("New plan from tables");
    ui.label("A roster, pay, targets, accounts, growth hires: in one file or several, every sheet of a workbook");
    inputs(ui, beginning);
    let entered = beginning.field.edit(ui, "folder/staff.xlsx") | beginning.field.received();
    let path = beginning.field.path();
    let usable = !path.as_os_str().is_empty();
    let add = |beginning: &mut Beginning, path: PathBuf| {
        if !beginning.files.contains(&path) {
            beginning.files.push(path);
        }
        beginning.field = PathField::default();
    };
    ui.horizontal(|ui| {
        if (ui.add_enabled(usable, egui::Button::new("Add file")).clicked() || entered) && usable {
            add(beginning, path);
        }
        if ui.button("Browse…").clicked() {
            let (send, receive) = channel();
            beginning.field.wait_for(receive);
            picker.table(ui.ctx(), send);
        }
    });
    list(ui, beginning);
    let made = match beginning.request() {
        Ok(new) if !beginning.files.is_empty() => result(ui, beginning, new),
        request => request.map(|_| None),
    };
    let mut whole = false;
    match &made {
        Err(why) => wrapped_label(ui, why, palette.error),
        Ok(Some(key)) => match beginning.made.result(key) {
            Some(Ok(begun)) => {
                preview(ui, begun, numbers);
                whole = begun.is_whole();
                if !whole {
                    ui.checkbox(&mut beginning.skips_unfit, "Leave out what does not fit");
                }
            }
            Some(Err(why)) => wrapped_label(ui, why, palette.error),
            None => drop(ui.label("Reading…")),
        },
        Ok(None) if !beginning.files.is_empty() => drop(ui.label("Reading…")),
        Ok(None) => {}
    }
    let begun = made.ok().flatten().and_then(|key| beginning.made.result(&key)?.as_ref().ok());
    let usable = begun.is_some() && (whole || beginning.skips_unfit);
    buttons(ui, |ui| {
        if let (true, Some(begun)) = (ui.add_enabled(usable, egui::Button::new("Create plan")).clicked(), begun) {
            let plan = Plan { name: beginning.name.trim().to_owned(), ..begun.plan.clone() };
            return DialogAnswer::Then(vec![Action::AskThen(Box::new(Action::Begin(Box::new(plan))))]);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

/// Reads the files and makes the plan beside the window, each when it is needed; the key of the result, `None` until the files
/// are read.
fn result(ui: &Ui, beginning: &mut Beginning, new: NewPlan) -> Result<Option<(NewPlan, Vec<PathBuf>)>, String> {
    let paths = beginning.files.clone();
    let asked = paths.clone();
    beginning.read.want(ui.ctx(), "read tables", paths.clone(), || move |_: &_| read(&asked));
    if let Some(Ended::Failed(why)) = beginning.read.ended(&paths) {
        return Err(why.clone());
    }
    let Some(tables) = beginning.read.result(&paths) else { return Ok(None) };
    let tables = Arc::clone(tables.as_ref().map_err(Clone::clone)?);
    let key = (new.clone(), paths);
    beginning.made.want(ui.ctx(), "make a plan", key.clone(), || move |_: &_| make(&new, &tables));
    match beginning.made.ended(&key) {
        Some(Ended::Failed(why)) => Err(why.clone()),
        _ => Ok(Some(key)),
    }
}

fn inputs(ui: &mut Ui, beginning: &mut Beginning) {
    ui.horizontal_wrapped(|ui| {
        ui.label("Name");
        editor::live(ui, EditorLook::line("Plan name", 170.0), &mut beginning.name);
        ui.label("First month");
        editor::live(ui, EditorLook::line("First month", 84.0).hint("YYYY-MM"), &mut beginning.first_month);
        ui.label("Currency");
        editor::live(ui, EditorLook::line("Plan currency", 60.0), &mut beginning.currency);
        let quarters: Vec<(usize, String)> =
            (1..=5).map(|years| (years * 4, format!("{} quarters", years * 4))).collect();
        controls::list(ui, "Quarters", &mut beginning.quarters, &quarters);
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().combo_width = 150.0;
        mapping::days(ui, &mut beginning.dates);
        mapping::decimals(ui, &mut beginning.decimals);
        mapping::quarters(ui, &mut beginning.quarter_names);
    });
}

fn list(ui: &mut Ui, beginning: &mut Beginning) {
    let mut gone = None;
    for (at, path) in beginning.files.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.label(path.display().to_string());
            if ui.small_button("Remove").clicked() {
                gone = Some(at);
            }
        });
    }
    if let Some(at) = gone {
        beginning.files.remove(at);
    }
}

/// The result of each table, and what is to be stated.
fn preview(ui: &mut Ui, begun: &BegunPlan, numbers: Numbers) {
    let palette = Palette::of(ui.ctx());
    let plan = &begun.plan;
    let people: u64 = plan.baseline.iter().map(|b| u64::from(b.heads)).sum();
    let (regions, roles) =
        (counted(plan.regions.len(), "region", "regions"), counted(plan.roles.len(), "role", "roles"));
    ui.label(RichText::new(format!("{regions}, {roles}, {} people", numbers.count(people))).font(semibold(14.0)));
    ScrollArea::vertical().id_salt("begun").max_height(220.0).auto_shrink([false, true]).show(ui, |ui| {
        for table in &begun.tables {
            of_table(ui, table, &palette);
        }
        ui.label(RichText::new("To be stated, and taken from the bundled plan until then").font(semibold(13.0)));
        for line in &begun.to_state {
            wrapped_label(ui, line, palette.faint);
        }
    });
}

fn of_table(ui: &mut Ui, table: &TakenTable, palette: &Palette) {
    match &table.result {
        Err(why) => wrapped_label(ui, format!("{} {}: {why}", Icon::Warning, table.name), palette.warning),
        Ok((kind, made)) => {
            let out = made.unfit.len() + made.left_out.len();
            let out = if out == 0 { String::new() } else { format!(", {} left out", counted(out, "row", "rows")) };
            wrapped_label(
                ui,
                format!("{}: {}, {} taken{out}", table.name, kind.title(), counted(made.totals.taken, "row", "rows")),
                palette.text,
            );
            for column in made.open_columns() {
                wrapped_label(
                    ui,
                    format!("{} Column {} {}", Icon::Warning, column.name, column.reason),
                    palette.warning,
                );
            }
            for group in by_cause(&made.unfit) {
                let first = group.rows.first().and_then(|at| made.unfit.get(*at));
                let first = first.map_or_else(String::new, |row| format!("row {}: {}", row.row, row.reason));
                let rows = counted(group.rows.len(), "row", "rows");
                wrapped_label(
                    ui,
                    format!("{} {rows}: {} ({first})", Icon::Warning, group.cause.title()),
                    palette.warning,
                );
            }
            for group in by_cause(&made.left_out) {
                wrapped_label(
                    ui,
                    format!("{}: {}", counted(group.rows.len(), "row", "rows"), group.cause.title()),
                    palette.faint,
                );
            }
            for sentence in made.notes.iter().cloned().chain(made.unused_sentences()) {
                wrapped_label(ui, sentence, palette.faint);
            }
        }
    }
}
