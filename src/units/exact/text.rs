//! An exact decimal as text: read without losing a digit, written out whole or with so many decimals.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Exact, LIMIT};

/// Why a text is not an exact decimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExactError {
    /// The text is not digits with at most one point.
    #[error("\"{0}\" is not a decimal number; write digits with a point, such as \"0.15\"")]
    NotANumber(String),
    /// More digits than an exact decimal has.
    #[error("\"{0}\" has more digits than the 28 that can be kept exactly")]
    TooManyDigits(String),
}

impl Exact {
    /// Rounded to `places` and printed with exactly that many; out of range prints as `out of range`.
    #[must_use]
    pub fn fixed(self, places: u32) -> String {
        let rounded = self.round(places);
        if !rounded.is_in_range() {
            return rounded.to_string();
        }
        let text = rounded.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let (point, width) = (if places == 0 { "" } else { "." }, places as usize);
        format!("{whole}{point}{fraction:0<width$}")
    }

    /// As [`Exact::fixed`], with the thousands separated by commas.
    #[must_use]
    pub fn grouped(self, places: u32) -> String {
        let text = self.fixed(places);
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, rest) = digits.find('.').map_or((digits, ""), |point| digits.split_at(point));
        let mut out = String::from(sign);
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 && self.is_in_range() {
                out.push(',');
            }
            out.push(digit);
        }
        out.push_str(rest);
        out
    }

    /// As [`Exact::grouped`], with just the decimals that the number has.
    #[must_use]
    pub fn plain(self) -> String {
        self.grouped(self.places())
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_in_range() {
            return f.write_str("out of range");
        }
        let scale = usize::from(self.scale);
        let digits = format!("{:0>width$}", self.mantissa(), width = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        let sign = if self.is_negative() { "-" } else { "" };
        let point = if scale == 0 { "" } else { "." };
        write!(f, "{sign}{whole}{point}{fraction}")
    }
}

impl FromStr for Exact {
    type Err = ExactError;

    fn from_str(text: &str) -> Result<Self, ExactError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && digits.starts_with(|c: char| c.is_ascii_digit())
            && digits.ends_with(|c: char| c.is_ascii_digit());
        if !plain {
            return Err(ExactError::NotANumber(text.to_owned()));
        }
        match Decimal::from_str_exact(text) {
            Ok(value) if value.mantissa().unsigned_abs() < LIMIT => Ok(Self::from(value)),
            Err(rust_decimal::Error::ErrorString(_)) => Err(ExactError::NotANumber(text.to_owned())),
            _ => Err(ExactError::TooManyDigits(text.to_owned())),
        }
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Quoted;
        impl de::Visitor<'_> for Quoted {
            type Value = Exact;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number in quotes, such as \"0.15\"")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Quoted)
    }
}
