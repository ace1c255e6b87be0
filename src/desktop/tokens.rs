//! Colours, sizes and spacing: the only place where the window states them.

use egui::{Color32, Context, CornerRadius, FontFamily, FontId, Stroke, TextStyle, Theme, Visuals};

use super::fonts;
use crate::analysis::CoverageBand;
use crate::units::Exact;

/// Height of a row of a table.
pub(super) const ROW: f32 = 24.0;
/// Padding inside a cell.
pub(super) const PAD: f32 = 6.0;

/// The colours that carry meaning, for one theme.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    /// Behind a view and its tables.
    pub(super) surface: Color32,
    /// Behind what stands around a view: menus, headline figures, lists, the inspector.
    pub(super) chrome: Color32,
    /// A button, and one under the pointer.
    button: [Color32; 2],
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
    /// Amounts from little to much.
    shades: [Color32; 5],
    /// Coverage from far below target to well above, and the text on each.
    coverage: [Color32; 5],
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

const LIGHT: Palette = Palette {
    accent: rgb(0x1a_68_a9),
    target: rgb(0xa4_4a_18),
    warning: rgb(0x8c_52_00),
    error: rgb(0xb3_26_1e),
    good: rgb(0x0b_6e_4f),
    faint: rgb(0x5c_65_70),
    text: rgb(0x1b_1f_24),
    surface: rgb(0xff_ff_ff),
    chrome: rgb(0xf5_f7_f9),
    button: [rgb(0xe9_ed_f1), rgb(0xdc_e2_e9)],
    band: rgb(0xe8_ec_f1),
    band_light: rgb(0xf0_f3_f6),
    line: rgb(0xd8_de_e4),
    selected: rgb(0xd3_e6_f7),
    series: [rgb(0x1a_68_a9), rgb(0x0f_8a_76), rgb(0xa8_74_00), rgb(0x8a_56_a6), rgb(0xc2_50_4a), rgb(0x5f_6b_78)],
    shades: [rgb(0xe6_ef_f8), rgb(0xcd_df_f1), rgb(0xae_cc_e9), rgb(0x8c_b8_df), rgb(0x6a_a3_d5)],
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
    surface: rgb(0x15_18_1c),
    chrome: rgb(0x1c_20_26),
    button: [rgb(0x2b_32_3a), rgb(0x38_41_4b)],
    band: rgb(0x2a_32_3b),
    band_light: rgb(0x21_27_2e),
    line: rgb(0x33_3b_44),
    selected: rgb(0x1f_45_66),
    series: [rgb(0x5a_a9_e6), rgb(0x4c_c2_a8), rgb(0xe0_b0_4a), rgb(0xb8_94_d6), rgb(0xe8_88_80), rgb(0x9a_a5_b1)],
    shades: [rgb(0x20_2b_38), rgb(0x20_39_50), rgb(0x20_47_69), rgb(0x20_56_82), rgb(0x22_65_9a)],
    coverage: [rgb(0xb6_33_3c), rgb(0x8f_4f_0c), rgb(0x5a_54_26), rgb(0x24_50_6e), rgb(0x0a_73_51)],
};

impl Palette {
    /// The colours of the theme in use.
    pub(super) fn of(ctx: &Context) -> Self {
        match ctx.theme() {
            Theme::Light => LIGHT,
            Theme::Dark => DARK,
        }
    }

    /// The light theme's colour for one behind figures, whichever theme that is of.
    pub(super) fn light_of(colour: Color32) -> Color32 {
        let dark = DARK.coverage.into_iter().chain(DARK.shades);
        let mut pairs = dark.zip(LIGHT.coverage.into_iter().chain(LIGHT.shades));
        pairs.find(|(dark, _)| *dark == colour).map_or(colour, |(_, light)| light)
    }

    /// How many colours the series of a chart have; with more of them patterns tell them apart.
    pub(super) const SERIES: usize = 6;

    /// The colour of one series of many.
    pub(super) fn series(&self, number: usize) -> Color32 {
        self.series.get(number % Self::SERIES).copied().unwrap_or(self.accent)
    }

    /// The colours of heat: far below, below, near, met, above.
    pub(super) const fn heat(&self) -> [Color32; 5] {
        self.coverage
    }

    /// The colours of amounts, from little to much.
    pub(super) const fn shades(&self) -> [Color32; 5] {
        self.shades
    }

    /// Behind a coverage, by its band.
    pub(super) fn coverage(&self, coverage: Exact) -> Color32 {
        let [far_below, below, just_below, met, above] = self.coverage;
        match CoverageBand::of(coverage) {
            CoverageBand::FarBelow => far_below,
            CoverageBand::Below => below,
            CoverageBand::JustBelow => just_below,
            CoverageBand::Met => met,
            CoverageBand::Above => above,
        }
    }
}

