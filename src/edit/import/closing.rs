//! Closing a month from tables (`year.md`, section 13): people, openings, bookings, costs and rates come in as one list of
//! edits, beside what does not foot and what is stated anew of months that were closed before.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::actuals::{Actuals, PeopleRows};
use super::choices::Choices;
use super::error::ImportError;
use super::kind::ImportKind;
use super::month_edits::{MissingAmounts, month_edits};
use super::restatement::{Restatement, restatements};
use super::result::Import;
use super::run::read;
use super::spells::{MergeChoices, MergedSpells, gone_remarks, merge};
use super::table::ImportTable;
use crate::edit::apply::apply_all;
use crate::edit::year::MonthActuals;
use crate::plan::{Ending, Left, Plan, PlanEdit, Spell, Year, stays, validate};
use crate::units::{Month, counted};

/// A table that says what has happened, with how it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseTable {
    /// The name of its file.
    pub name: String,
    /// The table.
    pub table: Arc<ImportTable>,
    /// How it is read; the kind is one of [`ImportKind::OF_A_MONTH`].
    pub choices: Choices,
}

/// What a month is closed with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CloseRequest {
    /// The month; every open month before it is closed, too. A closed month is stated anew.
    pub month: Month,
    /// The tables, in any order.
    pub tables: Vec<CloseTable>,
    /// The kinds of which nothing happened: bookings and costs that closed months state are 0.
    pub nothing: BTreeSet<ImportKind>,
    /// Amounts of the month that were typed; they take the place of those in tables.
    pub typed: MonthActuals,
    /// Why people left who are absent from a full list without a last day; they stay if absent.
    pub gone: Option<Left>,
    /// Whether amounts that no table states, and closed months do, are 0.
    pub rest_is_zero: bool,
    /// Whether the rest is taken where rows or columns do not fit.
    pub skip_unfit: bool,
}

impl CloseRequest {
    /// A month with nothing that comes in yet.
    #[must_use]
    pub fn new(month: Month) -> Self {
        Self {
            month,
            tables: Vec::new(),
            nothing: BTreeSet::new(),
            typed: MonthActuals::default(),
            gone: None,
            rest_is_zero: false,
            skip_unfit: false,
        }
    }
}

/// What came of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedTable {
    /// The name of its file.
    pub name: String,
    /// Its kind.
    pub kind: ImportKind,
    /// Its rows, or why it cannot be read.
    pub result: Result<Import, ImportError>,
}

/// How many people a month saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PeopleCounts {
    /// People who started.
    pub joined: usize,
    /// People who moved to another cell.
    pub moved: usize,
    /// People who left.
    pub left: usize,
    /// People who are there at the end of the month.
    pub there: usize,
}

/// A month with what came in for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthClose {
    /// The month.
    pub month: Month,
    /// The tables in the order in which they were read.
    pub tables: Vec<ClosedTable>,
    /// The edits that close the month, one step; none if there is a problem, or nothing changes.
    pub edits: Vec<PlanEdit>,
    /// Why the month cannot be closed so, sentences without full stop.
    pub problems: Vec<String>,
    /// What does not foot and should be known before, sentences without full stop.
    pub remarks: Vec<String>,
    /// People who were there and are absent from a full list, without a last day.
    pub gone: Vec<String>,
    /// What changes of months that were closed before.
    pub restated: Vec<Restatement>,
    /// The people of the month.
    pub people: PeopleCounts,
    /// The months that are closed by it, none if all were.
    pub closes: Vec<Month>,
}

impl MonthClose {
    /// The label of the step in the history and the change log.
    #[must_use]
    pub fn label(&self) -> String {
        let what = match (self.closes.first(), self.closes.last()) {
            (Some(first), Some(last)) if first != last => format!("Closed {first} to {last}"),
            (Some(first), _) => format!("Closed {first}"),
            _ => "Restated closed months".to_owned(),
        };
        let restated = counted(self.restated.len(), "figure", "figures");
        let restated = if self.restated.is_empty() { String::new() } else { format!(", {restated} restated") };
        let names: Vec<&str> = self.tables.iter().map(|table| table.name.as_str()).collect();
        if names.is_empty() {
            format!("{what}{restated}")
        } else {
            format!("{what} from {}{restated}", names.join(", "))
        }
    }
}

/// The month that is closed next; `None` if every month is.
#[must_use]
pub fn next_month(plan: &Plan) -> Option<Month> {
    let next = plan.year.as_deref().map_or(plan.calendar.first_month, |year| year.through.plus(1));
    let t = usize::try_from(plan.calendar.first_month.until(next)).ok()?;
    (t < plan.calendar.months()).then_some(next)
}

