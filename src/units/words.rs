//! Things in words: a number of them, singular or plural, and a list of them.

use std::fmt::Display;

/// The text with a capital at its beginning.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A number with its noun: `1 row`, `3 rows`.
#[must_use]
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(number: N, one: &str, many: &str) -> String {
    let noun = if number == N::from(1) { one } else { many };
    format!("{number} {noun}")
}

/// A list in a sentence, with a word before the last part: `a`, `a and b`, `a, b and c`.
#[must_use]
pub fn listed<T: AsRef<str>>(parts: &[T], word: &str) -> String {
    match parts.split_last() {
        None => String::new(),
        Some((only, [])) => only.as_ref().to_owned(),
        Some((last, others)) => {
            let others: Vec<&str> = others.iter().map(AsRef::as_ref).collect();
            format!("{} {word} {}", others.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_listed_as_in_a_sentence() {
        let parts = ["a", "b", "c"];
        let texts = [0, 1, 2, 3].map(|n| listed(parts.get(..n).unwrap_or_default(), "and"));
        assert_eq!(texts, ["", "a", "a and b", "a, b and c"]);
        assert_eq!(listed(&parts, "or"), "a, b or c");
    }

    #[test]
    fn one_thing_is_singular_and_no_thing_is_plural() {
        assert_eq!(counted(1_usize, "person", "people"), "1 person");
        assert_eq!(counted(0_u64, "person", "people"), "0 people");
        assert_eq!(counted(12_u32, "person", "people"), "12 people");
    }
}
