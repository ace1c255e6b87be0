//! The meanings of columns and names as a planner states them, one by one on the command line or in a mapping file: a table that the preview
//! writes, with what is known filled in, and that comes back with the rest.

use std::collections::BTreeSet;

use super::cell::{ImportCell, ImportRow, column_letters};
use super::choices::{Choices, ColumnUse, NewName};
use super::field::ImportField;
use super::names::{folded, line};
use super::result::Import;
use super::table::ImportTable;
use super::value_map::NamedValue;
use crate::plan::{NameMeaning, Plan};

/// The headings of a mapping file.
pub const MAPPING_HEADINGS: [&str; 6] = ["what", "text", "people", "means", "reason", "may mean"];

/// The word for a column in a mapping file.
const COLUMN: &str = "column";
/// The word for "nothing of the plan".
const LEFT_OUT: &str = "left out";

impl Choices {
    /// Says what a column holds: `""` leaves it out. The column goes by its heading, or by its letter as `#C`.
    ///
    /// # Errors
    /// When there is no such column, or several, or no such field.
    pub fn map_column(&mut self, plan: &Plan, table: &ImportTable, heading: &str, field: &str) -> Result<(), String> {
        let calendar = plan.calendar;
        let used = match field.trim() {
            "" => ColumnUse::LeftOut,
            name => ColumnUse::Holds(ImportField::named(self.kind, calendar, name).ok_or_else(|| {
                let known: Vec<String> =
                    ImportField::of(self.kind, calendar).into_iter().map(|f| f.word(calendar)).collect();
                format!("there is no field \"{name}\"; the fields are {}", known.join(", "))
            })?),
        };
        let column = table.column(heading)?;
        // What is said takes the field from what was only found.
        for (at, place) in self.columns.iter_mut().enumerate() {
            if at == column {
                *place = used;
            } else if used.field().is_some() && *place == used {
                *place = ColumnUse::Unknown;
            }
        }
        Ok(())
    }

    /// Says what a name means: the id of a region or role, a word for a status or worker type, `+ID` for a new one made like
    /// that one, `""` for nothing. The name may say what it names: `role:Sales rep`.
    ///
    /// # Errors
    /// When the table has no such name, or there is nothing of that id.
    pub fn map_value(
        &mut self,
        plan: &Plan,
        table: &ImportTable,
        text: &str,
        means: &str,
        reason: &str,
    ) -> Result<(), String> {
        let prefix = NamedValue::ALL.into_iter().find_map(|what| {
            let (word, rest) = text.split_once(':')?;
            (folded(word) == folded(what.word())).then(|| (what, rest.trim().to_owned()))
        });
        let (asked, text) = match prefix {
            Some((what, text)) => (vec![what], text),
            None => (NamedValue::ALL.to_vec(), line(text)),
        };
        let there: Vec<NamedValue> =
            asked.into_iter().filter(|what| self.texts(table, *what).contains(&text)).collect();
        if there.is_empty() {
            return Err(format!("nothing that the table names is \"{text}\""));
        }
        let means = means.trim();
        if means.is_empty() {
            for what in there {
                what.of_mut(&mut self.names).insert(text.clone(), NameMeaning::LeftOut(reason.to_owned()));
            }
            return Ok(());
        }
        // A spreadsheet takes "+uk" for a formula; "new like uk" is text to it.
        let like = means.strip_prefix('+').or_else(|| means.strip_prefix("new like ")).map(str::trim);
        if let Some(like) = like.or_else(|| (means == "new").then_some("")) {
            let kinds: Vec<NamedValue> = there
                .into_iter()
                .filter(|w| matches!(w, NamedValue::Region | NamedValue::Role))
                .filter(|w| like.is_empty() || has(plan, *w, like))
                .collect();
            let [what] = kinds.as_slice() else {
                return Err(format!("\"+{like}\" makes a new region or role like one of the plan; write +ID"));
            };
            let like = Some(like.to_owned()).filter(|like| !like.is_empty());
            // What is said last counts.
            self.new_names.retain(|new| new.what != *what || new.name != text);
            self.new_names.push(NewName { what: *what, name: text, like });
            return Ok(());
        }
        let new =
            |what: NamedValue| self.new_names.iter().any(|new| new.what == what && folded(&new.name) == folded(means));
        let fitting: Vec<NamedValue> = there.into_iter().filter(|what| has(plan, *what, means) || new(*what)).collect();
        let [what, ..] = fitting.as_slice() else {
            return Err(format!("there is no region, role or word \"{means}\" for \"{text}\""));
        };
        what.of_mut(&mut self.names).insert(text, NameMeaning::Is(means.to_owned()));
        Ok(())
    }

    /// The different texts of a column whose values are mapped.
    fn texts(&self, table: &ImportTable, what: NamedValue) -> BTreeSet<String> {
        let field = what.field();
        let column = self.columns.iter().position(|used| used.field() == Some(field));
        let cells = column.into_iter().flat_map(|column| table.rows.iter().map(move |row| row.cell(column)));
        cells.filter(|cell| !cell.is_empty()).map(ImportCell::shown).collect()
    }

