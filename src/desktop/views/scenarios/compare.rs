//! Comparing two to four versions: a table of figures with their differences, and charts of two of them under it.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{CentralPanel, Frame, Label, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use super::bridge::Bridged;
use super::comparison_charts::ComparisonCharts;
use super::comparison_table::{ComparisonTable, Section};
use super::versions::{self, Versions, VersionsKey};
use crate::analysis::{AnalysisError, Bridge, Comparison, Progress, Version, VersionName};
use crate::desktop::icons::Icon;
use crate::desktop::job::Job;
use crate::desktop::parts::controls;
use crate::desktop::parts::entry;
use crate::desktop::parts::figure_text;
use crate::desktop::parts::grid;
use crate::desktop::room::half;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::Sheet;
use crate::edit;

/// Most versions side by side.
const MOST: usize = 4;

/// What is kept of the comparison between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Compare {
    chosen: Vec<VersionName>,
    section: Section,
    /// Places that are unfolded.
    open: BTreeSet<String>,
    charts: ComparisonCharts,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    job: Job<(VersionsKey, Vec<VersionName>), Result<Compared, AnalysisError>>,
}

/// Versions side by side, with the way from the first to each other.
pub(super) struct Compared {
    pub(super) comparison: Comparison,
    /// From the first to each of the others.
    bridges: Vec<Bridged>,
}

impl Compare {
    /// Compares a plan of record with the plan as it is now.
    pub(super) fn with_record(&mut self, name: String) {
        self.chosen = vec![VersionName::Record(name), VersionName::Base];
        self.charts.show_second();
    }

    /// Draws the comparison.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, versions: &mut Versions) {
        let of = versions.want(ui.ctx(), scene);
        let base = Arc::clone(scene.document.base());
        let names = versions::names(&base);
        if names.len() < 2 {
            let text = "There is only the base plan yet; make a scenario or freeze a plan of record, then compare here";
            ui.add(Label::new(RichText::new(text).color(scene.palette.faint)).wrap());
            return;
        }
        self.chosen.retain(|name| names.contains(name));
        if self.chosen.len() < 2 {
            // The base with the scenario that is shown, or the first one.
            let index = scene.document.scenario_index().map_or(1, |i| i + 1);
            self.chosen = [names.first(), names.get(index)].into_iter().flatten().cloned().collect();
        }
        entry::row(ui, |ui| self.choose(ui, scene, &names));
        let key = (of, self.chosen.clone());
        if let Some(all) = versions.now(&of) {
            let found = self.chosen.iter().filter_map(|name| {
                let outcome = all.get(name)?.outcome.as_ref().ok()?;
                Some(Version { name: versions::said(&base, scene.numbers, name), outcome: Arc::clone(outcome) })
            });
            let found: Vec<Version> = found.collect();
            let numbers = scene.numbers;
            self.job.want(ui.ctx(), "comparison", key.clone(), || {
                move |progress: &Progress| {
                    compared(found, progress, &|v, holds| figure_text::document(numbers, v, holds))
                }
            });
        }
        match self.job.result(&key) {
            Some(Err(error)) => {
                let text = format!("{} These cannot be compared: {error}", Icon::WarningCircle);
                ui.colored_label(scene.palette.error, text);
                return;
            }
            Some(Ok(_)) => {}
            None => versions.say(ui, scene, &of),
        }
        let known = self.job.result(&key).or_else(|| self.job.last());
        let Some(Ok(compared)) = known else { return };
        if compared.comparison.versions.len() < 2 {
            let text = format!("{} One of these is not valid and has no figures", Icon::Warning);
            ui.colored_label(scene.palette.warning, text);
            return;
        }
        let sizes = 150.0..=half(ui, 150.0);
        Panel::bottom("comparison charts").resizable(true).default_size(280.0).size_range(sizes).show(ui, |ui| {
            ui.add_space(6.0);
            self.charts.show(ui, scene, &compared.comparison, &compared.bridges);
        });
        let section = &mut self.section;
        let (sheet, open) = (&mut self.sheet, &mut self.open);
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            let table = ComparisonTable::new(&compared.comparison, scene, *section, open);
            ui.horizontal(|ui| {
                controls::switch(ui, section, &Section::CHOICES);
                controls::table_menu(ui, scene, "Comparison", "comparison", &table);
            });
            ui.add_space(4.0);
            let shown =
                ui.push_id(("comparison", *section), |ui| grid::show(sheet, ui, scene, "comparison", &table)).inner;
            if let Some(all) = shown.fold_all {
                *open = if all { BTreeSet::new() } else { table.places() };
            } else if let Some(key) = shown.folded.and_then(|row| table.place(row))
                && !open.remove(&key)
            {
                open.insert(key);
            }
        });
    }

    /// The lists from which versions are chosen.
    fn choose(&mut self, ui: &mut Ui, scene: &Scene<'_>, names: &[VersionName]) {
        let base = scene.document.base();
        let said = |name: &VersionName| versions::said(base, scene.numbers, name);
        let mut choices: Vec<(usize, String)> = names.iter().map(said).enumerate().collect();
        choices.push((names.len(), "nothing more".to_owned()));
        let (all, more) = (&choices[..names.len().min(choices.len())], choices.as_slice());
        for at in 0..MOST.min(self.chosen.len() + 1) {
            ui.label(match at {
                0 => "Compare",
                1 => "with",
                _ => "and",
            });
            let chosen = self.chosen.get(at).and_then(|name| names.iter().position(|n| n == name));
            let mut index = chosen.unwrap_or(names.len());
            let name = format!("Version {}", at + 1);
            if controls::list(ui, &name, &mut index, if at < 2 { all } else { more }) {
                match (names.get(index), self.chosen.get_mut(at)) {
                    (Some(name), Some(present)) => present.clone_from(name),
                    (Some(name), None) => self.chosen.push(name.clone()),
                    (None, _) => self.chosen.truncate(at),
                }
            }
        }
    }
}

/// Works the comparison out.
fn compared(found: Vec<Version>, progress: &Progress, show: &edit::Show<'_>) -> Result<Compared, AnalysisError> {
    let mut bridges = Vec::new();
    if let Some((first, others)) = found.split_first() {
        for other in others {
            if progress.is_cancelled() {
                return Err(AnalysisError::Cancelled);
            }
            let bridge = Bridge::of(&first.outcome, &other.outcome)?;
            let edits = edit::difference(first.outcome.plan(), other.outcome.plan())?;
            let words = edit::words_with(first.outcome.plan(), &edits, show);
            bridges.push(Bridged { name: other.name.clone(), bridge, words });
        }
    }
    Ok(Compared { comparison: Comparison::of(found), bridges })
}
