//! The Plan view: the timeline, the hiring grid, and below it capacity against target for what is selected.

mod hiring_model;
mod hiring_rows;
mod timeline;
mod typed_hires;

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, Label, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::FigureChange;
use crate::desktop::action::Action;
use crate::desktop::parts::capacity_chart;
use crate::desktop::parts::figure_text;
use crate::desktop::parts::grid;
use crate::desktop::parts::missing_input::MissingInput;
use crate::desktop::scene::{Focus, Scene};
use crate::desktop::sheet::{At, Sheet};
use crate::engine::{Measure, Place, Unit};
use crate::plan::{FieldPath, Plan};
use crate::units::Period;
use hiring_model::Hires;
use hiring_rows::{HiringLayout, HiringLine, Sums};

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PlanView {
    /// Region ids, and areas as `area:NAME`, whose rows are folded away.
    folded: BTreeSet<String>,
    #[serde(skip)]
    sheet: Sheet,
    #[serde(skip)]
    layout: Option<HiringLayout>,
    #[serde(skip)]
    sums: Option<Sums>,
}

impl PlanView {
    /// Every region in sight, the first one unfolded.
    pub(super) fn opened(&mut self, plan: &Plan) {
        self.folded = plan.regions.iter().skip(1).map(|r| r.id.to_string()).collect();
    }

    /// Selects a place, unfolded and in sight.
    pub(super) fn go_to(&mut self, plan: &Plan, place: Place, quarter: Option<usize>) {
        let at = self.cell_of(plan, place, quarter);
        self.sheet.select(at);
    }

    /// The cell of a place's hires in a quarter, which is unfolded.
    fn cell_of(&mut self, plan: &Plan, place: Place, quarter: Option<usize>) -> At {
        if let Place::Cell(r, _) | Place::Region(r) = place
            && let Some(region) = plan.regions.get(r)
        {
            self.folded.remove(&hiring_rows::area_key(&region.area));
            if matches!(place, Place::Cell(..)) {
                self.folded.remove(region.id.as_str());
            }
        }
        let lines = hiring_rows::lines(plan, &self.folded);
        let row = lines.iter().position(|line| line.place() == place).unwrap_or(0);
        let quarter = quarter.unwrap_or(0).min(plan.calendar.quarters.saturating_sub(1));
        At { row, column: hiring_rows::column_of(&plan.calendar, Period::Quarter(quarter)) }
    }

    /// Selects the place that is looked at elsewhere, unless the cursor is in it already.
    pub(super) fn look_at(&mut self, plan: &Plan, focus: Focus) {
        let lines = hiring_rows::lines(plan, &self.folded);
        let cursor = self.sheet.selection().and_then(|s| lines.get(s.cursor.row)).map(|line| line.place());
        let is_in = match (cursor, focus.place) {
            (None, Place::Plan) => true,
            (Some(Place::Cell(r, _)), Place::Region(region)) => r == region,
            (cursor, place) => cursor == Some(place),
        };
        if is_in {
            return;
        }
        let quarter = hiring_rows::quarters(&plan.calendar, focus.period).next();
        let at = self.cell_of(plan, focus.place, quarter);
        self.sheet.mark(at);
    }

    /// Selects a growth-hires field such as `hires[uk][seller][2]`, if the path leads to one.
    pub(super) fn go_to_input(&mut self, plan: &Plan, path: &str) -> bool {
        let Some(path) = path.parse::<FieldPath>().ok().filter(|path| path.field() == Plan::HIRES) else {
            return false;
        };
        let [region, role, quarter] = path.keys() else { return false };
        let (Some(region), Some(role)) = (plan.region_index(region), plan.role_index(role)) else { return false };
        self.go_to(plan, Place::Cell(region, role), quarter.parse().ok());
        true
    }

