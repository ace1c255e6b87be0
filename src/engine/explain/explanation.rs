//! A figure with its formula and terms, ready to be shown.

use super::formula::Formula;
use super::key::Key;
use super::spreadsheet::References;
use super::term::Term;
use crate::engine::unit::Unit;
use crate::units::Exact;

/// A figure with its formula and terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The figure.
    pub key: Key,
    /// Its name in words.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Its value, as the engine has it.
    pub value: Exact,
    /// How it follows from its terms.
    pub formula: Formula,
    /// What it follows from.
    pub terms: Vec<Term>,
}

impl Explanation {
    /// The formula in words.
    #[must_use]
    pub fn formula_text(&self) -> String {
        let labels: Vec<String> = self.terms.iter().map(|t| t.label.clone()).collect();
        self.formula.text(&labels)
    }

    /// The formula as a spreadsheet writes it, without the equals sign; `None` where it takes more than one cell.
    #[must_use]
    pub fn spreadsheet(&self, references: &impl References) -> Option<String> {
        self.formula.spreadsheet(&self.terms, references)
    }

    /// The formula evaluated on the terms' values.
    #[must_use]
    pub fn evaluated(&self) -> Exact {
        let values: Vec<Exact> = self.terms.iter().map(|t| t.value).collect();
        self.formula.evaluate(&values)
    }
}