    /// Takes in the rows of a mapping file.
    ///
    /// # Errors
    /// Those of [`Choices::map_column`] and [`Choices::map_value`], with the row.
    pub fn take_mapping(&mut self, plan: &Plan, table: &ImportTable, rows: &[ImportRow]) -> Result<(), String> {
        let Some((head, rows)) = rows.split_first() else { return Err("there is nothing in it".to_owned()) };
        let place = |name: &str| {
            let at = head.cells.iter().position(|cell| folded(&cell.shown()) == folded(name));
            at.ok_or_else(|| format!("there is no column \"{name}\"; its headings are {}", MAPPING_HEADINGS.join(", ")))
        };
        let (what, text, means, reason) = (place("what")?, place("text")?, place("means")?, place("reason")?);
        for row in rows {
            let said = row.cell(means).shown();
            let (what, text, reason) = (row.cell(what).shown(), row.cell(text).shown(), row.cell(reason).shown());
            if said.is_empty() && reason.is_empty() {
                continue;
            }
            if said.is_empty() {
                let number = row.number;
                return Err(format!(
                    "row {number}: \"{text}\" has a reason but no meaning; write \"{LEFT_OUT}\" under \"means\", or what it means"
                ));
            }
            let said = if folded(&said) == folded(LEFT_OUT) { "" } else { said.as_str() };
            let taken = if folded(&what) == COLUMN {
                self.map_column(plan, table, &text, said)
            } else if let Some(value) = NamedValue::ALL.into_iter().find(|known| folded(known.word()) == folded(&what))
            {
                // A mapping is kept for tables to come; a name that this one does not have is no mistake.
                if self.texts(table, value).contains(&line(&text)) {
                    self.map_value(plan, table, &format!("{what}:{text}"), said, &reason)
                } else {
                    Ok(())
                }
            } else {
                Err(format!("\"{what}\" is neither a column nor anything that tables name"))
            };
            taken.map_err(|why| format!("row {}: {why}", row.number))?;
        }
        Ok(())
    }
}

impl NamedValue {
    /// The field of the column that has these values.
    #[must_use]
    pub const fn field(self) -> ImportField {
        match self {
            Self::Region => ImportField::Region,
            Self::Role => ImportField::Role,
            Self::Status => ImportField::Status,
            Self::WorkerType => ImportField::WorkerType,
            Self::Reason => ImportField::Reason,
            Self::OpeningStatus => ImportField::OpeningStatus,
            Self::CostLine => ImportField::CostLine,
            Self::Stage => ImportField::Stage,
            Self::Owner => ImportField::Owner,
        }
    }
}

fn has(plan: &Plan, what: NamedValue, id: &str) -> bool {
    match what {
        NamedValue::Region => plan.region_index(id).is_some(),
        NamedValue::Role => plan.role_index(id).is_some(),
        // A person may come in together with the table.
        NamedValue::Owner => !id.is_empty(),
        _ => what.words().contains(&id),
    }
}

/// The rows of a mapping file, with its headings: every column, every name that is mapped or unknown.
#[must_use]
pub fn mapping_rows(plan: &Plan, table: &ImportTable, choices: &Choices, import: &Import) -> Vec<[String; 6]> {
    let mut rows = vec![MAPPING_HEADINGS.map(str::to_owned)];
    for (at, (heading, used)) in table.headings.iter().zip(&choices.columns).enumerate() {
        let means = match used {
            ColumnUse::Unknown => String::new(),
            ColumnUse::LeftOut => LEFT_OUT.to_owned(),
            ColumnUse::Holds(field) => field.word(plan.calendar),
        };
        let alone = table.headings.iter().filter(|other| *other == heading).count() == 1 && !heading.is_empty();
        let text = if alone { heading.clone() } else { format!("#{}", column_letters(at)) };
        rows.push([COLUMN.to_owned(), text, String::new(), means, String::new(), String::new()]);
    }
    for what in NamedValue::ALL {
        for (text, meaning) in what.of(&choices.names) {
            let (means, reason) = match meaning {
                NameMeaning::Is(id) => (id.clone(), String::new()),
                NameMeaning::LeftOut(reason) => (LEFT_OUT.to_owned(), reason.clone()),
            };
            rows.push([what.word().to_owned(), text.clone(), String::new(), means, reason, String::new()]);
        }
    }
    for new in &choices.new_names {
        let means = new.like.as_ref().map_or("new".to_owned(), |like| format!("new like {like}"));
        rows.push([new.what.word().to_owned(), new.name.clone(), String::new(), means, String::new(), String::new()]);
    }
    for name in &import.unknown {
        let people = name.people.to_string();
        rows.push([
            name.what.word().to_owned(),
            name.text.clone(),
            people,
            String::new(),
            String::new(),
            name.proposals.join(", "),
        ]);
    }
    rows
}
