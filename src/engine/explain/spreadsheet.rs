//! A formula as a spreadsheet writes it: the same tree that prints in words and evaluates to the figure (model section
//! 11). Where the cells lie is the workbook's to say.

use super::Term;
use super::formula::Formula::{
    self, BreakEven, CompoundMonth, Difference, FirstPositive, Max, Min, Number, Power, Product, Quotient, Round,
    Split, Sum, Total,
};

/// The places beyond the last at which the model rounds first (model section 1).
const INNER_PLACES: u32 = 6;

/// Where a spreadsheet has the terms of a formula.
pub trait References {
    /// The cell or the defined name of a term; `None` if the spreadsheet has none.
    fn term(&self, term: &Term) -> Option<String>;

    /// What adds up to the sum of terms: cells, or one `SUM` over their ranges. `None` if a term has no cell.
    fn addends(&self, terms: &[&Term]) -> Option<Vec<String>> {
        terms.iter().map(|term| self.term(term)).collect()
    }

    /// The most places to which a spreadsheet can round the amounts of this plan, as its numbers carry 15 digits.
    fn places(&self) -> u32;
}

/// How tightly the outermost operator of a text binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Sum,
    Product,
    Power,
    Whole,
}

/// A part of a formula as text.
struct Text {
    text: String,
    binding: Binding,
}

impl Text {
    fn whole(text: impl Into<String>) -> Self {
        Self { text: text.into(), binding: Binding::Whole }
    }

    /// The text where at least this binding is needed: in parentheses if its own is looser.
    fn at_least(self, binding: Binding) -> String {
        if self.binding >= binding { self.text } else { format!("({})", self.text) }
    }
}

impl Formula {
    /// The formula in the syntax of spreadsheets, without the equals sign; `None` where a term has no cell or the formula
    /// takes more than one cell (the split of hires over months, the first month of a row).
    #[must_use]
    pub fn spreadsheet(&self, terms: &[Term], references: &impl References) -> Option<String> {
        Printer { terms, references }.print(self).map(|text| text.text)
    }
}

struct Printer<'a, R> {
    terms: &'a [Term],
    references: &'a R,
}

