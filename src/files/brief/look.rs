//! How the brief looks: colours, sizes, paper. Colours are stated here alone. Every pair of text and ground keeps a
//! contrast of at least 4.5 to 1. The shades of the heat table grow darker with what is missing, and what is below the
//! target is bold, so that nothing is lost in black and white.

use krilla::color::rgb::Color;

use crate::analysis::CoverageBand;

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
    /// A colour of another palette, for what is printed of the window.
    pub(super) const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self(red, green, blue)
    }

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

/// A limit that is broken.
pub(super) const ALARM: PageColour = PageColour(0x9c, 0x3f, 0x14);
/// The background of what the plan breaks.
pub(super) const ALARM_TINT: PageColour = PageColour(0xfb, 0xf3, 0xec);

/// The background of a coverage in a table. The ink on it is [`TEXT`].
pub(super) const fn band_ground(band: CoverageBand) -> PageColour {
    match band {
        CoverageBand::FarBelow => PageColour(0xe3, 0x93, 0x58),
        CoverageBand::Below => PageColour(0xf2, 0xc1, 0x91),
        CoverageBand::JustBelow => PageColour(0xfa, 0xe8, 0xd4),
        CoverageBand::Met => WHITE,
        CoverageBand::Above => PageColour(0xcd, 0xea, 0xe2),
    }
}

/// The range of a band, in per cent of the target.
pub(super) fn band_words(band: CoverageBand) -> String {
    let [below, just_below, met, above] = CoverageBand::BOUNDS;
    match band {
        CoverageBand::FarBelow => format!("below {below}"),
        CoverageBand::Below => format!("{below} to {just_below}"),
        CoverageBand::JustBelow => format!("{just_below} to {met}"),
        CoverageBand::Met => format!("{met} to {above}"),
        CoverageBand::Above => format!("over {above}"),
    }
}

/// The margin on every side, in points.
pub(super) const MARGIN: f32 = 40.0;
/// Between two columns of the page.
pub(super) const GUTTER: f32 = 22.0;
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
