//! The places of the blocks of cohorts.

use super::cohort_lines::CohortLines;
use super::grid::{Block, Stack};
use crate::engine::PlanCase;
use crate::plan::Plan;

/// The values of a cohort by its age: monthly attrition, productivity, payout.
pub(super) type CurveBlocks = [Block; 3];

/// The heads of the cohorts, with or without growth.
#[derive(Debug)]
pub(super) struct HeadBlocks {
    /// At the beginning of a month, before moves, by region and role; `None` for one that nobody leaves by a move.
    pub(super) opening: Vec<Option<Block>>,
    /// The heads of each move.
    pub(super) taken: Vec<Block>,
    pub(super) at_work: Block,
    /// Planned exits, by region and role; `None` for one without.
    pub(super) exits: Vec<Option<Block>>,
}

/// Whole part, fraction and planned heads by month of what is stated by quarter.
pub(super) type SplitBlocks = [Block; 3];

/// The places of the blocks of cohorts.
#[derive(Debug)]
pub(super) struct CohortBlocks {
    pub(super) curves: CurveBlocks,
    with: HeadBlocks,
    without: HeadBlocks,
    /// The lines of regions and roles for which the plan states exits.
    pub(super) exit_cells: Vec<usize>,
    /// Planned exits by quarter, of those.
    pub(super) exits: Block,
    /// The list of moves.
    pub(super) moves: Block,
    pub(super) split_exits: SplitBlocks,
    pub(super) split_moves: SplitBlocks,
    /// Moved in, moved out, exits, by region and role, with growth and without.
    pub(super) departures: [[Block; 3]; 2],
}

impl CohortBlocks {
    pub(super) fn new(plan: &Plan, lines: &CohortLines) -> Self {
        let exit_cells = exit_cells(plan);
        let mut sheet = Stack::new("Cohorts");
        let curves = sheet.many(lines.lines.len());
        let departs = !(exit_cells.is_empty() && plan.moves.is_empty());
        let cells = if departs { lines.of_cell.len() } else { 0 };
        let mut split = Stack::new("Departures");
        let [split_exits, split_moves] =
            [exit_cells.len(), plan.moves.len()].map(|many| std::array::from_fn(|_| split.take_if(many > 0, many)));
        let departures = std::array::from_fn(|_| std::array::from_fn(|_| split.take_if(departs, cells)));
        Self {
            curves,
            with: HeadBlocks::new(lines, &exit_cells, &mut sheet),
            without: HeadBlocks::new(lines, &exit_cells, &mut Stack::new("WithoutCohorts")),
            exits: Stack::new("Exits").take(exit_cells.len()),
            moves: Stack::new("Moves").take(plan.moves.len()),
            split_exits,
            split_moves,
            departures,
            exit_cells,
        }
    }

    pub(super) const fn heads(&self, case: PlanCase) -> &HeadBlocks {
        match case {
            PlanCase::Plan | PlanCase::Outlook => &self.with,
            PlanCase::WithoutGrowth => &self.without,
        }
    }

    /// Moved in, moved out and exits.
    pub(super) const fn departures(&self, case: PlanCase) -> [Block; 3] {
        let [with, without] = self.departures;
        match case {
            PlanCase::Plan | PlanCase::Outlook => with,
            PlanCase::WithoutGrowth => without,
        }
    }

    /// Whether people move or go.
    pub(super) const fn has_departures(&self) -> bool {
        let [[moved_in, ..], _] = self.departures;
        moved_in.lines > 0
    }
}

impl HeadBlocks {
    fn new(lines: &CohortLines, exit_cells: &[usize], sheet: &mut Stack) -> Self {
        let of_cells = |sheet: &mut Stack, wanted: &dyn Fn(usize) -> bool| {
            let each = lines.of_cell.iter().enumerate();
            each.map(|(cell, range)| wanted(cell).then(|| sheet.take(range.len()))).collect::<Vec<_>>()
        };
        let opening = of_cells(sheet, &|cell| lines.moves_from(cell).next().is_some());
        let taken = lines.routes.iter().map(|route| sheet.take(route.taken.len())).collect();
        let at_work = sheet.take(lines.lines.len());
        let exits = of_cells(sheet, &|cell| exit_cells.contains(&cell));
        Self { opening, taken, at_work, exits }
    }
}

/// The regions and roles for which the plan states exits.
fn exit_cells(plan: &Plan) -> Vec<usize> {
    let pairs = plan.regions.iter().flat_map(|region| plan.roles.iter().map(move |role| (region, role)));
    let is_stated = |(_, (region, role)): &(usize, (&crate::plan::Region, &crate::plan::Role))| {
        plan.exits.get(&region.id).is_some_and(|roles| roles.contains_key(&role.id))
    };
    pairs.enumerate().filter(is_stated).map(|(cell, _)| cell).collect()
}
