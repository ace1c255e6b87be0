//! The hires that close a gap: growth hires moved to an earlier quarter, then additional ones, each where one hire adds most
//! capacity to the period. The engine evaluates every step.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fix_draft::{Cell, FixDraft, round_up_hires};
use super::hire_change::HireChange;
use crate::analysis::{AnalysisError, Progress};
use crate::engine::{FindingKind, Outcome, Place};
use crate::plan::{Kind, PlanEdit};
use crate::units::{Exact, Money, Period};

/// Largest number of steps: a gap that needs more is not closed by hires that a person reads.
const MAX_STEPS: usize = 500;
/// Largest number of additional hires in one step, so that each step goes where one more hire adds most after those before.
const MAX_ADDED: u32 = 5;
/// A hire that adds less than this share of what the best one of its region adds is not worth a line.
const LEAST_WORTH: u32 = 10;

/// Growth hires of a cell that are moved to a quarter, or added in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HireMove {
    /// Index of the region.
    pub region: usize,
    /// Index of the role.
    pub role: usize,
    /// The quarter they are taken from; `None` for additional hires.
    pub from: Option<usize>,
    /// The quarter in which they are to start.
    pub to: usize,
    /// How many they are.
    pub count: u32,
}

/// A change of growth hires that closes a gap as far as hires can, with its effect on the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GapClosure {
    /// The moves and additional hires, in the plan's order; empty where no hire helps.
    pub moves: Vec<HireMove>,
    /// The same as edits, to be one step.
    pub edits: Vec<PlanEdit>,
    /// The gap with them; 0 or negative where they close it.
    pub gap: Money,
    /// What they add to the total cost of the whole plan.
    pub cost: Money,
    /// The limits that they break.
    pub breaks: Vec<FindingKind>,
}

impl GapClosure {
    /// Whether the gap is closed.
    #[must_use]
    pub fn closes(&self) -> bool {
        self.gap <= Money::ZERO
    }
}

/// The hires that would close the gap of a place in a quarter or fiscal year; `None` where there is no gap.
///
/// Hires of the period's fiscal year are moved to earlier quarters, and others added up to the end of the period, in regions
/// that miss their own target. None that could not be filled in time is proposed. Limits are broken, and teams more than
/// doubled, only where that closes a gap which cannot be closed otherwise.
///
/// # Errors
/// When the caller asked to stop.
pub fn close_gap(
    outcome: &Outcome,
    place: Place,
    period: Period,
    progress: &Progress,
) -> Result<Option<GapClosure>, AnalysisError> {
    let Some(search) = GapSearch::new(outcome, place, period) else { return Ok(None) };
    if search.gap(&search.before, place) <= Money::ZERO {
        return Ok(None);
    }
    let after = search.run(progress)?;
    let changes = after.changes_since(&search.before);
    let cost = |draft: &FixDraft| -> Money {
        let years = 0..draft.outcome.plan().calendar.years();
        let cost = |y: usize| draft.outcome.rollup(Place::Plan, Period::Year(y)).map(|sums| sums.total_cost);
        years.filter_map(cost).sum()
    };
    Ok(Some(GapClosure {
        moves: moves(&changes),
        edits: changes.iter().filter_map(|change| search.before.edit(change)).collect(),
        gap: search.gap(&after, place),
        cost: cost(&after) - cost(&search.before),
        breaks: after.broken_since(&search.before),
    }))
}

/// A way to add capacity: a hire of a cell in a quarter, taken from a later one or additional.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct HireOption {
    cell: Cell,
    from: Option<usize>,
    to: usize,
    /// The capacity that one hire adds to the period.
    worth: Money,
}

impl HireOption {
    fn is_same(&self, other: &Self) -> bool {
        (self.cell, self.from, self.to) == (other.cell, other.from, other.to)
    }
}

/// The worth of one more hire by role and quarter, in one region.
type Worths = BTreeMap<(usize, usize), Money>;

/// A search for the hires that close a gap.
struct GapSearch {
    before: FixDraft,
    place: Place,
    regions: Vec<usize>,
    period: Period,
    /// The fiscal year of the period.
    year: usize,
    /// The last quarter of the period.
    last: usize,
}

impl GapSearch {
    fn new(outcome: &Outcome, place: Place, period: Period) -> Option<Self> {
        let (year, last) = match period {
            Period::Quarter(q) => (q / 4, q),
            Period::Year(y) => (y, outcome.plan().calendar.quarters_of(y).last()?),
            Period::Month(_) | Period::All => return None,
        };
        outcome.rollup(place, period)?;
        let regions = outcome.regions_of(place)?;
        Some(Self { before: FixDraft::new(outcome.clone()), place, regions, period, year, last })
    }

