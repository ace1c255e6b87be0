//! The grid of moves in the Plan view, and the choice of two cells for a new row of it.

use egui::{Button, Ui};

use super::moves_model::MoveGrid;
use super::moves_rows::{self, MoveRows, blocked, name};
use crate::desktop::action::Action;
use crate::desktop::icons::Icon;
use crate::desktop::parts::{controls, grid};
use crate::desktop::scene::Scene;
use crate::desktop::sheet::{At, Sheet};
use crate::edit::{MovePair, move_pairs};
use crate::plan::{DocumentPath, Plan, RegionId, RoleId};

/// The state of the grid while the window is open.
#[derive(Default)]
pub(super) struct MovesGrid {
    sheet: Sheet,
    rows: Option<MoveRows>,
    /// Pairs that were added; they are shown while the plan has no move of theirs, too.
    added: Vec<MovePair>,
    /// The cell of a row that was just added: it gets the keyboard once the click that added it is over.
    next: Option<At>,
    /// The cells chosen for a new pair.
    from: Option<(RegionId, RoleId)>,
    to: Option<(RegionId, RoleId)>,
}

impl MovesGrid {
    /// Selects the field of a move at a path, by the place of the move in the plan's list.
    pub(super) fn go_to_input(&mut self, plan: &Plan, path: &DocumentPath) {
        let Some(entry) = path.index(0).and_then(|index| plan.moves.get(index)) else { return };
        let row = move_pairs(plan).iter().position(|pair| *pair == MovePair::of(entry)).map_or(0, |row| row + 1);
        let column = moves_rows::column_of(plan, path.field(), entry.quarter);
        self.sheet.select(At { row, column });
    }

    /// The same row, in a quarter.
    pub(super) fn go_to_quarter(&mut self, plan: &Plan, quarter: usize) {
        let row = self.sheet.selection().map_or(0, |s| s.cursor.row);
        self.sheet.select(At { row, column: moves_rows::column_of(plan, None, quarter) });
    }

    /// Draws the choice of a new pair, beside that of the grid.
    pub(super) fn head(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let plan = scene.plan();
        let regions: Vec<(usize, String)> = plan.regions.iter().map(|r| r.name.clone()).enumerate().collect();
        let roles: Vec<(usize, String)> = plan.roles.iter().map(|r| r.name.clone()).enumerate().collect();
        let chosen = |cell: &Option<(RegionId, RoleId)>| {
            cell.as_ref().and_then(|(region, role)| moves_rows::cell(plan, region, role))
        };
        let Some(mut from) = chosen(&self.from).or_else(|| paid(plan, None)) else { return };
        let Some(mut to) = chosen(&self.to).or_else(|| paid(plan, Some(from))) else { return };
        ui.add_space(8.0);
        ui.label("From");
        controls::list(ui, "From region", &mut from.0, &regions);
        controls::list(ui, "From role", &mut from.1, &roles);
        ui.label("to");
        controls::list(ui, "To region", &mut to.0, &regions);
        controls::list(ui, "To role", &mut to.1, &roles);
        let Some(pair) = pair(plan, from, to) else { return };
        (self.from, self.to) = (Some(pair.from.clone()), Some(pair.to.clone()));
        let refused = blocked(plan, &pair);
        let add = ui.add_enabled(refused.is_none(), Button::new(format!("{} Add a pair", Icon::Plus)));
        if add.on_hover_text(format!("A row for {}", name(plan, &pair))).clicked() {
            self.add(plan, &pair);
        }
        let row = self.sheet.selection().map(|s| s.cursor.row);
        let chosen = row.and_then(|row| self.rows.as_ref()?.pairs.get(row.checked_sub(1)?)).cloned();
        let remove = ui.add_enabled(chosen.is_some(), Button::new(format!("{} Remove", Icon::Trash)));
        if remove.on_disabled_hover_text("Select a row first").clicked()
            && let Some(pair) = chosen
        {
            self.remove(ui, scene, &pair);
        }
        if let Some(why) = refused {
            ui.colored_label(scene.palette.faint, why);
        }
    }

    /// Adds a row, or selects the one that the pair has.
    fn add(&mut self, plan: &Plan, pair: &MovePair) {
        if !self.added.contains(pair) {
            self.added.push(pair.clone());
        }
        let row = moves_rows::pairs(plan, &self.added).iter().position(|known| known == pair);
        self.next = row.map(|row| At { row: row + 1, column: 0 });
    }

    /// Takes a row out, with its moves.
    fn remove(&mut self, ui: &Ui, scene: &mut Scene<'_>, pair: &MovePair) {
        self.added.retain(|added| added != pair);
        let rows = MoveRows::of(&mut self.rows, ui, scene, &self.added);
        let (label, edits) = MoveGrid::new(scene, rows).removal(pair);
        if !edits.is_empty() {
            scene.commit(label, edits);
        }
    }

    /// Draws the grid.
    pub(super) fn show(&mut self, ui: &mut Ui, scene: &mut Scene<'_>) {
        let rows = MoveRows::of(&mut self.rows, ui, scene, &self.added);
        if rows.pairs.is_empty() {
            ui.add_space(8.0);
            ui.colored_label(
                scene.palette.faint,
                "Nobody moves in this plan. Choose two cells above and add them as a row; then type heads into its quarters",
            );
            return;
        }
        let model = MoveGrid::new(scene, rows);
        let shown = grid::show_with_menu(&mut self.sheet, ui, scene, "moves grid", &model, &|at| model.menu(at));
        if let Some(at) = shown.selected {
            scene.send(Action::Focus { place: model.place(at.row), period: model.period(at) });
        }
        if let Some(at) = self.next.take() {
            self.sheet.select(at);
            ui.ctx().request_repaint();
        }
    }
}

/// The first cell with pay other than this one, in its region or else in another.
fn paid(plan: &Plan, other_than: Option<(usize, usize)>) -> Option<(usize, usize)> {
    let first = other_than.map_or(0, |(region, _)| region);
    let regions = std::iter::once(first).chain((0..plan.regions.len()).filter(|r| *r != first));
    let mut cells = regions.flat_map(|r| (0..plan.roles.len()).map(move |k| (r, k)));
    let has_pay = |(r, k): (usize, usize)| match (plan.regions.get(r), plan.roles.get(k)) {
        (Some(region), Some(role)) => plan.pay(&region.id, &role.id).is_some(),
        _ => false,
    };
    cells.find(|cell| Some(*cell) != other_than && has_pay(*cell))
}

/// The pair of two cells by their places in the plan's lists.
fn pair(plan: &Plan, from: (usize, usize), to: (usize, usize)) -> Option<MovePair> {
    let cell = |(r, k): (usize, usize)| Some((plan.regions.get(r)?.id.clone(), plan.roles.get(k)?.id.clone()));
    Some(MovePair { from: cell(from)?, to: cell(to)? })
}