impl<R: References> Printer<'_, R> {
    fn print(&self, formula: &Formula) -> Option<Text> {
        Some(match formula {
            Formula::Term(index) => Text::whole(self.references.term(self.terms.get(*index)?)?),
            Number(number) => Text::whole(number.to_string()),
            Sum(parts) | Total(parts) => self.sum(parts)?,
            Difference(a, b) => {
                let (a, b) = (self.print(a)?.text, self.print(b)?.at_least(Binding::Product));
                Text { text: format!("{a}-{b}"), binding: Binding::Sum }
            }
            Product(factors) => self.product(factors)?,
            Quotient(a, b) => {
                let (a, b) = (self.print(a)?.at_least(Binding::Product), self.print(b)?.at_least(Binding::Power));
                Text { text: format!("{a}/{b}"), binding: Binding::Product }
            }
            Min(a, b) => Text::whole(format!("MIN({},{})", self.print(a)?.text, self.print(b)?.text)),
            Max(a, b) => Text::whole(format!("MAX({},{})", self.print(a)?.text, self.print(b)?.text)),
            // 0 to the power of 0 is an error in Excel.
            Power(_, 0) => Text::whole("1"),
            Power(base, 1) => self.print(base)?,
            Power(base, exponent) => {
                let base = self.print(base)?.at_least(Binding::Whole);
                Text { text: format!("{base}^{exponent}"), binding: Binding::Power }
            }
            Round(inner, places) => Text::whole(self.rounded(&self.print(inner)?.text, *places)),
            CompoundMonth(annual) => {
                let annual = self.print(annual)?.at_least(Binding::Product);
                Text::whole(format!("ROUND(1-(1-{annual})^(1/12),12)"))
            }
            Split(..) | FirstPositive(_) | BreakEven(_) => return None,
        })
    }

    /// Terms beside each other are added by their range.
    fn sum(&self, parts: &[Formula]) -> Option<Text> {
        let mut addends = Vec::new();
        let mut rest = parts;
        while let Some(first) = rest.first() {
            let run: Vec<&Term> = rest.iter().map_while(|part| self.term_of(part)).collect();
            if run.is_empty() {
                addends.push(self.print(first)?.text);
            } else {
                addends.extend(self.references.addends(&run)?);
            }
            rest = rest.get(run.len().max(1)..).unwrap_or_default();
        }
        Some(match addends.len() {
            0 => Text::whole("0"),
            1 if parts.len() == 1 => self.print(parts.first()?)?,
            1 => Text::whole(addends.concat()),
            _ => Text { text: addends.join("+"), binding: Binding::Sum },
        })
    }

    fn term_of(&self, part: &Formula) -> Option<&Term> {
        if let Formula::Term(index) = part { self.terms.get(*index) } else { None }
    }

    fn product(&self, factors: &[Formula]) -> Option<Text> {
        let mut texts = Vec::with_capacity(factors.len());
        for (place, factor) in factors.iter().enumerate() {
            // Only at the front does a quotient mean the same without parentheses.
            let needed = if place == 0 { Binding::Product } else { Binding::Power };
            texts.push(self.print(factor)?.at_least(needed));
        }
        Some(if texts.is_empty() {
            Text::whole("1")
        } else {
            Text { text: texts.join("*"), binding: Binding::Product }
        })
    }

    /// The model's rounding: first to some more places, then to those asked for.
    fn rounded(&self, text: &str, places: u32) -> String {
        let inner = places.saturating_add(INNER_PLACES).min(self.references.places());
        if inner > places {
            format!("ROUND(ROUND({text},{inner}),{places})")
        } else {
            format!("ROUND({text},{places})")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Formula, References, Term};
    use crate::engine::Source;
    use crate::units::Exact;

    /// Names each term by its label and adds more than two of them by a range.
    struct Labels(u32);

    impl References for Labels {
        fn term(&self, term: &Term) -> Option<String> {
            (term.label != "nowhere").then(|| term.label.clone())
        }

        fn addends(&self, terms: &[&Term]) -> Option<Vec<String>> {
            let cells: Vec<String> = terms.iter().map(|term| self.term(term)).collect::<Option<_>>()?;
            let [first, _, .., last] = cells.as_slice() else { return Some(cells) };
            Some(vec![format!("SUM({first}:{last})")])
        }

        fn places(&self) -> u32 {
            self.0
        }
    }

    fn terms() -> Vec<Term> {
        let term = |label: &&str| Term {
            label: (*label).to_owned(),
            value: Exact::ONE,
            source: Source::Input((*label).to_owned()),
        };
        ["a", "b", "c", "nowhere"].iter().map(term).collect()
    }

    fn check(formula: &Formula, expected: &str) {
        assert_eq!(formula.spreadsheet(&terms(), &Labels(8)).as_deref(), Some(expected));
    }

    const A: Formula = Formula::Term(0);
    const B: Formula = Formula::Term(1);
    const C: Formula = Formula::Term(2);

    #[test]
    fn sums_and_products_take_the_parentheses_they_need() {
        let sum = || Formula::Sum(vec![A, B]);
        check(&sum(), "a+b");
        check(&Formula::Product(vec![sum(), C]), "(a+b)*c");
        check(&Formula::Product(vec![C, sum()]), "c*(a+b)");
        check(&A.minus(sum()), "a-(a+b)");
        check(&sum().minus(C), "a+b-c");
        check(&A.minus(B).minus(C), "a-b-c");
        check(&A.minus(B.minus(C)), "a-(b-c)");
    }

    #[test]
    fn a_quotient_stands_in_parentheses_unless_it_comes_first() {
        let monthly = || Formula::Product(vec![A, B]).over(Formula::whole(12));
        check(&Formula::Product(vec![monthly(), C]), "a*b/12*c");
        check(&Formula::Product(vec![C, monthly()]), "c*(a*b/12)");
        check(&A.over(Formula::Product(vec![B, C])), "a/(b*c)");
        check(&A.over(B.over(C)), "a/(b/c)");
    }

    #[test]
    fn terms_beside_each_other_are_added_by_their_range() {
        check(&Formula::Sum(vec![A, B, C]), "SUM(a:c)");
        check(&Formula::Sum(vec![A, B, C]).over(Formula::whole(12)), "SUM(a:c)/12");
        check(&Formula::Sum(vec![A, B, C, Formula::Product(vec![A, B])]), "SUM(a:c)+a*b");
        check(&Formula::Sum(vec![Formula::Product(vec![A, B])]), "a*b");
        check(&Formula::Sum(Vec::new()), "0");
    }

    #[test]
    fn an_amount_is_rounded_first_to_six_places_more() {
        check(&Formula::Product(vec![A, B]).rounded(2), "ROUND(ROUND(a*b,8),2)");
        let text = |places| A.rounded(2).spreadsheet(&terms(), &Labels(places));
        assert_eq!(text(5).as_deref(), Some("ROUND(ROUND(a,5),2)"));
        assert_eq!(text(2).as_deref(), Some("ROUND(a,2)"));
    }

    #[test]
    fn powers_and_bounds_are_functions_and_operators_of_spreadsheets() {
        check(&Formula::Sum(vec![Formula::whole(1), A]).to_the(3), "(1+a)^3");
        check(&A.to_the(0), "1");
        check(&A.to_the(1), "a");
        check(&A.at_most(B.minus(C)), "MIN(a,b-c)");
        check(&Formula::CompoundMonth(Box::new(A.at_least(B))), "ROUND(1-(1-MAX(a,b))^(1/12),12)");
    }

    #[test]
    fn a_formula_without_a_cell_for_a_term_has_no_text() {
        assert_eq!(Formula::Product(vec![A, Formula::Term(3)]).spreadsheet(&terms(), &Labels(8)), None);
        assert_eq!(Formula::FirstPositive(vec![A, B]).spreadsheet(&terms(), &Labels(8)), None);
        assert_eq!(Formula::Term(9).spreadsheet(&terms(), &Labels(8)), None);
    }
}
