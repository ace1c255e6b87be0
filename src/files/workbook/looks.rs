//! How the workbook looks: one palette, one format for each use of a cell.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::engine::Unit;

/// The ink of headings, and the band behind them.
pub(super) const INK: Color = Color::RGB(0x001F_3A5F);
const BAND: Color = Color::RGB(0x00DC_E6F1);
const GREY: Color = Color::RGB(0x006B_7280);
const RULE: Color = Color::RGB(0x00C5_CDD8);
/// What one types into.
const TYPED: Color = Color::RGB(0x00FF_F8DC);
const TYPED_INK: Color = Color::RGB(0x0000_3CB4);
const WHITE: Color = Color::RGB(0x00FF_FFFF);
/// Fills and ink that say all is well, or that one should look.
pub(super) const WELL: Color = Color::RGB(0x00DD_F0E0);
pub(super) const WELL_INK: Color = Color::RGB(0x0017_5E2B);
pub(super) const LOOK: Color = Color::RGB(0x00FB_E3D6);
pub(super) const LOOK_INK: Color = Color::RGB(0x009A_3412);
/// Series of charts, in order; they differ in lightness too, for black and white.
pub(super) const SERIES: [Color; 11] = [
    Color::RGB(0x001F_3A5F),
    Color::RGB(0x00E0_8E45),
    Color::RGB(0x006F_9FD8),
    Color::RGB(0x002E_7D6B),
    Color::RGB(0x00F2_C879),
    Color::RGB(0x008C_6BB1),
    Color::RGB(0x00A9_C7E8),
    Color::RGB(0x009A_3412),
    Color::RGB(0x007F_B8A4),
    Color::RGB(0x005B_6472),
    Color::RGB(0x00C9_B7DD),
];
/// Tabs of inputs, calculation and results.
pub(super) const TAB_INPUT: Color = Color::RGB(0x00F2_C879);
pub(super) const TAB_WORK: Color = Color::RGB(0x00A9_B4C2);
pub(super) const TAB_RESULT: Color = Color::RGB(0x001F_3A5F);

/// What a number is, which says how it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// Two decimals, thousands.
    Money,
    /// Heads: two decimals shown, all of them kept.
    Heads,
    /// A share in per cent.
    Share,
    /// A factor or weight, with as many decimals as it needs.
    Plain,
    /// A small rate with eight decimals.
    Fine,
    /// A whole number.
    Count,
    /// A year or a number that is a name: no thousands.
    Name,
    /// Whole money, for pages one reads rather than checks.
    Thousands,
}

impl NumberFormat {
    const ALL: [Self; 8] =
        [Self::Money, Self::Heads, Self::Share, Self::Plain, Self::Fine, Self::Count, Self::Name, Self::Thousands];

    /// The format of figures of a unit; people read a ratio as a share.
    pub(super) const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Money => Self::Money,
            Unit::Heads => Self::Heads,
            Unit::Ratio => Self::Share,
            Unit::Count => Self::Count,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Money | Self::Heads => "#,##0.00;[Red]-#,##0.00;\"–\"",
            Self::Share => "0.0%;[Red]-0.0%;0.0%",
            Self::Plain => "#,##0.######;[Red]-#,##0.######;0",
            Self::Fine => "0.00000000;[Red]-0.00000000;\"–\"",
            Self::Count | Self::Thousands => "#,##0;[Red]-#,##0;\"–\"",
            Self::Name => "0",
        }
    }
}

/// Every format, made once.
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) subtitle: Format,
    pub(super) head: Format,
    pub(super) head_left: Format,
    pub(super) band: Format,
    pub(super) label: Format,
    pub(super) quiet: Format,
    pub(super) wrapped: Format,
    /// A heading beside a text that wraps.
    pub(super) beside: Format,
    pub(super) typed_text: Format,
    pub(super) shown_text: Format,
    /// A mark: 0 reads OK, anything else Look.
    pub(super) mark: Format,
    calc: Vec<Format>,
    typed: Vec<Format>,
    total: Vec<Format>,
}

impl Looks {
    pub(super) fn new() -> Self {
        let base = || Format::new().set_font_name("Calibri").set_font_size(10);
        let number = |shown: NumberFormat| base().set_num_format(shown.code());
        let typed = |format: Format| {
            let edge = format.set_border(FormatBorder::Hair).set_border_color(RULE);
            edge.set_background_color(TYPED).set_font_color(TYPED_INK).set_unlocked()
        };
        let head = base().set_bold().set_font_color(WHITE).set_background_color(INK);
        Self {
            title: base().set_bold().set_font_size(16).set_font_color(INK),
            subtitle: base().set_font_color(GREY),
            head_left: head.clone(),
            head: head.set_align(FormatAlign::Right),
            band: base().set_bold().set_font_color(INK).set_background_color(BAND),
            label: base(),
            quiet: base().set_font_color(GREY).set_font_size(8),
            beside: base().set_bold().set_font_color(INK).set_align(FormatAlign::Top),
            wrapped: base().set_text_wrap().set_align(FormatAlign::Top),
            typed_text: typed(base()),
            mark: base().set_num_format("\"Look\";\"Look\";\"OK\"").set_align(FormatAlign::Right),
            shown_text: base().set_align(FormatAlign::Right),
            calc: NumberFormat::ALL.map(number).to_vec(),
            typed: NumberFormat::ALL.map(|shown| typed(number(shown))).to_vec(),
            total: NumberFormat::ALL
                .map(|shown| number(shown).set_bold().set_border_top(FormatBorder::Thin).set_border_top_color(RULE))
                .to_vec(),
        }
    }

    fn of(list: &[Format], shown: NumberFormat) -> &Format {
        // Every list has an entry for every kind, in this order.
        let index = NumberFormat::ALL.iter().position(|s| *s == shown).unwrap_or(0);
        &list[index]
    }

    /// A figure that follows from others.
    pub(super) fn calc(&self, shown: NumberFormat) -> &Format {
        Self::of(&self.calc, shown)
    }

    /// A figure that is typed in.
    pub(super) fn typed(&self, shown: NumberFormat) -> &Format {
        Self::of(&self.typed, shown)
    }

    /// A sum over lines above or below.
    pub(super) fn total(&self, shown: NumberFormat) -> &Format {
        Self::of(&self.total, shown)
    }
}
