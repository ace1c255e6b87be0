//! Arithmetic in cells: `=5+3`, and from the cell's own number `+2`, `*1.1`, `/2`. The result is a text again,
//! which the cell then takes as if it had been typed.

use crate::desktop::numbers::Numbers;
use crate::units::Exact;

/// The result of a typed text in a cell that shows `own`, to so many decimals; `None` if it is no arithmetic. A number with
/// a minus before it is a negative number, and not taken from the cell's own.
///
/// # Errors
/// In the planner's words, when the arithmetic is unfinished, names no numbers, or has no result.
pub(super) fn worked_out(numbers: Numbers, text: &str, own: &str, places: u32) -> Result<Option<String>, String> {
    let text = text.trim();
    let own = if own.trim().is_empty() { Ok(Exact::ZERO) } else { numbers.read(own) };
    // In a cell of words a text is a text, whatever it begins with.
    let (Some(first), Ok(own)) = (text.chars().next(), own) else { return Ok(None) };
    let mut sum = Sum { numbers, rest: text, whole: text };
    let result = match first {
        '=' => {
            sum.rest = text.get(1..).unwrap_or_default();
            sum.expression()?
        }
        '+' | '*' | '/' | '×' | '÷' => sum.on_from(own)?,
        _ => return Ok(None),
    };
    if !sum.rest.trim().is_empty() {
        return Err(sum.unfinished());
    }
    if !result.is_in_range() {
        return Err(format!("{text} has no result: it divides by 0, or is too large"));
    }
    Ok(Some(numbers.plain(result.round(places))))
}

/// A sum being read from left to right.
struct Sum<'a> {
    numbers: Numbers,
    rest: &'a str,
    whole: &'a str,
}

impl Sum<'_> {
    fn unfinished(&self) -> String {
        format!(
            "{} cannot be worked out; write it as =5+3, +2 or *{}",
            self.whole,
            self.numbers.plain("1.1".parse().unwrap_or_default())
        )
    }

    /// Takes one of these signs, if it comes next.
    fn sign(&mut self, signs: &[char]) -> Option<char> {
        let rest = self.rest.trim_start();
        let sign = rest.chars().next().filter(|c| signs.contains(c))?;
        self.rest = rest.get(sign.len_utf8()..).unwrap_or_default();
        Some(sign)
    }

    fn expression(&mut self) -> Result<Exact, String> {
        let factor = self.factor()?;
        self.on_from(factor)
    }

    /// The rest of an expression whose first factor is known.
    fn on_from(&mut self, factor: Exact) -> Result<Exact, String> {
        let mut sum = self.product(factor)?;
        while let Some(sign) = self.sign(&['+', '-', '−']) {
            let factor = self.factor()?;
            let term = self.product(factor)?;
            sum = if sign == '+' { sum + term } else { sum - term };
        }
        Ok(sum)
    }

    /// The rest of a product whose first factor is known.
    fn product(&mut self, mut product: Exact) -> Result<Exact, String> {
        while let Some(sign) = self.sign(&['*', '/', '×', '÷']) {
            let factor = self.factor()?;
            product = if matches!(sign, '*' | '×') { product * factor } else { product / factor };
        }
        Ok(product)
    }

    fn factor(&mut self) -> Result<Exact, String> {
        /// So many brackets and signs before a number are no longer a planner's sum.
        const DEEPEST: usize = 50;
        if self.whole.matches(['(', '-', '−']).count() > DEEPEST {
            return Err(self.unfinished());
        }
        if self.sign(&['-', '−']).is_some() {
            return Ok(-self.factor()?);
        }
        if self.sign(&['(']).is_some() {
            let inner = self.expression()?;
            return if self.sign(&[')']).is_some() { Ok(inner) } else { Err(self.unfinished()) };
        }
        let ends = |c: char| "+-−*/×÷()".contains(c);
        let end = self.rest.find(ends).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        let number = self.numbers.read(number).ok();
        self.rest = rest;
        number.ok_or_else(|| self.unfinished())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_worked_out_alone_and_from_the_cells_own_number() {
        let numbers = Numbers::default();
        for (text, own, places, expected) in [
            ("=5+3", "1", 0, Some("8")),
            ("= 2 * (3 + 4) - 6 / 4", "", 2, Some("12.5")),
            ("=-2+5", "9", 0, Some("3")),
            ("+2", "7", 0, Some("9")),
            ("*1.1", "7", 0, Some("8")),
            ("*1.1", "1,250", 2, Some("1,375")),
            ("/3", "10", 4, Some("3.3333")),
            ("+2*3", "1", 0, Some("7")),
            ("*2+1", "3", 0, Some("7")),
            ("+4", "", 0, Some("4")),
            ("=1,000+1", "", 0, Some("1,001")),
            // No arithmetic: a number, a negative one, a word.
            ("12", "7", 0, None),
            ("-2", "7", 0, None),
            ("+1 for luck", "A note", 0, None),
            ("=x", "2010-07", 0, None),
        ] {
            assert_eq!(worked_out(numbers, text, own, places), Ok(expected.map(str::to_owned)), "{text} in {own}");
        }
        for text in ["=", "=5+", "=5 3x", "=(1+2", "=1)", "*", "+two", "=1//2", "=1/0"] {
            assert!(worked_out(numbers, text, "7", 0).is_err(), "{text}");
        }
        let nested = format!("={}1{}", "(".repeat(10_000), ")".repeat(10_000));
        assert!(worked_out(numbers, &nested, "7", 0).is_err());
        let german = Numbers::of("de-DE");
        assert_eq!(worked_out(german, "*1,1", "1.250", 2), Ok(Some("1.375".to_owned())));
    }
}
