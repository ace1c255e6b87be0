//! The text face in its two weights, as files. `assets/fonts/make.py` makes them; its digits are tabular.

/// Text.
pub(crate) static REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.ttf");
/// Headings, totals and whatever else stands out.
pub(crate) static SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.ttf");
