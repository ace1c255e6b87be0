//! The Checks view: every finding in a table that is grouped, filtered and sorted; below it the chosen one, with the
//! way to its place, its fix, and a reason to accept it.

mod acceptance;
mod departure;
mod finding_filter;
mod finding_lines;
mod finding_table;
mod new_findings;
mod repair;

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Button, CentralPanel, ComboBox, Frame, Label, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::{FindingGroup, FindingLevel, decision_counts, decision_words, finding_sentence};
use crate::desktop::action::Action;
use crate::desktop::editor::{self, EditorLook};
use crate::desktop::fonts::semibold;
use crate::desktop::icons::Icon;
use crate::desktop::parts::grid;
use crate::desktop::parts::missing_input::MissingInput;
use crate::desktop::room::half;
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{Order, Sheet};
use crate::engine::{Finding, Outcome, Place};
use crate::units::capitalised;
use acceptance::Accepting;
use finding_filter::{Filter, FindingColumn, Grouping};
use finding_lines::{FindingCounts, FindingHeading, FindingLine, line_key, open_findings};
use finding_table::FindingTable;
use new_findings::NewFindings;
use repair::{Repair, RepairRequest};

/// The state of the view between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct ChecksView {
    grouping: Grouping,
    /// Kinds that are left out, by their names in files.
    hidden: BTreeSet<String>,
    #[serde(skip)]
    filter: Filter,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    rows: Option<FindingRows>,
    #[serde(skip)]
    repair: Option<Repair>,
    #[serde(skip)]
    accepting: Accepting,
    #[serde(skip)]
    new: NewFindings,
}

/// The rows of an outcome under a filter, kept until either changes.
struct FindingRows {
    of: Arc<Outcome>,
    filter: Filter,
    lines: Vec<FindingLine>,
    counts: FindingCounts,
}

