//! Colours, sizes and spacing: the only place where the window states them.

use egui::{Color32, Context, FontFamily, FontId, TextStyle, Theme, Visuals};

use super::fonts;

/// Height of a row of a table.
pub(super) const ROW: f32 = 24.0;
/// Padding inside a cell.
pub(super) const PAD: f32 = 6.0;

/// The colours that carry meaning, for one theme.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    /// Capacity, selection.
    pub(super) accent: Color32,
    /// The target.
    pub(super) target: Color32,
    /// Needs attention.
    pub(super) warning: Color32,
    /// Cannot go on.
    pub(super) error: Color32,
    /// Met.
    pub(super) good: Color32,
    /// Text that stands back.
    pub(super) faint: Color32,
    /// Text of figures.
    pub(super) text: Color32,
    /// Rows of areas and totals.
    pub(super) band: Color32,
    /// Rows of regions.
    pub(super) band_light: Color32,
    /// Lines between rows.
    pub(super) line: Color32,
    /// Behind the selected cell.
    pub(super) selected: Color32,
    /// Of the series of a chart that are many.
    series: [Color32; Palette::SERIES],
    /// Coverage from far below target to well above, and the text on each.
    coverage: [Color32; 5],
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

const LIGHT: Palette = Palette {
    accent: rgb(0x1f_6f_b2),
    target: rgb(0xb3_54_1e),
    warning: rgb(0x9a_5b_00),
    error: rgb(0xb3_26_1e),
    good: rgb(0x0b_6e_4f),
    faint: rgb(0x5c_65_70),
    text: rgb(0x1b_1f_24),
    band: rgb(0xe3_e8_ee),
    band_light: rgb(0xf0_f3_f6),
    line: rgb(0xd8_de_e4),
    selected: rgb(0xd3_e6_f7),
    series: [rgb(0x1f_6f_b2), rgb(0x0f_8a_76), rgb(0xa8_74_00), rgb(0x8a_56_a6), rgb(0xc2_50_4a), rgb(0x5f_6b_78)],
    coverage: [rgb(0xf2_a0_7b), rgb(0xf8_c9_a6), rgb(0xfb_e7_c6), rgb(0xcd_ea_e2), rgb(0x93_d3_c6)],
};

const DARK: Palette = Palette {
    accent: rgb(0x5a_a9_e6),
    target: rgb(0xf0_9d_51),
    warning: rgb(0xf0_b4_57),
    error: rgb(0xf2_8b_82),
    good: rgb(0x6f_cf_b1),
    faint: rgb(0x9a_a5_b1),
    text: rgb(0xe6_ea_ee),
    band: rgb(0x2a_32_3b),
    band_light: rgb(0x21_27_2e),
    line: rgb(0x33_3b_44),
    selected: rgb(0x1f_45_66),
    series: [rgb(0x5a_a9_e6), rgb(0x4c_c2_a8), rgb(0xe0_b0_4a), rgb(0xb8_94_d6), rgb(0xe8_88_80), rgb(0x9a_a5_b1)],
    coverage: [rgb(0x8c_3b_1b), rgb(0x74_47_20), rgb(0x5c_4d_22), rgb(0x1e_4d_46), rgb(0x17_6a_5d)],
};

impl Palette {
    /// The colours of the theme in use.
    pub(super) fn of(ctx: &Context) -> Self {
        match ctx.theme() {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
        }
    }

    /// How many colours the series of a chart have; with more of them patterns tell them apart.
    pub(super) const SERIES: usize = 6;

    /// The colour of one series of many.
    pub(super) fn series(&self, number: usize) -> Color32 {
        self.series.get(number % Self::SERIES).copied().unwrap_or(self.accent)
    }

    /// Behind a coverage, by its shown per cent: below 80, below 95, below 100, up to 115, above.
    pub(super) fn coverage(&self, coverage: f64) -> Color32 {
        let [far, below, near, met, above] = self.coverage;
        match coverage {
            c if c < 0.8 => far,
            c if c < 0.95 => below,
            c if c < 1.0 => near,
            c if c <= 1.15 => met,
            _ => above,
        }
    }
}

/// Sets fonts, spacing and both themes.
pub(super) fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    for (theme, palette, mut visuals) in [(Theme::Light, LIGHT, Visuals::light()), (Theme::Dark, DARK, Visuals::dark())]
    {
        visuals.override_text_color = Some(palette.text);
        visuals.weak_text_color = Some(palette.faint);
        visuals.warn_fg_color = palette.warning;
        visuals.error_fg_color = palette.error;
        visuals.hyperlink_color = palette.accent;
        visuals.selection.bg_fill = palette.selected;
        visuals.selection.stroke.color = palette.accent;
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals;
            style.spacing.item_spacing = egui::vec2(8.0, 6.0);
            style.spacing.button_padding = egui::vec2(10.0, 5.0);
            for (text, size) in [(TextStyle::Small, 12.0), (TextStyle::Body, 14.0), (TextStyle::Button, 14.0)] {
                style.text_styles.insert(text, FontId::new(size, FontFamily::Proportional));
            }
            style.text_styles.insert(TextStyle::Heading, fonts::semibold(20.0));
        });
    }
}
