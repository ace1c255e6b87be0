//! The style of what is drawn in a frame: its colours, and how numbers are written.

use super::numbers::Numbers;
use super::tokens::Palette;

/// The colours of the theme and the locale's way with numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) palette: Palette,
    pub(super) numbers: Numbers,
}
