//! Lists of people taken into the spells that a plan knows: who has come, moved and gone, and who is absent from a full
//! list. Nothing that is known is dropped: a person who is not listed any more stays, and is named.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::actuals::{PeopleRows, PersonRow};
use super::reader::Unfit;
use super::result::LeftOutCause;
use crate::plan::{Left, Plan, Spell};
use crate::units::{Month, counted};

/// Days after a last day within which a next spell is a move, if nobody says why the first one ended.
const MOVE_WITHIN: Days = Days::new(31);

/// A row that does not fit beside what is known: its table, its number and why.
pub(super) type SpellFault = (usize, usize, Unfit);

/// The spells after lists of people were taken in.
#[derive(Debug, Default)]
pub(super) struct MergedSpells {
    pub(super) people: Vec<Spell>,
    pub(super) faults: Vec<SpellFault>,
    /// Rows that repeat another.
    pub(super) repeated: Vec<SpellFault>,
    /// People who were there and are absent from a full list, without a last day.
    pub(super) gone: Vec<String>,
    /// Sentences on what was taken otherwise than it is written.
    pub(super) notes: Vec<String>,
    /// Why the list asks before it is taken, if it does.
    pub(super) shrunk: Option<String>,
}

/// How lists of people are taken in.
#[derive(Debug, Clone, Copy)]
pub(super) struct MergeChoices {
    /// The month at whose end the lists stand.
    pub(super) month: Month,
    /// Whether later starts are corrections.
    pub(super) later_starts: bool,
    /// Why people who are absent from a full list left, if they did, in that month.
    pub(super) gone: Option<Left>,
}

/// Takes the rows of lists of people into the plan's spells.
pub(super) fn merge(plan: &Plan, lists: &PeopleRows, choices: MergeChoices) -> MergedSpells {
    let known = plan.year.as_deref().map_or(&[][..], |year| year.people.as_slice());
    let mut by_person: BTreeMap<&str, Vec<&PersonRow>> = BTreeMap::new();
    for row in &lists.rows {
        by_person.entry(&row.who).or_default().push(row);
    }
    let mut merged = MergedSpells::default();
    let mut people: Vec<(usize, Spell)> = known.iter().cloned().enumerate().collect();
    let closed = plan.year.as_deref().map(|year| year.through);
    for (who, mut rows) in by_person {
        rows.sort_by_key(|row| (row.is_departure, row.start, row.end.is_none(), row.number));
        let (own, others) = people.into_iter().partition(|(_, spell)| spell.who == who);
        let mut person = PersonSpells { spells: own, closed, choices, merged: &mut merged };
        person.spells.sort_by_key(|(_, spell)| spell.start);
        person.take_all(&rows);
        let spells = person.spells;
        people = others;
        people.extend(spells);
    }
    merged.shrunk = shrunk(known, lists, choices.month);
    if lists.is_full {
        merged.take_absent(&mut people, lists, choices);
    }
    people.sort_by(|(at, one), (other_at, other)| {
        at.cmp(other_at).then_with(|| (one.start, &one.who).cmp(&(other.start, &other.who)))
    });
    merged.people = people.into_iter().map(|(_, spell)| spell).collect();
    merged
}

/// Whether somebody has a spell that goes on at the end of a month.
fn stays(spell: &Spell, month: Month) -> bool {
    Month::of_date(spell.start) <= month
        && spell.end.is_none_or(|end| Month::of_date(end) >= month)
        && !spell.is_moved()
}

/// Why a full list asks before it is taken: it has fewer than nine tenths of the people who were there.
fn shrunk(known: &[Spell], lists: &PeopleRows, month: Month) -> Option<String> {
    let before = month.minus(1);
    let there: BTreeSet<&str> =
        known.iter().filter(|spell| stays(spell, before)).map(|spell| spell.who.as_str()).collect();
    let (was, is) = (there.len(), lists.present.len());
    let is_shorter = lists.is_full && is.saturating_mul(10) < was.saturating_mul(9);
    is_shorter
        .then(|| format!("{} where {was} were there before", counted(is, "person is listed", "people are listed")))
}

impl MergedSpells {
    /// Names everybody who was there and is absent from a full list, and lets them leave if the planner has said why.
    fn take_absent(&mut self, people: &mut Vec<(usize, Spell)>, lists: &PeopleRows, choices: MergeChoices) {
        let last = choices.month.day_or_last(31);
        let is_absent = |spell: &Spell| spell.end.is_none() && !spell.is_moved() && !lists.named.contains(&spell.who);
        for (_, spell) in people.iter().filter(|(_, spell)| is_absent(spell)) {
            self.gone.push(spell.who.clone());
        }
        let Some(left) = choices.gone else { return };
        // Somebody who has not begun does not come.
        people.retain(|(_, spell)| !is_absent(spell) || last.is_none_or(|last| spell.start <= last));
        for (_, spell) in people.iter_mut().filter(|(_, spell)| is_absent(spell)) {
            (spell.end, spell.left) = (last, Some(left));
        }
    }
}