impl ChecksView {
    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        (self.filter.grouping, self.filter.hidden) = (self.grouping, self.hidden.clone());
        if self.repair.as_ref().is_some_and(|r| !r.is_of(scene.document.outcome())) {
            // The plan has changed: what was worked out is of another one.
            self.repair = None;
        }
        let (findings, groups) = (scene.document.findings(), scene.document.finding_groups());
        title(ui, scene, groups);
        if findings.is_empty() {
            match MissingInput::for_coverage(scene.plan()) {
                Some(next) => next.show(ui, scene),
                None => drop(ui.label("Every limit of the plan holds and every target is covered")),
            }
            ui.label("What breaks a limit shows up here as soon as you type it");
            return;
        }
        self.toolbar(ui, scene);
        let rows = self.rows(scene);
        self.toggles(ui, scene, &rows.counts);
        self.rows = Some(rows);
        self.new.follow(ui.ctx(), scene);
        let rows = self.rows(scene);
        let chosen = self.chosen(&rows, scene);
        if self.repair.is_some() {
            let panel = Panel::bottom("fix").resizable(true).default_size(236.0).size_range(120.0..=half(ui, 120.0));
            panel.show(ui, |ui| self.repair(ui, scene));
        } else {
            Panel::bottom("finding").show(ui, |ui| self.below(ui, scene, chosen));
        }
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| self.table(ui, scene, &rows));
        self.rows = Some(rows);
        (self.grouping, self.hidden) = (self.filter.grouping, self.filter.hidden.clone());
    }

    fn rows(&mut self, scene: &Scene<'_>) -> FindingRows {
        let of = scene.document.outcome();
        match self.rows.take() {
            Some(rows) if Arc::ptr_eq(&rows.of, of) && rows.filter == self.filter => rows,
            _ => FindingRows {
                of: Arc::clone(of),
                filter: self.filter.clone(),
                lines: finding_lines::lines(of, scene.document.finding_groups(), &self.filter, scene.numbers),
                counts: finding_lines::counts(of, scene.document.finding_groups(), &self.filter, scene.numbers),
            },
        }
    }

    /// The finding in the selected row, with its group.
    fn chosen<'a>(&self, rows: &FindingRows, scene: &Scene<'a>) -> Option<(&'a Finding, &'a FindingGroup)> {
        let line = rows.lines.get(self.sheet.selection()?.cursor.row)?;
        let document = scene.document;
        Some((document.findings().get(line.finding()?)?, document.finding_groups().get(line.group_index()?)?))
    }

    /// Search, region and grouping.
    fn toolbar(&mut self, ui: &mut Ui, scene: &Scene<'_>) {
        let plan = scene.outcome().plan();
        ui.horizontal_wrapped(|ui| {
            let hint = format!("{} Search findings", Icon::MagnifyingGlass);
            let look = EditorLook::line("Search findings", 200.0).hint(&hint);
            editor::live(ui, look, &mut self.filter.search);
            let name = |r: Option<usize>| match r {
                None => "All regions".to_owned(),
                Some(r) => scene.outcome().place_name(Place::Region(r)),
            };
            if self.filter.region.is_some_and(|r| r >= plan.regions.len()) {
                self.filter.region = None;
            }
            let regions = ComboBox::from_id_salt("region").width(180.0).truncate();
            let regions = regions.selected_text(name(self.filter.region)).show_ui(ui, |ui| {
                for region in std::iter::once(None).chain((0..plan.regions.len()).map(Some)) {
                    ui.selectable_value(&mut self.filter.region, region, name(region));
                }
            });
            regions.response.accessible_name("Region");
            ui.label(RichText::new("Group by").color(scene.palette.faint));
            for grouping in Grouping::ALL {
                let on = self.filter.grouping == grouping;
                if ui.add(Button::selectable(on, grouping.title())).clicked() {
                    self.filter.grouping = grouping;
                }
            }
        });
    }

    /// What is accepted, and the kinds, each a toggle with its count.
    fn toggles(&mut self, ui: &mut Ui, scene: &Scene<'_>, counts: &FindingCounts) {
        ui.horizontal_wrapped(|ui| {
            let accepted = counts.accepted;
            if accepted > 0
                && chip(ui, scene, ("Accepted", accepted), self.filter.accepted, "Show or hide what is accepted")
            {
                self.filter.accepted = !self.filter.accepted;
            }
            for (kind, count) in
                counts.kinds.iter().map(|(kind, count)| (*kind, *count)).filter(|(_, count)| *count > 0)
            {
                let on = !self.filter.hidden.contains(kind.name());
                if chip(ui, scene, (kind.title(), count), on, "Show or leave out this kind")
                    && !self.filter.hidden.remove(kind.name())
                {
                    self.filter.hidden.insert(kind.name().to_owned());
                }
            }
        });
        ui.add_space(2.0);
    }

    fn table(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, rows: &FindingRows) {
        if rows.lines.is_empty() {
            ui.add_space(12.0);
            ui.label("No finding passes these filters");
            if ui.button("Show all findings").clicked() {
                self.filter = Filter { grouping: self.filter.grouping, ..Filter::default() };
            }
            return;
        }
        let outcome = scene.outcome();
        let table = FindingTable {
            outcome,
            findings: scene.document.findings(),
            groups: scene.document.finding_groups(),
            new: self.new.places(),
            lines: &rows.lines,
            folded: &self.filter.folded,
            opened: &self.filter.opened,
            grouping: self.filter.grouping,
            sort: self.filter.sort,
            numbers: scene.numbers,
            head_width: (ui.available_width() - FindingTable::width(self.filter.grouping)).clamp(200.0, 420.0),
        };
        let shown = grid::show_with_menu(&mut self.sheet, ui, scene, "findings", &table, &|at| table.menu(at));
        if let Some(finding) = shown.selected.and_then(|at| table.finding(at.row)) {
            scene.send(Action::Focus { place: finding.place, period: Some(finding.period) });
            self.repair = None;
        }
        if let Some(at) = shown.activated {
            match (rows.lines.get(at.row), table.finding(at.row)) {
                (_, Some(finding)) if table.shows(at.column) == Some(FindingColumn::ToDo) => {
                    self.repair = resolve(ui, scene, finding);
                }
                (_, Some(finding)) => scene.send(finding_table::destination(outcome, finding)),
                (Some(FindingLine::Heading(FindingHeading::Kind(kind), _)), None) => {
                    self.repair = Some(Repair::ask(ui.ctx(), scene.document.outcome(), RepairRequest::All(*kind)));
                }
                _ => {}
            }
        }
        let by = shown.heading.and_then(|heading| table.by(heading));
        let folded = shown.folded.and_then(|row| rows.lines.get(row).copied());
        let others = shown.folded.and_then(|row| table.finding(row)).map(line_key);
        if let Some(by) = by {
            let order =
                self.filter.sort.filter(|(present, _)| *present == by).map_or(Order::Unsorted, |(_, o)| o).next();
            self.filter.sort = (order != Order::Unsorted).then_some((by, order));
        }
        if let Some(FindingLine::Heading(group, _)) = folded
            && !self.filter.folded.remove(&group.key())
        {
            self.filter.folded.insert(group.key());
        }
        if let Some(key) = others
            && !self.filter.opened.remove(&key)
        {
            self.filter.opened.insert(key);
        }
    }

    /// The requested fix.
    fn repair(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        // The full height at once: the answer needs more than the progress before it.
        ui.set_min_size(ui.available_size());
        ui.add_space(6.0);
        if self.repair.as_mut().is_some_and(|repair| !repair.show(ui, scene)) {
            self.repair = None;
        }
    }

    /// The chosen finding: its sentence, and the ways to resolve it.
    fn below(&mut self, ui: &mut Ui, scene: &mut Scene<'_>, chosen: Option<(&Finding, &FindingGroup)>) {
        ui.add_space(6.0);
        let Some((finding, group)) = chosen else {
            let hint = "Choose a finding: its place opens with a click or Enter, its fix is in the last column";
            ui.add(Label::new(RichText::new(hint).color(scene.palette.faint)).wrap());
            return;
        };
        ui.add(
            Label::new(RichText::new(finding_sentence(scene.outcome(), finding, &scene.numbers)).font(semibold(14.0)))
                .wrap(),
        );
        acceptance::accepted(ui, scene, group);
        ui.horizontal_wrapped(|ui| {
            if ui.button(format!("{} Go to its place", Icon::ArrowSquareOut)).clicked() {
                scene.send(finding_table::destination(scene.outcome(), finding));
            }
            let outcome = scene.document.outcome();
            if ui.button(finding_table::to_do(finding.kind)).clicked() {
                self.repair = resolve(ui, scene, finding);
            }
            let alike = open_findings(scene.document.finding_groups(), finding.kind);
            if crate::analysis::has_fix(finding.kind) && alike > 1 {
                let all = format!("{} Fix all {alike} of {}…", Icon::Wrench, finding.kind.title().to_lowercase());
                if ui.button(all).clicked() {
                    self.repair = Some(Repair::ask(ui.ctx(), outcome, RepairRequest::All(finding.kind)));
                }
            }
            self.accepting.controls(ui, scene, group);
        });
    }
}

