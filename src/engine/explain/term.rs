//! The terms of a formula: an input of the plan, or a figure that explains itself in turn.

use super::formula::Formula;
use super::key::Key;
use crate::plan::FieldPath;
use crate::units::Exact;

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

/// The terms of a formula while it is being written.
#[derive(Default)]
pub(super) struct Terms(pub(super) Vec<Term>);

impl Terms {
    /// Any term.
    pub(super) fn add(&mut self, label: impl Into<String>, value: Exact, source: Source) -> Formula {
        self.0.push(Term { label: label.into(), value, source });
        Formula::Term(self.0.len() - 1)
    }

    /// A field of the plan under its title.
    pub(super) fn field(&mut self, path: FieldPath, value: Exact) -> Formula {
        self.input(path.field().title, path, value)
    }

    /// A field of the plan under a name that tells it from others in the same formula.
    pub(super) fn input(&mut self, label: impl Into<String>, path: impl Into<String>, value: Exact) -> Formula {
        self.add(label, value, Source::Input(path.into()))
    }
}
