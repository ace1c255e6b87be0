//! The export of positions: layout, rows, columns and pay chosen beside a preview of what is then saved.

mod issue;
mod preview;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Button, CentralPanel, Checkbox, Frame, Label, Panel, RichText, ScrollArea, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::Progress;
use crate::desktop::action::{Action, Export, FileAction};
use crate::desktop::charts::file_name;
use crate::desktop::document::State;
use crate::desktop::export::{FileContent, FileOffer};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::job::{Ended, Job};
use crate::desktop::parts::controls;
use crate::desktop::parts::grid;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::Sheet;
use crate::engine::{Position, Reason};
use crate::files::{Choice, Layout, PositionTable, PositionsError, PositionsForm, RowUnit, Stamp};
pub(super) use issue::ChosenSeats;
use issue::IssueChoice;
use preview::{Preview, misses};

/// Room for the choices.
const CHOICES: f32 = 292.0;

/// The choices, which come back with the next start, and the table made of them.
#[derive(Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ExportPanel {
    #[serde(skip)]
    open: bool,
    /// The name of the layout.
    layout: String,
    form: Form,
    /// What a row is; the layout's way where nothing was chosen.
    one_a_seat: Option<bool>,
    without_pay: bool,
    /// Whether forecast backfills are written, too.
    backfills: bool,
    bom: Option<bool>,
    #[serde(skip)]
    issue: IssueChoice,
    /// Headings of the layout that are left out.
    left_out: BTreeSet<String>,
    /// The built-in layouts, and after them a company's own.
    #[serde(skip)]
    layouts: Vec<Arc<Layout>>,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    job: Job<PreviewKey, Result<Preview, PositionsError>>,
}

/// The form that is proposed; the ending of the path decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum Form {
    #[default]
    Csv,
    Xlsx,
    Calendar,
}

const FORMS: [(Form, Option<Icon>, &str); 3] = [
    (Form::Csv, Some(Icon::FileCsv), "CSV"),
    (Form::Xlsx, Some(Icon::FileXls), "XLSX"),
    (Form::Calendar, Some(Icon::Calendar), "Calendar"),
];

const ROWS: [(bool, Option<Icon>, &str); 2] = [(true, None, "One seat"), (false, None, "One requisition")];

/// What a table has been made of.
#[derive(Debug, Clone, PartialEq)]
struct PreviewKey {
    state: State,
    listed: Arc<[usize]>,
    changes: Arc<[Position]>,
    with_backfills: bool,
    layout: Arc<Layout>,
    choice: Choice,
}

impl Default for ExportPanel {
    fn default() -> Self {
        Self {
            open: false,
            layout: "neutral".to_owned(),
            form: Form::default(),
            one_a_seat: None,
            without_pay: false,
            backfills: false,
            bom: None,
            issue: IssueChoice::default(),
            left_out: BTreeSet::new(),
            layouts: Vec::new(),
            sheet: Sheet::default(),
            job: Job::default(),
        }
    }
}

impl ExportPanel {
    /// Whether it is shown in place of the list.
    pub(super) const fn is_open(&self) -> bool {
        self.open
    }

    /// Shows it.
    pub(super) const fn open(&mut self) {
        self.open = true;
    }

    /// Adds a company's own layout and chooses it.
    pub(super) fn add(&mut self, layout: Layout) {
        self.known();
        self.layouts.retain(|known| known.name != layout.name);
        self.choose(&layout.name);
        self.layouts.push(Arc::new(layout));
        self.open = true;
    }

    fn known(&mut self) {
        if self.layouts.is_empty() {
            self.layouts = Layout::built_in().unwrap_or_default().into_iter().map(Arc::new).collect();
        }
    }

    fn choose(&mut self, name: &str) {
        if self.layout != name {
            name.clone_into(&mut self.layout);
            // What was chosen is said of the columns of the other layout.
            (self.one_a_seat, self.bom) = (None, None);
            self.left_out.clear();
        }
    }