    /// Draws the view.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let place = match scene.focus.place {
            Place::Cell(r, _) => Place::Region(r),
            other => other,
        };
        Panel::bottom("capacity chart").resizable(true).default_size(190.0).min_size(120.0).show(ui, |ui| {
            ui.add_space(6.0);
            let missing = (MissingInput::for_people(scene.plan()), MissingInput::for_coverage(scene.plan()));
            if let (Some(people), Some(other)) = missing {
                people.show(ui, scene);
                if people != other {
                    other.show(ui, scene);
                }
                ui.take_available_space();
            } else {
                cost_line(ui, scene, place);
                capacity_chart::capacity(ui, scene, place);
            }
        });
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| {
            if let Some(quarter) = timeline::show(ui, scene) {
                self.go_to_quarter(scene.plan(), quarter);
            }
            self.grid(ui, scene);
        });
    }

    /// The same row, in a quarter's hires.
    fn go_to_quarter(&mut self, plan: &Plan, quarter: usize) {
        let row = self.sheet.selection().map_or(0, |s| s.cursor.row);
        self.sheet.select(At { row, column: hiring_rows::column_of(&plan.calendar, Period::Quarter(quarter)) });
    }

    fn grid(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let layout = HiringLayout::of(&mut self.layout, ui, scene.document, &self.folded);
        let sums = Sums::of(&mut self.sums, scene);
        let model = Hires::new(scene, layout, sums, &self.folded);
        let shown = grid::show_with_menu(&mut self.sheet, ui, scene, "hiring grid", &model, &|at| model.menu(at));
        let line_at = |row: usize| layout.lines.get(row).copied();
        if let Some(at) = shown.selected
            && let Some(line) = line_at(at.row)
        {
            scene.send(Action::Focus { place: line.place(), period: model.period(at) });
        }
        if shown.folded.is_none() && shown.fold_all.is_none() {
            return;
        }
        let before = self.sheet.selection().and_then(|s| line_at(s.cursor.row));
        if let Some(key) = shown.folded.and_then(line_at).and_then(|line| line.key(scene.plan()))
            && !self.folded.remove(&key)
        {
            self.folded.insert(key);
        }
        if let Some(fold) = shown.fold_all {
            self.folded = if fold { hiring_rows::all_folded(scene.plan()) } else { BTreeSet::new() };
        }
        if let Some(line) = before {
            self.follow(scene.plan(), line);
        }
    }

    /// Keeps the cursor in its row after rows were folded or unfolded, or in the row that it was folded into.
    fn follow(&mut self, plan: &Plan, line: HiringLine) {
        let lines = hiring_rows::lines(plan, &self.folded);
        let area = |r: usize| {
            let area = plan.regions.get(r).map(|r| r.area.as_str());
            plan.areas().into_iter().position(|a| Some(a) == area).map_or(HiringLine::Total, HiringLine::Area)
        };
        let within = match line {
            HiringLine::Cell(r, _) => vec![line, HiringLine::Region(r), area(r)],
            HiringLine::Region(r) => vec![line, area(r)],
            other => vec![other],
        };
        self.sheet.follow(within.iter().find_map(|line| lines.iter().position(|l| l == line)).unwrap_or(0));
    }
}

/// The cost of what is selected, and while something is typed what that makes of it.
fn cost_line(ui: &mut Ui, scene: &Scene<'_>, place: Place) {
    let (plan, period) = (scene.plan(), scene.focus.period);
    let cost = scene.outcome().figure(Measure::TotalCost, place, period);
    let Some(cost) = cost else { return };
    let outcomes = [scene.document.settled().as_ref(), scene.outcome()];
    let change = FigureChange::of(outcomes, Measure::TotalCost, place, period);
    let written = change.map_or_else(
        || figure_text::short(scene.numbers, Some(cost), Unit::Money),
        |change| figure_text::old_to_new(scene.numbers, change, Unit::Money),
    );
    let place = scene.place_title(place);
    let text = format!("{place}, {}: total cost {written} {}", plan.calendar.name(period), plan.currency);
    let colour = if change.is_some() { scene.palette.text } else { scene.palette.faint };
    ui.add(Label::new(RichText::new(text).color(colour).size(12.5)).truncate());
}
