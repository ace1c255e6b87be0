//! The cohorts that the workbook follows where people move or go, or where what happens to them differs by month: a line each,
//! region by region and role by role, in the order in which they come (model section 3).

use std::ops::Range;

use super::pay::WorkbookPay;
use crate::plan::Plan;

/// Most lines of cohorts; a sheet has several blocks of them.
pub(super) const MOST_LINES: usize = 100_000;

/// A month that may be before the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    /// As long before the plan as an entry of the baseline has been there.
    Baseline(usize),
    /// A month of the plan.
    Month(usize),
}

/// The origin of the people of a cohort.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coming {
    /// An entry of the baseline.
    Baseline(usize),
    /// The starts of its month.
    Start,
    /// Heads that a move takes out of another cohort, by its line among [`CohortLines::taken`].
    Move(usize),
}

/// People who come to a region and role in one month, with one length of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CohortLine {
    /// The line of its region and role.
    pub(super) cell: usize,
    /// The month in which they come; 0 for the baseline.
    pub(super) month: usize,
    pub(super) coming: Coming,
    /// Since when they are in service.
    pub(super) service: Since,
    /// Since when they ramp.
    pub(super) ramp: Since,
}

/// Heads that a move takes out of a cohort in the months of its quarter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Taken {
    /// The move, by its place in the plan's list.
    pub(super) by: usize,
    /// The line of the cohort.
    pub(super) cohort: usize,
}

/// A move, and the cells that it leads from and to.
#[derive(Debug, Clone)]
pub(super) struct Route {
    pub(super) quarter: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    keeps_ramp: bool,
    /// Its lines of [`CohortLines::taken`].
    pub(super) taken: Range<usize>,
}

/// The cohorts of a plan.
#[derive(Debug, Default)]
pub(super) struct CohortLines {
    pub(super) lines: Vec<CohortLine>,
    /// The lines of each region and role.
    pub(super) of_cell: Vec<Range<usize>>,
    pub(super) taken: Vec<Taken>,
    pub(super) routes: Vec<Route>,
}

/// A cohort while lines are collected: arrivals know the cell and the place of the cohort that they left.
#[derive(Clone, Copy)]
struct Draft {
    line: CohortLine,
    /// The move, and the place of the cohort in the cell that it left.
    left: Option<(usize, usize)>,
}

impl CohortLines {
    /// The cohorts of a plan; `None` where there are more than a sheet takes. Without pay they have no sheet, and there are
    /// the moves alone.
    pub(super) fn new(plan: &Plan, pay: WorkbookPay) -> Option<Self> {
        let roles = plan.roles.len();
        let cell = |region: &str, role: &str| Some(plan.region_index(region)? * roles + plan.role_index(role)?);
        let mut routes: Vec<Route> = Vec::new();
        for entry in &plan.moves {
            routes.push(Route {
                quarter: entry.quarter,
                from: cell(entry.from.region.as_str(), entry.from.role.as_str())?,
                to: cell(entry.to.region.as_str(), entry.to.role.as_str())?,
                keeps_ramp: entry.keeps_ramp(),
                taken: 0..0,
            });
        }
        let mut cells: Vec<Vec<Draft>> = vec![Vec::new(); plan.regions.len() * roles];
        if pay == WorkbookPay::LeftOut {
            return Self::finish(&cells, routes);
        }
        for (index, entry) in plan.baseline.iter().enumerate() {
            let here = cell(entry.region.as_str(), entry.role.as_str())?;
            let since = Since::Baseline(index);
            let line =
                CohortLine { cell: here, month: 0, coming: Coming::Baseline(index), service: since, ramp: since };
            cells.get_mut(here)?.push(Draft { line, left: None });
        }
        let mut room = MOST_LINES.checked_sub(plan.baseline.len())?;
        for t in 0..plan.calendar.months() {
            come(&mut cells, &routes, t, &mut room)?;
        }
        Self::finish(&cells, routes)
    }

    /// Numbers the lines, and what moves take out of them.
    fn finish(cells: &[Vec<Draft>], mut routes: Vec<Route>) -> Option<Self> {
        let mut of_cell: Vec<Range<usize>> = Vec::with_capacity(cells.len());
        for cell in cells {
            let first = of_cell.last().map_or(0, |last| last.end);
            of_cell.push(first..first + cell.len());
        }
        let mut taken: Vec<Taken> = Vec::new();
        for (by, route) in routes.iter_mut().enumerate() {
            let first = taken.len();
            let (here, offset) = (cells.get(route.from)?, of_cell.get(route.from)?.start);
            // The starts of its last month join after those who move.
            let last = route.quarter * 3 + 2;
            let there = here.iter().enumerate().filter(|(_, draft)| is_there(&draft.line, last));
            taken.extend(there.map(|(place, _)| Taken { by, cohort: offset + place }));
            route.taken = first..taken.len();
        }
        let mut lines = Vec::new();
        for draft in cells.iter().flatten() {
            let mut line = draft.line;
            if let Some((by, place)) = draft.left {
                let route = routes.get(by)?;
                // The cohorts that are there come first among those of their cell.
                line.coming = Coming::Move(route.taken.start + place);
            }
            lines.push(line);
        }
        Some(Self { lines, of_cell, taken, routes })
    }

    /// Whether a cohort is there when people move at the beginning of a month.
    pub(super) fn is_there(&self, line: usize, t: usize) -> bool {
        self.lines.get(line).is_some_and(|line| is_there(line, t))
    }

    /// The moves out of a region and role, in their order.
    pub(super) fn moves_from(&self, cell: usize) -> impl Iterator<Item = (usize, &Route)> {
        self.routes.iter().enumerate().filter(move |(_, route)| route.from == cell)
    }

    /// The moves to a region and role, in their order.
    pub(super) fn moves_to(&self, cell: usize) -> impl Iterator<Item = (usize, &Route)> {
        self.routes.iter().enumerate().filter(move |(_, route)| route.to == cell)
    }
}

fn is_there(line: &CohortLine, t: usize) -> bool {
    matches!(line.coming, Coming::Baseline(_)) || line.month < t
}

/// Those who come in a month: first those who move, then the starts. `None` where there is no room for so many.
fn come(cells: &mut [Vec<Draft>], routes: &[Route], t: usize, room: &mut usize) -> Option<()> {
    *room = room.checked_sub(cells.len())?;
    let mut arrivals: Vec<(usize, Draft)> = Vec::new();
    for (by, route) in routes.iter().enumerate().filter(|(_, route)| route.quarter == t / 3) {
        *room = room.checked_sub(cells.get(route.from)?.len())?;
        for (place, draft) in cells.get(route.from)?.iter().enumerate() {
            let left = draft.line;
            let line = CohortLine {
                cell: route.to,
                month: t,
                // The line of what is taken is known once all have come.
                coming: Coming::Move(0),
                service: left.service,
                ramp: if route.keeps_ramp { left.ramp } else { Since::Month(t) },
            };
            arrivals.push((route.to, Draft { line, left: Some((by, place)) }));
        }
    }
    for (cell, draft) in arrivals {
        cells.get_mut(cell)?.push(draft);
    }
    for (cell, here) in cells.iter_mut().enumerate() {
        let since = Since::Month(t);
        let line = CohortLine { cell, month: t, coming: Coming::Start, service: since, ramp: since };
        here.push(Draft { line, left: None });
    }
    Some(())
}
