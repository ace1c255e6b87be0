//! The Plan view: the timeline, the grid of hires, moves or exits, and below it capacity against target for what is selected.

mod head_menu;
mod head_model;
mod head_rows;
mod head_sums;
mod moves;
mod moves_model;
mod moves_rows;
mod timeline;
mod typed_heads;
mod typed_totals;

use std::collections::BTreeSet;

use egui::{CentralPanel, Frame, Label, Panel, RichText, Ui};
use serde::{Deserialize, Serialize};

use crate::analysis::FigureChange;
use crate::desktop::action::Action;
use crate::desktop::parts::figure_text;
use crate::desktop::parts::grid;
use crate::desktop::parts::missing_input::MissingInput;
use crate::desktop::parts::{capacity_chart, controls};
use crate::desktop::scene::{Focus, Scene};
use crate::desktop::sheet::{At, Sheet};
use crate::edit::PlannedHeads;
use crate::engine::{Measure, Place, Unit};
use crate::plan::{DocumentPath, Move, MoveFrom, MoveTo, Plan};
use crate::units::Period;
use head_model::HeadGrid;
use head_rows::{HeadLayout, HeadLine};
use head_sums::HeadSums;
use moves::MovesGrid;

/// The grids of the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
enum PlanGrid {
    #[default]
    Hires,
    Moves,
    Exits,
}

/// What the view keeps between frames.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct PlanView {
    /// Region ids, and areas as `area:NAME`, whose rows are folded away.
    folded: BTreeSet<String>,
    shown: PlanGrid,
    #[serde(skip)]
    hires: Sheet,
    #[serde(skip)]
    exits: Sheet,
    #[serde(skip)]
    moves: MovesGrid,
    #[serde(skip)]
    layout: Option<HeadLayout>,
    #[serde(skip)]
    sums: Option<HeadSums>,
}

impl PlanView {
    /// Every region in sight, the first one unfolded.
    pub(super) fn opened(&mut self, plan: &Plan) {
        self.folded = plan.regions.iter().skip(1).map(|r| r.id.to_string()).collect();
        self.moves = MovesGrid::default();
    }

    /// What the grid of hires or of exits plans; the hires while moves are shown.
    const fn what(&self) -> PlannedHeads {
        match self.shown {
            PlanGrid::Exits => PlannedHeads::Exits,
            PlanGrid::Hires | PlanGrid::Moves => PlannedHeads::Hires,
        }
    }

    const fn sheet(&mut self) -> &mut Sheet {
        match self.what() {
            PlannedHeads::Exits => &mut self.exits,
            PlannedHeads::Hires => &mut self.hires,
        }
    }

    /// Selects the hires of a place, unfolded and in sight.
    pub(super) fn go_to(&mut self, plan: &Plan, place: Place, quarter: Option<usize>) {
        self.go_to_heads(plan, PlanGrid::Hires, place, quarter);
    }

    fn go_to_heads(&mut self, plan: &Plan, grid: PlanGrid, place: Place, quarter: Option<usize>) {
        self.shown = grid;
        let at = self.cell_of(plan, place, quarter);
        self.sheet().select(at);
    }

    /// The cell of a place's heads in a quarter, which is unfolded.
    fn cell_of(&mut self, plan: &Plan, place: Place, quarter: Option<usize>) -> At {
        if let Place::Cell(r, _) | Place::Region(r) = place
            && let Some(region) = plan.regions.get(r)
        {
            self.folded.remove(&head_rows::area_key(&region.area));
            if matches!(place, Place::Cell(..)) {
                self.folded.remove(region.id.as_str());
            }
        }
        let lines = head_rows::lines(plan, self.what(), &self.folded);
        let row = lines.iter().position(|line| line.place() == place).unwrap_or(0);
        let quarter = quarter.unwrap_or(0).min(plan.calendar.quarters.saturating_sub(1));
        At { row, column: head_rows::column_of(&plan.calendar, Period::Quarter(quarter)) }
    }

    /// Selects the place that is looked at elsewhere, unless the cursor is in it already.
    pub(super) fn look_at(&mut self, plan: &Plan, focus: Focus) {
        if self.shown == PlanGrid::Moves {
            return;
        }
        let lines = head_rows::lines(plan, self.what(), &self.folded);
        let cursor = self.sheet().selection().and_then(|s| lines.get(s.cursor.row)).map(|line| line.place());
        let is_in = match (cursor, focus.place) {
            (None, Place::Plan) => true,
            (Some(Place::Cell(r, _)), Place::Region(region)) => r == region,
            (cursor, place) => cursor == Some(place),
        };
        if is_in {
            return;
        }
        let quarter = head_rows::quarters(&plan.calendar, focus.period).next();
        let at = self.cell_of(plan, focus.place, quarter);
        self.sheet().mark(at);
    }

