//! The fields of the plan as texts: how a value is shown, and what a typed text means for the field it is typed into.
//! `edit::state` says what other fields change with it.

use serde::Serialize;
use serde_json::Value;

use super::numbers::{Numbers, in_percent};
use crate::edit::structure::KINDS;
use crate::plan::{Currency, Field, FieldPath, Holds, Hundredths, Plan, Range, Role, ValueChange, WhenEmpty};
use crate::units::{Exact, FiscalYear, Month, Period};

/// The fields of one plan, written and read in the planner's locale.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) plan: &'a Plan,
    pub(super) numbers: Numbers,
}

impl Fields<'_> {
    /// The unit of a field's figures, for a heading; empty where there is none. `local` is the currency of its region.
    pub(super) fn unit(&self, field: &Field, local: Option<&Currency>) -> String {
        match field.holds {
            Holds::Share => "%".to_owned(),
            Holds::Money => self.plan.currency.to_string(),
            Holds::Local => local.map_or_else(|| "local".to_owned(), ToString::to_string),
            Holds::Months => "months".to_owned(),
            _ => field.unit.to_owned(),
        }
    }

    /// A field's value as it is shown, and as editing it begins.
    pub(super) fn text(&self, field: &Field, value: &Value) -> String {
        let words = || value.as_str().unwrap_or_default().to_owned();
        match field.holds {
            Holds::Text | Holds::Currency => words(),
            Holds::Choice(_) => worded(&words()),
            Holds::Flag => yes_or_no(value == &Value::Bool(true)).to_owned(),
            Holds::Value => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            Holds::Month => words().parse::<Month>().map_or_else(|_| words(), |month| self.numbers.month(month)),
            Holds::Date => words().parse().map_or_else(|_| words(), |day| self.numbers.date(day)),
            Holds::Region => self.region_name(&words()),
            Holds::Role => self.role_name(&words()),
            Holds::Quarter => {
                let quarter = value.as_u64().and_then(|q| usize::try_from(q).ok());
                quarter.map_or_else(words, |q| self.plan.calendar.name(Period::Quarter(q)))
            }
            Holds::Year => year(value).map_or_else(words, |year| year.to_string()),
            Holds::Countries | Holds::Dates | Holds::Roles => {
                let entries = value.as_array().map(Vec::as_slice).unwrap_or_default();
                let shown = entries.iter().filter_map(Value::as_str).map(|entry| self.entry(field, entry));
                shown.collect::<Vec<_>>().join(", ")
            }
            Holds::Share => figure(field, value, |n| self.numbers.plain(n)),
            Holds::Money | Holds::Local => figure(field, value, |n| self.amount(n)),
            Holds::Number | Holds::Count | Holds::Months => figure(field, value, |n| self.numbers.plain(n)),
        }
    }

    /// The field that changes, where a path is that of the value of a change.
    pub(super) fn changed_field(&self, path: &FieldPath) -> Option<&'static Field> {
        let index: usize = path.keys().first().filter(|_| path.field() == ValueChange::VALUE)?.parse().ok()?;
        self.plan.changes.get(index)?.field().map(|(field, _)| field)
    }

    /// The value of a change as it is shown, given the field that changes: with its sign of per cent, and a ramp as a list.
    pub(super) fn changed_text(&self, field: &Field, value: &Value) -> String {
        if let Value::Array(months) = value {
            return months.iter().map(|month| self.changed_text(field, month)).collect::<Vec<_>>().join("; ");
        }
        let text = self.text(field, value);
        if field.holds == Holds::Share { format!("{text} %") } else { text }
    }

    /// The value of a change as it was typed, in the JSON form of the document, given the field that changes.
    ///
    /// # Errors
    /// In the planner's words, when the field does not take the text.
    pub(super) fn read_changed(&self, field: &Field, text: &str) -> Result<Option<Value>, String> {
        if text.trim().is_empty() {
            return cleared(ValueChange::VALUE);
        }
        if field != Role::RAMP {
            return self.read(field, text);
        }
        let read = |(index, month): (usize, &str)| match self.read(field, month)? {
            Some(value) if !month.is_empty() => Ok(value),
            _ => Err(format!("month {} of the ramp is empty; write a share for each month", index + 1)),
        };
        let months = self.numbers.parts(text).into_iter().enumerate().map(read);
        Ok(Some(Value::Array(months.collect::<Result<_, String>>()?)))
    }

    /// An amount: whole, or with the cents it has.
    fn amount(&self, amount: Exact) -> String {
        if amount.round(0) == amount {
            self.numbers.exact(amount, 0)
        } else if amount.round(2) == amount {
            self.numbers.exact(amount, 2)
        } else {
            self.numbers.plain(amount)
        }
    }

    /// The words that a field chooses from, where it does.
    pub(super) fn choices(&self, field: &Field) -> Vec<String> {
        let plan = self.plan;
        match field.holds {
            Holds::Choice(words) => words.iter().map(|word| worded(word)).collect(),
            Holds::Flag => [true, false].map(yes_or_no).map(str::to_owned).to_vec(),
            Holds::Region => plan.regions.iter().map(|r| r.name.clone()).collect(),
            Holds::Role => plan.roles.iter().map(|r| r.name.clone()).collect(),
            Holds::Quarter => (0..plan.calendar.quarters).map(|q| plan.calendar.name(Period::Quarter(q))).collect(),
            Holds::Year => (0..plan.calendar.years()).map(|y| plan.calendar.name(Period::Year(y))).collect(),
            Holds::Currency if field != Plan::CURRENCY => {
                std::iter::once(&plan.currency).chain(plan.rates.keys()).map(ToString::to_string).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What a typed text means, in the JSON form of the document; `None` where it leaves the field out.
    ///
    /// # Errors
    /// In the planner's words, when the field does not take the text.
    pub(super) fn read(&self, field: &Field, text: &str) -> Result<Option<Value>, String> {
        let text = text.trim();
        if text.is_empty() {
            return cleared(field);
        }
        let numbers = self.numbers;
        let value = match field.holds {
            Holds::Text | Holds::Value => json(&text),
            Holds::Flag => json(&flag(field, text)?),
            Holds::Choice(words) => json(&chosen(field, words, text)?),
            Holds::Month => json(&numbers.read_month(text)?),
            Holds::Date => json(&numbers.read_date(text)?),
            Holds::Currency => json(&self.currency(field, text)?),
            Holds::Region => json(&self.region(text)?),
            Holds::Role => json(&self.role(text)?),
            Holds::Quarter => json(&self.quarter(text)?),
            Holds::Year => json(&self.year(text)?),
            Holds::Countries | Holds::Dates | Holds::Roles => json(&self.entries(field, text)?),
            Holds::Count | Holds::Months => json(&bounded(field, numbers.read_count(text)?)?),
            Holds::Share => json(&ranged(field, numbers.read_share(text)?.exact(), text)?),
            Holds::Number | Holds::Money | Holds::Local => json(&ranged(field, numbers.read(text)?, text)?),
        };
        Ok(Some(value))
    }

    fn region_name(&self, id: &str) -> String {
        let region = self.plan.regions.iter().find(|r| r.id.as_str() == id);
        region.map_or_else(|| id.to_owned(), |r| r.name.clone())
    }

    fn role_name(&self, id: &str) -> String {
        self.plan.roles.iter().find(|r| r.id.as_str() == id).map_or_else(|| id.to_owned(), |r| r.name.clone())
    }

    fn region(&self, text: &str) -> Result<String, String> {
        let found = self.plan.regions.iter().find(|r| same(&r.name, text) || same(r.id.as_str(), text));
        found.map(|r| r.id.to_string()).ok_or_else(|| format!("there is no region \"{text}\"; write its name"))
    }

    fn role(&self, text: &str) -> Result<String, String> {
        let found = self.plan.roles.iter().find(|r| same(&r.name, text) || same(r.id.as_str(), text));
        found.map(|r| r.id.to_string()).ok_or_else(|| format!("there is no role \"{text}\"; write its name"))
    }

    fn quarter(&self, text: &str) -> Result<usize, String> {
        let calendar = &self.plan.calendar;
        if let Ok(Period::Quarter(quarter)) = calendar.period(text) {
            return Ok(quarter);
        }
        let last = calendar.quarters.saturating_sub(1);
        let [first, last] = [0, last].map(|q| calendar.name(Period::Quarter(q)));
        Err(format!("\"{text}\" is no quarter of the plan; write {first} to {last}"))
    }

    fn year(&self, text: &str) -> Result<i32, String> {
        let calendar = &self.plan.calendar;
        let mut years = (0..calendar.years()).map(|y| calendar.fiscal_year(y));
        let found = years.find(|year| same(&year.to_string(), text) || year.0.to_string() == text);
        let names = || (0..calendar.years()).map(|y| calendar.name(Period::Year(y))).collect::<Vec<_>>().join(", ");
        found
            .map(|year| year.0)
            .ok_or_else(|| format!("\"{text}\" is no fiscal year of the plan; write one of {}", names()))
    }

    fn currency(&self, field: &Field, text: &str) -> Result<String, String> {
        let code = text.to_uppercase();
        let sound = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
        if !sound {
            return Err(format!("\"{text}\" is no currency code; write three letters, such as EUR"));
        }
        let rated = self.plan.rate(&Currency::new(code.clone())).is_some();
        if field == Plan::CURRENCY || rated {
            return Ok(code);
        }
        Err(format!("{code} has no rate yet; add it under Currencies first"))
    }

    /// One entry of a list of texts as it is shown.
    fn entry(&self, field: &Field, entry: &str) -> String {
        if field.holds == Holds::Roles { self.role_name(entry) } else { entry.to_owned() }
    }

    fn entries(&self, field: &Field, text: &str) -> Result<Vec<String>, String> {
        let entries = text.split([',', ';', '\n']).map(str::trim).filter(|entry| !entry.is_empty());
        let read = |entry: &str| match field.holds {
            Holds::Countries => {
                let code = entry.to_uppercase();
                let sound = code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase());
                let wrong = || format!("\"{entry}\" is no country code; write three letters, such as DEU");
                sound.then_some(code).ok_or_else(wrong)
            }
            // The document's own form of a day, whatever the locale.
            Holds::Dates => self.numbers.read_date(entry).map(|day| day.to_string()),
            _ => {
                let id = self.role(entry)?;
                let role = self.plan.roles.iter().find(|r| r.id.as_str() == id);
                let sells = role.is_some_and(|r| matches!(r.kind, crate::plan::Kind::Seller { .. }));
                if sells { Ok(id) } else { Err(format!("{entry} is no Seller; support serves sellers")) }
            }
        };
        let mut found: Vec<String> = Vec::new();
        for entry in entries {
            let entry = read(entry)?;
            if !found.contains(&entry) {
                found.push(entry);
            }
        }
        Ok(found)
    }
}

fn figure(field: &Field, value: &Value, written: impl Fn(Exact) -> String) -> String {
    number(field, value).map(written).unwrap_or_default()
}

/// A field's figure in the unit in which it is shown, if it holds one.
pub(super) fn number(field: &Field, value: &Value) -> Option<Exact> {
    let stated = || match value {
        Value::String(text) => text.parse::<Exact>().ok(),
        Value::Number(number) => number.as_i64().map(Exact::from),
        _ => None,
    };
    match field.holds {
        Holds::Share => stated().map(in_percent),
        Holds::Number | Holds::Count | Holds::Months | Holds::Money | Holds::Local => stated(),
        _ => None,
    }
}

/// The value of an empty text: the default, nothing, or 0.
fn cleared(field: &Field) -> Result<Option<Value>, String> {
    if let Some(default) = default_of(field) {
        return Ok(Some(default));
    }
    match field.holds {
        Holds::Text if field.when_empty == WhenEmpty::Blank => Ok(Some(json(&""))),
        Holds::Countries | Holds::Dates | Holds::Roles => Ok(Some(Value::Array(Vec::new()))),
        _ if field.optional || field.when_empty == WhenEmpty::Removes => Ok(None),
        holds if holds.is_number() && field.range.contains(Exact::ZERO) => Ok(Some(written(field, Exact::ZERO))),
        _ => Err(format!("{} cannot be empty", field.title)),
    }
}

/// The value of a field that the document leaves out, where the model gives one.
pub(super) fn default_of(field: &Field) -> Option<Value> {
    field.default.map(Hundredths::exact).map(|number| written(field, number))
}

/// A number in the JSON form of the document.
fn written(field: &Field, number: Exact) -> Value {
    if field.holds.is_whole() { json(&number.floor_count()) } else { json(&number) }
}

const fn yes_or_no(flag: bool) -> &'static str {
    if flag { "Yes" } else { "No" }
}

