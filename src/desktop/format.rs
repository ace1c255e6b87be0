//! Figures as people read them: thousands separated, millions short, shares in per cent.

use crate::units::{Exact, Money, Ratio};

/// An amount in millions from a million up, in thousands from ten thousand up: `118.4 M`, `12.3 k`, `950`.
pub(super) fn short(amount: Money) -> String {
    let amount = amount.exact();
    let size = if amount.is_negative() { -amount } else { amount };
    let (unit, name, places) = if size >= Exact::from(999_950_u32) {
        (1_000_000_u32, " M", 1)
    } else if size >= Exact::from(10_000_u32) {
        (1_000, " k", 1)
    } else {
        (1, "", 0)
    };
    format!("{}{name}", (amount / Exact::from(unit)).grouped(places))
}

/// A share in per cent: `97.4 %`; a dash where there is none.
pub(super) fn percent(share: Option<Ratio>, places: u32) -> String {
    share
        .map_or_else(|| "–".to_owned(), |share| format!("{} %", (share.exact() * Exact::from(100_u32)).grouped(places)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        let money = |text: &str| Money::new(text.parse().unwrap_or_default());
        for (input, expected) in [
            ("118449999", "118.4 M"),
            ("999950", "1.0 M"),
            ("999949", "999.9 k"),
            ("-12345", "-12.3 k"),
            ("9999.4", "9,999"),
        ] {
            assert_eq!(short(money(input)), expected);
        }
        assert_eq!(percent(Some(Ratio::new("0.97449".parse().unwrap_or_default())), 1), "97.4 %");
        assert_eq!(percent(None, 1), "–");
    }
}
