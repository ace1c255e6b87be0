//! A number of things in words, singular or plural.

use std::fmt::Display;

/// A number with its noun: `1 row`, `3 rows`.
#[must_use]
pub fn counted<N: Copy + Display + PartialEq + From<u8>>(number: N, one: &str, many: &str) -> String {
    let noun = if number == N::from(1) { one } else { many };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_is_singular_and_no_thing_is_plural() {
        assert_eq!(counted(1_usize, "person", "people"), "1 person");
        assert_eq!(counted(0_u64, "person", "people"), "0 people");
        assert_eq!(counted(12_u32, "person", "people"), "12 people");
    }
}