/// Closes a month: the edits, and everything that should be known before they are taken. Changes nothing itself.
#[must_use]
pub fn close(plan: &Plan, request: &CloseRequest) -> MonthClose {
    let mut reading = Reading::new(plan, request);
    for kind in ImportKind::OF_A_MONTH {
        let mut tables: Vec<&CloseTable> = request.tables.iter().filter(|table| table.choices.kind == kind).collect();
        tables.sort_by(|one, other| one.name.cmp(&other.name));
        for table in tables {
            reading.read(table, request.month);
        }
        if kind == ImportKind::People {
            reading.take_people(request);
        }
    }
    reading.finish(request)
}

/// Tables while they are read: later ones know the people of earlier ones.
struct Reading<'p> {
    before: &'p Plan,
    /// The plan as later tables see it.
    now: Plan,
    made: MonthClose,
    actuals: Actuals,
    rows: Option<PeopleRows>,
    people: Option<Vec<Spell>>,
    /// The kinds of which tables came in, and of those the ones that list single movements.
    given: BTreeSet<ImportKind>,
    movements: BTreeSet<ImportKind>,
    edits: Vec<PlanEdit>,
}

impl<'p> Reading<'p> {
    fn new(plan: &'p Plan, request: &CloseRequest) -> Self {
        let made = MonthClose {
            month: request.month,
            tables: Vec::new(),
            edits: Vec::new(),
            problems: Vec::new(),
            remarks: Vec::new(),
            gone: Vec::new(),
            restated: Vec::new(),
            people: PeopleCounts::default(),
            closes: Vec::new(),
        };
        Self {
            before: plan,
            now: plan.clone(),
            made,
            actuals: Actuals::default(),
            rows: None,
            people: None,
            given: BTreeSet::new(),
            movements: BTreeSet::new(),
            edits: Vec::new(),
        }
    }

    fn read(&mut self, table: &CloseTable, month: Month) {
        let mut choices = table.choices.clone();
        choices.month = Some(month);
        let kind = choices.kind;
        let result = read(&self.now, &table.table, &choices);
        let result = result.and_then(|(mut import, made_for)| {
            // What is made for names, and what names mean, holds for the tables after it, too.
            let edits: Vec<PlanEdit> = made_for.into_iter().chain(import.names.take()).collect();
            self.now = apply_all(&self.now, &edits).map_err(|error| ImportError::Plan(error.to_string()))?;
            self.edits.extend(edits);
            self.take(kind, &mut import, &table.name);
            Ok(import)
        });
        self.made.tables.push(ClosedTable { name: table.name.clone(), kind, result });
    }

    /// Joins what a table says with the tables before it.
    fn take(&mut self, kind: ImportKind, import: &mut Import, name: &str) {
        self.given.insert(kind);
        let actuals = std::mem::take(&mut import.actuals);
        if actuals.are_movements {
            self.movements.insert(kind);
        }
        if let Some(mut rows) = actuals.people {
            let place = self.made.tables.len();
            rows.rows.iter_mut().for_each(|row| row.table = place);
            match &mut self.rows {
                Some(all) => all.join(rows),
                none => *none = Some(rows),
            }
        }
        let mut twice = Vec::new();
        let calendar = self.before.calendar;
        join(&mut self.actuals.bookings, actuals.bookings, |(region, t)| {
            twice.push(format!("bookings of {region} in {}", calendar.month(*t)));
        });
        join(&mut self.actuals.costs, actuals.costs, |(region, line, t)| {
            twice.push(format!("{line} of {region} in {}", calendar.month(*t)));
        });
        join(&mut self.actuals.rates, actuals.rates, |(code, t)| {
            twice.push(format!("the rate of {code} in {}", calendar.month(*t)));
        });
        join(&mut self.actuals.positions, actuals.positions, |id| twice.push(id.clone()));
        self.made.problems.extend(
            twice
                .into_iter()
                .map(|what| format!("{name} states {what} otherwise than another table; leave one of them out")),
        );
    }

    /// Takes the lists of people into the spells, before owners are looked up.
    fn take_people(&mut self, request: &CloseRequest) {
        let Some(rows) = self.rows.take() else { return };
        let people = |table: &&CloseTable| table.choices.kind == ImportKind::People;
        let tables = || request.tables.iter().filter(people);
        let later_starts = tables().any(|table| table.choices.later_starts);
        let choices = MergeChoices { month: request.month, later_starts, gone: request.gone };
        let merged = merge(&self.now, &rows, choices);
        if let Some(shrunk) = merged.shrunk.as_ref().filter(|_| !tables().any(|table| table.choices.shrunk)) {
            self.made.problems.push(ImportError::Shrunk(shrunk.clone()).to_string());
        }
        let MergedSpells { people, faults, repeated, gone, notes, .. } = merged;
        for (is_fault, list) in [(true, faults), (false, repeated)] {
            for (table, number, out) in list {
                let Some(Ok(import)) = self.made.tables.get_mut(table).map(|table| &mut table.result) else { continue };
                let rows = if is_fault { &mut import.unfit } else { &mut import.left_out };
                rows.push(out.left_out(number, 1));
                import.totals.taken = import.totals.taken.saturating_sub(1);
            }
        }
        self.made.remarks.extend(notes);
        self.made.remarks.extend(gone_remarks(&gone, request.gone, request.month));
        self.made.gone = gone;
        let year = self.now.year.as_deref().cloned().unwrap_or_else(|| Year {
            through: self.now.calendar.first_month,
            record: None,
            people: Vec::new(),
            bookings: std::collections::BTreeMap::new(),
            costs: std::collections::BTreeMap::new(),
            rates: std::collections::BTreeMap::new(),
            positions: std::collections::BTreeMap::new(),
        });
        self.now.year = Some(crate::plan::Shared::from(Year { people: people.clone(), ..year }));
        self.people = Some(people);
    }

