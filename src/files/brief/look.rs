//! How the brief looks: colours, sizes, paper. Colours are stated here alone. Every pair of text and ground keeps a
//! contrast of at least 4.5 to 1, and the shades of the heat table grow darker step by step, so that nothing is lost
//! in black and white.

use krilla::color::rgb::Color;

use crate::units::Exact;

/// The paper that the brief is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Width and height, in points.
    pub(super) const fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// An ink, or a ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PageColour(u8, u8, u8);

impl PageColour {
    pub(super) fn colour(self) -> Color {
        Color::new(self.0, self.1, self.2)
    }
}

/// Text and figures.
pub(super) const TEXT: PageColour = PageColour(0x1b, 0x21, 0x2a);
/// Text beside them: units, notes, axes.
pub(super) const SOFT: PageColour = PageColour(0x55, 0x5f, 0x6c);
/// Headings and emphasis.
pub(super) const ACCENT: PageColour = PageColour(0x1c, 0x45, 0x6e);
/// Columns of a chart.
pub(super) const COLUMN: PageColour = PageColour(0x7f, 0xa3, 0xc6);
/// Columns of the plan that is compared.
pub(super) const SECOND: PageColour = PageColour(0x2c, 0x5c, 0x8d);
/// Rules and grid lines.
pub(super) const RULE: PageColour = PageColour(0xcf, 0xd5, 0xdc);
/// The background of the request.
pub(super) const TINT: PageColour = PageColour(0xee, 0xf2, 0xf7);
/// Text on a dark ground.
pub(super) const WHITE: PageColour = PageColour(0xff, 0xff, 0xff);

/// A step of the heat table: what it says in the legend, its ground and the ink on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shade {
    /// Per cent of the target from which this step holds.
    from: u32,
    pub(super) words: &'static str,
    pub(super) ground: PageColour,
    pub(super) ink: PageColour,
}

/// The steps of the heat table, from covered to far from it.
pub(super) const SHADES: [Shade; 5] = [
    Shade { from: 100, words: "100 or more", ground: WHITE, ink: TEXT },
    Shade { from: 95, words: "95 to 100", ground: PageColour(0xfa, 0xe8, 0xd4), ink: TEXT },
    Shade { from: 85, words: "85 to 95", ground: PageColour(0xf2, 0xc1, 0x91), ink: TEXT },
    Shade { from: 70, words: "70 to 85", ground: PageColour(0xdd, 0x8f, 0x52), ink: TEXT },
    Shade { from: 0, words: "below 70", ground: PageColour(0x9c, 0x3f, 0x14), ink: WHITE },
];

impl Shade {
    /// The step that a coverage is in.
    pub(super) fn of(coverage: Exact) -> Self {
        let hundredth = |n: u32| Exact::from(n) / Exact::from(100_u32);
        let [.., last] = SHADES;
        SHADES.into_iter().find(|s| coverage >= hundredth(s.from)).unwrap_or(last)
    }
}

/// The margin on every side, in points.
pub(super) const MARGIN: f32 = 40.0;
/// Sizes of text, in points.
pub(super) const TITLE: f32 = 19.0;
/// A heading of a section.
pub(super) const HEADING: f32 = 10.0;
/// A sentence.
pub(super) const BODY: f32 = 8.5;
/// A cell of a table.
pub(super) const CELL: f32 = 7.4;
/// A note, an axis, the page's header and footer.
pub(super) const NOTE: f32 = 6.8;

/// A number of things as a float, for placing them.
pub(super) fn count_to_f32(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}
