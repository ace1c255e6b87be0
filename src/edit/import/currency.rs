//! Currencies beside an amount: signs and ISO 4217 codes, and whether one can mean the currency that is wanted.

use super::names::folded;

/// Signs with the currencies that they are used for.
const SIGNS: &[(&str, &str)] = &[
    ("$", "USD CAD AUD NZD HKD SGD MXN TWD ARS CLP COP"),
    ("us$", "USD"),
    ("ca$", "CAD"),
    ("c$", "CAD"),
    ("a$", "AUD"),
    ("nz$", "NZD"),
    ("hk$", "HKD"),
    ("s$", "SGD"),
    ("r$", "BRL"),
    ("€", "EUR"),
    ("£", "GBP EGP"),
    ("¥", "JPY CNY"),
    ("円", "JPY"),
    ("元", "CNY TWD"),
    ("rmb", "CNY"),
    ("₹", "INR"),
    ("rs", "INR PKR LKR NPR"),
    ("₩", "KRW"),
    ("원", "KRW"),
    ("₽", "RUB"),
    ("руб", "RUB"),
    ("₺", "TRY"),
    ("tl", "TRY"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("₱", "PHP"),
    ("฿", "THB"),
    ("₴", "UAH"),
    ("zł", "PLN"),
    ("kč", "CZK"),
    ("ft", "HUF"),
    ("lei", "RON"),
    ("kr", "SEK NOK DKK ISK"),
    ("fr", "CHF"),
    ("sfr", "CHF"),
    ("rp", "IDR"),
    ("rm", "MYR"),
    ("r", "ZAR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("dollar", "USD CAD AUD NZD HKD SGD"),
    ("dollars", "USD CAD AUD NZD HKD SGD"),
];

/// ISO 4217 codes that tables come with.
const CODES: &str = "AED ARS AUD BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW KWD \
    LKR MAD MXN MYR NGN NOK NPR NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD VND ZAR";

/// Whether a letter is the sign of a currency.
pub(super) fn is_symbol(c: char) -> bool {
    "$€£¥₹₩₽₺₪₫₱฿₴".contains(c)
}

/// The sign or code that a word is, as it is kept: `$`, `rs`, `EUR`.
pub(super) fn sign(word: &str) -> Option<String> {
    let bare = word.trim_matches(['.', '/', ' ']).to_lowercase();
    if let Some((sign, _)) = SIGNS.iter().find(|(sign, _)| {
        // "R$" is not "R".
        *sign == bare || (!sign.contains(is_symbol) && folded(sign) == bare)
    }) {
        return Some((*sign).to_owned());
    }
    let code = bare.to_uppercase();
    is_code(&code).then_some(code)
}

/// Whether a sign or code can mean a currency. A code means only itself.
pub(super) fn can_mean(sign: &str, code: &str) -> bool {
    let known = SIGNS.iter().find(|(known, _)| *known == sign);
    known.map_or(sign == code, |(_, codes)| codes.split(' ').any(|known| known == code))
}

/// Whether a text is a code of ISO 4217 that tables come with.
pub(super) fn is_code(text: &str) -> bool {
    CODES.split_whitespace().any(|known| known == text)
}

/// The currency's code or sign that a heading names in brackets: `Base (EUR)`.
pub(super) fn of_heading(text: &str) -> Option<String> {
    let inside = text.split(['(', '[']).nth(1)?.split([')', ']']).next()?;
    let words = inside.split(|c: char| !c.is_alphabetic() && !is_symbol(c)).filter(|w| !w.is_empty());
    words
        .into_iter()
        .find_map(|word| sign(word).or_else(|| word.chars().find(|c| is_symbol(*c)).map(|c| c.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_means_some_currencies_and_a_code_one() {
        assert!(can_mean(&sign("$").unwrap(), "CAD") && !can_mean(&sign("$").unwrap(), "EUR"));
        assert!(can_mean(&sign("Rs.").unwrap(), "INR") && can_mean(&sign("kr.").unwrap(), "SEK"));
        assert!(can_mean(&sign("eur").unwrap(), "EUR") && !can_mean(&sign("eur").unwrap(), "USD"));
        assert!(can_mean(&sign("R").unwrap(), "ZAR") && can_mean(&sign("R$").unwrap(), "BRL"));
        assert_eq!((sign("people"), sign("x"), sign("s")), (None, None, None));
        assert_eq!(of_heading("Base (EUR)").as_deref(), Some("EUR"));
        assert_eq!(of_heading("Target ($000s)").as_deref(), Some("$"));
        assert_eq!(of_heading("Target (in thousands)"), None);
    }
}