    fn gap(&self, draft: &FixDraft, place: Place) -> Money {
        draft.outcome.rollup(place, self.period).map(crate::engine::Rollup::gap).unwrap_or_default()
    }

    /// The plan with the hires that close the gap, or come nearest to it.
    fn run(&self, progress: &Progress) -> Result<FixDraft, AnalysisError> {
        let mut state = SearchState {
            worths: self.regions.iter().map(|r| (*r, self.worths(&self.before, *r))).collect(),
            draft: self.before.clone(),
            steps: 0,
        };
        for adds in [false, true] {
            self.improve(&mut state, true, adds, progress)?;
        }
        let careful = state.draft.clone();
        for adds in [false, true] {
            self.improve(&mut state, false, adds, progress)?;
        }
        let closes = self.gap(&state.draft, self.place) <= Money::ZERO;
        Ok(if closes { state.draft } else { careful })
    }

    /// Takes the best option again and again until the gap is closed or none is left.
    ///
    /// A careful step breaks no limit, and adds no more people to a cell than it has.
    fn improve(
        &self,
        state: &mut SearchState,
        is_careful: bool,
        adds: bool,
        progress: &Progress,
    ) -> Result<(), AnalysisError> {
        let mut refused: Vec<HireOption> = Vec::new();
        while self.gap(&state.draft, self.place) > Money::ZERO && state.steps < MAX_STEPS {
            progress.check_cancelled()?;
            let Some(option) = self.best_option(state, adds, &refused) else { break };
            match self.take(&state.draft, option, is_careful) {
                Some(next) => {
                    state.worths.insert(option.cell.0, self.worths(&next, option.cell.0));
                    state.draft = next;
                    state.steps += 1;
                }
                None => refused.push(option),
            }
        }
        Ok(())
    }

    /// What one more hire adds to the capacity of the period, by role and quarter, where it adds anything.
    fn worths(&self, draft: &FixDraft, region: usize) -> Worths {
        if self.gap(draft, Place::Region(region)) <= Money::ZERO {
            return Worths::new();
        }
        let plan = draft.outcome.plan();
        let sells = |k: &usize| {
            let paid = plan.regions.get(region).zip(plan.roles.get(*k)).and_then(|(r, k)| plan.pay(&r.id, &k.id));
            paid.is_some() && plan.roles.get(*k).is_some_and(|role| !matches!(role.kind, Kind::Manager { .. }))
        };
        let places: Vec<(usize, usize)> =
            (0..plan.roles.len()).filter(sells).flat_map(|k| (0..=self.last).map(move |q| (k, q))).collect();
        let here = Place::Region(region);
        let worth = |(k, q): &(usize, usize)| {
            let hires = draft.hires((region, *k), *q).checked_add(1)?;
            let with = draft.outcome_with(&[((region, *k), *q, hires)])?;
            let [before, after] = [&draft.outcome, &with].map(|outcome| outcome.rollup(here, self.period));
            let worth = after?.capacity - before?.capacity;
            (worth > Money::ZERO).then_some(((*k, *q), worth))
        };
        places.par_iter().filter_map(worth).collect()
    }

    /// The option whose one hire adds most; of equals the one that starts last and so costs least.
    fn best_option(&self, state: &SearchState, adds: bool, refused: &[HireOption]) -> Option<HireOption> {
        let options = state.worths.iter().flat_map(|(region, worths)| {
            let most = worths.values().max().copied().unwrap_or_default().exact();
            let least = Money::new(most / Exact::from(LEAST_WORTH));
            let options = worths.keys().flat_map(move |(role, to)| {
                let cell = (*region, *role);
                self.options(&state.draft, worths, cell, *to, adds)
            });
            options.filter(move |option| option.worth > Money::ZERO && option.worth >= least)
        });
        let is_refused = |option: &HireOption| refused.iter().any(|refused| refused.is_same(option));
        options.filter(|option| !is_refused(option)).max_by_key(|option| (option.worth, option.to))
    }