    fn finish(mut self, request: &CloseRequest) -> MonthClose {
        self.check_tables(request);
        let missing = MissingAmounts {
            given: self.given.clone(),
            movements: self.movements.clone(),
            nothing: request.nothing.clone(),
            rest_is_zero: request.rest_is_zero,
        };
        let after_names = apply_all(self.before, &self.edits);
        let composed = after_names.and_then(|plan| {
            month_edits(&plan, request.month, (&self.actuals, self.people.clone()), &request.typed, &missing)
        });
        let mut made = self.made;
        match composed {
            Err(error) => made.problems.push(error.to_string()),
            Ok(composed) => {
                made.problems.extend(composed.problems);
                made.remarks.extend(composed.remarks);
                made.closes = composed.closes;
                made.edits = self.edits.into_iter().chain(composed.edits).collect();
            }
        }
        match apply_all(self.before, &made.edits) {
            Err(error) => made.problems.push(error.to_string()),
            Ok(after) => {
                made.problems.extend(validate(&after).first().map(ToString::to_string));
                made.restated = restatements(self.before, &after);
                made.people = people_counts(&after, request.month);
            }
        }
        if !made.problems.is_empty() {
            made.edits.clear();
        }
        made
    }

    /// Names tables that cannot be read, or of which rows do not fit, and those that are of other months.
    fn check_tables(&mut self, request: &CloseRequest) {
        let t = usize::try_from(self.before.calendar.first_month.until(request.month)).ok();
        let mut problems = Vec::new();
        for table in &self.made.tables {
            match &table.result {
                Err(error) => problems.push(format!("{}: {error}", table.name)),
                Ok(import) if !import.is_whole() && !request.skip_unfit => {
                    let rows = counted(import.unfit.len(), "row does", "rows do");
                    let columns = counted(import.open_columns().count(), "column does", "columns do");
                    problems.push(format!("{}: {rows} and {columns} not fit", table.name));
                }
                Ok(_) => {}
            }
        }
        let is_closed = self.before.year.as_deref().is_some_and(|year| request.month <= year.through);
        let months = self.actuals.months();
        let by_month = [ImportKind::Bookings, ImportKind::Costs, ImportKind::Rates];
        for kind in by_month.into_iter().filter(|kind| self.given.contains(kind) && !is_closed) {
            let here = match kind {
                ImportKind::Bookings => self.actuals.bookings.keys().any(|(_, at)| Some(*at) == t),
                ImportKind::Costs => self.actuals.costs.keys().any(|(_, _, at)| Some(*at) == t),
                _ => self.actuals.rates.keys().any(|(_, at)| Some(*at) == t),
            };
            if !here {
                let last = months.last().map(|t| self.before.calendar.month(*t));
                let last = last.map_or_else(String::new, |last| format!("; the last month in the tables is {last}"));
                let month = request.month;
                problems.push(format!("no row of the {} is of {month}{last}", kind.word()));
            }
        }
        self.made.problems.extend(problems);
    }
}

/// Joins what a table states with what others do; `twice` takes what both state, and otherwise.
fn join<K: Ord, V: PartialEq>(
    all: &mut std::collections::BTreeMap<K, V>,
    more: std::collections::BTreeMap<K, V>,
    mut twice: impl FnMut(&K),
) {
    for (key, value) in more {
        match all.get(&key) {
            Some(other) if *other != value => twice(&key),
            Some(_) => {}
            None => drop(all.insert(key, value)),
        }
    }
}

/// How many people a month saw.
fn people_counts(plan: &Plan, month: Month) -> PeopleCounts {
    let mut counts = PeopleCounts::default();
    let people = plan.year.as_deref().map_or(&[][..], |year| year.people.as_slice());
    for stay in stays(people, &plan.calendar).0 {
        counts.joined += usize::from(stay.begins == month && !stay.follows);
        let (moves, leaves) = match stay.ends {
            Some(Ending::Moves(at, _)) => (at == month, false),
            Some(Ending::Gone(at, _)) => (false, at == month),
            None => (false, false),
        };
        counts.moved += usize::from(moves);
        counts.left += usize::from(leaves);
        counts.there += usize::from(stay.is_there(month) && !leaves);
    }
    counts
}