/// A toggle with its title and a number; gives whether it was pressed.
fn chip(ui: &mut Ui, scene: &Scene<'_>, (title, count): (&str, usize), on: bool, about: &str) -> bool {
    let palette = scene.palette;
    let mark = if on { Icon::Eye } else { Icon::EyeSlash };
    let number = scene.numbers.count(u64::try_from(count).unwrap_or(0));
    let colour = if on { palette.text } else { palette.faint };
    let text = RichText::new(format!("{mark} {title}  {number}")).size(12.5).color(colour);
    let fill = if on { palette.band } else { palette.band.gamma_multiply(0.0) };
    let chip = Button::new(text).fill(fill).stroke(egui::Stroke::new(1.0, palette.line)).small();
    let response = ui.add(chip).on_hover_text(about);
    let said = format!("{title} ({count})");
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, on, &said));
    response.clicked()
}

/// Shows the way to resolve a finding: the inspector shows the reason of a gap with the hires that close it; a fix is given
/// back.
fn resolve(ui: &Ui, scene: &mut Scene<'_>, finding: &Finding) -> Option<Repair> {
    if let Some(key) = finding_table::reason(finding) {
        scene.send(Action::Explain(key));
        return None;
    }
    Some(Repair::ask(ui.ctx(), scene.document.outcome(), RepairRequest::One(*finding)))
}

fn title(ui: &mut Ui, scene: &Scene<'_>, groups: &[FindingGroup]) {
    ui.add_space(4.0);
    ui.horizontal(|ui| {
        let (to_decide, _) = decision_counts(groups);
        let (icon, colour) = match to_decide {
            0 => (Icon::CheckCircle, scene.palette.good),
            _ => (Icon::Warning, scene.palette.warning),
        };
        ui.label(RichText::new(icon.glyph()).size(20.0).color(colour));
        ui.heading(capitalised(&decision_words(groups)));
        let watched = groups.iter().filter(|g| g.level == FindingLevel::Watch && !g.is_accepted()).count();
        if watched > 0 {
            let what = format!("{watched} more to watch; the plan can be evaluated with all of them");
            ui.add(Label::new(RichText::new(what).color(scene.palette.faint)).truncate());
        }
    });
    ui.add_space(2.0);
}