/// Sentences on people who are absent from a full list.
pub(super) fn gone_remarks(gone: &[String], left: Option<Left>, month: Month) -> Vec<String> {
    let told = gone.iter().map(|who| match left {
        None => format!(
            "{who} was there, is not listed any more, and has no last day; the person stays until one is stated"
        ),
        Some(_) => format!("{who} was there, is not listed any more, and leaves in {month}"),
    });
    told.collect()
}

/// The spells of one person while rows are taken in.
struct PersonSpells<'a> {
    /// Spells with their place in the list of all; those that are new stand behind it.
    spells: Vec<(usize, Spell)>,
    closed: Option<Month>,
    choices: MergeChoices,
    merged: &'a mut MergedSpells,
}

impl PersonSpells<'_> {
    fn take_all(&mut self, rows: &[&PersonRow]) {
        let mut earlier: Option<&PersonRow> = None;
        for (place, row) in rows.iter().enumerate() {
            let is_next = |next: &&&PersonRow| {
                let soon = row.end.and_then(|end| end.checked_add_days(MOVE_WITHIN));
                next.start > row.start && soon.is_some_and(|soon| next.start <= soon)
            };
            let follows = rows.iter().skip(place + 1).find(is_next).is_some();
            let left = row.end.and(row.left.or(Some(if follows { Left::Moved } else { Left::Voluntary })));
            if left == Some(Left::Moved) && rows.len() == place + 1 && !self.goes_on_after(row) {
                self.fault(row, LeftOutCause::Contradiction, "moved, and no row says where to".to_owned());
                continue;
            }
            if row.is_departure && self.depart(row, left) {
                continue;
            }
            let result = match earlier.filter(|earlier| earlier.start == row.start) {
                Some(earlier) => self.take_again(row, earlier),
                None => self.take(row, left),
            };
            if let Err((cause, why)) = result {
                self.fault(row, cause, why);
            }
            earlier = Some(row);
        }
    }

    /// Ends the spell in which somebody departs; `false` if there is none yet.
    fn depart(&mut self, row: &PersonRow, left: Option<Left>) -> bool {
        let Some(end) = row.end else { return false };
        let began = |(_, spell): &&mut (usize, Spell)| spell.start <= end && !spell.is_moved();
        let Some((_, spell)) = self.spells.iter_mut().rev().find(began) else { return false };
        (spell.end, spell.left) = (Some(end), left);
        true
    }

    /// Whether a known spell begins after a row ends.
    fn goes_on_after(&self, row: &PersonRow) -> bool {
        row.end.is_some_and(|end| self.spells.iter().any(|(_, spell)| spell.start > end))
    }

    fn fault(&mut self, row: &PersonRow, cause: LeftOutCause, why: String) {
        let fault = (row.table, row.number, Unfit::new(cause, why));
        if cause == LeftOutCause::OtherRow {
            self.merged.repeated.push(fault);
        } else {
            self.merged.faults.push(fault);
        }
    }

    /// Takes in a second row from one day: another absence, or the same once more.
    fn take_again(&mut self, row: &PersonRow, earlier: &PersonRow) -> Result<(), (LeftOutCause, String)> {
        let is_same = (&earlier.region, &earlier.role, earlier.end) == (&row.region, &row.role, row.end);
        if !is_same {
            let why = format!(
                "\"{}\" is in row {} already from the same day; a column for the day from which a row holds tells them apart",
                row.who, earlier.number
            );
            return Err((LeftOutCause::Twice, why));
        }
        let spell = self.spells.iter_mut().map(|(_, spell)| spell);
        let mut spell = spell.filter(|spell| (&spell.region, &spell.role) == (&row.region, &row.role));
        let mut is_new = false;
        if let Some(spell) = spell.next_back() {
            for absence in &row.away {
                if !spell.away.contains(absence) {
                    spell.away.push(*absence);
                    is_new = true;
                }
            }
            spell.away.sort_by_key(|absence| (absence.from, absence.to));
        }
        if is_new || earlier.away != row.away {
            return Ok(());
        }
        Err((LeftOutCause::OtherRow, format!("it repeats row {}", earlier.number)))
    }

    fn take(&mut self, row: &PersonRow, left: Option<Left>) -> Result<(), (LeftOutCause, String)> {
        let is_of = |spell: &Spell| spell.region == row.region && spell.role == row.role;
        if let Some((_, spell)) = self.spells.iter_mut().find(|(_, s)| is_of(s) && s.start == row.start) {
            update(spell, row, left);
            return Ok(());
        }
        let Some(last) = self.spells.last_mut().map(|(_, last)| last) else {
            self.push(row, row.start, left);
            return Ok(());
        };
        if is_of(last) {
            self.take_in_cell(row, left);
            return Ok(());
        }
        let ends = last.end.filter(|_| !last.is_moved());
        if row.start > last.start {
            match ends {
                Some(end) if row.start <= end => {
                    // A known leave of the old cell is overtaken by the move.
                    move_out(last, row.start);
                }
                Some(_) => {}
                None => move_out(last, row.start),
            }
            self.push(row, row.start, left);
            return Ok(());
        }
        self.take_move_without_a_day(row, left)
    }

    /// Takes in a row of the cell in which the person was last, from another day.
    fn take_in_cell(&mut self, row: &PersonRow, left: Option<Left>) {
        let is_employment = self.spells.len() > 1;
        let Some((_, last)) = self.spells.last_mut() else { return };
        if row.start < last.start {
            let is_known = is_employment || last.since.is_some_and(|since| since >= row.start);
            if !is_known {
                last.start = row.start;
            }
            update(last, row, left);
            return;
        }
        if last.end.is_some_and(|end| row.start > end) {
            // Somebody who left has come back: systems that keep one start overwrite the first with the second.
            self.push(row, row.start, left);
            return;
        }
        if row.is_of_cell {
            // Something else changed on that day: the cell goes on.
            update(last, row, left);
            return;
        }
        let was_there = self.closed.is_some_and(|closed| {
            let first = Month::of_date(last.start);
            first <= closed && first < Month::of_date(row.start)
        });
        if was_there && !self.choices.later_starts {
            self.merged.notes.push(format!(
                "{} starts on {} in the list, and was there from {} on; the earlier start stays: a return needs the last \
                 day before it, and a correction the choice that later starts are corrections",
                row.who, row.start, last.start
            ));
            update(last, row, left);
            return;
        }
        last.start = row.start;
        update(last, row, left);
    }

    /// Takes in another cell with a start that is that of the employment: the person moved in the month of the list.
    fn take_move_without_a_day(&mut self, row: &PersonRow, left: Option<Left>) -> Result<(), (LeftOutCause, String)> {
        let month = self.choices.month;
        let Some((_, last)) = self.spells.last_mut() else { return Ok(()) };
        let Some(first) = month.day_or_last(1) else { return Ok(()) };
        if Month::of_date(last.start) >= month {
            // Nobody has counted the person yet.
            (last.region, last.role) = (row.region.clone(), row.role.clone());
            update(last, row, left);
            return Ok(());
        }
        let ends = last.end.filter(|_| !last.is_moved());
        if ends.is_some_and(|end| end < first) || row.end.is_some_and(|end| end < first) {
            let why = format!(
                "\"{}\" was in {}, {} up to the last day; the row has another cell and no day from which it holds",
                row.who, last.region, last.role
            );
            return Err((LeftOutCause::Contradiction, why));
        }
        self.merged.notes.push(format!(
            "{} moves from {}, {} to {}, {} on {first}, since the list has no day for it (Effective)",
            row.who, last.region, last.role, row.region, row.role
        ));
        move_out(last, first);
        self.push(row, first, left);
        Ok(())
    }

    fn push(&mut self, row: &PersonRow, start: NaiveDate, left: Option<Left>) {
        let mut spell = Spell {
            who: row.who.clone(),
            region: row.region.clone(),
            role: row.role.clone(),
            start,
            end: None,
            left: None,
            since: None,
            position: None,
            away: Vec::new(),
        };
        update(&mut spell, row, left);
        self.spells.push((usize::MAX, spell));
    }
}

/// Ends a spell the day before another cell begins.
fn move_out(spell: &mut Spell, begins: NaiveDate) {
    (spell.end, spell.left) = (begins.pred_opt().filter(|end| *end >= spell.start), Some(Left::Moved));
}

/// What a row says of a spell; what it does not say stays.
fn update(spell: &mut Spell, row: &PersonRow, left: Option<Left>) {
    if row.end.is_some() {
        let is_said = row.left.is_some() || spell.end != row.end;
        spell.end = row.end;
        spell.left = if is_said { left } else { spell.left.or(left) };
    } else if !spell.is_moved() {
        (spell.end, spell.left) = (None, None);
    }
    spell.since = row.since.filter(|since| *since < spell.start).or(spell.since);
    spell.position = row.position.clone().or(spell.position.take());
    for absence in &row.away {
        if !spell.away.contains(absence) {
            spell.away.push(*absence);
        }
    }
}
