//! Reading a list of numbers: a missing entry is reported, and not taken for 0.

use crate::units::Exact;

/// The entry of a list; out of range beyond its end.
pub(super) fn at(list: &[Exact], index: usize) -> Exact {
    list.get(index).copied().unwrap_or(Exact::OUT_OF_RANGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_beyond_the_end_is_out_of_range() {
        assert_eq!(at(&[Exact::ONE], 0), Exact::ONE);
        assert!(!at(&[Exact::ONE], 1).is_in_range());
    }
}