    /// Selects a field of hires, moves or exits such as `hires[uk][seller][2]`, if the path leads to one.
    pub(super) fn go_to_input(&mut self, plan: &Plan, path: &str) -> bool {
        let Ok(path) = path.parse::<DocumentPath>() else { return false };
        if [Move::ENTRY, MoveFrom::ENTRY, MoveTo::ENTRY].contains(&path.entry()) {
            self.shown = PlanGrid::Moves;
            self.moves.go_to_input(plan, &path);
            return true;
        }
        let grid = match path.field() {
            Some(field) if field == Plan::HIRES => PlanGrid::Hires,
            Some(field) if field == Plan::EXITS => PlanGrid::Exits,
            _ => return false,
        };
        let cell = plan.region_index(path.key(0)).zip(plan.role_index(path.key(1)));
        let place = cell.map_or(Place::Plan, |(region, role)| Place::Cell(region, role));
        self.go_to_heads(plan, grid, place, path.index(2));
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
            self.head(ui, scene);
            if self.shown == PlanGrid::Moves {
                self.moves.show(ui, scene);
            } else {
                self.grid(ui, scene);
            }
        });
    }

    /// The choice of the grid, and beside it what can be added to one.
    fn head(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            let grids =
                [(PlanGrid::Hires, None, "Hires"), (PlanGrid::Moves, None, "Moves"), (PlanGrid::Exits, None, "Exits")];
            controls::switch(ui, &mut self.shown, &grids);
            if self.shown == PlanGrid::Moves {
                self.moves.head(ui, scene);
            }
        });
        ui.add_space(4.0);
    }

    /// The same row, in a quarter's heads.
    fn go_to_quarter(&mut self, plan: &Plan, quarter: usize) {
        if self.shown == PlanGrid::Moves {
            return self.moves.go_to_quarter(plan, quarter);
        }
        let row = self.sheet().selection().map_or(0, |s| s.cursor.row);
        self.sheet().select(At { row, column: head_rows::column_of(&plan.calendar, Period::Quarter(quarter)) });
    }

    fn grid(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let what = self.what();
        let layout = HeadLayout::of(&mut self.layout, ui, scene.document, what, &self.folded);
        let sums = HeadSums::of(&mut self.sums, scene, what);
        let model = HeadGrid::new(scene, what, layout, sums, &self.folded);
        let (sheet, name) = match what {
            PlannedHeads::Hires => (&mut self.hires, "hiring grid"),
            PlannedHeads::Exits => (&mut self.exits, "exits grid"),
        };
        let shown = grid::show_with_menu(sheet, ui, scene, name, &model, &|at| model.menu(at));
        let line_at = |row: usize| layout.lines.get(row).copied();
        if let Some(at) = shown.selected
            && let Some(line) = line_at(at.row)
        {
            scene.send(Action::Focus { place: line.place(), period: model.period(at) });
        }
        if let Some(cell) = shown.notes.and_then(|at| model.noted_cell(at)) {
            scene.send(Action::ShowNotes(cell));
        }
        if shown.folded.is_none() && shown.fold_all.is_none() {
            return;
        }
        let before = sheet.selection().and_then(|s| line_at(s.cursor.row));
        if let Some(key) = shown.folded.and_then(line_at).and_then(|line| line.key(scene.plan()))
            && !self.folded.remove(&key)
        {
            self.folded.insert(key);
        }
        if let Some(fold) = shown.fold_all {
            self.folded = if fold { head_rows::all_folded(scene.plan()) } else { BTreeSet::new() };
        }
        if let Some(line) = before {
            self.follow(scene.plan(), line);
        }
    }

    /// Keeps the cursor in its row after rows were folded or unfolded, or in the row that it was folded into.
    fn follow(&mut self, plan: &Plan, line: HeadLine) {
        let lines = head_rows::lines(plan, self.what(), &self.folded);
        let area = |r: usize| {
            let area = plan.regions.get(r).map(|r| r.area.as_str());
            plan.areas().into_iter().position(|a| Some(a) == area).map_or(HeadLine::Total, HeadLine::Area)
        };
        let within = match line {
            HeadLine::Cell(r, _) => vec![line, HeadLine::Region(r), area(r)],
            HeadLine::Region(r) => vec![line, area(r)],
            other => vec![other],
        };
        let row = within.iter().find_map(|line| lines.iter().position(|l| l == line)).unwrap_or(0);
        self.sheet().follow(row);
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
