//! Formulas as values: they print in the model's words and evaluate on their terms (model section 11).

use crate::engine::starts;
use crate::units::{self, Exact, Ratio};

/// An expression over the terms of an explanation, by their index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// A term.
    Term(usize),
    /// A number that the model itself states.
    Number(Exact),
    /// All of them added, in order.
    Sum(Vec<Formula>),
    /// All of them added in full and rounded once; a product of two is not rounded before.
    Total(Vec<Formula>),
    /// The first less the second.
    Difference(Box<Formula>, Box<Formula>),
    /// All of them multiplied, in order.
    Product(Vec<Formula>),
    /// The first divided by the second.
    Quotient(Box<Formula>, Box<Formula>),
    /// The smaller.
    Min(Box<Formula>, Box<Formula>),
    /// The larger.
    Max(Box<Formula>, Box<Formula>),
    /// To a whole power.
    Power(Box<Formula>, usize),
    /// Rounded to so many places, ties away from zero.
    Round(Box<Formula>, u32),
    /// 1 − (1 − x)^(1/12), rounded to 12 places.
    CompoundMonth(Box<Formula>),
    /// The whole starts of one month of a quarter (0 to 2) out of a number of hires and three weights.
    Split(Box<Formula>, Vec<Formula>, usize),
    /// The index of the first term above 0.
    FirstPositive(Vec<Formula>),
    /// The index of the first cumulated sum that is ≥ 0 after one that was below.
    BreakEven(Vec<Formula>),
}

use Formula::{
    BreakEven, CompoundMonth, Difference, FirstPositive, Max, Min, Number, Power, Product, Quotient, Round, Split, Sum,
    Term, Total,
};

impl Formula {
    /// 0.
    #[must_use]
    pub const fn zero() -> Self {
        Number(Exact::ZERO)
    }

    /// A whole number of the model.
    #[must_use]
    pub fn whole(number: u32) -> Self {
        Number(Exact::from(number))
    }

    /// `self` − `other`.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Difference(Box::new(self), Box::new(other))
    }

    /// `self` ÷ `other`.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        Quotient(Box::new(self), Box::new(other))
    }

    /// The smaller of the two.
    #[must_use]
    pub fn at_most(self, other: Self) -> Self {
        Min(Box::new(self), Box::new(other))
    }

    /// The larger of the two.
    #[must_use]
    pub fn at_least(self, other: Self) -> Self {
        Max(Box::new(self), Box::new(other))
    }

    /// `self` to a whole power.
    #[must_use]
    pub fn to_the(self, exponent: usize) -> Self {
        Power(Box::new(self), exponent)
    }

    /// `self` rounded.
    #[must_use]
    pub fn rounded(self, places: u32) -> Self {
        Round(Box::new(self), places)
    }

    /// The value on the terms' values; out of range where a term is missing.
    #[must_use]
    pub fn evaluate(&self, terms: &[Exact]) -> Exact {
        let of = |f: &Self| f.evaluate(terms);
        match self {
            Term(index) => terms.get(*index).copied().unwrap_or(Exact::ONE / Exact::ZERO),
            Number(number) => *number,
            Sum(parts) => parts.iter().map(of).sum(),
            Total(parts) => {
                let mut total = units::Total::ZERO;
                for part in parts {
                    match part {
                        Product(factors) if let [a, b] = factors.as_slice() => total.add_product(of(a), of(b)),
                        other => total.add(of(other)),
                    }
                }
                total.sum()
            }
            Difference(a, b) => of(a) - of(b),
            Product(parts) => parts.iter().map(of).reduce(|a, b| a * b).unwrap_or(Exact::ONE),
            Quotient(a, b) => of(a) / of(b),
            Min(a, b) => of(a).min(of(b)),
            Max(a, b) => of(a).max(of(b)),
            Power(base, exponent) => of(base).power(*exponent),
            Round(inner, places) => of(inner).round(*places),
            CompoundMonth(annual) => of(annual).compound_month(),
            Split(count, weights, month) => {
                let weights: Vec<Ratio> = weights.iter().map(|w| Ratio::new(of(w))).collect();
                let count = of(count).floor_count().and_then(|count| u32::try_from(count).ok());
                let starts = count.and_then(|count| starts::split(count, &weights).get(*month).copied());
                starts.map_or(Exact::OUT_OF_RANGE, Exact::from)
            }
            FirstPositive(parts) => index(parts.iter().position(|p| of(p) > Exact::ZERO)),
            BreakEven(parts) => {
                let (mut sum, mut was_negative) = (Exact::ZERO, false);
                index(parts.iter().position(|p| {
                    sum = sum + of(p);
                    let over = was_negative && !sum.is_negative();
                    was_negative |= sum.is_negative();
                    over
                }))
            }
        }
    }

    /// The formula with each term's label in its place.
    #[must_use]
    pub fn text(&self, labels: &[String]) -> String {
        let of = |f: &Self| f.text(labels);
        let joined = |parts: &[Self], by: &str| parts.iter().map(of).collect::<Vec<_>>().join(by);
        match self {
            Term(index) => labels.get(*index).cloned().unwrap_or_default(),
            Number(number) => number.to_string(),
            Sum(parts) | Total(parts) if parts.is_empty() => "0".to_owned(),
            Sum(parts) | Total(parts) if parts.len() > 4 => {
                let ends = [parts.first(), parts.get(1), parts.last()].map(|p| p.map(of).unwrap_or_default());
                let [first, second, last] = ends;
                format!("{first} + {second} + … + {last} ({} terms)", parts.len())
            }
            Sum(parts) | Total(parts) => joined(parts, " + "),
            Difference(a, b) => format!("{} − {}", of(a), b.factor(labels)),
            Product(parts) => parts.iter().map(|p| p.factor(labels)).collect::<Vec<_>>().join(" × "),
            Quotient(a, b) => format!("{} ÷ {}", a.factor(labels), b.divisor(labels)),
            Min(a, b) => format!("min({}, {})", of(a), of(b)),
            Max(a, b) => format!("max({}, {})", of(a), of(b)),
            Power(base, exponent) => format!("{}^{exponent}", base.divisor(labels)),
            Round(inner, places) => format!("round({}, {places})", of(inner)),
            CompoundMonth(annual) => format!("round(1 − (1 − {})^(1/12), 12)", annual.factor(labels)),
            Split(count, weights, month) => {
                let weights = joined(weights, " : ");
                format!("{} in whole people by {weights}, month {} of the quarter", of(count), month + 1)
            }
            FirstPositive(_) => "index of the first month with a start".to_owned(),
            BreakEven(_) => "index of the first month whose cumulated sum is ≥ 0 after having been negative".to_owned(),
        }
    }

    /// In parentheses where a product needs them.
    fn factor(&self, labels: &[String]) -> String {
        let text = self.text(labels);
        if matches!(self, Sum(_) | Total(_) | Difference(..)) { format!("({text})") } else { text }
    }

    /// In parentheses where a division or a power needs them.
    fn divisor(&self, labels: &[String]) -> String {
        let text = self.text(labels);
        let plain = !matches!(self, Sum(_) | Total(_) | Difference(..) | Product(_) | Quotient(..));
        if plain { text } else { format!("({text})") }
    }
}

fn index(position: Option<usize>) -> Exact {
    let number = position.and_then(|p| u32::try_from(p).ok());
    number.map_or(Exact::ONE / Exact::ZERO, Exact::from)
}