/// Yes or no, as typed.
fn flag(field: &Field, text: &str) -> Result<bool, String> {
    let found = [true, false].into_iter().find(|flag| same(yes_or_no(*flag), text));
    found.ok_or_else(|| format!("{}: \"{text}\" is neither Yes nor No", field.title))
}

fn json(value: &impl Serialize) -> Value {
    // Texts, numbers and lists of them all have a JSON form.
    serde_json::to_value(value).unwrap_or_default()
}

fn same(one: &str, typed: &str) -> bool {
    one.to_lowercase() == typed.to_lowercase()
}

fn year(value: &Value) -> Option<FiscalYear> {
    value.as_i64().and_then(|year| i32::try_from(year).ok()).map(FiscalYear)
}

/// A word of the document as people read it: `PartnerManager` is `Partner manager`.
pub(super) fn worded(word: &str) -> String {
    if let Some((_, title)) = KINDS.iter().find(|(key, _)| *key == word) {
        return (*title).to_owned();
    }
    let mut text = String::new();
    for (index, c) in word.chars().enumerate() {
        if index > 0 && c.is_uppercase() {
            text.push(' ');
            text.extend(c.to_lowercase());
        } else {
            text.push(c);
        }
    }
    text
}

fn chosen(field: &Field, words: &[&'static str], text: &str) -> Result<&'static str, String> {
    let found = words.iter().find(|word| same(word, text) || same(&worded(word), text));
    found.copied().ok_or_else(|| {
        let all: Vec<String> = words.iter().map(|word| worded(word)).collect();
        format!("{} is one of {}", field.title, all.join(", "))
    })
}

fn bounded(field: &Field, count: u32) -> Result<u32, String> {
    match field.range {
        Range::Between(min, max) if !field.range.contains(Exact::from(count)) => {
            Err(format!("{} is {min} to {max}", field.title))
        }
        _ => Ok(count),
    }
}

fn ranged(field: &Field, number: Exact, text: &str) -> Result<Exact, String> {
    let title = field.title;
    match field.range {
        range if range.contains(number) => Ok(number),
        Range::AboveZero if number.is_zero() => Err(format!("{title} has to be above 0")),
        Range::ZeroToOne if !number.is_negative() => Err(format!("{title} is 0 to 100 %, not {text}")),
        Range::RateUpTo(max) if !number.is_negative() => Err(format!("{title} is at most {max}00 %, not {text}")),
        _ => Err(format!("{title} cannot be below 0, as {text} is")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_is_read_month_by_month_and_an_empty_month_is_refused() {
        let plan = crate::files::Template::by_name("blank").and_then(|template| template.plan().ok()).unwrap();
        let read = |locale: &str, text: &str| {
            Fields { plan: &plan, numbers: Numbers::of(locale) }.read_changed(Role::RAMP, text)
        };
        let ramp = Some(serde_json::json!(["0", "0.5", "1"]));
        for text in ["0; 50; 100", "0;50 %;100 %", "0, 50, 100", "0 50 100", "0 % 50 % 100 %"] {
            assert_eq!(read("C", text), Ok(ramp.clone()), "{text}");
        }
        assert_eq!(read("de-DE", "0; 12,5"), Ok(Some(serde_json::json!(["0", "0.125"]))));
        for (text, month) in [("0; ; 50; 100", 2), ("; 50", 1), ("0; 50;", 3), ("0,,50", 2), ("0; %; 50", 2)] {
            let refused = read("C", text).unwrap_err();
            assert!(refused.starts_with(&format!("month {month} of the ramp is empty")), "{text}: {refused}");
        }
        assert_eq!(read("C", " "), cleared(ValueChange::VALUE));
    }

    #[test]
    fn worded_spells_words_of_the_document_as_people_write_them() {
        for (word, expected) in [("EndYear", "End year"), ("PartnerManager", "Partner manager"), ("Simple", "Simple")] {
            assert_eq!(worded(word), expected);
        }
    }
}