/// Sets fonts, spacing and both themes.
pub(super) fn install(ctx: &Context) {
    ctx.set_fonts(fonts::definitions());
    for (theme, palette, visuals) in [(Theme::Light, LIGHT, Visuals::light()), (Theme::Dark, DARK, Visuals::dark())] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = themed(visuals, &palette);
            style.spacing.item_spacing = egui::vec2(8.0, 6.0);
            style.spacing.button_padding = egui::vec2(10.0, 5.0);
            style.spacing.menu_margin = egui::Margin::same(6);
            for (text, size) in [(TextStyle::Small, 12.0), (TextStyle::Body, 14.0), (TextStyle::Button, 14.0)] {
                style.text_styles.insert(text, FontId::new(size, FontFamily::Proportional));
            }
            style.text_styles.insert(TextStyle::Heading, fonts::semibold(18.0));
        });
    }
}

/// A theme's own colours over egui's.
fn themed(mut visuals: Visuals, palette: &Palette) -> Visuals {
    let [button, hovered] = palette.button;
    visuals.override_text_color = Some(palette.text);
    visuals.weak_text_color = Some(palette.faint);
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.error;
    visuals.hyperlink_color = palette.accent;
    visuals.selection.bg_fill = palette.selected;
    visuals.selection.stroke.color = palette.accent;
    visuals.panel_fill = palette.chrome;
    visuals.window_fill = palette.surface;
    visuals.window_stroke = Stroke::new(1.0, palette.line);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.extreme_bg_color = palette.surface;
    visuals.faint_bg_color = palette.band_light;
    let widgets = &mut visuals.widgets;
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, palette.line);
    widgets.noninteractive.bg_fill = palette.chrome;
    for (state, fill, line) in [
        (&mut widgets.inactive, button, palette.line),
        (&mut widgets.hovered, hovered, palette.faint),
        (&mut widgets.active, palette.selected, palette.accent),
        (&mut widgets.open, hovered, palette.line),
    ] {
        (state.bg_fill, state.weak_bg_fill) = (fill, fill);
        state.bg_stroke = Stroke::new(1.0, line);
        // Scroll bars, ticks and arrows.
        state.fg_stroke.color = palette.faint;
        state.corner_radius = CornerRadius::same(5);
        state.expansion = 0.0;
    }
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of a colour (WCAG 2.2, "relative luminance").
    fn luminance(colour: Color32) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    /// The contrast ratio of two colours (WCAG 2.2, "contrast ratio").
    fn contrast(one: Color32, other: Color32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_stands_out_from_everything_behind_it() {
        for (theme, p) in [("light", LIGHT), ("dark", DARK)] {
            let behind = [p.surface, p.chrome, p.band, p.band_light, p.selected, p.button[0], p.button[1]];
            for (number, ground) in behind.into_iter().chain(p.coverage).chain(p.shades).enumerate() {
                assert!(contrast(p.text, ground) >= 4.5, "{theme}: text on {number}: {}", contrast(p.text, ground));
            }
            let words = [p.faint, p.warning, p.error, p.good, p.accent, p.target];
            for (word, colour) in words.into_iter().enumerate() {
                for (number, ground) in [p.surface, p.chrome, p.band_light, p.band].into_iter().enumerate() {
                    let ratio = contrast(colour, ground);
                    assert!(ratio >= 4.5, "{theme}: word {word} on {number}: {ratio}");
                }
            }
        }
    }

    #[test]
    fn what_is_drawn_stands_out_from_the_surface() {
        for (theme, p) in [("light", LIGHT), ("dark", DARK)] {
            for colour in p.series.into_iter().chain([p.accent, p.target]) {
                assert!(contrast(colour, p.surface) >= 3.0, "{theme}: {}", contrast(colour, p.surface));
            }
        }
    }

    /// A colour by lightness and hue (CIE 1976 L*a*b*), in which distances are those that people see.
    fn lab(colour: Color32) -> [f64; 3] {
        let linear = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        let light = [colour.r(), colour.g(), colour.b()].map(linear);
        let mix = |[red, green, blue]: [f64; 3]| {
            let t = red * light[0] + green * light[1] + blue * light[2];
            if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 }
        };
        let first = mix([0.4339, 0.3762, 0.1899]);
        let lightness = mix([0.2126, 0.7152, 0.0722]);
        let third = mix([0.0177, 0.1095, 0.8730]);
        [116.0 * lightness - 16.0, 500.0 * (first - lightness), 200.0 * (lightness - third)]
    }

    #[test]
    fn steps_of_coverage_are_told_apart() {
        for (theme, p, least) in [("light", LIGHT, 14.0), ("dark", DARK, 30.0)] {
            for pair in p.coverage.windows(2) {
                let [one, other] = [lab(pair[0]), lab(pair[1])];
                let apart = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                assert!(apart >= least, "{theme}: {pair:?} are {apart} apart");
            }
        }
    }

    #[test]
    fn steps_of_coverage_differ_in_lightness() {
        // Whoever cannot tell orange from green still sees which side of the target a cell is on by its figure; within
        // a side the steps differ in lightness.
        for p in [LIGHT, DARK] {
            let [far, below, near, met, above] = p.coverage.map(luminance);
            assert!((far < below && below < near) || (far > below && below > near), "{far} {below} {near}");
            assert!((met - above).abs() > 0.005, "{met} {above}");
        }
    }
}
