//! The brief for the board: its form and what it is compared with, and the file that is then made beside the window.

use std::sync::Arc;

use egui::Ui;

use crate::analysis::Progress;
use crate::desktop::action::{Action, Export};
use crate::desktop::charts::file_name;
use crate::desktop::document::{self, Document};
use crate::desktop::export::{FileContent, FileOffer};
use crate::desktop::parts::controls;
use crate::edit;
use crate::engine::Outcome;
use crate::files::{self, BriefOptions, BriefSubject, Paper, Stamp};

/// The form of a brief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum BriefForm {
    #[default]
    A4,
    Letter,
    Slides,
}

/// A request for a brief: its form, and the version that stands beside the plan.
#[derive(Debug, Clone, Default)]
pub(in crate::desktop) struct BriefRequest {
    form: BriefForm,
    /// The place of the scenario that it is compared with among those offered; none for one plan alone.
    with: Option<usize>,
    without_pay: bool,
}

/// The plans that what is shown can be compared with: the base where a scenario is shown, and the other scenarios.
fn others(document: &Document) -> Vec<Option<String>> {
    let shown = document.scenario();
    let base = shown.is_some().then_some(None);
    let names = document.base().scenarios.iter().map(|s| s.name.clone()).filter(|name| Some(name.as_str()) != shown);
    base.into_iter().chain(names.map(Some)).collect()
}

/// Draws the choices.
pub(in crate::desktop) fn choices(ui: &mut Ui, document: &Document, asked: &mut BriefRequest) {
    let shown = document.scenario().unwrap_or("the base plan");
    let form = if asked.form == BriefForm::Slides { "Slides, one message each," } else { "Two pages" };
    ui.label(format!("{form} about {shown}: what is asked, what it covers and costs, and what may move it"));
    ui.horizontal(|ui| {
        ui.label("Form");
        let forms = [(BriefForm::A4, "A4"), (BriefForm::Letter, "Letter"), (BriefForm::Slides, "Slides, 16:9")];
        controls::switch(ui, &mut asked.form, &forms.map(|(form, name)| (form, None, name)));
    });
    let others = others(document);
    if !others.is_empty() {
        let name = |other: &Option<String>| other.clone().unwrap_or_else(|| "Base plan".to_owned());
        let named = others.iter().enumerate().map(|(index, other)| (Some(index), name(other)));
        let named: Vec<_> = std::iter::once((None, "Nothing".to_owned())).chain(named).collect();
        ui.horizontal(|ui| {
            ui.label("Compared with");
            controls::list(ui, "Compared with", &mut asked.with, &named);
        });
    }
    ui.checkbox(&mut asked.without_pay, "Leave pay out");
}

/// The file that is asked for.
pub(in crate::desktop) fn offer(document: &Document, asked: &BriefRequest) -> Action {
    let scenario = document.scenario().unwrap_or_default().to_owned();
    let form = asked.form;
    let what = if form == BriefForm::Slides { "slides" } else { "brief" };
    let name = format!("{}.pdf", file_name(&document.base().name, &format!("{scenario} {what}")));
    let other = asked.with.and_then(|index| others(document).into_iter().nth(index));
    let (base, outcome) = (Arc::clone(document.base()), Arc::clone(document.settled()));
    let paper = if form == BriefForm::Letter { Paper::Letter } else { Paper::A4 };
    let day = Some(document::today());
    let options = BriefOptions { paper, day, without_sensitivity: false, without_pay: asked.without_pay };
    let stamp =
        |scenario: &Option<String>| Stamp { scenario: scenario.clone().unwrap_or_default(), record: String::new() };
    let subject = BriefSubject { outcome, stamp: Stamp { scenario, record: String::new() } };
    Action::Export(Export::File(FileOffer::new(name, &["pdf"], move |_, progress: &Progress| {
        let plan = |name: &Option<String>| match name {
            Some(name) => edit::scenario(&base, name).map(|made| Arc::new(made.plan)),
            None => Ok(Arc::clone(&base)),
        };
        let other = other.as_ref().map(|name| {
            let plan = plan(name).map_err(|error| error.to_string())?;
            let outcome = Outcome::of(plan).map_err(|error| error.to_string())?;
            Ok::<_, String>(BriefSubject { outcome: Arc::new(outcome), stamp: stamp(name) })
        });
        let other = other.transpose()?;
        let (bytes, what) = match form {
            BriefForm::Slides => (files::slides(&subject, other.as_ref(), options, progress), "slides"),
            _ => (files::brief(&subject, other.as_ref(), options, progress), "a brief of 2 pages"),
        };
        Ok(FileContent { bytes: bytes.map_err(|error| error.to_string())?, what: what.to_owned() })
    })))
}
