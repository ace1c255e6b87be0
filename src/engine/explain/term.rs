//! The terms of a formula: an input of the plan, or a figure that explains itself in turn.

use super::formula::Formula;
use super::key::Key;
use crate::plan::{FieldPath, Plan, ValueChange};
use crate::units::{Exact, Period};

/// What a term is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A field of the plan, by its path in the document.
    Input(String),
    /// What a field that the plan leaves out stands for; the path is where it would be.
    Default(String),
    /// A figure that explains itself in turn.
    Figure(Key),
}

/// One term of a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its name in the formula.
    pub label: String,
    /// Its value, not rounded unless the model rounds it.
    pub value: Exact,
    /// What it is.
    pub source: Source,
}

/// The terms of a formula while it is being written, for a figure of a month: fields have the values in force in it.
pub(super) struct Terms<'a> {
    pub(super) list: Vec<Term>,
    plan: &'a Plan,
    month: usize,
}

impl<'a> Terms<'a> {
    /// No terms, for a figure of a period; what holds at the end of a quarter or year is that of its last month.
    pub(super) fn new(plan: &'a Plan, period: Period) -> Self {
        let last_of = |quarter: usize| quarter * 3 + 2;
        let month = match period {
            Period::Month(t) => t,
            Period::Quarter(q) => last_of(q),
            Period::Year(y) => plan.calendar.quarters_of(y).next_back().map_or(0, last_of),
            Period::All => 0,
        };
        Self { list: Vec::new(), plan, month }
    }

    /// The values of the terms.
    pub(super) fn values(&self) -> Vec<Exact> {
        self.list.iter().map(|term| term.value).collect()
    }

    /// Any term.
    pub(super) fn add(&mut self, label: impl Into<String>, value: Exact, source: Source) -> Formula {
        self.list.push(Term { label: label.into(), value, source });
        Formula::Term(self.list.len() - 1)
    }

    /// A field of the plan under its title.
    pub(super) fn field(&mut self, path: FieldPath, value: Exact) -> Formula {
        self.input(path.field().title, path, value)
    }

    /// A field of the plan under a name that tells it from others in the same formula.
    pub(super) fn input(&mut self, label: impl Into<String>, path: impl Into<String>, value: Exact) -> Formula {
        self.input_in(self.month, label, path, value)
    }

    /// A field with the value in force in another month.
    pub(super) fn input_in(
        &mut self,
        month: usize,
        label: impl Into<String>,
        path: impl Into<String>,
        value: Exact,
    ) -> Formula {
        let (label, path) = (label.into(), path.into());
        // The month of a ramp that is stated anew as a whole.
        let (whole, entry) = match path.rfind(".ramp[") {
            Some(at) => path.split_at(at + ".ramp".len()),
            None => (path.as_str(), ""),
        };
        let change = self.plan.change_in_force(whole, month);
        match change.and_then(|index| Some((index, self.plan.changes.get(index)?))) {
            Some((index, change)) => {
                let source = Source::Input(format!("{}{entry}", ValueChange::VALUE.at(index)));
                self.add(format!("{label} since {}", change.from), value, source)
            }
            None => self.add(label, value, Source::Input(path)),
        }
    }
}
