//! Taking in a table in the window: which file, what its columns hold, what comes of it, and only then the edit. What
//! rows mean, `edit::import` says; reading and reckoning go on beside the window.

mod filters;
pub(super) mod mapping;
mod names;
mod outcome;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;

use egui::{Align, Layout, Ui, vec2};

use super::answer::{DialogAnswer, buttons};
use super::path_field::PathField;
use crate::desktop::action::Action;
use crate::desktop::document::Document;
use crate::desktop::job::{Ended, Job};
use crate::desktop::numbers::Numbers;
use crate::desktop::picker::FilePicker;
use crate::desktop::tokens::Palette;
use crate::edit::import::{Choices, Import, ImportError, ImportKind, ImportTable, KeptColumns, UnknownName, import};
use crate::files;
use crate::plan::Plan;
use outcome::Preview;

/// Most width of the dialog, and what the window keeps beside it.
const WIDTH: f32 = 1120.0;
const BESIDE: f32 = 96.0;
/// The room above and below the two lists, and around the dialog.
const ABOVE_AND_BELOW: f32 = 300.0;
/// The title above a list.
const TITLE: f32 = 30.0;

/// The file that is read, and the sheet that was chosen in it.
type Source = (PathBuf, Option<String>);

/// A table that is being taken in.
pub(in crate::desktop) struct Importing {
    field: PathField,
    kept: KeptColumns,
    source: Option<Source>,
    read: Job<Source, Result<Loaded, String>>,
    /// The kind that the planner chose; `None` for the one that the headings say.
    kind: Option<ImportKind>,
    choices: Option<(Source, Choices)>,
    /// Names that the plan does not know, as they turned up, also when they are mapped.
    names: Vec<UnknownName>,
    made: Job<(Source, Choices), Result<Preview, ImportError>>,
    /// The choices whose unknown names are listed.
    listed: Option<(Source, Choices)>,
}

/// The content of a file.
struct Loaded {
    sheets: Vec<String>,
    sheet: Option<String>,
    notes: Vec<String>,
    table: Result<Arc<ImportTable>, String>,
}

impl Importing {
    /// Asks for a file, or begins with one; `kept` is what was corrected in earlier tables.
    pub(in crate::desktop) fn new(path: Option<PathBuf>, kept: KeptColumns) -> Self {
        Self {
            field: PathField::new(path.clone().unwrap_or_default()),
            kept,
            source: path.map(|path| (path, None)),
            read: Job::default(),
            kind: None,
            choices: None,
            names: Vec::new(),
            made: Job::default(),
            listed: None,
        }
    }

    /// The width of the dialog: a table wants more room than a path.
    pub(in crate::desktop) fn width(&self, ctx: &egui::Context) -> Option<f32> {
        let read = self.source.as_ref().filter(|source| matches!(self.read.result(source), Some(Ok(_))));
        read.map(|_| (ctx.content_rect().width() - BESIDE).clamp(400.0, WIDTH))
    }
}

fn load(source: &Source) -> Result<Loaded, String> {
    let file = files::read_table(&source.0, source.1.as_deref()).map_err(|e| e.to_string())?;
    let table = ImportTable::of(file.rows).map(Arc::new).map_err(|e| e.to_string());
    Ok(Loaded { sheets: file.sheets, sheet: file.sheet, notes: file.notes, table })
}

/// Draws the dialog.
pub(in crate::desktop) fn show(
    ui: &mut Ui,
    importing: &mut Importing,
    document: &Document,
    numbers: Numbers,
    picker: &dyn FilePicker,
) -> DialogAnswer {
    let Some(source) = importing.source.clone() else { return ask(ui, importing, picker, None) };
    let plan = document.plan();
    // What comes into a scenario leaves the other scenarios as they are.
    let alone = document.scenario().is_some();
    let here = source.clone();
    importing.read.want(ui.ctx(), "read a table", source.clone(), || move |_: &_| load(&here));
    let failed = match (importing.read.result(&source), importing.read.ended(&source)) {
        (Some(Ok(_)), _) => return table(ui, importing, &source, (plan, alone), numbers),
        (Some(Err(why)), _) | (None, Some(Ended::Failed(why))) => why.clone(),
        (None, _) => {
            ui.heading("Import a table");
            ui.label("Reading…");
            return buttons(
                ui,
                |ui| if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay },
            );
        }
    };
    ask(ui, importing, picker, Some(&failed))
}

