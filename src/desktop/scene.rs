//! What every view is given: the open plan with its outcome, how figures are written, and where to send actions.

use super::action::Action;
use super::back::BackToBase;
use super::document::Document;
use super::figure_source::{FigureBasis, FigureSource};
use super::numbers::Numbers;
use super::style::Style;
use super::tokens::Palette;
use crate::engine::{Key, Measure, Outcome, Place, PlanCase, What};
use crate::files::PrintedPart;
use crate::plan::{Plan, PlanEdit};
use crate::units::Period;

/// What the planner is looking at: a place of the plan, and a quarter or year of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Focus {
    pub(super) place: Place,
    pub(super) period: Period,
}

/// A frame of the window, as views see it.
pub(super) struct Scene<'a> {
    pub(super) document: &'a Document,
    pub(super) numbers: Numbers,
    pub(super) palette: Palette,
    pub(super) focus: Focus,
    /// The figures that the planner has chosen to see, where months are closed.
    pub(super) basis: FigureBasis,
    actions: &'a mut Vec<Action>,
    /// The tables and charts that the view has drawn, while it is printed.
    printed: Option<Vec<PrintedPart>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        document: &'a Document,
        numbers: Numbers,
        palette: Palette,
        focus: Focus,
        basis: FigureBasis,
        actions: &'a mut Vec<Action>,
    ) -> Self {
        Self { document, numbers, palette, focus, basis, actions, printed: None }
    }

    /// How things are drawn and numbers written in this frame.
    pub(super) const fn style(&self) -> Style {
        Style { palette: self.palette, numbers: self.numbers }
    }

    /// The plan as it is, without what is being typed.
    pub(super) fn plan(&self) -> &'a Plan {
        self.document.plan()
    }

    /// Whether the plan is a bundled one in which nothing is changed.
    pub(super) fn is_example(&self) -> bool {
        self.document.path().is_none() && !self.document.is_unsaved()
    }

    /// The outcome that is shown: of the plan with what is being typed.
    pub(super) fn outcome(&self) -> &'a Outcome {
        self.document.outcome()
    }

    /// Whether months are closed, so that the plan has an outlook.
    pub(super) fn has_outlook(&self) -> bool {
        matches!(self.document.outlook(), Ok(Some(_)))
    }

    /// The figures that are shown: of the plan, or of its outlook where the planner has chosen it and months are closed.
    pub(super) fn figures(&self) -> FigureSource<'a> {
        match (self.basis, self.document.outlook()) {
            (FigureBasis::Outlook, Ok(Some(outlook))) => FigureSource::Outlook(outlook),
            _ => FigureSource::Plan(self.outcome()),
        }
    }

    /// The same figures of the plan as it is, without what is being typed.
    pub(super) fn settled_figures(&self) -> FigureSource<'a> {
        match (self.basis, self.document.settled_outlook()) {
            (FigureBasis::Outlook, Ok(Some(outlook))) => FigureSource::Outlook(outlook),
            _ => FigureSource::Plan(self.document.settled()),
        }
    }

    /// A place as a title has it: `All regions`, `EMEA`, `France`.
    pub(super) fn place_title(&self, place: Place) -> String {
        match place {
            Place::Plan => "All regions".to_owned(),
            other => self.outcome().place_name(other),
        }
    }

    /// The way back from what the shown scenario overrides.
    pub(super) fn back(&self) -> BackToBase<'a> {
        BackToBase::of(self.document)
    }

    /// Collects what is drawn from now on, to print it.
    pub(super) fn begin_printing(&mut self) {
        self.printed = Some(Vec::new());
    }

    /// Whether what is drawn is printed.
    pub(super) const fn is_printing(&self) -> bool {
        self.printed.is_some()
    }

    /// Collects a table or chart, if what is drawn is printed.
    pub(super) fn print(&mut self, part: impl FnOnce() -> PrintedPart) {
        if let Some(printed) = &mut self.printed {
            printed.push(part());
        }
    }

    /// What was collected; `None` if nothing is printed.
    pub(super) const fn end_printing(&mut self) -> Option<Vec<PrintedPart>> {
        self.printed.take()
    }

    /// Asks the app to do something once the frame is drawn.
    pub(super) fn send(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// Changes the plan as one step that can be undone.
    pub(super) fn commit(&mut self, label: impl Into<String>, edits: Vec<PlanEdit>) {
        self.send(Action::Commit { label: label.into(), edits });
    }
}

/// The name of a measure's figure in the plan, for an explanation.
pub(super) const fn figure(measure: Measure, place: Place, period: Period) -> Key {
    Key { case: PlanCase::Plan, what: What::Measure(measure), place, period }
}