    /// The ways to have one more hire of a cell in a quarter: as an additional one, or from each later quarter of the year.
    fn options(&self, draft: &FixDraft, worths: &Worths, cell: Cell, to: usize, adds: bool) -> Vec<HireOption> {
        let worth = |quarter: usize| worths.get(&(cell.1, quarter)).copied().unwrap_or_default();
        if adds {
            return vec![HireOption { cell, from: None, to, worth: worth(to) }];
        }
        let later = draft.outcome.plan().calendar.quarters_of(self.year).filter(|from| *from > to);
        let taken = later.filter(|from| draft.hires(cell, *from) > 0);
        taken.map(|from| HireOption { cell, from: Some(from), to, worth: worth(to) - worth(from) }).collect()
    }

    /// The number of additional hires with which a cell at most doubles.
    fn room(&self, draft: &FixDraft, cell: Cell) -> u32 {
        let heads = self.before.outcome.walk(Place::Cell(cell.0, cell.1), self.period).unwrap_or_default().closing;
        let hires = |draft: &FixDraft| (0..=self.last).map(|q| draft.hires(cell, q)).fold(0_u32, u32::saturating_add);
        round_up_hires(heads.exact()).saturating_sub(hires(draft).saturating_sub(hires(&self.before)))
    }

    /// The plan with as many hires of an option as the gap needs, or fewer where these break something; `None` if not even
    /// one can be taken.
    fn take(&self, draft: &FixDraft, option: HireOption, is_careful: bool) -> Option<FixDraft> {
        let (region, gap) = (option.cell.0, |draft: &FixDraft, place| self.gap(draft, place).exact());
        let missing = gap(draft, self.place).min(gap(draft, Place::Region(region)));
        let available = match option.from {
            Some(from) => draft.hires(option.cell, from),
            None if is_careful => self.room(draft, option.cell).min(MAX_ADDED),
            None => MAX_ADDED,
        };
        let mut count = round_up_hires(missing / option.worth.exact()).min(available);
        let with = |count: u32| {
            let next = match option.from {
                Some(from) => draft.with_moved(option.cell, from, option.to, count),
                None => {
                    draft.with(&[(option.cell, option.to, draft.hires(option.cell, option.to).checked_add(count)?)])
                }
            }?;
            let breaks = next.strands(draft) || is_careful && next.breaks(draft);
            let helps = gap(&next, self.place) < gap(draft, self.place);
            (helps && !breaks).then_some(next)
        };
        while count > 0 {
            if let Some(mut next) = with(count) {
                // The last step takes no more than closes the gap.
                while count > 1 && gap(&next, self.place) <= Exact::ZERO {
                    count -= 1;
                    match with(count).filter(|fewer| gap(fewer, self.place) <= Exact::ZERO) {
                        Some(fewer) => next = fewer,
                        None => break,
                    }
                }
                return Some(next);
            }
            count /= 2;
        }
        None
    }
}

/// The plan so far, and the worth of one more hire in each region of it.
struct SearchState {
    draft: FixDraft,
    worths: BTreeMap<usize, Worths>,
    steps: usize,
}

/// The changes as moves: in each cell the first hires more come from the first hires fewer after them.
fn moves(changes: &[HireChange]) -> Vec<HireMove> {
    let mut moves: Vec<HireMove> = Vec::new();
    for cell in changes.chunk_by(|a, b| (a.region, a.role) == (b.region, b.role)) {
        let mut fewer: Vec<(usize, u32)> =
            cell.iter().filter(|c| c.to < c.from).map(|c| (c.quarter, c.from - c.to)).collect();
        for change in cell.iter().filter(|c| c.to > c.from) {
            let mut open = change.to - change.from;
            let mut push = |from: Option<usize>, count: u32| {
                if count > 0 {
                    let (region, role) = (change.region, change.role);
                    moves.push(HireMove { region, role, from, to: change.quarter, count });
                }
            };
            for (from, left) in fewer.iter_mut().filter(|(from, _)| *from > change.quarter) {
                let count = open.min(*left);
                (open, *left) = (open - count, *left - count);
                push(Some(*from), count);
            }
            push(None, open);
        }
    }
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(quarter: usize, from: u32, to: u32) -> HireChange {
        HireChange { region: 0, role: 1, quarter, from, to }
    }

    #[test]
    fn changes_of_a_cell_are_told_as_moves_and_additional_hires() {
        let changes = [change(0, 1, 6), change(1, 4, 3), change(3, 2, 0)];
        let told: Vec<_> = moves(&changes).iter().map(|m| (m.from, m.to, m.count)).collect();
        assert_eq!(told, [(Some(1), 0, 1), (Some(3), 0, 2), (None, 0, 2)]);
        assert_eq!(moves(&[]), []);
    }
}