/// The question for a file.
fn ask(ui: &mut Ui, importing: &mut Importing, picker: &dyn FilePicker, failed: Option<&str>) -> DialogAnswer {
    ui.heading("Import a table");
    ui.label("A staff roster, targets, accounts, pay or growth hires: type the path of a .csv or .xlsx file, or browse for it");
    let field = &mut importing.field;
    let entered = field.edit(ui, "folder/staff.csv") | field.received();
    if let Some(why) = failed {
        ui.add(egui::Label::new(egui::RichText::new(why).color(Palette::of(ui.ctx()).error)).wrap());
    }
    let path = field.path();
    let usable = !path.as_os_str().is_empty();
    buttons(ui, |ui| {
        if (ui.add_enabled(usable, egui::Button::new("Open")).clicked() || entered) && usable {
            // A file that was mended in the meantime is read anew.
            *importing = Importing::new(Some(path), std::mem::take(&mut importing.kept));
            return DialogAnswer::Stay;
        }
        if ui.button("Browse…").clicked() {
            let (send, receive) = channel();
            importing.field.wait_for(receive);
            picker.table(ui.ctx(), send);
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}

/// The columns and the result of the table.
fn table(
    ui: &mut Ui,
    importing: &mut Importing,
    source: &Source,
    (plan, alone): (&Arc<Plan>, bool),
    numbers: Numbers,
) -> DialogAnswer {
    let Importing { kept, source: asked, read, kind, choices, made, names, listed, .. } = importing;
    let Some(Ok(loaded)) = read.result(source) else { return DialogAnswer::Stay };
    let name = source.0.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    ui.heading(format!("Import {name}"));
    let mut sheet = source.1.clone();
    let here = match &loaded.table {
        Ok(table) => {
            let fresh = |kind: ImportKind| Choices::found(plan, table, kind, kept);
            let known = choices.take().filter(|(of, _)| of == source).map(|(_, choices)| choices);
            let mut here = known.unwrap_or_else(|| fresh(kind.unwrap_or_else(|| ImportKind::of(plan, table))));
            let quarters = here.quarters;
            if mapping::options(ui, &mut here, &loaded.sheets, loaded.sheet.as_deref(), &mut sheet) {
                *kind = Some(here.kind);
                let found = fresh(here.kind);
                here = Choices { columns: found.columns, replace: found.replace, ..here };
                names.clear();
            }
            here.reread_quarters(plan, table, kept, quarters);
            filters::show(ui, &mut here, table);
            Some((table, here))
        }
        Err(why) => {
            mapping::sheets(ui, &loaded.sheets, loaded.sheet.as_deref(), &mut sheet);
            ui.colored_label(Palette::of(ui.ctx()).error, why);
            None
        }
    };
    let mut answer = None;
    let mut rows = None;
    if let Some((table, mut here)) = here {
        let height = (ui.ctx().content_rect().height() - ABOVE_AND_BELOW).max(120.0);
        let key = (source.clone(), here.clone());
        let (theirs, rows_of, chosen) = (Arc::clone(plan), Arc::clone(table), here.clone());
        made.want(ui.ctx(), "import a table", key.clone(), || {
            move |_: &_| {
                let own = alone.then(|| theirs.alone());
                import(own.as_ref().unwrap_or(&theirs), &rows_of, &chosen).map(Preview::of)
            }
        });
        ui.columns_const(|[left, right]| {
            // Columns justify what stands in them; words are to be read.
            let words = Layout::top_down(Align::Min);
            left.with_layout(words, |ui| {
                // Names want as much room as they have rows, up to the half.
                let below = if names.is_empty() { 0.0 } else { (height * 0.5).min(names::height(ui, names.len())) };
                mapping::columns(ui, height - below, &mut here, table, plan.calendar);
                if !names.is_empty() {
                    names::show(ui, below - TITLE, names, &mut here, plan, numbers);
                }
            });
            // The last figures stand back until those that are wanted are there.
            let (found, note) = (made.result(&key).or_else(|| made.last()), loaded.notes.as_slice());
            right.with_layout(words, |ui| outcome::show(ui, height, found, note, numbers, here.kind));
        });
        if let Some(Ok(preview)) = made.result(&key) {
            let import = &preview.import;
            if listed.as_ref() != Some(&key) {
                names::collect(names, import);
                *listed = Some(key.clone());
            }
            let changes = !import.edits.is_empty() || import.names.is_some();
            rows = Some(import.totals.taken).filter(|_| changes);
            answer = Some((import, key, table));
        }
        *choices = Some((source.clone(), here));
    }
    if sheet != source.1 {
        *asked = Some((source.0.clone(), sheet));
        names.clear();
    }
    let answer = answer.filter(|_| rows.is_some());
    let take = answer.map(|(import, (_, choices), table)| move || taken(import, &choices, table, kept, plan, &name));
    finish(ui, asked, rows, take)
}

/// The edit, and what is kept of the corrections.
fn taken(
    import: &Import,
    choices: &Choices,
    table: &ImportTable,
    kept: &KeptColumns,
    plan: &Plan,
    name: &str,
) -> Vec<Action> {
    let mut kept = kept.clone();
    kept.keep(plan, table, choices);
    let label = import.label(choices.kind, name);
    let edits = import.edits.iter().chain(&import.names).cloned().collect();
    vec![Action::KeepColumns(kept), Action::Commit { label, edits }]
}

/// The buttons; nothing is taken before the first of them.
fn finish(
    ui: &mut Ui,
    asked: &mut Option<Source>,
    rows: Option<usize>,
    take: Option<impl FnOnce() -> Vec<Action>>,
) -> DialogAnswer {
    buttons(ui, |ui| {
        let title = match rows {
            None => "Import".to_owned(),
            Some(1) => "Import 1 row".to_owned(),
            Some(rows) => format!("Import {rows} rows"),
        };
        let button = ui.add_enabled(take.is_some(), egui::Button::new(title).min_size(vec2(120.0, 0.0)));
        if let Some(take) = take.filter(|_| button.clicked()) {
            return DialogAnswer::Then(take());
        }
        if ui.button("Other file…").clicked() {
            *asked = None;
        }
        if ui.button("Cancel").clicked() { DialogAnswer::Close } else { DialogAnswer::Stay }
    })
}