    /// Draws the choices and the preview of these positions.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        positions: &Arc<[Position]>,
        chosen: &ChosenSeats<'_>,
        reason: Option<Reason>,
    ) {
        self.known();
        let layout = self.layouts.iter().find(|l| l.name == self.layout).or_else(|| self.layouts.first());
        let Some(layout) = layout.map(Arc::clone) else { return };
        let left = Panel::left("export choices").resizable(false).exact_size(CHOICES).frame(Frame::NONE);
        left.show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.set_width(CHOICES - 16.0);
                self.choices(ui, scene, &layout, reason);
                self.issue.show(ui, scene, chosen, self.form == Form::Calendar);
                self.content(ui, scene, &layout);
            });
        });
        let of = PreviewKey {
            state: scene.document.state(),
            listed: Arc::clone(chosen.positions),
            changes: Arc::clone(chosen.changes),
            with_backfills: self.backfills || reason == Some(Reason::Backfill),
            choice: self.choice(&layout),
            layout: Arc::clone(&layout),
        };
        let outcome = Arc::clone(scene.document.outcome());
        let scenario = scene.document.scenario().unwrap_or_default().to_owned();
        self.job.want(ui.ctx(), "positions", of.clone(), || {
            let (of, positions) = (of.clone(), Arc::clone(positions));
            move |progress: &Progress| {
                let is_written = |p: &&Position| of.with_backfills || p.reason.is_written_by_default();
                let listed = of.listed.iter().filter_map(|i| positions.get(*i));
                let since_issue = of.changes.iter().filter(|_| of.choice.changes);
                let listed = listed.filter(is_written).filter(|_| !of.choice.changes);
                let seats: Vec<&Position> = since_issue.chain(listed).collect();
                let stamp = Stamp { scenario, record: String::new() };
                let table = PositionTable::of(&outcome, &seats, &of.layout, &of.choice, &stamp, progress)?;
                Ok(Preview::new(table, &of.layout))
            }
        });
        let beside = Frame::NONE.inner_margin(egui::Margin { left: 8, ..egui::Margin::ZERO });
        CentralPanel::default().frame(beside).show(ui, |ui| self.preview(ui, scene, &of));
    }

    fn choice(&self, layout: &Layout) -> Choice {
        let kept = layout.columns.iter().map(|c| &c.header).filter(|h| !self.left_out.contains(*h));
        Choice {
            rows: Some(if self.by_seat(layout) { RowUnit::Seats } else { RowUnit::Requisitions }),
            without_pay: self.without_pay,
            columns: Some(kept.cloned().collect()),
            bom: self.bom,
            changes: self.issue.only_changes && self.form != Form::Calendar,
        }
    }

    /// Whether a row is one seat. A calendar with an event a seat would hide the days behind the crowd.
    fn by_seat(&self, layout: &Layout) -> bool {
        self.one_a_seat.unwrap_or(layout.rows == RowUnit::Seats && self.form != Form::Calendar)
    }

    fn choices(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, layout: &Layout, reason: Option<Reason>) {
        title(ui, "Layout");
        ui.horizontal(|ui| {
            let names: Vec<(usize, String)> = self.layouts.iter().map(|l| l.title.clone()).enumerate().collect();
            let mut at = self.layouts.iter().position(|l| l.name == layout.name).unwrap_or(0);
            if controls::list(ui, "Layout", &mut at, &names) {
                let name = self.layouts.get(at).map(|l| l.name.clone()).unwrap_or_default();
                self.choose(&name);
            }
            let own = ui.button(format!("{} Your own…", Icon::FolderOpen));
            if own.on_hover_text("A layout is a .ron file: a company can have its own").clicked() {
                scene.send(Action::File(FileAction::AskLayout));
            }
        });
        let note = Label::new(RichText::new(&layout.note).color(scene.palette.faint).size(12.5)).wrap();
        let sources = layout.sources.join("\n");
        let note = ui.add(note);
        if !sources.is_empty() {
            note.on_hover_text(format!("From\n{sources}"));
        }
        title(ui, "File");
        ui.horizontal(|ui| controls::switch(ui, &mut self.form, &FORMS));
        if self.form == Form::Csv {
            let mut bom = self.bom.unwrap_or(layout.bom);
            let mark = ui.checkbox(&mut bom, "Mark the text as UTF-8 for Excel");
            if mark.on_hover_text("With a byte order mark, by which Excel knows names in every script").changed() {
                self.bom = Some(bom);
            }
        }
        title(ui, "A row is");
        let mut by_seat = self.by_seat(layout);
        if ui.horizontal(|ui| controls::switch(ui, &mut by_seat, &ROWS)).inner {
            self.one_a_seat = Some(by_seat);
        }
        title(ui, "Pay");
        ui.checkbox(&mut self.without_pay, "Leave pay and currency out");
        if reason.is_none() {
            title(ui, "Backfills");
            ui.checkbox(&mut self.backfills, "Write forecast backfills, too");
        }
    }

    fn content(&mut self, ui: &mut Ui, scene: &Scene<'_>, layout: &Layout) {
        if self.form == Form::Calendar {
            ui.add_space(8.0);
            let about = "A calendar holds the days on which requisitions open, and people start, move or leave";
            ui.add(Label::new(RichText::new(about).color(scene.palette.faint).size(12.5)).wrap());
        } else {
            self.columns(ui, scene, layout);
        }
    }

    fn columns(&mut self, ui: &mut Ui, scene: &Scene<'_>, layout: &Layout) {
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Columns").font(semibold(13.0)));
            if ui.add_enabled(!self.left_out.is_empty(), Button::new("All").small()).clicked() {
                self.left_out.clear();
            }
            let needed = Button::new("Required only").small();
            if ui.add_enabled(layout.columns.iter().any(|c| c.required), needed).clicked() {
                let others = layout.columns.iter().filter(|c| !c.required);
                self.left_out = others.map(|c| c.header.clone()).collect();
            }
        });
        for column in &layout.columns {
            let pay = self.without_pay && column.from.is_pay();
            let mut shown = !pay && !self.left_out.contains(&column.header);
            let mut text = RichText::new(&column.header);
            if column.required {
                text = text.font(semibold(14.0));
            }
            let response = ui.add_enabled(!pay, Checkbox::new(&mut shown, text));
            if response.changed() && !self.left_out.remove(&column.header) {
                self.left_out.insert(column.header.clone());
            }
            if column.required {
                response.on_hover_text(format!("{} requires it", layout.title));
            }
        }
        let about = format!("{} requires what is set in bold", layout.title);
        if layout.columns.iter().any(|c| c.required) {
            ui.label(RichText::new(about).color(scene.palette.faint).size(12.5));
        }
    }

    fn preview(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, of: &PreviewKey) {
        let made = match (self.job.result(of), self.job.ended(of)) {
            (Some(Ok(preview)), _) => Ok(preview.clone()),
            (Some(Err(error)), _) => Err(error.to_string()),
            (None, Some(Ended::Failed(why))) => Err(why.clone()),
            (None, _) => Err(String::new()),
        };
        ui.horizontal(|ui| {
            let what = made.as_ref().map_or(String::new(), |made| made.table().in_words());
            ui.label(RichText::new(what).font(semibold(14.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Back to the list").clicked() {
                    self.open = false;
                }
                let ready = made.as_ref().ok().map(Preview::table).filter(|table| !table.rows.is_empty());
                let save = Button::new(RichText::new(format!("{} Save…", Icon::FloppyDisk)).strong());
                if ui.add_enabled(ready.is_some(), save).clicked()
                    && let Some(table) = ready
                {
                    scene.send(Action::Export(Export::File(self.offer(scene, of, Arc::clone(table)))));
                }
            });
        });
        match made {
            Ok(preview) => {
                misses(ui, scene, &preview.table().missing_in_words(&of.layout));
                issue::list(ui, scene, &of.changes);
                ui.add_space(4.0);
                grid::show(&mut self.sheet, ui, scene, "export preview", &preview);
            }
            Err(why) if why.is_empty() => {
                ui.label(RichText::new(format!("{} Writing the rows…", Icon::Hourglass)).color(scene.palette.faint));
            }
            Err(why) => drop(ui.colored_label(scene.palette.error, why)),
        }
    }

    fn offer(&self, scene: &Scene<'_>, of: &PreviewKey, table: Arc<PositionTable>) -> FileOffer {
        let ending = match self.form {
            Form::Csv => "csv",
            Form::Xlsx => "xlsx",
            Form::Calendar => "ics",
        };
        let detail = if of.layout.name == "neutral" { "positions" } else { &format!("positions {}", of.layout.name) };
        let name = format!("{}.{ending}", file_name(&scene.plan().name, detail));
        let offer = FileOffer::new(name, PositionsForm::ENDINGS, move |path, _| {
            let bytes = PositionsForm::of(path).and_then(|form| table.bytes(form)).map_err(|e| e.to_string())?;
            Ok(FileContent { bytes, what: table.in_words() })
        });
        offer.followed_by(self.issue.following(scene, &of.changes, of.choice.changes))
    }
}

/// A heading among the choices.
fn title(ui: &mut Ui, text: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(text).font(semibold(13.0)));
}
