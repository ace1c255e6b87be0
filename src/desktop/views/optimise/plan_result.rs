//! A found plan in parts: its figures, the hires that change, and, of the best plan, what binds.

use crate::desktop::parts::plain_table::Plain;
use std::sync::Arc;

use egui::{CentralPanel, Frame, Ui};

use super::{binding, effect, hires};
use crate::analysis::optimisation::{BindingLimit, Problem, hire_changes, hire_edits};
use crate::analysis::{ComparedFigure, HireChange};
use crate::desktop::charts::file_name;
use crate::desktop::parts::cached::Cached;
use crate::desktop::parts::controls;
use crate::desktop::parts::figures::Figures;
use crate::desktop::parts::grid;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Model, Sheet};
use crate::engine::Outcome;
use crate::plan::PlanEdit;

/// Under this note scenarios are kept that were found here.
pub(super) const NOTE: &str = "Found by optimisation";

/// A plan that was found, beside the one that it started from.
pub(super) struct PlanResult {
    from: Arc<Outcome>,
    to: Arc<Outcome>,
    changes: Vec<HireChange>,
    edits: Vec<PlanEdit>,
    effect: Vec<ComparedFigure>,
}

impl PlanResult {
    pub(super) fn new(from: &Arc<Outcome>, to: Arc<Outcome>) -> Self {
        let (changes, effect) = (hire_changes(from.plan(), to.plan()), effect::rows(from, &to));
        let edits = hire_edits(from.plan(), &changes);
        Self { from: Arc::clone(from), to, changes, edits, effect }
    }

    /// What makes it out of the plan that it started from.
    pub(super) fn edits(&self) -> &[PlanEdit] {
        &self.edits
    }

    /// Whether the plan that is shown has these hires already.
    pub(super) fn is_shown(&self, scene: &Scene<'_>) -> bool {
        hire_changes(scene.document.settled().plan(), self.to.plan()).is_empty()
    }
}

/// A part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum ResultTab {
    #[default]
    Effect,
    Hires,
    Binding,
}

/// What is kept between frames.
#[derive(Default)]
pub(super) struct ResultTabs {
    part: ResultTab,
    effect: (Sheet, Cached<u64, Plain>),
    hires: (Sheet, Cached<u64, Figures>),
    binding: (Sheet, Cached<u64, Plain>),
}

impl ResultTabs {
    /// Draws the plan of a number, which is another for another plan, under a title for files.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        scene: &mut Scene<'_>,
        (number, title): (u64, &str),
        found: &PlanResult,
        binding: Option<(&Problem, &[BindingLimit])>,
    ) {
        let mut parts = vec![(ResultTab::Effect, "Effect".to_owned())];
        parts.push((ResultTab::Hires, format!("Changed hires ({})", found.changes.len())));
        if let Some((_, binding)) = binding {
            parts.push((ResultTab::Binding, format!("Binding limits ({})", binding.len())));
        }
        let choices: Vec<_> = parts.iter().map(|(part, name)| (*part, None, name.as_str())).collect();
        let bare = |ui: &mut Ui, draw: &mut dyn FnMut(&mut Ui)| {
            CentralPanel::default().frame(Frame::NONE).show(ui, |ui| draw(ui));
        };
        let shown = |ui: &mut Ui,
                     scene: &mut Scene<'_>,
                     part: &mut ResultTab,
                     name: &str,
                     sheet: &mut Sheet,
                     model: &dyn Model| {
            ui.horizontal_wrapped(|ui| {
                controls::switch(ui, part, &choices);
                controls::table_menu(ui, scene, name, &file_name(title, name), model);
            });
            ui.add_space(4.0);
            bare(ui, &mut |ui| {
                grid::show(sheet, ui, scene, name, model);
            });
        };
        match (self.part, binding) {
            (ResultTab::Hires, _) => {
                let (sheet, kept) = &mut self.hires;
                let (from, to) = (found.from.plan(), found.to.plan());
                let made = kept.get(scene, number, || hires::make(ui, scene, from, to, &found.changes));
                shown(ui, scene, &mut self.part, "changed hires", sheet, made);
            }
            (ResultTab::Binding, Some((problem, binding))) => {
                let (sheet, kept) = &mut self.binding;
                let made = kept.get(scene, number, || binding::make(ui, scene, problem, binding));
                shown(ui, scene, &mut self.part, "what binds", sheet, made);
            }
            _ => {
                let (sheet, kept) = &mut self.effect;
                let made = kept.get(scene, number, || effect::make(ui, scene, &found.effect));
                shown(ui, scene, &mut self.part, "effect", sheet, made);
            }
        }
    }
}
