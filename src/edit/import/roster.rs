//! A staff roster as the baseline: people by region, role and tenure (model section 3).
//!
//! Tenure is counted in whole months at the plan's first month. Who has left before it is left out; who leaves later is
//! there, since attrition takes leavers out on average; who starts after the first month is a hire, not the baseline.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::reader::RowReader;
use super::{Import, ImportField, ImportRow, LeftOut};
use crate::edit::structure::scenarios_follow;
use crate::plan::{Baseline, Plan, PlanEdit, Region, Role};
use crate::units::Month;

/// People of one region, role and tenure: indices of the plan's lists, and months.
type Cohort = (usize, usize, u32);

/// What becomes of a row.
enum Person {
    There {
        cohort: Cohort,
        heads: u32,
        leaves: bool,
    },
    /// Has left; the region and role where the plan has them.
    Gone {
        cell: Option<(usize, usize)>,
        reason: String,
    },
}

/// The roster's edits; without `replace`, regions and roles that it does not name keep their people.
pub(super) fn import(reader: &RowReader<'_>, replace: bool) -> Import {
    let mut made = Import::default();
    let mut team = RosterTeam { plan: reader.plan, people: BTreeMap::new(), named: BTreeSet::new(), replace };
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut leaving: u64 = 0;
    for row in &reader.table.rows {
        match person(reader, row, &known).and_then(|person| team.take(person)) {
            Ok(Person::There { heads, leaves, .. }) => {
                made.rows += 1;
                leaving += if leaves { u64::from(heads) } else { 0 };
                // Only who is there counts twice: somebody who left and came back has two rows.
                if let Some(id) = reader.text(row, ImportField::Employee) {
                    known.insert(id, row.number);
                }
            }
            Ok(Person::Gone { reason, .. }) => made.left_out.push(LeftOut { row: row.number, reason }),
            Err(reason) => made.unfit.push(LeftOut { row: row.number, reason }),
        }
    }
    if leaving > 0 {
        let (who, verb) =
            if leaving == 1 { ("1 person".to_owned(), "is") } else { (format!("{leaving} people"), "are") };
        let why = "attrition takes leavers out";
        made.notes.push(format!("{who} with a leaving date after the plan begins {verb} counted as there: {why}"));
    }
    made.edits = team.edits(&mut made.notes);
    made
}

fn person(reader: &RowReader<'_>, row: &ImportRow, known: &BTreeMap<String, usize>) -> Result<Person, String> {
    reader.in_step(row)?;
    let plan = reader.plan;
    let first = plan.calendar.first_month;
    let start = reader.day(row, ImportField::Start)?;
    let leaving = reader.day(row, ImportField::Leaving)?;
    if let (Some(start), Some(leaving)) = (start, leaving)
        && leaving < start
    {
        return Err(format!("leaves on {leaving}, before the start on {start}"));
    }
    let place =
        |region: &Region, role: &Role| plan.region_index(region.id.as_str()).zip(plan.role_index(role.id.as_str()));
    if let Some(leaving) = leaving.filter(|day| Month::of_date(*day) < first) {
        // Nobody needs a place in the plan for having left.
        let cell = reader.region(row).ok().zip(reader.role(row).ok()).and_then(|(region, role)| place(region, role));
        return Ok(Person::Gone { cell, reason: format!("left on {leaving}, before the plan begins in {first}") });
    }
    if let Some(id) = reader.text(row, ImportField::Employee)
        && let Some(earlier) = known.get(&id)
    {
        return Err(format!("employee \"{}\" is in row {earlier} already", super::names::shortened(&id)));
    }
    let (region, role) = (reader.region(row)?, reader.role(row)?);
    let heads = if reader.has(ImportField::Heads) {
        reader.count(row, ImportField::Heads)?.ok_or("the number of people is missing")?
    } else {
        1
    };
    let tenure = match (start, reader.count(row, ImportField::Tenure)?) {
        (Some(start), _) => u32::try_from(Month::of_date(start).until(first))
            .ok()
            .ok_or_else(|| format!("starts on {start}, after the plan's first month {first}: a growth hire"))?,
        (None, Some(tenure)) => tenure,
        (None, None) => return Err("the start date is missing".to_owned()),
    };
    if heads > 0 && plan.pay(&region.id, &role.id).is_none() {
        return Err(format!("{} in {} has no pay in the plan; give it pay first", role.name, region.name));
    }
    let (region, role) = place(region, role).ok_or("the plan has no such place")?;
    Ok(Person::There { cohort: (region, role, tenure), heads, leaves: leaving.is_some() })
}

struct RosterTeam<'p> {
    plan: &'p Plan,
    people: BTreeMap<Cohort, u32>,
    /// The regions and roles that the roster names.
    named: BTreeSet<(usize, usize)>,
    replace: bool,
}

impl RosterTeam<'_> {
    /// Counts the people of a row in, if the plan can hold so many.
    fn take(&mut self, person: Person) -> Result<Person, String> {
        match &person {
            Person::There { cohort, heads, .. } => {
                let present = self.people.get(cohort).copied().unwrap_or(0);
                let sum = present.checked_add(*heads).ok_or("these are more people than a plan can hold")?;
                self.people.insert(*cohort, sum);
                self.named.insert((cohort.0, cohort.1));
            }
            Person::Gone { cell, .. } => self.named.extend(*cell),
        }
        Ok(person)
    }

    /// The edit of the baseline, with those that scenarios lose to it; `None` if the people are the same.
    fn edits(mut self, notes: &mut Vec<String>) -> Vec<PlanEdit> {
        let before = self.present();
        self.people.retain(|_, heads| *heads > 0);
        if !self.replace {
            let stay = before.iter().filter(|((r, k, _), _)| !self.named.contains(&(*r, *k)));
            self.people.extend(stay.map(|(cohort, heads)| (*cohort, *heads)));
        }
        if self.people == before {
            return Vec::new();
        }
        let entry = |((region, role, tenure), heads): (&Cohort, &u32)| {
            let (region, role) = (self.plan.regions.get(*region)?, self.plan.roles.get(*role)?);
            let (region, role) = (region.id.clone(), role.id.clone());
            Some(Baseline { region, role, heads: *heads, tenure: *tenure })
        };
        let baseline: Vec<Baseline> = self.people.iter().filter_map(entry).collect();
        let mut touches = Vec::new();
        let mut edits =
            scenarios_follow(self.plan, &mut touches, &|edit| (!is_of_an_entry(edit)).then(|| edit.clone()));
        notes.extend(touches.first().map(|lost| format!("{lost} of single entries of the baseline dropped")));
        edits.push(PlanEdit::Set { path: Baseline::ENTRY.path().to_string(), to: json!(baseline) });
        edits
    }

    /// The people that the plan has now.
    fn present(&self) -> BTreeMap<Cohort, u32> {
        let mut present = BTreeMap::new();
        for entry in self.plan.baseline.iter().filter(|entry| entry.heads > 0) {
            let place = self.plan.region_index(entry.region.as_str()).zip(self.plan.role_index(entry.role.as_str()));
            let Some((region, role)) = place else { continue };
            let heads: &mut u32 = present.entry((region, role, entry.tenure)).or_default();
            *heads = heads.saturating_add(entry.heads);
        }
        present
    }
}

/// Whether an edit is about an entry of the baseline, which is another one once the list is.
fn is_of_an_entry(edit: &PlanEdit) -> bool {
    match edit {
        PlanEdit::Insert { list, .. } => list == "baseline",
        other => crate::edit::path(other).starts_with("baseline["),
    }
}
